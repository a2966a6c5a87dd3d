//! A canary in every text of a conference: none reaches a reader above whose clearance it is, and each that a reader may
//! read and the paper prints does reach them.
//!
//! Conferences are made from the JSON Schema of the input: a new field gets a canary by itself, and `canaries/oracle.rs`
//! then fails until somebody has said who may read it. The oracle decides from the data alone and shares no code with the
//! program: it is the second entry of a double-entry book.

mod conference;
mod oracle;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;

use crate::run::{Run, pdf_text, squeezed};
use conference::{Chance, generate, pattern};
use oracle::{Oracle, Reader};

/// A run on a generated conference.
fn run_on(data: &Value) -> Run {
    Run::on_the_example().with("conference.yaml", serde_json::to_string_pretty(data).expect("JSON"))
}

/// Every canary of every file, with the file's entry in the register.
fn canaries_by_file(run: &Run) -> Vec<(Value, BTreeSet<String>)> {
    let register: Value = serde_json::from_str(&run.read("out/CAN-1/register.json")).expect("JSON");
    let read = |entry: &Value| {
        let file = format!("out/CAN-1/{}", entry["file"].as_str().expect("a name"));
        let bytes = run.bytes(&file);
        let text = if file.ends_with(".pdf") {
            // Metadata stands uncompressed in the file.
            pdf_text(&bytes) + &String::from_utf8_lossy(&bytes)
        } else {
            String::from_utf8(bytes).expect("text")
        };
        // Canaries are letters and digits: nothing but white space can part them, and nothing can escape them.
        (entry.clone(), conference::canaries_in(&(squeezed(&text) + &file).to_lowercase()))
    };
    register["files"].as_array().expect("a list").iter().map(read).collect()
}

/// Which kind of paper prints which field for which audience: found on conferences where everything is there, once for
/// everybody to read and once for the annex.
fn uses() -> BTreeSet<(String, String, String)> {
    ["public", "restricted"].into_iter().flat_map(uses_of).collect()
}

fn uses_of(mark: &'static str) -> BTreeSet<(String, String, String)> {
    let (data, canaries) = generate(&mut Chance::everything(mark));
    let run = run_on(&data);
    run.build(&["--to", "txt"]);
    let mut uses = BTreeSet::new();
    for (entry, there) in canaries_by_file(&run) {
        for (path, _) in canaries.iter().filter(|(_, canary)| there.contains(*canary)) {
            let word = |key: &str| entry[key].as_str().expect("a word").to_owned();
            uses.insert((word("artefact"), word("audience"), pattern(path)));
        }
    }
    uses
}

fn holds_on(seed: u64, formats: &str, uses: &BTreeSet<(String, String, String)>) -> usize {
    let (data, canaries) = generate(&mut Chance::of(seed));
    let run = run_on(&data);
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", formats]);
    assert_eq!(outcome.code, 0, "seed {seed}: {}", outcome.err);
    let oracle = Oracle::new(&data);
    let mut seen = 0;
    let patterns: BTreeMap<&String, String> = canaries.keys().map(|path| (path, pattern(path))).collect();
    for (entry, there) in canaries_by_file(&run) {
        let reader = Reader::of(&entry, &data);
        let paper = format!("seed {seed}: {} for {reader:?}", entry["file"]);
        let word = |key: &str| entry[key].as_str().expect("a word");
        let printed: BTreeSet<&str> = uses
            .iter()
            .filter(|(artefact, audience, _)| artefact == word("artefact") && audience == word("audience"))
            .map(|(.., pattern)| pattern.as_str())
            .collect();
        for (path, canary) in &canaries {
            if there.contains(canary) {
                assert!(oracle.may_read(path, &reader), "{paper} holds `{path}`");
                seen += 1;
            } else if oracle::is_of_the_record(path) && printed.contains(patterns[path].as_str()) {
                // The annex prints what no other version does.
                let its_own = !reader.is_annex() || !oracle.may_read(path, &Reader::professional());
                assert!(!its_own || !oracle.may_read(path, &reader), "{paper} lacks `{path}`");
            }
        }
    }
    seen
}

#[test]
fn every_field_has_a_reader_decided_and_a_paper_that_prints_it_or_a_reason_why_none_does() {
    let (data, canaries) = generate(&mut Chance::everything("public"));
    let oracle = Oracle::new(&data);
    let patterns: BTreeSet<String> = canaries.keys().map(|p| pattern(p)).collect();
    assert!(patterns.len() > 45, "{patterns:?}");
    canaries.keys().for_each(|path| oracle.decide(path));
    let printed: BTreeSet<String> = uses().into_iter().map(|(_, _, pattern)| pattern).collect();
    let silent: Vec<&String> = patterns.iter().filter(|p| !printed.contains(*p)).collect();
    insta::assert_debug_snapshot!("fields_that_no_paper_prints", silent);
}

#[test]
fn which_paper_prints_which_field_for_whom_is_as_it_was_agreed() {
    let mut table: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (artefact, audience, pattern) in uses() {
        table.entry((artefact, audience)).or_default().push(pattern);
    }
    let lines = table.into_iter().map(|((artefact, audience), fields)| {
        format!("{artefact} ({audience})\n{}", fields.iter().map(|f| format!("    {f}\n")).collect::<String>())
    });
    insta::assert_snapshot!("fields_by_paper", lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn no_canary_above_a_readers_clearance_reaches_them_in_words() {
    let uses = uses();
    let config = ProptestConfig { cases: 2000, max_shrink_iters: 0, ..ProptestConfig::default() };
    proptest!(config, |(seed in any::<u64>())| {
        prop_assert!(holds_on(seed, "txt", &uses) > 0);
    });
}

#[test]
fn no_canary_above_a_readers_clearance_reaches_them_in_any_format() {
    let uses = uses();
    let config = ProptestConfig { cases: 100, max_shrink_iters: 0, ..ProptestConfig::default() };
    proptest!(config, |(seed in any::<u64>())| {
        prop_assert!(holds_on(seed, "pdf,md,txt", &uses) > 0);
    });
}

/// Names of the snapshots.
pub const SNAPSHOTS: &[&str] = &["fields_that_no_paper_prints", "fields_by_paper"];
