//! A log that was changed by hand: each change is found in its line and with its cause.

use std::sync::Arc;

use super::crashes::papers;
use super::simulated::Simulated;
use super::verbs::{Verb, due};
use super::walk::plain;
use crate::records::log::{self, LOG, LineFault, LineFaultKind, Tail};

/// A log of some thirty lines.
fn sound() -> Vec<u8> {
    let chapters = papers();
    let bytes = chapters[3].before.files()[LOG].to_vec();
    assert_eq!(log::read(&bytes).tail, Tail::Clean);
    bytes
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n').collect()
}

fn fault(bytes: &[u8]) -> Option<(u32, LineFaultKind)> {
    match log::read(bytes).tail {
        Tail::Broken(LineFault { line, kind }) => Some((line, kind)),
        Tail::Clean | Tail::Torn => None,
    }
}

#[test]
fn a_bit_that_was_flipped_anywhere_is_found_at_its_line() {
    let sound = sound();
    let last = sound.len() - 1;
    let mut line = 1;
    for at in 0..sound.len() {
        let mut changed = sound.clone();
        changed[at] ^= 1 << (at % 8);
        let contents = log::read(&changed);
        match contents.tail {
            Tail::Broken(fault) => assert_eq!(fault.line, line, "byte {at}"),
            // Without its end, the last line looks like one that a crash has cut off.
            Tail::Torn => assert_eq!(at, last),
            Tail::Clean => panic!("byte {at} makes no difference"),
        }
        assert_eq!(contents.events.len() + 1, line as usize, "byte {at}");
        line += u32::from(sound[at] == b'\n');
    }
    assert!(line > 25, "{line}");
}

#[test]
fn a_zero_that_no_crash_has_left_takes_no_line_with_it() {
    let sound = sound();
    for at in (0..sound.len()).step_by(97) {
        let mut changed = sound.clone();
        changed[at] = 0;
        let line = 1 + u32::try_from(ended_lines(&sound[..at])).expect("few lines");
        assert_eq!(fault(&changed), Some((line, LineFaultKind::Edited)), "byte {at}");
    }
}

#[test]
fn a_line_that_is_missing_doubled_moved_or_from_elsewhere_is_found_with_its_cause() {
    let sound = sound();
    let all = lines(&sound);
    let other = Simulated::default();
    Verb::Build(vec![due("public/notice.pdf", "another conference")])
        .run(plain(other.clone()))
        .expect("it can be built");
    let elsewhere = other.files()[LOG].clone();
    for at in 0..all.len() - 1 {
        let line = u32::try_from(at + 1).expect("few lines");
        let mut missing = all.clone();
        missing.remove(at);
        assert_eq!(fault(&missing.concat()), Some((line, LineFaultKind::Gap)), "without line {line}");
        let mut doubled = all.clone();
        doubled.insert(at, all[at]);
        assert_eq!(fault(&doubled.concat()), Some((line + 1, LineFaultKind::Stray)), "line {line} twice");
        let mut swapped = all.clone();
        swapped.swap(at, at + 1);
        assert_eq!(fault(&swapped.concat()), Some((line, LineFaultKind::Gap)), "lines {line} and the next");
    }
    let foreign = lines(&elsewhere);
    let mut mixed = all.clone();
    mixed[3] = foreign[3];
    assert_eq!(fault(&mixed.concat()), Some((4, LineFaultKind::Edited)));
    let mut inserted = all.clone();
    inserted.insert(9, foreign[2]);
    assert_eq!(fault(&inserted.concat()), Some((10, LineFaultKind::Stray)));
}

#[test]
fn a_log_that_an_editor_has_saved_is_found_with_its_cause() {
    let sound = sound();
    let text = String::from_utf8(sound.clone()).expect("it is text");
    assert_eq!(fault(text.replace('\n', "\r\n").as_bytes()), Some((1, LineFaultKind::Resaved)));
    assert_eq!(fault(format!("\u{FEFF}{text}").as_bytes()), Some((1, LineFaultKind::Resaved)));
    let all = lines(&sound);
    let mut one = all.iter().map(|line| line.to_vec()).collect::<Vec<_>>();
    one[6] = [all[6].strip_suffix(b"\n").expect("a line has an end"), b"\r\n"].concat();
    assert_eq!(fault(&one.concat()), Some((7, LineFaultKind::Resaved)));
    // The hash is right but the form is not: a newer program wrote it.
    let newer = text.replacen("\"k\":\"opened\"", "\"k\":\"opened-otherwise\"", 1);
    assert_eq!(fault(newer.as_bytes()), Some((1, LineFaultKind::Edited)));
}

#[test]
fn a_log_that_was_cut_anywhere_is_read_up_to_there() {
    let sound = Arc::new(sound());
    for at in (0..sound.len()).step_by(53) {
        let contents = log::read(&sound[..at]);
        assert!(!matches!(contents.tail, Tail::Broken(_)), "{at} bytes");
        assert_eq!(contents.events.len(), ended_lines(&sound[..at]));
    }
}

fn ended_lines(data: &[u8]) -> usize {
    data.split(|byte| *byte == b'\n').count() - 1
}
