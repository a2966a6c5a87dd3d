//! Files for a printer and the sheets of labels that go with them.
//!
//! Both hold the same letters in the same order, so that labels can be stuck on by going through the pile.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use super::bundler::{BundleState, Bundler, bundle_of, numbers};
use super::committer::Committer;
use super::outcome::{HANDFUL, RunError, claim, report_failures, stopped};
use super::survey::letter;
use super::{Batch, Ended, Product, ReadBack, Shard, guarded};
use crate::diag::{Diagnostic, Report, codes};
use crate::doc::Document;
use crate::gate::{FileKind, Hash};
use crate::jobs::{Cover, CoverRow, LaidOut, parallel, words_of};
use crate::model::Audience;
use crate::model::listed::Listed;
use crate::records::run::Line;

/// A part of a print run.
struct Part {
    /// Its position, from 1.
    number: usize,
    /// How many parts there are.
    of: usize,
    /// The letters that belong in it.
    letters: Vec<Listed>,
}

/// The outcome of a part: its files, the letters that are not in it, those without a label, and released files that
/// would now be different.
#[derive(Default)]
struct PartOutcome {
    /// Its files, each with its name in the staging area unless it is already in place.
    files: Vec<(Line, Option<String>)>,
    failed: Vec<(Listed, Report)>,
    unlabelled: Vec<Unlabelled>,
    outdated: Vec<String>,
    /// The numbers of the letters in its files, if one of them is new.
    now: Option<BTreeSet<u32>>,
}

/// A person whose label could not be made, and why.
type Unlabelled = (Listed, Report);

impl Bundler<'_> {
    /// Makes files for the printer and sheets of labels, with a fixed number of letters in each, in the order of the
    /// list.
    pub(super) fn parts(
        &self,
        audience: Audience,
        committer: &mut Committer<'_>,
        ended: &mut Ended,
    ) -> Result<(), RunError> {
        let batch = self.batch;
        let released = self.released(audience, "print").to_vec();
        let ours = |listed: &Listed| listed.is_posted() && batch.audience(listed) == audience;
        let mut counts = vec![0; released.len()];
        let mut new = 0;
        self.each(&mut |listed| match bundle_of(&released, listed.number) {
            _ if !ours(&listed) => {}
            Some(bundle) => counts[bundle] += 1,
            None => new += 1,
        })?;
        let size = batch.options.part.max(1);
        let parts = released.len() + usize::div_ceil(new, size);
        counts.extend((0..new).step_by(size).map(|first| size.min(new - first)));
        // A worker has one part in memory. The letters of a few more wait as rows, so that no worker waits for another.
        let workers = super::workers(batch.options.jobs);
        let at_once = 4 * workers;
        let mut filling: BTreeMap<usize, Vec<Listed>> = BTreeMap::new();
        let mut full: Vec<Part> = Vec::new();
        let (mut taken, mut result) = (0, Ok(()));
        let mut flush = |full: &mut Vec<Part>| {
            let full = std::mem::take(full);
            let failed = numbers(&ended.failed);
            let made = parallel::map_on(workers, &full, |part| {
                // A stop waits for the work in hand, and no longer.
                if self.stop.load(Ordering::Relaxed) {
                    return Err(stopped(self.letters));
                }
                guarded(|| self.part(audience, part, &failed))
            });
            let stops = self.stop.load(Ordering::Relaxed);
            for (part, made) in full.iter().zip(made) {
                let made = match made {
                    Err(_) if stops => continue,
                    made => made.map_err(RunError::Fatal)?,
                };
                if batch.options.all_or_nothing && !(made.failed.is_empty() && made.unlabelled.is_empty()) {
                    return Err(RunError::Fatal(report_failures(batch, &[made.failed, made.unlabelled].concat())));
                }
                let held = released.get(part.number - 1);
                let inputs: Vec<(u32, Hash)> = {
                    let without: BTreeSet<u32> = made.failed.iter().map(|(listed, _)| listed.number).collect();
                    let is_in = |l: &&Listed| !without.contains(&l.number) && !failed.contains(&l.number);
                    part.letters.iter().filter(is_in).map(|l| (l.number, batch.inputs_of(l))).collect()
                };
                for (mut line, staged) in made.files {
                    if line.file.contains("/part-") || !batch.makes(Product::Print) {
                        line.held = self.held(held, made.now.as_ref(), inputs.iter().copied(), parts);
                    }
                    committer.add(line, staged).map_err(RunError::Fatal)?;
                }
                ended.fail(made.failed);
                ended.unlabelled.extend(made.unlabelled);
                ended.outdated.extend(made.outdated);
            }
            if stops { Err(RunError::Fatal(stopped(self.letters))) } else { Ok(()) }
        };
        self.each(&mut |listed| {
            if !ours(&listed) || result.is_err() {
                return;
            }
            let bundle = bundle_of(&released, listed.number).unwrap_or_else(|| {
                taken += 1;
                released.len() + (taken - 1) / size
            });
            let letters = filling.entry(bundle).or_default();
            letters.push(listed);
            if letters.len() == counts[bundle] {
                let letters = std::mem::take(letters);
                filling.remove(&bundle);
                full.push(Part { number: bundle + 1, of: released.get(bundle).map_or(parts, |held| held.of), letters });
                if full.len() == at_once {
                    result = flush(&mut full);
                }
            }
        })?;
        result?;
        flush(&mut full)
    }

    /// The line of a file of a part that holds these letters.
    fn part_line<'l>(
        &self,
        audience: Audience,
        kind: &str,
        part: &Part,
        letters: impl Iterator<Item = &'l Listed>,
    ) -> Line {
        let file = self.batch.at(&format!("{}/print/{kind}-{:03}.pdf", audience.id(), part.number));
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("{kind}\0{}/{}", part.number, part.of).as_bytes());
        for listed in letters {
            hasher.update(self.batch.inputs_of(listed).to_string().as_bytes());
        }
        self.line(&file, audience, Hash::from(hasher.finalize()))
    }

    /// Makes a file for the printer and the labels that go with it. Both hold the same people, and a label that cannot
    /// be made leaves its place free: labels bear no reference, and a missing one would put every later letter into the
    /// wrong envelope.
    fn part(&self, audience: Audience, part: &Part, without: &BTreeSet<u32>) -> Result<PartOutcome, Report> {
        let batch = self.batch;
        let mut made = PartOutcome::default();
        let asked = [(Product::Print, "part"), (Product::Labels, "labels")];
        let mut files: Vec<(Product, &str, Line, BundleState)> = Vec::new();
        for (product, kind) in asked.into_iter().filter(|(product, _)| batch.makes(*product)) {
            let mut line = self.part_line(audience, kind, part, part.letters.iter());
            let free = with_gaps(line.inputs);
            let mut state = self.bundle_state(&mut line);
            // Released labels with free places are current; which places are free is reported each time.
            if matches!(state, BundleState::Outdated) && line.inputs == free {
                state = BundleState::Current;
                let labelled = |listed: &Listed| ensure_label_fits(batch, audience, listed).err();
                made.unlabelled = part.letters.iter().filter_map(|l| Some((l.clone(), labelled(l)?))).collect();
            }
            files.push((product, kind, line, state));
        }
        // New letters do not go with labels from the day of the release, nor the other way round.
        if files.iter().any(|(.., state)| matches!(state, BundleState::Outdated)) {
            for (_, _, line, state) in files {
                made.outdated.push(line.file.clone());
                if !matches!(state, BundleState::Due) {
                    made.files.push((line, None));
                }
            }
            return Ok(made);
        }
        let judged = files.iter().any(|(.., state)| matches!(state, BundleState::Due));
        let prints =
            files.iter().any(|(product, .., state)| *product == Product::Print && matches!(state, BundleState::Due));
        let mut laid_out = Vec::with_capacity(part.letters.len() + 1);
        let mut whose: Vec<(&Listed, String)> = Vec::with_capacity(part.letters.len());
        let letters: Vec<&Listed> =
            part.letters.iter().filter(|listed| judged && !without.contains(&listed.number)).collect();
        // A few letters pass one stage before they enter the next, as in `workshop`.
        for some in letters.chunks(HANDFUL) {
            let words: Vec<_> = some.iter().map(|listed| guarded(|| letter(batch, listed))).collect();
            let read = |(listed, document): (&&Listed, Result<Document, Report>)| {
                let document = document?;
                guarded(|| batch.press.read_words(&document, &batch.to(listed, &files[0].2.file))).map(|()| document)
            };
            let read: Vec<_> = some.iter().zip(words).map(read).collect();
            for (listed, document) in some.iter().zip(read) {
                let sound = document.and_then(|document| {
                    let pages = if prints { Some(guarded(|| batch.press.lay_out(&document))?) } else { None };
                    Ok((document.meta.reference, pages))
                });
                match sound {
                    Ok((reference, pages)) => {
                        laid_out.extend(pages);
                        whose.push((listed, reference));
                    }
                    Err(report) => made.failed.push(((*listed).clone(), report)),
                }
            }
        }
        let is_whole = whose.len() == part.letters.len();
        made.now = judged.then(|| whose.iter().map(|(listed, _)| listed.number).collect());
        for (product, kind, mut line, state) in files {
            let mut staged = None;
            match state {
                // Labels made before one of their letters failed would have one too many.
                BundleState::Current if is_whole || !judged => {}
                _ if whose.is_empty() => continue,
                _ => {
                    // A file that lacks a letter is remade on the next run.
                    line = self.part_line(audience, kind, part, whose.iter().map(|(listed, _)| *listed));
                    if product == Product::Print {
                        staged = self.print(audience, part, &mut line, &whose, std::mem::take(&mut laid_out))?;
                    } else {
                        (staged, made.unlabelled) = self.labels(audience, part, &mut line, &whose)?;
                    }
                }
            }
            made.files.push((line, staged));
        }
        Ok(made)
    }

    /// A file for the printer: a cover on top, every letter beginning on the front of a sheet.
    fn print(
        &self,
        audience: Audience,
        part: &Part,
        line: &mut Line,
        whose: &[(&Listed, String)],
        mut laid_out: Vec<LaidOut>,
    ) -> Result<Option<String>, Report> {
        let Shard { part: share, of: shares } = self.batch.options.shard;
        let (letters, sheets, rows) = (0, 0, Vec::new());
        let mut run = Cover { part: part.number, parts: part.of, share, shares, letters, sheets, rows };
        for ((listed, reference), pages) in whose.iter().zip(&laid_out) {
            let from = run.sheets * 2 + 1;
            let (reference, name) = (reference.clone(), listed.name.clone());
            run.rows.push(CoverRow { reference, name, from, to: from + pages.pages() - 1 });
            run.sheets += pages.pages().div_ceil(2);
            run.letters += 1;
        }
        let (cover, before, pages) = self.cover(audience, &mut run, whose)?;
        laid_out.insert(0, pages);
        line.pages = u32::try_from(before + run.sheets * 2).unwrap_or(u32::MAX);
        let data = self.batch.press.joined(&cover, laid_out)?;
        self.seal_and_stage(line, audience, (&words_of(&cover), data), whose, part.number)
    }

    /// The cover, the number of pages it takes, and its layout. It lists the pages of the file on which the letters
    /// are, so it has to know its own length: it is laid out for a likely one, and again if that was wrong.
    fn cover(
        &self,
        audience: Audience,
        run: &mut Cover,
        of: &[(&Listed, String)],
    ) -> Result<(Document, usize, LaidOut), Report> {
        let press = &self.batch.press;
        let mut taken = 0;
        // About 16 rows fit on its first page, and 28 on each other page.
        let mut before = (1 + run.rows.len().saturating_sub(16).div_ceil(28)).next_multiple_of(2);
        // Longer figures never make a cover shorter, so its length settles; if it did not, the last one is used.
        let mut tries = 0;
        loop {
            tries += 1;
            for row in &mut run.rows {
                (row.from, row.to) = (row.from + before - taken, row.to + before - taken);
            }
            taken = before;
            let cover = press.cover(&self.batch.options.artefact, audience, run)?;
            let words = words_of(&cover);
            let whose = of.iter().map(|(listed, _)| *listed);
            press.read_bundle_words(&self.batch.options.artefact, ("a cover", &words), audience, whose)?;
            let pages = press.lay_out(&cover)?;
            before = pages.pages().next_multiple_of(2);
            if before == taken || tries == 8 {
                return Ok((cover, before, pages));
            }
        }
    }

    /// Sheets of labels for the letters of a part, in their order, and the letters whose label could not be made.
    fn labels(
        &self,
        audience: Audience,
        part: &Part,
        line: &mut Line,
        whose: &[(&Listed, String)],
    ) -> Result<(Option<String>, Vec<Unlabelled>), Report> {
        let batch = self.batch;
        let (mut addresses, mut without) = (Vec::with_capacity(whose.len()), Vec::new());
        for (listed, _) in whose {
            match ensure_label_fits(batch, audience, listed) {
                Ok(()) => addresses.push(batch.press.envelope(listed)),
                Err(report) => {
                    addresses.push(Vec::new());
                    without.push(((*listed).clone(), report));
                }
            }
        }
        let document = batch.press.labels(&batch.options.artefact, audience, addresses)?;
        let (data, pages) = batch.press.write(&document)?;
        line.pages = u32::try_from(pages).unwrap_or(u32::MAX);
        let staged = self.seal_and_stage(line, audience, (&words_of(&document), data), whose, part.number)?;
        // Drafts are remade on the next run, which reports the gaps again; for released ones, this hash does.
        if !without.is_empty() {
            line.inputs = with_gaps(line.inputs);
        }
        Ok((staged, without))
    }

    /// Whether a part is read back. The words of each letter in it are read either way.
    fn reads_back(&self, part: usize) -> bool {
        self.batch.options.read_back == ReadBack::Every || self.batch.press.has_own_theme() || part == 1
    }

    /// Reads a file of many letters back and writes it into the staging area.
    fn seal_and_stage(
        &self,
        line: &mut Line,
        audience: Audience,
        (words, data): (&str, Vec<u8>),
        whose: &[(&Listed, String)],
        part: usize,
    ) -> Result<Option<String>, Report> {
        let (press, paper) = (&self.batch.press, &self.batch.options.artefact);
        let whose = whose.iter().map(|(listed, _)| *listed);
        let sealed = if self.reads_back(part) {
            press.seal_bundle(paper, (&line.file, FileKind::Pdf, data), audience, whose)?
        } else {
            press.seal_bundle_by_words(paper, (&line.file, words, data), audience, whose)?
        };
        line.hash = Some(sealed.hash());
        if claim(self.batch, self.letters, &line.file, sealed.hash())? {
            return self.letters.stage(&sealed).map(Some);
        }
        Ok(None)
    }
}

/// The fingerprint of a sheet of labels with free places.
fn with_gaps(inputs: Hash) -> Hash {
    Hash::of(inputs.to_string().as_bytes())
}

/// Checks that an address fits on a label.
///
/// # Errors
/// If it does not.
pub fn ensure_label_fits(batch: &Batch<'_>, audience: Audience, listed: &Listed) -> Result<(), Report> {
    let fits = guarded(|| {
        let label = batch.press.labels(&batch.options.artefact, audience, vec![batch.press.envelope(listed)])?;
        batch.press.lay_out(&label).map(drop)
    });
    // If the theme itself is at fault, the sheet that follows says so.
    fits.map_err(|_| {
        let error = Diagnostic::error(codes::NO_LABEL, "this address does not fit on a label");
        error.hint("write it on the label by hand, or shorten its lines").into()
    })
}
