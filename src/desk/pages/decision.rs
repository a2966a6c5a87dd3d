//! One decision, changed or taken out.
//!
//! Deliberately absent: views that differed, which the file has.

use maud::{Markup, html};

use super::decisions::{inputs, needs};
use super::minutes::share_id;
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
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::model::plan::Decision;

fn found<'o>(ask: &Ask<'_>, opened: &'o Opened) -> Option<(usize, &'o Decision)> {
    let row = usize::try_from(ask.number("row")?).ok()?;
    Some((row, opened.checked.conference.decisions.get(row)?))
}

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let Some((row, one)) = found(ask, opened) else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let form = Form::default()
            .with(SEEN, seen(opened)?.to_string())
            .with("option", &*one.option)
            .with("text", &*one.text)
            .with("rationale", &*one.rationale.text)
            .with("provisional", if one.provisional { "yes" } else { "" })
            .with("share", share_id(one.share));
        Ok(Reply::Page(draw(ask, opened, (row, one), &form, &Faults::default())))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, (row, one): (usize, &Decision), filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let title = "Change a decision";
    let main = html! {
        (back(&ask.part(Part::Decisions), "Decisions and actions"))
        (faults.summary())
        div.measure.stack {
            h1 { (title) }
            (note(Tone::Plain, "For what was noted wrongly", &html! { p { "What a later meeting decides is a decision of that meeting. If papers with this one are out, make new versions of them." } }))
            section.panel aria-label=(title) {
                (editing(ask, opened, &ask.part(Part::Decision(row)), filled, &[("Its row", format!("decisions[{row}].text"))], &html! {
                    (inputs(opened, &of))
                    @if !one.dissent.is_empty() { p.hint.below { "Views that differed stand in the file, and stay." } }
                    div.actions {
                        button.btn type="submit" { "Save" }
                        button.btn.danger type="submit" name="out" value="yes" { "Take it out" }
                        a href=(ask.part(Part::Decisions)) { "Cancel" }
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
        let path = |field: &str| format!("decisions[{row}].{field}");
        let mut edits = Edits::default();
        if form.has("out") {
            edits.all.push(Edit::remove(format!("decisions[{row}]")));
        } else {
            needs(&mut edits, form);
            edits.word(form, "option", &path("option"), &one.option, "");
            edits.text(form, "text", &path("text"), &one.text);
            edits.shared(form, "rationale", &path("rationale"), Some(&one.rationale));
            edits.share(form, "share", &path("share"), share_id(one.share));
            edits.yes(form, "provisional", &path("provisional"), one.provisional);
        }
        let leads = Leads::on(Tab::Minutes, ask.part(Part::Decision(row)), ask.part(Part::Decisions), "saved");
        answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, (row, one), form, faults))
    })
}
