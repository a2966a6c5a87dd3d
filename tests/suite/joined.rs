//! One PDF for each audience, of the papers that everybody in it has: `--join`.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::run::{Run, page_texts, squeezed};

const FOLDER: &str = "out/CSC-2026-014";

fn joined(run: &Run, audience: &str) -> Vec<u8> {
    run.bytes(&format!("{FOLDER}/{audience}/pack-{audience}.pdf"))
}

/// An entry of a list of headings: how deep it is, its words, and the page that it leads to, from 1.
type Entry = (usize, String, u32);

fn outline(data: &[u8]) -> Vec<Entry> {
    let pdf = Document::load_mem(data).expect("it is a PDF");
    let pages: BTreeMap<ObjectId, u32> = pdf.get_pages().into_iter().map(|(number, id)| (id, number)).collect();
    let catalog = pdf.catalog().expect("it has a catalogue");
    let outlines = dictionary(&pdf, catalog.get(b"Outlines").expect("it has headings"));
    let mut entries = Vec::new();
    collect(&pdf, &pages, outlines, 0, &mut entries);
    entries
}

fn dictionary<'d>(pdf: &'d Document, object: &'d Object) -> &'d Dictionary {
    pdf.dereference(object).expect("it is there").1.as_dict().expect("it is a dictionary")
}

fn collect(pdf: &Document, pages: &BTreeMap<ObjectId, u32>, within: &Dictionary, depth: usize, to: &mut Vec<Entry>) {
    let mut next = within.get(b"First").ok();
    while let Some(entry) = next {
        let entry = dictionary(pdf, entry);
        let title = lopdf::decode_text_string(entry.get(b"Title").expect("an entry has words")).expect("it is text");
        let there = entry.get(b"Dest").or_else(|_| dictionary(pdf, entry.get(b"A").expect("it leads")).get(b"D"));
        let (_, there) = pdf.dereference(there.expect("it leads somewhere")).expect("it is there");
        let page = there.as_array().expect("a place")[0].as_reference().expect("a page");
        to.push((depth, title, pages[&page]));
        collect(pdf, pages, entry, depth + 1, to);
        next = entry.get(b"Next").ok();
    }
}

#[test]
fn a_joined_file_has_every_paper_of_its_audience_in_order_with_its_headings_beneath_it() {
    let run = Run::on_the_example();
    run.build(&["--join", "--only", "agenda,terms,plan,summary", "--to", "pdf"]);
    let papers: Vec<Vec<u8>> =
        ["agenda", "terms", "plan"].map(|name| run.bytes(&format!("{FOLDER}/community/{name}.pdf"))).into();
    let whole = joined(&run, "community");
    let pages: Vec<String> = papers.iter().flat_map(|paper| page_texts(paper, false)).map(|it| squeezed(&it)).collect();
    let there: Vec<String> = page_texts(&whole, false).iter().map(|text| squeezed(text)).collect();
    assert_eq!(there, pages, "every page is as it is in its own paper");
    let mut expected: Vec<Entry> = Vec::new();
    let mut before = 0;
    for paper in &papers {
        expected.extend(outline(paper).into_iter().map(|(depth, title, page)| (depth, title, page + before)));
        before += u32::try_from(page_texts(paper, false).len()).expect("a paper has few pages");
    }
    let found = outline(&whole);
    assert_eq!(found, expected);
    assert_eq!(found.iter().filter(|(depth, ..)| *depth == 0).count(), 3, "an entry for each paper: {found:?}");
    // PDF/UA-1 §7.1: it is tagged, says so, and has a title that is shown.
    let pdf = Document::load_mem(&whole).expect("it is a PDF");
    let catalog = pdf.catalog().expect("it has a catalogue");
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"MarkInfo") && catalog.has(b"Lang"));
    let structure = |data: &[u8]| {
        let pdf = Document::load_mem(data).expect("it is a PDF");
        let kind = |object: &Object| object.as_dict().ok()?.get(b"S").ok()?.as_name().ok().map(<[u8]>::to_vec);
        let mut kinds: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        pdf.objects.values().filter_map(kind).for_each(|kind| *kinds.entry(kind).or_default() += 1);
        kinds
    };
    let mut all: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    papers.iter().flat_map(|paper| structure(paper)).for_each(|(kind, count)| *all.entry(kind).or_default() += count);
    let tags = structure(&whole);
    for kind in [&b"H1"[..], b"H2", b"P", b"Table", b"TH", b"TD", b"Figure", b"L", b"LI", b"Link"] {
        assert_eq!(tags.get(kind), all.get(kind), "{}", String::from_utf8_lossy(kind));
    }
    assert!(
        !run.files(FOLDER).iter().any(|file| file.contains("chair/pack")),
        "what the chair alone has is not joined"
    );
    assert_eq!(run.convenor(&["verify", "@/out/CSC-2026-014"]).code, 0);
}

#[test]
fn a_joined_file_is_the_same_twice_and_is_not_made_unasked() {
    let made = |more: &[&str]| {
        let run = Run::on_the_example();
        run.build(&[&["--only", "agenda,terms"], more].concat());
        run
    };
    assert_eq!(joined(&made(&["--join"]), "community"), joined(&made(&["--join"]), "community"));
    assert!(made(&[]).files(FOLDER).iter().all(|file| !file.contains("pack-")));
}

#[test]
fn a_joined_file_is_checked_released_and_recorded_as_a_paper_and_proved_later() {
    let run = Run::on_the_example();
    run.build(&["--join", "--only", "agenda,terms,minutes"]);
    let mark = |data: &[u8]| page_texts(data, true).iter().filter(|text| squeezed(text).contains("DRAFT")).count();
    let drafts = mark(&joined(&run, "professional"));
    assert!(drafts > 5, "every page bears the mark");
    let release = ["release", "@/out/CSC-2026-014", "--checked-by", "Priya Raman", "--on", "2026-11-27"];
    let outcome = run.convenor(&release);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let left = mark(&joined(&run, "professional"));
    assert!(0 < left && left < drafts, "minutes stay a draft until the chair approves them: {left} of {drafts}");
    let register = run.read(&format!("{FOLDER}/register.csv"));
    assert!(register.contains("professional/pack-professional.pdf"), "{register}");
    let verified = run.convenor(&["verify", "@/out/CSC-2026-014"]);
    assert!(verified.code == 0 && !verified.err.contains("released-differs"), "{}", verified.err);
    let sent = run.convenor(&["sent", "@/out/CSC-2026-014", "--paper", "pack", "--on", "2026-11-28", "--how", "hand"]);
    assert_eq!(sent.code, 0, "{}", sent.err);
    let record = run.convenor(&["record", "@/out/CSC-2026-014"]);
    assert!(record.out.contains("pack"), "{}", record.out);
}

#[test]
fn a_joined_draft_that_the_data_gives_no_more_is_not_released() {
    let run = Run::on_the_example();
    run.build(&["--join", "--only", "agenda,terms"]);
    let set = run.convenor(&["set", "@/conference.yaml", "meeting.start=13:45"]);
    assert_eq!(set.code, 0, "{}", set.err);
    run.build(&["--only", "agenda,terms"]);
    let release = ["release", "@/out/CSC-2026-014", "--checked-by", "Priya Raman", "--on", "2026-11-10"];
    let outcome = run.convenor(&release);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("pack-community.pdf") && outcome.err.contains("`--join`"), "{}", outcome.err);
    run.build(&["--join", "--only", "agenda,terms"]);
    let outcome = run.convenor(&release);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
}
