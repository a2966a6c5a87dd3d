//! Finds the person whose name or number was given.
//!
//! In: a name and a number as typed, and the names in the data at hand. Out: one person, organisation or child's note,
//! or an error that lists those who could be meant.

use std::collections::BTreeMap;

use super::event::{Role, Who};
use super::names::Names;
use super::numbers::{Numbered, digest};
use super::state::State;
use crate::diag::{Diagnostic, Hint, Place, Report, closest, codes};
use crate::fold::Folded;

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

/// People who had a number under this name and are no longer in the file. The record has no names, but recognises them.
fn had_name(name: &str, names: &Names, state: &State) -> Vec<Who> {
    let reference = state.opened.as_ref().map_or("", |opened| &opened.conference);
    let wanted = digest(reference, &Folded::of(name).text);
    let latest: BTreeMap<Who, &Numbered> =
        state.numbers.iter().map(|one| (Who { role: one.role, no: one.no }, one)).collect();
    let gone = latest.into_iter().filter(|(who, one)| one.name == wanted && names.get(*who).is_none());
    gone.map(|(who, _)| who).filter(|who| who.role != Role::Child).collect()
}

fn by_name(name: &str, number: Option<Who>, names: &Names, state: &State) -> Result<Who, Report> {
    let mut found = names.search(name);
    let whole = Folded::of(name).text;
    let is_whole = |who: &Who| names.get(*who).is_some_and(|theirs| Folded::of(theirs).text == whole);
    let exact: Vec<Who> = found.iter().copied().filter(is_whole).collect();
    if let [one] = exact[..] {
        found = vec![one];
    }
    if found.is_empty() {
        found = had_name(name, names, state);
    }
    if let Some(number) = number {
        found.retain(|who| *who == number);
    }
    match found[..] {
        [one] => Ok(one),
        [] => {
            let of = number.map(|who| format!(" and has the number `{}`", who.as_typed())).unwrap_or_default();
            let message = format!("nobody in this conference is called `{}`{of}", name.trim());
            let error = Diagnostic::error(codes::NO_SUCH_PERSON, message).place(Place::file(NAME));
            let near = nearest(name, names);
            Err(error
                .hint(near.map_or_else(
                    || Hint::from(if state.runs.values().all(|run| run.run.is_of_invitees()) {
                        "give the full name, or `--number`, of a person who is no longer in the file"
                    } else {
                        "to withdraw a person of a list, remove them from the list and run `convenor invite` again; give the full name, or `--number`, of a person who is no longer in the file"
                    }),
                    |near| Hint::naming("did you mean `{}`?", [near]),
                ))
                .into())
        }
        _ => {
            let message = format!("`{}` matches {} names in this conference", name.trim(), found.len());
            let mut error = Diagnostic::error(codes::AMBIGUOUS_NAME, message).place(Place::file(NAME));
            for who in &found {
                let called = names.get(*who).unwrap_or("no longer in the file");
                error = error.note(format!("`--number {}`: {called}", who.as_typed()));
            }
            Err(error.hint("give more of the name, or add `--number`").into())
        }
    }
}
