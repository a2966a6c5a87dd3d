//! Addresses of a conference or its council in the form that Notify brings them to, as those of a list are.
//!
//! In: the tree of a file. Out: the same tree, in which an address without a fault stands as it was typed, and any other
//! has one postcode, once, on its last line, with no country after it.
//!
//! Deliberately absent: whether it can be posted to (`check::contact`).

use crate::model::postal::{PostalAddress, is_bfpo, is_postcode, line, postcode};
use crate::model::text::one_line;
use crate::yaml::{Node, Value};

/// Brings a list of lines to its form.
pub fn address(node: &mut Node) {
    let Value::List(nodes) = &mut node.value else { return };
    let Some(typed) = texts(nodes) else { return };
    if let Some(lines) = formed(&typed) {
        *nodes = lines.into_iter().map(|line| leaf(&line, nodes)).collect();
    }
}

/// Brings the lines and the postcode of a place to meet to their form.
pub fn venue(node: &mut Node) {
    let Value::Map(fields) = &mut node.value else { return };
    let position = |name: &str| fields.iter().position(|(key, _)| key.text == name);
    let Some(code) = position("postcode") else { return };
    let lines = position("lines");
    let mut nodes = match lines.map(|at| &fields[at].1.value) {
        Some(Value::List(nodes)) => nodes.clone(),
        Some(Value::Scalar { .. } | Value::Map(_)) => return,
        None => Vec::new(),
    };
    let count = nodes.len();
    nodes.push(fields[code].1.clone());
    let Some(typed) = texts(&nodes) else { return };
    let Some(mut formed) = formed(&typed) else { return };
    let Some(last) = formed.pop_if(|last| is_postcode(last)) else { return };
    fields[code].1.value = Value::Scalar { text: last, quoted: true };
    let lines_of = |lines: &[String]| lines.iter().map(|line| leaf(line, &nodes)).collect();
    match lines {
        Some(at) if formed != typed[..count] => fields[at].1.value = Value::List(lines_of(&formed)),
        None if !formed.is_empty() => {
            let key = crate::yaml::Key { text: "lines".to_owned(), span: fields[code].0.span.clone() };
            let node = Node { span: fields[code].1.span.clone(), value: Value::List(lines_of(&formed)) };
            fields.push((key, node));
        }
        Some(_) | None => {}
    }
}

/// The texts of lines; `None` if there are none, or if something else is among them.
fn texts(nodes: &[Node]) -> Option<Vec<String>> {
    let text = |node: &Node| match &node.value {
        Value::Scalar { text, .. } if !node.is_null() => Some(one_line(text)),
        _ => None,
    };
    nodes.iter().map(text).collect::<Option<Vec<_>>>().filter(|lines| !lines.is_empty())
}

/// The lines of an address in the form of Notify. `None` if they may stand as they are: the last is a postcode or the
/// number of a Forces post office, and no other line has a postcode.
fn formed(typed: &[String]) -> Option<Vec<String>> {
    let (last, above) = typed.split_last()?;
    let is_bare = |last: &str| last.chars().all(|c| c.is_alphanumeric() || c == ' ');
    let ends = |last: &str| is_bare(last) && is_postcode(last) || is_bfpo(last);
    let has_postcode = |text: &String| {
        let words: Vec<&str> = text.split(' ').collect();
        (1..=words.len().min(2)).any(|take| postcode(&words[words.len() - take..].concat()).is_some())
    };
    if !above.iter().any(has_postcode) {
        if ends(last) {
            return None;
        }
        // Only its spaces and capitals are another's.
        if let Some(code) = postcode(last).or_else(|| shaped(last)).filter(|_| is_bare(last)) {
            return Some(above.iter().cloned().chain([code]).collect());
        }
    }
    let formed = PostalAddress::of(typed.iter().map(|text| line(text))).lines;
    let is_one = |last: &String| ends(last) || shaped(last).is_some();
    (formed.last().is_some_and(is_one) && formed != typed).then_some(formed)
}

/// A text of the shape of a postcode that is none, spaced like one, so that it is reported as it would be written.
fn shaped(typed: &str) -> Option<String> {
    let bare: String = typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    let (outward, inward) = bare.len().checked_sub(3).and_then(|at| bare.split_at_checked(at))?;
    let area = outward.bytes().take_while(u8::is_ascii_uppercase).count();
    let district = outward.as_bytes().get(area..).unwrap_or_default();
    let starts = matches!(area, 1 | 2) && district.first().is_some_and(u8::is_ascii_digit) && district.len() <= 2;
    let ends = inward.as_bytes()[0].is_ascii_digit() && inward.bytes().skip(1).all(|c| c.is_ascii_uppercase());
    (starts && ends && district.iter().all(u8::is_ascii_alphanumeric)).then(|| format!("{outward} {inward}"))
}

/// A line at the place of the one that it came from.
fn leaf(text: &str, nodes: &[Node]) -> Node {
    let bare =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let key = bare(text);
    let holds = |node: &&Node| matches!(&node.value, Value::Scalar { text, .. } if bare(text).contains(&key));
    let origin = nodes.iter().rev().find(holds).or(nodes.last());
    Node {
        span: origin.map(|node| node.span.clone()).unwrap_or_default(),
        value: Value::Scalar { text: text.to_owned(), quoted: true },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(lines: &[&str]) -> Vec<Node> {
        let node = |text: &&str| Node { span: 0..0, value: Value::Scalar { text: (*text).to_owned(), quoted: true } };
        lines.iter().map(node).collect()
    }

    fn of(lines: &[&str]) -> Vec<String> {
        let mut node = Node { span: 0..0, value: Value::List(nodes(lines)) };
        address(&mut node);
        let Value::List(lines) = node.value else { panic!("it stays a list") };
        texts(&lines).unwrap_or_default()
    }

    #[test]
    fn what_was_valid_stands_as_it_was_typed() {
        for lines in [
            &["Marshgate Town Hall", "High Street", "MARSHGATE", "E20 9AA"][..],
            &["2 Kiln Road,", "MARSHGATE,", "E20 9AB"],
            &["2 Kiln Road", "England", "E20 9AB"],
            &["Unit 1", "BF1 1AA", "BFPO 123"],
            &["Unit 1", "BFPO 123", "BF1 1AA"],
            &["1 High St", "St Helier", "Jersey", "JE2 3AB"],
            // What is at fault stays to be reported.
            &["2 rue X", "Paris", "75001", "France"],
            &["Mill Lane Homes", "22 Mill Lane", "MARSHGATE"],
            &["MARSHGATE", "E20 9AC"],
            &["(rear)", "E2O 9AA"],
            &[],
        ] {
            assert_eq!(of(lines), lines);
        }
    }

    #[test]
    fn an_address_has_one_postcode_once_and_no_country_after_it() {
        let expected = ["2 Kiln Road", "MARSHGATE", "E20 9AB"];
        for lines in [
            &["2 Kiln Road", "MARSHGATE E20 9AB", "E20 9AB"][..],
            &["2 Kiln Road", "MARSHGATE", "E20 9AB", "e20 9ab"],
            &["2 Kiln Road", "MARSHGATE", "E20 9AB", "E20 9AB"],
            &["2 Kiln Road", "MARSHGATE", "E20 9AB", "United Kingdom"],
            &["2 Kiln Road", "MARSHGATE", "E20 9AB", "England", "UK"],
            &["2 Kiln Road,", "MARSHGATE, ", "E20 9AB,"],
            &["2 Kiln Road", "MARSHGATE E20 9AB"],
            &["2 Kiln Road", "MARSHGATE, e209ab"],
            &["2 Kiln Road", "MARSHGATE", "e209ab"],
            &["2 Kiln Road", "MARSHGATE", " e20  9ab "],
            &["2 Kiln Road", "MARSHGATE", "E20 9AB UK"],
            &["2 Kiln Road", "E20 9AB", "MARSHGATE", "E20 9AB"],
        ] {
            assert_eq!(of(lines), expected, "{lines:?}");
        }
        assert_eq!(of(&["2 Kiln Road", "St Helier", "JE2 3AB", "Jersey"]), ["2 Kiln Road", "St Helier", "JE2 3AB"]);
        assert_eq!(of(&["Unit 1", "bfpo52", "UK"]), ["Unit 1", "BFPO 52"]);
        assert_eq!(of(&["MARSHGATE", "e20 9ac"]), ["MARSHGATE", "E20 9AC"]);
        assert_eq!(of(&["MARSHGATE", "e20 9ac", "UK"]), ["MARSHGATE", "E20 9AC"]);
        // Two of them stay, to be reported.
        assert_eq!(
            of(&["2 Kiln Road", "MARSHGATE E20 9AB", "E20 9AD"]),
            ["2 Kiln Road", "MARSHGATE E20 9AB", "E20 9AD"]
        );
    }

    #[test]
    fn the_postcode_of_a_venue_is_in_its_own_field() {
        let scalar = |text: &str| Node { span: 0..0, value: Value::Scalar { text: text.to_owned(), quoted: true } };
        let key = |text: &str| crate::yaml::Key { text: text.to_owned(), span: 0..0 };
        for (lines, code, expected) in [
            (&["High Street", "Marshgate"][..], "E20 9AA", &["High Street", "Marshgate", "E20 9AA"][..]),
            (&["High Street", "Marshgate,"], "E20 9AA", &["High Street", "Marshgate,", "E20 9AA"]),
            (&["High Street", "Marshgate E20 9AA"], "e20 9aa", &["High Street", "Marshgate", "E20 9AA"]),
            (&["High Street", "E20 9AA"], "E20 9AA", &["High Street", "E20 9AA"]),
            (&["High Street"], "Marshgate E20 9AA", &["High Street", "Marshgate", "E20 9AA"]),
            (&["High Street"], "E20 9AA, UK", &["High Street", "E20 9AA"]),
            (&["High Street", "Marshgate"], "E20 9AC", &["High Street", "Marshgate", "E20 9AC"]),
            (&[], "e209aa", &["E20 9AA"]),
        ] {
            let list = Node { span: 0..0, value: Value::List(nodes(lines)) };
            let mut fields = vec![(key("postcode"), scalar(code))];
            if !lines.is_empty() {
                fields.push((key("lines"), list));
            }
            let mut node = Node { span: 0..0, value: Value::Map(fields) };
            venue(&mut node);
            let Value::Map(fields) = node.value else { panic!("it stays a map") };
            let mut found = Vec::new();
            for (_, node) in fields.iter().rev() {
                match &node.value {
                    Value::List(list) => found.extend(texts(list).unwrap_or_default()),
                    Value::Scalar { text, .. } => found.push(text.clone()),
                    Value::Map(_) => {}
                }
            }
            assert_eq!(found, expected, "{lines:?} {code}");
        }
    }
}
