//! Everybody named in the data, with their part in the papers.

use super::checked::Checked;
use crate::fold::Folded;
use crate::input::{BOROUGH, REGION};
use crate::model::checker::Checker;
use crate::model::people::{Invitee, Person};
use crate::model::reference::PersonRef;
use crate::model::{Audience, Category};

/// A person named in the data.
#[derive(Debug, Clone)]
pub struct Named<'a> {
    /// The name as the data writes it.
    pub name: &'a str,
    /// Their email address, if the data has it.
    pub email: Option<&'a str>,
    /// The field path of the name.
    pub path: String,
    /// Their part in the papers.
    pub part: PartInPapers,
}

/// A person's part in the papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartInPapers {
    /// They make them: the person who prepares them, and the minute taker.
    Maker,
    /// They could check them.
    Colleague,
    /// They read what the community reads, or speak for young people.
    Community,
}

impl Checked {
    /// Everybody named by the conference and the council, except those whose names are protected.
    pub(crate) fn everybody(&self) -> Vec<Named<'_>> {
        let c = &self.conference;
        let mut all: Vec<Named<'_>> = Vec::new();
        for (id, person) in &c.people {
            let part = if self.makes_papers(id) { PartInPapers::Maker } else { self.part_of_person(person) };
            all.push(of_person(person, format!("people.{id}.name"), part));
        }
        for (i, invitee) in c.invitees.iter().enumerate() {
            self.invitee(i, invitee, &mut all);
        }
        for (i, link) in c.child_links.iter().enumerate() {
            let (name, email) = (&link.worker.name, link.worker.email.as_deref());
            let path = format!("child_links[{i}].worker.name");
            all.push(Named { name, email, path, part: PartInPapers::Colleague });
        }
        let council = |name, path: String| Named { name, email: None, path, part: PartInPapers::Colleague };
        let b = &self.borough;
        all.extend(b.signatory.iter().map(|s| council(&s.name, format!("{BOROUGH}signatory.name"))));
        all.extend(b.signatories.iter().map(|(k, s)| council(&s.name, format!("{BOROUGH}signatories.{k}.name"))));
        all.push(council(&b.data_protection.officer, format!("{BOROUGH}data_protection.officer")));
        all
    }

    fn invitee<'a>(&'a self, i: usize, invitee: &'a Invitee, all: &mut Vec<Named<'a>>) {
        let reads_little = self.audience(invitee) == Audience::Community;
        let speaks_for_the_young = self.category(invitee) == Category::YouthRepresentative;
        let of_community = reads_little || speaks_for_the_young;
        let part = if of_community { PartInPapers::Community } else { PartInPapers::Colleague };
        let makes = invitee.person.id().is_some_and(|id| self.makes_papers(id));
        let path = match &invitee.person {
            PersonRef::Id(id) => format!("people.{id}.name"),
            PersonRef::Inline(_) => format!("invitees[{i}].person.name"),
        };
        all.push(of_person(self.person(invitee), path, if makes { PartInPapers::Maker } else { part }));
        let delegate = invitee.delegate.as_deref();
        all.extend(delegate.map(|name| Named { name, email: None, path: format!("invitees[{i}].delegate"), part }));
    }

    /// Whether the person with an id makes the papers: the person who prepares them and the minute taker both do.
    fn makes_papers(&self, id: &str) -> bool {
        let c = &self.conference;
        [&c.prepared_by, &c.meeting.minute_taker].into_iter().flatten().any(|maker| maker == id)
    }

    fn part_of_person(&self, person: &Person) -> PartInPapers {
        let id = person.organisation.as_deref();
        let organisation = id.and_then(|id| Some((self.reads_as(id)?, self.conference.organisations.get(id)?)));
        let Some((reads, organisation)) = organisation else { return PartInPapers::Colleague };
        if reads == Audience::Community || organisation.category == Category::YouthRepresentative {
            PartInPapers::Community
        } else {
            PartInPapers::Colleague
        }
    }

    /// The people who may check papers, each with the field path of the entry. `None` if neither council nor region
    /// names any.
    pub fn checkers(&self) -> Option<Vec<(&Checker, String)>> {
        let named = self.checkers.as_ref()?;
        let mark = if self.borough.checkers.is_some() { BOROUGH } else { REGION };
        Some(named.iter().enumerate().map(|(i, checker)| (checker, format!("{mark}checkers[{i}]"))).collect())
    }

    /// Whether a text is a role, an id or the name of an organisation, and so not a person's name.
    pub fn is_role_or_id(&self, text: &str) -> bool {
        let (c, folded) = (&self.conference, |text: &str| Folded::of(text).text);
        let text = folded(text);
        let invited = c.invitees.iter().map(|i| self.person(i));
        let roles = c.people.values().chain(invited).filter_map(|person| person.role.as_deref());
        let signing = self.borough.signatory.iter().chain(self.borough.signatories.values()).map(|s| s.role.as_str());
        let organisations = c.organisations.values().map(|o| o.name.as_str());
        let ids = c.people.keys().chain(c.organisations.keys()).map(String::as_str);
        let b = &self.borough;
        let council = [&b.name, &b.short_name, &b.department].into_iter().chain(&b.team).map(String::as_str);
        let is_name = self.everybody().iter().any(|named| folded(named.name) == text);
        let mut all = roles.chain(signing).chain(organisations).chain(ids).chain(council);
        !text.is_empty() && !is_name && all.any(|other| folded(other) == text)
    }
}

fn of_person(person: &Person, path: String, part: PartInPapers) -> Named<'_> {
    Named { name: &person.name, email: person.email.as_deref(), path, part }
}
