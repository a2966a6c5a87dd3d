//! A tree as JSON.

use serde_json::{Map, Value as Json};

use crate::yaml::{Node, Value};

/// Writes a tree as JSON: texts between quotation marks, whole numbers, yes and no as such where they were typed so.
pub fn json(root: &Node) -> String {
    serde_json::to_string_pretty(&value(root)).expect("texts and maps always serialise") + "\n"
}

fn value(node: &Node) -> Json {
    match &node.value {
        Value::Scalar { .. } if node.is_null() => Json::Null,
        Value::Scalar { text, quoted: false } => plain(text),
        Value::Scalar { text, .. } => Json::String(text.clone()),
        Value::List(list) => Json::Array(list.iter().map(value).collect()),
        Value::Map(map) => {
            let all: Map<String, Json> = map.iter().map(|(key, node)| (key.text.clone(), value(node))).collect();
            Json::Object(all)
        }
    }
}

/// A number only if it is written as JSON would write it: `020` and `1.10` are texts.
fn plain(text: &str) -> Json {
    match text {
        "true" => Json::Bool(true),
        "false" => Json::Bool(false),
        _ => match text.parse::<u64>() {
            Ok(number) if number.to_string() == text => Json::from(number),
            _ => Json::String(text.to_owned()),
        },
    }
}
