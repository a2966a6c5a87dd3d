//! The decision for every field of the conference file, by its path.
//!
//! A field that is not here reaches nobody: the gate then refuses every paper that prints it, and a test names the
//! undecided field.

use std::collections::BTreeSet;

use super::reach::{Heard, Kind, Reach};
use crate::check::Checked;
use crate::model::conference::Part;
use crate::model::people::Invitee;
use crate::model::{Category, Clearance, Shared};

type Decision<'a> = Option<(Kind, Vec<Reach<'a>>)>;

/// Decides who may read the text at a path. `Some(None)` if the text reveals nothing (an id, a date, a word from a
/// list); `None` if the field is undecided.
pub fn decide<'a>(checked: &'a Checked, path: &str) -> Option<Decision<'a>> {
    let (pattern, n) = pattern(path);
    let at = Positions { checked, n: &n };
    if field_of(&pattern) == "share" || NO_TEXT.contains(&pattern.as_str()) {
        return Some(None);
    }
    if field_of(&pattern) == "reason" {
        return Some(Some((Kind::Said, Vec::new())));
    }
    at.context(&pattern)
        .or_else(|| at.record(&pattern))
        .or_else(|| at.plan(&pattern))
        .or_else(|| at.people(path, &pattern))
        .map(Some)
}

fn field_of(pattern: &str) -> &str {
    pattern.rsplit('.').next().unwrap_or_default()
}

/// Ids, dates, words from a list, and references that are on every page.
pub const NO_TEXT: &[&str] = &[
    "reference",
    "kind",
    "form",
    "marking",
    "issued",
    "version",
    "papers.*.issued",
    "papers.*.version",
    "prepared_by",
    "context.id",
    "context.kind",
    "context.owner",
    "context.period.from",
    "context.period.to",
    "assessment.reference",
    "assessment.completed",
    "assessment.author",
    "meeting.date",
    "meeting.start",
    "meeting.end",
    "meeting.chair",
    "meeting.minute_taker",
    "meeting.reply_by",
    "people.*.organisation",
    "organisations.*.category",
    "organisations.*.quorum",
    "organisations.*.number",
    "organisations.*.agreement.signed",
    "organisations.*.agreement.review",
    // A list of people, whose rows stand for it when it is read.
    "invitees[]",
    "invitees[].list",
    "invitees[].map.*",
    "invitees[].sheet",
    "invitees[].person",
    "invitees[].id",
    "invitees[].number",
    "invitees[].person.organisation",
    "invitees[].organisation",
    "invitees[].category",
    "invitees[].reply",
    "invitees[].attended",
    "invitees[].invited",
    "invitees[].items[]",
    "invitees[].excluded[]",
    "invitees[].format",
    "invitees[].undertaking.signed",
    "invitees[].channel",
    "invitees[].email_consent",
    "invitees[].postage",
    "invitees[].withdrawn.on",
    "invitees[].arrived",
    "invitees[].left",
    // The titles come from the agenda that is in force, which may be the council's.
    "agenda[].title",
    "agenda[].minutes",
    "agenda[].area",
    "agenda[].part",
    "items[].agenda",
    "items[].kind",
    "items[].by",
    "files[].by",
    "decisions[].option",
    "decisions[].dissent[].by",
    "goals[].id",
    "goals[].domain",
    "goals[].actions[].id",
    "goals[].actions[].owner",
    "goals[].actions[].due",
    "goals[].actions[].status",
    "goals[].actions[].priority",
    "goals[].actions[].domain",
    "child_links[].id",
    "child_links[].number",
    "minutes.status",
    "minutes.approved",
    "review.date",
    "review.start",
    "allow[].path",
    "allow[].paper",
    "to_fill_in[]",
];

/// Whether the text at a path is Markdown.
pub fn is_prose(path: &str) -> bool {
    let fields = [
        "assessment.young_people_and_needs",
        "assessment.guardianship",
        "assessment.environment",
        "assessment.weighting",
        "contingency",
        "invitees[].note",
    ];
    fields.contains(&pattern(path).0.as_str())
}

/// Splits a path into a pattern, without positions and ids, and the positions. A marked text has the same pattern as
/// its `text`.
pub fn pattern(path: &str) -> (String, Vec<usize>) {
    let mut positions = Vec::new();
    let mut pattern = String::new();
    for part in path.split_inclusive(']') {
        match part.strip_suffix(']').and_then(|p| p.rsplit_once('[')) {
            Some((name, n)) if n.chars().all(|c| c.is_ascii_digit()) => {
                pattern.push_str(name);
                pattern.push_str("[]");
                positions.push(n.parse().unwrap_or(usize::MAX));
            }
            _ => pattern.push_str(part),
        }
    }
    for map in ["people", "organisations", "papers"] {
        if let Some(rest) = pattern.strip_prefix(map).and_then(|r| r.strip_prefix('.')) {
            // An id may hold a dot; the names of fields do not.
            let agreement = rest.rsplit_once(".agreement.").map(|(_, field)| format!("agreement.{field}"));
            let field = agreement.or_else(|| rest.rsplit('.').next().map(str::to_owned)).unwrap_or_default();
            pattern = format!("{map}.*.{field}");
        }
    }
    if pattern.starts_with("invitees[].map.") {
        "invitees[].map.*".clone_into(&mut pattern);
    }
    let said_with_its_map = [
        "items[].text",
        "goals[].actions[].text",
        "decisions[].text",
        "decisions[].dissent[].text",
        "assessment.voices[].text",
    ];
    if let Some(shared) = pattern.strip_suffix(".text").filter(|_| !said_with_its_map.contains(&pattern.as_str())) {
        pattern.truncate(shared.len());
    }
    (pattern, positions)
}

/// The readers of what was said at a point of the agenda, by its position from 0.
pub fn heard_at<'a>(share: Clearance, point: usize) -> Reach<'a> {
    let points = BTreeSet::from([u32::try_from(point + 1).unwrap_or(u32::MAX)]);
    Reach::Marked { share, heard: Heard { points: Some(points), owners: Vec::new() } }
}

/// The positions that a path names.
struct Positions<'a, 'n> {
    checked: &'a Checked,
    n: &'n [usize],
}

fn marked<'a>(share: Clearance) -> Vec<Reach<'a>> {
    vec![Reach::Marked { share, heard: Heard::default() }]
}

fn mark<T>(shared: Option<&Shared<T>>, usual: Clearance) -> Clearance {
    shared.and_then(|s| s.mark).unwrap_or(usual)
}

impl<'a> Positions<'a, '_> {
    fn context(&self, pattern: &str) -> Decision<'a> {
        let c = &self.checked.conference;
        let at = |list: &'a [Shared]| list.get(self.n[0]);
        let (kind, share) = match pattern {
            // Participation is no secret: an organisation answers for what it does.
            "context.label" | "organisations.*.name" => (Kind::Particular, Clearance::Public),
            // Every reader of the paper may read why it was remade.
            "papers.*.because" => (Kind::Said, Clearance::Public),
            "context.internal_label" => (Kind::Said, Clearance::Professional),
            "context.area" => (Kind::Particular, mark(c.context.area.as_ref(), Clearance::Public)),
            "context.boundary" => (Kind::Said, mark(c.context.boundary.as_ref(), Clearance::Professional)),
            "context.summary" => (Kind::Said, mark(c.context.summary.as_ref(), Clearance::Professional)),
            "context.harms[]" => (Kind::Particular, mark(at(&c.context.harms), Clearance::Community)),
            "meeting.venue.name" | "meeting.venue.lines[]" | "meeting.venue.postcode" | "meeting.online" => {
                (Kind::Particular, Clearance::Community)
            }
            "meeting.venue.access" => (Kind::Said, mark(c.meeting.venue.access.as_ref(), Clearance::Community)),
            _ => return None,
        };
        Some((kind, marked(share)))
    }

    fn record(&self, pattern: &str) -> Decision<'a> {
        let c = &self.checked.conference;
        let a = &c.assessment;
        let list = |list: &'a [Shared]| mark(list.get(self.n[0]), Clearance::Professional);
        let prose = |field: &'a Option<Shared<crate::model::Prose>>| mark(field.as_ref(), Clearance::Professional);
        let (kind, share, parts): (_, _, &[Part]) = match pattern {
            "assessment.young_people_and_needs" => (Kind::Said, prose(&a.young_people_and_needs), &[Part::Assessment]),
            "assessment.guardianship" => (Kind::Said, prose(&a.guardianship), &[Part::Assessment]),
            "assessment.environment" => (Kind::Said, prose(&a.environment), &[Part::Assessment]),
            "assessment.weighting" => (Kind::Said, prose(&a.weighting), &[Part::Weighting]),
            "assessment.strengths[]" => (Kind::Said, list(&a.strengths), &[Part::Strengths]),
            "assessment.concerns[]" => (Kind::Said, list(&a.concerns), &[Part::Concerns]),
            "assessment.gaps[]" => (Kind::Said, list(&a.gaps), &[Part::Concerns]),
            "assessment.voices[].text" => (Kind::Said, a.voices.get(self.n[0])?.share, &[Part::Voices]),
            "assessment.voices[].from" => (Kind::Particular, a.voices.get(self.n[0])?.share, &[Part::Voices]),
            "files[].title" => (Kind::Said, c.files.get(self.n[0])?.share, &[Part::Assessment]),
            "contingency" => (Kind::Said, prose(&c.contingency), &[Part::Plan]),
            "items[].text" => return Some((Kind::Said, vec![self.item()?])),
            _ => return None,
        };
        Some((kind, vec![Reach::Marked { share, heard: self.heard(parts, Vec::new()) }]))
    }

    fn item(&self) -> Option<Reach<'a>> {
        let item = self.checked.conference.items.get(self.n[0])?;
        let point = (item.agenda as usize).saturating_sub(1);
        let around = self.checked.agenda.get(point).map_or(Clearance::Professional, |p| p.share);
        Some(heard_at(item.share.max(around), point))
    }

    fn plan(&self, pattern: &str) -> Decision<'a> {
        let goal = || self.checked.conference.goals.get(self.n[0]);
        let action = || goal().and_then(|g| g.actions.get(self.n[1]).map(|a| (g, a)));
        let decision = || self.checked.conference.decisions.get(self.n[0]);
        let goals = |share| self.goal(share);
        let deed = |share: Clearance| {
            let owner = action().and_then(|(g, a)| Some((a.share.max(g.share), a.owner.as_deref()?)));
            Reach::Marked { share, heard: self.heard(&[Part::Plan], owner.into_iter().collect()) }
        };
        let decided = |share| Reach::Marked { share, heard: self.heard(&[Part::Decision], Vec::new()) };
        let reach = match pattern {
            "decisions[].text" => decided(decision()?.share),
            "decisions[].rationale" => decided(decision()?.rationale.share().max(decision()?.share)),
            "decisions[].dissent[].text" => decided(decision()?.dissent.get(self.n[1])?.share.max(decision()?.share)),
            "goals[].goal" => goals(goal()?.share),
            "goals[].baseline" => goals(goal()?.baseline.as_ref()?.share().max(goal()?.share)),
            "goals[].measure" => goals(goal()?.measure.as_ref()?.share_within(goal()?.share)),
            "goals[].actions[].text" => deed(action()?.1.share.max(action()?.0.share)),
            "goals[].actions[].evidence" => {
                let (goal, action) = action()?;
                deed(action.evidence.as_ref()?.share().max(action.share).max(goal.share))
            }
            _ => return None,
        };
        Some((Kind::Said, vec![reach]))
    }

    /// A goal is read by those who were there for the goals or the plan, and by the owners of its actions.
    fn goal(&self, share: Clearance) -> Reach<'a> {
        let goal = self.checked.conference.goals.get(self.n[0]);
        let actions =
            goal.into_iter().flat_map(|g| g.actions.iter().map(|a| (a.share.max(g.share), a.owner.as_deref())));
        let owners = actions.filter_map(|(share, owner)| Some((share, owner?))).collect();
        Reach::Marked { share, heard: self.heard(&[Part::Goals, Part::Plan], owners) }
    }

    fn heard(&self, parts: &[Part], owners: Vec<(Clearance, &'a str)>) -> Heard<'a> {
        let points = (1..).zip(&self.checked.agenda).filter(|(_, p)| p.part.is_some_and(|part| parts.contains(&part)));
        Heard { points: Some(points.map(|(n, _)| n).collect()), owners }
    }

    fn people(&self, path: &str, pattern: &str) -> Decision<'a> {
        let nobody = Vec::new;
        Some(match pattern {
            "protected_names[]" => (Kind::Protected, nobody()),
            "child_links[].ref" => (Kind::Reference, vec![Reach::Child(self.n[0])]),
            "child_links[].worker.name" | "child_links[].worker.email" => {
                (Kind::Particular, vec![Reach::Child(self.n[0])])
            }
            "child_links[].relevance" | "child_links[].feedback" => (Kind::Said, vec![Reach::Child(self.n[0])]),
            "invitees[].person.name" => (Kind::Particular, self.name_of(self.n[0])),
            "invitees[].person.role" | "people.*.role" => (Kind::Particular, marked(Clearance::Community)),
            "invitees[].person.salutation"
            | "invitees[].person.email"
            | "invitees[].person.phone"
            | "invitees[].address[]"
            | "invitees[].language" => (Kind::Particular, vec![Reach::Invitee(self.n[0])]),
            // Many invitees may be asked for the same.
            "invitees[].bring" | "invitees[].access" | "invitees[].note" => {
                (Kind::Particular, vec![Reach::Invitee(self.n[0])])
            }
            // The reason why a person takes no part is in the record, and in no paper.
            "invitees[].withdrawn.because" => (Kind::Said, nobody()),
            "invitees[].delegate" => (Kind::Particular, self.delegate(self.n[0])),
            "people.*.name" => (Kind::Particular, self.name_by_id(path)),
            "people.*.email" | "people.*.phone" | "people.*.salutation" => (Kind::Particular, self.contact_by_id(path)),
            _ => return None,
        })
    }

    /// A name is for professionals, for its bearer and for their organisation. A youth representative's is not for
    /// lists.
    fn name_of(&self, n: usize) -> Vec<Reach<'a>> {
        let Some(invitee) = self.checked.conference.invitees.get(n) else { return Vec::new() };
        let mut reach = vec![Reach::Invitee(n)];
        reach.extend(self.checked.organisation_of(invitee).map(|(id, _)| Reach::Organisation(id)));
        if self.is_named(invitee) {
            reach.extend(marked(Clearance::Professional));
        }
        reach
    }

    fn is_named(&self, invitee: &Invitee) -> bool {
        self.checked.category(invitee) != Category::YouthRepresentative
    }

    fn delegate(&self, n: usize) -> Vec<Reach<'a>> {
        let invitee = self.checked.conference.invitees.get(n);
        invitee.filter(|i| self.is_named(i)).map(|_| marked(Clearance::Professional)).unwrap_or_default()
    }

    /// The id in a path `people.ID.field`, which may itself contain a dot.
    fn id(path: &str) -> &str {
        path.strip_prefix("people.").and_then(|rest| rest.rsplit_once('.')).map_or("", |(id, _)| id)
    }

    fn invitees_by_id<'s>(&'s self, id: &'s str) -> impl Iterator<Item = usize> + 's {
        let invitees = self.checked.conference.invitees.iter().enumerate();
        invitees.filter(move |(_, i)| i.person.id() == Some(id)).map(|(n, _)| n)
    }

    /// All invitees may know the chair and the minute taker; only professionals may know the author of the assessment.
    fn name_by_id(&self, path: &str) -> Vec<Reach<'a>> {
        let c = &self.checked.conference;
        let id = Self::id(path);
        let is = |named: &Option<String>| named.as_deref() == Some(id);
        let mut reach: Vec<_> = self.invitees_by_id(id).flat_map(|n| self.name_of(n)).collect();
        if is(&c.meeting.chair) || is(&c.meeting.minute_taker) {
            reach.extend(marked(Clearance::Community));
        } else if is(&c.assessment.author) {
            reach.extend(marked(Clearance::Professional));
        }
        reach
    }

    /// People write to the minute taker about the papers.
    fn contact_by_id(&self, path: &str) -> Vec<Reach<'a>> {
        let id = Self::id(path);
        let mut reach: Vec<_> = self.invitees_by_id(id).map(Reach::Invitee).collect();
        if self.checked.conference.meeting.minute_taker.as_deref() == Some(id) && field_of(path) != "salutation" {
            reach.extend(marked(Clearance::Community));
        }
        reach
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Conference;

    #[test]
    fn every_field_of_the_conference_has_its_readers_decided() {
        let schema = schemars::schema_for!(Conference).to_value();
        let mut paths = BTreeSet::new();
        leaves(&schema, &schema, String::new(), 0, &mut paths);
        assert!(paths.len() > 100, "the schema was read");
        let loaded = crate::input::example().expect("the example is sound");
        let checked = crate::check::check(loaded).expect("the example is sound");
        let undecided: Vec<_> = paths.iter().filter(|path| !is_decided(&checked, path)).collect();
        assert!(undecided.is_empty(), "nobody has decided who may read {undecided:?}: see `ledger::decide`");
    }

    /// Whether the field is named by a decision. A place that the example does not fill decides nothing, and needs
    /// none.
    fn is_decided(checked: &Checked, path: &str) -> bool {
        let (pattern, _) = pattern(path);
        let source = include_str!("decide.rs");
        let named = source.split("#[cfg(test)]").next().is_some_and(|code| code.contains(&format!("\"{pattern}\"")));
        decide(checked, path).is_some() || named
    }

    /// Every path at which the schema lets a scalar stand, with 0 for positions and `x` for ids.
    fn leaves(
        root: &serde_json::Value,
        schema: &serde_json::Value,
        path: String,
        depth: usize,
        paths: &mut BTreeSet<String>,
    ) {
        assert!(depth < 40, "{path} has no end");
        if let Some(reference) = schema["$ref"].as_str() {
            let target = root.pointer(reference.trim_start_matches('#')).expect("the schema refers to itself");
            return leaves(root, target, path, depth + 1, paths);
        }
        for several in ["anyOf", "oneOf", "allOf"] {
            for one in schema[several].as_array().into_iter().flatten() {
                leaves(root, one, path.clone(), depth + 1, paths);
            }
        }
        let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            leaves(root, field, join(name), depth + 1, paths);
        }
        if schema["additionalProperties"].is_object() {
            leaves(root, &schema["additionalProperties"], join("x"), depth + 1, paths);
        }
        if schema["items"].is_object() {
            leaves(root, &schema["items"], format!("{path}[0]"), depth + 1, paths);
        }
        let scalar = |t: &serde_json::Value| matches!(t.as_str(), Some("string" | "integer" | "number" | "boolean"));
        if scalar(&schema["type"])
            || schema["type"].as_array().is_some_and(|t| t.iter().any(scalar))
            || schema["const"].is_string()
        {
            paths.insert(path);
        }
    }
}
