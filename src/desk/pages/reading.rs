//! What was found when a goal was measured, changed or taken out.
//!
//! Deliberately absent: a further finding, which the page of the goal takes.

use maud::{Markup, html};

use super::minutes::share_id;
use super::plan::goal_of;
use super::with::with;
use crate::amend::Edit;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, answer, editing, seen};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Input, back, choices, date_input, may, text_input, typed_day, with_day};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::model::Audience;
use crate::model::plan::{Goal, GoalReading};

/// What is asked of every finding: when, what, as a number, for whom.
pub fn inputs(of: &Filled<'_>) -> Markup {
    let all: Vec<(&str, Markup)> = Audience::ALL.into_iter().map(|one| (one.id(), may(one))).collect();
    html! {
        (date_input("measured", "Measured on", None, of))
        (text_input(&Input::new("found", "What was found, in a few words"), of))
        (text_input(&Input::new("value", "The same as a number (if there is one)").hint("Findings with numbers are drawn as bars.").width("w8"), of))
        (choices("readers", "Who may read what was found", &all, of))
    }
}

/// What is wrong with a finding before it is compared with the file; and its number, if it has one.
pub fn needs(edits: &mut Edits, form: &Form) -> Option<u32> {
    edits.need(form, "found", "Enter what was found");
    edits.need(form, "readers", "Choose who may read what was found");
    if typed_day(form, "measured") == Ok(None) {
        edits.faults.add("measured", "Enter the day on which it was measured");
    }
    let number = form.get("value").parse().ok();
    if form.has("value") && number.is_none() {
        edits.faults.add("value", "Enter a whole number, or leave it empty");
    }
    number
}

struct Found<'o> {
    goal: &'o Goal,
    reading: &'o GoalReading,
    number: u32,
    row: usize,
    path: String,
}

fn found<'o>(ask: &Ask<'_>, opened: &'o Opened) -> Option<Found<'o>> {
    let (number, position, goal) = goal_of(ask, opened)?;
    let row = usize::try_from(ask.number("row")?).ok()?;
    let path = format!("goals[{position}].readings[{row}]");
    Some(Found { goal, reading: goal.readings.get(row)?, number, row, path })
}

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let Some(found) = found(ask, opened) else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let reading = found.reading;
        let form = Form::default()
            .with(SEEN, seen(opened)?.to_string())
            .with("found", &*reading.text)
            .with("value", reading.value.map(|value| value.to_string()).unwrap_or_default())
            .with("readers", share_id(reading.share));
        let form = with_day(form, "measured", reading.on);
        Ok(Reply::Page(draw(ask, opened, &found, &form, &Faults::default())))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, found: &Found<'_>, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let title = "Change what was found";
    let goal = ask.part(Part::Goal(found.number));
    let main = html! {
        (back(&goal, "The goal"))
        (faults.summary())
        div.measure.stack {
            h1 { (title) }
            p.lead { (found.goal.goal) }
            section.panel aria-label=(title) {
                (editing(ask, opened, &ask.part(Part::Reading(found.number, found.row)), filled, &[("Its row", format!("{}.text", found.path))], &html! {
                    (inputs(&of))
                    div.actions {
                        button.btn type="submit" { "Save" }
                        button.btn.danger type="submit" name="out" value="yes" { "Take it out" }
                        a href=(goal) { "Cancel" }
                    }
                }))
            }
        }
    };
    page(ask, &Frame::of(opened, Tab::Minutes, title).wrong(!faults.is_empty()), &main)
}

/// It is saved, or taken out.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let Some(found) = found(ask, opened) else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let here = ask.part(Part::Reading(found.number, found.row));
        let leads = Leads::on(Tab::Minutes, here, ask.part(Part::Goal(found.number)), "saved");
        let edits = changed(&found, form);
        answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, &found, form, faults))
    })
}

fn changed(found: &Found<'_>, form: &Form) -> Edits {
    let mut edits = Edits::default();
    if form.has("out") {
        edits.all.push(Edit::remove(&*found.path));
        return edits;
    }
    let path = |field: &str| format!("{}.{field}", found.path);
    needs(&mut edits, form);
    let was = found.reading.value.map(|value| value.to_string()).unwrap_or_default();
    edits.day(form, "measured", &path("on"), Some(found.reading.on));
    edits.text(form, "found", &path("text"), &found.reading.text);
    edits.text(form, "value", &path("value"), &was);
    edits.share(form, "readers", &path("share"), share_id(found.reading.share));
    edits
}
