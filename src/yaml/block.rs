//! The lines of a text that the parser refuses, read for the slip that it stumbled over.
//!
//! In: a text, and the place where the parser gave up. Out: the first [`Slip`] up to there. The parser says where it noticed
//! something; a brace that somebody forgot lies a line or a page before.
//!
//! Deliberately absent: the rest of YAML. Whatever is not known to be a slip passes, and the parser's own words stand.

use super::flow;
use super::slip::Slip;

/// The first slip of a text up to the line of a place, or in the line after it where a tab is the trouble: a tab the parser
/// notices a line too soon.
pub fn first_slip(text: &str, until: usize, is_tab: bool) -> Option<Slip> {
    let end_of_line = |at: usize| text[at..].find('\n').map_or(text.len(), |n| at + n);
    let until = end_of_line(text.floor_char_boundary(until.min(text.len())));
    let next = if until < text.len() { end_of_line(until + 1) } else { until };
    let mut scan = Scan { text, at: 0, levels: Vec::new(), before: Before::Opens, left: None };
    while scan.at < text.len() && scan.at <= next {
        if let Err(slip) = scan.line() {
            return Some(slip).filter(|slip| slip.at.start <= if is_tab { next } else { until });
        }
    }
    None
}

/// How the line before ended.
enum Before {
    /// With the name of a field, or a dash: its value follows.
    Opens,
    /// With a text without quotes, which may go on, and the place of a remark behind it.
    Plain(Option<usize>),
    /// With a value that is complete.
    Complete,
}

/// A group of fields or a list that is open.
struct Level {
    column: usize,
    is_list: bool,
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    levels: Vec<Level>,
    before: Before,
    /// The line before, if it left groups, and their columns.
    left: Option<(usize, Vec<usize>)>,
}

impl<'t> Scan<'t> {
    fn line(&mut self) -> Result<(), Slip> {
        let start = self.at;
        let line = self.text[start..].lines().next().unwrap_or_default();
        self.at = self.next_line(start);
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        if content.trim().is_empty() || content.starts_with('#') || line.starts_with("---") {
            return Ok(());
        }
        if content.starts_with('\t') {
            return Err(Slip::tab(start + indent));
        }
        let is_dash = content == "-" || content.starts_with("- ");
        let left = self.left.take();
        if let Some(top) = self.levels.last()
            && indent > top.column
        {
            let (plain, _) = without_remark(content, 0);
            let goes_back = colon(plain).is_some_and(|colon| is_field(&plain[..colon]));
            match (&self.before, left) {
                // The line before left a group that goes on here: that one is at fault.
                (Before::Plain(_) | Before::Complete, Some((at, columns)))
                    if goes_back && columns.contains(&indent) =>
                {
                    return Err(Slip::indented(at));
                }
                _ => {}
            }
            match self.before {
                Before::Plain(remark) => return self.goes_on(content, start + indent, remark),
                Before::Complete => return Err(Slip::indented(start + indent)),
                Before::Opens => {}
            }
        }
        let is_first = self.place(indent, is_dash, start + indent)?;
        self.entries(content, start + indent, indent, is_first)
    }

    fn next_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |n| at + n + 1)
    }

    /// A further line of a text without quotes.
    fn goes_on(&mut self, content: &str, at: usize, remark: Option<usize>) -> Result<(), Slip> {
        if let Some(remark) = remark {
            return Err(Slip::remark_in_text(remark));
        }
        let (plain, remark) = without_remark(content, at);
        match colon(plain) {
            Some(colon) if is_field(&plain[..colon]) => Err(Slip::indented(at)),
            Some(colon) => Err(Slip::colon_further_down(at + colon)),
            None => {
                self.before = Before::Plain(remark);
                Ok(())
            }
        }
    }

    /// Closes the groups that the line is no part of, and opens one if it is the first of its own, which it returns.
    fn place(&mut self, indent: usize, is_dash: bool, at: usize) -> Result<bool, Slip> {
        let opens = matches!(self.before, Before::Opens);
        let deepest = self.levels.last().map(|level| level.column);
        let mut columns = Vec::new();
        while let Some(level) = self.levels.pop_if(|top| top.column > indent) {
            columns.push(level.column);
        }
        self.left = (!columns.is_empty()).then_some((at, columns));
        let Some(top) = self.levels.last() else {
            // The first line of all, or one that lies before every other.
            self.levels.push(Level { column: indent, is_list: is_dash });
            return if deepest.is_none() { Ok(true) } else { Err(Slip::indented(at)) };
        };
        if top.column < indent {
            // Groups of this column were closed, or never opened.
            if deepest.is_some_and(|deepest| deepest > indent) || !opens {
                return Err(Slip::indented(at));
            }
            self.levels.push(Level { column: indent, is_list: is_dash });
            return Ok(true);
        } else if is_dash && !top.is_list {
            // A list may stand at the column of its field.
            if !opens {
                return Err(Slip::indented(at));
            }
            self.levels.push(Level { column: indent, is_list: true });
        } else if !is_dash && top.is_list {
            let outer = self.levels.len().checked_sub(2).and_then(|n| self.levels.get(n));
            let has_fields_here = outer.is_some_and(|outer| outer.column == indent && !outer.is_list);
            let rest = &self.text[at..];
            if rest.starts_with('-') && !rest.starts_with("---") {
                return Err(Slip::no_space_after_dash(at));
            }
            if !has_fields_here {
                return Err(Slip::indented(at));
            }
            self.levels.pop();
        }
        Ok(false)
    }

    /// The dashes, the name and the value of a line. `is_first` says that it may be a text instead of a field.
    fn entries(&mut self, content: &'t str, at: usize, column: usize, is_first: bool) -> Result<(), Slip> {
        let (mut content, mut at, mut column, mut may_be_text) = (content, at, column, is_first);
        let mut holder = self.levels.iter().rev().map(|level| level.column).find(|c| *c < column).unwrap_or_default();
        while let Some(rest) = content.strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(' ')) {
            let inner = rest.trim_start();
            let width = content.len() - inner.len();
            (holder, may_be_text) = (column, true);
            (content, at, column) = (inner, at + width, column + width);
            if inner.is_empty() || inner.starts_with('#') {
                self.before = Before::Opens;
                return Ok(());
            }
            self.levels.push(Level { column, is_list: inner.starts_with("- ") });
        }
        let name = if content.starts_with(['"', '\'']) {
            let end = flow::quoted(self.text, at, holder)? - at;
            content.get(end..).filter(|rest| rest.starts_with(':')).map(|_| end)
        } else if content.starts_with(['[', '{']) {
            None
        } else {
            let (plain, _) = without_remark(content, at);
            let colon = colon(plain);
            if colon.is_none() && !may_be_text {
                return Err(without_colon(plain, at));
            }
            colon
        };
        let Some(colon) = name else {
            // A text is no group: what follows it stands at the column of what holds it.
            self.levels.pop_if(|top| top.column == column && may_be_text);
            return self.value(content, at, holder);
        };
        let value = content[colon + 1..].trim_start();
        self.value(value, at + content.len() - value.len(), column)
    }

    /// A value; `holder` is the column of what holds it.
    fn value(&mut self, value: &'t str, at: usize, holder: usize) -> Result<(), Slip> {
        match value.chars().next() {
            None | Some('#') => self.before = Before::Opens,
            Some('"' | '\'') => {
                let end = flow::quoted(self.text, at, holder)?;
                return self.ends(end, at);
            }
            Some('[' | '{') => {
                let end = flow::brackets(self.text, at, holder)?;
                return self.ends(end, at);
            }
            Some('|' | '>') => return self.text_below(value, at, holder),
            Some('*' | '&' | '!' | '@' | '`' | '%') => self.before = Before::Complete,
            Some(_) => {
                let (plain, remark) = without_remark(value, at);
                if let Some(colon) = colon(plain) {
                    return Err(Slip::second_colon(at + colon));
                }
                self.before = Before::Plain(remark);
            }
        }
        Ok(())
    }

    /// Nothing but a remark may follow a value that is complete.
    fn ends(&mut self, end: usize, opened: usize) -> Result<(), Slip> {
        let rest = self.text[end..].lines().next().unwrap_or_default();
        let after = rest.trim_start();
        self.before = Before::Complete;
        self.at = self.next_line(end.min(self.text.len()));
        let at = end + rest.len() - after.len();
        let opening = self.text[opened..].chars().next().unwrap_or_default();
        match after.chars().next() {
            None => Ok(()),
            Some('#') if rest.starts_with([' ', '\t']) => Ok(()),
            Some(bracket @ (']' | '}')) => Err(Slip::closes_nothing(at, bracket)),
            Some(_) if opening == '[' || opening == '{' => Err(Slip::starts_with_bracket(opened, opening)),
            // The text between two marks may be what stands between two texts, whose own marks were left open.
            Some(_) if self.text[opened..end].contains('\n') => Err(Slip::open_quote(opened, opening)),
            Some(_) => Err(Slip::after_quote(at, opening)),
        }
    }

    /// A text of several lines after `|` or `>`.
    fn text_below(&mut self, head: &str, at: usize, holder: usize) -> Result<(), Slip> {
        let (head, _) = without_remark(head, at);
        let mark = head.chars().next().unwrap_or_default();
        if head[1..].trim().chars().any(|c| !c.is_ascii_digit() && c != '+' && c != '-') {
            return Err(Slip::starts_with_mark(at, mark));
        }
        self.before = Before::Complete;
        let mut column = None;
        while self.at < self.text.len() {
            let line = self.text[self.at..].lines().next().unwrap_or_default();
            let indent = line.len() - line.trim_start_matches(' ').len();
            if !line.trim().is_empty() {
                if indent <= holder {
                    break;
                }
                if indent < *column.get_or_insert(indent) {
                    return Err(Slip::indented(self.at + indent));
                }
            }
            self.at = self.next_line(self.at);
        }
        Ok(())
    }
}

/// A line without its remark, and the place of that.
fn without_remark(content: &str, at: usize) -> (&str, Option<usize>) {
    let remark = content.match_indices('#').find(|(i, _)| content[..*i].ends_with([' ', '\t']));
    match remark {
        Some((i, _)) => (content[..i].trim_end(), Some(at + i)),
        None => (content.trim_end(), None),
    }
}

/// The first colon that ends a name.
fn colon(plain: &str) -> Option<usize> {
    plain.find(": ").or_else(|| plain.ends_with(':').then(|| plain.len() - 1))
}

/// Whether a text is the name of a field, as all of them are written.
fn is_field(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

fn without_colon(plain: &str, at: usize) -> Slip {
    if ["//", "/*", "<!--", ";", "--"].iter().any(|mark| plain.starts_with(mark)) {
        return Slip::foreign_remark(at);
    }
    match plain.find(':') {
        Some(colon) if is_field(&plain[..colon]) => Slip::no_space(at + colon),
        _ => Slip::no_colon(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(text: &str) -> Option<(usize, String)> {
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        first_slip(text, text.len(), true).map(|slip| (line(slip.at.start), slip.message))
    }

    #[test]
    fn the_advice_for_text_after_a_quotation_mark_is_the_other_mark() {
        let hint = |text: &str| first_slip(text, text.len(), false).expect("it is a slip").hint;
        assert!(hint("a: 'the entrance's door'\n").starts_with("put `\"` around"));
        assert!(hint("a: \"b\" c\n").ends_with("`'…'` where `\"` is in it"));
    }

    #[test]
    fn each_slip_is_found_on_the_line_where_it_was_made() {
        let indented = "this line is not indented like its neighbours";
        let open = "this quotation mark is not closed";
        let cases = [
            ("a: b\nc:\n  d: e\n  f: [g, h]\ni:\n- j: k\n  l: m\n- n\no: >-\n  p: q\n\n   r\ns: t\n", None),
            ("a:\n  - b: c\n\n    # d\n    e:\n      - f\n      - \"g: h\n        i\"\n  - 'it''s'\n", None),
            ("a: b\n  c d\n  e\n'f: g': h\n", None),
            ("a:\n  b: c\n   d: e\n", Some((3, indented))),
            ("a:\n  b: c\n d: e\n", Some((3, indented))),
            ("a:\n  b: \"c\"\n    d: e\n", Some((3, indented))),
            ("a:\n  b: c\nd: e\n  f: g\n", Some((3, indented))),
            ("a:\n  b: c\nd: { e: f }\n  g: h\n", Some((3, indented))),
            ("a: |\n   b\n  c\n", Some((3, indented))),
            ("a:\n  - b\n - c\n", Some((3, indented))),
            ("a:\n  - { b: c }\n   - d\n", Some((3, indented))),
            ("a:\n  - b: c\n   d: e\n", Some((3, indented))),
            ("a:\n\tb: c\n", Some((2, "this line is indented with a tab"))),
            ("a: b\nc d\n", Some((2, "there is no `: ` in this line"))),
            ("a: b\nc:d\n", Some((2, "there is no space after this colon"))),
            ("a: b\n// c\n", Some((2, "this line is no field"))),
            ("a:\n  - b\n  -c\n", Some((3, "there is no space after this `-`"))),
            ("a: b: c\n", Some((1, "this line has a second `: `"))),
            ("a:\n  - b: c: d\n", Some((2, "this line has a second `: `"))),
            ("a: b\n  they said: c\n", Some((2, "a text that contains `: ` needs quotes"))),
            ("a: b #c\n  d\n", Some((1, "what follows ` #` is not read, and the text goes on below"))),
            ("a: [b] c\n", Some((1, "a text that starts with `[` needs quotes"))),
            ("a: \"b\" c\n", Some((1, "text follows a closing quotation mark"))),
            ("a: \"b\nc: \"d\"\n", Some((1, open))),
            ("a:\n  - \"b\n  - \"c\"\n", Some((2, open))),
            ("a: 'b\n  c: d's\n", Some((1, open))),
            ("a: | b\n", Some((1, "a text that starts with `|` needs quotes"))),
            ("a: { b: c\nd: e\n", Some((1, "this `{` is not closed"))),
            ("a:\n  - { b: [c, d] \n  - { b: c }\n", Some((2, "this `{` is not closed"))),
        ];
        for (text, expected) in cases {
            assert_eq!(slip(text), expected.map(|(line, said)| (line, said.to_owned())), "{text}");
        }
    }
}
