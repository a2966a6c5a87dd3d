//! Words in easy read: a table without lines, a row for each idea, its picture at the side where a line begins.
//!
//! In: ideas that follow one another. Out: rows. A picture that cannot be drawn is said in words.
//!
//! Deliberately absent: frames that words flow around. Whoever changes such a paper moves a row with its picture.

use super::body::Body;
use super::elements::{Elements, Heads, RowKind, TableOf, Which};
use super::measure::COLUMN;
use super::style::{Style, TableStyle, Within};
use crate::doc::{Block, Picture};
use crate::render::picture;

/// The width of a picture with the space beside it, and the most that it is wide and high, in millimetres. As in our theme
/// (`theme/easy.typ`).
const PLACE: f32 = 46.0;
const MOST: f32 = 38.0;

/// Writes ideas, a row each; `write` writes the words of one.
pub fn ideas<'d, E: Elements>(body: &mut Body<'d, E>, all: &[Block], write: impl Fn(&mut Body<'d, E>, &[Block])) {
    let widths = [PLACE, COLUMN - PLACE];
    let heads = Heads { row: false, column: false };
    let keep = body.keep;
    body.open_table(TableOf { style: TableStyle::Idea, widths: &widths, heads, name: "", keep });
    let last = all.len().saturating_sub(1);
    for (i, block) in all.iter().enumerate() {
        let Block::Idea { picture, blocks: words } = block else { continue };
        // Only the last keeps to what follows the table.
        body.keep = keep && i == last;
        body.to.open_row(RowKind::WHOLE.last(i == last));
        body.open_cell(widths[0]);
        shown(body, picture.as_ref());
        body.close_cell();
        body.open_cell(widths[1]);
        if words.is_empty() {
            body.empty(Style::Body(Within::Text));
        }
        write(body, words);
        body.close_cell();
        body.to.close_row();
    }
    body.keep = keep;
    body.close_table();
}

/// The picture of an idea, as large as its place holds it. Without one the place stays white.
fn shown<E: Elements>(body: &mut Body<'_, E>, picture: Option<&Picture>) {
    let style = Style::Body(Within::Text);
    let Some(picture) = picture else { return body.empty(style) };
    let Some((number, wide, high)) = numbered(body, &picture.file) else { return body.plain(style, &picture.alt) };
    let scale = (MOST / wide).min(MOST / high);
    body.open(style);
    body.to.picture(Which::Easy(number), (wide * scale, high * scale), &picture.alt);
    body.close();
}

/// The number of a picture, from 1, with its width and height in any unit. `None` if it cannot be drawn.
fn numbered<E: Elements>(body: &mut Body<'_, E>, file: &str) -> Option<(usize, f32, f32)> {
    let at = if let Some(at) = body.pictures.iter().position(|(known, _)| known == file) {
        at
    } else {
        let look = body.look;
        let drawn = picture::of_file(look.pictures.get(file)?.picture(), &look.font_files)?;
        body.pictures.push((file.to_owned(), drawn));
        body.pictures.len() - 1
    };
    let drawn = &body.pictures[at].1;
    Some((at + 1, drawn.width, drawn.height))
}
