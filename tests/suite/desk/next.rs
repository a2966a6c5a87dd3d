//! The next conference, begun from the last by page.

use convenor::model::conference::Kind;

use crate::visit::{Page, Visit, words};

/// The labels of a page that have some words in them.
fn labels(page: &Page<'_>, part: &str) -> Vec<String> {
    let every = scraper::Selector::parse("label").expect("a selector");
    page.html.select(&every).map(words).filter(|label| label.contains(part)).collect()
}

#[test]
fn a_review_is_begun_once_it_is_said_again_who_comes_for_which_points() {
    let mut visit = Visit::to("marshgate");
    let before = visit.run.files("");
    let page = visit.conference("").follow("Begin the review of this conference");
    assert!(page.says().contains("9 actions, 9 of them still to be done"), "{}", page.says());
    let page = page.press("Begin it");
    assert_eq!(page.status, 422);
    let (came, out) = (labels(&page, " comes for points"), labels(&page, " is kept out of points"));
    assert!(!came.is_empty(), "{}", page.says());
    let says = page.says();
    for label in &came {
        let name = label.strip_suffix(" comes for points").expect("it is theirs");
        assert!(says.contains(&format!("Enter the points that {name} comes for, or “all”")), "{label}: {says}");
    }
    let page = page.fill(&came[0], "99").press("Begin it");
    assert_eq!((page.status, page.value(&came[0]).as_str()), (422, "99"), "there is no such point");
    assert_eq!(visit.run.files(""), before);
    let page = visit.conference("/next");
    let page = came.iter().fold(page, |page, label| page.fill(label, "1 and 2, 3"));
    let page = out.iter().fold(page, |page, label| page.fill(label, "none"));
    let page = page.press("Begin it");
    assert!(page.says().contains("The conference is started"), "{} {}", page.status, page.says());
    let new: Vec<String> = visit.run.files("").into_iter().filter(|file| !before.contains(file)).collect();
    assert_eq!(new, ["csc-2026-014-r1/conference.yaml"]);
    let outcome = visit.run.convenor(&["check", "@/csc-2026-014-r1/conference.yaml"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let next = convenor::load(visit.run.path(&new[0])).expect("it is sound").conference;
    assert_eq!((next.kind, next.to_fill_in.len()), (Kind::Review, 0));
    assert_eq!(next.previous.expect("it has one").reference, "CSC-2026-014");
    // A second of this name is not written over the first.
    let page = visit.open("/");
    let held = page.links().into_iter().filter(|link| link.contains("/c/")).collect::<Vec<_>>();
    assert!(held.len() >= 2, "{held:?}");
}

#[test]
fn the_last_conference_is_begun_likewise_and_a_faulty_one_comes_back_with_its_words() {
    let mut visit = Visit::to("northmere");
    let before = visit.run.files("");
    let page = visit.conference("/next").fill("Ends", "9am").fill("Reference", "王小明").press("Begin it");
    assert_eq!((page.status, page.value("Reference").as_str()), (422, "王小明"));
    assert!(page.says().contains("letters or digits of the alphabet"), "{}", page.says());
    let page = page.fill("Reference", "NM-2027-9").press("Begin it");
    assert_eq!((page.status, page.value("Ends").as_str()), (422, "9am"), "it ends before it begins: {}", page.says());
    let summary = scraper::Selector::parse("#summary a[href='#end'], #summary a[href='#start']").expect("a selector");
    assert!(page.html.select(&summary).next().is_some(), "{}", page.says());
    assert_eq!(visit.run.files(""), before);
    let page = visit.conference("/next").fill("Reference", "NM-2027-9").tick("The last one: it ends the plan");
    let page = page.press("Begin it");
    assert!(page.says().contains("The conference is started"), "{} {}", page.status, page.says());
    let last = convenor::load(visit.run.path("nm-2027-9/conference.yaml")).expect("it is sound").conference;
    assert_eq!((last.kind, last.reference.as_str()), (Kind::Closing, "NM-2027-9"));
    let again = visit.conference("/next").fill("Reference", "NM-2027-9").press("Begin it");
    assert_eq!(again.status, 422);
    assert!(again.says().contains("There is something of this name already"), "{}", again.says());
}
