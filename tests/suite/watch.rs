//! `watch` as somebody leaves it running: beside its own log, in the folder of the conference.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::run::{PROGRAM, Run};

/// The program as it watches, with all that it says in `watch.log` beside the conference. It ends with the test.
struct Watching(Child);

impl Watching {
    fn on(run: &Run, conference: &str) -> Self {
        let log = std::fs::File::create(run.path("watch.log")).expect("the tests may write");
        let watch = ["watch", conference, "--only", "terms", "--to", "txt", "-o", "out"];
        let mut program = Command::new(PROGRAM);
        let program = program.args(watch).current_dir(run.path("")).stdin(Stdio::null());
        let both = log.try_clone().expect("a file has more than one handle");
        Self(program.stdout(log).stderr(both).spawn().expect("the program runs"))
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.0.kill().expect("it is our own");
        self.0.wait().expect("it is our own");
    }
}

/// Waits until the log says something so many times; what it says then.
#[expect(clippy::disallowed_methods, reason = "it waits for another process")]
fn wait_for(run: &Run, what: &str, times: usize) -> String {
    for _ in 0..600 {
        let log = run.read("watch.log");
        if log.matches(what).count() >= times {
            return log;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("it never said `{what}` {times} times: {}", run.read("watch.log"));
}

/// As long as ten looks take.
#[expect(clippy::disallowed_methods, reason = "it waits for another process to do nothing")]
fn a_while() {
    std::thread::sleep(Duration::from_millis(500));
}

#[test]
fn watch_rests_while_its_own_log_and_other_files_beside_the_conference_change() {
    for conference in ["conference.yaml", "./conference.yaml"] {
        let run = Run::on_the_example().with("templates/terms.md", "{% extends \"base/terms.md\" %}\n");
        let _watching = Watching::on(&run, conference);
        wait_for(&run, "Watching for changes.", 1);
        let run = run.with("notes.txt", "to do").with("out/kept.txt", "kept").with("templates/notes.log", "x");
        a_while();
        let log = run.read("watch.log");
        assert!(!log.contains("Changed"), "{log}");
        let run = run.edit("conference.yaml", "version: 1", "version: 2");
        let log = wait_for(&run, "Watching for changes.", 2);
        assert!(log.contains("\nChanged: conference.yaml\n"), "{log}");
        a_while();
        let log = run.read("watch.log");
        assert_eq!(log.matches("Changed").count(), 1, "{log}");
    }
}
