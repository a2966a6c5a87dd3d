//! Letters to a list of people, once they are made: who has checked them, what is read back, whether the folder is sound.

use std::collections::BTreeMap;

use crate::batch::{FOLDER, HEADINGS, invite, people, text, tree, with_people};
use crate::run::{Run, pdf_text, squeezed};

#[test]
fn somebody_with_the_name_or_the_address_of_an_invitee_gets_their_letter() {
    let list = format!(
        "{HEADINGS}\nMrs Beryl Featherstonehaugh,Mrs Featherstonehaugh,3 Dace Court,Mill Lane,Marshgate,E20 9ZZ,,,residents,,\nMs A Moss,Ms Mokoena,3 Dace Court,Mill Lane,Marshgate,E20 9ZZ,,,residents,,\n"
    );
    let outcome = invite(&with_people(list), &["--make", "letters"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    // What the conference says of somebody else is still found, whoever wrote it into the row.
    let run = Run::on_the_example();
    let secret =
        run.read("conference.yaml").lines().find_map(|l| l.split("internal_label: ").nth(1).map(str::to_owned));
    let secret = secret.expect("the example has one").split(" #").next().unwrap_or_default().trim().to_owned();
    let list = format!(
        "{HEADINGS}\nMs A Moss,,3 Dace Court,Mill Lane,Marshgate,E20 9ZZ,a@people.example,yes,residents,,\"{secret}\"\n"
    );
    let run = run.with("people.csv", list);
    let outcome = invite(&run, &["--make", "emails"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[leak]: row 2"), "{}", outcome.err);
    // A file for the printer leaves the letter out and says so, and the next run says so again.
    for _ in 0..2 {
        let outcome = invite(&run, &["--make", "print"]);
        assert_eq!(outcome.code, 1);
        assert!(outcome.err.contains("error[leak]: row 2"), "{}", outcome.err);
    }
}

#[test]
fn a_sample_is_read_back_and_the_words_of_every_letter_are_looked_through() {
    let run = Run::on_the_example();
    let secret = run.read("conference.yaml");
    let secret = secret.lines().find_map(|l| l.split("internal_label: ").nth(1)).expect("the example has one");
    let secret = secret.split(" #").next().unwrap_or_default().trim();
    // Neither the longest of its kind nor a sixteenth: only its words are looked through.
    let list: String = people(20).lines().enumerate().fold(String::new(), |list, (n, row)| {
        let row = if n == 5 {
            row.replace("Nota5x", &format!("\"{secret}\""))
        } else {
            row.replace("Nota", &"Nota ".repeat(40))
        };
        list + &row + "\n"
    });
    let run = run.with("people.csv", list);
    let outcome = invite(&run, &["--make", "letters", "--read-back", "sample"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[leak]: row 6"), "{}", outcome.err);
    let sampled = tree(&run);
    assert_eq!(sampled.keys().filter(|f| f.ends_with(".pdf")).count(), 19);
    let every = invite(&run, &["--make", "letters", "--force"]);
    assert!(every.code == 1 && tree(&run) == sampled, "the same letters either way: {}", every.err);
}

#[test]
fn the_folder_of_a_run_is_verified_file_by_file() {
    let run = with_people(people(6));
    assert_eq!(invite(&run, &["--make", "all", "--part", "3"]).code, 0);
    let verify = |run: &Run| run.convenor(&["verify", "@/out/CSC-2026-014"]);
    let outcome = verify(&run);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    assert!(outcome.out.contains("Sound: every file is as it was"), "{}", outcome.out);
    let letter = run.files(FOLDER).into_iter().find(|f| f.contains("/letters/")).expect("there is one");
    let data = run.bytes(&letter);
    let run = run.with(&letter, [data.as_slice(), b"%"].concat()).with(&format!("{FOLDER}/community/notes.txt"), "x");
    let outcome = verify(&run);
    assert_eq!(outcome.code, 1);
    for code in ["error[not-as-made]", "error[not-in-register]"] {
        assert!(outcome.err.contains(code), "{code}: {}", outcome.err);
    }
}

#[test]
fn a_council_with_a_theme_of_its_own_has_the_same_things_made() {
    let run = with_people(people(6));
    let make = ["--make", "letters,print,labels", "--part", "4"];
    assert_eq!(invite(&run, &make).code, 0);
    let ours = tree(&run);
    // A theme file that changes nothing: its code is the council's own all the same, and runs in another process.
    let own = "#import \"/base/theme/brand.typ\": *\n";
    let run = with_people(people(6)).with("templates/theme/brand.typ", own);
    let outcome = invite(&run, &make);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let pages = |tree: &BTreeMap<String, Vec<u8>>| -> Vec<(String, Vec<u8>)> {
        tree.iter().filter(|(f, _)| f.ends_with(".pdf")).map(|(f, d)| (f.clone(), d.clone())).collect()
    };
    assert!(pages(&ours).len() > 8 && pages(&ours) == pages(&tree(&run)));
}

#[test]
fn labels_bear_the_lines_of_the_window_in_the_order_of_the_list() {
    let run = with_people(people(30));
    assert_eq!(invite(&run, &["--make", "labels", "--category", "residents"]).code, 0);
    let sheets = run.files(FOLDER).into_iter().filter(|f| f.contains("/print/labels-"));
    let all: String = sheets.map(|f| pdf_text(&run.bytes(&f))).collect();
    for n in 1..=30 {
        assert!(squeezed(&all).contains(&format!("MsNama{n}xPerson")), "{n} has no label");
        assert!(squeezed(&all).contains(&format!("{n}Lama{n}xHouse")), "{n} has no address");
    }
    assert!(!all.contains("OFFICIAL") && !all.contains("CSC-2026-014"), "an envelope tells nothing: {all}");
}

#[test]
fn only_a_second_person_takes_the_draft_mark_off() {
    let run = with_people(people(2));
    assert_eq!(invite(&run, &["--make", "letters"]).code, 0);
    let drafts =
        |run: &Run| tree(run).iter().filter(|(f, data)| f.ends_with(".pdf") && text(data).contains("DRAFT")).count();
    assert_eq!(drafts(&run), 2);
    let outcome = invite(&run, &["--make", "letters", "--checked-by", "Tom Hallam"]);
    assert!(outcome.code == 1 && outcome.err.contains("cannot be the one who checks them"), "{}", outcome.err);
    let release =
        |run: &Run| invite(run, &["--make", "letters", "--checked-by", "Ruth Penhaligon", "--on", "2026-11-25"]);
    // Proofs of other data, of another list, or that somebody changed, are none.
    let conference = run.read("conference.yaml");
    let run = run.with("conference.yaml", conference.replacen("13:30", "13:45", 1));
    assert!(release(&run).err.contains("error[not-proved]"));
    let run = run.with("conference.yaml", conference).with("people.csv", people(3));
    assert!(release(&run).err.contains("error[not-proved]"));
    let proof = format!("{FOLDER}/proof/first.pdf");
    let run = run.with("people.csv", people(2));
    let data = run.bytes(&proof);
    let run = run.with(&proof, [data.as_slice(), b"%"].concat());
    assert!(release(&run).err.contains("error[not-proved]"));
    let run = run.with(&proof, data);
    let outcome = release(&run);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(drafts(&run), 0);
    // What was released stays: another run may add to it, and change it only under a higher version.
    let outcome = invite(&run, &["--make", "letters"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[released]"), "{}", outcome.err);
    assert_eq!(drafts(&run), 0);
    assert!(run.read(&format!("{FOLDER}/register.json")).contains("\"checker\": \"Ruth Penhaligon\""));
}

#[test]
fn a_household_gets_one_letter_if_that_is_asked_for() {
    let list = format!(
        "{HEADINGS}\nMs A Hale,Ms Hale,3 Dace Court,Mill Lane,Marshgate,E20 9ZZ,,,residents,,\nMr B Hale,Mr Hale,3 Dace Court,Mill Lane,Marshgate,e209zz,,,residents,,\nMs C Moss,,4 Dace Court,Mill Lane,Marshgate,E20 9ZZ,,,residents,,\n"
    );
    let run = with_people(&list);
    let outcome = invite(&run, &["--make", "letters"]);
    assert!(outcome.err.contains("warning[same-address]"), "{}", outcome.err);
    assert_eq!(tree(&run).keys().filter(|f| f.ends_with(".pdf")).count(), 3);
    let run = with_people(&list);
    assert_eq!(invite(&run, &["--make", "letters", "--group", "address"]).code, 0);
    let letters: Vec<Vec<u8>> = tree(&run).into_iter().filter(|(f, _)| f.ends_with(".pdf")).map(|(_, d)| d).collect();
    assert_eq!(letters.len(), 2);
    let first = text(&letters[0]);
    assert!(first.contains("MsAHaleandMrBHale") && first.contains("DearMsHaleandMrHale"), "{first}");
}
