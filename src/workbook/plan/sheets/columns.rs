//! Columns as the sheets need them.

use crate::workbook::plan::{Column, Kind, Need, Stage};
use crate::workbook::terms::SHARE;

/// A column that may be left out.
pub const fn column(
    key: &'static str,
    heading: &'static str,
    kind: Kind,
    width: u16,
    stage: Stage,
    help: &'static str,
) -> Column {
    Column { key, heading, kind, width, stage, need: Need::No, help }
}

/// A column with a cell in every row.
pub const fn needed(
    key: &'static str,
    heading: &'static str,
    kind: Kind,
    width: u16,
    stage: Stage,
    help: &'static str,
) -> Column {
    Column { key, heading, kind, width, stage, need: Need::EveryRow, help }
}

/// A column that keeps something from somebody.
pub const fn guard(
    key: &'static str,
    heading: &'static str,
    kind: Kind,
    width: u16,
    stage: Stage,
    help: &'static str,
) -> Column {
    Column { key, heading, kind, width, stage, need: Need::Column, help }
}

/// Who may read the text of a row.
pub const fn share(key: &'static str, heading: &'static str, stage: Stage) -> Column {
    guard(
        key,
        heading,
        Kind::Word(&SHARE),
        15,
        stage,
        "Everyone, Community, Professionals or Restricted. Empty: Professionals.",
    )
}

/// The reason for that.
pub const fn reason(key: &'static str, heading: &'static str, stage: Stage) -> Column {
    column(key, heading, Kind::Text, 18, stage, "The reason for who may read it. It reaches no paper.")
}

/// The heading of the column that says who may read a row.
pub const SHARED: &str = "Who may read it";
/// The heading of the column that says why.
pub const REASON: &str = "Why marked so";
