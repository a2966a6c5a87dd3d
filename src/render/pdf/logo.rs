//! Whether the engine can draw a council's logo, or a picture of easy read.
//!
//! In: the picture. Out: what the engine says against it, before any paper is laid out with it.
//!
//! The picture alone is laid out and written by the same engine under the same standards as a paper: whatever stops it there
//! would stop every paper, at a line of the theme where nobody looks for a picture.

use std::collections::BTreeMap;

use super::sheet::{self, LayoutInput};
use super::world::{CouncilWorld, MAIN, Materials};
use crate::fonts;
use crate::layers::has_ending;
use crate::render::brand::AnyPicture;

/// What keeps a picture from being drawn, in the engine's words. `own` are the council's own fonts. `None` if nothing does.
pub fn fault(picture: AnyPicture<'_>, own: &[Vec<u8>]) -> Option<String> {
    let has_text = !has_ending(picture.path, "png") && memchr::memmem::find(picture.data, b"text").is_some();
    let families: Vec<String> = fonts::FAMILIES.iter().map(|family| format!("{family:?}")).collect();
    let theme = format!(
        "#set page(width: 400mm, height: 100mm)\n{}#image({:?}, height: 18mm, alt: \"logo\")\n",
        // Without a text there is no need for fonts, which take longer to read than the picture to draw.
        if has_text { format!("#set text(font: ({}))\n", families.join(", ")) } else { String::new() },
        picture.path,
    );
    let materials = Materials {
        sources: BTreeMap::from([(MAIN.to_owned(), theme)]),
        files: BTreeMap::from([(picture.path.trim_start_matches('/').to_owned(), picture.data.to_vec())]),
        fonts: if has_text { own.to_vec() } else { Vec::new() },
        ..Materials::default()
    };
    let world = if has_text { CouncilWorld::new(&materials) } else { CouncilWorld::without_fonts(&materials) };
    let faults = sheet::try_out(&world, &LayoutInput::of_nothing()).err()?;
    faults.into_iter().next().map(|fault| fault.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, data: &[u8]) -> Option<String> {
        fault(AnyPicture { path, data }, &[])
    }

    #[test]
    fn what_the_engine_would_refuse_in_every_paper_is_known_before() {
        let svg = |inside: &str| {
            let start = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'";
            format!("{start} width='20' height='8'>{inside}</svg>").into_bytes()
        };
        for whole in ["<rect width='9' height='9'/>", "<text x='1' y='5' font-size='3'>Marshgate</text>", ""] {
            assert_eq!(of("/logo.svg", &svg(whole)), None, "{whole}");
        }
        let refused = [
            svg("<text x='1' y='5' font-size='3'>\u{12345}</text>"),
            svg("<image width='9' height='9' xlink:href='picture.png'/>"),
            svg("<rect"),
            b"<svg xmlns='http://www.w3.org/2000/svg' width='0' height='0'/>".to_vec(),
        ];
        for data in refused {
            assert!(of("/logo.svg", &data).is_some(), "{}", String::from_utf8_lossy(&data));
        }
        assert!(of("/logo.png", b"\x89PNG\r\n\x1a\n").is_some());
    }
}
