//! Lists of people that a conference file names among its invitees: each row becomes an invitee in its place.
//!
//! In: the tree of the conference file, and the folder of its lists. Out: the same tree with a node for each row
//! instead of the list's entry, the place of each of their fields (file and cell), and the lists themselves for
//! `check`. An entry with the same `id:` adds its fields to the row.
//!
//! Deliberately absent: rules about people and addresses, and mappings of headings given with `--map` elsewhere: only
//! the conference file says what a list means.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::list::{Answers, Columns, Field, List, Mapping, answers, folded, holds_line};
use crate::diag::{Cell, Diagnostic, Place, Report, codes};
use crate::model::Category;
use crate::model::language::Language;
use crate::model::listed::{Channel, Listed};
use crate::model::numbers::GivenNumber;
use crate::model::people::{Format, PeopleList, Reply};
use crate::model::text::one_line;
use crate::yaml::{Key, Node, Reading, Value};

/// The most people of a list. Letters to longer lists are made with `convenor invite --list`.
const MAX_PEOPLE: usize = 5_000;

/// A list of people whose rows are invitees.
#[derive(Debug, Clone)]
pub struct InviteeList {
    /// The list, in memory.
    pub list: Arc<List>,
    /// The position of the invitee of its first row.
    pub first: usize,
    /// The category of people for whom neither their row nor their organisation names one.
    pub category: Option<Category>,
}

impl InviteeList {
    /// The place of a row, or of one cell of it.
    pub fn place(&self, sheet: usize, row: u32, column: Option<usize>) -> Place {
        let shown = self.list.cell(sheet, row, column);
        Place {
            cell: Some(Cell { sheet, row, column, shown, heading: None }),
            ..Place::file(self.list.path().display().to_string())
        }
    }
}

/// The lists found among the invitees.
#[derive(Debug, Default)]
pub struct Found {
    /// The lists.
    pub lists: Vec<InviteeList>,
    /// The hash of each list's bytes, for the fingerprint.
    pub hashes: Vec<String>,
}

/// The places of the fields of a row: the path below the invitee, with file and cell.
type Cells = Vec<(String, (String, Cell))>;

/// An entry of the invitees, once lists are expanded.
struct Entry {
    node: Node,
    /// The places of its fields, if it is a row.
    cells: Option<Cells>,
    /// The list that it is the first row of, by its position in [`Found::lists`].
    begins: Option<usize>,
}

/// Replaces every list by its rows.
pub fn expand(reading: &mut Reading<'_>, folder: Option<&Path>) -> Found {
    let mut found = Found::default();
    let organisations = organisations(reading.root);
    let Some(invitees) = invitees(reading.root) else { return found };
    if !invitees.iter().any(is_list) {
        return found;
    }
    let typed = std::mem::take(invitees);
    let mut entries: Vec<Entry> = Vec::new();
    let mut is_short = false;
    for node in typed {
        if !is_list(&node) {
            entries.push(Entry { node, cells: None, begins: None });
            continue;
        }
        let path = format!("invitees[{}]", entries.len());
        let Some(asked) = request(reading, &node, &path) else {
            is_short = true;
            continue;
        };
        match opened(&asked, folder) {
            Ok((list, hash)) => {
                found.hashes.push(hash);
                let held = InviteeList { list: Arc::new(list), first: 0, category: asked.category };
                rows(&held, &node.span, &organisations, found.lists.len(), &mut entries);
                found.lists.push(held);
            }
            Err(report) => {
                is_short = true;
                let place = Place { span: Some(node.span.clone()), ..Place::file(reading.file) };
                let place = Place { path: Some(path), ..place };
                reading.faults.extend(report.diagnostics.into_iter().map(|d| Diagnostic {
                    message: format!("the list `{}`: {}", asked.list, d.message),
                    place: place.clone(),
                    ..d
                }));
            }
        }
    }
    join(&mut entries, is_short, reading);
    for (i, entry) in entries.iter().enumerate() {
        if let Some(list) = entry.begins {
            found.lists[list].first = i;
        }
        let cells = entry.cells.iter().flatten();
        reading.cells.extend(cells.map(|(below, place)| (format!("invitees[{i}]{below}"), place.clone())));
    }
    if let Some(invitees) = self::invitees(reading.root) {
        *invitees = entries.into_iter().map(|entry| entry.node).collect();
    }
    found
}

/// The files that a conference file names as lists of its invitees, as far as it can be read.
pub fn files(root: Option<Node>, folder: &Path) -> Vec<std::path::PathBuf> {
    let Some(mut root) = root else { return Vec::new() };
    let all = invitees(&mut root).into_iter().flatten();
    let named = all.filter(|node| is_list(node)).filter_map(|node| match &node.value {
        Value::Map(_) => scalar(field(node, "list")?).map(|name| folder.join(name)),
        _ => scalar(node).map(|name| folder.join(name)),
    });
    named.collect()
}

/// The rows of a list as entries of a conference file, each with the number of its person in the list. `organisations` has the
/// ids of the conference's organisations by folded id and name.
pub fn entries(held: &InviteeList, organisations: &BTreeMap<String, String>) -> Vec<(u32, Node)> {
    let mut entries = Vec::new();
    rows(held, &(0..0), organisations, 0, &mut entries);
    (1..).zip(entries.into_iter().map(|entry| entry.node)).collect()
}

fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Value::Map(map) = &node.value else { return None };
    map.iter().find(|(key, _)| key.text == name).map(|(_, node)| node)
}

fn scalar(node: &Node) -> Option<String> {
    let Value::Scalar { text, .. } = &node.value else { return None };
    (!node.is_null()).then(|| one_line(text))
}

fn invitees(root: &mut Node) -> Option<&mut Vec<Node>> {
    let Value::Map(map) = &mut root.value else { return None };
    let (_, node) = map.iter_mut().find(|(key, _)| key.text == "invitees")?;
    let Value::List(list) = &mut node.value else { return None };
    Some(list)
}

/// Whether an entry is a list of people: the name of a file, or a map that names one.
fn is_list(node: &Node) -> bool {
    match &node.value {
        Value::Scalar { .. } => !node.is_null(),
        Value::Map(_) => field(node, "list").is_some() && field(node, "person").is_none(),
        Value::List(_) => false,
    }
}

/// The ids of the conference's organisations by folded id and name.
fn organisations(root: &Node) -> BTreeMap<String, String> {
    let mut ids = BTreeMap::new();
    let Some(Value::Map(map)) = field(root, "organisations").map(|node| &node.value) else { return ids };
    for (key, node) in map {
        for name in [field(node, "name").and_then(scalar), Some(key.text.clone())].into_iter().flatten() {
            ids.insert(folded(&name), key.text.clone());
        }
    }
    ids
}

fn request(reading: &mut Reading<'_>, node: &Node, path: &str) -> Option<PeopleList> {
    if let Some(list) = scalar(node) {
        return Some(PeopleList { list, map: BTreeMap::new(), sheet: None, category: None });
    }
    let before = reading.faults.len();
    let asked = reading.part::<PeopleList>(node, path);
    asked.filter(|_| reading.faults.len() == before)
}

/// The list with all its rows in memory, and the hash of its file.
fn opened(asked: &PeopleList, folder: Option<&Path>) -> Result<(List, String), Report> {
    let Some(folder) = folder else {
        let error = Diagnostic::error(codes::UNREADABLE, "there is no folder to look for it in");
        return Err(error.hint("write the people in the conference file instead").into());
    };
    let path = folder.join(&asked.list);
    // A pipe or a device would never end.
    if let Ok(metadata) = std::fs::metadata(&path)
        && !metadata.is_file()
    {
        let error = Diagnostic::error(codes::UNREADABLE, "this is not a file");
        return Err(error.hint("name a CSV, XLSX or ODS file").into());
    }
    let mut mapping = Mapping::of_invitees();
    for (heading, field) in &asked.map {
        mapping.set(heading, field, &Place::default())?;
    }
    let before = hash_of(&path);
    let list = List::open(&path, &mapping, asked.sheet.as_deref())?.held(MAX_PEOPLE)?;
    for heading in asked.map.keys() {
        list.ensure_heading(heading)?;
    }
    let (mut people, hash) = (0, hash_of(&path));
    list.each(&mut |_, _, _| {
        people += 1;
        people <= MAX_PEOPLE
    })?;
    if people > MAX_PEOPLE {
        let error = Diagnostic::error(codes::OVER_BUDGET, format!("it has more than {MAX_PEOPLE} people"));
        return Err(error.hint("make letters to this many with `convenor invite --list`").into());
    }
    let changed = || {
        let error = Diagnostic::error(codes::LIST_CHANGED, "it was changed while it was read");
        Report::of(error.hint("save it, close it, and run the same command again"))
    };
    hash.filter(|hash| before.as_ref() == Some(hash)).map(|hash| (list, hash)).ok_or_else(changed)
}

fn hash_of(path: &Path) -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(path).ok()?).ok()?;
    Some(hasher.finalize().to_hex().to_string())
}

fn rows(
    held: &InviteeList,
    span: &Range<usize>,
    organisations: &BTreeMap<String, String>,
    number: usize,
    entries: &mut Vec<Entry>,
) {
    let mut begins = Some(number);
    // It is in memory, and has been read to the end before.
    let _ = held.list.each(&mut |listed, _, cells| {
        let columns = held.list.sheets[listed.sheet].columns.as_ref().expect("only a sheet with columns has rows");
        let (answers, _) = answers(columns, cells);
        let row = Row { listed: &listed, columns, cells, held, span, fields: Vec::new(), places: Vec::new() };
        let (node, places) = row.node(organisations.get(&folded(&listed.organisation)), &answers);
        entries.push(Entry { node, cells: Some(places), begins: begins.take() });
        true
    });
}

/// A row that becomes an invitee.
struct Row<'r> {
    listed: &'r Listed,
    columns: &'r Columns,
    cells: &'r [String],
    held: &'r InviteeList,
    span: &'r Range<usize>,
    fields: Vec<(Key, Node)>,
    places: Cells,
}

impl Row<'_> {
    fn node(mut self, organisation: Option<&String>, answers: &Answers) -> (Node, Cells) {
        let listed = self.listed;
        self.place("", &[]);
        self.person();
        self.text("id", &listed.reference, Field::Reference);
        self.text("organisation", organisation.map_or("", String::as_str), Field::Organisation);
        let category = listed.category.or(self.held.category.filter(|_| organisation.is_none()));
        self.text("category", category.map_or("", Category::id), Field::Category);
        self.address();
        self.text("reply", answers.reply.map_or("", Reply::id), Field::Reply);
        self.flag("attended", answers.attended, Field::Attended);
        self.shared("bring", &listed.bring, Field::Bring);
        self.shared("access", &listed.access, Field::Access);
        self.shared("note", &Listed::escaped(&listed.note), Field::Note);
        let format = if listed.format == Format::default() { String::new() } else { listed.format.to_string() };
        self.text("format", &format, Field::Format);
        self.text("reads", listed.reads.map_or("", Language::tag), Field::Reads);
        self.text("language", &listed.language, Field::Language);
        if let Some(signed) = answers.undertaking {
            let inner = self.leaf(".undertaking.signed", &signed.to_string(), Field::Undertaking);
            self.group("undertaking", vec![("signed", inner)], &[Field::Undertaking]);
        }
        let number = answers.number.map(|number| match number {
            GivenNumber::Is(number) => number.to_string(),
            GivenNumber::New => "new".to_owned(),
        });
        self.text("number", &number.unwrap_or_default(), Field::LetterNumber);
        let channel = if listed.channel == Channel::default() { "" } else { listed.channel.id() };
        self.text("channel", channel, Field::Channel);
        self.flag("email_consent", listed.consent.then_some(true), Field::Consent);
        self.text("postage", listed.postage.map_or("", |postage| postage.id()), Field::Postage);
        let node = Node { span: self.span.clone(), value: Value::Map(self.fields) };
        (node, self.places)
    }

    fn person(&mut self) {
        let listed = self.listed;
        let names = [Field::Name, Field::LastName, Field::FirstName];
        // A missing name is reported with its row. A placeholder lets the rest be read.
        let name = if listed.name.is_empty() { "?" } else { &listed.name };
        let mut inner = vec![("name", self.leaf_of(".person.name", name, &names))];
        for (field, text, of) in [
            ("salutation", &listed.salutation, Field::Salutation),
            ("role", &listed.role, Field::Role),
            ("email", &listed.email, Field::Email),
            ("phone", &listed.phone, Field::Phone),
        ] {
            if !text.is_empty() {
                inner.push((field, self.leaf(&format!(".person.{field}"), text, of)));
            }
        }
        self.group("person", inner, &names);
    }

    fn address(&mut self) {
        let fields = [Field::Address, Field::Line(1), Field::Street, Field::House, Field::Line(2), Field::Postcode];
        let lines = &self.listed.address;
        let mut list = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            let of_address = |f: &Field| f.is_of_address() || *f == Field::Organisation;
            let holds = |c: usize| self.cells.get(c).is_some_and(|cell| holds_line(cell, line));
            let found =
                self.columns.all.iter().enumerate().find_map(|(c, (_, f))| f.filter(|f| of_address(f) && holds(c)));
            let postcode = (i + 1 == lines.len()).then_some(Field::Postcode);
            let origin: Vec<Field> = found.into_iter().chain(postcode).chain(fields).collect();
            list.push(self.leaf_of(&format!(".address[{i}]"), line, &origin));
        }
        self.place(".address", &fields);
        self.push("address", Value::List(list));
    }

    /// Adds a text of the row about its person, which they may read.
    fn shared(&mut self, field: &str, text: &str, of: Field) {
        if !text.is_empty() {
            let inner = self.leaf(&format!(".{field}.text"), text, of);
            let share = self.leaf(&format!(".{field}.share"), "community", of);
            self.group(field, vec![("text", inner), ("share", share)], &[of]);
        }
    }

    fn group(&mut self, field: &str, inner: Vec<(&str, Node)>, of: &[Field]) {
        self.place(&format!(".{field}"), of);
        let inner = inner.into_iter().map(|(name, node)| (self.key(name), node)).collect();
        self.push(field, Value::Map(inner));
    }

    fn text(&mut self, field: &str, text: &str, of: Field) {
        if !text.is_empty() {
            let node = self.leaf(&format!(".{field}"), text, of);
            self.push(field, node.value);
        }
    }

    fn flag(&mut self, field: &str, flag: Option<bool>, of: Field) {
        let word = flag.map(|flag| if flag { "true" } else { "false" });
        self.text(field, word.unwrap_or_default(), of);
    }

    fn push(&mut self, field: &str, value: Value) {
        let key = self.key(field);
        self.fields.push((key, Node { span: self.span.clone(), value }));
    }

    fn key(&self, name: &str) -> Key {
        Key { text: name.to_owned(), span: self.span.clone() }
    }

    fn leaf(&mut self, below: &str, text: &str, of: Field) -> Node {
        self.leaf_of(below, text, &[of])
    }

    fn leaf_of(&mut self, below: &str, text: &str, of: &[Field]) -> Node {
        self.place(below, of);
        Node { span: self.span.clone(), value: Value::Scalar { text: text.to_owned(), quoted: true } }
    }

    /// Records that a field is in the column of the first of these that the sheet has.
    fn place(&mut self, below: &str, of: &[Field]) {
        let column = of.iter().find_map(|field| self.columns.of(*field));
        let place = self.held.place(self.listed.sheet, self.listed.row, column);
        let (file, cell) = (place.file.unwrap_or_default(), place.cell.expect("a row has a place"));
        self.places.push((below.to_owned(), (file, cell)));
    }
}

/// Adds the further fields of an entry with the same id to each row, and reports where the two differ. `is_short` says
/// that a list could not be read.
fn join(entries: &mut Vec<Entry>, is_short: bool, reading: &mut Reading<'_>) {
    let id = |entry: &Entry| field(&entry.node, "id").and_then(scalar);
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    for (i, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.cells.is_some()) {
        if let Some(id) = id(entry) {
            rows.entry(id).or_insert(i);
        }
    }
    let mut gone = Vec::new();
    for i in 0..entries.len() {
        let Some(id) = id(&entries[i]).filter(|_| entries[i].cells.is_none()) else { continue };
        let besides = entries[i].node.clone();
        let Some(row) = rows.get(&id).copied() else {
            if field(&besides, "person").is_none() {
                // If a list could not be read, that is reported, and its people are unknown.
                reading.faults.extend((!is_short).then(|| nobody(&besides, &id, &rows, reading.file, i)));
                gone.push(i);
            }
            continue;
        };
        let mut differing = Vec::new();
        add(&mut entries[row].node, &besides, &format!("invitees[{i}]"), &mut differing);
        for (path, span) in differing {
            let name = path.rsplit('.').next().unwrap_or_default();
            let place = place_of(&entries[row], name);
            let message = format!("`{name}` differs from {place}");
            let at = Place { path: Some(path.clone()), span: Some(span), ..Place::file(reading.file) };
            let error = Diagnostic::error(codes::ROW_DIFFERS, message).place(at);
            reading.faults.push(error.hint("correct one of the two, or leave one out"));
        }
        gone.push(i);
    }
    for i in gone.into_iter().rev() {
        entries.remove(i);
    }
}

/// The cell of a field of a row, for people.
fn place_of(row: &Entry, name: &str) -> String {
    let cells = || row.cells.iter().flatten();
    let of_field = cells().find(|(below, _)| below.rsplit('.').next() == Some(name));
    let (_, (file, cell)) = of_field.or_else(|| cells().next()).expect("a row has a place");
    let name = Path::new(file).file_name().map_or(file.clone(), |name| name.to_string_lossy().into_owned());
    format!("{name}, {}", cell.shown)
}

fn nobody(node: &Node, id: &str, rows: &BTreeMap<String, usize>, file: &str, i: usize) -> Diagnostic {
    let span = field(node, "id").map(|id| id.span.clone());
    let place = Place { path: Some(format!("invitees[{i}].id")), span, ..Place::file(file) };
    let error = Diagnostic::error(codes::UNKNOWN_PERSON, format!("nobody in a list has the id `{id}`")).place(place);
    let error = error.suggest(id, rows.keys().map(String::as_str));
    if error.hint.is_some() { error } else { error.hint("write their id in the list, or add `person:` here") }
}

/// Adds the fields of one map that another lacks, and collects those that differ.
fn add(row: &mut Node, besides: &Node, path: &str, differing: &mut Vec<(String, Range<usize>)>) {
    let Value::Map(more) = &besides.value else { return };
    for (key, node) in more {
        let path = format!("{path}.{}", key.text);
        let Value::Map(fields) = &mut row.value else { return };
        match fields.iter_mut().find(|(known, _)| known.text == key.text) {
            None => fields.push((key.clone(), node.clone())),
            Some((_, known)) if matches!((&known.value, &node.value), (Value::Map(_), Value::Map(_))) => {
                add(known, node, &path, differing);
            }
            Some((_, known)) if is_same(known, node) => {}
            Some(_) => differing.push((path, node.span.clone())),
        }
    }
}

/// Whether two values mean the same.
fn is_same(one: &Node, other: &Node) -> bool {
    let meant = |text: &str| match text {
        "yes" | "Yes" | "YES" | "True" | "TRUE" => "true".to_owned(),
        "no" | "No" | "NO" | "False" | "FALSE" => "false".to_owned(),
        text => one_line(text),
    };
    match (&one.value, &other.value) {
        (Value::Scalar { text: one, .. }, Value::Scalar { text: other, .. }) => meant(one) == meant(other),
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        // A text that can be marked may also be written alone.
        (Value::Map(_), Value::Scalar { .. }) => field(one, "text").is_some_and(|text| is_same(text, other)),
        _ => false,
    }
}
