//! A ` #` that cuts a sentence.
//!
//! In: a text, and the tree that was read from it. Out: a warning for each remark that looks like a part of the value before
//! it.
//!
//! Deliberately absent: what the value means. Two spaces before a `#` and one behind it make a remark, whatever it says.

use std::ops::Range;

use super::de::join;
use super::tree::{Node, Value};
use crate::diag::{Diagnostic, Place, codes};

/// A warning for each text that a remark seems to cut off.
pub fn that_cut(file: &str, text: &str, root: &Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    look(root, "", text, &mut |path, at| {
        let warning = Diagnostic::warning(codes::CUT_TEXT, "what follows ` #` is a remark and is not read");
        let place = Place { path: Some(path.to_owned()), span: Some(at), ..Place::file(file) };
        found.push(warning.place(place).hint(
            "put quotes around a text that contains ` #`; before a remark write two spaces, and one behind its `#`",
        ));
    });
    found
}

fn look(node: &Node, path: &str, text: &str, found: &mut dyn FnMut(&str, Range<usize>)) {
    match &node.value {
        Value::Scalar { quoted: true, .. } => {}
        Value::Scalar { text: value, .. } => {
            if let Some(at) = cut(text, node.span.end, value) {
                found(path, at);
            }
        }
        Value::List(list) => {
            list.iter().enumerate().for_each(|(i, child)| look(child, &format!("{path}[{i}]"), text, found));
        }
        Value::Map(map) => map.iter().for_each(|(key, child)| look(child, &join(path, &key.text), text, found)),
    }
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
        ];
        for yaml in remarks {
            assert_eq!(cuts(yaml), <[String; 0]>::default(), "{yaml}");
        }
    }
}
