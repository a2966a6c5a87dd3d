//! `release` and `verify`.

use chrono::{Days, NaiveDate};

use super::args::{Release, Verify};
use super::report::Output;
use super::{FINE, WRONG};
use crate::batch;
use crate::diag::{Diagnostic, Place, Report, codes, count};
use crate::records;

pub fn release(args: &Release, output: &mut Output<'_>) -> u8 {
    let request = records::Release {
        checker: args.checked_by.clone(),
        on: args.on.unwrap_or_else(today),
        today: today(),
        only: args.only.clone(),
        own_themes: output.own_themes.clone(),
    };
    let by_list = batch::is_run(&args.folder).and_then(|is_run| {
        let error = Diagnostic::error(codes::NOT_PROVED, "these are letters to a list")
            .place(Place::file(args.folder.display().to_string()))
            .hint("have your colleague look at the proofs, and run `convenor invite` again with `--checked-by`");
        if is_run { Err(error.into()) } else { Ok(()) }
    });
    match by_list.and_then(|()| records::release(&args.folder, args.data.as_deref(), &request)) {
        Err(report) => output.report(&report),
        Ok(done) if done.released == 0 => {
            output.say(
                "Nothing to release: every paper is released already. To change one, raise `version:` and build again.",
            );
            FINE
        }
        Ok(done) => {
            output.report(&done.warnings);
            output.say(&format!("{} released in {}", count(done.released, "paper"), done.folder.display()));
            if done.unapproved > 0 {
                let waiting = if done.unapproved == 1 { "1 is".to_owned() } else { format!("{} are", done.unapproved) };
                output.say(&format!(
                    "Of these, {waiting} still to be approved by the chair: minutes, annex and summary keep the DRAFT mark until then."
                ));
                output
                    .say("Once they are approved, say so under `minutes:`, raise `version:`, build and release again.");
            }
            FINE
        }
    }
}

pub fn verify(args: &Verify, output: &mut Output<'_>) -> u8 {
    match verified(args, output) {
        Err(report) => output.report(&report),
        Ok(true) => FINE,
        Ok(false) => WRONG,
    }
}

/// Papers and runs of letters, whichever the folder holds.
fn verified(args: &Verify, output: &mut Output<'_>) -> Result<bool, Report> {
    let (runs, papers) = batch::verify(&args.folder)?;
    let mut sound = true;
    if papers {
        let verdict = records::verify(&args.folder, args.data.as_deref())?;
        sound &= !verdict.report.has_errors();
        output.report(&verdict.report);
        verdict.lines().iter().for_each(|line| output.say(line));
    }
    for run in &runs {
        sound &= !run.report.has_errors();
        output.report(&run.report);
        run.lines().iter().for_each(|line| output.say(line));
    }
    Ok(sound)
}

/// The day of the release is the one thing that is not data: somebody does it today.
#[expect(
    clippy::disallowed_methods,
    reason = "a release happens on a day, at the edge of the program; `--on` names another"
)]
pub(super) fn today() -> NaiveDate {
    let days = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs() / 86_400);
    NaiveDate::from_ymd_opt(1970, 1, 1).and_then(|first| first.checked_add_days(Days::new(days))).unwrap_or_default()
}
