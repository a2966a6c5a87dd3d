//! Calendar entries and messages, judged line by line by their standards, and by programs of others where a machine has them.
//!
//! The judge shares nothing with the crates that write these files: it reads bytes, and holds the tables of RFC 5545 and
//! RFC 5546 itself. Python's own reader of messages and the package `icalendar` judge them once more (`.ci/run` installs it);
//! a machine without them passes, and says so. Outlook and Apple Mail were not asked.

mod calendar;
mod message;

use std::collections::BTreeMap;
use std::process::Command;

use crate::batch::{invite, people};
use crate::run::Run;

/// The calendar files and messages that the example, the councils of the fixtures and awkward people give, by name.
fn made() -> BTreeMap<String, Vec<u8>> {
    let awkward = format!(
        "{}\
         \"Ann \"\"Jo\"\" Lee; x:y, z\",,1 Mill Lane,,Marshgate,E20 9ZZ,o'neill+x@people.example,yes,residents,,\n\
         王小明,,2 Mill Lane,,Marshgate,E20 9ZY,wang@vermögen.example,yes,residents,large,\n\
         {} Lee,,3 Mill Lane,,Marshgate,E20 9ZX,long@people.example,yes,residents,,\n",
        people(4),
        "Æthelberta-Ångström ".repeat(6).trim()
    );
    let summer = |run: Run| {
        let earlier = [("2026-11-", "2026-07-"), ("2026-10-", "2026-05-"), ("2026-06-", "2026-03-")];
        let text = earlier.iter().fold(run.read("conference.yaml"), |text, (from, to)| text.replace(from, to));
        run.with("conference.yaml", text)
    };
    let runs = [
        ("example", Run::on_the_example()),
        ("summer", summer(Run::on_the_example())),
        ("kestrel-vale", Run::on_the_council("kestrel-vale")),
        ("northmere", Run::on_the_council("northmere")),
    ];
    let mut all = BTreeMap::new();
    for (name, run) in runs {
        let run = run.with("people.csv", awkward.as_bytes());
        let outcome = invite(&run, &["--make", "letters,emails,calendar"]);
        assert_eq!(outcome.code, 0, "{name}: {}", outcome.err);
        for file in run.files("out").into_iter().filter(|file| file.ends_with(".ics") || file.ends_with(".eml")) {
            let base = file.split("invitations/").nth(1).expect("it is a letter's").replace('/', "-");
            all.insert(format!("{name}-{base}"), run.bytes(&file));
        }
    }
    all
}

#[test]
fn calendar_entries_and_messages_are_as_their_standards_say() {
    let all = made();
    let (mut entries, mut messages) = (0, 0);
    for (name, data) in &all {
        if name.ends_with(".ics") {
            entries += 1;
            calendar::judge(name, data, calendar::Method::Publish);
        } else {
            messages += 1;
            let (to, request) = message::judge(name, data);
            calendar::judge(name, &request, calendar::Method::Request(&to));
        }
    }
    assert!(entries >= 8 && messages >= 16, "{entries} entries and {messages} messages");
    judged_by_others(&all);
}

/// Asks Python, where there is one.
#[expect(clippy::print_stderr, reason = "who runs the tests is told what was not judged")]
fn judged_by_others(all: &BTreeMap<String, Vec<u8>>) {
    let folder = Run::on_nothing();
    for (name, data) in all {
        std::fs::write(folder.path(name), data).expect("the tests may write");
    }
    let judge = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/standards/judge.py");
    match Command::new("python3").arg(judge).arg(folder.path("")).output() {
        Err(_) => eprintln!("not judged by Python: there is no `python3` on this machine"),
        Ok(judged) => {
            let said = String::from_utf8_lossy(&judged.stdout).into_owned() + &String::from_utf8_lossy(&judged.stderr);
            assert!(judged.status.success(), "{said}");
            assert!(said.contains(&format!("{} files judged", all.len())), "{said}");
            eprint!("{said}");
        }
    }
}
