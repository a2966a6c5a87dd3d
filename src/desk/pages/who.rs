//! Who sits here: asked once, shown always, and a maker of whatever is made.
//!
//! Deliberately absent: passwords. The desk is one person's, on their own machine; the name is for the record.

use maud::{Markup, html};

use crate::check::person::ensure_full_name;
use crate::desk::ask::Ask;
use crate::desk::layout::{Frame, page};
use crate::desk::link::Target;
use crate::desk::parts::{Filled, Input, form, text_input};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;

/// Leads here before any other page. A form that came first has done nothing.
pub fn first(ask: &Ask<'_>, _: bool) -> Reply {
    Reply::SeeOther(ask.link(&Target::Who))
}

/// The question.
pub fn get(ask: &Ask<'_>) -> Reply {
    let form = Form::default().with("name", ask.name());
    Reply::Page(draw(ask, &form, &Faults::default()))
}

fn draw(ask: &Ask<'_>, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let input = Input::new("name", "First name and surname")
        .hint(
            "As in the conference file. Whatever is made here has it in the record, and nobody checks what they made.",
        )
        .width("w16");
    let main = html! {
        (faults.summary())
        div.measure.stack {
            h1 { "Who sits here?" }
            p.lead { "The record says who made each paper, and who checked it." }
            (form(ask, &ask.link(&Target::Who), &html! {
                (text_input(&input, &of))
                div.actions { button.btn type="submit" { "This is me" } }
            }))
        }
    };
    page(ask, &Frame::new("Who sits here?").wrong(!faults.is_empty()), &main)
}

/// The answer.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    let name = form.get("name");
    if let Err(fault) = ensure_full_name(name) {
        let mut faults = Faults::default();
        let says = if name.is_empty() {
            "Enter your first name and surname".to_owned()
        } else {
            format!("“{name}” {}. Enter your first name and surname", fault.says())
        };
        faults.add("name", says);
        return Reply::Again(draw(ask, form, &faults));
    }
    let mut seat = ask.desk.seat();
    if seat.name.as_deref() != Some(name) {
        // Whoever opened a door has left.
        seat.doors.clear();
        seat.lists.clear();
    }
    seat.name = Some(name.to_owned());
    drop(seat);
    Reply::SeeOther(ask.link(&Target::Home))
}
