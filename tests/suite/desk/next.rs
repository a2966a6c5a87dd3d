//! The next conference, begun from the last by page.

use convenor::model::conference::Kind;

use crate::visit::{Page, Visit, words};

/// The page with what was right for the last meeting said to be right.
fn still_right(page: Page<'_>) -> Page<'_> {
    ["is-online", "is-period", "is-contingency"].into_iter().fold(page, |page, name| page.set(name, "same"))
}

/// What is done if a plan does not work, in Markdown.
const PLAN_FOR_THE_WORST: &str = "The conference meets at once.\n\n- O'Neill & Sons, 王小明";

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
    assert_eq!(page.status, 422, "the link, the period and the plan for the worst are asked about");
    for what in ["the link to join online", "the period", "what is done if the plan does not work"] {
        assert!(page.says().contains(&format!("Choose whether {what} is right")), "{what}: {}", page.says());
    }
    let page = still_right(page).press("Begin it");
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
    let page = still_right(page).fill("Reference", "NM-2027-9").press("Begin it");
    assert_eq!((page.status, page.value("Ends").as_str()), (422, "9am"), "it ends before it begins: {}", page.says());
    let summary = scraper::Selector::parse("#summary a[href='#end'], #summary a[href='#start']").expect("a selector");
    assert!(page.html.select(&summary).next().is_some(), "{}", page.says());
    assert_eq!(visit.run.files(""), before);
    let page = visit.conference("/next").fill("Reference", "NM-2027-9").tick("The last one: it ends the plan");
    let page = still_right(page).press("Begin it");
    assert!(page.says().contains("The conference is started"), "{} {}", page.status, page.says());
    let last = convenor::load(visit.run.path("nm-2027-9/conference.yaml")).expect("it is sound").conference;
    assert_eq!((last.kind, last.reference.as_str()), (Kind::Closing, "NM-2027-9"));
    let again = still_right(visit.conference("/next").fill("Reference", "NM-2027-9")).press("Begin it");
    assert_eq!(again.status, 422);
    assert!(again.says().contains("There is something of this name already"), "{}", again.says());
}

#[test]
fn what_may_be_out_of_date_is_given_anew_taken_out_or_left_and_what_is_left_is_looked_at_later() {
    let mut visit = Visit::to("marshgate");
    let page = visit.conference("/next");
    let (came, out) = (labels(&page, " comes for points"), labels(&page, " is kept out of points"));
    let page = came.iter().fold(page, |page, label| page.fill(label, "all"));
    let page = out.iter().fold(page, |page, label| page.fill(label, "none"));
    assert!(page.says().contains("If a guardian rota cannot be kept"), "{}", page.says());
    let page = page.set("is-online", "other").fill("Link to join online", "javascript:alert(1)");
    let page = page.set("is-period", "later").set("is-contingency", "other");
    let page =
        page.fill("What is done if the plan does not work", "The conference meets at once.\n\n- O'Neill & Sons <Ltd>");
    let page = page.press("Begin it");
    assert_eq!(
        (page.status, page.value("Link to join online").as_str()),
        (422, "javascript:alert(1)"),
        "{}",
        page.says()
    );
    let markup = scraper::Selector::parse("#summary a[href='#contingency']").expect("a selector");
    assert!(page.html.select(&markup).next().is_some(), "it is Markdown: {}", page.says());
    assert!(!page.says().contains("still to be filled in"), "what only wants a look is no fault: {}", page.says());
    let page = page.fill("What is done if the plan does not work", PLAN_FOR_THE_WORST);
    let page = page.fill("Link to join online", "https://meet.marshgate.example/review").press("Begin it");
    assert!(page.says().contains("The conference is started"), "{} {}", page.status, page.says());
    assert!(page.says().contains("5 fields are still to be filled in"), "{}", page.says());
    let (here, file) = (page.path.split('?').next().expect("a path").to_owned(), "csc-2026-014-r1/conference.yaml");
    let next = convenor::load(visit.run.path(file)).expect("it is sound").conference;
    assert_eq!(next.meeting.online.as_deref(), Some("https://meet.marshgate.example/review"));
    assert_eq!(next.to_fill_in, ["context.period.from", "context.period.to"]);
    let contingency = next.contingency.expect("it has one").text.0;
    assert_eq!(contingency, PLAN_FOR_THE_WORST);

    // Looked at later, from the first page of the new conference.
    let page = visit.open(&here).follow("Look at it");
    assert!(page.path.ends_with("/still") && page.says().contains("The period begins on"), "{}", page.says());
    page.press("Save");
    assert_eq!(convenor::load(visit.run.path(file)).expect("it is sound").conference.to_fill_in.len(), 2, "left again");
    let page =
        visit.open(&format!("{here}/still")).set("is-period", "other").set("from-day", "31").set("from-month", "2");
    let page = page.press("Save");
    assert!(page.status == 422 && page.says().contains("Enter a day as 24, 11 and 2026"), "{}", page.says());
    let page =
        page.set("from-day", "1").set("from-month", "12").set("to-month", "1").set("to-year", "2027").press("Save");
    assert!(!page.says().contains("Is it still right?"), "{} {}", page.status, page.says());
    assert!(page.says().contains("3 places to be filled in") && !page.says().contains("MOS-"), "{}", page.says());
    let next = convenor::load(visit.run.path(file)).expect("it is sound").conference;
    assert_eq!(
        (next.to_fill_in.len(), next.context.period.expect("it has one").from.to_string().as_str()),
        (0, "2026-12-01")
    );
}

#[test]
fn a_review_of_the_command_line_is_looked_at_by_page_and_what_is_for_the_chair_alone_is_not_shown_there() {
    let secret = "The safe house is at the mill";
    let run = crate::run::Run::on_the_example();
    let text = run.read("conference.yaml");
    let (before, after) = text.split_once("\ncontingency:").expect("it has one");
    let rest = after.find("\nchild_links:").map(|at| &after[at..]).expect("they come later");
    let text = format!("{before}\ncontingency: {{ share: restricted, text: {secret} }}\n{rest}");
    let run = run.with("conference.yaml", text);
    let made = run.convenor(&["new", "@/review", "--review-of", "@/conference.yaml"]);
    assert_eq!(made.code, 0, "{}", made.err);
    // The points of each are said in the file first, as the check asks.
    let text = run.read("review/conference.yaml");
    let text = text.replace("items: []", "items: [1]").replace("excluded: [0]", "excluded: [2]");
    let mut visit = Visit::at(run.with("review/conference.yaml", text)).seated("Tom Hallam");
    let home = visit.open("/");
    let all: Vec<String> = home.links().into_iter().filter(|link| link.contains("/c/")).collect();
    let mut looked = 0;
    for conference in all.iter().filter(|link| link.matches('/').count() == 3) {
        for page in ["/next", "/still", ""] {
            let page = visit.open(&format!("{conference}{page}"));
            assert!(!page.says().contains(secret), "{}", page.path);
        }
        let page = visit.open(&format!("{conference}/still"));
        if !page.says().contains("Is it still right?") {
            continue;
        }
        looked += 1;
        assert!(page.says().contains("When it ends: 15:30"), "{}", page.says());
        let page = page.tick_all("right");
        let page = still_right(page).press("Save");
        assert!(!page.says().contains("Tick what is right"), "{}", page.says());
        let next = convenor::load(visit.run.path("review/conference.yaml")).expect("it is sound").conference;
        assert!(next.to_fill_in.is_empty(), "{:?}", next.to_fill_in);
        assert!(visit.run.read("review/conference.yaml").contains(secret), "and it is still there");
    }
    assert_eq!(looked, 1);
}
