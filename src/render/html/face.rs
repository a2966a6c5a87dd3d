//! The fonts of a page, as rules of its style sheet.
//!
//! In: the page. Out: `@font-face` rules that hold the fonts as data.
//!
//! Deliberately absent: compression of a font, which would take as long as the rest of a paper and save a third of it.

use super::address::data_url;
use crate::render::brand::Look;
use crate::render::cut::{CutFont, fonts_for};

/// The family that the council's own fonts go by.
const OWN: &str = "Own";

/// The families of a council, as CSS has them: the machine's own come last.
pub fn families(look: &Look) -> String {
    let own = (!look.font_files.is_empty()).then_some(OWN);
    let all = own.into_iter().chain(look.fonts.iter().map(String::as_str));
    all.map(|family| format!("\"{family}\"")).chain(["system-ui,sans-serif".to_owned()]).collect::<Vec<_>>().join(",")
}

/// The rules of all fonts that a page needs.
pub fn faces(page: &str, look: &Look) -> String {
    fonts_for(page.chars(), look).iter().map(rule).collect()
}

/// The rule of a font; none for one that cannot be cut.
fn rule(font: &CutFont) -> String {
    let Some(data) = &font.data else { return String::new() };
    let (family, weight) = (font.family.as_deref().unwrap_or(OWN), if font.bold { 700 } else { 400 });
    format!("@font-face{{font-family:\"{family}\";font-weight:{weight};src:url(\"{}\")}}\n", data_url("font/ttf", data))
}
