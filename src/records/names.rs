//! Names for numbers, in registers and answers, from the data at hand and from nowhere else.

use std::collections::BTreeMap;

use super::event::{Role, Who};
use super::state::State;
use crate::check::Checked;

/// The names in the data, by number.
#[derive(Debug, Clone, Default)]
pub struct Names {
    names: BTreeMap<Who, String>,
    chair: String,
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
        Self { names, chair: checked.chair().to_owned() }
    }

    /// One name; `None` if the data no longer has it.
    pub fn get(&self, who: Who) -> Option<&str> {
        self.names.get(&who).map(String::as_str)
    }

    /// Everybody whose name contains all words of a search, without regard to case and accents; if there is nobody,
    /// words need only begin with those of the search.
    pub fn search(&self, words: &str) -> Vec<Who> {
        let whole = self.holding(words, |word, wanted| word == wanted);
        if whole.is_empty() { self.holding(words, |word, wanted| word.starts_with(wanted)) } else { whole }
    }

    fn holding(&self, words: &str, is_it: fn(&str, &str) -> bool) -> Vec<Who> {
        let wanted = crate::fold::Folded::of(words);
        let wanted = wanted.words();
        let holds = |name: &str| {
            let name = crate::fold::Folded::of(name);
            let name = name.words();
            !wanted.is_empty() && wanted.iter().all(|wanted| name.iter().any(|word| is_it(word, wanted)))
        };
        self.names.iter().filter(|(_, name)| holds(name)).map(|(who, _)| *who).collect()
    }

    /// Everybody with a name in the data, by number.
    pub fn iter(&self) -> impl Iterator<Item = (Who, &str)> {
        self.names.iter().map(|(who, name)| (*who, name.as_str()))
    }

    /// The readers of a paper, in words.
    pub fn recipients(&self, to: &str, state: &State) -> Vec<String> {
        let one = |token: &str| match (token, Who::of(token)) {
            ("chair", _) => self.chair.clone(),
            (_, Some(who)) if state.erased.contains(&who) => format!("{}, erased", who.in_words()),
            (_, Some(who)) => {
                self.get(who).map_or_else(|| format!("{}, no longer in the file", who.in_words()), str::to_owned)
            }
            _ => token.to_owned(),
        };
        to.split_whitespace().map(one).collect()
    }
}
