//! One remark of the minutes, changed or taken out.
//!
//! Deliberately absent: changing what was approved without anybody knowing: an approval falls with the words.

use maud::{Markup, html};

use super::minutes::{inputs, needs, share_id};
use super::with::with;
use crate::amend::Edit;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, answer, editing, seen};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, back};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::model::conference::Item;

fn item<'o>(ask: &Ask<'_>, opened: &'o Opened) -> Option<(u32, usize, &'o Item)> {
    let (number, row) = (ask.number("p")?, usize::try_from(ask.number("row")?).ok()?);
    let item = opened.checked.conference.items.get(row).filter(|item| item.agenda == number)?;
    Some((number, row, item))
}

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let Some((_, _, item)) = item(ask, opened) else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let form = Form::default()
            .with(SEEN, seen(opened)?.to_string())
            .with("by", &*item.by)
            .with("text", &*item.text)
            .with("kind", item.kind.id())
            .with("share", share_id(item.share));
        Ok(Reply::Page(draw(ask, opened, &form, &Faults::default())))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Markup {
    let (number, row) = (ask.number("p").unwrap_or_default(), ask.number("row").unwrap_or_default() as usize);
    let of = Filled { form: filled, faults };
    let main = html! {
        (back(&ask.part(Part::Point(number)), "The point"))
        (faults.summary())
        div.measure.stack {
            h1 { "Change what was said" }
            (editing(ask, opened, &ask.part(Part::Remark(number, row)), filled, &[("What was said", format!("items[{row}].text"))], &html! {
                (inputs(opened, &of))
                div.actions {
                    button.btn type="submit" { "Save" }
                    button.btn.danger type="submit" name="out" value="yes" { "Take it out" }
                    a href=(ask.part(Part::Point(number))) { "Cancel" }
                }
            }))
        }
    };
    page(ask, &Frame::of(opened, Tab::Minutes, "Change what was said").wrong(!faults.is_empty()), &main)
}

/// It is saved, or taken out.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let Some((number, row, item)) = item(ask, opened) else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let path = |field: &str| format!("items[{row}].{field}");
        let mut edits = Edits::default();
        if form.has("out") {
            edits.all.push(Edit::remove(format!("items[{row}]")));
        } else {
            needs(&mut edits, form);
            edits.word(form, "by", &path("by"), &item.by, "");
            edits.text(form, "text", &path("text"), &item.text);
            edits.word(form, "kind", &path("kind"), item.kind.id(), "fact");
            edits.share(form, "share", &path("share"), share_id(item.share));
        }
        let (here, back) = (ask.part(Part::Remark(number, row)), ask.part(Part::Point(number)));
        let leads = Leads::on(Tab::Minutes, here, back, "saved");
        answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, form, faults))
    })
}
