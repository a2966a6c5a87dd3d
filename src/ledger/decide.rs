//! The readers of every text of the conference file: its field's, by the table, and its mark's.
//!
//! A field that is not in the table reaches nobody: the gate then refuses every paper that prints it.

use std::collections::BTreeSet;

use super::reach::{Heard, Kind, Reach};
use crate::check::{Checked, Clearances};
use crate::fields::{self, Field, Readers, Sort};
use crate::model::conference::Part;
use crate::model::people::Invitee;
use crate::model::{Category, Clearance};

type Decision<'a> = Option<(Kind, Vec<Reach<'a>>)>;

/// Decides who may read the text at a path. `Some(None)` if the text reveals nothing (an id, a date, a word from a
/// list); `None` if the field is undecided.
pub fn decide<'a>(checked: &'a Checked, clearances: &Clearances<'_>, path: &str) -> Option<Decision<'a>> {
    let (pattern, n) = fields::pattern(path);
    let field = fields::of_pattern(&pattern)?;
    // The titles come from the agenda that is in force, which may be the council's.
    if field.readers == Readers::Everybody || field.pattern == "agenda[].title" {
        return Some(None);
    }
    let at = Positions { checked, n: &n };
    let share = clearances.clearance(path, field);
    Some(Some((kind(field), at.reach(path, field, share))))
}

/// When finding a text of a field again is a leak.
fn kind(field: &Field) -> Kind {
    match field.sort {
        // Many invitees may be asked for the same.
        _ if matches!(field.readers, Readers::Invitee | Readers::Needs) => Kind::Particular,
        Sort::Text | Sort::Prose => Kind::Said,
        Sort::Protected => Kind::Protected,
        Sort::ChildReference => Kind::Reference,
        Sort::Key
        | Sort::Reference
        | Sort::Person
        | Sort::Name
        | Sort::Word
        | Sort::Address
        | Sort::Contact
        | Sort::Telephone => Kind::Particular,
    }
}

/// Whether the text at a path is Markdown.
pub fn is_prose(path: &str) -> bool {
    fields::of_path(path).is_some_and(|field| field.sort == Sort::Prose)
}

/// The parts of the agenda at which a text was heard. Empty if it belongs to none in particular, and so to everybody.
fn parts(pattern: &str) -> &'static [Part] {
    match pattern {
        "assessment.young_people_and_needs"
        | "assessment.guardianship"
        | "assessment.environment"
        | "files[].title" => &[Part::Assessment],
        "assessment.weighting" => &[Part::Weighting],
        "assessment.strengths[]" => &[Part::Strengths],
        "assessment.concerns[]" | "assessment.gaps[]" => &[Part::Concerns],
        "assessment.voices[].text" | "assessment.voices[].from" => &[Part::Voices],
        "decisions[].text" | "decisions[].rationale" | "decisions[].dissent[].text" => &[Part::Decision],
        "goals[].goal" | "goals[].baseline" | "goals[].measure" | "goals[].readings[].text" => {
            &[Part::Goals, Part::Plan]
        }
        "goals[].actions[].text"
        | "goals[].actions[].evidence"
        | "goals[].actions[].person"
        | "goals[].actions[].history[].text"
        | "contingency" => &[Part::Plan],
        _ => &[],
    }
}

/// The readers of what was said at a point of the agenda, by its position from 0.
pub fn heard_at<'a>(share: Clearance, point: usize) -> Reach<'a> {
    let points = BTreeSet::from([u32::try_from(point + 1).unwrap_or(u32::MAX)]);
    Reach::Marked { share, heard: Heard { points: Some(points), ..Heard::default() } }
}

fn of_record(reach: Reach<'_>) -> Reach<'_> {
    match reach {
        Reach::Marked { share, heard } => Reach::Marked { share, heard: Heard { is_record: true, ..heard } },
        other => other,
    }
}

/// The positions that a path names.
struct Positions<'a, 'n> {
    checked: &'a Checked,
    n: &'n [usize],
}

fn marked<'a>(share: Clearance) -> Vec<Reach<'a>> {
    vec![Reach::Marked { share, heard: Heard::default() }]
}

impl<'a> Positions<'a, '_> {
    fn reach(&self, path: &str, field: &Field, share: Clearance) -> Vec<Reach<'a>> {
        let first = self.n.first().copied().unwrap_or(usize::MAX);
        match field.readers {
            _ if self.is_gone(field.pattern) => Vec::new(),
            Readers::Everybody | Readers::Nobody | Readers::Record => Vec::new(),
            Readers::Fixed(_) | Readers::Marked(_) | Readers::Within => vec![self.heard(field.pattern, share)],
            Readers::Invitee | Readers::Needs => vec![Reach::Invitee(first)],
            Readers::Participant if field.pattern == "invitees[].delegate" => self.delegate(first),
            Readers::Participant => self.name_of(first),
            Readers::Officer => self.name_by_id(path),
            Readers::OfficersContact => self.contact_by_id(path),
            Readers::Worker => vec![Reach::Child(first)],
        }
    }

    /// Whether the conference has lost what a text of its file is in, as the specimen has in some of its states.
    fn is_gone(&self, pattern: &str) -> bool {
        let c = &self.checked.conference;
        let maps = [("items[]", c.items.len()), ("decisions[]", c.decisions.len()), ("goals[]", c.goals.len())];
        let first = self.n.first().copied().unwrap_or_default();
        maps.iter().any(|(map, count)| pattern.starts_with(map) && first >= *count)
    }

    /// Those whom a mark admits; of those who take part in some points only, the ones who heard it.
    fn heard(&self, pattern: &str, share: Clearance) -> Reach<'a> {
        let c = &self.checked.conference;
        if pattern == "items[].text" {
            let item = self.n.first().and_then(|n| c.items.get(*n));
            let at = item.map_or(usize::MAX - 1, |item| (item.agenda as usize).saturating_sub(1));
            return of_record(heard_at(share, at));
        }
        if pattern == "minutes.corrections[].text" {
            let point = self.n.first().and_then(|n| c.minutes.corrections.get(*n)).and_then(|one| one.agenda);
            let everybody = Reach::Marked { share, heard: Heard::default() };
            return of_record(point.map_or(everybody, |n| heard_at(share, (n as usize).saturating_sub(1))));
        }
        let decision = self.n.first().and_then(|n| c.decisions.get(*n)).filter(|_| pattern.starts_with("decisions[]"));
        let parts = parts(pattern);
        let points = match decision {
            Some(decision) => Some(self.checked.points_of_decision(decision)),
            None => (!parts.is_empty()).then(|| self.checked.points_for(parts)),
        };
        let agreed = match decision {
            Some(_) => points.iter().cloned().collect(),
            None if pattern.starts_with("goals[]") => parts.iter().map(|p| self.checked.points_for(&[*p])).collect(),
            None => Vec::new(),
        };
        let is_record = fields::is_of_record(pattern);
        Reach::Marked { share, heard: Heard { points, agreed, owners: self.owners(pattern), is_record } }
    }

    /// The organisations that have taken on what a text is about. A goal is read by the owners of its actions too, an
    /// action by its own.
    fn owners(&self, pattern: &str) -> Vec<(Clearance, &'a str)> {
        let goal = self.n.first().and_then(|n| self.checked.conference.goals.get(*n));
        let Some(goal) = goal.filter(|_| pattern.starts_with("goals[]")) else { return Vec::new() };
        let of_action = pattern.starts_with("goals[].actions[]");
        let actions = goal.actions.iter().enumerate().filter(|(i, _)| !of_action || self.n.get(1) == Some(i));
        actions.flat_map(|(_, a)| a.owners().map(|id| (a.share.max(goal.share), id))).collect()
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
        let others = invitee.filter(|i| self.is_named(i)).map(|_| marked(Clearance::Professional));
        // Whoever sent somebody knows whom.
        others.unwrap_or_default().into_iter().chain([Reach::Invitee(n)]).collect()
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
        if is(&c.meeting.chair) || is(&c.meeting.co_chair) || is(&c.meeting.minute_taker) {
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
        if self.checked.conference.meeting.minute_taker.as_deref() == Some(id) && !path.ends_with(".salutation") {
            reach.extend(marked(Clearance::Community));
        }
        reach
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_a_decision_reaches_nobody() {
        let loaded = crate::input::example().expect("the example is sound");
        let checked = crate::check::check(loaded).expect("the example is sound");
        let clearances = checked.clearances();
        assert!(decide(&checked, &clearances, "context.unheard_of").is_none());
        assert!(matches!(decide(&checked, &clearances, "meeting.date"), Some(None)));
        let read = |path: &str| decide(&checked, &clearances, path).flatten().expect("it is decided");
        assert_eq!(read("protected_names[0]"), (Kind::Protected, Vec::new()));
        assert_eq!(read("invitees[0].withdrawn.because"), (Kind::Said, Vec::new()));
        assert_eq!(read("context.internal_label"), (Kind::Said, marked(Clearance::Professional)));
        assert_eq!(read("invitees[2].language"), (Kind::Particular, vec![Reach::Invitee(2)]));
    }
}
