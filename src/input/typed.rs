//! A conference file before it is read: text, or a workbook.
//!
//! In: a path, or bytes with a name for messages. Out: [`Typed`], and from it a tree, or any type.
//!
//! Deliberately absent: what the fields mean.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::list::{self, Mapping};
use super::parsed::take_shaped;
use super::text::{name_of, text_in, text_of};
use super::{disk, kinds};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::workbook::{self, Opened};
use crate::yaml::{self, Index, Node, Reading, Tree};

/// The most bytes of a workbook that holds a conference.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// What a conference file holds.
#[derive(Clone)]
pub enum Typed {
    /// YAML or JSON.
    Text(String),
    /// XLSX or ODS, and the folder of a workbook that it may name.
    Workbook(Arc<Opened>, Option<PathBuf>),
}

impl Typed {
    /// What a file holds.
    ///
    /// # Errors
    /// If it cannot be read, or is something else.
    pub fn of(path: &Path) -> Result<Self, Report> {
        let located = |error: Diagnostic| Report::of(error.place(Place::file(name_of(path))));
        if let Some(opened) = workbook_of(path).map_err(located)? {
            return Ok(Typed::Workbook(Arc::new(opened), path.parent().map(Path::to_path_buf)));
        }
        let text = text_of(path)?;
        if list::is_table(&text) {
            let error = Diagnostic::error(codes::WRONG_KIND, "this is a list of people, not a conference file");
            let hint = "name the conference file; a list is named in it among `invitees`, or with `--list`";
            return Err(error.place(Place::file(name_of(path))).hint(hint).into());
        }
        if is_of_a_council(&text) {
            let error = Diagnostic::error(codes::WRONG_KIND, "this is the file of a council, not a conference file");
            let hint = "name a conference file; the council's is checked with each of its conferences";
            return Err(error.place(Place::file(name_of(path))).hint(hint).into());
        }
        Ok(Typed::Text(text))
    }

    /// What a reader gives, such as standard input. `name` stands for it in messages.
    ///
    /// # Errors
    /// As for a file.
    pub fn read(name: &str, mut from: impl Read) -> Result<Self, Report> {
        let unreadable = |e: &std::io::Error| {
            Report::of(Diagnostic::error(codes::UNREADABLE, disk::words(e)).place(Place::file(name)))
        };
        let mut head = Vec::new();
        from.by_ref().take(4).read_to_end(&mut head).map_err(|e| unreadable(&e))?;
        let whole = std::io::Cursor::new(head.clone()).chain(from);
        if !kinds::is_packed(&head) {
            return text_in(name, whole).map(Typed::Text);
        }
        let Some(data) = disk::bounded(whole, MAX_BYTES).map_err(|e| unreadable(&e))? else {
            return Err(too_large(name).into());
        };
        match workbook::open(name, &data).map_err(|error| error.place(Place::file(name)))? {
            Some(opened) => Ok(Typed::Workbook(Arc::new(opened), None)),
            None => text_in(name, data.as_slice()).map(Typed::Text),
        }
    }

    /// Its tree, as far as it can be read, with the faults that reading it found.
    pub fn tree(&self, name: &str) -> (Option<Node>, Report) {
        let mut report = Report::default();
        let (root, faults) = match self {
            Typed::Text(text) => {
                report.add_source(name, text.as_str());
                yaml::parse(name, text)
            }
            Typed::Workbook(opened, folder) => {
                let tree = book(name, opened, folder.as_deref());
                (tree.root, tree.faults)
            }
        };
        report.diagnostics = faults;
        (root, report)
    }

    /// It as a type of the model. Its faults go to the report. Also returns the text that stands for it where its hash is
    /// taken: that of a workbook is what it says, since a program that saves it again changes its bytes.
    pub(super) fn take<T: DeserializeOwned>(
        &self,
        name: &str,
        report: &mut Report,
        shape: impl FnOnce(&mut Reading<'_>),
    ) -> (Option<T>, Index, String) {
        match self {
            Typed::Text(text) => {
                let (value, index) = take_shaped(name, text, report, shape);
                (value, index, text.clone())
            }
            Typed::Workbook(opened, folder) => {
                let tree = book(name, opened, folder.as_deref());
                let says = tree.root.as_ref().map(yaml::write).unwrap_or_default();
                let read = yaml::read_tree::<T>(name, tree, shape);
                report.diagnostics.extend(read.faults.into_iter().map(super::places::advised));
                (read.value, read.index, says)
            }
        }
    }
}

/// Whether a text has fields of a council at its outermost level, and none that every conference has.
pub(super) fn is_of_a_council(text: &str) -> bool {
    let has = |name: &str| text.lines().any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')));
    ["id", "name", "short_name"].into_iter().all(has) && !["reference", "context", "meeting"].into_iter().any(has)
}

/// Reads a workbook, with the one beside it that has its restricted sheets.
fn book(name: &str, opened: &Opened, folder: Option<&Path>) -> Tree {
    let beside = |other: &str| {
        // A name and no way: whoever may write the workbook does not choose which file of this machine is read.
        let is_name = Path::new(other).file_name().is_some_and(|name| name == other);
        let path = folder?.join(other);
        Some((name_of(&path), disk::bytes(&path, MAX_BYTES).ok()??)).filter(|_| is_name)
    };
    workbook::read(name, opened, &heading, &beside)
}

fn too_large(name: &str) -> Diagnostic {
    let error = Diagnostic::error(codes::OVER_BUDGET, "the workbook is larger than 8 MB");
    error.place(Place::file(name)).hint("check that it is the right file; a conference has some 100 kB")
}

/// The workbook with a conference in a file; `None` if it is no workbook, another, or larger than any conference is.
fn workbook_of(path: &Path) -> Result<Option<Opened>, Diagnostic> {
    if !kinds::head(path).is_ok_and(|head| kinds::is_packed(&head)) {
        return Ok(None);
    }
    let data = disk::bytes(path, MAX_BYTES).ok().flatten();
    data.map_or(Ok(None), |data| workbook::open(&name_of(path), &data))
}

/// Whether a file is a workbook with a conference in it.
pub fn is_workbook(path: &Path) -> bool {
    workbook_of(path).is_ok_and(|opened| opened.is_some())
}

/// The field of a list of people that a heading means.
fn heading(heading: &str) -> Option<&'static str> {
    Mapping::of_invitees().field_of(heading).map(list::Field::id)
}
