//! Blocks, an element each by what they mean.
//!
//! In: blocks. Out: elements. Deliberately absent: how anything looks.

use maud::{Markup, html};

use super::ids::Ids;
use super::inline::{inlines, without_links};
use super::table::{self, Place};
use super::{address, form};
use crate::doc::{Block, Detail, Document, Inline, Language, ListItem, Pen, Picture, plain};
use crate::render::brand::Look;
use crate::render::outline::{Headed, id, outline};

/// Fewer sections than these are quicker read than looked up.
const FEW: usize = 4;

/// Writes the blocks of one document.
pub struct Writer<'d> {
    document: &'d Document,
    look: &'d Look,
    ids: Ids,
}

impl<'d> Writer<'d> {
    /// A writer at the beginning of a document.
    pub fn new(document: &'d Document, look: &'d Look) -> Self {
        Self { document, look, ids: Ids::default() }
    }

    /// What is said of places for a pen, if the document has any.
    fn pen(&self) -> Option<&'d Pen> {
        self.document.meta.pen.as_ref()
    }

    /// Writes blocks. Fields of half the width that follow one another stand side by side.
    pub fn blocks(&mut self, blocks: &[Block]) -> Markup {
        let is_half = |block: &Block| matches!(block, Block::Field { half: true, .. });
        let groups = blocks.chunk_by(|a, b| is_half(a) && is_half(b));
        html! {
            @for group in groups {
                @if group.first().is_some_and(is_half) {
                    div.halves { @for block in group { (self.block(block)) } }
                } @else {
                    @for block in group { (self.block(block)) }
                }
            }
        }
    }

    fn block(&mut self, block: &Block) -> Markup {
        match block {
            Block::Heading { level, c } => self.headed(*level, c),
            Block::Paragraph { c } => html! { p { (inlines(c)) } },
            Block::List { ordered, start, tight, items } => self.list(*ordered, *start, *tight, items),
            Block::Quote { blocks } => html! { blockquote { (self.blocks(blocks)) } },
            Block::Rule => html! { hr; },
            Block::Table { cols, caption, head, rows } => {
                let place = Place { heading: self.ids.heading(), pen: self.pen() };
                table::write(&place, (cols, head), caption, rows)
            }
            Block::Details { rows } => self.details(rows),
            Block::Notice { blocks } => self.labelled("notice", "note", blocks),
            Block::Decision { blocks } => self.labelled("decision", "group", blocks),
            Block::Keep { blocks } => html! { div.keep { (self.blocks(blocks)) } },
            Block::Columns { blocks } => {
                html! { div.columns { @for block in blocks { div { (self.block(block)) } } } }
            }
            Block::Card { blocks } => self.card(blocks),
            Block::Idea { picture, blocks } => self.idea(picture.as_ref(), blocks),
            Block::Closing { blocks } => html! { div.closing { (self.blocks(blocks)) } },
            Block::Signature { blocks } => self.signature(blocks),
            Block::Field { lines, half: _, label, help } => form::field(&self.ids.next("field"), *lines, label, help),
            Block::Language { language, blocks } => {
                html! { div lang=(language.with_country()) dir=(direction(*language)) { (self.blocks(blocks)) } }
            }
            Block::Contents => self.contents(),
            Block::PageBreak => html! { div.turn {} },
        }
    }

    fn headed(&mut self, level: u8, c: &[Inline]) -> Markup {
        let id = self.ids.next_heading();
        match level {
            1 => html! { h1 id=(id) { (without_links(c)) } },
            2 => html! { h2 id=(id) { (without_links(c)) } },
            3 => html! { h3 id=(id) { (without_links(c)) } },
            4 => html! { h4 id=(id) { (without_links(c)) } },
            5 => html! { h5 id=(id) { (without_links(c)) } },
            _ => html! { h6 id=(id) { (without_links(c)) } },
        }
    }

    fn list(&mut self, ordered: bool, start: usize, tight: bool, items: &[ListItem]) -> Markup {
        if items.iter().any(|item| item.checked.is_some()) {
            return self.ticks(items);
        }
        let loose = (!tight).then_some("loose");
        let items = html! { @for item in items { li { (self.item(&item.blocks, tight)) } } };
        if ordered {
            let start = (start != 1).then_some(start);
            html! { ol class=[loose] start=[start] { (items) } }
        } else {
            html! { ul class=[loose] { (items) } }
        }
    }

    /// A list of boxes to tick, each with the first paragraph of its item for a label.
    fn ticks(&mut self, items: &[ListItem]) -> Markup {
        html! {
            ul.ticks {
                @for item in items {
                    li {
                        @match (item.checked, item.blocks.as_slice()) {
                            (Some(checked), [Block::Paragraph { c }, rest @ ..]) => {
                                (form::tick(&self.ids.next("tick"), checked, c))
                                (self.blocks(rest))
                            }
                            (_, blocks) => (self.item(blocks, true)),
                        }
                    }
                }
            }
        }
    }

    /// Whose signature it is, then a line each for the signature and for whatever else the labels say.
    fn signature(&mut self, blocks: &[Block]) -> Markup {
        let (whose, labels) = match blocks.split_first() {
            Some((Block::Paragraph { c }, labels)) => (Some(c.as_slice()), labels),
            _ => (None, blocks),
        };
        // A template may have the line for the signature itself.
        let own = self.pen().map(|pen| vec![Inline::Text(pen.signature.clone())]);
        let is_there = |own: &Vec<Inline>| {
            labels.iter().any(|label| matches!(label, Block::Paragraph { c } if plain(c) == plain(own)))
        };
        let own = own.filter(|own| !is_there(own));
        let name = self.ids.next("signed");
        let lines = html! {
            @if let Some(own) = &own { (form::line(&self.ids.next("line"), own)) }
            @for label in labels {
                @match label {
                    Block::Paragraph { c } => (form::line(&self.ids.next("line"), c)),
                    other => (self.block(other)),
                }
            }
        };
        form::signature(&name, whose, &lines)
    }

    /// The blocks of an item. A single line of a list that is set close is no paragraph.
    fn item(&mut self, blocks: &[Block], tight: bool) -> Markup {
        match blocks {
            [Block::Paragraph { c }, rest @ ..] if tight => html! { (inlines(c)) (self.blocks(rest)) },
            _ => self.blocks(blocks),
        }
    }

    fn details(&mut self, rows: &[Detail]) -> Markup {
        html! {
            dl {
                @for row in rows {
                    div {
                        dt { (inlines(&row.term)) }
                        dd { (self.item(&row.blocks, row.blocks.len() == 1)) }
                    }
                }
            }
        }
    }

    /// A box with a name: its first bold words, which say what it is.
    fn labelled(&mut self, class: &str, role: &str, blocks: &[Block]) -> Markup {
        let Some((name, after, rest)) = named(blocks) else {
            return html! { div class=(class) { (self.blocks(blocks)) } };
        };
        let id = self.ids.next("box");
        html! {
            div class=(class) role=(role) aria-labelledby=(id) {
                p { strong id=(id) { (inlines(name)) } (inlines(after)) }
                (self.blocks(rest))
            }
        }
    }

    /// A card to fold: its upper half is the same once more, upside down on paper, and is not read out.
    fn card(&mut self, blocks: &[Block]) -> Markup {
        let lines = || {
            blocks.iter().filter_map(|block| match block {
                Block::Paragraph { c } => Some(c),
                _ => None,
            })
        };
        html! {
            div.card {
                div.back aria-hidden="true" { @for c in lines() { p { (without_links(c)) } } }
                div.front { (self.blocks(blocks)) }
            }
        }
    }

    /// An idea of easy read: its picture, or room for one, and its words. A picture that is not there is said in words.
    fn idea(&mut self, picture: Option<&Picture>, blocks: &[Block]) -> Markup {
        let shown = picture.map(|picture| (picture, self.look.pictures.get(&picture.file)));
        html! {
            div.idea {
                @match shown {
                    Some((picture, Some(file))) => {
                        img.picture src=(address::data_url(file.picture().kind(), &file.data)) alt=(picture.alt);
                    }
                    Some((picture, None)) => p { (picture.alt) },
                    None => div.blank {},
                }
                div.words { (self.blocks(blocks)) }
            }
        }
    }

    fn contents(&self) -> Markup {
        let sections: Vec<Headed<'_>> =
            outline(&self.document.blocks).into_iter().filter(|headed| headed.level == 2).collect();
        html! {
            @if sections.len() >= FEW {
                nav.contents aria-labelledby="contents" {
                    p #contents { (self.document.meta.contents) }
                    ul {
                        @for section in sections {
                            li { a href={ "#" (id(section.number)) } { (without_links(section.c)) } }
                        }
                    }
                }
            }
        }
    }
}

/// The direction in which a language is written.
pub fn direction(language: Language) -> &'static str {
    if language.is_from_right() { "rtl" } else { "ltr" }
}

/// The bold words that a box begins with, the rest of their paragraph, and the blocks after it.
fn named(blocks: &[Block]) -> Option<(&[Inline], &[Inline], &[Block])> {
    let (Block::Paragraph { c }, rest) = blocks.split_first()? else { return None };
    let (Inline::Strong(name), after) = c.split_first()? else { return None };
    Some((name, after, rest))
}
