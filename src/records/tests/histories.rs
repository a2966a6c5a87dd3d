//! Random histories: verbs in any order that fail at any step.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::simulated::{Fault, Simulated};
use super::verbs::{Due, Letters, Verb, day, due, made};
use super::walk::{Missing, plain, unsound};
use crate::gate::Hash;
use crate::records::event::{
    self, Begin, Channel, Dropped, End, Event, Lost, Made, Opened, Role, Sent, SetAside, SignedOff, Source, TookIn,
    Who, Withdrawn,
};
use crate::records::log::{self, LOG, Log, Tail};
use crate::records::names::Names;
use crate::records::ranges::Ranges;
use crate::records::reading::read;
use crate::records::register::registers;
use crate::records::state::PaperStatus;

const FILES: [&str; 4] = ["a/invitation-01.pdf", "a/invitation-02.pdf", "b/minutes.docx", "notice.txt"];

/// One thing that happens.
#[derive(Debug, Clone)]
enum Step {
    Done(Verb),
    Fails(Verb, usize, Fault, u64),
    /// A person saves a file, and a verb comes next.
    Edited(usize, Verb),
}

fn verb() -> impl Strategy<Value = Verb> {
    let paper = (0..FILES.len(), 0..3_u32, 1..3_u32);
    let papers = proptest::collection::btree_map(0..FILES.len(), paper, 1..4).prop_map(|all| {
        let one = |(file, (_, words, v)): (usize, (usize, u32, u32))| Due {
            v,
            ..due(FILES[file], &format!("words {words}"))
        };
        Verb::Build(all.into_iter().map(one).collect())
    });
    let letters = (1..3_u32, any::<bool>(), 0..2_u32).prop_map(|(v, released, words)| {
        Verb::Letters(Letters { v, released, words: format!("words {words}"), people: 3 })
    });
    let withdrawal = (0..2_u32, 0..2_usize).prop_map(|(no, file)| Verb::Withdraw(no, vec![FILES[file].to_owned()]));
    let note = (0..FILES.len()).prop_map(|file| Verb::Note(FILES[file].to_owned()));
    prop_oneof![4 => papers, 3 => Just(Verb::Release), 2 => letters, 1 => withdrawal, 1 => note]
}

fn step() -> impl Strategy<Value = Step> {
    let fault = prop_oneof![
        Just(Fault::Kill),
        Just(Fault::Full),
        Just(Fault::Refused),
        Just(Fault::Power),
        Just(Fault::PowerAnyOrder)
    ];
    prop_oneof![
        3 => verb().prop_map(Step::Done),
        4 => (verb(), 1..40_usize, fault, 0..100_u64).prop_map(|(verb, at, fault, seed)| Step::Fails(verb, at, fault, seed)),
        1 => (0..FILES.len(), verb()).prop_map(|(file, verb)| Step::Edited(file, verb)),
    ]
}

const MINE: &[u8] = b"what a person wrote";

/// Takes a step, and checks the invariants that hold after each.
fn take(disk: &Simulated, step: &Step) -> Result<(), TestCaseError> {
    let before = read(disk).expect("it can be read");
    let length = usize::try_from(before.log.length).expect("no log of a test is that long");
    let log_before = disk.files().get(LOG).map(|log| log[..length].to_vec()).unwrap_or_default();
    match step {
        Step::Done(verb) => {
            // A verb may be refused if a released run is open, or a letter of another version was released.
            if let Ok(record) = verb.run(plain(disk.clone())) {
                let replayed = read(disk).expect("it can be read");
                // The first line is written with those that follow: until then nothing is on the disk.
                if record.log().lines > 0 {
                    prop_assert_eq!(format!("{:?}", record.state()), format!("{:?}", replayed.state));
                }
                prop_assert_eq!(format!("{:?}", record.log()), format!("{:?}", replayed.log));
                let one = registers(record.state(), record.log(), &Names::default(), "d1");
                let other = registers(&replayed.state, &replayed.log, &Names::default(), "d1");
                prop_assert_eq!((one.csv, one.json), (other.csv, other.json));
                let faults: Vec<String> = unsound(disk, Missing::Letters).collect();
                prop_assert!(faults.is_empty(), "{:?}", faults);
            }
        }
        Step::Fails(verb, at, fault, seed) => {
            disk.fail(&[(*at, *fault)]);
            let _ = verb.run(plain(disk.clone()));
            disk.boot(*seed);
        }
        Step::Edited(file, verb) => {
            let original = disk.files().get(FILES[*file]).cloned();
            disk.save(FILES[*file], MINE);
            let _ = verb.run(plain(disk.clone()));
            prop_assert!(disk.files().values().any(|bytes| ***bytes == *MINE), "an edit is lost");
            // A file that was set aside in the meantime was the person's own, and is theirs to take back.
            let now = disk.files();
            let mine: Vec<&String> = now.iter().filter(|(_, bytes)| ***bytes == *MINE).map(|(at, _)| at).collect();
            for at in mine {
                match &original {
                    Some(bytes) => disk.save(at, bytes),
                    None => disk.take_away(at),
                }
            }
        }
    }
    let log_after = disk.files().get(LOG).cloned().unwrap_or_default();
    prop_assert!(log_after.starts_with(&log_before), "the log does not continue the one before");
    let after = read(disk).expect("it can be read");
    prop_assert!(!matches!(after.tail, Tail::Broken(_)), "{:?}", after.tail);
    Ok(())
}

/// The bytes of released papers that are where the record says.
fn released(disk: &Simulated) -> BTreeSet<Arc<Vec<u8>>> {
    let (state, files) = (read(disk).expect("it can be read").state, disk.files());
    let all = state.papers.values().filter(|paper| paper.status != PaperStatus::Draft);
    let there = all.filter_map(|paper| files.get(&paper.made.file).filter(|bytes| Hash::of(bytes) == paper.made.hash));
    there.cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_was_released_is_in_the_folder_whatever_happens(steps in proptest::collection::vec(step(), 1..10)) {
        let disk = Simulated::default();
        let mut ever: BTreeSet<Arc<Vec<u8>>> = BTreeSet::new();
        for step in &steps {
            ever.extend(released(&disk));
            take(&disk, step)?;
            let there: BTreeSet<Arc<Vec<u8>>> = disk.files().into_values().collect();
            let lost: Vec<String> =
                ever.iter().filter(|b| !there.contains(*b)).map(|b| String::from_utf8_lossy(&b[..40]).into_owned()).collect();
            prop_assert!(lost.is_empty(), "lost after {:?}: {:?}", step, lost);
        }
    }

    #[test]
    fn what_is_written_is_read_again(events in proptest::collection::vec(event(), 0..12)) {
        let mut log = Log::default();
        let bytes = log.write(&events);
        let contents = log::read(&bytes);
        prop_assert_eq!(contents.tail, Tail::Clean);
        prop_assert_eq!(&contents.events, &events);
        let mut again = Log::default();
        prop_assert_eq!(again.write(&contents.events), bytes);
        prop_assert_eq!(again.head, log.head);
    }
}

fn text() -> impl Strategy<Value = String> {
    // Quotes, brackets, text like the end of a line, and letters of other scripts.
    prop_oneof![
        "[ -~]{0,12}",
        "[äßñ→🦀\u{0}-\u{1f}\u{2028}]{0,4}",
        Just(",\"h\":\"".to_owned()),
        Just("\"}\n".to_owned())
    ]
}

fn ranges() -> impl Strategy<Value = Ranges> {
    proptest::collection::btree_set(1..60_u32, 0..9).prop_map(|all| Ranges::of(all.into_iter(), 1))
}

fn hash() -> impl Strategy<Value = Hash> {
    any::<[u8; 4]>().prop_map(|bytes| Hash::of(&bytes))
}

fn paper() -> impl Strategy<Value = Made> {
    let texts = (text(), text(), text(), proptest::option::of(text()), proptest::collection::vec(text(), 0..3));
    let numbers = (proptest::option::of(any::<u32>()), any::<u32>(), 0..3_u32, ranges());
    let hashes = (hash(), proptest::option::of(hash()), proptest::option::of(hash()), any::<bool>());
    (texts, numbers, hashes).prop_map(
        |((file, to, person, because, allowed), (no, v, pages, letters), (hash, over, draft, is_signed))| Made {
            no,
            to,
            v,
            pages,
            person,
            allowed,
            because,
            letters,
            over,
            draft,
            signed: is_signed.then(|| SignedOff { checker: "Ottoline Frayne".to_owned(), on: day(3) }),
            source: is_signed.then(Source::default),
            ..made(&file, hash)
        },
    )
}

fn event() -> impl Strategy<Value = Event> {
    let begin =
        (text(), proptest::option::of(any::<u32>()), proptest::option::of(text())).prop_map(|(data, of, because)| {
            let source = Source { data: data.clone(), ..Source::default() };
            let fields = [(data, "0f".to_owned())].into();
            Event::Begin(Box::new(Begin { of, source, because, fields, ..Begin::of(event::Verb::Build) }))
        });
    let aside = (text(), proptest::option::of(hash()), text())
        .prop_map(|(file, hash, kept)| Event::SetAside(SetAside { file, hash, kept, lost: false }));
    let withdrawn = (any::<u32>(), proptest::option::of(text())).prop_map(|(no, because)| {
        Event::Withdrawn(Withdrawn {
            who: Who { role: Role::Child, no },
            on: because.is_some().then(|| day(4)),
            because,
            by_data: no % 2 == 0,
        })
    });
    let lost = (text(), hash(), text(), proptest::option::of(text()))
        .prop_map(|(file, hash, because, by)| Event::Lost(Lost { file, hash, because, on: day(6), by }));
    let sent = (text(), ranges(), proptest::option::of(text())).prop_map(|(file, letters, by)| {
        Event::Sent(Sent { file, letters, v: None, hash: None, to: String::new(), how: Channel::Hand, on: day(5), by })
    });
    prop_oneof![
        paper().prop_map(|made| Event::Made(Box::new(made))),
        paper().prop_map(|made| Event::Released(Box::new(made))),
        begin,
        aside,
        withdrawn,
        lost,
        sent,
        (text(), hash()).prop_map(|(file, hash)| Event::Dropped(Dropped { file, hash })),
        (text(), hash()).prop_map(|(file, head)| Event::TookIn(TookIn {
            file,
            share: None,
            lines: 3,
            head,
            released: None
        })),
        (ranges(), proptest::collection::vec(text(), 0..2)).prop_map(|(failed, outdated)| Event::End(End {
            stale: Vec::new(),
            off: failed.clone(),
            failed,
            outdated,
            problems: None
        })),
        (text(), proptest::option::of(text())).prop_map(|(conference, share)| Event::Opened(Opened {
            format: 1,
            conference,
            share
        })),
    ]
}
