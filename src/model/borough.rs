//! A council: its name and brand, its words, and what it has agreed locally.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::agenda::{AgendaPoint, Domain};
use super::calendar::Nation;
use super::checker::Checker;
use super::clearance::Reads;
use super::conference::Kind;
use super::language::LocalLanguages;
use super::legal::LocalLegal;
use super::plan::Decision;
use super::step::LocalStep;
use super::vocabulary::Vocabulary;
use super::wording::LocalWording;
use super::{Audience, Category, Prose};

/// The council that issues the papers: `borough.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Borough {
    /// A short id: lower-case letters, digits and hyphens.
    #[schemars(example = &"marshgate")]
    pub id: String,
    /// The region whose templates, terms and settings lie between ours and the council's own: the name of a folder in
    /// `regions/`, beside `borough.yaml` or beside a folder above it. Default: none.
    #[schemars(example = &"mere-and-vale")]
    pub region: Option<String>,
    /// The council's full name.
    pub name: String,
    /// The name it goes by.
    pub short_name: String,
    /// The department that issues the papers.
    pub department: String,
    /// The team within it.
    pub team: Option<String>,
    /// The postal address, a line each, the postcode last.
    pub address: Vec<String>,
    /// The telephone number for replies.
    pub phone: String,
    /// The email address for replies.
    pub email: String,
    /// The web address of the team or the council.
    pub website: Option<String>,
    /// The service to call about a child at risk.
    pub concern: Concern,
    /// The contact for personal data.
    pub data_protection: DataProtection,
    /// The logo.
    pub logo: Option<Logo>,
    /// Colours and type.
    #[serde(default)]
    pub brand: Brand,
    /// The pattern of the council's conference references: `Y` and `N` stand for digits. Default: any.
    #[schemars(example = &"CSC-YYYY-NNN")]
    pub reference: Option<String>,
    /// The person who signs the letters. Default: the chair of the conference.
    pub signatory: Option<Signatory>,
    /// The person who signs a kind of paper, by its name, if it is somebody else: `agreement`, `terms`. Default:
    /// `signatory`.
    #[serde(default)]
    pub signatories: BTreeMap<String, Signatory>,
    /// The people who may check papers before they go out, by first name and surname. Default: the region's; if neither
    /// names anybody, anyone who did not make the papers.
    pub checkers: Option<Vec<Checker>>,
    /// The council's own words. Default: the base vocabulary.
    #[serde(default)]
    pub terms: Vocabulary,
    /// Local agreements. Default: the base settings.
    #[serde(default)]
    pub settings: LocalSettings,
    /// The languages of the council's papers, besides those that single readers ask for. Default: English.
    #[serde(default)]
    pub languages: LocalLanguages,
    /// What the council's officer has confirmed of the law that agreements print. Nothing that is unsure is printed, and
    /// no agreement released, before that.
    #[serde(default)]
    pub legal: LocalLegal,
    /// Plain words for kinds of harm, for papers of the community: `county lines: people who use children to carry drugs`.
    /// Besides those of the base, or in their place.
    #[serde(default)]
    pub harms: BTreeMap<String, String>,
    /// The council's usual agenda for each kind of conference. Default: the base agenda.
    #[serde(default)]
    pub agenda: BTreeMap<Kind, Vec<AgendaPoint>>,
}

impl Borough {
    /// Whether an organisation of a conference is the council itself: it has the council's id or its name.
    pub fn is(&self, id: &str, name: &str) -> bool {
        id == self.id || name == self.name
    }
}

/// A region, whose data several councils share: `region.yaml` in its folder, with `templates/` beside it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// The region's name, for people.
    pub name: String,
    /// The people who may check papers for any council of the region. A council that names its own uses only those.
    pub checkers: Option<Vec<Checker>>,
    /// The region's own words. A council's own take precedence.
    #[serde(default)]
    pub terms: Vocabulary,
    /// Agreements in the region. A council's own settings take precedence.
    #[serde(default)]
    pub settings: LocalSettings,
    /// The region's usual agenda for each kind of conference.
    #[serde(default)]
    pub agenda: BTreeMap<Kind, Vec<AgendaPoint>>,
}

/// The service to call about a child at risk.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Concern {
    /// The name of the service.
    pub name: String,
    /// Its telephone number.
    pub phone: String,
    /// The number at night and at weekends.
    pub out_of_hours: Option<String>,
    /// A sentence of your own.
    pub text: Option<String>,
}

/// The contact for personal data.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DataProtection {
    /// The data protection officer's name or title.
    pub officer: String,
    /// Their email address.
    pub email: String,
    /// Their telephone number.
    pub phone: Option<String>,
    /// The council's registration number with the Information Commissioner's Office.
    pub ico_registration: String,
    /// The web address of the privacy notice.
    pub privacy_notice: String,
    /// The email or web address for complaints.
    pub complaints: String,
}

/// The logo.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Logo {
    /// The file beside `borough.yaml`: SVG or PNG.
    pub file: String,
    /// The text that a screen reader says for it.
    pub alt: String,
    /// The clear space around it in millimetres. Default: 0, since the theme already leaves room.
    #[serde(default)]
    pub clear: u32,
}

/// Colours and type.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// The brand colour as `#rrggbb`. Default: a dark slate.
    #[schemars(example = &"#0b5d4e")]
    pub colour: Option<String>,
    /// A light tint of it for notices and decisions, as `#rrggbb`. Default: 8 % of the colour on white.
    pub tint: Option<String>,
    /// A second colour, for decoration and never for text: the bar of a notice, a band of the letterhead. Default: the
    /// brand colour.
    pub accent: Option<String>,
    /// The colour of text, as `#rrggbb`. Default: nearly black.
    pub text: Option<String>,
    /// The size of large print in points, from 16 to 28. Default: 16.
    pub large_print: Option<u32>,
    /// Words at the foot of every page, after our own. Default: none.
    pub footer: Option<String>,
    /// Font files beside `borough.yaml`, TTF or OTF, whose makers allow embedding: a regular and a bold face of one family.
    /// Ours supply missing characters. Default: ours.
    #[serde(default)]
    pub fonts: Vec<String>,
}

/// The colour of text unless a council has its own. Pure black tires the eye.
pub const INK: &str = "#1a1a1a";

/// 8 % of a colour on white: light enough behind text, and still visible on a grey printer.
pub fn tint_of(colour: &str) -> String {
    let byte = |i: usize| u32::from_str_radix(colour.get(i..i + 2).unwrap_or("80"), 16).unwrap_or(128);
    let mixed = [1, 3, 5].map(|i| (255 * 92 + byte(i) * 8) / 100);
    format!("#{:02x}{:02x}{:02x}", mixed[0], mixed[1], mixed[2])
}

/// A person who signs.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: String,
}

/// The settings of a council. Each can be set on its own; the others come from the base.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocalSettings {
    /// The quorum for a decision.
    pub quorum: Option<Quorum>,
    /// The number of working days or months that each step takes, by name. Only those that differ from the base.
    #[serde(default)]
    pub timescales: BTreeMap<String, u32>,
    /// Steps of the timetable that differ from the base, by id, and steps of the council's own.
    #[serde(default)]
    pub timetable: BTreeMap<String, LocalStep>,
    /// Whether the meeting may be recorded.
    pub recording: Option<Recording>,
    /// Texts for the community contain no count of children and young people below this number. 0 switches the rule
    /// off.
    pub small_count: Option<u32>,
    /// Words to avoid besides those of the base, and words on the base's list that the council does use.
    #[serde(default)]
    pub wording: LocalWording,
    /// The retention of records, in the council's own words. The base has no default for it.
    pub retention: Option<String>,
    /// The decisions that a conference can take.
    pub decision_options: Option<Vec<DecisionOption>>,
    /// Titles of the four areas, by id.
    #[serde(default)]
    pub domains: BTreeMap<Domain, String>,
    /// The papers that each category of people reads. Only those that differ from the base.
    #[serde(default)]
    pub audiences: BTreeMap<Category, Reads>,
    /// Whether a version says how many statements are not in it.
    pub withheld: Option<Withheld>,
    /// The protective marking of papers for the public, and of generic papers that say no more than these may. All others
    /// have the conference's.
    #[schemars(example = &"OFFICIAL")]
    pub public_marking: Option<String>,
    /// The council's marking scheme: the words at the head of each page, by audience. An audience that is not in it has the
    /// conference's marking, and the public `public_marking`. No paper is without one.
    #[serde(default)]
    pub markings: BTreeMap<Audience, String>,
    /// The kinds of paper that are made for community members, by name. It narrows what the papers themselves are made for,
    /// and never widens it. Default: all that are made for them.
    pub community_papers: Option<Vec<String>>,
    /// The nation whose bank holidays are not working days. Default: England and Wales.
    pub calendar: Option<Nation>,
    /// The members of a conference.
    pub membership: Option<Membership>,
    /// The panel that a conference answers to.
    pub oversight: Option<String>,
    /// The escalation of disagreements, in the council's own words. Markdown.
    pub escalation: Option<Prose>,
    /// The approval of the terms of reference.
    pub approval: Option<Approval>,
    /// The accounts that may open the folder of the papers on this machine. Default: its owner only.
    pub papers_open_to: Option<OpenTo>,
    /// The names of the files of papers: `names` of their readers with their numbers, or `numbers` alone, so that no
    /// person's name is in a file name or in the record. Papers are identified by their places, so set it before the
    /// first build of a conference. Default: names.
    pub file_names: Option<FileNames>,
    /// What the letters say, and what comes with them.
    #[serde(default)]
    pub letters: LocalLetters,
}

/// What the letters of a council say, and what comes with them. Only what differs from the base.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocalLetters {
    /// Whether an invitation ends with a slip to cut off and send back. Default: no.
    pub reply_slip: Option<bool>,
    /// How much an invitation says to a reader from the community who has not yet signed an undertaking: `gentle`, the area
    /// and no kind of harm, or `full`. Default: gentle.
    pub before_undertaking: Option<BeforeUndertaking>,
}

/// The complete settings: the base, or the base with a council's own on top.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The quorum for a decision.
    pub quorum: Quorum,
    /// Working days or months by name.
    pub timescales: BTreeMap<String, u32>,
    /// Whether the meeting may be recorded.
    pub recording: Recording,
    /// Texts for the community contain no count of children and young people below this number. 0 switches the rule
    /// off.
    pub small_count: u32,
    /// The retention of records; `None` if the council does not say.
    pub retention: Option<String>,
    /// The decisions that a conference can take.
    pub decision_options: Vec<DecisionOption>,
    /// Titles of the four areas, by id.
    pub domains: BTreeMap<Domain, String>,
    /// The papers that each category of people reads.
    pub audiences: BTreeMap<Category, Reads>,
    /// Whether a version says how many statements are not in it.
    pub withheld: Withheld,
    /// The protective marking of papers for the public.
    pub public_marking: String,
    /// The words at the head of each page, by audience, if they are not the usual ones.
    #[serde(default)]
    pub markings: BTreeMap<Audience, String>,
    /// The kinds of paper that are made for community members; all that are made for them unless the council says.
    pub community_papers: Option<Vec<String>>,
    /// The nation whose bank holidays are not working days.
    #[serde(default)]
    pub calendar: Nation,
    /// The members of a conference.
    pub membership: Membership,
    /// The panel that a conference answers to.
    pub oversight: Option<String>,
    /// The escalation of disagreements.
    pub escalation: Option<Prose>,
    /// The approval of the terms of reference.
    pub approval: Option<Approval>,
    /// The accounts that may open the folder of the papers on this machine.
    #[serde(default)]
    pub papers_open_to: OpenTo,
    /// The names of the files of papers.
    #[serde(default)]
    pub file_names: FileNames,
    /// What the letters say, and what comes with them.
    #[serde(default)]
    pub letters: Letters,
}

/// What the letters of a council say, and what comes with them.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    /// Whether an invitation ends with a slip to cut off and send back.
    pub reply_slip: bool,
    /// How much an invitation says to a reader from the community before they have signed an undertaking.
    pub before_undertaking: BeforeUndertaking,
}

impl Letters {
    /// These with a council's own on top.
    fn with(self, local: LocalLetters) -> Self {
        Self {
            reply_slip: local.reply_slip.unwrap_or(self.reply_slip),
            before_undertaking: local.before_undertaking.unwrap_or(self.before_undertaking),
        }
    }
}

/// How much an invitation says before its reader has promised to keep it to themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BeforeUndertaking {
    /// The area in place of the context, if the conference names one, and no kind of harm.
    #[default]
    Gentle,
    /// The context and the kinds of harm.
    Full,
}

impl BeforeUndertaking {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            BeforeUndertaking::Gentle => "gentle",
            BeforeUndertaking::Full => "full",
        }
    }
}

/// The names of the files of papers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FileNames {
    /// Number and name: `invitation-04-mrs-jane-hart.pdf`.
    #[default]
    Names,
    /// The number alone: `invitation-04.pdf`.
    Numbers,
}

/// The accounts that may open the folder of the papers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OpenTo {
    /// The account that made it.
    #[default]
    Owner,
    /// The group of that account, too.
    Group,
}

impl Settings {
    /// Whether a decision ends the plan, so that no conference follows.
    pub fn ends_the_plan(&self, decision: &Decision) -> bool {
        self.decision_options.iter().any(|option| option.id == decision.option && option.closes)
    }

    /// The base with a council's own on top.
    #[must_use]
    pub fn with(&self, local: &LocalSettings) -> Self {
        let local = local.clone();
        let mut timescales = self.timescales.clone();
        timescales.extend(local.timescales);
        let mut domains = self.domains.clone();
        domains.extend(local.domains);
        let mut audiences = self.audiences.clone();
        audiences.extend(local.audiences);
        let mut markings = self.markings.clone();
        markings.extend(local.markings);
        Self {
            quorum: local.quorum.unwrap_or(self.quorum),
            timescales,
            recording: local.recording.unwrap_or(self.recording),
            small_count: local.small_count.unwrap_or(self.small_count),
            retention: local.retention.or_else(|| self.retention.clone()),
            decision_options: local.decision_options.unwrap_or_else(|| self.decision_options.clone()),
            domains,
            audiences,
            withheld: local.withheld.unwrap_or(self.withheld),
            public_marking: local.public_marking.unwrap_or_else(|| self.public_marking.clone()),
            markings,
            community_papers: local.community_papers.or_else(|| self.community_papers.clone()),
            calendar: local.calendar.unwrap_or(self.calendar),
            membership: local.membership.unwrap_or_else(|| self.membership.clone()),
            oversight: local.oversight.or_else(|| self.oversight.clone()),
            escalation: local.escalation.or_else(|| self.escalation.clone()),
            approval: local.approval.or_else(|| self.approval.clone()),
            papers_open_to: local.papers_open_to.unwrap_or(self.papers_open_to),
            file_names: local.file_names.unwrap_or(self.file_names),
            letters: self.letters.with(local.letters),
        }
    }
}

/// The quorum for a decision: social care and this many other agencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quorum {
    /// The number of agencies besides social care.
    pub agencies: u32,
}

/// Whether the meeting may be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Recording {
    /// Nobody records.
    NotAllowed,
    /// The chair decides at the meeting.
    ChairDecides,
    /// The council records, and says so.
    CouncilRecords,
}

impl Recording {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            Recording::NotAllowed => "not-allowed",
            Recording::ChairDecides => "chair-decides",
            Recording::CouncilRecords => "council-records",
        }
    }
}

/// Whether a version of the minutes says how many statements are not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Withheld {
    /// It says how many.
    Counted,
    /// It does not mention them.
    Silent,
}

/// A decision that a conference can take.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionOption {
    /// A short id, written in `decisions`.
    pub id: String,
    /// Its name in a paper.
    pub title: String,
    /// Its meaning.
    pub meaning: String,
    /// Whether the plan ends with it, so that no conference follows. Default: no.
    #[serde(default)]
    pub closes: bool,
}

/// The members of a conference.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// Members who always come.
    pub core: Vec<String>,
    /// Members who are invited if the context requires them.
    pub invited: Vec<String>,
}

/// The approval of the terms of reference.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The person or body.
    pub by: String,
    /// The day.
    pub date: NaiveDate,
}
