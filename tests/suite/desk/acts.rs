//! What the desk does: drafts, the check by a second person, sending, the record.

use crate::visit::Visit;

fn made(visit: &mut Visit) -> String {
    visit.conference("/make").press("Make the drafts");
    visit.made().says()
}

fn ticked<'v>(page: crate::visit::Page<'v>) -> crate::visit::Page<'v> {
    [
        "When and where are right",
        "The names, the address and the “Dear …” are right",
        "Nobody could tell who a child is",
        "The words do not blame anyone",
    ]
    .into_iter()
    .fold(page, |page, label| page.tick(label))
}

#[test]
fn letters_are_made_checked_by_somebody_else_released_and_noted_as_sent() {
    let mut visit = Visit::to("marshgate");
    made(&mut visit);
    let kind = visit.conference("/check/thank-you");
    for part in
        ["The first letter", "The longest letter", "A letter by chance", "The last letter", "16 letters: who gets one"]
    {
        assert!(kind.says().contains(part), "{part}: {}", kind.says());
    }
    let refused = ticked(visit.conference("/check/thank-you/release"))
        .fill("Who has checked them? First name and surname", "Tom Hallam")
        .press("Release the 16 papers");
    assert_eq!(refused.status, 422, "{}", refused.says());
    let page = refused.fill("Who has checked them? First name and surname", "Ruth Penhaligon").press("Release");
    assert_eq!(page.status, 200, "{}", page.says());
    let says = visit.made().says();
    assert!(says.contains("It is done"), "{says}");
    let send = visit.conference("/send/thank-you");
    let says = send.says();
    assert!(says.contains("Checked by Ruth Penhaligon") && says.contains("Letters to print"), "{says}");
    let sent = send.tick("By post").press("All 16 that are left are gone");
    assert!(sent.says().contains("It is noted in the record"), "{}", sent.says());
    assert!(visit.conference("/send").says().contains("All sent"));
    let timetable = visit.run.convenor(&["timetable", "@/conference.yaml", "-o", "@/out", "--today", "2026-12-16"]);
    assert!(timetable.out.contains("Thank everybody who came"), "{}", timetable.out);
    let verified = visit.run.convenor(&["verify", "@/conference.yaml", "-o", "@/out"]);
    assert_eq!(verified.code, 0, "{}", verified.err);
}

#[test]
fn whoever_sits_at_the_desk_is_a_maker_and_checks_nothing_that_was_made_there() {
    let mut visit = Visit::at(crate::run::Run::on_the_example()).seated("Ruth Penhaligon");
    let says = made(&mut visit);
    assert!(says.contains("It is done"), "{says}");
    let record = visit.run.read("out/CSC-2026-014/record.jsonl");
    assert!(
        record.contains("\"maker\":\"Tom Hallam\",\"hands\":[\"Ruth Penhaligon\"]"),
        "{}",
        &record[..2000.min(record.len())]
    );
    for checker in ["Ruth Penhaligon", "Tom Hallam", "ruth  penhaligon"] {
        let page = ticked(visit.conference("/check/minutes/release"))
            .fill("Who has checked them? First name and surname", checker)
            .press("Release");
        assert_eq!(page.status, 422, "{checker}: {}", page.says());
        assert!(page.says().contains("The maker of the papers cannot check them"), "{}", page.says());
    }
    let cli = visit.run.convenor(&["release", "@/conference.yaml", "-o", "@/out", "--checked-by", "Ruth Penhaligon"]);
    assert_eq!(cli.code, 1, "the command line knows it too: {}", cli.out);
}

#[test]
fn a_release_wants_every_tick_a_name_and_a_day() {
    let mut visit = Visit::to("marshgate");
    made(&mut visit);
    let page = visit.conference("/check/sharing-forms/release").fill("Day", "99").press("Release");
    assert_eq!(page.status, 422);
    let says = page.says();
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    for fault in ["Tick all four", "Enter the first name and surname", "Enter a day as 24, 11 and 2026"] {
        assert!(says.contains(fault), "{says}");
    }
    assert_eq!(page.value("Day"), "99");
}

#[test]
fn papers_are_looked_at_one_by_one_released_sent_and_all_of_it_is_in_the_record() {
    let mut visit = Visit::to("marshgate");
    made(&mut visit);
    let kind = visit.conference("/check/sharing-forms");
    let looks = kind.links().into_iter().filter(|link| link.contains("/paper/")).collect::<Vec<_>>();
    assert!(!looks.is_empty(), "{}", kind.says());
    assert!(kind.says().contains("After") && kind.says().contains("more look"), "{}", kind.says());
    for look in looks {
        let page = ticked(visit.open(&look))
            .fill("Who looks at it? First name and surname", "Ruth Penhaligon")
            .press("I have checked this paper");
        assert!(page.says().contains("It is noted in the record"), "{}", page.says());
    }
    let page = ticked(visit.conference("/check/sharing-forms/release"))
        .fill("Who has checked them? First name and surname", "Ruth Penhaligon")
        .press("Release");
    assert_eq!(page.status, 200, "{}", page.says());
    let says = visit.made().says();
    assert!(says.contains("released."), "{says}");
    let send = visit.conference("/send/sharing-forms");
    assert!(send.says().contains("Checked by Ruth Penhaligon"), "{}", send.says());
    let refused = send.press("Those that are ticked are gone");
    assert_eq!(refused.status, 422);
    assert!(
        refused.says().contains("Tick those that are gone") && refused.says().contains("Say how they went"),
        "{}",
        refused.says()
    );
    let send = visit.conference("/send/sharing-forms");
    let has_many = send.says().contains("that are left are gone");
    let send = if has_many {
        send.tick("By e-mail").press("All")
    } else {
        send.tick("10 people").tick("By e-mail").press("Those that are ticked")
    };
    assert!(send.says().contains("It is noted in the record"), "{}", send.says());
    let record = visit.conference("/record");
    assert!(record.says().contains("E-mailed") && record.says().contains("says Tom Hallam"), "{}", record.says());
    let sound = visit.conference("/record").press("Is the folder sound?");
    assert!(sound.says().contains("The folder is sound"), "{}", sound.says());
}

#[test]
fn somebody_withdraws_and_takes_part_again() {
    let mut visit = Visit::to("marshgate");
    made(&mut visit);
    let page = visit
        .conference("/people/14")
        .follow("They no longer take part")
        .fill("Day", "1")
        .fill("Month", "1")
        .fill("Year", "2027")
        .press("They no longer take part");
    assert_eq!(page.status, 422, "{}", page.says());
    assert!(page.says().contains("future"), "{}", page.says());
    let page = page.fill("Day", "9").fill("Month", "12").fill("Year", "2026").press("They no longer take part");
    assert!(page.says().contains("Nothing is made for them from now on"), "{}", page.says());
    let page = visit.conference("/people/14").press("They take part again");
    assert!(page.says().contains("They take part again"), "{}", page.says());
}

#[test]
fn a_draft_that_was_made_again_is_gone_from_its_old_address() {
    let mut visit = Visit::to("marshgate");
    made(&mut visit);
    let path = visit.of("/file/00000000000000aa");
    let gone = visit.get(&path);
    assert_eq!(gone.status, 410);
    let people = visit.conference("/papers/sharing-forms/professional");
    let file = people.links().into_iter().find(|link| link.contains("/file/")).expect("it has copies");
    let pdf = visit.get(&file);
    assert_eq!((pdf.status, &pdf.body[..5]), (200, &b"%PDF-"[..]));
    assert!(pdf.headers["content-disposition"].starts_with("inline; filename="));
}

#[test]
fn a_file_that_was_changed_since_is_not_shown() {
    let mut visit = Visit::to("marshgate");
    made(&mut visit);
    let page = visit.conference("/papers/sharing-forms/professional");
    let file = page.links().into_iter().find(|link| link.contains("/file/")).expect("it has copies");
    std::fs::write(visit.run.path("out/CSC-2026-014/professional/sharing-forms.pdf"), "changed")
        .expect("the tests may write");
    let answer = visit.get(&file);
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("changed since it was made"), "{}", answer.text());
}

#[test]
fn the_record_goes_into_a_spreadsheet_as_the_command_line_gives_it() {
    let mut visit = Visit::to("marshgate");
    made(&mut visit);
    let (to, fields) = visit.conference("/record").form("Save for Excel");
    let table = visit.post(&to, &fields);
    assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
    let cli = visit.run.convenor(&["record", "@/conference.yaml", "-o", "@/out", "--format", "csv"]);
    assert_eq!(table.text(), cli.out);
}

#[test]
fn a_released_file_of_which_nobody_has_a_copy_is_noted_as_lost() {
    let mut visit = Visit::to("marshgate");
    made(&mut visit);
    let release = visit.run.convenor(&[
        "release",
        "@/conference.yaml",
        "-o",
        "@/out",
        "--only",
        "sharing-forms",
        "--checked-by",
        "Ruth Penhaligon",
        "--on",
        "2026-11-09",
    ]);
    assert_eq!(release.code, 0, "{}", release.err);
    std::fs::remove_file(visit.run.path("out/CSC-2026-014/professional/sharing-forms.pdf")).expect("it was there");
    let page = visit.conference("/record").press("Is the folder sound?");
    assert!(page.says().contains("The folder is not as it was made"), "{}", page.says());
    let page = page.press("Note them as lost");
    assert_eq!(page.status, 422);
    assert!(page.says().contains("Enter what happened"), "{}", page.says());
    let (to, mut fields) = page.fill("What happened, in a few words?", "the disk failed").form("Note them as lost");
    let key = page_key(&mut visit);
    fields.push(("lost".to_owned(), key));
    assert_eq!(visit.post(&to, &fields).status, 303);
    assert!(visit.conference("/record").says().contains("Lost: the disk failed"));
}

/// The value of the first box on the page of what is lost.
fn page_key(visit: &mut Visit) -> String {
    let page = visit.conference("/record").press("Is the folder sound?");
    let boxes = scraper::Selector::parse("input[name=lost]").expect("a selector");
    page.html.select(&boxes).next().expect("something is missing").value().attr("value").expect("a key").to_owned()
}
