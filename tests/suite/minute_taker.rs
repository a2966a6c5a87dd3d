//! A start for the minute taker: remarks to fill in, written into the conference file.

use serde_json::Value;

use crate::run::{Outcome, Run};
use crate::stages::{before_the_meeting, on, stands, with_attendance};

const FILE: &str = "conference.yaml";

fn new(run: &Run, more: &[&str]) -> Outcome {
    run.convenor(&[&["minutes", "new", "@/conference.yaml"], more].concat())
}

fn written(run: Run) -> Run {
    let outcome = new(&run, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    run
}

/// The example with an agenda of three points, of which one has a remark.
fn three_points() -> Run {
    let run = Run::on_the_example();
    let text = run.read(FILE);
    let (head, rest) = text.split_once("items:   ").expect("it has items");
    let (_, tail) = rest.split_once("\nfiles:").expect("it has files");
    let items = "agenda:\n  - { title: \"Welcome: safety\", minutes: 10 }\n  - { title: \"What helps\", minutes: 20, part: assessment }\n  - { title: Links, minutes: 5, share: professional }\nitems:\n  - { agenda: 2, by: school, text: A }   # so far\n  # and no further\n";
    let tail = tail.replace("items: [", "note: \"").replace(" decisions:", "decisions:");
    let head: String = head.lines().map(without_points).collect();
    run.with(FILE, format!("{head}{items}\nfiles:{tail}"))
}

/// A line of the example without the points that somebody comes for.
fn without_points(line: &str) -> String {
    match line.find("items: [") {
        Some(at) => {
            let end = at + line[at..].find(']').expect("a list ends") + 1;
            let rest = line[end..].trim_start_matches([',', ' ']);
            format!(
                "{}{rest}\n",
                if rest.starts_with('}') { line[..at].trim_end_matches([',', ' ']) } else { &line[..at] }
            )
        }
        None => format!("{line}\n"),
    }
}

#[test]
fn each_point_without_a_remark_gets_one_to_fill_in_with_its_title_time_and_readers() {
    let run = three_points().edit(FILE, "address: [Parade Pharmacy,", "excluded: [1], address: [Parade Pharmacy,");
    let before = run.read(FILE);
    let outcome = new(&run, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let said = "conference.yaml: 2 remarks to fill in, at the end of `items`\n`convenor check` lists what is still to be filled in. Before it is, the minutes cannot be released, nor any\nother paper that prints it; letters can.\n";
    assert_eq!(outcome.out, said);
    let after = run.read(FILE);
    let (head, tail) = before.split_once("  # and no further\n").expect("it is there");
    let new = after.strip_prefix(head).and_then(|rest| rest.strip_suffix(tail)).expect("all else stays");
    let remarks = "  # 1. Welcome: safety, 13:30 to 13:40, for everybody, without Mr Mohammed Rahmani (محمد رحمانی)\n  - agenda: 1\n    by: TO BE FILLED IN\n    text: >-\n      TO BE FILLED IN\n  # 3. Links, 14:00 to 14:05, for professionals only\n  - agenda: 3\n    by: TO BE FILLED IN\n    text: >-\n      TO BE FILLED IN\n";
    let opening = new.strip_prefix("  # and no further\n").and_then(|new| new.strip_suffix(remarks)).expect(new);
    assert!(opening.lines().all(|line| line.starts_with("  #")), "{opening}");
    for line in [
        "  #   [ ] Mr Delroy Campbell-Hughes, Marshgate Youth Justice Service: no answer",
        "  #   police: Metropolitan Police",
    ] {
        assert!(opening.lines().any(|one| one == line), "{line}: {opening}");
    }
    assert!(
        opening.contains("[ ] Ms Yetunde Adébáyọ̀, Dace Park Residents’ Association: apologies, in their place Mr Wang")
    );
    assert!(!opening.contains("Priya Nair"), "it is noted that she came");
}

#[test]
fn a_second_run_changes_nothing_and_further_points_are_not_explained_again() {
    let run = written(three_points());
    let (once, made) = (run.read(FILE), std::fs::metadata(run.path(FILE)).expect("it is there").modified().ok());
    let outcome = new(&run, &[]);
    assert_eq!(outcome.out, "conference.yaml: every point has a remark, and nothing was changed\n");
    assert_eq!((run.read(FILE), std::fs::metadata(run.path(FILE)).expect("it is there").modified().ok()), (once, made));
    let run = written(run.edit(
        FILE,
        "share: professional }\nitems:",
        "share: professional }\n  - { title: More, minutes: 5 }\nitems:",
    ));
    let text = run.read(FILE);
    assert!(text.contains("  # 4. More, 14:05 to 14:10, for everybody\n  - agenda: 4\n"), "{text}");
    assert_eq!(text.matches("For the minute taker").count(), 1);
}

#[test]
fn a_preview_shows_what_would_be_written_and_writes_nothing() {
    let run = three_points();
    let before = run.read(FILE);
    let shown = new(&run, &["--preview"]);
    assert_eq!((shown.code, run.read(FILE)), (0, before.clone()));
    let (said, piece) = shown.out.split_once("\n\n").expect("it shows it");
    assert_eq!(said, "conference.yaml: 2 remarks to fill in would be written:");
    let json = new(&run, &["--preview", "--message-format", "json"]).out;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json, serde_json::json!({ "file": FILE, "points": [1, 3], "written": false }));
    let after = written(run).read(FILE);
    assert_eq!(after.replacen(piece, "", 1), before);
}

#[test]
fn what_is_not_filled_in_is_listed_held_back_and_no_sign_that_the_meeting_was_held() {
    let run = written(before_the_meeting());
    let points = run.read(FILE).matches("- agenda: ").count();
    assert!(points > 5);
    let check = run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(check.code, 0, "{}", check.err);
    let listed = format!("warning[to-fill-in]: {} fields are still to be filled in", 2 * points);
    assert!(check.err.contains(&listed) && check.err.contains("items[0].by"), "{}", check.err);
    assert_eq!(stands(&run, "2026-11-29")["stage"], "called");
    let build = on(&run, "build", &["--to", "txt"]);
    assert!(!run.files("out").iter().any(|file| file.contains("/minutes.")), "{}", build.out);
    assert!(build.out.contains("Nothing is recorded of the meeting yet"), "{}", build.out);
    on(&run, "build", &["--to", "txt", "--only", "minutes"]);
    let minutes = run.files("out").into_iter().find(|file| file.contains("professional/minutes.")).expect("it is made");
    assert!(run.read(&minutes).contains("TO BE FILLED IN"), "a draft shows what is missing");
    let community = run.read(&minutes.replace("professional", "community"));
    assert!(!community.contains("not in this version"), "nothing was said yet: {community}");
    let release = run.convenor(&["release", "@/conference.yaml", "-o", "@/out", "--checked-by", "Imani Oduya"]);
    assert!(release.code == 1 && release.err.contains("error[to-fill-in]"), "{}", release.err);
    // Filled in, with signs that end a text elsewhere.
    let text = run.read(FILE).replace("by: TO BE FILLED IN", "by: police");
    let text = text.replace("      TO BE FILLED IN\n", "      They said: \"help\", # and more.\n");
    let run = with_attendance(run.with(FILE, text));
    let check = run.convenor(&["check", "@/conference.yaml"]);
    assert!(check.code == 0 && !check.err.contains("to-fill-in"), "{}", check.err);
    on(&run, "build", &["--to", "txt", "--for", "professional"]);
    assert!(run.read(&minutes).contains("They said: \"help\", # and more."), "{}", run.read(&minutes));
}

#[test]
fn a_cancelled_meeting_a_faulty_file_and_one_without_room_stay_as_they_are() {
    let told = |run: Run, code: u8, parts: &[&str]| {
        let before = run.bytes(FILE);
        let outcome = new(&run, &[]);
        assert_eq!(outcome.code, code, "{}", outcome.err);
        assert!(parts.iter().all(|part| outcome.err.contains(part)), "{}", outcome.err);
        assert_eq!((run.bytes(FILE), outcome.out.as_str()), (before, ""));
        assert!(!run.path(".convenor-stage").exists());
    };
    let cancelled = "  reply_by: 2026-11-17\n  cancelled: { on: 2026-11-20 }\n";
    told(
        crate::life::to_come().edit(FILE, "  reply_by: 2026-11-17\n", cancelled),
        1,
        &[
            "error[meeting-cancelled]: the meeting was cancelled on 2026-11-20",
            "conference.yaml:",
            "take `cancelled:` out",
        ],
    );
    told(three_points().edit(FILE, "chair: p-chair", "chair: p-chiar"), 1, &["error[unknown-person]"]);
    told(three_points().edit(FILE, "agenda: 2,", "agenda: 9,"), 1, &["error[unknown-agenda-point]"]);
    told(three_points().edit(FILE, "\nfiles:", "\n\tfiles:"), 1, &["this line is indented with a tab"]);
    // As everywhere else, a list of nothing is an error.
    let nothing = three_points().edit(FILE, "items:\n  - { agenda: 2, by: school, text: A }   # so far", "items:");
    told(nothing, 1, &["error[bad-value]: expected a list, found nothing"]);
}

#[test]
fn a_json_file_standard_input_and_a_list_of_people_are_told_what_to_do() {
    let run = Run::on_the_example();
    let yaml: Value = serde_saphyr::from_str(&run.read(FILE)).expect("the example is sound");
    let mut data = yaml.clone();
    data["items"] = Value::Array(Vec::new());
    let json = serde_json::to_string_pretty(&data).expect("it is plain");
    let run = run.with("conference.json", &json).with("braces.yaml", &json);
    let refused = |file: &str, code: u8, part: &str| {
        let outcome = run.convenor(&["minutes", "new", file]);
        assert!(outcome.code == code && outcome.err.contains(part), "{file}: {} {}", outcome.code, outcome.err);
    };
    refused("@/conference.json", 1, "error[no-room]: a JSON file has no room for comments");
    refused("-", 2, "standard input cannot be written to");
    refused("@/people.csv", 1, "this is a list of people");
    refused("@/none.yaml", 3, "none.yaml");
    assert_eq!(run.read("conference.json"), json);
    // The same braces in YAML have room for comments.
    let outcome = run.convenor(&["minutes", "new", "@/braces.yaml"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let filled = run.read("braces.yaml");
    let run = run.with(FILE, filled);
    assert_eq!(run.convenor(&["check", "@/conference.yaml"]).code, 0);
    data.as_object_mut().expect("it has fields").remove("items");
    let bare = run.with("bare.yaml", serde_json::to_string_pretty(&data).expect("it is plain"));
    let outcome = bare.convenor(&["minutes", "new", "@/bare.yaml"]);
    assert!(outcome.code == 1 && outcome.err.contains("write `items: []` before the last brace"), "{}", outcome.err);
}

#[cfg(unix)]
#[test]
fn the_file_keeps_its_permissions_and_a_link_stays_a_link() {
    use std::os::unix::fs::PermissionsExt;
    let run = three_points();
    let file = run.path(FILE);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).expect("the tests may write");
    std::fs::create_dir(run.path("elsewhere")).expect("the tests may write");
    std::fs::rename(&file, run.path("elsewhere/real.yaml")).expect("the tests may write");
    std::os::unix::fs::symlink(run.path("elsewhere/real.yaml"), &file).expect("the tests may write");
    let run = written(run);
    assert!(std::fs::symlink_metadata(&file).expect("it is there").is_symlink());
    let mode = std::fs::metadata(run.path("elsewhere/real.yaml")).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(run.read("elsewhere/real.yaml").contains("For the minute taker"));
}

#[test]
fn whoever_stands_on_a_list_is_expected_too_and_what_they_typed_stays_on_its_line() {
    let list =
        "Name,Organisation,Address,Postcode,Reply\nMs Ada Quill,bakery,\"1 High Street, MARSHGATE\",E20 9AA,accepted\n";
    let run = three_points().with("guests.csv", list).edit(FILE, "invitees:\n", "invitees:\n  - guests.csv\n");
    let text = written(run).read(FILE);
    assert!(text.contains("  #   [ ] Ms Ada Quill, Golden Oven Bakery: accepted\n"), "{text}");
}
