//! An action and a finding of the plan, changed by page: what has happened is kept with its day, a mistake is put right.

use convenor::model::plan::{Action, ActionStatus, Due};

use crate::visit::Visit;

const FILE: &str = "conference.yaml";
const FIRST: &str = "/goals/1/actions/0";

fn action(visit: &Visit) -> Action {
    let conference = convenor::load(visit.run.path(FILE)).expect("it is sound").conference;
    conference.goals[0].actions[0].clone()
}

#[test]
fn an_action_is_put_off_left_open_handed_on_and_closed_and_each_step_is_kept_with_its_day() {
    let mut visit = Visit::to("marshgate");
    let before = visit.run.read(FILE);
    let page = visit.conference("/decisions").follow("Change the action “Repair and upgrade the footpath lighting”");
    assert!(page.says().contains("15 January 2027") && page.says().contains("London Borough of Marshgate"));
    let page = page.press("Note it");
    assert_eq!(page.status, 422, "nothing happened: {}", page.says());
    assert!(page.says().contains("Enter what happened"), "{}", page.says());

    // Put off and begun, with a note.
    let note = "O'Neill & Sons <Ltd> {{ x }} #eval =1+1 ]]>";
    let page = page.choose("How far is it?", "Begun").set("note", note);
    let page = page.set("news-due-month", "2").press("Note it");
    assert!(page.status == 200 && page.says().contains(note), "{}", page.says());
    let one = action(&visit);
    let day = |text: &str| text.parse().expect("a day");
    assert_eq!((one.status, one.due), (ActionStatus::Started, Some(Due::On(day("2027-02-15")))));
    let news = &one.history[0];
    assert_eq!((news.on, news.status), (day("2026-12-16"), Some(ActionStatus::Started)));
    assert_eq!((news.was_due, news.was_owner.as_deref()), (Some(Due::On(day("2027-01-15"))), None));
    assert_eq!(news.text.as_ref().map(|text| text.text.as_str()), Some(note));

    // Neither a day nor somebody for it any more, then both again.
    let page = visit.conference(FIRST).set("news-by", "open").set("news-owner", "to be agreed").press("Note it");
    assert!(page.says().contains("Until then it was with: London Borough of Marshgate"), "{}", page.says());
    assert_eq!((action(&visit).due, action(&visit).owner()), (Some(Due::ToBeAgreed), None));
    let page = visit.conference("/decisions");
    assert!(
        page.says().contains("Still to be agreed") && page.says().contains("a day to be agreed"),
        "{}",
        page.says()
    );
    let page = visit.conference(FIRST).set("news-owner", "housing").set("news-by", "day").press("Note it");
    assert!(page.status == 422 && page.says().contains("Enter the day, or choose"), "{}", page.says());
    let page = page.set("news-due-day", "1").set("news-due-month", "3").set("news-due-year", "2027").press("Note it");
    assert!(page.says().contains("Until then it was with: nobody yet"), "{}", page.says());

    // Done, and nothing besides.
    let page = visit.conference(FIRST).choose("How far is it?", "Done").press("Note it");
    assert!(page.says().contains("16 December 2026: Done"), "{}", page.says());
    let one = action(&visit);
    assert_eq!((one.history.len(), one.status, one.owner()), (4, ActionStatus::Done, Some("housing")));
    let checked = visit.run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(checked.code, 0, "{}", checked.err);
    // Only this line of the file is another.
    let after = visit.run.read(FILE);
    let differ: Vec<&str> = after.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
    assert!(
        !differ.is_empty() && before.lines().filter(|old| !after.lines().any(|l| l == *old)).count() == 1,
        "{differ:?}"
    );
}

#[test]
fn what_happened_comes_back_with_its_words_if_it_cannot_be_and_a_day_that_was_typed_is_not_lost() {
    let mut visit = Visit::to("marshgate");
    let before = visit.run.read(FILE);
    let page = visit.conference(FIRST).set("note", "Begun").set("on-day", "99").press("Note it");
    assert_eq!((page.status, page.value("Day").as_str()), (422, "15"), "{}", page.says());
    assert!(page.says().contains("Enter a day as 24, 11 and 2026"), "{}", page.says());
    let page = visit.conference(FIRST).set("news-by", "ongoing").set("news-due-day", "20").press("Note it");
    assert!(page.status == 422 && page.says().contains("You typed a day: choose “By a day”"), "{}", page.says());
    let page = visit.conference(FIRST).choose("How far is it?", "Given up, as the conference agreed").press("Note it");
    assert!(page.says().contains("Given up"), "{}", page.says());
    // A later step of an earlier day is out of order, and said at its day.
    let page = visit.conference(FIRST).set("note", "Before that").set("on-month", "11").press("Note it");
    assert!(page.status == 422 && page.html.select(&on_the_day()).next().is_some(), "{}", page.says());
    visit.conference("/undo").press("Undo");
    assert_eq!(visit.run.read(FILE), before);
}

fn on_the_day() -> scraper::Selector {
    scraper::Selector::parse("#summary a[href='#on']").expect("a selector")
}

#[test]
fn an_action_that_was_noted_wrongly_is_put_right_or_taken_out_and_nothing_is_kept_of_it() {
    let mut visit = Visit::to("marshgate");
    let before = visit.run.read(FILE);
    assert!(visit.conference(FIRST).press("Put it right").says().contains("Saved"));
    assert_eq!(visit.run.read(FILE), before, "nothing was changed");
    let page = visit.conference(FIRST).set("todo", " ").press("Put it right");
    assert_eq!((page.status, page.value("What is to be done").trim()), (422, ""), "{}", page.says());
    for text in ["Adébáyọ̀ and 王小明 mend it", "محمد mends it", "../../etc"] {
        let page = visit.conference(FIRST).set("todo", text).set("right-owner", "housing").press("Put it right");
        assert!(page.status == 200 && page.says().contains(text), "{text}: {}", page.says());
        assert_eq!((action(&visit).text.as_str(), action(&visit).history.len()), (text, 0));
    }
    let page = visit.conference(FIRST).set("readers", "professional").press("Put it right");
    assert!(page.says().contains("Professionals"), "{}", page.says());
    let page = visit.conference(FIRST).press("Take it out");
    assert!(page.path.contains("/decisions") && !page.says().contains("../../etc"), "{}", page.says());
    assert!(page.says().contains("Turn the benches"), "{}", page.says());
    let path = visit.of("/goals/1/actions/9");
    assert_eq!(visit.get(&path).status, 404);
}

#[test]
fn what_was_found_is_changed_and_taken_out_and_the_file_is_as_it_was() {
    let mut visit = Visit::to("marshgate");
    let before = visit.run.read(FILE);
    let page = visit.conference("/goals/1").fill("What was found, in a few words", "Four lamps fail");
    let page = page.fill("The same as a number (if there is one)", "4").set("readers", "community").press("Note it");
    let page = page.follow("Change what was found");
    assert!(page.path.ends_with("/goals/1/readings/0"), "{}", page.path);
    let page = page.fill("The same as a number (if there is one)", "three").press("Save");
    assert_eq!((page.status, page.value("The same as a number (if there is one)").as_str()), (422, "three"));
    let page = page
        .fill("The same as a number (if there is one)", "3")
        .fill("What was found, in a few words", "Three lamps fail");
    assert!(page.press("Save").says().contains("Three lamps fail (3)"));
    let page = visit.conference("/goals/1/readings/0").fill("The same as a number (if there is one)", "").press("Save");
    assert!(page.says().contains("Three lamps fail") && !page.says().contains("(3)"), "{}", page.says());
    let page = visit.conference("/goals/1/readings/0").press("Take it out");
    assert!(page.says().contains("It was not measured yet"), "{}", page.says());
    assert_eq!(visit.run.read(FILE), before);
}

#[test]
fn a_decision_and_a_correction_are_changed_and_taken_out_and_one_that_is_saved_as_it_is_changes_nothing() {
    let mut visit = Visit::to("marshgate");
    let before = visit.run.read(FILE);
    visit.conference("/decisions/0").press("Save");
    assert_eq!(visit.run.read(FILE), before);
    let page = visit.conference("/decisions").follow("Change the decision");
    let page = page.fill("Why?", "").press("Save");
    assert!(page.status == 422 && page.says().contains("Enter the reasons"), "{}", page.says());
    let page = page.fill("Why?", "王小明 & {{ x }}").set("share", "professional").press("Save");
    assert!(page.says().contains("Because: 王小明 & {{ x }}"), "{}", page.says());
    visit.conference("/undo").press("Undo");
    assert_eq!(visit.run.read(FILE), before);
    let page = visit.conference("/decisions/1").press("Take it out");
    assert!(!page.says().contains("oversight panel"), "{}", page.says());
    visit.conference("/undo").press("Undo");

    let page = visit.conference("/minutes/approval").choose("Who asked?", "Parade Pharmacy");
    let page = page.fill("What is changed", "The lights at the gate are out.").set("share", "community");
    let page = page.press("Note the correction").follow("Change the correction");
    assert!(page.path.ends_with("/minutes/approval/0"), "{}", page.path);
    let page = page.set("asked-day", "99").set("answer", "made").press("Save");
    assert!(page.status == 422 && page.says().contains("Enter a day as 24, 11 and 2026"), "{}", page.says());
    let page = page.set("asked-day", "15").press("Save");
    assert!(
        page.says().contains("The minutes are changed") && page.says().contains("15 December 2026"),
        "{}",
        page.says()
    );
    let page = visit.conference("/minutes/approval/0").press("Take it out");
    assert!(page.says().contains("Nobody asked for a correction"), "{}", page.says());
    assert_eq!(visit.run.read(FILE), before);
}
