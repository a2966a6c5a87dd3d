//! The effect of a release on later runs.
//!
//! A released letter may be in the post. So no later run overwrites it, its number is given to nobody else, and a
//! bundle keeps the letters that it was made of: people who are added get their letters in a further one.
//!
//! In: the record of earlier runs. Out: a batch that resumes from them, or why it must not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::outcome::due;
use super::settled::Settled;
use super::spot::Spot;
use super::survey::{Proof, length};
use super::{Batch, People, Product, Shard, Survey};
use crate::check::person::is_title;
use crate::deliver::names;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::model::listed::Listed;
use crate::records::event::SignedOff;
use crate::records::run::{Held, Letters, release_stopped};
use crate::records::shares;

/// The sign-off of a batch, as the record writes it.
pub fn signed(batch: &Batch<'_>) -> Option<SignedOff> {
    let checker = batch.options.checker.as_ref();
    checker.map(|(name, day)| SignedOff { checker: name.trim().to_owned(), on: *day })
}

/// Checks that these letters were not released with the list split differently, which would send everybody a second
/// one.
///
/// # Errors
/// If they were.
pub fn ensure_not_released_in_other_shares(batch: &Batch<'_>, out: &Path) -> Result<(), Report> {
    let (edition, options) = (batch.checked.edition(&batch.options.artefact), &batch.options);
    let conference = out.join(&batch.checked.conference.reference);
    for (folder, run) in shares(&conference)? {
        let is_ours = run.run.v == edition.version && run.run.paper == options.artefact;
        let is_released = run.releases || run.was_released;
        if is_ours && is_released && run.run.parts != options.shard.of {
            let error =
                Diagnostic::error(codes::RELEASED, "these letters were released with the list split differently");
            let error = error.place(Place::file(conference.join(folder).display().to_string()));
            return Err(error.hint("split the list as before, or raise `version:` in the conference file").into());
        }
    }
    Ok(())
}

/// The batch, resumed where earlier runs in this folder ended: their products stay due, their first sign-off stands,
/// and released letters stay as they are.
pub fn resume<'b>(batch: &Batch<'b>, survey: &Survey, letters: &Letters) -> Result<Batch<'b>, Report> {
    let mut options = batch.options.clone();
    let refused = |error: Diagnostic, hint: &'static str| {
        Err(Report::of(error.place(Place::file(letters.path().display().to_string())).hint(hint)))
    };
    if options.make.contains(&Product::Notify) || options.make.contains(&Product::Zip) {
        options.make.insert(Product::Letters);
    }
    let version = batch.checked.edition(&batch.options.artefact).version;
    let Some(before) = letters.found().filter(|before| before.run.v == version || !before.releases) else {
        return Ok(batch.with(options, Settled::default()));
    };
    let run = &before.run;
    if run.list_name != batch.list_name() {
        let error = Diagnostic::error(codes::OTHER_LIST, "this folder holds the letters of another list or sheet");
        return refused(
            error,
            "a list is known by the name of its file and of its sheet: give it the old name if it is the same; otherwise choose another folder with `-o`",
        );
    }
    let other = run.inputs != batch.inputs || run.choices != batch.choices();
    if before.releases && other {
        let message =
            format!("these letters were released as version {}, and this run would make different ones", run.v);
        return refused(
            Diagnostic::error(codes::RELEASED, message),
            "raise their version and say why, as in `papers: { invitation: { version: 2, because: the day has changed } }`: the released letters are then kept beside the new ones; or, if people were added at the end of the list, say again who has checked the proofs",
        );
    }
    // Some of its letters no longer bear the draft mark, and nobody can say which of them were sent.
    let is_under_way = before.releases && !before.ended;
    if is_under_way && run.list != survey.list {
        return Err(release_stopped(&letters.path()));
    }
    let made: BTreeSet<Product> = Product::ALL.into_iter().filter(|p| run.make.iter().any(|id| id == p.id())).collect();
    let more = !options.make.is_subset(&made);
    options.make.extend(&made);
    // Adding people or products to a release needs a sign-off of its own; repeating it does not.
    if before.releases && run.list == survey.list && (is_under_way || !more) {
        let first = before.sign_offs.last().map(|signed| (signed.checker.clone(), signed.on));
        options.checker = first.or(options.checker);
    }
    if is_under_way && run.print_part > 0 {
        options.part = run.print_part as usize;
    }
    let is_released = before.releases && (before.ended || before.was_released);
    Ok(batch.with(options, Settled { files: is_released.then(|| letters.released_files()) }))
}

/// Checks, before anything is written, that no released letter would change.
///
/// # Errors
/// If one would.
pub fn ensure_nothing_released_changes(batch: &Batch<'_>, survey: &Survey, letters: &Letters) -> Result<(), Report> {
    let (mut other, step) = (None, batch.options.shard.of);
    let files = batch.settled.files.iter().flat_map(BTreeMap::values).flatten();
    let held: BTreeSet<(u32, &str)> = files.flat_map(|held| held.all(step)).collect();
    batch.each(&survey.rows, &mut |_, _, _| {}, &mut |listed| {
        let inputs = batch.inputs_of(&listed).to_string();
        let mut digits = held.range((listed.number, "")..(listed.number + 1, "")).map(|(_, digits)| *digits);
        let changed = digits.any(|digits| !inputs.starts_with(digits))
            || due(batch, &listed).iter().any(|line| letters.is_made_otherwise(line));
        other = changed.then(|| batch.place(Spot::of(&listed)));
        other.is_none()
    })?;
    let Some(place) = other else { return Ok(()) };
    let message = format!("{place} differs from what the released letter of this number was made from");
    let error = Diagnostic::error(codes::RELEASED, message).place(batch.file());
    Err(error
        .hint("add new people at the end of the list; to remove a person, leave their row where it is and clear only the name; to change a released letter, raise its version and say why, as in `papers: { invitation: { version: 2, because: the day has changed } }`")
        .into())
}

/// Checks that no row of a list is now somebody quite different from the person to whom an earlier version was released
/// under this number: both would have the same reference.
pub fn ensure_nobody_has_anothers_number(batch: &Batch<'_>, survey: &Survey, letters: &Letters) -> Result<(), Report> {
    let People::List(_) = batch.people else { return Ok(()) };
    let earlier = letters.names_before(batch.checked.edition(&batch.options.artefact).version);
    if earlier.is_empty() {
        return Ok(());
    }
    let mut other = None;
    batch.each(&survey.rows, &mut |_, _, _| {}, &mut |listed| {
        let now = names::slug(&listed.name);
        let now = name_words(&now);
        let before = earlier.get(&listed.number).map(|slug| name_words(slug)).unwrap_or_default();
        if !now.is_empty() && !before.is_empty() && now.is_disjoint(&before) {
            other = Some((batch.place(Spot::of(&listed)), listed.number));
        }
        other.is_none()
    })?;
    let Some((place, number)) = other else { return Ok(()) };
    let message = format!("{place} is somebody else than letter {number} was released to in an earlier version");
    let error = Diagnostic::error(codes::RELEASED, message).place(batch.file());
    Err(error.hint("a number is given to nobody else: clear the name in this row, and add the new person at the end of the list").into())
}

/// The words of a name as it is in the name of a file, without titles.
fn name_words(slug: &str) -> BTreeSet<&str> {
    slug.split('-').filter(|word| !word.is_empty() && !is_title(word)).collect()
}

/// How many letters of a list are released, and how many a run would add to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Forecast {
    /// Letters that stay as they are.
    pub released: u32,
    /// Letters that would be made.
    pub added: u32,
}

/// How many letters a release would add to those already released. Adds the first and the longest new letter to the
/// proofs. `None` if none is released yet.
///
/// # Errors
/// If the release would be refused, or another run is working in the same folder.
pub fn forecast(batch: &Batch<'_>, survey: &mut Survey, out: &Path) -> Result<Option<Forecast>, Report> {
    // A share may be released on the proofs of the whole list.
    if batch.options.shard != Shard::WHOLE {
        ensure_not_released_in_other_shares(batch, out)?;
    }
    let version = batch.checked.edition(&batch.options.artefact).version;
    let before = batch.run_before(out)?;
    if before.is_none_or(|before| !before.releases || before.run.v != version) {
        return Ok(None);
    }
    let letters = batch.letters(out)?;
    let batch = resume(&batch.as_released(), survey, &letters)?;
    if !batch.is_settled() {
        return Ok(None);
    }
    ensure_nothing_released_changes(&batch, survey, &letters)?;
    let (mut forecast, step) = (Forecast::default(), batch.options.shard.of);
    let files = batch.settled.files.iter().flat_map(BTreeMap::values).flatten();
    let held = |held: &Held| held.all(step).filter(|(n, _)| held.holds(*n)).map(|(n, _)| n).collect::<Vec<u32>>();
    let held: BTreeSet<u32> = files.flat_map(held).collect();
    // Letters that a stopped run began are not released, nor are those taken off the list.
    let alone = letters.released_alone();
    let (mut first, mut longest): (Option<Listed>, Option<Listed>) = (None, None);
    batch.each(&survey.rows, &mut |_, _, _| {}, &mut |listed| {
        if held.contains(&listed.number) || alone.contains(&listed.number) {
            forecast.released += 1;
            return true;
        }
        forecast.added += 1;
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
    Ok(Some(forecast))
}
