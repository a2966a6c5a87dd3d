//! One paper in the languages of its readers.
//!
//! In: a paper to make. Out: its languages in their order, and its words in each of them as one document. Whoever reads a
//! language in which the council has no words for a kind of paper gets it in English, with a sentence in their language at
//! its head; where the council's papers are in several languages, all are in one file, so that they go out at the same time
//! and none is ever sent without the others.
//!
//! Deliberately absent: the words of any language; which papers are due.

use super::job::Job;
use super::marked::{Marked, Spoken};
use crate::check::Checked;
use crate::doc::{Block, Inline, Pen};
use crate::model::artefact::Artefact;
use crate::model::language::Language;
use crate::view::Recipient;
use crate::words::{Running, Words};

/// The words of a paper in one language.
pub(super) struct Section {
    pub language: Language,
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
    for language in wanted(checked, job.recipient) {
        match words.translated(job.name, language) {
            Some(artefact) => written.push(Section { language, artefact: artefact.clone() }),
            None => lacking.push(language),
        }
    }
    // Whoever cannot read it in their language reads it in English.
    if written.is_empty() || !lacking.is_empty() && written.iter().all(|section| !section.language.is_english()) {
        written.push(Section { language: Language::ENGLISH, artefact: job.artefact.clone() });
    }
    let titles: Vec<String> = written.iter().map(|section| section.artefact.title.clone()).collect();
    if let Some(first) = written.first_mut() {
        first.artefact.title = titles.iter().skip(1).fold(titles[0].clone(), |all, title| both(&all, title));
    }
    Languages { sections: written, lacking }
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

/// The languages that a paper is wanted in: that of its one reader, if they named one, or those of the council's papers.
fn wanted(checked: &Checked, recipient: Recipient<'_>) -> Vec<Language> {
    let own = match recipient {
        Recipient::Invitee(_, invitee) | Recipient::Listed(_, invitee) | Recipient::Part(_, invitee) => invitee.reads,
        Recipient::Everybody | Recipient::Organisation(_) | Recipient::Owner(_) | Recipient::Child(..) => None,
    };
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
