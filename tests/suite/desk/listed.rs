//! A list of people, pasted or chosen: its columns are shown and asked about, its people are added, and nothing of it is kept.

use crate::visit::{Page, Visit};

const FILE: &str = "conference.yaml";

/// What Excel puts on the clipboard.
const PASTED: &str = "Full name\tDear\tAddress line 1\tTown\tPostcode\tCategory\n\
    Ms Yetunde Okafor-Lindqvist\tMs Okafor-Lindqvist\t2 Mill Lane\tMARSHGATE\tE20 9AB\tresidents\n\
    Mr Œzgür Yıldız-Ó Briain\tMr Yıldız-Ó Briain\t4 Mill Lane\tMARSHGATE\tE20 9AB\tresidents\n\
    Mrs O'Neill & Sons <Ltd>\tMrs O'Neill\t6 Mill Lane\tMARSHGATE\tnowhere\tresidents\n";

fn pasted<'v>(visit: &'v mut Visit, text: &str) -> Page<'v> {
    visit.conference("/people").follow("Add a list").fill("Paste it here", text).press("See what is in it")
}

#[test]
fn a_paste_from_excel_is_shown_with_what_cannot_be_read_and_its_people_are_added_by_a_splice() {
    let mut visit = Visit::to("marshgate");
    let (before, files) = (visit.run.read(FILE), visit.run.files(""));
    let page = pasted(&mut visit, PASTED);
    let says = page.says();
    for said in ["3 people. Nobody is added yet", "2 ready", "1 that cannot be added", "This is not a UK postcode"] {
        assert!(says.contains(said), "{said}: {says}");
    }
    assert_eq!((visit.run.read(FILE), visit.run.files("")), (before.clone(), files), "nothing of it is on the disk");
    let page = visit.conference("/people/list/look").press("Add those that are ticked");
    let says = page.says();
    assert!(says.contains("Those of the list are added"), "{says}");
    for name in ["Ms Yetunde Okafor-Lindqvist", "Mr Œzgür Yıldız-Ó Briain"] {
        assert!(says.contains(name), "{name}: {says}");
    }
    assert!(!says.contains("O'Neill & Sons"), "her row was wrong");
    let after = visit.run.read(FILE);
    let mut rest = after.lines();
    assert!(before.lines().all(|line| rest.any(|other| other == line)), "every other line is as it was");
    assert_eq!(visit.run.convenor(&["check", "@/conference.yaml"]).code, 0);
    // It is forgotten, and those who are invited are not ticked a second time.
    assert!(visit.conference("/people/list/look").says().contains("Paste it here"));
    let page = pasted(&mut visit, PASTED);
    assert!(page.says().contains("0 ready") && page.says().contains("2 invited already"), "{}", page.says());
    let page = page.press("Add those that are ticked");
    assert_eq!(page.status, 422);
    assert!(page.says().contains("Tick those who are to be added"), "{}", page.says());
    let undone = visit.conference("/undo").press("Undo it");
    assert!(undone.says().contains("It is undone"));
    assert_eq!(visit.run.read(FILE), before);
}

#[test]
fn a_heading_that_may_mean_something_else_is_asked_about_and_the_answer_is_kept_with_the_list() {
    let mut visit = Visit::to("marshgate");
    let csv = "Name,Carer address line 1,Postcode,Nonsense\nMs Ada Lovell,24 Mill Lane,E20 9AB,residents\n";
    let page = visit.conference("/people/list").attach("Or choose a file", "friends.csv", csv.as_bytes());
    let page = page.press("See what is in it");
    assert!(page.says().contains("friends.csv: 1 person"), "{}", page.says());
    let page = page.choose("Carer address line 1", "Address line 1").choose("Nonsense", "Category").press("Look again");
    let says = page.says();
    assert!(says.contains("1 ready") && says.contains("24 Mill Lane, E20 9AB") && says.contains("Residents"), "{says}");
    let page = page.choose("Nonsense", "Leave it out").press("Look again");
    assert!(page.says().contains("Not said"), "{}", page.says());
    let of_all = "What are those of whom neither the list nor their organisation says it?";
    let page = page.choose(of_all, "Charity").press("Look again");
    assert!(page.says().contains("1 ready") && page.says().contains("Charity"), "{}", page.says());
    let page = page.press("Add those that are ticked");
    assert!(page.says().contains("Ms Ada Lovell"), "{}", page.says());
    assert!(visit.run.read(FILE).contains("voluntary"));
}

#[test]
fn workbooks_of_both_kinds_are_read_and_what_is_no_list_is_refused_with_its_words() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lists");
    for name in ["people.xlsx", "people.ods"] {
        let data = std::fs::read(folder.join(name)).expect("it is among the fixtures");
        let mut visit = Visit::to("marshgate");
        let page = visit.conference("/people/list").attach("Or choose a file", name, &data).press("See what is in it");
        assert!(page.status == 200 && page.says().contains("What is in the list"), "{name}: {}", page.says());
    }
    let mut visit = Visit::to("marshgate");
    for (typed, says) in
        [("", "Paste a list, or choose a file"), ("Ada Quill\nBo Reed", "No row of headings is recognised")]
    {
        let page = pasted(&mut visit, typed);
        assert_eq!(page.status, 422, "{typed}");
        assert!(page.says().contains(says) && !page.says().contains("--"), "{says}: {}", page.says());
    }
    let page = visit.conference("/people/list").fill("Paste it here", "a").attach("Or choose a file", "x.csv", b"Name");
    assert!(page.press("See what is in it").says().contains("not both"));
    let page = visit.conference("/people/list").attach("Or choose a file", "x.pdf", b"%PDF-1.7\n%");
    let page = page.press("See what is in it");
    assert!(page.status == 422 && page.says().contains("PDF"), "{}", page.says());
}

#[test]
fn recipients_of_a_message_are_people_with_addresses_that_nobody_can_write_to_yet() {
    let mut visit = Visit::to("marshgate");
    let page = pasted(&mut visit, "Ms Ada Lovell <ada@place.example>; Bo Reed <bo@place.example>");
    let says = page.says();
    assert!(says.contains("2 people") && says.contains("No column has an address"), "{says}");
    assert!(says.contains("ada@place.example"), "{says}");
}

#[test]
fn a_list_is_of_one_conference_and_of_whoever_sits_here_and_can_be_put_away() {
    let mut visit = Visit::to("marshgate");
    pasted(&mut visit, PASTED);
    visit.open("/who").fill("First name and surname", "Ruth Penhaligon").press("This is me");
    assert!(visit.conference("/people/list/look").says().contains("Paste it here"));
    let page = pasted(&mut visit, PASTED).press("Put the list away");
    assert!(page.says().contains("Nothing of it was kept"), "{}", page.says());
    assert!(!visit.conference("/people/list").says().contains("not added yet"));
}

#[test]
fn files_come_only_with_the_token_only_where_a_page_takes_them_and_only_so_long() {
    let mut visit = Visit::to("marshgate");
    let path = visit.of("/people/list");
    let file = |bytes: usize| vec![("file".to_owned(), "x.csv".to_owned(), vec![b'x'; bytes])];
    assert_eq!(visit.post_parts(&path, &[], &file(10)).status, 403);
    let token = visit.open(&path).form("See what is in it").1;
    assert_eq!(visit.post_parts(&path, &token, &file(9 * 1024 * 1024)).status, 413);
    assert_eq!(visit.post_parts(&path, &token, &file(10)).status, 422);
    let elsewhere = visit.of("/meeting");
    assert_eq!(visit.post_parts(&elsewhere, &token, &file(10)).status, 400);
    // The same form without files goes as any other.
    let mut typed = token.clone();
    typed.retain(|(name, _)| name != "pasted");
    typed.push(("pasted".to_owned(), PASTED.to_owned()));
    assert_eq!(visit.post(&path, &typed).status, 303);
}
