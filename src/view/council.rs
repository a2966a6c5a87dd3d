//! The council as papers name it: addresses, words, settings and the law.

use std::collections::BTreeMap;

use serde::Serialize;

use super::value::{Markdown, markdown};
use crate::check::{Checked, law};
use crate::model::Category;
use crate::model::borough;
use crate::model::language::Language;
use crate::model::legal::{Confirmation, LawfulBasis};
use crate::model::vocabulary::Vocabulary;

#[derive(Debug, Serialize)]
pub(super) struct Borough<'a> {
    name: &'a str,
    short_name: &'a str,
    department: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<&'a str>,
    address: &'a [String],
    phone: &'a str,
    email: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    website: Option<&'a str>,
    concern: Concern<'a>,
    data_protection: DataProtection<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signatory: Option<Signatory<'a>>,
}

#[derive(Debug, Serialize)]
struct Concern<'a> {
    name: &'a str,
    phone: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    out_of_hours: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct DataProtection<'a> {
    officer: &'a str,
    email: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<&'a str>,
    ico_registration: &'a str,
    privacy_notice: &'a str,
    complaints: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct Signatory<'a> {
    name: &'a str,
    role: &'a str,
}

/// The council on one kind of paper, which may have its own signatory.
pub(super) fn borough<'a>(checked: &'a Checked, paper: &str) -> Borough<'a> {
    let b = &checked.borough;
    Borough {
        name: &b.name,
        short_name: &b.short_name,
        department: &b.department,
        team: b.team.as_deref(),
        address: &b.address,
        phone: &b.phone,
        email: &b.email,
        website: b.website.as_deref(),
        concern: Concern {
            name: &b.concern.name,
            phone: &b.concern.phone,
            out_of_hours: b.concern.out_of_hours.as_deref(),
            text: b.concern.text.as_deref(),
        },
        data_protection: DataProtection {
            officer: &b.data_protection.officer,
            email: &b.data_protection.email,
            phone: b.data_protection.phone.as_deref(),
            ico_registration: &b.data_protection.ico_registration,
            privacy_notice: &b.data_protection.privacy_notice,
            complaints: &b.data_protection.complaints,
        },
        signatory: b.signatories.get(paper).or(b.signatory.as_ref()).map(signatory),
    }
}

pub(super) fn signatory(s: &borough::Signatory) -> Signatory<'_> {
    Signatory { name: &s.name, role: &s.role }
}

/// `terms.conference`, `terms.conference_plural`, `terms.conference_a` and `terms.conference_abbr`, and so for every term.
pub(super) type Terms<'a> = BTreeMap<String, String>;

pub(super) fn terms(checked: &Checked, language: Language) -> Terms<'_> {
    let mut forms = BTreeMap::new();
    for (id, term) in vocabulary(checked, language).into_iter().flatten() {
        forms.insert(id.clone(), term.singular.clone());
        forms.insert(format!("{id}_plural"), term.plural.clone());
        forms.insert(format!("{id}_a"), format!("{} {}", term.article, term.singular).trim().to_owned());
        forms.insert(format!("{id}_abbr"), term.abbreviation.clone().unwrap_or_else(|| term.singular.clone()));
    }
    forms
}

/// The terms of a language. One that a language lacks is left out: a template that needs it fails, and prints none in English.
fn vocabulary(checked: &Checked, language: Language) -> Option<&Vocabulary> {
    if language.is_english() {
        return Some(&checked.vocabulary);
    }
    checked.tongues.get(&language).map(|tongue| &tongue.terms)
}

#[derive(Debug, Serialize)]
pub(super) struct GlossaryEntry<'a> {
    term: &'a str,
    meaning: &'a str,
}

/// Every term that has a meaning, in alphabetical order.
pub(super) fn glossary(checked: &Checked, language: Language) -> Vec<GlossaryEntry<'_>> {
    let entries = vocabulary(checked, language)
        .into_iter()
        .flat_map(Vocabulary::values)
        .filter_map(|t| t.meaning.as_deref().map(|meaning| GlossaryEntry { term: &t.singular, meaning }));
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|e| e.term.to_lowercase());
    entries
}

#[derive(Debug, Serialize)]
pub(super) struct Settings<'a> {
    quorum: Quorum,
    timescales: &'a BTreeMap<String, u32>,
    recording: &'static str,
    letters: Letters,
    #[serde(skip_serializing_if = "Option::is_none")]
    retention: Option<&'a str>,
    decision_options: Vec<DecisionOption<'a>>,
    domains: BTreeMap<&'static str, &'a str>,
    membership: Membership<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oversight: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    escalation: Option<Markdown<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approval: Option<Approval<'a>>,
}

#[derive(Debug, Serialize)]
struct Letters {
    reply_slip: bool,
    before_undertaking: &'static str,
}

#[derive(Debug, Serialize)]
struct Quorum {
    agencies: u32,
}

#[derive(Debug, Serialize)]
struct DecisionOption<'a> {
    id: &'a str,
    title: &'a str,
    meaning: &'a str,
}

#[derive(Debug, Serialize)]
struct Membership<'a> {
    core: &'a [String],
    invited: &'a [String],
}

#[derive(Debug, Serialize)]
struct Approval<'a> {
    by: &'a str,
    date: String,
}

pub(super) fn settings(checked: &Checked) -> Settings<'_> {
    let s = &checked.settings;
    Settings {
        quorum: Quorum { agencies: s.quorum.agencies },
        timescales: &s.timescales,
        recording: s.recording.id(),
        letters: Letters { reply_slip: s.letters.reply_slip, before_undertaking: s.letters.before_undertaking.id() },
        retention: s.retention.as_deref(),
        decision_options: s
            .decision_options
            .iter()
            .map(|o| DecisionOption { id: &o.id, title: &o.title, meaning: &o.meaning })
            .collect(),
        domains: s.domains.iter().map(|(domain, title)| (domain.id(), title.as_str())).collect(),
        membership: Membership { core: &s.membership.core, invited: &s.membership.invited },
        oversight: s.oversight.as_deref(),
        escalation: s.escalation.as_ref().map(markdown),
        approval: s.approval.as_ref().map(|a| Approval { by: &a.by, date: a.date.to_string() }),
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Legal<'a> {
    version: &'a str,
    checked: String,
    bases: Vec<Basis<'a>>,
    duties: Vec<Basis<'a>>,
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    complaint_days: Option<u32>,
    /// The latest decision of the council's officer.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed: Option<Confirmed<'a>>,
}

#[derive(Debug, Serialize)]
struct Confirmed<'a> {
    by: &'a str,
    on: String,
}

/// A part of the law that is certain or confirmed. What is neither is in no view.
#[derive(Debug, Serialize)]
pub(super) struct Basis<'a> {
    id: &'a str,
    name: &'a str,
    status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_note: Option<&'a str>,
    source: &'a str,
    #[serde(rename = "use")]
    purpose: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    /// The council's document that it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
}

/// What papers print of some bases or duties: those for a category, if there is one.
pub(super) fn printed<'a>(checked: &'a Checked, all: &'a [LawfulBasis], category: Option<Category>) -> Vec<Basis<'a>> {
    let concerns = |b: &&LawfulBasis| category.is_none_or(|category| b.categories.contains(&category));
    let settled = |b: &'a LawfulBasis| Some(basis(b, law::printed(checked, b)?.decision));
    all.iter().filter(concerns).filter_map(settled).collect()
}

fn basis<'a>(b: &'a LawfulBasis, decision: Option<&'a Confirmation>) -> Basis<'a> {
    Basis {
        id: &b.id,
        name: &b.name,
        // What is said of the status was the doubt that the officer has settled.
        status: if decision.is_some() { "confirmed" } else { &b.status },
        status_note: b.status_note.as_deref().filter(|_| decision.is_none()),
        source: &b.source,
        purpose: &b.purpose,
        note: b.note.as_deref(),
        reference: decision.and_then(|decision| decision.reference.as_deref()),
    }
}

pub(super) fn legal(checked: &Checked) -> Legal<'_> {
    let l = &checked.legal;
    let decisions = l.all().filter_map(|b| law::printed(checked, b)?.decision);
    Legal {
        version: &l.version,
        checked: l.checked.to_string(),
        bases: printed(checked, &l.bases, None),
        duties: printed(checked, &l.duties, None),
        notes: &l.notes,
        complaint_days: l.complaint_days,
        confirmed: decisions.max_by_key(|d| d.on).map(|d| Confirmed { by: &d.by, on: d.on.to_string() }),
    }
}
