//! The letters that somebody looks at before all are made, and what a second person's word stands on.
//!
//! The record says from which data, words and list the proofs were made, and their hashes. A run whose letters are drafts no
//! longer is one whose proofs a second person has looked at: they must be there, as they were made, and from the same data,
//! words and list.

use std::path::{Path, PathBuf};

use super::outcome::run_of;
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
    /// Why this letter, as in [`Proof`].
    pub why: &'static str,
    /// The number of its person.
    pub number: u32,
    /// Where it lies.
    pub file: PathBuf,
    /// Its pages, or what stands in its way.
    pub pages: Result<usize, Report>,
}

/// Letters that are looked through at once.
const SOME: usize = 512;

impl Batch<'_> {
    /// What letters are made from, whether a second person has checked them or not, and the whole list.
    fn provable(&self, survey: &Survey) -> Hash {
        let parts = [self.press.draft_inputs(), survey.list, self.choices()].map(String::from);
        Hash::of(parts.join("\0").as_bytes())
    }

    /// Of what run these are the proofs. What is made of the letters, and in how many, does not touch them.
    fn proofs_of(&self, survey: &Survey) -> Run {
        let due = u32::try_from(survey.proofs.len()).unwrap_or(u32::MAX);
        Run { make: Vec::new(), print_part: 0, letters: 0, due, ..run_of(self, survey, self.provable(survey)) }
    }

    /// Looks through the words of every letter, as a run does, and gives those that it would not make.
    ///
    /// # Errors
    /// If the list cannot be read, or was changed since it was looked over.
    pub fn read_through(
        &self,
        survey: &Survey,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<(Listed, Report)>, Report> {
        let (mut failed, mut done) = (Vec::new(), 0);
        let mut some = Vec::with_capacity(SOME);
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
            if some.len() == SOME {
                read(&mut some);
            }
            true
        })?;
        read(&mut some);
        Ok(failed)
    }

    /// Makes the proofs. One that cannot be made stops none of the others: its row is reported like any other.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn prove(&self, survey: &Survey, out: &Path) -> Result<Vec<Proved>, Report> {
        let mut letters = self.letters(out)?;
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

    /// Checks that there are proofs that a second person can have looked at: of this run, or of the whole list if this is a
    /// share of it.
    ///
    /// # Errors
    /// If one of them is not there or was changed, or if they were made from something else.
    pub fn ensure_proved(&self, survey: &Survey, out: &Path) -> Result<(), Report> {
        let is_proved = |shard: Shard| {
            shard.which(self.people, out, self.checked, &self.options.artefact, |which| self.stands(survey, which))
        };
        if is_proved(self.options.shard)? || is_proved(Shard::WHOLE)? {
            return Ok(());
        }
        // Who has begun to release cannot look at proofs of something else.
        let version = self.checked.edition(&self.options.artefact).version;
        let is_stopped = self.run_before(out)?.is_some_and(|before| {
            let run = &before.run;
            let is_other = run.list != survey.list || run.inputs != self.inputs;
            before.releases && !before.ended && run.v == version && is_other
        });
        if is_stopped {
            return Err(release_stopped(&self.folder(out)));
        }
        let message =
            "there are no proofs of these letters, one could not be made, or data, words or list have changed since";
        let folder = self.folder(out).join(PROOFS);
        let error = Diagnostic::error(codes::NOT_PROVED, message).place(Place::file(folder.display().to_string()));
        Err(error
            .hint("make them with `--preview` and mend the rows of those that it cannot make; have your colleague look at them, and then say who did with `--checked-by`")
            .into())
    }

    fn stands(&self, survey: &Survey, which: &Which<'_>) -> Result<bool, Report> {
        let Some(state) = which.read()? else { return Ok(false) };
        let Some((run, files)) = state.proofs.get(which.below()) else { return Ok(false) };
        let root = which.root();
        let as_made = |(file, hash): (&String, &Hash)| crate::records::run::is_as_made(&root, file, *hash);
        Ok(run.inputs == self.provable(survey) && files.len() == run.due as usize && files.iter().all(as_made))
    }
}
