//! The names of the input's own fields, which distinguish them from keys that people chose.

use std::collections::BTreeSet;

use super::{Borough, Conference};

/// The name of every field of the input, from its schema. Any other name may be a person's.
pub fn field_names() -> BTreeSet<String> {
    let schemas = [schemars::schema_for!(Conference), schemars::schema_for!(Borough)];
    let mut names = BTreeSet::new();
    for schema in schemas {
        collect(schema.as_value(), &mut names);
    }
    names
}

fn collect(schema: &serde_json::Value, names: &mut BTreeSet<String>) {
    match schema {
        serde_json::Value::Object(map) => {
            names.extend(
                map.get("properties").and_then(|p| p.as_object()).into_iter().flatten().map(|(name, _)| name.clone()),
            );
            map.values().for_each(|v| collect(v, names));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|v| collect(v, names)),
        _ => {}
    }
}
