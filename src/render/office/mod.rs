//! A paper for an office program, whichever it is: what each block becomes, in which style, and how every style looks.
//!
//! In: a document, and the look of its council. Out: calls of [`Elements`], which a format turns into its own, in the order of
//! the text.
//!
//! ```text
//! block, inline, table, form, frame, idea   what a block means ─▶ paragraphs, tables and places to fill in, by style
//! body                                the text that is being written, and the space between what follows one another
//! style, looks, cells, place          the closed set of styles, and how each looks, in points and the council's colours
//! measure, fit                        what grows with the reader's size, and what stands closer in a letter to fit its pages
//! fonts                               which family sets which letters, and the files that the paper takes along
//! ```
//!
//! Deliberately absent: names and syntax of any format. Writers that stand on it are siblings and know nothing of one another.

mod block;
mod body;
mod cells;
mod elements;
mod fit;
mod fonts;
mod form;
mod frame;
mod idea;
mod inline;
mod looks;
mod measure;
mod place;
mod style;
mod table;

#[cfg(test)]
pub mod any;

pub use body::Body;
pub use cells::{Cells, Edge, Line as CellLine, Part, Stand, cells};
pub use elements::{Elements, List, Paragraph, RowKind, Run, TableOf, Which};
pub use fit::scale;
pub use fonts::Fonts;
pub use frame::{foot, head, is_marked, marks_first_page};
pub use looks::{Align, Border, HANG, Line, NUMBER_HANG, ParagraphLook, Side, indent, look};
pub use measure::{MARGINS, SHEET, Scale, UNDER_WINDOW, points, whole};
pub use place::{Frame, place};
pub use style::{DEEPEST, Mark, Style, TableStyle, Used, Within};

use crate::doc::Document;
use crate::render::brand::Look;
use crate::render::picture::{self, Picture};

/// The logo as a picture, if the paper bears it and it can be drawn.
pub fn logo(document: &Document, look: &Look) -> Option<Picture> {
    let logo = look.logo.as_ref().filter(|_| frame::has_mark(document))?;
    picture::of_file(logo.picture(), &look.font_files)
}

/// Writes what opens the first page, then the text.
pub fn text<E: Elements>(body: &mut Body<'_, E>, logo: Option<&Picture>) {
    frame::opening(body, logo);
    block::blocks(body, &body.document.blocks, block::At::TEXT);
    body.end_on_a_paragraph();
}
