//! Templates in other languages and in easy read: `KIND.LANG.md` and `KIND.easy-read.md` beside `KIND.md`, and parts of theirs.
//!
//! In: a template's name and text. Out: its rendition, its title, and what is wrong with it.
//!
//! Deliberately absent: the words, and who reads them.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::layers::blocks::{TagKind, tags};
use crate::model::artefact::Artefact;
use crate::model::language::{Rendition, TranslationFront, file_of, of_file};
use crate::yaml;

/// The titles of kinds of paper in other languages and in easy read.
#[derive(Debug, Clone, Default)]
pub struct Titles(BTreeMap<(String, Rendition), String>);

impl Titles {
    /// Reads the title of a template in another language.
    ///
    /// # Errors
    /// Every fault of its front matter, with its line in the template.
    pub fn add(
        &mut self,
        (name, rendition): (&str, Rendition),
        (full, text, front): (&str, &str, &str),
    ) -> Result<(), Report> {
        let read = yaml::read::<TranslationFront>(full, front);
        let mut report = Report::default();
        report.add_source(full, text);
        for mut fault in read.faults {
            // Spans count from the start of the YAML, which is four bytes into the file.
            fault.place.span = fault.place.span.map(|s| s.start + 4..s.end + 4);
            fault.code = codes::BAD_FRONT_MATTER;
            let hint = "a template in another language or in easy read has a `title:` and perhaps an `of:`; the English one says who gets it";
            report.push(if fault.hint.is_some() { fault } else { fault.hint(hint) });
        }
        if report.has_errors() {
            return Err(report);
        }
        if let Some(front) = read.value {
            self.0.insert((name.trim_end_matches(".md").to_owned(), rendition), front.title);
        }
        Ok(())
    }

    /// The kinds of paper that there are in other languages, each as the English one with the title of its own.
    pub fn of_papers(&self, papers: &BTreeMap<String, Artefact>) -> BTreeMap<(String, Rendition), Artefact> {
        let translated = |((kind, rendition), title): (&(String, Rendition), &String)| {
            let artefact = Artefact { title: title.clone(), ..papers.get(kind)?.clone() };
            Some(((kind.clone(), *rendition), artefact))
        };
        self.0.iter().filter_map(translated).collect()
    }
}

/// What a template in another language takes from one that is not in it: half a letter would be in English, and nobody would
/// have chosen that.
pub fn mixed(full: &str, text: &str) -> Vec<Diagnostic> {
    let Some((_, rendition)) = of_file(full) else { return Vec::new() };
    let mut found = Vec::new();
    let takes = |word: &str| matches!(word, "include" | "extends");
    for tag in tags(text).into_iter().filter(|tag| tag.kind == TagKind::Statement && takes(tag.word(text))) {
        let inside = &text[tag.inside.clone()];
        for (at, name) in quoted(inside) {
            if of_file(name).is_some_and(|(_, of)| of == rendition) {
                continue;
            }
            // A part in Welsh of words in easy read becomes one in easy read of it.
            let plain = of_file(name).map_or_else(|| name.to_owned(), |(of, _)| of);
            let start = tag.inside.start + at;
            let place = Place { span: Some(start..start + name.len()), ..Place::file(full) };
            let error = Diagnostic::error(codes::BAD_TEMPLATE, format!("`{name}` is not in {}", rendition.name()));
            let hint = Hint::naming(WRITE[usize::from(rendition.easy)], [file_of(&plain, rendition)]);
            found.push(error.place(place).hint(hint));
        }
    }
    found
}

/// The advice on a part in another language, and on one that is not in easy read.
const WRITE: [&str; 2] =
    ["write its words in that language, and name it `{}`", "write its words in easy read, and name it `{}`"];

/// The texts in quotation marks, each with its place.
fn quoted(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find(['"', '\'', '`']).map(|i| at + i) {
        let mark = &text[open..=open];
        let Some(end) = text[open + 1..].find(mark).map(|i| open + 1 + i) else { break };
        found.push((open + 1, &text[open + 1..end]));
        at = end + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_takes_nothing_from_one_in_another_language() {
        let text = "{% extends \"base/invitation.cy.md\" %}{% include 'parts/leads.md' %}{# include \"x.md\" #}{% include \"a.ar.md\" %}";
        let told = mixed("penrhos/invitation.cy.md", text);
        let said: Vec<(&str, &str)> =
            told.iter().map(|d| (d.message.as_str(), &text[d.place.span.clone().expect("a place")])).collect();
        let expected =
            [("`parts/leads.md` is not in Welsh", "parts/leads.md"), ("`a.ar.md` is not in Welsh", "a.ar.md")];
        assert_eq!(said, expected);
        assert!(mixed("penrhos/invitation.md", text).is_empty(), "ours may take what it likes");
        let told =
            mixed("penrhos/invitation.easy-read.md", "{% include 'parts/a.md' %}{% include 'parts/a.easy-read.md' %}");
        assert_eq!(told.iter().map(|d| d.message.as_str()).collect::<Vec<_>>(), ["`parts/a.md` is not in easy read"]);
    }
}
