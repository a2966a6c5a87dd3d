//! Somebody no longer takes part, or takes part again.
//!
//! Deliberately absent: destroying files, which is done where it cannot happen by a slip: on the command line.

use maud::{Markup, html};

use super::people::One;
use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Input, Tone, back, date_input, form, note, text_input, typed_day, with_day};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::diag::Report;
use crate::records::{self, TheirFiles, Whom, Withdraw};

/// The question.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let form = with_day(Form::default(), "on", ask.today);
        Ok(draw(ask, opened, &form, &Faults::default()).map_or(Reply::Refused(Refusal::Nowhere), Reply::Page))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Option<Markup> {
    let position = opened.position(ask.number("n")?)?;
    let one = One::of(opened, position);
    let of = Filled { form: filled, faults };
    let because = Input::new("because", "Why, in a few words (if you like)")
        .hint("It stays in the record and is on no paper.")
        .width("w16");
    let main = html! {
        (back(&ask.part(Part::Person(one.number)), one.name))
        (faults.summary())
        div.measure.stack {
            h1 { (one.name) " no longer takes part" }
            (note(Tone::Plain, "What happens", &html! {
                ul {
                    li { "Nothing is made for them from that day." }
                    li { "Their drafts are removed. What was released is kept apart, since it may have been sent." }
                    li { "Nobody else gets their number." }
                }
            }))
            (form(ask, &ask.part(Part::Withdraw(one.number)), &html! {
                (date_input("on", "From which day?", None, &of))
                (text_input(&because, &of))
                div.actions { button.btn type="submit" { "They no longer take part" } a href=(ask.part(Part::Person(one.number))) { "Cancel" } }
            }))
        }
    };
    let title = format!("{} no longer takes part", one.name);
    Some(page(ask, &Frame::of(opened, Tab::People, &title).wrong(!faults.is_empty()), &main))
}

/// It is noted.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let again =
            |faults: &Faults| draw(ask, opened, form, faults).map_or(Reply::Refused(Refusal::Nowhere), Reply::Again);
        let mut faults = Faults::default();
        let on = typed_day(form, "on").unwrap_or_else(|says| {
            faults.add("on", says);
            None
        });
        if !faults.is_empty() {
            return Ok(again(&faults));
        }
        let because = Some(form.get("because")).filter(|text| !text.is_empty()).map(str::to_owned);
        let request = Withdraw { of: whom(ask), on, because, files: TheirFiles::Kept };
        match records::withdraw(&opened.folder, Some(&opened.file), ask.today, &request) {
            Ok(_) => Ok(Reply::SeeOther(ask.part(Part::People).done("withdrawn"))),
            Err(report) => {
                faults.add_report(&report, |one| match one.place.file.as_deref() {
                    Some("--on") => Some("on"),
                    Some("--because") => Some("because"),
                    _ => None,
                });
                Ok(again(&faults))
            }
        }
    })
}

fn whom(ask: &Ask<'_>) -> Whom {
    Whom { name: None, number: Some(ask.param("n").to_owned()) }
}

/// It was a mistake.
pub fn rejoin(ask: &Ask<'_>, _: &Form) -> Reply {
    with(ask, |opened| {
        let done: Result<_, Report> = records::rejoin(&opened.folder, Some(&opened.file), &whom(ask));
        done.map(|_| Reply::SeeOther(ask.part(Part::People).done("rejoined")))
    })
}
