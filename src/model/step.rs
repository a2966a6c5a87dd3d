//! The steps of a conference's timetable, and the rule that says by when each is due.
//!
//! In: `timetable.yaml` of the nearest layer, and `settings: timetable:` of the council. Out: steps by id.
//!
//! Deliberately absent: the days of one conference (`timetable`).

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::by::Side;
use super::calendar::Calendar;
use super::conference::{Conference, Kind, MinutesStatus};

/// A step of every conference.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is to be done, as an order without a full stop: `Send the invitations`.
    pub title: String,
    /// The rule. `None` if the data says the day itself.
    #[serde(default)]
    pub by: Option<Rule>,
    /// The fact of the conference file that sets the day, or says that it is done.
    #[serde(default)]
    pub fact: Option<Fact>,
    /// The kind of paper that ends it once it was sent to everybody whom it is for.
    #[serde(default)]
    pub paper: Option<String>,
    /// The person who sees to it. Default: nobody is named.
    #[serde(default)]
    pub who: Option<Doer>,
    /// The kinds of conference that have it. Default: all.
    #[serde(default, rename = "for")]
    pub kinds: Option<Vec<Kind>>,
    /// Whether only a conference that ends the plan has it, only one that does not, or only one with or without a quorum.
    /// Default: all.
    #[serde(default)]
    pub when: Option<Ending>,
}

/// One of the people who run a conference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Doer {
    /// Whoever chairs the meeting.
    Chair,
    /// Whoever takes the minutes.
    MinuteTaker,
    /// Whoever makes the papers.
    Maker,
    /// Whoever wrote the assessment.
    Author,
}

impl Doer {
    /// The word used in data.
    pub fn id(self) -> &'static str {
        match self {
            Doer::Chair => "chair",
            Doer::MinuteTaker => "minute-taker",
            Doer::Maker => "maker",
            Doer::Author => "author",
        }
    }
}

/// When a kind of paper is due by the timetable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueByStep<'s> {
    /// The rule.
    pub rule: &'s Rule,
    /// The side of the meeting.
    pub side: Side,
    /// The day.
    pub day: NaiveDate,
}

/// When a kind of paper is due by the timetable, as far as the conference file tells. A rule that counts from the meeting comes
/// before one that counts from another step. `None` if no step with a rule ends with it.
pub fn due_of_paper<'s>(
    steps: &'s BTreeMap<String, Step>,
    paper: &str,
    conference: &Conference,
    calendar: &Calendar,
) -> Option<DueByStep<'s>> {
    let is_theirs = |step: &&Step| step.paper.as_deref() == Some(paper);
    let of_kind = |step: &&Step| step.kinds.as_ref().is_none_or(|kinds| kinds.contains(&conference.kind));
    let rules = || steps.values().filter(is_theirs).filter(of_kind).filter_map(|step| step.by.as_ref());
    let rule = rules().find(|rule| rule.from == MEETING).or_else(|| rules().next())?;
    let day = rule.day(start(steps, &rule.from, conference, calendar, steps.len())?, calendar)?;
    let day = no_sooner(day, conference, calendar);
    let meeting = conference.meeting.date;
    let side = match rule.from.as_str() {
        MEETING => rule.side,
        _ if day < meeting => Side::Before,
        _ => Side::After,
    };
    Some(DueByStep { rule, side, day })
}

/// A day on which something is due, or the first on which it could be: a meeting that is held again is prepared once the one
/// without a quorum was over, and what is usual before a meeting may lie before that.
pub fn no_sooner(day: NaiveDate, conference: &Conference, calendar: &Calendar) -> NaiveDate {
    let previous =
        conference.previous.as_ref().filter(|previous| previous.no_quorum && previous.date < conference.meeting.date);
    let first = previous.map(|previous| calendar.after(previous.date, 1).min(conference.meeting.date));
    first.map_or(day, |first| day.max(first))
}

/// The day from which a rule counts, as far as the conference file tells. `more` steps may still be counted from one another.
fn start(
    steps: &BTreeMap<String, Step>,
    from: &str,
    conference: &Conference,
    calendar: &Calendar,
    more: usize,
) -> Option<NaiveDate> {
    match from {
        MEETING => return Some(conference.meeting.date),
        ASSESSMENT => return conference.assessment.completed,
        _ => {}
    }
    let step = steps.get(from).filter(|_| more > 0)?;
    let told = step.fact.and_then(|fact| fact.day(conference));
    let bears = || conference.papers.get(step.paper.as_ref()?)?.issued;
    let by_rule = || {
        let rule = step.by.as_ref()?;
        rule.day(start(steps, &rule.from, conference, calendar, more - 1)?, calendar)
    };
    told.or_else(bears).or_else(by_rule)
}

/// What a conference came to, as far as it decides which steps follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// The plan goes on.
    Open,
    /// The plan ends.
    Closed,
    /// The meeting had a quorum, or was not held yet.
    Quorum,
    /// The meeting had none, and is held again.
    NoQuorum,
}

/// What a council says of a step. Only what differs from the base.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocalStep {
    /// What is to be done, as an order without a full stop.
    #[schemars(example = &"Send the invitations")]
    pub title: Option<String>,
    /// By when: working days before or after the meeting, the assessment or another step; a timescale stands for its
    /// number.
    #[schemars(with = "Option<String>", example = &"10 working days before the meeting")]
    pub by: Option<Rule>,
    /// The kind of paper that ends the step once it was sent to everybody whom it is for.
    #[schemars(example = &"invitation")]
    pub paper: Option<String>,
    /// The person who sees to it.
    pub who: Option<Doer>,
    /// Whether this council does without the step.
    #[serde(default)]
    pub left_out: bool,
}

/// A fact of the conference file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// The day on which the assessment was completed.
    Assessment,
    /// The day of the meeting; it is done once attendance is recorded.
    Meeting,
    /// The last day to reply; it is done once everybody has.
    Replies,
    /// The day of the next conference.
    Review,
    /// The day on which the chair approved the minutes.
    Approval,
}

impl Fact {
    /// The field that gives its day.
    pub fn field(self) -> &'static str {
        match self {
            Fact::Assessment => "`assessment.completed`",
            Fact::Meeting => "`meeting.date`, with who came",
            Fact::Replies => "the `reply` of each invitee",
            Fact::Review => "`review.date`",
            Fact::Approval => "`minutes.approved`",
        }
    }

    /// The day that the conference file gives it.
    pub fn day(self, conference: &Conference) -> Option<NaiveDate> {
        match self {
            Fact::Assessment => conference.assessment.completed,
            Fact::Meeting => Some(conference.meeting.date),
            Fact::Replies => Some(conference.meeting.reply_by),
            Fact::Review => conference.review.map(|review| review.date),
            Fact::Approval => {
                conference.minutes.approved.filter(|_| conference.minutes.status == MinutesStatus::Approved)
            }
        }
    }
}

/// A length of time before or after a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// How long.
    pub length: Length,
    /// Before or after.
    pub side: Side,
    /// The id of the step whose day is counted from, or [`MEETING`] or [`ASSESSMENT`].
    pub from: String,
}

/// The day of the meeting, as the beginning of a rule.
pub const MEETING: &str = "meeting";
/// The day on which the assessment was completed, as the beginning of a rule.
pub const ASSESSMENT: &str = "assessment";

/// A length of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Length {
    /// Working days.
    WorkingDays(u32),
    /// Months of the calendar.
    Months(u32),
    /// A timescale of the council's settings, by its name: months if its name ends so, else working days.
    Timescale(String),
}

/// More than two years of working days, or ten of months, is a typing error.
const MOST_DAYS: u32 = 520;
const MOST_MONTHS: u32 = 120;

impl Rule {
    /// The rule with a number in the place of the timescale. `None` if the settings have none of that name.
    pub fn with_number(&self, timescales: &BTreeMap<String, u32>) -> Option<Self> {
        let length = match &self.length {
            Length::Timescale(name) => {
                let number = *timescales.get(name)?;
                if name.ends_with("_months") { Length::Months(number) } else { Length::WorkingDays(number) }
            }
            other => other.clone(),
        };
        Some(Self { length, ..self.clone() })
    }

    /// The day, counted from another. `None` if the rule still has a timescale, or the calendar ends.
    pub fn day(&self, from: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
        match (&self.length, self.side) {
            (Length::WorkingDays(days), Side::Before) => Some(calendar.before(from, *days)),
            (Length::WorkingDays(days), Side::After) => Some(calendar.after(from, *days)),
            (Length::Months(months), Side::Before) => from.checked_sub_months(Months::new(*months)),
            (Length::Months(months), Side::After) => from.checked_add_months(Months::new(*months)),
            (Length::Timescale(_), _) => None,
        }
    }

    /// In words: `10 working days before the meeting`. `titles` are the words for the other steps, by id.
    pub fn in_words(&self, titles: &dyn Fn(&str) -> Option<String>) -> String {
        let plural = |number: u32, one: &str| if number == 1 { one.to_owned() } else { format!("{one}s") };
        let length = match &self.length {
            Length::WorkingDays(days) => format!("{days} {}", plural(*days, "working day")),
            Length::Months(months) => format!("{months} {}", plural(*months, "month")),
            Length::Timescale(name) => format!("the timescale `{name}`"),
        };
        let side = if self.side == Side::Before { "before" } else { "after" };
        let from = match titles(&self.from) {
            Some(title) => format!("“{title}”"),
            None => format!("the {}", self.from.replace('-', " ")),
        };
        format!("{length} {side} {from}")
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        parse(&text).ok_or_else(|| {
            D::Error::custom(format!(
                "`{text}` is not a rule; write `10 working days before the meeting`, `3 months after the meeting`, or a timescale: `invitations before the meeting`"
            ))
        })
    }
}

fn parse(text: &str) -> Option<Rule> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (length, side, from) = match (text.split_once(" before "), text.split_once(" after ")) {
        (Some((length, from)), None) => (length, Side::Before, from),
        (None, Some((length, from))) => (length, Side::After, from),
        _ => return None,
    };
    let from = from.strip_prefix("the ").unwrap_or(from).replace(' ', "-");
    let is_id = |id: &str| {
        !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
    };
    let number = |units: [&str; 2], most: u32| {
        let typed = units.iter().find_map(|unit| length.strip_suffix(unit))?;
        typed.trim().parse::<u32>().ok().filter(|number| *number <= most)
    };
    let length = if length.ends_with("day") || length.ends_with("days") {
        Length::WorkingDays(number([" working days", " working day"], MOST_DAYS)?)
    } else if length.ends_with("month") || length.ends_with("months") && !length.contains('_') {
        Length::Months(number([" months", " month"], MOST_MONTHS)?)
    } else if is_id(length) {
        Length::Timescale(length.to_owned())
    } else {
        return None;
    };
    is_id(&from).then_some(Rule { length, side, from })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_written_as_people_say_it() {
        let timescales = BTreeMap::from([("minutes".to_owned(), 15), ("first_review_months".to_owned(), 3)]);
        let titles = |id: &str| (id == "minutes").then(|| "Send the minutes".to_owned());
        for (typed, said) in [
            ("10 working days before the meeting", "10 working days before the meeting"),
            ("1 working day after meeting", "1 working day after the meeting"),
            ("minutes after the meeting", "15 working days after the meeting"),
            ("first_review_months after the meeting", "3 months after the meeting"),
            ("1 month  before the assessment", "1 month before the assessment"),
            ("10 working days after the minutes", "10 working days after “Send the minutes”"),
            ("2 working days after the decision letter", "2 working days after the decision letter"),
        ] {
            let rule = parse(typed).and_then(|rule| rule.with_number(&timescales));
            assert_eq!(rule.map(|rule| rule.in_words(&titles)), Some(said.to_owned()), "{typed}");
        }
        for wrong in [
            "",
            "soon",
            "10 days before the meeting",
            "before the meeting",
            "9999 working days after the meeting",
            "121 months after the meeting",
            "3 working days after",
            "3 working days before the meeting after the minutes",
            "Minutes after the meeting",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        let unknown = parse("nothing after the meeting").expect("it may be a timescale");
        assert_eq!(unknown.with_number(&timescales), None);
    }
}
