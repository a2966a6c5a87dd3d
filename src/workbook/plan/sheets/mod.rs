//! The sheets of rows, and their columns.

mod after;
mod before;
mod columns;
mod few;
mod held;

use super::{Sheet, SheetPlan};

/// A sheet by what it is for. There is none for the meeting, which has labels.
pub fn sheet(sheet: Sheet) -> &'static SheetPlan {
    SHEETS.iter().find(|plan| plan.sheet == sheet).expect("every sheet of rows has a plan")
}

/// All of them, in the order of the work.
pub static SHEETS: &[&SheetPlan] = &[
    &before::ORGANISATIONS,
    &before::PEOPLE,
    &before::LISTS,
    &before::ASSESSMENT,
    &before::AGENDA,
    &held::SAID,
    &held::DECISIONS,
    &held::GOALS,
    &held::ACTIONS,
    &after::NEWS,
    &after::READINGS,
    &after::CORRECTIONS,
    &after::SHARED_OUTSIDE,
    &after::CHANGES,
    &after::PAPERS,
    &after::STEPS,
    &few::CHILDREN,
    &few::NAMES,
    // Its answers name cells of all the others.
    &after::ALARMS,
];
