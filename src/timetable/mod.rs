//! The timetable of a conference: every step with its rule, the day it is due, and whether it is done.
//!
//! In: [`Checked`], what the record says was sent, and the day that counts as today. Out: a row for each step and for each
//! action, in the order of their days.
//!
//! Deliberately absent: the clock, the record itself, how a row is drawn.

mod nothing;
mod row;

use chrono::NaiveDate;
use serde::Serialize;

use crate::check::Checked;
use crate::model::by::Side;
use crate::model::conference::{Kind, moved_on};
use crate::model::people::{Invitee, Reply};
use crate::model::plan::ActionStatus;
use crate::model::step::{ASSESSMENT, Doer, Ending, Fact, MEETING, Step, no_sooner};
use crate::model::text::TO_FILL_IN;
use crate::stages::{Happened, Late, Latecomer, MINUTES, closes};

use row::ACTION;
pub use row::{StepRow, StepState};

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
    /// Steps that nobody owes any more, since the meeting is cancelled, or what they were to prepare is over.
    #[serde(skip)]
    pub fell_away: Vec<StepRow>,
    /// The last day whose bank holidays are known. Days after it may be counted wrongly.
    pub holidays_until: NaiveDate,
}

/// The timetable of a conference on a day.
pub fn timetable(checked: &Checked, happened: &Happened, today: NaiveDate) -> Timetable {
    let counting = Counting { checked, happened, today };
    let steps = checked.steps.iter().filter(|(_, step)| counting.is_of_this_kind(step));
    let mut rows: Vec<StepRow> = steps.filter_map(|(id, step)| counting.row(id, step)).collect();
    rows.extend(counting.actions());
    rows.sort_by(|one, other| (one.when(), &one.id).cmp(&(other.when(), &other.id)));
    // What was planned for a meeting that is cancelled is owed by nobody.
    let is_cancelled = checked.conference.meeting.cancelled.is_some();
    let is_over = |row: &StepRow| is_cancelled || nothing::is_over(checked, &row.id);
    let is_owed = |row: &StepRow| row.state == StepState::Done || !is_over(row);
    let (mut steps, fell_away) = rows.into_iter().partition(is_owed);
    if happened.disposed().is_some() {
        steps = without_papers(steps, checked);
    }
    let conference = checked.conference.reference.clone();
    Timetable { conference, today, steps, fell_away, holidays_until: checked.calendar.until }
}

/// What is left of the steps of a conference whose papers were destroyed: nobody makes a paper any more, or asks what was late.
fn without_papers(mut steps: Vec<StepRow>, checked: &Checked) -> Vec<StepRow> {
    let ends_with_paper = |row: &StepRow| checked.steps.get(&row.id).is_some_and(|step| step.paper.is_some());
    steps.retain(|row| row.state == StepState::Done || row.state == StepState::Due && !ends_with_paper(row));
    steps
}

/// The timescale of a meeting that is held again.
const RECONVENE: &str = "reconvene";

struct Counting<'c> {
    checked: &'c Checked,
    happened: &'c Happened,
    today: NaiveDate,
}

impl Counting<'_> {
    fn is_of_this_kind(&self, step: &Step) -> bool {
        let kind: Kind = self.checked.conference.kind;
        let again = self.checked.meets_again();
        let is_so = |ending| match ending {
            Ending::Open => !closes(self.checked),
            // Without a quorum nothing has ended yet.
            Ending::Closed => closes(self.checked) && !again,
            Ending::Quorum => !again,
            Ending::NoQuorum => again,
        };
        step.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind)) && step.when.is_none_or(is_so)
    }

    /// The day that the data sets for a fact.
    fn set(&self, fact: Fact) -> Option<NaiveDate> {
        // The record may say that the chair approved other words.
        fact.day(&self.checked.conference).filter(|_| fact != Fact::Approval || self.checked.is_approved(MINUTES))
    }

    /// The day on which a fact was, if the data says that it was.
    fn done(&self, fact: Fact) -> Option<NaiveDate> {
        let day = self.set(fact)?;
        let is_done = match fact {
            Fact::Assessment => day <= self.today,
            Fact::Meeting => self.checked.has_met(),
            Fact::Approval => true,
            // Nobody notes on which day the last of them replied, and a review has a file of its own.
            Fact::Replies | Fact::Review => false,
        };
        is_done.then_some(day)
    }

    /// The day on which a step was done that is noted by itself.
    fn noted(&self, id: &str) -> Option<NaiveDate> {
        self.checked.conference.done.get(id).copied().filter(|day| *day <= self.today)
    }

    /// Whether the data or the record could say that a step is done, and would if it were.
    fn can_be_known(&self, step: &Step) -> bool {
        match step.fact {
            // Once the meeting was held, it no longer matters who has not replied.
            Some(Fact::Replies) => !self.checked.has_met(),
            // What became of it is in the file of that conference.
            Some(Fact::Review) => self.set(Fact::Review).is_none(),
            Some(Fact::Assessment | Fact::Meeting) => true,
            // That the day for corrections is past does not mean that the chair is late.
            Some(Fact::Approval) => false,
            None => step.paper.is_some(),
        }
    }

    /// What those who are invited have replied. `None` if nobody is invited.
    fn replies(&self) -> Option<Replies> {
        let invitees = self.checked.conference.invitees.iter().enumerate();
        let takes_part = |i: usize| !self.checked.withdrawn().invitees.contains(&i);
        let is_asked = |one: &Invitee| one.invited && !self.checked.is_left_out(one);
        let invited = invitees.filter(|(i, one)| is_asked(one) && takes_part(*i)).map(|(_, one)| one);
        let meeting = &self.checked.conference.meeting;
        let moved = moved_on(&meeting.changes).filter(|_| meeting.cancelled.is_none());
        let mut replies = Replies::default();
        for one in invited {
            replies.asked += 1;
            replies.given += usize::from(self.checked.reply(one) != Reply::None);
            replies.undated += usize::from(one.may_have_answered_before(moved));
        }
        Some(replies).filter(|replies| replies.asked > 0)
    }

    /// The day by which a step is due, which others may be counted from. The check has made sure that no step waits for
    /// itself.
    fn due(&self, step: &Step) -> Option<NaiveDate> {
        if let Some((_, day)) = self.due_again(step) {
            return Some(day);
        }
        if let Some(rule) = &step.by {
            return rule.day(self.start(&rule.from)?, &self.checked.calendar);
        }
        let of_paper = || step.paper.as_ref().and_then(|paper| self.checked.due_day(paper));
        step.fact.and_then(|fact| self.set(fact)).or_else(of_paper)
    }

    /// The day of a step that is counted from a meeting without a quorum which is held again, with the working days until then:
    /// that of this meeting, and of what is usually due before the first day on which it could be prepared.
    fn due_again(&self, step: &Step) -> Option<(u32, NaiveDate)> {
        let (conference, calendar) = (&self.checked.conference, &self.checked.calendar);
        let previous = conference.previous.as_ref().filter(|previous| previous.no_quorum)?;
        if step.fact == Some(Fact::Meeting) && step.by.is_some() {
            let days = *self.checked.settings.timescales.get(RECONVENE)?;
            return Some((days, calendar.after(previous.date, days)));
        }
        let rule = step.by.as_ref().filter(|rule| rule.from == MEETING && rule.side == Side::Before)?;
        let usual = rule.day(conference.meeting.date, calendar)?;
        let first = no_sooner(usual, conference, calendar);
        (first > usual).then_some((1, first))
    }

    fn start(&self, from: &str) -> Option<NaiveDate> {
        match from {
            MEETING => self.set(Fact::Meeting),
            ASSESSMENT => self.set(Fact::Assessment),
            id => {
                let step = self.checked.steps.get(id)?;
                // Readers count from the day that a paper bears, or from that on which they got it, if it was later.
                let sent = || self.due(step).map_or_else(|| self.sent(step), |due| self.turns(step, due).others_on);
                let issued = step.paper.as_ref().map(|paper| self.checked.edition(paper).issued);
                let done = sent().zip(issued).map(|(sent, issued)| sent.max(issued)).or_else(|| self.noted(id));
                done.or_else(|| step.fact.and_then(|fact| self.set(fact))).or_else(|| self.due(step))
            }
        }
    }

    /// The day on which the last paper of a step was sent, if all were.
    fn sent(&self, step: &Step) -> Option<NaiveDate> {
        self.happened.of(step.paper.as_ref()?).sent_on()
    }

    /// How the paper of a step, due on a day, was sent to those who were invited together, and to whoever came later and has
    /// a day of their own.
    fn turns(&self, step: &Step, due: NaiveDate) -> Turns {
        let in_turn = step.paper.as_ref().and_then(|paper| self.happened.in_turn(paper));
        let Some(in_turn) = in_turn else {
            let others_on = self.sent(step);
            return Turns { others_on, others_wait: others_on.is_none(), latecomers: Vec::new(), why: Late::default() };
        };
        // Their letter is owed on the day that it bears, and at the latest on that by which they are to reply; a notice as long
        // after the news as others are after the meeting.
        let own_day = |one: &Latecomer| match in_turn.why {
            Late::Invited if one.issued > due => one.issued.min(one.reply_by),
            Late::Invited | Late::TookOn => one.reply_by,
        };
        let all = in_turn.latecomers.iter().map(|one| (own_day(one), one.sent));
        let (latecomers, together): (Vec<_>, Vec<_>) = all.partition(|(own, _)| *own > due);
        let others = &in_turn.others;
        let are_all_sent = others.sent == others.readers && together.iter().all(|(_, sent)| sent.is_some());
        let last = together.iter().filter_map(|(_, sent)| *sent).max().max(others.last);
        Turns { others_on: last.filter(|_| are_all_sent), others_wait: !are_all_sent, latecomers, why: in_turn.why }
    }

    fn progress(&self, step: &Step) -> Option<String> {
        if let Some(sendings) = step.paper.as_ref().map(|paper| self.happened.of(paper)).filter(|s| s.readers > 0) {
            let (sent, readers) = (sendings.sent, sendings.readers);
            return (sent < readers).then(|| format!("{sent} of {readers} sent"));
        }
        if step.fact == Some(Fact::Replies) {
            let replies = self.replies().filter(|replies| !replies.are_all_in())?;
            let have_replied = format!("{} of {} have replied", replies.given, replies.asked);
            return Some(match replies.undated {
                0 => have_replied,
                1 => format!("{have_replied}; whether 1 of the answers is to the new day, its `replied_on` would say"),
                n => format!(
                    "{have_replied}; whether {n} of the answers are to the new day, their `replied_on` would say"
                ),
            });
        }
        None
    }

    fn row(&self, id: &str, step: &Step) -> Option<StepRow> {
        // A next conference is only due unless this one ends the plan. One without a quorum has not ended it.
        let is_next = step.fact == Some(Fact::Review);
        let is_over = is_next && step.when != Some(Ending::NoQuorum) && closes(self.checked);
        if is_over || nothing::is_about_nothing(self.checked, self.happened, step) {
            return None;
        }
        let due = self.due(step)?;
        let titles = |from: &str| self.checked.steps.get(from).filter(|_| from != MEETING && from != ASSESSMENT);
        let rule = step.by.as_ref().map(|rule| rule.in_words(&|from| titles(from).map(|step| step.title.clone())));
        let again = self.due_again(step).map(|(days, _)| match days {
            1 => "1 working day after the meeting without a quorum".to_owned(),
            days => format!("{days} working days after the meeting without a quorum"),
        });
        let rule = again.or(rule);
        let done = self.sent(step).or_else(|| step.fact.and_then(|fact| self.done(fact))).or_else(|| self.noted(id));
        let set = step.fact.filter(|fact| step.by.is_some() && *fact != Fact::Approval);
        let set = set.and_then(|fact| self.set(fact));
        let have_replied =
            step.fact == Some(Fact::Replies) && self.replies().is_some_and(|replies| replies.are_all_in());
        let is_done = done.is_some() || have_replied;
        let turns = self.turns(step, due);
        let late = match step.fact {
            // Corrections came in time, whenever the chair approved the minutes with them.
            Some(Fact::Approval) => Some(0),
            _ => done.filter(|_| !turns.latecomers.is_empty()).map(|done| self.latest(&turns, due, done)),
        };
        let days = Days { due, set, done, is_done, can_be_known: self.can_be_known(step), late };
        let (title, progress) = (step.title.clone(), self.progress(step));
        let (who, name) = (step.who.map(|who| who.id().to_owned()), step.who.and_then(|who| self.name(who)));
        let can_be_noted = step.paper.is_none() && step.fact.is_none();
        let more = |row| StepRow { who, name, is_next_meeting: is_next, can_be_noted, ..row };
        if let Some((own, waiting)) = turns.still_owed().filter(|_| !is_done) {
            let days = Days { due: own, ..days };
            let (they, since) = match (turns.why, waiting) {
                (Late::Invited, 1) => ("one person was invited later", "were invited later"),
                (Late::Invited, _) => ("the others were invited later", "were invited later"),
                (Late::TookOn, 1) => ("one took something on later", "took it on later"),
                (Late::TookOn, _) => ("the others took something on later", "took it on later"),
            };
            let progress = progress.map(|progress| format!("{progress}; {they}"));
            let rule = format!("their own day, since they {since}");
            return Some(more(StepRow { rule, progress, ..self.standing(id, title, days) }));
        }
        Some(more(StepRow { rule: rule.unwrap_or_default(), progress, ..self.standing(id, title, days) }))
    }

    /// The most working days by which a paper came late to anybody, counted for each from the day on which it was owed to them.
    fn latest(&self, turns: &Turns, due: NaiveDate, done: NaiveDate) -> usize {
        let own = turns.latecomers.iter().map(|(own, sent)| (*own, sent.unwrap_or(done)));
        let all = own.chain(turns.others_on.map(|sent| (due, sent)));
        all.map(|(due, sent)| if sent > due { self.checked.calendar.between(due, sent) } else { 0 }).max().unwrap_or(0)
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
        let Days { due, set, done, is_done, can_be_known, late } = days;
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
        let counted = || until.filter(|until| *until > due).map(|until| self.checked.calendar.between(due, until));
        let working_days_late = late.or_else(counted).unwrap_or_default();
        let (id, rule) = (id.to_owned(), String::new());
        let (who, name, progress) = Default::default();
        let (is_next_meeting, can_be_noted) = (false, false);
        StepRow {
            id,
            title,
            who,
            name,
            rule,
            due,
            set,
            done,
            state,
            working_days_late,
            progress,
            is_next_meeting,
            can_be_noted,
        }
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
            let days = Days { due, set: None, done: None, is_done: is_over, can_be_known: true, late: None };
            let row = self.standing(&format!("{ACTION}{number}"), title, days);
            let says_nothing = matches!(action.status, ActionStatus::Open | ActionStatus::Done);
            let progress = (!says_nothing).then(|| action.status.printed().to_lowercase());
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
    /// The working days by which it is late, if they are counted from other days than these.
    late: Option<usize>,
}

/// What those who are invited have replied.
#[derive(Default)]
struct Replies {
    asked: usize,
    given: usize,
    /// How many answers may be to the meeting as it was before it was moved.
    undated: usize,
}

impl Replies {
    fn are_all_in(&self) -> bool {
        self.given == self.asked && self.undated == 0
    }
}

/// How a paper was sent to those who were invited together, and to others in their turn.
struct Turns {
    /// The day on which the last of those who were invited together was sent theirs, if all were.
    others_on: Option<NaiveDate>,
    /// Whether some of those who were invited together still wait.
    others_wait: bool,
    /// The day on which each of the others was owed theirs, and the day on which they were sent it.
    latecomers: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// Why they are owed theirs later.
    why: Late,
}

impl Turns {
    /// If only those who were invited later still wait: the first of their days, and how many they are.
    fn still_owed(&self) -> Option<(NaiveDate, usize)> {
        let waiting = self.latecomers.iter().filter(|(_, sent)| sent.is_none() && !self.others_wait);
        let waiting: Vec<NaiveDate> = waiting.map(|(own, _)| *own).collect();
        Some((*waiting.iter().min()?, waiting.len()))
    }
}
