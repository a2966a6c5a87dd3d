//! Every parser of a stranger's bytes, over the seeds in `fuzz/seeds/` and over mutations of them.
//!
//! Counted and not timed: the same bytes on every machine. `fuzz/README.md` says how to look further.

mod mutations;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use mutations::Mutations;
use targets::TARGETS;
pub use targets::anatomy;

/// So many mutations of each target are some half a second.
const MUTATIONS: &[(&str, usize)] = &[
    ("conference_json", 120),
    ("conference_yaml", 120),
    ("council", 120),
    ("font", 60),
    ("front_matter", 60),
    ("layers", 60),
    ("list_csv", 400),
    ("list_ods", 400),
    ("list_xlsx", 400),
    ("logo", 30),
    ("message", 200),
    ("pdf", 200),
    ("record", 60),
    ("registers", 12),
    ("splice", 120),
    ("template", 60),
    ("theme", 4),
    ("workbook", 100),
];

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The names of what is in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn seeds(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = fuzz().join("seeds").join(name);
    names(&folder)
        .into_iter()
        .map(|file| (file.clone(), std::fs::read(folder.join(file)).expect("it is a file")))
        .collect()
}

/// Runs a target over its seeds, and over mutations of them. An input that fails is kept for a look at it.
fn over(name: &str) {
    let (_, target) = TARGETS.iter().find(|(other, _)| *other == name).expect("there is such a target");
    let (_, mutations) = MUTATIONS.iter().find(|(other, _)| *other == name).expect("it has a number");
    let seeds = seeds(name);
    let try_it = |what: &str, data: &[u8]| {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| target(data))) {
            let kept = tempfile::NamedTempFile::new().and_then(|file| Ok(file.keep()?.1)).expect("the tests may write");
            std::fs::write(&kept, data).expect("the tests may write");
            let why = panic.downcast_ref::<String>().map_or("it panics", String::as_str);
            panic!("{name}, {what}: {why}\nThe input is in {}", kept.display());
        }
    };
    for (seed, data) in &seeds {
        try_it(seed, data);
    }
    let seeds: Vec<Vec<u8>> = seeds.into_iter().map(|(_, data)| data).collect();
    let mut of_them = Mutations::new(name, &seeds);
    for n in 0..*mutations {
        try_it(&format!("mutation {n}"), &of_them.next());
    }
}

#[test]
fn every_target_has_seeds_a_driver_and_a_test_and_the_seeds_are_small() {
    let targets: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names(&fuzz().join("seeds")), targets);
    assert_eq!(names(&fuzz().join("targets")), targets.iter().map(|name| format!("{name}.rs")).collect::<Vec<_>>());
    assert_eq!(MUTATIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), targets);
    let manifest = std::fs::read_to_string(fuzz().join("Cargo.toml")).expect("it is there");
    let here = include_str!("mod.rs");
    for name in &targets {
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"targets/{name}.rs\"\n")), "{name}");
        assert!(here.contains(&format!("    over(\"{name}\");\n")), "{name} has no test");
        assert!(seeds(name).len() >= 4, "{name}");
    }
    let bytes: usize = targets.iter().flat_map(|name| seeds(name)).map(|(_, data)| data.len()).sum();
    assert!(bytes < 300_000, "{bytes} bytes of seeds");
}

#[test]
fn any_json_is_a_conference_or_an_error_with_a_place() {
    over("conference_json");
}

#[test]
fn any_yaml_is_a_conference_or_an_error_with_a_place() {
    over("conference_yaml");
}

#[test]
fn any_bytes_are_a_council_or_an_error_with_a_place() {
    over("council");
}

#[test]
fn any_font_is_refused_or_papers_are_set_in_it() {
    over("font");
}

#[test]
fn any_front_matter_makes_a_paper_or_an_error_with_a_place() {
    over("front_matter");
}

#[test]
fn any_tables_of_a_council_are_read_or_refused_with_a_place() {
    over("layers");
}

#[test]
fn any_csv_is_a_list_or_an_error_with_a_place() {
    over("list_csv");
}

#[test]
fn any_ods_is_a_list_or_an_error_with_a_place() {
    over("list_ods");
}

#[test]
fn any_xlsx_is_a_list_or_an_error_with_a_place() {
    over("list_xlsx");
}

#[test]
fn any_logo_is_refused_or_drawn() {
    over("logo");
}

#[test]
fn any_message_is_read_back_or_refused() {
    over("message");
}

#[test]
fn any_pdf_is_read_back_or_refused() {
    over("pdf");
}

#[test]
fn any_log_is_a_record_or_an_error_with_a_place() {
    over("record");
}

#[test]
fn any_registers_are_taken_over_or_refused_with_a_place() {
    over("registers");
}

#[test]
fn any_file_is_edited_where_it_was_meant_or_left_as_it_is() {
    over("splice");
}

#[test]
fn any_template_makes_a_paper_or_an_error_with_a_place() {
    over("template");
}

#[test]
fn any_theme_makes_a_paper_or_an_error_with_a_place() {
    over("theme");
}

#[test]
fn any_workbook_is_a_conference_or_an_error_with_a_place() {
    over("workbook");
}
