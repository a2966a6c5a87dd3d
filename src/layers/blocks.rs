//! The blocks of a template, each with the purpose that its comment gives, and the template that it extends.
//!
//! In: the text of a template. Out: places in that text. The engine compiles templates and does not keep the text of
//! their blocks, which is needed to change just one: so the tags are found here, and anything between them is skipped.
//! A theme file is split in the same way: each name that it defines at the left margin is a block, and it extends the
//! file of a layer that it imports.
//!
//! Deliberately absent: the meaning of expressions.

use std::ops::Range;

use super::ending::has_ending;

/// A tag of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The kind of tag.
    pub kind: TagKind,
    /// The tag, braces included.
    pub span: Range<usize>,
    /// The text between the braces, without the hyphens that trim white space.
    pub inside: Range<usize>,
}

/// The kind of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagKind {
    /// `{# … #}`
    Comment,
    /// `{% … %}`
    Statement,
    /// `{{ … }}`
    Print,
}

/// A block of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateBlock {
    /// Its name.
    pub name: String,
    /// Its purpose, from the comment `{# block NAME: PURPOSE #}` before it.
    pub purpose: Option<String>,
    /// From its first tag to its last.
    pub outer: Range<usize>,
    /// The text between the two.
    pub inner: Range<usize>,
    /// The block that encloses it.
    pub within: Option<String>,
}

impl Tag {
    /// The first word of a statement: `for`, `block`.
    pub fn word<'t>(&self, text: &'t str) -> &'t str {
        self.words(text).next().unwrap_or_default()
    }

    fn words<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        text[self.inside.clone()].split_whitespace()
    }
}

/// Every tag of a template, in order, except between `{% raw %}` and `{% endraw %}`. A tag that is never closed ends
/// the list: the engine reports it.
pub fn tags(text: &str) -> Vec<Tag> {
    each_tag(text).collect()
}

/// The same, one after the other, for whoever needs only the first.
pub fn each_tag(text: &str) -> impl Iterator<Item = Tag> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let tag = next_tag(text, at)?;
            at = tag.span.end;
            if tag.kind != TagKind::Statement || tag.word(text) != "raw" {
                return Some(tag);
            }
            // What is never closed holds no tags.
            at = end_of_raw(text, at).unwrap_or(text.len());
        }
    })
}

fn next_tag(text: &str, from: usize) -> Option<Tag> {
    let (start, kind) = text[from..].match_indices('{').find_map(|(i, _)| {
        let kind = match text.as_bytes().get(from + i + 1)? {
            b'#' => TagKind::Comment,
            b'%' => TagKind::Statement,
            b'{' => TagKind::Print,
            _ => return None,
        };
        Some((from + i, kind))
    })?;
    let end = match kind {
        // In `{#}` the sign that opens does not close.
        TagKind::Comment => start + 2 + text[start + 2..].find("#}")? + 2,
        TagKind::Statement => end_outside_quotes(text, start + 2, "%}")?,
        TagKind::Print => end_outside_quotes(text, start + 2, "}}")?,
    };
    let inside = &text[start + 2..end - 2];
    let left = inside.len() - inside.strip_prefix('-').unwrap_or(inside).trim_start().len();
    let right = inside.strip_suffix('-').unwrap_or(inside).trim_end().len();
    Some(Tag { kind, span: start..end, inside: start + 2 + left.min(right)..start + 2 + right.max(left) })
}

/// The end of a tag. Text in quotation marks does not close it.
fn end_outside_quotes(text: &str, from: usize, close: &str) -> Option<usize> {
    let (bytes, mut quote) = (text.as_bytes(), None);
    for (i, byte) in bytes.iter().enumerate().skip(from) {
        match (quote, byte) {
            (Some(q), byte) if q == byte => quote = None,
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, _) if bytes[i..].starts_with(close.as_bytes()) => return Some(i + close.len()),
            _ => {}
        }
    }
    None
}

fn end_of_raw(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let start = at + text[at..].find("{%")?;
        let end = start + 2 + text[start + 2..].find("%}")? + 2;
        if text[start + 2..end - 2].trim_matches('-').trim() == "endraw" {
            return Some(end);
        }
        at = start + 2;
    }
}

/// Every block of a template or a theme file. Other files have none.
pub fn blocks_of(name: &str, text: &str) -> Vec<TemplateBlock> {
    match has_ending(name, "typ") {
        true => definitions(text),
        false if has_ending(name, "md") => blocks(text),
        false => Vec::new(),
    }
}

/// The file that a template or a theme file extends.
pub fn extends_of<'t>(name: &str, text: &'t str) -> Option<&'t str> {
    if has_ending(name, "typ") { imports(text) } else { extends(text) }
}

/// Every name that a theme file defines at the left margin, with the comment above it or beside it as its purpose. A
/// definition ends before the next line that starts at the left margin with a comment or another statement.
fn definitions(text: &str) -> Vec<TemplateBlock> {
    let mut found: Vec<TemplateBlock> = Vec::new();
    let (mut at, mut comment) = (0, Vec::new());
    let mut open = false;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if let Some(words) = line.strip_prefix("// ") {
            comment.push(words.trim());
            open = false;
        } else if let Some(rest) = line.strip_prefix("#let ") {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect();
            let beside = line.split_once(" // ").map(|(_, words)| words.trim().to_owned());
            let above = Some(comment.join(" ")).filter(|words| !words.is_empty());
            let purpose = beside.or(above);
            found.push(TemplateBlock { name, purpose, outer: at..end, inner: at..end, within: None });
            (open, comment) = (true, Vec::new());
        } else if line.starts_with('#') || line.trim() == "//" {
            (open, comment) = (false, Vec::new());
        } else if let Some(block) = found.last_mut().filter(|_| open && !line.trim().is_empty()) {
            (block.outer.end, block.inner.end) = (end, end);
        } else {
            comment.clear();
        }
        at = end;
    }
    found
}

/// The file of a layer from which a theme file imports everything: `base/theme/brand.typ` of
/// `#import "/base/theme/brand.typ": *`.
fn imports(text: &str) -> Option<&str> {
    let from = text.lines().find_map(|line| line.strip_prefix("#import \"/")?.trim_end().strip_suffix("\": *"))?;
    (!from.starts_with("theme/")).then_some(from)
}

/// Every block of a template, in the order of their opening tags.
pub fn blocks(text: &str) -> Vec<TemplateBlock> {
    let mut blocks: Vec<TemplateBlock> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut purpose: Option<(String, String)> = None;
    for tag in tags(text) {
        match (tag.kind, tag.word(text)) {
            (TagKind::Comment, "block") => purpose = name_and_purpose(&text[tag.inside.clone()]),
            (TagKind::Statement, "block") => {
                let name = tag.words(text).nth(1).unwrap_or_default().to_owned();
                let within = open.last().map(|i| blocks[*i].name.clone());
                let purpose = purpose.take().filter(|(of, _)| *of == name).map(|(_, purpose)| purpose);
                open.push(blocks.len());
                let span = tag.span.clone();
                blocks.push(TemplateBlock { name, purpose, outer: span.clone(), inner: span.end..span.end, within });
            }
            (TagKind::Statement, "endblock") => {
                if let Some(block) = open.pop().and_then(|i| blocks.get_mut(i)) {
                    block.inner.end = tag.span.start;
                    block.outer.end = tag.span.end;
                }
            }
            _ => {}
        }
    }
    blocks
}

/// Splits `block NAME: PURPOSE` into its two parts.
fn name_and_purpose(comment: &str) -> Option<(String, String)> {
    let (name, purpose) = comment.strip_prefix("block")?.split_once(':')?;
    Some((name.trim().to_owned(), purpose.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// The name of the template that this one extends, such as `base/minutes.md`.
pub fn extends(text: &str) -> Option<&str> {
    let tag = each_tag(text).find(|tag| tag.kind == TagKind::Statement)?;
    let rest = text[tag.inside].strip_prefix("extends")?.trim();
    Some(rest.trim_matches(['"', '\'', '`']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_with_their_purposes_and_the_block_they_stand_in() {
        let text = "{# block a: the first\n  of two -#}\n{% block a -%}x{% block b %}{{ \"%}{% block c %}\" }}{% endblock b %}\n{%- endblock %}";
        let found = blocks(text);
        let short: Vec<_> =
            found.iter().map(|b| (b.name.as_str(), b.purpose.as_deref(), b.within.as_deref())).collect();
        assert_eq!(short, [("a", Some("the first of two"), None), ("b", None, Some("a"))]);
        assert!(
            text[found[0].inner.clone()].starts_with("x{% block b %}")
                && text[found[0].outer.clone()].ends_with("{%- endblock %}")
        );
    }

    #[test]
    fn names_of_a_theme_file_are_its_blocks() {
        let text = "#import \"/base/theme/brand.typ\": *\n\n// How high\n// it is.\n#let mark(height) = {\n  1\n\n}\n#let ink = 1 // text\n";
        let found = blocks_of("theme/brand.typ", text);
        let short: Vec<_> = found.iter().map(|b| (b.name.as_str(), b.purpose.as_deref())).collect();
        assert_eq!(short, [("mark", Some("How high it is.")), ("ink", Some("text"))]);
        assert!(text[found[0].outer.clone()].ends_with("}\n"));
        assert_eq!(extends_of("theme/brand.typ", text), Some("base/theme/brand.typ"));
    }

    #[test]
    fn a_tag_needs_a_sign_to_open_and_another_to_close() {
        for text in ["{#}", "{%}", "{% raw %}{%}", "{% raw %}{%}{% endraw", "{", "{#", "{{}"] {
            assert!(tags(text).is_empty(), "{text}");
        }
        for text in ["{##}", "{%%}", "{{}}", "{#}#}", "{# {#}", "{#-#}", "{{-}}", "{% raw %}{%}{% endraw %}{%-%}"] {
            assert_eq!(tags(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn what_is_raw_or_a_comment_holds_no_block() {
        assert!(blocks("{% raw %}{% block a %}{% endblock %}{% endraw %}{# {% block b %} #}").is_empty());
        assert_eq!(extends("{# mine #}\n{%- extends 'base/x.md' -%}\n"), Some("base/x.md"));
        assert_eq!(extends("{% if a %}{% endif %}{% extends \"x\" %}"), None);
    }
}
