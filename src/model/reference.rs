//! A person by id, or described in place.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::people::Person;

/// A person: the id of one under `people`, or the person's own particulars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonRef {
    /// The id of an entry of `people`.
    Id(String),
    /// The particulars, written where they are needed.
    Inline(Person),
}

impl PersonRef {
    /// The id, if the person is named by one.
    pub fn id(&self) -> Option<&str> {
        match self {
            PersonRef::Id(id) => Some(id),
            PersonRef::Inline(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for PersonRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PersonRefVisitor)
    }
}

// A visitor by hand: serde's `untagged` would swallow the place of a fault inside the map form.
struct PersonRefVisitor;

impl<'de> Visitor<'de> for PersonRefVisitor {
    type Value = PersonRef;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the id of a person, or a map with `name`")
    }

    fn visit_str<E: de::Error>(self, id: &str) -> Result<Self::Value, E> {
        Ok(PersonRef::Id(super::text::one_line(id)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Person::deserialize(de::value::MapAccessDeserializer::new(map)).map(PersonRef::Inline)
    }
}

impl JsonSchema for PersonRef {
    fn schema_name() -> Cow<'static, str> {
        "PersonRef".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let person = generator.subschema_for::<Person>();
        schemars::json_schema!({
            "description": "The id of a person under `people`, or the person's own particulars.",
            "anyOf": [{ "type": "string", "examples": ["p-chair"] }, person]
        })
    }
}
