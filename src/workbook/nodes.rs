//! Taking a tree apart and putting one together, field by field.
//!
//! In: a node and the path of a field below it. Out: the field, which the node then no longer has; or the node with one more.

use crate::yaml::{Key, Node, Value};

/// A text. One that means nothing in YAML is between quotation marks, so that it stays a text.
pub fn text(text: impl Into<String>) -> Node {
    let bare = node(Value::Scalar { text: text.into(), quoted: false });
    let is_null = bare.is_null();
    match bare.value {
        Value::Scalar { text, .. } => node(Value::Scalar { text, quoted: is_null }),
        _ => bare,
    }
}

/// A list.
pub fn list(all: Vec<Node>) -> Node {
    node(Value::List(all))
}

/// A map without fields.
pub fn map() -> Node {
    node(Value::Map(Vec::new()))
}

fn node(value: Value) -> Node {
    Node { span: 0..0, value }
}

/// The field of a node.
pub fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Value::Map(map) = &node.value else { return None };
    map.iter().find(|(key, _)| key.text == name).map(|(_, node)| node)
}

/// The entries of a list.
pub fn entries(node: Option<&mut Node>) -> &mut [Node] {
    match node.map(|node| &mut node.value) {
        Some(Value::List(list)) => list,
        _ => &mut [],
    }
}

/// The field at a path, to be changed.
pub fn field_mut<'n>(node: &'n mut Node, path: &str) -> Option<&'n mut Node> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let Value::Map(map) = &mut node.value else { return None };
    let inner = map.iter_mut().find(|(key, _)| key.text == first).map(|(_, node)| node)?;
    match rest {
        Some(rest) => field_mut(inner, rest),
        None => Some(inner),
    }
}

/// Takes the field at a path out. A field that has nothing is none.
pub fn take(node: &mut Node, path: &str) -> Option<Node> {
    let (above, name) = match path.rsplit_once('.') {
        Some((above, name)) => (field_mut(node, above)?, name),
        None => (node, path),
    };
    let Value::Map(map) = &mut above.value else { return None };
    let at = map.iter().position(|(key, _)| key.text == name)?;
    Some(map.remove(at).1).filter(|node| !node.is_null())
}

/// Takes the text at a path out. A list or a map stays where it is.
pub fn take_text(node: &mut Node, path: &str) -> Option<String> {
    if !field_mut(node, path).is_some_and(|node| matches!(node.value, Value::Scalar { .. })) {
        return None;
    }
    match take(node, path)?.value {
        Value::Scalar { text, .. } => Some(text),
        Value::List(_) | Value::Map(_) => None,
    }
}

/// Takes a list of texts out. Anything else stays.
pub fn take_texts(node: &mut Node, path: &str) -> Option<Vec<String>> {
    let Value::List(all) = &field_mut(node, path)?.value else { return None };
    let texts = all.iter().map(scalar).map(|text| text.map(str::to_owned)).collect::<Option<Vec<_>>>()?;
    take(node, path);
    Some(texts)
}

/// The text of a scalar that has something.
pub fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar { text, .. } if !node.is_null() => Some(text),
        _ => None,
    }
}

/// Puts a field at a path, with the maps around it that are not there yet.
pub fn put(node: &mut Node, path: &str, value: Node) {
    let Value::Map(map) = &mut node.value else { return };
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let at = map.iter().position(|(key, _)| key.text == first).unwrap_or_else(|| {
        map.push((Key { text: first.to_owned(), span: 0..0 }, self::map()));
        map.len() - 1
    });
    match rest {
        Some(rest) => put(&mut map[at].1, rest, value),
        None => map[at].1 = value,
    }
}

/// Puts a field under a name that may hold a dot, as ids may.
pub fn put_named(node: &mut Node, name: &str, value: Node) {
    if let Value::Map(map) = &mut node.value {
        map.push((Key { text: name.to_owned(), span: 0..0 }, value));
    }
}

/// Adds an entry to the list at a path.
pub fn push(node: &mut Node, path: &str, value: Node) {
    if let Some(Node { value: Value::List(list), .. }) = field_mut(node, path) {
        list.push(value);
    } else {
        put(node, path, list(vec![value]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_what_was_asked_for_stays_where_it_is() {
        let mut node = map();
        put(&mut node, "why.text", text("x"));
        put(&mut node, "why.share", text("public"));
        put(&mut node, "all", list(vec![text("a"), map()]));
        assert_eq!((take_text(&mut node, "why"), take_texts(&mut node, "all")), (None, None));
        assert_eq!(take_text(&mut node, "why.text").as_deref(), Some("x"));
        assert_eq!(entries(field_mut(&mut node, "all")).len(), 2);
        assert_eq!(take_text(&mut node, "why.share").as_deref(), Some("public"));
        assert_eq!(take_text(&mut node, "why.share"), None);
    }
}
