//! The record itself refuses some writes, whatever verb requests them.

use super::simulated::Simulated;
use super::verbs::{Letters, Verb, made};
use super::walk::plain;
use crate::gate::{Hash, Sealed};
use crate::records::commit::Stop;
use crate::records::event::{Begin, Event, Verb as Of};

const LETTER: &str = "invitations/letters/00001.pdf";

#[test]
fn no_letter_is_put_where_a_released_one_lies() {
    let disk = Simulated::default();
    let letters = Letters { v: 1, released: true, words: "come".to_owned(), people: 1 };
    let mut record =
        Verb::Letters(letters).run(plain(disk.clone())).unwrap_or_else(|_| panic!("nothing is in the way"));
    let before = disk.files()[LETTER].clone();
    let other = Sealed::of_a_test(LETTER, b"another letter");
    let staged = record.stage(&other).expect("the disk takes it");
    record.begin_run(Begin::of(Of::Invite)).expect("nothing is open");
    for line in [Event::Made, Event::Released] {
        let line = line(Box::new(made(LETTER, other.hash())));
        let put = record.put(&[line], &[(staged.clone(), LETTER.to_owned())]);
        assert!(matches!(put, Err(Stop::Edited(files)) if files == [LETTER]));
    }
    assert_eq!(disk.files()[LETTER], before);
    // The same letter may be put again, and any letter if that one has been removed.
    let same = made(LETTER, Hash::of(&before));
    record.put(&[Event::Released(Box::new(same))], &[]).expect("it is the same");
    disk.take_away(LETTER);
    record
        .put(&[Event::Released(Box::new(made(LETTER, other.hash())))], &[(staged, LETTER.to_owned())])
        .expect("its place is free");
    assert_eq!(Hash::of(&disk.files()[LETTER]), other.hash());
}

#[test]
fn nothing_is_put_back_but_what_the_log_means() {
    let disk = Simulated::default();
    let letters = Letters { v: 1, released: true, words: "come".to_owned(), people: 1 };
    let record = Verb::Letters(letters).run(plain(disk.clone())).unwrap_or_else(|_| panic!("nothing is in the way"));
    let before = disk.files()[LETTER].clone();
    for (file, bytes) in [(LETTER, &b"another letter"[..]), ("invitations/letters/00002.pdf", &before)] {
        let put = record.put_back(&Sealed::of_a_test(file, bytes));
        assert!(matches!(put, Err(Stop::Changed)), "{file}");
    }
    disk.take_away(LETTER);
    record.put_back(&Sealed::of_a_test(LETTER, &before)).expect("it is what was released");
    assert_eq!(disk.files()[LETTER], before);
}
