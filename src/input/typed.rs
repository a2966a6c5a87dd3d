//! A conference file before it is read: text, or a workbook.
//!
//! In: a path, or bytes with a name for messages. Out: [`Typed`], and from it a tree, or any type.
//!
//! Deliberately absent: what the fields mean.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::list::{self, Mapping};
use super::parsed::take_shaped;
use super::text::{name_of, text_in, text_of};
use super::{disk, kinds};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::workbook;
use crate::yaml::{self, Index, Node, Reading, Tree};

/// The most bytes of a workbook that holds a conference.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// What a conference file holds.
#[derive(Clone)]
pub enum Typed {
    /// YAML or JSON.
    Text(String),
    /// XLSX or ODS, and the folder of a workbook that it may name.
    Workbook(Vec<u8>, Option<PathBuf>),
}

impl Typed {
    /// What a file holds.
    ///
    /// # Errors
    /// If it cannot be read, or is something else.
    pub fn of(path: &Path) -> Result<Self, Report> {
        if let Some(data) = workbook_of(path) {
            return Ok(Typed::Workbook(data, path.parent().map(Path::to_path_buf)));
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
        match disk::bounded(whole, MAX_BYTES).map_err(|e| unreadable(&e))? {
            Some(data) if workbook::is_conference(name, &data) => Ok(Typed::Workbook(data, None)),
            Some(data) => text_in(name, data.as_slice()).map(Typed::Text),
            None => Err(too_large(name).into()),
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
            Typed::Workbook(data, folder) => {
                let tree = book(name, data, folder.as_deref());
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
            Typed::Workbook(data, folder) => {
                let tree = book(name, data, folder.as_deref());
                let says = tree.root.as_ref().map(yaml::write).unwrap_or_default();
                let read = yaml::read_tree::<T>(name, tree, shape);
                report.diagnostics.extend(read.faults.into_iter().map(super::places::advised));
                (read.value, read.index, says)
            }
        }
    }
}

/// Whether a text has fields of a council at its outermost level, and none that every conference has.
fn is_of_a_council(text: &str) -> bool {
    let has = |name: &str| text.lines().any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')));
    ["id", "name", "short_name"].into_iter().all(has) && !["reference", "context", "meeting"].into_iter().any(has)
}

/// Reads a workbook, with the one beside it that has its restricted sheets.
fn book(name: &str, data: &[u8], folder: Option<&Path>) -> Tree {
    let beside = |other: &str| {
        // A name and no way: whoever may write the workbook does not choose which file of this machine is read.
        let is_name = Path::new(other).file_name().is_some_and(|name| name == other);
        let path = folder?.join(other);
        Some((name_of(&path), disk::bytes(&path, MAX_BYTES).ok()??)).filter(|_| is_name)
    };
    workbook::read(name, data, &heading, &beside)
}

fn too_large(name: &str) -> Diagnostic {
    let error = Diagnostic::error(codes::OVER_BUDGET, "the workbook is larger than 32 MB");
    error.place(Place::file(name)).hint("check that it is the right file; a conference has some 100 kB")
}

/// The bytes of a workbook with a conference in it; `None` if a file is none, or cannot be read.
fn workbook_of(path: &Path) -> Option<Vec<u8>> {
    let head = kinds::head(path).ok().filter(|head| kinds::is_packed(head))?;
    drop(head);
    let data = disk::bytes(path, MAX_BYTES).ok()??;
    workbook::is_conference(&name_of(path), &data).then_some(data)
}

/// Whether a file is a workbook with a conference in it.
pub fn is_workbook(path: &Path) -> bool {
    workbook_of(path).is_some()
}

/// The field of a list of people that a heading means.
fn heading(heading: &str) -> Option<&'static str> {
    Mapping::of_invitees().field_of(heading).map(list::Field::id)
}
