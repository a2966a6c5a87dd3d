//! Every text of the conference file, with its sort and its effective clearance.
//!
//! The clearance is the narrowest of the text's own and those of everything around it: an action in a goal for
//! professionals is for professionals, whatever its own mark ([`Clearances`]).
//!
//! Deliberately absent: ids, dates and words from a list, which say nothing of anybody; and what reaches nobody, as
//! protected names and the reasons for a mark.

use unicode_normalization::UnicodeNormalization;

use super::access::Clearances;
use super::allow::allowed;
use crate::fields::{self, Readers, Sort};
use crate::fold::is_invisible;
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
}

impl FieldText<'_> {
    /// The text as a reader may see it: as it was typed and, if that differs, as Markdown shows it. Both are folded.
    pub fn readings(&self) -> Vec<String> {
        let shown = (self.sort == Sort::Prose).then(|| folded(&markdown::plain_text(self.text)));
        std::iter::once(folded(self.text)).chain(shown).collect()
    }

    /// Whether it says something in words of its own: no name, no address and no key.
    pub fn is_said(&self) -> bool {
        matches!(self.sort, Sort::Text | Sort::Prose | Sort::Word)
    }
}

/// Normalises a text: no invisible characters, plain hyphens and apostrophes, single spaces.
pub fn folded(text: &str) -> String {
    let plain = text.nfkc().filter(|c| !is_invisible(*c)).map(|c| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '‘' | '’' | 'ʼ' => '\'',
        c => c,
    });
    plain.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every text of the conference that no allowance exempts, in the order of the file.
pub fn of_conference(loaded: &Loaded) -> Vec<FieldText<'_>> {
    let clearances = Clearances::of(loaded);
    let texts = loaded.places.conference.texts().filter_map(|(path, text)| {
        let field = fields::of_path(path).filter(|f| f.sort != Sort::Key && f.readers != Readers::Nobody)?;
        let clearance = clearances.clearance(path, field);
        allowed(loaded, path).is_none().then(|| FieldText {
            path: path.to_owned(),
            text,
            sort: field.sort,
            clearance,
            mark: clearances.typed(path),
        })
    });
    texts.collect()
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
        self.0.push(FieldText { path, text, sort: Sort::Prose, clearance: Clearance::Public, mark: None });
    }
}
