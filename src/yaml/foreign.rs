//! Remarks as other languages write them, which JSON does not have.
//!
//! In: the text of a JSON file. Out: the text without its `//` and `/* */`, and an error for each, so that the rest of the file
//! is checked all the same.

use std::borrow::Cow;
use std::ops::Range;

use crate::diag::{Diagnostic, Place, codes};

/// A JSON text without the remarks in it, each replaced by as many spaces, and an error for each.
pub fn taken_out<'t>(file: &str, text: &'t str) -> (Cow<'t, str>, Vec<Diagnostic>) {
    let all = foreign(text);
    if all.is_empty() {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut without = text.as_bytes().to_vec();
    for byte in all.iter().flat_map(Clone::clone) {
        if without[byte] != b'\n' {
            without[byte] = b' ';
        }
    }
    let error = |at: Range<usize>| {
        Diagnostic::error(codes::BAD_SYNTAX, "JSON has no remarks")
            .place(Place { span: Some(at), ..Place::file(file) })
            .hint("take it out; YAML has remarks, after `# `")
    };
    let without = String::from_utf8(without).expect("spaces took the place of whole remarks");
    (Cow::Owned(without), all.into_iter().map(error).collect())
}

/// The places of `//` and `/* */` outside quotation marks.
fn foreign(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut at, mut before) = (Vec::new(), 0, ' ');
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let starts = before.is_whitespace() || "{}[],\"'".contains(before);
        let length = if c == '"' || c == '\'' && starts {
            string(rest, c)
        } else if starts && rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if starts && rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else {
            c.len_utf8()
        };
        if c == '/' && length > 1 {
            found.push(at..at + rest[..length].trim_end().len());
        }
        before = rest[..length].chars().next_back().unwrap_or(' ');
        at += length;
    }
    found
}

/// The length of a string with its quotation marks.
fn string(rest: &str, mark: char) -> usize {
    let mut chars = rest.char_indices().skip(1);
    while let Some((i, c)) = chars.next() {
        if c == '\\' && mark == '"' {
            chars.next();
        } else if c == mark {
            return i + 1;
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_languages_write_as_a_remark_is_found_in_json_and_an_address_is_none() {
        let found = |text: &str| foreign(text).into_iter().map(|at| text[at].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found("{\n  // note \"a\"\n  \"a\": 1, // b\n  /* c\n */ \"d\": [2/* e */]\n}"),
            ["// note \"a\"", "// b", "/* c\n */"]
        );
        let none =
            ["{ \"a\": \"https://b.example // c\", \"d\": \"\\\" // \" }", "{ a: https://b.example, c: 'x // y' }"];
        for text in none {
            assert_eq!(found(text), <[String; 0]>::default(), "{text}");
        }
        let (without, faults) = taken_out("c.json", "{ // é\n \"a\": 1 }");
        assert_eq!((without.as_ref(), faults.len()), ("{      \n \"a\": 1 }", 1));
    }
}
