//! Many texts looked for in one pass (Aho and Corasick, 1975).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::check::names::Name;
use crate::check::person;
use crate::fold::Folded;
use crate::ledger::{Entry, Kind};
use crate::markdown;

/// So many words of a longer text in a row are that text.
const RUN: usize = 8;

/// So few words may stand in a template by chance.
const FEW: usize = 3;

/// What is looked for: patterns, and for each the entries that it betrays.
pub struct Search {
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
}

#[derive(Debug)]
struct Pattern {
    form: Form,
    words: usize,
    /// Entries that it is a form or a part of.
    of: Vec<usize>,
    /// Entries that hold it, themselves among them.
    within: BTreeSet<usize>,
    /// Whether templates or the council's own texts hold it.
    common: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// Words of a text.
    Words,
    /// A protected name, written out.
    Spelled,
    /// Its initials, and whether they are the whole name.
    Initials(bool),
}

/// Which entries each pattern would betray to one reader.
pub struct Forbidden(Vec<Vec<usize>>);

impl Search {
    /// Learns every entry.
    pub fn new(entries: &[Entry<'_>]) -> Self {
        let mut found: BTreeMap<(String, Form), (usize, Vec<usize>)> = BTreeMap::new();
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
        let pattern = |((_, form), (words, of)): ((String, Form), (usize, Vec<usize>))| Pattern {
            form,
            words,
            within: of.iter().copied().collect(),
            of,
            common: false,
        };
        let mut search = Self { automaton, patterns: found.into_iter().map(pattern).collect() };
        for (i, entry) in entries.iter().enumerate() {
            for pattern in search.said(&Folded::of(entry.text)) {
                search.patterns[pattern].within.insert(i);
            }
        }
        search
    }

    /// Learns a text that is made for everybody.
    pub fn learn_common(&mut self, text: &str) {
        for pattern in self.said(&Folded::of(text)) {
            self.patterns[pattern].common = true;
        }
    }

    /// The patterns that a text says.
    pub fn said(&self, text: &Folded) -> BTreeSet<usize> {
        self.hits(text).map(|(pattern, _)| pattern).collect()
    }

    fn hits<'s>(&'s self, text: &'s Folded) -> impl Iterator<Item = (usize, Range<usize>)> + 's {
        let all = self.automaton.find_overlapping_iter(&text.text);
        all.map(|m| (m.pattern().as_usize(), m.range()))
            .filter(|(i, range)| self.patterns[*i].form.is_said(text, range))
    }

    /// What each pattern would betray to a reader who may read only some of the entries, and who said some patterns
    /// themselves: a name, an address or a role is no secret from whom it is said of.
    pub fn forbidden(
        &self,
        entries: &[Entry<'_>],
        may_read: impl Fn(&Entry<'_>) -> bool,
        own: &BTreeSet<usize>,
    ) -> Forbidden {
        let open: Vec<bool> = entries.iter().map(may_read).collect();
        let betrays = |(i, p): (usize, &Pattern)| {
            let known = p.common || p.within.iter().any(|e| open[*e]);
            let secret = |e: &usize| match entries[*e].kind {
                Kind::Protected | Kind::Reference => true,
                Kind::Said => !known || p.words > FEW,
                Kind::Particular => !known && !own.contains(&i),
            };
            p.of.iter().copied().filter(|e| !open[*e]).filter(secret).collect()
        };
        Forbidden(self.patterns.iter().enumerate().map(betrays).collect())
    }

    /// The entries that a text betrays.
    pub fn found(&self, text: &Folded, forbidden: &Forbidden) -> BTreeSet<usize> {
        let all = self.automaton.find_overlapping_iter(&text.text).map(|m| (m.pattern().as_usize(), m.range()));
        let secret = all.filter(|(i, _)| !forbidden.0[*i].is_empty());
        let said = secret.filter(|(i, range)| self.patterns[*i].form.is_said(text, range));
        said.flat_map(|(i, _)| forbidden.0[i].iter().copied()).collect()
    }
}

impl Form {
    fn is_said(self, text: &Folded, range: &Range<usize>) -> bool {
        match self {
            Form::Words => text.says(range),
            Form::Spelled => Name::is_spelled(text, range),
            Form::Initials(whole) => Name::is_initials(text, range, whole),
        }
    }
}

/// In which forms an entry is looked for, folded, with the number of words.
fn forms(entry: &Entry<'_>) -> Vec<(String, Form, usize)> {
    if entry.kind == Kind::Protected {
        let name = Name::new(entry.text);
        let spelled = name.spelled.into_iter().map(|s| (s, Form::Spelled, 1));
        return spelled.chain(name.initials.map(|(s, whole)| (s, Form::Initials(whole), 1))).collect();
    }
    let mut forms = runs(&Folded::of(entry.text));
    if entry.names_a_person() {
        // `Mr Kai Mensah` is Kai Mensah too.
        let spoken = person::spoken(entry.text).map(|words| (words.concat(), Form::Words, words.len()));
        forms.extend(spoken.filter(|(text, ..)| is_telling(text)));
    }
    if entry.prose {
        forms.extend(runs(&Folded::of(&markdown::plain_text(entry.text))));
    }
    forms
}

/// The whole of a short text, or every run of words out of a longer one.
fn runs(text: &Folded) -> Vec<(String, Form, usize)> {
    let words = text.words();
    if words.len() >= RUN {
        return words.windows(RUN).map(|run| (run.concat(), Form::Words, RUN)).collect();
    }
    let whole = words.concat();
    if is_telling(&whole) { vec![(whole, Form::Words, words.len())] } else { Vec::new() }
}

/// A letter or two, or a few digits, stand everywhere.
fn is_telling(whole: &str) -> bool {
    let digits = whole.chars().all(|c| c.is_ascii_digit());
    let letters = whole.chars().count();
    if digits { letters >= 6 } else { letters >= 3 || letters == 2 && !whole.is_ascii() }
}
