//! A tree as YAML that people go on writing in.
//!
//! In: a [`Node`]. Out: a text that reads as the same tree: short maps and lists on one line, long ones a line for each entry.
//!
//! Deliberately absent: comments, which a tree does not hold; places.

use super::tree::{Node, Value};

/// The most characters of a line that holds a whole map or list.
const WIDTH: usize = 118;

/// Writes a tree whose root is a map.
pub fn write(root: &Node) -> String {
    let mut out = String::new();
    match &root.value {
        Value::Map(entries) => {
            for (key, value) in entries {
                field(&key.text, value, 0, &mut out);
            }
        }
        Value::Scalar { .. } | Value::List(_) => {
            out.push_str(&flow(root));
            out.push('\n');
        }
    }
    out
}

/// A field at a column, with all that is inside.
fn field(key: &str, value: &Node, column: usize, out: &mut String) {
    let key = text(key, false);
    let pad = " ".repeat(column);
    let line = format!("{pad}{key}: {}\n", flow(value));
    match &value.value {
        Value::Map(entries) if !entries.is_empty() && (column == 0 || is_long(&line)) => {
            out.push_str(&format!("{pad}{key}:\n"));
            for (key, value) in entries {
                field(&key.text, value, column + 2, out);
            }
        }
        Value::List(list) if !list.is_empty() && (column == 0 && has_maps(list) || is_long(&line)) => {
            out.push_str(&format!("{pad}{key}:\n"));
            for entry in list {
                item(entry, column + 2, out);
            }
        }
        Value::Scalar { .. } | Value::Map(_) | Value::List(_) => out.push_str(&line),
    }
}

/// An entry of a list.
fn item(entry: &Node, column: usize, out: &mut String) {
    let pad = " ".repeat(column);
    let line = format!("{pad}- {}\n", flow(entry));
    match &entry.value {
        Value::Map(entries) if is_long(&line) && !entries.is_empty() => {
            let mut inner = String::new();
            for (key, value) in entries {
                field(&key.text, value, column + 2, &mut inner);
            }
            out.push_str(&format!("{pad}- {}", &inner[column + 2..]));
        }
        Value::Scalar { .. } | Value::Map(_) | Value::List(_) => out.push_str(&line),
    }
}

fn is_long(line: &str) -> bool {
    line.trim_end().chars().count() > WIDTH
}

fn has_maps(list: &[Node]) -> bool {
    list.iter().any(|entry| !matches!(entry.value, Value::Scalar { .. }))
}

/// A value on one line.
fn flow(node: &Node) -> String {
    match &node.value {
        Value::Scalar { text: typed, quoted } => text(typed, *quoted),
        Value::List(list) => format!("[{}]", list.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Map(entries) => {
            let entry =
                |(key, value): &(super::tree::Key, Node)| format!("{}: {}", text(&key.text, false), flow(value));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

/// A text as it may stand anywhere: bare if nothing in it could mean something else, otherwise between quotation marks.
fn text(typed: &str, quoted: bool) -> String {
    let is_null = matches!(typed, "" | "~" | "null" | "Null" | "NULL");
    let begins = |c: char| c.is_alphanumeric() || matches!(c, '/' | '(' | '“' | '‘' | '.' | '+');
    let marks = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}' | '"' | '\'' | '\\' | '`' | '#') || c.is_control();
    let bare = !quoted
        && !is_null
        && typed.starts_with(begins)
        && !typed.contains(marks)
        && !typed.contains(": ")
        && !typed.ends_with([':', ' '])
        // A line of nothing but a mark ends a document.
        && !typed.starts_with("...");
    // Nothing at all, where it was left so, stays nothing; a list would lose it without a sign.
    if typed.is_empty() && !quoted {
        return "~".to_owned();
    }
    if bare || is_null && !quoted {
        return typed.to_owned();
    }
    let mut out = String::from('"');
    for c in typed.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tree::{Key, parse};
    use super::*;

    fn same(one: &Node, other: &Node) -> bool {
        if one.is_null() || other.is_null() {
            return one.is_null() && other.is_null();
        }
        match (&one.value, &other.value) {
            (Value::Scalar { text, quoted }, Value::Scalar { text: again, quoted: also }) => {
                text == again && (!quoted || *also)
            }
            (Value::List(one), Value::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
            }
            (Value::Map(one), Value::Map(other)) => {
                let entries = one.iter().zip(other);
                one.len() == other.len()
                    && entries
                        .into_iter()
                        .all(|((key, one), (again, other))| key.text == again.text && same(one, other))
            }
            _ => false,
        }
    }

    fn scalar() -> impl Strategy<Value = Value> {
        let hard = prop::sample::select(vec![
            "",
            "~",
            "null",
            "true",
            "13:30",
            "K.M.",
            "a: b",
            "a #b",
            "- x",
            "#eval",
            "{{ x }}",
            "=1+1",
            "O'Neill & Sons <Ltd>",
            "محمد",
            "王小明",
            "two\nlines",
            "tab\there",
            "ends with:",
            " spaces ",
            "\"said\"",
            "back\\slash",
            "...",
            "---",
            "%x",
            "@x",
            "`x`",
            "?",
            "*x",
            "&x",
            "!x",
            "|",
            ">",
            "[a]",
            "1.10",
            "020 7946 0958",
            "\u{feff}x",
            "a\u{2028}b",
            "a,b",
            "a]b",
        ])
        .prop_map(str::to_owned);
        let any = prop_oneof![hard, "\\PC{0,30}"];
        (any, any_bool()).prop_map(|(text, quoted)| {
            // Bare text is one line without spaces around it: nothing else can be typed so.
            let is_bare = !quoted && text.trim() == text && !text.contains(['\n', '\t']);
            Value::Scalar { text, quoted: !is_bare }
        })
    }

    fn any_bool() -> impl Strategy<Value = bool> {
        any::<bool>()
    }

    fn node(value: Value) -> Node {
        Node { span: 0..0, value }
    }

    fn tree() -> impl Strategy<Value = Node> {
        scalar().prop_map(node).prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(|list| node(Value::List(list))),
                prop::collection::vec(("[a-z]{1,8}", inner), 0..5).prop_map(|entries| {
                    let mut seen = std::collections::BTreeSet::new();
                    let entries = entries.into_iter().filter(|(key, _)| seen.insert(key.clone()));
                    let key = |text| Key { text, span: 0..0 };
                    node(Value::Map(entries.map(|(text, value)| (key(text), value)).collect()))
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_as_the_same(inner in prop::collection::vec(tree(), 1..4)) {
            let key = |n: usize| Key { text: format!("field{n}"), span: 0..0 };
            let root = node(Value::Map(inner.into_iter().enumerate().map(|(n, inner)| (key(n), inner)).collect()));
            let text = write(&root);
            let (again, faults) = parse("x.yaml", &text);
            prop_assert!(faults.is_empty(), "{text}\n{faults:?}");
            let again = again.expect("a tree");
            prop_assert!(same(&root, &again), "{text}");
        }
    }
}
