//! Words that blame a child or speak of people as targets, with what to say instead.
//!
//! A phrase is one or more words. A hyphen and a space are the same, capitals do not matter, and a plural or a possessive
//! of the last word is the same phrase. `choose/chose to` stands for `choose to` and `chose to`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// The wording to avoid: `wording.yaml` of the base or of a layer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Every phrase, in the order of the file.
    pub avoid: Vec<Phrase>,
}

/// A phrase to avoid.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// The phrase.
    pub phrase: String,
    /// The words to use instead.
    pub say: String,
    /// The effect of the phrase, as the end of a sentence that begins with it: `blames a child`.
    pub why: String,
}

/// A council's changes to the wording to avoid.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocalWording {
    /// Phrases of its own to avoid, each with what to say instead. Where the base has the phrase, the council's alternative
    /// is the one that is shown.
    #[serde(default)]
    #[schemars(example = avoid_example())]
    pub avoid: BTreeMap<String, String>,
    /// Phrases of the base's list that it does use.
    #[serde(default)]
    pub accept: Vec<String>,
}

fn avoid_example() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([("youths", "young people")])
}
