//! The logo of a council and pictures of easy read as pixels, for the formats whose readers draw no SVG.
//!
//! In: a picture. Out: a PNG and its size. A drawing is rasterised once, by the engine that also draws it for PDF, sharp
//! enough for print; a picture of pixels stays as it is.
//!
//! And a page of a finished file as pixels (`page`).
//!
//! Deliberately absent: anything that a drawing refers to outside of itself, and the machine's own fonts.

#[cfg(feature = "desk")]
mod page;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::fonts;
use crate::render::brand::AnyPicture;

#[cfg(feature = "desk")]
pub use page::of_page;

/// The pixels of its height: 600 dots to the inch at 16 mm, the height of a logo over a report.
const HEIGHT: f32 = 378.0;
/// The most pixels of its width: a drawing that is wider has fewer in its height.
const WIDTH: f32 = 2244.0;

/// A picture of pixels.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The PNG.
    pub data: Arc<[u8]>,
    /// Its width, in any unit.
    pub width: f32,
    /// Its height, in the same.
    pub height: f32,
}

/// A logo, or a picture of easy read. `None` if it cannot be drawn. `own` are the council's own fonts.
pub fn of_file(file: AnyPicture<'_>, own: &[Vec<u8>]) -> Option<Picture> {
    if file.kind() == "image/png" {
        let (width, height) = size_of_png(file.data)?;
        return Some(Picture { data: Arc::from(file.data), width, height });
    }
    let key = blake3::hash(file.data).to_hex().to_string();
    if let Ok(drawn) = DRAWN.lock()
        && let Some(picture) = drawn.get(&key)
    {
        return Some(picture.clone());
    }
    let picture = drawn(file.data, own)?;
    if let Ok(mut drawn) = DRAWN.lock() {
        if drawn.len() >= MOST {
            drawn.clear();
        }
        drawn.insert(key, picture.clone());
    }
    Some(picture)
}

/// Pictures by the hash of their drawings. What is in it can only be what would be made anew.
static DRAWN: LazyLock<Mutex<BTreeMap<String, Picture>>> = LazyLock::new(Mutex::default);
/// The most pictures to keep.
const MOST: usize = 64;

fn drawn(svg: &[u8], own: &[Vec<u8>]) -> Option<Picture> {
    let mut options = Options::default();
    if memchr::memmem::find(svg, b"text").is_some() {
        let mut families = fontdb::Database::new();
        for font in own {
            families.load_font_data(font.clone());
        }
        for font in fonts::files() {
            families.load_font_data(font.to_vec());
        }
        options.fontdb = Arc::new(families);
        fonts::FAMILIES[0].clone_into(&mut options.font_family);
    }
    let tree = Tree::from_data(svg, &options).ok()?;
    let size = tree.size();
    let scale = (HEIGHT / size.height()).min(WIDTH / size.width());
    let pixels = |length: f32| whole((length * scale).clamp(1.0, WIDTH));
    let mut pixmap = Pixmap::new(pixels(size.width()), pixels(size.height()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let data = pixmap.encode_png().ok()?;
    Some(Picture { data: Arc::from(data), width: size.width(), height: size.height() })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length between one and the most pixels")]
fn whole(length: f32) -> u32 {
    length.round() as u32
}

/// The width and height that a PNG says in its first chunk (PNG, third edition, §11.2.1).
fn size_of_png(data: &[u8]) -> Option<(f32, f32)> {
    let head = data.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(4..16)?.strip_prefix(b"IHDR")?;
    let number = |at: usize| head.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    let (width, height) = (measure(number(0)?), measure(number(4)?));
    (width > 0.0 && height > 0.0).then_some((width, height))
}

#[expect(clippy::cast_precision_loss, reason = "a proportion of two lengths needs no last digit")]
fn measure(pixels: u32) -> f32 {
    pixels as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_becomes_the_same_pixels_twice_and_what_cannot_be_drawn_none() {
        let svg = |inside: &str| {
            format!("<svg xmlns='http://www.w3.org/2000/svg' width='240' height='72'>{inside}</svg>").into_bytes()
        };
        let one = drawn(&svg("<rect width='90' height='50' fill='#0b5d4e'/>"), &[]).expect("it can be drawn");
        let other = drawn(&svg("<rect width='90' height='50' fill='#0b5d4e'/>"), &[]).expect("it can be drawn");
        assert_eq!(one.data, other.data);
        assert_eq!(size_of_png(&one.data), Some((1260.0, 378.0)));
        let text = drawn(&svg("<text x='9' y='30' font-size='20'>Marshgate</text>"), &[]).expect("it can be drawn");
        assert_ne!(text.data, drawn(&svg(""), &[]).expect("it can be drawn").data, "the words are in the picture");
        assert!(drawn(b"<svg", &[]).is_none());
        assert_eq!(size_of_png(b"\x89PNG\r\n\x1a\n"), None);
    }
}
