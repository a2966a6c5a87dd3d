//! Organisations, goals and decisions, from an empty folder to approved minutes.

use super::begun::{Count, begun};
use crate::run::Run;
use crate::visit::{Page, Visit};

const FILE: &str = "millbrook-council/csc-2027-001/conference.yaml";

/// Names that people give to organisations, or might.
const HOSTILE: [&str; 8] =
    ["O'Neill & Sons <Ltd>", "王小明", "#eval", "]]>", "../../etc", "=1+1", "Yes", "to be agreed"];

fn organisation(visit: &mut Visit, name: &str, category: &str, counts: &str) {
    let page = visit.conference("/organisations").fill("Name, as papers have it", name);
    let page = page.choose("What it is", category).tick(counts).press("Add it");
    assert!(page.says().contains("It is added") && page.says().contains(name), "{name}: {}", page.says());
}

fn person(visit: &mut Visit, name: &str, organisation: &str) {
    let page = visit.conference("/people/new").fill("Full name, as on the envelope", name);
    let page = page.fill("Postal address", "2 Mill Lane\nMILLBROOK\nE20 9AB").choose("Organisation", organisation);
    let page = page.press("Add them");
    assert!(page.says().contains("They are added"), "{name}: {}", page.says());
}

pub fn released(visit: &mut Visit, kind: &str) {
    let page = [
        "When and where are right",
        "The names, the address and the “Dear …” are right",
        "Nobody could tell who a child is",
        "The words do not blame anyone",
    ]
    .into_iter()
    .fold(visit.conference(&format!("/check/{kind}/release")), |page, label| page.tick(label))
    .fill("Who has checked them? First name and surname", "Ruth Penhaligon")
    .press("Release");
    assert_eq!(page.status, 200, "{kind}: {}", page.says());
    let says = visit.made().says();
    assert!(says.contains("It is done"), "{kind}: {says}");
}

fn goal(page: Page<'_>) -> Page<'_> {
    page.fill("What is to be different", "The playing field is lit until ten every evening")
        .choose("What it changes", "The place: how it is built, lit and looked after")
        .fill("How it is now (if it is known)", "Six of fourteen lamps fail")
        .fill("How everybody will know", "Lamps that fail, counted every month")
        .tick("Everyone invited")
        .press("Add the goal")
}

#[test]
fn a_conference_that_was_begun_by_page_comes_to_a_decision_of_a_quorum_and_to_approved_minutes_by_pages_alone() {
    let mut visit = Visit::at(Run::on_nothing()).seated("Tom Hallam");
    begun(&mut visit, &mut Count::default());
    organisation(&mut visit, "Mill Lane School", "School", "As one of the other agencies");
    organisation(&mut visit, "Northside Police", "Public body", "As one of the other agencies");
    person(&mut visit, "Ms Ewa Łukasik", "Millbrook Council");
    person(&mut visit, "Ms Ingrid Sørensen", "Mill Lane School");
    person(&mut visit, "Mr Mohammed Rahmani", "Northside Police");
    visit.conference("/make").press("Make the drafts");
    let says = visit.made().says();
    assert!(says.contains("It is done"), "{says}");
    released(&mut visit, "invitation");
    let page = visit.conference("/send/invitation").tick("By post").press("All");
    assert!(page.says().contains("It is noted in the record"), "{}", page.says());

    // The day after the meeting.
    visit.wait(49 * 86_400);
    let page = visit.conference("/attendance");
    assert!(page.says().contains("Who came is not noted yet"), "{}", page.says());
    let page = page.set("came-1", "yes").set("came-2", "yes").press("Save");
    // What is missing has another page, and that is where it leads.
    assert!(page.status == 422 && page.says().contains("It is on the page Meeting"), "{}", page.says());
    let page = page.follow("Meeting").fill("Reference of the assessment", "NA-0091");
    let page = page.set("completed-day", "4").set("completed-month", "1").set("completed-year", "2027");
    let page = page.choose("Written by", "Ada Quill").press("Save");
    assert!(page.says().contains("Saved"), "{}", page.says());
    let page = visit.conference("/attendance").set("came-1", "yes").set("came-2", "yes").press("Save");
    assert!(page.says().contains("That is not enough to decide"), "{}", page.says());
    let decision = |page: Page<'_>| -> (u16, String) {
        let page = page.choose("Which?", "Agree a plan").fill("In words", "The plan is agreed.");
        let page =
            page.fill("Why?", "Everybody can do their part.").set("share", "community").press("Add the decision");
        (page.status, page.says())
    };
    let (status, says) = decision(visit.conference("/decisions"));
    assert!(status == 422 && says.contains("do not form a quorum"), "{says}");
    let page = visit.conference("/attendance").set("came-3", "yes").press("Save");
    assert!(page.says().contains("That is enough to decide"), "{}", page.says());

    let page = goal(visit.conference("/goals"));
    assert!(page.says().contains("Known by: Lamps that fail"), "{}", page.says());
    let page = visit.conference("/decisions").fill("What is to be done", "Mend the lamps");
    let page = page.choose("Who does it", "Millbrook Council").set("readers", "community");
    let page = page.set("due-day", "1").set("due-month", "6").set("due-year", "2027").press("Add the action");
    assert!(page.says().contains("Mend the lamps"), "{}", page.says());
    let (status, says) = decision(visit.conference("/decisions"));
    assert!(status == 200 && says.contains("The plan is agreed."), "{says}");
    let page =
        visit.conference("/decisions").set("review-day", "4").set("review-month", "5").set("review-year", "2027");
    let page = page.fill("Begins", "1:30pm").press("Save the day");
    assert!(page.says().contains("Saved"), "{}", page.says());
    let page = visit.conference("/minutes/1").choose("Who", "Mill Lane School");
    let page =
        page.fill("What they said", "Pupils go home another way.").tick("Everyone invited").press("Add, and the next");
    assert!(page.says().contains("Pupils go home another way."), "{}", page.says());
    assert_eq!(visit.run.convenor(&["check", &format!("@/{FILE}")]).code, 0);

    visit.conference("/make").press("Make the drafts");
    let says = visit.made().says();
    assert!(says.contains("It is done"), "{says}");
    let page = visit.conference("/minutes/approval").press("The chair has approved them");
    assert!(page.says().contains("Approved on"), "{}", page.says());
    visit.conference("/make").press("Make the drafts");
    let says = visit.made().says();
    assert!(says.contains("It is done"), "{says}");
    released(&mut visit, "minutes");
    let page = visit.conference("/send/minutes").tick("By post").press("All");
    assert!(page.says().contains("It is noted in the record"), "{}", page.says());
    let home = visit.open("/");
    assert!(home.says().contains("Minutes sent"), "{}", home.says());
}

#[test]
fn without_a_quorum_a_decision_is_taken_for_the_time_being() {
    let run = Run::on_the_example().edit("conference.yaml", "quorum: social-care", "quorum: none");
    let text = run.read("conference.yaml");
    let without: String = text.split("\ndecisions:").next().expect("it has decisions").to_owned();
    let after = text.split("\ndecisions:").nth(1).expect("it has decisions");
    let rest = after.find("\ngoals:").map(|at| &after[at..]).expect("goals come later");
    let mut visit = Visit::at(run.with("conference.yaml", format!("{without}{rest}"))).seated("Tom Hallam");
    let page = visit.conference("/decisions");
    assert!(page.says().contains("Nobody from children’s social care"), "{}", page.says());
    let page = page.choose("Which?", "Agree a plan").fill("In words", "The lamps are mended at once.");
    let page = page.fill("Why?", "It cannot wait.").set("share", "professional").press("Add the decision");
    assert_eq!(page.status, 422, "{}", page.says());
    let page = page.tick("It holds only until a meeting with enough agencies takes it again").press("Add the decision");
    assert!(page.status == 200 && page.says().contains("Until a meeting with enough agencies"), "{}", page.says());
    assert!(visit.run.read("conference.yaml").contains("provisional: true"));
}

#[test]
fn organisations_of_any_name_are_added_changed_and_taken_out() {
    let mut visit = Visit::at(Run::on_nothing()).seated("Tom Hallam");
    begun(&mut visit, &mut Count::default());
    let refused = visit.conference("/organisations").press("Add it");
    assert_eq!(refused.status, 422);
    for fault in ["Enter its name", "Choose what it is"] {
        assert!(refused.says().contains(fault), "{fault}: {}", refused.says());
    }
    for name in HOSTILE {
        organisation(&mut visit, name, "Charity", "It does not count");
        organisation(&mut visit, name, "Charity", "As one of the other agencies");
    }
    let loaded = convenor::load(visit.run.path(FILE)).expect("it is sound");
    let names = loaded.conference.organisations.values().filter(|one| HOSTILE.contains(&one.name.as_str())).count();
    assert_eq!(names, 2 * HOSTILE.len(), "{:?}", loaded.conference.organisations.keys());
    let page = visit.conference("/organisations").follow("王小明");
    assert!(page.path.ends_with(|c: char| c.is_ascii_digit()), "{}", page.path);
    let page = page.fill("Name, as papers have it", "王小明 & Sons").set("signed-day", "31").set("signed-month", "2");
    let page = page.set("signed-year", "2026").press("Save");
    assert_eq!((page.status, page.value("Name, as papers have it").as_str()), (422, "王小明 & Sons"));
    let page = page.set("signed-day", "3").fill("Postal address", "1 Mill Lane\nMILLBROOK\nE20 9AB").press("Save");
    assert!(page.says().contains("Saved") && page.says().contains("王小明 & Sons"), "{}", page.says());
    assert!(page.says().contains("Signed3 February 2026"), "{}", page.says());
    // Its people get their letters there, unless they have an address of their own.
    let page = visit.conference("/people/new").fill("Full name, as on the envelope", "Ms Ada Lovell");
    let page = page.choose("Organisation", "王小明 & Sons").press("Add them");
    assert!(page.says().contains("They are added"), "{}", page.says());
    let kept = visit.conference("/organisations").follow("王小明 & Sons").press("Take it out");
    assert_eq!(kept.status, 422, "Ms Lovell is of it: {}", kept.says());
    let undone = visit.conference("/undo").press("Undo it");
    assert!(undone.says().contains("It is undone"), "{}", undone.says());
    let out = visit.conference("/organisations").follow("王小明 & Sons").press("Take it out");
    assert!(!out.says().contains("王小明 & Sons"), "{}", out.says());
    let kept = visit.conference("/organisations").follow("Millbrook Council").press("Take it out");
    assert_eq!(kept.status, 422, "its people are of it: {}", kept.says());
}

#[test]
fn an_organisation_and_a_goal_that_are_saved_as_they_are_leave_the_file_byte_for_byte() {
    for council in ["marshgate", "northmere", "kestrel-vale"] {
        let mut visit = Visit::to(council);
        let before = visit.run.read("conference.yaml");
        for pages in ["/organisations", "/goals"] {
            let part = format!("{pages}/");
            let links = visit.conference(pages).links();
            let links: Vec<String> = links.into_iter().filter(|link| link.contains(&part)).collect();
            for link in links {
                let saved = visit.open(&link).press("Save");
                assert_eq!(saved.status, 200, "{link}: {}", saved.says());
                assert_eq!(visit.run.read("conference.yaml"), before, "{council} {link}");
            }
        }
    }
}

#[test]
fn a_goal_is_added_measured_changed_and_taken_out_and_each_can_be_undone() {
    let mut visit = Visit::to("marshgate");
    let before = visit.run.read("conference.yaml");
    let refused = visit.conference("/goals").press("Add the goal");
    assert_eq!(refused.status, 422);
    for fault in ["Enter what is to be different", "Choose what it changes", "Enter how everybody will know"] {
        assert!(refused.says().contains(fault), "{fault}: {}", refused.says());
    }
    assert!(goal(refused).says().contains("The playing field is lit until ten"));
    let loaded = convenor::load(visit.run.path("conference.yaml")).expect("it is sound");
    let number = loaded.conference.goals.len();
    let page = visit.conference(&format!("/goals/{number}")).fill("What was found, in a few words", "Four lamps fail");
    let page = page.fill("The same as a number (if there is one)", "four").set("readers", "community").press("Note it");
    assert_eq!(page.status, 422, "{}", page.says());
    let page = page.fill("The same as a number (if there is one)", "4").press("Note it");
    assert!(page.says().contains("Four lamps fail (4)"), "{}", page.says());
    let changed = visit.conference(&format!("/goals/{number}")).fill("What is to be different", "{{ x }} =1+1");
    assert!(changed.press("Save").says().contains("{{ x }} =1+1"));
    let out = visit.conference(&format!("/goals/{number}")).press("Take it out");
    assert!(!out.says().contains("{{ x }}"), "{}", out.says());
    assert_eq!(visit.run.read("conference.yaml"), before);
}
