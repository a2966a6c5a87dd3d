//! Pieces of a line: runs and links.
//!
//! In: inlines. Out: runs in the paragraph that is open. A web or email address that stands in a text is a link there.
//!
//! Deliberately absent: links with any scheme but those of [`Target`]; a way to keep a reference on one line, since Word has
//! none that leaves the text as it is.

use super::body::{Body, Said};
use super::relations::Kind;
use super::style::Mark;
use crate::doc::{Inline, Piece, pieces, plain};
use crate::render::target::Target;

/// Writes inlines.
pub fn inlines(body: &mut Body<'_>, all: &[Inline]) {
    some(body, all, Said::default(), true);
}

/// Writes inlines in which nothing becomes a link, as in a heading.
pub fn without_links(body: &mut Body<'_>, all: &[Inline]) {
    some(body, all, Said::default(), false);
}

/// Writes a text of its own, such as a line of the letterhead.
pub fn text(body: &mut Body<'_>, words: &str, linked: bool) {
    pieces_of(body, words, Said::default(), linked);
}

fn some(body: &mut Body<'_>, all: &[Inline], said: Said, linked: bool) {
    for one in all {
        inline(body, one, said, linked);
    }
}

fn inline(body: &mut Body<'_>, inline: &Inline, said: Said, linked: bool) {
    match inline {
        Inline::Text(words) => pieces_of(body, words, said, linked),
        Inline::Strong(c) => some(body, c, Said { strong: true, ..said }, linked),
        Inline::Link { href, c } => match Target::of(href).filter(|_| linked) {
            Some(target) => {
                open_link(body, target);
                some(body, c, Said { mark: Some(Mark::Link), ..said }, false);
                body.xml.close();
            }
            None => some(body, c, said, linked),
        },
        Inline::Label(c) => some(body, c, Said { mark: Some(Mark::Tag), ..said }, linked),
        Inline::Break => body.sign("w:br"),
    }
}

fn pieces_of(body: &mut Body<'_>, words: &str, said: Said, linked: bool) {
    for piece in pieces(words) {
        let (address, words) = match piece {
            Piece::Plain(words) | Piece::Whole(words) => (None, words),
            Piece::Web(address) => (Some(address.to_owned()), address),
            Piece::Mail(address) => (Some(format!("mailto:{address}")), address),
        };
        match address.as_deref().and_then(Target::of).filter(|_| linked) {
            Some(target) => {
                open_link(body, target);
                body.words(words, Said { mark: Some(Mark::Link), ..said });
                body.xml.close();
            }
            None => body.words(words, said),
        }
    }
}

fn open_link(body: &mut Body<'_>, target: Target<'_>) {
    let id = body.relations.to(Kind::Link, target.address());
    body.xml.open("w:hyperlink", &[("r:id", id.as_str()), ("w:history", "1")]);
}

/// The words of inlines on one line, for a name.
pub fn name_of(all: &[Inline]) -> String {
    plain(all).split_whitespace().collect::<Vec<_>>().join(" ")
}
