//! Who may read what, decided from the data alone.

use serde_json::Value;

use super::conference::pattern;

/// Who reads a file, as the register names them.
#[derive(Debug)]
pub struct Reader {
    /// 0 public, 1 community, 2 professional, 3 restricted.
    rank: usize,
    who: Who,
}

#[derive(Debug, PartialEq)]
enum Who {
    Everybody,
    Invitee(usize),
    Part(usize),
    Organisation(String),
    Owner(String),
    Child(usize),
}

impl Reader {
    pub fn of(entry: &Value, data: &Value) -> Self {
        let number = |text: &str| text.parse::<usize>().expect("a number") - 1;
        let who = match entry["reference"].as_str().expect("a reference").split_once('/').map(|(_, tail)| tail) {
            None => Who::Everybody,
            Some(tail) if tail.starts_with('P') => Who::Part(number(&tail[1..])),
            Some(tail) if tail.starts_with('N') => Who::Child(number(&tail[1..])),
            Some(tail) if tail.starts_with(['A', 'O']) => {
                let organisations = data["organisations"].as_object().expect("a map");
                let named = |o: &Value| o["name"] == entry["recipients"][0];
                let id = organisations.iter().find(|(_, o)| named(o)).expect("it takes part").0.clone();
                if tail.starts_with('A') { Who::Organisation(id) } else { Who::Owner(id) }
            }
            Some(tail) => Who::Invitee(number(tail)),
        };
        Self { rank: rank(entry["audience"].as_str().expect("an audience")), who }
    }

    /// An invitee, by their position.
    pub fn invitee(audience: &str, n: usize) -> Self {
        Self { rank: rank(audience), who: Who::Invitee(n) }
    }

    /// Whether it is one person or organisation, in a paper of their own.
    pub fn has_a_paper_of_their_own(&self) -> bool {
        matches!(self.who, Who::Invitee(_) | Who::Owner(_))
    }

    /// Any professional.
    pub fn professional() -> Self {
        Self { rank: 2, who: Who::Everybody }
    }

    /// Whoever reads the confidential annex.
    pub fn is_annex(&self) -> bool {
        self.rank == 3 && self.who == Who::Everybody
    }
}

fn rank(word: &str) -> usize {
    ["public", "community", "professional", "restricted"].iter().position(|w| *w == word).expect("a clearance")
}

/// Whether a path belongs to what was found, said or decided: a paper that prints such a field prints all of it that its
/// reader may read. Other fields depend on one another: a role stands where there is no organisation.
pub fn is_of_the_record(path: &str) -> bool {
    let record = ["assessment.", "items", "decisions", "goals", "contingency", "files", "minutes.corrections"];
    // The reference of the assessment stands with what the assessment found, where it found anything for the reader.
    record.iter().any(|part| path.starts_with(part)) && path != "assessment.reference"
}

pub struct Oracle<'d> {
    data: &'d Value,
    agenda: Vec<(usize, Option<String>)>,
}

impl<'d> Oracle<'d> {
    pub fn new(data: &'d Value) -> Self {
        let point =
            |p: &Value| (rank(p["share"].as_str().unwrap_or("community")), p["part"].as_str().map(str::to_owned));
        let agenda = match data["agenda"].as_array() {
            Some(own) => own.iter().map(point).collect(),
            None => base_agenda(data["kind"].as_str().unwrap_or("initial"))
                .as_array()
                .expect("a list")
                .iter()
                .map(point)
                .collect(),
        };
        Self { data, agenda }
    }

    /// Fails for a field that nobody has decided on.
    pub fn decide(&self, path: &str) {
        self.may_read(path, &Reader { rank: 0, who: Who::Everybody });
    }

    pub fn may_read(&self, path: &str, reader: &Reader) -> bool {
        let n: Vec<usize> = path.split(']').filter_map(|part| part.rsplit_once('[')?.1.parse().ok()).collect();
        let pattern = pattern(path);
        let at = self.parents(path);
        let own = |share: usize| share.max(at.own);
        // A child's worker reads what professionals read.
        let rank = if matches!(reader.who, Who::Child(_)) { 2 } else { reader.rank };
        // Somebody from the community who has signed nothing is told of the meeting what is public.
        let has_not_signed = |n: &usize| rank < 2 && self.data["invitees"][n]["undertaking"].is_null();
        let told_little = matches!(&reader.who, Who::Invitee(n) if is_of_the_record(path) && has_not_signed(n));
        let rank = if told_little { 0 } else { rank };
        let open = |share: usize| share <= rank;
        let field = pattern.strip_suffix(".text").unwrap_or(&pattern);
        let parts = |names: &[&str]| self.was_there(reader, names);
        let usual = |share: usize| open(at.mark.unwrap_or(share));
        match field {
            p if p.ends_with(".reason") => false,
            "invitees[].id" | "child_links[].id" => false,
            "context.label" | "organisations.*.name" | "marking" | "context.id" => true,
            // It stands on papers of its own kind only; nobody is told anything by it.
            "papers.*.because" => true,
            "assessment.reference" => true,
            "context.internal_label" => open(2),
            "context.area" => usual(0),
            "context.boundary" | "context.summary" | "previous.provisional" => usual(2),
            "context.harms[]" | "meeting.venue.access" => usual(1),
            "meeting.venue.name" | "meeting.venue.lines[]" | "meeting.online" => open(1),
            "meeting.changes[].because" | "meeting.cancelled.because" => open(1),
            "meeting.changes[].was.venue.name" | "meeting.changes[].was.venue.lines[]" => open(1),
            "meeting.changes[].was.venue.access" => usual(1),
            // It is where the council keeps the other file.
            "previous.file" => false,
            // It is that of its people, all of whom have their own.
            "organisations.*.address[]" => false,
            "agenda[].title" => {
                // Whoever is kept out of a point by a decision is told of which.
                let is_told_of = matches!(reader.who, Who::Invitee(i)
                    if !self.data["invitees"][i]["exclusion"].is_null() && self.kept_out(i).contains(&(n[0] + 1)));
                open(self.agenda[n[0]].0) && (self.hears(reader, n[0] + 1) || is_told_of)
            }
            "assessment.young_people_and_needs" | "assessment.guardianship" | "assessment.environment" => {
                usual(2) && parts(&["assessment"])
            }
            "assessment.weighting" => usual(2) && parts(&["weighting"]),
            "assessment.strengths[]" => usual(2) && parts(&["strengths"]),
            "assessment.concerns[]" | "assessment.gaps[]" => usual(2) && parts(&["concerns"]),
            "assessment.voices[]" | "assessment.voices[].from" => open(at.around) && parts(&["voices"]),
            "files[].title" => open(at.around) && parts(&["assessment"]),
            "contingency" => usual(2) && parts(&["plan"]),
            "items[]" => {
                let point = self.data["items"][n[0]]["agenda"].as_u64().expect("a point") as usize;
                open(at.around.max(self.agenda[point - 1].0)) && self.hears(reader, point)
            }
            "decisions[]" | "decisions[].dissent[]" => open(at.around) && self.decision(reader, n[0], at.around),
            "decisions[].rationale" => {
                let share = at.around.max(at.mark.unwrap_or(2));
                open(share) && self.decision(reader, n[0], share)
            }
            "goals[].goal" => open(at.around) && self.goal(reader, n[0], rank, at.around),
            "goals[].measure" => open(own(at.around)) && self.goal(reader, n[0], rank, own(at.around)),
            "goals[].baseline" => {
                let share = at.around.max(at.mark.unwrap_or(2));
                open(share) && self.goal(reader, n[0], rank, share)
            }
            "goals[].readings[]" => open(at.around) && self.goal(reader, n[0], rank, at.around),
            "goals[].actions[].person" => {
                open(at.around.max(2)) && self.action(reader, n[0], n[1], rank, at.around.max(2))
            }
            "goals[].actions[].history[]" | "goals[].actions[].history[].text" => {
                open(own(at.around)) && self.action(reader, n[0], n[1], rank, own(at.around))
            }
            "minutes.corrections[]" => {
                let point = self.data["minutes"]["corrections"][n[0]]["agenda"].as_u64().map(|point| point as usize);
                let narrowest = point.map_or(0, |point| self.agenda[point - 1].0);
                open(at.around.max(narrowest)) && point.is_none_or(|point| self.hears(reader, point))
            }
            "goals[].actions[]" => open(at.around) && self.action(reader, n[0], n[1], rank, at.around),
            "goals[].actions[].evidence" => {
                let share = at.around.max(at.mark.unwrap_or(2));
                open(share) && self.action(reader, n[0], n[1], rank, share)
            }
            "invitees[].person.name" | "people.*.name" => self.name(path, &n, reader, rank),
            "invitees[].person.role" | "people.*.role" => open(1),
            "invitees[].delegate" => open(2) && !self.is_youth(n[0]) || self.is_them(reader, n[0]),
            "invitees[].person.salutation"
            | "invitees[].person.email"
            | "invitees[].person.phone"
            | "invitees[].address[]"
            | "invitees[].language"
            | "invitees[].bring"
            | "invitees[].access"
            | "invitees[].note"
            | "invitees[].exclusion.because"
            | "invitees[].exclusion.heard" => self.is_them(reader, n[0]),
            "sharing[].what" | "sharing[].purpose" | "sharing[].basis" => open(at.around.max(2)),
            "people.*.email" | "people.*.phone" => {
                self.is_them_by_id(path, reader) || open(1) && self.data["meeting"]["minute_taker"] == self.id(path)
            }
            "people.*.salutation" => self.is_them_by_id(path, reader),
            "protected_names[]" | "invitees[].withdrawn.because" => false,
            p if p.starts_with("child_links[]") => reader.who == Who::Child(n[0]),
            other => panic!("nobody has decided who may read `{other}` ({path})"),
        }
    }

    fn parents(&self, path: &str) -> Parents {
        let mut node = self.data;
        let mut maps = vec![node];
        for key in keys(path) {
            node = match key {
                Key::Field(name) => &node[name.as_str()],
                Key::Position(n) => &node[n],
            };
            maps.push(node);
        }
        maps.pop();
        let path_is_text_of_shared = path.ends_with(".text") && !SAID.contains(&pattern(path).as_str());
        let mark = path_is_text_of_shared.then(|| maps.last().and_then(|m| m["share"].as_str()).map(rank)).flatten();
        let mut around = maps.clone();
        if path_is_text_of_shared {
            around.pop();
        }
        let default = |m: &&Value| m["share"].as_str().map(rank).or_else(|| is_marked_map(m).then_some(2));
        let mut widest: Vec<usize> = around.iter().filter_map(default).collect();
        // What was measured has a mark of its own.
        if pattern(path).starts_with("goals[].readings[]") && maps.last().is_some_and(|map| map["share"].is_null()) {
            widest.push(2);
        }
        Parents { mark, own: mark.unwrap_or(0), around: widest.into_iter().max().unwrap_or(0) }
    }

    fn is_them(&self, reader: &Reader, n: usize) -> bool {
        matches!(reader.who, Who::Invitee(i) | Who::Part(i) if i == n)
    }

    fn id<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix("people.").and_then(|p| p.rsplit_once('.')).map_or("", |(id, _)| id)
    }

    fn is_them_by_id(&self, path: &str, reader: &Reader) -> bool {
        let invitees = self.data["invitees"].as_array().expect("a list");
        (0..invitees.len()).any(|i| invitees[i]["person"] == self.id(path) && self.is_them(reader, i))
    }

    fn organisation(&self, n: usize) -> Option<&str> {
        let invitee = &self.data["invitees"][n];
        let person = invitee["person"].as_str().map_or(&invitee["person"], |id| &self.data["people"][id]);
        invitee["organisation"].as_str().or(person["organisation"].as_str())
    }

    fn category(&self, n: usize) -> Option<&str> {
        let own = self.data["invitees"][n]["category"].as_str();
        own.or_else(|| self.data["organisations"][self.organisation(n)?]["category"].as_str())
    }

    fn is_youth(&self, n: usize) -> bool {
        self.category(n) == Some("youth-representative")
    }

    fn name(&self, path: &str, n: &[usize], reader: &Reader, rank: usize) -> bool {
        let by_invitee = |i: usize| {
            let theirs = matches!(&reader.who, Who::Organisation(id) if self.organisation(i) == Some(id));
            self.is_them(reader, i) || theirs || rank >= 2 && !self.is_youth(i)
        };
        if path.starts_with("invitees") {
            return by_invitee(n[0]);
        }
        let id = self.id(path);
        let invitees = self.data["invitees"].as_array().expect("a list");
        let m = &self.data["meeting"];
        (0..invitees.len()).any(|i| invitees[i]["person"] == id && by_invitee(i))
            || rank >= 1 && (m["chair"] == id || m["co_chair"] == id || m["minute_taker"] == id)
            || rank >= 2 && self.data["assessment"]["author"] == id
    }

    /// Whether the reader was there for a point: everybody but one who is kept out of it.
    fn hears(&self, reader: &Reader, point: usize) -> bool {
        if matches!(reader.who, Who::Owner(_)) {
            return false;
        }
        let (Who::Part(n) | Who::Invitee(n)) = reader.who else { return true };
        let asked = &self.data["invitees"][n]["items"];
        let is_asked = asked.as_array().is_none_or(|a| a.iter().any(|p| p == point));
        self.agenda[point - 1].0 <= reader.rank && is_asked && !self.kept_out(n).contains(&point)
    }

    /// The points that an invitee is excluded from.
    fn kept_out(&self, n: usize) -> Vec<usize> {
        let out = self.data["invitees"][n]["excluded"].as_array();
        out.into_iter().flatten().map(|p| p.as_u64().expect("a number") as usize).collect()
    }

    /// Whether a reader is told what was agreed at some points: they were there, or were merely not asked to come. Whoever is
    /// excluded from one of them, or from anything if it was agreed at no point in particular, is told what is public.
    fn told(&self, reader: &Reader, share: usize, points: &[usize]) -> bool {
        let n = match &reader.who {
            Who::Part(n) | Who::Invitee(n) => *n,
            // It is told of what it has taken on, and of nothing else.
            Who::Owner(_) => return false,
            _ => return true,
        };
        let out = self.kept_out(n);
        let is_kept_out = if points.is_empty() { !out.is_empty() } else { points.iter().any(|p| out.contains(p)) };
        share == 0 || !is_kept_out || points.iter().any(|p| self.hears(reader, *p))
    }

    /// The points with these parts of the record.
    fn points(&self, parts: &[&str]) -> Vec<usize> {
        let of = |part: &Option<String>| part.as_deref().is_some_and(|p| parts.contains(&p));
        self.agenda.iter().enumerate().filter(|(_, (_, part))| of(part)).map(|(i, _)| i + 1).collect()
    }

    fn decision(&self, reader: &Reader, decision: usize, share: usize) -> bool {
        let own = self.data["decisions"][decision]["agenda"].as_u64();
        let points = own.map_or_else(|| self.points(&["decision"]), |point| vec![point as usize]);
        self.told(reader, share, &points)
    }

    fn was_there(&self, reader: &Reader, parts: &[&str]) -> bool {
        if matches!(reader.who, Who::Owner(_)) {
            return false;
        }
        let (Who::Part(_) | Who::Invitee(_)) = reader.who else { return true };
        let of = |part: &Option<String>| part.as_deref().is_some_and(|p| parts.contains(&p));
        self.agenda.iter().enumerate().any(|(i, (_, part))| of(part) && self.hears(reader, i + 1))
    }

    fn action(&self, reader: &Reader, goal: usize, action: usize, rank: usize, share: usize) -> bool {
        self.told(reader, share, &self.points(&["plan"])) || self.owns(reader, goal, action, rank)
    }

    fn goal(&self, reader: &Reader, goal: usize, rank: usize, share: usize) -> bool {
        let actions = self.data["goals"][goal]["actions"].as_array().map_or(0, Vec::len);
        let told = |part| self.told(reader, share, &self.points(&[part]));
        told("goals") || told("plan") || (0..actions).any(|a| self.owns(reader, goal, a, rank))
    }

    fn owns(&self, reader: &Reader, goal: usize, action: usize, rank: usize) -> bool {
        let whose = match &reader.who {
            Who::Part(n) | Who::Invitee(n) => self.organisation(*n),
            Who::Owner(id) => Some(id.as_str()),
            _ => return true,
        };
        let goal = &self.data["goals"][goal];
        let action = &goal["actions"][action];
        let share = |v: &Value| v["share"].as_str().map_or(2, self::rank);
        let with = action["with"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let mut owners = action["owner"].as_str().into_iter().chain(with);
        whose.is_some_and(|whose| owners.any(|owner| owner == whose)) && share(goal).max(share(action)) <= rank
    }
}

/// The marks around a text.
struct Parents {
    /// Its own.
    mark: Option<usize>,
    own: usize,
    /// The narrowest of what it is a part of.
    around: usize,
}

/// Maps whose text is said with them: what is not marked in them is professional.
fn is_marked_map(map: &Value) -> bool {
    let has = |keys: &[&str]| keys.iter().all(|k| map.get(k).is_some());
    has(&["goal", "domain"])
        || has(&["option", "rationale"])
        || has(&["by", "text"])
        || has(&["by", "title"])
        || has(&["from", "text"])
        || has(&["by", "what"])
        || has(&["id", "text", "owner"])
}

const SAID: [&str; 7] = [
    "goals[].readings[].text",
    "minutes.corrections[].text",
    "items[].text",
    "goals[].actions[].text",
    "decisions[].text",
    "decisions[].dissent[].text",
    "assessment.voices[].text",
];

enum Key {
    Field(String),
    Position(usize),
}

fn keys(path: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    for part in path.replace("people.p.4", "people.p~4").split('.') {
        let (name, rest) = part.split_once('[').unwrap_or((part, ""));
        keys.push(Key::Field(name.replace("p~4", "p.4")));
        keys.extend(rest.split('[').filter_map(|n| n.trim_end_matches(']').parse().ok()).map(Key::Position));
    }
    keys
}

fn base_agenda(kind: &str) -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/base/agenda.yaml");
    let all: Value = serde_saphyr::from_str(&std::fs::read_to_string(path).expect("it is there")).expect("it is sound");
    all[kind].clone()
}
