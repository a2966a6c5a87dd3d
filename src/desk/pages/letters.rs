//! A letter to one person as it would be now, before anything is made.
//!
//! Deliberately absent: files. What is made, checked and sent has its own pages.

use maud::{PreEscaped, html};

use super::people::One;
use super::preview::lowered;
use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Tone, back, may, note};
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::desk::runs;
use crate::jobs;

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let Some(position) = ask.number("n").and_then(|number| opened.position(number)) else {
            return Ok(Reply::Refused(Refusal::Nowhere));
        };
        let one = One::of(opened, position);
        let kinds = runs::letters_called_for(opened)?;
        // One at a time: ids of a letter are its own.
        let kind = kinds.get(ask.param("kind")).or_else(|| kinds.first());
        let letter = kind.map(|kind| jobs::preview_letter(&opened.checked, kind, position)).transpose()?.flatten();
        let titles = opened.titles()?;
        let title = format!("Letter to {}", one.name);
        let main = html! {
            (back(&ask.part(Part::Person(one.number)), one.name))
            div.top-line {
                div { h1 { (title) } p.lead { "As it would be now. Nothing is made or sent by looking." } p.row { (may(one.audience)) } }
                a.btn.second href=(ask.part(Part::Edit(one.number))) { "Change what it says of them" }
            }
            @if kinds.len() > 1 {
                nav.switch aria-label="Kind of letter" { @for one_of in &kinds {
                    a href=(ask.part(Part::Letter(one.number, one_of))) aria-current=[(Some(one_of) == kind).then_some("page")] { (titles.of(one_of)) }
                } }
            }
            @match &letter {
                None => (note(Tone::Plain, "No such letter to them is due now", &html! {})),
                Some(letter) => { div.desk-top.below { div.preview { (PreEscaped(lowered(&letter.body))) } } }
            }
        };
        Ok(Reply::Page(page(ask, &Frame::of(opened, Tab::People, &title), &main)))
    })
}
