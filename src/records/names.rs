//! Names for numbers, in registers and answers, from the data at hand and from nowhere else.
//!
//! A number may have had another name when a paper was made. The record has no names, but recognises them by their
//! digests: a paper is never shown as somebody's whose name its reader did not have then.

use std::collections::BTreeMap;

use super::event::{Role, Who};
use super::numbers::{Digest, Numbered, assign, digest};
use super::state::State;
use crate::check::{Checked, Faulty};
use crate::fold::Folded;

/// The names in the data, by number.
#[derive(Debug, Clone, Default)]
pub struct Names {
    today: BTreeMap<Who, String>,
    digests: BTreeMap<Who, Digest>,
    chair: String,
    /// A whole name that was asked for, with its digest.
    asked: Option<(Digest, String)>,
}

impl Names {
    /// The names of a conference whose people have their numbers.
    pub fn of(checked: &Checked) -> Self {
        let (conference, numbers) = (&checked.conference, checked.numbers());
        let mut names = BTreeMap::new();
        for (position, invitee) in conference.invitees.iter().enumerate() {
            let who = Who { role: Role::Invitee, no: numbers.invitee(position) };
            names.insert(who, checked.person(invitee).name.clone());
        }
        for (id, organisation) in &conference.organisations {
            let who = Who { role: Role::Organisation, no: numbers.organisation(id) };
            names.insert(who, organisation.name.clone());
        }
        for (position, link) in conference.child_links.iter().enumerate() {
            names.insert(Who { role: Role::Child, no: numbers.child(position) }, link.worker.name.clone());
        }
        Self { today: names, digests: digests(checked), chair: checked.chair().to_owned(), asked: None }
    }

    /// The same for an answer about a name as it was typed: papers whose reader had this name then are shown under it.
    pub fn asked_for(&self, name: &str, state: &State) -> Self {
        Self { asked: Some((digest_of(name, state), name.trim().to_owned())), ..self.clone() }
    }

    /// The names of a conference with errors, as far as its people are known by the numbers in the record.
    pub fn as_far_as_known(faulty: &Faulty, state: &State) -> Self {
        let now = faulty.identities();
        let chair = faulty.chair().unwrap_or("chair").to_owned();
        let Ok(assigned) = assign(faulty.reference(), &state.numbers, &now) else {
            return Self { chair, ..Self::default() };
        };
        let (mut today, mut digests) = (BTreeMap::new(), BTreeMap::new());
        for ((one, no), name) in now.iter().zip(assigned.numbers).zip(faulty.names()) {
            let who = Who { role: one.role, no };
            let reader = Numbered::of(faulty.reference(), one, no).reader().cloned();
            if let (Some(name), Some(reader)) = (name, reader) {
                today.insert(who, name.to_owned());
                digests.insert(who, reader);
            }
        }
        Self { today, digests, chair, asked: None }
    }

    /// One name; `None` if the data no longer has it.
    pub fn get(&self, who: Who) -> Option<&str> {
        self.today.get(&who).map(String::as_str)
    }

    /// The digest of a name; `None` if the data no longer has it.
    pub fn digest(&self, who: Who) -> Option<&Digest> {
        self.digests.get(&who)
    }

    /// Everybody whose name contains all words of a search, without regard to case and accents; if there is nobody,
    /// words need only begin with those of the search.
    pub fn search(&self, words: &str) -> Vec<Who> {
        let whole = self.holding(words, |word, wanted| word == wanted);
        if whole.is_empty() { self.holding(words, |word, wanted| word.starts_with(wanted)) } else { whole }
    }

    fn holding(&self, words: &str, is_it: fn(&str, &str) -> bool) -> Vec<Who> {
        let wanted = Folded::of(words);
        let wanted = wanted.words();
        let holds = |name: &str| {
            let name = Folded::of(name);
            let name = name.words();
            !wanted.is_empty() && wanted.iter().all(|wanted| name.iter().any(|word| is_it(word, wanted)))
        };
        self.today.iter().filter(|(_, name)| holds(name)).map(|(who, _)| *who).collect()
    }

    /// Everybody with a name in the data, by number.
    pub fn iter(&self) -> impl Iterator<Item = (Who, &str)> {
        self.today.iter().map(|(who, name)| (*who, name.as_str()))
    }

    /// Readers in words, with the names that they have now.
    pub fn recipients(&self, to: &str, state: &State) -> Vec<String> {
        self.in_words(to, state, |_| None)
    }

    /// The readers of a paper in words. `numbered` is that of the paper: today's name is given only where it was their
    /// name then, or with a note that it was not.
    pub fn recipients_then(&self, to: &str, numbered: usize, state: &State) -> Vec<String> {
        self.in_words(to, state, |who| state.name_then(who, numbered))
    }

    fn in_words<'s>(&self, to: &str, state: &State, then: impl Fn(Who) -> Option<&'s Digest>) -> Vec<String> {
        let one = |token: &str| match (token, Who::of(token)) {
            ("chair", _) => self.chair.clone(),
            (_, Some(who)) if state.erased.contains(&who) => format!("{}, erased", who.in_words()),
            (_, Some(who)) => self.name_then(who, then(who)),
            _ => token.to_owned(),
        };
        to.split_whitespace().map(one).collect()
    }

    fn name_then(&self, who: Who, then: Option<&Digest>) -> String {
        let asked = self.asked.as_ref().filter(|(digest, _)| then == Some(digest)).map(|(_, name)| name.as_str());
        let (Some(name), Some(now)) = (self.get(who), self.digest(who)) else {
            return format!("{}, no longer in the file", asked.map_or_else(|| who.in_words(), str::to_owned));
        };
        match (asked, who.role) {
            _ if then.is_none_or(|then| then == now) => name.to_owned(),
            (Some(asked), _) => asked.to_owned(),
            // Only of an invitee does the file say that the new name is the same person's.
            (None, Role::Invitee | Role::Listed) => format!("{name}, under another name then"),
            (None, Role::Organisation) => format!("{}, under another name then", who.in_words()),
            (None, Role::Child) => format!("{}, to another worker then", who.in_words()),
        }
    }
}

impl State {
    /// The digest of the name that a number had when a paper was made or released. `numbered` is that of the paper. `None`
    /// if the record never says.
    pub fn name_then(&self, who: Who, numbered: usize) -> Option<&Digest> {
        let is_theirs = |one: &&Numbered| one.role == who.role && one.no == who.no;
        let before = self.numbers.iter().take(numbered).rev().find(is_theirs);
        // Whoever became a reader later was given the number later, too.
        before.or_else(|| self.numbers.iter().find(is_theirs)).and_then(Numbered::reader)
    }

    /// Every number that has ever had a name, given by its digest.
    pub fn ever_called<'s>(&'s self, name: &'s Digest) -> impl Iterator<Item = Who> + 's {
        let all = self.numbers.iter().filter(move |one| one.reader() == Some(name));
        all.map(|one| Who { role: one.role, no: one.no })
    }
}

/// The digest of a name as typed, as the record of these papers has it.
pub fn digest_of(name: &str, state: &State) -> Digest {
    let reference = state.opened.as_ref().map_or("", |opened| &opened.conference);
    digest(reference, &Folded::of(name).text)
}

fn digests(checked: &Checked) -> BTreeMap<Who, Digest> {
    let (reference, numbers) = (&checked.conference.reference, checked.numbers());
    let (mut invitees, mut children) = (0.., 0..);
    let next = |all: &mut std::ops::RangeFrom<usize>| all.next().unwrap_or_default();
    let all = checked.identities().into_iter().filter_map(|one| {
        let no = match one.role {
            Role::Invitee => numbers.invitee(next(&mut invitees)),
            Role::Child => numbers.child(next(&mut children)),
            Role::Organisation => numbers.organisation(one.id.as_deref()?),
            Role::Listed => return None,
        };
        let reader = Numbered::of(reference, &one, no).reader().cloned()?;
        Some((Who { role: one.role, no }, reader))
    });
    all.collect()
}
