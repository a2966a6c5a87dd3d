//! Letters to everybody on a list, with progress, and a flag that stops the run and lets it go on later.
//!
//! `cargo run --release --example batch_with_progress -- FOLDER`

use std::collections::BTreeSet;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use convenor::batch::{Batch, List, Mapping, Options, Product, run, survey};
use convenor::diag::Report;

fn main() -> Result<(), Report> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("out/batch-example"), PathBuf::from);
    // A window's button or a signal sets it. Letters in hand are finished, and the next run goes on from there.
    let stop = AtomicBool::new(false);
    example(&folder, &stop, &mut stdout().lock()).map(drop)
}

/// Makes a letter for each person on the example's list, and gives their number.
///
/// # Errors
/// A list that cannot be read, a folder that cannot be written, and being stopped.
pub fn example(folder: &Path, stop: &AtomicBool, out: &mut dyn Write) -> Result<u32, Report> {
    let checked = convenor::check(convenor::example()?)?;
    let list = List::open(&people(folder), &Mapping::default(), None)?;
    let options = Options { make: BTreeSet::from([Product::Letters]), ..Options::default() };
    let batch = Batch::new(&checked, &list, None, options)?;
    // A row that is wrong gets no letter, and stops no other. Nothing here quotes what is in it.
    let survey = survey(&batch, &mut |problem| say(out, &format!("row {:?}: {}", problem.row, problem.code.says)))?;
    let ended = run(&batch, &survey, &folder.join("out"), stop, &mut |progress| {
        say(out, &format!("{} of {} letters", progress.done, survey.letters));
    })?;
    say(out, &format!("{} letters, {} pages", ended.people, ended.pages));
    Ok(ended.people)
}

/// The example's list, in a file of its own.
fn people(folder: &Path) -> PathBuf {
    let list =
        convenor::example_files().into_iter().find(|(name, _)| name == "people.csv").expect("the example has it");
    let file = folder.join("people.csv");
    std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&file, list.1)).expect("the folder can be written");
    file
}

fn say(out: &mut dyn Write, line: &str) {
    writeln!(out, "{line}").expect("standard output takes text");
}
