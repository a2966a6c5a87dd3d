//! Finds the person whose name or number was given.
//!
//! In: a name and a number as typed, the names in the data at hand, and the digests of those in the record. Out: one
//! person, organisation or child's note, or an error that lists those who could be meant. Those who are no longer in the
//! file, or had the name earlier, could be meant as well.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::event::{Role, Who};
use super::names::{Names, digest_of};
use super::numbers::Digest;
use super::state::State;
use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, Place, Report, closest, codes};
use crate::model::people::Invitee;

/// A person or organisation as typed: part of the name, the number, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whom {
    /// The name or part of it, without regard to case and accents.
    pub name: Option<String>,
    /// The number: `04` of an invitee, `o2` of an organisation, `c1` of a child's note.
    pub number: Option<String>,
}

/// The arguments that have the name and the number.
const NAME: &str = "--of";
const NUMBER: &str = "--number";

/// The person or organisation that is meant; `None` if none was named.
///
/// # Errors
/// If no one has this name or number, or several have this name.
pub fn find(whom: &Whom, names: &Names, state: &State) -> Result<Option<Who>, Report> {
    let number = whom.number.as_deref().map(number).transpose()?;
    match (whom.name.as_deref(), number) {
        (None, None) => Ok(None),
        (None, Some(who)) => ensure_given(who, state).map(Some),
        (Some(name), number) => by_name(name, number, names, state).map(Some),
    }
}

/// Everybody who is meant by a question; `None` if nobody was named. One worker may have the notes of several children.
///
/// # Errors
/// If no one has this name or number, or several people have this name: their papers are never mixed up.
pub fn find_all(whom: &Whom, names: &Names, state: &State) -> Result<Option<Vec<Who>>, Report> {
    let (Some(name), None) = (whom.name.as_deref(), whom.number.as_deref()) else {
        return find(whom, names, state).map(|who| who.map(|who| vec![who]));
    };
    let found = called(name, None, names, state)?;
    let people = found.iter().filter(|who| who.role != Role::Child).count();
    let name_of = |who: &Who| asked(whom, *who, names, state);
    let is_one_name = found.iter().all(|who| name_of(who) == name_of(&found[0]));
    if people > 1 || !is_one_name {
        return Err(several(name, &found, names, state));
    }
    Ok(Some(found))
}

/// Those whom the data keeps out of the whole meeting from a day on. What others have together is not theirs any more.
pub fn kept_out(checked: &Checked, on: Option<NaiveDate>) -> BTreeSet<Who> {
    let invitees = checked.conference.invitees.iter().enumerate();
    let is_out = |invitee: &Invitee| {
        let since = invitee.exclusion.as_ref().map(|exclusion| exclusion.on);
        checked.is_kept_out_of_all(invitee) && on.is_none_or(|on| since.is_none_or(|since| since <= on))
    };
    let out = invitees.filter(|(_, invitee)| is_out(invitee));
    out.map(|(position, _)| Who { role: Role::Invitee, no: checked.numbers().invitee(position) }).collect()
}

fn number(typed: &str) -> Result<Who, Report> {
    let typed = typed.trim();
    let plain = typed.parse().ok().map(|no| Who { role: Role::Invitee, no });
    let who = plain.or_else(|| Who::of(&typed.to_lowercase())).filter(|who| who.role != Role::Listed);
    who.ok_or_else(|| {
        let error = Diagnostic::error(codes::NO_SUCH_PERSON, format!("`{typed}` is not a number of this record"));
        let hint =
            "write `04` for an invitee, `o2` for an organisation, `c1` for a child's note, as file names have it";
        error.place(Place::file(NUMBER)).hint(hint).into()
    })
}

/// Checks that a number was ever given out. A person who is no longer in the file is known only by it.
fn ensure_given(who: Who, state: &State) -> Result<Who, Report> {
    let all = || state.numbers.iter().map(|one| Who { role: one.role, no: one.no });
    if all().any(|one| one == who) {
        return Ok(who);
    }
    let error = Diagnostic::error(codes::NO_SUCH_PERSON, format!("nobody has had the number `{}`", who.as_typed()));
    let others: Vec<String> = all().filter(|one| one.no == who.no).map(|one| format!("`{}`", one.as_typed())).collect();
    let hint = if others.is_empty() {
        Hint::from("`convenor record` lists everybody with their numbers; `--of` takes a name")
    } else {
        Hint::naming("did you mean {}?", [others.join(" or ")])
    };
    Err(error.place(Place::file(NUMBER)).hint(hint).into())
}

/// The name closest to a mistyped one, as a whole or in one of its words.
fn nearest<'n>(typed: &str, names: &'n Names) -> Option<&'n str> {
    closest(typed, names.iter().map(|(_, name)| name)).or_else(|| {
        let words = || names.iter().flat_map(|(_, name)| name.split_whitespace().map(move |word| (word, name)));
        // A first name alone says little, and the wrong person may be withdrawn.
        let last = typed.split_whitespace().last().filter(|word| word.chars().count() > 3)?;
        let near = closest(last, words().map(|(word, _)| word))?;
        words().find(|(word, _)| *word == near).map(|(_, name)| name)
    })
}

/// Everybody who has this whole name, or had it in this record, whether they are still in the file or not. The record has
/// no names, but recognises them.
fn whole(name: &str, names: &Names, state: &State) -> BTreeSet<Who> {
    let wanted = digest_of(name, state);
    let now = names.iter().map(|(who, _)| who).filter(|who| names.digest(*who) == Some(&wanted));
    state.ever_called(&wanted).chain(now).collect()
}

/// The name by which a number was found, as a digest: the one that was typed, if it is or was the whole name; or else
/// today's. `None` if no name was typed.
pub fn asked(whom: &Whom, who: Who, names: &Names, state: &State) -> Option<Digest> {
    let name = whom.name.as_deref()?;
    if whole(name, names, state).contains(&who) {
        return Some(digest_of(name, state));
    }
    names.digest(who).cloned()
}

/// Everybody of this name: those with the whole name, or else those whose names contain it.
fn called(name: &str, number: Option<Who>, names: &Names, state: &State) -> Result<Vec<Who>, Report> {
    let mut found: Vec<Who> = whole(name, names, state).into_iter().collect();
    if found.is_empty() {
        let with_it = names.search(name);
        // Whoever had the same whole name is meant as much.
        let namesakes = with_it.iter().filter_map(|who| names.digest(*who)).flat_map(|name| state.ever_called(name));
        found = namesakes.chain(with_it.iter().copied()).collect::<BTreeSet<Who>>().into_iter().collect();
    }
    if let Some(number) = number {
        found.retain(|who| *who == number);
    }
    if found.is_empty() { Err(nobody(name, number, names, state)) } else { Ok(found) }
}

fn nobody(name: &str, number: Option<Who>, names: &Names, state: &State) -> Report {
    let of = number.map(|who| format!(" and has the number `{}`", who.as_typed())).unwrap_or_default();
    let message = format!("nobody in this conference is called `{}`{of}", name.trim());
    let error = Diagnostic::error(codes::NO_SUCH_PERSON, message).place(Place::file(NAME));
    let near = nearest(name, names);
    let hint = near.map_or_else(
        || {
            Hint::from(if state.runs.values().all(|run| run.run.is_of_invitees()) {
                "give the full name, or `--number`, of a person who is no longer in the file"
            } else {
                "to withdraw a person of a list, clear the name in their row and run `convenor invite` again; give the full name, or `--number`, of a person who is no longer in the file"
            })
        },
        |near| Hint::naming("did you mean `{}`?", [near]),
    );
    error.hint(hint).into()
}

fn several(name: &str, found: &[Who], names: &Names, state: &State) -> Report {
    let message = format!("`{}` matches {} names in this conference", name.trim(), found.len());
    let mut error = Diagnostic::error(codes::AMBIGUOUS_NAME, message).place(Place::file(NAME));
    let whole = whole(name, names, state);
    let wanted = digest_of(name, state);
    for who in found {
        let called = match names.get(*who) {
            None => "no longer in the file".to_owned(),
            Some(now) if whole.contains(who) && names.digest(*who) != Some(&wanted) => {
                format!("{now}, under it earlier")
            }
            Some(now) => now.to_owned(),
        };
        error = error.note(format!("`--number {}`: {called}", who.as_typed()));
    }
    let numbers: Vec<String> = found.iter().map(|who| format!("`--number {}`", who.as_typed())).collect();
    let more = if whole.is_empty() { "give more of the name, or say " } else { "say " };
    error.hint(Hint::from(more).and(Hint::naming("which is meant: {}", [numbers.join(" or ")]))).into()
}

fn by_name(name: &str, number: Option<Who>, names: &Names, state: &State) -> Result<Who, Report> {
    match called(name, number, names, state)?[..] {
        [one] => Ok(one),
        ref found => Err(several(name, found, names, state)),
    }
}
