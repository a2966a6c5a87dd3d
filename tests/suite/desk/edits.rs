//! What the desk changes in the file: what was typed, and nothing besides.

use crate::run::Run;
use crate::visit::Visit;

const FILE: &str = "conference.yaml";

/// The pages with a form over the file, each with its button.
const FORMS: [(&str, &str); 3] = [("/meeting", "Save"), ("/people/1/edit", "Save"), ("/attendance", "Save")];

#[test]
fn a_form_that_is_saved_without_a_change_leaves_the_file_byte_for_byte() {
    for council in ["marshgate", "northmere", "kestrel-vale"] {
        for line_ends in ["\n", "\r\n"] {
            let run = if council == "marshgate" { Run::on_the_example() } else { Run::on_the_council(council) };
            let text = run.read(FILE).replace('\n', line_ends);
            let mut visit = Visit::at(run.with(FILE, &text)).seated("Tom Hallam");
            let mut forms: Vec<(String, &str)> =
                FORMS.iter().map(|(page, button)| ((*page).to_owned(), *button)).collect();
            for number in 2..=6 {
                forms.push((format!("/people/{number}/edit"), "Save"));
            }
            for point in 1..=4 {
                let page = visit.conference(&format!("/minutes/{point}"));
                let remarks = page.links().into_iter().filter(|link| link.contains(&format!("/minutes/{point}/")));
                forms.extend(remarks.collect::<Vec<_>>().into_iter().map(|link| (link, "Save")));
            }
            for (page, button) in forms {
                let path = if page.contains("/c/") { page } else { visit.of(&page) };
                let saved = visit.open(&path).press(button);
                assert_eq!(saved.status, 200, "{council} {path}: {}", saved.says());
                assert_eq!(visit.run.read(FILE), text, "{council} {path}");
            }
        }
    }
}

#[test]
fn what_was_typed_is_in_the_file_as_it_was_typed_and_can_be_undone() {
    for hostile in [
        "Œzgür Yıldız-Ó Briain",
        "王小明",
        "محمد",
        "O'Neill & Sons <Ltd>",
        "#eval",
        "{{ x }}",
        "../../etc",
        "=1+1",
        "]]>",
        "yes",
        "12:30",
        "- a: b",
    ] {
        let mut visit = Visit::to("marshgate");
        let before = visit.run.read(FILE);
        let saved = visit.conference("/people/14/edit").fill("Job or part", hostile).press("Save");
        assert!(saved.says().contains("Saved"), "{hostile}: {}", saved.says());
        let after = visit.run.read(FILE);
        assert_eq!(before.lines().count(), after.lines().count());
        let changed = before.lines().zip(after.lines()).filter(|(one, other)| one != other).count();
        assert_eq!(changed, 1, "{hostile}: one line");
        assert_eq!(visit.conference("/people/14/edit").value("Job or part"), hostile);
        let undone = visit.conference("/undo").press("Undo it");
        assert!(undone.says().contains("It is undone"), "{}", undone.says());
        assert_eq!(visit.run.read(FILE), before);
    }
}

#[test]
fn a_mistake_is_said_at_its_input_what_was_typed_is_kept_and_nothing_is_written() {
    let mut visit = Visit::to("marshgate");
    let before = visit.run.read(FILE);
    let page = visit.conference("/meeting").fill("Ends", "1pm").fill("Postcode", "").press("Save");
    assert_eq!(page.status, 422);
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    assert!(page.says().contains("Enter the postcode"), "{}", page.says());
    let page = page.fill("Postcode", "E20 9AA").press("Save");
    assert_eq!((page.status, page.value("Ends").as_str()), (422, "1pm"), "{}", page.says());
    let summary = scraper::Selector::parse("#summary a[href='#end'], #summary a[href='#start']").expect("a selector");
    assert!(page.html.select(&summary).next().is_some(), "{}", page.html.html());
    assert_eq!(visit.run.read(FILE), before);
}

#[test]
fn a_file_that_changed_meanwhile_is_not_written_over_and_both_values_are_shown() {
    let mut visit = Visit::to("marshgate");
    let (to, fields) = visit.conference("/meeting").fill("Room and building", "The Boathouse").form("Save");
    let theirs = visit.run.read(FILE).replace("name: Committee Room 2, Marshgate Town Hall", "name: The Old Library");
    std::fs::write(visit.run.path(FILE), &theirs).expect("the tests may write");
    let answer = visit.post(&to, &fields);
    assert_eq!(answer.status, 409, "{}", answer.text());
    for value in ["The Boathouse", "The Old Library"] {
        assert!(answer.text().contains(value), "{value}: {}", answer.text());
    }
    assert_eq!(visit.run.read(FILE), theirs, "nothing was written");
}

#[test]
fn a_change_of_the_meeting_is_kept_with_its_reason_once_people_know_of_it() {
    let mut visit = Visit::to("marshgate");
    let saved = visit.conference("/meeting").fill("Room and building", "The Boathouse").press("Save");
    assert!(saved.says().contains("Saved"), "{}", saved.says());
    let text = visit.run.read(FILE);
    assert!(text.contains("name: The Boathouse") && !text.contains("changes:"), "nobody knows of it yet");
}

#[test]
fn a_remark_is_added_with_who_may_read_it_changed_and_taken_out() {
    let mut visit = Visit::to("marshgate");
    let before = visit.run.read(FILE);
    let page = visit.conference("/minutes/5").press("Add, and the next");
    assert_eq!(page.status, 422);
    for fault in ["Choose who said it", "Enter what they said", "Choose who may read it"] {
        assert!(page.says().contains(fault), "{}", page.says());
    }
    let page = page
        .choose("Who", "Parade Pharmacy")
        .fill("What they said", "The shutters are down by six.")
        .tick("Everyone invited")
        .press("Add, and the next");
    assert!(page.says().contains("The shutters are down by six."), "{}", page.says());
    let after = visit.run.read(FILE);
    assert!(after.contains("text: The shutters are down by six."), "{after}");
    let added = after.lines().find(|line| line.contains("The shutters are down")).expect("it is there");
    let around: String = after.lines().skip_while(|line| *line != added).take(2).collect();
    assert!(around.contains("share: community"), "{around}");
    let undone = visit.conference("/undo").press("Undo it");
    assert!(undone.says().contains("It is undone"));
    assert_eq!(visit.run.read(FILE), before);
}

#[test]
fn whoever_changes_the_file_at_the_desk_may_not_check_what_is_made_from_it() {
    let mut visit = Visit::at(Run::on_the_example()).seated("Ruth Penhaligon");
    visit.conference("/people/14/edit").fill("Job or part", "Pharmacist").press("Save");
    visit.open("/who").fill("First name and surname", "Tom Hallam").press("This is me");
    visit.conference("/make").press("Make the drafts");
    visit.made();
    let record = visit.run.read("out/CSC-2026-014/record.jsonl");
    assert!(record.contains("Ruth Penhaligon"), "she had a hand in them");
}

#[test]
fn people_are_added_and_an_uninvited_one_gets_no_invitation() {
    let mut visit = Visit::to("marshgate");
    let page = visit.conference("/people/new").press("Add them");
    assert_eq!(page.status, 422);
    assert!(page.says().contains("Enter their full name"), "{}", page.says());
    let page = page
        .fill("Full name, as on the envelope", "Mr Adebayo O'Neill")
        .choose("Organisation", "Parade Pharmacy")
        .fill("Postal address", "4 Station Parade\nMARSHGATE\nE20 9BQ")
        .press("Add them");
    assert!(page.says().contains("They are added") && page.says().contains("Mr Adebayo O'Neill"), "{}", page.says());
    let page = visit
        .conference("/people/uninvited")
        .fill("Full name, as on the envelope", "Ms Ife Okoro")
        .choose("What they are to this conference", "Residents")
        .press("Add them");
    assert!(page.says().contains("Ms Ife Okoro") && page.says().contains("Came uninvited"), "{}", page.says());
    let checked = visit.run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(checked.code, 0, "{}", checked.err);
}

#[test]
fn decisions_and_actions_are_added() {
    let mut visit = Visit::to("marshgate");
    let page = visit.conference("/decisions").press("Add the action");
    assert_eq!(page.status, 422);
    assert!(page.says().contains("Enter what is to be done"), "{}", page.says());
    let page = page
        .fill("What is to be done", "Open the kitchen on Fridays")
        .choose("Who does it", "Mill Lane Community Kitchen")
        .set("readers", "community")
        .press("Add the action");
    assert!(page.says().contains("Open the kitchen on Fridays"), "{}", page.says());
    let checked = visit.run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(checked.code, 0, "{}", checked.err);
}

#[test]
fn how_somebody_reads_is_chosen_with_the_papers_that_they_want_so() {
    let mut visit = Visit::to("easterlow");
    let before = visit.run.read(FILE);
    let page = visit.conference("/people/4/edit");
    assert!(page.says().contains("Easy read is short sentences beside pictures"), "{}", page.says());
    let saved = page.choose("Print", "20 point").tick("Minutes").tick("Plan").press("Save");
    assert!(saved.says().contains("Saved") && saved.says().contains("20 point"), "{}", saved.says());
    let after = visit.run.read(FILE);
    assert!(after.contains("format: 20") && after.contains("print_copies: [minutes, plan]"), "{after}");
    let undone = visit.conference("/undo").press("Undo it");
    assert!(undone.says().contains("It is undone"), "{}", undone.says());
    assert_eq!(visit.run.read(FILE), before);
}
