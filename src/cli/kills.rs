//! Stops verbs that write into a folder of papers at steps of the real disk: killed, on a full disk, and refused.
//!
//! The steps are those of `deliver::disk`, counted and failed below one folder. Some of each kind are tried here, with
//! whole commands, and every one of them on a disk in memory (`records`). After each stop, no released paper is lost,
//! `verify` changes nothing, and the same command again ends with the bytes of an undisturbed run.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::deliver::disk::faults::{Fault, arm, disarm};

/// A folder with the example in it.
struct Place {
    dir: TempDir,
}

/// Every file below a folder with its bytes.
type Tree = BTreeMap<String, Vec<u8>>;

impl Place {
    fn new() -> Self {
        let place = Self { dir: tempfile::tempdir().expect("the tests may write") };
        for (name, data) in crate::input::example_files() {
            place.write(&name, &data);
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, data: &[u8]) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("the tests may write");
        std::fs::write(path, data).expect("the tests may write");
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path(name)).expect("it is there");
        assert!(text.contains(from), "`{from}` is not in {name}");
        self.write(name, text.replacen(from, to, 1).as_bytes());
    }

    fn copy(&self) -> Self {
        let copy = Self { dir: tempfile::tempdir().expect("the tests may write") };
        for (name, data) in tree(self.dir.path()) {
            copy.write(&name, &data);
        }
        copy
    }

    /// Runs the program in this folder, for which `@` stands. Returns the exit code and the output.
    fn run(&self, args: &[&str]) -> (u8, String) {
        let root = self.dir.path().display().to_string();
        let args = args.iter().map(|arg| arg.replace('@', &root));
        let args = std::iter::once("convenor".to_owned()).chain(args).map(OsString::from);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = super::run_to_code(args, None, &mut out, &mut err);
        (code, String::from_utf8_lossy(&out).into_owned() + &String::from_utf8_lossy(&err))
    }

    fn must(&self, args: &[&str]) {
        let (code, said) = self.run(args);
        assert_eq!(code, 0, "{args:?}: {said}");
    }
}

fn tree(root: &Path) -> Tree {
    let mut found = Tree::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("it can be read").map(|e| e.expect("it can be read")) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("it lies below").display().to_string();
                found.insert(name, std::fs::read(&path).expect("it can be read"));
            }
        }
    }
    found
}

const OUT: &str = "out/CSC-2026-014";
const BUILD: &[&str] = &["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "terms,minutes"];
const RELEASE: &[&str] =
    &["release", "@/out/CSC-2026-014", "--checked-by", "Ruth Penhaligon", "--on", "2026-11-20", "--only", "terms"];
const INVITE: &[&str] = &[
    "invite",
    "@/conference.yaml",
    "--list",
    "@/people.csv",
    "-o",
    "@/out",
    "--yes",
    "--make",
    "letters,calendar",
    "--jobs",
    "1",
];
const VERIFY: &[&str] = &["verify", "@/out/CSC-2026-014"];

fn papers_of(tree: &Tree) -> Tree {
    let own = ["record.jsonl", "register.csv", "register.json"];
    tree.iter()
        .filter(|(file, _)| !own.iter().any(|name| file.ends_with(name)))
        .map(|(f, d)| (f.clone(), d.clone()))
        .collect()
}

/// Stops a command at some of its steps, and checks what comes after.
fn walk(before: &Place, command: &[&str], released: &[&str]) -> usize {
    let undisturbed = before.copy();
    arm(undisturbed.dir.path(), usize::MAX, Fault::Kill);
    undisturbed.must(command);
    let (steps, _) = disarm(undisturbed.dir.path());
    let end = tree(undisturbed.dir.path());
    assert!(steps > 3, "{command:?} takes {steps} steps");
    let kept: Vec<Vec<u8>> = released
        .iter()
        .map(|file| std::fs::read(before.path(&format!("{OUT}/{file}"))).expect("it was released"))
        .collect();
    let mut tried = 0;
    for (fault, tries) in [(Fault::Kill, 8), (Fault::Full, 3), (Fault::Refused, 3)] {
        for step in (1..=steps).step_by(steps.div_ceil(tries)) {
            let place = before.copy();
            arm(place.dir.path(), step, fault);
            let (code, said) = place.run(command);
            let (_, came) = disarm(place.dir.path());
            if !came {
                break;
            }
            tried += 1;
            let at = format!("{command:?}, {fault:?} at step {step} of {steps}: {said}");
            assert!(code != 0 || fault != Fault::Kill || step > steps.saturating_sub(12), "{at}");
            let after = tree(place.dir.path());
            for data in &kept {
                assert!(after.values().any(|there| there == data), "a released paper is lost. {at}");
            }
            if tried % 4 == 0 {
                place.run(VERIFY);
                assert!(tree(place.dir.path()) == after, "`verify` writes. {at}");
            }
            let (code, again) = place.run(command);
            assert_eq!(code, 0, "{at}\nagain: {again}");
            let (code, verdict) = place.run(VERIFY);
            assert_eq!(code, 0, "{at}\nagain: {again}\nverify: {verdict}");
            let now = tree(place.dir.path());
            let log = String::from_utf8_lossy(&now[&format!("{OUT}/record.jsonl")]).into_owned();
            if log.contains("\"k\":\"undone\"") {
                assert!(papers_of(&now) == papers_of(&end), "other papers. {at}");
            } else {
                let differs: Vec<&String> =
                    end.keys().chain(now.keys()).filter(|f| end.get(*f) != now.get(*f)).collect();
                assert!(differs.is_empty(), "{differs:?}. {at}");
            }
        }
    }
    tried
}

#[test]
fn a_build_and_a_release_end_as_if_nothing_had_happened_wherever_they_are_stopped() {
    let place = Place::new();
    let mut tried = walk(&place, BUILD, &[]);
    place.must(BUILD);
    place.edit("conference.yaml", "Most young people in the survey", "Some young people in the survey");
    tried += walk(&place, BUILD, &[]);
    place.must(BUILD);
    tried += walk(&place, RELEASE, &[]);
    place.must(RELEASE);
    place.edit("borough.yaml", "020 7946 0958", "020 7946 0957");
    let reissue = [BUILD, &["--reissue", "terms", "--because", "the telephone number has changed"]].concat();
    tried += walk(&place, &reissue, &["community/terms.txt", "professional/terms.txt"]);
    assert!(tried > 40, "{tried} tried");
}

#[test]
fn a_run_of_letters_ends_as_if_nothing_had_happened_wherever_it_is_stopped() {
    let place = Place::new();
    let head = "Name,Address line 1,Town,Postcode,Category\n";
    let row = |n: usize| format!("Ms Nama{n}x Person,{n} Mill Lane,Marshgate,E20 {n}AA,residents\n");
    let list: String = std::iter::once(head.to_owned()).chain((1..4).map(row)).collect();
    place.write("people.csv", list.as_bytes());
    let mut tried = walk(&place, INVITE, &[]);
    place.must(INVITE);
    let fewer: String = std::iter::once(head.to_owned()).chain((1..3).map(row)).collect();
    place.write("people.csv", fewer.as_bytes());
    tried += walk(&place, INVITE, &[]);
    place.must(&["invite", "@/conference.yaml", "--list", "@/people.csv", "-o", "@/out", "--preview"]);
    let release = [INVITE, &["--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"]].concat();
    tried += walk(&place, &release, &[]);
    place.must(&release);
    // A higher version sets the released letters aside as a whole.
    place.edit("conference.yaml", "version: 1", "version: 2");
    let letter = "invitations/community/letters/invitation-00001-ms-nama1x-person.pdf";
    tried += walk(&place, INVITE, &[letter]);
    assert!(tried > 40, "{tried} tried");
}

#[test]
fn withdrawing_and_what_mends_a_folder_end_as_if_nothing_had_happened_wherever_they_are_stopped() {
    let place = Place::new();
    let build = ["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "invitation"];
    place.must(&build);
    place.must(&[&RELEASE[..RELEASE.len() - 1], &["invitation"]].concat());
    let withdraw = ["withdraw", "@/out/CSC-2026-014", "--of", "dhillon"];
    let invitation = "community/invitation-15-mrs-gurpreet-kaur-dhillon.txt";
    let mut tried = walk(&place, &withdraw, &[invitation]);
    place.must(&withdraw);
    let undo = [&withdraw[..], &["--undo"]].concat();
    tried += walk(&place, &undo, &["withdrawn/version-1/community/invitation-15-mrs-gurpreet-kaur-dhillon.txt"]);
    place.must(&undo);
    // A released paper that is gone is put back.
    let bereft = place.copy();
    std::fs::remove_file(bereft.path(&format!("{OUT}/{invitation}"))).expect("it is there");
    tried += walk(&bereft, &build, &[]);
    // What is gone for good is noted as lost.
    let bereft = place.copy();
    bereft.must(&withdraw);
    let kept = "withdrawn/version-1/community/invitation-15-mrs-gurpreet-kaur-dhillon.txt";
    std::fs::remove_file(bereft.path(&format!("{OUT}/{kept}"))).expect("it is there");
    let lost = ["lost", "@/out/CSC-2026-014", kept, "--because", "the disk failed", "--on", "2026-11-21"];
    tried += walk(&bereft, &lost, &["community/invitation-14-mr-mohammed-rahmani.txt"]);
    // A copy takes the place of a record that is gone.
    let log = format!("{OUT}/record.jsonl");
    let read = |place: &Place| std::fs::read(place.path(&log)).expect("there is a record");
    let take_in = ["take-in", "@/out/CSC-2026-014", "@/other.jsonl"];
    let bereft = place.copy();
    bereft.write("other.jsonl", &read(&place));
    std::fs::remove_file(bereft.path(&log)).expect("it is there");
    tried += walk(&bereft, &take_in, &[invitation]);
    // The record of another machine joins ours.
    let send = |place: &Place, day: &str, who: &str| {
        let noted = ["sent", "@/out/CSC-2026-014", "--paper", "invitation", "--how", "post", "--on", day, "--of", who];
        place.must(&noted);
    };
    let other = place.copy();
    send(&other, "2026-11-20", "nair");
    send(&place, "2026-11-21", "dhillon");
    place.write("other.jsonl", &read(&other));
    tried += walk(&place, &take_in, &[invitation]);
    assert!(tried > 40, "{tried} tried");
}
