//! Who came, and when.
//!
//! Somebody in a list of people that is a file of its own is shown as the list has them, with its file and row.
//!
//! Deliberately absent: what they said.

use maud::{Markup, html};

use super::people::One;
use super::with::with;
use crate::amend::Edit;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, answer, editing, seen};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Tone, back, note};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::Report;
use crate::model::people::Reply as Answer;

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let form = filled(opened)?;
        Ok(Reply::Page(draw(ask, opened, &form, &Faults::default())))
    })
}

fn filled(opened: &Opened) -> Result<Form, Report> {
    let mut form = Form::default().with(SEEN, seen(opened)?.to_string());
    for (position, invitee) in opened.checked.conference.invitees.iter().enumerate() {
        let n = opened.checked.numbers().invitee(position);
        let time = |time: Option<chrono::NaiveTime>| time.map(words::clock).unwrap_or_default();
        form = form
            .with(&format!("came-{n}"), word(invitee.attended))
            .with(&format!("arrived-{n}"), time(invitee.arrived))
            .with(&format!("left-{n}"), time(invitee.left));
    }
    Ok(form)
}

fn word(attended: Option<bool>) -> &'static str {
    match attended {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    }
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let all: Vec<One<'_>> = (0..opened.checked.conference.invitees.len()).map(|n| One::of(opened, n)).collect();
    let main = html! {
        (back(&ask.part(Part::People), "People"))
        (faults.summary())
        div.top-line {
            div { h1 { "Who came" } p.lead { "Times only for those who came later or left earlier." } p { (quorum(opened)) } }
            a.btn.second href=(ask.part(Part::Uninvited)) { "Somebody came who was not invited" }
        }
        @if ask.word("done") == "saved" { (note(Tone::Well, "Saved", &html! { p { a href=(ask.part(Part::Undo)) { "Undo" } } })) }
        (editing(ask, opened, &ask.part(Part::Attendance), filled, &[("Who came, in the row of each", "invitees[0].attended".to_owned())], &html! {
            div.panel.flush { table.cards {
                caption.vh { "Who came" }
                thead { tr { th scope="col" { "Person" } th scope="col" { "Reply" } th scope="col" { "Came?" } th scope="col" { "From" } th scope="col" { "Until" } } }
                tbody { @for one in all.iter().filter(|one| !one.is_gone) { (row(one, &of)) } }
            } }
            div.actions { button.btn type="submit" { "Save" } }
        }))
    };
    page(ask, &Frame::of(opened, Tab::People, "Who came").wrong(!faults.is_empty()), &main)
}

fn row(one: &One<'_>, of: &Filled<'_>) -> Markup {
    let n = one.number;
    let chosen = of.form.get(&format!("came-{n}")).to_owned();
    let reply = match one.invitee.reply {
        Answer::Accepted => "Said yes",
        Answer::Apologies => "Apologies",
        Answer::None => "None",
    };
    html! {
        tr {
            th scope="row" { (one.name) @if let Some(organisation) = one.organisation { span.sub { (organisation) } } }
            td data-l="Reply" { (reply) }
            @if let Some(listed) = &one.listed {
                td data-l="Came" colspan="3" { (noted(one)) span.sub { "Note it in " (listed) } }
            } @else {
                td data-l="Came" {
                    fieldset { legend.vh { "Did " (one.name) " come?" }
                        div.seg { @for (value, label) in [("yes", "Yes"), ("no", "No"), ("", "Not noted")] {
                            label { input type="radio" name={ "came-" (n) } value=(value) checked[chosen == value]; (label) span.vh { ": " (one.name) } }
                        } }
                    }
                }
                (time(one, "arrived", "From", of))
                (time(one, "left", "Until", of))
            }
        }
    }
}

/// Whether somebody came, as their list has it.
fn noted(one: &One<'_>) -> &'static str {
    match one.invitee.attended {
        Some(true) => "Yes",
        Some(false) => "No",
        None => "Not noted",
    }
}

fn time(one: &One<'_>, what: &str, label: &str, of: &Filled<'_>) -> Markup {
    let id = format!("{what}-{}", one.number);
    let fault = of.faults.of(&id);
    html! {
        td data-l="" .bad[fault.is_some()] {
            label for=(id) { span.shown-on-phones { (label) ": " } span.vh { (label) " when was " (one.name) " there?" } }
            input.w6 type="text" id=(id) name=(id) value=(of.form.get(&id)) autocomplete="off" aria-invalid=[fault.map(|_| "true")]
                aria-describedby=[fault.map(|_| format!("{id}-fault"))];
            @if let Some(fault) = fault { p.err id={ (id) "-fault" } { span.vh { "Error: " } (fault) } }
        }
    }
}

/// It is saved.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let mut edits = Edits::default();
        for (position, invitee) in opened.checked.conference.invitees.iter().enumerate() {
            let n = opened.checked.numbers().invitee(position);
            let path = |field: &str| format!("invitees[{position}].{field}");
            let came = format!("came-{n}");
            edits.at(path("attended"), &came);
            match form.given(&came).filter(|typed| *typed != word(invitee.attended)) {
                Some("yes") => edits.all.push(Edit::set(path("attended"), "true")),
                Some("no") => edits.all.push(Edit::set(path("attended"), "false")),
                Some(_) => edits.all.push(Edit::remove(path("attended"))),
                None => {}
            }
            edits.time(form, &format!("arrived-{n}"), &path("arrived"), invitee.arrived);
            edits.time(form, &format!("left-{n}"), &path("left"), invitee.left);
        }
        let leads = Leads::here(Tab::People, ask.part(Part::Attendance));
        answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, form, faults))
    })
}

/// Whether enough came for a decision, as far as it is noted.
pub fn quorum(opened: &Opened) -> String {
    let tally = opened.checked.tally();
    let others = |number: usize| match number {
        1 => "1 other agency".to_owned(),
        number => format!("{number} other agencies"),
    };
    let wanted = format!("children’s social care and {}", others(tally.required as usize));
    if !tally.recorded {
        return format!("To decide, the conference needs {wanted}. Who came is not noted yet.");
    }
    let social = if tally.social_care { "Children’s social care" } else { "Nobody from children’s social care" };
    let others_there = match tally.agencies.as_slice() {
        [] => "no other agency".to_owned(),
        names => format!("{} ({})", others(names.len()), names.join(", ")),
    };
    let enough = if tally.met() { "That is enough to decide." } else { "That is not enough to decide." };
    format!("{social} and {others_there} came. {enough} It needs {wanted}.")
}
