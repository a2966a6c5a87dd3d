//! A conference's own papers of an earlier version, as lines of a record.
//!
//! In: the entries of their register. Out: the lines of one change that adopts them: everybody's numbers, every paper,
//! and the files of the earlier program that are removed.
//!
//! Deliberately absent: the disk.

use super::super::event::{Adopted, Dropped, Event, Made, SetAside, SignedOff, Source};
use super::old::{Entry, OldFolder};
use super::people::People;
use crate::gate::Hash;

/// The beginning of the places in which the earlier program kept released papers.
const SUPERSEDED: &str = "superseded/version-";

/// The lines of the change. `doubtful` says whether something else has already disagreed.
pub fn lines(old: &OldFolder, people: &People, registers: Hash, reference: &str, doubtful: bool) -> Vec<Event> {
    let (mut papers, mut doubtful) = (Vec::new(), doubtful || people.doubtful);
    if let Some(register) = &old.papers {
        doubtful |= !register.agree;
        let mut entries: Vec<&Entry> = register.entries.iter().collect();
        // A kept paper was in the place of the current one, and before it.
        entries.sort_by_key(|entry| (kept_from(entry).is_none(), entry.version));
        for entry in entries {
            match events(entry, people, reference) {
                Some(events) => papers.extend(events),
                None => doubtful = true,
            }
        }
    }
    let mut lines = vec![Event::Adopted(Adopted { registers, doubtful })];
    lines.extend(people.lines.iter().cloned().map(Event::Numbered));
    lines.extend(papers);
    let own = old.own.iter().map(|(file, hash)| Dropped { file: file.clone(), hash: *hash });
    lines.extend(own.map(Event::Dropped));
    lines
}

/// The earlier place of a kept paper; `None` if this is not one.
fn kept_from(entry: &Entry) -> Option<&str> {
    let rest = entry.file.strip_prefix(SUPERSEDED).filter(|_| entry.status == "superseded")?;
    rest.split_once('/').map(|(_, file)| file)
}

/// The lines of one paper; `None` if its entry cannot be read.
fn events(entry: &Entry, people: &People, reference: &str) -> Option<Vec<Event>> {
    let hash: Hash = entry.hash.parse().ok()?;
    let signed = entry.checker.clone().zip(entry.checked.as_ref());
    let signed = signed.and_then(|(checker, on)| Some(SignedOff { checker, on: on.parse().ok()? }));
    let (maker, data, templates) = (entry.maker.clone(), entry.data.clone(), entry.templates.clone());
    let program = if entry.program.is_empty() { &entry.made_by } else { &entry.program };
    let source = Source { maker, data, templates, program: program.clone(), ..Source::default() };
    let is_draft = matches!(entry.status.as_str(), "" | "draft");
    if !is_draft && signed.is_none() {
        return None;
    }
    let place = kept_from(entry);
    let edition = (entry.version, entry.issued.parse().ok()?);
    let file = place.unwrap_or(&entry.file).to_owned();
    let made = Made {
        reference: entry.reference.clone(),
        audience: entry.audience.clone(),
        to: people.to(entry, reference),
        template: entry.template.clone(),
        allowed: entry.allowed.clone(),
        draft: entry.draft.as_ref().and_then(|draft| draft.parse().ok()).filter(|_| !is_draft),
        signed: signed.filter(|_| !is_draft),
        source: Some(source),
        ..Made::bare(entry.artefact.clone(), edition, file, hash)
    };
    let made = Box::new(made);
    if is_draft {
        return Some(vec![Event::Made(made)]);
    }
    let mut events = vec![Event::Released(made)];
    if let Some(place) = place {
        let aside = SetAside { file: place.to_owned(), hash: Some(hash), kept: entry.file.clone(), lost: false };
        events.push(Event::SetAside(aside));
    }
    Some(events)
}
