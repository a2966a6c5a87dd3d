//! Further entries of a list, written into the text of a file.
//!
//! In: a text, the name of a list among the fields of its root, and entries. Out: the text with these entries at the end of the
//! list, and every other byte as it was: comments, order, line endings.
//!
//! Entries come last, since an entry in the middle would move those behind it, which other fields name by their position.
//!
//! Deliberately absent: what the list is about; any way to change or to take out what is there.

use std::ops::Range;

use super::room::{NoRoom, Room, room};
use super::tree::{Node, Value, parse};

/// An entry to be written.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Comments above it, a line each, without `#`.
    pub comments: Vec<String>,
    /// Its fields, in their order.
    pub fields: Vec<(&'static str, Typed)>,
}

/// The value of a field to be written.
#[derive(Debug, Clone)]
pub enum Typed {
    /// A number.
    Number(u32),
    /// A word or two that need no quotes.
    Word(&'static str),
    /// A text that somebody will write over. It has lines of its own where it can: there no quotation mark, colon or comma
    /// that they type ends it.
    Text(&'static str),
}

/// A text with further entries.
#[derive(Debug, Clone)]
pub struct Added {
    /// The whole text.
    pub text: String,
    /// The bytes of it that are new, in their order.
    pub new: Vec<Range<usize>>,
}

impl Added {
    /// What is new, as it stands in the text.
    pub fn pieces(&self) -> impl Iterator<Item = &str> {
        self.new.iter().map(|range| &self.text[range.clone()])
    }
}

/// A text with entries added to a list of its root; `opening` are comments above the first of them. The list is begun if it is
/// not there.
///
/// # Errors
/// If the text is written in a way that leaves no place for them.
pub fn with_entries(
    file: &str,
    text: &str,
    list: &str,
    opening: &[String],
    entries: &[Entry],
) -> Result<Added, NoRoom> {
    // A byte-order mark is none of the text.
    let (mark, text) = text.strip_prefix(MARK).map_or(("", text), |text| (MARK, text));
    let insertions = match room(file, text, list)? {
        Room::Lines { at, column, name } => {
            let style = Style::of(text, column);
            let name = name.map(|column| format!("{}{list}:{}", " ".repeat(column), style.end)).unwrap_or_default();
            let lines = style.lines(opening, entries, block);
            // A last line without an end gets one.
            let end = if at == 0 || text[..at].ends_with('\n') { "" } else { style.end };
            vec![(at, format!("{end}{name}{lines}"))]
        }
        Room::Brackets { comma, at, column, is_alone } => {
            let style = Style::of(text, column);
            let lines = style.lines(opening, entries, flow);
            let lines = if is_alone { lines } else { format!("{}{lines}{}", style.end, style.indent) };
            let comma = comma.map(|at| (at, ",".to_owned()));
            comma.into_iter().chain([(at, lines)]).collect()
        }
    };
    let added = inserted(text, &insertions);
    // Whoever finds a way to write YAML that nobody thought of keeps the file as it was.
    if !is_the_same(file, text, &added.text, list, entries.len()) {
        return Err(NoRoom::Unusual);
    }
    let new = added.new.into_iter().map(|range| range.start + mark.len()..range.end + mark.len());
    Ok(Added { text: format!("{mark}{}", added.text), new: new.collect() })
}

const MARK: &str = "\u{FEFF}";

fn inserted(text: &str, insertions: &[(usize, String)]) -> Added {
    let mut added = Added { text: String::with_capacity(text.len()), new: Vec::new() };
    let mut copied = 0;
    for (at, piece) in insertions {
        added.text.push_str(&text[copied..*at]);
        added.new.push(added.text.len()..added.text.len() + piece.len());
        added.text.push_str(piece);
        copied = *at;
    }
    added.text.push_str(&text[copied..]);
    added
}

/// How the lines of a file are written.
struct Style {
    indent: String,
    end: &'static str,
}

impl Style {
    /// The line ending is that of the first line.
    fn of(text: &str, column: usize) -> Self {
        let is_crlf = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
        Self { indent: " ".repeat(column), end: if is_crlf { "\r\n" } else { "\n" } }
    }

    /// Comments and entries, a line each or several.
    fn lines(&self, opening: &[String], entries: &[Entry], write: fn(&Entry, bool) -> Vec<String>) -> String {
        let mut lines: Vec<String> = opening.iter().map(|line| comment(line)).collect();
        for (i, entry) in entries.iter().enumerate() {
            lines.extend(entry.comments.iter().map(|line| comment(line)));
            lines.extend(write(entry, i + 1 == entries.len()));
        }
        lines.iter().flat_map(|line| [self.indent.as_str(), line, self.end]).collect()
    }
}

/// An entry as lines of their own, after a dash.
fn block(entry: &Entry, _is_last: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for (i, (name, value)) in entry.fields.iter().enumerate() {
        let dash = if i == 0 { "- " } else { "  " };
        match value {
            Typed::Number(number) => lines.push(format!("{dash}{name}: {number}")),
            Typed::Word(word) => lines.push(format!("{dash}{name}: {word}")),
            Typed::Text(text) => lines.extend([format!("{dash}{name}: >-"), format!("    {text}")]),
        }
    }
    lines
}

/// An entry between braces.
fn flow(entry: &Entry, is_last: bool) -> Vec<String> {
    let field = |(name, value): &(&'static str, Typed)| match value {
        Typed::Number(number) => format!("{name}: {number}"),
        // Between brackets a comma would end it.
        Typed::Word(text) | Typed::Text(text) => format!("{name}: \"{text}\""),
    };
    let fields: Vec<String> = entry.fields.iter().map(field).collect();
    vec![format!("{{ {} }}{}", fields.join(", "), if is_last { "" } else { "," })]
}

/// A comment. What somebody typed stays on its line, whatever breaks lines elsewhere.
fn comment(line: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}');
    format!("# {}", line.replace(breaks, " ")).trim_end().to_owned()
}

/// Whether a text reads as another, but for so many entries at the end of a list.
fn is_the_same(file: &str, before: &str, after: &str, list: &str, more: usize) -> bool {
    let ((Some(before), _), (Some(after), faults)) = (parse(file, before), parse(file, after)) else { return false };
    let (Value::Map(before), Value::Map(after)) = (&before.value, &after.value) else { return false };
    let there = |map: &[(super::tree::Key, Node)]| map.iter().any(|(key, _)| key.text == list);
    let is_begun = !there(before) && there(after);
    let mut rest = after.iter().filter(|(key, _)| !is_begun || key.text != list);
    let is_kept = before.iter().all(|(key, node)| {
        let Some((other, now)) = rest.next() else { return false };
        key.text == other.text && if key.text == list { has_more(node, now, more) } else { reads_alike(node, now) }
    });
    let begun = after.iter().find(|(key, _)| is_begun && key.text == list);
    is_kept
        && rest.next().is_none()
        && faults.is_empty()
        && begun.is_none_or(|(_, node)| matches!(&node.value, Value::List(list) if list.len() == more))
}

fn has_more(before: &Node, after: &Node, more: usize) -> bool {
    let Value::List(after) = &after.value else { return false };
    let before = match &before.value {
        Value::List(before) => before.as_slice(),
        Value::Scalar { .. } | Value::Map(_) => &[],
    };
    after.len() == before.len() + more && before.iter().zip(after).all(|(one, other)| reads_alike(one, other))
}

fn reads_alike(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        // The last text of a file gets the end of its line.
        (Value::Scalar { text, quoted }, Value::Scalar { text: now, quoted: is }) => {
            text.trim_end_matches('\n') == now.trim_end_matches('\n') && quoted == is
        }
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| reads_alike(one, other))
        }
        (Value::Map(one), Value::Map(other)) => {
            let alike = |((key, one), (is, other)): (&(_, Node), &(_, Node))| {
                let (key, is): (&super::tree::Key, &super::tree::Key) = (key, is);
                key.text == is.text && reads_alike(one, other)
            };
            one.len() == other.len() && one.iter().zip(other).all(alike)
        }
        (Value::Scalar { .. } | Value::List(_) | Value::Map(_), _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Result<String, NoRoom> {
        let entry = |n| Entry {
            comments: vec![format!("{n}.")],
            fields: vec![("n", Typed::Number(n)), ("by", Typed::Word("WHO")), ("text", Typed::Text("WHAT"))],
        };
        with_entries("c.yaml", text, "items", &["Above\u{2028}\n".to_owned()], &[entry(7), entry(8)]).map(|a| a.text)
    }

    #[test]
    fn entries_are_written_as_the_list_is() {
        let entry = |indent: &str, n: u32| {
            let lines =
                [format!("# {n}."), format!("- n: {n}"), "  by: WHO".into(), "  text: >-".into(), "    WHAT".into()];
            lines.map(|line| format!("{indent}{line}\n")).concat()
        };
        let block = |indent: &str| format!("{indent}# Above\n{}{}", entry(indent, 7), entry(indent, 8));
        let flow = |indent: &str| {
            let line = |n: u32| format!("{{ n: {n}, by: \"WHO\", text: \"WHAT\" }}");
            let lines = ["# Above".into(), "# 7.".into(), format!("{},", line(7)), "# 8.".into(), line(8)];
            lines.map(|line| format!("{indent}{line}\n")).concat()
        };
        for (before, after) in [
            ("a: b", format!("a: b\nitems:\n{}", block("  "))),
            (" a: b\n", format!(" a: b\n items:\n{}", block("   "))),
            ("a: b\n...\n# c\n", format!("a: b\nitems:\n{}...\n# c\n", block("  "))),
            ("items:\n- x # c\n# d\na: b\n", format!("items:\n- x # c\n{}# d\na: b\n", block(""))),
            ("items:\n - x\n\n # c\n\n# d\n", format!("items:\n - x\n\n # c\n{}\n# d\n", block(" "))),
            ("items:\n  - |\n   x\n\n   # y", format!("items:\n  - |\n   x\n\n   # y\n{}", block("  "))),
            ("items: [x, y]", format!("items: [x, y,\n{}  ]", flow("  "))),
            ("items: [x,]\n", format!("items: [x,\n{}  ]\n", flow("  "))),
            ("items: [\n  x # ,\n ]\n", format!("items: [\n  x, # ,\n{} ]\n", flow("   "))),
            ("items: []\na: b\n", format!("items: [\n{}  ]\na: b\n", flow("  "))),
            ("{ items: [{ a: [b] }], c: d }", format!("{{ items: [{{ a: [b] }},\n{}  ], c: d }}", flow("  "))),
        ] {
            assert_eq!(written(before), Ok(after), "{before}");
        }
    }

    #[test]
    fn where_there_is_no_room_it_is_said_why() {
        for (text, why) in [
            ("{ a: b }", NoRoom::Braces),
            ("items:\na: b\n", NoRoom::Unusual),
            ("items: ~\n", NoRoom::Unusual),
            ("items: { a: b }\n", NoRoom::Unusual),
            ("- a\n", NoRoom::Unusual),
        ] {
            assert_eq!(written(text), Err(why), "{text}");
        }
        let json = with_entries("c.json", "{ \"items\": [] }", "items", &[], &[]);
        assert_eq!(json.map(|added| added.text), Err(NoRoom::Json));
    }
}
