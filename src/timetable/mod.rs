//! The timetable of a conference: every step with its rule, the day it is due, and whether it is done.
//!
//! In: [`Checked`], what the record says was sent, and the day that counts as today. Out: a row for each step and for each
//! action, in the order of their days.
//!
//! Deliberately absent: the clock, the record itself, how a row is drawn.

use chrono::NaiveDate;
use serde::Serialize;

use crate::check::Checked;
use crate::model::conference::Kind;
use crate::model::people::{Invitee, Reply};
use crate::model::plan::ActionStatus;
use crate::model::step::{ASSESSMENT, Doer, Ending, Fact, MEETING, Step};
use crate::model::text::TO_FILL_IN;
use crate::stages::{EXCLUSION, Happened, closes};

const ACTION_NOTICE: &str = "action-notice";
const CHILD_NOTE: &str = "child-note";
const PLAN: &str = "plan";

/// The timetable of a conference on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Timetable {
    /// The reference of the conference.
    pub conference: String,
    /// The day that counts as today.
    pub today: NaiveDate,
    /// The steps, by day.
    pub steps: Vec<StepRow>,
    /// The last day whose bank holidays are known. Days after it may be counted wrongly.
    pub holidays_until: NaiveDate,
}

/// One step of a conference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StepRow {
    /// The id of the step, or `action-` and the number of an action.
    pub id: String,
    /// What is to be done.
    pub title: String,
    /// The person who sees to it, as `chair`, or the id of the organisation that owns an action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// The name of that person or organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
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
    pub state: StepState,
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

impl StepRow {
    /// Whether it is an action of the plan.
    pub fn is_action(&self) -> bool {
        // A step has no dot in its id.
        self.id.strip_prefix(ACTION).is_some_and(|number| number.contains('.'))
    }
}

/// What the ids of actions begin with.
const ACTION: &str = "action-";

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// It is done.
    Done,
    /// Its day is past, and nothing says that it was done.
    Late,
    /// Its day is past; neither the data nor the record could say that it was done.
    Past,
    /// It is due today or later.
    Due,
}

impl StepState {
    /// The word used in data.
    pub fn id(self) -> &'static str {
        match self {
            StepState::Done => "done",
            StepState::Late => "late",
            StepState::Past => "past",
            StepState::Due => "due",
        }
    }
}

/// The timetable of a conference on a day.
pub fn timetable(checked: &Checked, happened: &Happened, today: NaiveDate) -> Timetable {
    let counting = Counting { checked, happened, today };
    let steps = checked.steps.iter().filter(|(_, step)| counting.is_of_this_kind(step));
    let mut rows: Vec<StepRow> = steps.filter_map(|(id, step)| counting.row(id, step)).collect();
    rows.extend(counting.actions());
    // What was planned for a meeting that is cancelled is owed by nobody.
    if checked.conference.meeting.cancelled.is_some() {
        rows.retain(|row| row.state == StepState::Done);
    }
    rows.sort_by(|one, other| (one.when(), &one.id).cmp(&(other.when(), &other.id)));
    let conference = checked.conference.reference.clone();
    Timetable { conference, today, steps: rows, holidays_until: checked.calendar.until }
}

impl StepRow {
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
        let ending = if closes(self.checked) { Ending::Closed } else { Ending::Open };
        step.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind)) && step.when.is_none_or(|when| when == ending)
    }

    /// The day that the data sets for a fact.
    fn set(&self, fact: Fact) -> Option<NaiveDate> {
        let c = &self.checked.conference;
        match fact {
            Fact::Assessment => c.assessment.completed,
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
            // Nobody notes on which day the last of them replied, and a review has a file of its own.
            Fact::Replies | Fact::Review => false,
        };
        is_done.then_some(day)
    }

    /// Whether the data or the record could say that a step is done, and would if it were.
    fn can_be_known(&self, step: &Step) -> bool {
        match step.fact {
            // Once the meeting was held, it no longer matters who has not replied.
            Some(Fact::Replies) => !self.checked.has_met(),
            // What became of it is in the file of that conference.
            Some(Fact::Review) => self.set(Fact::Review).is_none(),
            Some(Fact::Assessment | Fact::Meeting) => true,
            None => step.paper.is_some(),
        }
    }

    /// How many of those who are invited have replied. `None` if nobody is invited.
    fn replies(&self) -> Option<(usize, usize)> {
        let invitees = self.checked.conference.invitees.iter().enumerate();
        let takes_part = |i: usize| !self.checked.withdrawn().invitees.contains(&i);
        let is_asked = |one: &Invitee| one.invited && !self.checked.is_left_out(one);
        let invited = invitees.filter(|(i, one)| is_asked(one) && takes_part(*i)).map(|(_, one)| one);
        let replies: Vec<bool> = invited.map(|one| one.reply != Reply::None).collect();
        (!replies.is_empty()).then(|| (replies.iter().filter(|replied| **replied).count(), replies.len()))
    }

    /// The day by which a step is due, which others may be counted from. The check has made sure that no step waits for
    /// itself.
    fn due(&self, step: &Step) -> Option<NaiveDate> {
        if let Some(rule) = &step.by {
            return rule.day(self.start(&rule.from)?, &self.checked.calendar);
        }
        let of_paper = || step.paper.as_ref().and_then(|paper| self.checked.due_day(paper));
        step.fact.and_then(|fact| self.set(fact)).or_else(of_paper)
    }

    fn start(&self, from: &str) -> Option<NaiveDate> {
        match from {
            MEETING => self.set(Fact::Meeting),
            ASSESSMENT => self.set(Fact::Assessment),
            id => {
                let step = self.checked.steps.get(id)?;
                // Readers count from the day that a paper bears, or from that on which they got it, if it was later.
                let counted = |paper: &String| Some(self.sent(paper)?.max(self.checked.edition(paper).issued));
                let done = step.paper.as_ref().and_then(counted);
                done.or_else(|| step.fact.and_then(|fact| self.set(fact))).or_else(|| self.due(step))
            }
        }
    }

    /// The day on which the last paper of a kind was sent, if all were.
    fn sent(&self, paper: &str) -> Option<NaiveDate> {
        self.happened.of(paper).sent_on()
    }

    fn progress(&self, step: &Step) -> Option<String> {
        if let Some(sendings) = step.paper.as_ref().map(|paper| self.happened.of(paper)).filter(|s| s.readers > 0) {
            let (sent, readers) = (sendings.sent, sendings.readers);
            return (sent < readers).then(|| format!("{sent} of {readers} sent"));
        }
        if step.fact == Some(Fact::Replies) {
            let open = self.replies().filter(|(replied, all)| replied < all);
            return open.map(|(replied, all)| format!("{replied} of {all} have replied"));
        }
        None
    }

    /// Whether the paper of a step would be about nothing: a note for a child where no child is concerned, a plan without goals,
    /// a letter to people who are kept out where nobody is.
    fn is_about_nothing(&self, step: &Step) -> bool {
        let c = &self.checked.conference;
        match step.paper.as_deref() {
            Some(CHILD_NOTE) => c.child_links.is_empty(),
            Some(PLAN) => c.goals.is_empty(),
            Some(ACTION_NOTICE) => c.goals.iter().all(|goal| goal.actions.is_empty()),
            Some(EXCLUSION) => c.invitees.iter().all(|invitee| invitee.exclusion.is_none()),
            _ => false,
        }
    }

    fn row(&self, id: &str, step: &Step) -> Option<StepRow> {
        // A next conference is only due unless this one ends the plan.
        if self.is_about_nothing(step) || step.fact == Some(Fact::Review) && closes(self.checked) {
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
        let have_replied =
            step.fact == Some(Fact::Replies) && self.replies().is_some_and(|(replied, all)| replied == all);
        let days =
            Days { due, set, done, is_done: done.is_some() || have_replied, can_be_known: self.can_be_known(step) };
        let row = self.standing(id, step.title.clone(), days);
        let (who, name) = (step.who.map(|who| who.id().to_owned()), step.who.and_then(|who| self.name(who)));
        Some(StepRow { who, name, rule: rule.unwrap_or_default(), progress: self.progress(step), ..row })
    }

    /// The name of one of those who run the conference. `None` if nobody is named, or it is still to be filled in.
    fn name(&self, who: Doer) -> Option<String> {
        let c = &self.checked.conference;
        let name = |id: Option<&String>| Some(c.people.get(id?)?.name.as_str());
        let name = match who {
            Doer::Chair => Some(self.checked.chair()),
            Doer::Maker => Some(self.checked.maker()),
            Doer::MinuteTaker => name(c.meeting.minute_taker.as_ref()),
            Doer::Author => name(c.assessment.author.as_ref()),
        };
        name.filter(|name| !name.contains(TO_FILL_IN)).map(str::to_owned)
    }

    fn standing(&self, id: &str, title: String, days: Days) -> StepRow {
        let Days { due, set, done, is_done, can_be_known } = days;
        let planned = done.or(set).unwrap_or(due);
        let state = if is_done {
            StepState::Done
        } else if planned >= self.today {
            StepState::Due
        } else if can_be_known {
            StepState::Late
        } else {
            StepState::Past
        };
        // Of what is done, but nobody knows when, nobody can say that it was late.
        let until = match state {
            StepState::Done | StepState::Due | StepState::Past => done.or(set),
            StepState::Late => done.or(set).or(Some(self.today)),
        };
        let late = until.filter(|until| *until > due).map_or(0, |until| self.checked.calendar.between(due, until));
        let (id, rule) = (id.to_owned(), String::new());
        let (who, name, progress) = Default::default();
        StepRow { id, title, who, name, rule, due, set, done, state, working_days_late: late, progress }
    }

    /// The actions of the plan that have a day, by their numbers in the minutes.
    fn actions(&self) -> Vec<StepRow> {
        let goals = (1..).zip(&self.checked.conference.goals);
        let all =
            goals.flat_map(|(g, goal)| (1..).zip(&goal.actions).map(move |(a, action)| (format!("{g}.{a}"), action)));
        let row = |(number, action): (String, &crate::model::plan::Action)| {
            let (due, owner) = (action.due_on()?, action.owner());
            let named = |owner: &str| Some(self.checked.conference.organisations.get(owner)?.name.clone());
            let name = owner.and_then(named);
            let title = format!("Action {number}: {}", action.text);
            let is_over = action.status.is_over();
            let days = Days { due, set: None, done: None, is_done: is_over, can_be_known: true };
            let row = self.standing(&format!("{ACTION}{number}"), title, days);
            let progress = (action.status != ActionStatus::Open).then(|| action.status.word().to_lowercase());
            Some(StepRow { who: owner.map(str::to_owned), name, progress, ..row })
        };
        all.filter_map(row).collect()
    }
}

/// The days of a step, whether it is done, and whether the data or the record could say so.
#[derive(Clone, Copy)]
struct Days {
    due: NaiveDate,
    set: Option<NaiveDate>,
    done: Option<NaiveDate>,
    is_done: bool,
    can_be_known: bool,
}
