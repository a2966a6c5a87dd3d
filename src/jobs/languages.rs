//! One paper in the languages of its readers.
//!
//! In: a paper to make. Out: its languages in their order, and its words in each of them as one document. Whoever reads a
//! language in which the council has no words for a kind of paper gets it in English, with a sentence in their language at
//! its head; where the council's papers are in several languages, all are in one file, so that they go out at the same time
//! and none is ever sent without the others.
//!
//! Deliberately absent: the words of any language; which papers are due.

use std::collections::BTreeMap;

use super::job::Job;
use super::marked::{Marked, Spoken};
use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, codes};
use crate::doc::{Block, Inline, Pen};
use crate::model::artefact::Artefact;
use crate::model::language::{Language, Rendition, file_of};
use crate::model::people::{Format, Invitee};
use crate::view::Recipient;
use crate::words::{Running, Words};

/// The words of a paper in one language.
pub(super) struct Section {
    pub rendition: Rendition,
    /// The kind of paper, with its title in that language.
    pub artefact: Artefact,
}

/// The languages of a paper.
pub(super) struct Languages {
    /// Those that it is written in, in their order; one at least.
    pub sections: Vec<Section>,
    /// Those that somebody reads and there are no words for: it is in English for them.
    pub lacking: Vec<Language>,
}

/// The languages of one paper.
pub(super) fn of(words: &Words, checked: &Checked, job: &Job<'_>) -> Languages {
    let (mut written, mut lacking) = (Vec::new(), Vec::new());
    let easy = is_easy(job);
    for language in wanted(checked, job) {
        match section(words, job, language, easy) {
            Some(section) => written.push(section),
            None => lacking.push(language),
        }
    }
    // Whoever cannot read it in their language reads it in English.
    let has_english = |written: &[Section]| written.iter().any(|section| section.rendition.language.is_english());
    if written.is_empty() || !lacking.is_empty() && !has_english(&written) {
        written.extend(section(words, job, Language::ENGLISH, easy));
    }
    let titles: Vec<String> = written.iter().map(|section| section.artefact.title.clone()).collect();
    if let Some(first) = written.first_mut() {
        first.artefact.title = titles.iter().skip(1).fold(titles[0].clone(), |all, title| both(&all, title));
    }
    Languages { sections: written, lacking }
}

/// The words of a paper in a language: those in easy read if its reader wants them and there are any.
fn section(words: &Words, job: &Job<'_>, language: Language, easy: bool) -> Option<Section> {
    let all = [easy.then(|| Rendition::easy(language)), Some(Rendition::plain(language))];
    all.into_iter().flatten().find_map(|rendition| {
        let artefact = words.translated(job.name, rendition)?.clone();
        Some(Section { rendition, artefact })
    })
}

/// Whether the readers of a paper read easy read.
fn is_easy(job: &Job<'_>) -> bool {
    let own = reader(job.recipient).map(|invitee| invitee.format);
    job.copy.map(|copy| copy.format).or(own) == Some(Format::EasyRead)
}

/// The one reader of a paper, if there is one who said how they read.
fn reader(recipient: Recipient<'_>) -> Option<&Invitee> {
    match recipient {
        Recipient::Invitee(_, invitee) | Recipient::Listed(_, invitee) | Recipient::Part(_, invitee) => Some(invitee),
        Recipient::Everybody | Recipient::Organisation(_) | Recipient::Owner(_) | Recipient::Child(..) => None,
    }
}

/// Warns of each kind of paper that somebody is due who reads easy read, and that has no such words in a language of theirs.
pub(super) fn without_easy_words(words: &Words, checked: &Checked, jobs: &[Job<'_>]) -> Vec<Diagnostic> {
    let mut found: BTreeMap<(&str, Rendition), usize> = BTreeMap::new();
    for job in jobs.iter().filter(|job| is_easy(job)) {
        let (Recipient::Invitee(position, _) | Recipient::Part(position, _)) = job.recipient else { continue };
        for Section { rendition, .. } in of(words, checked, job).sections {
            if !rendition.easy {
                found.entry((job.name, Rendition::easy(rendition.language))).or_insert(position);
            }
        }
    }
    // Copies of papers that everybody has.
    let everybody = checked.conference.invitees.iter().enumerate();
    for (position, invitee) in everybody.filter(|(_, invitee)| invitee.format == Format::EasyRead) {
        let is_due = |kind: &&String| jobs.iter().any(|job| job.name == kind.as_str());
        for kind in invitee.print_copies.iter().filter(is_due).filter(|kind| !words.has_easy(kind)) {
            found.entry((kind, Rendition::easy(Language::ENGLISH))).or_insert(position);
        }
    }
    let warning = |((kind, rendition), position): ((&str, Rendition), usize)| {
        let message = format!("there are no words in {} for `{kind}`, which comes in large print", rendition.name());
        let warning = Diagnostic::warning(codes::NO_EASY_READ, message).at(format!("invitees[{position}].format"));
        let file = file_of(&format!("{kind}.md"), rendition);
        let hint = Hint::naming("write `templates/{}`: short sentences, each with a picture", [file]);
        checked.places.locate(warning.hint(hint))
    };
    found.into_iter().map(warning).collect()
}

/// A paper as one document, of its words in each of its languages.
pub(super) fn joined(checked: &Checked, lacking: &[Language], parts: Vec<(Language, Marked<'_>)>) -> Spoken {
    let mut parts = parts.into_iter();
    let (language, Marked { blocks, running, marking, pen }) =
        parts.next().expect("a paper is in one language at least");
    let marking = marking_in(checked, marking, language);
    let mut whole = Spoken { language, blocks: Vec::new(), running, pen, marking };
    let head = |of: Language| if of.is_english() { sentences(checked, lacking) } else { Vec::new() };
    whole.blocks.extend(head(language));
    whole.blocks.extend(blocks);
    for (other, part) in parts {
        let mut blocks = head(other);
        blocks.extend(part.blocks);
        if takes_a_sheet(&whole.blocks) {
            whole.blocks.push(Block::PageBreak);
        } else {
            blocks.insert(0, Block::PageBreak);
        }
        whole.blocks.push(Block::Language { language: other, blocks });
        whole.marking = both(&whole.marking, &marking_in(checked, part.marking, other));
        whole.running = around(&whole.running, &part.running);
        whole.pen = match (whole.pen, part.pen) {
            (Some(one), Some(two)) => Some(pens(&one, &two)),
            (one, two) => one.or(two),
        };
    }
    whole
}

/// Whether something in a paper has a sheet of its own, as a slip to send back: nothing else may stand on its back.
fn takes_a_sheet(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::PageBreak => true,
        Block::Language { blocks, .. } => blocks.iter().skip(1).any(|inner| matches!(inner, Block::PageBreak)),
        _ => false,
    })
}

/// The sentence over a paper that there is only in English, in each language that lacks it.
fn sentences(checked: &Checked, lacking: &[Language]) -> Vec<Block> {
    let sentence = |language: &Language| {
        let tongue = checked.tongues.get(language)?;
        let words = vec![Inline::Strong(vec![Inline::Text(tongue.untranslated.clone())])];
        let notice = Block::Notice { blocks: vec![Block::Paragraph { c: words }] };
        Some(Block::Language { language: *language, blocks: vec![notice] })
    };
    lacking.iter().filter_map(sentence).collect()
}

/// A marking in a language, if its table has it. One of the council's own scheme stands as it was typed.
pub(super) fn marking_in(checked: &Checked, marking: &str, language: Language) -> String {
    let known = checked.tongues.get(&language).and_then(|tongue| tongue.markings.get(marking));
    known.map_or_else(|| marking.to_owned(), Clone::clone)
}

/// The languages that a paper is wanted in: that of its one reader or of those who want it in theirs, if they named one, or
/// those of the council's papers.
fn wanted(checked: &Checked, job: &Job<'_>) -> Vec<Language> {
    let own = job.copy.and_then(|copy| copy.reads).or_else(|| reader(job.recipient)?.reads);
    own.map_or_else(|| checked.borough.languages.of_papers(), |own| vec![own])
}

/// Two texts that say the same in two languages.
pub(super) fn both(one: &str, two: &str) -> String {
    if one == two { one.to_owned() } else { format!("{one} / {two}") }
}

fn around(one: &Running, two: &Running) -> Running {
    // The number of pages has a short line at the foot: of both languages it has no more than the first word.
    let page = if one.page == two.page {
        one.page.clone()
    } else {
        [beside(&one.page[0], &two.page[0]), "/".to_owned(), String::new()]
    };
    Running {
        // The foot has the titles of both, and a reference that is the same in all languages.
        foot: one.foot.clone(),
        page,
        draft: both(&one.draft, &two.draft),
        contents: both(&one.contents, &two.contents),
    }
}

/// Words around a number in two languages, with the spaces at their ends: `Tudalen/Page `.
fn beside(one: &str, two: &str) -> String {
    let (first, second) = (one.trim(), two.trim());
    if first == second || second.is_empty() {
        return one.to_owned();
    }
    let start = &one[..one.len() - one.trim_start().len()];
    let end = &one[one.trim_end().len()..];
    format!("{start}{first}/{second}{end}")
}

fn pens(one: &Pen, two: &Pen) -> Pen {
    Pen {
        signature: both(&one.signature, &two.signature),
        field: both(&one.field, &two.field),
        empty: both(&one.empty, &two.empty),
        ticked: both(&one.ticked, &two.ticked),
        log: both(&one.log, &two.log),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_a_number_stand_side_by_side() {
        assert_eq!(beside("Tudalen ", "Page "), "Tudalen/Page ");
        let running = |page: [&str; 3]| Running {
            foot: "Gwahoddiad / Invitation".to_owned(),
            page: page.map(str::to_owned),
            draft: "DRAFFT".to_owned(),
            contents: "Cynnwys".to_owned(),
        };
        let (welsh, english) = (running(["Tudalen ", " o ", ""]), running(["Page ", " of ", ""]));
        assert_eq!(around(&welsh, &english).page, ["Tudalen/Page ", "/", ""]);
        assert_eq!(around(&welsh, &welsh).page, welsh.page);
        assert_eq!(beside("", ""), "");
        assert_eq!(both("DRAFFT", "DRAFT"), "DRAFFT / DRAFT");
    }
}
