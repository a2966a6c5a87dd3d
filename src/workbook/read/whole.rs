//! The rows of all sheets as one tree.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::{Ids, in_order, untitled};
use super::known;
use super::people;
use super::putting::{Found, FoundSheet, Whole};
use super::rows::{self, Row, Rows};
use super::scalar::numbered;
use super::telling::Telling;
use crate::diag::codes;
use crate::workbook::nodes;
use crate::workbook::plan::{Kind, LABELS, Sheet};
use crate::workbook::terms::{DIFFERENT_VIEW, folded};
use crate::yaml::{At, Node};

/// Puts everything together.
pub fn tree(found: Found<'_>, telling: &mut Telling) -> Node {
    let mut all: BTreeMap<Sheet, Rows> = BTreeMap::new();
    let mut points = Vec::new();
    // The agenda first: remarks name its points.
    let mut tables: Vec<_> = found.tables.iter().collect();
    tables.sort_by_key(|one| one.plan.sheet != Sheet::Agenda);
    for FoundSheet { plan, table, sheet, file } in tables {
        let mut rows = rows::read(plan, table, sheet, file, &points, telling);
        match plan.sheet {
            Sheet::Agenda => points = titles(&mut rows, telling),
            Sheet::People => people::whole(&mut rows),
            _ => {}
        }
        aliases(plan.sheet, &rows, telling);
        all.insert(plan.sheet, rows);
    }
    let mut whole = Whole { root: nodes::map(), telling, organisations: Ids::default() };
    let none = Rows::default();
    let codes = whole.organisation_ids(all.get(&Sheet::Organisations).unwrap_or(&none));
    known::organisations(&mut all, &whole.organisations, whole.telling);
    let of = |sheet: Sheet| all.get(&sheet).unwrap_or(&none);
    let mut meeting = found.meeting;
    let named: BTreeSet<String> = LABELS
        .iter()
        .filter(|label| matches!(label.kind, Kind::Person))
        .filter_map(|label| meeting.values.get(label.path))
        .flat_map(|name| [Some(folded(name)), untitled(name).map(folded)])
        .flatten()
        .collect();
    let (people, given) = people::ids(of(Sheet::People), &named, whole.telling);
    known::in_meeting(&mut meeting, &people, &whole.organisations, whole.telling);
    // `Ms Helen Marsh` chairs, and the row has `Helen Marsh`; or the other way round.
    let person = |name: &str| {
        let titled = || people.without_title(name).map(|titled| people.of(titled));
        let bare = || untitled(name).map(|bare| people.of(bare)).filter(|id| people.has(id));
        if people.has(name) { people.of(name) } else { bare().or_else(titled).unwrap_or_else(|| name.to_owned()) }
    };
    meeting.put(&mut whole.root, &person, &|name| whole.organisations.of(name));
    whole.organisations(of(Sheet::Organisations), &codes);
    whole.people(of(Sheet::People), &given, &person);
    whole.findings(of(Sheet::Assessment));
    whole.list(Sheet::Agenda, of(Sheet::Agenda));
    whole.said(of(Sheet::Said));
    whole.decisions(of(Sheet::Decisions));
    whole.goals(of(Sheet::Goals), of(Sheet::Actions), of(Sheet::Readings), of(Sheet::News));
    for plain in [Sheet::Corrections, Sheet::Shared, Sheet::Changes, Sheet::Children] {
        whole.list(plain, of(plain));
    }
    whole.papers(of(Sheet::Papers));
    whole.steps(of(Sheet::Steps));
    whole.names(of(Sheet::Names));
    // Lists come last: each stands for many people.
    whole.list(Sheet::Lists, of(Sheet::Lists));
    whole.homes(of(Sheet::Organisations));
    whole.alarms(of(Sheet::Alarms), found.all);
    whole.root
}

/// Fields that are called otherwise below their row than their column.
fn aliases(of: Sheet, rows: &Rows, telling: &mut Telling) {
    let more: &[(&str, &str)] = match of {
        Sheet::People => &[
            ("person.name", "name"),
            ("person.salutation", "salutation"),
            ("person.role", "role"),
            ("person.email", "email"),
            ("person.phone", "phone"),
            ("person.name", "person"),
            ("invite", "invited"),
        ],
        Sheet::Assessment => &[("text", "")],
        Sheet::Said => &[("text", "title")],
        Sheet::Names => &[("name", "")],
        Sheet::Steps => &[("done", "")],
        Sheet::Alarms => &[("where", "path")],
        Sheet::Changes => &[("was.venue.address", "was.venue.lines"), ("was.venue.address", "was.venue.postcode")],
        _ => &[],
    };
    for (key, field) in more {
        if let Some((column, heading)) = rows.columns.get(key) {
            telling.cells.column(rows.sheet, field, *column, heading);
        }
    }
}

/// The titles of the points, without their numbers.
fn titles(rows: &mut Rows, telling: &mut Telling) -> Vec<String> {
    let mut titles = Vec::new();
    for at in 0..rows.all.len() {
        let typed = rows.all[at].get("title").unwrap_or_default().to_owned();
        let (number, title) = numbered(&typed);
        if let Some(number) = number.filter(|number| *number as usize != at + 1) {
            let message = format!("this point is called {number}, and stands in place {}", at + 1);
            let hint = "points are numbered in the order of their rows: correct the number, or move the row";
            telling.error(&rows.at(&rows.all[at], "title"), codes::BAD_VALUE, message, hint);
        }
        let title = if number.is_some() { title } else { typed.as_str() };
        if !title.is_empty() {
            rows.all[at].texts.insert("title", title.to_owned());
        }
        titles.push(title.to_owned());
    }
    titles
}

impl Whole<'_> {
    fn organisation_ids(&mut self, rows: &Rows) -> Vec<Option<String>> {
        let mut known = Ids::default();
        for code in rows.all.iter().filter_map(|row| row.get("code")) {
            known.keep(code);
        }
        let mut given = Vec::new();
        for row in &rows.all {
            let name = row.get("name").unwrap_or_default();
            let own = row.get("code").map(str::to_owned).or_else(|| known.give(name, None, ""));
            let id = own.and_then(|own| self.organisations.give(name, Some(&own), ""));
            if id.is_none() {
                self.telling.error(
                    &rows.at(row, "code"),
                    codes::DUPLICATE_ID,
                    "a row before this one has the same code",
                    "give each a code of its own, or leave it empty",
                );
            } else if !name.is_empty() && self.organisations.count(name) > 1 {
                self.telling.error(
                    &rows.at(row, "name"),
                    codes::DUPLICATE_KEY,
                    "a row before this one has the same name",
                    "keep one of them, or give them names that differ",
                );
            }
            given.push(id);
        }
        given
    }

    fn organisations(&mut self, rows: &Rows, given: &[Option<String>]) {
        let mut all = nodes::map();
        for (row, id) in rows.all.iter().zip(given).filter_map(|(row, id)| Some((row, id.as_ref()?))) {
            let at = format!("organisations.{id}");
            self.telling.cells.row(at.clone(), rows.sheet, row.number);
            self.needed(Sheet::Organisations, rows, row, &at);
            self.told(row, &at, |key| key);
            nodes::put_named(&mut all, id, self.node(Sheet::Organisations, row, &["code"]));
        }
        if !rows.all.is_empty() {
            nodes::put(&mut self.root, "organisations", all);
        }
    }

    /// An address that somebody has from their organisation is in its cell.
    fn homes(&mut self, rows: &Rows) {
        let homes: BTreeMap<String, At> = rows
            .all
            .iter()
            .filter(|row| row.get("address").is_some())
            .map(|row| (self.organisations.of(row.get("name").unwrap_or_default()), rows.at(row, "address")))
            .collect();
        let people: BTreeMap<String, String> = match nodes::field(&self.root, "people").map(|node| &node.value) {
            Some(crate::yaml::Value::Map(all)) => all
                .iter()
                .filter_map(|(id, one)| {
                    Some((id.text.clone(), nodes::scalar(nodes::field(one, "organisation")?)?.to_owned()))
                })
                .collect(),
            _ => BTreeMap::new(),
        };
        for (n, one) in nodes::entries(nodes::field_mut(&mut self.root, "invitees")).iter().enumerate() {
            if nodes::field(one, "address").is_some() {
                continue;
            }
            let own = nodes::field(one, "organisation").and_then(nodes::scalar);
            let theirs = || people.get(nodes::scalar(nodes::field(one, "person")?)?).map(String::as_str);
            if let Some(home) = own.or_else(theirs).and_then(|id| homes.get(id)) {
                self.telling.cells.one(format!("invitees[{n}].address"), home.clone());
            }
        }
    }

    fn findings(&mut self, rows: &Rows) {
        for row in &rows.all {
            let Some(finding) = row.get("finding") else {
                self.need(rows, row, "finding", "assessment");
                continue;
            };
            let list = ["strengths", "concerns", "gaps", "voices", "harms"].contains(&finding);
            let path = if finding == "harms" { "context.harms".to_owned() } else { format!("assessment.{finding}") };
            let at = if list { format!("{path}[{}]", self.count(&path)) } else { path.clone() };
            self.telling.cells.row(at.clone(), rows.sheet, row.number);
            self.told(row, &at, |key| key);
            self.need(rows, row, "text", &at);
            let is_voice = finding == "voices";
            if is_voice {
                self.need(rows, row, "from", &at);
            }
            let mut node = nodes::map();
            for key in ["text", "share", "from", "reason"] {
                if let Some(text) = row.get(key) {
                    nodes::put(&mut node, key, nodes::text(text));
                }
            }
            if !list && nodes::field_mut(&mut self.root, &path).is_some() {
                let message = "a row before this one has the same finding";
                let hint = "put both into one cell, with an empty line between them";
                self.telling.error(&rows.at(row, "finding"), codes::DUPLICATE_KEY, message, hint);
                continue;
            }
            let is_plain =
                !is_voice && row.get("share").is_none() && row.get("reason").is_none() && !row.faulty.contains("share");
            let node = match row.get("text") {
                Some(text) if is_plain => nodes::text(text),
                _ => node,
            };
            if list { nodes::push(&mut self.root, &path, node) } else { nodes::put(&mut self.root, &path, node) }
        }
    }

    fn said(&mut self, rows: &Rows) {
        for row in &rows.all {
            let is_paper = row.get("kind") == Some("paper");
            let path = if is_paper { "files" } else { "items" };
            let at = format!("{path}[{}]", self.count(path));
            self.telling.cells.row(at.clone(), rows.sheet, row.number);
            self.told(row, &at, |key| if is_paper && key == "text" { "title" } else { key });
            self.need(rows, row, "by", &at);
            if is_paper {
                if row.get("text").is_none() {
                    self.telling.missing(&rows.at(row, "text"));
                    self.telling.told.insert(format!("{at}.title"));
                }
            } else {
                self.need(rows, row, "agenda", &at);
                self.need(rows, row, "text", &at);
            }
            let except: &[&str] = if is_paper { &["agenda", "kind", "text"] } else { &[] };
            let mut node = self.node(Sheet::Said, row, except);
            if let (true, Some(title)) = (is_paper, row.get("text")) {
                nodes::put(&mut node, "title", nodes::text(title));
            }
            nodes::push(&mut self.root, path, node);
        }
    }

    fn decisions(&mut self, rows: &Rows) {
        let (mut decisions, mut views): (Vec<&Row>, Vec<&Row>) = (Vec::new(), Vec::new());
        for row in &rows.all {
            if row.get("option") == Some(DIFFERENT_VIEW) { views.push(row) } else { decisions.push(row) }
        }
        let number = |row: &&Row| row.get("no").unwrap_or_default().trim_end_matches('.').to_owned();
        let mut numbered: Vec<(String, &Row)> = decisions.iter().map(|row| (number(row), *row)).collect();
        in_order(&mut numbered, |(number, _)| number.as_str());
        let mut met: BTreeMap<String, usize> = BTreeMap::new();
        for (n, (number, row)) in numbered.iter().enumerate() {
            let at = format!("decisions[{n}]");
            self.telling.cells.row(at.clone(), rows.sheet, row.number);
            self.needed(Sheet::Decisions, rows, row, &at);
            self.need(rows, row, "rationale", &at);
            self.told(row, &at, |key| key);
            if !number.is_empty() && met.insert(number.clone(), n).is_some() {
                self.same(rows, row, "no");
            }
            let node = self.node(Sheet::Decisions, row, &["no", "by"]);
            nodes::push(&mut self.root, "decisions", node);
        }
        for row in views {
            let Some(decision) = met.get(&number(&row)).copied() else {
                self.unknown(rows, row, "no", "there is no decision of this number");
                continue;
            };
            let place = &mut nodes::entries(nodes::field_mut(&mut self.root, "decisions"))[decision];
            let n = nodes::entries(nodes::field_mut(place, "dissent")).len();
            let at = format!("decisions[{decision}].dissent[{n}]");
            self.telling.cells.row(at.clone(), rows.sheet, row.number);
            self.need(rows, row, "text", &at);
            self.need(rows, row, "by", &at);
            self.told(row, &at, |key| key);
            let node = self.node(
                Sheet::Decisions,
                row,
                &["no", "option", "agenda", "provisional", "rationale", "rationale.share", "rationale.reason"],
            );
            if let Some(place) = nodes::entries(nodes::field_mut(&mut self.root, "decisions")).get_mut(decision) {
                nodes::push(place, "dissent", node);
            }
        }
    }

    fn papers(&mut self, rows: &Rows) {
        let mut all = nodes::map();
        for row in &rows.all {
            let Some(paper) = row.get("paper") else {
                self.need(rows, row, "paper", "papers");
                continue;
            };
            let at = format!("papers.{paper}");
            self.telling.cells.row(at.clone(), rows.sheet, row.number);
            self.told(row, &at, |key| key);
            if nodes::field(&all, paper).is_some() {
                self.same(rows, row, "paper");
                continue;
            }
            nodes::put_named(&mut all, paper, self.node(Sheet::Papers, row, &["paper"]));
        }
        if !rows.all.is_empty() {
            nodes::put(&mut self.root, "papers", all);
        }
    }

    fn steps(&mut self, rows: &Rows) {
        let mut all = nodes::map();
        for row in &rows.all {
            let Some(step) = row.get("step") else {
                self.need(rows, row, "step", "done");
                continue;
            };
            self.telling.cells.row(format!("done.{step}"), rows.sheet, row.number);
            if nodes::field(&all, step).is_some() {
                self.same(rows, row, "step");
                continue;
            }
            match row.get("done") {
                Some(day) => nodes::put_named(&mut all, step, nodes::text(day)),
                None => self.need(rows, row, "done", "done"),
            }
        }
        if !rows.all.is_empty() {
            nodes::put(&mut self.root, "done", all);
        }
    }

    fn names(&mut self, rows: &Rows) {
        for row in &rows.all {
            let at = format!("protected_names[{}]", self.count("protected_names"));
            self.telling.cells.row(at, rows.sheet, row.number);
            if let Some(name) = row.get("name") {
                nodes::push(&mut self.root, "protected_names", nodes::text(name));
            }
        }
    }
}
