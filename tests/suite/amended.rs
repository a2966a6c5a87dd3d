//! The conference file changed at field paths, and changed back: by the library and on the command line.

use convenor::{Amendment, Differing, Edit, Hash, Unamended, Why, Written};

use crate::run::{Outcome, Run};

const FILE: &str = "conference.yaml";

fn set(run: &Run, more: &[&str]) -> Outcome {
    run.convenor(&[&["set", "@/conference.yaml"], more].concat())
}

fn undo(run: &Run, more: &[&str]) -> Outcome {
    run.convenor(&[&["undo", "@/conference.yaml"], more].concat())
}

fn seen(run: &Run) -> Hash {
    Hash::of(&run.bytes(FILE))
}

/// The former texts that are kept.
fn kept(run: &Run) -> usize {
    run.files(".convenor-undo").len()
}

#[test]
fn fields_are_changed_and_what_changed_is_shown_line_by_line() {
    let run = Run::on_the_example();
    let before = run.read(FILE);
    let outcome = set(
        &run,
        &[
            "meeting.venue.name=The Boathouse: upper room",
            "invitees[1].note=Bring: a pass",
            "--remove",
            "meeting.online",
        ],
    );
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let after = run.read(FILE);
    let expected = before
        .replace("    name: Committee Room 2, Marshgate Town Hall\n", "    name: 'The Boathouse: upper room'\n")
        .replace("  online: https://meet.marshgate.example/csc-2026-014\n", "")
        .replace(
            "bring: \"A summary of reports for the period, without names\" }",
            "bring: \"A summary of reports for the period, without names\",\n      note: 'Bring: a pass' }",
        );
    assert_eq!(after, expected);
    assert!(outcome.out.starts_with("conference.yaml: changed\n\n"), "{}", outcome.out);
    for line in [
        "    -     name: Committee Room 2, Marshgate Town Hall\n",
        "    +     name: 'The Boathouse: upper room'\n",
        "    -   online: https://meet.marshgate.example/csc-2026-014\n",
        "    …\n",
    ] {
        assert!(outcome.out.contains(line), "{line}{}", outcome.out);
    }
    let back = undo(&run, &[]);
    assert_eq!((back.code, run.read(FILE)), (0, before), "{}", back.err);
    assert!(back.out.starts_with("conference.yaml: changed back\n"), "{}", back.out);
}

#[test]
fn lists_and_groups_are_written_as_the_file_has_them() {
    let run = Run::on_the_example();
    let before = run.read(FILE);
    let outcome = set(
        &run,
        &[
            "invitees[14].items:=[1, 2, 15]",
            "--add",
            "context.harms=knife crime, feared",
            "--add",
            "items:={ agenda: 8, kind: view, by: forum, text: \"Ask us: first.\", share: community }",
        ],
    );
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let after = run.read(FILE);
    assert!(after.contains("reply: apologies, items: [1, 2, 15] }"), "{after}");
    assert!(after.contains(
        "harms: [child criminal exploitation, violence between young people, robbery, 'knife crime, feared']"
    ));
    let entry = "  - { agenda: 8, kind: view, by: forum, text: 'Ask us: first.', share: community }\n\nfiles:";
    assert!(after.contains(entry), "{after}");
    assert_eq!(after.lines().count(), before.lines().count() + 1);
    assert_eq!((undo(&run, &[]).code, run.read(FILE)), (0, before));
}

#[test]
fn what_the_model_refuses_is_shown_at_its_place_and_not_written_unless_it_is_asked_for() {
    let run = Run::on_the_example();
    let before = run.bytes(FILE);
    for (asked, parts) in [
        ("meeting.chair=p-chiar", ["error[unknown-person]", "did you mean `p-chair`?"]),
        ("meeting.dat=2026-12-01", ["there is no field `dat` here", "did you mean `date`?"]),
        ("meeting.date=1 December", ["error[bad-value]", "write year, month and day, with hyphens"]),
        ("invitees[0].person.email=nobody", ["error[bad-email]", "invitees[0].person.email"]),
        ("context.summary.share=pubic", ["error[unknown-word]", "did you mean `public`?"]),
        ("context.label=a\u{202E}b", ["error[control-character]", "U+202E"]),
    ] {
        let outcome = set(&run, &[asked]);
        assert_eq!((outcome.code, run.bytes(FILE)), (1, before.clone()), "{asked}: {}", outcome.err);
        assert!(parts.iter().all(|part| outcome.err.contains(part)), "{asked}: {}", outcome.err);
        assert!(
            outcome.out.contains("would be changed") && outcome.out.contains("Nothing was changed."),
            "{}",
            outcome.out
        );
    }
    assert_eq!(kept(&run), 0);
    let outcome = set(&run, &["meeting.chair=p-chiar", "--anyway"]);
    assert!(outcome.code == 0 && outcome.err.contains("warning[unknown-person]"), "{}", outcome.err);
    // An error that was there before is none of the change.
    let outcome = set(&run, &["meeting.venue.name=The Boathouse"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!((undo(&run, &[]).code, undo(&run, &[]).code, run.bytes(FILE)), (0, 0, before));
}

#[test]
fn what_cannot_be_done_says_why_and_where_and_writes_nothing() {
    let run = Run::on_the_example();
    let before = run.bytes(FILE);
    for (asked, code, parts) in [
        (vec!["invitees[99].note=x"], 1, vec!["error[unknown-path]: this list has 19 entries", "the last is `[18]`"]),
        (vec!["--remove", "meeting.onlin"], 1, vec!["there is no field `onlin` here", "did you mean `online`?", FILE]),
        (vec!["meeting.date.day=1"], 1, vec!["what stands here has no fields of its own", "conference.yaml:"]),
        (vec!["meeting[0]=1"], 1, vec!["what stands here is no list"]),
        (vec!["a..b=1"], 1, vec!["`a..b` is not the path of a field"]),
        (
            vec!["items=none"],
            1,
            vec!["error[cannot-edit]: a comment stands in what would be replaced", "conference.yaml:"],
        ),
        (vec!["meeting.date=2026-12-01", "meeting.date=2026-12-02"], 1, vec!["two changes are about the same field"]),
        (vec!["meeting.date"], 2, vec!["there is no `=`"]),
        (vec!["invitees[0].items:=[1"], 2, vec!["what stands behind `:=` cannot be read"]),
        (vec![], 2, vec!["nothing is to be changed"]),
        (
            vec![
                "--remove",
                "invitees[14].items[0]",
                "--remove",
                "invitees[14].items[1]",
                "--remove",
                "invitees[14].items[2]",
                "--remove",
                "invitees[14].items[3]",
                "--remove",
                "invitees[14].items[4]",
                "--remove",
                "invitees[14].items[5]",
                "--remove",
                "invitees[14].items[6]",
            ],
            1,
            vec!["that means all of them", "write `[]`"],
        ),
    ] {
        let outcome = set(&run, &asked);
        assert_eq!((outcome.code, run.bytes(FILE)), (code, before.clone()), "{asked:?}: {}", outcome.err);
        assert!(parts.iter().all(|part| outcome.err.contains(part)), "{asked:?}: {}", outcome.err);
    }
    assert!(!run.path(".convenor-undo").exists() && !run.path(".convenor-stage").exists());
    assert!(run.convenor(&["set", "-", "a=b"]).err.contains("standard input cannot be changed"));
    assert_eq!(run.convenor(&["set", "@/none.yaml", "a=b"]).code, 3);
    assert!(run.convenor(&["set", "@/people.csv", "a=b"]).err.contains("this is a list of people"));
    let broken = run.edit(FILE, "\nfiles:", "\n\tfiles:");
    assert!(set(&broken, &["meeting.date=2026-12-01"]).err.contains("this line is indented with a tab"));
}

#[test]
fn a_dry_run_shows_the_change_and_the_form_for_machines_has_no_value() {
    let run = Run::on_the_example();
    let before = run.bytes(FILE);
    let dry = set(&run, &["meeting.venue.name=Secret Room", "--dry-run"]);
    assert!(dry.code == 0 && dry.out.contains("would be changed") && dry.out.contains("Secret Room"), "{}", dry.out);
    assert_eq!((run.bytes(FILE), kept(&run)), (before.clone(), 0));
    let json = set(&run, &["meeting.venue.name=Secret Room", "--message-format", "json"]);
    let said: serde_json::Value = serde_json::from_str(json.out.trim()).expect("JSON");
    let line = run.read(FILE).lines().position(|line| line.contains("Secret Room")).expect("it is written") + 1;
    assert_eq!(said, serde_json::json!({ "file": FILE, "lines": [line], "errors": 0, "written": true }));
    assert!(!json.err.contains("Secret"), "{}", json.err);
    let same = set(&run, &["meeting.venue.name=Secret Room"]);
    assert_eq!(same.out, "conference.yaml: it says so already, and nothing was changed\n");
    assert_eq!(kept(&run), 1);
    let dry = undo(&run, &["--dry-run"]);
    assert!(dry.code == 0 && dry.out.contains("would be changed back"), "{}", dry.out);
    assert_eq!((undo(&run, &[]).code, run.bytes(FILE), kept(&run)), (0, before, 0));
}

#[test]
fn a_file_that_changed_meanwhile_is_left_alone_and_both_values_are_given() {
    let run = Run::on_the_example();
    let seen = seen(&run);
    let run = run.edit(FILE, "reply_by: 2026-11-17", "reply_by: 2026-11-10");
    let now = run.bytes(FILE);
    let edits =
        [Edit::set("meeting.reply_by", "2026-11-20"), Edit::remove("meeting.online"), Edit::set("meeting.room", "x")];
    let Err(Unamended::Conflict(conflict)) = convenor::amend(run.path(FILE), &seen, &edits) else {
        panic!("it was changed");
    };
    assert_eq!((conflict.seen, conflict.now), (Some(seen), Hash::of(&now)));
    let differing = |path: &str, asked: Option<&str>, now: Option<&str>| Differing {
        path: path.to_owned(),
        asked: asked.map(Written::from),
        now: now.map(Written::from),
    };
    assert_eq!(
        conflict.fields,
        [
            differing("meeting.reply_by", Some("2026-11-20"), Some("2026-11-10")),
            differing("meeting.online", None, Some("https://meet.marshgate.example/csc-2026-014")),
            differing("meeting.room", Some("x"), None),
        ]
    );
    assert_eq!(run.bytes(FILE), now);
    // Right before it is written, it is compared once more.
    let amendment = Amendment { edits: edits[..2].to_vec(), seen: Some(Hash::of(&now)), borough: None };
    let proposed = convenor::propose(run.path(FILE), &amendment).expect("it can be done");
    let run = run.edit(FILE, "reply_by: 2026-11-10", "reply_by: 2026-11-11");
    let now = run.bytes(FILE);
    let Err(Unamended::Conflict(conflict)) = proposed.save() else { panic!("it was changed") };
    assert_eq!((conflict.seen, conflict.now, run.bytes(FILE), kept(&run)), (None, Hash::of(&now), now, 0));
    let report: convenor::diag::Report = Unamended::Conflict(conflict).into();
    assert!(report.draw(false).contains("error[edited-since]: this file has changed since it was read"));
}

#[test]
fn an_edit_of_what_was_seen_is_saved_and_the_next_needs_to_have_seen_that() {
    let run = Run::on_the_example();
    let saved = convenor::amend(run.path(FILE), &seen(&run), &[Edit::set("meeting.reply_by", "2026-11-16")]);
    let saved = saved.unwrap_or_else(|refused| panic!("{refused:?}"));
    assert_eq!((saved.is_changed, saved.hash), (true, seen(&run)));
    let again = convenor::amend(run.path(FILE), &saved.hash, &[Edit::set("meeting.reply_by", "2026-11-16")]);
    assert!(again.is_ok_and(|again| !again.is_changed && again.hash == saved.hash));
    let worse = convenor::amend(run.path(FILE), &saved.hash, &[Edit::set("meeting.chair", "nobody")]);
    let Err(Unamended::Worse(proposed)) = worse else { panic!("it is worse") };
    assert_eq!(proposed.worse.diagnostics[0].code.id, "unknown-person");
    let unspliced = convenor::amend(run.path(FILE), &saved.hash, &[Edit::set("meeting[1]", "x")]);
    assert!(matches!(unspliced, Err(Unamended::Unspliced(fault, _)) if fault.why == Why::NotAList));
    // The caller decides.
    let saved = proposed.save().unwrap_or_else(|refused| panic!("{refused:?}"));
    assert!(saved.problems.has_errors() && run.read(FILE).contains("chair: nobody"));
}

#[test]
fn the_last_twenty_changes_are_undone_one_after_another_and_none_if_somebody_typed_since() {
    let run = Run::on_the_example();
    let mut texts = vec![run.read(FILE)];
    for n in 0..25 {
        assert_eq!(set(&run, &[&format!("meeting.venue.name=Room {n}")]).code, 0);
        texts.push(run.read(FILE));
    }
    assert_eq!(kept(&run), 20);
    let run = run.edit(FILE, "Room 24", "Room X");
    let refused = undo(&run, &[]);
    assert!(refused.code == 1 && refused.err.contains("error[edited-since]"), "{}", refused.err);
    let run = run.edit(FILE, "Room X", "Room 24");
    for n in (5..25).rev() {
        assert_eq!(undo(&run, &[]).code, 0);
        assert_eq!(run.read(FILE), texts[n]);
    }
    let refused = undo(&run, &[]);
    assert!(refused.code != 0 && refused.err.contains("error[nothing-to-undo]"), "{}", refused.err);
    // A change to what it was before is undone as well.
    assert_eq!(set(&run, &["meeting.venue.name=A"]).code, 0);
    assert_eq!(set(&run, &["meeting.venue.name=Room 4"]).code, 0);
    assert_eq!(undo(&run, &[]).code, 0);
    assert!(run.read(FILE).contains("name: A\n"));
    let forgotten = undo(&run, &["--forget"]);
    assert_eq!(forgotten.out, "conference.yaml: 1 former text taken away\n");
    assert!(!run.path(".convenor-undo").exists());
}

#[test]
fn two_files_of_one_folder_have_former_texts_of_their_own() {
    let run = Run::on_the_example();
    let text = run.read(FILE);
    let run = run.with("other-conference.yaml", &text);
    assert_eq!(set(&run, &["meeting.venue.name=A"]).code, 0);
    assert_eq!(run.convenor(&["set", "@/other-conference.yaml", "meeting.venue.name=B"]).code, 0);
    assert_eq!((undo(&run, &[]).code, run.read(FILE)), (0, text.clone()));
    assert!(undo(&run, &[]).err.contains("nothing-to-undo"));
    assert_eq!(run.convenor(&["undo", "@/other-conference.yaml"]).code, 0);
    assert_eq!(run.read("other-conference.yaml"), text);
}

#[test]
fn whoever_stands_in_a_list_is_changed_there_and_those_behind_keep_their_places() {
    let list = "Name,Organisation,Address,Postcode,Note\nMs Ada Quill,bakery,\"1 High Street, MARSHGATE\",E20 9AA,Hello\nMr Bo Reed,,\"2 High Street, MARSHGATE\",E20 9AA,\n";
    let run = Run::on_the_example().with("guests.csv", list).edit(
        FILE,
        "invitees:\n",
        "invitees:\n  - { list: guests.csv, category: residents }\n",
    );
    let before = run.read(FILE);
    // Messages count the people of the list.
    let check = run.edit(FILE, "priya.nair@police.example", "priya.nair");
    let told = check.convenor(&["check", "@/conference.yaml"]).err;
    assert!(told.contains("invitees[3].person.email"), "{told}");
    let run = check.with(FILE, &before);
    let outcome = set(&run, &["invitees[3].person.email=p.nair@police.example"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(run.read(FILE), before.replace("priya.nair@police.example", "p.nair@police.example"));
    let after = run.bytes(FILE);
    let outcome = set(&run, &["invitees[0].person.email=ada@example.org"]);
    assert!(
        outcome.code == 1 && outcome.err.contains("change it in `") && outcome.err.contains("guests.csv"),
        "{}",
        outcome.err
    );
    assert!(outcome.err.contains("conference.yaml:"), "{}", outcome.err);
    assert_eq!(run.bytes(FILE), after);
    let outcome = set(&run, &["--remove", "invitees[20]"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(!run.read(FILE).contains("Saoirse Ní Dhomhnaill"), "the last invitee of the file");
    assert!(set(&run, &["invitees[20].note=x"]).err.contains("this list has 19 entries"));
}

#[test]
fn a_json_file_is_changed_as_json() {
    let run = Run::on_the_example();
    let data: serde_json::Value = serde_saphyr::from_str(&run.read(FILE)).expect("the example is sound");
    let text = format!("{}\n", serde_json::to_string_pretty(&data).expect("it is plain"));
    let run = run.with("conference.json", &text);
    let outcome = run.convenor(&[
        "set",
        "@/conference.json",
        "meeting.venue.name=\"A\\B\"",
        "version=2",
        "context.owner=housing",
    ]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let mut expected = data.clone();
    expected["meeting"]["venue"]["name"] = "\"A\\B\"".into();
    expected["version"] = 2.into();
    expected["context"]["owner"] = "housing".into();
    let after: serde_json::Value = serde_json::from_str(&run.read("conference.json")).expect("it is JSON");
    assert_eq!(after, expected);
    assert_eq!(run.convenor(&["undo", "@/conference.json"]).code, 0);
    assert_eq!(run.read("conference.json"), text);
}

#[cfg(unix)]
#[test]
fn permissions_stay_a_link_and_a_read_only_file_are_told_and_former_texts_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let run = Run::on_the_example();
    let file = run.path(FILE);
    let mode = |name: &str| std::fs::metadata(run.path(name)).expect("it is there").permissions().mode() & 0o777;
    let chmod =
        |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).expect("the tests may write");
    chmod(0o640);
    assert_eq!(set(&run, &["meeting.venue.name=A"]).code, 0);
    assert_eq!((mode(FILE), mode(".convenor-undo")), (0o640, 0o700));
    let former = run.files(".convenor-undo");
    assert_eq!((former.len(), mode(&former[0])), (1, 0o600));
    let before = run.bytes(FILE);
    chmod(0o440);
    let refused = set(&run, &["meeting.venue.name=B"]);
    assert!(refused.code == 3 && refused.err.contains("this file is read-only"), "{}", refused.err);
    assert!(undo(&run, &[]).err.contains("this file is read-only"));
    chmod(0o640);
    std::fs::create_dir(run.path("real")).expect("the tests may write");
    std::fs::rename(&file, run.path("real/conference.yaml")).expect("the tests may write");
    std::os::unix::fs::symlink(run.path("real/conference.yaml"), &file).expect("the tests may write");
    let refused = set(&run, &["meeting.venue.name=B"]);
    assert_eq!(refused.code, 3);
    assert!(
        refused.err.contains("this is a link to a file") && refused.err.contains("real/conference.yaml"),
        "{}",
        refused.err
    );
    assert_eq!(run.bytes("real/conference.yaml"), before);
}

#[test]
fn saving_without_a_change_leaves_file_and_folder_as_they_are() {
    let run = Run::on_the_example();
    let (before, files) = (run.bytes(FILE), run.files(""));
    let same = [
        Edit::set("meeting.date", "2026-11-24"),
        Edit::set("meeting.start", "13:30"),
        Edit::set(
            "context.harms",
            Written::list(["child criminal exploitation", "violence between young people", "robbery"]),
        ),
        Edit::set("minutes", Written::fields([("status", "draft")])),
    ];
    let saved = convenor::amend(run.path(FILE), &seen(&run), &same).unwrap_or_else(|refused| panic!("{refused:?}"));
    assert!(!saved.is_changed);
    assert_eq!((run.bytes(FILE), run.files("")), (before, files));
}
