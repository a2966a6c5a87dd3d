//! What somebody fills in: fields, boxes to tick, lines to sign on. Each is a field of the page with a label of its own, so
//! it can be filled in on the screen or, printed, with a pen.

use maud::{Markup, html};

use super::inline::inlines;
use crate::doc::Inline;

/// A field of some lines under its label.
pub fn field(id: &str, lines: u8, label: &[Inline], help: &[Inline]) -> Markup {
    let help_id = (!help.is_empty()).then(|| format!("{id}-help"));
    html! {
        div.field {
            label for=(id) { (inlines(label)) }
            @if let Some(help_id) = &help_id { p.help id=(help_id) { (inlines(help)) } }
            @if lines > 1 {
                textarea id=(id) rows=(lines) aria-describedby=[help_id.as_ref()] {}
            } @else {
                input type="text" id=(id) aria-describedby=[help_id.as_ref()];
            }
        }
    }
}

/// A box to tick, with its label.
pub fn tick(id: &str, checked: bool, label: &[Inline]) -> Markup {
    html! {
        input type="checkbox" id=(id) checked[checked];
        label for=(id) { (inlines(label)) }
    }
}

/// A line to sign on, or to write a name or a date on.
pub fn line(id: &str, label: &[Inline]) -> Markup {
    html! { div.line { label for=(id) { (inlines(label)) } input type="text" id=(id); } }
}

/// Lines to sign on, named by whose signature it is.
pub fn signature(id: &str, whose: Option<&[Inline]>, lines: &Markup) -> Markup {
    html! {
        @match whose {
            Some(whose) => div.signature role="group" aria-labelledby=(id) {
                p id=(id) { strong { (inlines(whose)) } }
                (lines)
            },
            None => div.signature { (lines) },
        }
    }
}
