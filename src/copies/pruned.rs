//! Leaves out fields that somebody named.

use crate::fields;
use crate::yaml::{Node, Value};

/// Takes the fields at these paths or patterns out of a tree. Returns how many values went, and the first name that fits
/// nothing.
pub fn without(root: &mut Node, names: &[String]) -> (usize, Option<String>) {
    let mut gone = 0;
    for name in names {
        let before = gone;
        prune(root, &mut String::new(), name.trim(), &mut gone);
        if gone == before {
            return (gone, Some(name.clone()));
        }
    }
    (gone, None)
}

fn prune(node: &mut Node, path: &mut String, name: &str, gone: &mut usize) {
    let end = path.len();
    let mut fits = |path: &str, node: &Node| {
        let fits = path == name || fields::pattern(path).0 == name || fields::pattern(path).0 == format!("{name}[]");
        *gone += usize::from(fits) * node.count();
        fits
    };
    match &mut node.value {
        Value::Scalar { .. } => {}
        Value::List(list) => {
            let mut n = 0;
            list.retain(|child| {
                n += 1;
                !fits(&format!("{path}[{}]", n - 1), child)
            });
            for (i, child) in list.iter_mut().enumerate() {
                path.push_str(&format!("[{i}]"));
                prune(child, path, name, gone);
                path.truncate(end);
            }
        }
        Value::Map(map) => {
            let at = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            map.retain(|(key, child)| !fits(&at(&key.text), child));
            for (key, child) in map {
                path.push_str(if path.is_empty() { "" } else { "." });
                path.push_str(&key.text);
                prune(child, path, name, gone);
                path.truncate(end);
            }
        }
    }
}
