//! Verifies each paper by itself: its readers, its checker, whether it is due, and whether its release can be proved.

use std::collections::{BTreeMap, BTreeSet};

use super::super::build::source;
use super::super::event::Who;
use super::super::log::LOG;
use super::super::remade::remade;
use super::super::run::PROOFS;
use super::super::state::{Paper, PaperStatus, RunState, is_of_run, is_only_for};
use super::audit::{Audit, Data};
use crate::check::person::{Likeness, likeness};
use crate::diag::{Diagnostic, Hint, Report, codes, count};
use crate::gate::Hash;
use crate::jobs::{self, Press};
use crate::view::Stage;

impl Audit<'_> {
    /// Checks each paper's folder and checker.
    pub(super) fn papers(&mut self) {
        for paper in self.reading.state.papers.values() {
            let made = &paper.made;
            let standing = matches!(paper.status, PaperStatus::Draft | PaperStatus::Released);
            // A proof is apart from the letters, whatever its audience: nobody sends it.
            let is_theirs =
                |part| jobs::audience_of_folder(part).is_some_and(|audience| audience.id() == made.audience);
            let in_folder = made.paper == PROOFS || made.file.split('/').any(is_theirs);
            if standing && !in_folder {
                let message =
                    format!("this paper is for the {} audience and is in the folder of another", made.audience);
                let error = Diagnostic::error(codes::NOT_AS_MADE, message).place(self.at(&made.file));
                self.push(error.hint("build again with `--all`"));
            }
            let signed = paper.sign_off.as_deref();
            if signed.is_some_and(|signed| {
                paper.source.makers().any(|maker| likeness(&signed.checker, maker) == Likeness::Same)
            }) {
                let error =
                    Diagnostic::error(codes::SAME_PERSON, "the record names the maker of this paper as its checker");
                let error = error.place(self.at(&made.file));
                self.push(error.hint("have somebody else check it, and release a new version"));
            }
        }
    }

    /// Reports papers that are no longer due.
    pub(super) fn due(&mut self, data: Data<'_>) -> Result<(), Report> {
        let due: BTreeSet<String> = data.press.stems()?;
        let stale: Vec<Paper> = self
            .state()
            .papers
            .values()
            .filter(|paper| {
                matches!(paper.status, PaperStatus::Draft | PaperStatus::Released) && !is_of_run(&paper.made)
            })
            .filter(|paper| paper.made.file.rsplit_once('.').is_none_or(|(stem, _)| !due.contains(stem)))
            .cloned()
            .collect();
        for paper in stale {
            let (message, hint) = if paper.status == PaperStatus::Released {
                (
                    "this paper was released, and is no longer due",
                    match Who::of(&paper.made.to) {
                        Some(who) => Hint::naming(
                            "if its reader has a new name, make a new version with `--reissue`; if they no longer take part, say so with `convenor withdraw --number {}`",
                            [who.as_typed()],
                        ),
                        None => Hint::from(
                            "if its reader has a new name, make a new version with `--reissue`; if they no longer take part, say so with `convenor withdraw`",
                        ),
                    },
                )
            } else {
                ("this draft is no longer due", Hint::from("build again with `--all`, which removes it"))
            };
            let warning = Diagnostic::warning(codes::NO_LONGER_DUE, message).place(self.at(&paper.made.file));
            self.push(warning.hint(hint));
        }
        Ok(())
    }

    /// Reports files of runs of letters that a person must decide on.
    pub(super) fn runs(&mut self) {
        for run in self.reading.state.runs.values() {
            self.run(run);
        }
    }

    /// Reports files of a run of letters that a person must decide on.
    fn run(&mut self, run: &RunState) {
        let below =
            |file: &str| if run.run.folder.is_empty() { file.to_owned() } else { format!("{}/{file}", run.run.folder) };
        for file in &run.end.outdated {
            let error = Diagnostic::error(
                codes::NO_LONGER_DUE,
                "this file was released before somebody in it was taken off the list",
            );
            let error = error.place(self.at(&below(file)));
            self.push(error.hint("if it was not sent, remove it with the letters or labels of its number, and run `convenor invite` again: it is then made without them"));
        }
        for file in &run.end.stale {
            // A file that is missing is reported as such.
            if !self.state().papers.contains_key(file) || !self.disk.exists(file).unwrap_or(false) {
                continue;
            }
            let is_off = is_only_for(self.state(), file, run.run.parts, |number| run.end.off.holds(number));
            let message = "this file was released to somebody who was taken off the list";
            let place = self.at(file);
            self.push(if is_off {
                let warning = Diagnostic::warning(codes::NO_LONGER_DUE, message).place(place);
                warning.hint("keep it here, since the record knows it, and do not send it now")
            } else {
                let error = Diagnostic::error(codes::NO_LONGER_DUE, message).place(place);
                error.hint("keep it here; to take somebody off, put their row back where it was, clear only the name, and run `convenor invite` again")
            });
        }
        let failed = run.end.failed.all(run.run.parts).count();
        if failed > 0 {
            let message = format!("{} could not be made", count(failed, "letter"));
            let warning = Diagnostic::warning(codes::MISSING_PAPER, message).place(self.at(&below("problems.csv")));
            self.push(warning.hint("correct their rows, and run `convenor invite` again"));
        }
    }

    /// Reports drafts that were made from other data than today's. For released papers, see `releases`.
    pub(super) fn drafts(&mut self, data: Data<'_>) {
        let now = source(data.checked);
        let drafts = || {
            let papers = self.reading.state.papers.values().filter(|paper| !is_of_run(&paper.made));
            papers.filter(|paper| paper.status == PaperStatus::Draft)
        };
        let others = drafts().filter(|paper| paper.source.data != now.data).count();
        let words = drafts().filter(|paper| paper.source.templates != now.templates).count();
        for (number, what) in [(others, "the data has"), (words, "templates or theme have")] {
            if number > 0 {
                let papers = if number == 1 { "1 draft was".to_owned() } else { format!("{number} drafts were") };
                let message = format!("{what} changed since {papers} made");
                let warning = Diagnostic::warning(codes::NOT_AS_MADE, message).place(self.at(LOG));
                self.push(warning.hint("build again with `--all` for papers that say what the data says now"));
            }
        }
    }

    /// Proves releases whose data has not changed: the draft comes out as it was checked, and the paper without the
    /// mark.
    pub(super) fn releases(&mut self, data: Data<'_>) -> Result<(), Report> {
        let now = source(data.checked);
        let released: BTreeMap<String, Paper> = self
            .state()
            .papers
            .iter()
            .filter(|(_, paper)| paper.status == PaperStatus::Released && !is_of_run(&paper.made))
            .map(|(file, paper)| (file.clone(), paper.clone()))
            .collect();
        let mut differ: BTreeSet<String> = BTreeSet::new();
        for (stage, said) in [(Stage::Unchecked, "draft"), (Stage::Released, "paper")] {
            let again = remade(data.checked, &released, stage)?;
            let again: BTreeMap<&str, Hash> = again.iter().map(|f| (f.path(), f.sealed().hash())).collect();
            for (file, paper) in &released {
                let expected = if said == "draft" { paper.made.draft } else { Some(paper.made.hash) };
                if again.get(file.as_str()).copied() == expected {
                    continue;
                }
                let then = &paper.source;
                let is_same = then.data == now.data && then.templates == now.templates && then.program == now.program;
                if is_same && again.contains_key(file.as_str()) {
                    let message = format!(
                        "this release cannot be proved: the {said} does not come out of the data as the record says"
                    );
                    let error = Diagnostic::error(codes::RELEASED, message).place(self.at(file));
                    self.push(
                        error.hint("put the record back from a copy, or make a new version of it with `--reissue`"),
                    );
                }
                differ.insert(file.clone());
            }
        }
        for file in &differ {
            self.check_mark(file, &released[file], data.press)?;
        }
        if !differ.is_empty() {
            let message = format!(
                "{} would be different with today's data, which therefore cannot prove what was released",
                count(differ.len(), "released paper")
            );
            let warning = Diagnostic::warning(codes::RELEASED_DIFFERS, message).place(self.at(LOG));
            self.push(warning.hint("make a new version of it with `--reissue` if its readers have to know; to prove the one that was sent, verify with the data of its release: `--data`"));
        }
        Ok(())
    }

    /// Reports a released paper that still has the mark of a draft: this program never released it.
    fn check_mark(&mut self, file: &str, paper: &Paper, press: &Press<'_>) -> Result<(), Report> {
        if paper.made.draft == Some(paper.made.hash) {
            return Ok(());
        }
        let bytes = self.disk(file, self.disk.read(file))?.unwrap_or_default();
        if press.bears_mark(file, &bytes) {
            let error =
                Diagnostic::error(codes::RELEASED, "this paper is entered as released but bears the mark of a draft");
            let error = error.place(self.at(file));
            self.push(error.hint("put the released file and the record back from a copy"));
        }
        Ok(())
    }
}
