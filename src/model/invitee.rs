//! A person who is invited: their particulars and preferences, and the outcome of the invitation.
//!
//! In: an entry of `invitees`. Out: an [`Invitee`]; a list of people becomes many.
//!
//! Deliberately absent: the rows of a list, and the number on a letter.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use chrono::{NaiveDate, NaiveTime};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

use super::channel::{Channel, Postage};
use super::given::GivenNumber;
use super::language::Language;
use super::reference::PersonRef;
use super::{Category, Prose, Shared};

/// A person who is invited, and the outcome of the invitation.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Invitee {
    /// The id of a person, or their particulars.
    pub person: PersonRef,
    /// A short id of your choice, by which they are recognised when their name or organisation changes. Default: the id
    /// of the person.
    #[schemars(example = &"hart")]
    pub id: Option<String>,
    /// The number on their papers, as `4`, or `new`. Not needed, since a number once given is kept, unless a change of
    /// the file makes it unclear who is who.
    pub number: Option<GivenNumber>,
    /// The id of the organisation they come from. Not needed if the person has one.
    pub organisation: Option<String>,
    /// Their category. Default: that of their organisation.
    pub category: Option<Category>,
    /// Their postal address for the envelope, 3 to 7 lines, the postcode last. It reaches only their own letter. Required,
    /// unless they came uninvited.
    #[serde(default)]
    #[schemars(example = address_example())]
    pub address: Vec<String>,
    /// Whether they were invited. `false` for a person who came uninvited: they get no invitation, but are in the
    /// minutes like everybody else.
    #[serde(default = "yes")]
    pub invited: bool,
    /// The day of their invitation, if they are invited later than everybody else. Their own letters bear it, and none tells them
    /// of what changed before it.
    pub invited_on: Option<NaiveDate>,
    /// Their answer to the invitation.
    #[serde(default)]
    pub reply: Reply,
    /// The day on which they answered. An answer from before the meeting was moved no longer counts: they are asked again.
    pub replied_on: Option<NaiveDate>,
    /// Whether they came.
    pub attended: Option<bool>,
    /// Whether they took part online.
    #[serde(default)]
    pub online: bool,
    /// Whether they listen and take no part in decisions, as a trainee or an inspector does. They count for no quorum.
    #[serde(default)]
    pub observer: bool,
    /// The person who comes in their place.
    pub delegate: Option<String>,
    /// Things they are asked to bring. They reach only their own letter.
    pub bring: Option<Shared>,
    /// The numbers of the agenda points they are asked to come for. Default: all that their audience may hear. Of what was
    /// agreed at the others they still read whatever is marked for them.
    pub items: Option<Vec<u32>>,
    /// The numbers of the agenda points they are excluded from, for example because the place is theirs. They also read
    /// nothing that was said under these points, and of what was agreed there only what is public. Default: none.
    pub excluded: Option<Vec<u32>>,
    /// The decision that keeps them out of points or, if `excluded` names all that they may hear, of the whole meeting. It
    /// makes a letter to them.
    pub exclusion: Option<Exclusion>,
    /// The day by which they should reply, if it is not that of everybody else, as for a person who is invited late.
    pub reply_by: Option<NaiveDate>,
    /// Their withdrawal, if they no longer take part: nothing is made for them from now on. It reaches no paper. If
    /// `attended` says that they came, the minutes still say so.
    pub withdrawn: Option<Withdrawal>,
    /// Their print size: `standard`, `large-print`, or the size in points that they asked for; or `easy-read` for short sentences
    /// beside pictures, where the council has such words, and large print where not.
    #[serde(default)]
    pub format: Format,
    /// The papers that everybody has and that they want in their print size, in easy read or in their language too, by the names of
    /// their kinds: `[minutes, plan]`. Each is then made so besides. Letters and copies of their own always are. Default: none.
    #[serde(default)]
    #[schemars(example = &["minutes"])]
    pub print_copies: Vec<String>,
    /// The language that they read, as `cy` for Welsh: their letters come in it where the council has its words, and say so in
    /// it where not. Default: the languages of the council's papers.
    pub reads: Option<Language>,
    /// The language of the interpreter they need.
    pub language: Option<String>,
    /// Their needs in order to take part. They reach only their own letter.
    pub access: Option<Shared>,
    /// A paragraph of your own for their letter. Markdown.
    pub note: Option<Shared<Prose>>,
    /// The undertaking that they have signed for themselves.
    pub undertaking: Option<Undertaking>,
    /// The channel by which `convenor invite` reaches them. Default: post, and also email if they agreed to it.
    #[serde(default)]
    pub channel: Channel,
    /// Whether they agreed to be emailed. Default: no.
    pub email_consent: Option<bool>,
    /// The postage class of their letter from `convenor invite`. Default: that of `--postage`.
    pub postage: Option<Postage>,
    /// The time at which they arrived, if late, as `"14:05"`.
    #[serde(default, deserialize_with = "super::text::optional_clock_time")]
    #[schemars(with = "Option<String>")]
    pub arrived: Option<NaiveTime>,
    /// The time at which they left, if early, as `"15:00"`.
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
    /// The fields of columns whose headings are not recognised: `Name of shop: organisation`. `-` skips a column.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// The only sheet that is read. Default: every sheet that is not hidden.
    pub sheet: Option<String>,
    /// The category of its people if neither their row nor their organisation gives one.
    pub category: Option<Category>,
}

/// An entry of `invitees` in the JSON Schema: a person, a list of people, or further facts about a person whose row is
/// in a list.
pub struct InviteeEntry;

impl JsonSchema for InviteeEntry {
    fn schema_name() -> Cow<'static, str> {
        "InviteeEntry".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (person, list) = (generator.subschema_for::<Invitee>(), generator.subschema_for::<PeopleList>());
        let mut known = Invitee::json_schema(generator);
        known.insert("required".to_owned(), serde_json::json!(["id"]));
        known.insert("description".to_owned(), "Further facts about the person on a list with this id.".into());
        schemars::json_schema!({
            "description": "A person, a list of people, or the name of a file that contains one.",
            "anyOf": [person, list, { "type": "string", "examples": ["people.xlsx"] }, known]
        })
    }
}

fn address_example() -> [&'static str; 4] {
    ["14 Dace Court", "Mill Lane", "MARSHGATE", "E20 9ZZ"]
}

/// The withdrawal of a person who no longer takes part.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// The first day on which they no longer take part.
    pub on: NaiveDate,
    /// The reason, in a few words. It is kept in the record and reaches no paper.
    #[schemars(example = &"they have moved away")]
    pub because: Option<String>,
    /// The id of whoever takes part in their place: of a person, or of their entry among the invitees. Professionals read in
    /// whose place they come.
    pub replaced_by: Option<String>,
}

/// The chair's decision to keep a person out of some or all of a meeting. What it says reaches only their own letter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// The day on which the chair decided it.
    pub on: NaiveDate,
    /// The reason that they may be given, as words that follow "because". Default: the letter gives none.
    #[schemars(example = &"the place belongs to your firm")]
    pub because: Option<String>,
    /// How the meeting hears them in another way, as a sentence to them.
    #[schemars(example = &"Ms Chan will ring you before the meeting and tell it what you say.")]
    pub heard: Option<String>,
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

impl Invitee {
    /// Whether they are or were to be there: somebody asked them, or they came.
    pub fn takes_part(&self) -> bool {
        self.invited || self.attended == Some(true)
    }

    /// Their answer to a meeting that was moved on a day. None if they gave it before.
    pub fn answer(&self, moved: Option<NaiveDate>) -> Reply {
        let is_to_another_day = self.replied_on.zip(moved).is_some_and(|(replied, moved)| replied < moved);
        if is_to_another_day { Reply::None } else { self.reply }
    }

    /// Whether they answered, and nobody noted whether it was before the meeting was moved.
    pub fn may_have_answered_before(&self, moved: Option<NaiveDate>) -> bool {
        moved.is_some() && self.reply != Reply::None && self.replied_on.is_none()
    }

    /// Whether they had signed an undertaking by a day.
    pub fn has_signed_by(&self, day: NaiveDate) -> bool {
        self.undertaking.is_some_and(|undertaking| undertaking.signed <= day)
    }
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

/// How a person reads: in `standard` or `large-print`, in a size in points, or in `easy-read`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// 12 point print.
    #[default]
    Standard,
    /// The council's large print: 16 point unless it has it larger.
    LargePrint,
    /// The size that the person asked for, in points.
    Points(u8),
    /// Short sentences beside pictures, in the council's large print. Large print alone where the council has no such words.
    EasyRead,
}

impl Format {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            Format::Standard => "standard",
            Format::LargePrint | Format::Points(_) => "large-print",
            Format::EasyRead => "easy-read",
        }
    }

    /// The smallest and the largest size that a person may ask for, in points. The first is our standard print; over the
    /// second, a line would hold too few words.
    pub const SIZES: (u8, u8) = (12, 24);

    /// Parses a typed text: `standard`, `large-print`, `easy-read`, `20` or `20pt`. `None` if it is none of these.
    pub fn typed(text: &str) -> Option<Self> {
        match text {
            "standard" => return Some(Format::Standard),
            "large-print" => return Some(Format::LargePrint),
            "easy-read" => return Some(Format::EasyRead),
            _ => {}
        }
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = text[digits.len()..].to_ascii_lowercase();
        let points =
            digits.trim_end().parse().ok().filter(|_| ["", "pt", "point", "points"].contains(&unit.as_str()))?;
        let (least, most) = Self::SIZES;
        match points {
            points if points == least => Some(Format::Standard),
            points if (least..=most).contains(&points) => Some(Format::Points(points)),
            _ => None,
        }
    }
}

/// As it is typed, which [`Format::typed`] reads.
impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Format::Points(points) => write!(f, "{points}"),
            Format::Standard | Format::LargePrint | Format::EasyRead => f.write_str(self.id()),
        }
    }
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(FormatVisitor)
    }
}

struct FormatVisitor;

impl Visitor<'_> for FormatVisitor {
    type Value = Format;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("`standard`, `large-print`, `easy-read` or a size in points")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        let (least, most) = Format::SIZES;
        Format::typed(text).ok_or_else(|| {
            E::custom(format!(
                "`{text}` is neither `standard`, `large-print`, `easy-read` nor a size from {least} to {most} points"
            ))
        })
    }
}

impl JsonSchema for Format {
    fn schema_name() -> Cow<'static, str> {
        "Format".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let (least, most) = Format::SIZES;
        schemars::json_schema!({
            "description": "`standard` is 12 point, `large-print` the council's large print; or the size in points that the person asked for. `easy-read` is short sentences beside pictures, where the council has such words.",
            "anyOf": [
                { "type": "string", "enum": ["standard", "large-print", "easy-read"] },
                { "type": "integer", "minimum": least, "maximum": most }
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_a_name_or_a_size_in_points() {
        let sizes = ["20", "20pt", "20 points", "13", "24pt"].map(Format::typed);
        assert_eq!(sizes, [20, 20, 20, 13, 24].map(|points| Some(Format::Points(points))));
        assert_eq!(["standard", "12", "12pt"].map(Format::typed), [Some(Format::Standard); 3]);
        assert_eq!(Format::typed("large-print"), Some(Format::LargePrint));
        assert_eq!(Format::typed("easy-read"), Some(Format::EasyRead));
        assert_eq!(["", "pt", "11", "25", "20mm", "-20", "20.5", "999", "large"].map(Format::typed), [None; 9]);
    }
}
