//! A ` #` that cuts a sentence, and a line of one that starts with `#`.
//!
//! In: a text, and the tree that was read from it. Out: a warning for each remark that looks like a part of the value before
//! it.
//!
//! Deliberately absent: what the value means. Two spaces before a `#` and one behind it make a remark, whatever it says.

use std::ops::Range;

use super::tree::{Node, Value};
use crate::diag::{Diagnostic, Place, codes};

/// A warning for each text that a remark seems to cut off.
pub fn that_cut(file: &str, text: &str, root: &Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    root.walk(&mut |path, node| {
        let (message, hint, at) = match of(node, text) {
            None => return,
            Some(Cut::Behind(at)) => (
                "what follows ` #` is a remark and is not read",
                "put quotes around a text that contains ` #`; before a remark write two spaces, and one behind its `#`",
                at,
            ),
            Some(Cut::Below(at)) => (
                "this line starts with `#`, so it is a remark and is not read",
                "put quotes around the whole text if this is a part of it; a remark has a space behind its `#`",
                at,
            ),
        };
        let place = Place { path: Some(path.to_owned()), span: Some(at), ..Place::file(file) };
        found.push(Diagnostic::warning(codes::CUT_TEXT, message).place(place).hint(hint));
    });
    found
}

/// What was cut off a text.
enum Cut {
    /// The rest of its line.
    Behind(Range<usize>),
    /// The line below.
    Below(Range<usize>),
}

/// What was cut off a value.
fn of(node: &Node, text: &str) -> Option<Cut> {
    let Value::Scalar { quoted: false, text: value } = &node.value else { return None };
    let behind = cut(text, node.span.end, value).map(Cut::Behind);
    behind.or_else(|| cut_below(text, &node.span, value).map(Cut::Below))
}

/// The remark right behind a value without quotes that looks like a part of it.
fn cut(text: &str, end: usize, value: &str) -> Option<Range<usize>> {
    if value.is_empty() || is_date_or_time(value) {
        return None;
    }
    let rest = text.get(end..)?.lines().next()?;
    let remark = rest.trim_start_matches([' ', '\t']);
    let space = rest.len() - remark.len();
    let said = remark.strip_prefix('#')?.trim_start_matches('#');
    let is_word = value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c));
    let is_close = space == 1 && !is_word;
    let is_one_word = !said.is_empty() && !said.starts_with([' ', '\t']);
    (space > 0 && (is_close || is_one_word)).then(|| end + space..end + space + remark.trim_end().len())
}

/// The line below a value without quotes that is indented as a part of it, and starts with a remark of no space.
fn cut_below(text: &str, value_at: &Range<usize>, value: &str) -> Option<Range<usize>> {
    let is_word = value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c));
    if is_word || is_date_or_time(value) {
        return None;
    }
    // The parser may have gone on to the remark before it noticed the end.
    let end = text.get(..value_at.end)?.trim_end().len();
    let (rest, below) = text[end..].split_once('\n')?;
    let line = below.lines().next()?;
    let remark = line.trim_start_matches(' ');
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let start = text[..value_at.start].rfind('\n').map_or(0, |at| at + 1);
    let said = remark.strip_prefix('#')?;
    // A field or an entry that somebody took out for now.
    let is_field = said.split_whitespace().next().is_some_and(|name| name.ends_with(':'));
    let is_taken_out = said.starts_with(['-', '#', ' ', '\t']) || is_field;
    let goes_on = rest.trim().is_empty() && indent(line) > indent(&text[start..]) && !said.trim().is_empty();
    let at = end + rest.len() + 1 + line.len() - remark.len();
    (goes_on && !is_taken_out).then(|| at..at + remark.trim_end().len())
}

/// Nothing more belongs to a date, a time of day or a yes or no.
fn is_date_or_time(value: &str) -> bool {
    let digits = |text: &str, sign: char| {
        let mut parts = text.split(sign);
        parts.clone().count() > 1 && parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    digits(value, '-') || digits(value, ':') || matches!(value, "true" | "false" | "yes" | "no")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::tree;

    fn cuts(yaml: &str) -> Vec<String> {
        let (root, faults) = tree::parse("c.yaml", yaml);
        assert!(faults.is_empty(), "{yaml}: {faults:?}");
        that_cut("c.yaml", yaml, &root.expect("it can be read"))
            .into_iter()
            .map(|d| yaml[d.place.span.expect("it has a place")].to_owned())
            .collect()
    }

    #[test]
    fn a_remark_that_looks_like_a_part_of_its_text_is_found_and_no_other() {
        let cuts_it = [
            ("place: Committee Room #2", "#2"),
            ("place: Committee Room # 2", "# 2"),
            ("place: Room  #2", "#2"),
            ("place: room #2", "#2"),
            ("number: 12 #b", "#b"),
            ("text: Safer\t#safer streets   ", "#safer streets"),
            ("list:\n  - Pupils said that the hashtag #safer helps\n", "#safer helps"),
            ("a: { b: [x, Room #2\n  ] }", "#2"),
            ("a: one\n  two #three\n", "#three"),
            ("text: Grade C #", "#"),
            ("text: We want # safer streets", "# safer streets"),
            ("place: Room\n  #2 on the floor\ndate: x", "#2 on the floor"),
            ("list:\n  - Pupils said that\n    #safer helps\n  - b", "#safer helps"),
        ];
        for (yaml, cut) in cuts_it {
            assert_eq!(cuts(yaml), [cut], "{yaml}");
        }
        let remarks = [
            "place: Committee Room  # the second",
            "place: \"Committee Room #2\" #really",
            "place: 'Room # 2' # so",
            "share: community # as agreed",
            "chair: p-chair # Helen Marsh",
            "date: 2026-12-15 #moved",
            "start: 13:30 #sharp",
            "online: yes #maybe",
            "a: { b: c } #d",
            "a: [b, c] # d",
            "text: |\n  one #two\n  # three\n",
            "place: Room#2",
            "a: # nothing\n  b: c",
            "# all of it\na: b c   ## two",
            "a: b c  #",
            "place: Room\n#2 on the floor",
            "a:\n  place: Room\n  #2 on the floor\n",
            "a:\n  place: Room\n    #lines: [High Street]\n",
            "a:\n  place: Room\n    #- High Street\n",
            "a:\n  place: Room\n    # on the second floor\n",
            "place: |\n  Room\n  #2\n",
            "chair: p-chair\n  #ask\n",
            "place: \"Room\"\n  #2\n",
        ];
        for yaml in remarks {
            assert_eq!(cuts(yaml), <[String; 0]>::default(), "{yaml}");
        }
    }
}
