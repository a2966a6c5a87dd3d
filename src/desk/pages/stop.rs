//! The end of the desk.
//!
//! Deliberately absent: saving. Everything was saved as it was done.

use maud::html;

use crate::desk::ask::Ask;
use crate::desk::layout::{Frame, page};
use crate::desk::link::Target;
use crate::desk::parts::{Tone, button_form, note};
use crate::desk::post::Form;
use crate::desk::reply::Reply;

/// The question.
pub fn get(ask: &Ask<'_>) -> Reply {
    let runs = ask.desk.work.is_running();
    let main = html! {
        div.measure.stack {
            h1 { "Close the desk?" }
            p.lead { "Everything is saved. Start convenor again to open it." }
            @if runs {
                (note(Tone::Look, "Something is being made just now", &html! { p { "What was made until then stays, and the next time goes on from there." } }))
            }
            (button_form(ask, &ask.link(&Target::Stop), "btn", "Close the desk"))
        }
    };
    Reply::Page(page(ask, &Frame::new("Close the desk"), &main))
}

/// It ends.
pub fn post(ask: &Ask<'_>, _: &Form) -> Reply {
    let main = html! {
        div.measure.stack {
            h1 { "The desk is closed" }
            p.lead { "Everything was saved. You can close this window." }
        }
    };
    let closed = page(ask, &Frame::new("The desk is closed"), &main);
    ask.desk.end();
    Reply::Page(closed)
}
