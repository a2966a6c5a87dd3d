//! A conference that cannot be shown, with everything that is to be put right first.
//!
//! Deliberately absent: a way around it. What is not sound makes no paper.

use maud::{Markup, html};

use crate::desk::ask::Ask;
use crate::desk::conference::Unsound;
use crate::desk::layout::{Frame, page as whole};
use crate::desk::link::{Part, Target};
use crate::desk::parts::back;
use crate::desk::problems::notices;
use crate::diag::count;

/// The page.
pub fn page(ask: &Ask<'_>, unsound: &Unsound) -> Markup {
    let name = unsound.reference.clone().unwrap_or_else(|| "This conference".to_owned());
    let (errors, _) = unsound.report.counts();
    let title = format!("{name}: {} to put right", count(errors, "thing"));
    let again = ask.link(&Target::Conference(&unsound.key, Part::Overview));
    let main = html! {
        (back(&ask.link(&Target::Home), "Your conferences"))
        div.stack {
            h1 { (title) }
            p.lead { "No paper is made until this is right. Nothing that was made or sent is changed by it." }
            p { "The file is " code { (unsound.file.display().to_string()) } ". " a href=(again) { "Look again" } }
            (notices(ask, &unsound.report, &|_| None))
        }
    };
    whole(ask, &Frame::new(&title), &main)
}
