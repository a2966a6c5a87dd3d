//! The letters that somebody looks at before all are made, and what a second person's word stands on.
//!
//! Beside the proofs lies `proofs.json`: from which data, words and list they were made, and their hashes. A run whose letters
//! are drafts no longer is one whose proofs a second person has looked at: they must be there, as they were made, and from
//! the same data, words and list.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::survey::{Proof, Survey, letter};
use super::{Batch, Progress, Shard, guarded};
use crate::deliver;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate::hash;
use crate::jobs::parallel;
use crate::model::listed::Listed;

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

/// `proofs.json`.
#[derive(Serialize, Deserialize)]
struct Record {
    format: u32,
    /// What they were made from.
    inputs: String,
    /// Who prepared the papers.
    maker: String,
    /// How many were to be made.
    due: usize,
    /// The files with their hashes.
    files: BTreeMap<String, String>,
}

const RECORD: &str = "proofs.json";

/// Letters that are looked through at once.
const SOME: usize = 512;

impl Batch<'_> {
    fn proofs(&self, out: &Path) -> PathBuf {
        self.folder(out).join("proof")
    }

    /// What letters are made from, whether a second person has checked them or not, and the whole list.
    fn provable(&self, survey: &Survey) -> String {
        hash([self.press.draft_inputs(), survey.list.clone(), self.choices()].join("\0").as_bytes())
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

    /// Makes the proofs. One that cannot be made stops none of the others: its row is told like any other.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn prove(&self, survey: &Survey, out: &Path) -> Result<Vec<Proved>, Report> {
        super::release::make_room(&self.folder(out), self.checked.conference.version)?;
        let folder = self.proofs(out);
        let mut files = BTreeMap::new();
        let mut proved = Vec::new();
        for proof in &survey.proofs {
            let name = format!("{}.pdf", proof.why);
            let file = folder.join(&name);
            let pages = match self.proof(proof) {
                Ok((data, pages)) => {
                    deliver::remember(&file, &data)?;
                    files.insert(name, hash(&data));
                    Ok(pages)
                }
                Err(report) => Err(report),
            };
            proved.push(Proved { why: proof.why, number: proof.listed.number, file, pages });
        }
        // One of an earlier run would pass for one that could not be made.
        let all = ["first.pdf", "longest.pdf", "random.pdf", "last.pdf", "added-first.pdf", "added-longest.pdf"];
        let old = all.into_iter().filter(|name| !files.contains_key(*name));
        deliver::take_away(&old.collect::<Vec<_>>(), &folder)?;
        let (inputs, maker) = (self.provable(survey), self.checked.maker().to_owned());
        let record = Record { format: 1, inputs, maker, due: survey.proofs.len(), files };
        let json = serde_json::to_vec_pretty(&record).expect("plain strings always serialise");
        deliver::remember(&folder.join(RECORD), &json)?;
        Ok(proved)
    }

    fn proof(&self, proof: &Proof) -> Result<(Vec<u8>, usize), Report> {
        let path = format!("proof/{}.pdf", proof.why);
        guarded(|| self.press.listed_pdf(&letter(self, &proof.listed)?, &self.to(&proof.listed, &path)))
    }

    /// Whether there are proofs that a second person can have looked at: of this run, or of the whole list if this is a share
    /// of it.
    ///
    /// # Errors
    /// If one of them is not there or was changed, or if they were made from something else.
    pub fn was_proved(&self, survey: &Survey, out: &Path) -> Result<(), Report> {
        let whole = Shard::WHOLE.folder(self.people, &self.options.artefact);
        let whole = out.join(&self.checked.conference.reference).join(whole).join("proof");
        let folders = [self.proofs(out), whole];
        if folders.iter().any(|folder| self.stands(survey, folder)) {
            return Ok(());
        }
        let message =
            "there are no proofs of these letters, one could not be made, or data, words or list have changed since";
        let error = Diagnostic::error(codes::NOT_PROVED, message).place(Place::file(folders[0].display().to_string()));
        Err(error
            .hint("make them with `--preview` and mend the rows of those that it cannot make; have your colleague look at them, and then say who did with `--checked-by`")
            .into())
    }

    fn stands(&self, survey: &Survey, folder: &Path) -> bool {
        let read = |name: &str| deliver::batch::bytes(&folder.join(name)).ok().flatten();
        let record = read(RECORD).and_then(|json| serde_json::from_slice::<Record>(&json).ok());
        record.is_some_and(|record| {
            let as_made = |(name, then): (&String, &String)| read(name).is_some_and(|data| hash(&data) == *then);
            let whole = record.files.len() == record.due && record.files.iter().all(as_made);
            record.inputs == self.provable(survey) && whole
        })
    }
}
