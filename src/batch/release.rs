//! What a release settles.
//!
//! A released letter may be in the post. So no later run writes over it, its number is given to nobody else, and a file of
//! many letters goes on holding those that it was made of: whoever is added gets their letter in a further file.
//!
//! In: `register.json` of the runs before. Out: a batch that goes on from them, or why it must not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::run::due;
use super::survey::{Proof, length};
use super::verify::{Summary, summary};
use super::{Batch, Product, Shard, Survey};
use crate::deliver::batch::{Folder, bytes, is_unfinished, lines, with_registers};
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::gate::hash;
use crate::model::listed::Listed;

/// Numbers of people in ascending order, written as ranges: `1-40, 42`. In a share of a list a range holds those of its
/// numbers that belong to the share.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct Numbers(Vec<(u32, u32)>);

impl Numbers {
    /// Numbers in ascending order of a share of a list; `step` is of how many shares it is one.
    pub fn of(numbers: impl Iterator<Item = u32>, step: u32) -> Self {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for number in numbers {
            match ranges.last_mut() {
                Some((_, last)) if number <= *last => {}
                Some((_, last)) if number - *last == step => *last = number,
                _ => ranges.push((number, number)),
            }
        }
        Self(ranges)
    }

    /// All of them.
    pub fn all(&self, step: u32) -> impl Iterator<Item = u32> {
        self.0.iter().flat_map(move |(first, last)| (*first..=*last).step_by(step as usize))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a number of the share is one of them.
    pub fn holds(&self, number: u32) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= number);
        after > 0 && number <= self.0[after - 1].1
    }
}

impl From<Numbers> for String {
    fn from(numbers: Numbers) -> Self {
        let range = |&(first, last): &(u32, u32)| {
            if first == last { first.to_string() } else { format!("{first}-{last}") }
        };
        numbers.0.iter().map(range).collect::<Vec<_>>().join(", ")
    }
}

impl TryFrom<String> for Numbers {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let range = |range: &str| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            Ok((first.parse()?, last.parse()?))
        };
        text.split(", ").filter(|range| !range.is_empty()).map(range).collect::<Result<_, _>>().map(Self)
    }
}

/// Letters that went into one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Whose.
    letters: Numbers,
    /// Who was taken off the list and out of the file, which was then made again: their numbers are given to nobody else,
    /// and if they come back, they are in a further file.
    #[serde(default, skip_serializing_if = "Numbers::is_empty")]
    gone: Numbers,
    /// What each was made from, one after the other: the first signs of its fingerprint.
    inputs: String,
    /// Of how many such files it was one when it was made: its cover says so.
    pub of: usize,
}

/// Signs of a fingerprint by which a released letter is told from another of its number.
const SIGNS: usize = 16;

impl Held {
    /// Letters by number, in ascending order, each with its fingerprint.
    pub fn new<'i>(letters: impl Iterator<Item = (u32, &'i str)>, step: u32, of: usize) -> Self {
        let (mut numbers, mut inputs) = (Vec::new(), String::new());
        for (number, from) in letters {
            if numbers.last() != Some(&number) {
                numbers.push(number);
                inputs.push_str(from.get(..SIGNS).unwrap_or(from));
            }
        }
        Self { letters: Numbers::of(numbers.into_iter(), step), gone: Numbers::default(), inputs, of }
    }

    /// Whether a letter is in the file.
    pub fn holds(&self, number: u32) -> bool {
        self.letters.holds(number) && !self.gone.holds(number)
    }

    /// The same after the file was made again, of some of its letters.
    pub fn made_again(&mut self, of: &BTreeSet<u32>, step: u32) {
        let gone: Vec<u32> = self.letters.all(step).filter(|number| !of.contains(number)).collect();
        self.gone = Numbers::of(gone.into_iter(), step);
    }

    /// The same, without some letters.
    pub fn without(&self, gone: &BTreeSet<u32>, step: u32) -> Self {
        Self::new(self.all(step).filter(|(number, _)| !gone.contains(number)), step, self.of)
    }

    /// Every letter, with the first signs of its fingerprint.
    fn all(&self, step: u32) -> impl Iterator<Item = (u32, &str)> {
        let signs = |n: usize| self.inputs.get(n * SIGNS..(n + 1) * SIGNS).unwrap_or_default();
        self.letters.all(step).enumerate().map(move |(n, number)| (number, signs(n)))
    }
}

/// The files of many letters of a released run, by audience and kind, such as `community/print`.
pub type Sets = BTreeMap<String, Vec<Held>>;

/// A second person's word, on which letters lost their draft mark.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Word {
    /// Who looked at the proofs.
    pub checker: String,
    /// When.
    pub checked: NaiveDate,
}

/// What earlier runs in a folder settled.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// On whose word letters were released, in order.
    pub words: Vec<Word>,
    /// If letters are released: which of them went into which file of many.
    pub sets: Option<Sets>,
}

/// Puts released letters of an earlier version aside, whole, so that those of this one have their folder.
///
/// # Errors
/// If letters of this version or a later one were put aside already, another run writes there, or the folder cannot be
/// renamed.
pub fn make_room(folder: &Path, version: u32) -> Result<(), Report> {
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let aside = |version: u32| folder.with_file_name(format!("{name}-version-{version}"));
    let (_, beside) = folder.parent().filter(|p| p.is_dir()).map_or(Ok((false, Vec::new())), with_registers)?;
    let versions = beside.iter().filter_map(|path| version_of(path).filter(|n| aside(*n) == **path));
    // Somebody raised the version and put it back: the folder would look as if nothing had been released.
    if let Some(later) = versions.filter(|n| *n >= version).max() {
        let message = format!("letters of version {later} were released already, and this is version {version}");
        let error = Diagnostic::error(codes::RELEASED, message).place(Place::file(aside(later).display().to_string()));
        return Err(error
            .hint(Hint::naming("write `version: {}` in the conference file", [(later + 1).to_string()]))
            .into());
    }
    match summary(folder)? {
        Some(before) if before.checker.is_some() && before.version < version => {
            Folder::hold(folder)?.set_aside(&aside(before.version))
        }
        _ => Ok(()),
    }
}

/// The version of letters that were put aside, by the name of their folder.
pub fn version_of(folder: &Path) -> Option<u32> {
    folder.file_name()?.to_str()?.rsplit_once("-version-")?.1.parse().ok()
}

/// Looks whether these letters were released in other shares, or whole: everybody would get a second one.
///
/// # Errors
/// If they were.
pub fn not_released_in_other_shares(batch: &Batch<'_>, folder: &Path) -> Result<(), Report> {
    let Some(parent) = folder.parent().filter(|p| p.is_dir()) else { return Ok(()) };
    let (version, options) = (batch.checked.conference.version, &batch.options);
    for other in with_registers(parent)?.1 {
        let Some(found) = summary(&other)? else { continue };
        let is_ours = found.version == version && found.artefact == options.artefact;
        if is_ours && found.checker.is_some() && found.of != options.shard.of {
            let error = Diagnostic::error(codes::RELEASED, "these letters were released in other shares of the list");
            let error = error.place(Place::file(other.display().to_string()));
            return Err(error
                .hint("make the same shares as before; or raise `version:` in the conference file")
                .into());
        }
    }
    Ok(())
}

/// The batch as it goes on where earlier runs in this folder ended: what they made is due with what is made now, who checked
/// it first has checked it, and what was released stays.
pub fn going_on<'b>(
    batch: &Batch<'b>,
    survey: &Survey,
    before: Option<Summary>,
    folder: &Folder,
) -> Result<Batch<'b>, Report> {
    let mut options = batch.options.clone();
    let refused = |error: Diagnostic, hint: &'static str| {
        Err(Report::of(error.place(Place::file(folder.root().display().to_string())).hint(hint)))
    };
    if options.make.contains(&Product::Notify) || options.make.contains(&Product::Zip) {
        options.make.insert(Product::Letters);
    }
    let register = bytes(&folder.root().join("register.csv"))?;
    let Some(before) = before else {
        if register.is_none() {
            return Ok(batch.with(options, Settled::default()));
        }
        let message = "`register.json` is not there: nobody can say whether the letters in this folder were released";
        return refused(
            Diagnostic::error(codes::NOT_AS_MADE, message),
            "put it back from a copy, or choose another folder with `-o`",
        );
    };
    if before.list_name != batch.list_name() {
        let error = Diagnostic::error(codes::OTHER_LIST, "this folder holds the letters of another list or sheet");
        return refused(
            error,
            "a list is known by the name of its file and of its sheet: give it the old name if it is the same; otherwise choose another folder with `-o`",
        );
    }
    let other = before.inputs != batch.inputs || before.choices != batch.choices();
    if before.checker.is_some() && other {
        let message =
            format!("these letters were released as version {}, and this run would make others", before.version);
        return refused(
            Diagnostic::error(codes::RELEASED, message),
            "raise `version:` in the conference file: the released letters are then kept beside the new ones; or, if people were added at the end of the list, say again who has checked the proofs",
        );
    }
    // Some of its letters bear no mark any more, and nobody can say which of them were sent.
    let is_under_way = before.checker.is_some() && !before.ended;
    if is_under_way && before.list != survey.list {
        let message = "the release of these letters was stopped, and the list is another since";
        return refused(
            Diagnostic::error(codes::RELEASED, message),
            "put the list back as it was and run the same command again; or raise `version:` in the conference file",
        );
    }
    let more = !options.make.is_subset(&before.make);
    options.make.extend(&before.make);
    // Whoever adds people or kinds of files to a release says so with their own name; whoever repeats it does not.
    if before.list == survey.list && (is_under_way || !more) {
        let first = before.checker.clone().zip(before.checked);
        options.checker = first.or(options.checker);
    }
    if is_under_way && before.print_part > 0 {
        options.part = before.print_part;
    }
    let is_released = before.checker.is_some() && (before.ended || before.again);
    let register = register.unwrap_or_default();
    if is_released && !is_unfinished(folder.root()) && hash(&register) != before.register {
        let message = "`register.csv` is not as it was made: nobody can say any more which letters were released";
        return refused(
            Diagnostic::error(codes::NOT_AS_MADE, message),
            "put it back from a copy; or raise `version:` in the conference file",
        );
    }
    let words = before.words();
    Ok(batch.with(options, Settled { words, sets: is_released.then_some(before.held) }))
}

/// Looks, before anything is written, whether each released letter would come out as it is.
pub fn nothing_released_changes(batch: &Batch<'_>, survey: &Survey, folder: &Folder) -> Result<(), Report> {
    let (mut other, step) = (None, batch.options.shard.of);
    let sets = batch.settled.sets.iter().flat_map(BTreeMap::values).flatten();
    let held: BTreeSet<(u32, &str)> = sets.flat_map(|held| held.all(step)).collect();
    batch.each(&survey.rows, &mut |_, _, _| {}, &mut |listed| {
        let inputs = batch.inputs_of(&listed);
        let mut signs = held.range((listed.number, "")..(listed.number + 1, "")).map(|(_, signs)| *signs);
        let changed = signs.any(|signs| !inputs.starts_with(signs))
            || due(batch, &listed).iter().any(|line| folder.made_otherwise(line));
        other = changed.then(|| batch.place(&listed));
        other.is_none()
    })?;
    let Some(place) = other else { return Ok(()) };
    let message = format!("{place} is not the one that the released letter of this number was made from");
    let error = Diagnostic::error(codes::RELEASED, message).place(Place::file(batch.list.path().display().to_string()));
    Err(error
        .hint("add new people at the end of the list; to take somebody off, leave their row where it is and clear only the name; to change a released letter, raise `version:` in the conference file")
        .into())
}

/// How many letters of a list are released, and how many a run would add to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Letters that stay as they are.
    pub released: u32,
    /// Letters that would be made.
    pub added: u32,
}

/// Looks what a release of these letters would come to where others of the list are released already, and adds the first
/// and the longest new letter to the proofs. Nothing if none is released.
///
/// # Errors
/// Why it would be refused; another run in the same folder.
pub fn foreseen(batch: &Batch<'_>, survey: &mut Survey, out: &Path) -> Result<Option<Standing>, Report> {
    let root = batch.folder(out);
    // Shares may be released on the proofs of the whole list.
    if batch.options.shard != Shard::WHOLE {
        not_released_in_other_shares(batch, &root)?;
    }
    let before = summary(&root)?;
    match &before {
        Some(before) if before.checker.is_none() || before.version != batch.checked.conference.version => {
            return Ok(None);
        }
        None if bytes(&root.join("register.csv"))?.is_none() => return Ok(None),
        _ => {}
    }
    let folder = Folder::hold(&root)?;
    let batch = going_on(&batch.once_released(), survey, before, &folder)?;
    if !batch.is_settled() {
        return Ok(None);
    }
    nothing_released_changes(&batch, survey, &folder)?;
    let (mut standing, step) = (Standing::default(), batch.options.shard.of);
    let sets = batch.settled.sets.iter().flat_map(BTreeMap::values).flatten();
    let sets: BTreeSet<u32> =
        sets.flat_map(|held| held.all(step).filter(|(n, _)| held.holds(*n))).map(|(number, _)| number).collect();
    // What a stopped run has begun is not released, nor is what was taken off the list.
    let alone: BTreeSet<u32> = lines(&root.join("register.csv"))?.into_iter().map(|line| line.number).collect();
    let (mut first, mut longest): (Option<Listed>, Option<Listed>) = (None, None);
    batch.each(&survey.rows, &mut |_, _, _| {}, &mut |listed| {
        if sets.contains(&listed.number) || alone.contains(&listed.number) {
            standing.released += 1;
            return true;
        }
        standing.added += 1;
        if longest.as_ref().is_none_or(|other| length(&listed) > length(other)) {
            longest = Some(listed.clone());
        }
        first.get_or_insert(listed);
        true
    })?;
    for (why, listed) in [("added-first", first), ("added-longest", longest)] {
        let shown = |proof: &Proof| listed.as_ref().is_some_and(|l| l.number == proof.listed.number);
        if !survey.proofs.iter().any(shown) {
            survey.proofs.extend(listed.map(|listed| Proof { why, listed }));
        }
    }
    Ok(Some(standing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_as_ranges_and_read_again() {
        let all = [3, 11, 19, 35, 43, 91];
        let numbers = Numbers::of(all.into_iter(), 8);
        assert_eq!(String::from(numbers.clone()), "3-19, 35-43, 91");
        assert_eq!(Numbers::try_from("3-19, 35-43, 91".to_owned()), Ok(numbers.clone()));
        assert!((3..200).step_by(8).all(|n| numbers.holds(n) == all.contains(&n)));
        assert_eq!(Numbers::try_from(String::new()), Ok(Numbers::default()));
        assert!(Numbers::try_from("1-x".to_owned()).is_err());
    }
}
