//! What stands around the text: mark, marking, sender and window address of the first page, running heads and feet.
//!
//! In: the metadata of a paper and the look of its council. Out: paragraphs with a place of their own on the sheet, in
//! reading order, and the parts of heads and feet. The places of a letter are those of a C5 window envelope, as in our theme.

use super::body::{Body, Said};
use super::elements::{Elements, Heads, RowKind, TableOf, Which};
use super::inline::text;
use super::looks::{ADDRESS, SENDER};
use super::measure::{COLUMN, many};
use super::place::place;
use super::style::{Mark, Style, TableStyle};
use crate::doc::{Block, Document, Language, Layout, Meta};
use crate::render::picture::Picture;

/// The letters of a line of the sender at 10 points, and of the address at 11.
const SENDER_LETTERS: usize = 30;
const ADDRESS_LETTERS: usize = 44;

/// Writes what opens the first page.
pub fn opening<E: Elements>(body: &mut Body<'_, E>, logo: Option<&Picture>) {
    let meta = &body.document.meta;
    match meta.layout {
        Layout::Labels => {}
        Layout::Letter => {
            if has_mark(body.document) {
                framed(body, Style::LogoOfLetter, "Logo", |body| mark(body, Style::LogoOfLetter, logo, (95.0, 18.0)));
            }
            if is_marked(meta) {
                framed(body, Style::MarkingOfLetter, "Marking", |body| marking(body, Style::MarkingOfLetter));
            }
            sender(body);
            address(body);
            // What has a place hangs on the paragraph after it in Word's format, and LibreOffice turns its place round with that
            // paragraph; and where a table comes first, it shows none of it.
            let first = body.document.blocks.first();
            let begins_with_table =
                matches!(first, Some(Block::Idea { .. } | Block::Table { .. } | Block::Details { .. }));
            if E::TABLES_MERGE && (body.language.is_from_right() || begins_with_table) {
                let around = std::mem::replace(&mut body.language, Language::ENGLISH);
                body.empty(Style::Gap);
                body.language = around;
            }
        }
        Layout::Report | Layout::Form => {
            if !E::MARKS_FIRST_HEAD && is_marked(meta) {
                framed(body, Style::Marking, "Marking", |body| marking(body, Style::Marking));
            }
            if has_mark(body.document) {
                mark(body, Style::Logo, logo, (95.0, if meta.layout == Layout::Report { 16.0 } else { 12.0 }));
            }
            // No envelope has a window for it, but the paper is for whom it names.
            for line in &meta.address {
                body.open(Style::AddressLine);
                text(body, line, false);
                body.close();
            }
        }
    }
}

/// Whether a paper bears the mark of the council. A sheet of cards belongs to the cards, and one of labels to the labels.
pub fn has_mark(document: &Document) -> bool {
    let is_card = |block: &Block| matches!(block, Block::Card { .. });
    document.meta.layout != Layout::Labels && !document.blocks.iter().any(is_card)
}

/// The mark of the council, as large as fits a room in millimetres; or its name as a word mark.
fn mark<E: Elements>(body: &mut Body<'_, E>, style: Style, logo: Option<&Picture>, (wide, high): (f32, f32)) {
    let look = body.look;
    let Some((picture, file)) = logo.zip(look.logo.as_ref()) else { return body.plain(style, &look.name) };
    // What stays clear around the mark, beyond what is clear in any case.
    let clear = many(file.clear as usize);
    let (wide, high) = (wide - (clear - 5.0).max(0.0), high - (clear - 4.0).max(0.0));
    let scale = (wide / picture.width).min(high / picture.height);
    let size = (picture.width * scale, picture.height * scale);
    body.open(style);
    body.to.picture(Which::Logo, size, &file.alt);
    body.close();
}

/// Writes what has the place of a style on the first page.
fn framed<E: Elements>(body: &mut Body<'_, E>, of: Style, name: &'static str, write: impl FnOnce(&mut Body<'_, E>)) {
    let at = place(of, &body.scale).expect("the style has a place");
    body.to.open_frame(at, name);
    write(body);
    body.to.close_frame();
}

/// Whether a paper is marked at all.
pub fn is_marked(meta: &Meta) -> bool {
    !meta.marking.is_empty() || meta.draft.is_some()
}

/// Whether the head of the first page has the marking, in a format that has such a head. A letter has it above its sender.
pub fn marks_first_page(meta: &Meta) -> bool {
    is_marked(meta) && matches!(meta.layout, Layout::Report | Layout::Form)
}

/// The marking, with the word for a draft set apart.
fn marking<E: Elements>(body: &mut Body<'_, E>, style: Style) {
    body.open(style);
    marking_words(body);
    body.close();
}

fn marking_words<E: Elements>(body: &mut Body<'_, E>) {
    let meta = &body.document.meta;
    body.words(&meta.marking, Said::default());
    if let Some(draft) = &meta.draft {
        body.words(" · ", Said::default());
        body.words(draft, Said { mark: Some(Mark::Draft), ..Said::default() });
    }
}

/// The sender, in the first of the sizes that leaves the fold clear.
fn sender<E: Elements>(body: &mut Body<'_, E>) {
    let groups = &body.look.sender;
    let lines: usize = groups.iter().flatten().map(|line| line.chars().count().div_ceil(SENDER_LETTERS).max(1)).sum();
    let gaps = 9.0 * many(groups.len().saturating_sub(1));
    let ends = |(line, top): &(f32, f32)| top + (*line * many(lines) + gaps) * 25.4 / 72.0;
    let fit = SENDER.iter().position(|it| ends(it) <= 90.0).unwrap_or(SENDER.len() - 1);
    let fit = u8::try_from(fit).unwrap_or_default();
    framed(body, Style::Sender(fit), "Sender", |body| {
        for (i, group) in groups.iter().enumerate() {
            for (n, line) in group.iter().enumerate() {
                body.open(match (i, n) {
                    (0, _) => Style::SenderName(fit),
                    (_, 0) => Style::SenderFirst(fit),
                    _ => Style::Sender(fit),
                });
                text(body, line, true);
                body.close();
            }
        }
    });
}

/// The lines of the window, a paragraph each, in the largest size in which all are seen.
fn address<E: Elements>(body: &mut Body<'_, E>) {
    let lines = &body.document.meta.address;
    let height = |(size, line): (f32, f32)| {
        // At a smaller size more letters stand on a line.
        let rows = |line: &String| (many(line.chars().count()) * size / 11.0 / many(ADDRESS_LETTERS)).ceil().max(1.0);
        line * lines.iter().map(rows).sum::<f32>()
    };
    let room = 25.7 * 72.0 / 25.4;
    let fit = ADDRESS.iter().position(|it| height(*it) <= room + it.1 - it.0).unwrap_or(ADDRESS.len() - 1);
    if lines.is_empty() {
        return;
    }
    let style = Style::Address(u8::try_from(fit).unwrap_or_default());
    framed(body, style, "Address", |body| {
        for line in lines {
            body.open(style);
            text(body, line, false);
            body.close();
        }
    });
}

/// The running head of every page but the first.
pub fn head<E: Elements>(body: &mut Body<'_, E>) {
    marking(body, Style::Header);
}

/// The foot: what this is, and which page of how many, under a hairline.
pub fn foot<E: Elements>(body: &mut Body<'_, E>) {
    let number = 3.2 * body.scale.small;
    let heads = Heads { row: false, column: false };
    let widths = [COLUMN - number, number];
    body.open_table(TableOf { style: TableStyle::Foot, widths: &widths, heads, name: "", keep: false });
    body.to.open_row(RowKind::WHOLE.last(true));
    body.open_cell(widths[0]);
    let meta = &body.document.meta;
    body.plain(Style::Footer, &meta.foot);
    body.close_cell();
    body.open_cell(widths[1]);
    body.open(Style::PageNumber);
    let [before, between, after] = &meta.page;
    if !before.is_empty() || !between.is_empty() {
        body.words(before, Said::default());
        body.to.page_number();
        body.words(between, Said::default());
        body.to.page_count();
        body.words(after, Said::default());
    }
    body.close();
    body.close_cell();
    body.to.close_row();
    body.close_table();
    body.end_on_a_paragraph();
}
