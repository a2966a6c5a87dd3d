//! Conferences by chance as workbooks and back: every field that the schema has, filled in and left out.

use proptest::prelude::*;

use crate::canaries::conference::{Chance, FRIENDS, STATION, generate};
use crate::run::Run;
use crate::workbook_round::model;

/// What has no column, since it reaches one letter only.
const ASIDE: [&str; 6] = [
    "invitees[].bring.share",
    "invitees[].bring.reason",
    "invitees[].access.share",
    "invitees[].access.reason",
    "invitees[].note.share",
    "invitees[].note.reason",
];

/// How many conferences are made: as many as `WORKBOOKS` says, `1000` for a long search by hand.
fn cases(usual: u32) -> u32 {
    std::env::var("WORKBOOKS").ok().and_then(|many| many.parse().ok()).unwrap_or(usual)
}

fn goes_there_and_back(name: &str, chance: &mut Chance) {
    let (mut data, _) = generate(chance);
    // A report of which nothing is recorded has no cell: in a workbook it is none.
    for one in data["organisations"].as_object_mut().into_iter().flat_map(|all| all.values_mut()) {
        let report = &one["report"];
        let says = ["asked", "received"].iter().any(|day| report[day].is_string())
            || report["use"].as_str().is_some_and(|put| put != "not-recorded");
        if let Some(fields) = one.as_object_mut().filter(|_| !says) {
            fields.remove("report");
        }
    }
    let run = Run::on_the_example().with("conference.json", data.to_string());
    // Only what is there can be left out.
    let invitees = data["invitees"].as_array().expect("somebody is invited");
    let is_there = |field: &&&str| {
        let (of, mark) = field.trim_start_matches("invitees[].").split_once('.').expect("a mark");
        invitees.iter().any(|one| one[of][mark].is_string())
    };
    let aside: Vec<&str> = ASIDE.iter().filter(is_there).copied().collect();
    let aside = aside.join(",");
    let convert = |from: &str, to: &str, leave: bool| {
        let (from, to) = (format!("@/{from}"), format!("@/{to}"));
        let mut args = vec!["convert", &from, &to];
        if leave && !aside.is_empty() {
            args.extend(["--leave-out", &aside]);
        }
        let done = run.convenor(&args);
        assert_eq!(done.code, 0, "{name}: {}", done.err);
    };
    convert("conference.json", "less.json", true);
    convert("conference.json", "c.xlsx", true);
    let (before, after) = (model(&run, "less.json"), model(&run, "c.xlsx"));
    let differing = before.lines().zip(after.lines()).enumerate().find(|(_, (a, b))| a != b);
    assert!(before == after, "{name}: {differing:#?}");
    convert("c.xlsx", "again.xlsx", false);
    assert!(run.bytes("c.xlsx") == run.bytes("again.xlsx"), "{name}: there and back gives the same bytes");
}

#[test]
fn any_conference_goes_there_and_back() {
    let config = ProptestConfig { cases: cases(30), max_shrink_iters: 0, ..ProptestConfig::default() };
    proptest!(config, |(seed in any::<u64>())| {
        goes_there_and_back(&format!("seed {seed}"), &mut Chance::of(seed));
    });
}

#[test]
fn a_conference_with_everything_in_it_goes_there_and_back() {
    goes_there_and_back("public", &mut Chance::everything("public"));
    goes_there_and_back("restricted", &mut Chance::everything("restricted"));
    goes_there_and_back("a station", &mut Chance::filled(STATION));
    goes_there_and_back("friends", &mut Chance::filled(FRIENDS));
}
