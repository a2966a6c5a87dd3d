//! `release`, `verify` and `upgrade`.

use chrono::{Days, NaiveDate};

use super::FINE;
use super::args::{Release, Upgrade, Verify};
use super::report::Output;
use crate::diag::count;
use crate::records::{self, SignOff};

pub fn release(args: &Release, output: &mut Output<'_>) -> u8 {
    let today = today();
    let request = records::Release {
        sign_off: SignOff { checker: args.checked_by.clone(), on: args.on.unwrap_or(today) },
        today,
        only: args.only.clone(),
        own_themes: output.own_themes.clone(),
    };
    match records::release(&args.folder, args.data.as_deref(), &request) {
        Err(report) => output.report(&report),
        Ok(done) => {
            output.report(&done.warnings);
            tell_released(&done, output);
            FINE
        }
    }
}

fn tell_released(done: &records::Released, output: &mut Output<'_>) {
    for settled in &done.settled {
        output.say(&format!("Before this run: {settled}."));
    }
    if done.released == 0 {
        output.say("Nothing to release: every paper is released already. To change one, build it with `--reissue`.");
        return;
    }
    output.say(&format!("{} released in {}", count(done.released, "paper"), done.folder.display()));
    if done.unapproved > 0 {
        let waiting = if done.unapproved == 1 { "1 is".to_owned() } else { format!("{} are", done.unapproved) };
        output.say(&format!(
            "Of these, {waiting} still to be approved by the chair: minutes, annex and summary keep the DRAFT mark until then."
        ));
        output.say("Once they are approved, say so under `minutes:`, raise `version:`, build and release again.");
    }
    output.say(&format!(
        "Record {}: {}, head {}",
        folder_name(&done.folder),
        count(done.lines as usize, "line"),
        done.head
    ));
}

fn folder_name(folder: &std::path::Path) -> String {
    folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

pub fn verify(args: &Verify, output: &mut Output<'_>) -> u8 {
    match records::verify(&args.folder, args.data.as_deref(), output.own_themes.clone()) {
        Err(report) => output.report(&report),
        Ok(verdict) => {
            let code = output.report(&verdict.report);
            verdict.lines().iter().for_each(|line| output.say(line));
            code
        }
    }
}

pub fn upgrade(args: &Upgrade, output: &mut Output<'_>) -> u8 {
    match records::upgrade(&args.folder, args.data.as_deref()) {
        Err(report) => output.report(&report),
        Ok(done) => {
            tell_upgraded(&done, output);
            FINE
        }
    }
}

fn tell_upgraded(done: &records::Upgraded, output: &mut Output<'_>) {
    for settled in &done.settled {
        output.say(&format!("Before this run: {settled}."));
    }
    let name = folder_name(&done.folder);
    if done.is_nothing() {
        output.say(&format!("Nothing to do: {name} has its record, {}.", count(done.lines as usize, "line")));
        return;
    }
    output.say(&format!("{} and {} taken over", count(done.papers, "paper"), count(done.people, "number")));
    for (folder, letters) in &done.runs {
        output.say(&format!("{} taken over in {folder}", count(*letters, "letter")));
    }
    if !done.taken_away.is_empty() {
        output.say("Taken away, since the record says what they said:");
        done.taken_away.iter().for_each(|file| output.say(&format!("  {file}")));
    }
    if done.doubtful {
        output.say("The registers did not agree with each other or with released papers: `convenor verify` says so from now on.");
    }
    output.say(&format!("Record {name}: {}, head {}", count(done.lines as usize, "line"), done.head));
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
