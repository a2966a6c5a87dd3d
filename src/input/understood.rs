//! What can mean one thing only is read as that: a name in the place of an id; and addresses (`posted`) and words (`meant`)
//! as in a list.
//!
//! In: the tree of a file. Out: the same tree with what is meant in the place of what was typed.
//!
//! Deliberately absent: guesses. A name that two people have, or that is spelt another way, stays as it is, and `check`
//! says what is close.

use std::collections::BTreeMap;

use super::list::folded;
use super::{meant, posted};
use crate::model::text::one_line;
use crate::yaml::{Node, Reading, Value};

/// Reads names, addresses and words of a conference file as they are meant.
pub fn in_conference(reading: &mut Reading<'_>) {
    let root = &mut *reading.root;
    let people = Named::under(root, "people");
    let organisations = Named::under(root, "organisations");
    for (path, ids) in PLACES.iter().flat_map(|(ids, paths)| paths.iter().map(move |path| (*path, *ids))) {
        let named = match ids {
            Of::People => &people,
            Of::Organisations => &organisations,
        };
        each(root, path, &mut |node| named.put_id(node));
    }
    addresses(root);
    each(root, "meeting.venue", &mut posted::venue);
    each(root, "invitees[].address", &mut posted::address);
    meant::in_conference(reading);
}

/// Gives whoever has no address that of their organisation, in its place.
fn addresses(root: &mut Node) {
    let mut of_organisations = BTreeMap::new();
    let mut of_people = BTreeMap::new();
    let Value::Map(fields) = &mut root.value else { return };
    for (group, node) in fields.iter_mut() {
        let Value::Map(entries) = &mut node.value else { continue };
        match group.text.as_str() {
            "organisations" => {
                for (id, organisation) in entries {
                    let Value::Map(inner) = &mut organisation.value else { continue };
                    if let Some(at) = inner.iter().position(|(key, _)| key.text == "address") {
                        of_organisations.insert(id.text.clone(), inner.remove(at));
                    }
                }
            }
            "people" => {
                let of = |person: &Node| field(person, "organisation").and_then(scalar).map(str::to_owned);
                of_people.extend(entries.iter().filter_map(|(id, person)| Some((id.text.clone(), of(person)?))));
            }
            _ => {}
        }
    }
    if of_organisations.is_empty() {
        return;
    }
    let Some((_, Node { value: Value::List(invitees), .. })) =
        fields.iter_mut().find(|(key, _)| key.text == "invitees")
    else {
        return;
    };
    for invitee in invitees {
        let person = field(invitee, "person");
        let inline = person.and_then(|person| field(person, "organisation")).and_then(scalar);
        let by_id = || of_people.get(person.and_then(scalar)?).map(String::as_str);
        let organisation = field(invitee, "organisation").and_then(scalar).or(inline).or_else(by_id);
        let theirs = organisation.and_then(|id| of_organisations.get(id)).cloned();
        if let (Value::Map(inner), Some(theirs)) = (&mut invitee.value, theirs)
            && !inner.iter().any(|(key, _)| key.text == "address")
        {
            inner.push(theirs);
        }
    }
}

fn scalar(node: &Node) -> Option<&str> {
    if let Value::Scalar { text, .. } = &node.value { Some(text) } else { None }
}

/// Reads the address and the words of a council as they are meant.
pub fn in_borough(reading: &mut Reading<'_>) {
    each(reading.root, "address", &mut posted::address);
    meant::in_borough(reading);
}

#[derive(Clone, Copy)]
enum Of {
    People,
    Organisations,
}

/// Every place that holds an id of the conference file.
const PLACES: [(Of, &[&str]); 2] = [
    (
        Of::People,
        &[
            "meeting.chair",
            "meeting.co_chair",
            "meeting.minute_taker",
            "assessment.author",
            "prepared_by",
            "invitees[].person",
        ],
    ),
    (
        Of::Organisations,
        &[
            "context.owner",
            "people{}.organisation",
            "invitees[].organisation",
            "invitees[].person.organisation",
            "items[].by",
            "files[].by",
            "decisions[].dissent[].by",
            "minutes.corrections[].by",
            "sharing[].by",
            "sharing[].to",
            "goals[].actions[].owner",
            "goals[].actions[].with[]",
            "goals[].actions[].history[].was_owner",
            "goals[].actions[].history[].was_with[]",
        ],
    ),
];

/// What has an id, by its name.
struct Named {
    ids: Vec<String>,
    /// The ids of everything that has a name, as it is compared.
    whole: BTreeMap<String, Vec<String>>,
    /// The same without the title, of those who have one.
    untitled: BTreeMap<String, Vec<String>>,
}

impl Named {
    fn under(root: &Node, group: &str) -> Self {
        let mut named = Self { ids: Vec::new(), whole: BTreeMap::new(), untitled: BTreeMap::new() };
        let Some(Value::Map(map)) = field(root, group).map(|node| &node.value) else { return named };
        for (key, node) in map {
            named.ids.push(key.text.clone());
            if let Some(Value::Scalar { text, .. }) = field(node, "name").map(|name| &name.value) {
                named.whole.entry(folded(text)).or_default().push(key.text.clone());
                if let Some(name) = without_title(text) {
                    named.untitled.entry(folded(name)).or_default().push(key.text.clone());
                }
            }
        }
        named
    }

    /// Puts the id in the place of a name that only one has.
    fn put_id(&self, node: &mut Node) {
        let Value::Scalar { text, .. } = &mut node.value else { return };
        let typed = one_line(text);
        if folded(&typed).is_empty() || self.ids.contains(&typed) {
            return;
        }
        let of = |map: &BTreeMap<String, Vec<String>>, name: &str| map.get(&folded(name)).cloned().unwrap_or_default();
        let mut ids = of(&self.whole, &typed);
        match without_title(&typed) {
            // `Mr Lee` is not `Ms Lee`, but may be `Lee`.
            Some(name) if ids.is_empty() => ids = of(&self.whole, name),
            Some(_) => {}
            None => ids.extend(of(&self.untitled, &typed)),
        }
        if let [id] = ids.as_slice() {
            text.clone_from(id);
        }
    }
}

/// A name without the title before it, if it has one.
fn without_title(name: &str) -> Option<&str> {
    const TITLES: [&str; 9] = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev"];
    let (title, name) = name.trim().split_once(' ')?;
    TITLES.contains(&title.trim_end_matches('.').to_lowercase().as_str()).then_some(name)
}

fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Value::Map(map) = &node.value else { return None };
    map.iter().find(|(key, _)| key.text == name).map(|(_, node)| node)
}

/// Visits the nodes at a path: `a.b`, `a[]` for each entry of a list, `a{}` for each field of a group.
fn each(node: &mut Node, path: &str, visit: &mut dyn FnMut(&mut Node)) {
    if path.is_empty() {
        return visit(node);
    }
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let name = first.trim_end_matches(['[', ']', '{', '}']);
    let Value::Map(map) = &mut node.value else { return };
    let Some((_, node)) = map.iter_mut().find(|(key, _)| key.text == name) else { return };
    match (&mut node.value, &first[name.len()..]) {
        (Value::List(list), "[]") => list.iter_mut().for_each(|node| each(node, rest, visit)),
        (Value::Map(map), "{}") => map.iter_mut().for_each(|(_, node)| each(node, rest, visit)),
        (_, "") => each(node, rest, visit),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_the_id_of_the_only_one_who_has_it() {
        let people = "people: { a: { name: Ms Helen Marsh }, b: { name: Tom Hallam }, c: { name: Mr Lee Tan }, \
                      d: { name: Ms Lee Tan }, Ann Day: { name: Joy Fox } }\n";
        let cases = [
            ("Helen Marsh", "a"),
            ("ms helen  marsh", "a"),
            ("Mr Helen Marsh", "Mr Helen Marsh"),
            ("Tom Hallam", "b"),
            ("Mr Tom Hallam", "b"),
            ("Mr Lee Tan", "c"),
            ("Lee Tan", "Lee Tan"),
            ("Helen", "Helen"),
            ("Ann Day", "Ann Day"),
            ("b", "b"),
            ("—", "—"),
        ];
        for (typed, expected) in cases {
            let text = format!("{people}meeting: {{ chair: \"{typed}\" }}\n");
            let mut read = String::new();
            crate::yaml::read_shaped::<serde::de::IgnoredAny>("c.yaml", &text, |reading| {
                in_conference(reading);
                each(reading.root, "meeting.chair", &mut |node| {
                    let Value::Scalar { text, .. } = &node.value else { return };
                    read.clone_from(text);
                });
            });
            assert_eq!(read, expected, "{typed}");
        }
    }
}
