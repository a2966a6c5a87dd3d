//! Blocks, each by what it means.
//!
//! In: blocks. Out: paragraphs and tables, by style. Deliberately absent: how anything looks.

use super::body::{Body, Said};
use super::elements::{Elements, Heads, List, RowKind, TableOf};
use super::fit::letters;
use super::form::{self, Field};
use super::idea;
use super::inline::{inlines, name_of, without_links};
use super::looks::CARD;
use super::measure::{COLUMN, many};
use super::style::{DEEPEST, Mark, Style, TableStyle, Within};
use super::table;
use crate::doc::{Block, Column, Detail, Inline, Layout, ListItem, plain};
use crate::render::Lost;
use crate::render::outline::outline;

/// Fewer sections than these are quicker read than looked up.
const FEW: usize = 4;
/// The width of the labels of details, and of a short field on its own, in millimetres.
const LABEL: f32 = 38.0;
const HALF: f32 = 75.0;
/// Half the height of a card.
const HALF_CARD: f32 = 55.0;

/// Where blocks stand.
#[derive(Debug, Clone, Copy)]
pub struct At {
    within: Within,
    /// How many lists they are in.
    level: u8,
    /// Whether they are the value of a label.
    in_value: bool,
}

impl At {
    /// In the text itself.
    pub const TEXT: At = At { within: Within::Text, level: 0, in_value: false };
}

/// Writes blocks. Fields of half the width that follow one another stand side by side.
pub fn blocks<E: Elements>(body: &mut Body<'_, E>, all: &[Block], at: At) {
    let keep = body.keep;
    let mut i = 0;
    let mut under = String::new();
    while let Some(block) = all.get(i) {
        let next = all.get(i + 1);
        body.keep = keep || next.is_some_and(|next| keeps(block, next));
        match (block, next) {
            (Block::Heading { c, .. }, _) => {
                under = name_of(c);
                self::block(body, block, at);
            }
            (Block::Paragraph { c }, _) if is_purpose(body, all, i) => paragraph(body, Style::Subtitle, c),
            (Block::Paragraph { c }, _) if at.in_value => {
                paragraph(body, if next.is_some() { Style::Body(Within::Text) } else { Style::Value }, c);
            }
            (Block::Field { half: true, .. }, Some(Block::Field { half: true, .. })) => {
                let pair: Vec<Field<'_>> = [block, &all[i + 1]].into_iter().filter_map(field_of).collect();
                form::fields(body, &pair, COLUMN / 2.0);
                i += 1;
            }
            (Block::Idea { .. }, _) => {
                let run = all[i..].iter().take_while(|block| matches!(block, Block::Idea { .. })).count();
                idea::ideas(body, &all[i..i + run], |body, words| blocks(body, words, at));
                i += run - 1;
            }
            (Block::Table { cols, caption, head, rows }, _) => any_table(body, (cols, head), caption, rows, &under),
            _ => self::block(body, block, at),
        }
        i += 1;
    }
    body.keep = keep;
}

/// Whether a block stays on the page of the one after it: a lead-in with what it leads to, the last words with a signature.
fn keeps(block: &Block, next: &Block) -> bool {
    let leads = |c: &[Inline]| plain(c).trim_end().ends_with(':');
    match (block, next) {
        (Block::PageBreak | Block::Contents, _) => false,
        (_, Block::Closing { .. }) | (Block::Paragraph { .. }, Block::Signature { .. }) => true,
        (
            Block::Paragraph { c },
            Block::List { .. } | Block::Table { .. } | Block::Details { .. } | Block::Quote { .. },
        ) => leads(c),
        _ => false,
    }
}

/// Whether a paragraph is the line of purpose under the title of a report.
fn is_purpose<E: Elements>(body: &Body<'_, E>, all: &[Block], i: usize) -> bool {
    let after_title = i.checked_sub(1).and_then(|i| all.get(i));
    body.document.meta.layout == Layout::Report && matches!(after_title, Some(Block::Heading { level: 1, .. }))
}

fn field_of(block: &Block) -> Option<Field<'_>> {
    match block {
        Block::Field { lines, label, help, .. } => Some(Field { lines: *lines, label, help }),
        _ => None,
    }
}

fn block<E: Elements>(body: &mut Body<'_, E>, block: &Block, at: At) {
    match block {
        Block::Heading { level, c } => heading(body, *level, c),
        Block::Paragraph { c } => match clause(c).filter(|_| at.within == Within::Text && at.level == 0) {
            Some((number, rest)) => {
                body.open(Style::Clause);
                body.words(number, Said::default());
                body.to.tab();
                inlines(body, &[Inline::Text(rest.to_owned())]);
                inlines(body, &c[1..]);
                body.close();
            }
            None => paragraph(body, Style::Body(at.within), c),
        },
        Block::List { ordered, start, tight: _, items } => list(body, (*ordered, *start), items, at),
        Block::Quote { blocks } => self::blocks(body, blocks, At { within: Within::Quote, ..at }),
        Block::Rule => body.empty(Style::Divider),
        Block::Table { cols, caption, head, rows } => any_table(body, (cols, head), caption, rows, ""),
        Block::Details { rows } => details(body, rows),
        Block::Notice { blocks } => self::blocks(body, blocks, At { within: Within::Notice, ..at }),
        Block::Decision { blocks } => self::blocks(body, blocks, At { within: Within::Decision, ..at }),
        Block::Keep { blocks } => kept(body, blocks, at),
        Block::Columns { blocks } => columns(body, blocks, at),
        Block::Card { blocks } => card(body, blocks, at),
        Block::Idea { .. } => {
            idea::ideas(body, std::slice::from_ref(block), |body, words| blocks(body, words, at));
        }
        Block::Closing { blocks } => closing(body, blocks, at),
        Block::Signature { blocks } => signature(body, blocks, at),
        Block::Field { lines, half, label, help } => {
            let width = if *half { HALF } else { COLUMN };
            form::fields(body, &[Field { lines: *lines, label, help }], width);
        }
        Block::Language { language, blocks } => {
            let around = std::mem::replace(&mut body.language, *language);
            let words = match blocks.split_first() {
                // The back of a sheet will do.
                Some((Block::PageBreak, words)) => {
                    body.empty(Style::Turn);
                    words
                }
                _ => blocks,
            };
            self::blocks(body, words, at);
            body.language = around;
        }
        Block::Contents => contents(body),
        Block::PageBreak if body.document.meta.layout == Layout::Letter => body.new_sheet(),
        Block::PageBreak => body.empty(Style::Turn),
    }
}

fn paragraph<E: Elements>(body: &mut Body<'_, E>, style: Style, c: &[Inline]) {
    body.open(style);
    inlines(body, c);
    body.close();
}

/// The number of a clause (`2.3`) at the start of a paragraph, and the rest of its first text. None for a number before a small
/// letter, which is one of prose (`1.5 million`).
fn clause(c: &[Inline]) -> Option<(&str, &str)> {
    let Some(Inline::Text(text)) = c.first() else { return None };
    let (number, rest) = text.split_once(' ')?;
    let parts: Vec<&str> = number.split('.').collect();
    let counts = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let is_prose = rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == ' ');
    (parts.len() > 1 && parts.iter().all(counts) && !is_prose).then_some((number, rest))
}

/// A heading, which the list of contents leads to. The title is no section.
fn heading<E: Elements>(body: &mut Body<'_, E>, level: u8, c: &[Inline]) {
    let number = body.next_heading();
    let title = if has_cards(&body.document.blocks) { Style::CardTitle } else { Style::Title };
    body.open(if level <= 1 { title } else { Style::Heading((level - 1).min(4)) });
    body.to.open_heading(number);
    without_links(body, c);
    body.to.close_heading();
    body.close();
}

fn list<E: Elements>(body: &mut Body<'_, E>, (ordered, start): (bool, usize), items: &[ListItem], at: At) {
    let level = (at.level + 1).min(DEEPEST);
    let inside = At { level, in_value: false, ..at };
    let list = List { within: at.within, start: ordered.then_some(start), level };
    let mut is_open = false;
    let keep = body.keep;
    for item in items {
        let (first, rest) = match item.blocks.split_first() {
            Some((Block::Paragraph { c }, rest)) => (c.as_slice(), rest),
            _ => (&[][..], item.blocks.as_slice()),
        };
        let continued = if let Some(is_ticked) = item.checked {
            form::tick(body, Style::Tick(at.within), is_ticked, first);
            Style::TickContinue(at.within)
        } else {
            if !is_open {
                body.to.open_list(list);
                is_open = true;
            }
            body.open_item(list);
            inlines(body, first);
            body.close();
            Style::Continue(at.within, level)
        };
        for block in rest {
            match block {
                Block::Paragraph { c } => paragraph(body, continued, c),
                other => self::blocks(body, std::slice::from_ref(other), inside),
            }
        }
        if item.checked.is_none() {
            body.to.close_item();
        }
        body.keep = keep;
    }
    if is_open {
        body.to.close_list();
    }
}

/// A table; one that would be too narrow becomes a card for each row, and rows to fill in stay what they are.
fn any_table<E: Elements>(
    body: &mut Body<'_, E>,
    (cols, head): (&[Column], &[Vec<Inline>]),
    caption: &[Inline],
    rows: &[Vec<Vec<Inline>>],
    under: &str,
) {
    let (blank, filled): (Vec<_>, Vec<_>) = rows.iter().partition(|row| table::is_empty(row, cols));
    if !table::is_too_narrow(cols, body.scale.k) || filled.is_empty() || cols.contains(&Column::Tick) {
        return table::rows(body, (cols, head), caption, rows, under);
    }
    table::caption(body, caption);
    for row in filled {
        let detail = |(head, words): (&Vec<Inline>, &Vec<Inline>)| Detail {
            term: head.clone(),
            blocks: vec![Block::Paragraph { c: words.clone() }],
        };
        details(body, &head.iter().zip(row).map(detail).collect::<Vec<_>>());
    }
    if !blank.is_empty() {
        let blank: Vec<Vec<Vec<Inline>>> = blank.into_iter().cloned().collect();
        table::rows(body, (cols, head), &[], &blank, under);
    }
}

/// Labels with their values, in two columns; in large print, as tall cells would be narrow, each value under its label.
fn details<E: Elements>(body: &mut Body<'_, E>, rows: &[Detail]) {
    let label = LABEL * body.scale.k;
    let widths = if body.scale.k >= 1.5 { vec![COLUMN] } else { vec![label, COLUMN - label] };
    let stacked = widths.len() == 1;
    let keep = body.keep;
    let heads = Heads { row: false, column: !stacked };
    body.open_table(TableOf { style: TableStyle::Details, widths: &widths, heads, name: "", keep });
    for (i, row) in rows.iter().enumerate() {
        // The first row and the last have another with them on their page.
        body.keep = keep || rows.len() > 1 && (i == 0 || i + 2 == rows.len());
        let is_long = letters(&row.blocks) > 900;
        body.to.open_row(RowKind { may_break: is_long, ..RowKind::WHOLE }.last(i + 1 == rows.len()));
        body.open_cell(widths[0]);
        body.open(Style::Term);
        inlines(body, &row.term);
        body.close();
        if !stacked {
            body.close_cell();
            body.open_cell(widths[1]);
        }
        let inside = At { in_value: true, ..At::TEXT };
        self::blocks(body, &row.blocks, inside);
        if row.blocks.is_empty() {
            body.empty(Style::Value);
        }
        body.close_cell();
        body.to.close_row();
    }
    body.keep = keep;
    body.close_table();
}

/// Blocks that stay on one page: each keeps to the next.
fn kept<E: Elements>(body: &mut Body<'_, E>, all: &[Block], at: At) {
    let keep = body.keep;
    if let Some((last, others)) = all.split_last() {
        // Together, so that fields side by side and what a table stands under are known; only the last does not keep.
        let is_pair =
            matches!((others.last(), last), (Some(Block::Field { half: true, .. }), Block::Field { half: true, .. }));
        if is_pair {
            body.keep = true;
            blocks(body, all, at);
        } else {
            body.keep = true;
            blocks(body, others, at);
            body.keep = keep;
            blocks(body, std::slice::from_ref(last), at);
        }
    }
    body.keep = keep;
}

/// Two paragraphs on one line, if both are sure to fit on it; otherwise one under the other, as on paper.
fn columns<E: Elements>(body: &mut Body<'_, E>, all: &[Block], at: At) {
    if let [Block::Paragraph { c: left }, Block::Paragraph { c: right }] = all {
        let count = plain(left).chars().count() + plain(right).chars().count() + 4;
        let room = COLUMN * 72.0 / 25.4;
        if many(count) * 0.56 * body.scale.body <= room {
            body.open(Style::Sides);
            inlines(body, left);
            body.to.tab();
            inlines(body, right);
            body.close();
            return;
        }
    } else {
        body.lost.insert(Lost::SideBySide);
    }
    blocks(body, all, at);
}

/// Whether a paper is a sheet of cards, whose title is as small as a running head.
fn has_cards(all: &[Block]) -> bool {
    all.iter().any(|block| matches!(block, Block::Card { .. }))
}

/// A card to fold: its upper half is the back, which Word cannot turn round.
fn card<E: Elements>(body: &mut Body<'_, E>, all: &[Block], at: At) {
    body.lost.insert(Lost::BackOfCard);
    let keep = body.keep;
    let heads = Heads { row: false, column: false };
    body.open_table(TableOf { style: TableStyle::Card, widths: &[COLUMN], heads, name: "", keep });
    body.to.open_row(RowKind::high(HALF_CARD));
    body.open_cell(COLUMN);
    body.keep = true;
    body.empty(Style::CardLine);
    body.close_cell();
    body.to.close_row();
    body.to.open_row(RowKind::high(HALF_CARD).last(true));
    body.open_cell(COLUMN);
    body.keep = keep;
    if all.is_empty() {
        body.empty(Style::CardLine);
    }
    for (i, block) in all.iter().enumerate() {
        match block {
            Block::Paragraph { c } if i == 0 => paragraph(body, Style::CardName(fit_of_name(&plain(c))), c),
            Block::Paragraph { c } => paragraph(body, Style::CardLine, c),
            other => blocks(body, std::slice::from_ref(other), at),
        }
    }
    body.close_cell();
    body.to.close_row();
    body.close_table();
}

/// The largest size in which a name stands on one line, or on two if no word of it is broken. A bold letter is 0.62 em wide.
fn fit_of_name(name: &str) -> u8 {
    let room = (COLUMN - 16.0) * 72.0 / 25.4;
    let wide = |text: &str, size: f32| many(text.chars().count()) * 0.62 * size;
    let fits = |size: f32| {
        wide(name, size) <= 1.8 * room
            && name.split(' ').all(|word| wide(word, size) <= room)
            && (size < 40.0 || wide(name, size) <= room)
    };
    let fit = CARD.iter().position(|size| fits(*size)).unwrap_or(CARD.len() - 1);
    u8::try_from(fit).unwrap_or_default()
}

/// The end of a letter: the closing words, room for a signature, then name and role, all on one page.
fn closing<E: Elements>(body: &mut Body<'_, E>, all: &[Block], at: At) {
    let keep = body.keep;
    for (i, block) in all.iter().enumerate() {
        body.keep = keep || i + 1 < all.len();
        match block {
            Block::Paragraph { c } => {
                let style = [Style::Closing, Style::ClosingName].get(i).copied().unwrap_or(Style::ClosingLine);
                paragraph(body, style, c);
            }
            other => blocks(body, std::slice::from_ref(other), at),
        }
    }
    body.keep = keep;
}

/// Whose signature it is, then a line each for the signature and for whatever else the labels say.
fn signature<E: Elements>(body: &mut Body<'_, E>, all: &[Block], at: At) {
    let (whose, labels) = match all.split_first() {
        Some((Block::Paragraph { c }, labels)) => (Some(c.as_slice()), labels),
        _ => (None, all),
    };
    let own = body.pen().map(|pen| vec![Inline::Text(pen.signature.clone())]);
    // A template may have the line for the signature itself.
    let is_there = |own: &Vec<Inline>| {
        labels.iter().any(|label| matches!(label, Block::Paragraph { c } if plain(c) == plain(own)))
    };
    let own = own.filter(|own| whose.is_some() && !is_there(own));
    let mut lines: Vec<&[Inline]> = own.iter().map(Vec::as_slice).collect();
    let mut others = Vec::new();
    for label in labels {
        match label {
            Block::Paragraph { c } => lines.push(c),
            other => others.push(other),
        }
    }
    form::signature(body, whose, &lines);
    for other in others {
        blocks(body, std::slice::from_ref(other), at);
    }
}

/// The sections, as links; their pages are not known here.
fn contents<E: Elements>(body: &mut Body<'_, E>) {
    let document = body.document;
    let sections: Vec<_> = outline(&document.blocks).into_iter().filter(|headed| headed.level == 2).collect();
    if sections.len() < FEW {
        return;
    }
    body.lost.insert(Lost::ContentsPages);
    body.to.open_contents(&document.meta.contents);
    body.plain(Style::TocHeading, &document.meta.contents);
    body.to.open_entries();
    let last = sections.len() - 1;
    for (i, section) in sections.iter().enumerate() {
        body.open(Style::Toc);
        body.to.open_entry(section.number, i == 0);
        body.words(&plain(section.c), Said { mark: Some(Mark::Link), ..Said::default() });
        body.to.close_entry(i == last);
        body.close();
    }
    body.to.close_contents();
}
