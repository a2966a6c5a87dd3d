//! One conference, as its coordinator types it.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use schemars::JsonSchema;
use serde::Deserialize;

use super::given::GivenNumber;
use super::people::{Invitee, InviteeEntry, Organisation, Person};
use super::plan::{Decision, Goal};
use super::text::TO_FILL_IN;
use super::{Clearance, Prose, Shared};

pub use super::agenda::{AgendaPoint, Domain, Part};
pub use super::minutes::{Correction, CorrectionAnswer, Disclosure, Minutes, MinutesStatus};

/// A conference: its context, its invitees, and everything that was said and decided.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conference {
    /// The council's reference. It is on every page and names the folder of the papers.
    #[schemars(example = &"CSC-2026-014")]
    pub reference: String,
    /// Whether this is the first conference about the context, a review, or the last.
    #[serde(default)]
    pub kind: Kind,
    /// The body that runs it.
    #[serde(default)]
    pub form: Form,
    /// The protective marking at the head of every page.
    #[serde(default = "default_marking")]
    #[schemars(example = &"OFFICIAL-SENSITIVE")]
    pub marking: String,
    /// The day the papers are issued. It is the only "today" that any paper knows, so that a second run gives the same bytes.
    /// Default: the day by which invitations are due.
    #[schemars(with = "Option<NaiveDate>")]
    pub issued: NaiveDate,
    /// The id of the person who makes the papers. The checker must be somebody else. Default: the minute taker.
    pub prepared_by: Option<String>,
    /// The version of the papers, counted from 1.
    #[serde(default = "first_version")]
    pub version: u32,
    /// Dates and versions of single kinds of paper, by the name of the kind (`invitation`, `minutes`), if they differ
    /// from `issued` and `version`.
    #[serde(default)]
    pub papers: BTreeMap<String, OwnEdition>,
    /// The day on which a step of the timetable was done, by its id or its title, if neither a paper nor another field shows
    /// it. `convenor timetable` lists the steps.
    #[serde(default)]
    #[schemars(example = &"agency-checks: 2026-11-10")]
    pub done: BTreeMap<String, NaiveDate>,
    /// The place, peer group, school or business that the conference is about.
    pub context: Context,
    /// The assessment that the conference discusses. Its reference and the day it was completed may wait until the meeting was
    /// held.
    #[serde(default)]
    pub assessment: Assessment,
    /// The time and place of the meeting.
    pub meeting: Meeting,
    /// People by a short id of your choice, which stands for the person elsewhere.
    #[serde(default)]
    pub people: BTreeMap<String, Person>,
    /// Organisations by a short id of your choice.
    #[serde(default)]
    pub organisations: BTreeMap<String, Organisation>,
    /// Everybody who is invited, one entry per letter; or lists of them in files of their own, as `people.xlsx` or `{
    /// list: people.xlsx, category: residents }`, each row of which is an invitee in its place. Further facts about a
    /// person on a list (a reply, attendance, an undertaking) are in their row, or in an entry with the same `id:`.
    #[serde(default)]
    #[schemars(with = "Vec<InviteeEntry>")]
    pub invitees: Vec<Invitee>,
    /// The points of the agenda. Default: the council's usual agenda for this kind of conference.
    pub agenda: Option<Vec<AgendaPoint>>,
    /// Everything that was said, point by point.
    #[serde(default)]
    pub items: Vec<Item>,
    /// Reports and other files that were put before the conference.
    #[serde(default)]
    pub files: Vec<TabledFile>,
    /// The decisions.
    #[serde(default)]
    pub decisions: Vec<Decision>,
    /// The goals of the plan, each with its actions.
    #[serde(default)]
    pub goals: Vec<Goal>,
    /// The contingency if the plan does not work. Markdown.
    pub contingency: Option<Shared<Prose>>,
    /// Whether the minutes are a draft or approved.
    #[serde(default)]
    pub minutes: Minutes,
    /// Information that was shared outside the papers of the conference, one entry each time.
    #[serde(default)]
    pub sharing: Vec<Disclosure>,
    /// Links to the records of single children. They reach no paper of the conference.
    #[serde(default)]
    pub child_links: Vec<ChildLink>,
    /// Names and initials that must appear in no paper at all.
    #[serde(default)]
    pub protected_names: Vec<String>,
    /// Answers to false alarms: texts that only seem to reveal too much.
    #[serde(default)]
    pub allow: Vec<Allowance>,
    /// Fields whose values stand there only for the time being, by path. The check lists them, and nothing is released while one
    /// is named here.
    #[serde(default)]
    #[schemars(example = &["meeting.date"])]
    pub to_fill_in: Vec<String>,
    /// The conference about this context before this one. `convenor new --review-of` fills it in.
    pub previous: Option<Previous>,
    /// The next conference about this context.
    pub review: Option<Review>,
}

/// The conference before.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    /// Its reference.
    pub reference: String,
    /// The day of its meeting.
    pub date: NaiveDate,
    /// Its file, from the folder of this one.
    pub file: Option<String>,
    /// Whether it had no quorum, so that this one is the same meeting, held again. `convenor new --review-of` says so.
    #[serde(default)]
    pub no_quorum: bool,
    /// What it decided provisionally, as it has no quorum: this meeting has to decide it again. The chair's brief says so.
    pub provisional: Option<Shared>,
}

fn default_marking() -> String {
    "OFFICIAL-SENSITIVE".to_owned()
}

fn first_version() -> u32 {
    1
}

/// The entry of one kind of paper in the conference file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnEdition {
    /// The day on which this kind of paper is issued. Default: the conference's `issued`.
    pub issued: Option<NaiveDate>,
    /// The version of this kind of paper, counted from 1. The conference's `version` counts if it is higher. Default:
    /// the conference's `version`.
    pub version: Option<u32>,
    /// The reason why this version replaces an earlier one, in a few words that follow "because". Every reader of the
    /// paper reads it. Default: the paper gives no reason.
    #[schemars(example = &"the date has changed")]
    pub because: Option<String>,
}

/// The stage of a conference in the life of its context.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The first conference, after the assessment.
    #[default]
    Initial,
    /// A later one, which reviews the plan.
    Review,
    /// The last one.
    Closing,
}

impl Kind {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Initial => "initial",
            Kind::Review => "review",
            Kind::Closing => "closing",
        }
    }
}

/// The body that runs the conference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Chaired by children's social care.
    #[default]
    SocialCareChaired,
    /// Led by a family group conference coordinator.
    CommunityGroup,
}

impl Form {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            Form::SocialCareChaired => "social-care-chaired",
            Form::CommunityGroup => "community-group",
        }
    }
}

/// The context that the conference is about, which is never a single person.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// The council's reference for the context, which is the same in every conference about it. Default: the reference of the
    /// first.
    #[schemars(with = "Option<String>", example = &"CTX-0091")]
    pub id: String,
    /// Its kind.
    pub kind: ContextKind,
    /// A name for it that any reader may see. It is in letters and on the cover of every paper.
    #[schemars(example = &"Station Parade and Mill Lane interchange")]
    pub label: String,
    /// A more exact name, for professionals only.
    pub internal_label: Option<String>,
    /// Its location, in words that any reader may see unless they are marked otherwise.
    pub area: Option<Shared>,
    /// Its limits: what belongs to it and what does not.
    pub boundary: Option<Shared>,
    /// The kinds of harm, in general terms that any invited reader may see unless they are marked otherwise.
    #[serde(default)]
    pub harms: Vec<Shared>,
    /// The id of any organisation that owns or runs it. The check asks which points its people are excluded from.
    pub owner: Option<String>,
    /// The period that the assessment covers.
    pub period: Option<Period>,
    /// A summary of events there, in two or three sentences.
    pub summary: Option<Shared>,
}

/// The kind of a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ContextKind {
    /// A street, park, estate or other location.
    Place,
    /// A school or college.
    School,
    /// A group of young people. No community papers are made for it.
    PeerGroup,
    /// A shop or other business.
    Business,
    /// A station, stop, line or vehicle.
    Transport,
    /// An online space.
    Online,
    /// Anything else.
    Other,
}

impl ContextKind {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            ContextKind::Place => "place",
            ContextKind::School => "school",
            ContextKind::PeerGroup => "peer-group",
            ContextKind::Business => "business",
            ContextKind::Transport => "transport",
            ContextKind::Online => "online",
            ContextKind::Other => "other",
        }
    }
}

/// A period, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// The findings of the assessment. They are Markdown.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// The reference of the assessment. Minutes need it.
    pub reference: Option<String>,
    /// The day it was completed. Minutes need it.
    pub completed: Option<NaiveDate>,
    /// The id of the person who wrote it.
    pub author: Option<String>,
    /// The strengths and needs that young people share.
    pub young_people_and_needs: Option<Shared<Prose>>,
    /// The adults who are there for young people.
    pub guardianship: Option<Shared<Prose>>,
    /// Resources, environment, policy and wider systems.
    pub environment: Option<Shared<Prose>>,
    /// The context that must change first, and why.
    pub weighting: Option<Shared<Prose>>,
    /// Things that are going well.
    #[serde(default)]
    pub strengths: Vec<Shared>,
    /// Things that worry people.
    #[serde(default)]
    pub concerns: Vec<Shared>,
    /// Things that are not known yet.
    #[serde(default)]
    pub gaps: Vec<Shared>,
    /// Statements of young people, parents and the community.
    #[serde(default)]
    pub voices: Vec<Voice>,
}

/// Something that was said to the assessment.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    /// The group that said it, never a person.
    #[schemars(example = &"young people")]
    pub from: String,
    /// Their words.
    pub text: String,
    /// Its readers. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// The reason for its mark. It reaches no paper.
    pub reason: Option<String>,
}

/// The time and place of the meeting, and the people who run it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// The day of the meeting.
    pub date: NaiveDate,
    /// The time at which it starts, as `"13:30"`.
    #[serde(deserialize_with = "super::text::clock_time")]
    #[schemars(with = "String", example = &"13:30")]
    pub start: NaiveTime,
    /// The time at which it ends, as `"15:30"`.
    #[serde(deserialize_with = "super::text::clock_time")]
    #[schemars(with = "String", example = &"15:30")]
    pub end: NaiveTime,
    /// The place.
    pub venue: Venue,
    /// The link to join online.
    pub online: Option<String>,
    /// The id of the person who chairs. Required: the check says so if it is missing. Like the minute taker and the author
    /// of the assessment, they are in minutes as present, unless an entry of theirs among the invitees says otherwise.
    pub chair: Option<String>,
    /// The id of a second person who chairs, if two do it together.
    pub co_chair: Option<String>,
    /// The id of the person who takes the minutes. Required: the check says so if it is missing.
    pub minute_taker: Option<String>,
    /// The day by which invitees should reply. Default: by the council's timescale `replies`.
    #[schemars(with = "Option<NaiveDate>")]
    pub reply_by: NaiveDate,
    /// What has changed of its day, time and place since the invitations, in the order in which it did. `date`, `start`,
    /// `end` and `venue` above are as they are now.
    #[serde(default)]
    pub changes: Vec<MeetingChange>,
    /// Its cancellation, if it will not take place at all.
    pub cancelled: Option<Cancellation>,
}

/// The last day on which changes moved the meeting to another day or time. An answer from before is to another meeting.
pub fn moved_on(changes: &[MeetingChange]) -> Option<NaiveDate> {
    let moves = |change: &&MeetingChange| {
        let was = &change.was;
        was.date.is_some() || was.start.is_some() || was.end.is_some()
    };
    changes.iter().rfind(moves).map(|change| change.on)
}

/// A change of the meeting after people were invited to it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingChange {
    /// The day on which it was changed.
    pub on: NaiveDate,
    /// The reason, as words that follow "because". Everybody who was invited reads it. Default: letters give no reason.
    #[schemars(example = &"the hall has no heating")]
    pub because: Option<String>,
    /// What it was before: only what has changed.
    pub was: MeetingBefore,
}

/// The parts of a meeting that have changed, as they were.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingBefore {
    /// The day that it had.
    pub date: Option<NaiveDate>,
    /// The time at which it was to start.
    #[serde(default, deserialize_with = "super::text::optional_clock_time")]
    #[schemars(with = "Option<String>")]
    pub start: Option<NaiveTime>,
    /// The time at which it was to end.
    #[serde(default, deserialize_with = "super::text::optional_clock_time")]
    #[schemars(with = "Option<String>")]
    pub end: Option<NaiveTime>,
    /// The place.
    pub venue: Option<Venue>,
}

/// The cancellation of a meeting.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    /// The day on which it was cancelled.
    pub on: NaiveDate,
    /// The reason, as words that follow "because". Everybody who was invited reads it. Default: letters give no reason.
    #[schemars(example = &"the assessment is being done again")]
    pub because: Option<String>,
}

/// A place to meet.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Venue {
    /// The room and building.
    pub name: String,
    /// Street and town, a line each.
    #[serde(default)]
    pub lines: Vec<String>,
    /// The postcode. Required, unless everybody joins online and `online` says how.
    #[serde(default)]
    pub postcode: String,
    /// Directions and accessibility, for everybody who is invited unless it is marked otherwise.
    pub access: Option<Shared>,
}

/// Something that was said at the conference.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The number of the agenda point.
    pub agenda: u32,
    /// A fact, an opinion, an analysis or a view.
    #[serde(default)]
    pub kind: ItemKind,
    /// The id of the organisation that said it.
    pub by: String,
    /// The statement.
    pub text: String,
    /// Its readers. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// The reason for its mark. It reaches no paper.
    pub reason: Option<String>,
}

impl Item {
    /// Whether it holds what was said, and not that this is still to be filled in.
    pub fn is_filled_in(&self) -> bool {
        !self.text.contains(TO_FILL_IN)
    }
}

/// The kind of a statement. Minutes mark opinions as opinions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Something known.
    #[default]
    Fact,
    /// Something believed.
    Opinion,
    /// A conclusion from facts.
    Analysis,
    /// A wish or feeling.
    View,
}

impl ItemKind {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            ItemKind::Fact => "fact",
            ItemKind::Opinion => "opinion",
            ItemKind::Analysis => "analysis",
            ItemKind::View => "view",
        }
    }
}

/// An answer to a false alarm. It is recorded in the register.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// The field path that the alarm named, for example `items[3].text`. List positions count from 0.
    #[schemars(example = &"items[3].text")]
    pub path: String,
    /// The kind of paper that it is allowed in, for an alarm about a finished paper. Default: none; it then answers
    /// only a rule of the check.
    #[schemars(example = &"minutes")]
    pub paper: Option<String>,
    /// The reason why it reveals nothing that its readers may not know.
    pub reason: String,
}

/// A report or another file that was put before the conference.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TabledFile {
    /// Its title, without anybody's name.
    pub title: String,
    /// The id of the organisation that brought it.
    pub by: String,
    /// The people who may read about it. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// The reason for its mark. It reaches no paper.
    pub reason: Option<String>,
}

/// A link to one child's own record. It is restricted: only the note to the named worker may contain it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChildLink {
    /// An opaque reference into the record system, never a name.
    #[serde(rename = "ref")]
    #[schemars(example = &"MOS-448120")]
    pub reference: String,
    /// The worker who holds that record.
    pub worker: Worker,
    /// The link between the child and the context.
    pub relevance: String,
    /// Facts from the conference that the worker should know.
    pub feedback: String,
    /// A short id of your choice, without anybody's name, by which the link is recognised when its reference changes.
    pub id: Option<String>,
    /// The number on the note, as `4`, or `new`. Not needed, since a number once given is kept, unless a change of the
    /// file makes it unclear which note is which.
    pub number: Option<GivenNumber>,
}

/// The worker who holds a child's record.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Worker {
    /// Their name.
    pub name: String,
    /// Their email address.
    pub email: Option<String>,
}

/// The next conference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The day of the next conference.
    pub date: NaiveDate,
    /// The time at which it starts, as `"13:30"`.
    #[serde(default, deserialize_with = "super::text::optional_clock_time")]
    #[schemars(with = "Option<String>")]
    pub start: Option<NaiveTime>,
}
