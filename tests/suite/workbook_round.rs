//! Conferences as workbooks and back.

use std::collections::BTreeMap;

use crate::run::Run;
use crate::workbook_book::Book;

const COUNCILS: [&str; 3] = ["marshgate", "kestrel-vale", "northmere"];

/// A council's conference, and the same as a workbook in a folder of its own.
fn as_workbook(council: &str) -> Run {
    let run = Run::on_the_council(council);
    let done = run.convenor(&["convert", "@/conference.yaml", "@/conference.xlsx"]);
    assert_eq!(done.code, 0, "{council}: {}", done.err);
    run
}

/// The model of a file, without what a workbook says in another place: somebody described in their entry has their
/// organisation there, and a text has no line end behind it.
pub fn model(run: &Run, file: &str) -> String {
    let mut loaded = convenor::load(run.path(file)).unwrap_or_else(|report| panic!("{report}"));
    assert!(!loaded.report.has_errors(), "{}", loaded.report);
    let ids: BTreeMap<String, String> =
        loaded.conference.organisations.iter().map(|(id, o)| (id.clone(), o.name.clone())).collect();
    for invitee in &mut loaded.conference.invitees {
        let inner = match &mut invitee.person {
            convenor::model::reference::PersonRef::Inline(person) => person.organisation.take(),
            convenor::model::reference::PersonRef::Id(id) => loaded.conference.people[id].organisation.clone(),
        };
        invitee.organisation = invitee.organisation.take().or(inner);
    }
    assert!(!ids.is_empty());
    format!("{:#?}", loaded.conference).replace("\\n\",", "\",")
}

fn assert_same(one: &str, other: &str, what: &str) {
    let differing = one.lines().zip(other.lines()).enumerate().find(|(_, (a, b))| a != b);
    assert!(one == other, "{what}: {differing:#?}");
}

#[test]
fn a_workbook_says_what_the_file_says_and_the_file_what_the_workbook_says() {
    for council in COUNCILS {
        let run = as_workbook(council);
        let yaml = model(&run, "conference.yaml");
        assert_same(&yaml, &model(&run, "conference.xlsx"), council);
        for back in ["back.yaml", "back.json", "back.xlsx"] {
            let done = run.convenor(&["convert", "@/conference.xlsx", &format!("@/{back}")]);
            assert_eq!((done.code, done.err.as_str()), (0, ""), "{council}, {back}");
            assert_same(&yaml, &model(&run, back), &format!("{council}, {back}"));
        }
        assert_eq!(
            run.bytes("conference.xlsx"),
            run.bytes("back.xlsx"),
            "{council}: there and back gives the same bytes"
        );
    }
}

#[test]
fn the_papers_of_a_workbook_are_those_of_the_file_byte_for_byte() {
    for council in COUNCILS {
        let run = as_workbook(council);
        let papers = |file: &str, out: &str, more: &[&str]| {
            let made = run.convenor(&[&["build", file, "-o", out, "--all"], more].concat());
            assert_eq!(made.code, 0, "{council}: {}", made.err);
        };
        let compare = |more: &[&str], name: &str| {
            papers("@/conference.yaml", &format!("@/{name}-a"), more);
            papers("@/conference.xlsx", &format!("@/{name}-b"), more);
            let files = run.files(&format!("{name}-a"));
            assert!(files.len() > 4, "{council}: {files:?}");
            for file in files.iter().filter(|file| !file.ends_with(".jsonl") && !file.contains("register")) {
                let other = file.replacen(&format!("{name}-a"), &format!("{name}-b"), 1);
                assert!(run.bytes(file) == run.bytes(&other), "{council}: {file}");
            }
        };
        compare(&["--to", "md"], "words");
        if council == "marshgate" {
            compare(&["--only", "minutes,agreement"], "pages");
        }
    }
}

#[test]
fn what_a_workbook_has_no_column_for_stops_the_conversion_until_it_is_left_out() {
    let run = Run::on_the_example().edit(
        "conference.yaml",
        "bring: \"A summary of reports for the period, without names\"",
        "bring: { text: A summary, share: professional, reason: because }",
    );
    let refused = run.convenor(&["convert", "@/conference.yaml", "@/c.xlsx"]);
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.contains("error[no-column]: what they bring is in their own letter only"), "{}", refused.err);
    assert!(refused.err.contains("help: `--leave-out invitees[].bring.share` leaves it out"), "{}", refused.err);
    assert!(!run.path("c.xlsx").exists());
    let asked = "invitees[].bring.share,invitees[].bring.reason";
    let done = run.convenor(&["convert", "@/conference.yaml", "@/c.xlsx", "--leave-out", asked]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("Left out, as you asked: 2 values"), "{}", done.out);
    let unknown = run.convenor(&["convert", "@/conference.yaml", "@/d.xlsx", "--leave-out", "invitees[].brings"]);
    assert_eq!(unknown.code, 2, "{}", unknown.err);
}

#[test]
fn comments_that_stay_behind_are_told_and_an_earlier_file_is_left_alone() {
    let run = Run::on_the_example();
    let comments =
        run.read("conference.yaml").lines().filter(|line| line.contains("# ") || line.starts_with('#')).count();
    let done = run.convenor(&["convert", "@/conference.yaml", "@/c.xlsx"]);
    assert!(done.out.contains(&format!("Left behind, since no value holds them: {comments} comments")), "{}", done.out);
    let again = run.convenor(&["convert", "@/conference.yaml", "@/c.xlsx"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("there is something of this name already"), "{}", again.err);
    let ods = run.convenor(&["convert", "@/conference.yaml", "@/c.ods"]);
    assert!(ods.code == 2 && ods.err.contains("ODS is read, but not written"), "{}", ods.err);
}

#[test]
fn the_same_conference_gives_the_same_workbook() {
    let (one, other) = (as_workbook("marshgate"), as_workbook("marshgate"));
    assert!(one.bytes("conference.xlsx") == other.bytes("conference.xlsx"));
}

#[test]
fn nobody_sees_an_id_or_a_brace_but_in_the_columns_for_codes() {
    let run = as_workbook("marshgate");
    let book = Book::of(&run.bytes("conference.xlsx"));
    for sheet in &book.sheets {
        for row in &sheet.rows {
            for (column, cell) in row.iter().enumerate() {
                let crate::workbook_book::Cell::Text(text) = cell else { continue };
                assert!(!text.contains(['{', '}', '`']), "{}: {text}", sheet.name);
                let is_code = matches!(&sheet.rows[0][column], crate::workbook_book::Cell::Text(h) if h == "Code");
                let is_id = ["p-chair", "public-health", "social-care-chaired", "plan-agreed", "physical-design"];
                assert!(is_code || !is_id.contains(&text.as_str()), "{}: {text}", sheet.name);
            }
        }
    }
}
