//! Which columns of a list are read for what: one address of several, headings of other programs, columns that say
//! different things of one field.

use crate::run::{Outcome, Run};

fn checked(list: &str, more: &[&str]) -> Outcome {
    let run = Run::on_nothing().with("people.csv", list);
    run.convenor(&[&["check", "@/people.csv", "--category", "residents"], more].concat())
}

/// The envelopes of a list, as labels are printed.
fn labels(list: &str, more: &[&str]) -> String {
    let run = Run::on_the_example().with("people.csv", list);
    let args = ["invite", "@/conference.yaml", "--list", "@/people.csv", "--category", "residents", "--make", "labels"];
    let outcome = run.convenor(&[&args[..], &["--yes", "-o", "@/out"], more].concat());
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    let label = run.files("out").into_iter().find(|file| file.contains("labels")).expect("there are labels");
    crate::run::pdf_text(&run.bytes(&label)).split_whitespace().collect::<Vec<_>>().join(" ")
}

const BOTH: &str = "Title,First Name,Last Name,Company,Business Street,Business City,Business Postal Code,Home Street,Home City,Home Postal Code\n\
    Ms,Ann,Ada,Corner Shop,9 High St,Eastham,E20 9AA,1 Mill Lane,Marshgate,E20 9ZZ\n";

#[test]
fn two_addresses_are_asked_about_and_never_mixed() {
    let outcome = checked(BOTH, &[]);
    assert_eq!(outcome.code, 1);
    let told = "H1 (Home Street): this begins another address than column E, and which is meant is not said";
    assert!(outcome.err.contains("error[two-addresses]") && outcome.err.contains(told), "{}", outcome.err);
    let home = labels(BOTH, &["--map", "Home Street=address_line_1"]);
    assert!(home.contains("1 Mill Lane MARSHGATE E20 9ZZ") && !home.contains("Corner Shop"), "{home}");
    let work = labels(BOTH, &["--map", "Home Street=-"]);
    assert!(work.contains("Corner Shop 9 High St EASTHAM E20 9AA"), "{work}");
    // Parts that have no street of their own make no second address, nor does one beside an address without a name.
    let plain = "Name,Address line 1,Town,Postcode,Work Street,Work City,Work Postcode\nAnn Ada,1 Mill Lane,,E20 9ZZ,9 High St,Eastham,E20 9AA\n";
    let outcome = checked(plain, &[]);
    assert!(outcome.code == 0 && outcome.err.contains("warning[two-addresses]"), "{}", outcome.err);
    assert!(!labels(plain, &[]).contains("EASTHAM"));
    for groups in [
        "Address 1 - Street,Address 1 - City,Address 1 - Postal Code,Address 2 - Street,Address 2 - City,Address 2 - Postal Code",
        "Home address,Home town,Home postcode,Correspondence address,Correspondence town,Correspondence postcode",
    ] {
        let outcome = checked(&format!("Name,{groups}\nAnn Ada,1 Mill Lane,Marshgate,E20 9ZZ,,,\n"), &[]);
        assert!(outcome.code == 1 && outcome.err.contains("error[two-addresses]"), "{}", outcome.err);
    }
}

#[test]
fn headings_of_other_programs_are_understood() {
    let address = "1 Mill Lane MARSHGATE E20 9ZZ";
    for (headings, row) in [
        ("Name,Home address,Home town,Home postcode", "Ann Ada,1 Mill Lane,Marshgate,E20 9ZZ"),
        (
            "First Name,Last Name,Home Street,Home City,Home Postal Code,Home Country/Region",
            "Ann,Ada,1 Mill Lane,Marshgate,E20 9ZZ,UK",
        ),
        (
            "Name Prefix,First Name,Last Name,Address 1 - Label,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,Address 1 - Country,E-mail 1 - Value",
            "Ms,Ann,Ada,Home,1 Mill Lane,Marshgate,E20 9ZZ,United Kingdom,a@x.example",
        ),
        (
            "Name,Given Name,Family Name,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code",
            "Ann Ada,Ann,Ada,Home,1 Mill Lane,1 Mill Lane,Marshgate,,Essex,E20 9ZZ",
        ),
        (
            "ID,Start time,Email,Name,What is your full name?,Please enter the first line of your address,Town or city,What is your postcode?",
            "1,1,anonymous,,Ann Ada,1 Mill Lane,Marshgate,E20 9ZZ",
        ),
        (
            "Name,Organisation,Sub building,Building name,Building number,Thoroughfare,Dependent locality,Post town,Postcode",
            "Ann Ada,,,,1,Mill Lane,,Marshgate,E20 9ZZ",
        ),
        (
            "address_line_1,address_line_2,address_line_3,address_line_4,address_line_5,address_line_6,address_line_7",
            "Ann Ada,1 Mill Lane,MARSHGATE,,,,E20 9ZZ",
        ),
        (
            "address line 1,address line 2,address line 3,address line 4,address line 5,address line 6,postcode",
            "Ann Ada,1 Mill Lane,MARSHGATE,,,,E20 9ZZ",
        ),
        ("name,address line 1,address line 2,address line 7", "Ann Ada,1 Mill Lane,MARSHGATE,E20 9ZZ"),
        ("Title,First,Surname,Addr,Contact", "Ms,Ann,Ada,\"1 Mill Lane, MARSHGATE, E20 9ZZ\",ann.ada@wexmoor.example"),
    ] {
        let labels = labels(&format!("{headings}\n{row}\n"), &[]);
        assert!(labels.contains(&format!("Ann Ada {address}")), "{headings}: {labels}");
    }
    // A list of Notify with few lines needs one word, which is said.
    let few = "address line 1,address line 2,address line 3,postcode\nAnn Ada,1 Mill Lane,MARSHGATE,E20 9ZZ\n";
    let outcome = checked(few, &[]);
    assert!(outcome.code == 1 && outcome.err.contains("--map \"Heading=name\""), "{}", outcome.err);
    assert!(labels(few, &["--map", "address line 1=name"]).contains("Ann Ada 1 Mill Lane MARSHGATE E20 9ZZ"));
    // Where its first line is a street, it is no list of names.
    let streets = "address line 1,address line 2,address line 3,address line 4,address line 5,address line 6,address line 7\n1 Mill Lane,Dace,Marshgate,,,,E20 9ZZ\n";
    assert!(checked(streets, &[]).err.contains("error[no-name-cell]"));
}

#[test]
fn a_column_of_the_address_that_is_not_read_is_told() {
    for (heading, field) in
        [("Birth town", "town"), ("Born in city", "town"), ("Sorting street", "street"), ("Tax county", "county")]
    {
        let outcome = checked(&format!("Name,Address line 1,Postcode,{heading}\nAnn Ada,1 Mill Lane,E20 9ZZ,X\n"), &[]);
        let told = format!("D1 ({heading}): only the last words of this heading say `{field}`, and it is not read");
        assert!(outcome.code == 0 && outcome.err.contains(&told), "{}", outcome.err);
    }
    let outcome = checked(
        "Name,Address line 1,Postcode,Town,Street,Property,Contact address\nAnn Ada,1 Mill Lane,E20 9ZZ,X,Y,Flat,Z\n",
        &[],
    );
    for told in ["E1 (Street): column B is already taken", "F1 (Property): column B is already taken"] {
        assert!(outcome.code == 0 && outcome.err.contains(told), "{}", outcome.err);
    }
    let outcome =
        checked("Name,Address line 1,Town,Postcode,Previous town\nAnn Ada,1 Mill Lane,Marshgate,E20 9ZZ,X\n", &[]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
}

#[test]
fn two_columns_for_one_field_must_say_one_thing() {
    for (headings, row, at) in [
        (
            "name,address line 1,address_line_1,postcode,town",
            "Ann Ada,1 Mill Lane,2 Mill Lane,E20 9ZZ,X",
            "C2 (address_line_1)",
        ),
        ("name,address line 1,postcode,Post Code,town", "Ann Ada,1 Mill Lane,E20 9ZZ,E20 9ZY,X", "D2 (Post Code)"),
        ("Name,Full name,Address line 1,Postcode,town", "Ann Ada,Bob Bea,1 Mill Lane,E20 9ZZ,X", "B2 (Full name)"),
    ] {
        let outcome = checked(&format!("{headings}\n{row}\n"), &[]);
        assert!(outcome.code == 1 && outcome.err.contains("error[columns-differ]"), "{}", outcome.err);
        assert!(outcome.err.contains(at), "{}", outcome.err);
    }
    let same = "name,address line 1,postcode,Post Code,town\nAnn Ada,1 Mill Lane,E20 9ZZ,e209zz,Marshgate\nBob Bea,2 Mill Lane,,E20 9ZY,Marshgate\n";
    let outcome = checked(same, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(labels(same, &[]).contains("Bob Bea 2 Mill Lane MARSHGATE E20 9ZY"));
}

#[test]
fn what_a_list_lacks_is_said_once_and_not_of_each_row() {
    let rows = "Ms,Ann,Fox,Wexmoor Police\nMr,Bob,Ray,Wexmoor Police\n";
    let outcome = checked(&format!("Title,First,Surname,Org.\n{rows}"), &[]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("no column has an address") && outcome.err.contains("no column has a postcode"));
    assert!(!outcome.err.contains("error[bad-") && !outcome.err.contains("2 (Org.)"), "{}", outcome.err);
    let outcome = checked("Address line 1,Town,Postcode\n1 Mill Lane,Marshgate,E20 9ZZ\n", &[]);
    assert!(outcome.err.contains("no column has a name") && !outcome.err.contains("missing-name"), "{}", outcome.err);
}

/// The columns that take a word from a list, a day or a number, which are judged as such; a telephone number, which no paper
/// prints; and what a council calls its rows by, which no paper prints either.
const NO_TEXT: &[&str] = &[
    "attended",
    "category",
    "channel",
    "email_consent",
    "format",
    "household",
    "letter_number",
    "phone",
    "postage",
    "reads",
    "reference",
    "reply",
    "undertaking_signed",
];

#[test]
fn no_column_takes_the_number_of_a_child_or_a_name_that_nobody_may_read() {
    let usual = [
        ("name", "Ms Ann Lee"),
        ("address_line_1", "1 Mill Lane"),
        ("town", "Marshgate"),
        ("postcode", "E20 9ZZ"),
        ("category", "residents"),
    ];
    let mut looked_at = 0;
    for id in convenor::batch::Field::all().map(convenor::batch::Field::id).filter(|id| !NO_TEXT.contains(id)) {
        for (text, code) in [("NHS 943 476 5919", "looks-like-identity"), ("Kai Mensah", "protected-name")] {
            // An email address has a form of its own, and no room for such a number.
            let text = if id == "email" { "kai.mensah@people.example" } else { text };
            if id == "email" && code != "protected-name" {
                continue;
            }
            let mut columns = usual.to_vec();
            // A column of the street stands in the place of the first line.
            let is_line =
                |column: &str| column == "address_line_1" && ["house", "street", "dependent_street"].contains(&id);
            match columns.iter_mut().find(|(column, _)| *column == id || is_line(column)) {
                Some(column) => *column = (id, text),
                None => columns.push((id, text)),
            }
            let at = columns.iter().position(|(column, _)| *column == id).expect("it is there");
            let line =
                |of: fn(&(&'static str, &'static str)) -> &'static str| columns.iter().map(of).collect::<Vec<_>>();
            let list = format!("{}\n{}\n", line(|c| c.0).join(","), line(|c| c.1).join(","));
            let run = Run::on_the_example().with("people.csv", list);
            let outcome = run.convenor(&["check", "@/people.csv", "--conference", "@/conference.yaml"]);
            let told = outcome.err.split(&format!("error[{code}]")).nth(1).unwrap_or_default();
            let told = told.split("\n  = help").next().unwrap_or_default();
            let cell = format!("\n  {}2 (", char::from(b"ABCDEF"[at]));
            assert!(outcome.code == 1 && told.contains(&cell), "{id}, {code}: {}", outcome.err);
            looked_at += 1;
        }
    }
    assert!(looked_at > 50, "{looked_at}");
}

#[test]
fn a_part_of_where_somebody_works_is_not_put_to_their_street() {
    for heading in ["Work Town", "Office Town", "Billing City", "Delivery town", "Other town"] {
        let list = format!("Name,Street,{heading},Postcode\nAnn Ada,1 Mill Lane,Worktown,E20 9ZZ\n");
        let outcome = checked(&list, &[]);
        assert!(outcome.err.contains("warning[two-addresses]"), "{heading}: {}", outcome.err);
        // The letter says nothing of it.
        assert!(outcome.out.contains(&format!("{heading}  (not read)")), "{heading}: {}", outcome.out);
    }
    for headings in ["Street,Home Town,Postal code", "Work Street,Town,Postcode", "Post Office Box,Post town,Postcode"]
    {
        let outcome = checked(&format!("Name,{headings}\nAnn Ada,1 Mill Lane,Marshgate,E20 9ZZ\n"), &[]);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{headings}");
    }
}

#[test]
fn a_name_that_is_said_twice_must_be_one() {
    let of = |headings: &str, row: &str| {
        checked(&format!("{headings},Address line 1,Town,Postcode\n{row},1 Mill Lane,Marshgate,E20 9ZZ\n"), &[])
    };
    for (headings, row, code) in [
        ("First name,Surname,Name", "Ann,Ada,Bob Bea", "error[columns-differ]"),
        ("First name,Surname,Name", "Ann,Ada,Bob Ada", "warning[columns-differ]"),
        ("Title,Name", "Ms,Mr Bob Bea", "error[columns-differ]"),
    ] {
        let outcome = of(headings, row);
        assert_eq!(outcome.code, u8::from(code.starts_with('e')), "{}", outcome.err);
        assert!(outcome.err.contains(code), "{row}: {}", outcome.err);
    }
    for (headings, row) in [
        ("First name,Surname,Name", "Ann,Ada,Ms Ann Ada"),
        ("First name,Surname,Name", "Ann,Ada,"),
        ("First name,Surname,Name", ",,Bob Bea"),
        ("Title,Name", "Professor,Sir Bob Bea"),
        ("Title,Name", "Ms,Ms Ann Ada"),
    ] {
        let outcome = of(headings, row);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{row}");
    }
}

#[test]
fn rows_say_nothing_of_an_address_that_is_still_to_be_chosen() {
    let list = "First Name,Last Name,Business Street,Business City,Business Postal Code,Home Street,Home City,Home Postal Code\n\
        Ann,Ada,,,,1 Mill Lane,Marshgate,E20 9ZZ\nBob,Bea,9 High St,Eastham,E20 9AA,,,\n";
    let outcome = checked(list, &[]);
    let errors: Vec<&str> = outcome.err.lines().filter(|line| line.starts_with("error[")).collect();
    assert!(errors.len() == 1 && errors[0].starts_with("error[two-addresses]"), "{}", outcome.err);
    // Once it is chosen, they do.
    let outcome = checked(list, &["--map", "Home Street=address_line_1"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[bad-"), "{}", outcome.err);
}

#[test]
fn a_column_of_a_gazetteer_that_is_not_read_is_told() {
    let headings = "Name,SAO_TEXT,PAO_START_NUMBER,PAO_START_SUFFIX,STREET_DESCRIPTION,TOWN_NAME,POSTCODE_LOCATOR";
    let list = format!("{headings}\nAnn Ada,Flat 2,14,A,Mill Lane,Marshgate,E20 9ZZ\n");
    let outcome = checked(&list, &[]);
    for told in ["B1 (SAO_TEXT)", "C1 (PAO_START_NUMBER)", "D1 (PAO_START_SUFFIX)"] {
        assert!(outcome.err.contains(told), "no `{told}`: {}", outcome.err);
    }
    assert!(outcome.code == 0 && outcome.err.contains("warning[doubtful-column]"), "{}", outcome.err);
    let mapped =
        ["--map", "PAO_START_NUMBER=house_number", "--map", "SAO_TEXT=sub_building", "--map", "PAO_START_SUFFIX=-"];
    let outcome = checked(&list, &mapped);
    assert!(!outcome.err.contains("PAO_START_NUMBER") && !outcome.err.contains("SAO_TEXT"), "{}", outcome.err);
    assert!(labels(&list, &mapped).contains("Flat 2 14 Mill Lane MARSHGATE E20 9ZZ"));
}

#[test]
fn a_heading_or_a_name_of_a_megabyte_is_not_echoed() {
    let long = "x".repeat(1_000_000);
    let list = format!("Name,Address line 1,Town,Postcode,{long}\nAnn Ada,1 Mill Lane,Marshgate,E20 9ZZ,\n");
    for more in [&[][..], &["--message-format", "json"]] {
        let outcome = checked(&list, more);
        assert!(outcome.code == 0 && outcome.out.len() + outcome.err.len() < 4_000, "{}", outcome.out.len());
    }
    // Some of it is shown.
    assert!(checked(&list, &[]).out.contains(&format!("{}…", "x".repeat(100))));
}
