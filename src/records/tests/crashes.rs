//! Walks through every verb, one after the other as a conference goes.

use std::io::Write;

use super::simulated::{Fault, Simulated};
use super::verbs::{Due, Letters, Verb, draft, due, without_mark};
use super::walk::{Tally, Thoroughly, plain, walk};
use crate::records::reading::read;

/// A verb, and the disk that it begins with.
pub struct Chapter {
    pub name: &'static str,
    pub before: Simulated,
    pub verb: Verb,
}

const INVITATIONS: [&str; 3] = [
    "professional/letters/invitation-01.pdf",
    "professional/letters/invitation-02.pdf",
    "professional/letters/invitation-03.pdf",
];
const MINUTES: &str = "professional/minutes.docx";
const NOTE: &str = "child/note-01.txt";
const NOTICE: &str = "public/notice.pdf";

fn chapters_of(first: &Simulated, verbs: Vec<(&'static str, Verb)>) -> Vec<Chapter> {
    let disk = first.copy();
    let mut chapters = Vec::new();
    for (name, verb) in verbs {
        let before = disk.copy();
        verb.run(plain(disk.clone())).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        disk.boot(0);
        chapters.push(Chapter { name, before, verb });
    }
    chapters
}

/// The papers of a conference.
pub fn papers() -> Vec<Chapter> {
    let first: Vec<Due> =
        INVITATIONS.iter().chain(&[MINUTES, NOTE]).map(|file| due(file, "the first of December")).collect();
    // One stays, one has the same bytes and another reader, one is removed, one is new; the rest have different words.
    let mut second: Vec<Due> = INVITATIONS.iter().map(|file| due(file, "the second of December")).collect();
    second[0].words.clone_from(&first[0].words);
    second[1].words.clone_from(&first[1].words);
    "i1 i2".clone_into(&mut second[1].to);
    second.extend([due(MINUTES, "as they were spoken"), due(NOTICE, "all are invited")]);
    let mut third = second.clone();
    for paper in &mut third[..2] {
        "another room".clone_into(&mut paper.words);
        paper.v = 2;
    }
    let withdrawn = vec![INVITATIONS[1].to_owned(), INVITATIONS[2].to_owned()];
    chapters_of(
        &Simulated::default(),
        vec![
            ("build", Verb::Build(first)),
            ("build over drafts", Verb::Build(second)),
            ("release", Verb::Release),
            ("note", Verb::Note(INVITATIONS[0].to_owned())),
            ("re-issue", Verb::Build(third)),
            ("withdraw", Verb::Withdraw(2, withdrawn)),
            ("release of what was made anew", Verb::Release),
        ],
    )
}

/// Letters to a list.
pub fn letters() -> Vec<Chapter> {
    let run = |v, words: &str, released| Verb::Letters(Letters { v, released, words: words.to_owned(), people: 5 });
    chapters_of(
        &Simulated::default(),
        vec![
            ("proofs of a paper", Verb::Build(vec![due(INVITATIONS[0], "the first of December")])),
            ("release of it", Verb::Release),
            ("letters", run(1, "the first of December", false)),
            ("letters, other words", run(1, "the second of December", false)),
            ("letters, released", run(1, "the second of December", true)),
            ("letters of a second version", run(2, "the third of December", false)),
            ("letters of a second version, released", run(2, "the third of December", true)),
        ],
    )
}

/// A folder that an earlier version of the program made.
fn upgraded() -> Vec<Chapter> {
    let old = Simulated::default();
    for file in INVITATIONS {
        old.save(file, &without_mark(file, &draft(file, "as it was")));
    }
    for own in ["register.csv", "register.json", ".convenor-begun", ".convenor-journal.csv"] {
        old.save(own, own.as_bytes());
    }
    chapters_of(&old, vec![("upgrade", Verb::Upgrade)])
}

/// A kept paper that somebody has deleted.
fn lost() -> Vec<Chapter> {
    let Chapter { before, verb, .. } = papers().pop().expect("there are chapters");
    verb.run(plain(before.clone())).expect("it is the last chapter");
    before.boot(0);
    let kept = "withdrawn/professional/letters/invitation-03.pdf";
    before.take_away(kept);
    chapters_of(&before, vec![("note of a loss", Verb::Lose(kept.to_owned()))])
}

/// Letters of a share.
fn merged() -> Vec<Chapter> {
    let shares = Simulated::default();
    let letters: Vec<String> = (1..4).map(|n| format!("invitations-2-of-2/{n:05}.pdf")).collect();
    for file in &letters {
        shares.save(file, &draft(file, "of a share"));
    }
    chapters_of(&shares, vec![("merge", Verb::Merge(letters))])
}

/// One line of the table.
fn row(name: &str, tally: &Tally) -> String {
    format!(
        "{name:38} {:6} crashes {:6} second {:6} edits {:6} other verbs {:6} same {:5} undone {:4} faults\n",
        tally.crashes,
        tally.second_crashes,
        tally.edits,
        tally.other_verbs,
        tally.same,
        tally.undone,
        tally.faults.len()
    )
}

fn walk_all(chapters: &[Chapter]) -> Vec<(&'static str, Tally)> {
    let others: Vec<Verb> = chapters.iter().map(|other| other.verb.clone()).collect();
    let how = Thoroughly { seeds: 4, follow_up: true };
    let others = &others;
    std::thread::scope(|scope| {
        let walks: Vec<_> = chapters
            .iter()
            .map(|chapter| {
                let walk = scope.spawn(move || walk(&chapter.before, &chapter.verb, others, how, plain));
                (chapter.name, walk)
            })
            .collect();
        let ended = walks.into_iter().map(|(name, walk)| (name, walk.join().expect("a walk collects faults")));
        ended.collect()
    })
}

#[test]
fn whatever_fails_at_whatever_step_nothing_is_lost_and_the_next_command_ends_it() {
    let mut all = Tally::default();
    let mut shown = String::new();
    for (name, tally) in
        [papers(), letters(), upgraded(), merged(), lost()].iter().flat_map(|chapters| walk_all(chapters))
    {
        shown.push_str(&row(name, &tally));
        tally.faults.iter().take(6).for_each(|fault| shown.push_str(&format!("    {fault}\n")));
        all.add(tally);
    }
    shown.push_str(&row("all", &all));
    write!(std::io::stderr(), "{shown}").expect("somebody listens");
    assert!(all.faults.is_empty(), "{} faults", all.faults.len());
    // So that the walks do not shrink unnoticed.
    assert!(all.crashes > 4000 && all.second_crashes > 4000, "{} and {}", all.crashes, all.second_crashes);
    assert!(all.edits > 700 && all.other_verbs > 1000, "{} and {}", all.edits, all.other_verbs);
    assert!(all.same > 8000 && all.undone < all.same / 20, "{} and {}", all.same, all.undone);
}

#[test]
fn a_place_for_a_kept_paper_is_checked_again_before_it_is_used() {
    let all = papers();
    let Chapter { before, verb, .. } = &all[4];
    let kept = "superseded/version-1/professional/letters/invitation-01.pdf";
    let undisturbed = before.copy();
    verb.run(plain(undisturbed.clone())).expect("nothing is in the way");
    let mut refused = 0;
    for at in 1.. {
        let disk = before.copy();
        disk.fail(&[(at, Fault::Kill)]);
        let _ = verb.run(plain(disk.clone()));
        if disk.hit().is_none() {
            break;
        }
        disk.boot(0);
        if disk.files().contains_key(kept) || read(&disk).expect("it can be read").state.open.is_none() {
            continue;
        }
        disk.save(kept, b"what a person wrote");
        let outcome = verb.run(plain(disk.clone()));
        assert!(outcome.is_err_and(|refusal| refusal.is_about_an_edit()), "step {at}");
        assert_eq!(**disk.files()[kept], *b"what a person wrote");
        disk.take_away(kept);
        verb.run(plain(disk.clone())).expect("nothing is in the way any more");
        assert_eq!(disk.files(), undisturbed.files(), "step {at}");
        refused += 1;
    }
    assert!(refused > 1, "{refused}");
}
