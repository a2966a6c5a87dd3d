//! The run: checks first, then letters, then bundles of them, then its end.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::bundler::Bundler;
use super::committer::{Committer, StagedFile};
use super::outcome::{Ended, Progress, RunError, report_failures, run_of};
use super::workshop::{Workshop, make};
use super::{Batch, Survey, bundle, release};
use crate::diag::{Diagnostic, Report, codes};
use crate::records::event::{Begin, End, Verb};
use crate::records::ranges::Ranges;
use crate::records::{Days, SignOff, ensure_second_person, last_day};

/// Makes a batch.
///
/// `stop` may be set at any time: letters in hand are finished, and the next run resumes from there.
///
/// # Errors
/// If another run is working in the same folder, the disk cannot be written, the list cannot be read, a file was
/// changed by hand, or the run was stopped. What was made until then stays, and is not remade.
pub fn run(
    batch: &Batch<'_>,
    survey: &Survey,
    out: &Path,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(Progress),
) -> Result<Ended, Report> {
    if survey.is_unusable {
        let error = Diagnostic::error(codes::NOTHING_TO_MAKE, "the list lacks a column that every letter needs");
        return Err(error.place(batch.file()).into());
    }
    if batch.press.is_released() || batch.options.checker.is_some() {
        // However this is called, the draft mark goes only with a second person's sign-off.
        check_sign_off(batch, out)?;
        batch.ensure_proved(survey, out)?;
    }
    if batch.options.checker.is_some() {
        release::ensure_not_released_in_other_shares(batch, out)?;
    }
    let mut letters = batch.letters(out)?;
    release::ensure_nobody_has_anothers_number(batch, survey, &letters)?;
    letters.make_room(batch.checked.edition(&batch.options.artefact).version)?;
    let with_earlier = release::resume(batch, survey, &letters)?;
    let batch = &with_earlier;
    batch.ensure_list_unchanged(survey)?;
    if batch.is_settled() {
        release::ensure_nothing_released_changes(batch, survey, &letters)?;
    }
    let mut calendars = BTreeMap::new();
    let given = batch.press.audiences_of(&batch.options.artefact);
    for audience in given.into_iter().filter(|a| survey.audiences.contains_key(a.id())) {
        let folder = batch.at(audience.id());
        calendars.insert(audience, batch.press.calendar(&batch.options.artefact, audience, &folder)?);
    }
    let workshop = Workshop {
        batch,
        letters: &letters,
        calendars,
        samples: &survey.samples,
        trial: AtomicBool::new(batch.options.all_or_nothing),
        stop,
        halt: AtomicBool::new(false),
        fatal: Mutex::new(None),
    };
    if batch.options.all_or_nothing {
        let mut tried = Ended::default();
        make(&workshop, survey, &mut |_| Ok(()), &mut tried, &mut |_| {}).map_err(RunError::report)?;
        workshop.ensure_not_halted()?;
        if !tried.failed.is_empty() {
            return Err(report_failures(batch, &tried.failed));
        }
        workshop.trial.store(false, Ordering::Relaxed);
    }
    let mut made = BTreeSet::new();
    make_all(&workshop, survey, &mut made, progress).map_err(|error| match error {
        RunError::List(mut report) => {
            // Groups and duplicates were found in the list as it was.
            if let Err(also) = letters.undo(made.into_iter().collect()) {
                report.merge(also);
            }
            report
        }
        error => error.report(),
    })
}

/// Checks the sign-off. The checker of an earlier run in this folder may repeat it on any day.
fn check_sign_off(batch: &Batch<'_>, out: &Path) -> Result<Report, Report> {
    let (checker, on) = batch.options.checker.clone().unwrap_or_default();
    let before = batch.run_before(out)?;
    let signed = before.iter().flat_map(|run| &run.sign_offs);
    let last = last_day(signed.map(|signed| (signed.checker.as_str(), signed.on)), &checker);
    let makers = before.iter().flat_map(|run| run.source.makers());
    let issued = Some(batch.checked.edition(&batch.options.artefact).issued);
    let days = Days { today: batch.options.today, last, issued };
    ensure_second_person(batch.checked, &SignOff { checker, on }, makers, days)
}

/// The line that begins a run in the log.
fn begin(batch: &Batch<'_>, survey: &Survey) -> Begin {
    let sign_off = release::signed(batch);
    let source = crate::records::source(batch.checked);
    let because = batch.checked.edition(&batch.options.artefact).because;
    let run = Some(run_of(batch, survey, batch.inputs));
    Begin { source, sign_off, because, run, ..Begin::of(Verb::Invite) }
}

/// Makes the letters, then bundles of them, then records the end of the run.
fn make_all(
    workshop: &Workshop<'_>,
    survey: &Survey,
    files: &mut BTreeSet<String>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Ended, RunError> {
    let (batch, letters) = (workshop.batch, workshop.letters);
    let fatal = RunError::Fatal;
    let mut ended = Ended { settled: letters.settled(), ..Ended::default() };
    let begin = begin(batch, survey);
    let run = begin.run.clone().expect("a run has one");
    letters.begin(begin).map_err(fatal)?;
    if matches!(batch.people, super::People::Invitees) {
        letters.number(batch.checked).map_err(fatal)?;
    }
    let releases = batch.options.checker.is_some();
    let mut committer = Committer::new(letters, run, releases);
    let mut take_in = |new: Vec<StagedFile>| new.into_iter().try_for_each(|(line, staged)| committer.add(line, staged));
    let made = make(workshop, survey, &mut take_in, &mut ended, progress);
    let flushed = committer.flush().map_err(fatal);
    *files = committer.files();
    made.and(flushed)?;
    workshop.ensure_not_halted().map_err(fatal)?;
    let bundler = Bundler { batch, letters, survey, calendars: &workshop.calendars, stop: workshop.stop };
    let result = bundle::make_bundles(&bundler, &mut committer, &mut ended);
    let flushed = committer.flush().map_err(fatal);
    *files = committer.files();
    result.and(flushed)?;
    ended.files = committer.lines.len();
    let stale = letters.stale(files).map_err(fatal)?;
    // A released file may have been sent, so the coordinator decides what becomes of it.
    let stale = if batch.is_settled() { stale } else { letters.drop_stale(stale).map_err(fatal)? };
    ended.outdated.retain(|file| !letters.was_sent(file));
    let below = batch.at("");
    let short = |file: &String| file.strip_prefix(&below).unwrap_or(file).to_owned();
    let off: BTreeSet<u32> =
        survey.rows.off.iter().copied().filter(|number| batch.options.shard.holds(*number)).collect();
    for file in &stale {
        let place = if !letters.is_released(file) {
            &mut ended.stale
        } else if letters.is_only_for(file, &off) {
            &mut ended.off
        } else {
            &mut ended.unlisted
        };
        place.push(short(file));
    }
    ended.outdated = ended.outdated.iter().map(short).collect();
    let failed: BTreeSet<u32> = ended.failed.iter().map(|(listed, _)| listed.number).collect();
    let end = End {
        failed: Ranges::of(failed.into_iter(), batch.options.shard.of),
        outdated: ended.outdated.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect(),
        // Files that the coordinator removes, as advised, stay on record.
        stale: if batch.is_settled() { letters.not_due(files).into_iter().chain(stale).collect() } else { Vec::new() },
        off: Ranges::of(off.into_iter(), batch.options.shard.of),
        problems: None,
    };
    letters.end(end, &bundle::problems(survey, &ended), batch.checked).map_err(fatal)?;
    Ok(ended)
}
