//! Answers what went to whom: the record by person, by paper and by day.
//!
//! In: a folder, its data, and a question. Out: a row for each version of every paper and run of letters, and the
//! people who no longer take part. Names come from the data at hand, and from the question.
//!
//! Deliberately absent: its layout.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Serialize;

use super::event::{Role, Sent, Who};
use super::names::Names;
use super::rows::{
    DisposedRow, PaperRow, WithdrawnRow, destroyed_row, letter_row, letters_to, only_if_missing, paper_row, run_row,
    withdrawn_row,
};
use super::share;
use super::state::{Paper, PaperStatus, State, is_of_run};
use super::whom::{Whom, asked, find_all};
use super::writing::Readable;
use crate::deliver::disk::Disk;
use crate::diag::{Diagnostic, Hint, Place, Report, closest, codes};

/// A question about the record. An empty one asks for everything.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Only papers for this person or organisation.
    pub of: Whom,
    /// Only this kind of paper, or this run of letters.
    pub paper: Option<String>,
    /// Only papers that were checked, sent or withdrawn on this day.
    pub on: Option<NaiveDate>,
    /// Only papers that were checked, sent or withdrawn on this day or later.
    pub since: Option<NaiveDate>,
}

/// The answer: what went to whom.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Overview {
    /// The folder.
    #[serde(skip)]
    pub folder: PathBuf,
    /// The reference of the conference.
    pub conference: String,
    /// The number of lines of the record.
    pub lines: u32,
    /// The first digits of the hash in the last of them.
    pub head: String,
    /// Papers and runs of letters, by kind of paper and by number.
    pub papers: Vec<PaperRow>,
    /// The people and organisations who no longer take part.
    pub withdrawn: Vec<WithdrawnRow>,
    /// The destruction of all papers, if it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disposed: Option<DisposedRow>,
    /// Problems of the data that make names doubtful, and what the answer lacks.
    #[serde(skip)]
    pub warnings: Report,
}

/// Answers what went to whom. Nothing is written.
///
/// # Errors
/// If the record or the data is missing or cannot be read, or no person or several have this name, or no paper has this name.
pub fn overview(folder: &Path, data: Option<&Path>, question: &Question) -> Result<Overview, Report> {
    let looking = Readable::at(folder, data)?;
    let (state, names) = (&share::with_merged(folder, looking.state())?, &looking.names);
    let asking = Asking { question, whom: find_all(&question.of, names, state)?, names, state };
    ensure_known_paper(state, question)?;
    let as_typed = question.of.name.as_deref().map(|name| names.asked_for(name, state));
    let names = as_typed.as_ref().unwrap_or(names);
    let mut papers = asking.papers(names);
    papers.extend(asking.letters(names));
    papers.extend(asking.runs());
    papers.sort_by(|(one, _), (other, _)| one.cmp(other));
    let disk = &looking.papers.disk;
    for (_, row) in &mut papers {
        only_if_missing(row, state, |file| disk.exists(file).unwrap_or(true));
    }
    let gone = state.withdrawn.values().filter(|gone| asking.is_about(gone.who) && question.paper.is_none());
    let gone = gone.map(|gone| withdrawn_row(gone, state, names));
    let withdrawn = gone.filter(|row| asking.is_of_that_day(row.on.as_slice())).collect();
    let log = &looking.papers.reading.log;
    let mut warnings = looking.warnings.clone();
    warnings.merge(share::missing(folder, looking.state()));
    Ok(Overview {
        folder: folder.to_owned(),
        conference: looking.reference.clone(),
        lines: log.lines,
        head: log.spoken_head(),
        papers: papers.into_iter().map(|(_, row)| row).collect(),
        withdrawn,
        disposed: state.disposed.as_deref().map(DisposedRow::of),
        warnings,
    })
}

/// The order of the rows: kind of paper, number, version, place.
type Key = (String, Option<Who>, u32, String);

/// A question, with those that it is about.
struct Asking<'q> {
    question: &'q Question,
    /// `None` if it is about everybody.
    whom: Option<Vec<Who>>,
    names: &'q Names,
    state: &'q State,
}

impl Asking<'_> {
    fn is_about(&self, who: Who) -> bool {
        self.whom.as_ref().is_none_or(|whom| whom.contains(&who))
    }

    fn is_of_that_day(&self, days: &[NaiveDate]) -> bool {
        let on = self.question.on.is_none_or(|on| days.contains(&on));
        on && self.question.since.is_none_or(|since| days.iter().any(|day| *day >= since))
    }

    fn is_of_that_kind(&self, paper: &str, folder: &str) -> bool {
        let wanted = self.question.paper.as_deref().map(|wanted| wanted.trim_end_matches('/'));
        let before = self.state.kept.get(folder).map(String::as_str);
        wanted.is_none_or(|wanted| wanted == paper || wanted == folder || Some(wanted) == before)
    }

    /// Whether a paper is for one of those that are asked about. A child's note is for the worker who had that name then.
    fn is_theirs(&self, paper: &Paper) -> bool {
        let Some(whom) = &self.whom else { return true };
        let is_for = |who: &Who| {
            let name = asked(&self.question.of, *who, self.names, self.state).filter(|_| who.role == Role::Child);
            let then = self.state.name_then(*who, paper.numbered);
            paper.made.to.split_whitespace().filter_map(Who::of).any(|to| to == *who)
                && name.is_none_or(|name| then.is_none_or(|then| *then == name))
        };
        whom.iter().any(is_for)
    }

    /// Whether something was sent to those that are asked about: to everybody, or to them by number.
    fn is_to(&self, sent: &Sent) -> bool {
        sent.to.is_empty() || sent.to.split_whitespace().filter_map(Who::of).any(|who| self.is_about(who))
    }

    /// Papers that are no letters of runs, and papers that were destroyed.
    fn papers(&self, names: &Names) -> Vec<(Key, PaperRow)> {
        let state = self.state;
        let mut rows = Vec::new();
        for paper in state.papers.values().filter(|paper| !is_of_run(&paper.made) && self.is_theirs(paper)) {
            let made = &paper.made;
            let mut theirs = paper.clone();
            theirs.sent.retain(|sent| self.whom.is_none() || self.is_to(sent));
            let row = paper_row(&theirs, state, names);
            if self.is_of_that_kind(&made.paper, &made.file) && self.is_of_that_day(&days(&row, state, &made.to)) {
                let first = made.to.split_whitespace().next().and_then(Who::of);
                rows.push(((made.paper.clone(), first, made.v, made.file.clone()), row));
            }
        }
        for paper in &state.destroyed {
            let (made, row) = (&paper.made, destroyed_row(paper, state, names));
            let reader = row.as_ref().and_then(|row| row.numbers.first()).and_then(|number| Who::of(number));
            let is_theirs = self.whom.is_none() || reader.is_some_and(|reader| self.is_about(reader));
            let row = row.filter(|_| is_theirs && self.is_of_that_kind(&made.paper, &made.file));
            if let Some(row) = row.filter(|row| self.is_of_that_day(&days(row, state, ""))) {
                rows.push(((made.paper.clone(), reader, made.v, row.reference.clone()), row));
            }
        }
        rows
    }

    /// Letters of runs to those that are asked about.
    fn letters(&self, names: &Names) -> Vec<(Key, PaperRow)> {
        let mut rows = Vec::new();
        for who in self.whom.iter().flatten() {
            for letter in letters_to(self.state, *who) {
                let run = &letter.best.run.run;
                let row = letter_row(&letter, *who, self.state, names);
                let days = days(&row, self.state, &who.token());
                if self.is_of_that_kind(&run.paper, &run.folder) && self.is_of_that_day(&days) {
                    rows.push(((run.paper.clone(), Some(*who), row.version, row.file.clone()), row));
                }
            }
        }
        rows
    }

    /// Runs of letters, unless it is about somebody.
    fn runs(&self) -> Vec<(Key, PaperRow)> {
        let runs = self.state.runs.values().filter(|run| self.is_of_that_kind(&run.run.paper, &run.run.folder));
        let rows = runs.filter(|_| self.whom.is_none()).map(|run| (run, run_row(run, self.state)));
        let rows = rows.filter(|(_, row)| self.is_of_that_day(&days(row, self.state, "")));
        rows.map(|(run, row)| ((run.run.paper.clone(), None, run.run.v, run.run.folder.clone()), row)).collect()
    }
}

fn ensure_known_paper(state: &State, question: &Question) -> Result<(), Report> {
    let Some(wanted) = question.paper.as_deref() else { return Ok(()) };
    let wanted = wanted.trim_end_matches('/');
    let of_papers = state.papers.values().filter(|paper| !is_of_run(&paper.made));
    let of_papers = of_papers.flat_map(|paper| [paper.made.paper.as_str(), paper.made.file.as_str()]);
    let of_runs = state.runs.values().flat_map(|run| [run.run.paper.as_str(), run.run.folder.as_str()]);
    let mut known: Vec<&str> = of_papers.chain(of_runs).collect();
    if known.contains(&wanted) {
        return Ok(());
    }
    known.retain(|name| !name.contains('/'));
    known.sort_unstable();
    known.dedup();
    let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, format!("the record has no paper `{wanted}`"));
    let hint = closest(wanted, known.iter().copied()).map_or_else(
        || Hint::naming("it has {}", [known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")]),
        |near| Hint::naming("did you mean `{}`?", [near]),
    );
    Err(error.place(Place::file("--paper")).hint(hint).into())
}

/// The days on which anything happened to a paper.
fn days(row: &PaperRow, state: &State, to: &str) -> Vec<NaiveDate> {
    let checked = row.checked.iter().map(|signed| signed.on);
    let sent = row.sent.iter().map(|sent| sent.on);
    let gone = Who::of(to).filter(|_| row.status == PaperStatus::Withdrawn);
    let gone = gone.and_then(|who| state.withdrawn.get(&who)?.on);
    checked.chain(sent).chain(gone).collect()
}
