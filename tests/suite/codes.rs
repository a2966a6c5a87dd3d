//! One of each code: what is said of it, at its place, with its hint, for people and for machines.
//!
//! A scene prepares a folder and names the command that raises a code; the faulty inputs of `fixtures/broken` are scenes as
//! well. The snapshot holds the first diagnostic of every code of `diag::codes::ALL` as both forms write it, so a code that
//! nothing raises fails the test, and so does one whose place or hint is lost.

mod data;
mod letters;
mod lists;
mod record;
mod workbooks;

use std::collections::{BTreeMap, BTreeSet};

use convenor::diag::codes::ALL;
use serde_json::Value;

use crate::broken;
use crate::run::Run;

/// A command on a folder.
pub type Prepared = (Run, Vec<String>);

/// The codes that a command raises, and its folder.
pub type Scene = (&'static [&'static str], fn() -> Prepared);

/// Names of the snapshots.
pub const SNAPSHOTS: &[&str] = &["one_of_each_code"];

/// Codes that no command of a test can raise, each with the test that raises it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("cannot-serve", "tests/suite/desk/guards.rs: the machine has to give no chance"),
    ("layout-failed", "src/batch/tests.rs: the layout engine has to panic"),
    ("list-changed", "tests/suite/runs.rs: the list has to change while a command runs"),
];

/// The errors whose place is a file, an option or a folder as a whole.
const OF_A_WHOLE: &[&str] = &[
    "damaged",
    "ambiguous-name",
    "bad-mapping",
    "bad-rows",
    "bad-sample",
    "bad-value",
    "broken-record",
    "cannot-write",
    "check-date",
    "disposed",
    "edited-since",
    "empty-file",
    "forked-record",
    "head-differs",
    "locked",
    "missing-paper",
    "name-clash",
    "no-borough",
    "no-columns",
    "no-conference",
    "no-picture",
    "no-room",
    "no-sheet",
    "no-sheet-found",
    "no-such-day",
    "no-such-person",
    "not-a-name",
    "not-agreed",
    "not-as-made",
    "not-in-register",
    "not-lost",
    "not-proved",
    "not-shown",
    "not-text",
    "nothing-left-out",
    "nothing-to-make",
    "nothing-to-undo",
    "other-list",
    "other-record",
    "other-conference",
    "over-budget",
    "parts-disagree",
    "released",
    "still-a-draft",
    "unknown-artefact",
    "unreadable",
    "unreadable-paper",
    "unwritten-form",
    "withdrawn",
    "wrong-kind",
];

/// A command on a folder.
pub fn on(run: Run, args: &[&str]) -> Prepared {
    (run, args.iter().map(|arg| (*arg).to_owned()).collect())
}

fn scenes() -> impl Iterator<Item = Scene> {
    [data::SCENES, lists::SCENES, letters::SCENES, record::SCENES, workbooks::SCENES].into_iter().flatten().copied()
}

/// What a command says: the first diagnostic of each code as a terminal has it, and every line of the JSON form.
struct Told {
    drawn: BTreeMap<String, String>,
    lines: Vec<Value>,
}

impl Told {
    fn of((run, args): Prepared, (other, json): Prepared) -> Self {
        let root = format!("{}/", broken::root().display());
        let said = |run: &Run, args: &[String], more: &[&str]| {
            let args: Vec<&str> = args.iter().map(String::as_str).chain(more.iter().copied()).collect();
            run.convenor(&args).err.replace(&root, "")
        };
        let (text, json) = (said(&run, &args, &[]), said(&other, &json, &["--message-format", "json"]));
        let lines: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        Self { drawn: drawn(&text), lines }
    }

    /// The line of the JSON form that says the same as the first drawn one.
    fn line(&self, code: &str) -> &Value {
        self.lines.iter().find(|line| line["code"] == code).unwrap_or_else(|| panic!("{code} is not told to machines"))
    }
}

/// The first diagnostic of each code in what a terminal shows.
fn drawn(text: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        let begins = ["error[", "warning["].iter().find_map(|s| Some(line.strip_prefix(s)?.split_once(']')?.0));
        if let Some(code) = begins {
            // A second one of the same code is not shown.
            open = (!found.contains_key(code)).then(|| code.to_owned());
        } else if line.trim().is_empty() {
            open = None;
        }
        if let Some(code) = &open {
            let shown = found.entry(code.clone()).or_default();
            shown.push_str(line);
            shown.push('\n');
        }
    }
    found
}

/// Whether a machine can find the place: a file, and a line, a row, a field or a letter in it.
fn has_a_place(line: &Value) -> bool {
    let within = ["line", "row", "path", "sheet", "reference"].iter().any(|key| !line[*key].is_null());
    let code = line["code"].as_str().expect("a code");
    (!line["file"].is_null() || !line["path"].is_null()) && (within || OF_A_WHOLE.contains(&code))
}

#[test]
fn every_code_is_raised_at_a_place_with_what_to_do() {
    let mut shown: BTreeMap<String, String> = BTreeMap::new();
    let mut nowhere = Vec::new();
    let mut look = |told: &Told, codes: &[String]| {
        for line in told.lines.iter().filter(|line| line["severity"] == "error" && !has_a_place(line)) {
            nowhere.push(line.to_string());
        }
        for code in codes.iter().filter(|code| !shown.contains_key(*code)).collect::<Vec<_>>() {
            let drawn = told.drawn.get(code).unwrap_or_else(|| panic!("{code} is not raised: {:?}", told.drawn));
            shown.insert(code.clone(), format!("{drawn}{}\n", told.line(code)));
        }
    };
    for (codes, prepare) in scenes() {
        let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
        look(&Told::of(prepare(), prepare()), &codes);
    }
    for input in broken::inputs() {
        let prepare = || on(Run::on_nothing(), &["check", &input.display().to_string()]);
        let told = Told::of(prepare(), prepare());
        let codes: Vec<String> = told.drawn.keys().cloned().collect();
        look(&told, &codes);
    }
    assert!(nowhere.is_empty(), "without a place:\n{}", nowhere.join("\n"));
    let all: BTreeSet<&str> = ALL.iter().map(|code| code.id).collect();
    let elsewhere: BTreeSet<&str> = ELSEWHERE.iter().map(|(code, _)| *code).collect();
    let raised: BTreeSet<&str> = shown.keys().map(String::as_str).collect();
    assert!(raised.is_disjoint(&elsewhere), "a scene raises {:?}", raised.intersection(&elsewhere));
    assert_eq!(raised.union(&elsewhere).copied().collect::<BTreeSet<_>>(), all, "add a scene for each new code");
    let whole: Vec<&&str> = OF_A_WHOLE.iter().filter(|code| !all.contains(*code)).collect();
    assert!(whole.is_empty(), "there is no code {whole:?}");
    let pages: String = shown.iter().map(|(code, text)| format!("== {code}\n{text}\n")).collect();
    insta::assert_snapshot!("one_of_each_code", pages);
}
