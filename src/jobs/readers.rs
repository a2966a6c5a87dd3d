//! The people and organisations that a paper may be sent to, by number.
//!
//! In: a paper to make. Out: `i3 i4`, `o2`, `c1`, `anybody` or `chair`, as the record has it.
//!
//! Deliberately absent: names.

use std::collections::BTreeSet;

use super::editions::is_addressed;
use super::job::{Job, PaperCopy};
use crate::check::Checked;
use crate::model::Audience;
use crate::model::artefact::{Artefact, Each, OneReader};
use crate::model::language::Rendition;
use crate::model::people::{Format, Invitee};
use crate::view::Recipient;
use crate::words::Words;

/// The people a paper may be sent to, by number.
pub(super) fn readers(checked: &Checked, words: &Words, job: &Job<'_>) -> String {
    match job.recipient {
        Recipient::Invitee(position, _) | Recipient::Part(position, _) => {
            format!("i{}", checked.numbers().invitee(position))
        }
        Recipient::Listed(number, _) => format!("l{number}"),
        Recipient::Organisation(id) | Recipient::Owner(id) => format!("o{}", checked.numbers().organisation(id)),
        Recipient::Child(position, _) => format!("c{}", checked.numbers().child(position)),
        Recipient::Everybody if job.artefact.reader == Some(OneReader::Chair) => "chair".to_owned(),
        Recipient::Everybody => match job.audience {
            Audience::Public => "anybody".to_owned(),
            Audience::Restricted => "chair".to_owned(),
            Audience::Community | Audience::Professional => {
                let everybody = (0..).zip(&checked.conference.invitees);
                let sent = |i: &Invitee| {
                    checked.audience(i) == job.audience
                        && is_addressed(checked, job.name, job.artefact, i)
                        && (!job.artefact.by_part || checked.is_sent_everything(i, job.audience))
                        && job.copy == copy_for(checked, words, job.name, i)
                };
                let takes_part = |n: &usize| !checked.withdrawn().invitees.contains(n);
                let numbers = everybody
                    .filter(|(n, i)| sent(i) && takes_part(n))
                    .map(|(n, _)| format!("i{}", checked.numbers().invitee(n)));
                numbers.collect::<Vec<_>>().join(" ")
            }
        },
    }
}

/// How somebody wants a paper that everybody has; `None` for the copy of everybody. Without words in easy read it is in large
/// print, and without words in their language in the council's.
pub(super) fn copy_for(checked: &Checked, words: &Words, kind: &str, invitee: &Invitee) -> Option<PaperCopy> {
    if !invitee.print_copies.iter().any(|wanted| wanted == kind) {
        return None;
    }
    let format = match invitee.format {
        Format::EasyRead if !words.has_easy(kind) => Format::LargePrint,
        format => format,
    };
    let usual = checked.borough.languages.of_papers();
    let other = invitee.reads.filter(|language| usual != [*language]);
    let reads = other.filter(|language| words.translated(kind, Rendition::plain(*language)).is_some());
    let copy = PaperCopy { format, reads };
    (copy.format != Format::Standard || copy.reads.is_some()).then_some(copy)
}

/// The further copies in which a paper that everybody in an audience has is made.
pub(super) fn copies(
    checked: &Checked,
    words: &Words,
    (name, artefact): (&str, &Artefact),
    audience: Audience,
) -> BTreeSet<PaperCopy> {
    if artefact.each != Each::Conference || artefact.reader.is_some() {
        return BTreeSet::new();
    }
    let gone = &checked.withdrawn().invitees;
    let everybody = checked.conference.invitees.iter().enumerate();
    let theirs = everybody.filter(|(n, i)| !gone.contains(n) && checked.audience(i) == audience);
    let theirs = theirs.filter(|(_, i)| !artefact.by_part || checked.is_sent_everything(i, audience));
    theirs
        .filter(|(_, i)| is_addressed(checked, name, artefact, i))
        .filter_map(|(_, i)| copy_for(checked, words, name, i))
        .collect()
}
