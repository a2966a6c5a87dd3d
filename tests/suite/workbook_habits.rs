//! What a coordinator does to a workbook, and what is made of it.

use crate::run::{Outcome, Run};
use crate::workbook_book::{Book, Cell};

/// The example as a workbook, changed as somebody would, and what the check says of it.
struct Changed {
    run: Run,
    outcome: Outcome,
}

fn changed(change: impl FnOnce(&mut Book)) -> Changed {
    let run = Run::on_the_example();
    let done = run.convenor(&["convert", "@/conference.yaml", "@/whole.xlsx"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let mut book = Book::of(&run.bytes("whole.xlsx"));
    change(&mut book);
    let run = run.with("c.xlsx", book.data());
    let outcome = run.convenor(&["check", "@/c.xlsx"]);
    Changed { run, outcome }
}

impl Changed {
    /// It says the same as before.
    fn reads_the_same(self) -> Self {
        let says = |file: &str| {
            let out = format!("@/{file}.back.yaml");
            let done = self.run.convenor(&["convert", &format!("@/{file}"), &out]);
            assert_eq!(done.code, 0, "{}", done.err);
            self.run.read(&format!("{file}.back.yaml"))
        };
        assert_eq!(says("c.xlsx"), says("whole.xlsx"));
        self
    }

    /// The check says just these: code, then the place, a line each.
    fn says(self, expected: &[&str]) -> Self {
        let mut said = Vec::new();
        let mut code = "";
        for line in self.outcome.err.lines() {
            if let Some((start, _)) =
                line.split_once("]: ").filter(|(start, _)| start.starts_with("error[") || start.starts_with("warning["))
            {
                code = start.split_once('[').map_or("", |(_, code)| code);
            } else if let Some((_, place)) = line.split_once("--> ") {
                said.push(format!("{code} {}", place.trim_start_matches("c.xlsx, ")));
            }
        }
        // It has moved with its row, and is a warning of the example itself.
        said.retain(|line| !line.starts_with("downgraded "));
        said.dedup();
        let before = self.run.convenor(&["check", "@/whole.xlsx"]).err;
        let new: Vec<&String> =
            said.iter().filter(|said| !before.contains(said.split_once(' ').map_or("", |(_, p)| p))).collect();
        assert_eq!(new, expected, "{}", self.outcome.err);
        self
    }

    fn helps(self, words: &str) -> Self {
        assert!(self.outcome.err.contains(words), "`{words}`: {}", self.outcome.err);
        self
    }
}

#[test]
fn as_it_is_the_check_says_what_it_says_of_the_file() {
    let whole = changed(|_| {}).reads_the_same();
    let codes = |text: &str| text.lines().filter(|l| l.contains("]: ")).map(str::to_owned).collect::<Vec<_>>();
    let yaml = whole.run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(codes(&whole.outcome.err).len(), codes(&yaml.err).len(), "{}\n{}", whole.outcome.err, yaml.err);
}

#[test]
fn rows_may_be_sorted_where_numbers_and_names_give_the_order() {
    changed(|book| {
        book.sheet("Actions").sort("Status");
        book.sheet("Decisions").sort("In words");
        book.sheet("Goals").sort("Goal");
        let rows = &mut book.sheet("Meeting").rows;
        rows[1..].reverse();
    })
    .reads_the_same();
}

#[test]
fn rows_and_columns_may_be_inserted_moved_and_titled() {
    changed(|book| {
        for name in ["People", "Said", "Meeting", "Agenda"] {
            let sheet = book.sheet(name);
            sheet.rows.insert(0, vec![Cell::from("Station Parade, notes of the coordinator")]);
            sheet.rows.insert(1, vec![Cell::Nothing]);
        }
        let people = book.sheet("Organisations");
        people.rows.insert(4, vec![Cell::Nothing; 4]);
        book.sheet("Actions").move_to_end("Action");
        book.sheet("Goals").move_to_end("Goal no.");
    })
    .reads_the_same()
    .says(&[]);
    changed(|book| book.sheet("People").insert_column(2, "Parking", "yes"))
        .reads_the_same()
        .says(&["not-read People!C1  Parking"]);
}

#[test]
fn sheets_may_be_renamed_and_moved() {
    changed(|book| {
        book.sheet("People").name = "Invitees".to_owned();
        book.sheet("Said").name = "Minutes 24 Nov".to_owned();
        book.sheet("Restricted - names").name = "Names".to_owned();
        book.sheets.reverse();
    })
    .reads_the_same()
    .says(&[]);
}

#[test]
fn headings_may_have_a_slip_or_a_name_that_lists_have() {
    changed(|book| {
        let people = book.sheet("People");
        let column = people.column("Organisation");
        people.rows[0][column] = "Organistion *".into();
        let column = people.column("Phone");
        people.rows[0][column] = "Mobile number".into();
        let column = people.column("Dear");
        people.rows[0][column] = "DEAR".into();
    })
    .reads_the_same()
    .says(&[]);
    // A name and an address in parts, as other programs give them.
    let parted = changed(|book| {
        let people = book.sheet("People");
        let (name, address) = (people.column("Name"), people.column("Address (if not the organisation’s)"));
        people.rows[0][name] = "Surname".into();
        people.rows[0][address] = "Address line 1".into();
        people.rows[3][name] = "Plum".into();
        people.rows[3][address] = "14 Dace Court".into();
        for (heading, value) in [("First name", "Jarek"), ("Town", "MARSHGATE"), ("Postcode", "E20 9ZZ")] {
            let width = people.rows[0].len();
            for (n, row) in people.rows.iter_mut().enumerate() {
                row.resize(width, Cell::Nothing);
                row.push(match n {
                    0 => heading.into(),
                    3 => value.into(),
                    _ => Cell::Nothing,
                });
            }
        }
    });
    let done = parted.run.convenor(&["convert", "@/c.xlsx", "@/back.yaml"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let back = parted.run.read("back.yaml");
    assert!(back.contains("name: Jarek Plum") && back.contains("[14 Dace Court, MARSHGATE, E20 9ZZ]"), "{back}");
}

#[test]
fn what_keeps_something_from_somebody_cannot_be_deleted() {
    changed(|book| book.sheet("Said").delete_column("Who may read it"))
        .says(&["missing-column Said, row 1"])
        .helps("without it more people would read more");
    changed(|book| book.sheet("People").delete_column("Not these points")).says(&["missing-column People, row 1"]);
    changed(|book| book.sheet("People").delete_column("Phone")).says(&[]);
    changed(|book| book.sheets.retain(|sheet| sheet.name != "Restricted - names")).says(&["no-sheet-found c.xlsx"]);
    changed(|book| book.sheets.retain(|sheet| sheet.name != "What was measured")).says(&[]).reads_the_same();
}

#[test]
fn what_nobody_sees_is_asked_about() {
    changed(|book| {
        book.sheet("Actions").hidden_rows.insert(2);
    })
    .says(&["hidden-row Actions, row 3"])
    .helps("clear the filter");
    changed(|book| {
        book.sheet("People").hidden_columns.insert(4);
    })
    .says(&["hidden-row People!E1  Email"])
    .reads_the_same();
    changed(|book| book.sheet("Restricted - names").is_hidden = true).says(&["hidden-row c.xlsx"]);
    changed(|book| {
        let said = book.sheet("Said");
        said.set(4, "Who said it", Cell::Formula("=1/0", "#DIV/0!"));
    })
    .says(&["not-a-text-cell Said!C4  Who said it *"]);
}

#[test]
fn days_and_times_are_read_as_people_write_them() {
    for (label, typed) in [
        ("Starts at", Cell::from("1.30pm")),
        ("Starts at", Cell::from("13.30")),
        ("Starts at", Cell::Shown(0.5625, "hh:mm")),
        ("Starts at", Cell::Number(0.5625)),
        ("Date", Cell::from("24/11/26")),
        ("Date", Cell::from("Tuesday 24th November 2026")),
        ("Date", Cell::Shown(46_350.0, "dd/mm/yyyy")),
        ("Date", Cell::Number(46_350.0)),
    ] {
        changed(|book| book.meeting(label, typed.clone())).reads_the_same().says(&[]);
    }
    for (label, typed, said, help) in [
        ("Starts at", Cell::Shown(13.3, "hh:mm"), "bad-value Meeting!C24  Starts at", "with a colon"),
        ("Date", Cell::from("11/24/2026"), "bad-value Meeting!C23  Date", "the day first"),
        ("Date", Cell::from("Mon 24 Nov 2026"), "bad-value Meeting!C23  Date", "that day is a Tuesday"),
        ("Chair", Cell::Nothing, "missing-field Meeting!C30  Chair", "fill in this cell"),
        ("Kind of context", Cell::from("Plaec"), "unknown-word Meeting!C11  Kind of context", "did you mean `Place`?"),
    ] {
        changed(|book| book.meeting(label, typed.clone())).says(&[said]).helps(help);
    }
    changed(|book| {
        book.meeting("Review on", "tbc");
        book.meeting("Review starts at", Cell::Nothing);
    })
    .says(&["read-as-empty Meeting!C37  Review on"]);
}

#[test]
fn a_paste_from_word_is_read_with_its_quotation_marks_and_lines() {
    let typed = "“The chair” welcomed everyone,\r\ngave the fire exits\u{a0}and read out how to look _x000D_after what is said. ";
    let changed = changed(|book| book.sheet("Said").set(5, "What was said", typed)).says(&[]);
    let done = changed.run.convenor(&["convert", "@/c.xlsx", "@/back.yaml"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let back = changed.run.read("back.yaml");
    assert!(
        back.contains(
            "“The chair” welcomed everyone,\\ngave the fire exits\u{a0}and read out how to look after what is said."
        ),
        "{back}"
    );
}

#[test]
fn words_that_are_not_known_stop_and_are_never_taken_for_another() {
    changed(|book| book.sheet("Said").set(5, "Who may read it", "comunity"))
        .says(&["unknown-word Said!E5  Who may read it"])
        .helps("did you mean `Community`?");
    changed(|book| book.sheet("Said").set(5, "Who may read it", "tbc"))
        .says(&["unknown-word Said!E5  Who may read it"]);
    changed(|book| book.sheet("Said").set(5, "Who said it", "London Borough of Marshgat"))
        .says(&["unknown-organisation Said!C5  Who said it *"])
        .helps("did you mean `London Borough of Marshgate`?");
    changed(|book| book.sheet("Said").set(5, "Who said it", "london borough of  MARSHGATE")).reads_the_same();
    changed(|book| book.sheet("Said").set(5, "Point", "1. What is going well"))
        .says(&["bad-value Said!A5  Point"])
        .helps("the number says point 1, and the words say point 4");
    changed(|book| book.sheet("People").set(14, "Only these points", Cell::Shown(46_238.0, "d-mmm")))
        .says(&["not-a-text-cell People!J14  Only these points"])
        .helps("write 4 to 8 instead of 4-8");
    changed(|book| book.meeting("Chair", "Adaeze Okonkwoo"))
        .says(&["unknown-person Meeting!C30  Chair"])
        .helps("did you mean `Adaeze Okonkwo`?");
}

#[test]
fn rows_that_name_one_another_are_followed_by_their_numbers() {
    changed(|book| book.sheet("Actions").set(3, "Goal no.", "g9"))
        .says(&["bad-value Actions!B3  Goal no. *"])
        .helps("there is no goal of this number");
    changed(|book| book.sheet("Actions").set(3, "Action no.", "a1")).says(&["duplicate-id Actions!A3  Action no. *"]);
    changed(|book| book.sheet("Organisations").set(4, "Organisation", "Metropolitan Police"))
        .helps("a row before this one has the same name");
    changed(|book| book.sheet("Agenda").set(3, "Point", "7. Why we are here")).says(&["bad-value Agenda!A3  Point *"]);
}

#[test]
fn an_answer_to_an_alarm_follows_its_words_and_lapses_when_they_change() {
    let alarm = |where_: &'static str, words: Option<&'static str>| {
        changed(move |book| {
            let stands = book.sheet("Said").get(8, "What was said");
            let words = words.map_or(stands, str::to_owned);
            let alarms = book.sheet("False alarms");
            alarms.set(2, "Where", where_);
            alarms.set(2, "What stands there", words.as_str());
            alarms.set(2, "Why it is all right", "a count of reports");
        })
    };
    let path = |changed: Changed| {
        let done = changed.run.convenor(&["convert", "@/c.xlsx", "@/back.yaml"]);
        assert_eq!(done.code, 0, "{}", done.err);
        changed.run.read("back.yaml").lines().find(|line| line.contains("path:")).expect("an answer").to_owned()
    };
    let here = path(alarm("Said!D8", None));
    assert!(here.contains("items[3].text"), "{here}");
    assert_eq!(path(alarm("Said!D20", None)), here, "its row moved");
    alarm("Said!D8", Some("other words")).says(&["unknown-path False alarms!A2  Where *"]);
}

#[test]
fn a_guest_and_somebody_who_no_longer_takes_part_stay_in_their_rows() {
    let changed = changed(|book| {
        let people = book.sheet("People");
        let last = people.rows.iter().rposition(|row| row[0] != Cell::Nothing).expect("there are people") + 2;
        people.set(last, "Name", "Mr Jarek Plum");
        people.set(last, "Organisation", "Mill Lane Homes");
        people.set(last, "Invite", "Came uninvited");
        people.set(last, "Came", "yes");
        people.set(4, "Withdrawn on", "20/11/2026");
    });
    let done = changed.run.convenor(&["convert", "@/c.xlsx", "@/back.yaml"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let back = changed.run.read("back.yaml");
    assert!(back.contains("withdrawn: { on: 2026-11-20 }"), "{back}");
    assert!(back.contains("name: Mr Jarek Plum") && back.contains("invited: false"), "{back}");
}

#[test]
fn hostile_texts_are_texts() {
    let hostile = [
        "=1+1",
        "#eval",
        "{{ x }}",
        "../../etc",
        "O'Neill & Sons <Ltd>",
        "]]>",
        "محمد",
        "王小明",
        "-1",
        "+44",
        "@SUM(1)",
    ];
    for text in hostile {
        let changed = changed(|book| book.sheet("Said").set(5, "What was said", text));
        let done = changed.run.convenor(&["convert", "@/c.xlsx", "@/there.xlsx"]);
        assert_eq!(done.code, 0, "{text}: {}", done.err);
        let mut there = Book::of(&changed.run.bytes("there.xlsx"));
        assert_eq!(there.sheet("Said").get(5, "What was said"), text);
    }
    changed(|book| book.sheet("Said").set(5, "What was said", "left\u{202e}right"))
        .says(&["control-character Said!D5  What was said *"]);
}

#[test]
fn the_form_for_machines_names_sheet_cell_and_code_and_nothing_that_was_typed() {
    let changed = changed(|book| book.sheet("Said").set(5, "Who may read it", "secret word"));
    let said = changed.run.convenor(&["check", "@/c.xlsx", "--message-format", "json"]).err;
    let line = said.lines().find(|line| line.contains("unknown-word")).expect("it is told");
    for part in ["\"cell\":\"E5\"", "\"row\":5", "\"column\":5", "\"sheet\":", "\"code\":\"unknown-word\""] {
        assert!(line.contains(part), "{line}");
    }
    assert!(!said.contains("secret") && !line.contains("Who may read"), "{said}");
}

#[test]
fn a_later_format_is_refused_and_a_list_is_no_conference() {
    let later = changed(|book| {
        let how = book.sheet("How to use");
        let last = how.rows.len() - 1;
        how.rows[last][2] = Cell::Number(2.0);
    });
    assert!(later.outcome.err.contains("format 2, which is later than this program knows"), "{}", later.outcome.err);
    // A list with the headings of people is a list.
    let list = changed(|book| {
        book.sheets.retain(|sheet| sheet.name == "People");
    });
    assert!(list.outcome.out.contains("headings in row 1"), "{}{}", list.outcome.out, list.outcome.err);
}
