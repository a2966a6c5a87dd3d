//! The verbs that read and write the record of what went to whom.

pub mod args;
pub mod overview;

use chrono::{Days, NaiveDate};

use super::FINE;
use super::report::Output;
use crate::diag::{Report, count};
use crate::records::{
    self, CheckOff, Disposal, Disposing, Losing, Noted, PapersOf, Sending, SignOff, TakenIn, TheirFiles, Withdrew,
};

/// The folder and the data that the arguments name.
fn papers(named: &args::Papers) -> Result<PapersOf, Report> {
    records::papers_of(&named.papers, named.out.as_deref(), named.data.as_deref())
}

/// The same for verbs that only read.
fn papers_to_read(named: &args::Papers) -> Result<PapersOf, Report> {
    records::papers_to_read(&named.papers, named.out.as_deref(), named.data.as_deref())
}

pub fn release(args: &args::Release, output: &mut Output<'_>) -> u8 {
    let today = today();
    let request = records::Release {
        sign_off: SignOff { checker: args.checked_by.clone(), on: args.on.unwrap_or(today) },
        today,
        only: args.only.clone(),
        own_themes: output.own_themes.clone(),
    };
    let done = papers(&args.papers).and_then(|of| records::release(&of.folder, of.data.as_deref(), &request));
    match done {
        Err(report) => output.report(&report),
        Ok(done) => {
            output.report(&done.warnings);
            print_released(&done, output);
            FINE
        }
    }
}

fn print_released(done: &records::Released, output: &mut Output<'_>) {
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
    print_head(&done.folder, done.lines, &done.head, output);
}

fn folder_name(folder: &std::path::Path) -> String {
    folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

pub fn verify(args: &args::Verify, output: &mut Output<'_>) -> u8 {
    let verdict = papers_to_read(&args.papers).and_then(|of| {
        let written = args.head.as_ref().zip(args.lines).map(|(head, lines)| records::WrittenDown::new(lines, head));
        let written = written.transpose()?;
        let mut verdict = records::verify(&of.folder, of.data.as_deref(), output.own_themes.clone())?;
        if let Some(Err(differs)) = written.map(|written| records::ensure_grew_out_of(&of.folder, &written)) {
            verdict.report.merge(differs);
        }
        Ok(verdict)
    });
    match verdict {
        Err(report) => output.report(&report),
        Ok(verdict) => {
            let code = output.report(&verdict.report);
            if output.json {
                output.say(&verdict.json().to_string());
            } else {
                verdict.lines().iter().for_each(|line| output.say(line));
            }
            code
        }
    }
}

pub fn check_off(args: &args::CheckOff, output: &mut Output<'_>) -> u8 {
    let today = today();
    let sign_off = SignOff { checker: args.by.clone(), on: args.on.unwrap_or(today) };
    let request = CheckOff { paper: args.paper.clone(), sign_off, today };
    let done = papers(&args.papers).and_then(|of| records::check_off(&of.folder, of.data.as_deref(), &request));
    match done {
        Err(report) => output.report(&report),
        Ok(done) => {
            output.report(&done.warnings);
            let before = if done.before == 0 { String::new() } else { format!(", {} already noted", done.before) };
            let said = format!("{} noted as checked{before}.", count(done.papers, "draft"));
            print_noted(&done.noted, &said, output)
        }
    }
}

pub fn sent(args: &args::Sent, output: &mut Output<'_>) -> u8 {
    let today = today();
    let request = Sending {
        paper: args.paper.clone(),
        of: args.about.whom(),
        letters: args.letters.clone(),
        how: args.how.into(),
        on: args.on.unwrap_or(today),
        today,
        by: args.by.clone(),
    };
    let done = papers(&args.papers).and_then(|of| records::sent(&of.folder, of.data.as_deref(), &request));
    match done {
        Err(report) => output.report(&report),
        Ok(done) => {
            output.report(&done.warnings);
            print_noted(&done.noted, &done.line(), output)
        }
    }
}

pub fn withdraw(args: &args::Withdraw, output: &mut Output<'_>) -> u8 {
    if args.undo {
        return rejoin(args, output);
    }
    let request = records::Withdraw {
        of: args.about.whom(),
        on: args.on,
        because: args.because.clone(),
        files: if args.erase { TheirFiles::Erased } else { TheirFiles::Kept },
    };
    let done = papers(&args.papers).and_then(|of| records::withdraw(&of.folder, of.data.as_deref(), today(), &request));
    match done {
        Err(report) => output.report(&report),
        Ok(done) => print_withdrawn(&done, request.files, output),
    }
}

pub fn lost(args: &args::Lost, output: &mut Output<'_>) -> u8 {
    let request = Losing {
        places: args.files.clone(),
        because: args.because.clone(),
        on: args.on,
        today: today(),
        by: args.by.clone(),
    };
    let done = papers(&args.papers).and_then(|of| records::lose(&of.folder, of.data.as_deref(), &request));
    match done {
        Err(report) => output.report(&report),
        Ok(done) => {
            if !output.json {
                done.files.iter().take(NAMED).for_each(|file| output.say(&format!("Lost: {file}")));
                if done.files.len() > NAMED {
                    output.say(&format!("Lost: {} more", done.files.len() - NAMED));
                }
            }
            print_noted(&done.noted, &done.line(), output)
        }
    }
}

pub fn dispose(args: &args::Dispose, output: &mut Output<'_>) -> u8 {
    let today = today();
    let sign_off = args.checked_by.clone().map(|checker| SignOff { checker, on: args.on.unwrap_or(today) });
    let request =
        Disposing { because: args.because.clone(), sign_off, by: args.by.clone(), today, recent: args.recent };
    let done = papers(&args.papers).and_then(|of| records::dispose(&of.folder, of.data.as_deref(), &request));
    match done {
        Err(report) => output.report(&report),
        Ok(done) => {
            output.report(&done.warnings);
            print_disposal(&done, output)
        }
    }
}

fn print_disposal(done: &Disposal, output: &mut Output<'_>) -> u8 {
    if done.before.is_none() {
        for (kind, files, released) in &done.papers {
            output.say(&format!("{files:5}  {kind} ({released} released)"));
        }
        if !output.json {
            done.others.iter().take(NAMED).for_each(|file| output.say(&format!("Not ours, and left: {file}")));
        }
        if done.others.len() > NAMED || output.json && !done.others.is_empty() {
            output.say(&format!("Files that are not ours, and are left: {}", done.others.len()));
        }
        if done.former > 0 {
            let of = "of the conference file, kept to undo changes of it";
            output.say(&format!("{:5}  former {} {of}", done.former, if done.former == 1 { "text" } else { "texts" }));
        }
        output.say(&match &done.rule {
            Some(rule) => format!("The council’s rule: {rule}"),
            None => "The council’s rule for keeping papers is not in `borough.yaml`: `settings: { retention: … }`."
                .to_owned(),
        });
        if done.is_named_in_record {
            output.say("The record keeps the names of the files, which contain names of people unless the council has `file_names: numbers`.");
        }
        output
            .say("The conference file, lists of people, and copies in mail programs and backups are yours to destroy.");
    }
    let Some(noted) = &done.noted else {
        output.say(&done.line());
        if done.before.is_none() {
            output.say(
                "To destroy them, have a second person look at this list, and give `--because` and `--checked-by`.",
            );
        }
        return FINE;
    };
    print_noted(noted, &done.line(), output)
}

/// The most lost files that are named one by one.
const NAMED: usize = 20;

fn rejoin(args: &args::Withdraw, output: &mut Output<'_>) -> u8 {
    let whom = args.about.whom();
    let done = papers(&args.papers).and_then(|of| records::rejoin(&of.folder, of.data.as_deref(), &whom));
    match done {
        Err(report) => output.report(&report),
        Ok(done) => {
            let who = match &done.name {
                Some(name) if !output.json => format!("{name} (number {})", done.number),
                _ => format!("Number {}", done.number),
            };
            if !output.json {
                done.back.iter().for_each(|file| output.say(&format!("Back in its place: {file}")));
            }
            print_noted(&done.noted, &format!("{who} takes part again. Build to make what is missing."), output)
        }
    }
}

fn print_withdrawn(done: &Withdrew, files: TheirFiles, output: &mut Output<'_>) -> u8 {
    // The JSON form names nobody, and a file's name may contain a person's.
    let who = match &done.name {
        Some(name) if !output.json => format!("{name} (number {})", done.number),
        _ => format!("Number {}", done.number),
    };
    let said = match (done.noted.is_new, files) {
        (false, TheirFiles::Kept) => format!("Nothing new: {who} was withdrawn already."),
        (false, TheirFiles::Erased) => format!("Nothing new: the files of {who} were destroyed already."),
        (true, TheirFiles::Kept) => format!("{who} no longer takes part. Nothing is made for them from now on."),
        (true, TheirFiles::Erased) => {
            let destroyed = match (done.gone.len(), done.absent.len()) {
                (destroyed, 0) => format!("{} destroyed.", were(destroyed, "file")),
                (0, absent) => format!("{} gone already: none was destroyed.", were(absent, "file")),
                (destroyed, absent) => {
                    format!("{} destroyed; {} gone already.", were(destroyed, "file"), were(absent, "file"))
                }
            };
            format!("{who} no longer takes part, and {destroyed}")
        }
    };
    if !output.json {
        done.kept.iter().for_each(|(file, kept)| output.say(&format!("{file} is kept as {kept}")));
        if files == TheirFiles::Kept {
            done.gone.iter().for_each(|file| output.say(&format!("Draft, and removed: {file}")));
        }
        if files == TheirFiles::Erased {
            done.absent.iter().for_each(|file| output.say(&format!("Gone already, and not destroyed now: {file}")));
        }
        for file in &done.left {
            output.say(&format!("Changed since it was made, and left: {file}. Remove it, so that nobody sends it."));
        }
        for file in &done.shared {
            output.say(&format!("Released with letters to others, and left: {file}"));
        }
    }
    if !done.shared.is_empty() {
        output.say(
            "Remove any of these files that were not sent, and run `convenor invite` again: they are then made without this letter.",
        );
    }
    for paper in &done.remake {
        output.say(&format!(
            "Drafts of several letters were removed, since one of them was theirs: `convenor invite --paper {paper}` makes them again without it."
        ));
    }
    if done.is_sent_minutes {
        output.say("The conference file still lists them among those who are sent the minutes, and minutes made from now on say so.");
    }
    if files == TheirFiles::Erased && done.name.is_some() {
        output.say("The conference file still has them, and papers for others may name them.");
    }
    if files == TheirFiles::Erased && done.is_named_in_record {
        output.say("Earlier lines of the record still have the names of their files, which contain their name.");
    }
    print_noted(&done.noted, &said, output)
}

fn were(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun} was") } else { format!("{number} {noun}s were") }
}

fn are_of_its_papers(number: usize) -> String {
    if number == 1 { "1 of its papers is".to_owned() } else { format!("{number} of its papers are") }
}

fn print_noted(noted: &Noted, said: &str, output: &mut Output<'_>) -> u8 {
    for settled in &noted.settled {
        output.say(&format!("Before this run: {settled}."));
    }
    output.say(said);
    print_head(&noted.folder, noted.lines, &noted.head, output);
    FINE
}

fn print_head(folder: &std::path::Path, lines: u32, head: &str, output: &mut Output<'_>) {
    output.say(&format!("Record {}: {}, head {head}", folder_name(folder), count(lines as usize, "line")));
}

pub fn take_in(args: &args::TakeIn, output: &mut Output<'_>) -> u8 {
    let done = papers(&args.papers).and_then(|of| records::take_in(&of.folder, of.data.as_deref(), &args.file));
    let lines = |number: u32| count(number as usize, "line");
    let said = match done {
        Err(report) => return output.report(&report),
        Ok(TakenIn::OldCopy) => {
            "Nothing in it is missing here. A copy that lies beside the record can be deleted.".to_owned()
        }
        Ok(TakenIn::Longer { new }) => {
            format!("It continues the record here, and has replaced it: {} new.", lines(new))
        }
        Ok(TakenIn::Joined { new, kept }) => {
            format!("Its {} that are new follow those here. It is kept as {kept}.", lines(new))
        }
        Ok(TakenIn::Restored { kept, held, short_of, missing }) => {
            let held = if kept.is_empty() {
                "The record is restored.".to_owned()
            } else {
                let held = lines(held);
                format!("The record is restored. The damaged one, of which {held} could be proved, is kept as {kept}.")
            };
            let short = match short_of {
                0 => String::new(),
                short => format!(
                    " The copy was {} shorter than the registers say: `convenor verify` shows which papers came after it.",
                    lines(short)
                ),
            };
            let missing = match missing {
                0 => String::new(),
                missing => format!(
                    " {} not in this folder: `convenor build --all` makes again what the data still gives, and `convenor verify` says what to do about the rest.",
                    are_of_its_papers(missing)
                ),
            };
            held + &short + &missing
        }
    };
    output.say(&said);
    FINE
}

pub fn upgrade(args: &args::Upgrade, output: &mut Output<'_>) -> u8 {
    match papers(&args.papers).and_then(|of| records::upgrade(&of.folder, of.data.as_deref())) {
        Err(report) => output.report(&report),
        Ok(done) => {
            print_upgraded(&done, output);
            FINE
        }
    }
}

fn print_upgraded(done: &records::Upgraded, output: &mut Output<'_>) {
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
        output.say("Removed, since the record has their contents:");
        done.taken_away.iter().for_each(|file| output.say(&format!("  {file}")));
    }
    if done.doubtful {
        output.say("The registers did not agree with each other or with released papers: `convenor verify` reports it from now on.");
    }
    output.say(&format!("Record {name}: {}, head {}", count(done.lines as usize, "line"), done.head));
}

/// Today: the only input that is not data.
#[expect(
    clippy::disallowed_methods,
    reason = "a release happens on a day, at the edge of the program; `--on` names another"
)]
pub fn today() -> NaiveDate {
    let days = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs() / 86_400);
    NaiveDate::from_ymd_opt(1970, 1, 1).and_then(|first| first.checked_add_days(Days::new(days))).unwrap_or_default()
}
