//! The bundler: everything that bundles are made from, and whether one has to be made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use super::outcome::RunError;
use super::{Batch, Survey};
use crate::diag::Report;
use crate::gate::Hash;
use crate::jobs::Calendar;
use crate::model::Audience;
use crate::model::listed::Listed;
use crate::records::run::{Held, Letters, Line};

/// Makes bundles of the letters that a run has made.
pub struct Bundler<'m> {
    /// The batch.
    pub batch: &'m Batch<'m>,
    /// Its letters.
    pub letters: &'m Letters,
    /// The survey that the run is based on.
    pub survey: &'m Survey,
    /// The calendar files of each audience.
    pub calendars: &'m BTreeMap<Audience, Option<Calendar>>,
    /// Set by the caller to stop the run.
    pub stop: &'m AtomicBool,
}

/// Whether a bundle has to be made.
pub(super) enum BundleState {
    /// It is there, and would be made the same.
    Current,
    /// It was released, and would now be different.
    Outdated,
    /// It has to be made.
    Due,
}

impl Bundler<'_> {
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

    /// Whether a bundle has to be made. If not, `line` is updated to describe the existing file.
    pub(super) fn bundle_state(&self, line: &mut Line) -> BundleState {
        if let Some((hash, pages)) = self.letters.made(&line.file, line.inputs) {
            (line.hash, line.pages) = (Some(hash), pages);
            return BundleState::Current;
        }
        let released = if self.batch.is_settled() { self.letters.as_made(&line.file) } else { None };
        let Some((inputs, hash, pages)) = released else { return BundleState::Due };
        (line.inputs, line.hash, line.pages) = (inputs, Some(hash), pages);
        BundleState::Outdated
    }

    /// The released bundles of a kind. Their letters stay in them.
    pub(super) fn released(&self, audience: Audience, kind: &str) -> &[Held] {
        let files = self.batch.settled.files.as_ref().and_then(|files| files.get(&format!("{}/{kind}", audience.id())));
        files.map(Vec::as_slice).unwrap_or_default()
    }

    /// The letters that a bundle holds: the `new` ones, or, if it was released, those it held before, less any it lacks
    /// since it was remade. `None` for drafts, which keep nobody out of a later bundle.
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

/// The index of the released bundle that holds a letter.
pub(super) fn bundle_of(released: &[Held], number: u32) -> Option<usize> {
    released.iter().position(|held| held.holds(number))
}
