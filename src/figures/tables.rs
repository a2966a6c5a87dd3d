//! The tables of figures.
//!
//! In: facts, one conference after another. Out: a [`Table`] for each thing that is counted.
//!
//! Deliberately absent: which conferences are in the period, and how a table is drawn.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::facts::{ActionOutcome, ConferenceFacts, MeetingState, Outcome, StepOutcome};
use super::reviews::ReviewState;
use super::small::Counts;
use crate::model::Category;
use crate::model::conference::Kind;

/// A table of counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name for programs, which does not change.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it counts, and what it does not, in a sentence.
    pub note: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its rows, each with a count for every column.
    pub rows: Vec<FigureRow>,
}

/// A column of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name for programs.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// Its name for programs.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The count of each column. `None` if it is held back.
    pub counts: Vec<Option<usize>>,
}

macro_rules! columns {
    ($($id:literal: $title:literal),* $(,)?) => { &[$(Column { id: $id, title: $title }),*] };
}

const CONFERENCES: &[Column] = columns!(
    "held": "Held", "quorum": "With a quorum", "community": "With community guests", "cancelled": "Cancelled",
    "not-recorded": "Not recorded as held", "to-come": "To come",
);
const PEOPLE: &[Column] = columns!(
    "invited": "Invited", "came": "Came", "apologies": "Apologies", "no-answer": "No answer", "absent": "Accepted, did not come",
    "uninvited": "Came uninvited",
);
const STEPS: &[Column] =
    columns!("on-time": "On time", "late": "Late", "not-done": "Not noted as done", "not-due": "Not due yet");
const REVIEWS: &[Column] =
    columns!("on-time": "On time", "late": "Late", "not-recorded": "None recorded", "not-due": "Not due yet");
const ACTIONS: &[Column] = columns!("done": "Done", "late": "Late", "open": "Open", "dropped": "Given up");

/// The categories of people, in the order of the tables.
const CATEGORIES: [(Category, &str); 9] = [
    (Category::Statutory, "Statutory partners"),
    (Category::Professional, "Other professional organisations"),
    (Category::School, "Schools and colleges"),
    (Category::Voluntary, "Voluntary and faith organisations"),
    (Category::Business, "Businesses"),
    (Category::Residents, "Residents’ and tenants’ associations"),
    (Category::Guardian, "Community guardians"),
    (Category::YouthRepresentative, "Youth representatives"),
    (Category::Other, "Others"),
];

/// Of those who were invited: what became of it, in the order of the columns.
const OUTCOMES: [Outcome; 4] = [Outcome::Came, Outcome::Apologies, Outcome::NoAnswer, Outcome::Absent];

/// What conferences come to.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    conferences: BTreeMap<Kind, [usize; 6]>,
    people: BTreeMap<Category, [usize; 5]>,
    /// In the order in which they are due: id, title, counts.
    steps: Vec<(String, String, [usize; 4])>,
    reviews: [usize; 4],
    actions: [usize; 4],
}

impl Sums {
    /// Counts a conference in. The plan of one that is `followed` by another is counted there, where it was carried on.
    pub fn take(&mut self, one: &ConferenceFacts, followed: bool, today: NaiveDate) {
        let counts = self.conferences.entry(one.kind).or_default();
        match one.meeting {
            MeetingState::Cancelled => counts[3] += 1,
            MeetingState::Open if one.date.is_some_and(|day| day < today) => counts[4] += 1,
            MeetingState::Open => counts[5] += 1,
            MeetingState::Held => {
                counts[0] += 1;
                counts[1] += usize::from(one.quorum);
                counts[2] += usize::from(one.has_community);
                self.take_held(one);
                if !followed {
                    self.take_plan(one);
                }
            }
        }
    }

    fn take_held(&mut self, one: &ConferenceFacts) {
        for (category, outcome) in &one.people {
            let at = OUTCOMES.iter().position(|known| known == outcome).unwrap_or(UNINVITED);
            self.people.entry(*category).or_default()[at] += 1;
        }
        for (id, title, outcome) in &one.steps {
            let at = match outcome {
                StepOutcome::OnTime => 0,
                StepOutcome::Late => 1,
                StepOutcome::NotDone => 2,
                StepOutcome::NotDue => 3,
            };
            self.step(id, title)[at] += 1;
        }
    }

    fn take_plan(&mut self, one: &ConferenceFacts) {
        for outcome in &one.actions {
            let at = match outcome {
                ActionOutcome::Done => 0,
                ActionOutcome::Late => 1,
                ActionOutcome::Open => 2,
                ActionOutcome::Dropped => 3,
            };
            self.actions[at] += 1;
        }
    }

    /// The counts of a step.
    fn step(&mut self, id: &str, title: &str) -> &mut [usize; 4] {
        let at = self.steps.iter().position(|(known, ..)| known == id).unwrap_or_else(|| {
            self.steps.push((id.to_owned(), title.to_owned(), [0; 4]));
            self.steps.len() - 1
        });
        &mut self.steps[at].2
    }

    /// Counts in the conference that was to follow another.
    pub fn take_review(&mut self, state: ReviewState) {
        let at = match state {
            ReviewState::OnTime => 0,
            ReviewState::Late => 1,
            ReviewState::NotRecorded => 2,
            ReviewState::NotDue => 3,
        };
        self.reviews[at] += 1;
    }

    /// Counts in what other conferences come to. People have totals of their own.
    pub fn add(&mut self, other: &Self) {
        for (kind, counts) in &other.conferences {
            add(self.conferences.entry(*kind).or_default(), counts);
        }
        for (id, title, counts) in &other.steps {
            add(self.step(id, title), counts);
        }
        add(&mut self.reviews, &other.reviews);
        add(&mut self.actions, &other.actions);
    }

    /// The tables, with the rows about people.
    pub fn tables(&self, people: &[FigureRow]) -> Vec<Table> {
        let row = |id: &str, title: &str, counts: &[usize]| FigureRow {
            id: id.to_owned(),
            title: title.to_owned(),
            counts: counts.iter().copied().map(Some).collect(),
        };
        let one = |id: &str, title: &str, counts: &[usize]| {
            let is_nothing = counts.iter().all(|count| *count == 0);
            if is_nothing { Vec::new() } else { vec![row(id, title, counts)] }
        };
        let kinds = self.conferences.iter().map(|(kind, counts)| row(kind.id(), title_of(*kind), counts)).collect();
        let steps = self.steps.iter().map(|(id, title, counts)| row(id, title, counts)).collect();
        let tables = [
            table("conferences", "Conferences", NOTES[0], CONFERENCES, kinds),
            table("people", "People", NOTES[1], PEOPLE, people.to_vec()),
            table("steps", "Steps", NOTES[2], STEPS, steps),
            table(
                "reviews",
                "Next conferences",
                NOTES[3],
                REVIEWS,
                one("reviews", "Next conferences due", &self.reviews),
            ),
            table("actions", "Actions of the plans", NOTES[4], ACTIONS, one("actions", "Actions", &self.actions)),
        ];
        tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
    }
}

/// What each table counts.
const NOTES: [&str; 5] = [
    "By the day of their meeting. A conference counts as held once it is recorded who came.",
    "Invitations to the conferences held, so that whoever was invited to two counts twice. Whoever has withdrawn is left out, and \
     so is whoever ran the meeting and was not on the list.",
    "Of the conferences held, the steps of which the data or the record says whether they were done, by the council’s own rules.",
    "Conferences held that were to be followed by another in the period, and whether these folders record one about the same \
     context.",
    "Of the conferences held, as their files have them now. A plan that a later conference took on is counted there.",
];

fn table(
    id: &'static str,
    title: &'static str,
    note: &'static str,
    columns: &'static [Column],
    rows: Vec<FigureRow>,
) -> Table {
    Table { id, title, note, columns, rows }
}

fn add<const N: usize>(to: &mut [usize; N], counts: &[usize; N]) {
    to.iter_mut().zip(counts).for_each(|(to, count)| *to += count);
}

fn title_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Initial => "First conferences",
        Kind::Review => "Reviews",
        Kind::Closing => "Last conferences",
    }
}

/// Where those who came uninvited are counted.
const UNINVITED: usize = 4;

/// The rows about people for each council, and for all of them together after the last one: small counts, and whatever would
/// give them away, are held back over all of these at once.
pub fn people(sums: &[Sums], limit: u32) -> Vec<Vec<FigureRow>> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let known: Vec<(Category, &str)> = CATEGORIES
        .into_iter()
        .filter(|(category, _)| sums.iter().any(|one| one.people.contains_key(category)))
        .collect();
    let count =
        |council: usize, row: usize, at: usize| sums[council].people.get(&known[row].0).map_or(0, |counts| counts[at]);
    let invited =
        Counts::new([sums.len(), known.len(), OUTCOMES.len()], limit, |[council, row, at]| count(council, row, at));
    let uninvited =
        Counts::new([sums.len(), known.len(), 1], limit, |[council, row, _]| count(council, row, UNINVITED));
    let rows = |council: usize| {
        let row = |(row, (id, title)): (usize, (&str, &str))| {
            let others = (0..OUTCOMES.len()).map(|at| invited.shown([council, row, at]));
            let counts = std::iter::once(invited.shown([council, row, OUTCOMES.len()])).chain(others);
            let counts = counts.chain([uninvited.shown([council, row, 0])]).collect();
            let is_nothing =
                invited.is_nought([council, row, OUTCOMES.len()]) && uninvited.is_nought([council, row, 0]);
            (!is_nothing).then(|| FigureRow { id: id.to_owned(), title: title.to_owned(), counts })
        };
        let titled = known.iter().map(|(category, title)| (category.id(), *title)).chain([("all", "All")]);
        titled.enumerate().filter_map(row).collect()
    };
    (0..=sums.len()).map(rows).collect()
}
