//! Pieces of a line, and what the theme reads of them.
//!
//! In: inlines. Out: JSON, with what the theme has to take care of set apart: words that may be wider than their line, words
//! that run from the right, and words that are one piece (an email address, a marking, a reference, a postcode, a
//! telephone number), which never break. Finding them takes microseconds here, and half a millisecond a letter in the
//! theme.
//!
//! A web or email address that stands in a text is a link there, whether or not a template made it one.

use std::borrow::Cow;

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Bold.
    Strong(Vec<Inline>),
    /// A link to a web address, a mailbox or a telephone number.
    #[expect(missing_docs, reason = "the parts of a link")]
    Link { href: String, c: Vec<Inline> },
    /// A small label, such as "Opinion".
    Label(Vec<Inline>),
    /// A line break.
    Break,
}

/// A text is a bare string, since most of a paper is text; everything else is a map with `t`.
#[derive(Serialize)]
#[serde(untagged)]
enum Node<'a> {
    Text(&'a str),
    Tagged(Tagged<'a>),
}

#[derive(Serialize)]
#[serde(tag = "t", rename_all = "lowercase")]
enum Tagged<'a> {
    Strong {
        c: Vec<Node<'a>>,
    },
    Link {
        href: Cow<'a, str>,
        c: Vec<Node<'a>>,
    },
    /// Text that may be wider than a line, or that runs from the right.
    Care {
        s: &'a str,
    },
    /// One piece: it breaks only where it is wider than its line.
    Whole {
        s: &'a str,
    },
    /// Text with pieces in it.
    Several {
        c: Vec<Node<'a>>,
    },
    Label {
        c: Vec<Node<'a>>,
    },
    Br,
}

impl Serialize for Inline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        node(self, true).serialize(serializer)
    }
}

/// Inlines in which no address becomes a link: a heading stands in the contents list again, as a link to itself.
pub fn without_links<S: Serializer>(inlines: &[Inline], serializer: S) -> Result<S::Ok, S::Error> {
    let mut all = serializer.serialize_seq(Some(inlines.len()))?;
    inlines.iter().try_for_each(|inline| all.serialize_element(&node(inline, false)))?;
    all.end()
}

fn nodes(inlines: &[Inline], linked: bool) -> Vec<Node<'_>> {
    inlines.iter().map(|inline| node(inline, linked)).collect()
}

fn node(inline: &Inline, linked: bool) -> Node<'_> {
    Node::Tagged(match inline {
        Inline::Text(text) => return text_node(text, linked),
        Inline::Strong(c) => Tagged::Strong { c: nodes(c, linked) },
        Inline::Link { href, c } => Tagged::Link { href: Cow::Borrowed(href), c: nodes(c, false) },
        Inline::Label(c) => Tagged::Label { c: nodes(c, linked) },
        Inline::Break => Tagged::Br,
    })
}

fn text_node(text: &str, linked: bool) -> Node<'_> {
    let found = ranges(text);
    if found.is_empty() {
        return plain_node(text);
    }
    let (mut c, mut end) = (Vec::with_capacity(2 * found.len() + 1), 0);
    for (start, stop, kind) in found {
        if end < start {
            c.push(plain_node(&text[end..start]));
        }
        c.push(piece_node(&text[start..stop], kind, linked));
        end = stop;
    }
    if end < text.len() {
        c.push(plain_node(&text[end..]));
    }
    Node::Tagged(Tagged::Several { c })
}

fn plain_node(text: &str) -> Node<'_> {
    if needs_care(text) { Node::Tagged(Tagged::Care { s: text }) } else { Node::Text(text) }
}

fn piece_node(piece: &str, kind: Kind, linked: bool) -> Node<'_> {
    let href = match kind {
        Kind::Web => Cow::Borrowed(piece),
        Kind::Mail => Cow::Owned(format!("mailto:{piece}")),
        Kind::Other => Cow::Borrowed(""),
    };
    // The theme lets a web address turn over after its slashes.
    let words = if kind == Kind::Web { Tagged::Care { s: piece } } else { Tagged::Whole { s: piece } };
    if !linked || href.is_empty() {
        return Node::Tagged(words);
    }
    Node::Tagged(Tagged::Link { href, c: vec![Node::Tagged(words)] })
}

/// Whether the text contains a word that may be wider than a column, a web address, or right-to-left letters.
/// In a narrow cell the theme checks again, for shorter words.
fn needs_care(text: &str) -> bool {
    let long = |word: &str| word.len() >= 28 || word.contains("://") || word.contains("www.");
    let from_right = |c: char| matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}');
    text.split_whitespace().any(long) || text.chars().any(from_right)
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Web,
    Mail,
    Other,
}

/// A part of a text, as a writer sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Words that may break wherever words do.
    Plain(&'t str),
    /// One piece: it breaks only where it is wider than its line.
    Whole(&'t str),
    /// A web address, which is a link.
    Web(&'t str),
    /// An email address, which is a link.
    Mail(&'t str),
}

/// The parts of a text, in order. Together they are the text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut all, mut end) = (Vec::new(), 0);
    for (start, stop, kind) in ranges(text) {
        if end < start {
            all.push(Piece::Plain(&text[end..start]));
        }
        let piece = &text[start..stop];
        all.push(match kind {
            Kind::Web => Piece::Web(piece),
            Kind::Mail => Piece::Mail(piece),
            Kind::Other => Piece::Whole(piece),
        });
        end = stop;
    }
    if end < text.len() {
        all.push(Piece::Plain(&text[end..]));
    }
    all
}

/// Where the pieces of a text stand, in order, as ranges of bytes.
fn ranges(text: &str) -> Vec<(usize, usize, Kind)> {
    // Each kind of piece has a figure, an `@` or a hyphen in it.
    if !text.bytes().any(|b| b.is_ascii_digit() || matches!(b, b'@' | b'-' | b'/')) {
        return Vec::new();
    }
    let words: Vec<(usize, &str)> = words(text).collect();
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let (start, word) = words[i];
        let run = numbers(&words[i..]).max(postcode(&words[i..]));
        let (stop, kind) = if run > 1 {
            let (at, last) = words[i + run - 1];
            (at + last.len(), Some(Kind::Other))
        } else {
            (start + word.len(), kind_of(word))
        };
        if let Some(kind) = kind {
            found.push((start, stop, kind));
        }
        i += run.max(1);
    }
    found
}

/// The words of a text without the signs around them, with the byte at which each begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let around = |c: char| !c.is_alphanumeric() && !matches!(c, '+' | '/');
    text.split(' ').filter_map(move |word| {
        let bare = word.trim_start_matches(around).trim_end_matches(|c: char| around(c) || c == '+');
        let at = bare.as_ptr() as usize - text.as_ptr() as usize;
        (!bare.is_empty()).then_some((at, bare))
    })
}

fn kind_of(word: &str) -> Option<Kind> {
    let plain = word.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&b));
    if word.starts_with("https://") || word.starts_with("http://") {
        return (plain && word.len() > 10).then_some(Kind::Web);
    }
    if let Some((name, domain)) = word.split_once('@') {
        let is_domain = domain.contains('.') && domain.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._+'".contains(&b));
        return Some(if is_domain && is_name { Kind::Mail } else { Kind::Other });
    }
    let breaks = word.contains(['-', '/']);
    let is_code = word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"-/.".contains(&b));
    // `marshgate.example/our-privacy`: a full stop between two letters is none of prose.
    let is_address = word.split('.').count() > 1 && word.split('.').all(|part| !part.is_empty());
    (breaks && plain && (is_code || is_address)).then_some(Kind::Other)
}

/// How many of the words, from the first on, are one telephone number: `020 7946 0958`, `+44 20 7946 0958`.
fn numbers(words: &[(usize, &str)]) -> usize {
    let (_, first) = words[0];
    let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let begins = first.strip_prefix('+').is_some_and(digits) || first.starts_with('0') && digits(first);
    if !begins || !(2..=6).contains(&first.len()) {
        return 0;
    }
    let more = words.windows(2).take_while(|pair| {
        let [(at, word), (next, group)] = pair else { return false };
        digits(group) && (2..=8).contains(&group.len()) && at + word.len() + 1 == *next
    });
    let count = 1 + more.count();
    if count > 1 { count } else { 0 }
}

/// Whether the first two words are a postcode: `E20 9AB`. Two if so.
fn postcode(words: &[(usize, &str)]) -> usize {
    let [(at, outward), (next, inward), ..] = words else { return 0 };
    let shape = |word: &str| -> String {
        let of = |c: char| {
            if c.is_ascii_uppercase() {
                'A'
            } else if c.is_ascii_digit() {
                '9'
            } else {
                '?'
            }
        };
        word.chars().map(of).collect()
    };
    let fits = ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"].contains(&shape(outward).as_str()) && shape(inward) == "9AA";
    if fits && at + outward.len() + 1 == *next { 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        ranges(text).into_iter().map(|(start, stop, _)| &text[start..stop]).collect()
    }

    #[test]
    fn addresses_markings_references_postcodes_and_numbers_are_one_piece_and_prose_is_not() {
        let text = "Write to csc-team@marsh-gate.example, call (020 7946 0958) or +44 20 7946 0958 by 30 October 2026. It is \
                    OFFICIAL-SENSITIVE, reference CSC-2026-014/A11, at E20 9AB and SW1A 1AA. See marsh-gate.example/our-privacy.";
        let pieces = [
            "csc-team@marsh-gate.example",
            "020 7946 0958",
            "+44 20 7946 0958",
            "OFFICIAL-SENSITIVE",
            "CSC-2026-014/A11",
            "E20 9AB",
            "SW1A 1AA",
            "marsh-gate.example/our-privacy",
        ];
        assert_eq!(found(text), pieces);
        for prose in [
            "a well-known school",
            "and/or",
            "1.5 – 2",
            "from 9 to 17",
            "Campbell-Hughes",
            "3-year plan",
            "M1 2 roads",
            "-",
            "@",
        ] {
            assert_eq!(found(prose), Vec::<&str>::new(), "{prose}");
        }
    }

    #[test]
    fn an_address_in_a_text_is_a_link_but_not_within_a_link_or_a_heading() {
        let text = || vec![Inline::Text("See https://a.example/b-c and x@a.example.".to_owned())];
        let json = |inlines: &[Inline]| serde_json::to_string(inlines).expect("it is plain text");
        let written = json(&text());
        assert!(
            written.contains(r#""href":"https://a.example/b-c""#) && written.contains(r#""href":"mailto:x@a.example""#)
        );
        let inside = json(&[Inline::Link { href: "https://c.example".to_owned(), c: text() }]);
        assert_eq!(inside.matches("href").count(), 1, "{inside}");
        let mut heading = Vec::new();
        without_links(&text(), &mut serde_json::Serializer::new(&mut heading)).expect("it is plain text");
        assert!(!String::from_utf8(heading).expect("JSON is text").contains("href"));
    }

    /// The words of a tree, whatever is around them.
    fn read(node: &serde_json::Value) -> String {
        match node {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Array(all) => all.iter().map(read).collect(),
            serde_json::Value::Object(map) => ["s", "c"].iter().filter_map(|key| map.get(*key)).map(read).collect(),
            _ => String::new(),
        }
    }

    #[test]
    fn the_words_come_out_as_they_went_in() {
        for text in ["  a-b@c.d,  E20 9AB ", "é-1/2 … 020 7946 0958.", "((CSC-2026-014))", "مرحبا A-1", ""] {
            let json = serde_json::to_value([Inline::Text(text.to_owned())]).expect("it is plain text");
            assert_eq!(read(&json), text);
        }
    }
}
