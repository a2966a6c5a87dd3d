//! Letters to a list of people: nobody's in another's envelope, whatever happens to the run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::{Command, Stdio};

use crate::run::{Outcome, Run, pdf_text, squeezed};

pub const HEADINGS: &str =
    "Name,Dear,Address line 1,Address line 2,Town,Postcode,Email,Consent to email,Category,Print size,Note";

/// People whose every particular says whose it is.
pub fn people(count: usize) -> String {
    let mut list = format!("{HEADINGS}\n");
    for n in 1..=count {
        let unit = |n: usize| char::from(b"ABDEFGHJLN"[n % 10]);
        let category = ["residents", "guardian", "business", "statutory", "school"][n % 5];
        let size = if n % 7 == 0 { "large" } else { "" };
        writeln!(
            list,
            "Ms Nama{n}x Person,Dama{n}x,{n} Lama{n}x House,Mill Lane,Marshgate,E20 {}{}{},mail{n}x@people.example,{},{category},{size},Nota{n}x",
            n % 10,
            unit(n / 10),
            unit(n / 100),
            if n % 2 == 0 { "yes" } else { "" }
        )
        .expect("a string takes every text");
    }
    list
}

/// The same, all of one audience.
pub fn residents(count: usize) -> String {
    let others = [",guardian,", ",business,", ",statutory,", ",school,"];
    others.iter().fold(people(count), |list, other| list.replace(other, ",residents,"))
}

pub fn with_people(list: impl AsRef<[u8]>) -> Run {
    Run::on_the_example().with("people.csv", list)
}

pub fn invite(run: &Run, more: &[&str]) -> Outcome {
    let args = ["invite", "@/conference.yaml", "--list", "@/people.csv", "-o", "@/out", "--yes"];
    run.convenor(&[&args, more].concat())
}

/// Looks the list over and makes the proofs.
pub fn preview(run: &Run, more: &[&str]) -> Outcome {
    let args = ["invite", "@/conference.yaml", "--list", "@/people.csv", "-o", "@/out", "--preview"];
    run.convenor(&[&args, more].concat())
}

/// The folder of the conference's record.
pub const HOME: &str = "out/CSC-2026-014";
pub const FOLDER: &str = "out/CSC-2026-014/invitations";
pub const REGISTER: &str = "out/CSC-2026-014/register.csv";

/// Every file of the batch with its bytes.
pub fn tree(run: &Run) -> BTreeMap<String, Vec<u8>> {
    run.files(FOLDER).into_iter().filter(|f| !f.contains("/proof/")).map(|f| (f.clone(), run.bytes(&f))).collect()
}

/// Everything below the folder of the record, the record and its registers among it.
pub fn whole(run: &Run) -> BTreeMap<String, Vec<u8>> {
    run.files(HOME).into_iter().map(|f| (f.clone(), run.bytes(&f))).collect()
}

/// The lines of a record that are whole, as far as a run has come.
pub fn record(run: &Run, folder: &str) -> Vec<String> {
    let bytes = std::fs::read(run.path(folder).join("record.jsonl")).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    text.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(str::to_owned).collect()
}

/// How many papers a record says were made, or released. Proofs are none of them.
pub fn noted(run: &Run, kind: &str) -> usize {
    let kind = format!(",\"k\":\"{kind}\",");
    record(run, HOME).iter().filter(|line| line.contains(&kind) && !line.contains("/proof/")).count()
}

/// Which lines of a register are of letters.
pub fn letters_of(register: &str) -> Vec<&str> {
    register.lines().filter(|line| line.contains("/letters/")).collect()
}

pub fn text(data: &[u8]) -> String {
    squeezed(&pdf_text(data))
}

/// The headers of a message, unfolded, and its text.
pub fn message(data: &[u8]) -> (Vec<String>, String) {
    let text = String::from_utf8(data.to_vec()).expect("a message is ASCII");
    let (head, body) = text.split_once("\r\n\r\n").expect("a blank line ends the headers");
    let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    (head.split("\r\n").map(str::to_owned).collect(), body.to_owned())
}

#[test]
fn no_two_letters_ever_mix() {
    let run = with_people(people(60));
    let outcome = invite(&run, &["--jobs", "4"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let letters: Vec<(String, Vec<u8>)> = tree(&run).into_iter().filter(|(f, _)| f.ends_with(".pdf")).collect();
    assert_eq!(letters.len(), 60);
    for (file, data) in &letters {
        let number: usize = file.split("invitation-").nth(1).and_then(|f| f[..5].parse().ok()).expect("a number");
        let text = text(data);
        for n in 1..=60 {
            for part in [format!("Nama{n}x"), format!("Dama{n}x"), format!("Lama{n}x"), format!("Nota{n}x")] {
                assert_eq!(text.contains(&part), n == number, "{file} and {part}");
            }
        }
        assert!(text.contains(&format!("CSC-2026-014/L{number:05}")), "{file} has another's reference");
    }
    let mut messages = 0;
    for (file, data) in tree(&run).into_iter().filter(|(f, _)| f.ends_with(".eml")) {
        let number: usize = file.split("invitation-").nth(1).and_then(|f| f[..5].parse().ok()).expect("a number");
        let (head, body) = message(&data);
        let to = head.iter().find(|h| h.starts_with("To: ")).expect("it is to somebody");
        assert!(
            to.contains(&format!("Nama{number}x")) && to.contains(&format!("<mail{number}x@people.example>")),
            "{to}"
        );
        let plain =
            body.split("Content-Type: application/pdf").next().expect("the text comes first").replace("=\r\n", "");
        assert!((1..=60).all(|n| plain.contains(&format!("Dama{n}x")) == (n == number)), "{file}");
        assert!(!plain.contains("Lama"), "the address is for the envelope");
        messages += 1;
    }
    assert_eq!(messages, 30, "only who agreed to it is emailed");
}

#[test]
fn a_calendar_entry_has_its_zone_its_reminder_and_a_name_that_stays() {
    let run = with_people(people(2));
    assert_eq!(invite(&run, &["--make", "calendar"]).code, 0);
    let file = |name: &str| tree(&run).into_iter().find(|(f, _)| f.ends_with(name)).expect("there is one").1;
    let (meeting, reply) = (file("meeting.ics"), file("reply.ics"));
    for ics in [&meeting, &reply] {
        // RFC 5545 §3.1: 75 octets, the space that begins a folded line among them. Then there is the carriage return.
        assert!(ics.split(|b| *b == b'\n').all(|line| line.len() <= 76), "lines fold");
        let text = String::from_utf8(ics.clone()).expect("text");
        // RFC 5546 §3.2.1: one organiser, nobody who is asked; and one entry, or Outlook makes a calendar of the file.
        let counts = ["BEGIN:VEVENT", "ORGANIZER;", "ATTENDEE", "DTEND;", "BEGIN:VALARM", "METHOD:PUBLISH"];
        assert_eq!(counts.map(|part| text.matches(part).count()), [1, 1, 0, 1, 1, 1], "{text}");
    }
    let both = [meeting, reply].map(|ics| String::from_utf8(ics).expect("text").replace("\r\n", "\n"));
    insta::assert_snapshot!("calendar", both.concat());
}

/// The list of names that other programs take for something else.
const NAMES: &[&str] = &[
    "Œzgür Yıldız-Ó Briain",
    "Adébáyọ̀",
    "王小明",
    "محمد",
    "O'Neill & Sons <Ltd>",
    "#eval",
    "**bold**",
    "{{ x",
    "..../../etc",
    "=1+1",
    "x\r\nBcc: everybody",
    "x\r\n\r\n<html>",
    "\"quoted\" name",
    "a;b:c,d",
];

#[test]
fn hostile_names_come_out_as_they_are_and_name_no_other_file() {
    let mut list = format!("{HEADINGS}\n");
    for (n, name) in NAMES.iter().enumerate() {
        let quoted = name.replace('"', "\"\"");
        writeln!(
            list,
            "\"{quoted}\",,{n} Dace Court,Mill Lane,Marshgate,E20 {}ZZ,a{n}@people.example,yes,residents,,",
            n % 10
        )
        .expect("a string takes every text");
    }
    let run = with_people(list);
    let outcome = invite(&run, &["--make", "letters,emails"]);
    // No name is a sum, and one that starts with `"` would be refused by the post: their rows get no letter.
    let refused = |name: &str| name.starts_with(['=', '"']);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("A11 (Name): this is a number, and not a name"), "{}", outcome.err);
    let tree = tree(&run);
    assert_eq!(tree.keys().filter(|f| f.ends_with(".pdf")).count(), NAMES.len() - 2);
    for (n, name) in NAMES.iter().enumerate().filter(|(_, name)| !refused(name)) {
        let part = format!("invitation-{:05}", n + 1);
        let of =
            |ending: &str| tree.iter().find(|(f, _)| f.contains(&part) && f.ends_with(ending)).map(|(_, d)| d.clone());
        // A reader may give a name that runs from the right in either direction.
        let (there, back) = (squeezed(name), squeezed(name).chars().rev().collect::<String>());
        let letter = text(&of(".pdf").expect("a letter"));
        assert!(letter.contains(&there) || letter.contains(&back), "{name}");
        let eml = of(".eml").expect("a message");
        let (head, _) = message(&eml);
        let names: Vec<&str> = head.iter().map(|h| h.split(':').next().unwrap_or_default()).collect();
        let expected = ["From", "To", "Subject", "X-Unsent", "MIME-Version", "Content-Type"];
        assert!(names.iter().all(|n| expected.contains(n)), "{name}: {names:?}");
        let to: Vec<&String> = head.iter().filter(|h| h.starts_with("To: ")).collect();
        // What stands between quotation marks is a name, whatever it looks like (RFC 5322 §3.2.4).
        let address: String = to.iter().flat_map(|to| to.split('"').step_by(2)).collect();
        assert!(to.len() == 1 && address.ends_with(&format!("<a{n}@people.example>")), "{to:?}");
        assert!(address.matches('@').count() == 1 && !to[0].contains("\\\""), "{to:?}");
    }
    assert!(!run.path("etc").exists() && run.files("").iter().all(|f| !f.contains("..")));
}

#[test]
fn one_bad_row_in_ten_stops_none_of_the_others_unless_asked() {
    let list: String = people(50)
        .lines()
        .enumerate()
        .map(|(n, line)| if n % 10 == 5 { line.replace("E20 ", "nowhere ") + "\n" } else { format!("{line}\n") })
        .collect();
    let run = with_people(&list);
    let outcome = invite(&run, &["--all-or-nothing"]);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.err.contains("error[bad-rows]: 5 rows of the list cannot be used, so nothing was made"),
        "{}",
        outcome.err
    );
    assert!(!run.path("out").exists());
    let outcome = invite(&run, &["--make", "letters"]);
    assert_eq!(outcome.code, 1, "somebody should look");
    assert_eq!(tree(&run).keys().filter(|f| f.ends_with(".pdf")).count(), 45);
    let problems = run.read(&format!("{FOLDER}/problems.csv"));
    assert_eq!(problems.matches(",F,postcode,error,bad-postcode,").count(), 5, "{problems}");
    assert!(!problems.contains("nowhere") && !problems.contains("Nama"), "it holds no value");
    // The rows are mended: only their letters are made, and nobody's number has changed.
    let before = tree(&run);
    let run = run.with("people.csv", people(50));
    let outcome = invite(&run, &["--make", "letters"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(
        outcome.out.contains("50 files for 50 letters") && outcome.out.contains("5 made now, 45 as they were"),
        "{}",
        outcome.out
    );
    let after = tree(&run);
    assert!(before.iter().filter(|(f, _)| f.ends_with(".pdf")).all(|(f, data)| after.get(f) == Some(data)));
}

#[test]
fn nothing_is_made_before_somebody_says_yes_and_some_letters_are_there_to_look_at() {
    let run = with_people(people(20));
    let args = ["invite", "@/conference.yaml", "--list", "@/people.csv", "-o", "@/out"];
    let outcome = run.convenor(&[&args[..], &["--preview"]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let proofs = ["first", "last", "longest", "random"].map(|p| format!("{FOLDER}/proof/{p}.pdf"));
    assert_eq!(run.files("out").into_iter().filter(|f| f.ends_with(".pdf")).collect::<Vec<_>>(), proofs);
    assert!(text(&run.bytes(&proofs[0])).contains("Nama1x"));
    insta::assert_snapshot!("preflight", outcome.out);
    // The tests have no terminal: nobody can answer.
    let outcome = run.convenor(&args);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("error[not-agreed]"), "{}", outcome.err);
    assert_eq!(run.files("out").into_iter().filter(|f| f.ends_with(".pdf")).collect::<Vec<_>>(), proofs);
}

/// Starts a run and kills it once something is so; whether it came to that before it ended.
pub fn is_killed_when(run: &Run, more: &[&str], is_so: &dyn Fn() -> bool) -> bool {
    let mut child = Command::new(env!("CARGO_BIN_EXE_convenor"))
        .args(["invite", "conference.yaml", "--list", "people.csv", "-o", "out", "--yes", "--jobs", "2"])
        .args(more)
        .current_dir(run.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut killed = false;
    while !killed && child.try_wait().expect("it can be asked").is_none() {
        killed = is_so();
        std::thread::yield_now();
    }
    if killed {
        child.kill().expect("it can be killed");
    }
    child.wait().expect("it ends");
    killed
}

fn letters_there(run: &Run) -> usize {
    run.files(FOLDER).iter().filter(|f| f.contains("/letters/")).count()
}

fn is_killed_after(run: &Run, letters: usize) -> bool {
    is_killed_when(run, &[], &|| letters_there(run) >= letters)
}

#[test]
fn after_a_kill_other_data_make_what_they_would_have_made_in_an_empty_folder() {
    for letters in [5, 11, 17] {
        let run = with_people(people(60));
        assert!(is_killed_after(&run, letters));
        // Nearly everybody is taken off the list, and what the others are told is another.
        let change =
            |run: Run| run.with("people.csv", people(3)).edit("borough.yaml", "020 7946 0958", "020 7946 0957");
        let (run, fresh) = (change(run), change(Run::on_the_example()));
        for run in [&run, &fresh] {
            let outcome = invite(run, &["--make", "letters,emails,calendar"]);
            assert_eq!(outcome.code, 0, "{}", outcome.err);
        }
        assert!(tree(&run) == tree(&fresh), "after {letters}");
        assert_eq!(run.read(REGISTER), fresh.read(REGISTER), "after {letters}");
    }
}

#[test]
fn a_killed_run_goes_on_and_ends_as_if_nothing_had_happened() {
    let list = people(160);
    let undisturbed = with_people(&list);
    assert_eq!(invite(&undisturbed, &["--make", "letters,emails,calendar"]).code, 0);
    let run = with_people(&list);
    // Some twelve letters after the last kill, in the middle of whatever it does then: a group has its names, or only its
    // lines.
    let kills = (12..160).step_by(16).filter(|letters| {
        let more = ["--make", "letters,emails,calendar"];
        if letters % 32 == 12 {
            is_killed_when(&run, &more, &|| letters_there(&run) >= *letters)
        } else {
            is_killed_when(&run, &more, &|| noted(&run, "made") > *letters)
        }
    });
    let kills = kills.count();
    assert!(kills >= 5, "it was killed {kills} times");
    let outcome = invite(&run, &["--make", "letters,emails,calendar"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let (one, other) = (whole(&undisturbed), whole(&run));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    let log = format!("{HOME}/record.jsonl");
    assert_eq!(undisturbed.read(&log), run.read(&log), "the record says nothing of the kills");
    assert!(one == other, "some file differs");
    // A third run has nothing to do.
    let outcome = invite(&run, &["--make", "letters,emails,calendar"]);
    assert!(outcome.out.contains(" 0 made"), "{}", outcome.out);
    assert!(whole(&run) == one, "a run without anything to do leaves no line");
}

#[test]
fn a_second_run_into_the_same_folder_is_refused() {
    let run = with_people(people(2));
    assert_eq!(invite(&run, &[]).code, 0);
    let lock = run.path(HOME).join(".convenor-lock");
    let held = std::fs::File::options().read(true).write(true).open(lock).expect("it was made");
    held.lock().expect("nobody else holds it");
    let outcome = invite(&run, &[]);
    assert_eq!(outcome.code, 3);
    assert!(outcome.err.contains("error[locked]: another run is writing into this folder"), "{}", outcome.err);
    drop(held);
    assert_eq!(invite(&run, &[]).code, 0);
}

/// A limit on the size of files stands for a full disk: no letter can be written whole.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_no_half_letter_and_the_next_run_goes_on() {
    let run = with_people(people(12));
    assert_eq!(invite(&run, &["--make", "letters"]).code, 0);
    let whole = tree(&run);
    std::fs::remove_dir_all(run.path("out")).expect("the tests may write");
    // The proofs are there already; of 12 letters the shorter ones fit under the limit, those in large print do not.
    let sizes: Vec<usize> = whole.iter().filter(|(f, _)| f.ends_with(".pdf")).map(|(_, d)| d.len()).collect();
    let limit = (sizes.iter().min().expect("there are some") + sizes.iter().max().expect("there are some")) / 2 / 1024;
    let script = format!(
        "ulimit -f {limit}; trap '' XFSZ; exec \"$0\" invite conference.yaml --list people.csv -o out --yes --make letters --jobs 1"
    );
    let program = env!("CARGO_BIN_EXE_convenor");
    let outcome =
        Command::new("bash").args(["-c", &script, program]).current_dir(run.path("")).output().expect("bash runs");
    assert_eq!(outcome.status.code(), Some(3), "{}", String::from_utf8_lossy(&outcome.stderr));
    assert!(String::from_utf8_lossy(&outcome.stderr).contains("error[cannot-write]"));
    for (file, data) in tree(&run).iter().filter(|(f, _)| f.ends_with(".pdf")) {
        assert_eq!(whole.get(file), Some(data), "{file}");
    }
    assert_eq!(invite(&run, &["--make", "letters"]).code, 0);
    assert!(tree(&run) == whole);
}

#[test]
fn a_letter_that_a_person_edited_is_not_written_over() {
    let run = with_people(people(3));
    assert_eq!(invite(&run, &["--make", "letters"]).code, 0);
    let file = tree(&run).into_keys().find(|f| f.ends_with(".pdf")).expect("there are some");
    let run = run.with(&file, "mine").edit("conference.yaml", "version: 1", "version: 2");
    let outcome = invite(&run, &["--make", "letters"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[edited-since]"), "{}", outcome.err);
    assert_eq!(run.read(&file), "mine");
    assert_eq!(invite(&run, &["--make", "letters", "--force"]).code, 0);
    assert!(run.bytes(&file).starts_with(b"%PDF"));
}

#[test]
fn nothing_is_left_for_somebody_taken_off_the_list_but_what_a_person_changed() {
    let run = with_people(people(3));
    assert_eq!(invite(&run, &["--make", "letters"]).code, 0);
    let third = tree(&run).into_keys().find(|f| f.contains("invitation-00003")).expect("it was made");
    let run = run.with("people.csv", people(2));
    assert_eq!(invite(&run, &["--make", "letters"]).code, 0);
    assert!(!run.path(&third).exists());
    assert_eq!(letters_of(&run.read(REGISTER)).len(), 2);
    let second = tree(&run).into_keys().find(|f| f.contains("invitation-00002")).expect("it was made");
    let run = run.with(&second, "mine").with("people.csv", people(1));
    let outcome = invite(&run, &["--make", "letters"]);
    assert!(outcome.code == 1 && outcome.out.contains("No longer due: "), "{}", outcome.out);
    assert_eq!(run.read(&second), "mine");
}

#[test]
fn a_print_run_begins_each_letter_on_a_front_and_lists_its_pages() {
    let run = with_people(people(14));
    let outcome = invite(&run, &["--make", "print", "--part", "4"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let parts: Vec<(String, Vec<u8>)> = tree(&run).into_iter().filter(|(f, _)| f.contains("/print/")).collect();
    assert!(parts.len() >= 4, "each audience has parts of its own: {}", parts.len());
    let mut letters = 0;
    for (file, data) in parts {
        let pdf = lopdf::Document::load_mem(&data).expect("the PDF parses");
        crate::pdf::keeps_the_standards(&file, &data);
        let lang = pdf.catalog().and_then(|c| c.get(b"Lang")).and_then(lopdf::decode_text_string);
        assert_eq!(lang.expect("it says its language"), "en-GB", "{file}");
        let pages = pdf.get_pages().len();
        assert_eq!(pages % 2, 0, "{file} has {pages} pages");
        let page = |n: usize| squeezed(&pdf.extract_text(&[u32::try_from(n).expect("few")]).expect("it has text"));
        let cover = page(1) + &page(2);
        // Every letter begins on an odd page, with its address and its number of pages, and the cover says where.
        for front in (3..=pages).step_by(2).filter(|n| page(*n).contains("Page1of")) {
            let text = page(front);
            let reference = text.find("CSC-2026-014/L").map(|at| text[at..at + 19].to_owned()).expect("a reference");
            let all: usize = text.split("Page1of").nth(1).and_then(|t| t[..1].parse().ok()).expect("how many");
            assert!(cover.contains(&reference), "{file}: {reference} is not on the cover");
            let line = cover.split(&reference).nth(1).expect("it is there");
            let number: usize = reference[14..].parse().expect("a number");
            assert!(line.starts_with(&format!("MsNama{number}xPerson{front}to{}", front + all - 1)), "{file}: {line}");
            if all % 2 == 1 {
                assert_eq!(page(front + all), "", "{file}: the back of page {} is not blank", front + all - 1);
            }
            letters += 1;
        }
    }
    assert_eq!(letters, 14);
    let outcome = invite(&run, &["--make", "print", "--part", "4"]);
    assert!(outcome.code == 0, "{}", outcome.err);
}

#[test]
fn what_is_put_together_from_letters_is_not_written_over_either_once_a_person_changed_it() {
    let all = ["--make", "letters,calendar,print,labels,notify,zip"];
    let run = with_people(people(3));
    assert_eq!(invite(&run, &all).code, 0);
    let made = tree(&run);
    for end in ["/meeting.ics", "/part-001.pdf", "/labels-001.pdf", "/notify.csv", "/letters.zip"] {
        let file = made.keys().find(|file| file.ends_with(end)).expect("it was made");
        let run = with_people(people(3));
        assert_eq!(invite(&run, &all).code, 0);
        let run = run.with(file, "mine");
        let outcome = invite(&run, &all);
        assert!(outcome.code == 1 && outcome.err.contains("error[edited-since]"), "{file}: {}", outcome.err);
        assert!(outcome.err.contains(end.trim_start_matches('/')), "{}", outcome.err);
        assert_eq!(run.read(file), "mine");
        // The next run goes on from there, and leaves nothing behind.
        assert_eq!(invite(&run, &[&all[..], &["--force"]].concat()).code, 0);
        assert!(tree(&run) == made, "{file}");
    }
}

#[test]
fn a_cover_lists_as_many_letters_on_its_third_page_as_on_its_second() {
    // The third has pages of three digits.
    let others = ["guardian", "business", "statutory", "school"];
    let run = with_people(others.iter().fold(people(72), |list, other| list.replace(other, "residents")));
    let outcome = invite(&run, &["--make", "print"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let file = run.files(FOLDER).into_iter().find(|f| f.contains("/print/")).expect("there is one part");
    let pdf = lopdf::Document::load_mem(&run.bytes(&file)).expect("the PDF parses");
    let listed = |page| squeezed(&pdf.extract_text(&[page]).expect("it has text")).matches("CSC-2026-014/L").count();
    assert_eq!([1, 2, 3, 4].map(listed), [16, 28, 28, 0]);
}

#[test]
fn a_set_for_notify_and_an_archive_hold_every_letter() {
    let run = with_people(people(6));
    let outcome = invite(&run, &["--make", "letters,notify,zip", "--postage", "first"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let tree = tree(&run);
    let mut listed = 0;
    for audience in ["community", "professional"] {
        let table = run.read(&format!("{FOLDER}/{audience}/notify/notify.csv"));
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let letter = &tree[&format!("{FOLDER}/{audience}/notify/{}", cells[1])];
            assert!(text(letter).contains(cells[0]) && cells[2] == "first", "{line}");
            let pages = lopdf::Document::load_mem(letter).expect("the PDF parses").get_pages().len();
            assert!(cells[3] == pages.to_string() && pages <= 10, "{line}");
            listed += 1;
        }
        let zip = &tree[&format!("{FOLDER}/{audience}/letters.zip")];
        let letters: Vec<&String> = tree.keys().filter(|f| f.contains(&format!("{audience}/letters/"))).collect();
        for letter in &letters {
            let name = letter.rsplit('/').next().expect("a name");
            assert!(zip.windows(name.len()).any(|w| w == name.as_bytes()), "{name} is not in the archive");
        }
        assert!(zip.len() > letters.iter().map(|f| tree[*f].len()).sum::<usize>());
    }
    assert_eq!(listed, 6);
}

#[test]
fn shares_of_a_list_are_joined_and_proved_whole() {
    let run = with_people(people(23));
    assert_eq!(invite(&run, &["--make", "letters"]).code, 0);
    let whole = run.read(REGISTER);
    for (part, jobs) in [("1/3", "1"), ("2/3", "2"), ("3/3", "4")] {
        assert_eq!(invite(&run, &["--make", "letters", "--shard", part, "--jobs", jobs]).code, 0);
    }
    // A printer who is given the files of every share can tell them apart.
    let print = ["--make", "letters,print", "--shard", "2/3"];
    let shared = with_people(people(23));
    assert_eq!(invite(&shared, &print).code, 0);
    let cover = text(&shared.bytes(&format!("{FOLDER}-2-of-3/community/print/part-001.pdf")));
    assert!(cover.contains("share2of3,part1of1"), "{cover}");
    let parts = ["1", "2", "3"].map(|k| format!("@/{FOLDER}-{k}-of-3"));
    let merge = |parts: &[&String]| {
        let mut args = vec!["register", "merge"];
        args.extend(parts.iter().map(|p| p.as_str()));
        run.convenor(&[&args[..], &["-o", "@/register.csv"]].concat())
    };
    let outcome = merge(&parts.iter().collect::<Vec<_>>());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(
        outcome.out.contains("3 parts joined: 23 people with 23 files, complete and without overlap"),
        "{}",
        outcome.out
    );
    let bare = |csv: &str, columns: [usize; 3]| {
        let cells = |line: &&str| {
            let cells: Vec<&str> = line.split(',').collect();
            columns.map(|n| cells[n].to_owned())
        };
        letters_of(csv).iter().map(cells).collect::<std::collections::BTreeSet<_>>()
    };
    // Number, reference and hash.
    let (joined, one) = (bare(&run.read("register.csv"), [0, 1, 7]), bare(&whole, [3, 6, 19]));
    assert_eq!(joined.len(), 23);
    assert_eq!(joined, one, "the same letters as in one run");
    let merged = record(&run, HOME);
    let taken = merged.iter().filter(|line| line.contains("\"k\":\"took-in\""));
    assert_eq!(taken.count(), 3, "the record of the conference knows of each share: {merged:?}");
    // One part missing, one named twice, one changed.
    assert!(merge(&[&parts[0], &parts[2]]).err.contains("part 2 of 3 is missing"));
    assert!(merge(&[&parts[0], &parts[1], &parts[1]]).err.contains("and so is"));
    let register = format!("{FOLDER}-2-of-3/register.csv");
    let text = run.read(&register);
    let run = run.with(&register, text.lines().take(5).map(|l| format!("{l}\n")).collect::<String>());
    let mut args = vec!["register", "merge"];
    args.extend(parts.iter().map(String::as_str));
    let outcome = run.convenor(&[&args[..], &["-o", "@/other.csv"]].concat());
    assert!(outcome.code == 1 && outcome.err.contains("does not say what the record says"), "{}", outcome.err);
    assert!(!run.path("other.csv").exists());
}

/// Names of the snapshots made here.
pub const SNAPSHOTS: &[&str] = &["calendar", "preflight"];
