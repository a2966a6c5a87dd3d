//! The timetable of a conference: every step with its rule, the day it is due, and whether it is done.
//!
//! In: [`Checked`], what the record says was sent, and the day that counts as today. Out: a row for each step and for each
//! action, in the order of their days.
//!
//! Deliberately absent: the clock, the record itself, how a row is drawn.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::check::Checked;
use crate::model::conference::Kind;
use crate::model::people::Reply;
use crate::model::plan::ActionStatus;
use crate::model::step::{ASSESSMENT, Fact, MEETING, Step};
use crate::records::{Overview, PaperStatus};

/// What was sent of one kind of paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sendings {
    /// The number of papers that are drafts or released, superseded ones not counted.
    pub papers: usize,
    /// The number of them that are noted as sent.
    pub sent: usize,
    /// The day on which the last of them was first sent.
    pub last: Option<NaiveDate>,
}

/// What the record says was sent, by kind of paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Happened(BTreeMap<String, Sendings>);

impl Happened {
    /// Sums up an answer about the whole record.
    pub fn of(overview: &Overview) -> Self {
        let mut all: BTreeMap<String, Sendings> = BTreeMap::new();
        let stands = |status| matches!(status, PaperStatus::Draft | PaperStatus::Released);
        for row in overview.papers.iter().filter(|row| stands(row.status)) {
            let of_kind = all.entry(row.paper.clone()).or_default();
            of_kind.papers += 1;
            if let Some(first) = row.sent.iter().map(|sent| sent.on).min() {
                of_kind.sent += 1;
                of_kind.last = of_kind.last.max(Some(first));
            }
        }
        Self(all)
    }
}

/// The timetable of a conference on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Timetable {
    /// The reference of the conference.
    pub conference: String,
    /// The day that counts as today.
    pub today: NaiveDate,
    /// The steps, by day.
    pub steps: Vec<Row>,
    /// The last day whose bank holidays are known. Days after it may be counted wrongly.
    pub holidays_until: NaiveDate,
}

/// One step of a conference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Row {
    /// The id of the step, or `action-` and the number of an action.
    pub id: String,
    /// What is to be done.
    pub title: String,
    /// The rule in words. Empty if the data says the day.
    pub rule: String,
    /// The day it is due.
    pub due: NaiveDate,
    /// The day that is set for it, if the data says one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<NaiveDate>,
    /// The day on which it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<NaiveDate>,
    /// How it stands.
    pub state: State,
    /// The working days from the day it was due until it was done or set, or until today.
    #[serde(skip_serializing_if = "is_none")]
    pub working_days_late: usize,
    /// How much of it is done, such as `12 of 14 sent`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_none(days: &usize) -> bool {
    *days == 0
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is done.
    Done,
    /// Its day is past, and nothing says that it was done.
    Late,
    /// Its day is past; neither the data nor the record could say that it was done.
    Past,
    /// It is due today or later.
    Due,
}

impl State {
    /// The word used in data.
    pub fn id(self) -> &'static str {
        match self {
            State::Done => "done",
            State::Late => "late",
            State::Past => "past",
            State::Due => "due",
        }
    }
}

/// The timetable of a conference on a day.
pub fn timetable(checked: &Checked, happened: &Happened, today: NaiveDate) -> Timetable {
    let counting = Counting { checked, happened, today };
    let steps = checked.steps.iter().filter(|(_, step)| counting.is_of_this_kind(step));
    let mut rows: Vec<Row> = steps.filter_map(|(id, step)| counting.row(id, step)).collect();
    rows.extend(counting.actions());
    rows.sort_by(|one, other| (one.when(), &one.id).cmp(&(other.when(), &other.id)));
    let conference = checked.conference.reference.clone();
    Timetable { conference, today, steps: rows, holidays_until: checked.calendar.until }
}

impl Row {
    /// The day on which it happened or is to happen.
    pub fn when(&self) -> NaiveDate {
        self.done.or(self.set).unwrap_or(self.due)
    }
}

struct Counting<'c> {
    checked: &'c Checked,
    happened: &'c Happened,
    today: NaiveDate,
}

impl Counting<'_> {
    fn is_of_this_kind(&self, step: &Step) -> bool {
        let kind: Kind = self.checked.conference.kind;
        step.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind))
    }

    /// The day that the data sets for a fact.
    fn set(&self, fact: Fact) -> Option<NaiveDate> {
        let c = &self.checked.conference;
        match fact {
            Fact::Assessment => Some(c.assessment.completed),
            Fact::Meeting => Some(c.meeting.date),
            Fact::Replies => Some(c.meeting.reply_by),
            Fact::Review => c.review.map(|review| review.date),
        }
    }

    /// The day on which a fact was, if the data says that it was.
    fn done(&self, fact: Fact) -> Option<NaiveDate> {
        let day = self.set(fact)?;
        let is_done = match fact {
            Fact::Assessment => day <= self.today,
            Fact::Meeting => self.checked.has_met(),
            Fact::Replies => self.replies().is_some_and(|(replied, all)| replied == all),
            Fact::Review => false,
        };
        is_done.then_some(day)
    }

    /// How many of those who are invited have replied. `None` if nobody is invited.
    fn replies(&self) -> Option<(usize, usize)> {
        let invitees = self.checked.conference.invitees.iter().enumerate();
        let invited = invitees.filter(|(i, _)| !self.checked.withdrawn().invitees.contains(i)).map(|(_, one)| one);
        let replies: Vec<bool> = invited.map(|one| one.reply != Reply::None).collect();
        (!replies.is_empty()).then(|| (replies.iter().filter(|replied| **replied).count(), replies.len()))
    }

    /// The day by which a step is due, which others may be counted from. The check has made sure that no step waits for
    /// itself.
    fn due(&self, step: &Step) -> Option<NaiveDate> {
        match &step.by {
            Some(rule) => rule.day(self.start(&rule.from)?, &self.checked.calendar),
            None => step.fact.and_then(|fact| self.set(fact)),
        }
    }

    fn start(&self, from: &str) -> Option<NaiveDate> {
        match from {
            MEETING => self.set(Fact::Meeting),
            ASSESSMENT => self.set(Fact::Assessment),
            id => {
                let step = self.checked.steps.get(id)?;
                let done = step.paper.as_ref().and_then(|paper| self.sent(paper));
                done.or_else(|| step.fact.and_then(|fact| self.set(fact))).or_else(|| self.due(step))
            }
        }
    }

    /// The day on which the last paper of a kind was sent, if all were.
    fn sent(&self, paper: &str) -> Option<NaiveDate> {
        self.happened.0.get(paper).filter(|sendings| sendings.sent == sendings.papers).and_then(|s| s.last)
    }

    fn progress(&self, step: &Step) -> Option<String> {
        if let Some(sendings) = step.paper.as_ref().and_then(|paper| self.happened.0.get(paper)) {
            return (sendings.sent < sendings.papers).then(|| format!("{} of {} sent", sendings.sent, sendings.papers));
        }
        if step.fact == Some(Fact::Replies) {
            let open = self.replies().filter(|(replied, all)| replied < all);
            return open.map(|(replied, all)| format!("{replied} of {all} have replied"));
        }
        None
    }

    fn row(&self, id: &str, step: &Step) -> Option<Row> {
        // A note for a child is only due where there is a child.
        if step.paper.as_deref() == Some("child-note") && self.checked.conference.child_links.is_empty() {
            return None;
        }
        let due = self.due(step)?;
        let titles = |from: &str| self.checked.steps.get(from).filter(|_| from != MEETING && from != ASSESSMENT);
        let rule = step.by.as_ref().map(|rule| rule.in_words(&|from| titles(from).map(|step| step.title.clone())));
        let done = step
            .paper
            .as_ref()
            .and_then(|paper| self.sent(paper))
            .or_else(|| step.fact.and_then(|fact| self.done(fact)));
        let set = step.fact.filter(|_| step.by.is_some()).and_then(|fact| self.set(fact));
        let can_be_known = step.paper.is_some() || step.fact.is_some();
        Some(
            self.standing(id, step.title.clone(), rule.unwrap_or_default(), Days { due, set, done, can_be_known })
                .with(self.progress(step)),
        )
    }

    fn standing(&self, id: &str, title: String, rule: String, days: Days) -> Row {
        let Days { due, set, done, can_be_known } = days;
        let until = done.or(set).unwrap_or(self.today);
        let planned = done.or(set).unwrap_or(due);
        let state = match done {
            Some(_) => State::Done,
            None if planned >= self.today => State::Due,
            None if can_be_known => State::Late,
            None => State::Past,
        };
        let counts = done.is_some() || set.is_some() || state == State::Late;
        let working_days_late = if counts && until > due { self.checked.calendar.between(due, until) } else { 0 };
        Row { id: id.to_owned(), title, rule, due, set, done, state, working_days_late, progress: None }
    }

    /// The actions of the plan that have a day, by their numbers in the minutes.
    fn actions(&self) -> Vec<Row> {
        let goals = (1..).zip(&self.checked.conference.goals);
        let all =
            goals.flat_map(|(g, goal)| (1..).zip(&goal.actions).map(move |(a, action)| (format!("{g}.{a}"), action)));
        let row = |(number, action): (String, &crate::model::plan::Action)| {
            let (due, owner) = (action.due?, action.owner.as_ref()?);
            let owner = self.checked.conference.organisations.get(owner).map_or(owner, |o| &o.name);
            let title = format!("Action {number} ({owner}): {}", action.text);
            let is_over = matches!(action.status, ActionStatus::Done | ActionStatus::Dropped);
            let days = Days { due, set: None, done: None, can_be_known: true };
            let row = self.standing(&format!("action-{number}"), title, String::new(), days);
            let state = if is_over { State::Done } else { row.state };
            let working_days_late = if is_over { 0 } else { row.working_days_late };
            let progress = (action.status != ActionStatus::Open).then(|| action.status.word().to_lowercase());
            Some(Row { state, working_days_late, progress, ..row })
        };
        all.filter_map(row).collect()
    }
}

impl Row {
    fn with(self, progress: Option<String>) -> Self {
        Self { progress, ..self }
    }
}

/// The days of a step, and whether the data or the record could say that it is done.
#[derive(Clone, Copy)]
struct Days {
    due: NaiveDate,
    set: Option<NaiveDate>,
    done: Option<NaiveDate>,
    can_be_known: bool,
}
