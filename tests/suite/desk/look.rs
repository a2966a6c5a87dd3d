//! The look and the words of a council, and what its officer has settled of the law.

use crate::run::Run;
use crate::visit::Visit;

#[test]
fn the_look_of_the_council_and_whose_words_its_papers_have_are_shown_with_the_file_that_changes_them() {
    let mut visit = Visit::to("northmere");
    let page = visit.conference("/papers").follow("Look and wording");
    let says = page.says();
    let colour = visit.run.read("borough.yaml");
    let colour = colour.split("colour: ").nth(1).and_then(|rest| rest.split('#').nth(1)).map(|rest| &rest[..6]);
    let colour = colour.expect("it has one").to_owned();
    assert!(says.contains(&colour) && says.contains("borough.yaml"), "{says}");
    assert!(says.contains("of your own") && says.contains("As delivered"), "{says}");
    let page = visit.conference("/look").follow("Invitation");
    let says = page.says();
    assert!(says.contains("Its blocks, in their order") && says.contains("A paper with these words"), "{says}");
    let nowhere = visit.of("/look/nothing");
    assert_eq!(visit.get(&nowhere).status, 404);
    let nowhere = visit.of("/look/..%2fborough");
    assert!([400, 404].contains(&visit.get(&nowhere).status));
}

#[test]
fn words_of_ours_that_moved_since_the_council_changed_them_are_shown_beside_theirs() {
    let run = Run::on_the_example();
    let done = run.convenor(&["templates", "eject", "terms", "--block", "scope", "--borough", "@/"]);
    assert_eq!(done.code, 0, "{}", done.err);
    // Theirs says something of its own, and ours was another when it was taken.
    let run = run.edit("templates/terms.md", "## 2. Scope", "## 2. Reach").edit(
        "templates/.ejected.json",
        "It does not investigate crimes.",
        "It does not look into crimes.",
    );
    let mut visit = Visit::at(run).seated("Tom Hallam");
    let page = visit.conference("/look");
    assert!(page.says().contains("Our words have moved since yours were made from them: 1 place"), "{}", page.says());
    let says = visit.conference("/look/terms").says();
    for part in ["Ours, as it was", "look into crimes", "Ours, as it is", "investigate crimes", "Yours", "2. Reach"] {
        assert!(says.contains(part), "{part}: {says}");
    }
}

#[test]
fn what_the_officer_has_to_settle_and_has_settled_is_shown() {
    let mut visit = Visit::to("marshgate");
    let says = visit.conference("/look").says();
    assert!(says.contains("The law that agreements print"), "{says}");
    let council = convenor::load(visit.run.path("conference.yaml")).expect("it is sound").borough;
    for decided in council.legal.confirmed.values() {
        assert!(says.contains(&decided.by), "{}: {says}", decided.by);
    }
    let run = Run::on_nothing();
    let mut visit = Visit::at(run).seated("Tom Hallam");
    super::begun::begun(&mut visit, &mut super::begun::Count::default());
    let says = visit.conference("/look").says();
    assert!(says.contains("to be settled by your data protection officer") && says.contains("To be settled"), "{says}");
}

#[test]
fn every_format_is_offered_and_made_where_it_is_ticked() {
    use convenor::model::artefact::Format;
    let mut visit = Visit::to("marshgate");
    let page = visit.conference("/make");
    for format in Format::ALL {
        let path = scraper::Selector::parse(&format!("input[name=formats][value={}]", format.extension()));
        assert_eq!(page.html.select(&path.expect("a selector")).count(), 1, "{}", page.says());
    }
    let page = page.set("formats", "html").press("Make the drafts");
    assert_eq!(page.status, 200, "{}", page.says());
    let says = visit.made().says();
    assert!(says.contains("It is done"), "{says}");
    let files = visit.run.files("out");
    assert!(files.iter().any(|file| file.ends_with("guidance.html")), "{files:#?}");
    let page = visit.conference("/papers").follow("Guidance");
    let link = page.links().into_iter().find(|link| link.contains("/file/")).expect("it has a copy");
    let file = visit.get(&link);
    assert_eq!((file.status, file.headers["content-type"].as_str()), (200, "text/html; charset=utf-8"));
    assert!(
        file.headers["content-disposition"].starts_with("attachment"),
        "it is shown nowhere on the desk's own address"
    );
}
