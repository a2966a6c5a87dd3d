//! A protected name appears in no text at all.
//!
//! Names are compared without regard to case, accents, punctuation, spacing and invisible characters, in either order,
//! with an initial for a part of them, and with one or two names between ([`Name`]); initials such as `K.M.` are also
//! found without full stops, in capitals. Each text is searched as it was typed and as Markdown would show it, since
//! `Kai Men**sah**` reads as a name on paper. A given name or a surname by itself is a warning, and so is a whole name
//! that is a common word.
//!
//! Deliberately absent: the reasons given under `allow`, which may have to say the name.

mod common;
mod name;

use std::collections::{BTreeMap, BTreeSet};

pub use name::{Name, Parted, Spelled};

use super::allow::allowed;
use super::freetext::{self, FieldText};
use super::typed;
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::fields::Sort;
use crate::fold::Folded;
use crate::input::Loaded;
use crate::layers::{Layer, has_ending};
use crate::model::Clearance;

pub fn rule(loaded: &Loaded, texts: &[FieldText<'_>], report: &mut Report) {
    let protected = guarded(loaded);
    if protected.is_empty() {
        return;
    }
    let known: BTreeMap<&str, &FieldText<'_>> = texts.iter().map(|field| (field.path.as_str(), field)).collect();
    for (path, text) in loaded.places.texts().filter(|(path, _)| !is_exempt(path)) {
        if allowed(loaded, &path).is_some() {
            allowed_in_vain(loaded, &path, text, &protected, report);
            continue;
        }
        let own;
        let readings = if let Some(field) = known.get(path.as_str()) {
            field.heard()
        } else {
            own = freetext::heard(text);
            &own
        };
        let holding = |how: fn(&Name, &Folded) -> bool| {
            protected.iter().filter(|(_, n)| readings.iter().any(|text| how(n, text))).collect::<Vec<_>>()
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
    in_templates(loaded, &protected, report);
    alone(texts, &protected, report);
}

/// An answer for a text that holds a whole protected name does not carry it into a paper: the gate looks for the name, and
/// asks for an answer to that.
fn allowed_in_vain(loaded: &Loaded, path: &str, text: &str, protected: &[(String, Name)], report: &mut Report) {
    let readings = freetext::heard(text);
    let holding = protected.iter().filter(|(_, name)| readings.iter().any(|text| name.is_in(text)));
    let unanswered = holding.filter_map(|(label, _)| {
        let field = field_of(label)?;
        allowed(loaded, &field).is_none().then_some((label, field))
    });
    for (label, field) in unanswered {
        if !freetext::is_read(loaded, path) {
            return;
        }
        let message = format!("this text contains {label}, and a paper with it would be refused");
        let hint =
            "if it is somebody or something else, list `{}` under `allow`, with a reason; else rewrite it without";
        report.push(Diagnostic::error(codes::PROTECTED_NAME, message).at(path).hint(Hint::listing(hint, [field])));
    }
}

/// The field of what [`guarded`] calls by a label.
fn field_of(label: &str) -> Option<String> {
    let number = |start: &str| label.strip_prefix(start)?.parse::<usize>().ok()?.checked_sub(1);
    let name = number("protected name number ").map(|i| format!("protected_names[{i}]"));
    name.or_else(|| number("the reference of child link ").map(|i| format!("child_links[{i}].ref")))
}

/// Warns of a given name or a surname by itself, and of a common word that is a whole name.
fn alone(texts: &[FieldText<'_>], protected: &[(String, Name)], report: &mut Report) {
    let known = known_words(texts);
    let is_known = |word: &str| known.contains(word);
    let is_open = |field: &&FieldText<'_>| field.clearance < Clearance::Restricted && field.is_said();
    for field in texts.iter().filter(is_open) {
        let readings = field.heard();
        let whole = |name: &Name| readings.iter().any(|text| name.stands_in(text));
        if protected.iter().any(|(_, name)| whole(name)) {
            continue;
        }
        let names = protected.iter().filter(|(_, n)| readings.iter().any(|text| n.stands_alone_in(text, &is_known)));
        for (label, name) in names {
            let message = match name.common {
                Some(_) => format!("this text contains {label}, or the same word"),
                None => format!("this text contains a part of {label}"),
            };
            report.push(Diagnostic::warning(codes::PROTECTED_NAME, message).at(field.path.clone()).hint(
                "if it is the child, rewrite it without; if it is somebody or something else, list this field under `allow` with a reason",
            ));
        }
    }
}

/// Warns of a common word that is a whole name in the council's own templates, which no list of texts has.
fn in_templates(loaded: &Loaded, protected: &[(String, Name)], report: &mut Report) {
    let common: Vec<_> = protected.iter().filter(|(_, name)| name.common.is_some()).collect();
    let own = loaded.layers.iter().skip(1).filter(|_| !common.is_empty());
    for (name, data) in own.flat_map(Layer::files).filter(|(name, _)| has_ending(name, "md")) {
        let Ok(text) = std::str::from_utf8(data) else { continue };
        let folded = Folded::of(text);
        for (label, _) in common.iter().filter(|(_, protected)| protected.stands_alone_in(&folded, &|_| false)) {
            let message = format!("this template contains {label}, or the same word");
            report.push(
                Diagnostic::warning(codes::PROTECTED_NAME, message)
                    .place(Place::file(name))
                    .hint("if it is the child, rewrite it without; else leave it"),
            );
        }
    }
}

/// The words of names and places in the data: a text that has one of them means these.
fn known_words(texts: &[FieldText<'_>]) -> BTreeSet<String> {
    let names = texts.iter().filter(|field| matches!(field.sort, Sort::Person | Sort::Name | Sort::Address));
    let heard = names.filter_map(|field| field.heard().first());
    heard.flat_map(Folded::words).map(str::to_owned).collect()
}

/// The forbidden names and references that a text contains, as messages call them.
pub fn forbidden_in(loaded: &Loaded, text: &str) -> Vec<String> {
    let folded = Folded::of(text);
    guarded(loaded).into_iter().filter(|(_, name)| name.stands_in(&folded)).map(|(label, _)| label).collect()
}

/// Whether a text holds the name or the reference itself, or answers an alarm about it.
fn is_exempt(path: &str) -> bool {
    let reference = path.starts_with("child_links[") && path.ends_with("].ref");
    reference || path.starts_with("protected_names") || path.starts_with("allow[")
}

/// The names that no text may contain, each as messages call it: protected names, and references of children's records.
pub fn guarded(loaded: &Loaded) -> Vec<(String, Name)> {
    let c = &loaded.conference;
    let names = (1..).zip(&c.protected_names).filter(|(_, name)| !typed::is_unfilled(name));
    let names = names.map(|(i, name)| (format!("protected name number {i}"), Name::new(name)));
    let references = (1..).zip(&c.child_links);
    let references = references.map(|(i, l)| {
        let spelled = vec![Spelled { text: Folded::of(&l.reference).text, capitals: false }];
        let words = spelled.iter().map(|s| s.text.clone()).collect();
        (format!("the reference of child link {i}"), Name { spelled, words, ..Name::default() })
    });
    names.chain(references).filter(|(_, n)| n.spelled.iter().all(|s| !s.text.is_empty())).collect()
}
