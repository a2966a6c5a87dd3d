//! Every text of the conference file, with its sort and its effective clearance.
//!
//! The clearance is the narrowest of the text's own and those of everything around it: an action in a goal for
//! professionals is for professionals, whatever its own mark ([`Clearances`]).
//!
//! Deliberately absent: ids, dates and words from a list, which say nothing of anybody; and what reaches nobody, as
//! protected names and the reasons for a mark.

use std::cell::OnceCell;

use unicode_normalization::UnicodeNormalization;

use super::access::Clearances;
use super::allow::allowed;
use crate::fields::{self, Readers, Sort};
use crate::fold::{Folded, is_invisible};
use crate::input::{BOROUGH, Loaded};
use crate::markdown;
use crate::model::Clearance;

/// A text with its sort and its clearance.
#[derive(Debug)]
pub struct FieldText<'a> {
    /// Its field path.
    pub path: String,
    /// The text as typed.
    pub text: &'a str,
    /// What kind of text it is.
    pub sort: Sort,
    /// The narrowest mark on it and around it.
    pub clearance: Clearance,
    /// The mark that somebody put on it, if any.
    pub mark: Option<Clearance>,
    /// Each is made once, since several rules read it.
    readings: OnceCell<Vec<String>>,
    heard: OnceCell<Vec<Folded>>,
}

impl<'a> FieldText<'a> {
    fn new(path: String, text: &'a str, sort: Sort, clearance: Clearance, mark: Option<Clearance>) -> Self {
        Self { path, text, sort, clearance, mark, readings: OnceCell::new(), heard: OnceCell::new() }
    }

    /// The text as a reader may see it: as it was typed and, if that differs, as Markdown shows it. Both are folded.
    pub fn readings(&self) -> &[String] {
        self.readings.get_or_init(|| {
            let shown = (self.sort == Sort::Prose).then(|| folded(&markdown::plain_text(self.text)));
            std::iter::once(folded(self.text)).chain(shown).collect()
        })
    }

    /// The text as a reader hears it: as it was typed and, if it may be Markdown, as that is shown.
    pub fn heard(&self) -> &[Folded] {
        self.heard.get_or_init(|| heard(self.text))
    }

    /// Whether it says something in words of its own: no name, no address and no key.
    pub fn is_said(&self) -> bool {
        matches!(self.sort, Sort::Text | Sort::Prose | Sort::Word)
    }
}

/// A text as it was typed and, if it may be Markdown, as that is shown.
pub fn heard(text: &str) -> Vec<Folded> {
    let marked = text.contains(['*', '_', '[', ']', '<', '&', '\\', '`', '~', '#', '!']);
    let shown = marked.then(|| Folded::of(&markdown::plain_text(text)));
    std::iter::once(Folded::of(text)).chain(shown).collect()
}

/// Normalises a text: no invisible characters, plain hyphens and apostrophes, single spaces.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return words_of(text.split_whitespace());
    }
    let plain = text.nfkc().filter(|c| !is_invisible(*c)).map(|c| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '‘' | '’' | 'ʼ' => '\'',
        c => c,
    });
    words_of(plain.collect::<String>().split_whitespace())
}

fn words_of<'t>(words: impl Iterator<Item = &'t str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

/// Every text of the conference that no allowance exempts, in the order of the file.
pub fn of_conference(loaded: &Loaded) -> Vec<FieldText<'_>> {
    let clearances = Clearances::of(loaded);
    let texts = loaded.places.conference.texts().filter_map(|(path, text)| {
        let field = fields::of_path(path).filter(|f| f.sort != Sort::Key && f.readers != Readers::Nobody)?;
        let clearance = clearances.clearance(path, field);
        let mark = clearances.typed(path);
        allowed(loaded, path).is_none().then(|| FieldText::new(path.to_owned(), text, field.sort, clearance, mark))
    });
    texts.collect()
}

/// Whether a text of the conference is in a paper for somebody.
pub fn is_read(loaded: &Loaded, path: &str) -> bool {
    let field = fields::of_path(path);
    let field = field.filter(|f| f.sort != Sort::Key && !matches!(f.readers, Readers::Nobody | Readers::Record));
    field.is_some_and(|field| Clearances::of(loaded).clearance(path, field) < Clearance::Restricted)
}

/// The council's own words. It may publish them as it likes, so anybody may read them.
pub fn of_council(loaded: &Loaded) -> Vec<FieldText<'_>> {
    let mut own = Own(Vec::new());
    let b = &loaded.borough;
    own.add("concern.text", b.concern.text.as_deref());
    own.add("settings.retention", b.settings.retention.as_deref());
    own.add("settings.escalation", b.settings.escalation.as_ref().map(|e| e.0.as_str()));
    for (id, term) in &b.terms {
        own.add(&format!("terms.{id}.singular"), Some(&term.singular));
        own.add(&format!("terms.{id}.meaning"), term.meaning.as_deref());
    }
    for (i, option) in b.settings.decision_options.iter().flatten().enumerate() {
        own.add(&format!("settings.decision_options[{i}].title"), Some(&option.title));
        own.add(&format!("settings.decision_options[{i}].meaning"), Some(&option.meaning));
    }
    for (harm, plain) in &b.harms {
        own.add(&format!("harms.{harm}"), Some(plain));
    }
    for (kind, points) in &b.agenda {
        for (i, point) in points.iter().enumerate() {
            own.add(&format!("agenda.{}[{i}].title", kind.id()), Some(&point.title));
        }
    }
    own.0
}

struct Own<'a>(Vec<FieldText<'a>>);

impl<'a> Own<'a> {
    fn add(&mut self, path: &str, text: Option<&'a str>) {
        let Some(text) = text else { return };
        let path = format!("{BOROUGH}{path}");
        self.0.push(FieldText::new(path, text, Sort::Prose, Clearance::Public, None));
    }
}
