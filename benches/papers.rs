//! What the papers cost: `cargo bench`. Figures and how to read them are in `benches/README.md`.
//!
//! Every letter differs from the one before in name, address and reference, or the layout engine would only remember.

use std::sync::atomic::{AtomicUsize, Ordering};

use convenor::doc::{Block, Document, Inline};
use convenor::measured::Stages;
use convenor::{Checked, OwnThemes, Request};
use divan::{Bencher, black_box};

mod bare;

fn main() {
    divan::main();
}

fn checked() -> Checked {
    convenor::check(convenor::example().expect("the example loads")).expect("the example is sound")
}

/// The letter to a business, as a tree.
fn letter(press: &Stages<'_>) -> Document {
    press.words("invitation", black_box(BUSINESS)).expect("the example makes letters")
}

/// The same letter to somebody else.
fn to_another(mut document: Document) -> Document {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    document.meta.reference = format!("CSC-2026-014/{n}");
    document.meta.foot = format!("Invitation · CSC-2026-014/{n} · version 1");
    document.meta.address[0] = format!("Ms Reader {n}");
    for block in &mut document.blocks {
        if let Block::Paragraph { c } = block
            && let [Inline::Text(text)] = c.as_mut_slice()
            && text.starts_with("Dear ")
        {
            *text = format!("Dear Ms Reader {n}");
        }
    }
    document
}

/// The position of a business's letter of two pages.
const BUSINESS: usize = 11;

/// Reading the example and applying every rule.
#[divan::bench]
fn check(bencher: Bencher) {
    bencher.bench(checked);
}

/// The words of one letter: view, Tera, Markdown, tree.
#[divan::bench]
fn words_of_one_letter(bencher: Bencher) {
    let checked = checked();
    let press = Stages::new(&checked).expect("the templates compile");
    bencher.bench(|| letter(&press));
}

/// One letter with nothing remembered: templates compiled, theme read, every cache empty.
#[divan::bench(sample_count = 20)]
fn one_pdf_cold(bencher: Bencher) {
    let checked = checked();
    bencher.with_inputs(|| typst::comemo::evict(0)).bench_values(|()| {
        let press = Stages::new(&checked).expect("the templates compile");
        press.pdf(&letter(&press)).expect("the letter is sound")
    });
}

/// One letter after many: words, layout, PDF/UA-1 and PDF/A-2a.
#[divan::bench(sample_count = 200)]
fn one_letter_warm(bencher: Bencher) {
    let checked = checked();
    let press = Stages::new(&checked).expect("the templates compile");
    for _ in 0..20 {
        press.pdf(&to_another(letter(&press))).expect("the letter is sound");
    }
    bencher.bench(|| press.pdf(&to_another(letter(&press))).expect("the letter is sound"));
}

/// The same two pages by hand in Typst, compiled and exported without any of this program: what the last one is held against.
#[divan::bench(sample_count = 200)]
fn one_letter_by_bare_typst(bencher: Bencher) {
    let world = bare::World::new();
    for n in 0..20 {
        bare::letter(&world, n);
    }
    let next = AtomicUsize::new(20);
    bencher.bench(|| bare::letter(&world, next.fetch_add(1, Ordering::Relaxed)));
}

/// Every paper of the example as PDF, from loaded data to bytes in memory, on all cores, with warm caches.
#[divan::bench(sample_count = 10)]
fn the_pack(bencher: Bencher) {
    let checked = checked();
    bencher.bench(|| convenor::build(&checked, &Request::default()).expect("the example builds"));
}

/// What the gate has of it: every file of the pack read back, on one core.
#[divan::bench(sample_count = 20)]
fn the_gate(bencher: Bencher) {
    let checked = checked();
    let pack = convenor::build(&checked, &Request::default()).expect("the example builds");
    let press = Stages::new(&checked).expect("the templates compile");
    bencher.bench(|| assert_eq!(press.read_back(&pack.files).expect("they are sound"), pack.files.len()));
}

/// What the gate has to learn before the first file: who may read what, and what to look for.
#[divan::bench(sample_count = 20)]
fn the_gate_before_the_first_file(bencher: Bencher) {
    let checked = checked();
    bencher.bench(|| Stages::new(&checked).expect("the templates compile"));
}

/// The same with nothing remembered, as a single run of the program has it.
#[divan::bench(sample_count = 10)]
fn the_pack_cold(bencher: Bencher) {
    bencher.with_inputs(|| typst::comemo::evict(0)).bench_values(|()| {
        let checked = checked();
        convenor::build(&checked, &Request::default()).expect("the example builds")
    });
}

/// Every paper of one council and of many, one after the other in one process, each with a template and a look of its own: how the
/// cost grows. Memory is measured from outside: `benches/README.md`.
#[divan::bench(args = [1, 3, 11, 33], sample_count = 3, sample_size = 1)]
fn every_paper_of_councils(bencher: Bencher, councils: usize) {
    let folder = tempfile::tempdir().expect("there is room for files");
    let files: Vec<_> = (0..councils).map(|n| council(folder.path(), n)).collect();
    bencher.bench(|| {
        for file in &files {
            // The theme is one of the lines below, so it may run here; the program would run it in another process.
            let loaded = convenor::load(file).map(|loaded| loaded.with_own_themes(OwnThemes::Here));
            let checked = loaded.and_then(convenor::check).expect("the example is sound");
            black_box(convenor::build(&checked, &Request::default()).expect("the example builds"));
        }
    });
}

/// The example as the conference of a council of its own; the path of its file.
fn council(folder: &std::path::Path, n: usize) -> std::path::PathBuf {
    let folder = folder.join(format!("council-{n}"));
    std::fs::create_dir_all(folder.join("templates/theme")).expect("there is room for files");
    let write = |name: &str, data: &[u8]| std::fs::write(folder.join(name), data).expect("there is room for files");
    for (name, data) in convenor::example_files() {
        let own =
            String::from_utf8(data).expect("the example is text").replace("id: marshgate", &format!("id: council-{n}"));
        write(&name, own.as_bytes());
    }
    let terms =
        format!("{{% extends \"base/terms.md\" %}}{{% block scope %}}## 2. Scope of council {n}{{% endblock %}}");
    write("templates/terms.md", terms.as_bytes());
    write("templates/theme/brand.typ", b"#import \"/base/theme/brand.typ\": *\n#let letterhead = none\n");
    folder.join("conference.yaml")
}
