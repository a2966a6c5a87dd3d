//! Pieces of a line: runs and links.
//!
//! In: inlines. Out: runs in the paragraph that is open. A web or email address that stands in a text is a link there.
//!
//! Deliberately absent: links with any scheme but those of [`Target`]; a way to keep a reference or a telephone number on one
//! line. Neither Word nor `LibreOffice` has one for some words of a paragraph but another character in the place of the hyphen or
//! the space (U+2011, `w:noBreakHyphen`, U+00A0), which is then what is copied, and what a search does not find.

use super::body::{Body, Said};
use super::elements::Elements;
use super::style::Mark;
use crate::doc::{Inline, Piece, pieces, plain};
use crate::render::target::Target;

/// Writes inlines.
pub fn inlines<E: Elements>(body: &mut Body<'_, E>, all: &[Inline]) {
    some(body, all, Said::default(), true);
}

/// Writes inlines in which nothing becomes a link, as in a heading.
pub fn without_links<E: Elements>(body: &mut Body<'_, E>, all: &[Inline]) {
    some(body, all, Said::default(), false);
}

/// Writes a text of its own, such as a line of the letterhead.
pub fn text<E: Elements>(body: &mut Body<'_, E>, words: &str, linked: bool) {
    pieces_of(body, words, Said::default(), linked);
}

fn some<E: Elements>(body: &mut Body<'_, E>, all: &[Inline], said: Said, linked: bool) {
    for one in all {
        inline(body, one, said, linked);
    }
}

fn inline<E: Elements>(body: &mut Body<'_, E>, inline: &Inline, said: Said, linked: bool) {
    match inline {
        Inline::Text(words) => pieces_of(body, words, said, linked),
        Inline::Strong(c) => some(body, c, Said { strong: true, ..said }, linked),
        Inline::Link { href, c } => match Target::of(href).filter(|_| linked) {
            Some(target) => {
                body.to.open_link(target);
                some(body, c, Said { mark: Some(Mark::Link), ..said }, false);
                body.to.close_link();
            }
            None => some(body, c, said, linked),
        },
        Inline::Label(c) => some(body, c, Said { mark: Some(Mark::Tag), ..said }, linked),
        Inline::Break => body.to.line_break(),
    }
}

fn pieces_of<E: Elements>(body: &mut Body<'_, E>, words: &str, said: Said, linked: bool) {
    for piece in pieces(words) {
        let (address, words) = match piece {
            Piece::Plain(words) | Piece::Whole(words) => (None, words),
            Piece::Web(address) => (Some(address.to_owned()), address),
            Piece::Mail(address) => (Some(format!("mailto:{address}")), address),
        };
        match address.as_deref().and_then(Target::of).filter(|_| linked) {
            Some(target) => {
                body.to.open_link(target);
                body.words(words, Said { mark: Some(Mark::Link), ..said });
                body.to.close_link();
            }
            None => body.words(words, said),
        }
    }
}

/// The words of inlines on one line, for a name.
pub fn name_of(all: &[Inline]) -> String {
    plain(all).split_whitespace().collect::<Vec<_>>().join(" ")
}
