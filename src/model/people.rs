//! People and organisations that take part, as the conference file names them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Category;
use super::given::GivenNumber;

pub use super::invitee::{Exclusion, Format, Invitee, InviteeEntry, PeopleList, Reply, Undertaking, Withdrawal};

/// A person with a part in the conference.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Their full name, with a title if they use one.
    #[schemars(example = &"Ms Yetunde Adébáyọ̀")]
    pub name: String,
    /// The words after "Dear" in a letter. Default: the full name.
    #[schemars(example = &"Ms Adébáyọ̀")]
    pub salutation: Option<String>,
    /// Their job or part.
    pub role: Option<String>,
    /// The id of their organisation.
    pub organisation: Option<String>,
    /// Their email address.
    pub email: Option<String>,
    /// Their telephone number.
    pub phone: Option<String>,
}

/// An organisation that takes part.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Its category.
    pub category: Category,
    /// What it belongs to, where it is no body of its own: `council` for a department or a service of the council. No
    /// agreement is made with it, since the council makes none with itself.
    pub part_of: Option<PartOf>,
    /// Its part in the quorum. Default: none.
    #[serde(default)]
    pub quorum: QuorumPart,
    /// Its postal address, for those of its people who have none of their own, as `invitees` has it.
    #[serde(default)]
    pub address: Vec<String>,
    /// The information-sharing agreement or undertaking that it has signed.
    pub agreement: Option<Agreement>,
    /// Its report to the conference.
    pub report: Option<AgencyReport>,
    /// The number on its papers, as `4`, or `new`. Not needed, since a number once given is kept, unless a change of
    /// the file makes it unclear who is who.
    pub number: Option<GivenNumber>,
}

/// What an organisation may belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PartOf {
    /// It is a department or a service of the council.
    Council,
}

impl PartOf {
    /// The word used in data.
    pub fn id(self) -> &'static str {
        match self {
            PartOf::Council => "council",
        }
    }
}

/// The part of an organisation's presence in the quorum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuorumPart {
    /// It is children's social care, without which there is no quorum.
    SocialCare,
    /// It counts as one of the other agencies.
    Agency,
    /// It does not count.
    #[default]
    None,
}

impl QuorumPart {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            QuorumPart::SocialCare => "social-care",
            QuorumPart::Agency => "agency",
            QuorumPart::None => "none",
        }
    }
}

/// The report of an organisation to the conference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgencyReport {
    /// The day on which it was asked for.
    pub asked: Option<NaiveDate>,
    /// The day on which it came. Default: it has not come.
    pub received: Option<NaiveDate>,
    /// What became of it in the meeting.
    #[serde(default, rename = "use")]
    pub put: PutBefore,
}

/// What became of a report in the meeting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PutBefore {
    /// Nothing is recorded of it.
    #[default]
    NotRecorded,
    /// Professionals had it before the meeting.
    Shared,
    /// It was read out, in full or in part.
    ReadOut,
    /// The chair alone read it.
    ChairOnly,
}

impl PutBefore {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            PutBefore::NotRecorded => "not-recorded",
            PutBefore::Shared => "shared",
            PutBefore::ReadOut => "read-out",
            PutBefore::ChairOnly => "chair-only",
        }
    }
}

/// A signed agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The day it was signed.
    pub signed: NaiveDate,
    /// The last day on which it is in force before it must be reviewed. Default: the council's usual time after
    /// signing.
    pub review: Option<NaiveDate>,
}
