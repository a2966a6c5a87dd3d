//! Facts about a list's people from outside the list: the organisations and invitees of the conference.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::check::named::Hidden;
use crate::check::names::{self, Name};
use crate::check::{Checked, access, identity, person};
use crate::diag::Severity;
use crate::fold::Folded;
use crate::input::list::folded;
use crate::input::{InviteeList, Loaded};
use crate::model::clearance::Reads;
use crate::model::listed::Listed;
use crate::model::{Audience, Category};

/// Facts about a list's people from outside the list.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Organisations of the conference: by folded id or name, the id, the category and whether an agreement is in
    /// force.
    organisations: BTreeMap<String, (String, Category, bool)>,
    /// The category of rows without one.
    pub(super) usual: Option<Category>,
    /// The papers that each category reads.
    reads: BTreeMap<Category, Reads>,
    /// The date of the letters.
    pub(super) issued: Option<NaiveDate>,
    /// Telephone numbers that the council publishes.
    pub(super) given_out: Vec<String>,
    /// Whether there is a conference, without which a row's organisation is unknown.
    pub(super) conference: bool,
    /// Invitees of the conference: their names, by something else that identifies a person, folded.
    invited: BTreeMap<Identifier, Vec<String>>,
    /// Names that no text may contain, each as messages call it.
    protected: Vec<(String, Name)>,
    /// People whom no text that others read may name.
    pub(super) named: Hidden,
}

/// Names of at least this length do not resemble each other by coincidence.
const LIKE: usize = 6;

/// Something that identifies a person besides the name: the kind (postcode, email address, organisation) and the value.
type Identifier = (&'static str, String);

/// The identifiers of a person, without any that are unknown.
fn identifiers(postcode: Option<&str>, email: Option<&str>, organisation: Option<&str>) -> Vec<Identifier> {
    let all = [("postcode", postcode), ("email", email), ("organisation", organisation)];
    let known = all.into_iter().filter_map(|(what, text)| Some((what, folded(text?))));
    known.filter(|(_, text)| !text.is_empty()).collect()
}

impl Known {
    /// Only the category of rows without one, and the day that counts as that of the letters.
    pub fn alone(usual: Option<Category>, issued: NaiveDate) -> Self {
        Self { usual, issued: Some(issued), ..Self::default() }
    }

    /// Also the organisations and the invitees of a conference.
    pub fn from(checked: &Checked, usual: Option<Category>) -> Self {
        Self::of(checked, usual, &|_| true)
    }

    /// The same for a list whose rows are invitees themselves. Other invitees are those in the conference file.
    pub(crate) fn of_invitees(loaded: &Loaded, list: &InviteeList) -> Self {
        let is_row = |path: &str| loaded.places.conference.is_in_a_cell(path);
        Self::of(loaded, list.category, &|position| !is_row(&format!("invitees[{position}].person")))
    }

    fn of(loaded: &Loaded, usual: Option<Category>, counts: &dyn Fn(usize) -> bool) -> Self {
        let mut organisations = BTreeMap::new();
        for (id, organisation) in &loaded.conference.organisations {
            let entry = (id.clone(), organisation.category, access::is_bound(loaded, id, organisation));
            organisations.insert(folded(&organisation.name), entry.clone());
            organisations.insert(folded(id), entry);
        }
        let mut invited: BTreeMap<Identifier, Vec<String>> = BTreeMap::new();
        for (_, invitee) in loaded.conference.invitees.iter().enumerate().filter(|(i, _)| counts(*i)) {
            let Some(person) = access::person(loaded, invitee) else { continue };
            let of = access::organisation_of(loaded, invitee).map(|(id, _)| id);
            let postcode = invitee.address.last().map(String::as_str);
            for identifier in identifiers(postcode, person.email.as_deref(), of) {
                invited.entry(identifier).or_default().push(person.name.clone());
            }
        }
        let reads = loaded.settings.audiences.clone();
        let issued = Some(loaded.conference.issued);
        let given_out = identity::given_out(&loaded.borough, &loaded.conference);
        let (protected, named) = (names::guarded(loaded), Hidden::of(loaded));
        Self { organisations, usual, reads, issued, given_out, conference: true, invited, protected, named }
    }

    /// Whether there is a name or a reference that no text may contain.
    pub(super) fn guards(&self) -> bool {
        !self.protected.is_empty()
    }

    /// Whether texts are looked through for names at all.
    pub(super) fn looks_for_names(&self) -> bool {
        self.guards() || !self.named.is_empty()
    }

    /// The protected names and references that a text contains, as messages call them.
    pub(super) fn guarded(&self, text: &Folded) -> impl Iterator<Item = &str> {
        self.protected.iter().filter(|(_, name)| name.stands_in(text)).map(|(label, _)| label.as_str())
    }

    /// Whether the row's person is an invitee of the conference. The name alone may be another person's, so another
    /// identifier has to match too.
    pub(super) fn is_invited(&self, listed: &Listed) -> bool {
        if self.invited.is_empty() {
            return false;
        }
        let postcode = listed.address.last().map(String::as_str);
        let own = identifiers(postcode, Some(&listed.email), self.organisation(listed));
        let alike = own.iter().filter_map(|identifier| self.invited.get(identifier)).flatten();
        alike.into_iter().any(|name| person::is_same(name, &listed.name))
    }

    /// The id of the row's organisation, if the conference has it.
    pub fn organisation(&self, listed: &Listed) -> Option<&str> {
        self.organisations.get(&folded(&listed.organisation)).map(|(id, ..)| id.as_str())
    }

    /// The category of the row's person.
    pub fn category(&self, listed: &Listed) -> Option<Category> {
        let theirs = self.organisations.get(&folded(&listed.organisation)).map(|(_, category, _)| *category);
        listed.category.or(theirs).or(self.usual)
    }

    /// The audience of the row's person.
    pub fn audience(&self, listed: &Listed) -> Option<Audience> {
        let agreed = self.organisations.get(&folded(&listed.organisation)).is_some_and(|(.., agreed)| *agreed);
        self.category(listed).map(|category| self.reads(category).audience(agreed))
    }

    fn reads(&self, category: Category) -> Reads {
        self.reads.get(&category).copied().unwrap_or(Reads::Community)
    }

    /// The severity of a category that would let the row's person read more than the conference lets their organisation
    /// read: an error if it is that organisation, a warning if only the name resembles it (`Golden Oven Bakery Ltd`),
    /// otherwise `None`.
    pub(super) fn widening(&self, listed: &Listed) -> Option<Severity> {
        let (said, name) = (listed.category?, folded(&listed.organisation));
        let wider = |(_, theirs, agreed): &(String, Category, bool)| {
            let clearance = |category| self.reads(category).audience(*agreed).clearance();
            clearance(said) > clearance(*theirs)
        };
        if let Some(known) = self.organisations.get(&name) {
            return wider(known).then_some(Severity::Error);
        }
        let like =
            |other: &str| name.len() >= LIKE && other.len() >= LIKE && (name.contains(other) || other.contains(&name));
        let alike = self.organisations.iter().any(|(other, known)| like(other) && wider(known));
        alike.then_some(Severity::Warning)
    }
}
