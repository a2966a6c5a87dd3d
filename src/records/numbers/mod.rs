//! Everybody keeps the number that they were first given, whatever is deleted, inserted, sorted or renamed in the file.
//!
//! In: the record's entry of everybody who has ever had a number, and the [`Identity`] of everybody in the file. Out: a
//! number for each, with the lines that the record gains; or every doubt at once.
//!
//! Deliberately absent: guessing. If it is unclear who is who, the coordinator is asked, and answers in the file with
//! `id:`, `number: 4` or `number: new`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::diag::{Diagnostic, Hint, codes};
use crate::model::numbers::{GivenNumber, Identity, Numbers, Role};

/// A text that can be compared but not read: 16 hexadecimal digits of its BLAKE3 hash, keyed by the reference of the
/// conference.
///
/// Anybody with the folder can guess its text, so the record is as confidential as the papers; but it contains no name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

/// The digest of a folded text for the record of one conference.
pub fn digest(reference: &str, text: &str) -> Digest {
    let key = blake3::derive_key("convenor 2026-11 names in the record", reference.as_bytes());
    Digest(blake3::keyed_hash(&key, text.as_bytes()).to_hex()[..16].to_owned())
}

/// A number and its owner: a line of the record. A later line with the same role and number has the owner's new name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbered {
    /// Their role.
    pub role: Role,
    /// The number.
    pub no: u32,
    /// The id that the coordinator chose; for a child's record its digest, since it might be a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name; for a child's record its reference.
    pub name: Digest,
    /// The organisation. `None` if there is none.
    #[serde(default, rename = "org", skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Digest>,
    /// The postcode, which tells namesakes apart; for a child's record its worker. `None` if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Digest>,
    /// Whether it was given because the file asked for a new one. The same `number: new` then means this one later.
    #[serde(default, skip_serializing_if = "is_false")]
    pub asked: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(asked: &bool) -> bool {
    !asked
}

impl Numbered {
    /// An entry of the file with a number.
    pub fn of(reference: &str, one: &Identity, no: u32) -> Self {
        let digest = |text: &str| digest(reference, text);
        let some = |text: &str| (!text.is_empty()).then(|| digest(text));
        let id = one.id.as_ref().map(|id| if one.role == Role::Child { digest(id).0 } else { id.clone() });
        Self {
            role: one.role,
            no,
            id,
            name: digest(&one.name),
            organisation: some(&one.organisation),
            detail: some(&one.detail),
            asked: false,
        }
    }

    /// The name of whoever reads their papers: of a child's record its worker. `None` if there is none.
    pub fn reader(&self) -> Option<&Digest> {
        if self.role == Role::Child { self.detail.as_ref() } else { Some(&self.name) }
    }

    /// A copy with the present name of their organisation.
    fn with_organisation_renamed(&self, renamed: &BTreeMap<Digest, Digest>) -> Self {
        let today = self.organisation.as_ref().map(|name| renamed.get(name).unwrap_or(name).clone());
        Self { organisation: today, ..self.clone() }
    }

    /// Whether both have the same name and organisation.
    fn is_called(&self, other: &Self) -> bool {
        self.name == other.name && self.organisation == other.organisation
    }

    /// Whether their ids say that they are two people.
    fn is_told_apart(&self, other: &Self) -> bool {
        self.id.as_ref().zip(other.id.as_ref()).is_some_and(|(one, other)| one != other)
    }

    /// Whether they have something in common that may mean that they are the same person.
    fn resembles(&self, other: &Self) -> bool {
        let both = |one: &Option<Digest>, other: &Option<Digest>| one.is_some() && one == other;
        self.name == other.name
            || both(&self.organisation, &other.organisation)
            // Without an organisation, only the postcode is left; for a child's record, the worker.
            || self.organisation.is_none() && other.organisation.is_none() && both(&self.detail, &other.detail)
    }
}

/// A number for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// The numbers, in the order of the identities.
    pub numbers: Vec<u32>,
    /// The lines that the record gains, for people who are new or have a new name.
    pub lines: Vec<Numbered>,
}

impl Assigned {
    /// The numbers in the form that papers are made with. `now` are the identities that they were assigned to.
    pub fn numbers(&self, now: &[Identity]) -> Numbers {
        let mut numbers = Numbers::default();
        for (one, number) in now.iter().zip(&self.numbers) {
            match one.role {
                Role::Invitee => numbers.invitees.push(*number),
                Role::Child => numbers.children.push(*number),
                Role::Organisation => {
                    let id = one.id.clone().expect("an organisation's id is its key");
                    numbers.organisations.insert(id, *number);
                }
                Role::Listed => {}
            }
        }
        numbers
    }
}

/// Something that cannot be decided without asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The field path of the entry that it is about.
    pub path: String,
    /// The open question.
    pub question: Question,
}

/// An open question about a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Whether an entry is one of those who had a number and are no longer in the file.
    WhoIsIt {
        /// The numbers that they may have had.
        candidates: Vec<u32>,
        /// The number that they get if they are not one of these.
        next: u32,
        /// The known ids of these candidates, any of which is an answer, too.
        ids: Vec<String>,
        /// Whether the entry already says `number: new`, which now stands for somebody else's number.
        asked: bool,
    },
    /// Two entries look the same, and nothing tells them apart.
    Alike {
        /// The field path of the other.
        other: String,
    },
    /// The id of the entry belongs to a number whose owner is another entry now: ids were given out anew.
    IdOfAnother {
        /// The id.
        id: String,
        /// Its number.
        had: u32,
        /// The field path of the entry that is called as its owner was.
        other: String,
    },
    /// The entry is known to have had another number than the one it is given.
    OtherNumber {
        /// The number that it is given.
        given: u32,
        /// The number that it has had.
        had: u32,
    },
    /// The number that the entry is given belongs to somebody else.
    Taken {
        /// The number that it is given.
        given: u32,
        /// The field path of its owner.
        owner: String,
    },
}

impl Doubt {
    /// The way to answer if the entry is a row of a list, in which a number cannot be written.
    pub fn hint_for_row(&self) -> Option<Hint> {
        match &self.question {
            Question::WhoIsIt { candidates, .. } => {
                let same = format!("- {{ id: …, number: {:02} }}", candidates.first()?);
                let same = Hint::naming(
                    "give this row an `id`, and say under `invitees:` who it is: `{}` if it is the same,",
                    [same],
                );
                Some(same.and(" or `- { id: …, number: new }` if it is somebody else"))
            }
            Question::Alike { .. } => Some(Hint::from("give each row an `id` of its own, in a column of this name")),
            _ => None,
        }
    }

    /// The doubt as an error. The caller, who knows the places of the file, adds the line.
    pub fn diagnostic(&self) -> Diagnostic {
        let error = |message: String| Diagnostic::error(codes::DOUBTFUL_NUMBER, message).at(self.path.clone());
        match &self.question {
            Question::WhoIsIt { candidates, next, ids, asked } => {
                let numbers = written(candidates);
                let same = match (candidates.as_slice(), ids.as_slice()) {
                    ([one], [id]) => {
                        Hint::naming("write `id: {}` or `number: {}`", [id.to_owned(), format!("{one:02}")])
                    }
                    ([one], _) => Hint::naming("write `number: {}`", [format!("{one:02}")]),
                    ([first, ..], _) => Hint::naming("write that number, as in `number: {}`,", [format!("{first:02}")]),
                    ([], _) => Hint::from(""),
                };
                let other = match asked {
                    true => Hint::naming("`number: {}`", [format!("{next:02}")]),
                    false => Hint::from("`number: new`"),
                };
                let same = Hint::from("if it is the same, ").and(same).and(" on this entry; ");
                error(format!(
                    "this may be number {numbers} under another name, or somebody new, who would be number {next:02}"
                ))
                .hint(same.and("if it is somebody else, write ").and(other))
            }
            Question::Alike { other } => {
                error(format!("this entry and `{other}` cannot be told apart")).hint("give each an `id:` of its own")
            }
            Question::IdOfAnother { id, had, other } => {
                let message = format!(
                    "the id `{id}` is that of number {had:02}, and it is `{other}` that is called as they were"
                );
                error(message).hint("give each their own id back: an id stays with its person for ever")
            }
            Question::OtherNumber { given, had } => error(format!(
                "this entry is given the number {given:02}, and has had the number {had:02}"
            ))
            .hint(Hint::naming(
                "write `number: {}`, or take `number:` out: a number once given is kept",
                [format!("{had:02}")],
            )),
            Question::Taken { given, owner } => error(format!("the number {given:02} belongs to `{owner}`"))
                .hint("take `number:` out, or write `number: new`: a number is given to nobody else"),
        }
    }
}

/// `04`, `04 or 07`, `04, 07 or 11`.
fn written(numbers: &[u32]) -> String {
    let all: Vec<String> = numbers.iter().map(|n| format!("{n:02}")).collect();
    match all.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., tail] => format!("{} or {tail}", head.join(", ")),
    }
}

/// Gives everybody in the file their number. `known` are the lines of the record, oldest first; `reference` is that of
/// the conference.
///
/// An entry is recognised by the number or id that the file gives; otherwise by name and organisation, if these are
/// unique on both sides. An entry that shares neither with anybody who is left gets a number above the highest ever
/// given.
///
/// # Errors
/// Every open question.
pub fn assign(reference: &str, known: &[Numbered], now: &[Identity]) -> Result<Assigned, Vec<Doubt>> {
    let mut numbers = vec![0; now.len()];
    let (mut lines, mut doubts) = (Vec::new(), Vec::new());
    let renamed = renamed_organisations(reference, known, now);
    for role in [Role::Invitee, Role::Organisation, Role::Child, Role::Listed] {
        let said: BTreeMap<u32, &Numbered> = known.iter().filter(|k| k.role == role).map(|k| (k.no, k)).collect();
        let in_todays_words = said.iter().map(|(no, old)| (*no, old.with_organisation_renamed(&renamed)));
        let in_todays_words: BTreeMap<u32, Numbered> = in_todays_words.collect();
        let latest: BTreeMap<u32, &Numbered> = in_todays_words.iter().map(|(no, old)| (*no, old)).collect();
        let entries: Vec<(usize, Numbered)> = (0..)
            .zip(now)
            .filter(|(_, one)| one.role == role)
            .map(|(i, one)| (i, Numbered::of(reference, one, 0)))
            .collect();
        let mut matching = Matching { now, entries, free: latest.clone(), owner: BTreeMap::new(), doubts: Vec::new() };
        matching.by_number(&latest);
        matching.by_id();
        matching.by_name(&latest);
        let next = matching.highest(&latest) + 1;
        matching.ask_what_is_open(next);
        matching.number_the_new(next);
        for (no, at) in &matching.owner {
            let (position, entry) = &matching.entries[*at];
            numbers[*position] = *no;
            let asked = now[*position].given == Some(GivenNumber::New);
            let old = latest.get(no);
            let line = Numbered {
                no: *no,
                id: entry.id.clone().or_else(|| old.and_then(|old| old.id.clone())),
                asked: old.map_or(asked, |old| old.asked),
                ..entry.clone()
            };
            if said.get(no).is_none_or(|old| **old != line) {
                lines.push(line);
            }
        }
        doubts.append(&mut matching.doubts);
    }
    if doubts.is_empty() { Ok(Assigned { numbers, lines }) } else { Err(doubts) }
}

/// The new names of organisations that were renamed since the record was written, by the old names: their keys say that
/// they are the same. An old name that another organisation now has is left out.
fn renamed_organisations(reference: &str, known: &[Numbered], now: &[Identity]) -> BTreeMap<Digest, Digest> {
    let known = known.iter().filter(|one| one.role == Role::Organisation);
    let latest: BTreeMap<u32, &Numbered> = known.map(|one| (one.no, one)).collect();
    let now = now.iter().filter(|one| one.role == Role::Organisation);
    let now: Vec<(&Option<String>, Digest)> = now.map(|one| (&one.id, digest(reference, &one.name))).collect();
    let is_taken = |name: &Digest| now.iter().any(|(_, theirs)| theirs == name);
    let pairs = latest.values().filter(|old| old.id.is_some() && !is_taken(&old.name));
    pairs
        .filter_map(|old| now.iter().find(|(id, _)| **id == old.id).map(|(_, name)| (old.name.clone(), name.clone())))
        .collect()
}

/// The entries of one role, matched step by step with those who have had a number.
struct Matching<'k> {
    now: &'k [Identity],
    /// The position among all entries, and the line that the record would have for it.
    entries: Vec<(usize, Numbered)>,
    /// Numbers that no entry has yet.
    free: BTreeMap<u32, &'k Numbered>,
    /// The entry of each number, by its place in `entries`.
    owner: BTreeMap<u32, usize>,
    doubts: Vec<Doubt>,
}

impl<'k> Matching<'k> {
    fn given(&self, at: usize) -> Option<GivenNumber> {
        self.now[self.entries[at].0].given
    }

    fn path(&self, at: usize) -> &str {
        &self.now[self.entries[at].0].path
    }

    fn doubt(&mut self, at: usize, question: Question) {
        let path = self.path(at).to_owned();
        self.doubts.push(Doubt { path, question });
    }

    fn take(&mut self, no: u32, at: usize) {
        self.free.remove(&no);
        self.owner.insert(no, at);
    }

    /// The entries that have no number yet.
    fn open(&self) -> Vec<usize> {
        let taken: BTreeSet<usize> = self.owner.values().copied().collect();
        (0..self.entries.len()).filter(|at| !taken.contains(at)).collect()
    }

    /// Whether an entry may have a number at all: `number: new` means only one that was given because of it.
    fn may_have(&self, at: usize, old: &Numbered) -> bool {
        self.given(at) != Some(GivenNumber::New) || old.asked
    }

    /// Assigns numbers that are given in the file, unless they are known to be somebody else's.
    fn by_number(&mut self, latest: &BTreeMap<u32, &'k Numbered>) {
        for at in 0..self.entries.len() {
            let Some(GivenNumber::Is(given)) = self.given(at) else { continue };
            let entry = self.entries[at].1.clone();
            let is_called =
                |old: &Numbered| entry.is_called(old) && entry.detail == old.detail && !entry.is_told_apart(old);
            // An entry that is called as somebody with another number was, and as nobody with this one.
            let is_another = !latest.get(&given).is_some_and(|old| is_called(old));
            let had = |(no, old): (&u32, &&Numbered)| {
                let is_it = old.id.is_some() && old.id == entry.id || is_another && is_called(old);
                (*no != given && is_it).then_some(*no)
            };
            if let Some(had) = latest.iter().find_map(had) {
                let id = entry.id.clone().filter(|_| latest[&had].id == entry.id);
                let other = id.and_then(|id| Some((id, self.called_as_before(at, latest[&had])?)));
                self.doubt(
                    at,
                    match other {
                        Some((id, other)) => Question::IdOfAnother { id, had, other: self.path(other).to_owned() },
                        None => Question::OtherNumber { given, had },
                    },
                );
            } else if let Some(owner) = self.owner.get(&given).copied() {
                let owner = self.path(owner).to_owned();
                self.doubt(at, Question::Taken { given, owner });
                continue;
            } else if let Some(owner) = self.rightful(latest.get(&given), at) {
                let owner = self.path(owner).to_owned();
                self.doubt(at, Question::Taken { given, owner });
            }
            self.take(given, at);
        }
    }

    /// The other entry that a number is known to belong to: by its id, or because it is the same as the owner.
    fn rightful(&self, old: Option<&&'k Numbered>, at: usize) -> Option<usize> {
        let old = *old?;
        let others = || (0..self.entries.len()).filter(|other| *other != at && self.given(*other).is_none());
        let by_id = others().find(|other| old.id.is_some() && self.entries[*other].1.id == old.id);
        let same = |at: usize| {
            let entry = &self.entries[at].1;
            entry.is_called(old) && entry.detail == old.detail && !entry.is_told_apart(old)
        };
        by_id.or_else(|| others().filter(|_| !same(at)).find(|other| same(*other)))
    }

    fn by_id(&mut self) {
        for at in self.open() {
            let id = self.entries[at].1.id.clone();
            let is_it = |(_, old): &(&u32, &&Numbered)| id.is_some() && old.id == id && self.may_have(at, old);
            // Of two numbers with one id, the later was asked for and is meant since.
            let Some(no) = self.free.iter().rev().find(is_it).map(|(no, _)| *no) else { continue };
            if let Some(other) = self.called_as_before(at, self.free[&no]) {
                let (id, other) = (id.unwrap_or_default(), self.path(other).to_owned());
                self.doubt(at, Question::IdOfAnother { id, had: no, other });
            }
            self.take(no, at);
        }
    }

    /// The other entry that is what a number was in everything but the id, if this one differs.
    fn called_as_before(&self, at: usize, old: &Numbered) -> Option<usize> {
        let is_as_before = |at: usize| {
            let entry = &self.entries[at].1;
            entry.is_called(old) && entry.detail == old.detail
        };
        if old.role == Role::Organisation || is_as_before(at) {
            return None;
        }
        let mut others = (0..self.entries.len()).filter(|other| *other != at);
        others.find(|other| is_as_before(*other) && self.entries[*other].1.is_told_apart(old))
    }

    /// Assigns numbers by name and organisation if these are unique on both sides; among namesakes only if the detail
    /// is, too.
    fn by_name(&mut self, latest: &BTreeMap<u32, &'k Numbered>) {
        let is_it = |matching: &Self, at: usize, old: &Numbered| {
            let entry = &matching.entries[at].1;
            let apart = entry.is_told_apart(old) && old.role != Role::Organisation;
            entry.is_called(old) && !apart && matching.may_have(at, old)
        };
        for (no, old) in latest {
            let detailed = |at: &usize| self.entries[*at].1.detail == old.detail && is_it(self, *at, old);
            let entries: Vec<usize> = self.open().into_iter().filter(detailed).collect();
            let [at] = entries[..] else { continue };
            let detail = |other: &&Numbered| other.detail == old.detail && is_it(self, at, other);
            if self.free.contains_key(no) && self.free.values().copied().filter(|other| detail(other)).count() == 1 {
                self.take(*no, at);
            }
        }
        let all: Vec<usize> = (0..self.entries.len()).collect();
        for at in self.open() {
            let numbers: Vec<u32> = latest.iter().filter(|(_, old)| is_it(self, at, old)).map(|(no, _)| *no).collect();
            let [no] = numbers[..] else { continue };
            let rivals = all.iter().filter(|other| is_it(self, **other, latest[&no])).count();
            if rivals == 1 && self.free.contains_key(&no) && !self.may_be_a_namesake(at, latest[&no]) {
                self.take(no, at);
            }
        }
    }

    /// Whether somebody with another postcode may be a namesake who has come to the same organisation: then either the
    /// entry's own postcode is that of another number, or the number's postcode is that of another entry.
    fn may_be_a_namesake(&self, at: usize, old: &Numbered) -> bool {
        let entry = &self.entries[at].1;
        let lives_with = |one: &Numbered, other: &Numbered| one.name == other.name && one.detail == other.detail;
        let mut others = self.open().into_iter().filter(|other| *other != at);
        entry.detail != old.detail
            && (self.free.values().any(|other| other.no != old.no && lives_with(entry, other))
                || others.any(|other| lives_with(&self.entries[other].1, old)))
    }

    /// The highest number that anybody of this role ever had.
    fn highest(&self, latest: &BTreeMap<u32, &'k Numbered>) -> u32 {
        let ever = latest.keys().chain(self.owner.keys());
        ever.copied().max().unwrap_or_default()
    }

    /// Asks about entries and numbers that are left over and may belong together.
    fn ask_what_is_open(&mut self, next: u32) {
        let mut questions = Vec::new();
        let open = self.open();
        for (turn, at) in (0..).zip(&open) {
            let entry = &self.entries[*at].1;
            let twin = |other: &&usize| {
                let other = &self.entries[**other].1;
                other.is_called(entry) && other.detail == entry.detail && other.id.is_none() && entry.id.is_none()
            };
            if let Some(other) = open.iter().take(turn).find(twin) {
                questions.push((*at, Question::Alike { other: self.path(*other).to_owned() }));
                continue;
            }
            let may_be = |old: &Numbered| {
                // Different ids mean two people, unless their names are the same to the letter.
                entry.resembles(old) && (!entry.is_told_apart(old) || entry.is_called(old)) && self.may_have(*at, old)
            };
            let candidates: Vec<&Numbered> = self.free.values().filter(|old| may_be(old)).copied().collect();
            if !candidates.is_empty() {
                let asked = self.given(*at) == Some(GivenNumber::New);
                let ids = if entry.role == Role::Child {
                    Vec::new()
                } else {
                    candidates.iter().filter_map(|c| c.id.clone()).collect()
                };
                let candidates = candidates.iter().map(|c| c.no).collect();
                let next = next + u32::try_from(turn).unwrap_or_default();
                questions.push((*at, Question::WhoIsIt { candidates, next, ids, asked }));
            }
        }
        for (at, question) in questions {
            self.doubt(at, question);
        }
    }

    fn number_the_new(&mut self, mut next: u32) {
        for at in self.open() {
            self.take(next, at);
            next += 1;
        }
    }
}

#[cfg(test)]
mod tests;
