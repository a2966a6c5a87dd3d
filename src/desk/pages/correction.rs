//! One correction of the minutes that was asked for: what became of it, or what was noted wrongly.
//!
//! Deliberately absent: changing what was said, which each point of the minutes does.

use maud::{Markup, html};

use super::approval::{inputs, needs};
use super::minutes::share_id;
use super::with::with;
use crate::amend::Edit;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, answer, editing, seen};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, back, with_day};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::model::conference::Correction;

fn found<'o>(ask: &Ask<'_>, opened: &'o Opened) -> Option<(usize, &'o Correction)> {
    let row = usize::try_from(ask.number("row")?).ok()?;
    Some((row, opened.checked.conference.minutes.corrections.get(row)?))
}

fn point(one: &Correction) -> String {
    one.agenda.map(|point| point.to_string()).unwrap_or_default()
}

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let Some((row, one)) = found(ask, opened) else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let form = Form::default()
            .with(SEEN, seen(opened)?.to_string())
            .with("by", &*one.by)
            .with("agenda", point(one))
            .with("text", &*one.text)
            .with("answer", one.answer.id())
            .with("share", share_id(one.share));
        let form = with_day(form, "asked", one.on);
        Ok(Reply::Page(draw(ask, opened, row, &form, &Faults::default())))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, row: usize, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let title = "Change a correction";
    let main = html! {
        (back(&ask.part(Part::Approval), "Corrections and approval"))
        (faults.summary())
        div.measure.stack {
            h1 { (title) }
            section.panel aria-label=(title) {
                (editing(ask, opened, &ask.part(Part::Correction(row)), filled, &[("Its row", format!("minutes.corrections[{row}].text"))], &html! {
                    (inputs(opened, &of))
                    div.actions {
                        button.btn type="submit" { "Save" }
                        button.btn.danger type="submit" name="out" value="yes" { "Take it out" }
                        a href=(ask.part(Part::Approval)) { "Cancel" }
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
        let Some((row, one)) = found(ask, opened) else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let path = |field: &str| format!("minutes.corrections[{row}].{field}");
        let mut edits = Edits::default();
        if form.has("out") {
            edits.all.push(Edit::remove(format!("minutes.corrections[{row}]")));
        } else {
            needs(&mut edits, form);
            edits.day(form, "asked", &path("on"), Some(one.on));
            edits.word(form, "by", &path("by"), &one.by, "");
            edits.word(form, "agenda", &path("agenda"), &point(one), "");
            edits.text(form, "text", &path("text"), &one.text);
            edits.word(form, "answer", &path("answer"), one.answer.id(), "open");
            edits.share(form, "share", &path("share"), share_id(one.share));
        }
        let leads = Leads::on(Tab::Minutes, ask.part(Part::Correction(row)), ask.part(Part::Approval), "saved");
        answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, row, form, faults))
    })
}
