//! What stands in the cells of a list: texts that are no value, names that are none, addresses as the post wants them.
//! Each row gives the code that it is reported by, or none.

use crate::run::{Outcome, Run};

fn checked(list: &str) -> Outcome {
    Run::on_nothing().with("people.csv", list).convenor(&["check", "@/people.csv"])
}

/// Checks one row after another, each alone, and compares what is reported.
fn each(headings: &str, rows: &[(&str, &str)]) {
    for (row, wanted) in rows {
        let outcome = checked(&format!("{headings}\n{row}\n"));
        let known = "warning[missing-column]";
        let told: Vec<&str> =
            outcome.err.lines().filter(|l| l.starts_with("error[") || l.starts_with("warning[")).collect();
        let told: Vec<&str> = told.into_iter().filter(|l| !l.starts_with(known)).collect();
        let ids: Vec<&str> = told.iter().map(|l| l.split(']').next().unwrap_or_default()).collect();
        let wanted: Vec<String> = wanted.split_whitespace().map(|id| id.replace(':', "[")).collect();
        assert_eq!(ids, wanted, "{row}\n{}", outcome.err);
        let is_wrong = wanted.iter().any(|id| id.starts_with("error"));
        assert_eq!(outcome.code, u8::from(is_wrong), "{row}");
    }
}

const LINES: &str = "Name,Address line 1,Address line 2,Postcode,Type";

#[test]
fn a_word_for_nothing_is_no_line_and_an_error_of_a_spreadsheet_no_text() {
    for word in ["NULL", "N/A", "nan", "None", "undefined", "TBC", "0", "-", "?"] {
        each(LINES, &[(&format!("Ann Ada,1 Mill Lane,{word},E20 9ZZ,residents"), "error:no-value")]);
    }
    for word in ["#N/A", "#REF!", "#VALUE!", "[object Object]", "#DIV/0!", "Err:502", "\"=VLOOKUP(A2,B:C,2)\""] {
        each(LINES, &[(&format!("Ann Ada,1 Mill Lane,{word},E20 9ZZ,residents"), "error:not-a-text-cell")]);
    }
    each(
        LINES,
        &[
            ("Ann Ada,1 Mill Lane,,E20 9ZZ,residents", ""),
            ("Ann Ada,1 Mill Lane,Marshgate,#REF!,residents", "error:not-a-text-cell"),
            ("Ann Ada,\"Flat 2\n???\",Marshgate,E20 9ZZ,residents", ""),
        ],
    );
    each(
        "Name,Address,Type",
        &[
            ("Ann Ada,\"1 Mill Lane, NULL, Marshgate, E20 9ZZ\",residents", "error:no-value"),
            ("Bob Bea,\"Flat 2\n???\nStoke-on-Trent\nE20 9ZZ\",residents", ""),
        ],
    );
}

#[test]
fn a_word_for_nothing_is_no_name_and_somebody_called_null_is_somebody() {
    let row = |name: &str| format!("{name},1 Mill Lane,Marshgate,E20 9ZZ,residents");
    for name in [
        "NULL",
        "N/A",
        "nan",
        "TBC",
        "None",
        "undefined",
        "Ms N/A Lee",
        "Mr Bob TBC",
        "Ann NULL",
        "Ann -",
        "Null",
        "Ann None",
    ] {
        each(LINES, &[(&row(name), "error:no-value")]);
    }
    for name in ["?", "-"] {
        each(LINES, &[(&row(name), "error:missing-name")]);
    }
    for name in ["Ann Null", "Ms Null", "ANNA NULL-SMITH Jr", "Nan Goldin", "Na Li", "Ann - Lee", "Nil Yalter"] {
        each(LINES, &[(&row(name), "")]);
    }
    let parts = "First name,Surname,Address line 1,Town,Postcode,Type";
    each(
        parts,
        &[
            ("Ann,Null,1 Mill Lane,Marshgate,E20 9ZZ,residents", ""),
            ("Ann,NULL,1 Mill Lane,Marshgate,E20 9ZZ,residents", "error:no-value"),
            ("null,Ada,1 Mill Lane,Marshgate,E20 9ZZ,residents", "error:no-value"),
            ("-,Ada,1 Mill Lane,Marshgate,E20 9ZZ,residents", "error:no-value"),
            ("Ann,N/A,1 Mill Lane,Marshgate,E20 9ZZ,residents", "error:no-value"),
        ],
    );
}

#[test]
fn a_word_for_nothing_where_nothing_is_needed_is_read_as_nothing() {
    let headings = "Name,Organisation,Address line 1,Town,Postcode,Type,Access,Household,Salutation,Phone";
    each(
        headings,
        &[
            ("Ann Ada,N/A,1 Mill Lane,Marshgate,E20 9ZZ,residents,None,-,TBC,n/a", "warning:read-as-empty"),
            ("Ann Ada,#N/A,1 Mill Lane,Marshgate,E20 9ZZ,residents,,,,", "error:not-a-text-cell"),
        ],
    );
    let outcome = checked(&format!("{headings}\nAnn Ada,N/A,1 Mill Lane,Marshgate,E20 9ZZ,residents,None,-,TBC,n/a\n"));
    assert!(outcome.err.contains("(5 times)") && outcome.err.contains("G2 (Access)"), "{}", outcome.err);
}

#[test]
fn a_field_that_nobody_filled_and_a_letter_that_was_lost_are_told() {
    let name = |name: &str| format!("{name},1 Mill Lane,Marshgate,E20 9ZZ,residents");
    for text in ["{{name}}", "«First» «Last»", "((name))", "<<name>>", "[Name]", "%NAME%", "${name}", "Ms [Surname]"]
    {
        each(LINES, &[(&name(text), "error:unfilled-field")]);
    }
    for text in
        ["SiÃ¢n NÃ\u{ad} Bhriain", "O‚Äôneill Bob", "Ann O?Neill", "Ann O&#39;Neill", "Tom &amp; Ann Ada", "Si‰n Ada"]
    {
        each(LINES, &[(&name(text), "error:lost-letter")]);
    }
    for text in [
        "Siân Ní Bhriain",
        "Nguyễn Thị Hồng",
        "Łukasz Żak",
        "Štěpán Úštěk",
        "François L’Écuyer",
        "王小明",
        "محمد رحمانی",
    ] {
        each(LINES, &[(&name(text), "")]);
    }
    // All of the file of an old Mac would be read as Windows-1252, and some of its letters are seen by nobody.
    let mac = [LINES.as_bytes(), b"\nSi\x89n N\x92 Bhriain,1 Mill Lane,Marshgate,E20 9ZZ,residents\n"].concat();
    let outcome = Run::on_nothing().with("people.csv", mac).convenor(&["check", "@/people.csv"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[not-text]"), "{}", outcome.err);
}

#[test]
fn what_nobody_sees_at_the_ends_of_a_cell_goes_and_inside_a_name_it_is_told() {
    each(
        "\u{feff}Name\u{200b},Address line 1,Address line 2,Postcode,Email,Consent to email,Type",
        &[
            (
                "\u{200b}Ann Ada\u{2060},1 Mill Lane,Marshgate,\u{200b}E20 9ZZ\u{feff},\u{200b}a@b.example\u{200d},yes,residents",
                "",
            ),
            (
                "\u{ad}Ann Ada\u{180e},1 Mill Lane,Marshgate,E20\u{200b} 9ZZ\u{a0},a@b.example,yes,residents",
                "warning:control-character",
            ),
            ("Ann\u{feff} Ada,1 Mill\u{ad}brook Lane,Marshgate,E20 9ZZ,,,residents", "warning:control-character"),
            ("علی\u{200c}رضا احمدی,1 Mill Lane,Marshgate,E20 9ZZ,,,residents", ""),
        ],
    );
    let run = Run::on_the_example().with(
        "people.csv",
        "Title,First name,Surname,Address line 1,Town,Postcode,Type\n,\u{feff}Ann,Sm\u{feff}ith,1 Mill Lane,Marshgate,E20 9AB,residents\n",
    );
    let args = ["invite", "@/conference.yaml", "--list", "@/people.csv", "--make", "letters", "--yes", "-o", "@/out"];
    let outcome = run.convenor(&args);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(run.files("out").iter().any(|file| file.ends_with("00001-ann-smith.pdf")), "{:?}", run.files("out"));
}

#[test]
fn a_date_in_the_place_of_a_house_number_is_told_in_a_csv_too() {
    for line in ["03-Apr", "Apr-26", "03/04/2026", "2026-04-03", "03-Apr Mill Lane"] {
        each(LINES, &[(&format!("Ann Ada,{line},Mill Lane,E20 9ZZ,residents"), "error:not-a-text-cell")]);
    }
    for line in ["3/4 Mill Lane", "12 May Street", "1-3 Mill Lane", "May Cottage"] {
        each(LINES, &[(&format!("Ann Ada,{line},Marshgate,E20 9ZZ,residents"), "")]);
    }
    each(
        "Name,House number,Street,Town,Postcode,Type",
        &[
            ("Ann Ada,03-Apr,Mill Lane,Marshgate,E20 9ZZ,residents", "error:not-a-text-cell"),
            ("Ann Ada,3,Mill Lane,Marshgate,E20 9ZZ,residents", ""),
        ],
    );
}

#[test]
fn what_is_no_name_is_told_and_so_is_one_of_a_register() {
    let row = |name: &str| format!("{name},1 Mill Lane,Marshgate,E20 9ZZ,residents");
    for name in [
        "ann.fox@wexmoor.example",
        "Ms ann.fox@wexmoor.example",
        "Mr 020 7946 0111",
        "020 7946 0111",
        "12345",
        "+44 20 7946 0111",
    ] {
        each(LINES, &[(&row(name), "error:no-name-cell")]);
    }
    for name in ["\"SMITH, John\"", "\"Lee, Ann\"", "JOHN SMITH", "Mr JOHN SMITH"] {
        each(LINES, &[(&row(name), "warning:doubtful-name")]);
    }
    for name in
        ["\"Ann Lee, MBE\"", "\"John Smith, Jr.\"", "John SMITH", "PC NG", "J P NG", "\"Ann, Bob and Cy Lee\"", "NHS"]
    {
        each(LINES, &[(&row(name), "")]);
    }
    for name in ["The Occupier", "The Head Teacher"] {
        each(LINES, &[(&row(name), "warning:no-person")]);
    }
    each(
        "Name,Salutation,Address,Postcode,Type",
        &[
            ("Bob Bea,Hello Bob!,\"1 Mill Lane, Marshgate\",E20 9ZW,residents", "warning:own-greeting"),
            ("Bob Bea,Dear Bob,\"1 Mill Lane, Marshgate\",E20 9ZW,residents", ""),
        ],
    );
    // A row that says the headings again is nobody; a person may be called Name or Last.
    each(LINES, &[("Name,Address line 1,Address line 2,E20 9ZZ,residents", "error:no-value")]);
    each("First,Last,Address line 1,Town,Postcode,Type", &[("Ann,Last,1 Mill Lane,Marshgate,E20 9ZZ,residents", "")]);
}

#[test]
fn an_age_in_a_name_is_told_in_a_list_and_in_a_conference() {
    let lane = "1 Mill Lane,Marshgate,E20 9ZZ,residents";
    for name in ["Kai Mensah aged 14", "Kai (15)", "Kai Mensah 9 yrs"] {
        each(LINES, &[(&format!("{name},{lane}"), "error:looks-like-identity")]);
        let run = Run::on_the_example().edit("conference.yaml", "name: Mr Malachy O’Donnell", &format!("name: {name}"));
        let told = run.convenor(&["check", "@/conference.yaml"]);
        assert!(told.code == 1 && told.err.contains("this looks like a name with an age"), "{name}: {}", told.err);
    }
    each(LINES, &[(&format!("Ann Ada 2nd,{lane}"), "")]);
}

#[test]
fn a_name_that_holds_a_number_of_a_child_is_told() {
    let list = "First name,Surname,Address line 1,Town,Postcode,Type\n\
                NHS 943 476 5919,Smith,1 Mill Lane,Marshgate,E20 9AB,residents\n\
                Ann,Smith born 3/5/2011,2 Mill Lane,Marshgate,E20 9AB,residents\n\
                Bob,Smith,\"3 Mill Lane, NHS 943 476 5919\",Marshgate,E20 9AB,residents\n\
                Cyd,Smith,4 Mill Lane,Marshgate,E20 9AB,residents\n";
    let run = Run::on_the_example().with("people.csv", list);
    let args = ["invite", "@/conference.yaml", "--list", "@/people.csv", "--make", "letters", "--yes", "-o", "@/out"];
    let outcome = run.convenor(&args);
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    assert!(outcome.err.contains("error[looks-like-identity]") && outcome.err.contains("(3 times)"), "{}", outcome.err);
    let letters = run.files("out").into_iter().filter(|file| file.contains("/letters/")).collect::<Vec<_>>();
    assert_eq!(letters.len(), 1, "{letters:?}");
}

#[test]
fn an_address_is_brought_to_the_form_of_notify_before_it_is_judged() {
    each(
        "Name,Address,Type",
        &[
            ("Ann Ada,\"1 High St\nEdinburgh\nEH1 1AA\nScotland\",residents", ""),
            ("Bob Bea,\"2 High St\nCardiff\nCF10 1AA\nWales\nUnited Kingdom\",residents", ""),
            ("Cyd Cee,\"3 High St\nBelfast\nBT1 1AA\nNorthern Ireland\",residents", ""),
            ("Dan Dee,\"4 High St, St Peter Port, GY1 1AA, Guernsey\",residents", ""),
            ("Eve Eff,\"5 High St\nCardiff\nCF10 1AA\nCymru\",residents", ""),
            ("Ann Ada,\"1 Mill Lane\nMarshgate\nS W1 A 1 AA\",residents", ""),
            ("Unit One,\"Unit 1\nBFPO C/O 52\",residents", ""),
            ("Ann Ada,\"1 Rue X\nParis\nFrance\",residents", "error:bad-postcode"),
        ],
    );
    let commas = "Ann Ada,\"1 Mill St. \t  ,    \n, , ,  ,   ,     ,        ,\nMarshgate, Region,\nE20 9ZZ,,\n\"";
    each("Name,Address", &[(commas, "")]);
    each(
        LINES,
        &[
            ("A One,HMRC,Newcastle,BX9 1AS,residents", ""),
            ("C Three,Giro,Bootle,GIR 0AA,residents", "error:bad-postcode"),
            ("Cyd Cee,3 Mill Lane,Marshgate E20 9ZX,E20 9ZX,residents", ""),
            ("Cyd Cee,3 Mill Lane,Marshgate E20 9ZY,E20 9ZX,residents", "error:bad-postcode"),
            ("Cyd Cee,3 Mill Lane,\"Marshgate, \",\"e209zx, UK\",residents", ""),
        ],
    );
    each(
        "Name,Address line 1,Address line 2,Address line 7,Postcode,Type",
        &[
            ("Ann Ada,1 Mill Lane,Marshgate,E20 9ZZ,E20 9ZY,residents", "error:bad-postcode"),
            ("Ann Ada,1 Mill Lane,Marshgate,E20 9ZZ,E20 9ZZ,residents", ""),
            ("Ann Ada,1 Mill Lane,Marshgate,E20 9ZZ,,residents", ""),
        ],
    );
    each(
        "Name,Address,Postcode,Email,Consent to email,Type",
        &[
            ("A One,\"1 Mill Lane, Marshgate\",E20 9ZZ,info@services.vermögensberatung,yes,residents", ""),
            ("B Two,\"2 Mill Lane, Marshgate\",E20 9ZY,a@123.123.123.123,yes,residents", "error:bad-email"),
            ("C Three,\"3 Mill Lane, Marshgate\",E20 9ZX,a@xn---something.com,yes,residents", "error:bad-email"),
            ("D Four,\"4 Mill Lane, Marshgate\",E20 9ZW,mailto:d@x.example,yes,residents", ""),
        ],
    );
}

#[test]
fn a_postcode_is_printed_once_and_a_knight_is_greeted_by_his_first_name() {
    let list = "Title,First name,Surname,Name,Salutation,Address line 1,Address line 2,Postcode,Type\n\
                Sir,John,Smith,,,1 Mill Lane,Marshgate E20 9ZX,E20 9ZX,residents\n\
                ,,,The Occupier,,2 Mill Lane,Marshgate,E20 9ZX,residents\n\
                ,,,Bob Bea,Hello Bob!,3 Mill Lane,Marshgate,E20 9ZX,residents\n";
    let run = Run::on_the_example().with("people.csv", list);
    let args = ["invite", "@/conference.yaml", "--list", "@/people.csv", "--make", "letters", "--yes", "-o", "@/out"];
    assert_eq!(run.convenor(&args).code, 0);
    let letters: Vec<String> = run.files("out").into_iter().filter(|file| file.contains("/letters/")).collect();
    let read = |n: usize| crate::run::squeezed(&crate::run::pdf_text(&run.bytes(&letters[n])));
    assert_eq!(read(0).matches("E209ZX").count(), 1, "{}", read(0));
    for (n, salutation) in ["DearSirJohnPlease", "DearSirorMadamPlease", "DearBobPlease"].into_iter().enumerate() {
        assert!(read(n).contains(salutation), "{}", read(n));
    }
}

#[test]
fn what_notify_would_refuse_is_not_in_its_set() {
    let long = "A very long name that nobody has but one person in the whole of the borough of Marshgate";
    let line = "Flat 27 The Old Warehouse and Granary Building North Wing at the Quay";
    let list = format!(
        "Name,Address line 1,Address line 2,Address line 3,Address line 4,Address line 5,Postcode,Type\n\
         {long},{line},2 Mill Lane,Lower Quay,Dace Park,Marshgate,E20 9ZY,residents\n\
         Ann Ada,1 Mill Lane,Lower Quay,Dace Park,Marsh Ward,Marshgate,E20 9ZX,residents\n\
         王小明,4 Mill Lane,Marshgate,,,,E20 9ZW,residents\n\
         Ms Chan (陳美玲),5 Mill Lane,Marshgate,,,,E20 9ZU,residents\n\
         Nguyễn Łukasz Αθηνά,6 Mill Lane,Marshgate,,,,E20 9ZT,residents\n"
    );
    let run = Run::on_the_example().with("people.csv", list);
    let args =
        ["invite", "@/conference.yaml", "--list", "@/people.csv", "--make", "letters,notify", "--yes", "-o", "@/out"];
    let outcome = run.convenor(&args);
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    let held: Vec<String> =
        run.files("out").into_iter().filter(|f| f.contains("/notify/") && f.ends_with(".pdf")).collect();
    let numbers: Vec<&str> = held.iter().map(|file| &file[file.len() - 9..file.len() - 4]).collect();
    assert_eq!(numbers, ["00002", "00004", "00005"], "{}", outcome.err);
    for told in [
        "L00001 is not in the set for GOV.UK Notify: its address has more than 7 lines",
        "L00003 is not in the set for GOV.UK Notify: one of the first two lines",
        "warning[not-for-notify]",
        "(2 times)",
        "row 5: GOV.UK Notify writes the address again in Arial, and cannot write U+9673",
    ] {
        assert!(outcome.err.contains(told), "no `{told}`: {}", outcome.err);
    }
    // On another way they are letters like all others.
    let outcome = run.convenor(&[&args[..5], &["letters", "--yes", "-o", "@/else"]].concat());
    assert!(outcome.code == 0 && !outcome.err.contains("notify"), "{}", outcome.err);
}

#[test]
fn a_yes_or_no_of_a_spreadsheet_is_no_text() {
    let headings = "Name,Salutation,Role,Organisation,Address line 1,Address line 2,Postcode,Type,Access,Large print,Email,Consent to email";
    let row = |cells: &str| format!("{cells},FALSE,a@x.example,TRUE");
    for cells in [
        "Ann Ada,TRUE,,,1 Mill Lane,Marshgate,E20 9ZZ,residents,",
        "Ann Ada,,TRUE,,1 Mill Lane,Marshgate,E20 9ZZ,residents,",
        "Ann Ada,,,FALSE,1 Mill Lane,Marshgate,E20 9ZZ,residents,",
        "Ann Ada,,,,FALSE,Marshgate,E20 9ZZ,residents,",
        "Ann Ada,,,,1 Mill Lane,True,E20 9ZZ,residents,",
        "Ann Ada,,,,1 Mill Lane,Marshgate,E20 9ZZ,residents,TRUE",
    ] {
        each(headings, &[(&row(cells), "error:not-a-text-cell")]);
    }
    each(
        headings,
        &[
            (&row("TRUE,,,,1 Mill Lane,Marshgate,E20 9ZZ,residents,"), "error:no-value"),
            (&row("NaT,,,,1 Mill Lane,Marshgate,E20 9ZZ,residents,"), "error:no-value"),
            // A tick box that is not ticked says that nothing is needed.
            (&row("Ann Ada,,,,1 Mill Lane,Marshgate,E20 9ZZ,residents,FALSE"), "warning:read-as-empty"),
            (&row("Ann True,Nat,,True,1 Mill Lane,Marshgate,E20 9ZZ,residents,"), ""),
            // As a family name it is one only beside a title or a first name.
            (&row("True,,,,1 Mill Lane,Marshgate,E20 9ZZ,residents,"), "error:no-value"),
            (&row("Ms True,,,,1 Mill Lane,Marshgate,E20 9ZZ,residents,"), ""),
        ],
    );
    // Of an address in one cell it is a line.
    each(
        "Name,Address,Postcode,Type",
        &[("Ann Ada,\"1 Mill Lane, TRUE, Marshgate\",E20 9ZZ,residents", "error:not-a-text-cell")],
    );
    // It is told in the column that has it.
    let outcome = checked(
        "First name,Surname,Address line 1,Town,Postcode,Type\nTRUE,Ada,1 Mill Lane,Marshgate,E20 9ZZ,residents\n",
    );
    assert!(outcome.err.contains("error[no-value]") && outcome.err.contains("A2 (First name)"), "{}", outcome.err);
}

#[test]
fn a_name_or_a_salutation_that_would_not_follow_dear_is_told() {
    let headings = "Name,Salutation,Address,Postcode,Type";
    let row = |cells: &str| format!("{cells},\"1 Mill Lane, Marshgate\",E20 9ZZ,residents");
    for (cells, wanted) in [
        ("Bob Bea,bob@x.example", "error:no-name-cell"),
        ("Bob Bea,020 7946 0111", "error:no-name-cell"),
        ("Bob Bea,First Name", "error:unfilled-field"),
        ("Bob Bea,FNAME", "error:unfilled-field"),
        ("Bob Bea,{{name}}", "error:unfilled-field"),
        ("Bob Bea,To Bob", "warning:own-greeting"),
        ("Bob Bea,The Occupier", "warning:no-person"),
        ("Bob Bea,\"BEA, Bob\"", "warning:doubtful-name"),
        ("Bob Bea,BEATON Bob", "warning:doubtful-name"),
        ("Sir Smith,", "warning:doubtful-name"),
        ("Sir Smith,Sir John", ""),
        ("Sir John Smith,", ""),
        ("The Legal Occupier,", "warning:no-person"),
        ("SMITH John,", "warning:doubtful-name"),
        ("Ms O'NEILL-SMITH Ann,", "warning:doubtful-name"),
        ("Hello Bob!,", "error:no-name-cell"),
        ("Dear Bob,", "error:no-name-cell"),
        ("Hi Bob,", "warning:doubtful-name"),
        ("Ann Dear,Ms Dear", ""),
        ("To Lam,Mr To", ""),
        ("AJE Smith,", ""),
        ("PC Lee,", ""),
        ("YMCA Housing,", ""),
        ("Ann SMITH,", ""),
        ("Bob Bea,Neighbour", ""),
        ("Bob Bea,Sir/Madam", ""),
    ] {
        each(headings, &[(&row(cells), wanted)]);
    }
    for name in
        ["$name", "#name#", "{Name", "%s", "MERGEFIELD Name", "FNAME", "Firstname Lastname", "First Name", "Your Name"]
    {
        each(headings, &[(&row(&format!("{name},")), "error:unfilled-field")]);
    }
    for line in ["Address line 1", "[address]", "$street"] {
        each(LINES, &[(&format!("Ann Ada,{line},Marshgate,E20 9ZZ,residents"), "error:unfilled-field")]);
    }
}

#[test]
fn a_text_of_another_code_page_is_told() {
    for name in ["Èâàí Ïåòðîâ", "Ãéþñãïò", "Si+AOI-n N+AO0- Bhriain", "Ann Â Ada", "ÃAda Lee", "J=C3=B3n Lee"]
    {
        each(LINES, &[(&format!("{name},1 Mill Lane,Marshgate,E20 9ZZ,residents"), "error:lost-letter")]);
    }
    // Of a file in Windows-1251.
    let file =
        [LINES.as_bytes(), b"\n\xC8\xE2\xE0\xED \xCF\xE5\xF2\xF0\xEE\xE2,1 Mill Lane,Marshgate,E20 9ZZ,residents\n"]
            .concat();
    let outcome = Run::on_nothing().with("people.csv", file).convenor(&["check", "@/people.csv"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[lost-letter]"), "{}", outcome.err);
}

#[test]
fn a_postcode_is_read_as_the_post_does_and_a_country_must_be_its_own() {
    each(
        "Name,Address,Type",
        &[
            ("Ann Ada,\"1 High St\nTown\nS W1A 1AA\",residents", ""),
            ("Ann Ada,\"1 High St\nTown\nTown E20 9ZZ.\",residents", ""),
            ("Ann Ada,\"1 High St\nTown\n\u{202a}E20 9ZZ\u{202c}\",residents", ""),
            ("Ann Ada,\"1 High St\nDouglas\nIM1 1AA\nYnys Manaw\",residents", ""),
            ("Ann Ada,\"1 High St\nEdinburgh\nEH1 1AA\nAlba\",residents", ""),
        ],
    );
    each(
        LINES,
        &[
            ("Ann Ada,1 Mill Lane,Marshgate,\u{202a}E20 9ZZ\u{202c},residents", ""),
            ("Ann Ada,1 Mill Lane,Marshgate,\u{202b}E20 9ZZ\u{202c},residents", ""),
            ("Ann Ada,1 Mill Lane,Marshgate E20 9ZY UK,E20 9ZZ,residents", "error:bad-postcode"),
            ("Ann Ada,3/4/26,Mill Lane,E20 9ZZ,residents", "error:not-a-text-cell"),
            ("Ann Ada,3/4/26 Mill Lane,Marshgate,E20 9ZZ,residents", ""),
        ],
    );
    let row = |country: &str| format!("Ann Ada,1 Mill Lane,Marshgate,E20 9ZZ,{country},residents");
    for (country, wanted) in [
        ("France", "warning:bad-address"),
        ("Ireland", "warning:bad-address"),
        ("UK", ""),
        ("Great Britain (UK)", ""),
        ("England & Wales", ""),
        ("U.K.", ""),
        ("British", ""),
        ("N/A", ""),
        ("", ""),
    ] {
        each("Name,Address line 1,Address line 2,Postcode,Country,Type", &[(&row(country), wanted)]);
    }
}

#[test]
fn a_number_of_a_child_is_no_reference_and_no_telephone_number() {
    let list = "Reference,Phone,Name,Address line 1,Town,Postcode,Type\n\
                943 476 5919,,Ann Ada,1 Mill Lane,Marshgate,E20 9AB,residents\n\
                NHS9434765919,,Bob Bea,2 Mill Lane,Marshgate,E20 9AB,residents\n\
                R-1,9434765919,Cyd Cee,3 Mill Lane,Marshgate,E20 9AB,residents\n\
                R-2,born 3/5/2011,Dan Dee,4 Mill Lane,Marshgate,E20 9AB,residents\n";
    let run = Run::on_the_example().with("people.csv", list);
    let outcome = run.convenor(&["check", "@/people.csv", "--conference", "@/conference.yaml"]);
    assert!(outcome.code == 1 && outcome.err.contains("(4 times)"), "{}", outcome.err);
    for told in ["A2 (Reference)", "A3 (Reference)", "B4 (Phone)", "B5 (Phone)"] {
        assert!(outcome.err.contains(told), "no `{told}`: {}", outcome.err);
    }
    // What the person's own are.
    each(
        "Reference,Phone,Name,Address line 1,Town,Postcode,Type",
        &[
            ("MG-14,020 7946 0111,Ann Ada,1 Mill Lane,Marshgate,E20 9ZZ,residents", ""),
            ("2026-0042,+44 7700 900123,Ann Ada,1 Mill Lane,Marshgate,E20 9ZZ,residents", ""),
            ("R 1,7700900000,Ann Ada,1 Mill Lane,Marshgate,E20 9ZZ,residents", ""),
            ("JS14,07700 900 123,Ann Ada,1 Mill Lane,Marshgate,E20 9ZZ,residents", ""),
        ],
    );
}
