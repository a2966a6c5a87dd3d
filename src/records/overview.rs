//! Answers what went to whom: the record by person, by paper and by day.
//!
//! In: a folder, its data, and a question. Out: a row for each version of every paper and run of letters, and the
//! people who no longer take part. Names come from the data at hand and from nowhere else.
//!
//! Deliberately absent: its layout.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Serialize;

use super::event::{Channel, Role, Sent, SignedOff, Who};
use super::names::Names;
use super::run::{Addressed, addressed};
use super::share;
use super::state::{Paper, PaperStatus, RunState, State, is_of_run};
use super::whom::{Whom, find};
use super::writing::Looking;
use crate::diag::{Diagnostic, Hint, Place, Report, closest, codes, count};

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
}

/// One version of one paper, or one run of letters.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct PaperRow {
    /// The kind of paper.
    pub paper: String,
    /// Its readers, in words.
    pub to: Vec<String>,
    /// Its readers by number: `i3`, `o2`, `c1`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
    /// The paper's own reference.
    pub reference: String,
    /// The version.
    pub version: u32,
    /// The day of issue.
    pub issued: NaiveDate,
    /// Its status.
    pub status: PaperStatus,
    /// Its maker.
    pub maker: String,
    /// Its checkers.
    pub checked: Vec<SignedRow>,
    /// Notes that it was sent.
    pub sent: Vec<SentRow>,
    /// Of a run: the number of its letters that were noted as sent.
    #[serde(skip_serializing_if = "is_zero")]
    pub letters_sent: usize,
    /// Of a run: the number of people who were taken off the list after their letters were released.
    #[serde(skip_serializing_if = "is_zero")]
    pub taken_off: usize,
    /// The reason why it replaced an earlier version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Its place below the folder.
    pub file: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A checker and the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SignedRow {
    /// The checker.
    pub by: String,
    /// The day.
    pub on: NaiveDate,
}

/// A note that something was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SentRow {
    /// The channel.
    pub how: Channel,
    /// The day.
    pub on: NaiveDate,
    /// Of a paper for several people: the one it was sent to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Of a run: the letters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub letters: String,
    /// The name of the person who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A person or organisation that no longer takes part.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct WithdrawnRow {
    /// Their number.
    pub number: String,
    /// Their name, if the data has it.
    pub name: String,
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// The reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Whether their files were destroyed.
    pub erased: bool,
}

/// Answers what went to whom. Nothing is written.
///
/// # Errors
/// If the record is missing or cannot be read, or no person or several have this name, or no paper has this name.
pub fn overview(folder: &Path, data: Option<&Path>, question: &Question) -> Result<Overview, Report> {
    let looking = Looking::at(folder, data)?;
    let (state, names) = (&share::with_merged(folder, looking.state())?, &looking.names);
    let whom = find(&question.of, names, state)?;
    ensure_known_paper(state, question)?;
    let is_asked = |days: &[NaiveDate]| {
        let on = question.on.is_none_or(|on| days.contains(&on));
        on && question.since.is_none_or(|since| days.iter().any(|day| *day >= since))
    };
    let is_of = |paper: &str, folder: &str| {
        let wanted = question.paper.as_deref().map(|wanted| wanted.trim_end_matches('/'));
        let before = state.kept.get(folder).map(String::as_str);
        wanted.is_none_or(|wanted| wanted == paper || wanted == folder || Some(wanted) == before)
    };
    let mut papers: Vec<(Key, PaperRow)> = Vec::new();
    for paper in state.papers.values().filter(|paper| !is_of_run(&paper.made)) {
        let made = &paper.made;
        let is_theirs = whom.is_none_or(|who| made.to.split_whitespace().filter_map(Who::of).any(|to| to == who));
        let mut theirs = paper.clone();
        theirs.sent.retain(|sent| whom.is_none_or(|who| is_to(sent, who)));
        let row = row(&theirs, state, names);
        if is_theirs && is_of(&made.paper, &made.file) && is_asked(&days(&row, state, &made.to)) {
            let first = made.to.split_whitespace().next().and_then(Who::of);
            papers.push(((made.paper.clone(), first, made.v, made.file.clone()), row));
        }
    }
    for paper in &state.destroyed {
        let Some(row) = destroyed_row(paper, state, names) else { continue };
        let reader = row.numbers.first().and_then(|number| Who::of(number));
        let is_theirs = whom.is_none_or(|who| reader == Some(who));
        if is_theirs && is_of(&paper.made.paper, &paper.made.file) && is_asked(&days(&row, state, "")) {
            papers.push(((paper.made.paper.clone(), reader, paper.made.v, row.reference.clone()), row));
        }
    }
    for letter in whom.map(|who| letters_to(state, who)).unwrap_or_default() {
        let run = &letter.run.run;
        let row = letter_row(&letter, whom.expect("letters are asked for of somebody"), state, names);
        if is_of(&run.paper, &run.folder) && is_asked(&days(&row, state, &row.numbers.concat())) {
            papers.push(((run.paper.clone(), whom, run.v, row.file.clone()), row));
        }
    }
    for run in state.runs.values().filter(|run| whom.is_none() && is_of(&run.run.paper, &run.run.folder)) {
        let row = run_row(run, state, names);
        if is_asked(&days(&row, state, "")) {
            papers.push(((run.run.paper.clone(), None, run.run.v, run.run.folder.clone()), row));
        }
    }
    papers.sort_by(|(one, _), (other, _)| one.cmp(other));
    let gone = state.withdrawn.values().filter(|gone| whom.is_none_or(|who| who == gone.who));
    let gone = gone.filter(|_| question.paper.is_none()).map(|gone| WithdrawnRow {
        number: gone.who.as_typed(),
        name: names.recipients(&gone.who.token(), state).concat(),
        on: gone.on,
        because: gone.because.clone(),
        erased: state.erased.contains(&gone.who),
    });
    let withdrawn = gone.filter(|row| is_asked(&row.on.into_iter().collect::<Vec<_>>())).collect();
    let log = &looking.papers.reading.log;
    Ok(Overview {
        folder: folder.to_owned(),
        conference: looking.checked.conference.reference.clone(),
        lines: log.lines,
        head: log.spoken_head(),
        papers: papers.into_iter().map(|(_, row)| row).collect(),
        withdrawn,
    })
}

/// The order of the rows: kind of paper, number, version, place.
type Key = (String, Option<Who>, u32, String);

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

fn signed(all: impl Iterator<Item = SignedOff>) -> Vec<SignedRow> {
    let mut rows: Vec<SignedRow> = Vec::new();
    for SignedOff { checker, on } in all {
        let row = SignedRow { by: checker, on };
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

fn sent_row(sent: &Sent, names: &Names, state: &State) -> SentRow {
    SentRow {
        how: sent.how,
        on: sent.on,
        to: (!sent.to.is_empty()).then(|| names.recipients(&sent.to, state).join(", ")),
        letters: sent.letters.clone().into(),
        by: sent.by.clone(),
    }
}

/// The same for a row that is about one letter of a run.
fn sent_alone(sent: &Sent, names: &Names, state: &State) -> SentRow {
    SentRow { letters: String::new(), ..sent_row(sent, names, state) }
}

fn row(paper: &Paper, state: &State, names: &Names) -> PaperRow {
    let made = &paper.made;
    PaperRow {
        paper: made.paper.clone(),
        to: names.recipients(&made.to, state),
        numbers: made.to.split_whitespace().filter_map(Who::of).map(Who::token).collect(),
        reference: made.reference.clone(),
        version: made.v,
        issued: made.issued,
        status: paper.status,
        maker: paper.source.maker.clone(),
        checked: signed(paper.checked.iter().cloned().chain(paper.sign_off.as_deref().cloned())),
        sent: paper.sent.iter().map(|sent| sent_row(sent, names, state)).collect(),
        letters_sent: 0,
        taken_off: 0,
        because: made.because.clone(),
        file: made.file.clone(),
    }
}

/// Of each run, the file with the letter to a person: their own, as a PDF if there is one, or else a bundle.
fn letters_to(state: &State, who: Who) -> Vec<Addressed<'_>> {
    let mut best: BTreeMap<(&str, PaperStatus), Addressed<'_>> = BTreeMap::new();
    let rank = |one: &Addressed<'_>| {
        let file = one.paper.made.file.as_str();
        let ending = ["pdf", "zip", "eml"].iter().position(|ending| file.ends_with(ending)).unwrap_or(usize::MAX);
        (one.is_shared, file.contains("/labels-"), ending, file.to_owned())
    };
    for one in addressed(state, who) {
        let kept = best.entry((one.run.run.folder.as_str(), one.paper.status)).or_insert(one);
        if rank(&one) < rank(kept) {
            *kept = one;
        }
    }
    best.into_values().collect()
}

/// Whether something was sent to a reader: to everybody, or to them by number.
fn is_to(sent: &Sent, who: Who) -> bool {
    sent.to.is_empty() || sent.to.split_whitespace().any(|token| Who::of(token) == Some(who))
}

/// The row of a paper that was destroyed: what it was and that it was sent, but not its file name, which may be a person's.
/// `None` for a second copy of a letter.
fn destroyed_row(paper: &Paper, state: &State, names: &Names) -> Option<PaperRow> {
    let (made, who) = (&paper.made, paper.made.no.map(|no| Who { role: Role::Invitee, no }));
    let is_pdf = made.file.rsplit_once('.').is_some_and(|(_, ending)| ending == "pdf");
    if who.is_some() && !is_pdf || made.file.contains("/notify/") {
        return None;
    }
    let origin = state.kept.get(&made.file).unwrap_or(&made.file);
    let is_of_run = |sent: &&Sent| {
        origin.starts_with(&format!("{}/", sent.file)) && made.no.is_some_and(|no| sent.letters.holds(no))
    };
    let sent = state.sent.iter().filter(is_of_run).map(|sent| sent_alone(sent, names, state));
    let mut row = row(paper, state, names);
    row.sent.extend(sent);
    if let Some(who) = who {
        row.to = names.recipients(&who.token(), state);
        row.numbers = vec![who.token()];
    }
    Some(PaperRow { file: String::new(), ..row })
}

fn letter_row(letter: &Addressed<'_>, who: Who, state: &State, names: &Names) -> PaperRow {
    let of_run = state.sent.iter().filter(|sent| sent.file == letter.run.run.folder && sent.letters.holds(who.no));
    let sent: Vec<SentRow> =
        letter.paper.sent.iter().chain(of_run).map(|sent| sent_alone(sent, names, state)).collect();
    let checked = letter.run.sign_offs.iter().filter(|_| letter.paper.status != PaperStatus::Draft);
    PaperRow {
        to: names.recipients(&who.token(), state),
        numbers: vec![who.token()],
        checked: signed(checked.cloned()),
        sent,
        ..row(letter.paper, state, names)
    }
}

fn run_row(run: &RunState, state: &State, names: &Names) -> PaperRow {
    let is_released = run.was_released || run.releases && run.ended;
    let sent = || state.sent.iter().filter(|sent| sent.file == run.run.folder);
    let letters_sent: BTreeSet<u32> = sent().flat_map(|sent| sent.letters.all(1)).collect();
    let taken_off = run.end.off.all(run.run.parts).count();
    let mut to = vec![format!("{} to a list", count(run.run.letters as usize, "letter"))];
    if taken_off > 0 {
        to.push(format!("{taken_off} taken off after the release"));
    }
    if !letters_sent.is_empty() {
        to.push(format!("{} sent", letters_sent.len()));
    }
    PaperRow {
        paper: run.run.paper.clone(),
        to,
        numbers: Vec::new(),
        reference: String::new(),
        version: run.run.v,
        issued: run.run.issued,
        status: match is_released {
            true if state.kept.contains_key(&run.run.folder) => PaperStatus::Superseded,
            true => PaperStatus::Released,
            false => PaperStatus::Draft,
        },
        maker: run.source.maker.clone(),
        checked: signed(run.sign_offs.iter().cloned()),
        sent: sent().map(|sent| sent_row(sent, names, state)).collect(),
        letters_sent: letters_sent.len(),
        taken_off,
        because: None,
        file: run.run.folder.clone(),
    }
}
