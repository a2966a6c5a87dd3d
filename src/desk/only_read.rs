//! A conference that is only read here: a workbook, which is changed where it was made, or one in a folder in which nothing may be
//! written.
//!
//! In: a conference, and the fields of a page. Out: why they cannot be changed here, and where they are: for a workbook the sheet and
//! the cell of each.
//!
//! Deliberately absent: a try. A folder that only refuses when it is written to says so then.

use maud::{Markup, html};

use super::conference::Opened;
use super::parts::{Tone, note};
use crate::deliver;

/// Why a conference is only read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnlyRead {
    /// It is a workbook.
    Workbook,
    /// Its file or its folder may not be written.
    Folder,
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

    /// The sheet and the cell of a field of a workbook, in words.
    fn cell(&self, path: &str) -> Option<String> {
        let mut near = path;
        let shown = loop {
            if let Some(cell) = self.checked.places.of_field(near).cell {
                break cell.shown;
            }
            near = &near[..near.rfind(['.', '['])?];
        };
        Some(match shown.rsplit_once('!') {
            Some((sheet, cell)) => format!("sheet “{}”, cell {cell}", sheet.trim_matches('\'')),
            None => shown,
        })
    }
}

impl OnlyRead {
    /// What it means, and where the fields of a page are changed.
    pub fn note(self, opened: &Opened, fields: &[Named<'_>]) -> Markup {
        let name = opened.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match self {
            OnlyRead::Workbook => {
                let says = format!("This conference is a workbook: change this in {name}");
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
            OnlyRead::Folder => html! { p.quiet { "This cannot be changed here: the file may not be written." } },
        }
    }

    /// What stands above every page of the conference. Nothing for a workbook, whose papers are made here as any other's.
    pub fn above(self, opened: &Opened) -> Markup {
        let file = opened.file.display().to_string();
        match self {
            OnlyRead::Workbook => html! {},
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
