//! A list of people, pasted or chosen.
//!
//! Deliberately absent: what is in it, which the page after this one shows; and a file of it on the disk.

use maud::{Markup, html};

use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::lists::HeldList;
use crate::desk::parts::{Filled, Input, Tone, back, file_input, form_with_files, note, text_area};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| Ok(Reply::Page(draw(ask, opened, &Form::default(), &Faults::default()))))
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let file = Input::new("file", "Or choose a file")
        .hint("From Excel, LibreOffice or another program: XLSX, ODS or CSV, at most 8 MB.");
    let paste = Input::new("pasted", "Paste it here")
        .hint("From Excel, with its row of headings; or the “To” line of a message in Outlook.");
    let main = html! {
        (back(&ask.part(Part::People), "People"))
        (faults.summary())
        div.measure.stack {
            h1 { "Add a list of people" }
            p.lead { "You see first what is in it. Nobody is added before you say so, and nobody is written to by it." }
            @if ask.desk.list(&opened.key).is_some() {
                (note(Tone::Plain, "There is a list that is not added yet", &html! { p { a href=(ask.part(Part::Listed)) { "Look at it" } ". Another takes its place." } }))
            }
            (form_with_files(ask, &ask.part(Part::List), &html! {
                (text_area(&paste, 8, &of))
                (file_input(&file, ".xlsx,.xlsm,.ods,.csv,.tsv,.txt", &of))
                div.actions { button.btn type="submit" { "See what is in it" } a href=(ask.part(Part::People)) { "Cancel" } }
            }))
        }
    };
    page(ask, &Frame::of(opened, Tab::People, "Add a list of people").wrong(!faults.is_empty()), &main)
}

/// It is held, if it is a list.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let mut faults = Faults::default();
        let (list, id) = match (form.has("pasted"), form.file("file")) {
            (true, None) => (HeldList::pasted(form.get("pasted")), "pasted"),
            (false, Some(file)) => (HeldList::chosen(&file.name, std::sync::Arc::clone(&file.data)), "file"),
            (true, Some(_)) => {
                faults.add("pasted", "Paste a list, or choose a file: not both");
                return Ok(Reply::Again(draw(ask, opened, form, &faults)));
            }
            (false, None) => {
                faults.add("pasted", "Paste a list, or choose a file");
                return Ok(Reply::Again(draw(ask, opened, form, &faults)));
            }
        };
        Ok(match list.open() {
            Ok(_) => {
                ask.desk.hold_list(&opened.key, list);
                Reply::SeeOther(ask.part(Part::Listed))
            }
            Err(report) => {
                faults.add_report(&report, |_| Some(id));
                Reply::Again(draw(ask, opened, form, &faults))
            }
        })
    })
}

/// It is forgotten.
pub fn put_away(ask: &Ask<'_>, _: &Form) -> Reply {
    with(ask, |opened| {
        ask.desk.drop_list(&opened.key);
        Ok(Reply::SeeOther(ask.part(Part::People).done("away")))
    })
}
