//! What the codes of a font say.
//!
//! In: the dictionary of a font. Out: the text of each code. Deliberately absent: the shapes; a glyph that is drawn as
//! one letter and told as another is read as it is told.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Dict, Object};

use super::file::{Budget, File, dict_of};
use super::glyphs::{Base, char_of, text_of};

/// The fonts of a file: every page uses the same ones.
#[derive(Default)]
pub struct Fonts(RefCell<BTreeMap<usize, Rc<Font>>>);

impl Fonts {
    /// The font of a dictionary.
    ///
    /// # Errors
    /// As [`Font::new`].
    pub fn font(&self, file: &File<'_>, dict: &Dict<'_>, budget: &Budget) -> Result<Rc<Font>, String> {
        // A dictionary is known by where it stands in the file.
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
    /// The texts that were asked for before: looking one up makes a new string each time.
    known: RefCell<Vec<OnceCell<Option<String>>>>,
}

impl Font {
    /// Reads a font.
    ///
    /// # Errors
    /// A map that cannot be read; an encoding whose codes have no fixed length.
    pub fn new(file: &File<'_>, dict: &Dict<'_>, budget: &Budget) -> Result<Self, String> {
        let subtype = file.name(dict, "Subtype");
        let wide = subtype.is_some_and(|s| &*s == b"Type0");
        let encoding = file.name(dict, "Encoding");
        let encoding = encoding.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
        let unicode = encoding.contains("UCS2") || encoding.contains("UTF16");
        if wide && !unicode && !encoding.starts_with("Identity") {
            return Err(format!("a font has the encoding `{encoding}`, which is not known"));
        }
        let told = file.get(dict, "ToUnicode");
        let utf16 = wide && (unicode || matches!(&told, Some(Object::Name(_))));
        let map = match told.and_then(Object::into_stream) {
            Some(stream) => {
                let (data, _) = budget.decode(&stream)?;
                Some(CMap::parse(&data, |_| None).ok_or("the characters of a font cannot be told")?)
            }
            None => None,
        };
        let simple = if wide { vec![] } else { simple_codes(file, dict) };
        Ok(Self { wide, utf16, map, simple, known: RefCell::default() })
    }

    /// Hands over the text of each code in a string, none where the font does not tell it.
    pub fn each(&self, bytes: &[u8], take: &mut impl FnMut(Option<&str>)) {
        let mut known = self.known.borrow_mut();
        for code in bytes.chunks(if self.wide { 2 } else { 1 }) {
            let number = code.iter().fold(0, |n, b| n << 8 | usize::from(*b));
            if known.len() <= number {
                known.resize_with(number + 1, OnceCell::new);
            }
            take(known[number].get_or_init(|| self.text(number)).as_deref());
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
fn simple_codes(file: &File<'_>, dict: &Dict<'_>) -> Vec<Option<String>> {
    let encoding = file.get(dict, "Encoding");
    let differs = encoding.clone().and_then(dict_of);
    let base = match encoding {
        Some(Object::Name(name)) => Some(name),
        _ => differs.as_ref().and_then(|d| file.name(d, "BaseEncoding")),
    };
    let base = match base.as_deref() {
        Some(b"WinAnsiEncoding") => Base::Win,
        Some(b"MacRomanEncoding") => Base::Mac,
        _ => Base::Standard,
    };
    let mut codes: Vec<_> = (0..=255).map(|b| Some(char_of(base, b).to_string())).collect();
    // The codes of a Type 3 font mean only what the differences and the map say.
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
