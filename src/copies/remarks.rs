//! Comments of a YAML file, which no tree holds.
//!
//! In: a text and its tree. Out: how many comments it has. A `#` inside a value is none.

use crate::yaml::{Node, Value};

/// How many comments a text has.
pub fn count(text: &str, root: &Node) -> usize {
    let mut values = Vec::new();
    spans(root, &mut values);
    values.sort_unstable();
    let is_in_value = |at: usize| {
        let after = values.partition_point(|(start, _)| *start <= at);
        // Values do not overlap, but a block text may be longer than the one that begins after it.
        values[..after].iter().rev().take(2).any(|(_, end)| at < *end)
    };
    let mut comments = 0;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let begins = line.char_indices().find(|(i, c)| {
            let before = line[..*i].chars().next_back();
            *c == '#' && before.is_none_or(char::is_whitespace) && !is_in_value(start + i)
        });
        comments += usize::from(begins.is_some());
        start += line.len();
    }
    comments
}

fn spans(node: &Node, all: &mut Vec<(usize, usize)>) {
    match &node.value {
        Value::Scalar { text, .. } if !text.is_empty() => all.push((node.span.start, node.span.end)),
        Value::Scalar { .. } => {}
        Value::List(list) => list.iter().for_each(|child| spans(child, all)),
        Value::Map(map) => {
            for (key, child) in map {
                all.push((key.span.start, key.span.end));
                spans(child, all);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::parse;

    #[test]
    fn a_comment_is_counted_and_a_hash_in_a_text_is_not() {
        let of = |text: &str| count(text, &parse("c.yaml", text).0.expect("a tree"));
        assert_eq!(of("# one\na: 1 # two\nb: \"x # y\"\nc: d#e\n  # three\n"), 3);
        assert_eq!(of("a: >-\n  text # in it\n  and more\nb: 2\n"), 0);
        assert_eq!(of("a: [1, 2] # one\nb: { c: 'no # none' }\n"), 1);
    }
}
