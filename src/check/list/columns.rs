//! The sheets of a list and their columns: what every letter needs and no column has, headings that may mean something
//! else, columns that say different things of one field, and what its owner may not know to be read.

use super::known::Known;
use super::problem::{Problem, Row};
use super::secrets;
use crate::diag::{Severity, codes};
use crate::input::list::{Columns, Doubt, Field, List, Why, folded, is_nothing, letters, text};

/// Every problem of the sheets as a whole, and of the name of the file.
pub fn sheets(list: &List, known: &Known) -> Vec<Problem> {
    let mut problems = secrets::in_file_name(list, known);
    for (n, sheet) in list.sheets.iter().enumerate() {
        let Some(columns) = &sheet.columns else { continue };
        problems.extend(columns.doubts.iter().map(|found| doubt(n, columns.row, *found)));
        problems.extend(sheet.hidden_columns.iter().map(|column| unseen(n, columns, *column)));
        problems.extend(further_sheet(list, n));
        let has = |fields: &[Field]| fields.iter().any(|f| columns.of(*f).is_some());
        let mut lacks = |severity: Severity, what: &str, hint: &'static str| {
            problems.push(Problem {
                severity,
                code: codes::MISSING_COLUMN,
                sheet: n,
                row: None,
                number: None,
                column: None,
                field: None,
                message: format!("no column has {what}"),
                hint,
                value: None,
            });
        };
        if !columns.have_name() {
            // A list made for GOV.UK Notify has the name there.
            let hint = if has(&[Field::Line(1)]) && has(&[Field::Line(2)]) {
                "add a column `Name`; if the first line of the address is the name, say so with `--map \"Heading=name\"`"
            } else {
                "add a column `Name`, or say which it is with `--map \"Heading=name\"`"
            };
            lacks(Severity::Error, "a name", hint);
        }
        if !columns.have_address() {
            lacks(
                Severity::Error,
                "an address",
                "add `Address` or `Address line 1`, or use `--map \"Heading=address_line_1\"`",
            );
        }
        if !columns.have_postcode() {
            lacks(Severity::Error, "a postcode", "add a column `Postcode`, or use `--map \"Heading=postcode\"`");
        }
        if !has(&[Field::Category]) && known.usual.is_none() && !known.conference {
            lacks(
                Severity::Warning,
                "a category",
                "`invite` takes it from the organisation where the conference names it, and from `--category` otherwise",
            );
        }
        if has(&[Field::Email]) && !has(&[Field::Consent]) {
            lacks(Severity::Warning, "a consent to email", "add `Consent to email`: without it nobody is emailed");
        }
    }
    problems
}

/// The problem of a column that is read and that nobody sees.
fn unseen(sheet: usize, columns: &Columns, column: usize) -> Problem {
    Problem {
        severity: Severity::Error,
        code: codes::HIDDEN_ROW,
        sheet,
        row: Some(columns.row),
        number: None,
        column: Some(column),
        field: columns.all.get(column).and_then(|(_, field)| *field),
        message: "this column is hidden, so nobody can see what it would put into the letters".to_owned(),
        hint: "show the column in the spreadsheet; or say what it is with `--map \"Heading=field\"`; `--map \"Heading=-\"` ignores it",
        value: None,
    }
}

/// The problem of a sheet with headings behind another, unless it was asked for by name: it may be last year's.
fn further_sheet(list: &List, n: usize) -> Option<Problem> {
    let sheet = &list.sheets[n];
    let before = list.sheets[..n].iter().filter(|sheet| sheet.columns.is_some()).count();
    (before > 0 && !sheet.is_asked_for).then(|| Problem {
        severity: Severity::Warning,
        code: codes::SEVERAL_SHEETS,
        sheet: n,
        row: None,
        number: None,
        column: None,
        field: None,
        message: "this sheet has headings too, and its people get letters like those of the sheets before it"
            .to_owned(),
        hint: "`--sheet NAME` reads only one sheet; a hidden sheet is not read",
        value: None,
    })
}

/// The problem of a heading that may mean something else. If it decides who gets a letter and where, nothing is made
/// until somebody confirms it.
fn doubt(sheet: usize, row: u32, found: Doubt) -> Problem {
    let field = found.field.id();
    let ask = "say what the column is with `--map \"Heading=field\"`; `--map \"Heading=-\"` ignores it";
    let warning = |message: String| (Severity::Warning, codes::DOUBTFUL_COLUMN, message, ask);
    let (severity, code, message, hint) = match found.why {
        Why::Ending if found.field.decides() => {
            let message = format!("only the last words of this heading say `{field}`: it may be somebody else’s");
            (Severity::Error, codes::DOUBTFUL_COLUMN, message, ask)
        }
        Why::Ending => warning(format!("only the last words of this heading say `{field}`")),
        Why::Unread => warning(format!("only the last words of this heading say `{field}`, and it is not read")),
        Why::Instead(column) => {
            warning(format!("column {} is already taken as `{field}`, and this one is not read", letters(column)))
        }
        Why::Beside(column) => {
            let message = format!("column {} is `{field}`, too: where it is empty, this one is read", letters(column));
            warning(message)
        }
        Why::Gazetteer => {
            let message = format!("this is a part of the address (`{field}`) as a gazetteer has it, and is not read");
            let hint = "put the parts together in one column, and say what it is with `--map \"Heading=house\"`";
            (Severity::Warning, codes::DOUBTFUL_COLUMN, message, hint)
        }
        Why::Address(column) => {
            let message =
                format!("this begins another address than column {}, and which is meant is not said", letters(column));
            let hint =
                "say of one column of the address that is meant what it is, with `--map \"Heading=address_line_1\"`";
            (Severity::Error, codes::TWO_ADDRESSES, message, hint)
        }
        Why::OtherAddress(column) => {
            let message = format!("this is of another address than column {}, and is not read", letters(column));
            let hint = "to write to this address, say of one of its columns what it is, with `--map \"Heading=address_line_1\"`";
            (Severity::Warning, codes::TWO_ADDRESSES, message, hint)
        }
    };
    Problem {
        severity,
        code,
        sheet,
        row: Some(row),
        number: None,
        column: Some(found.column),
        field: Some(found.field),
        message,
        hint,
        value: None,
    }
}

/// Columns of one field must say one thing in each row: who gets a letter, and where, is not for a program to choose.
pub(super) fn differ(found: &mut Row<'_>) {
    let columns = found.columns;
    for (field, of) in columns.shared() {
        let mut said: Option<String> = None;
        for column in of {
            let typed = found.cells.get(*column).map(|cell| text(cell)).unwrap_or_default();
            let key = if field == Field::Email { typed.to_lowercase() } else { folded(&typed) };
            if key.is_empty() {
                continue;
            }
            if said.get_or_insert_with(|| key.clone()) != &key {
                let message = format!("column {} says something else of `{}`", letters(of[0]), field.id());
                let hint = "correct one of the two, or leave a column alone with `--map \"Heading=-\"`";
                found.add_at(Severity::Error, codes::COLUMNS_DIFFER, (Some(field), Some(*column)), message, hint);
            }
        }
    }
}

/// A whole name must be that of the columns for its parts, and its title that of the column for titles.
pub(super) fn names_differ(found: &mut Row<'_>) {
    let columns = found.columns;
    let cell = |field: Field| {
        let mut of = columns.all_of(field).iter().filter_map(|column| found.cells.get(*column));
        of.find(|cell| !cell.trim().is_empty())
            .map(|cell| text(cell))
            .filter(|typed| !is_nothing(typed))
            .unwrap_or_default()
    };
    let whole = cell(Field::Name);
    if whole.is_empty() || found.is_wrong(columns.of(Field::Name)) {
        return;
    }
    let (title, first, last) = (cell(Field::Title), cell(Field::FirstName), cell(Field::LastName));
    if let Some((severity, field)) = unlike(&whole, &first, &last) {
        let message = format!("column {} has another name", columns.of(field).map(letters).unwrap_or_default());
        let hint = "correct one of the two, or leave a column alone with `--map \"Heading=-\"`";
        found.add(severity, codes::COLUMNS_DIFFER, Some(Field::Name), message, hint);
        return;
    }
    let theirs = folded(whole.split(' ').next().unwrap_or_default());
    let of_all = |title: &str| ["mr", "mrs", "ms", "miss", "mx"].contains(&title);
    if of_all(&theirs) && of_all(&folded(&title)) && theirs != folded(&title) {
        let message = format!("column {} has another title", columns.of(Field::Title).map(letters).unwrap_or_default());
        let hint = "correct one of the two, or take the title out of the name";
        found.add(Severity::Error, codes::COLUMNS_DIFFER, Some(Field::Name), message, hint);
    }
}

/// Whether a whole name is another than that of its parts: an error if neither is in it, a warning if only one is, which
/// may be a short form. The answer has also the field of a part that is not in it.
fn unlike(whole: &str, first: &str, last: &str) -> Option<(Severity, Field)> {
    let key = folded(whole);
    let initial = |part: &str| {
        let of_part = folded(part).chars().next();
        let mut words = whole.split([' ', '.']).map(folded).filter(|word| !word.is_empty());
        words.any(|word| of_part.is_some_and(|letter| word.chars().eq([letter])))
    };
    let short =
        |part: &str| part.split([' ', '.']).map(folded).any(|word| word.chars().count() == 1 && key.contains(&word));
    let stands = |part: &str| {
        let mut words = part.split(' ').map(folded).filter(|word| word.chars().count() > 1);
        key.contains(&folded(part)) || words.any(|word| key.contains(&word)) || short(part)
    };
    let parts = [(Field::LastName, last), (Field::FirstName, first)];
    let mut missing = parts.into_iter().filter(|(_, part)| !part.is_empty() && !stands(part));
    let (field, part) = missing.next()?;
    let is_alone = parts.iter().all(|(other, text)| *other == field || text.is_empty());
    if is_alone || missing.next().is_some() {
        return Some((Severity::Error, field));
    }
    // `A. Ada`, and `Mr and Mrs Ada`.
    let joins = whole.split(' ').any(|word| matches!(folded(word).as_str(), "and" | "family") || word == "&");
    (!(field == Field::FirstName && (initial(part) || joins || key == folded(last))))
        .then_some((Severity::Warning, field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_name_is_that_of_its_parts() {
        for (whole, first, last, expected) in [
            ("Bob Bea", "Ann", "Ada", Some(Severity::Error)),
            ("Bob Bea", "", "Ada", Some(Severity::Error)),
            ("Bob Bea", "Ann", "", Some(Severity::Error)),
            ("Bob Ada", "Ann", "Ada", Some(Severity::Warning)),
            ("Ann Bea", "Ann", "Ada", Some(Severity::Warning)),
            ("Ann Ada", "Ann", "Ada", None),
            ("ADA, Ann", "Ann", "Ada", None),
            ("Ms A. Ada", "Ann", "Ada", None),
            ("Ms Ada", "", "Ada", None),
            ("Ada", "Ann", "Ada", None),
            ("Mr & Mrs Ada", "Ann", "Ada", None),
            ("Ann O\u{2019}Neill", "Ann Mary", "ONeill", None),
            ("Ann Ada", "A", "Ada", None),
            ("Ad\u{e9}b\u{e1}y\u{f2} Smith-Lee", "Adebayo", "Smith", None),
            ("Ann Ada", "", "", None),
        ] {
            assert_eq!(unlike(whole, first, last).map(|found| found.0), expected, "{whole} {first} {last}");
        }
    }
}
