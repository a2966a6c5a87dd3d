//! The plain letters that a letter is read as.
//!
//! In: a character that Unicode decomposes no further. Out: the Latin letters that a reader takes it for. The Latin rows
//! follow from the names in the Unicode Character Database: `LATIN SMALL LETTER K WITH HOOK` and `LATIN LETTER SMALL
//! CAPITAL K` are a `k`. Those of other scripts look like a Latin letter on paper (Unicode TR 39, and the outlines of our
//! own fonts, which the test compares).
//!
//! Deliberately absent: digits that look like letters, since a house number would then be a word.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The plain letters, and the letters that are read as them.
const ROWS: &[(&str, &str)] = &[
    ("A", "ȺᴀⱭⱰАΑ"),
    ("a", "ɑɒᶏᶐⱥаα"),
    ("AA", "Ꜳ"),
    ("aa", "ꜳ"),
    ("AE", "ÆᴁӔ"),
    ("ae", "æӕ"),
    ("AO", "Ꜵ"),
    ("ao", "ꜵ"),
    ("AU", "Ꜷ"),
    ("au", "ꜷ"),
    ("AV", "ꜸꜺ"),
    ("av", "ꜹꜻ"),
    ("AY", "Ꜽ"),
    ("ay", "ꜽ"),
    ("B", "ƁƂɃʙᴃꞖВвΒ"),
    ("b", "ƀƃɓᵬᶀꞗβЬьϐ"),
    ("C", "ƇȻᴄꞒꟄСϹ"),
    ("c", "ƈȼɕꞓꞔсϲ"),
    ("D", "ÐĐƉƊƋᴅᴆꝹꟇ"),
    ("d", "ðđƌȡɖɗᵭᶁᶑꝺꟈԁ"),
    ("dz", "ʣʥꭦ"),
    ("E", "ƎƏƐɆᴇⱻЕΕЄ"),
    ("e", "ǝɇɘəɚɛʚᶒᶓᶕⱸꬲꬳꬴеεєә"),
    ("F", "ƑꜰꝻꞘϜ"),
    ("f", "ƒᵮᶂꝼꞙ"),
    ("G", "ƓǤɢʛꝽꞠꞬԌ"),
    ("g", "ǥɠɡᵹᶃꞡꬶ"),
    ("H", "ĦʜⱧꞪНнΗҢңҤҥ"),
    ("h", "ħɦⱨꞕһђћ"),
    ("I", "ƖƗɪꞮІΙӀӏǀ"),
    ("i", "ıɨɩᵼᶖіι"),
    ("IS", "Ꝭ"),
    ("is", "ꝭ"),
    ("J", "ɈᴊꞲЈͿ"),
    ("j", "ȷɉɟʄʝјϳ"),
    ("K", "ƘᴋⱩꝀꝂꝄꞢКкΚҚқҜҝҞҟҠҡӃӄ"),
    ("k", "ĸƙᶄⱪꝁꝃꝅꞣκϰ"),
    ("L", "ŁȽʟᴌⱠⱢꝆꝈꞭ"),
    ("l", "łƚȴɫɬɭᶅⱡꝇꝉꞎꬷꬸꬹ"),
    ("LL", "Ỻ"),
    ("ll", "ỻ"),
    ("ls", "ʪ"),
    ("lz", "ʫ"),
    ("M", "ᴍⱮМмΜӍӎ"),
    ("m", "ɱᵯᶆꬺ"),
    ("N", "ŊƝȠɴꞐꞤΝ"),
    ("n", "ŋƞȵɲɳᵰᶇꞑꞥꬻꬼη"),
    ("O", "ØƆƟᴏᴐꝊꝌОΟӨ"),
    ("o", "øɔɵᴑᴓᶗⱺꝋꝍꬽꬾꬿоοөσ"),
    ("OE", "Œɶ"),
    ("oe", "œ"),
    ("OO", "Ꝏ"),
    ("oo", "ꝏ"),
    ("P", "ƤᴘⱣꝐꝒꝔРΡ"),
    ("p", "ƥᵱᵽᶈꝑꝓꝕрρϱ"),
    ("Q", "ꝖꝘꞯԚ"),
    ("q", "ɋʠꝗꝙԛ"),
    ("R", "ɌʀⱤꞂꞦꭆ"),
    ("r", "Ʀɍɼɽɾᵲᵳᶉꞃꞧꭅꭉꭋꭌ"),
    ("S", "ⱾꜱꞄꞨꟅꟉЅ"),
    ("s", "ȿʂᵴᶊẜẝꞅꞩꟊѕ"),
    ("SS", "ẞ"),
    ("ss", "ß"),
    ("T", "ŦƬƮȾᴛꞆТтΤҬҭ"),
    ("t", "ŧƫƭȶʈᵵⱦꞇτ"),
    ("TH", "ÞꝤꝦ"),
    ("th", "þꝥꝧ"),
    ("ts", "ʦꭧ"),
    ("TZ", "Ꜩ"),
    ("tz", "ꜩ"),
    ("U", "ƱᴜꞸ"),
    ("u", "ʊᵿᶙꞹꭎꭒυ"),
    ("um", "ꝸ"),
    ("V", "ƲᴠꝞѴ"),
    ("v", "ʋᶌⱱⱴꝟνѵ"),
    ("VY", "Ꝡ"),
    ("vy", "ꝡ"),
    ("W", "ᴡⱲԜ"),
    ("w", "ⱳωԝѡ"),
    ("X", "ХΧҲ"),
    ("x", "ᶍꭖꭗꭘꭙхχҳ"),
    ("Y", "ƳɎʏỾУΥҮҰ"),
    ("y", "ƴɏỿꭚуγүұ"),
    ("Z", "ƵȤᴢⱫⱿꟆΖ"),
    ("z", "ƶȥɀʐʑᵶᶎⱬ"),
];

/// The plain letters that a character is read as. Empty if it is none of these.
pub fn plain(c: char) -> &'static str {
    static PLAIN: LazyLock<BTreeMap<char, &str>> =
        LazyLock::new(|| ROWS.iter().flat_map(|(plain, read)| read.chars().map(|c| (c, *plain))).collect());
    PLAIN.get(&c).copied().unwrap_or_default()
}

/// A group of writing systems: words of one name in two of them are two ways to write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Script {
    /// Latin, Greek and Cyrillic, whose letters are mistaken for one another.
    European,
    /// Arabic.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// One of the scripts of India and Bangladesh, by the first of its block.
    Indic(u32),
    /// Chinese characters, kana and bopomofo.
    EastAsian,
}

/// The script of a letter. `None` for digits, marks of punctuation and whatever our fonts do not have.
pub fn script(c: char) -> Option<Script> {
    match u32::from(c) {
        0x0590..=0x05FF | 0xFB1D..=0xFB4F => Some(Script::Hebrew),
        0x0600..=0x06FF | 0x0750..=0x077F | 0x08A0..=0x08FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => Some(Script::Arabic),
        code @ 0x0900..=0x0DFF => Some(Script::Indic(code & !0x7F)),
        0x3005..=0x3007
        | 0x3040..=0x312F
        | 0x31A0..=0x31BF
        | 0x3400..=0x9FFF
        | 0xF900..=0xFAFF
        | 0x2_0000..=0x3_FFFF => Some(Script::EastAsian),
        _ if c.is_alphabetic() => Some(Script::European),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Folded;

    #[derive(Default, PartialEq, Clone)]
    struct Drawn(Vec<(u8, [i32; 6])>);

    #[expect(clippy::cast_possible_truncation, reason = "outlines are drawn on a grid of whole units")]
    impl ttf_parser::OutlineBuilder for Drawn {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push((0, [x as i32, y as i32, 0, 0, 0, 0]));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push((1, [x as i32, y as i32, 0, 0, 0, 0]));
        }
        fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
            self.0.push((2, [a as i32, b as i32, x as i32, y as i32, 0, 0]));
        }
        #[expect(clippy::many_single_char_names, reason = "the trait has these")]
        fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
            self.0.push((3, [a as i32, b as i32, c as i32, d as i32, x as i32, y as i32]));
        }
        fn close(&mut self) {
            self.0.push((4, [0; 6]));
        }
    }

    /// The outline of a character, moved so that it starts at nought.
    fn drawn(face: &ttf_parser::Face<'_>, c: char) -> Option<Vec<(u8, [i32; 6])>> {
        let mut outline = Drawn::default();
        let bounds = face.outline_glyph(face.glyph_index(c)?, &mut outline)?;
        let left = i32::from(bounds.x_min);
        let moved = outline.0.into_iter().map(|(step, mut at)| {
            for x in at.iter_mut().step_by(2).take(if step == 4 { 0 } else { usize::from(step.max(1)) }) {
                *x -= left;
            }
            (step, at)
        });
        Some(moved.collect())
    }

    #[test]
    fn whatever_our_fonts_draw_like_a_plain_letter_is_read_as_one() {
        let mut unread = Vec::new();
        for data in crate::fonts::files() {
            let face = ttf_parser::Face::parse(data, 0).expect("the fonts are our own");
            let plain: Vec<_> = ('A'..='Z').chain('a'..='z').filter_map(|c| Some((c, drawn(&face, c)?))).collect();
            for c in (0xC0..0x1_0000).filter_map(char::from_u32).filter(|c| c.is_alphabetic()) {
                let Some(outline) = drawn(&face, c) else { continue };
                let Some((like, _)) = plain.iter().find(|(_, known)| *known == outline) else { continue };
                let (folded, wanted) = (Folded::of(&c.to_string()).text, like.to_ascii_lowercase());
                // A capital I and a small l may look alike.
                let same = folded == wanted.to_string() || wanted == 'l' && folded == "i";
                if !same {
                    unread.push(format!("{c} U+{:04X} is drawn as {like}", u32::from(c)));
                }
            }
        }
        unread.sort();
        unread.dedup();
        assert!(unread.is_empty(), "{}", unread.join("\n"));
    }

    #[test]
    fn each_letter_is_in_one_row() {
        let all: Vec<char> = ROWS.iter().flat_map(|(_, read)| read.chars()).collect();
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(all.len(), distinct.len());
    }

    #[test]
    fn a_letter_has_the_script_that_its_reader_knows() {
        let scripts: Vec<_> = "kкκمש王あপप".chars().map(script).collect();
        assert_eq!(scripts[0], scripts[1]);
        assert_eq!(scripts[1], scripts[2]);
        assert_eq!(scripts[5], scripts[6]);
        assert!(scripts[3] != scripts[4] && scripts[7] != scripts[8] && scripts[0] != scripts[5]);
        assert_eq!(script('7'), None);
    }
}
