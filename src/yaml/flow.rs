//! What stands between brackets, read for the slips that people make there.
//!
//! In: a text and where a bracket or a quotation mark opens in it. Out: where it is closed, or the first [`Slip`].
//!
//! Only a text that the parser refuses is read here, so what is odd and allowed may pass. `floor` is the column of whatever
//! holds the value: a line that starts there or before it is no part of the value any more, and so tells where a bracket or a
//! quotation mark was left open.

use std::ops::Range;

use super::slip::Slip;

/// The text between quotation marks that open at `at`: the place after its closing one.
///
/// # Errors
/// If it is not closed.
pub fn quoted(text: &str, at: usize, floor: usize) -> Result<usize, Slip> {
    let mark = text[at..].chars().next().unwrap_or('"');
    let mut rest = text[at + 1..].char_indices().peekable();
    // The line with something on it that was looked at last.
    let mut seen = 0;
    while let Some((i, c)) = rest.next() {
        match c {
            '\\' if mark == '"' => {
                rest.next();
            }
            // In single quotes, two of them mean one.
            '\'' if mark == '\'' && rest.peek().is_some_and(|(_, next)| *next == '\'') => {
                rest.next();
            }
            '\n' if at + 1 + i >= seen => {
                let line = next_line(text, at + 1 + i + 1);
                if leaves(&text[line.clone()], floor) {
                    return Err(Slip::open_quote(at, mark));
                }
                seen = line.start;
            }
            c if c == mark => return Ok(at + 1 + i + 1),
            _ => {}
        }
    }
    Err(Slip::open_quote(at, mark))
}

/// The next line with something on it; empty at the end of the text.
fn next_line(text: &str, at: usize) -> Range<usize> {
    let mut at = at;
    for line in text[at..].split_inclusive('\n') {
        if !line.trim().is_empty() {
            return at..at + line.trim_end().len();
        }
        at += line.len();
    }
    text.len()..text.len()
}

/// Whether a line starts at a column where the value has ended.
fn leaves(line: &str, floor: usize) -> bool {
    !line.is_empty() && line.len() - line.trim_start_matches(' ').len() <= floor
}

/// A bracket that is open, and how far its present entry is.
struct Open {
    at: usize,
    bracket: char,
    entry: Entry,
    /// Whether its present entry has a colon.
    colon: bool,
}

/// How far an entry is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// Nothing of it, or of its value, was read.
    Start,
    /// It is a text without quotes.
    Plain,
    /// It ended with a bracket that opened at this place.
    Bracket(usize),
    /// It ended with a quotation mark.
    Quote,
}

/// What stands between the bracket that opens at `at` and its other half: the place after that.
///
/// # Errors
/// The first slip in it.
pub fn brackets(text: &str, at: usize, floor: usize) -> Result<usize, Slip> {
    let mut scan = Scan { text, floor, open: Vec::new(), remark: None, seen: 0 };
    let mut at = at;
    while let Some(c) = text[at..].chars().next() {
        at = scan.read(c, at)?;
        if scan.open.is_empty() {
            return Ok(at);
        }
    }
    Err(scan.unclosed())
}

struct Scan<'t> {
    text: &'t str,
    floor: usize,
    open: Vec<Open>,
    /// A remark with a closing bracket in it, which may have been meant as one.
    remark: Option<usize>,
    /// The line with something on it that was looked at last.
    seen: usize,
}

impl Scan<'_> {
    /// Reads what starts at a place, and returns the place after it.
    fn read(&mut self, c: char, at: usize) -> Result<usize, Slip> {
        let next = self.text[at + c.len_utf8()..].chars().next();
        let spaced = next.is_none_or(char::is_whitespace);
        let before = self.text[..at].chars().next_back();
        match c {
            '\n' => self.line(at),
            '#' if before.is_none_or(char::is_whitespace) => {
                let end = self.text[at..].find('\n').map_or(self.text.len(), |n| at + n);
                let holds = self.text[at..end].contains(['}', ']']) && !self.text[at + 1..].starts_with(' ');
                self.remark = self.remark.or(holds.then_some(at));
                return Ok(end);
            }
            c if c.is_whitespace() => Ok(()),
            ',' => {
                if let Some(open) = self.open.last_mut() {
                    (open.entry, open.colon) = (Entry::Start, false);
                }
                Ok(())
            }
            ':' if spaced || next.is_some_and(|n| ",[]{}".contains(n)) || self.follows_quote() => self.colon(at),
            ']' | '}' => self.close(c, at),
            '[' | '{' => self.open(c, at),
            '"' | '\'' if self.entry() == Entry::Start => {
                let end = quoted(self.text, at, self.floor)?;
                self.set(Entry::Quote);
                return Ok(end);
            }
            _ => self.plain(at),
        }?;
        Ok(at + c.len_utf8())
    }

    fn entry(&self) -> Entry {
        self.open.last().map_or(Entry::Start, |open| open.entry)
    }

    fn set(&mut self, entry: Entry) {
        if let Some(open) = self.open.last_mut() {
            open.entry = entry;
        }
    }

    fn follows_quote(&self) -> bool {
        self.entry() == Entry::Quote
    }

    fn line(&mut self, at: usize) -> Result<(), Slip> {
        if at < self.seen {
            return Ok(());
        }
        let line = next_line(self.text, at + 1);
        let next = &self.text[line.clone()];
        let closes = next.trim_start().starts_with([']', '}']);
        if !closes && (leaves(next, self.floor) || next.trim_start().starts_with("- ")) {
            return Err(self.unclosed());
        }
        self.seen = line.start;
        Ok(())
    }

    fn unclosed(&self) -> Slip {
        let Some(open) = self.open.last() else { return Slip::indented(0) };
        match self.remark {
            Some(remark) => Slip::remark_in_brackets(remark, open.bracket),
            None => Slip::unclosed(open.at, open.bracket),
        }
    }

    fn colon(&mut self, at: usize) -> Result<(), Slip> {
        let Some(open) = self.open.last_mut() else { return Ok(()) };
        if open.colon {
            let line = self.text[..at].rfind('\n');
            let begins_a_line = line.is_some_and(|line| {
                let name = self.text[line + 1..at].trim();
                !name.is_empty() && !name.contains([' ', '{', '[', ','])
            });
            let start = line.map_or(0, |line| line + 1);
            let name = start + self.text[start..at].len() - self.text[start..at].trim_start().len();
            return Err(if begins_a_line { Slip::no_comma(name) } else { Slip::second_colon(at) });
        }
        (open.colon, open.entry) = (true, Entry::Start);
        Ok(())
    }

    fn open(&mut self, bracket: char, at: usize) -> Result<(), Slip> {
        match self.entry() {
            Entry::Start => {
                self.open.push(Open { at, bracket, entry: Entry::Start, colon: false });
                Ok(())
            }
            Entry::Plain => Err(Slip::bracket_in_text(at, bracket)),
            Entry::Bracket(_) | Entry::Quote => Err(Slip::no_comma(at)),
        }
    }

    fn close(&mut self, bracket: char, at: usize) -> Result<(), Slip> {
        let other = if bracket == '}' { '{' } else { '[' };
        match self.open.pop() {
            Some(open) if open.bracket == other => {
                self.set(Entry::Bracket(open.at));
                Ok(())
            }
            Some(open) if self.open.iter().any(|outer| outer.bracket == other) => {
                Err(Slip::unclosed(open.at, open.bracket))
            }
            _ => Err(Slip::closes_nothing(at, bracket)),
        }
    }

    /// A character of a text without quotes.
    fn plain(&mut self, at: usize) -> Result<(), Slip> {
        match self.entry() {
            Entry::Start | Entry::Plain => {
                self.set(Entry::Plain);
                Ok(())
            }
            Entry::Quote | Entry::Bracket(_) if self.begins_field(at) => Err(Slip::no_comma(at)),
            Entry::Quote => {
                let mark = self.text[..at].trim_end().chars().next_back().unwrap_or('"');
                Err(Slip::after_quote(at, mark))
            }
            Entry::Bracket(opened) => {
                let bracket = self.text[opened..].chars().next().unwrap_or('[');
                Err(Slip::starts_with_bracket(opened, bracket))
            }
        }
    }

    /// Whether one word and a colon follow, as of a field whose comma was forgotten.
    fn begins_field(&self, at: usize) -> bool {
        let word = self.text[at..].find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or_default();
        word > 0 && self.text[at + word..].starts_with(": ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(text: &str) -> Option<(usize, String)> {
        brackets(text, 0, 0).err().map(|slip| (slip.at.start, slip.message))
    }

    #[test]
    fn blank_lines_are_looked_through_once() {
        assert_eq!(next_line("a\n\n  \n b \n", 2), 6..8);
        assert_eq!(next_line("a\n \n", 2), 4..4);
        let blank = "\n".repeat(1_000_000);
        assert_eq!(slip(&format!("{{ a:{blank}  b")).map(|(at, _)| at), Some(0));
        assert_eq!(slip(&format!("{{ a: \"{blank}  b")).map(|(at, _)| at), Some(5));
        assert_eq!(slip(&format!("{{{}", " b: c,".repeat(100_000))).map(|(at, _)| at), Some(0));
    }

    #[test]
    fn the_advice_for_text_after_a_quotation_mark_is_the_other_mark() {
        let hint = |text: &str| brackets(text, 0, 0).expect_err("it is a slip").hint;
        assert!(hint("{ a: 'the entrance's door', b: c }").starts_with("put `\"` around"));
        assert!(hint("{ a: \"b\" said she }").ends_with("`'…'` where `\"` is in it"));
    }

    #[test]
    fn each_slip_between_brackets_is_found_where_it_was_made() {
        let cases = [
            ("{ a: b, c: [d, e] }", None),
            ("{ a: \"b: c, d\", e: 'it''s }' }", None),
            ("{ a: https://b.example, c: 13:30 }", None),
            ("{ a: b   # so }\n}", None),
            ("{ a: Police said: three }", Some((16, "this line has a second `: `"))),
            ("{ a: [sic] gate }", Some((5, "a text that starts with `[` needs quotes"))),
            ("{ a: {sic} gate, b: c }", Some((5, "a text that starts with `{` needs quotes"))),
            ("{ a: the [old] gate }", Some((9, "inside `{ }` and `[ ]` a text with `[` needs quotes"))),
            ("{ a: [b, c }", Some((5, "this `[` is not closed"))),
            ("{ a: b ] }", Some((7, "this `]` closes nothing"))),
            ("{ a: b", Some((0, "this `{` is not closed"))),
            ("{ a: { b: c }\n- { a: b }", Some((0, "this `{` is not closed"))),
            ("{ a: b\n  - c", Some((0, "this `{` is not closed"))),
            ("{ a: we #need, b: c }", Some((8, "what follows ` #` is not read, so the `{` is not closed"))),
            ("{ a: \"b\" c: d }", Some((9, "there is no comma before this"))),
            ("{ a: \"b\" said she }", Some((9, "text follows a closing quotation mark"))),
            ("{ a: { b: c } d: e }", Some((14, "there is no comma before this"))),
            ("{ a: b\n  c: d }", Some((9, "there is no comma before this"))),
            ("{ a: \"b }\nc: d", Some((5, "this quotation mark is not closed"))),
            ("[{ a: b } { a: c }]", Some((10, "there is no comma before this"))),
        ];
        for (text, expected) in cases {
            assert_eq!(slip(text), expected.map(|(at, said)| (at, said.to_owned())), "{text}");
        }
    }
}
