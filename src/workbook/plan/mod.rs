//! What a workbook holds, said once: its sheets, their columns, and what each cell of a column is.
//!
//! In: nothing. Out: [`MEETING`] and [`SHEETS`], which the writer and the reader both walk; neither names a heading.
//!
//! Deliberately absent: looks, and how a cell becomes a value.

mod meeting;
mod sheets;
#[cfg(test)]
mod tests;

use super::terms::Words;

pub use meeting::{LABELS, MEETING, RESTRICTED};
pub use sheets::{SHEETS, sheet};

/// A sheet by what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sheet {
    /// An organisation a row.
    Organisations,
    /// A person a row.
    People,
    /// A list of people in a file of its own a row.
    Lists,
    /// A finding of the assessment a row.
    Assessment,
    /// A point a row.
    Agenda,
    /// A remark, or a paper that was put before the meeting, a row.
    Said,
    /// A decision, or a view that differed, a row.
    Decisions,
    /// A goal a row.
    Goals,
    /// An action a row.
    Actions,
    /// What became of an action, a row each time.
    News,
    /// What was found when a goal was measured, a row each time.
    Readings,
    /// A correction of the minutes a row.
    Corrections,
    /// Something that was shared outside the papers a row.
    Shared,
    /// A change of day, time or place a row.
    Changes,
    /// A kind of paper with a date or version of its own a row.
    Papers,
    /// A step of the timetable that nothing else shows as done a row.
    Steps,
    /// An answer to a false alarm a row.
    Alarms,
    /// The record of a child a row.
    Children,
    /// A protected name a row.
    Names,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A line of text.
    Text,
    /// Sentences, with the line breaks that were typed.
    Prose,
    /// A postal address, a line each.
    Lines,
    /// A day.
    Day,
    /// A time of day.
    Clock,
    /// A whole number.
    Whole,
    /// A word of a list.
    Word(&'static Words),
    /// One of the council's decisions, or a view that differed.
    Decision,
    /// An organisation, by name.
    Organisation,
    /// Organisations, by name.
    Organisations,
    /// A person, by name.
    Person,
    /// A point of the agenda, by number or title.
    Point,
    /// Numbers of points.
    Points,
    /// A day, `ongoing`, or `to be agreed`.
    Due,
    /// A print size.
    Size,
    /// Headings of a list and their fields.
    Headings,
    /// A cell of the workbook.
    Place,
}

/// When in the life of a conference a cell is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Before the letters.
    Letters,
    /// While replies come in.
    Replies,
    /// At and after the meeting.
    Meeting,
    /// Until the review.
    FollowUp,
    /// Only if something changes.
    Changes,
}

impl Stage {
    /// How it is called.
    pub fn shown(self) -> &'static str {
        match self {
            Stage::Letters => "1 Letters",
            Stage::Replies => "2 Replies",
            Stage::Meeting => "3 Meeting",
            Stage::FollowUp => "4 Follow-up",
            Stage::Changes => "If it changes",
        }
    }
}

/// How much a sheet needs a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A cell in every row.
    EveryRow,
    /// The column, since without it more people would read more; its cells may be empty.
    Column,
    /// Neither.
    No,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// The field below the row, or a name of our own for what is none.
    pub key: &'static str,
    /// The heading.
    pub heading: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// How wide it is, in characters.
    pub width: u16,
    /// When it is filled in.
    pub stage: Stage,
    /// Whether it may be left out.
    pub need: Need,
    /// What stands in the note at its heading. Empty: what the schema says of the field.
    pub help: &'static str,
}

/// A sheet of rows.
#[derive(Debug)]
pub struct SheetPlan {
    /// Which it is.
    pub sheet: Sheet,
    /// Its name.
    pub name: &'static str,
    /// What a row of it is.
    pub about: &'static str,
    /// Where its rows are in the model: a path that its keys are below, `[]` for a position, `*` for an id.
    pub below: &'static [&'static str],
    /// Its columns.
    pub columns: &'static [Column],
}

impl SheetPlan {
    /// A column by its key.
    pub fn column(&self, key: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.key == key)
    }

    /// Whether a text of this key has a mark in a column of its own.
    pub fn has_mark(&self, key: &str) -> bool {
        self.columns.iter().any(|column| column.key.strip_prefix(key) == Some(".share"))
    }
}

impl Sheet {
    /// Whether only few may see it.
    pub fn is_restricted(self) -> bool {
        matches!(self, Sheet::Children | Sheet::Names)
    }
}

/// A row of the sheet of the meeting.
#[derive(Debug, Clone, Copy)]
pub struct Label {
    /// Under which heading it stands.
    pub part: &'static str,
    /// Its label.
    pub name: &'static str,
    /// The field.
    pub path: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Who may read it if nothing is said, if it has a mark.
    pub marked: Option<&'static str>,
    /// When it is filled in.
    pub stage: Stage,
    /// Whether it must be filled in.
    pub is_needed: bool,
    /// What it is. Empty: what the schema says of the field.
    pub help: &'static str,
}
