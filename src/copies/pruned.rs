//! Leaves out fields that somebody named.

use std::mem::take;

use crate::fields;
use crate::yaml::{Node, Value};

/// Takes the fields at these paths or patterns out of a tree; numbers in paths are those of the file as it is. Returns how
/// many values went, and the first name that fits nothing.
pub fn without(root: &mut Node, names: &[String]) -> (usize, Option<String>) {
    let mut pruning = Pruning { names, has_fitted: vec![false; names.len()], gone: 0 };
    pruning.prune(root, &mut String::new(), false);
    let unknown = names.iter().zip(&pruning.has_fitted).find(|(_, has_fitted)| !**has_fitted);
    (pruning.gone, unknown.map(|(name, _)| name.clone()))
}

struct Pruning<'n> {
    names: &'n [String],
    has_fitted: Vec<bool>,
    gone: usize,
}

impl Pruning<'_> {
    /// Whether any name fits a path.
    fn fits(&mut self, path: &str) -> bool {
        let pattern = fields::pattern(path).0;
        let mut any = false;
        for (name, has_fitted) in self.names.iter().zip(&mut self.has_fitted) {
            let name = name.trim();
            let fits = path == name || pattern == name || pattern.strip_suffix("[]") == Some(name);
            *has_fitted |= fits;
            any |= fits;
        }
        any
    }

    /// Takes out what fits below a node, or only sees what does if the node goes itself.
    fn prune(&mut self, node: &mut Node, path: &mut String, goes: bool) {
        match &mut node.value {
            Value::Scalar { .. } => {}
            Value::List(list) => {
                for (i, mut child) in take(list).into_iter().enumerate() {
                    if !self.goes(&mut child, path, &format!("[{i}]"), goes) {
                        list.push(child);
                    }
                }
            }
            Value::Map(map) => {
                for (key, mut child) in take(map) {
                    let step = if path.is_empty() { key.text.clone() } else { format!(".{}", key.text) };
                    if !self.goes(&mut child, path, &step, goes) {
                        map.push((key, child));
                    }
                }
            }
        }
    }

    /// Whether a node that is a step below a path goes.
    fn goes(&mut self, child: &mut Node, path: &mut String, step: &str, above: bool) -> bool {
        let end = path.len();
        path.push_str(step);
        let goes = self.fits(path);
        self.gone += if goes && !above { child.count() } else { 0 };
        self.prune(child, path, above || goes);
        path.truncate(end);
        goes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    #[test]
    fn numbers_are_those_of_the_file_whatever_goes_before() {
        let root = || yaml::parse("a.yaml", "a: [x, y, z, w]\nb: { c: 1 }\n").0.expect("a tree");
        let left = |names: &[&str]| {
            let mut root = root();
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let (gone, unknown) = without(&mut root, &names);
            (format!("{:?}", texts(&root)), gone, unknown)
        };
        assert_eq!(left(&["a[0]", "a[2]"]), ("[\"y\", \"w\", \"1\"]".to_owned(), 2, None));
        assert_eq!(left(&["a", "b", "b.c"]), ("[]".to_owned(), 7, None));
        assert_eq!(left(&["a[4]"]).2.as_deref(), Some("a[4]"));
    }

    fn texts(node: &Node) -> Vec<String> {
        match &node.value {
            Value::Scalar { text, .. } => vec![text.clone()],
            Value::List(list) => list.iter().flat_map(texts).collect(),
            Value::Map(map) => map.iter().flat_map(|(_, child)| texts(child)).collect(),
        }
    }
}
