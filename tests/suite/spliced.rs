//! Edits by chance, one after another, of the conferences of the fixtures on the disk: the bytes that were meant change and no
//! others, and what is read back is what was meant.
//!
//! The oracle is a tree of its own, made from the events of the parser (`fuzzed/anatomy.rs`).

use convenor::{Amendment, Change, Hash, Unamended, Why};

use crate::fuzzed::anatomy::{Anatomy, Chance, edit, ensure_only_that};
use crate::run::Run;

const FILE: &str = "conference.yaml";

/// Texts that mean something to YAML, to a terminal or to a person.
const VALUES: [&str; 24] = [
    "Room 2",
    "Œzgür Yıldız-Ó Briain",
    "Adébáyọ̀",
    "王小明",
    "محمد",
    "O'Neill & Sons <Ltd>",
    "#eval",
    "{{ x }}",
    "../../etc",
    "=1+1",
    "]]>",
    "yes",
    "~",
    "1.10",
    "020 7946 0958",
    "13:30",
    "2026-11-24",
    "- a: b",
    "a, b] #c",
    "'a' \"b\"",
    "a\tb",
    "one\ntwo",
    " a ",
    "",
];

/// How many edits of each conference: as many as `EDITS` says, `1000` for a long search by hand.
fn edits() -> usize {
    std::env::var("EDITS").ok().and_then(|many| many.parse().ok()).unwrap_or(30)
}

#[test]
fn edits_by_chance_change_the_bytes_that_were_meant_and_no_others() {
    for council in ["marshgate", "northmere", "kestrel-vale"] {
        let run = Run::on_the_council(council);
        let mut chance = Chance(u64::try_from(council.len()).expect("it is short"));
        let (mut refused, mut saved) = (0, 0);
        for n in 0..edits() {
            let before = run.read(FILE);
            let now = Anatomy::of(&before).expect("it can be read");
            let value = *chance.of(&VALUES);
            let (edit, texts, says) = edit(&mut chance, value, &now).expect("it has some of every kind");
            let case = format!("{council}, edit {n}: {edit:?}");
            let seen = Some(Hash::of(before.as_bytes()));
            let amendment = Amendment { edits: vec![edit.clone()], seen, borough: None };
            match convenor::propose(run.path(FILE), &amendment) {
                Ok(proposed) => drop(proposed.save().unwrap_or_else(|refused| panic!("{case}: {refused:?}"))),
                Err(Unamended::Unspliced(fault, _)) => {
                    let is_right = match fault.why {
                        // It would have gone with what was taken out or written over.
                        Why::Comment => !matches!(edit.change, Change::Append(_) | Change::Insert(_)),
                        Why::LastOfList => edit.change == Change::Remove,
                        _ => false,
                    };
                    assert!(is_right && run.read(FILE) == before, "{case}: {fault:?}");
                    refused += 1;
                    continue;
                }
                Err(other) => panic!("{case}: {other:?}"),
            }
            saved += 1;
            let after = run.read(FILE);
            ensure_only_that(&edit, &case, (&before, &now), &texts, &says, &after);
            if n % 7 == 0 {
                convenor::undo(run.path(FILE)).unwrap_or_else(|report| panic!("{case}: {report:?}"));
                assert_eq!(run.read(FILE), before, "{case}");
            }
        }
        assert!(saved * 10 > (saved + refused) * 8, "{council}: {refused} of {} refused", saved + refused);
    }
}
