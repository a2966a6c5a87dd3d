//! A workbook from its beginning to the next conference.

use crate::run::Run;
use crate::workbook_book::{Book, Cell};

#[test]
fn an_empty_workbook_asks_for_what_is_needed_cell_by_cell() {
    let run = Run::on_nothing();
    let made = run.convenor(&["new", "@/northmere", "--workbook"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert_eq!(run.files("northmere"), ["northmere/borough.yaml", "northmere/conference.xlsx", "northmere/logo.svg"]);
    let checked = run.convenor(&["check", "@/northmere/conference.xlsx"]);
    assert_eq!(checked.code, 1);
    for cell in ["Meeting!C2  Reference", "Meeting!C23  Date", "Meeting!C26  Venue", "Meeting!C30  Chair"] {
        assert!(checked.err.contains(cell), "{cell}: {}", checked.err);
    }
    for said in checked.err.split("\n\n").filter(|said| said.contains("conference.xlsx")) {
        assert!(!said.contains("add `") && !said.contains("YAML") && !said.contains(":`"), "{said}");
    }
    let again = run.convenor(&["new", "@/northmere", "--workbook"]);
    assert_eq!(again.code, 1);
}

#[test]
fn below_a_council_only_the_workbook_is_written() {
    let run = Run::on_the_council("northmere");
    let made = run.convenor(&["new", "@/station", "--workbook"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert_eq!(run.files("station"), ["station/conference.xlsx"]);
    let book = Book::of(&run.bytes("station/conference.xlsx"));
    let agenda = book.sheets.iter().find(|sheet| sheet.name == "Agenda").expect("it is there");
    assert!(agenda.rows.iter().filter(|row| row[0] != Cell::Nothing).count() > 8);
}

#[test]
fn the_example_as_a_workbook_builds() {
    let run = Run::on_nothing();
    let made = run.convenor(&["new", "@/example", "--workbook", "--example"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let built =
        run.convenor(&["build", "@/example/conference.xlsx", "-o", "@/out", "--only", "invitation", "--to", "md"]);
    assert_eq!(built.code, 0, "{}", built.err);
    for verb in ["status", "timetable"] {
        let said = run.convenor(&[verb, "@/example/conference.xlsx", "--today", "2026-11-20"]);
        assert_eq!(said.code, 0, "{verb}: {}", said.err);
    }
    let found = run.convenor(&["status", "@/example", "--today", "2026-11-20"]);
    assert_eq!(found.code, 0, "a folder with a workbook in it: {}", found.err);
    let minutes = run.convenor(&["minutes", "new", "@/example/conference.xlsx"]);
    assert!(minutes.err.contains("a workbook is yours to write"), "{}", minutes.err);
}

#[test]
fn twelve_letters_are_made_from_some_hundred_cells() {
    let run = Run::on_nothing();
    run.convenor(&["new", "@/northmere", "--workbook"]);
    let mut book = Book::of(&run.bytes("northmere/conference.xlsx"));
    let mut cells = 0;
    for (label, value) in [
        ("Reference", Cell::from("NM-2026-003")),
        ("Papers dated", "2/11/2026".into()),
        ("Context reference", "CTX-7".into()),
        ("Kind of context", "Place".into()),
        ("Name for every reader", "Harbour Square".into()),
        ("Assessment reference", "NA-7".into()),
        ("Assessment completed on", "16 October 2026".into()),
        ("Date", Cell::Shown(46_350.0, "dd/mm/yyyy")),
        ("Starts at", "1.30pm".into()),
        ("Ends at", "15:30".into()),
        ("Venue", "Committee Room 1".into()),
        ("Venue address", "Town Hall, High Street, NORTHMERE, E20 9AA".into()),
        ("Chair", "Ada Stone".into()),
        ("Minute taker", "Tom Reed".into()),
        ("Reply by", "17/11/2026".into()),
    ] {
        book.meeting(label, value);
        cells += 1;
    }
    for (n, kind) in ["Statutory", "School", "Business", "Residents"].into_iter().enumerate() {
        let sheet = book.sheet("Organisations");
        sheet.set(3 + n, "Organisation", format!("Partner {n}").as_str());
        sheet.set(3 + n, "Type", kind);
        sheet.set(3 + n, "Address", format!("House {n}, {n} Kiln Road, NORTHMERE, E20 9AB").as_str());
        cells += 3;
    }
    for n in 0..12_usize {
        let people = book.sheet("People");
        people.set(2 + n, "Name", format!("Ms Joy Fox{}", "abcdefghijkl".chars().nth(n).expect("a letter")).as_str());
        people.set(2 + n, "Organisation", format!("Partner {}", n % 4).as_str());
        cells += 2;
    }
    for (n, (name, role)) in
        [("Ada Stone", "Independent Chair"), ("Tom Reed", "Conference Coordinator")].into_iter().enumerate()
    {
        let people = book.sheet("People");
        people.set(14 + n, "Name", name);
        people.set(14 + n, "Role", role);
        people.set(14 + n, "Organisation", "Northmere Council");
        people.set(14 + n, "Invite", "No");
        cells += 4;
    }
    assert!(cells < 105, "{cells}");
    let run = run.with("northmere/conference.xlsx", book.data());
    let built =
        run.convenor(&["build", "@/northmere/conference.xlsx", "-o", "@/out", "--only", "invitation", "--to", "md"]);
    // The council itself is still to be filled in.
    assert_eq!(built.code, 0, "{}", built.err);
    assert_eq!(run.files("out").iter().filter(|file| file.ends_with(".md")).count(), 12, "{:?}", run.files("out"));
}

#[test]
fn the_review_of_a_workbook_is_a_workbook_that_carries_its_plan() {
    let run = Run::on_the_example()
        .with("first/borough.yaml", Run::on_the_example().read("borough.yaml"))
        .with("first/logo.svg", Run::on_the_example().bytes("logo.svg"));
    let converted = run.convenor(&["convert", "@/conference.yaml", "@/first/conference.xlsx"]);
    assert_eq!(converted.code, 0, "{}", converted.err);
    let made = run.convenor(&["new", "@/first/review", "--review-of", "@/first/conference.xlsx"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let mut book = Book::of(&run.bytes("first/review/conference.xlsx"));
    let actions = book.sheet("Actions");
    assert_eq!((actions.get(2, "Action no."), actions.get(10, "Action no.")), ("a1".to_owned(), "a9".to_owned()));
    let meeting = book.sheet("Meeting");
    let of = |label: &str| meeting.rows.iter().find(|row| row[1] == Cell::from(label)).expect("a label").clone();
    assert_eq!(of("Kind of conference")[2], Cell::from("Review"));
    assert_eq!(of("Reference")[2], Cell::from("CSC-2026-014-R1"));
    assert_eq!(of("File of the one before")[2], Cell::from("../conference.xlsx"));
    assert_eq!(of("Reference")[6], Cell::from("Yes"), "it is still to be checked");
    let checked = run.convenor(&["check", "@/first/review/conference.xlsx"]);
    assert!(checked.err.contains("Meeting!C2  Reference"), "{}", checked.err);
}

#[test]
fn numbers_stay_while_rows_are_sorted_and_people_leave() {
    let run = Run::on_the_example();
    let done = run.convenor(&["convert", "@/conference.yaml", "@/w/conference.xlsx"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let run = run
        .with("w/borough.yaml", Run::on_the_example().read("borough.yaml"))
        .with("w/logo.svg", Run::on_the_example().bytes("logo.svg"));
    let build = |run: &Run| {
        let built =
            run.convenor(&["build", "@/w/conference.xlsx", "-o", "@/out", "--only", "invitation", "--to", "md"]);
        assert_eq!(built.code, 0, "{}", built.err);
        run.files("out").into_iter().filter(|file| file.ends_with(".md")).collect::<Vec<_>>()
    };
    let before = build(&run);
    let mut book = Book::of(&run.bytes("w/conference.xlsx"));
    book.sheet("People").sort("Name");
    let run = run.with("w/conference.xlsx", book.data());
    assert_eq!(build(&run), before, "sorted by name");
    let gone = 1 + book
        .sheet("People")
        .rows
        .iter()
        .position(|row| row[0] == Cell::from("Sgt Priya Nair"))
        .expect("she is there");
    book.sheet("People").set(gone, "Withdrawn on", "3/11/2026");
    let run = run.with("w/conference.xlsx", book.data());
    let after = build(&run);
    assert!(before.len() == after.len() + 1 && after.iter().all(|file| before.contains(file)), "{after:?}");
}

#[test]
fn a_copy_may_leave_once_it_tells_nobody_what_is_for_few() {
    let run = Run::on_the_example();
    run.convenor(&["convert", "@/conference.yaml", "@/c.xlsx"]);
    let asked = run.convenor(&["check", "@/c.xlsx", "--for-sending"]);
    assert_eq!(asked.code, 1);
    assert!(asked.out.contains("a copy of it must not leave"), "{}", asked.out);
    for place in ["Restricted - children!A2  Record number *", "Restricted - names!A2", "Said!D30"] {
        assert!(asked.err.contains(place), "{place}: {}", asked.err);
    }
    let left = "child_links,protected_names,items[25],items[39]";
    let copied = run.convenor(&["convert", "@/c.xlsx", "@/copy.xlsx", "--leave-out", left]);
    assert_eq!(copied.code, 0, "{}", copied.err);
    let copy = run.convenor(&["check", "@/copy.xlsx", "--for-sending"]);
    assert_eq!(copy.code, 0, "{}", copy.err);
    assert!(!String::from_utf8_lossy(&run.bytes("copy.xlsx")).contains("MOS-"));
}

#[test]
fn the_restricted_sheets_may_be_a_workbook_of_their_own_and_nothing_is_made_without_it() {
    let run = Run::on_the_example();
    let done = run.convenor(&["convert", "@/conference.yaml", "@/c.xlsx", "--restricted", "apart.xlsx"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let book = Book::of(&run.bytes("c.xlsx"));
    assert!(book.sheets.iter().all(|sheet| !sheet.name.starts_with("Restricted")));
    assert!(!format!("{book:?}").contains("MOS-448120"));
    assert_eq!(crate::workbook_round::model(&run, "c.xlsx"), crate::workbook_round::model(&run, "conference.yaml"));
    let asked = run.convenor(&["check", "@/c.xlsx", "--for-sending"]);
    assert!(asked.err.contains("Said!D30") && !asked.err.contains("children!A2"), "{}", asked.err);
    let mut apart = Book::of(&run.bytes("apart.xlsx"));
    apart.sheet("Restricted - children").set(2, "Worker", "");
    let run = run.with("apart.xlsx", apart.data());
    let checked = run.convenor(&["check", "@/c.xlsx"]);
    assert!(checked.err.contains("apart.xlsx, Restricted - children!B2  Worker *"), "{}", checked.err);
    std::fs::remove_file(run.path("apart.xlsx")).expect("it is there");
    let without = run.convenor(&["build", "@/c.xlsx", "-o", "@/out"]);
    assert_eq!(without.code, 1);
    assert!(without.err.contains("there is no workbook `apart.xlsx` beside this one"), "{}", without.err);
    assert!(without.err.contains("c.xlsx, Meeting!C8  Restricted sheets are in"), "{}", without.err);
}

#[test]
fn a_workbook_of_a_conference_is_no_list_of_people() {
    let run = Run::on_the_example();
    run.convenor(&["convert", "@/conference.yaml", "@/c.xlsx"]);
    let asked = run.convenor(&["invite", "@/conference.yaml", "--list", "@/c.xlsx", "-o", "@/out"]);
    assert_eq!(asked.code, 1, "{}", asked.err);
    assert!(asked.err.contains("this is a conference, not a list of people"), "{}", asked.err);
}
