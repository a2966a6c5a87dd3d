//! A tree as rows.
//!
//! In: the tree of a conference file. Out: [`Flat`]: the rows of every sheet, and whatever no column holds.
//!
//! Deliberately absent: cells, and the words that are shown in them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::nodes::{self, entries, field, field_mut, scalar, take_text, take_texts};
use super::plan::{LABELS, Sheet, sheet};
use super::record::{Record, take_venue};
use super::terms::{FINDING, folded};
use crate::yaml::{Node, Value};

/// A conference as rows.
#[derive(Debug, Default)]
pub struct Flat {
    /// The rows of every sheet. On that of the meeting, the key is a path.
    pub rows: BTreeMap<Sheet, Vec<Record>>,
    /// The values of the meeting by their path; marks and reasons by theirs.
    pub meeting: BTreeMap<String, String>,
    /// The paths of the meeting that are still to be checked.
    pub to_check: Vec<String>,
    /// Names of organisations and of people, by id.
    pub names: Names,
    /// What no column holds: the path and the place of each.
    pub left: Vec<(String, Range<usize>)>,
    /// Whether a list of people stands before a person, and its people get other numbers if nobody has one yet.
    pub is_list_moved: bool,
    /// Ids of goals or actions that stand out of order, so that another order is read.
    pub is_reordered: bool,
}

/// Names by id.
#[derive(Debug, Default)]
pub struct Names {
    organisations: BTreeMap<String, String>,
    people: BTreeMap<String, String>,
    /// Names of invitees, by the id of their entry.
    entries: BTreeMap<String, String>,
}

impl Names {
    /// The name of an organisation; its id if another has the same.
    pub fn organisation<'n>(&'n self, id: &'n str) -> &'n str {
        only(&self.organisations, id)
    }

    /// The name of a person; their id if another has the same.
    pub fn person<'n>(&'n self, id: &'n str) -> &'n str {
        match self.entries.get(id).filter(|_| !self.people.contains_key(id)) {
            Some(name) if !self.people.values().any(|other| folded(other) == folded(name)) => only(&self.entries, id),
            Some(_) => id,
            None => only(&self.people, id),
        }
    }
}

fn only<'n>(names: &'n BTreeMap<String, String>, id: &'n str) -> &'n str {
    let Some(name) = names.get(id) else { return id };
    let same = names.values().filter(|other| folded(other) == folded(name)).count();
    if same == 1 { name } else { id }
}

/// Lays a conference out in rows.
pub fn flat(root: &Node) -> Flat {
    let mut rest = root.clone();
    let mut flat = Flat { names: names(root), ..Flat::default() };
    flat.meeting(&mut rest);
    flat.organisations(&mut rest);
    flat.people(&mut rest);
    flat.assessment(&mut rest);
    for plain in [Sheet::Agenda, Sheet::Corrections, Sheet::Shared, Sheet::Changes, Sheet::Children] {
        flat.list(&mut rest, plain);
    }
    flat.said(&mut rest);
    flat.decisions(&mut rest);
    flat.goals(&mut rest);
    flat.papers(&mut rest);
    flat.steps(&mut rest);
    flat.secrets(&mut rest);
    left(&rest, &mut String::new(), &mut flat.left);
    flat
}

fn names(root: &Node) -> Names {
    let of = |group: &str| match field(root, group).map(|node| &node.value) {
        Some(Value::Map(all)) => all
            .iter()
            .filter_map(|(id, one)| Some((id.text.clone(), scalar(field(one, "name")?)?.to_owned())))
            .collect(),
        _ => BTreeMap::new(),
    };
    let entry = |one: &Node| {
        let name = scalar(field(field(one, "person")?, "name")?)?;
        Some((scalar(field(one, "id")?)?.to_owned(), name.to_owned()))
    };
    let entries = match field(root, "invitees").map(|node| &node.value) {
        Some(Value::List(all)) => all.iter().filter_map(entry).collect(),
        _ => BTreeMap::new(),
    };
    Names { organisations: of("organisations"), people: of("people"), entries }
}

impl Flat {
    fn push(&mut self, sheet: Sheet, record: Record) {
        self.rows.entry(sheet).or_default().push(record);
    }

    fn meeting(&mut self, rest: &mut Node) {
        for label in LABELS {
            let path = label.path;
            if let Some(venue) = path.strip_suffix(".address") {
                self.meeting.extend(take_venue(rest, venue).map(|lines| (path.to_owned(), lines)));
                continue;
            }
            let plain = take_text(rest, path);
            let marked = || label.marked.map(|_| path);
            if let Some(text) = plain {
                self.meeting.insert(path.to_owned(), text);
            } else if let Some(path) = marked() {
                self.meeting.extend(take_text(rest, &format!("{path}.text")).map(|text| (path.to_owned(), text)));
                for beside in ["share", "reason"].map(|name| format!("{path}.{name}")) {
                    self.meeting.extend(take_text(rest, &beside).map(|text| (beside, text)));
                }
            }
        }
        let open = take_texts(rest, "to_fill_in").unwrap_or_default();
        let (ours, others): (Vec<_>, Vec<_>) = open.into_iter().partition(|path| LABELS.iter().any(|l| l.path == path));
        self.to_check = ours;
        if !others.is_empty() {
            nodes::put(rest, "to_fill_in", nodes::list(others.into_iter().map(nodes::text).collect()));
        }
    }

    fn organisations(&mut self, rest: &mut Node) {
        let Some(Node { value: Value::Map(all), .. }) = field_mut(rest, "organisations") else { return };
        for (id, one) in all {
            let mut record = Record::taken(one, sheet(Sheet::Organisations));
            record.set("code", Some(id.text.clone()));
            record.at.push((format!("organisations.{}", id.text), ""));
            self.push(Sheet::Organisations, record);
        }
    }

    fn people(&mut self, rest: &mut Node) {
        let mut people: Vec<(String, Record)> = Vec::new();
        if let Some(Node { value: Value::Map(all), .. }) = field_mut(rest, "people") {
            for (id, one) in all {
                let mut record = Record::default();
                for column in sheet(Sheet::People).columns {
                    if let Some(key) = column.key.strip_prefix("person.") {
                        record.set(column.key, take_text(one, key));
                    }
                }
                record.set("organisation", take_text(one, "organisation"));
                record.set("code", Some(id.text.clone()));
                record.at.push((format!("people.{}", id.text), "person."));
                people.push((id.text.clone(), record));
            }
        }
        let mut had_list = false;
        for (number, one) in entries(field_mut(rest, "invitees")).iter_mut().enumerate() {
            let at = format!("invitees[{number}]");
            if let Some(list) = take_list(one) {
                had_list = true;
                self.push(Sheet::Lists, Record { at: vec![(at, "")], ..list });
                continue;
            }
            self.is_list_moved |= had_list;
            let mut record = Record::taken(one, sheet(Sheet::People));
            record.at.push((at, ""));
            let own = record.texts.remove("organisation");
            match take_text(one, "person") {
                Some(id) => {
                    if let Some(found) = people.iter().position(|(known, one)| {
                        // A name may stand in the place of an id.
                        *known == id || one.get("person.name").is_some_and(|name| folded(name) == folded(&id))
                    }) {
                        let (_, person) = people.remove(found);
                        record.texts.extend(person.texts);
                        record.at.extend(person.at);
                    } else {
                        // Nobody has this id, or somebody is invited twice: the row says so, and the check too.
                        record.set("code", Some(id));
                    }
                }
                None => record.set("organisation", take_text(one, "person.organisation")),
            }
            match (record.get("organisation").map(str::to_owned), own) {
                (None, own) => record.set("organisation", own),
                (Some(theirs), Some(own)) if theirs != own => record.set("comes_for", Some(own)),
                _ => {}
            }
            let uninvited =
                take_text(one, "invited").is_some_and(|word| ["false", "no"].contains(&word.to_lowercase().as_str()));
            record.set("invite", uninvited.then(|| "uninvited".to_owned()));
            self.push(Sheet::People, record);
        }
        for (_, mut record) in people {
            record.set("invite", Some("no".to_owned()));
            self.push(Sheet::People, record);
        }
    }

    fn assessment(&mut self, rest: &mut Node) {
        for finding in FINDING.all.iter().map(|term| term.model) {
            let path = if finding == "harms" { "context.harms".to_owned() } else { format!("assessment.{finding}") };
            let Some(found) = field_mut(rest, &path).filter(|found| !found.is_null()) else { continue };
            match &mut found.value {
                Value::List(all) => {
                    for (i, one) in all.iter_mut().enumerate() {
                        let record = take_finding(one, finding, format!("{path}[{i}]"));
                        self.rows.entry(Sheet::Assessment).or_default().push(record);
                    }
                }
                Value::Scalar { .. } | Value::Map(_) => {
                    let record = take_finding(found, finding, path);
                    self.push(Sheet::Assessment, record);
                }
            }
        }
    }

    /// The entries of a list of the model, a row each.
    fn list(&mut self, rest: &mut Node, of: Sheet) {
        let plan = sheet(of);
        let path = plan.below[0].trim_end_matches("[]");
        for (i, one) in entries(field_mut(rest, path)).iter_mut().enumerate() {
            let mut record = Record::taken(one, plan);
            record.at.push((format!("{path}[{i}]"), ""));
            self.push(of, record);
        }
    }

    fn said(&mut self, rest: &mut Node) {
        let plan = sheet(Sheet::Said);
        for (i, one) in entries(field_mut(rest, "files")).iter_mut().enumerate() {
            let mut record = Record::taken(one, plan);
            record.set("text", take_text(one, "title"));
            record.set("kind", Some("paper".to_owned()));
            record.at.push((format!("files[{i}]"), "title"));
            self.push(Sheet::Said, record);
        }
        self.list(rest, Sheet::Said);
    }

    fn decisions(&mut self, rest: &mut Node) {
        let plan = sheet(Sheet::Decisions);
        for (i, one) in entries(field_mut(rest, "decisions")).iter_mut().enumerate() {
            let (number, at) = (i + 1, format!("decisions[{i}]"));
            let mut record = Record::taken(one, plan);
            record.set("no", Some(number.to_string()));
            record.at.push((at.clone(), ""));
            self.push(Sheet::Decisions, record);
            for (k, view) in entries(field_mut(one, "dissent")).iter_mut().enumerate() {
                let mut record = Record::taken(view, plan);
                record.set("no", Some(number.to_string()));
                record.set("option", Some(super::terms::DIFFERENT_VIEW.to_owned()));
                record.at.push((format!("{at}.dissent[{k}]"), ""));
                self.push(Sheet::Decisions, record);
            }
        }
    }

    fn goals(&mut self, rest: &mut Node) {
        let mut all = Vec::new();
        for (i, goal) in entries(field_mut(rest, "goals")).iter_mut().enumerate() {
            let at = format!("goals[{i}]");
            let id = field(goal, "id").and_then(scalar).unwrap_or_default().to_owned();
            all.extend(below(goal, "readings", Sheet::Readings, &at, ("goal", &id)));
            for (k, action) in entries(field_mut(goal, "actions")).iter_mut().enumerate() {
                let at = format!("{at}.actions[{k}]");
                let action_id = field(action, "id").and_then(scalar).unwrap_or_default().to_owned();
                all.extend(below(action, "history", Sheet::News, &at, ("action", &action_id)));
                let mut record = Record::taken(action, sheet(Sheet::Actions));
                record.set("goal", Some(id.clone()));
                record.at.push((at, ""));
                all.push((Sheet::Actions, record));
            }
            let mut record = Record::taken(goal, sheet(Sheet::Goals));
            record.at.push((at, ""));
            all.push((Sheet::Goals, record));
        }
        for (sheet, record) in all {
            self.push(sheet, record);
        }
        for sheet in [Sheet::Goals, Sheet::Actions] {
            let ids = self.rows.get(&sheet).into_iter().flatten().filter_map(|row| row.get("id"));
            let ids: Vec<&str> = ids.collect();
            let mut sorted = ids.clone();
            super::read::in_order(&mut sorted, |id| *id);
            self.is_reordered |= sorted != ids;
        }
    }

    fn papers(&mut self, rest: &mut Node) {
        let Some(Node { value: Value::Map(all), .. }) = field_mut(rest, "papers") else { return };
        for (kind, one) in all {
            let mut record = Record::taken(one, sheet(Sheet::Papers));
            record.set("paper", Some(kind.text.clone()));
            record.at.push((format!("papers.{}", kind.text), ""));
            self.push(Sheet::Papers, record);
        }
    }

    fn steps(&mut self, rest: &mut Node) {
        let Some(Node { value: Value::Map(all), .. }) = field_mut(rest, "done") else { return };
        for (step, day) in std::mem::take(all) {
            let mut record = Record { at: vec![(format!("done.{}", step.text), "done")], ..Record::default() };
            record.set("step", Some(step.text));
            record.set("done", scalar(&day).map(str::to_owned));
            self.push(Sheet::Steps, record);
        }
    }

    fn secrets(&mut self, rest: &mut Node) {
        for (i, name) in take_texts(rest, "protected_names").unwrap_or_default().into_iter().enumerate() {
            let mut record = Record { at: vec![(format!("protected_names[{i}]"), "name")], ..Record::default() };
            record.set("name", Some(name));
            self.push(Sheet::Names, record);
        }
        // The cell of each is known once the others have theirs.
        for (i, one) in entries(field_mut(rest, "allow")).iter_mut().enumerate() {
            let mut record = Record { at: vec![(format!("allow[{i}]"), "")], ..Record::default() };
            for (key, name) in [("where", "path"), ("paper", "paper"), ("reason", "reason")] {
                record.set(key, take_text(one, name));
            }
            self.push(Sheet::Alarms, record);
        }
    }
}

/// The entries of a list below a goal or an action, which they name by its id.
fn below(node: &mut Node, name: &str, of: Sheet, at: &str, (key, id): (&'static str, &str)) -> Vec<(Sheet, Record)> {
    let mut rows = Vec::new();
    for (i, one) in entries(field_mut(node, name)).iter_mut().enumerate() {
        let mut record = Record::taken(one, sheet(of));
        record.set(key, Some(id.to_owned()));
        record.at.push((format!("{at}.{name}[{i}]"), ""));
        rows.push((of, record));
    }
    rows
}

fn take_list(one: &mut Node) -> Option<Record> {
    let mut record = Record::default();
    if let Some(file) = scalar(one) {
        record.set("list", Some(file.to_owned()));
        one.value = Value::Map(Vec::new());
        return Some(record);
    }
    (field(one, "list").is_some() && field(one, "person").is_none()).then(|| Record::taken(one, sheet(Sheet::Lists)))
}

fn take_finding(one: &mut Node, finding: &str, at: String) -> Record {
    let mut record = Record::default();
    record.set("finding", Some(finding.to_owned()));
    if let Some(text) = scalar(one) {
        record.set("text", Some(text.to_owned()));
        one.value = Value::Map(Vec::new());
        record.at.push((at, "text"));
    } else {
        for key in ["text", "share", "from", "reason"] {
            record.set(key, take_text(one, key));
        }
        record.at.push((at, ""));
    }
    record
}

/// Every value that is left in a tree, with its path.
fn left(node: &Node, path: &mut String, all: &mut Vec<(String, Range<usize>)>) {
    let end = path.len();
    match &node.value {
        Value::Scalar { .. } if node.is_null() => {}
        Value::Scalar { .. } => all.push((path.clone(), node.span.clone())),
        Value::List(list) => {
            for (i, child) in list.iter().enumerate() {
                path.push_str(&format!("[{i}]"));
                left(child, path, all);
                path.truncate(end);
            }
        }
        Value::Map(map) => {
            for (key, child) in map {
                path.push_str(if path.is_empty() { "" } else { "." });
                path.push_str(&key.text);
                left(child, path, all);
                path.truncate(end);
            }
        }
    }
}
