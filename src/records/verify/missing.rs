//! Reports papers of the record that are not in the folder. What is known to be lost is a warning.

use std::collections::BTreeSet;

use super::super::commit::Moves;
use super::super::missing::{Missing, known_losses};
use super::super::state::Paper;
use super::audit::Audit;
use crate::diag::{Diagnostic, codes};

impl Audit<'_> {
    /// Reports every paper that was not seen, unless it would be behind a link, which is reported itself.
    pub(super) fn missing(&mut self, seen: &BTreeSet<String>, linked: &[String]) {
        let papers = self.reading.state.papers.values();
        let missing: Vec<&Paper> = papers.filter(|p| !seen.contains(&p.made.file) && !self.is_moving(p)).collect();
        self.missing.extend(missing.iter().map(|paper| paper.made.file.clone()));
        let is_behind = |paper: &&Paper| linked.iter().any(|below| paper.made.file.starts_with(below));
        let (known, unknown): (Vec<&Paper>, Vec<&Paper>) =
            missing.into_iter().filter(|paper| !is_behind(paper)).partition(|paper| paper.may_be_missing());
        for warning in known_losses(self.folder, &known) {
            self.push(warning);
        }
        for paper in known.iter().filter(|paper| paper.loss.is_none()) {
            let message = "this version was released, and was missing when another replaced it";
            let warning = Diagnostic::warning(codes::MISSING_PAPER, message).place(self.at(&paper.made.file));
            self.push(warning.hint("if there is a copy of it, put it here"));
        }
        for error in (Missing { state: &self.reading.state, folder: self.folder }).errors(&unknown) {
            self.push(error);
        }
    }

    /// Whether an unfinished change has moved a paper. It is reported with the change.
    fn is_moving(&self, paper: &Paper) -> bool {
        self.state().open.as_ref().is_some_and(|unit| {
            let moves = Moves::of(unit.begin.verb, &unit.lines);
            moves.aside.iter().any(|(from, ..)| *from == paper.made.file)
                || moves.folders.iter().any(|(from, _)| paper.made.file.starts_with(&format!("{from}/")))
        })
    }
}
