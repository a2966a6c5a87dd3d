//! The programs in `examples/`, run as they are. They are a part of this binary, so that Typst is linked once.

use std::sync::atomic::AtomicBool;

use crate::run::Run;

#[path = "../../examples/batch_with_progress.rs"]
#[expect(dead_code, reason = "its `main` is for `cargo run --example`")]
mod batch_with_progress;
#[path = "../../examples/papers_in_memory.rs"]
#[expect(dead_code, reason = "its `main` is for `cargo run --example`")]
mod papers_in_memory;

#[test]
fn papers_are_made_in_memory_and_told_without_a_name() {
    let mut said = Vec::new();
    let files = papers_in_memory::example(&mut said).unwrap_or_else(|report| panic!("{report}"));
    let said = String::from_utf8(said).expect("text");
    assert!(files > 20, "{files}");
    assert_eq!(said.lines().count(), files);
    assert!(said.lines().all(|line| line.starts_with("invitation ") || line.starts_with("terms ")), "{said}");
}

#[test]
fn a_batch_tells_its_progress_stops_when_it_is_told_to_and_goes_on() {
    let run = Run::on_nothing();
    let mut said = Vec::new();
    let stopped = batch_with_progress::example(&run.path(""), &AtomicBool::new(true), &mut said);
    assert_eq!(stopped.expect_err("it was told to stop").diagnostics[0].code.id, "stopped");
    let mut said = Vec::new();
    let letters = batch_with_progress::example(&run.path(""), &AtomicBool::new(false), &mut said);
    let letters = letters.unwrap_or_else(|report| panic!("{report}"));
    let said = String::from_utf8(said).expect("text");
    let pdfs = run.files("out").into_iter().filter(|file| file.ends_with(".pdf")).count();
    assert!(letters > 0 && pdfs == letters as usize, "{said}");
    assert!(said.contains(&format!("{letters} of {letters} letters\n")), "{said}");
}
