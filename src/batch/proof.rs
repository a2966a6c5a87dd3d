//! Proofs: the letters that are checked before all are made, and that a second person signs off.
//!
//! The record says from which data, words and list the proofs were made, and their hashes. Letters stop being drafts
//! only in a run whose proofs a second person has checked: the proofs must be there, unchanged, and from the same data,
//! words and list.

use std::path::{Path, PathBuf};

use super::outcome::run_of;
use super::release::ensure_nobody_has_anothers_number;
use super::survey::{Proof, Survey, letter};
use super::{Batch, Progress, Shard, guarded};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate::{Hash, Sealed};
use crate::jobs::parallel;
use crate::model::listed::Listed;
use crate::records::event::{Begin, Run, Verb};
use crate::records::run::{PROOFS, Proof as PutProof, Which, release_stopped};

/// A proof that was made.
#[derive(Debug)]
pub struct Proved {
    /// Why this letter was chosen, as in [`Proof`].
    pub why: &'static str,
    /// The number of the person it is for.
    pub number: u32,
    /// Its path.
    pub file: PathBuf,
    /// Its number of pages, or why it could not be made.
    pub pages: Result<usize, Report>,
}

/// Letters that are read at once.
const CHUNK: usize = 512;

impl Batch<'_> {
    /// The fingerprint of the list and all that letters are made from, the same before and after the check.
    fn provable(&self, survey: &Survey) -> Hash {
        let parts = [self.press.draft_inputs(), survey.list, self.choices()].map(String::from);
        Hash::of(parts.join("\0").as_bytes())
    }

    /// The run that these are the proofs of. The products, and how many letters they hold, do not matter to it.
    fn proofs_of(&self, survey: &Survey) -> Run {
        let due = u32::try_from(survey.proofs.len()).unwrap_or(u32::MAX);
        Run { make: Vec::new(), print_part: 0, letters: 0, due, ..run_of(self, survey, self.provable(survey)) }
    }

    /// Checks the words of every letter, as a run does, and returns the letters that cannot be made.
    ///
    /// # Errors
    /// If the list cannot be read, or has changed since it was surveyed.
    pub fn read_through(
        &self,
        survey: &Survey,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<(Listed, Report)>, Report> {
        let (mut failed, mut done) = (Vec::new(), 0);
        let mut some = Vec::with_capacity(CHUNK);
        let mut read = |some: &mut Vec<Listed>| {
            let some = std::mem::take(some);
            let sound =
                |listed: &Listed| guarded(|| self.press.read_words(&letter(self, listed)?, &self.to(listed, ""))).err();
            let found = parallel::map_on(super::workers(self.options.jobs), &some, sound);
            done += u32::try_from(some.len()).unwrap_or(u32::MAX);
            progress(Progress { done });
            failed.extend(some.into_iter().zip(found).filter_map(|(listed, fault)| Some((listed, fault?))));
        };
        self.each(&survey.rows, &mut |_, _, _| {}, &mut |listed| {
            some.push(listed);
            if some.len() == CHUNK {
                read(&mut some);
            }
            true
        })?;
        read(&mut some);
        Ok(failed)
    }

    /// Makes the proofs. One that cannot be made does not stop the others; its row is reported.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn prove(&self, survey: &Survey, out: &Path) -> Result<Vec<Proved>, Report> {
        let mut letters = self.letters(out)?;
        ensure_nobody_has_anothers_number(self, survey, &letters)?;
        letters.make_room(self.checked.edition(&self.options.artefact).version)?;
        let (mut files, mut proved) = (Vec::new(), Vec::new());
        for proof in &survey.proofs {
            let place = self.at(&format!("{PROOFS}/{}.pdf", proof.why));
            let file = letters.root().join(&place);
            let pages = match self.proof(proof, &place) {
                Ok((file, pages)) => {
                    let audience = self.audience(&proof.listed).id();
                    files.push(PutProof { file, pages: u32::try_from(pages).unwrap_or(u32::MAX), audience });
                    Ok(pages)
                }
                Err(report) => Err(report),
            };
            proved.push(Proved { why: proof.why, number: proof.listed.number, file, pages });
        }
        let run = self.proofs_of(survey);
        let begin =
            Begin { source: crate::records::source(self.checked), run: Some(run.clone()), ..Begin::of(Verb::Proofs) };
        letters.put_proofs(begin, &run, &files)?;
        letters.write_registers(self.checked)?;
        Ok(proved)
    }

    fn proof(&self, proof: &Proof, place: &str) -> Result<(Sealed, usize), Report> {
        guarded(|| self.press.listed_pdf(&letter(self, &proof.listed)?, &self.to(&proof.listed, place)))
    }

    /// Checks that there are proofs that a second person can have checked: of this run, or of the whole list if this is
    /// a share of it.
    ///
    /// # Errors
    /// If one of them is missing or has changed, or if they were made from something else.
    pub fn ensure_proved(&self, survey: &Survey, out: &Path) -> Result<(), Report> {
        let is_proved = |shard: Shard| {
            shard.which(self.people, out, self.checked, &self.options.artefact, |which| {
                self.check_proofs_exist(survey, which)
            })
        };
        if is_proved(self.options.shard)? || is_proved(Shard::WHOLE)? {
            return Ok(());
        }
        // Once a release has begun, proofs of something else no longer count.
        let version = self.checked.edition(&self.options.artefact).version;
        let is_stopped = self.run_before(out)?.is_some_and(|before| {
            let run = &before.run;
            let is_other = run.list != survey.list || run.inputs != self.inputs;
            before.releases && !before.ended && run.v == version && is_other
        });
        if is_stopped {
            return Err(release_stopped(&self.folder(out)));
        }
        let folder = self.folder(out).join(PROOFS);
        let message = if folder.exists() {
            "the proofs of these letters are incomplete, or the data, words or list have changed since they were made"
        } else {
            "these letters have no proofs yet"
        };
        let error = Diagnostic::error(codes::NOT_PROVED, message).place(Place::file(folder.display().to_string()));
        Err(error
            .hint("make them with `--preview` and correct the rows of any that cannot be made; ask a colleague to check them, and then name that colleague with `--checked-by`")
            .into())
    }

    /// Checks whether the proofs of a share are there, unchanged, and of this survey.
    fn check_proofs_exist(&self, survey: &Survey, which: &Which<'_>) -> Result<bool, Report> {
        let Some(state) = which.read()? else { return Ok(false) };
        let Some((run, files)) = state.proofs.get(which.below()) else { return Ok(false) };
        let root = which.root();
        let as_made = |(file, hash): (&String, &Hash)| crate::records::run::is_as_made(&root, file, *hash);
        Ok(run.inputs == self.provable(survey) && files.len() == run.due as usize && files.iter().all(as_made))
    }
}
