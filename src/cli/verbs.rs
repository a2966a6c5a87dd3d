//! The verbs, in terms of the library.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clap::CommandFactory;
use serde::Serialize;

use super::args::{Arguments, Build, Check, Completions, Demo, Format, Schema, SchemaOf};
use super::list::CheckList;
use super::report::Output;
use super::{FAILED, FINE, source};
use crate::copies;
use crate::deliver::{self, Authored, Over};
use crate::diag::{Report, count};
use crate::input;
use crate::jobs::{self, LeftOut, Reach, Remembered, Request};
use crate::model::stage::ConferenceStage;
use crate::model::{Borough, Conference};
use crate::records::{self, Delivered, Delivery, Edited, Left, PaperStatus, Untouched};
use crate::stages::MINUTES;

pub fn demo(demo: &Demo, output: &mut Output<'_>) -> u8 {
    let delivery = Delivery { out: demo.out.clone(), edited: edited(demo.force), ..Delivery::default() };
    let to = demo.to.iter().filter_map(|format| format.of_paper()).collect();
    let request = Request { to, reach: Reach::Possible, join: demo.join, ..Request::default() };
    let made = input::example().and_then(|loaded| make_all(loaded, &demo.to, &request, &delivery, None, output));
    match made {
        Ok(Some(delivered)) => print_delivered(&delivered, output),
        Ok(None) => {}
        Err(report) => return output.report(&report),
    }
    let folder = demo.out.join("example");
    let files: Vec<Authored> =
        input::example_files().into_iter().map(|(name, data)| Authored::new(name, data)).collect();
    match deliver::put_new(&files, &folder) {
        Ok(()) => {
            if !output.json {
                output.say(&format!("The data it was made from is in {}: start from a copy of it.", folder.display()));
            }
            FINE
        }
        Err(report) => output.report(&report),
    }
}

/// Lays out what another process of the program asks for.
pub fn lay_out_apart(output: &mut Output<'_>) -> u8 {
    jobs::lay_out_apart(&mut std::io::stdin().lock(), output.out).map_or(FAILED, |()| FINE)
}

pub fn check(check: &Check, output: &mut Output<'_>) -> u8 {
    if input::list::is_list(&check.file) && !input::is_workbook(&check.file) {
        let Check { file, conference, show_values, list, .. } = check;
        let asked = CheckList { file, conference: conference.as_ref(), options: list, show_values: *show_values };
        return super::list::check(&asked, output);
    }
    let loaded =
        source::load(&check.file, &check.council).map(|loaded| loaded.with_own_themes(output.own_themes.clone()));
    let (checked, late) = match loaded.and_then(jobs::checked_with_warnings) {
        Ok(found) => found,
        Err(report) => return output.report(&report),
    };
    if check.for_sending {
        return for_sending(check, &checked, output);
    }
    let mut warnings = checked.warnings().clone();
    warnings.merge(late);
    let code = output.report(&warnings);
    if warnings.diagnostics.is_empty() && !output.json {
        output.say(&format!("{}: no problem found", check.file.display()));
    }
    code
}

/// Says what a reader of the file itself would learn and may not.
fn for_sending(check: &Check, checked: &crate::check::Checked, output: &mut Output<'_>) -> u8 {
    let mut report = copies::leaving(checked);
    report.take_sources(checked.warnings());
    let code = output.report(&report);
    if !output.json {
        let file = check.file.display();
        output.say(&if report.has_errors() {
            format!("{file}: a copy of it must not leave")
        } else if report.diagnostics.is_empty() {
            format!("{file}: nothing in it is for few")
        } else {
            format!("{file}: nothing in it is restricted, but some of it is for one person each")
        });
    }
    code
}

pub fn build(build: &Build, output: &mut Output<'_>) -> u8 {
    build_first(build, None, output)
}

/// Builds, and remembers layouts for the next build if there is one.
pub fn build_first(build: &Build, remembered: Option<&Remembered>, output: &mut Output<'_>) -> u8 {
    match built(build, remembered, output) {
        Ok(delivered) => {
            if let Some(delivered) = delivered {
                print_delivered(&delivered, output);
            }
            FINE
        }
        Err(report) => output.report(&report),
    }
}

/// Builds once more, and reports the differences.
pub fn build_again(build: &Build, remembered: &Remembered, output: &mut Output<'_>) -> u8 {
    match built(build, Some(remembered), output) {
        Ok(None) => FINE,
        Ok(Some(delivered)) => {
            if output.json {
                print_json(&delivered, output);
            } else {
                print_changes(&delivered, output);
            }
            FINE
        }
        Err(report) => output.report(&report),
    }
}

fn edited(force: bool) -> Edited {
    if force { Edited::Overwrite } else { Edited::Refuse }
}

fn built(build: &Build, remembered: Option<&Remembered>, output: &mut Output<'_>) -> Result<Option<Delivered>, Report> {
    let request = Request {
        only: build.only.clone(),
        to: build.to.iter().filter_map(|format| format.of_paper()).collect(),
        audiences: build.audiences.iter().map(|a| a.of_paper()).collect(),
        reach: if build.all { Reach::Possible } else { Reach::Stage },
        join: build.join,
    };
    let loaded = source::load(&build.file, &build.council)?;
    let file = if build.file == Path::new(source::STANDARD_INPUT) { Path::new("") } else { &build.file };
    records::ensure_no_other_record(file, build.out.as_deref(), &loaded.conference.reference)?;
    let delivery = Delivery {
        out: records::out_for(file, build.out.as_deref(), &loaded.conference.reference),
        edited: edited(build.force),
        reissue: build.reissue.clone(),
        because: build.because.clone(),
    };
    make_all(loaded, &build.to, &request, &delivery, remembered, output)
}

/// Makes papers; and beside their folder, if they are asked for, folders for Typst's own tools, which nobody sends. `None` if
/// only these are asked for.
fn make_all(
    loaded: input::Loaded,
    formats: &[Format],
    request: &Request,
    delivery: &Delivery,
    remembered: Option<&Remembered>,
    output: &mut Output<'_>,
) -> Result<Option<Delivered>, Report> {
    if formats.contains(&Format::Typ) {
        let checked = crate::check::check(loaded.clone().with_own_themes(output.own_themes.clone()))?;
        let folder = delivery.out.join(FOLDERS).join(&checked.conference.reference);
        for made in jobs::paper_folders(&checked, request)? {
            let files =
                made.files.iter().map(|file| Authored::new(file.path(), file.data()).private().over(Over::Ours));
            deliver::put_over(&files.collect::<Vec<_>>(), &folder)?;
        }
        if !output.json {
            output.say(&format!(
                "Folders for Typst are in {}: for work on the look, and not for sending.",
                folder.display()
            ));
        }
        if request.to.is_empty() {
            output.report(checked.warnings());
            return Ok(None);
        }
    }
    make(loaded, request, delivery, remembered, output).map(Some)
}

/// Where folders for Typst lie, beside those of conferences.
const FOLDERS: &str = "typst";

fn make(
    loaded: input::Loaded,
    request: &Request,
    delivery: &Delivery,
    remembered: Option<&Remembered>,
    output: &mut Output<'_>,
) -> Result<Delivered, Report> {
    let checked = crate::check::check(loaded.with_own_themes(output.own_themes.clone()))?;
    let delivered = records::deliver(&checked, request, delivery, remembered)?;
    let mut warnings = checked.warnings().clone();
    warnings.merge(delivered.warnings.clone());
    output.report(&warnings);
    Ok(delivered)
}

/// The most papers that are named one by one.
const NAMED: usize = 20;

/// Lists the papers that changed.
fn print_changes(delivered: &Delivered, output: &mut Output<'_>) {
    for file in delivered.changed.iter().take(NAMED) {
        output.say(&format!("  {file}"));
    }
    let more = delivered.changed.len().saturating_sub(NAMED);
    if more > 0 {
        output.say(&format!("  and {more} more"));
    }
    output.say(&match delivered.changed.len() {
        0 => "No file changed.".to_owned(),
        changed => format!("{} changed, {} as before.", count(changed, "file"), delivered.unchanged),
    });
    print_details(delivered, output);
}

fn print_delivered(delivered: &Delivered, output: &mut Output<'_>) {
    if output.json { print_json(delivered, output) } else { print_summary(delivered, output) }
}

/// A file that was made, for machines and logs. Its name may contain a person's, so it is identified by its hash, which
/// is in the register.
#[derive(Serialize)]
struct MadeFile<'p> {
    paper: &'p str,
    audience: &'p str,
    /// The number of its reader, as in its reference: `07` for an invitee, `A02` for an organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'p str>,
    format: &'p str,
    version: u32,
    status: PaperStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<usize>,
    hash: String,
    /// Whether this run wrote it. If not, it was there already with the same bytes.
    changed: bool,
}

/// The folder, in the last line.
#[derive(Serialize)]
struct MadeFolder<'p> {
    folder: String,
    files: usize,
    changed: usize,
    unchanged: usize,
    /// Released files that would now be different and were left as they are.
    left: usize,
    /// Files that were made earlier, are no longer due, and still exist.
    stale: usize,
    /// Drafts that were no longer due and were removed.
    dropped: usize,
    /// Released files that were missing or changed, and were put back.
    restored: usize,
    lost: usize,
    /// The stage of the conference, if it chose the kinds of paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<&'static str>,
    /// Kinds of paper that tell of the meeting, of which nothing is recorded yet.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    untold: &'p [String],
    /// Descriptions of what a stopped run left behind, and how it was settled.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    settled: &'p [String],
}

/// Writes one JSON object a line: the files, then the folder.
fn print_json(delivered: &Delivered, output: &mut Output<'_>) {
    let changed: BTreeSet<&str> = delivered.changed.iter().map(String::as_str).collect();
    let untouched: BTreeMap<&str, &Untouched> =
        delivered.untouched.iter().map(|released| (released.file.as_str(), released)).collect();
    for file in &delivered.pack.files {
        let entry = file.entry();
        // A released file is listed as it is in the folder, not as it was made now.
        let released = untouched.get(file.path());
        let status = if released.is_some() { PaperStatus::Released } else { PaperStatus::Draft };
        let line = MadeFile {
            paper: &entry.paper,
            audience: entry.audience.id(),
            number: entry.reference.strip_prefix(&delivered.pack.reference).and_then(|rest| rest.strip_prefix('/')),
            format: file.path().rsplit('.').next().unwrap_or_default(),
            version: released.map_or(entry.version, |released| released.version),
            status,
            pages: file.pages(),
            hash: released.map_or(file.sealed().hash(), |released| released.hash).to_string(),
            changed: changed.contains(file.path()),
        };
        output.say(&serde_json::to_string(&line).expect("plain texts and numbers always serialise"));
    }
    let line = MadeFolder {
        folder: delivered.folder.display().to_string(),
        files: delivered.pack.files.len(),
        changed: delivered.changed.len(),
        unchanged: delivered.unchanged,
        left: delivered.left.len(),
        stale: delivered.stale.len(),
        dropped: delivered.dropped.len(),
        restored: delivered.restored.len(),
        lost: delivered.lost.len(),
        stage: delivered.left_out.stage.map(ConferenceStage::id),
        untold: &delivered.left_out.untold,
        settled: &delivered.settled,
    };
    output.say(&serde_json::to_string(&line).expect("plain texts and numbers always serialise"));
}

fn print_summary(delivered: &Delivered, output: &mut Output<'_>) {
    for made in &delivered.pack.summary {
        let due = made.due.map(|day| format!(", due {}", day.format("%-d %B %Y"))).unwrap_or_default();
        output.say(&format!("{:>4}  {} ({}){due}", made.papers, made.title, made.audience.id()));
    }
    let unchanged =
        if delivered.unchanged == 0 { String::new() } else { format!(", {} of them unchanged", delivered.unchanged) };
    let files = count(delivered.pack.files.len(), "file");
    output.say(&format!("{files} in {}{unchanged}", delivered.folder.display()));
    print_left_out(&delivered.left_out, output);
    print_details(delivered, output);
}

/// Says which kinds of paper the stage of the conference left out.
fn print_left_out(left_out: &LeftOut, output: &mut Output<'_>) {
    if let Some(stage) = left_out.stage.filter(|_| !left_out.of_other_stages.is_empty()) {
        let others = left_out.of_other_stages.join(", ");
        let stage = stage.id();
        output.say(&format!("The stage is `{stage}`, which does not call for: {others}. `--all` makes these too."));
    }
    if let [first, ..] = left_out.untold.as_slice() {
        let usual = left_out.untold.iter().find(|kind| *kind == MINUTES).unwrap_or(first);
        let untold = left_out.untold.join(", ");
        output.say(&format!(
            "Nothing is recorded of the meeting yet, so these wait: {untold}. `--only {usual}` makes one all the same."
        ));
    }
}

/// The most fields that are named for a paper that was left as it is.
const FIELDS: usize = 3;

fn print_details(delivered: &Delivered, output: &mut Output<'_>) {
    for settled in &delivered.settled {
        output.say(&format!("Before this run: {settled}."));
    }
    for file in &delivered.dropped {
        output.say(&format!("No longer due, and removed: {file}"));
    }
    for file in &delivered.restored {
        output.say(&format!("Released, missing or changed, and put back: {file}"));
    }
    for file in &delivered.readers {
        output.say(&format!(
            "Released, and now due to more readers: {file}. `convenor record` says to whom it was sent."
        ));
    }
    for ((kind, version), papers) in &delivered.as_before {
        let stay = if *papers == 1 { "stays as it is" } else { "stay as they are" };
        let released = count(*papers, "released paper");
        output.say(&format!("Nothing would change in version {version} of `{kind}`: {released} {stay}."));
    }
    for (file, kept) in &delivered.withdrawn {
        output.say(&format!("Its reader no longer takes part: {file} is kept as {kept}"));
    }
    for stale in &delivered.stale {
        output.say(&if stale.kept_out && stale.released {
            let file = &stale.file;
            format!("Released, and no longer due: {file}. Its reader is kept out of the meeting: ask them to give it back.")
        } else if stale.released {
            let file = &stale.file;
            match &stale.number {
                Some(number) => format!(
                    "Released, and no longer due: {file}. If its reader no longer takes part, say so with `convenor withdraw --number {number}`."
                ),
                None => format!("Released, and no longer due to anybody: {file}. `convenor record` says who was sent it."),
            }
        } else {
            format!("No longer due, and changed since it was made: {}. Remove it, so that nobody sends it.", stale.file)
        });
    }
    for lost in &delivered.lost {
        output.say(&format!(
            "Released and lost, and no longer given by the data: {lost}. `--reissue` makes a new version."
        ));
    }
    print_left(&delivered.left, output);
    say_how_to_send_again(delivered, output);
}

/// The most released letters of a kind that are named one by one.
const EACH: usize = 2;

/// Says which released papers would now be different. After any news there are many, and those of one kind go together.
fn print_left(left: &[Left], output: &mut Output<'_>) {
    let mut kinds: BTreeMap<&str, Vec<&Left>> = BTreeMap::new();
    for one in left {
        kinds.entry(&one.paper).or_default().push(one);
    }
    for (kind, all) in kinds {
        let (all, shared): (Vec<&Left>, Vec<&Left>) = all.into_iter().partition(|one| one.is_for_one);
        let few = if all.len() <= EACH { all.as_slice() } else { &[] };
        for one in shared.iter().chain(few) {
            let because = because(&one.fields.iter().collect());
            output.say(&format!("Released, would now be different, and left as it is: {}{because}", one.file));
        }
        if all.len() <= EACH {
            continue;
        }
        let because = because(&all.iter().flat_map(|one| &one.fields).collect());
        let papers = count(all.len(), "paper");
        output.say(&format!("Released, would now be different, and left as they are: {papers} `{kind}`{because}"));
    }
}

fn because(fields: &BTreeSet<&String>) -> String {
    // What the meeting itself is comes first, for it is what readers have to know.
    let mut fields: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
    fields.sort_by_key(|field| !field.starts_with("meeting."));
    match fields.as_slice() {
        [] => String::new(),
        fields if fields.len() > FIELDS => {
            format!(" (because of {} and {} more)", fields[..FIELDS].join(", "), fields.len() - FIELDS)
        }
        fields => format!(" (because of {})", fields.join(", ")),
    }
}

/// A new version goes to everybody who had the old one: so only what misleads its readers is proposed by name.
fn say_how_to_send_again(delivered: &Delivered, output: &mut Output<'_>) {
    let kinds: BTreeSet<&str> = delivered.left.iter().map(|left| left.paper.as_str()).collect();
    if kinds.is_empty() {
        return;
    }
    let list = |kinds: &[&str]| kinds.join(",");
    let misleading: Vec<&str> = kinds.iter().copied().filter(|kind| delivered.overtaken.contains(*kind)).collect();
    if !misleading.is_empty() {
        output.say(&format!(
            "These tell of the meeting as it was, and no letter corrects them: `--reissue {} --because \"…\"`",
            list(&misleading)
        ));
    }
    let others: Vec<&str> = kinds.into_iter().filter(|kind| !misleading.contains(kind)).collect();
    if !others.is_empty() {
        output.say(&format!(
            "A new version goes to everybody who has the old one. Make it only of what they have to know, with `--reissue KIND --because \"…\"`: {}",
            others.join(", ")
        ));
    }
}

pub fn schema(schema: &Schema, output: &mut Output<'_>) -> u8 {
    let schema = match schema.of {
        SchemaOf::Conference => schemars::schema_for!(Conference),
        SchemaOf::Borough => schemars::schema_for!(Borough),
    };
    output.say(&serde_json::to_string_pretty(&schema).expect("a schema is plain JSON"));
    FINE
}

pub fn completions(completions: &Completions, output: &mut Output<'_>) -> u8 {
    // clap_complete panics where it cannot write, so it writes into memory first.
    let mut script = Vec::new();
    clap_complete::generate(completions.shell, &mut Arguments::command(), "convenor", &mut script);
    output.print(&script);
    FINE
}
