//! The rules of a conference, which must hold before any paper is made.
//!
//! In: [`Loaded`]. Out: [`Checked`], which nothing else can make, or every problem at once.
//!
//! Deliberately absent: rendering, and reading files.

mod access;
mod agenda;
mod allow;
mod audiences;
mod called;
mod changes;
mod checked;
mod checkers;
mod colours;
mod contact;
mod counts;
mod dates;
mod days;
mod everybody;
mod faulty;
mod filled;
mod freetext;
mod glyphs;
mod identity;
mod languages;
pub mod law;
pub mod list;
mod named;
pub mod names;
mod numbers;
mod people;
pub mod person;
mod plan;
pub mod post;
mod prose;
#[cfg(test)]
mod published;
mod quorum;
mod references;
mod said;
mod signatory;
mod spoken;
mod texts;
mod typed;
mod vocabulary;

pub use access::Clearances;
pub use checked::Checked;
pub(crate) use checked::Withdrawn;
pub use everybody::{Named, PartInPapers};
pub use faulty::Faulty;
pub(crate) use quorum::Tally;

use freetext::FieldText;

use crate::diag::{Code, Report, codes};
use crate::input::Loaded;

/// Applies every rule.
///
/// # Errors
/// The report of all problems of the files, if any of them is an error.
pub fn check(loaded: Loaded) -> Result<Checked, Report> {
    check_or_faulty(loaded).map_err(|faulty| faulty.report().clone())
}

/// Applies the rules to another state of a conference that passed every one: it has the same texts, so that those which read
/// texts are left out.
///
/// # Errors
/// As for [`check`].
pub(crate) fn check_state(loaded: Loaded) -> Result<Checked, Report> {
    let mut found = Report::default();
    apply(RULES, &loaded, &mut found);
    sorted_out(loaded, found).map_err(|faulty| faulty.report().clone())
}

fn apply(rules: &[Rule], loaded: &Loaded, found: &mut Report) {
    for rule in rules {
        rule(loaded, found);
    }
}

/// What the rules find. Those that read whole texts take as long as all the others together.
fn found(loaded: &Loaded) -> Report {
    std::thread::scope(|scope| {
        let others = scope.spawn(|| {
            let mut found = Report::default();
            apply(RULES, loaded, &mut found);
            apply(OF_EVERY_TEXT, loaded, &mut found);
            found
        });
        let mut of_texts = Report::default();
        let texts = freetext::of_conference(loaded);
        for rule in OF_TEXTS {
            rule(loaded, &texts, &mut of_texts);
        }
        let mut found = others.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        found.merge(of_texts);
        found
    })
}

/// Applies every rule, and keeps what there is to read if one of them finds an error.
///
/// # Errors
/// The conference with the report of all problems of the files, if any of them is an error.
pub(crate) fn check_or_faulty(loaded: Loaded) -> Result<Checked, Box<Faulty>> {
    let found = found(&loaded);
    sorted_out(loaded, found)
}

/// What was found, without what follows from something else.
fn sorted_out(loaded: Loaded, found: Report) -> Result<Checked, Box<Faulty>> {
    let mut report = loaded.report.clone();
    let places = &loaded.places;
    let sound = places.conference.is_sound() && places.borough.is_sound();
    let sound_dates = places.conference.has_sound_dates();
    let kept = found.diagnostics.into_iter().filter(|d| loaded.places.speaks_of_what_was_read(d));
    let kept = kept.filter(|d| sound || !ACROSS.contains(&d.code));
    let kept = kept.filter(|d| sound_dates || !BETWEEN_DATES.contains(&d.code));
    let kept = typed::without_what_follows(filled::without_unfilled(&loaded, kept.collect())).into_iter();
    let of_lists = people::of_lists(&loaded);
    let kept = people::without_reported(&of_lists, kept.map(|d| loaded.places.locate(d)).collect());
    let kept = days::without_mistyped(kept);
    report.diagnostics.extend(of_lists.into_iter().chain(kept));
    report.sort();
    if report.has_errors() {
        return Err(Box::new(Faulty::new(loaded, report)));
    }
    Ok(Checked::new(loaded, report))
}

/// Rules that compare one field with others. Their findings may be wrong if a field could not be read.
const ACROSS: &[Code] = &[
    codes::NO_QUORUM,
    codes::UNKNOWN_AGENDA_POINT,
    codes::DUPLICATE_INVITEE,
    codes::DUPLICATE_ID,
    codes::DUPLICATE_NUMBER,
    codes::COMMUNITY_AT_PEER_GROUP,
    codes::DOWNGRADED,
    codes::NO_UNDERTAKING,
    codes::OWNER_HEARS_ALL,
    codes::LOOKS_LIKE_IDENTITY,
    codes::SMALL_COUNT,
    codes::NAMED_IN_TEXT,
    codes::REACHES_NOBODY,
    codes::SPOKE_WHILE_AWAY,
];

/// Rules that compare dates or times.
const BETWEEN_DATES: &[Code] = &[
    codes::DATE_ORDER,
    codes::TIME_ORDER,
    codes::OUTSIDE_MEETING,
    codes::SPOKE_WHILE_AWAY,
    codes::AGENDA_TOO_LONG,
    codes::AGENDA_TOO_SHORT,
    codes::NEXT_TOO_SOON,
    codes::CALENDAR_ENDS,
    codes::FAR_AWAY,
];

type Rule = fn(&Loaded, &mut Report);

/// Rules that compare fields.
const RULES: &[Rule] = &[
    changes::rule,
    colours::rule,
    references::rule,
    numbers::rule,
    agenda::rule,
    dates::rule,
    days::rule,
    contact::rule,
    checkers::rule,
    audiences::rule,
    plan::rule,
    quorum::rule,
    allow::rule,
    filled::rule,
    law::rule,
    languages::rule,
    signatory::rule,
    spoken::rule,
];

/// Rules that read every text of every file.
const OF_EVERY_TEXT: &[Rule] = &[texts::rule, typed::rule, prose::rule, glyphs::rule];

/// A rule of the conference's texts.
type TextRule = fn(&Loaded, &[FieldText<'_>], &mut Report);

const OF_TEXTS: &[TextRule] = &[names::rule, named::rule, named::reach, identity::rule, counts::rule, vocabulary::rule];
