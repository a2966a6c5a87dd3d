//! Sheets that only few may see.

use super::columns::{column, needed};
use crate::workbook::plan::{Kind, Sheet, SheetPlan, Stage};
use Kind::Text;
use Stage::{Changes, Letters, Meeting};

/// RESTRICTED. Record numbers only.
pub static CHILDREN: SheetPlan = SheetPlan {
    sheet: Sheet::Children,
    name: "Restricted - children",
    about: "RESTRICTED. Record numbers only",
    below: &["child_links[]"],
    columns: &[
        needed("ref", "Record number", Text, 17, Meeting, "A number of the record system. NEVER A NAME."),
        needed(
            "worker.name",
            "Worker",
            Text,
            22,
            Meeting,
            "The worker who holds that record. They get a note of their own, and nobody else does.",
        ),
        column("worker.email", "Worker’s email", Text, 30, Meeting, ""),
        needed("relevance", "Link to the place or group", Text, 34, Meeting, "How the child is linked to it."),
        needed(
            "feedback",
            "What the worker should know",
            Text,
            46,
            Meeting,
            "From the conference, for the work with this child.",
        ),
        column("number", "Number", Text, 9, Changes, "Only if the check asks for it: the number on the note, or new."),
        column(
            "id",
            "Code",
            Text,
            14,
            Changes,
            "A short name, without anybody’s name, by which the row is known again when its record number changes.",
        ),
    ],
};

/// RESTRICTED. Names that must be in no paper.
pub static NAMES: SheetPlan = SheetPlan {
    sheet: Sheet::Names,
    name: "Restricted - names",
    about: "RESTRICTED. Names that must be in no paper",
    below: &["protected_names[]"],
    columns: &[needed(
        "name",
        "Name or initials to keep out",
        Text,
        40,
        Letters,
        "No paper may hold it. Each finished paper is searched for it.",
    )],
};
