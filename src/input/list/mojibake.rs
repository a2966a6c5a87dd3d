//! Text that was read in the wrong encoding: `SiÃ¢n` for `Siân`, `O‚Äôneill` for `O’neill`, `Jos‚` for `José`.
//!
//! In: the text of a cell. Out: whether it can only have come about so. A run of characters counts if, written in the
//! encoding that it was read in, it is UTF-8 for a letter or a mark that people use: names of no language have such runs.
//! What has lost its letters for good, such as a name from an old Mac read as Windows-1252, is known by symbols that no
//! name has.

/// Windows-1252 from 0x80 to 0x9F; zero where it has none (WHATWG Encoding).
const WINDOWS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Mac Roman from 0x80 to 0xFF (Apple, `ROMAN.TXT`).
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// Whether a text was read in the wrong encoding. `is_name` says that it is a person's name, which has no symbols.
pub fn is_in(text: &str, is_name: bool) -> bool {
    if text.is_ascii() {
        return false;
    }
    let chars: Vec<char> = text.chars().collect();
    let wide = |(at, c): (usize, &char)| {
        !c.is_ascii() && (is_utf8(&chars[at..], windows) || is_mac(&chars[at..]) || is_cut(&chars, at, is_name))
    };
    chars.iter().enumerate().any(wide) || chars.split(|c| !is_of_code_page(*c)).any(is_of_other_script)
}

/// Whether a character is what Windows-1252 has in the place of the letters of another script.
fn is_of_code_page(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{FF}') || c.is_alphanumeric()
}

/// Whether a word is of a script whose letters another encoding (Windows-1251 for Cyrillic, ISO-8859-7 for Greek, …) has
/// in the place of letters with accents: `Èâàí` for `Иван`. Words of Latin letters have others between.
fn is_of_other_script(word: &[char]) -> bool {
    let mut letters = word.to_vec();
    letters.sort_unstable();
    letters.dedup();
    word.len() >= 4 && letters.len() >= 3 && word.iter().all(|c| matches!(c, '\u{C0}'..='\u{FF}'))
}

fn windows(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0x80..=0xFF => u8::try_from(code).ok(),
        _ => WINDOWS.iter().position(|w| *w == c).and_then(|at| u8::try_from(at + 0x80).ok()),
    }
}

fn mac(c: char) -> Option<u8> {
    MAC.chars().position(|m| m == c).and_then(|at| u8::try_from(at + 0x80).ok())
}

/// Whether characters begin with what an encoding makes of one character in UTF-8.
fn is_utf8(chars: &[char], byte: fn(char) -> Option<u8>) -> bool {
    decoded(chars, byte).is_some_and(is_used)
}

fn decoded(chars: &[char], byte: fn(char) -> Option<u8>) -> Option<char> {
    let first = byte(*chars.first()?)?;
    let length = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = [0; 4];
    for (place, c) in bytes.iter_mut().zip(chars.get(..length)?) {
        *place = byte(*c)?;
    }
    std::str::from_utf8(&bytes[..length]).ok()?.chars().next()
}

/// Whether people use a character, so that a run which stands for it came about in no other way. Left out are those that
/// real letters side by side would stand for: `Úš` in `Úštěk` is a letter of Pashto.
fn is_used(c: char) -> bool {
    match u32::from(c) {
        // Latin, with the signs of Windows-1252; Greek; Cyrillic; Armenian.
        0x80..=0x17F | 0x1CD..=0x1DC | 0x218..=0x21B
        | 0x386..=0x3CE | 0x401..=0x45F | 0x490..=0x491 | 0x531..=0x556 | 0x561..=0x587
        // Hebrew and Arabic letters, and those of Persian and Urdu.
        | 0x5D0..=0x5EA | 0x621..=0x64A
        | 0x67E | 0x686 | 0x688 | 0x691 | 0x698 | 0x6A9 | 0x6AF | 0x6BA | 0x6BE | 0x6C1 | 0x6CC | 0x6D2 => true,
        0x180..=0x7FF => false,
        // Of three bytes and more: no language has two symbols after a small letter with an accent.
        _ => true,
    }
}

/// The same for Mac Roman, whose dashes and quotation marks stand beside real letters: `l’École` is no Armenian. So only
/// runs count that begin with a symbol (the first byte of Latin letters, and of quotation marks and dashes), or that go on
/// for three letters of one script.
fn is_mac(chars: &[char]) -> bool {
    match chars {
        ['¬' | '√' | 'ƒ' | '≈' | '‚', ..] => is_utf8(chars, mac),
        _ => (0..3).all(|n| {
            let found = chars.get(n * 2..).and_then(|rest| decoded(rest, mac));
            found.is_some_and(|c| matches!(u32::from(c), 0x386..=0x45F | 0x5D0..=0x5EA | 0x621..=0x64A))
        }),
    }
}

/// Whether a character can only be there because the encoding of a name was mistaken and its letters are lost.
fn is_cut(chars: &[char], at: usize, is_name: bool) -> bool {
    let c = chars[at];
    let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
    let after = chars.get(at + 1).copied().unwrap_or(' ');
    if is_symbol(c) {
        // `Nero™` and `3° étage` are on signs; these are on none.
        let is_on_no_sign = matches!(c, '‰' | 'ƒ' | '√' | '≈' | '∂' | '¬' | '¤' | '‚');
        return is_name || before.is_alphabetic() && (after.is_alphabetic() || is_on_no_sign);
    }
    match c {
        // The second half of a letter was taken for a space: `VoilÃ `.
        // So was that of a space, or of a letter at the beginning: `Ann Â Ada`, `ÃAda`.
        'Ã' | 'Â' => {
            let is_alone = !before.is_alphanumeric() && !after.is_alphanumeric() && after != '.';
            let small = chars.get(at + 2).is_some_and(|c| c.is_lowercase());
            before.is_lowercase() && !after.is_uppercase()
                || is_alone && is_name
                || !before.is_alphanumeric() && after.is_uppercase() && small
        }
        'Š' | 'Ž' | 'Œ' | 'Ÿ' => is_name && is_of_mac(chars, at),
        _ => is_of_mac(chars, at),
    }
}

/// Whether a text that was read as Windows-1252 seems to be Mac Roman (`JosŽ`, `OÕNeill`), so that all of its file was
/// misread.
pub fn seems_mac(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let chars: Vec<char> = text.chars().collect();
    (0..chars.len()).any(|at| is_of_mac(&chars, at))
}

/// Whether a character is in the middle of a word where nobody writes it, and Mac Roman has a letter with an accent or the
/// apostrophe in its place.
fn is_of_mac(chars: &[char], at: usize) -> bool {
    let next = |n: usize| chars.get(at + n).copied().unwrap_or(' ');
    let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
    let after = next(1);
    let within = before.is_alphabetic() && after.is_alphabetic();
    match chars[at] {
        // Bytes that Windows-1252 does not have: Å, ç, è, ê and ù.
        '\u{80}'..='\u{9F}' => true,
        // ä, å, é and ü became capitals. `McŽivot` is a name.
        'Š' | 'Œ' | 'Ž' | 'Ÿ' => {
            // A letter more than the longest has: all of a long word would be looked through for each of its letters.
            let letters = chars[..at].iter().rev().take(5).take_while(|c| c.is_alphabetic()).count();
            let word: String = chars[at - letters..at].iter().collect();
            let is_prefix = ["Mc", "Mac", "D", "De", "Di", "Du", "La", "Le", "Van", "Fitz"].contains(&word.as_str());
            let small_before = before.is_lowercase() && !after.is_uppercase();
            (small_before || (before.is_uppercase() && after.is_lowercase())) && !is_prefix
        }
        // Ä, Ç, É, Ñ, Ü, á, à, â, ã, ì, î, ï, ò, ô and õ.
        '€' | '‚' | 'ƒ' | '„' | '†' | '‡' | 'ˆ' | '‰' | '‹' | '“' | '”' | '•' | '˜' | '™' | '›' => {
            within && (before.is_lowercase() || after.is_lowercase())
        }
        // The apostrophe: `OÕNeill`, and no word in capitals such as `CAMÕES`.
        'Õ' => within && (before.is_lowercase() || (after.is_uppercase() && next(2).is_lowercase())),
        _ => false,
    }
}

/// Whether a character is a symbol that no name has, and an address only by itself.
fn is_symbol(c: char) -> bool {
    matches!(
        c,
        '‰' | '†' | '‡' | 'ƒ' | '¢' | '£' | '¤' | '¥' | '¦' | '§' | '©' | '¬' | '®' | '±' | '²' | '³' | 'µ' | '¶' | '¹' | '¼' | '½'
            | '¾' | '¿' | '¡' | '×' | '÷' | '™' | '‹' | '›' | '€' | '°' | '¨' | '¯' | '¸' | 'ˆ' | '˜' | '‚' | '„' | '•' | '√' | '≈' | '∂'
            | '∆' | '∞' | '≤' | '≥' | '∑' | '∏' | '∫' | '◊' | '⁄' | '˘' | '˙' | '˚' | '˝' | '˛' | 'ˇ' | '\u{80}'..='\u{9F}'
            | '\u{2500}'..='\u{257F}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_read_in_the_wrong_encoding_is_known() {
        for name in [
            "SiÃ¢n NÃ\u{ad} Bhriain",
            "NÃ\u{ad}",
            "JosÃ©",
            "O‚Äôneill",
            "Jos√© Ada",
            "M√ºller",
            "Oâ€™Neill",
            "Smithâ€“Jones",
            "Å\u{81}ukasz",
            "ZoÃ«",
            "BjÃ¶rk",
            "Å½ivkoviÄ‡",
            "YeÅŸim",
            "ÃzgÃ¼r",
            "AdÃ©bÃ¡yá»\u{8d}",
            "Ð\u{98}Ð²Ð°Ð½",
            "×©×¨×”",
            "Ù…Ø\u{ad}Ù…Ø¯",
            "çŽ‹å°\u{8f}æ˜Ž",
            "Si‰n N’ Bhriain",
            "JosŽ",
            "RenŽe Dupont",
            "VoilÃ ",
            "Ang‚lique",
            "M├╝ller",
            "ÃƒÂ©ric",
            "Ann\u{c2}\u{a0}Ada",
            "–ò–≤–∞–Ω",
            "Èâàí Ïåòðîâ",
            "Ãéþñãïò",
            "Ann Â Ada",
            "Ann Ada Â",
            "ÃAda",
            "Ann ÂAda",
            "÷åðíîâ",
        ] {
            assert!(is_in(name, true), "{name}");
        }
        for line in ["1 RÃ©sidence", "Lâ€™Hotel", "M√ºhle 3", "ChÃ¢teau Way", "1 Caf‰ Row", "1 Óëèöà Ëåíèíà"]
        {
            assert!(is_in(line, false), "{line}");
        }
    }

    #[test]
    fn letters_of_an_old_mac_are_known_by_where_they_stand() {
        for mac in
            ["JosŽ", "MŸller", "OÕNeill", "ChildrenÕs House", "Fran\u{8D}ois", "M‡rquez", "Ana•s", "Ren\u{8F}", "C™tŽ"]
        {
            assert!(seems_mac(mac) && is_in(mac, true), "{mac}");
        }
        for windows in [
            "José",
            "O’Neill",
            "Žeena Šimek",
            "CAMÕES",
            "Mon–Fri",
            "“The Bakery”",
            "€ 5",
            "cœur",
            "Acme™ Ltd",
            "and so on…",
            "• Item",
            "McŽivot",
            "DŽAMONJA",
        ] {
            assert!(!seems_mac(windows), "{windows}");
        }
        assert!(!seems_mac(&"Š".repeat(1_000_000)), "it ends");
    }

    #[test]
    fn names_of_all_scripts_are_left_in_peace() {
        for name in [
            "Siân Ní Bhriain",
            "José",
            "Łukasz Żółć",
            "Živković",
            "Yeşim Öztürk",
            "İbrahim Çağlar",
            "Ayşe Gül Şahin",
            "Nguyễn Thị Hồng Ngọc",
            "Þóra Þórðar",
            "Ærøe Ølåy",
            "Éloïse Éé",
            "Ângela Ãnh",
            "ÂNGELA",
            "Lã Thị",
            "Adébáyọ̀",
            "Ọlámídé",
            "Björk Guðmundsdóttir",
            "Þórður",
            "Åsa Ångström",
            "Øyvind Æbelø",
            "ÁRÓN ÖRN",
            "ÉÉÉ",
            "IRMÃ ÇÃO",
            "CONCEIÇÃO ROMÃO",
            "João Araújo",
            "François L’Écuyer",
            "D’Évreux",
            "l’Église",
            "Noël “Nono” O’Brien",
            "NOÉ’S",
            "Mª Carmen",
            "Çelik «Ç»",
            "Иван Петров",
            "Đorđe Đukić",
            "Ґалаґан",
            "Αθηνά Παπαδοπούλου",
            "محمد رحمانی",
            "שרה כהן",
            "王小明",
            "प्रिया शर्मा",
            "ਗੁਰਪ੍ਰੀਤ",
            "রহিমা",
            "தமிழ்",
            "Արամ",
            "ქეთევან",
            "Kürşad",
            "Häkkinen",
            "Ödön Őry",
            "Űrbán",
            "Čeněk Růžička",
            "Štěpán Úštěk",
            "Ľubomír Ďurčo",
            "McŽivot",
            "Jānis Bērziņš",
            "Käthe Groß",
            "ẞARA",
            "Ó Súilleabháin",
            "Mac an tSaoir",
            "Llŷr Gŵyr",
            "Ann – Ada",
            "Ærø",
            "Ýr",
            "Ťažký Žáček",
            "Köšžegi",
            "Äiti",
            "DŽAMONJA",
            "Õie Õnnepalu",
            "Þ\u{f3}ra",
            "Ŋuyen",
            "Hawaiʻi Kaʻiulani",
            "D´Angelo",
            "O`Neill",
            "Müller & Söhne",
            "ÑÑ",
        ] {
            assert!(!is_in(name, true), "{name}");
        }
        for line in [
            "12½ Mill Lane",
            "Bâtiment B, 3° étage",
            "Café “É”",
            "Unit 2 • Dace Park",
            "Caffè Nero™",
            "L’Hôtel – Évian",
            "£1 Shop",
        ] {
            assert!(!is_in(line, false), "{line}");
        }
    }
}
