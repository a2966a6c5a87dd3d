//! What stands around the text: mark, marking, sender and window address of the first page, running heads and feet.
//!
//! In: the metadata of a paper and the look of its council. Out: paragraphs with a place of their own on the sheet, in
//! reading order, and the parts of heads and feet. The places of a letter are those of a C5 window envelope, as in our theme.

use super::body::{Body, Said};
use super::inline::text;
use super::measure::{COLUMN, emu, many};
use super::names::{OF_TEXT, PIC};
use super::relations::Kind;
use super::style::{ADDRESS, Mark, SENDER, Style, TableStyle};
use super::table::{self, Heads, RowKind};
use crate::doc::{Block, Document, Layout};
use crate::render::picture::Picture;
use crate::render::xml::Xml;

/// The place of the logo, below the part of the text.
pub const LOGO: &str = "media/logo.png";

/// The letters of a line of the sender at 10 points, and of the address at 11.
const SENDER_LETTERS: usize = 30;
const ADDRESS_LETTERS: usize = 44;

/// Writes what opens the first page.
pub fn opening(body: &mut Body<'_>, logo: Option<&Picture>) {
    let meta = &body.document.meta;
    match meta.layout {
        Layout::Labels => {}
        Layout::Letter => {
            if has_mark(body.document) {
                mark(body, Style::LogoOfLetter, logo, (95.0, 18.0));
            }
            marking(body, Style::MarkingOfLetter);
            sender(body);
            address(body);
        }
        Layout::Report | Layout::Form => {
            marking(body, Style::Marking);
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
fn mark(body: &mut Body<'_>, style: Style, logo: Option<&Picture>, (wide, high): (f32, f32)) {
    let look = body.look;
    let Some((picture, file)) = logo.zip(look.logo.as_ref()) else { return body.plain(style, &look.name) };
    // What stays clear around the mark, beyond what is clear in any case.
    let clear = many(file.clear as usize);
    let (wide, high) = (wide - (clear - 5.0).max(0.0), high - (clear - 4.0).max(0.0));
    let scale = (wide / picture.width).min(high / picture.height);
    let size = (emu(picture.width * scale).to_string(), emu(picture.height * scale).to_string());
    body.open(style);
    drawing(body, &size, &file.alt);
    body.close();
}

/// ECMA-376 part 1, §20.4.2.8: a picture in a line, with its words.
fn drawing(body: &mut Body<'_>, (wide, high): &(String, String), words: &str) {
    let picture = body.relations.to(Kind::Picture, LOGO);
    let id = body.next_control().to_string();
    let xml = &mut body.xml;
    let extent = [("cx", wide.as_str()), ("cy", high.as_str())];
    xml.open("w:r", &[]);
    xml.open("w:drawing", &[]);
    xml.open("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")]);
    xml.leaf("wp:extent", &extent);
    xml.leaf("wp:docPr", &[("id", &id), ("name", "Logo"), ("descr", words)]);
    xml.open("wp:cNvGraphicFramePr", &[]);
    xml.leaf("a:graphicFrameLocks", &[("noChangeAspect", "1")]);
    xml.close();
    xml.open("a:graphic", &[]);
    xml.open("a:graphicData", &[("uri", PIC)]);
    xml.open("pic:pic", &[]);
    xml.open("pic:nvPicPr", &[]);
    xml.leaf("pic:cNvPr", &[("id", &id), ("name", "Logo"), ("descr", words)]);
    xml.leaf("pic:cNvPicPr", &[]);
    xml.close();
    xml.open("pic:blipFill", &[]);
    xml.leaf("a:blip", &[("r:embed", picture.as_str())]);
    xml.open("a:stretch", &[]);
    xml.leaf("a:fillRect", &[]);
    xml.close();
    xml.close();
    xml.open("pic:spPr", &[]);
    xml.open("a:xfrm", &[]);
    xml.leaf("a:off", &[("x", "0"), ("y", "0")]);
    xml.leaf("a:ext", &extent);
    xml.close();
    xml.open("a:prstGeom", &[("prst", "rect")]);
    xml.leaf("a:avLst", &[]);
    xml.close();
    xml.close();
    // pic, graphicData, graphic, inline, drawing, run.
    (0..6).for_each(|_| xml.close());
}

/// The marking, with the word for a draft in a frame.
fn marking(body: &mut Body<'_>, style: Style) {
    let meta = &body.document.meta;
    if !meta.marking.is_empty() || meta.draft.is_some() {
        body.open(style);
        marking_words(body);
        body.close();
    }
}

fn marking_words(body: &mut Body<'_>) {
    let meta = &body.document.meta;
    body.words(&meta.marking, Said::default());
    if let Some(draft) = &meta.draft {
        body.words(" · ", Said::default());
        body.words(draft, Said { mark: Some(Mark::Draft), ..Said::default() });
    }
}

/// The sender, in the first of the sizes that leaves the fold clear.
fn sender(body: &mut Body<'_>) {
    let groups = &body.look.sender;
    let lines: usize = groups.iter().flatten().map(|line| line.chars().count().div_ceil(SENDER_LETTERS).max(1)).sum();
    let gaps = 9.0 * many(groups.len().saturating_sub(1));
    let ends = |(line, top): &(f32, f32)| top + (*line * many(lines) + gaps) * 25.4 / 72.0;
    let fit = SENDER.iter().position(|it| ends(it) <= 90.0).unwrap_or(SENDER.len() - 1);
    let fit = u8::try_from(fit).unwrap_or_default();
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
}

/// The lines of the window, a paragraph each, in the largest size in which all are seen.
fn address(body: &mut Body<'_>) {
    let lines = &body.document.meta.address;
    let height = |(size, line): (f32, f32)| {
        // At a smaller size more letters stand on a line.
        let rows = |line: &String| (many(line.chars().count()) * size / 11.0 / many(ADDRESS_LETTERS)).ceil().max(1.0);
        line * lines.iter().map(rows).sum::<f32>()
    };
    let room = 25.7 * 72.0 / 25.4;
    let fit = ADDRESS.iter().position(|it| height(*it) <= room + it.1 - it.0).unwrap_or(ADDRESS.len() - 1);
    for line in lines {
        body.open(Style::Address(u8::try_from(fit).unwrap_or_default()));
        text(body, line, false);
        body.close();
    }
}

/// The running head of every page but the first.
pub fn head(body: &mut Body<'_>) {
    running(body, "w:hdr", |body| {
        body.open(Style::Header);
        marking_words(body);
        body.close();
    });
}

/// The head of the first page: nothing, which in a letter keeps the text below the window.
pub fn first_head(body: &mut Body<'_>) {
    let style = if body.document.meta.layout == Layout::Letter { Style::Letterhead } else { Style::Header };
    running(body, "w:hdr", |body| body.empty(style));
}

/// The foot: what this is, and which page of how many, under a hairline.
pub fn foot(body: &mut Body<'_>) {
    running(body, "w:ftr", |body| {
        let number = 3.2 * body.scale.small;
        table::open(body, TableStyle::Foot, &[COLUMN - number, number], Heads { row: false, column: false }, "");
        table::open_row(body, RowKind::WHOLE);
        table::open_cell(body, COLUMN - number);
        let meta = &body.document.meta;
        body.plain(Style::Footer, &meta.foot);
        table::close_cell(body);
        table::open_cell(body, number);
        body.open(Style::PageNumber);
        let [before, between, after] = &meta.page;
        if !before.is_empty() || !between.is_empty() {
            body.words(before, Said::default());
            body.field("PAGE", "1");
            body.words(between, Said::default());
            body.field("NUMPAGES", "1");
            body.words(after, Said::default());
        }
        body.close();
        table::close_cell(body);
        body.xml.close();
        table::close(body);
        body.end_on_a_paragraph();
    });
}

/// Writes a part of its own, in place of the text that is being written.
fn running(body: &mut Body<'_>, name: &'static str, write: impl FnOnce(&mut Body<'_>)) {
    body.set_after_table(false);
    body.xml = Xml::part();
    body.xml.open(name, &OF_TEXT);
    write(body);
    body.xml.close();
}
