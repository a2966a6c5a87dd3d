//! Pieces of a line.
//!
//! In: inlines. Out: elements. A web or email address that stands in a text is a link there, and what is one piece (a
//! telephone number, a reference, a postcode) does not turn over. Words that run from the right are kept apart from those
//! around them, and so is a text with signs that steer the reading direction: neither turns what follows it round.
//!
//! Deliberately absent: links with any scheme but `https`, `http`, `mailto` and `tel`. Anything else is text.

use maud::{Markup, html};

use crate::doc::{Inline, Piece, pieces};
use crate::render::direction::{runs, steers, turns};
use crate::render::target::Target;

/// Writes inlines.
pub fn inlines(all: &[Inline]) -> Markup {
    some(all, true)
}

/// Writes inlines in which nothing becomes a link, as in a list of contents.
pub fn without_links(all: &[Inline]) -> Markup {
    html! {
        @for one in all {
            @match one {
                Inline::Text(words) => (text(words, false)),
                Inline::Strong(c) | Inline::Label(c) | Inline::Link { c, .. } => (without_links(c)),
                Inline::Break => " ",
            }
        }
    }
}

fn some(all: &[Inline], linked: bool) -> Markup {
    html! { @for one in all { (inline(one, linked)) } }
}

fn inline(inline: &Inline, linked: bool) -> Markup {
    match inline {
        Inline::Text(words) => text(words, linked),
        Inline::Strong(c) => html! { strong { (some(c, linked)) } },
        Inline::Link { href, c } => match Target::of(href).filter(|_| linked) {
            Some(target) => html! { a href=(target.address()) { (some(c, false)) } },
            None => some(c, linked),
        },
        Inline::Label(c) => html! { span.tag { (some(c, linked)) } },
        Inline::Break => html! { br; },
    }
}

/// Writes a text.
pub fn text(words: &str, linked: bool) -> Markup {
    html! {
        @for piece in pieces(words) {
            @match piece {
                Piece::Plain(words) => (plain(words)),
                Piece::Whole(words) => span.whole { (words) },
                Piece::Web(address) if linked => a href=(address) { (address) },
                Piece::Mail(address) if linked => a.whole href={ "mailto:" (address) } { (address) },
                Piece::Web(address) => (address),
                Piece::Mail(address) => span.whole { (address) },
            }
        }
    }
}

/// Words, with those that run from the right in an element that keeps their direction to themselves.
fn plain(words: &str) -> Markup {
    if words.is_ascii() || !words.chars().any(turns) {
        return html! { (words) };
    }
    if words.chars().any(steers) {
        return html! { bdi { (words) } };
    }
    html! {
        @for (part, is_from_right) in runs(words) {
            @if is_from_right { bdi { (part) } } @else { (part) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(words: &str) -> String {
        text(words, true).into_string()
    }

    #[test]
    fn text_is_never_an_element_and_only_known_schemes_are_links() {
        assert_eq!(written("O'Neill & Sons <Ltd>"), "O'Neill &amp; Sons &lt;Ltd&gt;");
        assert_eq!(written("]]> {{ x }} #eval"), "]]&gt; {{ x }} #eval");
        let link = |href: &str| {
            let link = Inline::Link { href: href.to_owned(), c: vec![Inline::Text("here".to_owned())] };
            inlines(&[link]).into_string()
        };
        assert_eq!(link("https://a.example/?a=1&b=2"), "<a href=\"https://a.example/?a=1&amp;b=2\">here</a>");
        for other in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a.example", "../x", ""] {
            assert_eq!(link(other), "here", "{other}");
        }
    }

    #[test]
    fn words_from_the_right_keep_their_direction_to_themselves() {
        assert_eq!(written("Dear محمد علي, welcome"), "Dear <bdi>محمد علي</bdi>, welcome");
        assert_eq!(written("Ben-David (דוד)."), "Ben-David (<bdi>דוד</bdi>).");
        assert_eq!(written("محمد, דניאל x"), "<bdi>محمد</bdi>, <bdi>דניאל</bdi> x");
        assert_eq!(written("محمد"), "<bdi>محمد</bdi>");
        assert_eq!(written("a \u{202E}b"), "<bdi>a \u{202E}b</bdi>");
    }

    #[test]
    fn addresses_are_links_and_numbers_are_one_piece() {
        let found = written("Call 020 7946 0958 or write to x@a.example.");
        assert_eq!(
            found,
            "Call <span class=\"whole\">020 7946 0958</span> or write to <a class=\"whole\" href=\"mailto:x@a.example\">x@a.example</a>."
        );
    }
}
