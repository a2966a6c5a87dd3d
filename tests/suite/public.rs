//! What the library promises: every public type by its name, used as somebody outside would.
//!
//! That nothing else is in a public signature, the compiler says (`unnameable_types` in `Cargo.toml`).

use std::path::Path;

use convenor::batch::{
    Batch, Ended, Field, Forecast, Group, Known, List, Mapping, Merged, Options, Problem, Product, Progress, Proof,
    Proved, ReadBack, Shard, Survey,
};
use convenor::diag::{AtFault, Code, Diagnostic, Hint, Place, Report, Severity, codes};
use convenor::doc::{Block, Document, Inline};
use convenor::model::artefact::Format;
use convenor::model::{Audience, Borough, Category, Conference};
use convenor::{
    Apart, Checked, Delivered, Delivery, Edited, Entry, File, Files, Hash, Left, Loaded, Made, OwnThemes, Pack,
    PaperStatus, Release, Released, Remembered, Request, RunVerdict, Sealed, SignOff, Stale, Untouched, Verdict,
};

/// A type that a program outside can name, keep and pass on.
fn named<T>() -> &'static str {
    std::any::type_name::<T>()
}

#[test]
fn every_public_type_can_be_named() {
    let all = [
        named::<(Apart, Checked, Delivered, Delivery, Edited, Entry, File, Files, Hash, Left, Loaded)>(),
        named::<(Made, OwnThemes, Pack, PaperStatus, Release, Released, Remembered, Request, RunVerdict)>(),
        named::<(Sealed, SignOff, Stale, Untouched, Verdict)>(),
        named::<(AtFault, Code, Diagnostic, Hint, Place, Report, Severity)>(),
        named::<(Batch<'_>, Ended, Group, Known, List, Mapping, Options, Problem, Product, Progress)>(),
        named::<(Field, Forecast, Merged, Proof, Proved, ReadBack, Shard, Survey)>(),
        named::<(Block, Document, Inline, Format, Audience, Borough, Category, Conference)>(),
    ];
    assert!(all.iter().all(|name| name.contains("convenor::")));
}

#[test]
fn every_verb_can_be_passed_on_with_its_types_written_out() {
    let load: fn(&'static Path) -> Result<Loaded, Report> = |path| convenor::load(path);
    let load_from: fn(Files) -> Result<Loaded, Report> = convenor::load_from;
    let load_text: fn(&str, &str, &Path) -> Result<Loaded, Report> = convenor::load_text;
    let check: fn(Loaded) -> Result<Checked, Report> = convenor::check;
    let build: fn(&Checked, &Request) -> Result<Pack, Report> = convenor::build;
    let build_again: fn(&Checked, &Request, &Remembered) -> Result<Pack, Report> = convenor::build_again;
    let deliver: fn(&Checked, &Request, &Delivery, Option<&Remembered>) -> Result<Delivered, Report> =
        convenor::deliver;
    let release: fn(&Path, Option<&Path>, &Release) -> Result<Released, Report> = convenor::release;
    let verify: fn(&Path, Option<&Path>, convenor::OwnThemes) -> Result<Verdict, Report> = convenor::verify;
    assert!(load(Path::new("nowhere.yaml")).is_err() && load_from(Files::default()).is_err());
    let _ = (load_text, check, build, build_again, deliver, release, verify);
}

#[test]
fn contributors_are_sent_only_to_files_that_there_are() {
    let text = include_str!("../../CONTRIBUTING.md");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = ["src/", "tests/", "templates/", "fixtures/", ".ci/"];
    let named = text.split('`').skip(1).step_by(2).filter(|name| places.iter().any(|place| name.starts_with(place)));
    let named: Vec<&str> = named.filter(|name| !name.contains("NAME")).collect();
    assert!(named.len() >= 20, "{named:?}");
    let gone: Vec<&&str> = named.iter().filter(|name| **name != "templates/" && !root.join(name).exists()).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

#[test]
fn a_code_says_what_has_to_change_and_no_two_have_one_name() {
    let ids: std::collections::BTreeSet<&str> = codes::ALL.iter().map(|code| code.id).collect();
    assert_eq!(ids.len(), codes::ALL.len());
    let of = |at_fault: AtFault| codes::ALL.iter().filter(|c| c.at_fault == at_fault).map(|c| c.id).collect::<Vec<_>>();
    assert_eq!(of(AtFault::Machine), ["unreadable", "cannot-serve", "cannot-write", "locked", "stopped"]);
    let asked = [
        "unknown-artefact",
        "nothing-to-make",
        "no-sheet",
        "unwritten-form",
        "nothing-left-out",
        "bad-mapping",
        "not-agreed",
    ];
    assert_eq!(of(AtFault::Request), asked);
}
