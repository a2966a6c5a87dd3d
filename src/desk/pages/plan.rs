//! What the pages of the plan have in common: the goal of an address, who does an action, by when.
//!
//! Deliberately absent: pages.

use chrono::NaiveDate;

use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::Edits;
use crate::desk::parts::typed_day;
use crate::desk::post::Form;
use crate::desk::words;
use crate::model::plan::{Due, Goal, TO_BE_AGREED};

/// The word of a form for what is due by a day.
pub const ON_A_DAY: &str = "day";
const ONGOING: &str = "ongoing";
const OPEN: &str = "open";

/// By when, as somebody would say it.
pub const DUES: [(&str, &str); 3] =
    [(ON_A_DAY, "By a day"), (ONGOING, "It goes on as long as the plan"), (OPEN, "Still to be agreed")];

/// The goal of an address: its number, its place, itself.
pub fn goal_of<'o>(ask: &Ask<'_>, opened: &'o Opened) -> Option<(u32, usize, &'o Goal)> {
    let number = ask.number("n")?;
    let position = usize::try_from(number).ok()?.checked_sub(1)?;
    Some((number, position, opened.checked.conference.goals.get(position)?))
}

/// The name of an organisation.
pub fn name(opened: &Opened, id: &str) -> String {
    opened.checked.conference.organisations.get(id).map_or_else(|| id.to_owned(), |one| one.name.clone())
}

/// Whoever may do an action.
pub fn owners(opened: &Opened) -> Vec<(String, String)> {
    let all = opened.checked.conference.organisations.iter().map(|(id, one)| (id.clone(), one.name.clone()));
    std::iter::once((TO_BE_AGREED.to_owned(), "Still to be agreed".to_owned())).chain(all).collect()
}

/// The word of a form for when something is due.
pub fn by(due: Option<Due>) -> &'static str {
    match due {
        Some(Due::On(_)) => ON_A_DAY,
        Some(Due::Ongoing) => ONGOING,
        Some(Due::ToBeAgreed) | None => OPEN,
    }
}

/// When something is due, in words.
pub fn due_in_words(due: Option<Due>) -> String {
    match due {
        Some(Due::On(day)) => words::plain(day),
        Some(Due::Ongoing) => "as long as the plan goes on".to_owned(),
        Some(Due::ToBeAgreed) | None => "a day to be agreed".to_owned(),
    }
}

/// When something is due, as the file has it.
pub fn due_in_file(due: Option<Due>) -> String {
    match due {
        Some(Due::On(day)) => day.to_string(),
        Some(Due::Ongoing) => "ongoing".to_owned(),
        Some(Due::ToBeAgreed) | None => TO_BE_AGREED.to_owned(),
    }
}

/// The same as it was typed; `was` is the day that the form was drawn with. `None` if there is a fault.
pub fn typed_due(edits: &mut Edits, form: &Form, [by, due]: [&str; 2], was: Option<NaiveDate>) -> Option<String> {
    match (form.get(by), typed_day(form, due)) {
        (_, Err(says)) => edits.faults.add(due, says),
        // A day that somebody typed is not lost because of a choice that they forgot.
        (ONGOING | OPEN, Ok(Some(day))) if Some(day) != was => {
            edits.faults.add(by, "You typed a day: choose “By a day”, or empty the day");
        }
        (ON_A_DAY, Ok(None)) => edits.faults.add(due, "Enter the day, or choose “Still to be agreed”"),
        (ON_A_DAY, Ok(Some(day))) => return Some(day.to_string()),
        (ONGOING, Ok(_)) => return Some("ongoing".to_owned()),
        (OPEN, Ok(_)) => return Some(TO_BE_AGREED.to_owned()),
        _ => edits.faults.add(by, "Choose by when it is to be done"),
    }
    None
}
