//! Calling the meeting off.
//!
//! Deliberately absent: telling people. The letters that say so are made, checked and sent as all others.

use maud::{Markup, html};

use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, answer, editing, seen};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Input, Tone, back, date_input, note, text_input, typed_day, with_day};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;

/// The question.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let form = with_day(Form::default().with(SEEN, seen(opened)?.to_string()), "on", ask.today);
        Ok(Reply::Page(draw(ask, opened, &form, &Faults::default())))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let because =
        Input::new("because", "Why? (if you like)").hint("Everybody who was invited reads it, after “because”.");
    let main = html! {
        (back(&ask.part(Part::Meeting), "Meeting"))
        (faults.summary())
        div.measure.stack {
            h1 { "Call the meeting off" }
            (note(Tone::Look, "It does not take place at all", &html! { p { "For another day, change the day instead. Make the letters afterwards: nobody is told by this." } }))
            (editing(ask, opened, &ask.part(Part::Cancel), filled, &[("Called off on", "meeting.cancelled.on".to_owned())], &html! {
                (date_input("on", "On which day was it called off?", None, &of))
                (text_input(&because, &of))
                div.actions { button.btn type="submit" { "Call it off" } a href=(ask.part(Part::Meeting)) { "Cancel" } }
            }))
        }
    };
    page(ask, &Frame::of(opened, Tab::Meeting, "Call the meeting off").wrong(!faults.is_empty()), &main)
}

/// It is called off.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let mut edits = Edits::default();
        if typed_day(form, "on") == Ok(None) {
            edits.faults.add("on", "Enter the day on which it was called off");
        }
        edits.day(form, "on", "meeting.cancelled.on", None);
        edits.text(form, "because", "meeting.cancelled.because", "");
        let leads = Leads::on(Tab::Meeting, ask.part(Part::Cancel), ask.part(Part::Meeting), "saved");
        answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, form, faults))
    })
}
