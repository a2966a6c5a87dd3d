//! What letters to a list cost: `cargo bench --bench batch`. Figures and how to read them are in `benches/README.md`.
//!
//! The program's allocator is not used here, so memory and a few per cent of time differ from `convenor invite`.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use convenor::Checked;
use convenor::batch::{Batch, List, Mapping, Options, Product, ReadBack, run, survey};
use divan::Bencher;
use divan::counter::ItemsCount;
use tempfile::TempDir;

fn main() {
    divan::main();
}

/// A list of shops, a row each, and the folder that it lies in.
fn list(rows: usize) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("there is room for files");
    let mut csv = "Name,Address line 1,Town,Postcode,Category\n".to_owned();
    for n in 1..=rows {
        writeln!(csv, "Ms Reader {n},{n} Dace Court,Marshgate,E20 9ZZ,business").expect("a string takes every text");
    }
    let file = folder.path().join("people.csv");
    std::fs::write(&file, csv).expect("there is room for files");
    (folder, file)
}

fn checked() -> Checked {
    convenor::check(convenor::example().expect("the example loads")).expect("the example is sound")
}

fn made(checked: &Checked, file: &Path, out: &Path, options: Options) {
    let list = List::open(file, &Mapping::default(), None).expect("it is a list");
    let batch = Batch::new(checked, &list, None, options).expect("the templates compile");
    let survey = survey(&batch, &mut |_| {}).expect("it is read to its end");
    let ended = run(&batch, &survey, out, &AtomicBool::new(false), &mut |_| {}).expect("the letters are made");
    assert!(ended.failed.is_empty());
}

fn letters(bencher: Bencher, count: usize, product: Product, read_back: ReadBack) {
    let checked = checked();
    let (folder, file) = list(count);
    let out = || tempfile::tempdir_in(folder.path()).expect("there is room for files");
    let options = || Options { make: BTreeSet::from([product]), read_back, ..Options::default() };
    bencher
        .counter(ItemsCount::new(count))
        .with_inputs(out)
        .bench_refs(|out| made(&checked, &file, out.path(), options()));
}

/// Rows read, judged and looked through for doubles, with the summary and without a letter.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 5)]
fn rows_looked_over(bencher: Bencher, count: usize) {
    let checked = checked();
    let (_folder, file) = list(count);
    bencher.counter(ItemsCount::new(count)).bench(|| {
        let list = List::open(&file, &Mapping::default(), None).expect("it is a list");
        let batch = Batch::new(&checked, &list, None, Options::default()).expect("the templates compile");
        survey(&batch, &mut |_| {}).expect("it is read to its end")
    });
}

/// Letters on all cores: words, layout, PDF/UA-1 and PDF/A-2a, every file read back, register and files.
#[divan::bench(args = [250, 1_000], sample_count = 5)]
fn letters_all_read_back(bencher: Bencher, count: usize) {
    letters(bencher, count, Product::Letters, ReadBack::Every);
}

/// The same with the words of every letter looked through, and a sample of the files read back.
#[divan::bench(args = [250, 1_000], sample_count = 5)]
fn letters_in_sample(bencher: Bencher, count: usize) {
    letters(bencher, count, Product::Letters, ReadBack::Sample);
}

/// Files for a duplex printer, with their covers.
#[divan::bench(args = [250, 1_000], sample_count = 5)]
fn print_run(bencher: Bencher, count: usize) {
    letters(bencher, count, Product::Print, ReadBack::Every);
}
