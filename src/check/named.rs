//! A text that others read names nobody whom they may not know.
//!
//! In: every text in words of its own. Out: an error where it names a youth representative or a child's worker, or gives
//! an invitee's home address, email address or telephone number; a warning where a text for the community or the public
//! names any other invitee, or gives a family name that nobody else in the data has. People, addresses and numbers
//! are known from the data ([`Hidden`]).
//!
//! Deliberately absent: people who are not in the data, and what papers give out themselves: the chair, the minute taker,
//! the council, the venue and organisations.

use std::collections::{BTreeMap, BTreeSet};

use super::access;
use super::freetext::{self, FieldText};
use super::names::Name;
use super::{identity, person, typed};
use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::fields::{self, Sort};
use crate::fold::Folded;
use crate::input::Loaded;
use crate::model::conference::ContextKind;
use crate::model::people::Invitee;
use crate::model::{Category, Clearance};

pub fn rule(loaded: &Loaded, texts: &[FieldText<'_>], report: &mut Report) {
    let hidden = Hidden::new(loaded, texts);
    // Thousands of people have the same role, and each text is compared with everybody.
    let mut met: BTreeMap<(&str, bool), Standing> = BTreeMap::new();
    for field in texts.iter().filter(|f| f.is_said() && f.clearance < Clearance::Restricted) {
        let open = field.clearance <= Clearance::Community;
        let standing = met.entry((field.text, open)).or_insert_with(|| hidden.standing(field.heard(), open));
        let of_others = |secret: &&Secret| !secret.is_own(&field.path);
        let mut found = false;
        for secret in standing.secrets.iter().map(|n| &hidden.secrets[*n]).filter(of_others) {
            found = true;
            report.push(
                Diagnostic::error(codes::NAMED_IN_TEXT, format!("this text gives {}", secret.what))
                    .at(field.path.clone())
                    .hint("say it without; if it is somebody or something else, list this field under `allow` with a reason"),
            );
        }
        if !found {
            others(&hidden, field, standing, report);
        }
    }
}

/// Warns of names in a text for the community or the public, and of a youth representative's first name in any.
fn others(hidden: &Hidden, field: &FieldText<'_>, standing: &Standing, report: &mut Report) {
    let alone = standing.alone.iter().map(|n| &hidden.secrets[*n]).filter(|secret| !secret.is_own(&field.path));
    let alone = alone.map(|secret| format!("this text may give {}", secret.what));
    let named = standing.named.iter().map(|(n, verb)| (&hidden.others[*n], verb));
    let named = named.filter(|(other, _)| !field.path.starts_with(&other.own));
    let named = named.map(|(other, verb)| format!("this text {verb} {}", other.who));
    for message in alone.chain(named).collect::<BTreeSet<_>>() {
        report.push(Diagnostic::warning(codes::NAMED_IN_TEXT, message).at(field.path.clone()).hint(
            "say it without the name, or mark it `professional`; if it may stay, list this field under `allow` with a reason",
        ));
    }
}

/// What stands in one text, whoever's entry it is in: positions in [`Hidden`].
struct Standing {
    secrets: Vec<usize>,
    /// Secrets of which a part stands alone.
    alone: Vec<usize>,
    /// Others, and how the text names them.
    named: Vec<(usize, &'static str)>,
}

/// What texts that others read must not give, and whom they had better not name.
#[derive(Debug, Clone, Default)]
pub struct Hidden {
    secrets: Vec<Secret>,
    others: Vec<Other>,
    /// How many people or places of the data have a word in their name.
    words: BTreeMap<String, usize>,
}

/// A name, an address or the like.
#[derive(Debug, Clone)]
struct Secret {
    /// What it is, as messages call it.
    what: String,
    /// The path of the entry that it is in, whose own texts may say it.
    own: String,
    /// The name, if it is one.
    name: Option<Name>,
    /// Anything else, folded.
    texts: Vec<String>,
}

/// Any other invitee.
#[derive(Debug, Clone)]
struct Other {
    who: String,
    own: String,
    name: Name,
    /// The name with the parts of the family name only, each of which may be them by itself.
    family: Name,
    /// How they are addressed, folded: `Sgt Nair`.
    addressed: Option<String>,
}

impl Secret {
    fn is_own(&self, path: &str) -> bool {
        path.starts_with(&self.own)
    }

    fn stands_in(&self, text: &Folded) -> bool {
        let holds = |wanted: &String| says(text, wanted);
        self.name.as_ref().is_some_and(|name| name.is_spelled_in(text)) || self.texts.iter().any(holds)
    }
}

impl Other {
    /// How a text names them, as a verb of a message. `None` if it does not.
    fn is_named_in(&self, texts: &[Folded], is_known: &dyn Fn(&str) -> bool) -> Option<&'static str> {
        // Most texts have no word of most names.
        let may_stand_in = |text: &&Folded| {
            let addressed = self.addressed.as_ref().is_some_and(|wanted| text.has(wanted));
            addressed || self.name.words.iter().any(|word| text.has(word))
        };
        let texts: Vec<&Folded> = texts.iter().filter(may_stand_in).collect();
        if texts.iter().any(|text| self.stands_in(text)) {
            return Some("names");
        }
        texts.iter().any(|text| self.family.stands_alone_in(text, is_known)).then_some("may name")
    }

    fn stands_in(&self, text: &Folded) -> bool {
        self.name.is_spelled_in(text) || self.addressed.as_ref().is_some_and(|wanted| says(text, wanted))
    }
}

/// A name of which only the family name counts by itself: a given name alone is how people speak of a colleague.
fn family(name: &str) -> Name {
    let bare = name.split(['(', '[']).next().unwrap_or_default().trim();
    let family = bare.split_once(',').map_or_else(|| bare.rsplit(' ').next().unwrap_or_default(), |(family, _)| family);
    let mut name = Name::new(bare);
    let family = Folded::of(family);
    name.alone.retain(|word| family.words().contains(&word.as_str()));
    name.parts.clear();
    name
}

/// Whether a text says something in whole words.
fn says(text: &Folded, wanted: &str) -> bool {
    text.find(wanted).any(|range| text.is_edge(range.start) && text.is_edge(range.end))
}

impl Hidden {
    /// What stands in a text. `open` says whether it is for the community or the public, so that nobody had better be named.
    fn standing(&self, texts: &[Folded], open: bool) -> Standing {
        let any = |stands: &dyn Fn(&Folded) -> bool| texts.iter().any(stands);
        let is_known = |word: &str| self.words.get(word).is_some_and(|bearers| *bearers > 1);
        let secrets = (0..).zip(&self.secrets);
        let alone = secrets.clone().filter(|(_, secret)| {
            secret.name.as_ref().is_some_and(|name| any(&|text| name.stands_alone_in(text, &is_known)))
        });
        let others = (0..).zip(&self.others).filter(|_| open);
        Standing {
            alone: alone.map(|(n, _)| n).collect(),
            secrets: secrets.filter(|(_, secret)| any(&|text| secret.stands_in(text))).map(|(n, _)| n).collect(),
            named: others.filter_map(|(n, other)| Some((n, other.is_named_in(texts, &is_known)?))).collect(),
        }
    }

    /// The people, addresses and numbers of a conference.
    pub fn of(loaded: &Loaded) -> Self {
        Self::new(loaded, &freetext::of_conference(loaded))
    }

    fn new(loaded: &Loaded, texts: &[FieldText<'_>]) -> Self {
        let mut hidden = Self { words: words(texts), ..Self::default() };
        let shared = Shared::of(loaded);
        for (i, invitee) in loaded.conference.invitees.iter().enumerate() {
            hidden.invitee(loaded, i, invitee, &shared);
        }
        for (i, link) in loaded.conference.child_links.iter().enumerate() {
            // A worker who takes part is known to take part.
            let takes_part = shared.names.iter().any(|name| person::is_same(name, &link.worker.name));
            if !takes_part && typed::is_name(&link.worker.name) {
                let (what, own) =
                    (format!("the name of the worker of child link {}", i + 1), format!("child_links[{i}]"));
                let name = Some(Name::new(&link.worker.name));
                hidden.secrets.push(Secret { what, own: own.clone(), name, texts: Vec::new() });
                let email = link.worker.email.iter().map(|e| Folded::of(e).text).collect();
                let what = format!("the email address of the worker of child link {}", i + 1);
                hidden.secrets.push(Secret { what, own, name: None, texts: email });
            }
        }
        hidden
    }

    fn invitee(&mut self, loaded: &Loaded, i: usize, invitee: &Invitee, shared: &Shared) {
        let Some(person) = access::person(loaded, invitee) else { return };
        let own = format!("invitees[{i}].");
        // What stands in the place of a name would be found in any text: `{{name}}`, `TBC`.
        let names = std::iter::once(&person.name).chain(&invitee.delegate).filter(|name| typed::is_name(name));
        if access::category(loaded, invitee) == Some(Category::YouthRepresentative) {
            for name in names {
                let what = format!("the name of a youth representative (invitees[{i}])");
                self.secrets.push(Secret { what, own: own.clone(), name: Some(Name::new(name)), texts: Vec::new() });
            }
        } else if !shared.officers.iter().any(|name| person::is_same(name, &person.name)) {
            let addressed = person.salutation.as_ref().filter(|said| typed::is_name(said)).map(|s| Folded::of(s));
            let addressed = addressed.filter(|s| s.words().len() > 1).map(|s| s.text);
            for name in names {
                let addressed = addressed.clone().filter(|_| *name == person.name);
                self.others.push(Other {
                    who: format!("invitees[{i}]"),
                    own: own.clone(),
                    name: Name::new(name),
                    family: family(name),
                    addressed,
                });
            }
        }
        let is_officers = invitee.person.id().is_some_and(|id| shared.officer_ids.contains(id));
        if is_officers {
            return;
        }
        let mut give = |what: &str, texts: Vec<String>| {
            if !texts.is_empty() {
                let what = format!("the {what} of an invitee (invitees[{i}])");
                self.secrets.push(Secret { what, own: own.clone(), name: None, texts });
            }
        };
        let email = person.email.iter().filter(|e| !is_a_mailbox(e)).map(|e| Folded::of(e).text);
        give("email address", email.filter(|e| !shared.contacts.contains(e)).collect());
        // `identity` finds all other telephone numbers.
        let phone = person.phone.iter().filter(|p| !identity::is_found(p)).map(|p| Folded::of(p).text);
        give("telephone number", phone.filter(|p| p.len() > 5 && !shared.contacts.contains(p)).collect());
        if is_home(loaded, invitee) {
            let lines = invitee.address.iter().map(|line| Folded::of(line).text);
            let telling = lines.enumerate().filter(|(n, line)| is_telling(line, *n + 1 == invitee.address.len()));
            give("home address", telling.map(|(_, line)| line).filter(|line| !shared.places.contains(line)).collect());
        }
    }
}

/// Whether an address is an invitee's home, and not where their organisation is.
fn is_home(loaded: &Loaded, invitee: &Invitee) -> bool {
    let category = access::category(loaded, invitee);
    let at_home = [Category::Residents, Category::Guardian, Category::YouthRepresentative, Category::Other];
    category.is_none_or(|c| at_home.contains(&c)) || access::organisation_of(loaded, invitee).is_none()
}

/// Whether a folded line of an address tells where somebody lives: a number with a street, or a postcode, which comes
/// last. A street, a town or a county alone does not.
fn is_telling(line: &str, is_last: bool) -> bool {
    let number = line.starts_with(|c: char| c.is_ascii_digit()) || line.starts_with("flat") || is_last;
    number && line.chars().any(|c| c.is_ascii_digit()) && line.chars().any(char::is_alphabetic) && line.len() > 4
}

/// What several people, the council or the venue have, and so nobody in particular.
struct Shared {
    /// Names of everybody who takes part.
    names: Vec<String>,
    /// Names of those whom papers name themselves: the chair, the minute taker.
    officers: Vec<String>,
    officer_ids: BTreeSet<String>,
    /// Email addresses and telephone numbers, folded.
    contacts: BTreeSet<String>,
    /// Lines of addresses, folded.
    places: BTreeSet<String>,
}

impl Shared {
    fn of(loaded: &Loaded) -> Self {
        let (c, b) = (&loaded.conference, &loaded.borough);
        let fold = |text: &String| Folded::of(text).text;
        let officer_ids: BTreeSet<String> =
            [&c.meeting.chair, &c.meeting.minute_taker].into_iter().flatten().cloned().collect();
        let people = c.invitees.iter().filter_map(|i| access::person(loaded, i));
        let mut contacts = twice(people.clone().flat_map(|p| p.email.iter().chain(&p.phone)).map(fold));
        contacts.extend(loaded.places.borough.texts().map(|(_, text)| Folded::of(text).text));
        let officers = officer_ids.iter().filter_map(|id| c.people.get(id));
        contacts.extend(officers.clone().flat_map(|p| p.email.iter().chain(&p.phone)).map(fold));
        // A house in which two organisations are represented is an office.
        let mut places: BTreeSet<String> =
            c.meeting.venue.lines.iter().chain([&c.meeting.venue.name, &c.meeting.venue.postcode]).map(fold).collect();
        places.extend(b.address.iter().map(fold));
        let of_organisations = c.invitees.iter().filter(|i| !is_home(loaded, i));
        places.extend(of_organisations.flat_map(|i| &i.address).map(fold));
        places.extend(c.organisations.values().map(|o| fold(&o.name)));
        let houses = houses(loaded);
        let lines = c.invitees.iter().filter(|i| i.address.first().is_some_and(|line| houses.contains(&fold(line))));
        places.extend(lines.flat_map(|i| &i.address).map(fold));
        Self {
            names: people.map(|p| p.name.clone()).chain(c.people.values().map(|p| p.name.clone())).collect(),
            officers: officers.map(|p| p.name.clone()).collect(),
            officer_ids,
            contacts,
            places,
        }
    }
}

/// Whether an email address is a mailbox of an organisation, and nobody's own.
fn is_a_mailbox(email: &str) -> bool {
    const MAILBOXES: &str = " info office enquiries enquiry admin reception contact hello team manager secretary chair mail help \
        support bookings safeguarding referrals duty school head post general centre center staff shop sales service ";
    let local = email.split('@').next().unwrap_or_default().to_lowercase();
    MAILBOXES.contains(&format!(" {local} "))
}

/// First lines of addresses that name the house of an organisation, of the council or of the venue, folded.
fn houses(loaded: &Loaded) -> BTreeSet<String> {
    let c = &loaded.conference;
    let names = c.organisations.values().map(|o| &o.name).chain(&c.meeting.venue.lines).chain([&c.meeting.venue.name]);
    let houses = names.chain(&loaded.borough.address).map(|name| Folded::of(name).text);
    houses.filter(|name| !name.is_empty()).collect()
}

fn twice(texts: impl Iterator<Item = String>) -> BTreeSet<String> {
    let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
    for text in texts {
        if !seen.insert(text.clone()) {
            twice.insert(text);
        }
    }
    twice
}

/// How many people or places have each word in their name.
fn words(texts: &[FieldText<'_>]) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let names = texts.iter().filter(|f| matches!(f.sort, Sort::Person | Sort::Name | Sort::Address));
    for field in names.filter(|f| !f.path.ends_with(".salutation")) {
        let heard = field.heard().first();
        for word in heard.into_iter().flat_map(Folded::words).collect::<BTreeSet<_>>() {
            *words.entry(word.to_owned()).or_default() += 1;
        }
    }
    words
}

impl Hidden {
    /// Whether there is anybody whom texts of others must not name.
    pub fn is_empty(&self) -> bool {
        self.secrets.is_empty()
    }

    /// The secrets of others that a text of a list gives, as messages call them.
    pub fn names(&self, text: &Folded) -> impl Iterator<Item = &str> {
        let named = self.secrets.iter().filter(|s| s.name.as_ref().is_some_and(|name| name.is_spelled_in(text)));
        named.map(|secret| secret.what.as_str())
    }
}

/// What the annex holds of a conference file: what was found, said and decided, and corrections of it.
const IN_THE_ANNEX: [&str; 7] =
    ["assessment.", "items[", "files[", "decisions[", "goals[", "contingency", "minutes.corrections["];

/// Warns of texts that are marked `restricted` in fields that the annex does not hold.
fn restricted(texts: &[FieldText<'_>], report: &mut Report) {
    let lost = |f: &&FieldText<'_>| {
        f.is_said()
            && f.mark == Some(Clearance::Restricted)
            && !IN_THE_ANNEX.iter().any(|part| f.path.starts_with(part))
            && !f.path.starts_with("invitees[")
            && !f.path.starts_with("agenda[")
    };
    let Some(first) = texts.iter().find(lost) else { return };
    let message =
        "a text that is marked `restricted` here reaches nobody: the annex holds what was found, said and decided";
    let at = first.path.strip_suffix(".text").filter(|_| !is_its_own(&first.path)).unwrap_or(&first.path);
    let warning = Diagnostic::warning(codes::REACHES_NOBODY, message).at(at);
    report.push(warning.hint("mark it `professional`, or move it to the findings of the assessment"));
}

/// Warns of texts that are marked for the community or the public in a conference that makes them no papers, and of those that are
/// marked for the annex and are not in it.
pub fn reach(loaded: &Loaded, texts: &[FieldText<'_>], report: &mut Report) {
    restricted(texts, report);
    let peers = loaded.conference.context.kind == ContextKind::PeerGroup;
    let no_papers = loaded.settings.community_papers.as_ref().is_some_and(Vec::is_empty);
    if !peers && !no_papers {
        return;
    }
    let lost = |mark: Clearance| mark == Clearance::Community || peers && mark == Clearance::Public;
    let marked = texts.iter().filter(|f| f.is_said() && f.mark.is_some_and(lost));
    let paths: Vec<&str> =
        marked.map(|f| f.path.strip_suffix(".text").filter(|_| !is_its_own(&f.path)).unwrap_or(&f.path)).collect();
    if paths.is_empty() {
        return;
    }
    let why = if peers {
        "a conference about a peer group makes no papers for them"
    } else {
        "the council gives the community no papers"
    };
    let count = match paths.len() {
        1 => "a text that is marked for the community or the public reaches nobody of these".to_owned(),
        n => format!("{n} texts that are marked for the community or the public reach nobody of these"),
    };
    let message = format!("{count}: {why}");
    let paths = paths.iter().copied();
    let hint = Hint::listing(
        "mark them `professional`, or tell those people in another way: {}",
        [paths.clone().collect::<Vec<_>>().join(", ")],
    );
    let at = if peers { "context.kind" } else { paths.clone().next().unwrap_or_default() };
    report.push(Diagnostic::warning(codes::REACHES_NOBODY, message).at(at).hint(hint));
}

/// Whether the `text` of a path is a field beside others, and not a text with its mark.
fn is_its_own(path: &str) -> bool {
    fields::of_path(path).is_some_and(|field| field.pattern.strip_suffix(".text").is_some())
}
