//! `set` and `undo`: fields of the conference file changed, and changed back.

pub mod args;

use serde::Serialize;

use super::args::Arguments;
use super::pen::Pen;
use super::report::Output;
use super::{FINE, WRONG, source};
use crate::amend::{self, Amendment, Edit, Proposed, Written};
use crate::diag::{Diagnostic, Hint, Report, Severity, codes, count};
use crate::templates::lines;
use crate::yaml;
use args::{Set, Undo};

pub fn set(set: &Set, output: &mut Output<'_>) -> u8 {
    let proposed = source::ensure_file(&set.file, "changed").and_then(|()| edits(set)).and_then(|edits| {
        let amendment = Amendment { edits, seen: None, borough: set.council.borough.clone() };
        Ok(amend::propose(&set.file, &amendment)?)
    });
    match proposed {
        Ok(proposed) => finish(proposed, &How { dry_run: set.dry_run, anyway: set.anyway, done: "changed" }, output),
        Err(report) => output.report(&report),
    }
}

pub fn undo(undo: &Undo, output: &mut Output<'_>) -> u8 {
    if undo.forget {
        return match amend::forget_former(&undo.file) {
            Ok(texts) => {
                output.say(&format!("{}: {} taken away", undo.file.display(), count(texts, "former text")));
                FINE
            }
            Err(report) => output.report(&report),
        };
    }
    match source::ensure_file(&undo.file, "changed").and_then(|()| amend::propose_undo(&undo.file)) {
        // What it was before had the errors that it had.
        Ok(proposed) => finish(proposed, &How { dry_run: undo.dry_run, anyway: true, done: "changed back" }, output),
        Err(report) => output.report(&report),
    }
}

/// What is to be done with a change that was worked out.
struct How {
    dry_run: bool,
    anyway: bool,
    done: &'static str,
}

fn finish(proposed: Proposed, how: &How, output: &mut Output<'_>) -> u8 {
    let is_worse = proposed.worse.has_errors() && !how.anyway;
    if is_worse {
        say(&proposed, how, is_worse, output);
        output.report(&proposed.worse);
        if !output.json {
            output.say("Nothing was changed. `--anyway` writes it all the same.");
        }
        return WRONG;
    }
    // That it is changed is said once it is.
    if !how.dry_run
        && let Err(unamended) = proposed.clone().save()
    {
        return output.report(&unamended.into());
    }
    say(&proposed, how, is_worse, output);
    let mut told = proposed.worse;
    told.diagnostics.iter_mut().for_each(|d| d.severity = Severity::Warning);
    output.report(&told);
    FINE
}

/// The outcome for machines and logs, without anything that somebody typed.
#[derive(Serialize)]
struct Bare {
    file: String,
    /// The lines of the new text that are different, from 1.
    lines: Vec<usize>,
    errors: usize,
    written: bool,
}

fn say(proposed: &Proposed, how: &How, is_worse: bool, output: &mut Output<'_>) {
    let file = proposed.file.display();
    let changed = lines(&proposed.before, &proposed.after);
    if output.json {
        let before: Vec<&str> = proposed.before.lines().collect();
        let after = proposed.after.lines().enumerate();
        let lines = after.filter(|(i, line)| before.get(*i) != Some(line)).map(|(i, _)| i + 1).collect();
        let written = proposed.is_change() && !how.dry_run && !is_worse;
        let errors = proposed.worse.counts().0;
        let bare = Bare { file: file.to_string(), lines, errors, written };
        return output.say(&serde_json::to_string(&bare).expect("words and numbers always serialise"));
    }
    if !proposed.is_change() {
        return output.say(&format!("{file}: it says so already, and nothing was changed"));
    }
    let would = if how.dry_run || is_worse { "would be " } else { "" };
    output.say(&format!("{file}: {would}{}\n", how.done));
    let pen = Pen::new(Arguments::colour_of_output());
    output.print(changed.iter().map(|line| pen.line(line)).collect::<String>().as_bytes());
}

/// The edits that were asked for.
fn edits(set: &Set) -> Result<Vec<Edit>, Report> {
    let mut edits = Vec::new();
    for asked in &set.values {
        let (path, value) = parted(asked)?;
        edits.push(Edit::set(path, value));
    }
    for asked in &set.add {
        let (path, entry) = parted(asked)?;
        edits.push(Edit::append(path, entry));
    }
    edits.extend(set.remove.iter().map(Edit::remove));
    if edits.is_empty() {
        let error = Diagnostic::error(codes::NOTHING_TO_MAKE, "nothing is to be changed");
        return Err(error.hint("name a field and its value: `meeting.date=2026-12-01`").into());
    }
    Ok(edits)
}

/// A path and its value: a text after `=`, anything after `:=`.
fn parted(asked: &str) -> Result<(String, Written), Report> {
    let fault = |message: &str, hint: Hint| Report::of(Diagnostic::error(codes::NOTHING_TO_MAKE, message).hint(hint));
    let Some((path, value)) = asked.split_once('=') else {
        let hint = "write `PATH=VALUE`, and quotation marks of the shell around both if there is space in them";
        return Err(fault("there is no `=` between a field and its value", hint.into()));
    };
    let Some(path) = path.strip_suffix(':') else { return Ok((path.trim().to_owned(), value.into())) };
    let path = path.trim();
    let Some(written) = yaml::written("value.yaml", value) else {
        let hint = "write it as the file has it, between brackets: `items:=[1, 2]`; for a text write `=`";
        return Err(fault("what stands behind `:=` cannot be read", hint.into()));
    };
    Ok((path.to_owned(), written))
}
