//! Who may say that papers were checked, and on which day.

use std::collections::BTreeSet;

use crate::batch::{invite, people, preview, tree, with_people};
use crate::run::{Outcome, Run};

const FOLDER: &str = "@/out/CSC-2026-014";

fn built() -> Run {
    let run = Run::on_the_example();
    run.build(&["--to", "txt", "--only", "invitation"]);
    run
}

/// Somebody says that they have checked everything, on a day after the meeting.
fn release(run: &Run, by: &str) -> Outcome {
    release_on(run, by, "2026-11-25")
}

fn release_on(run: &Run, by: &str, day: &str) -> Outcome {
    run.convenor(&["release", FOLDER, "--checked-by", by, "--on", day])
}

/// The codes of what is said, in the form for machines.
fn codes(run: &Run, by: &str) -> BTreeSet<String> {
    let day = "2026-11-25";
    let said = run.convenor(&["release", FOLDER, "--checked-by", by, "--on", day, "--message-format", "json"]);
    let code = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["code"].clone();
    said.err.lines().map(code).map(|code| code.as_str().expect("a text").to_owned()).collect()
}

/// Whether no paper of the folder was released.
fn are_drafts(run: &Run) -> bool {
    !run.read("out/CSC-2026-014/register.json").contains("\"released\"")
}

/// Each of these is refused for these reasons and no other, and nothing is released.
fn refused(run: &Run, cases: &[(&str, &[&str])]) {
    for (by, why) in cases {
        let outcome = release(run, by);
        assert_eq!(outcome.code, 1, "{by}: {}{}", outcome.out, outcome.err);
        let why: BTreeSet<String> = why.iter().map(|code| (*code).to_owned()).collect();
        assert_eq!(codes(run, by), why, "{by}: {}", outcome.err);
    }
    assert!(are_drafts(run));
}

const NO_NAME: &[&str] = &["not-a-name"];
const MAKER: &[&str] = &["same-person"];
const BOTH: &[&str] = &["not-a-name", "same-person"];

#[test]
fn the_maker_is_no_second_person_under_any_spelling() {
    refused(
        &built(),
        &[
            ("Tom J. Hallam", MAKER),
            ("Tom", BOTH),
            ("Hallam", BOTH),
            ("T. H.", BOTH),
            ("TH", BOTH),
            ("tom.hallam@marshgate.example", BOTH),
            ("Tom Hallam Esq", MAKER),
            ("Cllr Tom Hallam MBE", MAKER),
            ("Tom Hallam & Ruth Penhaligon", BOTH),
            ("x", NO_NAME),
            // Nobody gave these.
            ("Hallam, Mr Tom", MAKER),
            ("T. James Hallam", MAKER),
            ("Tom Hallam-Price", MAKER),
            ("TOMHALLAM", BOTH),
            ("Тоm Наllаm", MAKER),
            ("Tom Hallam PhD, OBE", MAKER),
            ("Thomas Hallam", MAKER),
            ("Tom Hallarn", MAKER),
            ("Tom Halam", MAKER),
            ("Ruth Penhaligon on behalf of Tom Hallam", BOTH),
            ("TOM.HALLAM@MARSHGATE.EXAMPLE", BOTH),
        ],
    );
}

#[test]
fn the_maker_is_no_second_person_where_their_id_is_a_word() {
    let people = ["name: Dawn Pickering", "email: dawn.pickering@marshgate.example"];
    let run = Run::on_the_example()
        .edit("conference.yaml", "name: Tom Hallam", people[0])
        .edit("conference.yaml", "email: tom.hallam@marshgate.example", people[1])
        .edit("conference.yaml", "minute_taker: p-minutes", "minute_taker: me")
        .edit("conference.yaml", "  p-minutes: {", "  me: {");
    let conference = run.read("conference.yaml").replace("salutation: Mr Hallam", "salutation: Ms Pickering");
    let run = run.with("conference.yaml", conference);
    run.build(&["--to", "txt", "--only", "invitation"]);
    refused(
        &run,
        &[
            ("Dawn", BOTH),
            ("me", NO_NAME),
            ("x", NO_NAME),
            ("dp", BOTH),
            ("Dawn M Pickering", MAKER),
            ("D Pickering", BOTH),
            ("Mrs Dawn Pickering", MAKER),
            ("Pickering, Dawn", MAKER),
        ],
    );
    let outcome = release(&run, "Dawn");
    assert!(outcome.err.contains("give the first name and surname"), "{}", outcome.err);
}

#[test]
fn what_names_nobody_or_several_checks_nothing() {
    refused(
        &built(),
        &[
            ("  ", NO_NAME),
            ("Ruth", NO_NAME),
            ("R.P.", NO_NAME),
            ("p-lead", NO_NAME),
            ("Context Safeguarding Lead", NO_NAME),
            ("Duty manager", NO_NAME),
            ("Context Safeguarding Team", NO_NAME),
            ("Metropolitan Police", NO_NAME),
            ("ruth.penhaligon@marshgate.example", NO_NAME),
            ("Ruth Penhaligon and Ines Albright", NO_NAME),
            ("Ruth Penhaligon; Ines Albright", NO_NAME),
            ("Ruth Penhaligon / Ines Albright", NO_NAME),
            ("Ruth Penhaligon, Ines Albright", NO_NAME),
            ("Ruth, Adaeze", NO_NAME),
            ("Ruth Penhaligon Ines Albright", NO_NAME),
            ("Q. Zeller", NO_NAME),
        ],
    );
}

#[test]
fn whoever_prepares_the_papers_and_whoever_takes_the_minutes_are_both_makers() {
    let run = Run::on_the_example().edit("conference.yaml", "version: 1", "version: 1\nprepared_by: p-lead");
    run.build(&["--to", "txt", "--only", "invitation"]);
    refused(&run, &[("Ruth Penhaligon", MAKER), ("Tom Hallam", MAKER), ("Penhaligon, Ruth J.", MAKER)]);
    // The register says who made the papers, whatever the data says since.
    let run = run.edit("conference.yaml", "prepared_by: p-lead", "prepared_by: p-chair");
    refused(&run, &[("Ruth Penhaligon", MAKER), ("Adaeze Okonkwo", MAKER)]);
}

#[test]
fn a_protected_name_and_one_of_the_community_check_nothing() {
    refused(
        &built(),
        &[
            ("Kai Mensah", &["protected-name"]),
            ("Mensah, Kai J.", &["protected-name"]),
            ("K. Mensah", &["not-a-name", "protected-name"]),
            ("Lottie Farrow", &["protected-name"]),
            // A voluntary organisation without an agreement, a guardian, the delegate of one, the youth representative.
            ("Mrs Beryl Featherstonehaugh", &["not-a-checker"]),
            ("Beryl A. Featherstonehaugh", &["not-a-checker"]),
            ("Tadesse Gebremariam", &["not-a-checker"]),
            ("Wang Xiaoming", &["not-a-checker"]),
            ("王小明", &["not-a-checker"]),
            ("Saoirse Ní Dhomhnaill", &["not-a-checker"]),
        ],
    );
    for by in ["Kai Mensah", "Saoirse Ní Dhomhnaill"] {
        let args = ["release", FOLDER, "--checked-by", by, "--message-format", "json"];
        let outcome = built().convenor(&args);
        let first = by.split(' ').next().expect("a word");
        assert!(!outcome.err.contains(first) && outcome.err.contains("\"code\""), "{}", outcome.err);
    }
    let said = release(&built(), "Kai Mensah").err;
    assert!(said.contains("protected name number 1") && !said.contains("Kai"), "{said}");
}

#[test]
fn a_youth_representative_checks_nothing_whatever_they_read() {
    let run = Run::on_the_example().edit(
        "borough.yaml",
        "settings:\n",
        "settings:\n  audiences: { youth-representative: professional }\n",
    );
    run.build(&["--to", "txt", "--only", "invitation"]);
    refused(&run, &[("Saoirse Ní Dhomhnaill", &["not-a-checker"])]);
}

#[test]
fn where_the_council_says_who_may_check_nobody_else_may() {
    let named = |checkers: &str| {
        let run = Run::on_the_example();
        let borough = format!("{}\ncheckers: {checkers}\n", run.read("borough.yaml"));
        let run = run.with("borough.yaml", borough);
        run.build(&["--to", "txt", "--only", "invitation"]);
        run
    };
    let list = "[Adaeze Okonkwo, { name: Quentin Zeller, email: q.zeller@marshgate.example }, R. Karthik, Suharto]";
    let run = named(list);
    refused(&run, &[("Ruth Penhaligon", &["not-a-checker"]), ("Quentin Q. Zeller", &["not-a-checker"])]);
    refused(&run, &[("Quentin", NO_NAME), ("Q. Zeller", NO_NAME), ("Tom Hallam", MAKER)]);
    let said = release(&run, "Ruth Penhaligon").err;
    assert!(said.contains("borough.yaml:") && said.contains("Quentin Zeller"), "{said}");
    let json = run.convenor(&["release", FOLDER, "--checked-by", "Ruth Penhaligon", "--message-format", "json"]).err;
    let names = ["Ruth", "Penhaligon", "Quentin", "Adaeze"];
    assert!(names.iter().all(|name| !json.contains(name)) && json.contains("\"path\":\"checkers\""), "{json}");
    for by in ["Zeller, Quentin", "Ms Adaeze Okonkwo MBE", "R. Karthik", "suharto"] {
        let outcome = release(&named(list), by);
        assert!(outcome.code == 0 && outcome.err.is_empty(), "{by}: {}", outcome.err);
    }
    // A maker is none of them, listed or not, nor is whoever has a maker's address.
    refused(&named("[Tom Hallam, Ruth Penhaligon]"), &[("Tom Hallam", MAKER)]);
    let married = named("[{ name: Tamsin Oyelaran, email: Tom.Hallam@marshgate.example }]");
    refused(&married, &[("Tamsin Oyelaran", MAKER)]);
    // What is nearly the maker's name is somebody else's once the council says so.
    assert_eq!(release(&named("[Tom Hallum]"), "Tom Hallum").code, 0);
}

#[test]
fn a_region_says_who_may_check_for_councils_that_do_not() {
    let run = Run::on_the_council("kestrel-vale");
    let region = "regions/mere-and-vale/region.yaml";
    let text = format!("{}checkers: [Quentin Zeller]\n", run.read(region));
    let run = run.with(region, text);
    run.build(&["--to", "txt", "--only", "invitation"]);
    let reference = run.files("out")[0].split('/').nth(1).expect("a folder").to_owned();
    let release = |by: &str| {
        let folder = format!("@/out/{reference}");
        run.convenor(&["release", &folder, "--checked-by", by, "--on", "2026-11-20"])
    };
    let outcome = release("Imani Oduya");
    assert!(outcome.code == 1 && outcome.err.contains("error[not-a-checker]"), "{}", outcome.err);
    assert!(outcome.err.contains("region.yaml:"), "{}", outcome.err);
    assert_eq!(release("Quentin Zeller").code, 0);
}

#[test]
fn a_checker_whom_the_data_does_not_name_is_a_warning() {
    for by in ["Quentin Zeller", "山田太郎", "Trần Thị Mai Linh", "María de la Cruz", "Jane Hallam", "Siobhán O'Neill"]
    {
        let outcome = release(&built(), by);
        assert_eq!(outcome.code, 0, "{by}: {}", outcome.err);
        assert!(outcome.err.contains("warning[unknown-checker]"), "{by}: {}", outcome.err);
        assert!(outcome.out.contains("released in"), "{}", outcome.out);
    }
    // The chair, an invitee, a signatory, the officer for data protection, a worker.
    for by in ["Adaeze Okonkwo", "penhaligon, ruth", "Ms Ines Albright", "Jo Brandt", "Gethin Pryce"] {
        let outcome = release(&built(), by);
        assert!(outcome.code == 0 && outcome.err.is_empty(), "{by}: {}", outcome.err);
    }
}

#[test]
fn nobody_has_checked_on_a_day_to_come_or_before_what_the_record_says() {
    let run = Run::on_the_example();
    run.build(&["--to", "txt", "--only", "invitation,terms"]);
    let outcome = release_on(&run, "Ruth Penhaligon", "2099-12-31");
    assert!(
        outcome.code == 1 && outcome.err.contains("error[check-date]: the check date is in the future"),
        "{}",
        outcome.err
    );
    assert!(are_drafts(&run));
    let only = |kind: &str, day: &str| {
        run.convenor(&["release", FOLDER, "--checked-by", "Ruth Penhaligon", "--on", day, "--only", kind])
    };
    assert_eq!(only("terms", "2026-11-20").code, 0);
    let outcome = only("invitation", "2026-11-19");
    assert!(outcome.code == 1 && outcome.err.contains("error[check-date]"), "{}", outcome.err);
    assert!(outcome.err.contains("give 2026-11-20 or a later day"), "{}", outcome.err);
    assert_eq!(only("invitation", "2026-11-20").code, 0);
}

#[test]
fn letters_to_a_list_ask_the_same_of_whoever_checks_them() {
    let run = with_people(people(3));
    assert_eq!(preview(&run, &[]).code, 0);
    let by = |name: &str, day: &str| invite(&run, &["--make", "letters", "--checked-by", name, "--on", day]);
    for (name, why) in [
        ("Tom J. Hallam", "same-person"),
        ("Ruth", "not-a-name"),
        ("Kai Mensah", "protected-name"),
        ("Saoirse Ní Dhomhnaill", "not-a-checker"),
    ] {
        let outcome = by(name, "2026-11-20");
        assert!(outcome.code == 1 && outcome.err.contains(&format!("error[{why}]")), "{name}: {}", outcome.err);
    }
    let outcome = by("Ruth Penhaligon", "2099-12-31");
    assert!(outcome.code == 1 && outcome.err.contains("error[check-date]"), "{}", outcome.err);
    assert_eq!(by("Ruth Penhaligon", "2026-11-20").code, 0);
    let released = tree(&run);
    // Whoever said so before says so again, also with another day; somebody else not on an earlier one.
    for day in ["2026-11-20", "2026-11-19", "2026-11-25"] {
        let outcome = by("Ruth Penhaligon", day);
        assert_eq!(outcome.code, 0, "{day}: {}", outcome.err);
    }
    assert!(tree(&run) == released);
    let outcome = by("Adaeze Okonkwo", "2026-11-19");
    assert!(outcome.code == 1 && outcome.err.contains("error[check-date]"), "{}", outcome.err);
}

#[test]
fn verify_finds_a_maker_who_was_let_through_as_the_checker() {
    let run = built();
    assert_eq!(release(&run, "Ruth Penhaligon").code, 0);
    let log = "out/CSC-2026-014/record.jsonl";
    let other = run.read(log).replace("\"Ruth Penhaligon\"", "\"Tom J. Hallam\"");
    let run = run.with(log, &other);
    let outcome = run.convenor(&["verify", FOLDER]);
    assert!(outcome.code == 1 && outcome.err.contains("error[broken-record]"), "{}", outcome.err);
    // Also where somebody has made the chain of hashes again.
    let run = run.with(log, chained(&other));
    for name in ["register.json", "register.csv"] {
        std::fs::remove_file(run.path("out/CSC-2026-014").join(name)).expect("it is there");
    }
    let outcome = run.convenor(&["verify", FOLDER]);
    assert!(outcome.code == 1 && outcome.err.contains("error[same-person]"), "{}", outcome.err);
    assert!(!outcome.err.contains("error[broken-record]"), "{}", outcome.err);
}

/// The lines of a record with their hashes made again.
fn chained(lines: &str) -> String {
    let context = "convenor 2026-11 record.jsonl line";
    let mut head = blake3::Hasher::new_derive_key(context).finalize();
    let mut all = String::new();
    for line in lines.lines() {
        let (body, _) = line.rsplit_once(",\"h\":\"").expect("a line ends with its hash");
        let mut hasher = blake3::Hasher::new_derive_key(context);
        head = hasher.update(head.to_hex().as_bytes()).update(body.as_bytes()).finalize();
        all.push_str(&format!("{body},\"h\":\"{head}\"}}\n"));
    }
    all
}

#[test]
fn the_schema_shows_who_may_check() {
    let schema = Run::on_nothing().convenor(&["schema", "borough"]).out;
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    assert!(schema["properties"]["checkers"]["description"].as_str().is_some_and(|d| d.contains("may check papers")));
    assert!(schema["$defs"]["Checker"]["anyOf"].is_array());
}
