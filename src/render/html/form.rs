//! What somebody fills in: fields, boxes to tick, lines to sign on. Each is a field of the page with a label of its own, so
//! it can be filled in on the screen or, printed, with a pen.

use maud::{Markup, html};

use super::block::Writer;
use super::inline::inlines;
use crate::doc::{Block, Inline, ListItem, plain};

impl Writer<'_> {
    pub(super) fn field(&mut self, lines: u8, label: &[Inline], help: &[Inline]) -> Markup {
        let id = self.new_id("field");
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

    /// A list of boxes to tick, each with the first paragraph of its item for a label.
    pub(super) fn ticks(&mut self, items: &[ListItem]) -> Markup {
        html! { ul.ticks { @for item in items { li { (self.tick(item)) } } } }
    }

    fn tick(&mut self, item: &ListItem) -> Markup {
        let (Some(checked), [Block::Paragraph { c }, rest @ ..]) = (item.checked, item.blocks.as_slice()) else {
            return self.item(&item.blocks, true);
        };
        let id = self.new_id("tick");
        html! {
            input type="checkbox" id=(id) checked[checked];
            label for=(id) { (inlines(c)) }
            (self.blocks(rest))
        }
    }

    /// Whose signature it is, then a line each for the signature and for whatever else the labels say.
    pub(super) fn signature(&mut self, blocks: &[Block]) -> Markup {
        let words = |block: &Block| match block {
            Block::Paragraph { c } => Some(plain(c)),
            _ => None,
        };
        let (whose, labels) = match blocks.split_first() {
            Some((Block::Paragraph { c }, labels)) => (Some(c), labels),
            _ => (None, blocks),
        };
        // A template may have the line for the signature itself.
        let own = self.pen().map(|pen| pen.signature.as_str());
        let own = own.filter(|own| !labels.iter().any(|label| words(label).as_deref() == Some(*own)));
        let id = self.new_id("signed");
        html! {
            div.signature role=[whose.map(|_| "group")] aria-labelledby=[whose.map(|_| &id)] {
                @if let Some(c) = whose { p id=(id) { strong { (inlines(c)) } } }
                @if let Some(own) = own { (self.line(&html! { (own) })) }
                @for label in labels {
                    @match label {
                        Block::Paragraph { c } => (self.line(&inlines(c))),
                        other => (self.blocks(std::slice::from_ref(other))),
                    }
                }
            }
        }
    }

    fn line(&mut self, label: &Markup) -> Markup {
        let id = self.new_id("line");
        html! { div.line { label for=(id) { (label) } input type="text" id=(id); } }
    }
}
