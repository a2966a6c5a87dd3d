//! Somebody who is invited: who they are, how they are reached and like to read, and what became of the invitation.
//!
//! In: an entry of `invitees`. Out: an [`Invitee`]; a list of people becomes many.
//!
//! Deliberately absent: the rows of a list, and the number that a letter bears.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use super::channel::{Channel, Postage};
use super::given::GivenNumber;
use super::reference::PersonRef;
use super::{Category, Prose, Shared};

/// Somebody who is invited, and what became of it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Invitee {
    /// Who: the id of a person, or their particulars.
    pub person: PersonRef,
    /// A short id of your choice, by which they are known again when name or organisation change. Default: the id of the
    /// person.
    #[schemars(example = &"hart")]
    pub id: Option<String>,
    /// The number that their papers bear, as `4`, or `new`. Not needed: a number once given is kept. It answers the question
    /// who is who, where a change of the file leaves that open.
    pub number: Option<GivenNumber>,
    /// The id of the organisation they come from. Not needed where the person has one.
    pub organisation: Option<String>,
    /// What they are to the conference. Default: what their organisation is.
    pub category: Option<Category>,
    /// Their postal address for the envelope, 3 to 7 lines, the postcode last. It reaches only their own letter. Required,
    /// unless they came uninvited.
    #[serde(default)]
    #[schemars(example = address_example())]
    pub address: Vec<String>,
    /// Whether they were invited. `false` for somebody who came uninvited: they get no invitation, and are told in the minutes
    /// like anybody.
    #[serde(default = "yes")]
    pub invited: bool,
    /// Their answer to the invitation.
    #[serde(default)]
    pub reply: Reply,
    /// Whether they came.
    pub attended: Option<bool>,
    /// Who comes in their place.
    pub delegate: Option<String>,
    /// What they are asked to bring. It reaches only their own letter.
    pub bring: Option<Shared>,
    /// The numbers of the agenda points they are asked to come for. Default: all that their audience may hear.
    pub items: Option<Vec<u32>>,
    /// The numbers of the agenda points they are kept out of, for example because the place is theirs. They read nothing
    /// that was said under these points either. Default: none.
    pub excluded: Option<Vec<u32>>,
    /// That they take no part any more: nothing is made for them from now on. It reaches no paper. Where `attended` says that
    /// they came, the minutes go on saying so.
    pub withdrawn: Option<Withdrawal>,
    /// How they like to read.
    #[serde(default)]
    pub format: Format,
    /// The language of the interpreter they need.
    pub language: Option<String>,
    /// What they need in order to take part. It reaches only their own letter.
    pub access: Option<Shared>,
    /// A paragraph of your own for their letter. Markdown.
    pub note: Option<Shared<Prose>>,
    /// The undertaking that they have signed for themselves.
    pub undertaking: Option<Undertaking>,
    /// How `convenor invite` reaches them. Default: by post, and by email as well if they agreed to it.
    #[serde(default)]
    pub channel: Channel,
    /// Whether they agreed to be emailed. Default: no.
    pub email_consent: Option<bool>,
    /// How fast `convenor invite` posts their letter. Default: as it is asked.
    pub postage: Option<Postage>,
    /// When they arrived, if late, as `"14:05"`.
    #[serde(default, deserialize_with = "super::text::optional_clock_time")]
    #[schemars(with = "Option<String>")]
    pub arrived: Option<NaiveTime>,
    /// When they left, if early, as `"15:00"`.
    #[serde(default, deserialize_with = "super::text::optional_clock_time")]
    #[schemars(with = "Option<String>")]
    pub left: Option<NaiveTime>,
}

fn yes() -> bool {
    true
}

/// A list of people in a file of its own. Each of its rows is an invitee.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeopleList {
    /// The file beside the conference file: CSV, XLSX or ODS.
    #[schemars(example = &"people.xlsx")]
    pub list: String,
    /// What a column holds, by its heading, where that is not understood: `Name of shop: organisation`. `-` leaves it alone.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// The only sheet that is read. Default: every sheet that is not hidden.
    pub sheet: Option<String>,
    /// What its people are to the conference where neither their row nor their organisation says so.
    pub category: Option<Category>,
}

/// An entry of `invitees`, as the JSON Schema describes it: a person, a list of people, or what else is known of somebody
/// whose row stands in a list.
pub struct InviteeEntry;

impl JsonSchema for InviteeEntry {
    fn schema_name() -> Cow<'static, str> {
        "InviteeEntry".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (person, list) = (generator.subschema_for::<Invitee>(), generator.subschema_for::<PeopleList>());
        let mut known = Invitee::json_schema(generator);
        known.insert("required".to_owned(), serde_json::json!(["id"]));
        known.insert("description".to_owned(), "What else is known of the person of a list with this id.".into());
        schemars::json_schema!({
            "description": "A person, a list of people, or the name of a file that holds one.",
            "anyOf": [person, list, { "type": "string", "examples": ["people.xlsx"] }, known]
        })
    }
}

fn address_example() -> [&'static str; 4] {
    ["14 Dace Court", "Mill Lane", "MARSHGATE", "E20 9ZZ"]
}

/// That somebody takes no part any more.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Since which day.
    pub on: NaiveDate,
    /// Why, in a few words. It stands in the record and in no paper.
    #[schemars(example = &"they have moved away")]
    pub because: Option<String>,
}

/// An undertaking signed by one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Undertaking {
    /// The day it was signed.
    pub signed: NaiveDate,
}

/// An answer to an invitation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// They said that they would come.
    Accepted,
    /// They sent apologies.
    Apologies,
    /// They have not answered.
    #[default]
    None,
}

impl Reply {
    /// The word used in data.
    pub fn id(self) -> &'static str {
        match self {
            Reply::Accepted => "accepted",
            Reply::Apologies => "apologies",
            Reply::None => "none",
        }
    }
}

/// How somebody likes to read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// 12 point print.
    #[default]
    Standard,
    /// 16 point print.
    LargePrint,
}

impl Format {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            Format::Standard => "standard",
            Format::LargePrint => "large-print",
        }
    }
}
