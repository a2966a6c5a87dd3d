//! The forms in which a name may be written, and where a text has one of them.
//!
//! In: a name as it is typed. Out: its forms. The gate searches every finished file for the same ones.

use std::ops::Range;

use super::common;
use crate::check::person;
use crate::fold::Folded;

/// The most names between the first and the last of a name: `Kai Kofi Yaw Mensah`.
const BETWEEN: usize = 2;

/// The forms of a name to search for.
#[derive(Debug, Clone, Default)]
pub struct Name {
    /// Its words in order and in reverse (`Mensah, Kai` is the same person), with one of them as an initial, without the
    /// middle ones; and in each script.
    pub spelled: Vec<Spelled>,
    /// Its first and last word, for texts that put others between them.
    pub parted: Vec<Parted>,
    /// Its initials, and whether they are the whole name, and so also found without full stops.
    pub initials: Option<(String, bool)>,
    /// Its words of two letters and more: a text without all of them has no form of it that is written out.
    pub words: Vec<String>,
    /// Words of it that are no common words, each of which may be a person by itself.
    pub alone: Vec<String>,
    /// Words of it that are common words too, each of which may be a person by itself where it is less likely the word.
    pub parts: Vec<String>,
    /// The whole name, if it is one common word.
    pub common: Option<String>,
}

/// A form that is written out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spelled {
    /// Its words, folded, with nothing between them.
    pub text: String,
    /// Whether each word needs its capital, since they are common words: `Will Mark`, and not `we will mark`.
    pub capitals: bool,
}

/// The first and the last word of a name, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parted {
    /// The word that comes first.
    pub first: String,
    /// The word that comes last.
    pub last: String,
    /// Whether the family name comes first: `Mensah, Kofi Kai`.
    pub family_first: bool,
}

impl Name {
    /// The forms of a name. A name without letters has none.
    pub fn new(name: &str) -> Self {
        let mut all = Self::default();
        let scripts = person::in_scripts(name);
        for words in &scripts {
            all.add(words, scripts.len() == 1);
            all.words.extend(words.iter().filter(|w| w.len() > 1 && !common::is_particle(w)).cloned());
        }
        all.initials = initials(name);
        all.spelled.sort();
        all.spelled.dedup();
        all
    }

    fn add(&mut self, words: &[String], is_only: bool) {
        let letters = |word: &String| word.chars().count();
        match words {
            [] => {}
            [word] if letters(word) < 2 => {}
            [word] if common::is_word(word) => self.common = is_only.then(|| word.clone()),
            [word] if is_only || !word.is_ascii() => self.spell(&[word], false),
            [word] => self.alone.extend((letters(word) > 2).then(|| word.clone())),
            words if words.iter().all(|w| letters(w) == 1) => {}
            [given, .., family] => {
                self.spell(&words.iter().collect::<Vec<_>>(), false);
                self.spell(&words.iter().rev().collect::<Vec<_>>(), false);
                self.shortened(given, family, words);
                let long = words.iter().filter(|w| letters(w) > 2 && !common::is_word(w) && !common::is_particle(w));
                self.alone.extend(long.filter(|w| !person::is_title(w)).cloned());
                let words = words.iter().filter(|w| letters(w) > 2 && common::is_word(w) && !common::is_particle(w));
                self.parts.extend(words.filter(|w| !person::is_title(w)).cloned());
            }
        }
    }

    /// A name of several words, without some of them.
    fn shortened(&mut self, given: &String, family: &String, words: &[String]) {
        let first = |word: &str| word.chars().next().map(String::from).unwrap_or_default();
        let is_initial = |word: &str| word.chars().count() == 1;
        // For `Lottie F` that would be any `lf`; her initials are looked for by themselves.
        if !is_initial(family) {
            self.spell(&[&first(given), family], true);
            self.spell(&[family, &first(given)], true);
        }
        if is_initial(given) || is_initial(family) {
            return;
        }
        self.spell(&[given, &first(family)], true);
        self.spell(&[&first(family), given], true);
        for other in words.iter().skip(1).filter(|w| !is_initial(w) && !common::is_particle(w)) {
            self.spell(&[given, other], false);
            self.spell(&[other, given], false);
        }
        for (first, last, family_first) in [(given, family, false), (family, given, true)] {
            self.parted.push(Parted { first: first.clone(), last: last.clone(), family_first });
        }
    }

    fn spell(&mut self, words: &[&String], abbreviated: bool) {
        let long = words.iter().filter(|w| w.chars().count() > 1);
        // `A Mensah` and `Kai I.` have a word of one letter in them.
        let initial = |w: &&&String| matches!(w.as_str(), "a" | "i");
        let capitals = long.clone().all(|w| common::is_word(w)) || abbreviated && words.iter().any(|w| initial(&w));
        let text: String = words.iter().map(|w| w.as_str()).collect();
        if text.chars().count() > 1 {
            self.spelled.push(Spelled { text, capitals });
        }
    }

    /// Whether the name occurs in a text, spelled or as initials.
    pub fn stands_in(&self, text: &Folded) -> bool {
        self.is_in(text) || self.is_abbreviated_in(text)
    }

    /// Whether the name occurs in a text, written out.
    pub fn is_spelled_in(&self, text: &Folded) -> bool {
        if !self.words.iter().any(|word| text.has(word)) {
            return false;
        }
        let spelled = self.spelled.iter().any(|form| found(text, &form.text, &|r| form.stands_at(text, r)));
        spelled || self.parted.iter().any(|form| found(text, &form.first, &|r| form.stands_at(text, r)))
    }

    /// Whether the name occurs in a text, spelled; or as initials, if they are all of it.
    pub fn is_in(&self, text: &Folded) -> bool {
        self.is_spelled_in(text) || self.has_initials(text, true)
    }

    /// Whether its initials occur in a text, each by itself.
    pub fn is_abbreviated_in(&self, text: &Folded) -> bool {
        self.has_initials(text, false)
    }

    fn has_initials(&self, text: &Folded, whole_name: bool) -> bool {
        let initials = self.initials.as_ref().filter(|(_, whole)| *whole == whole_name);
        initials.is_some_and(|(form, _)| found(text, form, &|r| Self::is_initials(text, r, whole_name)))
    }

    /// Whether a range that matches the initials really is them: single capitals, or capitals run together if the
    /// initials are the whole name. `K, M and N` are three things, and `St K.M. Primary` is a school.
    pub fn is_initials(text: &Folded, range: &Range<usize>, whole_name: bool) -> bool {
        let inner = || (range.start + 1..range.end).filter(|i| text.text.is_char_boundary(*i));
        let alone = inner().all(|i| text.is_edge(i) && !text.is_apart(i));
        let together = !text.is_split(range) && whole_name;
        let edges = text.is_edge(range.start) && text.is_edge(range.end);
        edges && text.is_capitals(range) && (alone || together) && !is_a_places(text, range.end)
    }

    /// Whether one word of the name stands by itself in a text, or all of it if that is a common word: where it is no
    /// place, and nobody else is meant.
    pub fn stands_alone_in(&self, text: &Folded, is_known: &dyn Fn(&str) -> bool) -> bool {
        let part = |word: &String| !is_known(word) && found(text, word, &|r| is_alone(text, r));
        let whole = |word: &String| found(text, word, &|r| is_alone(text, r) && !is_the_word(text, r));
        let common = |word: &String| {
            let is_somebody = |r: &Range<usize>| is_alone(text, r) && !is_the_word(text, r) && is_a_person(text, r);
            !is_known(word) && found(text, word, &is_somebody)
        };
        self.alone.iter().any(part) || self.parts.iter().any(common) || self.common.iter().any(whole)
    }
}

/// The initials of a name, and whether they are all of it.
fn initials(name: &str) -> Option<(String, bool)> {
    let folded = Folded::of(name);
    let words = folded.words();
    let initials = words.iter().filter_map(|w| w.chars().next()).collect();
    (words.len() > 1).then(|| (initials, words.iter().all(|w| w.chars().count() == 1)))
}

impl Spelled {
    /// Whether a range that matches the words really is the name.
    pub fn stands_at(&self, text: &Folded, range: &Range<usize>) -> bool {
        let whole = text.is_edge(range.start) && text.is_edge(range.end);
        let said = whole || range.len() > 6 && !text.is_split(range);
        said && (!self.capitals || has_capitals(text, range))
    }
}

fn has_capitals(text: &Folded, range: &Range<usize>) -> bool {
    range.clone().filter(|i| *i == range.start || text.is_edge(*i)).all(|i| text.is_capital(i))
}

impl Parted {
    /// Whether the last word follows a range that matches the first one, with one or two names between them: `Kai Kofi
    /// Mensah`, `Kai Owusu-Mensah`, `Kai and Ama Mensah`, and not `Kai Brown and Ama Mensah`.
    pub fn stands_at(&self, text: &Folded, range: &Range<usize>) -> bool {
        if !(text.is_edge(range.start) && text.is_edge(range.end)) {
            return false;
        }
        let is_capital = text.is_capital(range.start);
        if !is_capital && (common::is_word(&self.first) || common::is_word(&self.last)) {
            return false;
        }
        let (mut at, mut names, mut particles, mut since, mut listed) = (range.end, 0, 0, 0, false);
        while let Some(word) = text.word_at(at).filter(|w| !text.starts_sentence(w.start)) {
            let said = &text.text[word.clone()];
            let joins = text.is_apart(word.start) || matches!(said, "and" | "or");
            if joins && names > 0 && (since > 1 || !listed || self.family_first) {
                return false;
            }
            if joins && !(self.family_first && text.is_apart(word.start)) {
                (listed, since) = (true, 0);
            }
            let same_case = text.is_capital(word.start) == is_capital;
            if said == self.last {
                return names + particles > 0 && same_case && !(listed && self.family_first);
            }
            if common::is_particle(said) {
                particles += 1;
            } else if !matches!(said, "and" | "or") {
                (names, since) = (names + 1, since + 1);
                if names > BETWEEN || !same_case {
                    return false;
                }
            }
            at = word.end;
        }
        false
    }
}

/// Whether a word by itself is a person: with its capital, and not as a part of the name of a place or of somebody else.
/// With a title it may be an adult of that name, and may be the person as a school calls them.
fn is_alone(text: &Folded, range: &Range<usize>) -> bool {
    let whole = text.is_edge(range.start) && text.is_edge(range.end) && !text.is_split(range);
    if !whole || !text.is_capital(range.start) {
        return false;
    }
    let next = text.word_at(range.end).filter(|w| !text.is_apart(w.start) && !text.starts_sentence(w.start));
    // `Kai’s Kebabs`, whose apostrophe leaves an `s`.
    let next = match &next {
        Some(s) if &text.text[s.clone()] == "s" => text.word_at(s.end).filter(|w| !text.starts_sentence(w.start)),
        _ => next,
    };
    !next.is_some_and(|w| text.is_capital(w.start) && !text.is_capitals(&w))
}

/// Whether a common word is more likely the word than the name: `3 May`, `May we`.
fn is_the_word(text: &Folded, range: &Range<usize>) -> bool {
    let said = |word: Option<Range<usize>>| word.map(|w| &text.text[w]).unwrap_or_default();
    let (before, after) = (said(text.word_before(range.start)), said(text.word_at(range.end)));
    let dated = !before.is_empty() && common::is_beside_a_month(before)
        || !after.is_empty() && common::is_beside_a_month(after);
    let month = common::is_month(&text.text[range.clone()]) && dated;
    let asks = text.starts_sentence(range.start) && common::follows_a_verb(after);
    let begins = text.starts_sentence(range.start) && common::is_of_sentences(&text.text[range.clone()]);
    month || asks || begins || is_a_places(text, range.end)
}

/// Whether a common word with its capital is somebody: at the start of a sentence, any word has one.
fn is_a_person(text: &Folded, range: &Range<usize>) -> bool {
    let after = text.word_at(range.end).map(|w| &text.text[w]).unwrap_or_default();
    !text.starts_sentence(range.start) || common::follows_a_person(after)
}

/// Whether the next word is a school, a street, a shop.
fn is_a_places(text: &Folded, at: usize) -> bool {
    let next = text.word_at(at).filter(|w| text.is_capital(w.start) && !text.is_apart(w.start));
    next.is_some_and(|w| common::is_of_a_place(&text.text[w]))
}

fn found(text: &Folded, form: &str, says: &dyn Fn(&Range<usize>) -> bool) -> bool {
    text.find(form).any(|range| says(&range))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> bool {
        Name::new(name).stands_in(&Folded::of(text))
    }

    fn alone(name: &str, text: &str) -> bool {
        Name::new(name).stands_alone_in(&Folded::of(text), &|_| false)
    }

    #[test]
    fn a_name_is_found_however_it_is_written_and_not_inside_another_word() {
        assert!(found("Kai Mensah", "we saw KAI\nMensáh there"));
        assert!(found("K.M.", "K M was seen") && found("K.M.", "seen by KM."));
        assert!(found("Kai Mensah", "Ka\u{ad}i Men\u{200b}sah") && found("Łukasz", "lukasz"));
        assert!(found("Kai Mensah", "Mensah, Kai") && found("Kai Mensah", "kaimensah@school.example"));
        assert!(
            found("Kai Mensah", "K. Mensah")
                && found("Kai Mensah", "Kai M.")
                && found("Kai Mensah", "Mensah, K.")
                && found("Kai Mensah", "K.M. was there")
        );
        assert!(!found("Kai Mensah", "5 KM away") && !found("Kai Mensah", "Kai met them"));
        assert!(!found("K.M.", "2 km away"));
        assert!(
            !found("Lottie F", "id Lf/fH34X") && found("Lottie F", "seen by L.F.") && found("Lottie F", "F, Lottie")
        );
        assert!(!found("Kai Mensah", "Kai Mensahson"));
        assert!(found("Mr Kai Mensah", "Kai Mensah") && found("Mensah, Kai", "K. Mensah"));
    }

    #[test]
    fn a_name_is_found_with_other_names_between_its_parts() {
        for text in [
            "Kai Kofi Mensah stepped out",
            "Kai K. Mensah",
            "KAI KOFI MENSAH",
            "Kai Kofi Yaw Mensah",
            "so did Kai and Ama Mensah",
            "Kai & Ama Mensah",
            "Kai, Ama and Yaw Mensah",
            "Kai Owusu-Mensah",
            "Kai Mensah-Owusu",
            "Kai-Lee Mensah",
            "Kai van der Mensah",
            "Mensah, Kofi Kai",
            "MENSAH Kofi Kai",
            "kai-kofi-mensah.pdf",
            "kai_k_mensah",
        ] {
            assert!(found("Kai Mensah", text), "{text}");
        }
        for text in [
            "Kai Brown and Ama Mensah",
            "Kai Brown, Ama Mensah",
            "We asked Kai. Ama Mensah answered.",
            "Kai walked to Mensah Road",
            "Kai and the Mensah twins",
            "Mensah, Ama and Kai",
            "Kai saw Ama in Mensah Road",
            "Kai One Two Three Mensah",
        ] {
            assert!(!found("Kai Mensah", text), "{text}");
        }
        for text in ["Kai Mensah", "Kofi Kai", "Mensah, Kai", "Kai Yaw Mensah", "K. Mensah", "Kai Kofi"] {
            assert!(found("Kai Kofi Mensah", text), "{text}");
        }
        assert!(found("Lottie Farrow-Smith", "Lottie Farrow") && found("Lottie Farrow-Smith", "Smith, Lottie"));
    }

    #[test]
    fn each_script_of_a_name_is_a_name() {
        let name = "Mr Wang Xiǎomíng 王小明";
        for text in ["Wang Xiaoming came", "X. WANG", "王小明来了", "王 小明", "W. Xiǎomíng"] {
            assert!(found(name, text), "{text}");
        }
        for name in ["Miriam Ben-David (מרים בן־דוד)", "Miriam Ben-David מרים בן־דוד"] {
            assert!(found(name, "Miriam Ben-David") && found(name, "מרים בן־דוד"), "{name}");
        }
        assert!(found("Chan 陳美玲 Mei-ling", "陳美玲") && found("Chan 陳美玲 Mei-ling", "Chan Mei-ling"));
        assert!(!found(name, "Mr Wang met them") && !found("王", "王小明"));
    }

    #[test]
    fn look_alike_letters_hide_no_name() {
        for text in
            ["Kai Mensa\u{4BB}", "ᴋᴀɪ ᴍᴇɴꜱᴀʜ", "Ƙai Ɱensaħ", "Кai Мensah", "κai Mensah", "Kɑı Mɛnsah", "𝕂𝕒𝕚 𝕄𝕖𝕟𝕤𝕒𝕙"]
        {
            assert!(found("Kai Mensah", text), "{text}");
        }
    }

    #[test]
    fn names_that_are_common_words_need_their_capitals() {
        assert!(!found("Will Mark", "We will mark the spot") && found("Will Mark", "Will Mark was there"));
        assert!(!found("May", "you may bring May") && !found("Rose Hope", "They rose. Hope came"));
        assert!(!found("Alice Mark", "A mark on the wall") && found("Alice Mark", "A. Mark"));
        assert!(!found("Will Adams", "It will a little") && found("Will Adams", "Will A."));
        assert!(found("May Mensah", "may mensah") && found("May Mensah", "May Ama Mensah"));
        assert!(!found("May Mensah", "We may ask Mensah"));
    }

    #[test]
    fn a_part_of_a_name_by_itself_may_be_the_person() {
        for text in [
            "Mensah was there",
            "They met Kai.",
            "Kai’s mother rang",
            "KAI was seen",
            "Ama Mensah came",
            "Kai, again",
            "Mr Mensah said so",
            "Miss Mensah",
            "Mrs Mensah rang",
        ] {
            assert!(alone("Kai Mensah", text), "{text}");
        }
        for text in [
            "Mensah Road is gated",
            "Kai’s Kebabs closes at 9pm",
            "the kai there",
            "Mrs Kai Brown",
            "Kai Brown came",
            "Kaiser",
        ] {
            assert!(!alone("Kai Mensah", text), "{text}");
        }
        assert!(
            !alone("Councillor Jane Ade", "The Councillor left.") && alone("Councillor Jane Ade", "Then Ade left.")
        );
        assert!(!alone("Lottie F", "The lottie fund, F block"));
    }

    #[test]
    fn a_part_of_a_name_that_is_a_common_word_is_told_from_the_word() {
        for (name, text) in [
            ("Jordan Sykes", "Jordan was there"),
            ("Amber Hope", "They saw Amber at the stop."),
            ("Daisy Marsh", "Staff asked daisy’s friend; then Daisy’s mother rang."),
            ("Chelsea Brown", "Chelsea, and two others, left."),
            ("May Will", "It was seen, and so was Will."),
        ] {
            assert!(alone(name, text), "{name}: {text}");
        }
        for (name, text) in [
            ("May Will", "You may bring it, and it will do. May we? Will the bus stop? In May it is dark. 3 May."),
            ("Mark Hill", "Mark the spot. Hill Street is gated. They go up the hill."),
            ("Amber Hope", "The amber light is out. Hope Road is dark. We hope so."),
            ("Grace Park", "The park is lit. Park Lane is not. Parks are."),
            ("Will Summer", "Summer brings more people. Will they come?"),
        ] {
            assert!(!alone(name, text), "{name}: {text}");
        }
    }

    #[test]
    fn a_common_word_that_is_a_whole_name_is_told_from_the_word() {
        for text in ["We saw May at the stop.", "Then May said so.", "May was seen.", "with May, again"] {
            assert!(alone("May", text), "{text}");
        }
        for text in ["you may bring", "on 3 May", "in May 2026", "May we come in?", "May Road", "Since May, it is lit."]
        {
            assert!(!alone("May", text), "{text}");
        }
        assert!(alone("Rose", "They asked Rose.") && !alone("Rose", "Numbers rose."));
    }

    #[test]
    fn initials_are_no_list_and_no_school() {
        assert!(!found("K.M.", "The car park has bays K, M and 15 to 20."));
        assert!(!found("K.M.", "St K.M. Primary is 5 km away.") && !found("K.M.", "K/M"));
        assert!(found("K.M.", "St K.M. was there") && found("K.M.", "K. M., aged"));
    }
}
