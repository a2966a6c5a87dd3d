//! One row of a sheet as texts of the model, by the key of their column: what both directions have in the middle.

use std::collections::BTreeMap;

use super::nodes;
use super::plan::{Column, Kind, SheetPlan};
use crate::yaml::Node;

/// One row.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// The texts by the key of their column: of lists, an entry a line.
    pub texts: BTreeMap<&'static str, String>,
    /// Where its fields are in the model: a field path, and those of its keys that begin so are without the beginning there.
    pub at: Vec<(String, &'static str)>,
}

impl Record {
    /// A text.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// Adds a text, if there is one.
    pub fn set(&mut self, key: &'static str, text: Option<String>) {
        if let Some(text) = text {
            self.texts.insert(key, text);
        }
    }

    /// Takes the fields of a node out that the columns of a sheet have.
    pub fn taken(node: &mut Node, plan: &SheetPlan) -> Self {
        let mut record = Self::default();
        for column in plan.columns {
            record.set(column.key, take(node, column));
        }
        record
    }

    /// A node of those texts whose columns are fields of the model, in the order of the columns. `except` are not.
    pub fn node(&self, plan: &SheetPlan, except: &[&str]) -> Node {
        let mut node = nodes::map();
        for column in plan.columns.iter().filter(|column| !except.contains(&column.key)) {
            let Some(text) = self.get(column.key) else { continue };
            put(&mut node, column.key, column.kind, text, self.is_marked(plan, column.key));
        }
        node
    }

    /// Whether a text stands beside a mark of its own, or a reason for one.
    fn is_marked(&self, plan: &SheetPlan, key: &str) -> bool {
        let beside = |end: &str| self.texts.keys().any(|other| other.strip_prefix(key) == Some(end));
        plan.has_mark(key) && (beside(".share") || beside(".reason"))
    }
}

/// Takes the field of a column out of a node, as a text.
fn take(node: &mut Node, column: &Column) -> Option<String> {
    let lines = |texts: Option<Vec<String>>| texts.map(|texts| texts.join("\n"));
    match column.kind {
        Kind::Lines => match column.key.strip_suffix(".address") {
            Some(venue) => take_venue(node, venue),
            None => lines(nodes::take_texts(node, column.key).filter(|texts| !texts.is_empty())),
        },
        Kind::Points | Kind::Organisations => lines(nodes::take_texts(node, column.key)),
        Kind::Headings => take_headings(node, column.key),
        // A text may stand alone, or beside its mark.
        Kind::Text | Kind::Prose => {
            nodes::take_text(node, column.key).or_else(|| nodes::take_text(node, &format!("{}.text", column.key)))
        }
        _ => nodes::take_text(node, column.key),
    }
}

/// The street, the town and the postcode of a venue, a line each.
pub fn take_venue(node: &mut Node, venue: &str) -> Option<String> {
    let mut lines = nodes::take_texts(node, &format!("{venue}.lines")).unwrap_or_default();
    lines.extend(nodes::take_text(node, &format!("{venue}.postcode")));
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn take_headings(node: &mut Node, key: &str) -> Option<String> {
    let crate::yaml::Value::Map(pairs) = nodes::take(node, key)?.value else { return None };
    let pair = |(heading, field): &(crate::yaml::Key, Node)| {
        format!("{} = {}", heading.text, nodes::scalar(field).unwrap_or_default())
    };
    Some(pairs.iter().map(pair).collect::<Vec<_>>().join("\n"))
}

/// Puts a text into a node, as what its kind makes of it.
pub fn put(node: &mut Node, key: &str, kind: Kind, text: &str, is_marked: bool) {
    let lines = || text.split('\n').filter(|line| !line.is_empty());
    match kind {
        Kind::Lines => match key.strip_suffix(".address") {
            Some(venue) => {
                let lines: Vec<&str> = lines().collect();
                let (postcode, street) = lines.split_last().map_or(("", &[][..]), |(last, rest)| (*last, rest));
                nodes::put(
                    node,
                    &format!("{venue}.lines"),
                    nodes::list(street.iter().map(|l| nodes::text(*l)).collect()),
                );
                nodes::put(node, &format!("{venue}.postcode"), nodes::text(postcode));
            }
            None => nodes::put(node, key, nodes::list(lines().map(nodes::text).collect())),
        },
        Kind::Points | Kind::Organisations => nodes::put(node, key, nodes::list(lines().map(nodes::text).collect())),
        Kind::Headings => {
            let mut map = nodes::map();
            for (heading, field) in lines().filter_map(|line| line.rsplit_once('=')) {
                nodes::put_named(&mut map, heading.trim(), nodes::text(field.trim()));
            }
            nodes::put(node, key, map);
        }
        _ if is_marked => nodes::put(node, &format!("{key}.text"), nodes::text(text)),
        _ => nodes::put(node, key, nodes::text(text)),
    }
}
