//! Searches for many texts in one pass (Aho and Corasick, 1975).
//!
//! In: every [`Entry`] of the ledger. Out: which of them a text betrays to a reader. Deliberately absent: who may read
//! what, which is the ledger's decision.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::check::names::{Name, Parted, Spelled};
use crate::check::person;
use crate::fold::Folded;
use crate::ledger::{Entry, Kind};
use crate::markdown;

/// This many consecutive words of a longer text identify it.
const RUN: usize = 8;

/// This many words may be in a template by coincidence.
const FEW: usize = 3;

/// The patterns to search for, and the entries that each of them betrays.
pub struct Search {
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
}

#[derive(Debug)]
struct Pattern {
    form: PatternForm,
    words: usize,
    /// The entries of which it is a form or a part.
    of: Vec<usize>,
    /// The entries that contain it, those of `of` among them.
    within: BTreeSet<usize>,
    /// Whether templates or the council's own texts contain it.
    common: bool,
    /// For initials, the words that follow them in our own templates: `UK GDPR` is not U.K.
    before: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum PatternForm {
    /// Words of a text.
    Words,
    /// A protected name, written out.
    Spelled(Spelled),
    /// Its first word, which the last one follows with other names between.
    Parted(Parted),
    /// Its initials, and whether they are the whole name.
    Initials(bool),
}

/// The entries that each pattern would betray to one reader.
pub struct Forbidden(Vec<Vec<usize>>);

impl Search {
    /// Builds the patterns of every entry.
    pub fn new(entries: &[Entry<'_>]) -> Self {
        let mut found: BTreeMap<(String, PatternForm), (usize, Vec<usize>)> = BTreeMap::new();
        for (i, entry) in entries.iter().enumerate() {
            for (text, form, words) in forms(entry) {
                let of = &mut found.entry((text, form)).or_insert((words, Vec::new())).1;
                if of.last() != Some(&i) {
                    of.push(i);
                }
            }
        }
        let texts: Vec<&str> = found.keys().map(|(text, _)| text.as_str()).collect();
        let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&texts);
        let automaton = automaton.expect("a conference is far smaller than the automaton can grow");
        let pattern = |((_, form), (words, of)): ((String, PatternForm), (usize, Vec<usize>))| Pattern {
            form,
            words,
            within: of.iter().copied().collect(),
            of,
            common: false,
            before: BTreeSet::new(),
        };
        let mut search = Self { automaton, patterns: found.into_iter().map(pattern).collect() };
        for (i, entry) in entries.iter().enumerate() {
            for pattern in search.said(&Folded::of(entry.text)) {
                search.patterns[pattern].within.insert(i);
            }
        }
        search
    }

    /// Marks the patterns of a text that is meant for everybody.
    pub fn learn_common(&mut self, text: &str) {
        for pattern in self.said(&Folded::of(text)) {
            self.patterns[pattern].common = true;
        }
    }

    /// Notes which words follow initials in a text of our own, for everybody.
    pub fn learn_terms(&mut self, text: &str) {
        let text = Folded::of(text);
        let found: Vec<(usize, Range<usize>)> = self.hits(&text).collect();
        for (i, range) in found {
            let pattern = &mut self.patterns[i];
            let next = next_word(&text, &range).filter(|_| matches!(pattern.form, PatternForm::Initials(_)));
            pattern.before.extend(next.map(str::to_owned));
        }
    }

    /// The patterns that a text says.
    pub fn said(&self, text: &Folded) -> BTreeSet<usize> {
        self.hits(text).map(|(pattern, _)| pattern).collect()
    }

    fn hits<'s>(&'s self, text: &'s Folded) -> impl Iterator<Item = (usize, Range<usize>)> + 's {
        let all = self.automaton.find_overlapping_iter(&text.text);
        all.map(|m| (m.pattern().as_usize(), m.range())).filter(|(i, range)| self.patterns[*i].is_said(text, range))
    }

    /// The entries that each pattern would betray to a reader who may read only some of them. `own` are the patterns
    /// about the reader: somebody's own name, address or role is no secret from them.
    pub fn forbidden(
        &self,
        entries: &[Entry<'_>],
        may_read: impl Fn(&Entry<'_>) -> bool,
        own: &BTreeSet<usize>,
    ) -> Forbidden {
        let open: Vec<bool> = entries.iter().map(may_read).collect();
        let betrays = |(i, p): (usize, &Pattern)| {
            // What this reader may read word for word in another text is no secret from them.
            let elsewhere = p.within.iter().any(|e| open[*e]);
            let secret = |e: &usize| match entries[*e].kind {
                Kind::Protected | Kind::Reference => true,
                Kind::Said => !elsewhere && (!p.common || p.words > FEW),
                Kind::Particular => !elsewhere && !p.common && !own.contains(&i),
            };
            p.of.iter().copied().filter(|e| !open[*e]).filter(secret).collect()
        };
        Forbidden(self.patterns.iter().enumerate().map(betrays).collect())
    }

    /// The entries that a text betrays.
    pub fn found(&self, text: &Folded, forbidden: &Forbidden) -> BTreeSet<usize> {
        let all = self.automaton.find_overlapping_iter(&text.text).map(|m| (m.pattern().as_usize(), m.range()));
        let secret = all.filter(|(i, _)| !forbidden.0[*i].is_empty());
        let said = secret.filter(|(i, range)| self.patterns[*i].is_said(text, range));
        said.flat_map(|(i, _)| forbidden.0[i].iter().copied()).collect()
    }
}

impl Pattern {
    fn is_said(&self, text: &Folded, range: &Range<usize>) -> bool {
        let is_term = || next_word(text, range).is_some_and(|next| self.before.contains(next));
        self.form.is_said(text, range) && !is_term()
    }
}

/// The word after a range, in the same phrase.
fn next_word<'t>(text: &'t Folded, range: &Range<usize>) -> Option<&'t str> {
    let next = text.word_at(range.end).filter(|next| !text.is_apart(next.start))?;
    Some(&text.text[next])
}

impl PatternForm {
    fn is_said(&self, text: &Folded, range: &Range<usize>) -> bool {
        match self {
            PatternForm::Words => text.says(range),
            PatternForm::Spelled(form) => form.stands_at(text, range),
            PatternForm::Parted(form) => form.stands_at(text, range),
            PatternForm::Initials(whole) => Name::is_initials(text, range, *whole),
        }
    }
}

/// The folded forms of an entry to search for, each with its number of words.
fn forms(entry: &Entry<'_>) -> Vec<(String, PatternForm, usize)> {
    if entry.kind == Kind::Protected {
        let name = Name::new(entry.text);
        let spelled = name.spelled.into_iter().map(|s| (s.text.clone(), PatternForm::Spelled(s), 1));
        let parted = name.parted.into_iter().map(|p| (p.first.clone(), PatternForm::Parted(p), 1));
        let initials = name.initials.map(|(s, whole)| (s, PatternForm::Initials(whole), 1));
        return spelled.chain(parted).chain(initials).collect();
    }
    let mut forms = runs(&Folded::of(entry.text));
    if entry.names_a_person() {
        // `Mr Kai Mensah` is Kai Mensah too.
        let spoken = person::spoken(entry.text).map(|words| (words.concat(), PatternForm::Words, words.len()));
        forms.extend(spoken.filter(|(text, ..)| is_telling(text)));
    }
    if entry.prose {
        forms.extend(runs(&Folded::of(&markdown::plain_text(entry.text))));
    }
    forms
}

/// The whole of a short text, or every run of words out of a longer one.
fn runs(text: &Folded) -> Vec<(String, PatternForm, usize)> {
    let words = text.words();
    if words.len() >= RUN {
        return words.windows(RUN).map(|run| (run.concat(), PatternForm::Words, RUN)).collect();
    }
    let whole = words.concat();
    if is_telling(&whole) { vec![(whole, PatternForm::Words, words.len())] } else { Vec::new() }
}

/// Whether a text is long enough to identify anything: a letter or two, or a few digits, are everywhere.
fn is_telling(whole: &str) -> bool {
    let digits = whole.chars().all(|c| c.is_ascii_digit());
    let letters = whole.chars().count();
    if digits { letters >= 6 } else { letters >= 3 || letters == 2 && !whole.is_ascii() }
}
