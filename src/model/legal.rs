//! The law that agreements print, and what a council's officer has settled of it.
//!
//! In: `legal.yaml` of the base or of a layer, and `legal:` of `borough.yaml`.
//!
//! Deliberately absent: which of it a paper prints, since that follows from both; see `check::law`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Category;

/// The law as it stood on a day: `legal.yaml` of the base or of a layer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Legal {
    /// The version of the text.
    pub version: String,
    /// The day on which somebody last checked it against its sources.
    pub checked: NaiveDate,
    /// The bases for sharing information.
    pub bases: Vec<LawfulBasis>,
    /// What else the law asks of those who share.
    #[serde(default)]
    pub duties: Vec<LawfulBasis>,
    /// The number of days within which a complaint about the use of personal data is acknowledged. `None` if the text
    /// does not say.
    pub complaint_days: Option<u32>,
    /// Guidance and cautions that belong with them.
    #[serde(default)]
    pub notes: Vec<String>,
}

impl Legal {
    /// Every basis and every duty.
    pub fn all(&self) -> impl Iterator<Item = &LawfulBasis> {
        self.bases.iter().chain(&self.duties)
    }
}

/// One basis for sharing information, or one duty in doing so, with how sure we are of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawfulBasis {
    /// A short id.
    pub id: String,
    /// The provision.
    pub name: String,
    /// `in force` if it was read as such at a public source. Anything else is printed only once the council's officer has
    /// confirmed it.
    pub status: String,
    /// A sentence about the status. It reaches no paper of ours.
    pub status_note: Option<String>,
    /// The question that the council's officer settles first, whatever the status is. It reaches no paper of ours.
    pub to_confirm: Option<String>,
    /// The place where it can be read.
    pub source: String,
    /// The categories of people that it serves.
    #[serde(rename = "for")]
    pub categories: Vec<Category>,
    /// Its use.
    #[serde(rename = "use")]
    pub purpose: String,
    /// A caution.
    pub note: Option<String>,
}

impl LawfulBasis {
    /// Whether it is certain as it stands, so that nobody has to confirm it.
    pub fn is_certain(&self) -> bool {
        self.status == "in force" && self.to_confirm.is_none()
    }

    /// What is to be settled before a paper prints it.
    pub fn question(&self) -> &str {
        self.to_confirm.as_deref().or(self.status_note.as_deref()).unwrap_or(&self.status)
    }
}

/// What the council's officer, usually the data protection officer, has settled of the law that agreements print.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocalLegal {
    /// What the council relies on although our legal text could not be sure of it, by its id there: printed from now on.
    #[serde(default)]
    pub confirmed: BTreeMap<String, Confirmation>,
    /// What the council does not rely on, by its id in the legal text: never printed, and no longer asked about.
    #[serde(default)]
    pub left_out: BTreeMap<String, Confirmation>,
}

/// A decision of the council's officer about one part of the law.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// The name or title of the officer.
    pub by: String,
    /// The day.
    #[schemars(example = &"2026-10-02")]
    pub on: NaiveDate,
    /// The version of the legal text that was read. The decision holds for that version only, and without one for none.
    #[schemars(example = &"2026.2")]
    pub version: Option<String>,
    /// The council's document that it rests on, such as an appropriate policy document. It is printed with it.
    pub reference: Option<String>,
}
