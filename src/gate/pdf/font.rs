//! Maps the codes of a font to text.
//!
//! In: the dictionary of a font. Out: the text of each code. Deliberately absent: the shapes. A glyph that is drawn as
//! one letter and mapped to another is read as it is mapped.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Dict, Object};

use super::file::{Budget, PdfFile, dict_of};
use super::glyphs::{BaseEncoding, char_of, text_of};

/// The fonts of a file, cached because every page uses the same ones.
#[derive(Default)]
pub struct Fonts(RefCell<BTreeMap<usize, Rc<Font>>>);

impl Fonts {
    /// The font of a dictionary.
    ///
    /// # Errors
    /// As [`Font::new`].
    pub fn font(&self, file: &PdfFile<'_>, dict: &Dict<'_>, budget: &Budget) -> Result<Rc<Font>, String> {
        // A dictionary is identified by its position in the file.
        let place = dict.data().as_ptr().addr();
        if let Some(font) = self.0.borrow().get(&place) {
            return Ok(Rc::clone(font));
        }
        let font = Rc::new(Font::new(file, dict, budget)?);
        self.0.borrow_mut().insert(place, Rc::clone(&font));
        Ok(font)
    }
}

/// A font.
pub struct Font {
    /// Whether a code has two bytes.
    wide: bool,
    /// Whether the codes are UTF-16 themselves.
    utf16: bool,
    map: Option<CMap>,
    /// The texts of the 256 codes of a simple font.
    simple: Vec<Option<String>>,
    /// The texts that were looked up before, since each lookup makes a new string: by the upper byte of the code, then by
    /// the lower. A file may have thousands of fonts that show one code each.
    known: RefCell<Vec<Option<Box<Row>>>>,
}

/// The texts of 256 codes in a row.
type Row = [OnceCell<Option<String>>; 256];

impl Font {
    /// Reads a font.
    ///
    /// # Errors
    /// If the map cannot be read, or the codes of the encoding have no fixed length.
    pub fn new(file: &PdfFile<'_>, dict: &Dict<'_>, budget: &Budget) -> Result<Self, String> {
        let subtype = file.name(dict, "Subtype");
        let wide = subtype.is_some_and(|s| &*s == b"Type0");
        let encoding = file.name(dict, "Encoding");
        let encoding = encoding.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
        let unicode = encoding.contains("UCS2") || encoding.contains("UTF16");
        if wide && !unicode && !encoding.starts_with("Identity") {
            return Err(format!("a font has the unknown encoding `{encoding}`"));
        }
        let to_unicode = file.get(dict, "ToUnicode");
        let utf16 = wide && (unicode || matches!(&to_unicode, Some(Object::Name(_))));
        let map = match to_unicode.and_then(Object::into_stream) {
            Some(stream) => {
                let (data, _) = budget.decode(&stream)?;
                Some(CMap::parse(&data, |_| None).ok_or("the character map of a font cannot be read")?)
            }
            None => None,
        };
        let simple = if wide { vec![] } else { simple_codes(file, dict) };
        Ok(Self { wide, utf16, map, simple, known: RefCell::default() })
    }

    /// Calls `take` with the text of each code in a string; `None` where the font maps it to nothing.
    pub fn each(&self, bytes: &[u8], take: &mut impl FnMut(Option<&str>)) {
        let mut known = self.known.borrow_mut();
        for code in bytes.chunks(if self.wide { 2 } else { 1 }) {
            let number = code.iter().fold(0, |n, b| n << 8 | usize::from(*b));
            let (upper, lower) = (number / 256, number % 256);
            if known.len() <= upper {
                known.resize_with(upper + 1, || None);
            }
            let row = known[upper].get_or_insert_with(|| Box::new([const { OnceCell::new() }; 256]));
            take(row[lower].get_or_init(|| self.text(number)).as_deref());
        }
    }

    fn text(&self, code: usize) -> Option<String> {
        let mapped = self.map.as_ref().and_then(|map| map.lookup_bf_string(u32::try_from(code).ok()?));
        match mapped {
            Some(BfString::Char(c)) => Some(c.to_string()),
            Some(BfString::String(text)) => Some(text),
            None if self.utf16 => Some(char::from_u32(u32::try_from(code).ok()?).unwrap_or('\u{FFFD}').to_string()),
            None => self.simple.get(code)?.clone(),
        }
    }
}

/// ISO 32000-1 §9.6.6: the base encoding and the differences from it.
fn simple_codes(file: &PdfFile<'_>, dict: &Dict<'_>) -> Vec<Option<String>> {
    let encoding = file.get(dict, "Encoding");
    let differs = encoding.clone().and_then(dict_of);
    let base = match encoding {
        Some(Object::Name(name)) => Some(name),
        _ => differs.as_ref().and_then(|d| file.name(d, "BaseEncoding")),
    };
    let base = match base.as_deref() {
        Some(b"WinAnsiEncoding") => BaseEncoding::Win,
        Some(b"MacRomanEncoding") => BaseEncoding::Mac,
        _ => BaseEncoding::Standard,
    };
    let mut codes: Vec<_> = (0..=255).map(|b| Some(char_of(base, b).to_string())).collect();
    // Only the differences and the map give meaning to the codes of a Type 3 font.
    if file.name(dict, "Subtype").is_some_and(|s| &*s == b"Type3") {
        codes.fill(None);
    }
    let mut code = 0;
    for item in
        differs.and_then(|d| file.get(&d, "Differences")?.into_array().map(|a| file.array(&a))).unwrap_or_default()
    {
        match item {
            Object::Number(number) => code = usize::try_from(number.as_i64()).unwrap_or(256),
            Object::Name(name) => {
                if let Some(slot) = codes.get_mut(code) {
                    *slot = text_of(&String::from_utf8_lossy(&name));
                }
                code += 1;
            }
            _ => {}
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_high_code_of_a_font_takes_room_for_its_row_only() {
        let font = Font { wide: true, utf16: true, map: None, simple: vec![], known: RefCell::default() };
        let mut texts = Vec::new();
        font.each(b"\xFF\xFD\0A\0A", &mut |text| texts.push(text.map(str::to_owned)));
        assert_eq!(texts, [Some("\u{FFFD}".to_owned()), Some("A".to_owned()), Some("A".to_owned())]);
        assert_eq!(font.known.borrow().iter().flatten().count(), 2);
    }
}
