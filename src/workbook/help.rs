//! What the schema says of each field, for notes and labels.
//!
//! In: the types of the model. Out: the first sentences of each field's description, by its pattern.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::Conference;

/// The description of every field, by its pattern: `invitees[].reply`.
pub fn all() -> BTreeMap<String, String> {
    let schema = schemars::schema_for!(Conference);
    let root = schema.as_value();
    let mut all = BTreeMap::new();
    walk(root, root, "", 0, &mut all);
    all
}

/// No field is nested deeper.
const DEPTH: usize = 24;

fn walk(root: &Value, schema: &Value, path: &str, depth: usize, all: &mut BTreeMap<String, String>) {
    if depth > DEPTH {
        return;
    }
    if let Some(target) = schema["$ref"].as_str().and_then(|to| root.pointer(to.trim_start_matches('#'))) {
        walk(root, target, path, depth + 1, all);
    }
    for several in ["anyOf", "oneOf", "allOf"] {
        for one in schema[several].as_array().into_iter().flatten() {
            walk(root, one, path, depth + 1, all);
        }
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        if let Some(text) = field["description"].as_str() {
            // A back quote means nothing in a cell.
            all.entry(path.clone()).or_insert_with(|| text.replace('`', ""));
        }
        walk(root, field, &path, depth + 1, all);
    }
    if schema["additionalProperties"].is_object() {
        walk(root, &schema["additionalProperties"], &format!("{path}.*"), depth + 1, all);
    }
    if schema["items"].is_object() {
        walk(root, &schema["items"], &format!("{path}[]"), depth + 1, all);
    }
}
