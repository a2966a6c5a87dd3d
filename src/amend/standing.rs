//! What stands at a path of a conference file, before anything is made of it.
//!
//! In: a file and the path of a field. Out: the value as it was typed.
//!
//! Deliberately absent: what it means. Whoever has no address of their own, for one, is read with that of their organisation.

use std::path::Path;

use super::Written;
use crate::input::Typed;
use crate::yaml::{Node, Value};

/// The value at a path of a conference file, whether it is text or a workbook. `None` if nothing stands there, or the file cannot
/// be read.
pub fn standing(file: &Path, path: &[&str]) -> Option<Written> {
    let (root, _) = Typed::of(file).ok()?.tree(&file.display().to_string());
    let root = root?;
    let found = path.iter().try_fold(&root, |node, name| match &node.value {
        Value::Map(fields) => fields.iter().find(|(key, _)| key.text == *name).map(|(_, value)| value),
        Value::List(_) | Value::Scalar { .. } => None,
    });
    found.filter(|node| !node.is_null()).map(written)
}

fn written(node: &Node) -> Written {
    match &node.value {
        Value::Scalar { text, .. } => Written::Text(text.clone()),
        Value::List(all) => Written::List(all.iter().map(written).collect()),
        Value::Map(fields) => {
            Written::Fields(fields.iter().map(|(key, value)| (key.text.clone(), written(value))).collect())
        }
    }
}
