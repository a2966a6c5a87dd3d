//! The words that each council uses for the same things.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// A word in the forms that sentences need.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The singular, as in the middle of a sentence.
    #[schemars(example = &"context safeguarding conference")]
    pub singular: String,
    /// The plural.
    pub plural: String,
    /// `a` or `an`, whichever the singular takes.
    pub article: String,
    /// The short form, if there is one. Default: the singular.
    pub abbreviation: Option<String>,
    /// Its meaning, for the glossary. Default: that of the base.
    pub meaning: Option<String>,
}

/// Terms by id.
pub type Vocabulary = BTreeMap<String, Term>;
