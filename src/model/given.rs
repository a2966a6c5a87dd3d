//! The number that a conference file gives to somebody, if a change of the file makes it unclear who is who.
//!
//! In: a typed text, `4` or `new`. Out: a [`GivenNumber`].
//!
//! Deliberately absent: the final numbers, which `numbers` decides.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

/// The largest number that may be written into a file.
pub const LARGEST: u32 = 99_999;

/// The number that a conference file gives to somebody, in answer to a doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenNumber {
    /// The number that they have had before.
    Is(u32),
    /// A number of their own, which nobody has had before.
    New,
}

impl GivenNumber {
    /// Parses a typed text; `None` if it is neither a number nor `new`.
    pub fn typed(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let number = text.parse().ok().filter(|n| digits && (1..=LARGEST).contains(n));
        number.map(GivenNumber::Is).or((text == "new").then_some(GivenNumber::New))
    }

    /// The number itself; `None` if it asks for a new one.
    pub fn number(self) -> Option<u32> {
        match self {
            GivenNumber::Is(number) => Some(number),
            GivenNumber::New => None,
        }
    }
}

impl<'de> Deserialize<'de> for GivenNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(GivenNumberVisitor)
    }
}

struct GivenNumberVisitor;

impl Visitor<'_> for GivenNumberVisitor {
    type Value = GivenNumber;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a number such as `4`, or `new`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        GivenNumber::typed(text)
            .ok_or_else(|| E::custom(format!("`{text}` is neither a number from 1 to {LARGEST} nor `new`")))
    }
}

impl JsonSchema for GivenNumber {
    fn schema_name() -> Cow<'static, str> {
        "GivenNumber".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "A number that was given before, or `new` for one that nobody has had.",
            "anyOf": [{ "type": "integer", "minimum": 1, "maximum": LARGEST }, { "const": "new" }]
        })
    }
}
