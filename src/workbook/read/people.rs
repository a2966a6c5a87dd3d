//! The sheet of people: those who have a part in the meeting, and those who are invited.
//!
//! A row is a person of `people` if somebody is named so elsewhere, as the chair is, or if it has a code; else it is described
//! where it is invited. Columns as lists have them, such as a surname and a postcode, are put together.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::{Ids, untitled};
use super::putting::Whole;
use super::rows::{Row, Rows};
use super::telling::Telling;
use crate::diag::codes;
use crate::workbook::nodes;
use crate::workbook::plan::{Sheet, sheet};
use crate::workbook::record::Record;
use crate::workbook::terms::folded;

/// The key of a column that lists of people have under a name of their own.
pub fn key(list: &'static str) -> &'static str {
    match list {
        "name" => "person.name",
        "salutation" => "person.salutation",
        "role" => "person.role",
        "email" => "person.email",
        "phone" => "person.phone",
        "reference" => "id",
        "undertaking_signed" => "undertaking.signed",
        "letter_number" => "number",
        other => other,
    }
}

/// The parts of an address, in the order of its lines.
const ADDRESS: [&str; 18] = [
    "address_line_1",
    "address_line_2",
    "address_line_3",
    "address_line_4",
    "address_line_5",
    "address_line_6",
    "address_line_7",
    "po_box",
    "sub_building",
    "house",
    "house_number",
    "dependent_street",
    "street",
    "double_dependent_locality",
    "locality",
    "town",
    "county",
    "postcode",
];

/// Puts the parts of names and addresses together.
pub fn whole(rows: &mut Rows) {
    let address: Vec<&'static str> = ADDRESS.into_iter().filter(|part| rows.columns.contains_key(part)).collect();
    let names = ["title", "first_name", "last_name"];
    if let Some(column) = names.iter().rev().find_map(|part| rows.columns.get(part)).cloned() {
        rows.columns.entry("person.name").or_insert(column);
    }
    if let Some(column) = address.first().and_then(|part| rows.columns.get(part)).cloned() {
        rows.columns.entry("address").or_insert(column);
    }
    for row in &mut rows.all {
        let parts: Vec<&str> = names.iter().filter_map(|part| row.get(part)).collect();
        let name = parts.join(" ");
        if row.get("person.name").is_none() && !name.is_empty() {
            row.texts.insert("person.name", name);
        }
        let mut lines: Vec<String> =
            row.get("address").map(|lines| lines.split('\n').map(str::to_owned).collect()).unwrap_or_default();
        for part in &address {
            // The post needs no county.
            let Some(text) = row.get(part).filter(|_| *part != "county") else { continue };
            if *part == "street" && row.get("house_number").is_some() {
                lines.last_mut().into_iter().for_each(|number| *number = format!("{number} {text}"));
            } else {
                lines.extend(text.split('\n').map(|line| line.trim().to_owned()));
            }
        }
        if !lines.is_empty() {
            row.texts.insert("address", lines.join("\n"));
        }
    }
}

/// Gives everybody who is named elsewhere, or has a code, an id.
pub fn ids(rows: &Rows, named: &BTreeSet<String>, telling: &mut Telling) -> (Ids, Vec<Option<String>>) {
    let mut ids = Ids::default();
    for code in rows.all.iter().filter_map(|row| row.get("code")) {
        ids.keep(code);
    }
    let mut given = Ids::default();
    let mut all = Vec::new();
    let replacing: BTreeSet<String> =
        rows.all.iter().filter_map(|row| row.get("withdrawn.replaced_by")).map(folded).collect();
    for row in &rows.all {
        let name = row.get("person.name").unwrap_or_default();
        let own = row.get("code");
        let is_named = !name.is_empty() && is_named_in(name, named);
        let is_other = row.get("invite") == Some("no");
        // Whoever comes in somebody's place is named by an id, and may have one already.
        let replaces = row.get("id").is_none() && !name.is_empty() && is_named_in(name, &replacing);
        if own.is_none() && !is_named && !is_other && !replaces {
            all.push(None);
            continue;
        }
        let made = match own {
            Some(own) => given.give(name, Some(own), ""),
            None => ids.give(name, None, "p-").and_then(|id| given.give(name, Some(&id), "")),
        };
        if made.is_none() {
            let message = "a row before this one has the same code";
            telling.error(
                &rows.at(row, "code"),
                codes::DUPLICATE_ID,
                message,
                "give each a code of its own, or leave it empty",
            );
        } else if is_named && given.count(name) > 1 {
            let message = format!("`{name}` is in a row before this one too, and has a part in the meeting");
            let hint = "write the name of one of them differently, for example with the role";
            telling.error(&rows.at(row, "person.name"), codes::AMBIGUOUS_NAME, message, hint);
        }
        all.push(made);
    }
    (given, all)
}

/// Whether somebody is named elsewhere, with or without the title.
fn is_named_in(name: &str, named: &BTreeSet<String>) -> bool {
    named.contains(&folded(name)) || untitled(name).is_some_and(|name| named.contains(&folded(name)))
}

/// Columns that are no fields of an invitee, or are put elsewhere.
const ASIDE: [&str; 5] = ["invite", "code", "comes_for", "organisation", "person.name"];

impl Whole<'_> {
    /// Puts everybody into the tree.
    pub fn people(&mut self, rows: &Rows, given: &[Option<String>], person: &dyn Fn(&str) -> String) {
        let plan = sheet(Sheet::People);
        let entries: BTreeMap<String, &str> =
            rows.all.iter().filter_map(|row| Some((folded(row.get("person.name")?), row.get("id")?))).collect();
        for (row, id) in rows.all.iter().zip(given) {
            let number = nodes::field(&self.root, "invitees").map_or(0, |node| match &node.value {
                crate::yaml::Value::List(list) => list.len(),
                _ => 0,
            });
            let invitee = format!("invitees[{number}]");
            let is_invited = self.is_invited(rows, row);
            let mut record = Record { texts: row.texts.clone(), at: Vec::new() };
            for key in ["organisation", "comes_for"] {
                let name = record.texts.remove(key).map(|name| self.organisations.of(&name));
                record.set(key, name);
            }
            if let Some(name) = row.get("withdrawn.replaced_by") {
                let known = person(name);
                let entry = entries.get(&folded(name)).filter(|_| known == name);
                record.set("withdrawn.replaced_by", Some(entry.map_or(known, |id| (*id).to_owned())));
            }
            if row.get("person.name").is_none() && row.get("id").is_none() && !row.faulty.contains("person.name") {
                self.telling.missing(&rows.at(row, "person.name"));
                let at = id.as_ref().map_or_else(|| format!("{invitee}.person.name"), |id| format!("people.{id}.name"));
                self.telling.told.insert(at);
            }
            if let Some(id) = id {
                self.person(id, &record, rows, row);
            }
            if !is_invited {
                continue;
            }
            self.telling.cells.row(invitee.clone(), rows.sheet, row.number);
            let mut node = nodes::map();
            let is_known_by_id = id.is_none() && row.get("person.name").is_none() && row.get("id").is_some();
            match id {
                Some(id) => nodes::put(&mut node, "person", nodes::text(id)),
                None if is_known_by_id => {}
                None => nodes::put(&mut node, "person.name", nodes::text(row.get("person.name").unwrap_or_default())),
            }
            if id.is_none() && row.get("person.name").is_none() && !is_known_by_id {
                nodes::put(&mut node, "person", nodes::map());
            }
            let own = record.get("comes_for").or_else(|| record.get("organisation").filter(|_| id.is_none()));
            if let Some(own) = own {
                nodes::put(&mut node, "organisation", nodes::text(own));
            }
            // Nothing is read from it while they come for another; but it is not lost.
            if let (None, Some(_), Some(theirs)) = (id, record.get("comes_for"), record.get("organisation"))
                && !is_known_by_id
            {
                nodes::put(&mut node, "person.organisation", nodes::text(theirs));
            }
            let except: Vec<&str> = plan
                .columns
                .iter()
                .map(|column| column.key)
                .filter(|key| ASIDE.contains(key) || id.is_some() && key.starts_with("person."))
                .collect();
            let rest = record.node(plan, &except);
            merge(&mut node, rest);
            if row.get("invite") == Some("uninvited") || row.get("invite") == Some("no") {
                nodes::put(&mut node, "invited", nodes::text("false"));
            }
            self.told(row, &invitee, |key| if key == "comes_for" { "organisation" } else { key });
            nodes::push(&mut self.root, "invitees", node);
        }
    }

    fn person(&mut self, id: &str, record: &Record, rows: &Rows, row: &Row) {
        let mut person = nodes::map();
        for column in sheet(Sheet::People).columns {
            if let (Some(key), Some(text)) = (column.key.strip_prefix("person."), record.get(column.key)) {
                nodes::put(&mut person, key, nodes::text(text));
            }
        }
        if let Some(organisation) = record.get("organisation") {
            nodes::put(&mut person, "organisation", nodes::text(organisation));
        }
        let at = format!("people.{id}");
        self.telling.cells.row(at.clone(), rows.sheet, row.number);
        self.told(row, &at, |key| key.strip_prefix("person.").unwrap_or(key));
        if nodes::field(&self.root, "people").is_none() {
            nodes::put(&mut self.root, "people", nodes::map());
        }
        if let Some(people) = nodes::field_mut(&mut self.root, "people") {
            nodes::put_named(people, id, person);
        }
    }

    /// Whether a row is of somebody who is invited, or came. What is filled in for somebody who is neither is told.
    fn is_invited(&mut self, rows: &Rows, row: &Row) -> bool {
        if row.get("invite") != Some("no") || row.get("attended") == Some("true") {
            return true;
        }
        let plan = sheet(Sheet::People);
        let is_lost = |key: &&str| {
            !ASIDE.contains(key) && !key.starts_with("person.") && row.get(key).is_some() && *key != "address"
        };
        for key in plan.columns.iter().map(|column| column.key).filter(is_lost) {
            self.telling.warning(
                &rows.at(row, key),
                codes::NOT_READ,
                "this is not read, since Invite says No in this row",
                "empty the cell Invite if they get a letter; a guest who came has Came uninvited",
            );
        }
        false
    }
}

/// Puts the fields of one map into another.
fn merge(node: &mut crate::yaml::Node, other: crate::yaml::Node) {
    let crate::yaml::Value::Map(fields) = other.value else { return };
    for (key, value) in fields {
        match (nodes::field_mut(node, &key.text), &value.value) {
            (Some(inner), crate::yaml::Value::Map(_)) => merge(inner, value),
            _ => nodes::put(node, &key.text, value),
        }
    }
}
