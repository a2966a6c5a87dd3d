//! Text with a meaning: Markdown prose, and text with a clearance of its own.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use unicode_normalization::UnicodeNormalization;

use super::Clearance;

/// Stands in the place of what only the council can know. No paper is released while it does.
pub const TO_FILL_IN: &str = "TO BE FILLED IN";

/// Text that its writer means as Markdown: paragraphs, lists, bold and links. Everything else a person types is
/// plain text and never markup. It passes into a document only through the `prose` filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub struct Prose(pub String);

/// A field's text together with its readers.
///
/// It is typed either as plain text, or as `{ text, share, reason }`. Without a mark of its own it is `professional`, or,
/// where its field says so, as open as what it is a part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared<T = String> {
    /// The text.
    pub text: T,
    /// Its mark, if it has one.
    pub mark: Option<Clearance>,
    /// The reason for its mark, for the coordinator. It reaches no paper.
    pub reason: Option<String>,
}

impl<T> Shared<T> {
    /// Its clearance; `professional` unless it is marked.
    pub fn share(&self) -> Clearance {
        self.mark.unwrap_or_default()
    }

    /// Its clearance as a part of something marked `around`: never wider than that.
    pub fn share_within(&self, around: Clearance) -> Clearance {
        self.mark.unwrap_or(around).max(around)
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Marked<T> {
    /// The text itself.
    text: T,
    /// Its readers. Default: `professional`, or if the field says so, those of the thing that it is a part of.
    share: Option<Clearance>,
    /// The reason for its mark. It reaches no paper.
    reason: Option<String>,
}

impl<'de, T: Deserialize<'de> + Typed> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SharedVisitor(std::marker::PhantomData))
    }
}

// A visitor by hand: serde's `untagged` would swallow the place of a fault inside the map form.
struct SharedVisitor<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de> + Typed> Visitor<'de> for SharedVisitor<T> {
    type Value = Shared<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("text, or a map with `text` and `share`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Shared { text: T::typed(text), mark: None, reason: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let marked = Marked::<T>::deserialize(de::value::MapAccessDeserializer::new(map))?;
        Ok(Shared { text: marked.text, mark: marked.share, reason: marked.reason })
    }
}

impl<T: JsonSchema> JsonSchema for Shared<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Shared{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (plain, marked) = (generator.subschema_for::<T>(), generator.subschema_for::<Marked<T>>());
        schemars::json_schema!({
            "description": "Text, which is then for professionals; or a map that says who may read it.",
            "anyOf": [plain, marked]
        })
    }
}

/// A type that a plain scalar can become.
pub trait Typed {
    /// The value of a text as it was typed, line breaks and all.
    fn typed(raw: &str) -> Self;
}

impl Typed for String {
    /// Plain text is one line: runs of spaces, tabs and line breaks are one space.
    fn typed(raw: &str) -> Self {
        one_line(raw)
    }
}

impl Typed for Prose {
    fn typed(raw: &str) -> Self {
        Prose(raw.nfc().collect())
    }
}

/// Plain text without line breaks: every run of ASCII white space is one space, none at either end.
/// A non-breaking space is a character like any other and stays.
///
/// Letters are composed (Unicode NFC), since a name typed on a Mac and the same name typed on Windows are one name,
/// and since a PDF that holds both forms of a letter is read wrongly by some readers.
pub fn one_line(raw: &str) -> String {
    let mut line = String::with_capacity(raw.len());
    for word in raw.split_ascii_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    // Most texts of a list have nothing to compose.
    if line.is_ascii() { line } else { line.nfc().collect() }
}

/// A time of day as `13:30`.
///
/// # Errors
/// If it is written otherwise.
pub fn clock_time<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<chrono::NaiveTime, D::Error> {
    let text = String::deserialize(deserializer)?;
    // `1:30` could be half past one at night or in the afternoon; two digits leave no doubt.
    let written = text.len() == 5;
    let time = chrono::NaiveTime::parse_from_str(&text, "%H:%M").ok().filter(|_| written);
    time.ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a time of day such as `13:30`")))
}

/// A time of day that may be left out.
///
/// # Errors
/// If it is written otherwise.
pub fn optional_clock_time<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<chrono::NaiveTime>, D::Error> {
    clock_time(deserializer).map(Some)
}
