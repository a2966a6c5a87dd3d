//! The law that papers print: only what is certain as it was read, or what the council's officer has confirmed.
//!
//! In: the legal text of the nearest layer, and the decisions under `legal:` in `borough.yaml`. Out: a warning that lists
//! what is still to be settled, and an error where somebody would release papers that print the law all the same. Such
//! papers are drafts meanwhile, and leave it out.
//!
//! Deliberately absent: a judgement of the law. The officer's decision is believed.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Checked;
use crate::diag::{Code, Diagnostic, Hint, Report, codes};
use crate::input::{BOROUGH, Loaded, SPECIMEN};
use crate::layers::BASE;
use crate::model::calendar::Nation;
use crate::model::legal::{Confirmation, LawfulBasis};
use crate::model::{Audience, Category};

/// How a part of the law stands with the council.
#[derive(Debug, Clone, Copy)]
enum Standing<'l> {
    /// It was read in force at its source, and nothing about it is in doubt.
    Certain,
    /// The council's officer has confirmed it.
    Confirmed(&'l Confirmation),
    /// The council does not rely on it.
    LeftOut,
    /// Nobody has settled it.
    Open,
    /// It was settled, but for another version of the legal text.
    OfAnotherVersion(&'l str),
    /// It was settled, and nobody knows for which version.
    OfNoVersion,
    /// It was settled by nobody who can be asked.
    ByNobody,
}

fn standing<'l>(loaded: &'l Loaded, basis: &LawfulBasis) -> Standing<'l> {
    let (local, version) = (&loaded.borough.legal, &loaded.legal.version);
    let decided = local.left_out.get(&basis.id).or_else(|| local.confirmed.get(&basis.id));
    match decided {
        Some(decided) if decided.version.as_ref().is_some_and(|of| of != version) => {
            let of = decided.version.as_deref().unwrap_or_default();
            if basis.is_certain() { Standing::Certain } else { Standing::OfAnotherVersion(of) }
        }
        Some(decided) if decided.version.is_none() && !basis.is_certain() => Standing::OfNoVersion,
        Some(decided) if decided.by.split_whitespace().count() < 2 && !basis.is_certain() => Standing::ByNobody,
        Some(_) if local.left_out.contains_key(&basis.id) => Standing::LeftOut,
        Some(decided) => Standing::Confirmed(decided),
        None if basis.is_certain() => Standing::Certain,
        None => Standing::Open,
    }
}

/// A part of the law that papers print.
#[derive(Debug, Clone, Copy)]
pub struct Printed<'l> {
    /// The decision that it needed. `None` if it is certain as it was read.
    pub decision: Option<&'l Confirmation>,
}

/// How papers print a part of the law. `None` if they do not.
pub fn printed<'l>(loaded: &'l Loaded, basis: &LawfulBasis) -> Option<Printed<'l>> {
    match standing(loaded, basis) {
        Standing::Certain => Some(Printed { decision: None }),
        Standing::Confirmed(decision) => Some(Printed { decision: Some(decision) }),
        Standing::LeftOut
        | Standing::Open
        | Standing::OfAnotherVersion(_)
        | Standing::OfNoVersion
        | Standing::ByNobody => None,
    }
}

pub fn rule(loaded: &Loaded, report: &mut Report) {
    decisions(loaded, report);
    // Templates are tried on people who do not exist.
    if loaded.places.conference.file == SPECIMEN {
        return;
    }
    if let Some(elsewhere) = law_of_england(loaded, Diagnostic::warning) {
        report.push(elsewhere);
    }
    let categories = loaded.conference.organisations.iter().filter(|(id, o)| !loaded.borough.is(id, &o.name));
    let open = open(loaded, &categories.map(|(_, o)| o.category).collect(), None);
    if let Some(found) = told(&open, &loaded.legal.version, Diagnostic::warning) {
        report.push(found);
    }
}

/// What is wrong with our law for a council of another nation, which has its own.
fn law_of_england(loaded: &Loaded, severity: fn(Code, String) -> Diagnostic) -> Option<Diagnostic> {
    let is_ours = loaded.layers.get("legal.yaml").is_some_and(|(layer, _)| layer.name == BASE);
    if !is_ours || loaded.settings.calendar == Nation::EnglandAndWales {
        return None;
    }
    let message = "our papers print the law and guidance of England, and this council is in another nation";
    let told = severity(codes::LAW_OF_ENGLAND, message.to_owned()).at(format!("{BOROUGH}settings.calendar"));
    Some(told.hint(
        "have a lawyer write `templates/legal.yaml` with your own law, and go through the guidance, terms and agreements; papers with the law in them are not released until it is there",
    ))
}

/// Checks that decisions are about parts of the law that the legal text has, and that there is one about each.
fn decisions(loaded: &Loaded, report: &mut Report) {
    let local = &loaded.borough.legal;
    let known: Vec<&str> = loaded.legal.all().map(|basis| basis.id.as_str()).collect();
    for (field, decided) in [("confirmed", &local.confirmed), ("left_out", &local.left_out)] {
        for id in decided.keys().filter(|id| !known.contains(&id.as_str())) {
            let message = format!("our legal text has nothing called `{id}`");
            let warning = Diagnostic::warning(codes::UNKNOWN_BASIS, message).at(format!("{BOROUGH}legal.{field}.{id}"));
            let warning = warning.hint(Hint::naming("it has {}", [known.join(", ")]));
            report.push(warning.suggest(id, known.iter().copied()));
        }
    }
    for id in local.confirmed.keys().filter(|id| local.left_out.contains_key(*id)) {
        let error = Diagnostic::error(codes::DUPLICATE_ID, format!("`{id}` is both confirmed and left out"));
        let error = error.at(format!("{BOROUGH}legal.left_out.{id}"));
        report.push(error.hint("keep it in one of the two"));
    }
}

/// A part of the law, and how it stands with the council.
#[derive(Debug, Clone)]
pub struct PartOfLaw<'l> {
    /// The part.
    pub basis: &'l LawfulBasis,
    /// What the council's officer decided about it.
    pub decision: Option<&'l Confirmation>,
    /// Whether the council does not rely on it.
    pub is_left_out: bool,
    /// What is missing before papers print it. `None` if nothing is.
    pub missing: Option<String>,
}

impl Checked {
    /// Every part of the law that agreements may print, as it stands on a day.
    pub(crate) fn parts_of_law(&self, today: NaiveDate) -> Vec<PartOfLaw<'_>> {
        let local = &self.borough.legal;
        let part = |basis| PartOfLaw {
            basis,
            decision: local.left_out.get(&basis.id).or_else(|| local.confirmed.get(&basis.id)),
            is_left_out: matches!(standing(self, basis), Standing::LeftOut),
            missing: missing(self, basis, Some(today)),
        };
        self.legal.all().map(part).collect()
    }

    /// Checks that nothing is left to be confirmed of the law that papers for these audiences print. A decision that is
    /// dated after `today` has not been taken.
    ///
    /// # Errors
    /// If something is; all of it is named.
    pub fn ensure_law_confirmed(&self, audiences: &BTreeSet<Audience>, today: NaiveDate) -> Result<(), Report> {
        if let Some(elsewhere) = law_of_england(self, Diagnostic::error).filter(|_| !audiences.is_empty()) {
            let mut report = Report::of(self.places.locate(elsewhere));
            report.take_sources(&self.report);
            return Err(report);
        }
        let offered = |id: &str| audiences.iter().any(|audience| self.is_offered(id, *audience));
        let partners = self.conference.organisations.iter().filter(|(id, _)| offered(id));
        let open = open(self, &partners.map(|(_, o)| o.category).collect(), Some(today));
        let Some(error) = told(&open, &self.legal.version, Diagnostic::error) else { return Ok(()) };
        let mut report = Report::of(self.places.locate(error));
        report.take_sources(&self.report);
        Err(report)
    }
}

/// What is still to be settled: the part of the law, and what is missing.
type Open<'l> = (&'l LawfulBasis, String);

fn open<'l>(loaded: &'l Loaded, categories: &BTreeSet<Category>, today: Option<NaiveDate>) -> Vec<Open<'l>> {
    let concerns = |basis: &&LawfulBasis| basis.categories.iter().any(|category| categories.contains(category));
    loaded.legal.all().filter(concerns).filter_map(|basis| Some((basis, missing(loaded, basis, today)?))).collect()
}

/// What is missing before papers print a part of the law. `None` if nothing is, or the council does not rely on it.
fn missing(loaded: &Loaded, basis: &LawfulBasis, today: Option<NaiveDate>) -> Option<String> {
    let version = &loaded.legal.version;
    match standing(loaded, basis) {
        Standing::Open => Some(basis.question().to_owned()),
        Standing::OfAnotherVersion(of) => {
            Some(format!("it was settled for version {of} of the legal text, and this is {version}"))
        }
        Standing::OfNoVersion => Some(format!(
            "it does not say which version of the legal text was read: add `version: \"{version}\"` if it was this one"
        )),
        Standing::ByNobody => {
            Some("say who settled it: first name and family name, or the title of an officer".to_owned())
        }
        Standing::Confirmed(decision) if today.is_some_and(|today| decision.on > today) => {
            Some(format!("it is confirmed on {}, which is in the future", decision.on))
        }
        Standing::Confirmed(_) | Standing::Certain | Standing::LeftOut => None,
    }
}

fn told(open: &[Open<'_>], version: &str, severity: fn(Code, String) -> Diagnostic) -> Option<Diagnostic> {
    let (first, _) = open.first()?;
    let number = crate::diag::count(open.len(), "point");
    let verb = if open.len() == 1 { "is" } else { "are" };
    let message = format!("{number} of the law that agreements print {verb} still to be confirmed for the council");
    let told = severity(codes::LAW_NOT_CONFIRMED, message).at(format!("{BOROUGH}legal.confirmed.{}", first.id));
    let told = open.iter().fold(told, |told, (basis, missing)| told.note(format!("{}: {missing}", basis.id)));
    Some(told.hint(Hint::naming(
        "papers leave this out meanwhile, and no agreement is released: ask your data protection officer about each, and write in `borough.yaml` who settled it and when, as in `legal: { confirmed: { {}: { by: NAME, on: YYYY-MM-DD, version: \"{}\" } } }`, or under `left_out:` what you do not rely on; then build again, and have the papers checked",
        [first.id.clone(), version.to_owned()],
    )))
}
