//! People who may check papers before they go out.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};

/// A person whom the council trusts to check papers: a name, or a name with an email address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checker {
    /// First name and surname.
    pub name: String,
    /// Their email address. A maker with this address cannot check the papers, whatever the name.
    pub email: Option<String>,
}

/// The longer way to write a [`Checker`].
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WithEmail {
    /// First name and surname.
    #[schemars(example = &"Ruth Penhaligon")]
    name: String,
    /// Their email address. A maker with this address cannot check the papers, whatever the name.
    email: Option<String>,
}

impl<'de> Deserialize<'de> for Checker {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CheckerVisitor)
    }
}

// A visitor by hand: serde's `untagged` would swallow the place of a fault inside the map form.
struct CheckerVisitor;

impl<'de> Visitor<'de> for CheckerVisitor {
    type Value = Checker;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a name, or a map with `name` and `email`")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Checker { name: super::text::one_line(name), email: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let WithEmail { name, email } = WithEmail::deserialize(de::value::MapAccessDeserializer::new(map))?;
        Ok(Checker { name, email })
    }
}

impl JsonSchema for Checker {
    fn schema_name() -> Cow<'static, str> {
        "Checker".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let with_email = generator.subschema_for::<WithEmail>();
        schemars::json_schema!({
            "description": "A person who may check papers: first name and surname, alone or with an email address.",
            "anyOf": [{ "type": "string", "examples": ["Ruth Penhaligon"] }, with_email]
        })
    }
}
