//! What is only read here: a conference that is a workbook, which is changed where it was made, or in a folder in which nothing may
//! be written; and somebody of a list of people that is a file of its own.
//!
//! In: a conference, and the fields of a page. Out: why they cannot be changed here, and where they are: for a workbook and a list the
//! file, the sheet and the cell of each.
//!
//! Deliberately absent: a try. A folder that only refuses when it is written to says so then.

use std::path::Path;

use maud::{Markup, html};

use super::conference::Opened;
use super::parts::{Tone, note};
use crate::deliver;

/// Why something is only read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnlyRead {
    /// The conference is a workbook.
    Workbook,
    /// Its file or its folder may not be written.
    Folder,
    /// They are of a list of people that the conference file names.
    List,
}

/// A field of a page: what it is called there, and its path.
pub type Named<'n> = (&'n str, String);

impl Opened {
    /// Why it is only read here. `None` if it can be changed.
    pub fn only_read(&self) -> Option<OnlyRead> {
        if self.checked.places.conference.is_workbook() {
            Some(OnlyRead::Workbook)
        } else {
            (!deliver::may_be_replaced(&self.file)).then_some(OnlyRead::Folder)
        }
    }

    /// Why the one at a position among the invitees is only read here. `None` if they can be changed.
    pub fn only_read_person(&self, position: usize) -> Option<OnlyRead> {
        let of_list = || self.listed(position).map(|_| OnlyRead::List);
        self.only_read().or_else(of_list)
    }

    /// The list of people that the one at a position stands in: its file and their row, in words. `None` if they stand in the
    /// conference itself.
    pub fn listed(&self, position: usize) -> Option<String> {
        let path = format!("invitees[{position}]");
        self.checked.places.conference.is_in_a_cell(&path).then(|| self.row_of_list(&path))
    }

    fn row_of_list(&self, path: &str) -> String {
        let place = self.checked.places.conference.place(path);
        let cell = place.cell.map(|cell| in_words(&cell.shown)).unwrap_or_default();
        format!("{}, {cell}", name_of(Path::new(&place.file.unwrap_or_default())))
    }

    /// The sheet and the cell of a field of a workbook or of a list, in words.
    fn cell(&self, path: &str) -> Option<String> {
        let mut near = path;
        loop {
            if let Some(cell) = self.checked.places.conference.place(near).cell {
                return Some(in_words(&cell.shown));
            }
            near = &near[..near.rfind(['.', '['])?];
        }
    }
}

/// A cell or a row as messages show it, in words: `People!C7`, `row 7`.
fn in_words(shown: &str) -> String {
    let (sheet, cell) = match shown.rsplit_once('!') {
        Some((sheet, cell)) => (format!("sheet “{}”, ", sheet.trim_matches('\'')), cell),
        None => (String::new(), shown),
    };
    let is_row = cell.starts_with("row ");
    format!("{sheet}{}{cell}", if is_row { "" } else { "cell " })
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Where a page's fields are changed: one place in a line, several as a list.
fn places(says: String, opened: &Opened, fields: &[Named<'_>]) -> Markup {
    let (says, fields) = match fields {
        [(_, path)] => (opened.cell(path).map_or(says.clone(), |cell| format!("{says}, {cell}")), &[][..]),
        many => (says, many),
    };
    let cells = fields.iter().filter_map(|(label, path)| Some((label, opened.cell(path)?)));
    note(
        Tone::Plain,
        says,
        &html! {
            p { "Open it in Excel or LibreOffice, change it there, save it, and open this page again." }
            ul { @for (label, cell) in cells { li { (label) ": " (cell) } } }
        },
    )
}

impl OnlyRead {
    /// What it means, and where the fields of a page are changed.
    pub fn note(self, opened: &Opened, fields: &[Named<'_>]) -> Markup {
        match self {
            OnlyRead::Workbook => {
                let says = format!("This conference is a workbook: change this in {}", name_of(&opened.file));
                places(says, opened, fields)
            }
            OnlyRead::List => {
                let file = fields.first().and_then(|(_, path)| opened.checked.places.conference.place(path).file);
                let file = name_of(Path::new(&file.unwrap_or_default()));
                // What the list has no column for stands in no cell.
                let is_there = |(_, path): &&Named<'_>| opened.checked.places.conference.is_in_a_cell(path);
                let fields: Vec<Named<'_>> = fields.iter().filter(is_there).cloned().collect();
                places(format!("They are in a list of people: change this in {file}"), opened, &fields)
            }
            OnlyRead::Folder => html! { p.quiet { "This cannot be changed here: the file may not be written." } },
        }
    }

    /// What stands above every page of the conference. Nothing for a workbook, whose papers are made here as any other's.
    pub fn above(self, opened: &Opened) -> Markup {
        let file = opened.file.display().to_string();
        match self {
            OnlyRead::Workbook | OnlyRead::List => html! {},
            OnlyRead::Folder => note(
                Tone::Look,
                "You can read everything here, and change nothing",
                &html! {
                    p { "The file " code { (file) } " or its folder may not be written: somebody made it so, or it is on a drive that is only to be read. Whoever looks after the folder can allow it. Then open this page again." }
                },
            ),
        }
    }
}
