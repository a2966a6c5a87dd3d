//! What each verb does, in terms of the library.

use std::collections::BTreeSet;
use std::path::Path;

use clap::CommandFactory;
use serde::Serialize;

use super::args::{Arguments, Build, Check, Completions, Demo, Schema, SchemaOf};
use super::list::CheckList;
use super::report::Output;
use super::{FAILED, FINE, source};
use crate::deliver::{self, Authored, Delivered, Edited};
use crate::diag::{Report, count};
use crate::input;
use crate::jobs::{self, Pack, Remembered, Request};
use crate::model::{Borough, Conference};

pub fn demo(demo: &Demo, output: &mut Output<'_>) -> u8 {
    let made =
        input::example().and_then(|loaded| make(loaded, &Request::default(), &demo.out, demo.force, None, output));
    let result = made.map(|(pack, delivered)| told(&pack, &delivered, output));
    if let Err(report) = result {
        return output.report(&report);
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
    if input::list::is_list(&check.file) {
        let Check { file, conference, show_values, list, .. } = check;
        let asked = CheckList { file, conference: conference.as_ref(), options: list, show_values: *show_values };
        return super::list::check(&asked, output);
    }
    let loaded =
        source::load(&check.file, &check.council).map(|loaded| loaded.with_own_themes(output.own_themes.clone()));
    let checked = match loaded.and_then(crate::check::check) {
        Ok(checked) => checked,
        Err(report) => return output.report(&report),
    };
    let late = match jobs::Press::new(&checked).and_then(|press| press.warnings()) {
        Ok(late) => late,
        Err(report) => return output.report(&report),
    };
    let mut warnings = checked.warnings().clone();
    warnings.merge(late);
    let code = output.report(&warnings);
    if warnings.diagnostics.is_empty() && !output.json {
        output.say(&format!("{}: no problem found", check.file.display()));
    }
    code
}

pub fn build(build: &Build, output: &mut Output<'_>) -> u8 {
    build_first(build, None, output)
}

/// Builds; what is laid out is remembered for the next time, if there is to be one.
pub fn build_first(build: &Build, remembered: Option<&Remembered>, output: &mut Output<'_>) -> u8 {
    match built(build, remembered, output) {
        Ok((pack, delivered)) => {
            told(&pack, &delivered, output);
            FINE
        }
        Err(report) => output.report(&report),
    }
}

/// Builds once more, and tells what is different now.
pub fn build_again(build: &Build, remembered: &Remembered, output: &mut Output<'_>) -> u8 {
    match built(build, Some(remembered), output) {
        Ok((pack, delivered)) => {
            if output.json {
                tell_machine(&pack, &delivered, output);
            } else {
                tell_changes(&delivered, output);
            }
            FINE
        }
        Err(report) => output.report(&report),
    }
}

type Made = (Pack, Delivered);

fn built(build: &Build, remembered: Option<&Remembered>, output: &mut Output<'_>) -> Result<Made, Report> {
    let request = Request {
        only: build.only.clone(),
        to: build.to.iter().map(|f| f.of_paper()).collect(),
        audiences: build.audiences.iter().map(|a| a.of_paper()).collect(),
    };
    let loaded = source::load(&build.file, &build.council)?;
    make(loaded, &request, &build.out, build.force, remembered, output)
}

fn make(
    loaded: input::Loaded,
    request: &Request,
    out: &Path,
    force: bool,
    remembered: Option<&Remembered>,
    output: &mut Output<'_>,
) -> Result<Made, Report> {
    let checked = crate::check::check(loaded.with_own_themes(output.own_themes.clone()))?;
    let pack = match remembered {
        Some(remembered) => jobs::build_again(&checked, request, remembered),
        None => jobs::build(&checked, request),
    }?;
    let edited = if force { Edited::Overwrite } else { Edited::Refuse };
    let delivered = deliver::deliver(&pack.files, &pack.reference, out, edited)?;
    let mut warnings = checked.warnings().clone();
    warnings.merge(pack.warnings.clone());
    output.report(&warnings);
    Ok((pack, delivered))
}

/// How many papers are named one by one.
const NAMED: usize = 20;

/// Which papers changed.
fn tell_changes(delivered: &Delivered, output: &mut Output<'_>) {
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
    tell_stale(delivered, output);
}

fn told(pack: &Pack, delivered: &Delivered, output: &mut Output<'_>) {
    if output.json { tell_machine(pack, delivered, output) } else { tell(pack, delivered, output) }
}

/// A file that was made, for machines and logs. Its name may hold a person's, so it is known by its hash, with which the
/// register names it.
#[derive(Serialize)]
struct MadeFile<'p> {
    paper: &'p str,
    audience: &'p str,
    /// The number of the one that it is for, as in its reference: `07` of an invitee, `A02` of an organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'p str>,
    format: &'p str,
    version: u32,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<usize>,
    hash: &'p str,
    /// Whether it was written by this run, or stood there with the same bytes.
    changed: bool,
}

/// The last line.
#[derive(Serialize)]
struct MadeFolder {
    folder: String,
    files: usize,
    changed: usize,
    unchanged: usize,
    /// Files that were made earlier and are no longer due.
    stale: usize,
}

/// An object a line: the files, then the folder.
fn tell_machine(pack: &Pack, delivered: &Delivered, output: &mut Output<'_>) {
    let changed: BTreeSet<&str> = delivered.changed.iter().map(String::as_str).collect();
    for file in &pack.files {
        let entry = &file.entry;
        let line = MadeFile {
            paper: &entry.artefact,
            audience: &entry.audience,
            number: entry.reference.strip_prefix(&pack.reference).and_then(|rest| rest.strip_prefix('/')),
            format: file.path.rsplit('.').next().unwrap_or_default(),
            version: entry.version,
            status: entry.status.id(),
            pages: file.pages,
            hash: &entry.hash,
            changed: changed.contains(file.path.as_str()),
        };
        output.say(&serde_json::to_string(&line).expect("plain texts and numbers always serialise"));
    }
    let line = MadeFolder {
        folder: delivered.folder.display().to_string(),
        files: pack.files.len(),
        changed: delivered.written,
        unchanged: delivered.unchanged,
        stale: delivered.stale.len(),
    };
    output.say(&serde_json::to_string(&line).expect("plain texts and numbers always serialise"));
}

fn tell(pack: &Pack, delivered: &Delivered, output: &mut Output<'_>) {
    for made in &pack.summary {
        let due = made.due.map(|day| format!(", due {}", day.format("%-d %B %Y"))).unwrap_or_default();
        output.say(&format!("{:>4}  {} ({}){due}", made.papers, made.title, made.audience.id()));
    }
    let unchanged =
        if delivered.unchanged == 0 { String::new() } else { format!(", {} of them unchanged", delivered.unchanged) };
    output.say(&format!("{} in {}{unchanged}", count(pack.files.len(), "file"), delivered.folder.display()));
    tell_stale(delivered, output);
}

fn tell_stale(delivered: &Delivered, output: &mut Output<'_>) {
    for file in &delivered.stale {
        output.say(&format!("No longer due, made earlier: {file}. Take it away, so that nobody sends it."));
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
