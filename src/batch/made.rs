//! What files of many letters are made from, and whether one is to be made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use super::outcome::RunError;
use super::{Batch, Survey};
use crate::diag::Report;
use crate::gate::{Hash, Sealed};
use crate::model::Audience;
use crate::model::listed::Listed;
use crate::records::run::{Held, Letters, Line};

/// What a run has made so far.
pub struct Made<'m> {
    /// The batch.
    pub batch: &'m Batch<'m>,
    /// Its letters.
    pub letters: &'m Letters,
    /// What was to be made.
    pub survey: &'m Survey,
    /// The calendar file of each audience.
    pub calendars: &'m BTreeMap<Audience, Sealed>,
    /// Set by whoever asked to stop.
    pub stop: &'m AtomicBool,
}

/// Whether a file of many letters is to be made.
pub(super) enum Due {
    /// It lies there as it is to be made.
    There,
    /// It was released, and would be another now.
    Outdated,
    /// It is to be made.
    Now,
}

impl Made<'_> {
    pub(super) fn line(&self, file: &str, audience: Audience, inputs: Hash) -> Line {
        Line {
            number: 0,
            reference: self.batch.checked.conference.reference.clone(),
            person: String::new(),
            file: file.to_owned(),
            audience: audience.id().to_owned(),
            pages: 0,
            inputs,
            hash: None,
            held: None,
        }
    }

    /// Whether a file of many letters is to be made. If it is not, the line then says what lies there.
    pub(super) fn due(&self, line: &mut Line) -> Due {
        if let Some((hash, pages)) = self.letters.made(&line.file, line.inputs) {
            (line.hash, line.pages) = (Some(hash), pages);
            return Due::There;
        }
        let released = if self.batch.is_settled() { self.letters.as_made(&line.file) } else { None };
        let Some((inputs, hash, pages)) = released else { return Due::Now };
        (line.inputs, line.hash, line.pages) = (inputs, Some(hash), pages);
        Due::Outdated
    }

    /// The released files of a kind: those letters go where they are.
    pub(super) fn released(&self, audience: Audience, kind: &str) -> &[Held] {
        let files = self.batch.settled.files.as_ref().and_then(|files| files.get(&format!("{}/{kind}", audience.id())));
        files.map(Vec::as_slice).unwrap_or_default()
    }

    /// Which letters a file holds: a released one those that it held, without whom it lacks if it was made again; a new one
    /// these. Drafts note none: nobody is kept out of a later one by them.
    pub(super) fn held(
        &self,
        released: Option<&Held>,
        made_of: Option<&BTreeSet<u32>>,
        new: impl Iterator<Item = (u32, Hash)>,
        of: usize,
    ) -> Option<Held> {
        let step = self.batch.options.shard.of;
        if let Some(released) = released {
            let mut held = released.clone();
            if let Some(numbers) = made_of {
                held.made_again(numbers, step);
            }
            return Some(held);
        }
        self.batch.options.checker.is_some().then(|| Held::new(new, step, of))
    }

    pub(super) fn each(&self, visit: &mut dyn FnMut(Listed)) -> Result<(), RunError> {
        let each = self.batch.each(&self.survey.rows, &mut |_, _, _| {}, &mut |listed| {
            visit(listed);
            true
        });
        each.map_err(RunError::List)
    }
}

/// The numbers of letters that failed.
pub(super) fn numbers(failed: &[(Listed, Report)]) -> BTreeSet<u32> {
    failed.iter().map(|(listed, _)| listed.number).collect()
}

/// Which of the released files holds a letter.
pub(super) fn set_of(released: &[Held], number: u32) -> Option<usize> {
    released.iter().position(|held| held.holds(number))
}
