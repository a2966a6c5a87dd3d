//! Edits as one tree, in the shape of the text that they change, and the tree that the text is to have.
//!
//! In: edits, and the root of a text. Out: a [`Patch`], in which no two edits are about one value; and the values intended.
//!
//! Deliberately absent: where any of it is written.

use std::collections::BTreeMap;

use super::anatomy::{Form, Part};
use super::edit::{Change, Edit, Unspliced, Why, Written};
use crate::yaml::tree::{Key, Node, Value};

/// What is to become of a value.
#[derive(Debug, Clone)]
pub enum Patch {
    /// It is this from now on.
    Set(Written),
    /// It is taken out.
    Remove,
    /// It is changed inside.
    Inside(Inside),
}

/// Changes inside a value.
#[derive(Debug, Clone, Default)]
pub struct Inside {
    /// By the name of a field, in the order of the edits.
    pub fields: Vec<(String, Patch)>,
    /// By the position of an entry.
    pub entries: BTreeMap<usize, Patch>,
    /// Entries before the one at a position; behind the last, entries at the end.
    pub new: BTreeMap<usize, Vec<Written>>,
}

impl Inside {
    /// The changes of fields that are there, and the fields that are not there yet.
    pub fn added(&self, part: &Part) -> Vec<(&str, Written)> {
        let is_new = |name: &str| !part.fields().is_some_and(|all| all.iter().any(|field| field.name == name));
        let all = self.fields.iter().filter(|(name, _)| is_new(name));
        all.filter_map(|(name, patch)| Some((name.as_str(), patch.written()?))).collect()
    }

    /// The change of a field that is there.
    pub fn field(&self, name: &str) -> Option<&Patch> {
        self.fields.iter().find(|(other, _)| other == name).map(|(_, patch)| patch)
    }

    /// The same, or nothing of it if all that was there is taken out and nothing new comes.
    fn settled(self, part: &Part) -> Patch {
        let is_removed = |patch: Option<&Patch>| matches!(patch, Some(Patch::Remove));
        let is_empty = match (part.fields(), part.entries()) {
            (Some(fields), _) => {
                self.added(part).is_empty() && fields.iter().all(|field| is_removed(self.field(&field.name)))
            }
            (_, Some(entries)) => self.new.is_empty() && (0..entries.len()).all(|i| is_removed(self.entries.get(&i))),
            (None, None) => false,
        };
        if is_empty { Patch::Remove } else { Patch::Inside(self) }
    }
}

impl Patch {
    /// What a value that is not there yet becomes.
    fn written(&self) -> Option<Written> {
        match self {
            Patch::Set(written) => Some(written.clone()),
            Patch::Remove => None,
            Patch::Inside(inside) if inside.new.is_empty() => {
                let all = inside.fields.iter().filter_map(|(name, patch)| Some((name.clone(), patch.written()?)));
                Some(Written::Fields(all.collect()))
            }
            Patch::Inside(inside) => Some(Written::List(inside.new.values().flatten().cloned().collect())),
        }
    }

    /// The same in the simplest form for a value that is there: what is not written yet is set, and what loses all that it
    /// holds is taken out.
    fn simplest(self, part: &Part) -> Self {
        match self {
            Patch::Inside(_) if part.is_null() => self.written().map_or(Patch::Remove, Patch::Set),
            Patch::Inside(mut inside) => {
                for (name, patch) in &mut inside.fields {
                    if let Some(field) = part.fields().and_then(|all| all.iter().find(|field| field.name == *name)) {
                        *patch = patch.clone().simplest(&field.value);
                    }
                }
                for (i, patch) in &mut inside.entries {
                    if let Some(entry) = part.entries().and_then(|all| all.get(*i).copied()) {
                        *patch = patch.clone().simplest(entry);
                    }
                }
                inside.settled(part)
            }
            Patch::Set(_) | Patch::Remove => self,
        }
    }
}

/// All edits of a text as one; `None` if it has all that they ask for.
///
/// # Errors
/// If one of them is about what is not there, or two are about one value.
pub fn patch(root: &Part, edits: &[Edit]) -> Result<Option<Patch>, Unspliced> {
    let mut whole = Inside::default();
    for edit in edits {
        let fault = |(why, at): (Why, Option<usize>)| Unspliced { path: edit.path.clone(), why, at };
        add(&mut whole, root, &edit.path, &edit.change).map_err(fault)?;
    }
    if is_nothing(&whole) {
        return Ok(None);
    }
    prune(&mut whole);
    match Patch::Inside(whole).simplest(root) {
        Patch::Remove => Err(Unspliced { path: edits[0].path.clone(), why: Why::WholeFile, at: Some(root.at.start) }),
        patch => Ok(Some(patch)),
    }
}

/// Leaves out what has all that is asked for already: nothing is to be said of it to those who cut.
fn prune(inside: &mut Inside) {
    let is_left = |patch: &mut Patch| match patch {
        Patch::Inside(inside) => {
            prune(inside);
            !is_nothing(inside)
        }
        Patch::Set(_) | Patch::Remove => true,
    };
    inside.fields.retain_mut(|(_, patch)| is_left(patch));
    inside.entries.retain(|_, patch| is_left(patch));
}

fn is_nothing(inside: &Inside) -> bool {
    let is_idle = |patch: &Patch| matches!(patch, Patch::Inside(inside) if is_nothing(inside));
    inside.new.is_empty()
        && inside.fields.iter().all(|(_, patch)| is_idle(patch))
        && inside.entries.values().all(is_idle)
}

type Refused = (Why, Option<usize>);

/// Adds a change at a path below a value.
fn add(inside: &mut Inside, part: &Part, rest: &str, change: &Change) -> Result<(), Refused> {
    let at = Some(part.at.start);
    let (step, rest) = step(part, rest).ok_or((Why::BadPath, at))?;
    match step {
        Step::Field(name) => {
            if !part.is_null() && part.fields().is_none() {
                return Err((Why::NotAGroup, at));
            }
            let there = part.fields().and_then(|all| all.iter().find(|field| field.name == name));
            if rest.is_empty() && matches!(change, Change::Insert(_)) {
                return Err((Why::NotAList, at));
            }
            if there.is_none() && matches!(change, Change::Remove) {
                let there = part.fields().into_iter().flatten().map(|field| field.name.clone()).collect();
                return Err((Why::NoField { name, there }, at));
            }
            let nothing = Part { at: part.at.start..part.at.start, form: Form::Nothing };
            let below = there.map_or(&nothing, |field| &field.value);
            let is_new = there.is_none();
            let at = there.map(|field| field.key.start).or(at);
            if !inside.fields.iter().any(|(other, _)| *other == name) {
                inside.fields.push((name.clone(), Patch::Inside(Inside::default())));
            }
            let (_, patch) = inside.fields.iter_mut().find(|(other, _)| *other == name).expect("it was added");
            go_on(patch, below, rest, change, at, is_new)
        }
        Step::Entry(i) => {
            let Some(entries) = part.entries() else {
                let why = if part.is_null() { Why::NoEntry { has: 0 } } else { Why::NotAList };
                return Err((why, at));
            };
            if rest.is_empty()
                && let Change::Insert(entry) = change
            {
                if i > entries.len() {
                    return Err((Why::NoEntry { has: entries.len() }, at));
                }
                inside.new.entry(i).or_default().push(entry.clone());
                return Ok(());
            }
            let Some(below) = entries.get(i) else { return Err((Why::NoEntry { has: entries.len() }, at)) };
            let patch = inside.entries.entry(i).or_insert_with(|| Patch::Inside(Inside::default()));
            go_on(patch, below, rest, change, at, false)
        }
    }
}

/// Adds a change to what is to become of a value, or of one below it. Whether the value itself is not there yet says `is_new`.
fn go_on(
    patch: &mut Patch,
    part: &Part,
    rest: &str,
    change: &Change,
    at: Option<usize>,
    is_new: bool,
) -> Result<(), Refused> {
    let Patch::Inside(inside) = patch else { return Err((Why::Twice, at)) };
    if !rest.is_empty() {
        return add(inside, part, rest, change);
    }
    let is_idle = is_nothing(inside) && inside.fields.is_empty() && inside.entries.is_empty();
    match change {
        Change::Append(entry) => {
            let end = part.entries().map(|entries| entries.len());
            let end = end.or(part.is_null().then_some(0)).ok_or((Why::NotAList, at))?;
            if !inside.fields.is_empty() {
                return Err((Why::Twice, at));
            }
            inside.new.entry(end).or_default().push(entry.clone());
        }
        _ if !is_idle => return Err((Why::Twice, at)),
        Change::Set(written) => {
            let asked = if is_new { Some(Patch::Set(written.clone())) } else { difference(part, written) };
            // What is asked for twice is asked for in vain, even if it is there already.
            *patch = asked.unwrap_or(Patch::Inside(Inside::default()));
        }
        Change::Remove => *patch = Patch::Remove,
        Change::Insert(_) => return Err((Why::NotAList, at)),
    }
    Ok(())
}

/// What has to change for a value to be another. `None` if it is.
fn difference(part: &Part, asked: &Written) -> Option<Patch> {
    let whole = || Some(Patch::Set(asked.clone()));
    match (&part.form, asked) {
        (Form::Text(text), Written::Text(asked)) if text.says == *asked && !part.is_null() => None,
        (Form::FlowList(parts), Written::List(asked)) if parts.is_empty() && asked.is_empty() => None,
        (Form::FlowMap(fields), Written::Fields(asked)) if fields.is_empty() && asked.is_empty() => None,
        (Form::List(_) | Form::FlowList(_), Written::List(asked)) if !asked.is_empty() => {
            let there = part.entries().unwrap_or_default();
            if there.is_empty() {
                return whole();
            }
            let mut inside = Inside::default();
            for (i, entry) in there.iter().enumerate() {
                let patch = asked.get(i).map_or(Some(Patch::Remove), |asked| difference(entry, asked));
                inside.entries.extend(patch.map(|patch| (i, patch)));
            }
            if let Some(new) = asked.get(there.len()..).filter(|new| !new.is_empty()) {
                inside.new.insert(there.len(), new.to_vec());
            }
            (!is_nothing(&inside)).then_some(Patch::Inside(inside))
        }
        (Form::Map(fields) | Form::FlowMap(fields), Written::Fields(asked)) if !asked.is_empty() => {
            if !fields.iter().any(|field| asked.iter().any(|(name, _)| *name == field.name)) {
                return whole();
            }
            let mut inside = Inside::default();
            for field in fields {
                let asked = asked.iter().find(|(name, _)| *name == field.name);
                let patch = asked.map_or(Some(Patch::Remove), |(_, asked)| difference(&field.value, asked));
                inside.fields.extend(patch.map(|patch| (field.name.clone(), patch)));
            }
            let is_new = |name: &String| !fields.iter().any(|field| field.name == *name);
            let new = asked.iter().filter(|(name, _)| is_new(name));
            inside.fields.extend(new.map(|(name, asked)| (name.clone(), Patch::Set(asked.clone()))));
            (!is_nothing(&inside)).then_some(Patch::Inside(inside))
        }
        _ => whole(),
    }
}

/// The value at a path. `None` if there is none.
pub fn value_at<'p>(root: &'p Part, path: &str) -> Option<&'p Part> {
    let (mut part, mut rest) = (root, path);
    while !rest.is_empty() {
        let (next, behind) = step(part, rest)?;
        part = match next {
            Step::Field(name) => &part.fields()?.iter().find(|field| field.name == name)?.value,
            Step::Entry(i) => part.entries()?.get(i).copied()?,
        };
        rest = behind;
    }
    Some(part)
}

enum Step {
    Field(String),
    Entry(usize),
}

/// The first step of a path below a value, and the rest of the path. A name may have a dot in it, so the longest that is there
/// is meant.
fn step<'p>(part: &Part, path: &'p str) -> Option<(Step, &'p str)> {
    if let Some(inner) = path.strip_prefix('[') {
        let (digits, rest) = inner.split_once(']')?;
        let is_plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let at = digits.parse().ok().filter(|_| is_plain)?;
        let rest = if rest.is_empty() || rest.starts_with('[') { rest } else { named(rest.strip_prefix('.')?)? };
        return Some((Step::Entry(at), rest));
    }
    let fits =
        |name: &&str| path.strip_prefix(*name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    let names = part.fields().into_iter().flatten().map(|field| field.name.as_str());
    let known = names.filter(|name| !name.is_empty()).filter(fits).max_by_key(|name| name.len());
    let length = known.map_or_else(|| path.find(['.', '[']).unwrap_or(path.len()), str::len);
    let (name, rest) = path.split_at(length);
    let rest = if let Some(rest) = rest.strip_prefix('.') { named(rest)? } else { rest };
    (!name.is_empty() && !name.contains([']', '\n', '\r'])).then(|| (Step::Field(name.to_owned()), rest))
}

/// What stands behind a dot: the name of a field.
fn named(rest: &str) -> Option<&str> {
    (!rest.is_empty() && !rest.starts_with(['.', '['])).then_some(rest)
}

/// The tree that a text is to have. `None` if nothing of it is left.
pub fn intended(node: &Node, patch: &Patch) -> Option<Node> {
    let span = node.span.clone();
    match patch {
        Patch::Remove => None,
        Patch::Set(written) => Some(node_of(written)),
        Patch::Inside(inside) => match &node.value {
            Value::Map(map) => {
                let kept = map.iter().filter_map(|(key, value)| match inside.field(&key.text) {
                    None => Some((key.clone(), value.clone())),
                    Some(patch) => intended(value, patch).map(|value| (key.clone(), value)),
                });
                let is_new = |name: &str| !map.iter().any(|(key, _)| key.text == name);
                let new = inside.fields.iter().filter(|(name, _)| is_new(name));
                let new = new.filter_map(|(name, patch)| Some((key_of(name), node_of(&patch.written()?))));
                Some(Node { span, value: Value::Map(kept.chain(new).collect()) })
            }
            Value::List(list) => {
                let mut all = Vec::new();
                for i in 0..=list.len() {
                    all.extend(inside.new.get(&i).into_iter().flatten().map(node_of));
                    let Some(entry) = list.get(i) else { break };
                    match inside.entries.get(&i) {
                        None => all.push(entry.clone()),
                        Some(patch) => all.extend(intended(entry, patch)),
                    }
                }
                Some(Node { span, value: Value::List(all) })
            }
            Value::Scalar { .. } => patch.written().map(|written| node_of(&written)),
        },
    }
}

fn key_of(name: &str) -> Key {
    Key { text: name.to_owned(), span: 0..0 }
}

fn node_of(written: &Written) -> Node {
    let value = match written {
        // Whether it gets quotation marks is decided where it is written; it must only not be read as nothing.
        Written::Text(text) => Value::Scalar { text: text.clone(), quoted: true },
        Written::List(list) => Value::List(list.iter().map(node_of).collect()),
        Written::Fields(fields) => {
            Value::Map(fields.iter().map(|(name, value)| (key_of(name), node_of(value))).collect())
        }
    };
    Node { span: 0..0, value }
}

/// Whether a text reads as intended: the same tree, and nothing that was set is read as nothing.
pub fn reads_as(intended: &Node, node: &Node, gains_an_end: bool) -> bool {
    match (&intended.value, &node.value) {
        (Value::Scalar { text, .. }, Value::Scalar { text: now, .. }) => {
            // The last text of a file that did not end gets the end of its line.
            let is_same = text == now || gains_an_end && text.trim_end_matches('\n') == now.trim_end_matches('\n');
            is_same && intended.is_null() == node.is_null()
        }
        (Value::List(one), Value::List(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, other)| reads_as(one, other, gains_an_end))
        }
        (Value::Map(one), Value::Map(other)) => {
            let alike = |((key, one), (now, other)): (&(Key, Node), &(Key, Node))| {
                key.text == now.text && reads_as(one, other, gains_an_end)
            };
            one.len() == other.len() && one.iter().zip(other).all(alike)
        }
        (Value::Scalar { .. } | Value::List(_) | Value::Map(_), _) => false,
    }
}
