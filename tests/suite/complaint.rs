//! A complaint, months later: who was sent what, under which name, and on which day.

use serde_json::Value;

use crate::batch::{invite, residents, tree, with_people};
use crate::run::{Outcome, Run};

const FOLDER: &str = "@/out/CSC-2026-014";
const NOTE: &str = "restricted/note-01-jo-brandt.txt";

fn build(run: &Run, only: &str) -> Outcome {
    run.build(&["--to", "txt", "--only", only])
}

fn verb(run: &Run, verb: &str, more: &[&str]) -> Outcome {
    run.convenor(&[&[verb, FOLDER], more].concat())
}

fn release(run: &Run, more: &[&str]) {
    let always = ["--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"];
    let outcome = verb(run, "release", &[&always, more].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
}

fn released(only: &str) -> Run {
    let run = Run::on_the_example();
    build(&run, only);
    release(&run, &[]);
    run
}

fn sent(run: &Run, more: &[&str]) -> Outcome {
    verb(run, "sent", &[&["--on", "2026-11-21"], more].concat())
}

/// The rows of an answer as JSON.
fn rows(run: &Run, more: &[&str]) -> Vec<Value> {
    let outcome = verb(run, "record", &[&["--format", "json"], more].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let answer: Value = serde_json::from_str(&outcome.out).expect("it is JSON");
    answer["papers"].as_array().expect("it has rows").clone()
}

fn texts(rows: &[Value], field: &str) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
        one => one.as_str().map_or_else(|| one.to_string(), str::to_owned),
    };
    rows.iter().map(|row| text(&row[field])).collect()
}

/// The entry of Sergeant Nair, as a text to put others beside or in its place.
fn nair(run: &Run) -> String {
    let text = run.read("conference.yaml");
    let from = text.find("  - { person: { name: \"Sgt Priya Nair\"").expect("she is invited");
    let to = text[from + 1..].find("\n  - { person").expect("she is not the last") + from + 2;
    text[from..to].to_owned()
}

#[test]
fn a_childs_note_is_never_shown_as_that_of_a_worker_who_did_not_get_it() {
    let run = released("child-note");
    let outcome = sent(&run, &["--paper", "child-note", "--of", "Jo Brandt", "--how", "hand"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let run = run.edit("conference.yaml", "name: Jo Brandt", "name: Zed Newman");
    for format in ["table", "csv", "json"] {
        let outcome = verb(&run, "record", &["--number", "c1", "--format", format]);
        assert!(outcome.code == 0 && !outcome.out.contains("Zed Newman"), "{}{}", outcome.out, outcome.err);
    }
    assert_eq!(texts(&rows(&run, &["--number", "c1"]), "to"), ["child's note 1, to another worker then"]);
    // Whoever asks under the old name is answered under it.
    let found = rows(&run, &["--of", "jo brandt"]);
    assert_eq!((texts(&found, "to"), texts(&found, "file")), (vec!["jo brandt".to_owned()], vec![NOTE.to_owned()]));
    assert_eq!(found[0]["sent"][0]["how"], "hand");
    assert!(rows(&run, &["--of", "Zed Newman"]).is_empty(), "that worker got nothing");
    let register = run.read("out/CSC-2026-014/register.csv");
    assert!(register.contains("Jo Brandt"), "it has not been made again");
    let refused = sent(&run, &["--paper", "child-note", "--of", "Zed Newman", "--how", "hand"]);
    assert_eq!(refused.code, 1, "{}", refused.out);
    assert!(refused.err.contains("this note was made for another worker"), "{}", refused.err);
    assert!(refused.err.contains("`--number c1` in place of `--of`"), "{}", refused.err);
    for whom in [["--of", "Jo Brandt"], ["--number", "c1"]] {
        let outcome = sent(&run, &[&["--paper", "child-note", "--how", "post"][..], &whom].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
    }
    assert!(!run.read("out/CSC-2026-014/register.csv").contains("Zed Newman"));
    // The note stays where it is: nobody of that name is in the file.
    let refused = verb(&run, "withdraw", &["--of", "Jo Brandt"]);
    assert!(refused.code == 1 && refused.err.contains("`--number c1`"), "{}{}", refused.out, refused.err);
}

#[test]
fn one_worker_is_found_with_the_notes_of_several_children() {
    let run = Run::on_the_example().edit("conference.yaml", "name: Halima Warsame", "name: Jo Brandt");
    build(&run, "child-note");
    release(&run, &[]);
    assert_eq!(texts(&rows(&run, &["--of", "Jo Brandt"]), "numbers"), ["c1", "c2"]);
    let refused = verb(&run, "withdraw", &["--of", "Jo Brandt"]);
    assert!(refused.err.contains("error[ambiguous-name]"), "{}", refused.err);
}

#[test]
fn an_agreement_is_not_shown_as_sent_to_an_organisation_of_another_name() {
    let run = released("agreement");
    assert_eq!(sent(&run, &["--paper", "agreement", "--of", "Mill Lane Homes", "--how", "post"]).code, 0);
    let run = run.edit("conference.yaml", "name: Mill Lane Homes", "name: Sanctuary Homes");
    let found = rows(&run, &["--of", "Sanctuary Homes"]);
    assert_eq!(texts(&found, "to"), ["organisation 6, under another name then"]);
    let found = rows(&run, &["--of", "Mill Lane Homes"]);
    assert_eq!((texts(&found, "to"), texts(&found, "numbers")), (vec!["Mill Lane Homes".into()], vec!["o6".into()]));
}

#[test]
fn a_letter_under_an_earlier_name_says_so() {
    let run = released("invitation");
    let run = run.edit(
        "conference.yaml",
        "  - { person: { name: \"Sgt Priya Nair\"",
        "  - { number: 02, person: { name: \"Sgt Priya Noor\"",
    );
    let outcome = run.build(&[
        "--to",
        "txt",
        "--only",
        "invitation",
        "--reissue",
        "invitation",
        "--because",
        "your name was wrong",
    ]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    release(&run, &[]);
    let now = ["Sgt Priya Noor, under another name then", "Sgt Priya Noor"];
    assert_eq!(texts(&rows(&run, &["--of", "noor"]), "to"), now);
    let then = ["Sgt Priya Nair", "Sgt Priya Noor"];
    assert_eq!(texts(&rows(&run, &["--of", "Sgt Priya Nair"]), "to"), then);
    // The reason stands below its row.
    let table = verb(&run, "record", &["--number", "02"]).out;
    assert!(table.contains("\n                         because: your name was wrong\n"), "{table}");
}

#[test]
fn a_namesake_who_is_no_longer_in_the_file_is_asked_about() {
    let run = Run::on_the_example();
    let first = nair(&run);
    let second = first.replace("  - { person", "  - { id: second, person").replace("E20 9AB", "E20 9ZY");
    let run = run.edit("conference.yaml", &first, &format!("{first}{second}"));
    let run = run.edit("conference.yaml", &first, &first.replace("  - { person", "  - { id: first, person"));
    build(&run, "invitation");
    release(&run, &[]);
    let run = run.edit("conference.yaml", &second, "");
    let outcome = build(&run, "invitation");
    let number = texts(&rows(&run, &[]), "to").iter().position(|to| to.ends_with("no longer in the file"));
    let gone = rows(&run, &[])[number.expect("somebody is gone")]["numbers"][0].as_str().expect("a number").to_owned();
    let typed = format!("--number {:0>2}", &gone[1..]);
    assert!(outcome.out.contains(&format!("say so with `convenor withdraw {typed}`")), "{}", outcome.out);
    let warned = verb(&run, "verify", &[]);
    assert!(warned.err.contains(&format!("say so with `convenor withdraw {typed}`")), "{}", warned.err);
    for (of, verb_of) in [("Sgt Priya Nair", "withdraw"), ("nair", "withdraw"), ("Sgt Priya Nair", "record")] {
        let refused = verb(&run, verb_of, &["--of", of]);
        assert!(refused.code == 1 && refused.err.contains("error[ambiguous-name]"), "{}{}", refused.out, refused.err);
        assert!(refused.err.contains(&format!("`{typed}`: no longer in the file")), "{}", refused.err);
        let help = refused.err.lines().find(|line| line.contains("help:")).expect("it has a hint");
        assert!(help.contains(&typed), "{help}");
    }
    let number: Vec<&str> = typed.split(' ').collect();
    let outcome = verb(&run, "withdraw", &number);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(texts(&rows(&run, &number), "status"), ["withdrawn"]);
}

#[test]
fn somebody_who_is_invited_anew_is_asked_about_as_well() {
    let run = released("invitation");
    let outcome = verb(&run, "withdraw", &["--of", "Sgt Priya Nair", "--on", "2026-11-21", "--erase", "--yes"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let anew = nair(&run).replace("  - { person", "  - { number: new, person");
    let run = run.edit(
        "conference.yaml",
        "  - { person: { name: \"Sgt Priya Nair\"",
        "  - { number: new, person: { name: \"Sgt Priya Nair\"",
    );
    assert!(anew.contains("number: new"));
    build(&run, "invitation");
    let refused = verb(&run, "record", &["--of", "Sgt Priya Nair"]);
    assert!(refused.code == 1 && refused.err.contains("`--number 02`: no longer in the file"), "{}", refused.err);
    assert_eq!(texts(&rows(&run, &["--number", "02"]), "status"), ["erased"]);
}

/// A run of letters to the people of the example's list, released.
fn run_of_letters(run: &Run, more: &[&str]) {
    let always = ["invite", "@/conference.yaml", "--yes", "-o", "@/out"];
    for signed in [&[][..], &["--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"]] {
        let outcome = run.convenor(&[&always, more, signed].concat());
        assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    }
}

#[test]
fn a_letter_that_was_noted_as_sent_by_its_file_is_shown_in_its_run() {
    let run = Run::on_the_example();
    run_of_letters(&run, &["--list", "@/people.csv", "--make", "letters,print,zip"]);
    let letter = run.files("out/CSC-2026-014/invitations/community/letters")[1].replace("out/CSC-2026-014/", "");
    assert_eq!(sent(&run, &["--paper", &letter, "--how", "post"]).code, 0);
    let found = rows(&run, &["--paper", "invitations"]);
    assert_eq!(found[0]["letters_sent"], 1);
    assert_eq!(found[0]["sent"], serde_json::json!([{ "how": "post", "on": "2026-11-21", "letters": "2" }]));
    for format in ["table", "csv"] {
        let said = verb(&run, "record", &["--format", format]).out;
        assert!(said.contains("letters 2:"), "{said}");
    }
    // The same letter again, with others.
    let print = "invitations/community/print/part-001.pdf";
    assert_eq!(sent(&run, &["--paper", print, "--how", "post"]).code, 0);
    assert_eq!(sent(&run, &["--paper", "invitations", "--letters", "2-3", "--how", "post"]).code, 0);
    let found = rows(&run, &["--paper", "invitations", "--on", "2026-11-21"]);
    assert_eq!((found[0]["letters_sent"].as_u64(), found[0]["sent"][0]["letters"].as_str()), (Some(4), Some("1-4")));
    assert_eq!(found[0]["sent"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_letter_to_an_invitee_has_one_row_wherever_it_is() {
    let run = Run::on_the_example();
    run_of_letters(&run, &["--make", "letters,print,zip"]);
    let table = verb(&run, "record", &[]).out;
    assert!(table.contains("letters to invitees"), "{table}");
    assert_eq!(sent(&run, &["--paper", "invitees/professional/letters.zip", "--how", "post"]).code, 0);
    assert_eq!(verb(&run, "withdraw", &["--of", "Sgt Priya Nair", "--on", "2026-11-22"]).code, 0);
    let found = rows(&run, &["--of", "Sgt Priya Nair"]);
    assert_eq!(texts(&found, "status"), ["withdrawn"]);
    assert_eq!(found[0]["sent"], serde_json::json!([{ "how": "post", "on": "2026-11-21" }]));
}

#[test]
fn a_check_long_before_the_date_of_issue_is_a_mistyped_year() {
    let run = Run::on_the_example();
    build(&run, "invitation");
    let early = ["--on", "2025-11-20"];
    let invite = ["invite", "@/conference.yaml", "--list", "@/people.csv", "--yes", "-o", "@/out"];
    let refused = [
        verb(&run, "release", &[&["--checked-by", "Ruth Penhaligon"][..], &early].concat()),
        verb(&run, "check-off", &[&["--paper", "invitation", "--by", "Ruth Penhaligon"][..], &early].concat()),
        run.convenor(&[&invite[..], &["--checked-by", "Ruth Penhaligon"], &early].concat()),
    ];
    for outcome in refused {
        assert_eq!(outcome.code, 1, "{}", outcome.out);
        let message = "error[check-date]: the check date is long before the date of issue";
        assert!(outcome.err.contains(message), "{}", outcome.err);
        assert!(outcome.err.contains("papers of 2 November 2026 are checked in the three months"), "{}", outcome.err);
    }
    let first = ["--checked-by", "Ruth Penhaligon", "--on", "2026-08-02"];
    assert_eq!(verb(&run, "release", &first).code, 0, "three months before is not long before");
}

#[test]
fn a_withdrawal_without_a_day_is_of_today() {
    let run = released("invitation");
    assert_eq!(verb(&run, "withdraw", &["--of", "Sgt Priya Nair", "--because", "moved"]).code, 0);
    let today = convenor_today();
    let day = |run: &Run| {
        let outcome = verb(run, "record", &["--number", "02", "--format", "json"]);
        let answer: Value = serde_json::from_str(&outcome.out).expect("it is JSON");
        answer["withdrawn"][0]["on"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(day(&run), today);
    for asked in ["--on", "--since"] {
        let answer = verb(&run, "record", &[asked, &today]).out;
        assert!(answer.contains("no longer takes part") && answer.contains("withdrawn"), "{answer}");
    }
    // A day that is noted stays, unless another is given.
    assert_eq!(verb(&run, "withdraw", &["--number", "02", "--on", "2026-11-21"]).code, 0);
    assert_eq!(verb(&run, "withdraw", &["--number", "02", "--because", "moved away"]).code, 0);
    assert_eq!(day(&run), "2026-11-21");
}

fn convenor_today() -> String {
    // The day as the record has it: the tests do not read the clock either.
    let run = released("terms");
    assert_eq!(verb(&run, "sent", &["--paper", "terms", "--how", "post"]).code, 0);
    rows(&run, &["--paper", "terms"])[0]["sent"][0]["on"].as_str().expect("a day").to_owned()
}

#[test]
fn a_run_says_why_its_version_was_made() {
    let run = Run::on_the_example();
    let papers = "papers: { invitation: { version: 2, because: the room has changed } }\nmeeting:\n";
    let run = run.edit("conference.yaml", "meeting:\n", papers);
    run_of_letters(&run, &["--list", "@/people.csv"]);
    assert_eq!(texts(&rows(&run, &[]), "because"), ["the room has changed"]);
    assert!(verb(&run, "record", &["--format", "csv"]).out.contains(",the room has changed,"));
    assert!(verb(&run, "record", &[]).out.contains("\n                         because: the room has changed\n"));
}

#[test]
fn a_kind_of_which_there_are_only_runs_is_named_with_them() {
    let run = Run::on_the_example();
    run_of_letters(&run, &["--list", "@/people.csv"]);
    let drafts = ["check-off", FOLDER, "--paper", "invitation", "--by", "Ruth Penhaligon"];
    for outcome in [sent(&run, &["--paper", "invitation", "--how", "post"]), run.convenor(&drafts)] {
        assert!(outcome.code != 0 && outcome.err.contains("there are letters in `invitations`"), "{}", outcome.err);
    }
    assert_eq!(sent(&run, &["--paper", "invitations", "--letters", "1-2", "--how", "post"]).code, 0);
}

#[test]
fn a_letter_to_the_same_number_of_a_list_is_somebody_else_s() {
    let run = with_people(residents(3));
    let all = ["invite", "@/conference.yaml", "-o", "@/out", "--yes", "--make", "letters"];
    let outcome = run.convenor(&all);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(invite(&run, &["--make", "letters"]).code, 0);
    let (listed, theirs) = (tree(&run), "out/CSC-2026-014/invitees");
    let number_two = || run.files(theirs).into_iter().filter(|f| f.contains("/letters/invitation-02-")).count();
    assert!(listed.keys().any(|f| f.contains("/invitation-00002-")) && number_two() == 1);
    let outcome = verb(&run, "withdraw", &["--number", "02", "--on", "2026-11-21", "--erase", "--yes"]);
    assert!(outcome.code == 0 && outcome.out.contains("Sgt Priya Nair"), "{}{}", outcome.out, outcome.err);
    assert_eq!(number_two(), 0);
    assert!(tree(&run) == listed, "nobody of the list loses a letter");
}

#[test]
fn each_share_of_a_list_is_told_from_the_others() {
    let run = Run::on_the_example();
    for share in ["1/2", "2/2"] {
        run_of_letters(&run, &["--list", "@/people.csv", "--shard", share]);
    }
    build(&run, "terms");
    let folders = ["invitations-1-of-2", "invitations-2-of-2"].map(|share| format!("{FOLDER}/{share}"));
    let outcome = run.convenor(&["register", "merge", &folders[0], &folders[1], "-o", "@/register.csv"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    let found = texts(&rows(&run, &["--paper", "invitation"]), "to");
    assert_eq!(found, ["2 letters to a list, share 1 of 2", "2 letters to a list, share 2 of 2"]);
}

#[test]
fn whoever_calls_a_paper_as_its_files_are_called_is_told_its_kind() {
    let run = Run::on_the_example();
    let hint = "files called `note-…` are papers of the kind `child-note`";
    let asked = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "note"]);
    assert!(asked.code == 2 && asked.err.contains(hint), "{}", asked.err);
    build(&run, "child-note");
    let always = ["--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"];
    for (verb, more) in [("release", ["--only", "note"]), ("check-off", ["--paper", "note"])] {
        let asked = run.convenor(&[&[verb, FOLDER], always.as_slice(), &more].concat());
        assert!(asked.code == 2 && asked.err.contains(hint), "{verb}: {}", asked.err);
    }
    release(&run, &["--only", "child-note"]);
    let asked = sent(&run, &["--paper", "note", "--how", "email"]);
    assert!(asked.code == 2 && asked.err.contains(hint), "{}", asked.err);
}
