//! Runs whose layout engine panics, which no data of a test makes it do.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::{Batch, Ended, Options, Product, run, survey};
use crate::check::check;
use crate::diag::{Report, codes};
use crate::input;
use crate::input::list::{List, Mapping};
use crate::render::pdf::faults::STUMBLES;

/// Three people, of whom the layout engine does not survive the second.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("the tests may write");
    for (name, data) in input::example_files() {
        std::fs::write(folder.path().join(name), data).expect("the tests may write");
    }
    let row = |n: usize, note: &str| format!("Ms Ann{n} Lee,{n} Mill Lane,Marshgate,E20 {n}ZZ,residents,{note}\n");
    let rows = [row(1, ""), row(2, STUMBLES), row(3, "")].concat();
    let list = format!("Name,Address line 1,Town,Postcode,Category,Note\n{rows}");
    std::fs::write(folder.path().join("people.csv"), list).expect("the tests may write");
    folder
}

fn made(folder: &Path, options: Options) -> Result<Ended, Report> {
    let checked = check(input::load(folder.join("conference.yaml")).expect("it loads")).expect("it is sound");
    let list = List::open(&folder.join("people.csv"), &Mapping::default(), None).expect("it opens");
    let batch = Batch::new(&checked, &list, None, options).expect("the templates compile");
    let survey = survey(&batch, &mut |_| {}).expect("one that cannot be laid out does not stop the survey");
    run(&batch, &survey, &folder.join("out"), &AtomicBool::new(false), &mut |_| {})
}

#[test]
fn a_letter_over_which_the_layout_engine_stumbles_stops_none_of_the_others() {
    for make in [&[Product::Letters][..], &[Product::Print], &[Product::Labels], &[Product::Letters, Product::Zip]] {
        let folder = folder();
        let options = Options { make: make.iter().copied().collect(), jobs: 1, ..Options::default() };
        let ended = made(folder.path(), options).expect("the run goes on");
        // Labels alone lay out no letter.
        let expected: &[u32] = if make == [Product::Labels] { &[] } else { &[2] };
        let failed: Vec<u32> = ended.failed.iter().map(|(listed, _)| listed.number).collect();
        assert_eq!(failed, expected, "{make:?}");
        for (_, report) in &ended.failed {
            let [fault] = &report.diagnostics[..] else { panic!("{report}") };
            assert_eq!(fault.code, codes::LAYOUT_FAILED);
            assert_eq!(fault.message, "the layout engine failed on this letter");
            let hint = fault.hint.as_ref().expect("it says what to do").to_string();
            assert_eq!(hint, "look for something unusual in its row, such as a very long text");
        }
        assert!(ended.files > 0, "{make:?}");
        let letters = folder.path().join("out/CSC-2026-014/invitations/community/letters");
        let names: BTreeSet<String> = std::fs::read_dir(letters)
            .into_iter()
            .flatten()
            .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
            .collect();
        if make.contains(&Product::Letters) {
            assert_eq!(
                names.iter().map(String::as_str).collect::<Vec<_>>(),
                ["invitation-00001-ms-ann1-lee.pdf", "invitation-00003-ms-ann3-lee.pdf"]
            );
        }
    }
}

#[test]
fn all_or_nothing_makes_nothing_if_the_layout_engine_stumbles() {
    let folder = folder();
    let options = Options { make: BTreeSet::from([Product::Letters]), all_or_nothing: true, ..Options::default() };
    let report = made(folder.path(), options).expect_err("a letter cannot be made");
    let codes: Vec<_> = report.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [codes::LAYOUT_FAILED, codes::BAD_ROWS]);
    let said = report.to_string();
    assert!(said.contains("in the letter to row 3 of the list") && !said.contains("Ann2"), "{said}");
    assert!(!folder.path().join("out/CSC-2026-014/invitations/community").exists());
}
