//! `new --review-of`: the file of the next conference, begun from the last.

use std::path::Path;

use super::FINE;
use super::report::Output;
use super::source;
use super::templates::args::New;
use crate::diag::{Report, count};
use crate::input;
use crate::series::NextConference;
use crate::templates::{self, Begun};

/// The review of a workbook is a workbook.
fn as_workbook(new: &New, of: &Path) -> bool {
    new.workbook || input::is_workbook(of)
}

fn file(new: &New, of: &Path) -> &'static str {
    if as_workbook(new, of) { "conference.xlsx" } else { "conference.yaml" }
}

pub fn new_review(new: &New, of: &Path, output: &mut Output<'_>) -> u8 {
    match written(new, of, output) {
        Ok(next) => {
            say(new, of, &next, output);
            FINE
        }
        Err(report) => output.report(&report),
    }
}

fn written(new: &New, of: &Path, output: &Output<'_>) -> Result<NextConference, Report> {
    source::ensure_file(of, "carried over")?;
    let begun = if as_workbook(new, of) { Begun::Workbook } else { Begun::Text };
    templates::begin_review(&new.folder, of, &output.own_themes, begun, &[])
}

fn say(new: &New, of: &Path, next: &NextConference, output: &mut Output<'_>) {
    let file = format!("{}/{}", new.folder.display(), file(new, of));
    let (open, all) = next.actions;
    let what = if next.is_again { "the same meeting again, since it had no quorum; it" } else { "a review that" };
    output.say(&format!("{file}: {what} carries {}, {open} of them outstanding", count(all, "action")));
    if !next.left.is_empty() {
        output.say(&format!("Left behind, withdrawn or uninvited: {}", next.left.join(", ")));
    }
    output.say("Comments are not carried over. What is still to be filled in, and who is to come for which points, `check` lists:\n");
    output.say(&format!("  convenor check {file}"));
}
