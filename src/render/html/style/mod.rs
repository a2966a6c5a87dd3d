//! Style sheets.
//!
//! In: the look of a council, and the running text of a paper. Out: CSS. `screen.css`, `print.css` and `easy.css` beside this file
//! hold the rules; what differs from council to council is a variable, and what differs from paper to paper is a class or stands
//! in [`rules_of_pages`].
//!
//! Deliberately absent: text as CSS in any other way than as a string whose signs are escaped.

use super::colour::{NIGHT, Use, at_night, tint_at_night};
use super::face;
use crate::doc::{Layout, Meta};
use crate::render::brand::Look;

const SCREEN: &str = include_str!("screen.css");
const PRINT: &str = include_str!("print.css");
const EASY: &str = include_str!("easy.css");

/// The sizes of text that a reader may ask for, in points, besides the council's large print.
const POINTS: std::ops::RangeInclusive<u32> = 12..=28;

/// The lines that a field may have.
const LINES: std::ops::RangeInclusive<u8> = 2..=20;

/// The style sheet of a council, for all its papers.
pub fn style_sheet(look: &Look) -> String {
    let mut css = format!(
        ".paper{{--ink:{};--colour:{};--tint:{};--accent:{};--ground:#ffffff;--hair:#a9b3b0;--quiet:#4a4f4e;--k:1;--fonts:{}}}\n",
        look.ink,
        look.colour,
        look.tint,
        look.accent,
        face::families(look),
    );
    css.push_str(&format!(
        "@media screen and (prefers-color-scheme:dark){{.paper{{--ink:#e8ebea;--colour:{};--tint:{};--accent:{};--ground:{NIGHT};--hair:#5b6663;--quiet:#b5bdba}}}}\n",
        at_night(&look.colour, Use::Text),
        tint_at_night(&look.colour),
        at_night(&look.accent, Use::Line),
    ));
    let own = std::iter::once(("large-print".to_owned(), look.large_print));
    for (class, points) in own.chain(POINTS.map(|points| (format!("points-{points}"), points))) {
        css.push_str(&format!(".{class}{{--k:{:.4};--small:{:.4}}}\n", f64::from(points) / 12.0, small(points)));
    }
    for lines in LINES {
        css.push_str(&format!(".paper textarea[rows=\"{lines}\"]{{--lines:{lines}}}\n"));
    }
    for rules in [SCREEN, PRINT] {
        bare(rules, &mut css);
    }
    css
}

/// The rules for papers in easy read, which no other has.
pub fn of_easy_read() -> String {
    let mut css = String::new();
    bare(EASY, &mut css);
    css
}

/// Rules without their comments and the spaces before their lines.
fn bare(rules: &str, out: &mut String) {
    let mut rest = rules;
    let mut without = String::with_capacity(rules.len());
    while let Some((rule, comment)) = rest.split_once("/*") {
        without.push_str(rule);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    without.push_str(rest);
    for line in without.lines().map(str::trim).filter(|line| !line.is_empty()) {
        out.push_str(line);
        out.push('\n');
    }
}

/// How much larger running text is, which the theme lets grow to 13.5 pt and no further.
fn small(points: u32) -> f64 {
    (f64::from(points) / 12.0).min(1.35)
}

/// What stands at the head and the foot of every sheet of paper, as in the theme: the first page has its marking in the text.
pub fn rules_of_pages(meta: &Meta) -> String {
    let head: Vec<&str> = std::iter::once(meta.marking.as_str()).chain(meta.draft.as_deref()).collect();
    let number = match &meta.page {
        [before, between, after] if !before.is_empty() || !between.is_empty() => {
            format!("{} counter(page) {} counter(pages) {}", string(before), string(between), string(after))
        }
        _ => "none".to_owned(),
    };
    let top = if meta.layout == Layout::Letter { "margin-top:8mm;" } else { "" };
    format!(
        "@page{{@top-center{{content:{}}}@bottom-left{{content:{}}}@bottom-right{{content:{number}}}}}\
         @page:first{{{top}@top-center{{content:none}}}}\n",
        string(&head.join(" · ")),
        string(&meta.foot),
    )
}

/// A text as a string of CSS. Signs that would end it, or the element around it, are escaped (CSS Syntax 3, §4.3.7).
fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '>' | '&' => out.push_str(&format!("\\{:x} ", u32::from(c))),
            c if c.is_control() => out.push_str(&format!("\\{:x} ", u32::from(c).max(1))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_end_its_string_or_the_element_around_it() {
        assert_eq!(string("A \"b\" </style>\n"), "\"A \\22 b\\22  \\3c /style\\3e \\a \"");
        assert_eq!(string("\\"), "\"\\5c \"");
    }
}
