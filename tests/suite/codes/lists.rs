//! Scenes of a list of people.

use super::{Prepared, Scene, on};
use crate::run::Run;
use crate::workbooks::{row, xlsx};

pub const SCENES: &[Scene] = &[
    (&["damaged"], || on(Run::on_nothing().with("people.xlsx", b"PK\x03\x04"), &["check", "@/people.xlsx"])),
    (&["no-columns"], || list("a,b\n1,2\n")),
    (&["missing-column"], || list("Name,Town\nMs Ann Lee,Marshgate\n")),
    (&["no-value"], || person("N/A")),
    (&["no-name-cell"], || person("ann@people.example")),
    (&["doubtful-name"], || person("\"LEE, Ann\"")),
    (&["no-person"], || person("The Occupier")),
    (&["read-as-empty"], || with_cell("Note", "N/A")),
    (&["own-greeting"], || with_cell("Salutation", "Hello Ann")),
    (&["columns-differ"], || with_cell("Postcode", "E20 9ZY")),
    (&["doubtful-column"], || with_cell("Parent email", "a@people.example")),
    (&["unfilled-field"], || person("{{name}}")),
    (&["lost-letter"], || person("Ms AndrÃ© Lee")),
    (&["control-character"], || person("Ms A\u{7}nn Lee")),
    (&["two-addresses"], || {
        let headings = "Name,Home Street,Home City,Home Postal Code,Business Street,Business City,Business Postal Code";
        list(&format!("{headings}\nMs Ann Lee,1 Mill Lane,Marshgate,E20 9ZZ,2 Mill Lane,Marshgate,E20 9ZY\n"))
    }),
    (&["long-cell"], || person(&format!("{} Lee", "A".repeat(3000)))),
    (&["open-quote"], || {
        let row = |n: usize| format!("Ms {n},{n} Mill Lane,Marshgate,E20 9ZZ\n");
        let after: String = (3..9).map(row).collect();
        list(&format!("{HEADINGS}\n{}{}\"Ms B,{after}", row(1), row(2)))
    }),
    (&["shifted-row"], || list(&format!("{HEADINGS}\nMs Ann Lee,1 Mill Lane,The Green,Marshgate,E20 9ZZ\n"))),
    (&["not-a-text-cell"], || list(&format!("{HEADINGS}\nMs Ann Lee,#REF!,Marshgate,E20 9ZZ\n"))),
    (&["missing-name"], || person("")),
    (&["missing-consent"], || {
        list(&format!("{HEADINGS},Email,Channel\nMs Ann Lee,1 Mill Lane,Marshgate,E20 9ZZ,a@people.example,email\n"))
    }),
    (&["listed-twice"], || list(&format!("{HEADINGS}\n{}", "Ms Ann Lee,1 Mill Lane,Marshgate,E20 9ZZ\n".repeat(2)))),
    (&["same-address"], || {
        list(&format!(
            "{HEADINGS}\nMs Ann Lee,1 Mill Lane,Marshgate,E20 9ZZ\nMr Bo Ray,1 Mill Lane,Marshgate,E20 9ZZ\n"
        ))
    }),
    (&["invited-already"], || {
        of_the_conference("Mrs Beryl Featherstonehaugh,3 Dace Court,Marshgate,E20 9ZZ,,residents")
    }),
    (&["wider-category"], || {
        of_the_conference("Ms Ann Lee,1 Mill Lane,Marshgate,E20 9ZZ,Golden Oven Bakery,statutory")
    }),
    (&["missing-category"], || of_the_conference("Ms Ann Lee,1 Mill Lane,Marshgate,E20 9ZZ,,")),
    (&["hidden-row", "several-sheets"], || on(workbook(), &["check", "@/people.xlsx"])),
    (&["no-sheet"], || on(workbook(), &["check", "@/people.xlsx", "--sheet", "Pepole"])),
    (&["bad-mapping"], || {
        let run = Run::on_nothing().with("people.csv", format!("{HEADINGS}\n"));
        on(run, &["check", "@/people.csv", "--map", "Name=nmae"])
    }),
];

const HEADINGS: &str = "Name,Address line 1,Town,Postcode";

fn list(text: &str) -> Prepared {
    on(Run::on_nothing().with("people.csv", text), &["check", "@/people.csv"])
}

fn person(name: &str) -> Prepared {
    list(&format!("{HEADINGS}\n{name},1 Mill Lane,Marshgate,E20 9ZZ\n"))
}

fn with_cell(heading: &str, cell: &str) -> Prepared {
    list(&format!("{HEADINGS},{heading}\nMs Ann Lee,1 Mill Lane,Marshgate,E20 9ZZ,{cell}\n"))
}

fn of_the_conference(row: &str) -> Prepared {
    let run = Run::on_the_example().with("people.csv", format!("{HEADINGS},Organisation,Category\n{row}\n"));
    on(run, &["check", "@/people.csv", "--conference", "@/conference.yaml"])
}

fn workbook() -> Run {
    let of = |name| [name, "1 Mill Lane", "Marshgate", "E20 9ZZ"];
    let headings = row("", &HEADINGS.split(',').collect::<Vec<_>>());
    let first = [headings.as_str(), &row("", &of("Ms Ann Lee")), &row("hidden=\"1\"", &of("Ms Bea Lee"))].concat();
    let second = [headings.as_str(), &row("", &of("Ms Cat Lee"))].concat();
    let sheet = |rows| format!("<sheetData>{rows}</sheetData>");
    Run::on_nothing().with("people.xlsx", xlsx(&[("People", &sheet(first)), ("Others", &sheet(second))]))
}
