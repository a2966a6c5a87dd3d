//! Where else a file has a fault that was just found.
//!
//! In: a fault, and the tree. Out: the same fault of every value that is read as the same type at the same place of a list
//! or of a map, so that three thousand mistyped words cost one reading of the file and not three thousand.
//!
//! Deliberately absent: faults of other kinds. Whether a date is one is known only to its type.

use super::de::{Amends, FaultKind, NodeFault, join};
use super::tree::{Key, Node, Value};

/// A step down the tree, from a value to one of its own.
struct Step {
    /// Whether all the values there are of one type: those of a list, and of a map whose keys are chosen by people.
    alike: bool,
    /// The key, in a map.
    key: Option<String>,
}

/// A value, its path, and its key if it is in a map.
type Child<'n> = (String, Option<&'n Key>, &'n Node);

/// The same fault elsewhere.
pub fn others(root: &Node, above: &str, fault: &NodeFault, amends: &Amends) -> Vec<NodeFault> {
    let found = match &fault.kind {
        FaultKind::UnknownField { known, .. } => {
            let map = fault.path.strip_suffix(name_of(&fault.kind)).map(|map| map.strip_suffix('.').unwrap_or(map));
            let unknown = |at: &str, key: &Key| {
                let kind = FaultKind::UnknownField { name: key.text.clone(), known };
                let is_known = known.contains(&key.text.as_str());
                (!is_known).then(|| fault.again(kind, join(at, &key.text), &key.span))
            };
            let maps = map.map(|map| alike(root, above, map, fault)).unwrap_or_default();
            let keys = maps.iter().flat_map(|(at, _, map)| entries(map).iter().map(move |(key, _)| (at, key)));
            keys.filter_map(|(at, key)| unknown(at, key)).collect()
        }
        FaultKind::MissingField(name) => {
            let lacks = |map: &Node| {
                matches!(map.value, Value::Map(_)) && !entries(map).iter().any(|(key, _)| key.text == **name)
            };
            let maps = alike(root, above, &fault.path, fault).into_iter().filter(|(_, _, map)| lacks(map));
            maps.map(|(at, _, map)| fault.again(FaultKind::MissingField(name), at, &map.span)).collect()
        }
        FaultKind::UnknownVariant { word, known } => {
            let found = alike(root, above, &fault.path, fault);
            // A word that is a key of a map has the place of the key.
            if !found.iter().any(|(at, _, node)| *at == fault.path && fault.span.as_ref() == Some(&node.span)) {
                return Vec::new();
            }
            let typed = |node: &Node| match &node.value {
                Value::Scalar { text, .. } if !node.is_null() => Some(text.clone()),
                Value::Scalar { .. } | Value::List(_) | Value::Map(_) => None,
            };
            let unknown = |(at, _, node): Child<'_>| {
                let found = typed(node).filter(|text| !known.contains(&text.as_str()) && !word.is_empty())?;
                Some(fault.again(FaultKind::UnknownVariant { word: found, known }, at, &node.span))
            };
            found.into_iter().filter_map(unknown).collect()
        }
        FaultKind::Other(_) => Vec::new(),
    };
    let at = |fault: &NodeFault| match &fault.kind {
        FaultKind::MissingField(name) => join(&fault.path, name),
        FaultKind::UnknownField { .. } | FaultKind::UnknownVariant { .. } | FaultKind::Other(_) => fault.path.clone(),
    };
    found.into_iter().filter(|other| other.path != fault.path && !amends.touch(&at(other))).collect()
}

fn name_of(kind: &FaultKind) -> &str {
    match kind {
        FaultKind::UnknownField { name, .. } => name,
        FaultKind::MissingField(_) | FaultKind::UnknownVariant { .. } | FaultKind::Other(_) => "",
    }
}

fn entries(node: &Node) -> &[(Key, Node)] {
    match &node.value {
        Value::Map(map) => map,
        Value::Scalar { .. } | Value::List(_) => &[],
    }
}

/// The values that are read as the same type as the one at a path, itself among them.
fn alike<'n>(root: &'n Node, above: &str, path: &str, fault: &NodeFault) -> Vec<Child<'n>> {
    let (mut steps, mut at, mut node) = (Vec::new(), above.to_owned(), root);
    while at != path {
        let alike = fault.alike.contains(&at);
        let inside = |at: &str| path == at || path.strip_prefix(at).is_some_and(|rest| rest.starts_with(['.', '[']));
        // What stands in for another value is not in the file.
        let Some((next, key, child)) = children(&at, node).find(|(at, ..)| inside(at)) else { return Vec::new() };
        steps.push(Step { alike, key: key.map(|key| key.text.clone()) });
        (at, node) = (next, child);
    }
    let mut found: Vec<Child<'n>> = vec![(above.to_owned(), None, root)];
    for step in &steps {
        let fits = |key: Option<&Key>| step.alike || key.is_some_and(|key| step.key.as_ref() == Some(&key.text));
        let below = found.iter().flat_map(|(at, _, node)| children(at, node));
        found = below.filter(|(_, key, _)| fits(*key)).collect();
    }
    found
}

fn children<'n>(at: &str, node: &'n Node) -> Box<dyn Iterator<Item = Child<'n>> + 'n> {
    let at = at.to_owned();
    match &node.value {
        Value::Scalar { .. } => Box::new(std::iter::empty()),
        Value::List(list) => {
            Box::new(list.iter().enumerate().map(move |(i, child)| (format!("{at}[{i}]"), None, child)))
        }
        Value::Map(map) => Box::new(map.iter().map(move |(key, child)| (join(&at, &key.text), Some(key), child))),
    }
}
