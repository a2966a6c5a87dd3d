//! What comes after the meeting, and a letter before anything is made.

use super::begun::{Count, begun};
use crate::run::Run;
use crate::visit::Visit;

#[test]
fn corrections_and_the_approval_of_the_chair_are_noted_and_a_change_undoes_the_approval() {
    let mut visit = Visit::to("marshgate");
    let page = visit.conference("/minutes/approval").press("Note the correction");
    assert_eq!(page.status, 422);
    for fault in ["Choose who asked", "Enter what is changed", "Choose who may read it"] {
        assert!(page.says().contains(fault), "{}", page.says());
    }
    let page = page
        .choose("Who asked?", "Parade Pharmacy")
        .fill("What is changed", "The shutters are down by six, and not by seven.")
        .tick("Everyone invited")
        .press("Note the correction");
    assert!(page.says().contains("The shutters are down by six"), "{}", page.says());
    let loaded = convenor::load(visit.run.path("conference.yaml")).expect("it is sound");
    let correction = loaded.conference.minutes.corrections.last().expect("it is noted");
    assert_eq!((correction.by.as_str(), correction.on.to_string().as_str()), ("pharmacy", "2026-12-16"));
    let page = visit.conference("/minutes/approval").press("The chair has approved them");
    assert!(page.says().contains("Approved on 16 December 2026"), "{}", page.says());
    let outcome = visit.run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(!visit.conference("").says().contains("The minutes are not approved"));
}

#[test]
fn a_letter_is_shown_as_it_would_be_before_it_is_made_and_after_each_change() {
    let mut visit = Visit::to("northmere");
    let before = visit.run.files("");
    let page = visit.conference("/people/1/letters");
    let kinds: Vec<String> = page.links().into_iter().filter(|link| link.contains("/letters/")).collect();
    assert!(page.says().contains("Nothing is made or sent by looking"), "{}", page.says());
    for hostile in ["Œzgür Yıldız-Ó Briain", "O'Neill & Sons <Ltd>", "#eval", "=1+1", "<script>alert(1)</script>"]
    {
        visit.conference("/people/1/edit").fill("The letter begins “Dear …”", hostile).press("Save");
        let page = visit.conference("/people/1/letters");
        assert!(page.says().contains(&format!("Dear {hostile}")), "{hostile}: {}", page.says());
    }
    for kind in &kinds {
        let answer = visit.get(kind);
        assert!(answer.status == 200 && !answer.text().contains("<script>alert"), "{kind}");
    }
    let paths = visit.run.files("");
    let made = paths.iter().filter(|path| !before.contains(path) && !path.starts_with(".convenor-undo"));
    assert_eq!(made.count(), 0, "{paths:?}");
    let nobody = visit.of("/people/99/letters");
    assert_eq!(visit.get(&nobody).status, 404);
}

#[test]
fn after_a_release_another_day_makes_letters_that_tell_of_it_and_leaves_the_released_ones() {
    let mut visit = Visit::at(Run::on_nothing()).seated("Tom Hallam");
    begun(&mut visit, &mut Count::default());
    let page = visit.conference("/people/new").fill("Full name, as on the envelope", "Ms Yetunde Adébáyọ̀");
    let page = page.fill("Postal address", "2 Mill Lane\nMILLBROOK\nE20 9AB");
    page.choose("What they are to this conference", "Residents").press("Add them");
    visit.conference("/make").press("Make the drafts");
    let says = visit.made().says();
    assert!(says.contains("It is done"), "{says}");
    let page = [
        "When and where are right",
        "The names, the address and the “Dear …” are right",
        "Nobody could tell who a child is",
        "The words do not blame anyone",
    ]
    .into_iter()
    .fold(visit.conference("/check/invitation/release"), |page, label| page.tick(label))
    .fill("Who has checked them? First name and surname", "Ruth Penhaligon")
    .press("Release");
    assert_eq!(page.status, 200, "{}", page.says());
    assert!(visit.made().says().contains("It is done"));
    let day = visit.conference("/meeting").fill("Room and building", "The Boathouse");
    let saved = day.fill("Why does it change?", "the room is not free").press("Save");
    assert!(saved.says().contains("Saved"), "{}", saved.says());
    visit.conference("/make").press("Make the drafts");
    let says = visit.made().says();
    assert!(
        says.contains("It is done") && says.contains("Invitation: what was released would be different now"),
        "{says}"
    );
}
