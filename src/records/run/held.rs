//! The letters in each bundle, and the fingerprints of their inputs.

use std::collections::{BTreeMap, BTreeSet};

use super::places::prefix;
use crate::gate::Hash;
use crate::records::event::Made;
use crate::records::ranges::Ranges;
use crate::records::state::{PaperStatus, State};

/// The letters of one bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// Their numbers.
    pub(super) letters: Ranges,
    /// People who were removed from the list and from the bundle, which was then made again. Nobody else gets their
    /// numbers, and if they come back, they are in another bundle.
    pub(super) gone: Ranges,
    /// The first digits of each letter's fingerprint, one after the other.
    pub(super) inputs: String,
    /// The number of such bundles when it was made, which is on its cover.
    pub of: usize,
}

/// The number of digits of a fingerprint that tell a released letter from another of its number.
const DIGITS: usize = 16;

impl Held {
    /// Letters by number, in ascending order, each with its fingerprint.
    pub fn new(letters: impl Iterator<Item = (u32, Hash)>, step: u32, of: usize) -> Self {
        Self::of_digits(letters.map(|(number, from)| (number, from.short(DIGITS))), step, of)
    }

    fn of_digits(letters: impl Iterator<Item = (u32, String)>, step: u32, of: usize) -> Self {
        let (mut numbers, mut inputs) = (Vec::new(), String::new());
        for (number, from) in letters {
            if numbers.last() != Some(&number) {
                numbers.push(number);
                inputs.push_str(&from);
            }
        }
        Self { letters: Ranges::of(numbers.into_iter(), step), gone: Ranges::default(), inputs, of }
    }

    fn of_line(made: &Made) -> Self {
        let of = made.set as usize;
        Self { letters: made.letters.clone(), gone: made.gone.clone(), inputs: made.inputs.clone(), of }
    }

    /// Whether a letter is in the bundle.
    pub fn holds(&self, number: u32) -> bool {
        self.letters.holds(number) && !self.gone.holds(number)
    }

    /// Notes that the bundle was made again with only some of its letters.
    pub fn made_again(&mut self, of: &BTreeSet<u32>, step: u32) {
        let gone: Vec<u32> = self.letters.all(step).filter(|number| !of.contains(number)).collect();
        self.gone = Ranges::of(gone.into_iter(), step);
    }

    /// Every letter, with the first digits of its fingerprint.
    pub fn all(&self, step: u32) -> impl Iterator<Item = (u32, &str)> {
        let digits = |n: usize| self.inputs.get(n * DIGITS..(n + 1) * DIGITS).unwrap_or_default();
        self.letters.all(step).enumerate().map(move |(n, number)| (number, digits(n)))
    }
}

/// The bundles of a released run, by audience and kind, such as `community/print`.
pub type ReleasedFiles = BTreeMap<String, Vec<Held>>;

/// The released bundles, by audience and kind, in the order in which they were made.
pub fn released_files(state: &State, folder: &str) -> ReleasedFiles {
    let prefix = prefix(folder);
    let mut files: Vec<&Made> = state
        .papers
        .values()
        .filter(|paper| paper.status == PaperStatus::Released && paper.made.set > 0)
        .map(|paper| &paper.made)
        .filter(|made| made.file.starts_with(&prefix))
        .collect();
    // `letters.zip` comes before `letters-002.zip`.
    files.sort_by_key(|made| (made.file.len(), made.file.as_str()));
    let mut all = ReleasedFiles::new();
    for made in files {
        let kind = match made.file.rsplit('.').next() {
            Some("zip") => "zip",
            Some("csv") => "notify",
            _ => "print",
        };
        all.entry(format!("{}/{kind}", made.audience)).or_default().push(Held::of_line(made));
    }
    all
}
