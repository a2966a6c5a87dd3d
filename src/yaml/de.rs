//! Deserialises a [`Node`] into a model type, and knows the place of whatever is at fault.
//!
//! In: a node, and what to read in place of faulty values. Out: the type, or the first [`NodeFault`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use unicode_normalization::UnicodeNormalization;

use super::tree::{Key, Node, Value};
use crate::model::text::one_line;

/// A node that is not what the model expects.
#[derive(Debug, Clone)]
pub struct NodeFault {
    /// The field path of the node at fault.
    pub path: String,
    /// The bytes of the node in the file.
    pub span: Option<Range<usize>>,
    /// The kind of fault.
    pub kind: FaultKind,
    /// The paths of the lists around it, and of the maps whose keys are chosen by people: the values of each are of one
    /// type.
    pub alike: BTreeSet<String>,
}

/// The kind of a fault.
#[derive(Debug, Clone)]
pub enum FaultKind {
    /// A field that the model does not have, and the fields that it does have there.
    UnknownField { name: String, known: &'static [&'static str] },
    /// A required field that is missing.
    MissingField(&'static str),
    /// A word that is not one of those allowed.
    UnknownVariant { word: String, known: &'static [&'static str] },
    /// Anything else, in words.
    Other(String),
}

impl NodeFault {
    fn new(kind: FaultKind) -> Self {
        Self { path: String::new(), span: None, kind, alike: BTreeSet::new() }
    }

    /// A fault of the same type of value at another place.
    pub fn again(&self, kind: FaultKind, path: String, span: &Range<usize>) -> Self {
        Self { path, span: Some(span.clone()), kind, alike: self.alike.clone() }
    }

    fn inside_of(mut self, alike: &str) -> Self {
        self.alike.insert(alike.to_owned());
        self
    }

    fn within(mut self, path: &str, span: &Range<usize>) -> Self {
        if self.span.is_none() {
            self.span = Some(span.clone());
            path.clone_into(&mut self.path);
        }
        self
    }
}

impl fmt::Display for NodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}

impl std::error::Error for NodeFault {}

impl de::Error for NodeFault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(FaultKind::Other(message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Seq => "a list".to_owned(),
            Unexpected::Map => "a group of fields".to_owned(),
            Unexpected::Str(_) => "text".to_owned(),
            other => other.to_string(),
        };
        Self::new(FaultKind::Other(format!("expected {}, found {found}", plain(expected))))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(FaultKind::UnknownField { name: field.to_owned(), known: expected })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(FaultKind::MissingField(field))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::new(FaultKind::UnknownVariant { word: variant.to_owned(), known: expected })
    }
}

/// Values that are read differently from how the file has them, by field path, so that the rest can be read.
#[derive(Debug, Clone, Default)]
pub struct Amends {
    /// Fields to read as if they were absent.
    pub skip: BTreeSet<String>,
    /// Values to read instead of the file's own, or of missing ones.
    pub stand_ins: BTreeMap<String, Node>,
}

impl Amends {
    /// Whether a path is, or lies inside, something that was amended.
    pub fn touch(&self, path: &str) -> bool {
        let mut at = path;
        loop {
            if self.skip.contains(at) || self.stand_ins.contains_key(at) {
                return true;
            }
            match at.rfind(['.', '[']) {
                Some(end) => at = &at[..end],
                None => return false,
            }
        }
    }
}

/// Reads one node.
#[derive(Clone)]
pub struct NodeDeserializer<'n> {
    node: &'n Node,
    path: String,
    amends: &'n Amends,
}

impl<'n> NodeDeserializer<'n> {
    /// Reads the node that stands at a path; that of the root is empty.
    pub fn at(node: &'n Node, path: &str, amends: &'n Amends) -> Self {
        Self { node, path: path.to_owned(), amends }
    }

    fn scalar(&self, expected: &dyn Expected) -> Result<&'n str, NodeFault> {
        match &self.node.value {
            Value::Scalar { text, .. } if !self.node.is_null() => Ok(text),
            Value::Scalar { .. } | Value::List(_) | Value::Map(_) => Err(self.wrong(expected)),
        }
    }

    fn wrong(&self, expected: &dyn Expected) -> NodeFault {
        let message = format!("expected {}, found {}", plain(expected), self.node.kind());
        NodeFault::new(FaultKind::Other(message)).within(&self.path, &self.node.span)
    }

    fn fields<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, NodeFault> {
        match &self.node.value {
            Value::Map(map) => {
                let reader = MapReader::new(map, &self.path, self.amends);
                visitor.visit_map(reader).map_err(|fault| fault.within(&self.path, &self.node.span))
            }
            Value::Scalar { .. } | Value::List(_) => Err(self.wrong(&visitor)),
        }
    }

    fn typed<V: Visitor<'n>>(self, visitor: V, text: &str) -> Result<V::Value, NodeFault> {
        let expected = plain(&visitor);
        // A year has four digits: other years are typing mistakes.
        if expected == A_DATE && text.len() != 10 {
            return Err(NodeFault::new(FaultKind::Other(format!("`{text}` is not {A_DATE}")))
                .within(&self.path, &self.node.span));
        }
        visitor.visit_str(text).map_err(|fault: NodeFault| {
            // The date type only says that it failed to parse; a person needs to see how to write a date.
            let shape = text.split('-').map(str::len).eq([4, 2, 2]);
            let kind = if expected == A_DATE && shape {
                FaultKind::Other(format!("`{text}` is not a day in the calendar"))
            } else if expected == A_DATE {
                FaultKind::Other(format!("`{text}` is not {A_DATE}"))
            } else {
                fault.kind.clone()
            };
            NodeFault { kind, ..fault }.within(&self.path, &self.node.span)
        })
    }

    fn number<V: Visitor<'n>>(self, visitor: V) -> Result<V::Value, NodeFault> {
        let text = self.scalar(&visitor)?;
        let wrong = |path: &str| {
            NodeFault::new(FaultKind::Other(format!("`{text}` is not a number such as `3`")))
                .within(path, &self.node.span)
        };
        let number: u64 = text.parse().map_err(|_| wrong(&self.path))?;
        visitor.visit_u64(number).map_err(|_: NodeFault| wrong(&self.path))
    }
}

const A_DATE: &str = "a date such as `2026-11-24`";

/// The type that a visitor expects, in words for a person.
fn plain(expected: &dyn Expected) -> String {
    let words = expected.to_string();
    match words.as_str() {
        "a formatted date string" => A_DATE.to_owned(),
        "a string" => "text".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" => "a group of fields".to_owned(),
        w if w.starts_with("struct ") => "a group of fields".to_owned(),
        w if w.starts_with("u32") || w.starts_with("u64") => "a number of 0 or more".to_owned(),
        "a boolean" => "`true` or `false`".to_owned(),
        _ => words,
    }
}

impl<'de> Deserializer<'de> for NodeDeserializer<'de> {
    type Error = NodeFault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeFault> {
        match &self.node.value {
            Value::Scalar { .. } => {
                let text = self.scalar(&visitor)?;
                self.typed(visitor, text)
            }
            Value::List(_) => self.deserialize_seq(visitor),
            Value::Map(_) => self.fields(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeFault> {
        let text = one_line(self.scalar(&visitor)?);
        self.typed(visitor, &text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeFault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, NodeFault> {
        // Prose keeps its line breaks: in Markdown they mean something.
        if name == "Prose" {
            let text = self.scalar(&visitor)?;
            let composed: String = text.nfc().collect();
            return visitor.visit_newtype_struct(composed.into_deserializer());
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeFault> {
        match self.scalar(&visitor)? {
            "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" => visitor.visit_bool(true),
            "false" | "False" | "FALSE" | "no" | "No" | "NO" => visitor.visit_bool(false),
            text => Err(NodeFault::new(FaultKind::Other(format!("`{text}` is neither `true` nor `false`")))
                .within(&self.path, &self.node.span)),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeFault> {
        self.number(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeFault> {
        self.number(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeFault> {
        if self.node.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeFault> {
        match &self.node.value {
            Value::List(list) => {
                let reader = ListReader { rest: list.iter().enumerate(), path: &self.path, amends: self.amends };
                visitor.visit_seq(reader).map_err(|fault: NodeFault| fault.inside_of(&self.path))
            }
            Value::Scalar { .. } | Value::Map(_) => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeFault> {
        let path = self.path.clone();
        self.fields(visitor).map_err(|fault| fault.inside_of(&path))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NodeFault> {
        self.fields(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NodeFault> {
        let word = self.scalar(&visitor)?;
        visitor.visit_enum(Word(word)).map_err(|fault| fault.within(&self.path, &self.node.span))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NodeFault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

struct ListReader<'n, 'p> {
    rest: std::iter::Enumerate<std::slice::Iter<'n, Node>>,
    path: &'p str,
    amends: &'n Amends,
}

impl<'n> SeqAccess<'n> for ListReader<'n, '_> {
    type Error = NodeFault;

    fn next_element_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<Option<T::Value>, NodeFault> {
        let Some((index, node)) = self.rest.next() else { return Ok(None) };
        let path = format!("{}[{index}]", self.path);
        let node = self.amends.stand_ins.get(&path).unwrap_or(node);
        seed.deserialize(NodeDeserializer { node, path, amends: self.amends }).map(Some)
    }
}

/// One entry of a map: its key, the place of the key, its value.
type MapEntry<'n> = (&'n str, Option<&'n Range<usize>>, &'n Node);

struct MapReader<'n, 'p> {
    rest: std::vec::IntoIter<MapEntry<'n>>,
    value: Option<(&'n Node, String)>,
    path: &'p str,
    amends: &'n Amends,
}

impl<'n, 'p> MapReader<'n, 'p> {
    /// The entries of the file as amended, followed by the missing ones that have a stand-in.
    fn new(map: &'n [(Key, Node)], path: &'p str, amends: &'n Amends) -> Self {
        let mut entries: Vec<MapEntry<'n>> = Vec::new();
        for (key, node) in map {
            let at = join(path, &key.text);
            if !amends.skip.contains(&at) {
                entries.push((&key.text, Some(&key.span), amends.stand_ins.get(&at).unwrap_or(node)));
            }
        }
        let above = join(path, "");
        let inside =
            amends.stand_ins.range(above.clone()..).map_while(|(at, node)| Some((at.strip_prefix(&above)?, node)));
        for (name, node) in inside {
            if !name.contains(['.', '[']) && !map.iter().any(|(key, _)| key.text == name) {
                entries.push((name, None, node));
            }
        }
        Self { rest: entries.into_iter(), value: None, path, amends }
    }
}

impl<'n> MapAccess<'n> for MapReader<'n, '_> {
    type Error = NodeFault;

    fn next_key_seed<K: DeserializeSeed<'n>>(&mut self, seed: K) -> Result<Option<K::Value>, NodeFault> {
        let Some((key, span, node)) = self.rest.next() else { return Ok(None) };
        let path = join(self.path, key);
        self.value = Some((node, path.clone()));
        let reader: de::value::StrDeserializer<'_, NodeFault> = key.into_deserializer();
        seed.deserialize(reader).map(Some).map_err(|fault| fault.within(&path, span.unwrap_or(&node.span)))
    }

    fn next_value_seed<V: DeserializeSeed<'n>>(&mut self, seed: V) -> Result<V::Value, NodeFault> {
        let (node, path) = self.value.take().expect("serde asks for a value only after its key");
        let (outer, span) = (path.clone(), node.span.clone());
        seed.deserialize(NodeDeserializer { node, path, amends: self.amends })
            .map_err(|fault| fault.within(&outer, &span))
    }
}

/// `meeting` and `chair` as `meeting.chair`.
pub fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

struct Word<'n>(&'n str);

impl<'n> EnumAccess<'n> for Word<'n> {
    type Error = NodeFault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'n>>(self, seed: V) -> Result<(V::Value, Self), NodeFault> {
        let word: de::value::StrDeserializer<'_, NodeFault> = self.0.into_deserializer();
        Ok((seed.deserialize(word)?, self))
    }
}

impl<'n> VariantAccess<'n> for Word<'n> {
    type Error = NodeFault;

    fn unit_variant(self) -> Result<(), NodeFault> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'n>>(self, _: T) -> Result<T::Value, NodeFault> {
        Err(de::Error::custom("the model has no such words"))
    }

    fn tuple_variant<V: Visitor<'n>>(self, _: usize, _: V) -> Result<V::Value, NodeFault> {
        Err(de::Error::custom("the model has no such words"))
    }

    fn struct_variant<V: Visitor<'n>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, NodeFault> {
        Err(de::Error::custom("the model has no such words"))
    }
}
