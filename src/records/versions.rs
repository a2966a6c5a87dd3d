//! The versions that papers are to have.
//!
//! In: the data, the state of a record, and the kinds to be made anew. Out: version, date and reason by kind of paper.
//!
//! Deliberately absent: whether a paper differs at all. Only a build knows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::event::Made;
use super::remade::Older;
use super::state::{Paper, PaperStatus, State, is_of_run};
use crate::check::Checked;
use crate::model::edition::Edition;

/// The wanted versions of papers: the data's, or that of the standing papers, or the next one if it was requested.
pub fn wanted(
    checked: &Checked,
    state: &State,
    reissue: &[String],
    because: Option<&str>,
) -> BTreeMap<String, Edition> {
    let mut wanted: BTreeMap<String, Edition> = BTreeMap::new();
    let standing = state.papers.values().filter(|p| p.status == PaperStatus::Released && !is_of_run(&p.made));
    for paper in standing {
        let made = &paper.made;
        let own = checked.edition(&made.paper);
        let highest = wanted.entry(made.paper.clone()).or_insert_with(|| own.clone());
        if made.v > highest.version {
            *highest = Edition {
                version: made.v,
                because: made.because.clone(),
                issued: issued(checked, &made.paper, made.issued),
            };
        }
    }
    for (kind, edition) in &mut wanted {
        let own = checked.edition(kind);
        let released = state.papers.values().filter(|p| p.status == PaperStatus::Released && p.made.paper == *kind);
        let highest = released.map(|p| p.made.v).max().unwrap_or_default();
        if reissue.contains(kind) && own.version <= highest {
            let because = because.map(str::to_owned).or_else(|| own.because.clone());
            // Whatever is made anew after a change of the meeting tells of it.
            let changed = checked.conference.meeting.changes.iter().map(|change| change.on).max();
            let earliest = changed.map_or(edition.issued, |on| edition.issued.max(on));
            *edition = Edition { version: highest + 1, because, issued: issued(checked, kind, earliest) };
        }
    }
    // Drafts of a version that was requested by name keep it until they are released.
    for paper in state.papers.values().filter(|p| p.status == PaperStatus::Draft && !is_of_run(&p.made)) {
        let made = &paper.made;
        let own = checked.edition(&made.paper);
        // Otherwise two letters of one version could be in the post, and differ.
        let takes_a_place = || last_of_before(state, made) >= own.version;
        let is_named = made.v > own.version && (made.because.is_some() || takes_a_place());
        if is_named && wanted.get(&made.paper).is_none_or(|edition| edition.version < made.v) {
            let issued = issued(checked, &made.paper, made.issued);
            let new = because.filter(|_| reissue.contains(&made.paper)).map(str::to_owned);
            let because = new.or_else(|| made.because.clone());
            wanted.insert(made.paper.clone(), Edition { version: made.v, because, issued });
        }
    }
    wanted
}

/// The date of a version: what the data says of this kind of paper, or else never before that of an earlier version.
fn issued(checked: &Checked, kind: &str, earlier: NaiveDate) -> NaiveDate {
    let own = checked.conference.papers.get(kind).and_then(|own| own.issued);
    own.unwrap_or_else(|| checked.edition(kind).issued.max(earlier))
}

/// The highest version below that of a draft in which a paper of its kind was ever released.
fn last_of_before(state: &State, draft: &Made) -> u32 {
    let ever = state.papers.values().filter(|paper| paper.status != PaperStatus::Draft && !is_of_run(&paper.made));
    let earlier = ever.map(|paper| &paper.made).filter(|made| made.paper == draft.paper && made.v < draft.v);
    earlier.map(|made| made.v).max().unwrap_or_default()
}

fn edition_of(paper: &Paper) -> Older {
    let made = &paper.made;
    Older { kind: made.paper.clone(), version: made.v, issued: made.issued, because: made.because.clone() }
}

/// Whether a paper is a released one of this edition.
pub fn is_at(paper: &Paper, older: &Older) -> bool {
    paper.status == PaperStatus::Released && !is_of_run(&paper.made) && edition_of(paper) == *older
}

/// Editions of released papers other than the wanted ones.
pub fn older_editions(state: &State, wanted: &BTreeMap<String, Edition>) -> BTreeSet<Older> {
    let released = state.papers.values().filter(|p| p.status == PaperStatus::Released && !is_of_run(&p.made));
    let is_current = |older: &Older| {
        wanted.get(&older.kind).is_some_and(|edition| {
            edition.version == older.version && edition.issued == older.issued && edition.because == older.because
        })
    };
    released.map(edition_of).filter(|older| !is_current(older)).collect()
}
