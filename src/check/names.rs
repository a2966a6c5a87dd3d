//! A protected name appears in no text at all.
//!
//! Names are compared without regard to case, accents, punctuation, spacing and invisible characters, in either order
//! and with an initial for a part of them; initials such as `K.M.` are also found without full stops, in capitals. Each
//! text is searched as it was typed and as Markdown would show it, since `Kai Men**sah**` reads as a name on paper.

use std::ops::Range;

use crate::diag::{Diagnostic, Report, codes};
use crate::fold::Folded;
use crate::input::Loaded;
use crate::markdown;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let protected = guarded(loaded);
    for (path, text) in
        loaded.places.texts().filter(|(path, _)| !path.starts_with("protected_names") && !is_reference(path))
    {
        if protected.is_empty() || super::allow::allowed(loaded, &path).is_some() {
            continue;
        }
        let (typed, shown) = (Folded::of(text), Folded::of(&markdown::plain_text(text)));
        let holding = |how: fn(&Name, &Folded) -> bool| {
            protected.iter().filter(|(_, n)| how(n, &typed) || how(n, &shown)).collect::<Vec<_>>()
        };
        // `K.M.` may be listed itself; then it need not be reported again as the initials of somebody listed in full.
        let named = holding(Name::is_in);
        let found = if named.is_empty() { holding(Name::is_abbreviated_in) } else { named };
        for (label, _) in found {
            // The message gives the position in the list, since the name itself stays out of every message.
            report.push(
                Diagnostic::error(codes::PROTECTED_NAME, format!("this text contains {label}")).at(path.clone()).hint(
                    "rewrite it without; nothing listed in `protected_names` or `child_links` may appear in a paper",
                ),
            );
        }
    }
}

/// The forbidden names and references that a text contains, as messages call them.
pub fn forbidden_in(loaded: &Loaded, text: &str) -> Vec<String> {
    let folded = Folded::of(text);
    guarded(loaded).into_iter().filter(|(_, name)| name.stands_in(&folded)).map(|(label, _)| label).collect()
}

/// Whether a path is `child_links[N].ref`, which holds the reference itself.
fn is_reference(path: &str) -> bool {
    path.starts_with("child_links[") && path.ends_with("].ref")
}

/// The names that no text may contain, each as messages call it: protected names, and references of children's records.
fn guarded(loaded: &Loaded) -> Vec<(String, Name)> {
    let c = &loaded.conference;
    let names = (1..).zip(&c.protected_names).map(|(i, name)| (format!("protected name number {i}"), Name::new(name)));
    let references = (1..).zip(&c.child_links);
    let references = references.map(|(i, l)| {
        let form = Name { spelled: vec![Folded::of(&l.reference).text], initials: None };
        (format!("the reference of child link {i}"), form)
    });
    names.chain(references).filter(|(_, n)| n.spelled.iter().all(|s| !s.is_empty())).collect()
}

/// The forms of a name to search for. The gate searches every finished file for the same ones.
#[derive(Debug, Clone)]
pub struct Name {
    /// Its words in order and in reverse (`Mensah, Kai` is the same person), and with one of them as an initial.
    pub spelled: Vec<String>,
    /// Its initials, and whether they are the whole name, and so also found without full stops.
    pub initials: Option<(String, bool)>,
}

impl Name {
    /// The forms of a name. A name without letters has none.
    pub fn new(name: &str) -> Self {
        let folded = Folded::of(name);
        let words = folded.words();
        let first = |w: &str| w.chars().next().map(String::from).unwrap_or_default();
        let initials: String = words.iter().map(|w| first(w)).collect();
        let only_initials = words.iter().all(|w| w.chars().count() == 1);
        let mut spelled = Vec::new();
        if words.len() > 1 && !only_initials {
            let reversed: Vec<&str> = words.iter().rev().copied().collect();
            spelled.extend([words.concat(), reversed.concat()]);
            if let [given, .., family] = words.as_slice() {
                let is_initial = |word: &str| word.len() == 1;
                // For `Lottie F` that would be any `lf`; her initials are handled below.
                if !is_initial(family) {
                    spelled.push(first(given) + family);
                }
                if !is_initial(given) && !is_initial(family) {
                    spelled.push((*given).to_owned() + &first(family));
                }
            }
            spelled.dedup();
        } else if words.len() == 1 && words[0].chars().count() > 1 {
            spelled.push(words.concat());
        }
        Self { spelled, initials: (words.len() > 1).then_some((initials, only_initials)) }
    }

    /// Whether a range that matches one of the spelled forms really is the name.
    pub fn is_spelled(text: &Folded, range: &Range<usize>) -> bool {
        let whole = text.is_edge(range.start) && text.is_edge(range.end);
        whole || range.len() > 6 && !text.is_split(range)
    }

    /// Whether a range that matches the initials really is them: single capitals, or capitals run together if the
    /// initials are the whole name.
    pub fn is_initials(text: &Folded, range: &Range<usize>, whole_name: bool) -> bool {
        let alone = (range.start + 1..range.end).all(|i| !text.text.is_char_boundary(i) || text.is_edge(i));
        let together = !text.is_split(range) && whole_name;
        let edges = text.is_edge(range.start) && text.is_edge(range.end);
        edges && text.is_capitals(range) && (alone || together)
    }

    /// Whether the name occurs in a text, spelled or as initials.
    pub fn stands_in(&self, text: &Folded) -> bool {
        self.is_in(text) || self.is_abbreviated_in(text)
    }

    fn is_in(&self, text: &Folded) -> bool {
        self.spelled.iter().any(|form| found(text, form, &|r| Self::is_spelled(text, r)))
            || self.has_initials(text, true)
    }

    fn is_abbreviated_in(&self, text: &Folded) -> bool {
        self.has_initials(text, false)
    }

    fn has_initials(&self, text: &Folded, whole_name: bool) -> bool {
        let initials = self.initials.as_ref().filter(|(_, whole)| *whole == whole_name);
        initials.is_some_and(|(form, _)| found(text, form, &|r| Self::is_initials(text, r, whole_name)))
    }
}

fn found(text: &Folded, form: &str, says: &dyn Fn(&Range<usize>) -> bool) -> bool {
    text.text.match_indices(form).any(|(at, _)| says(&(at..at + form.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> bool {
        let (name, text) = (Name::new(name), Folded::of(text));
        name.is_in(&text) || name.is_abbreviated_in(&text)
    }

    #[test]
    fn a_name_is_found_however_it_is_written_and_not_inside_another_word() {
        assert!(found("Kai Mensah", "we saw KAI\nMensáh there"));
        assert!(found("K.M.", "K M was seen") && found("K.M.", "seen by KM."));
        assert!(found("Kai Mensah", "Ka\u{ad}i Men\u{200b}sah") && found("Łukasz", "lukasz"));
        assert!(found("Kai Mensah", "Mensah, Kai") && found("Kai Mensah", "kaimensah@school.example"));
        assert!(
            found("Kai Mensah", "K. Mensah") && found("Kai Mensah", "Kai M.") && found("Kai Mensah", "K.M. was there")
        );
        assert!(!found("Kai Mensah", "5 KM away") && !found("Kai Mensah", "Kai met them"));
        assert!(!found("K.M.", "2 km away"));
        assert!(
            !found("Lottie F", "id Lf/fH34X") && found("Lottie F", "seen by L.F.") && found("Lottie F", "F, Lottie")
        );
        assert!(!found("Kai Mensah", "Kai Mensahson"));
    }
}
