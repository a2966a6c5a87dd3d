//! The verbs that read and write the record, on the command line.

use crate::run::{Outcome, Run};

fn released() -> Run {
    let run = Run::on_the_example();
    run.build(&["--to", "txt"]);
    let released = on(&run, "release", &["--checked-by", "Ruth Penhaligon", "--on", "2026-11-02"]);
    assert_eq!(released.code, 0, "{}", released.err);
    run
}

fn on(run: &Run, verb: &str, more: &[&str]) -> Outcome {
    run.convenor(&[&[verb, "@/conference.yaml", "-o", "@/out"], more].concat())
}

#[test]
fn a_verb_takes_the_conference_file_or_the_folder_of_its_papers() {
    let run = released();
    let by_file = on(&run, "record", &["--paper", "invitation"]);
    let by_folder = run.convenor(&["record", "@/out/CSC-2026-014", "--paper", "invitation"]);
    assert_eq!((by_file.code, &by_file.out), (0, &by_folder.out), "{}", by_file.err);
    assert!(by_file.out.lines().all(|line| line.chars().count() <= 100), "{}", by_file.out);
    assert_eq!(on(&run, "verify", &[]).code, 0);
}

#[test]
fn a_name_that_nobody_has_or_several_have_is_asked_for_again() {
    let run = released();
    let nobody = on(&run, "withdraw", &["--of", "Fetherstonehaugh"]);
    assert_eq!(nobody.code, 1);
    assert!(nobody.err.contains("did you mean `Mrs Beryl Featherstonehaugh`?"), "{}", nobody.err);
    let several = on(&run, "withdraw", &["--of", "marshgate"]);
    assert!(several.err.contains("error[ambiguous-name]") && several.err.contains("`--number o18`"), "{}", several.err);
    assert_eq!(on(&run, "withdraw", &[]).code, 2);
    assert_eq!(on(&run, "withdraw", &["--of", "Nair", "--erase"]).code, 2, "it asks for `--yes`");
}

#[test]
fn the_form_for_machines_names_nobody_who_withdraws() {
    let run = released();
    let said = on(&run, "withdraw", &["--of", "dhillon", "--on", "2026-11-20", "--message-format", "json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let all = (said.out + &said.err).to_lowercase();
    assert!(all.contains("number 15") && !all.contains("dhillon"), "{all}");
    let again = on(&run, "withdraw", &["--of", "dhillon"]);
    assert!(again.out.starts_with("Nothing new"), "{}", again.out);
}

#[test]
fn a_verb_without_a_record_makes_none() {
    let run = Run::on_the_example();
    for args in [&["sent", "--paper", "invitation", "--how", "post"][..], &["withdraw", "--of", "Nair"], &["record"]] {
        let outcome = on(&run, args[0], &args[1..]);
        assert_eq!(outcome.code, 3, "{}", outcome.err);
        assert!(outcome.err.contains("there is no record of papers in this folder"), "{}", outcome.err);
    }
    assert!(run.files("out").is_empty());
}

#[test]
fn the_record_is_a_table_a_spreadsheet_or_json() {
    let run = released();
    on(&run, "sent", &["--paper", "summary", "--how", "hand", "--on", "2026-11-05"]);
    let asked = ["--on", "2026-11-05", "--format"];
    let csv = on(&run, "record", &[&asked[..], &["csv"]].concat()).out;
    assert!(csv.lines().count() == 2 && csv.contains("\"by hand, 2026-11-05\""), "{csv}");
    let json: serde_json::Value =
        serde_json::from_str(&on(&run, "record", &[&asked[..], &["json"]].concat()).out).expect("it is JSON");
    assert_eq!(json["papers"][0]["sent"][0]["how"], "hand");
}
