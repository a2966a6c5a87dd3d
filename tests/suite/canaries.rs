//! A canary in every text of a conference: none reaches a reader above whose clearance it is, and each that a reader may
//! read and the paper prints does reach them.
//!
//! Conferences are made from the JSON Schema of the input: a new field gets a canary by itself, and `canaries/oracle.rs`
//! then fails until somebody has said who may read it. The oracle decides from the data alone and shares no code with the
//! program: it is the second entry of a double-entry book.

pub mod conference;
mod filled;
mod oracle;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use convenor::Request;
use convenor::model::artefact::Format;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::docx::package::Package;
use crate::run::{Run, squeezed};
use conference::{Chance, generate, pattern};
use oracle::{Oracle, Reader};

/// A file, as the register describes it, and every canary in it.
type Described = (Value, BTreeSet<String>);

/// A run on a generated conference.
fn run_on(data: &Value) -> Run {
    Run::on_the_example().with("conference.yaml", serde_json::to_string_pretty(data).expect("JSON"))
}

/// Every canary of a text or of the name of its file. Canaries are letters and digits: nothing but white space can part
/// them, and nothing can escape them.
fn canaries_of(text: &str, file: &str) -> BTreeSet<String> {
    conference::canaries_in(&(squeezed(text) + file).to_lowercase())
}

/// The text of a PDF in one pass, with whatever stands uncompressed in the file, as its metadata.
fn pdf_text(data: &[u8]) -> String {
    let pdf = lopdf::Document::load_mem(data).expect("the PDF parses");
    let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
    pdf.extract_text(&pages).expect("the PDF has text") + &String::from_utf8_lossy(data)
}

/// Every canary of every file that the program has built, with the file's entry in the register.
fn canaries_by_file(run: &Run) -> Vec<Described> {
    let register: Value = serde_json::from_str(&run.read("out/CAN-1/register.json")).expect("JSON");
    let read = |entry: &Value| {
        let file = format!("out/CAN-1/{}", entry["file"].as_str().expect("a name"));
        let bytes = run.bytes(&file);
        let text = match file.rsplit('.').next() {
            Some("pdf") => pdf_text(&bytes),
            Some("docx" | "odt") => Package::read(&bytes).everything(),
            _ => String::from_utf8(bytes).expect("text"),
        };
        (entry.clone(), canaries_of(&text, &file))
    };
    register["files"].as_array().expect("a list").iter().map(read).collect()
}

/// The same of plain text that the library makes in memory: nothing else is as quick.
fn canaries_in_memory(data: &Value, languages: &str) -> Result<Vec<Described>, String> {
    let mut example: BTreeMap<String, Vec<u8>> = convenor::example_files().into_iter().collect();
    let borough = String::from_utf8(example.remove("borough.yaml").expect("it has one")).expect("text");
    let borough = borough.replacen("settings:\n", &format!("languages: {{ papers: {languages} }}\nsettings:\n"), 1);
    let mut files = convenor::Files::new(data.to_string(), borough);
    files.others.insert("logo.svg".to_owned(), example.remove("logo.svg").expect("it has one"));
    let made = || {
        let checked = convenor::check(convenor::load_from(files)?)?;
        convenor::build(&checked, &Request { to: vec![Format::Txt], ..Request::default() })
    };
    let pack = made().map_err(|report| report.to_string())?;
    let organisations: Vec<&Value> = data["organisations"].as_object().expect("a map").values().collect();
    let described = |file: &convenor::File| {
        let entry = file.entry();
        // The register names an organisation, and so does the name of its file.
        let is_named = |o: &&&Value| o["name"].as_str().is_some_and(|name| file.path().contains(name));
        let recipient = organisations.iter().find(is_named).map_or(Value::Null, |o| o["name"].clone());
        let text = String::from_utf8(file.data().to_vec()).expect("text");
        let described = json!({
            "file": file.path(), "artefact": entry.paper, "audience": entry.audience.id(),
            "reference": entry.reference, "recipients": [recipient],
        });
        (described, canaries_of(&text, file.path()))
    };
    Ok(pack.files.iter().map(described).collect())
}

/// A kind of paper, an audience, and the pattern of a field.
type Uses = BTreeSet<(String, String, String)>;

/// Which kind of paper prints which field for which audience: found on conferences where everything is there, once for
/// everybody to read and once for the annex.
fn uses() -> &'static Uses {
    static USES: OnceLock<Uses> = OnceLock::new();
    USES.get_or_init(|| ["public", "restricted"].into_iter().flat_map(uses_of).collect())
}

fn uses_of(mark: &'static str) -> Uses {
    let (data, canaries) = generate(&mut Chance::everything(mark));
    let mut uses = BTreeSet::new();
    for (entry, there) in canaries_in_memory(&data, "[en]").expect("it is sound") {
        for (path, _) in canaries.iter().filter(|(_, canary)| there.contains(*canary)) {
            let word = |key: &str| entry[key].as_str().expect("a word").to_owned();
            uses.insert((word("artefact"), word("audience"), pattern(path)));
        }
    }
    uses
}

/// What a letter or a notice says of its reader's own actions, or says in short.
const OF_THEIR_OWN_ACTIONS: [&str; 4] =
    ["goals[].actions[].evidence", "goals[].actions[].person", "goals[].actions[].history[]", "goals[].readings[]"];

/// Compares every file with what its reader may read, both ways. Returns how many canaries were read.
fn holds(name: &str, data: &Value, canaries: &conference::Canaries, files: Vec<Described>) -> usize {
    let oracle = Oracle::new(data);
    let patterns: BTreeMap<&String, String> = canaries.keys().map(|path| (path, pattern(path))).collect();
    let mut printed: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for (artefact, audience, pattern) in uses() {
        printed.entry((artefact, audience)).or_default().insert(pattern);
    }
    let nothing = BTreeSet::new();
    let mut seen = 0;
    for (entry, there) in files {
        let reader = Reader::of(&entry, data);
        let paper = || format!("{name}: {} for {reader:?}", entry["file"]);
        let word = |key: &str| entry[key].as_str().expect("a word");
        let printed = printed.get(&(word("artefact"), word("audience"))).unwrap_or(&nothing);
        for (path, canary) in canaries {
            if there.contains(canary) {
                assert!(oracle.may_read(path, &reader), "{} holds `{path}`", paper());
                seen += 1;
            } else if oracle::is_of_the_record(path)
                && printed.contains(patterns[path].as_str())
                && !(reader.has_a_paper_of_their_own()
                    && OF_THEIR_OWN_ACTIONS.iter().any(|field| patterns[path].starts_with(field)))
            {
                // The annex prints what no other version does.
                let its_own = !reader.is_annex() || !oracle.may_read(path, &Reader::professional());
                assert!(!its_own || !oracle.may_read(path, &reader), "{} lacks `{path}`", paper());
            }
        }
    }
    seen
}

fn holds_in_memory(seed: u64) -> usize {
    let (data, canaries) = generate(&mut Chance::of(seed));
    // Now and then each paper is in Welsh as well, where there is Welsh for it.
    let languages = if seed.is_multiple_of(4) { "[cy, en]" } else { "[en]" };
    let files = canaries_in_memory(&data, languages).unwrap_or_else(|report| panic!("seed {seed}: {report}"));
    holds(&format!("seed {seed}"), &data, &canaries, files)
}

fn holds_on_disk(seed: u64, formats: &str) -> usize {
    let (data, canaries) = generate(&mut Chance::of(seed));
    let run = run_on(&data);
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--all", "--to", formats]);
    assert_eq!(outcome.code, 0, "seed {seed}: {}", outcome.err);
    holds(&format!("seed {seed}"), &data, &canaries, canaries_by_file(&run))
}

#[test]
fn every_field_has_a_reader_decided_and_a_paper_that_prints_it_or_a_reason_why_none_does() {
    let (data, canaries) = generate(&mut Chance::everything("public"));
    let oracle = Oracle::new(&data);
    let patterns: BTreeSet<String> = canaries.keys().map(|p| pattern(p)).collect();
    assert!(patterns.len() > 45, "{patterns:?}");
    canaries.keys().for_each(|path| oracle.decide(path));
    let printed: BTreeSet<&String> = uses().iter().map(|(_, _, pattern)| pattern).collect();
    let silent: Vec<&String> = patterns.iter().filter(|p| !printed.contains(*p)).collect();
    insta::assert_debug_snapshot!("fields_that_no_paper_prints", silent);
}

#[test]
fn which_paper_prints_which_field_for_whom_is_as_it_was_agreed() {
    let mut table: BTreeMap<(&String, &String), Vec<&String>> = BTreeMap::new();
    for (artefact, audience, pattern) in uses() {
        table.entry((artefact, audience)).or_default().push(pattern);
    }
    let lines = table.into_iter().map(|((artefact, audience), fields)| {
        format!("{artefact} ({audience})\n{}", fields.iter().map(|f| format!("    {f}\n")).collect::<String>())
    });
    insta::assert_snapshot!("fields_by_paper", lines.collect::<Vec<_>>().join("\n"));
}

/// How many conferences are made: as many as `CANARIES` says, `2000` for a long search by hand.
fn cases(usual: u32) -> u32 {
    std::env::var("CANARIES").ok().and_then(|many| many.parse().ok()).unwrap_or(usual)
}

#[test]
fn no_canary_above_a_readers_clearance_reaches_them_in_words() {
    let config = ProptestConfig { cases: cases(360), max_shrink_iters: 0, ..ProptestConfig::default() };
    proptest!(config, |(seed in any::<u64>())| {
        prop_assert!(holds_in_memory(seed) > 0);
    });
}

#[test]
fn no_canary_above_a_readers_clearance_reaches_them_in_any_format() {
    let config = ProptestConfig { cases: cases(360) / 30, max_shrink_iters: 0, ..ProptestConfig::default() };
    proptest!(config, |(seed in any::<u64>())| {
        prop_assert!(holds_on_disk(seed, "pdf,md,txt,html,docx,odt") > 0);
    });
}

/// Names of the snapshots.
pub const SNAPSHOTS: &[&str] = &["fields_that_no_paper_prints", "fields_by_paper"];
