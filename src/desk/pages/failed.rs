//! What could not be done, in the words of whatever refused it.
//!
//! Deliberately absent: blame, and a trace.

use maud::{Markup, html};

use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::layout::{self, Frame};
use crate::desk::link::Link;
use crate::desk::parts::back;
use crate::desk::problems::notices;
use crate::diag::Report;

const TITLE: &str = "This could not be done";

/// The page.
pub fn page(ask: &Ask<'_>, opened: &Opened, report: &Report, to: &Link) -> Markup {
    let main = html! {
        (back(to, "Back"))
        div.stack {
            h1 { (TITLE) }
            p.lead { "Nothing was changed." }
            (notices(ask, report, &|_| None))
        }
    };
    layout::page(ask, &Frame { of: Some(opened), is_wrong: true, ..Frame::new(TITLE) }, &main)
}
