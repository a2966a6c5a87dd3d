//! Walks through every verb, one after the other as a conference goes.

use std::io::Write;

use super::simulated::Simulated;
use super::verbs::{Due, Letters, Verb, draft, due, without_mark};
use super::walk::{Tally, Thoroughly, plain, walk};

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
    let mut disk = first.copy();
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
    // One stays, one has the same bytes and another reader, one goes, one is new; the rest have other words.
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
    let run = |v, words: &str, released| Verb::Letters(Letters { v, released, words: words.to_owned(), people: 7 });
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

/// Folders that somebody else made.
pub fn taken_over() -> Vec<Chapter> {
    let old = Simulated::default();
    for file in INVITATIONS {
        old.save(file, &without_mark(file, &draft(file, "as it was")));
    }
    for own in ["register.csv", "register.json", ".convenor-begun", ".convenor-journal.csv"] {
        old.save(own, own.as_bytes());
    }
    let shares = Simulated::default();
    let letters: Vec<String> = (1..4).map(|n| format!("invitations-2-of-2/{n:05}.pdf")).collect();
    letters.iter().for_each(|file| shares.save(file, &draft(file, "of a share")));
    let mut all = chapters_of(&old, vec![("upgrade", Verb::Upgrade)]);
    all.extend(chapters_of(&shares, vec![("merge", Verb::Merge(letters))]));
    all
}

fn walk_all(chapters: &[Chapter], how: Thoroughly, summary: &mut String) -> Tally {
    let mut all = Tally::default();
    for chapter in chapters {
        let others: Vec<Verb> = chapters.iter().map(|other| other.verb.clone()).collect();
        let mut tally = walk(&chapter.before, &chapter.verb, &others, how, plain);
        tally.faults.iter_mut().for_each(|fault| *fault = format!("{}: {fault}", chapter.name));
        summary.push_str(&format!(
            "{:38} {:6} crashes {:6} second {:6} edits {:6} other verbs {:6} same {:5} undone {:4} faults\n",
            chapter.name,
            tally.crashes,
            tally.second_crashes,
            tally.edits,
            tally.other_verbs,
            tally.same,
            tally.undone,
            tally.faults.len()
        ));
        all.add(tally);
    }
    all
}

#[test]
fn whatever_fails_at_whatever_step_nothing_is_lost_and_the_next_command_ends_it() {
    let how = Thoroughly { seeds: 12, follow_up: true };
    let stories = [papers(), letters(), taken_over()];
    let walked: Vec<(String, Tally)> = std::thread::scope(|scope| {
        let threads: Vec<_> = stories
            .iter()
            .map(|chapters| {
                scope.spawn(move || {
                    let mut summary = String::new();
                    let tally = walk_all(chapters, how, &mut summary);
                    (summary, tally)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("a walk collects faults and does not panic")).collect()
    });
    let mut all = Tally::default();
    for (summary, tally) in walked {
        write!(std::io::stderr(), "{summary}").expect("somebody listens");
        all.add(tally);
    }
    let shown: Vec<&String> = all.faults.iter().take(40).collect();
    assert!(all.faults.is_empty(), "{} faults, among them {shown:#?}", all.faults.len());
    // So that it does not shrink unseen.
    assert!(all.crashes > 1, "{}", all.crashes);
}
