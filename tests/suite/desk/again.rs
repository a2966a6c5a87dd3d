//! New versions of what was released, with the reason.

use super::begun::{Count, begun};
use super::plan::released;
use crate::run::Run;
use crate::visit::Visit;

const FILE: &str = "millbrook-council/csc-2027-001/conference.yaml";

#[test]
fn letters_that_were_released_are_made_anew_with_their_reason_and_the_old_ones_stay_in_the_record() {
    let mut visit = Visit::at(Run::on_nothing()).seated("Tom Hallam");
    begun(&mut visit, &mut Count::default());
    assert!(visit.conference("/again").says().contains("Nothing is released yet"));
    for (name, house) in [("Ms Yetunde Adébáyọ̀", "2"), ("Mr Bo Reed", "4")] {
        let page = visit.conference("/people/new").fill("Full name, as on the envelope", name);
        let page = page.fill("Postal address", &format!("{house} Mill Lane\nMILLBROOK\nE20 9AB"));
        page.choose("What they are to this conference", "Residents").press("Add them");
    }
    visit.conference("/make").press("Make the drafts");
    assert!(visit.made().says().contains("It is done"));
    released(&mut visit, "invitation");
    let page = visit.conference("/send/invitation").tick("By post").press("All");
    assert!(page.says().contains("It is noted in the record"), "{}", page.says());
    let first = visit.run.files("millbrook-council/csc-2027-001/out");
    visit.conference("/meeting").fill("Getting in", "Ring at the side door.").press("Save");

    let before = visit.run.read(FILE);
    let refused = visit.conference("/again").press("Make new versions");
    assert_eq!(refused.status, 422);
    for fault in ["Enter why", "Tick the papers"] {
        assert!(refused.says().contains(fault), "{fault}: {}", refused.says());
    }
    let page = refused.set("reissue", "invitation").fill("Why?", &"x".repeat(500)).press("Make new versions");
    assert_eq!((page.status, visit.run.read(FILE)), (422, before), "it is too long for a line");
    let page = visit.conference("/again").set("reissue", "invitation").fill("Why?", "the way in has changed");
    page.press("Make new versions");
    let says = visit.made().says();
    assert!(says.contains("It is done"), "{says}");
    let text = visit.run.read(FILE);
    assert!(text.contains("version: 2") && text.contains("the way in has changed"), "{text}");
    released(&mut visit, "invitation");
    let send = visit.conference("/send/invitation");
    assert!(send.says().contains("Checked by Ruth Penhaligon"), "{}", send.says());
    let sent = send.tick("By post").press("All 2");
    assert!(sent.says().contains("It is noted in the record"), "{}", sent.says());
    let now = visit.run.files("millbrook-council/csc-2027-001/out");
    let letters =
        |all: &[String]| all.iter().filter(|file| file.contains("invitation") && file.ends_with(".pdf")).count();
    assert!(letters(&now) >= letters(&first) + 2, "the old ones are kept beside the new: {now:#?}");
    let sound = visit.conference("/record").press("Is the folder sound?");
    assert!(sound.says().contains("The folder is sound"), "{}", sound.says());
}

#[test]
fn papers_that_would_be_different_now_are_named_and_made_anew_where_they_differ() {
    let mut visit = Visit::to("marshgate");
    visit.conference("/make").press("Make the drafts");
    visit.made();
    released(&mut visit, "guidance");
    let file = visit.run.read("borough.yaml");
    let phone = file.lines().find_map(|line| line.strip_prefix("phone: ")).expect("it has one").to_owned();
    let moved = file.replace(&format!("phone: {phone}"), "phone: 020 7946 0999");
    std::fs::write(visit.run.path("borough.yaml"), moved).expect("the tests may write");
    visit.conference("/make").press("Make the drafts");
    let page = visit.made();
    assert!(page.says().contains("would be different now"), "{}", page.says());
    let page = page.follow("Make new versions").set("reissue", "guidance");
    page.fill("Why?", "our telephone number has changed").press("Make new versions");
    let says = visit.made().says();
    assert!(says.contains("It is done"), "{says}");
    let paper = visit.conference("/papers").follow("Guidance").says();
    assert!(paper.contains("Version 2"), "{paper}");
}
