//! A conference made from the schema: a canary in every text, chance in everything else.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde_json::{Map, Value, json};

/// Decides what is there and what it is. The same seed decides the same.
pub struct Chance {
    state: u64,
    /// What is decided, in a conference where everything is there.
    everything: Option<Everything>,
}

/// A conference where everything is there.
#[derive(Clone, Copy)]
pub struct Everything {
    /// The mark of everything. `None` if each text has a mark by chance, or none.
    mark: Option<&'static str>,
    /// The kind of its context, and of itself.
    kinds: (&'static str, &'static str),
    /// The categories of the organisations that are no agency.
    categories: [&'static str; 4],
}

/// A station, reviewed with everybody who is there every day.
pub const STATION: Everything = Everything {
    mark: None,
    kinds: ("transport", "review"),
    categories: ["business", "residents", "youth-representative", "guardian"],
};

/// A group of friends, at its last conference: nobody but professionals may read of it.
pub const FRIENDS: Everything = Everything {
    mark: None,
    kinds: ("peer-group", "closing"),
    categories: ["professional", "statutory", "school", "professional"],
};

impl Chance {
    pub fn of(seed: u64) -> Self {
        Self { state: seed ^ 0x9E37_79B9_7F4A_7C15, everything: None }
    }

    /// Everything is there, and marked so.
    pub fn everything(mark: &'static str) -> Self {
        let categories = ["business", "residents", "youth-representative", "other"];
        let everything = Everything { mark: Some(mark), kinds: ("place", "initial"), categories };
        Self { state: 1, everything: Some(everything) }
    }

    /// Everything is there, with marks by chance.
    pub fn filled(everything: Everything) -> Self {
        Self { state: 1, everything: Some(everything) }
    }

    fn mark(&self) -> Option<&'static str> {
        self.everything.and_then(|everything| everything.mark)
    }

    /// A number below `n`. (xorshift64*, Vigna 2016.)
    fn below(&mut self, n: usize) -> usize {
        self.state |= u64::from(self.state == 0);
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        (self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n
    }

    fn often(&mut self) -> bool {
        self.everything.is_some() || self.below(4) > 0
    }

    fn of_list<'l>(&mut self, list: &'l [&'l str]) -> &'l str {
        list[self.below(list.len())]
    }
}

/// Field paths, each with its canary.
pub type Canaries = BTreeMap<String, String>;

const ORGANISATIONS: [&str; 7] = ["o0", "o1", "o2", "o3", "o4", "o5", "o6"];
const PAPERS: [&str; 6] = ["annex", "child-note", "invitation", "minutes", "summary", "terms"];
const PEOPLE: [&str; 5] = ["p0", "p1", "p2", "p3", "p.4"];

/// The schema of a conference file.
pub fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| schemars::schema_for!(convenor::model::Conference).to_value())
}

/// A conference that passes the check, and its canaries.
pub fn generate(chance: &mut Chance) -> (Value, Canaries) {
    let schema = schema();
    let mut maker = Maker { root: schema, chance, canaries: Canaries::new(), next: 0 };
    let mut conference = maker.value(schema, "");
    let canaries = maker.canaries;
    mend(&mut conference, chance);
    let there = canaries.into_iter().filter(|(path, canary)| holds(&conference, path, canary)).collect();
    (conference, there)
}

/// The first position in a path.
fn position(path: &str) -> usize {
    let inside = path.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    inside.and_then(|(number, _)| number.parse().ok()).unwrap_or_default()
}

/// Whether mending has left the canary where it was.
fn holds(conference: &Value, path: &str, canary: &str) -> bool {
    let mut pointer = String::new();
    for part in path.replace('[', "/").replace(']', "").replace("p.4", "p~4").split(['.', '/']) {
        pointer.push('/');
        pointer.push_str(&part.replace("p~4", "p.4"));
    }
    conference.pointer(&pointer).and_then(Value::as_str).is_some_and(|text| text.to_lowercase().contains(canary))
}

/// Every canary in a text: `zq`, four digits and two letters.
pub fn canaries_in(text: &str) -> std::collections::BTreeSet<String> {
    text.match_indices("zq").filter_map(|(at, _)| text.get(at..at + 8)).map(str::to_owned).collect()
}

/// A path without positions and ids; the `text` of a marked text stands for the text.
pub fn pattern(path: &str) -> String {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, String>> = RefCell::default();
    }
    // The same paths come again in thousands of conferences.
    KNOWN.with_borrow_mut(|known| match known.get(path) {
        Some(pattern) => pattern.clone(),
        None => known.entry(path.to_owned()).or_insert_with(|| without_positions(path)).clone(),
    })
}

fn without_positions(path: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in path.chars() {
        inside = if c == '[' {
            true
        } else if c == ']' {
            false
        } else {
            inside
        };
        if !inside || c == '[' {
            out.push(c);
        }
    }
    for id in ORGANISATIONS.iter().chain(&PEOPLE).chain(&PAPERS) {
        out = out
            .replace(&format!("organisations.{id}."), "organisations.*.")
            .replace(&format!("people.{id}."), "people.*.")
            .replace(&format!("papers.{id}."), "papers.*.");
    }
    if out.starts_with("done.") { "done.*".to_owned() } else { out }
}

struct Maker<'s, 'c> {
    root: &'s Value,
    chance: &'c mut Chance,
    canaries: Canaries,
    next: usize,
}

impl Maker<'_, '_> {
    fn value(&mut self, schema: &Value, path: &str) -> Value {
        if let Some(special) = self.special(path) {
            return special;
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let target =
                self.root.pointer(reference.trim_start_matches('#')).expect("the schema refers to itself").clone();
            return self.value(&target, path);
        }
        if let Some(words) = schema["oneOf"].as_array().or(schema["enum"].as_array()) {
            let word = |w: &Value| w["const"].as_str().or(w.as_str()).map(str::to_owned);
            let words: Vec<String> = words.iter().filter_map(word).collect();
            if !words.is_empty() {
                return self.word(&words, path);
            }
        }
        if let Some(several) = schema["anyOf"].as_array() {
            let real: Vec<&Value> = several.iter().filter(|s| s["type"] != "null").collect();
            // Of a marked text and a plain one, everything is marked, so that all of it can be public.
            let pick = if self.chance.mark().is_some() { real.len() - 1 } else { self.chance.below(real.len()) };
            let pick = real[pick].clone();
            return self.value(&pick, path);
        }
        let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object");
        match kind {
            "object" => self.object(schema, path),
            "array" => {
                let most = 1 + self.chance.below(3);
                Value::Array((0..most).map(|i| self.value(&schema["items"], &format!("{path}[{i}]"))).collect())
            }
            "string" => self.canary(path),
            "boolean" => json!(true),
            "integer" => json!(schema["minimum"].as_u64().unwrap_or(1)),
            other => panic!("{path} is {other}"),
        }
    }

    fn word(&mut self, words: &[String], path: &str) -> Value {
        if let Some(mark) = self.chance.mark().filter(|_| path.ends_with("share")) {
            return json!(mark);
        }
        json!(words[self.chance.below(words.len())])
    }

    fn object(&mut self, schema: &Value, path: &str) -> Value {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut object = Map::new();
        let properties = schema["properties"].as_object().cloned().unwrap_or_default();
        for (name, field) in &properties {
            // A part of the council is made no agreement with: one of them is enough.
            if name == "part_of" && !path.ends_with(".o5") {
                continue;
            }
            if required.contains(&name.as_str()) || NEEDED.contains(&name.as_str()) || self.chance.often() {
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                object.insert(name.clone(), self.value(field, &inner));
            }
        }
        Value::Object(object)
    }

    /// A word that stands nowhere else, in whatever form the field asks for.
    fn canary(&mut self, path: &str) -> Value {
        self.next += 1;
        let canary = format!("zq{:04}{}", self.next, ["xu", "vo", "ke"][self.next % 3]);
        let pattern = pattern(path);
        if pattern == "invitees[].person" {
            return json!(self.chance.of_list(&PEOPLE));
        }
        let text = match pattern.as_str() {
            p if p.ends_with("email") => format!("{canary}@council.example"),
            "meeting.online" => format!("https://meet.example/{canary}"),
            "protected_names[]" => format!("Given {canary}"),
            _ => canary.clone(),
        };
        self.canaries.insert(path.to_owned(), canary);
        Value::String(text)
    }

    /// What is not text: ids, dates, numbers, and whatever has a form of its own.
    fn special(&mut self, path: &str) -> Option<Value> {
        let pattern = pattern(path);
        let day = |text: &str| Some(json!(text));
        Some(match pattern.as_str() {
            "reference" => json!("CAN-1"),
            "version" | "agenda[].minutes" => json!(1),
            "issued" => return day("2026-11-02"),
            // The latter tell of the meeting, and it may have been.
            "papers.*.issued" if ["papers.invitation.", "papers.terms."].iter().any(|p| path.starts_with(p)) => {
                return day("2026-11-05");
            }
            "papers.*.issued" => return day("2026-12-01"),
            "papers.*.version" => json!(2 + self.chance.below(3)),
            "assessment.completed" | "context.period.from" => return day("2026-10-01"),
            "context.period.to" => return day("2026-10-20"),
            "meeting.date" => return day("2026-11-24"),
            "meeting.reply_by" => return day("2026-11-17"),
            "meeting.start" => json!("09:00"),
            "meeting.end" => json!("17:00"),
            "goals[].actions[].due" if path.ends_with("actions[2].due") => json!("ongoing"),
            "review.date" | "goals[].actions[].due" => return day("2027-02-24"),
            "minutes.approved" | "minutes.corrections[].on" => return day("2026-12-01"),
            "previous.date" => return day("2026-06-01"),
            "previous.reference" => json!("CAN-0"),
            "meeting.changes[].on" => return day("2026-11-06"),
            // No two changes say that the same was so before them.
            "meeting.changes[].was.date" => return day(&format!("2026-11-2{}", position(path))),
            "meeting.changes[].was.start" => json!(format!("08:0{}", position(path))),
            "meeting.changes[].was.end" => json!(format!("16:0{}", position(path))),
            "meeting.changes[].was.venue.postcode" => json!("E20 9AA"),
            "organisations.*.report.asked" => return day("2026-11-03"),
            "organisations.*.report.received" => return day("2026-11-18"),
            // In the order of their days.
            "goals[].readings[].on" | "goals[].actions[].history[].on" => {
                let n = path.rsplit_once(']').and_then(|(before, _)| before.rsplit_once('[')).expect("a position").1;
                json!(format!("2026-12-0{}", n.parse::<usize>().expect("a number") + 1))
            }
            "goals[].actions[].history[].was_due" => return day("2026-12-20"),
            "goals[].actions[].history[].was_owner" => json!("o0"),
            // Put in by hand: see `mend`.
            "goals[].actions[].history[].was_with" => json!([]),
            "goals[].actions[].with[]" => json!(self.chance.of_list(&ORGANISATIONS)),
            "review.start" => json!("10:00"),
            "invitees[].arrived" => json!("09:00"),
            // At the end, or the oracle would have to know when each point was.
            "invitees[].left" => json!("17:00"),
            "organisations.*.agreement.signed" => json!(self.chance.of_list(&["2024-01-01", "2026-05-01"])),
            "organisations.*.agreement.review" => return day("2027-05-01"),
            "invitees[].withdrawn.on" => return day("2026-11-15"),
            "invitees[].exclusion.on" => return day("2026-11-18"),
            "invitees[].reply_by" => return day("2026-11-20"),
            // As everybody, or the oracle would have to know who had signed by the day of each letter.
            "invitees[].invited_on" => return day("2026-10-01"),
            "invitees[].replied_on" => return day("2026-11-12"),
            "sharing[].on" => return day("2026-12-02"),
            "invitees[].undertaking.signed" => return day("2026-11-10"),
            "meeting.venue.postcode" => json!("E20 9AA"),
            "meeting.chair" | "meeting.co_chair" | "meeting.minute_taker" | "assessment.author" | "prepared_by" => {
                json!(self.chance.of_list(&PEOPLE))
            }
            "context.owner"
            | "people.*.organisation"
            | "invitees[].organisation"
            | "invitees[].person.organisation" => json!(self.chance.of_list(&ORGANISATIONS)),
            p if p.ends_with("[].by") || p.ends_with("[].to") || p.ends_with(".owner") => {
                json!(self.chance.of_list(&ORGANISATIONS))
            }
            "decisions[].option" => json!(self.chance.of_list(&["plan-agreed", "escalate", "close"])),
            "goals[].id" | "goals[].actions[].id" => json!(format!("id-{}", path.replace(['[', ']', '.'], "-"))),
            p if p.ends_with(".number") => json!("new"),
            "items[].agenda" | "minutes.corrections[].agenda" => json!(1 + self.chance.below(16)),
            // Where everything is there, papers are compared with those in English.
            "invitees[].reads" if self.chance.everything.is_some() => json!("en"),
            // As their print size goes: see `invitee`.
            "invitees[].print_copies" => json!([]),
            "invitees[].reads" => json!(["en", "cy", "pl"][self.next % 3]),
            // Not by chance, or all that comes after it would be another.
            "decisions[].agenda" => json!(1 + self.next % 16),
            "people" => self.map(&PEOPLE, "Person", "people"),
            "papers" => self.map(&PAPERS, "OwnEdition", "papers"),
            "done" => json!({ "agency-checks": "2026-11-10", "implementation-group": "2026-12-04" }),
            "organisations" => self.map(&ORGANISATIONS, "Organisation", "organisations"),
            "invitees" => {
                let is_filled = self.chance.everything.is_some() && self.chance.mark().is_none();
                let more = if is_filled { 3 } else { self.chance.below(4) };
                Value::Array((0..6 + more).map(|i| self.invitee(i)).collect())
            }
            "agenda" => self.agenda(),
            "allow" | "to_fill_in" => json!([]),
            _ => return None,
        })
    }

    fn map(&mut self, ids: &[&str], kind: &str, path: &str) -> Value {
        let schema = self.root["$defs"][kind].clone();
        Value::Object(ids.iter().map(|id| ((*id).to_owned(), self.object(&schema, &format!("{path}.{id}")))).collect())
    }

    fn agenda(&mut self) -> Value {
        let schema = self.root["$defs"]["AgendaPoint"].clone();
        Value::Array((0..16).map(|i| self.object(&schema, &format!("agenda[{i}]"))).collect())
    }

    fn invitee(&mut self, i: usize) -> Value {
        let schema = self.root["$defs"]["Invitee"].clone();
        let mut invitee = self.object(&schema, &format!("invitees[{i}]"));
        let path = format!("invitees[{i}].address");
        let lines = ["[0]", "[1]", "[2]"].map(|n| self.canary(&format!("{path}{n}")));
        invitee["address"] = json!([lines[0], lines[1], lines[2], "E20 9AA"]);
        // A copy is in a size that is given.
        if invitee["print_copies"].is_array() && invitee["format"] == "large-print" {
            invitee["print_copies"] = json!(["minutes", "summary"]);
        }
        invitee
    }
}

/// Optional fields that the check asks for.
const NEEDED: [&str; 17] = [
    "postcode",
    "was_owner",
    "assessment",
    "reference",
    "completed",
    "date",
    "version",
    "chair",
    "minute_taker",
    "measure",
    "owner",
    "due",
    "role",
    "organisation",
    "people",
    "organisations",
    "invitees",
];

/// What the schema cannot say: a quorum, nobody invited twice, nobody asked for a point that they may not hear.
fn mend(conference: &mut Value, chance: &mut Chance) {
    let everything = chance.everything.is_some();
    if let Some(Everything { kinds: (context, kind), .. }) = chance.everything {
        conference["context"]["kind"] = json!(context);
        conference["kind"] = json!(kind);
    }
    if !conference["minutes"].is_object() {
        conference["minutes"] = json!({});
    }
    conference["minutes"]["status"] = json!("draft");
    let minutes = conference["minutes"].as_object_mut().expect("a map");
    minutes.remove("approved");
    let mut corrections = minutes.remove("corrections").unwrap_or(json!([]));
    // Nothing else is made of a meeting that is cancelled.
    conference["meeting"].as_object_mut().expect("a map").remove("cancelled");
    for (id, (category, quorum)) in
        ["o0", "o1", "o2"].iter().zip([("statutory", "social-care"), ("statutory", "agency"), ("school", "agency")])
    {
        conference["organisations"][*id]["category"] = json!(category);
        conference["organisations"][*id]["quorum"] = json!(quorum);
    }
    if let Some(Everything { categories, .. }) = chance.everything {
        for (id, category) in ["o3", "o4", "o5", "o6"].iter().zip(categories) {
            conference["organisations"][*id]["category"] = json!(category);
        }
    }
    // Whoever has sent a report is not asked for one, and somebody is.
    let organisations = conference["organisations"].as_object_mut().into_iter().flatten().filter(|(id, _)| *id != "o0");
    for report in organisations.filter_map(|(_, one)| one.get_mut("report")?.as_object_mut()) {
        report.remove("received");
    }
    // Who sees to an action is not told beside whoever had it before: one action is handed on to whom it was, no other is.
    for (g, goal) in conference.get_mut("goals").and_then(Value::as_array_mut).into_iter().flatten().enumerate() {
        for (a, action) in goal.get_mut("actions").and_then(Value::as_array_mut).into_iter().flatten().enumerate() {
            let (owner, with) = (action["owner"].clone(), action["with"].clone());
            let history = action.get_mut("history").and_then(Value::as_array_mut).into_iter().flatten();
            for news in history.filter_map(Value::as_object_mut) {
                news.remove("was_owner");
                // Nor who helped before: they are named as those who help now.
                news.remove("was_with");
                if (g, a) == (0, 0) && with.as_array().is_some_and(|with| !with.is_empty()) {
                    news.insert("was_with".to_owned(), with.clone());
                }
                news.extend(
                    Some(owner.clone()).filter(|_| (g, a) == (0, 0)).map(|owner| ("was_owner".to_owned(), owner)),
                );
            }
        }
    }
    // The base's own agendas, where the conference has none.
    let usual = [("initial", 16), ("review", 14), ("closing", 10)];
    let usual = usual.into_iter().find(|(kind, _)| conference["kind"] == *kind).map_or(16, |(_, points)| points);
    let points = conference["agenda"].as_array().map_or(usual, Vec::len);
    let there = |said: &mut Value| {
        // A decision need not name its point.
        if let Some(point) = said["agenda"].as_u64() {
            said["agenda"] = json!((point as usize - 1) % points + 1);
        }
    };
    for list in ["items", "decisions"] {
        conference.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten().for_each(there);
    }
    corrections.as_array_mut().into_iter().flatten().for_each(there);
    conference["minutes"]["corrections"] = corrections;
    let mut used = Vec::new();
    let invitees = conference["invitees"].as_array_mut().expect("somebody is invited");
    let first = invitees[0]["id"].as_str().map(str::to_owned);
    for (i, invitee) in invitees.iter_mut().enumerate() {
        let fields = invitee.as_object_mut().expect("a map");
        if let Some(id) = fields["person"].as_str().map(str::to_owned) {
            if used.contains(&id) {
                fields.insert("person".into(), json!({ "name": format!("Somebody Else{i}") }));
            }
            used.push(id);
        }
        fields.remove("items");
        fields.remove("excluded");
        // One is enough to see that the reason reaches nobody; the others get their papers.
        if i != 6 {
            fields.remove("withdrawn");
        }
        // Whoever comes instead is somebody of the list.
        if let Some(withdrawn) = fields.get_mut("withdrawn").and_then(Value::as_object_mut) {
            withdrawn.remove("replaced_by");
            withdrawn.extend(first.clone().map(|id| ("replaced_by".to_owned(), json!(id))));
        }
        if !everything && chance.below(3) == 0 {
            let excluded: Vec<usize> = (0..1 + chance.below(3)).map(|_| 1 + chance.below(points)).collect();
            // Everybody may hear the first five. Some are not asked to come for all that they may hear.
            let asked: Vec<usize> = (1..=5).filter(|n| chance.below(2) == 0 && !excluded.contains(n)).collect();
            if !asked.is_empty() && chance.below(2) == 0 {
                fields.insert("items".into(), json!(asked));
            }
            if chance.below(3) > 0 {
                fields.insert("excluded".into(), json!(excluded));
            }
        }
        if i < 3 {
            fields.insert("organisation".into(), json!(ORGANISATIONS[i]));
            fields.insert("attended".into(), json!(true));
            fields.remove("observer");
            fields.remove("category");
        }
        if everything {
            fields.insert("organisation".into(), json!(ORGANISATIONS[i % ORGANISATIONS.len()]));
            fields.remove("category");
            if i == 7 {
                // That of their organisation.
                fields.insert("category".into(), json!("statutory"));
            }
            fields.insert("reply".into(), json!(["accepted", "apologies"][i % 2]));
        }
        // A decision keeps somebody out of something.
        if !fields.contains_key("excluded") {
            fields.remove("exclusion");
        }
    }
    // A point that nobody may hear has nothing to say; one that everybody may hear keeps every invitee a point.
    if let Some(agenda) = conference.get_mut("agenda").and_then(Value::as_array_mut) {
        for (i, point) in agenda.iter_mut().enumerate() {
            if i < 5 {
                point["share"] = json!("public");
            }
        }
    }
}
