//! What each verb does, in terms of the library.

use std::path::Path;

use clap::CommandFactory;

use super::args::{Arguments, Build, Check, Completions, Demo, Schema, SchemaOf};
use super::report::Output;
use super::{FAILED, FINE};
use crate::deliver::{self, Delivered, Edited};
use crate::diag::{Report, count};
use crate::input;
use crate::jobs::{self, Pack, Request};
use crate::model::{Borough, Conference};

pub fn demo(demo: &Demo, output: &mut Output<'_>) -> u8 {
    let result = input::example().and_then(|loaded| make(loaded, &Request::default(), &demo.out, demo.force, output));
    if let Err(report) = result {
        return output.report(&report);
    }
    let folder = demo.out.join("example");
    match deliver::example(&input::example_files(), &folder) {
        Ok(()) => {
            output.say(&format!("The data it was made from is in {}: start from a copy of it.", folder.display()));
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
    let loaded = input::load(&check.file).map(|loaded| loaded.with_own_themes(output.own_themes.clone()));
    let checked = match loaded.and_then(crate::check::check) {
        Ok(checked) => checked,
        Err(report) => return output.report(&report),
    };
    if let Err(report) = jobs::Press::new(&checked) {
        return output.report(&report);
    }
    let code = output.report(checked.warnings());
    if checked.warnings().diagnostics.is_empty() {
        output.say(&format!("{}: no problem found", check.file.display()));
    }
    code
}

pub fn build(build: &Build, output: &mut Output<'_>) -> u8 {
    let request = Request {
        only: build.only.clone(),
        to: build.to.iter().map(|f| (*f).into()).collect(),
        audiences: build.audiences.iter().map(|a| (*a).into()).collect(),
    };
    let result = input::load(&build.file).and_then(|loaded| make(loaded, &request, &build.out, build.force, output));
    match result {
        Ok(()) => FINE,
        Err(report) => output.report(&report),
    }
}

fn make(
    loaded: input::Loaded,
    request: &Request,
    out: &Path,
    force: bool,
    output: &mut Output<'_>,
) -> Result<(), Report> {
    let checked = crate::check::check(loaded.with_own_themes(output.own_themes.clone()))?;
    let pack = jobs::build(&checked, request)?;
    let edited = if force { Edited::Overwrite } else { Edited::Refuse };
    let delivered = deliver::deliver(&pack.files, &pack.reference, out, edited)?;
    output.report(checked.warnings());
    tell(&pack, &delivered, output);
    Ok(())
}

fn tell(pack: &Pack, delivered: &Delivered, output: &mut Output<'_>) {
    for made in &pack.summary {
        output.say(&format!("{:>4}  {} ({})", made.papers, made.title, made.audience.id()));
    }
    let unchanged =
        if delivered.unchanged == 0 { String::new() } else { format!(", {} of them unchanged", delivered.unchanged) };
    output.say(&format!("{} in {}{unchanged}", count(pack.files.len(), "file"), delivered.folder.display()));
    // A file's name may hold a person's: in the form for machines and logs it stays unsaid.
    for file in delivered.stale.iter().filter(|_| !output.json).cloned().collect::<Vec<_>>() {
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
