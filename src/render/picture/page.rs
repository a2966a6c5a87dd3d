//! A page of a finished PDF as pixels, for a page that shows it.
//!
//! In: the bytes of a file of ours. Out: a PNG of one of its pages, the same for the same bytes. It is drawn from the file itself, so
//! that what is looked at is what is sent, letter for letter.
//!
//! Deliberately absent: layout, the words of the page, and files of strangers: whoever calls has compared the bytes with the record.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use resvg::tiny_skia::{IntSize, Pixmap};

/// Dots per point: A4 is 953 wide, which is sharp on a screen that shows it at 794.
const SCALE: f32 = 1.6;

/// The most dots of a side. No page of ours has as many.
const MOST: f32 = 4_000.0;

/// A page, from 1. `None` if the file is no PDF or has no such page.
pub fn of_page(pdf: &[u8], number: u32) -> Option<Vec<u8>> {
    let pdf = Pdf::new(pdf.to_vec()).ok()?;
    let pages = pdf.pages();
    let page = pages.get(usize::try_from(number).ok()?.checked_sub(1)?)?;
    let (width, height) = page.render_dimensions();
    if width.max(height) * SCALE > MOST {
        return None;
    }
    let settings = RenderSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE, ..RenderSettings::default() };
    let drawn = render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
    let size = IntSize::from_wh(drawn.width().into(), drawn.height().into())?;
    Pixmap::from_vec(drawn.data_as_u8_slice().to_vec(), size)?.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pdf_and_what_is_no_page_of_one_has_no_picture() {
        for bytes in [&b""[..], b"%PDF-1.7\n", b"<svg/>", b"\x89PNG\r\n\x1a\n"] {
            assert_eq!(of_page(bytes, 1), None);
        }
    }
}
