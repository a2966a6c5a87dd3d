//! Folders that an earlier version of the program made, before there was a record.

use std::path::Path;

use super::record::Record;
use super::state::State;
use crate::check::Checked;
use crate::deliver::disk::Disk;
use crate::diag::Report;

/// What the registers of such a folder add up to; `None` if there are none.
///
/// # Errors
/// If a register cannot be read.
pub fn as_it_was(_disk: &dyn Disk, _root: &Path) -> Result<Option<State>, Report> {
    Ok(None)
}

/// Takes such a folder over into its record, if that was not done.
///
/// # Errors
/// If a register cannot be read, or the record not written.
pub fn adopt(_record: &mut Record, _root: &Path, _checked: Option<&Checked>) -> Result<(), Report> {
    Ok(())
}
