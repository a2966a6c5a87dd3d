//! Conferences that are only read at the desk: a workbook, and a folder that may not be written.

use std::fs::{Permissions, set_permissions};

use super::plan::released;
use crate::run::Run;
use crate::visit::Visit;

const BOOK: &str = "conference.xlsx";

/// The pages with a form over the file.
const FORMS: [&str; 14] = [
    "/meeting",
    "/meeting/cancel",
    "/people/1/edit",
    "/people/new",
    "/people/uninvited",
    "/attendance",
    "/organisations",
    "/organisations/1",
    "/minutes/1",
    "/minutes/approval",
    "/decisions",
    "/decisions/0",
    "/goals",
    "/goals/1/actions/0",
];

fn workbook() -> Run {
    let run = Run::on_the_example();
    let done = run.convenor(&["convert", "@/conference.yaml", "@/conference.xlsx"]);
    assert_eq!(done.code, 0, "{}", done.err);
    std::fs::remove_file(run.path("conference.yaml")).expect("the tests may write");
    run
}

fn forms_to(visit: &mut Visit, path: &str) -> usize {
    let every = scraper::Selector::parse("form").expect("a selector");
    let page = visit.conference(path);
    assert_eq!(page.status, 200, "{path}: {}", page.says());
    let here = page.path.clone();
    page.html.select(&every).filter(|form| form.value().attr("action") == Some(here.as_str())).count()
}

#[test]
fn a_workbook_is_shown_says_where_each_thing_is_changed_and_is_written_by_nobody() {
    let mut visit = Visit::at(workbook()).seated("Tom Hallam");
    let before = visit.run.bytes(BOOK);
    for path in FORMS {
        assert_eq!(forms_to(&mut visit, path), 0, "{path}");
        let says = visit.conference(path).says();
        assert!(says.contains("This conference is a workbook: change this in conference.xlsx"), "{path}: {says}");
    }
    let says = visit.conference("/meeting").says();
    assert!(says.contains("Day: sheet “") && says.contains(", cell "), "{says}");
    let says = visit.conference("/people/14/edit").says();
    assert!(says.contains("change this in conference.xlsx, sheet “People”, cell "), "{says}");
    // A form that somebody kept from before writes nothing.
    let token = visit.open("/who").form("This is me").1;
    let mut fields: Vec<(String, String)> = token.into_iter().filter(|(name, _)| name == "token").collect();
    fields.push(("venue".to_owned(), "The Boathouse".to_owned()));
    let path = visit.of("/meeting");
    assert_eq!(visit.post(&path, &fields).status, 422);
    let path = visit.of("/undo");
    let _ = visit.post(&path, &fields);
    assert_eq!(visit.run.bytes(BOOK), before);
}

#[test]
fn the_papers_of_a_workbook_are_made_shown_checked_and_released_and_its_review_is_a_workbook() {
    let mut visit = Visit::at(workbook()).seated("Tom Hallam");
    visit.conference("/make").press("Make the drafts");
    let says = visit.made().says();
    assert!(says.contains("It is done"), "{says}");
    assert!(visit.conference("/papers").follow("Guidance").says().contains("As they read it"));
    released(&mut visit, "guidance");
    assert!(visit.conference("/send/guidance").says().contains("Checked by Ruth Penhaligon"));
    let page = visit.conference("/next");
    let labels: Vec<String> = {
        let every = scraper::Selector::parse("label").expect("a selector");
        page.html.select(&every).map(crate::visit::words).collect()
    };
    let page = labels
        .iter()
        .filter(|label| label.contains("comes for points"))
        .fold(page, |page, label| page.fill(label, "all"));
    let page =
        labels.iter().filter(|label| label.contains("kept out")).fold(page, |page, label| page.fill(label, "none"));
    let page = ["is-online", "is-period", "is-contingency"].into_iter().fold(page, |page, name| page.set(name, "same"));
    let page = page.press("Begin it");
    assert!(page.says().contains("The conference is started"), "{} {}", page.status, page.says());
    assert!(visit.run.files("").iter().any(|file| file == "csc-2026-014-r1/conference.xlsx"));
}

#[test]
fn a_file_that_may_not_be_written_is_only_read_and_says_so_on_every_page_that_would_change_it() {
    let mut visit = Visit::to("marshgate");
    let file = visit.run.path("conference.yaml");
    let (before, usual) =
        (visit.run.read("conference.yaml"), std::fs::metadata(&file).expect("it is there").permissions());
    let kept = visit.conference("/meeting").fill("Room and building", "The Boathouse").form("Save");
    let mut locked: Permissions = usual.clone();
    locked.set_readonly(true);
    set_permissions(&file, locked).expect("it is ours");
    for path in FORMS {
        assert_eq!(forms_to(&mut visit, path), 0, "{path}");
        let says = visit.conference(path).says();
        assert!(says.contains("You can read everything here, and change nothing"), "{path}: {says}");
    }
    let refused = visit.post(&kept.0, &kept.1);
    assert!(refused.status == 422 && refused.text().contains("only read here"), "{}", refused.text());
    assert_eq!(visit.run.read("conference.yaml"), before);
    set_permissions(&file, usual).expect("it is ours");
    let saved = visit.conference("/meeting").fill("Room and building", "The Boathouse").press("Save");
    assert!(saved.says().contains("Saved"), "{}", saved.says());
}

#[test]
fn what_was_typed_is_kept_when_the_disk_refuses_it() {
    let mut visit = Visit::to("marshgate");
    let before = visit.run.read("conference.yaml");
    // A file stands where the former text would be kept: nobody, whoever they are, can write into it.
    std::fs::write(visit.run.path(".convenor-undo"), "").expect("the tests may write");
    let page = visit.conference("/meeting").fill("Room and building", "The Boathouse").press("Save");
    assert_eq!((page.status, page.value("Room and building").as_str()), (422, "The Boathouse"), "{}", page.says());
    assert!(page.says().contains("Nothing could be written"), "{}", page.says());
    assert_eq!(visit.run.read("conference.yaml"), before);
}
