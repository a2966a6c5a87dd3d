//! Who shares a letter, and what an invitee's own entry decides about theirs.

use crate::batch::{FOLDER, invite, text, tree, with_people};
use crate::run::{Outcome, Run};

/// Two people of one household and one address; the second has something in one more column.
fn two(heading: &str, cell: &str) -> Run {
    with_people(format!(
        "Name,Address line 1,Town,Postcode,Household,Category,{heading}\n\
         Ms Ann Hale,3 Mill Lane,Marshgate,E20 9ZZ,Hale,residents,\n\
         Mr Bob Hale,3 Mill Lane,Marshgate,E20 9ZZ,Hale,residents,{cell}\n"
    ))
}

fn letters(run: &Run) -> Vec<String> {
    tree(run).iter().filter(|(file, _)| file.contains("/letters/")).map(|(_, data)| text(data)).collect()
}

fn grouped(run: &Run) -> Outcome {
    let outcome = invite(run, &["--make", "letters", "--group", "household"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    outcome
}

#[test]
fn nobody_reads_what_is_said_to_somebody_else_of_their_household() {
    let shared = two("Remarks", "");
    grouped(&shared);
    assert_eq!(letters(&shared).len(), 1, "those of whom nothing else is said share one");
    for (heading, cell) in [
        ("Note", "Ring the lower bell"),
        ("Bring", "The keys of the hall"),
        ("Access", "A seat near the door"),
        ("Language", "Punjabi"),
        ("Role", "Caretaker"),
        ("Print size", "large"),
        ("Reads", "Welsh"),
        ("Postage", "first"),
    ] {
        let run = two(heading, cell);
        grouped(&run);
        let letters = letters(&run);
        assert_eq!(letters.len(), 2, "{heading}");
        let of = |name: &str| letters.iter().filter(|letter| letter.contains(name)).count();
        assert_eq!((of("AnnHale"), of("BobHale")), (1, 1), "{heading}: each has their own");
    }
}

#[test]
fn no_more_than_four_names_are_on_one_envelope() {
    for (people, expected) in [(4, &[4][..]), (5, &[4, 1]), (9, &[4, 4, 1])] {
        let row = |n: usize| format!("Ms Nama{n}x Hale,3 Mill Lane,Marshgate,E20 9ZZ,Hale,residents\n");
        let rows: String = (1..=people).map(row).collect();
        let run = with_people(format!("Name,Address line 1,Town,Postcode,Household,Category\n{rows}"));
        grouped(&run);
        let letters = letters(&run);
        let named: Vec<usize> = letters
            .iter()
            .map(|letter| (1..=people).filter(|n| letter.contains(&format!("Nama{n}xHale"))).count())
            .collect();
        assert_eq!(named, expected, "{people}");
        for n in 1..=people {
            assert_eq!(letters.iter().filter(|letter| letter.contains(&format!("Nama{n}xHale"))).count(), 1, "{n}");
        }
    }
}

#[test]
fn an_invitees_own_entry_says_how_their_letter_goes() {
    let run = Run::on_the_example()
        // The second by first class, the fifth by email alone.
        .edit("conference.yaml", "organisation: police,\n", "organisation: police, postage: first,\n")
        .edit(
            "conference.yaml",
            "organisation: school,\n",
            "organisation: school, channel: email, email_consent: true,\n",
        );
    let args = ["invite", "@/conference.yaml", "-o", "@/out", "--make", "letters,emails,print,labels,notify", "--yes"];
    let outcome = run.convenor(&args);
    assert!(outcome.err.lines().all(|line| !line.starts_with("error[") || line.contains("not-for-notify")));
    for told in ["1 large-print", "Amharic", "Punjabi", "1 first"] {
        assert!(outcome.out.contains(told), "no `{told}`: {}", outcome.out);
    }
    let folder = FOLDER.replace("invitations", "invitees/professional");
    let table = run.read(&format!("{folder}/notify/notify.csv"));
    let of = |number: &str| table.lines().find(|line| line.starts_with(&format!("CSC-2026-014/{number},")));
    assert!(of("02").is_some_and(|line| line.contains(",first,")), "{table}");
    assert!(of("06").is_some_and(|line| line.contains(",second,")) && of("05").is_none(), "{table}");
    let posted = ["part", "labels"].map(|kind| text(&run.bytes(&format!("{folder}/print/{kind}-001.pdf"))));
    for text in &posted {
        assert!(text.contains("PriyaNair") && !text.contains("MalachyO"), "who is only emailed has no envelope");
    }
    let messages: Vec<String> = run.files("out").into_iter().filter(|file| file.ends_with(".eml")).collect();
    assert!(messages.len() == 1 && messages[0].contains("invitation-05"), "only who agreed to it: {messages:?}");
    // The pile is in the order of the numbers, whatever the order of the file.
    let at = |name: &str| posted[1].find(name).unwrap_or_else(|| panic!("no {name}"));
    assert!(at("PriyaNair") < at("MiriamBen") && at("MiriamBen") < at("AgnieszkaW"));
}
