//! How a text must be spelt where it is to stand.
//!
//! In: a text, where it is to stand, and how what stood there was written. Out: its spelling, tried by reading it.
//!
//! A style that somebody chose without need is kept; one that was needed gives way to the simplest that does. So a text that
//! is set and set back is spelt as it was.
//!
//! Deliberately absent: where that is in the file; whether the text makes sense.

use super::anatomy::{Style, Text};
use crate::yaml::tree::{Node, Value, parse};

/// Where a text is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// Behind a colon or a dash, with the lines below it free as far to the right as this column.
    Block(usize),
    /// Between brackets.
    Flow,
    /// In JSON.
    Json,
}

/// A spelling: what stands in the place of the value, and the lines below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelt {
    /// The text, or the mark of a block text.
    pub head: String,
    /// The lines of a block text, with their indentation.
    pub lines: Vec<String>,
}

impl Spelt {
    fn line(head: String) -> Self {
        Self { head, lines: Vec::new() }
    }
}

/// The most characters of a line of a text that flows, with its indentation.
const WIDTH: usize = 118;

/// A text of more characters than this is written as a paragraph where nothing stood before.
const LONG: usize = 100;

/// How a text is spelt; `None` if no way to write it reads as it should. `old` is what stood in its place.
pub fn spelt(text: &str, place: Where, old: Option<&Text>) -> Option<Spelt> {
    if place == Where::Json {
        return Some(Spelt::line(json(text, old))).filter(|spelt| reads(&spelt.head, text, place));
    }
    let column = match place {
        Where::Block(column) => Some(column),
        Where::Flow | Where::Json => None,
    };
    candidates(text, place, old)
        .iter()
        .filter_map(|style| match (style, column) {
            (Candidate::Plain, _) => Some(Spelt::line(text.to_owned())),
            (Candidate::Single, _) => Some(Spelt::line(format!("'{}'", text.replace('\'', "''")))),
            (Candidate::Double, _) => Some(Spelt::line(double(text))),
            (Candidate::Literal, Some(column)) => literal(text, column),
            (Candidate::Folded, Some(column)) => folded(text, column),
            (Candidate::Literal | Candidate::Folded, None) => None,
        })
        .find(|spelt| spelt_reads(spelt, text, place))
}

/// A name as it may stand before a colon.
pub fn name(name: &str, place: Where) -> Option<String> {
    let plain = (place != Where::Json).then(|| name.to_owned());
    plain.into_iter().chain([double(name)]).find(|spelt| {
        let reads = |mini: &str| match parse("name.yaml", mini) {
            (Some(Node { value: Value::Map(map), .. }), faults) => {
                faults.is_empty() && map.len() == 1 && map[0].0.text == name
            }
            _ => false,
        };
        let is_word = !spelt.contains(|c: char| c.is_control());
        is_word && reads(&format!("{spelt}: a\n")) && reads(&format!("{{ {spelt}: a }}\n"))
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Candidate {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
}

fn candidates(text: &str, place: Where, old: Option<&Text>) -> Vec<Candidate> {
    use Candidate::{Double, Folded, Literal, Plain, Single};
    let could = |old: &Text, spelt: String| !old.says.contains('\n') && reads(&spelt, &old.says, place);
    let could_be_plain = |old: &Text| could(old, old.says.clone());
    let could_be_single = |old: &Text| could(old, format!("'{}'", old.says.replace('\'', "''")));
    let is_long = text.chars().count() > LONG;
    let one_line = vec![Plain, Single, Double];
    match old.map(|old| (old, &old.style)) {
        Some((_, Style::Block { is_folded, .. })) if text.contains('\n') => {
            if *is_folded {
                vec![Folded, Literal, Double]
            } else {
                vec![Literal, Double]
            }
        }
        _ if text.contains('\n') => vec![Literal, Double],
        // Whoever wrote one line below a mark wants it there.
        Some((old, Style::Block { is_folded, .. })) if is_long || !old.says.trim_end().contains('\n') => {
            let block = if *is_folded { Folded } else { Literal };
            [vec![block], one_line].concat()
        }
        Some((old, Style::Single)) if could_be_plain(old) => vec![Single, Double],
        Some((old, Style::Double)) if could_be_plain(old) || could_be_single(old) => vec![Double],
        None if is_long => [vec![Folded], one_line].concat(),
        Some(_) | None => one_line,
    }
}

/// Whether a spelling on one line reads as a text.
fn reads(spelt: &str, text: &str, place: Where) -> bool {
    spelt_reads(&Spelt::line(spelt.to_owned()), text, place)
}

/// Whether a spelling reads as a text, and leaves what stands behind it alone.
fn spelt_reads(spelt: &Spelt, text: &str, place: Where) -> bool {
    let head = &spelt.head;
    if head.contains(['\n', '\r']) {
        return false;
    }
    let below: String = spelt.lines.iter().flat_map(|line| ["\n", line]).collect();
    let is_text =
        |node: &Node| !node.is_null() && matches!(&node.value, Value::Scalar { text: read, .. } if read == text);
    let is_kept = |mini: String| match parse("text.yaml", &mini) {
        (Some(Node { value: Value::Map(map), .. }), faults) if faults.is_empty() => {
            let all: Vec<&Node> = map
                .iter()
                .flat_map(|(_, node)| match &node.value {
                    Value::List(list) => list.iter().collect(),
                    Value::Scalar { .. } | Value::Map(_) => vec![node],
                })
                .collect();
            map.len() == 2 && all.len() == 3 && is_text(all[0]) && is_text(all[1]) && all[2].is_null()
        }
        _ => false,
    };
    match place {
        Where::Block(_) => is_kept(format!("a:\n- {head}{below}\n- {head}{below}\nb: ~\n")),
        Where::Flow | Where::Json => is_kept(format!("{{ a: [{head}, {head}], b: ~ }}")),
    }
}

/// A text between quotation marks, with everything in it that could be mistaken, or not be seen, as an escape. JSON and YAML
/// read it alike.
fn double(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // What breaks lines or turns their direction where a person would read them, and what is no character.
            '\u{2028}'
            | '\u{2029}'
            | '\u{FEFF}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FFFE}'
            | '\u{FFFF}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text as JSON has it: a number or a yes or no stays one where one stood, or where nothing did.
fn json(text: &str, old: Option<&Text>) -> String {
    let is_bare = old.is_none_or(|old| old.style == Style::Plain);
    if is_bare && is_literal(text) { text.to_owned() } else { double(text) }
}

/// Whether a text is a word or a whole number of JSON (RFC 8259 §3, §6).
fn is_literal(text: &str) -> bool {
    let is_number = !text.is_empty() && text.len() < 16 && text.bytes().all(|byte| byte.is_ascii_digit());
    matches!(text, "true" | "false") || is_number && (text == "0" || !text.starts_with('0'))
}

/// The mark that keeps the end of a text: none, or one line feed.
fn kept_end(text: &str) -> Option<&'static str> {
    match text.len() - text.trim_end_matches('\n').len() {
        _ if text.trim_matches('\n').is_empty() => None,
        0 => Some("-"),
        1 => Some(""),
        _ => None,
    }
}

fn literal(text: &str, column: usize) -> Option<Spelt> {
    let head = format!("|{}", kept_end(text)?);
    // A first line with space before it would need to say how far in the others are.
    if text.trim_start_matches('\n').starts_with([' ', '\t']) {
        return None;
    }
    let pad = " ".repeat(column);
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{pad}{line}") };
    Some(Spelt { head, lines: text.strip_suffix('\n').unwrap_or(text).split('\n').map(line).collect() })
}

/// A text whose paragraphs flow.
fn folded(text: &str, column: usize) -> Option<Spelt> {
    let head = format!(">{}", kept_end(text)?);
    let body = text.strip_suffix('\n').unwrap_or(text);
    // A line that begins with space does not flow.
    if body.split('\n').any(|line| line.starts_with([' ', '\t']) || line.ends_with([' ', '\t']))
        || body.starts_with('\n')
    {
        return None;
    }
    let pad = " ".repeat(column);
    let width = WIDTH.saturating_sub(column).max(40);
    let mut lines: Vec<String> = Vec::new();
    for (i, paragraph) in body.split('\n').enumerate() {
        // One line feed is an empty line; the line of an empty paragraph is that already.
        if i > 0 {
            lines.push(String::new());
        }
        if !paragraph.is_empty() {
            lines.extend(wrapped(paragraph, width).into_iter().map(|line| format!("{pad}{line}")));
        }
    }
    Some(Spelt { head, lines })
}

/// A paragraph in lines of at most so many characters, broken where one space stands between two words.
fn wrapped(paragraph: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut gap = "";
    for word in paragraph.split(' ') {
        let line = lines.last_mut().expect("it begins with one");
        // Two spaces are a word of none between them: it stays with both of its neighbours.
        let is_free = !word.is_empty() && !line.ends_with(' ') && !line.is_empty();
        if is_free && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            line.push_str(gap);
            line.push_str(word);
        }
        gap = " ";
    }
    lines
}
