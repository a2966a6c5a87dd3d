//! What may be chosen in a cell: drop-downs, and what is said to somebody who types something else.
//!
//! Lists of fixed words stand in the rule itself, so that there is no sheet of lists to be broken. Those of organisations, people
//! and points are the first columns of their sheets, so that a new row is in them at once.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

use super::super::plan::Kind;
use super::super::terms::DIFFERENT_VIEW;
use super::council::Council;

/// The name of the list of organisations, of people, and of points.
pub const NAMED: [(&str, &str); 3] =
    [("list_organisations", "Organisations"), ("list_people", "People"), ("list_points", "Agenda")];

/// The most characters of a list in a rule (ECMA-376 part 1 §18.3.1.32 has no limit; Excel has this one).
const LONGEST: usize = 255;

/// The rule for cells of a kind, if there is one.
pub fn rule(kind: Kind, council: &Council) -> Result<Option<DataValidation>, XlsxError> {
    let new = DataValidation::new;
    Ok(match kind {
        Kind::Word(words) => Some(chosen(&words.all.iter().map(|term| term.shown).collect::<Vec<_>>())?),
        Kind::Decision => {
            let titles = council.options.iter().map(|option| option.title.as_str()).chain([DIFFERENT_VIEW]);
            let titles: Vec<&str> = titles.collect();
            let length: usize = titles.iter().map(|title| title.chars().count() + 1).sum();
            let fits = length <= LONGEST && titles.iter().all(|title| !title.contains([',', '"']));
            if fits { Some(chosen(&titles)?) } else { None }
        }
        Kind::Organisation => Some(named(0)?),
        Kind::Person => Some(named(1)?),
        Kind::Point => Some(named(2)?),
        Kind::Day => Some(
            new()
                .allow_date(DataValidationRule::GreaterThan(ExcelDateTime::from_ymd(2015, 1, 1)?))
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title("Please type a day")?
                .set_error_message("As 24/11/2026. If it is not known yet, leave the cell empty. Keep it as it is?")?,
        ),
        Kind::Clock => Some(
            new()
                .allow_time(DataValidationRule::Between(
                    ExcelDateTime::from_hms(0, 0, 0)?,
                    ExcelDateTime::from_hms(23, 59, 59)?,
                ))
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title("Please type a time")?
                .set_error_message("With a colon, by the 24-hour clock: 13:30 for half past one. Keep it as it is?")?,
        ),
        Kind::Whole => Some(
            new()
                .allow_whole_number(DataValidationRule::Between(0, 9999))
                .set_error_title("Please type a number")?
                .set_error_message("A whole number, such as 3.")?,
        ),
        Kind::Points => Some(
            new()
                .allow_any_value()
                .set_input_title("Agenda points")?
                .set_input_message("Numbers, such as 1, 2, 4 to 8. Or none.")?,
        ),
        Kind::Text
        | Kind::Prose
        | Kind::Lines
        | Kind::Organisations
        | Kind::Due
        | Kind::Size
        | Kind::Headings
        | Kind::Place => None,
    })
}

/// The rule for a cell that only few may see: it says so whenever it is chosen.
pub fn restricted(rule: Option<DataValidation>, help: &str) -> Result<DataValidation, XlsxError> {
    let message: String = help.chars().take(LONGEST).collect();
    rule.unwrap_or_else(|| DataValidation::new().allow_any_value())
        .set_input_title("RESTRICTED")?
        .set_input_message(message)
}

fn chosen(words: &[&str]) -> Result<DataValidation, XlsxError> {
    let list = words.join(", ");
    let message: String = format!("Choose: {list}. Or leave the cell empty.").chars().take(LONGEST).collect();
    let message =
        if list.len() > 200 { "Choose one from the list, or leave the cell empty.".to_owned() } else { message };
    DataValidation::new()
        .allow_list_strings(words)?
        .set_error_title("Please choose from the list")?
        .set_error_message(message)
}

fn named(list: usize) -> Result<DataValidation, XlsxError> {
    let (name, sheet) = NAMED[list];
    DataValidation::new()
        .allow_list_formula(Formula::new(format!("={name}")))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(format!("Not on {sheet} yet"))?
        .set_error_message(format!(
            "This is not on the sheet {sheet}. Put it there too, spelt in the same way. Keep it?"
        ))
}
