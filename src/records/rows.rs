//! The rows of an answer about the record: papers, letters of a run, runs, and the people who no longer take part.
//!
//! In: the state of a record, and the names in the data. Out: a row for each, with its readers in words.
//!
//! Deliberately absent: which rows were asked for, and their layout.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::event::{Channel, Disposed, Lost, Made, Role, Sent, SignedOff, Who, Withdrawn};
use super::names::Names;
use super::ranges::Ranges;
use super::run::{Addressed, PROOFS, addressed, prefix};
use super::state::{Paper, PaperStatus, RunState, State, is_of_run};
use crate::diag::count;

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
    /// Whether every page of it has the mark of a draft although it was released: the chair has not approved it.
    #[serde(skip_serializing_if = "is_false")]
    pub has_draft_mark: bool,
    /// The note that it is lost, as long as it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost: Option<LostRow>,
    /// Of a run: the number of its files that are lost.
    #[serde(skip_serializing_if = "is_zero")]
    pub files_lost: usize,
    /// Its place below the folder.
    pub file: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
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

/// A note that a released file is lost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct LostRow {
    /// The day on which it was missed.
    pub on: NaiveDate,
    /// The reason.
    pub because: String,
    /// The name of the person who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
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
    /// Of a run: the file, if it is not one of letters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file: String,
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

/// The row of a note about a paper that was `numbered` then.
fn sent_row(sent: &Sent, numbered: usize, names: &Names, state: &State) -> SentRow {
    let to = || names.recipients_then(&sent.to, numbered, state).join(", ");
    SentRow {
        how: sent.how,
        on: sent.on,
        to: (!sent.to.is_empty()).then(to),
        letters: String::new(),
        file: String::new(),
        by: sent.by.clone(),
    }
}

/// Each sending once: two machines may both have noted it, one of them without saying who says so.
fn once(all: impl Iterator<Item = SentRow>) -> Vec<SentRow> {
    let mut rows: Vec<SentRow> = Vec::new();
    for row in all {
        let same = |other: &SentRow| SentRow { by: row.by.clone(), ..other.clone() } == row;
        match rows
            .iter_mut()
            .find(|other| same(other) && (other.by.is_none() || row.by.is_none() || other.by == row.by))
        {
            Some(other) => other.by = other.by.take().or(row.by),
            None => rows.push(row),
        }
    }
    rows
}

fn lost_row(loss: &Lost) -> LostRow {
    LostRow { on: loss.on, because: loss.because.clone(), by: loss.by.clone() }
}

/// Leaves a note of a loss only where a file is missing, and counts those of a run.
pub fn only_if_missing(row: &mut PaperRow, state: &State, is_there: impl Fn(&str) -> bool) {
    row.lost = row.lost.take().filter(|_| !is_there(&row.file));
    if state.runs.contains_key(&row.file) {
        let below = format!("{}/", row.file);
        let lost = state.papers.values().filter(|paper| paper.loss.is_some() && paper.made.file.starts_with(&below));
        row.files_lost = lost.filter(|paper| !is_there(&paper.made.file)).count();
        if row.files_lost > 0 {
            row.to.push(format!("{} lost", count(row.files_lost, "file")));
        }
    }
}

/// The row of a paper of its own.
pub fn paper_row(paper: &Paper, state: &State, names: &Names) -> PaperRow {
    let made = &paper.made;
    PaperRow {
        paper: made.paper.clone(),
        to: names.recipients_then(&made.to, paper.numbered, state),
        numbers: made.to.split_whitespace().filter_map(Who::of).map(Who::token).collect(),
        reference: made.reference.clone(),
        version: made.v,
        issued: made.issued,
        status: paper.status,
        maker: paper.source.makers().collect::<Vec<_>>().join("; "),
        checked: signed(paper.checked.iter().cloned().chain(paper.sign_off.as_deref().cloned())),
        sent: once(paper.sent.iter().map(|sent| sent_row(sent, paper.numbered, names, state))),
        letters_sent: 0,
        taken_off: 0,
        has_draft_mark: paper.status != PaperStatus::Draft && made.draft == Some(made.hash),
        lost: paper.loss.as_deref().map(lost_row),
        files_lost: 0,
        because: made.because.clone(),
        file: made.file.clone(),
    }
}

/// The destruction of all papers.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct DisposedRow {
    /// The day.
    pub on: NaiveDate,
    /// The second person.
    pub checked_by: String,
    /// The person who asked, if it is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The reason.
    pub because: String,
}

impl DisposedRow {
    pub(super) fn of(disposed: &Disposed) -> Self {
        let SignedOff { checker, on } = &disposed.sign_off;
        Self { on: *on, checked_by: checker.clone(), by: disposed.by.clone(), because: disposed.because.clone() }
    }
}

/// The row of a paper that was destroyed: what it was and that it was sent, but not its file name, which may be a person's.
/// `None` for a second copy of a letter.
pub fn destroyed_row(paper: &Paper, state: &State, names: &Names) -> Option<PaperRow> {
    let (made, who) = (&paper.made, paper.made.no.map(|no| Who { role: Role::Invitee, no }));
    let is_pdf = made.file.rsplit_once('.').is_some_and(|(_, ending)| ending == "pdf");
    if who.is_some() && !is_pdf || made.file.contains("/notify/") {
        return None;
    }
    let origin = state.kept.get(&made.file).unwrap_or(&made.file);
    let is_of_run = |sent: &&Sent| {
        origin.starts_with(&format!("{}/", sent.file)) && made.no.is_some_and(|no| sent.letters.holds(no))
    };
    let sent = paper.sent.iter().chain(state.sent.iter().filter(is_of_run));
    let sent = once(sent.map(|sent| sent_row(sent, paper.numbered, names, state)));
    let mut row = PaperRow { sent, ..paper_row(paper, state, names) };
    if let Some(who) = who {
        row.to = names.recipients(&who.token(), state);
        row.numbers = vec![who.token()];
    }
    Some(PaperRow { file: String::new(), lost: None, ..row })
}

/// A letter of a run to one person.
pub struct Letter<'s> {
    /// The file with it: their own, as a PDF if there is one, or else a bundle.
    pub best: Addressed<'s>,
    /// Every file with it.
    all: Vec<Addressed<'s>>,
}

/// The letters of runs to a person, one for each run and version.
pub fn letters_to(state: &State, who: Who) -> Vec<Letter<'_>> {
    let mut all: BTreeMap<(&str, u32), Vec<Addressed<'_>>> = BTreeMap::new();
    for one in addressed(state, who) {
        all.entry((one.run.run.folder.as_str(), one.paper.made.v)).or_default().push(one);
    }
    let rank = |one: &Addressed<'_>| {
        let file = one.paper.made.file.as_str();
        let ending = ["pdf", "zip", "eml"].iter().position(|ending| file.ends_with(ending)).unwrap_or(usize::MAX);
        (one.is_shared, one.paper.status == PaperStatus::Draft, file.contains("/labels-"), ending, file.to_owned())
    };
    let letters = all.into_values().map(|all| {
        let best = *all.iter().min_by_key(|one| rank(one)).expect("a group has at least one");
        Letter { best, all }
    });
    letters.collect()
}

/// The row of one letter of a run. It was sent if any file with it was.
pub fn letter_row(letter: &Letter<'_>, who: Who, state: &State, names: &Names) -> PaperRow {
    let Letter { best, all } = letter;
    let of_run = state.sent.iter().filter(|sent| sent.file == best.run.run.folder && sent.letters.holds(who.no));
    let sent = best.paper.sent.iter().chain(all.iter().flat_map(|one| &one.paper.sent)).chain(of_run);
    let checked = best.run.sign_offs.iter().filter(|_| best.paper.status != PaperStatus::Draft);
    PaperRow {
        to: names.recipients_then(&who.token(), best.paper.numbered, state),
        numbers: vec![who.token()],
        checked: signed(checked.cloned()),
        sent: once(sent.map(|sent| sent_row(sent, best.paper.numbered, names, state))),
        because: best.run.because.clone(),
        ..paper_row(best.paper, state, names)
    }
}

/// The files of a run, wherever they are now.
fn files_of<'s>(state: &'s State, run: &'s RunState) -> impl Iterator<Item = &'s Paper> {
    let below = prefix(&run.run.folder);
    let before = state.kept.get(&run.run.folder).map(|folder| prefix(folder));
    let is_below = move |file: &str| {
        let origin = state.kept.get(file);
        let was_below = |origin: &String| {
            origin.starts_with(&below) || before.as_ref().is_some_and(|before| origin.starts_with(before))
        };
        file.starts_with(&below) || origin.is_some_and(was_below)
    };
    let is_file = |made: &Made| is_of_run(made) && made.paper != PROOFS && made.v == run.run.v;
    state.papers.values().filter(move |paper| is_file(&paper.made) && is_below(&paper.made.file))
}

/// The letters in a file of a run. Labels are for the letters of the bundle with the same number.
fn letters_in(state: &State, run: &RunState, paper: &Paper) -> BTreeSet<u32> {
    let bundle = paper.made.file.replace("/labels-", "/part-");
    let made = &state.papers.get(&bundle).unwrap_or(paper).made;
    made.no.into_iter().chain(made.letters.all(run.run.parts)).collect()
}

/// The letters of a run that were noted as sent, alone or in a file of many, and files without letters.
fn sendings(state: &State, run: &RunState) -> Vec<(SentRow, BTreeSet<u32>)> {
    let bare = |sent: &Sent, file: &str| SentRow {
        how: sent.how,
        on: sent.on,
        to: None,
        letters: String::new(),
        file: file.to_owned(),
        by: sent.by.clone(),
    };
    let of_run = state.sent.iter().filter(|sent| sent.file == run.run.folder);
    let of_run = of_run.map(|sent| (bare(sent, ""), sent.letters.all(1).collect()));
    let of_files = files_of(state, run).flat_map(|paper| {
        let letters = if paper.sent.is_empty() { BTreeSet::new() } else { letters_in(state, run, paper) };
        let file = if letters.is_empty() { paper.made.file.as_str() } else { "" };
        paper.sent.iter().map(move |sent| (bare(sent, file), letters.clone())).collect::<Vec<_>>()
    });
    let mut all: Vec<(SentRow, BTreeSet<u32>)> = Vec::new();
    for (row, letters) in of_run.chain(of_files) {
        match all.iter_mut().find(|(other, _)| *other == row) {
            Some((_, more)) => more.extend(letters),
            None => all.push((row, letters)),
        }
    }
    all
}

/// The status of the letters of a run.
pub fn status_of(state: &State, run: &RunState) -> PaperStatus {
    match run.was_released || run.releases && run.ended {
        true if state.kept.contains_key(&run.run.folder) => PaperStatus::Superseded,
        true => PaperStatus::Released,
        false => PaperStatus::Draft,
    }
}

/// The letters of a run whose numbers are known, each with the day on which it was first noted as sent.
pub fn letters_of(state: &State, run: &RunState) -> BTreeMap<u32, Option<NaiveDate>> {
    let made = files_of(state, run).flat_map(|paper| letters_in(state, run, paper));
    let mut letters: BTreeMap<u32, Option<NaiveDate>> = made.map(|number| (number, None)).collect();
    for (row, numbers) in sendings(state, run) {
        for number in numbers {
            let first = letters.entry(number).or_default();
            *first = [*first, Some(row.on)].into_iter().flatten().min();
        }
    }
    letters
}

/// The number and readers of the letters of a run, in words.
fn letters_in_words(state: &State, run: &RunState, taken_off: usize) -> Vec<String> {
    let (mut made, mut released) = (BTreeSet::new(), BTreeSet::new());
    for paper in files_of(state, run) {
        let letters = letters_in(state, run, paper);
        released.extend(letters.iter().copied().filter(|_| paper.status != PaperStatus::Draft));
        made.extend(letters);
    }
    let letters = run.run.letters as usize;
    // Not everybody has a file of their own: some get a message, and others are only in bundles.
    let due = if run.run.due == 0 { letters } else { run.run.due as usize };
    // Drafts of bundles do not say which letters they contain.
    let is_known = run.run.due > 0 || !run.ended;
    let number = if is_known && made.len() < due {
        format!("{} of {}", made.len(), count(due, "letter"))
    } else {
        count(due.max(made.len().min(letters)), "letter")
    };
    let readers = if run.run.is_of_invitees() { "invitees" } else { "a list" };
    let share = match run.run.parts {
        0 | 1 => String::new(),
        parts => format!(", share {} of {parts}", run.run.part),
    };
    let mut words = vec![format!("{number} to {readers}{share}")];
    let off = released.len().saturating_sub(letters + taken_off);
    if off > 0 && run.ended {
        words.push(format!("{off} released to people who are no longer on it"));
    }
    words
}

/// The row of a run of letters.
pub fn run_row(run: &RunState, state: &State) -> PaperRow {
    let sendings = sendings(state, run);
    let letters_sent: BTreeSet<u32> = sendings.iter().flat_map(|(_, letters)| letters).copied().collect();
    let taken_off = run.end.off.all(run.run.parts).count();
    let mut to = letters_in_words(state, run, taken_off);
    if taken_off > 0 {
        to.push(format!("{taken_off} taken off after the release"));
    }
    if !letters_sent.is_empty() {
        to.push(format!("{} sent", letters_sent.len()));
    }
    let with_letters = |(row, letters): (SentRow, BTreeSet<u32>)| SentRow {
        letters: Ranges::of(letters.into_iter(), 1).into(),
        ..row
    };
    PaperRow {
        paper: run.run.paper.clone(),
        to,
        numbers: Vec::new(),
        reference: String::new(),
        version: run.run.v,
        issued: run.run.issued,
        status: status_of(state, run),
        maker: run.source.makers().collect::<Vec<_>>().join("; "),
        checked: signed(run.sign_offs.iter().cloned()),
        sent: once(sendings.into_iter().map(with_letters)),
        letters_sent: letters_sent.len(),
        taken_off,
        has_draft_mark: false,
        lost: None,
        files_lost: 0,
        because: run.because.clone(),
        file: run.run.folder.clone(),
    }
}

/// The row of somebody who no longer takes part.
pub fn withdrawn_row(gone: &Withdrawn, state: &State, names: &Names) -> WithdrawnRow {
    WithdrawnRow {
        number: gone.who.as_typed(),
        name: names.recipients(&gone.who.token(), state).concat(),
        on: gone.on,
        because: gone.because.clone(),
        erased: state.erased.contains(&gone.who),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sending_that_two_machines_noted_is_one_unless_two_people_say_so() {
        let noted = |how, by: Option<&str>| SentRow {
            how,
            on: NaiveDate::default(),
            to: None,
            letters: String::new(),
            file: String::new(),
            by: by.map(str::to_owned),
        };
        let (post, tom) = (noted(Channel::Post, None), noted(Channel::Post, Some("Tom Hallam")));
        let (ruth, email) = (noted(Channel::Post, Some("Ruth Penhaligon")), noted(Channel::Email, None));
        let once = |all: &[&SentRow]| super::once(all.iter().map(|row| (*row).clone()));
        assert_eq!(once(&[&post, &post, &email]), [post.clone(), email.clone()]);
        assert_eq!(once(&[&post, &tom, &email]), [tom.clone(), email]);
        assert_eq!(once(&[&tom, &post, &ruth]), [tom.clone(), ruth.clone()]);
    }
}
