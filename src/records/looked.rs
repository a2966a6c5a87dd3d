//! Notes that somebody opened what only few may read: links to children's records, protected names, the annex.
//!
//! In: who it was, what they opened, and the day. Out: a line of the record.
//!
//! Deliberately absent: what they saw.

use std::path::Path;

use chrono::NaiveDate;

use super::event::{Begin, Event, Looked, Verb};
use super::folder::{Papers, hold};
use super::names::Names;
use super::sending::full_name;
use super::{numbering, report};
use crate::check::Checked;
use crate::diag::Report;

/// Somebody about to open what only few may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookBehind {
    /// Their first name and surname.
    pub by: String,
    /// What they open, in a word of the program.
    pub at: &'static str,
    /// The day.
    pub on: NaiveDate,
}

/// Notes it. The record is begun if there is none.
///
/// # Errors
/// If the name is not first name and surname, or the record cannot be written.
pub fn look_behind(root: &Path, checked: &Checked, request: &LookBehind) -> Result<(), Report> {
    let by = full_name(checked, &request.by)?;
    let mut record = hold(root, checked)?;
    let (checked, numbered) = numbering::numbered(checked, record.state())?;
    let line = Event::Looked(Looked { by, at: request.at.to_owned(), on: request.on });
    let lines = numbered.into_iter().chain([line]).collect();
    record.commit(Begin::of(Verb::Look), lines, &[]).map_err(|stop| report::stopped(root, stop))?;
    Papers::write_registers(&record, root, &Names::of(&checked), &checked.fingerprint)
}
