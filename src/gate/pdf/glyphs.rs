//! The encodings of simple fonts, and the names of glyphs.
//!
//! In: a byte or a name. Out: the character (ISO 32000-1 annex D). Deliberately absent: symbol and expert fonts, whose
//! characters nobody reads as words.

/// The base encoding of a font.
#[derive(Clone, Copy)]
pub enum BaseEncoding {
    /// `WinAnsiEncoding`.
    Win,
    /// `MacRomanEncoding`.
    Mac,
    /// `StandardEncoding`, and the encoding built into a font.
    Standard,
    /// `PDFDocEncoding`, used by strings outside content streams.
    Doc,
}

/// The character of a byte. Bytes without one are U+FFFD.
pub fn char_of(base: BaseEncoding, byte: u8) -> char {
    let upper = match base {
        BaseEncoding::Win => WIN,
        BaseEncoding::Mac => MAC,
        BaseEncoding::Standard => STANDARD,
        BaseEncoding::Doc => DOC,
    };
    match (base, byte) {
        (BaseEncoding::Standard, b'\'') => '\u{2019}',
        (BaseEncoding::Standard, b'`') => '\u{2018}',
        (_, 0..=127) => char::from(byte),
        _ => upper.chars().nth(usize::from(byte) - 128).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// The text of a glyph's name, by the rules of the Adobe Glyph List: `eacute`, `uni0041`, `u1F600`, `f_f`, `a.sc`.
pub fn text_of(name: &str) -> Option<String> {
    let name = name.split('.').next().unwrap_or_default();
    name.split('_').map(|part| one(part).or_else(|| units(part))).collect::<Option<String>>().filter(|s| !s.is_empty())
}

fn one(name: &str) -> Option<String> {
    if name.len() == 1 {
        return name.chars().next().filter(char::is_ascii_alphabetic).map(String::from);
    }
    // The list is separated by spaces, so it cannot contain one.
    if name == "space" {
        return Some(" ".to_owned());
    }
    let listed = NAMES.split(' ').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    listed.map(str::to_owned).or_else(|| {
        let digits = name.strip_prefix('u').filter(|d| (4..=6).contains(&d.len()))?;
        Some(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?.to_string())
    })
}

/// `uni` and groups of four digits.
fn units(name: &str) -> Option<String> {
    let digits = name.strip_prefix("uni").filter(|d| !d.is_empty() && d.len() % 4 == 0 && d.is_ascii())?;
    let unit = |group: &[u8]| u16::from_str_radix(std::str::from_utf8(group).ok()?, 16).ok();
    let units = digits.as_bytes().chunks(4).map(unit).collect::<Option<Vec<u16>>>()?;
    String::from_utf16(&units).ok()
}

const WIN: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ\u{20}¡¢£¤¥¦§¨©ª«¬-®¯°±²³´µ¶·¸¹º»¼½¾¿\
    ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªº\u{2126}æø\
    ¿¡¬√ƒ≈∆«»…\u{20}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄¤‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
const STANDARD: &str = "���������������������������������¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ�–†‡·�¶•‚„”»…‰�¿\
    �`´ˆ˜¯˘˙¨�˚¸�˝˛ˇ—����������������Æ�ª����ŁØŒº�����æ���ı��łøœß����";
const DOC: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž�€¡¢£¤¥¦§¨©ª«¬�®¯°±²³´µ¶·¸¹º»¼½¾¿\
    ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";

/// The Latin part of the Adobe Glyph List.
const NAMES: &str = "AE=Æ Aacute=Á Abreve=Ă Acaron=Ǎ Acircumflex=Â Adieresis=Ä Agrave=À Amacron=Ā Aogonek=Ą Aring=Å Atilde=Ã Cacute=Ć \
    Ccaron=Č Ccedilla=Ç Ccircumflex=Ĉ Cdotaccent=Ċ Dcaron=Ď Dcedilla=Ḑ Dcroat=Đ Ddotaccent=Ḋ Delta=∆ Eacute=É \
    Ebreve=Ĕ Ecaron=Ě Ecircumflex=Ê Edieresis=Ë Edotaccent=Ė Egrave=È Emacron=Ē Eogonek=Ę Eth=Ð Etilde=Ẽ Euro=€ \
    Gacute=Ǵ Gbreve=Ğ Gcaron=Ǧ Gcedilla=Ģ Gcircumflex=Ĝ Gcommaaccent=Ģ Gdotaccent=Ġ Gmacron=Ḡ Iacute=Í Ibreve=Ĭ \
    Icaron=Ǐ Icircumflex=Î Idieresis=Ï Idotaccent=İ Igrave=Ì Imacron=Ī Iogonek=Į Itilde=Ĩ Lacute=Ĺ Lcaron=Ľ \
    Lcedilla=Ļ Lcommaaccent=Ļ Ldotaccent=Ŀ Lslash=Ł Nacute=Ń Ncaron=Ň Ncedilla=Ņ Ncommaaccent=Ņ Ndotaccent=Ṅ \
    Ntilde=Ñ OE=Œ Oacute=Ó Obreve=Ŏ Ocaron=Ǒ Ocircumflex=Ô Odieresis=Ö Ograve=Ò Ohungarumlaut=Ő Omacron=Ō Omega=\u{2126} \
    Oogonek=Ǫ Oslash=Ø Otilde=Õ Racute=Ŕ Rcaron=Ř Rcedilla=Ŗ Rcommaaccent=Ŗ Rdotaccent=Ṙ Sacute=Ś Scaron=Š \
    Scedilla=Ş Scircumflex=Ŝ Scommaaccent=Ș Sdotaccent=Ṡ Tcaron=Ť Tcedilla=Ţ Tcommaaccent=Ţ Tdotaccent=Ṫ Thorn=Þ \
    Uacute=Ú Ubreve=Ŭ Ucaron=Ǔ Ucircumflex=Û Udieresis=Ü Ugrave=Ù Uhungarumlaut=Ű Umacron=Ū Uogonek=Ų Uring=Ů \
    Utilde=Ũ Yacute=Ý Ydieresis=Ÿ Zacute=Ź Zcaron=Ž Zcircumflex=Ẑ Zdotaccent=Ż aacute=á abreve=ă acaron=ǎ \
    acircumflex=â acute=´ adieresis=ä ae=æ afii10017=А agrave=à amacron=ā ampersand=& aogonek=ą apple=\u{F8FF} \
    approxequal=≈ aring=å asciicircum=^ asciitilde=~ asterisk=* at=@ atilde=ã backslash=\u{5C} bar=| braceleft={ \
    braceright=} bracketleft=[ bracketright=] breve=˘ brokenbar=¦ bullet=• cacute=ć caron=ˇ ccaron=č ccedilla=ç \
    ccircumflex=ĉ cdotaccent=ċ cedilla=¸ cent=¢ circumflex=ˆ colon=: comma=, copyright=© currency=¤ dagger=† \
    daggerdbl=‡ dcaron=ď dcedilla=ḑ dcroat=đ ddotaccent=ḋ degree=° dieresis=¨ divide=÷ dmacron=đ dollar=$ \
    dotaccent=˙ dotlessi=ı eacute=é ebreve=ĕ ecaron=ě ecircumflex=ê edieresis=ë edotaccent=ė egrave=è eight=8 \
    ellipsis=… emacron=ē emdash=— endash=– eogonek=ę equal== eth=ð etilde=ẽ exclam=! exclamdown=¡ ff=ﬀ ffi=ﬃ ffl=ﬄ \
    fi=ﬁ five=5 fl=ﬂ florin=ƒ four=4 fraction=⁄ gacute=ǵ gbreve=ğ gcaron=ǧ gcedilla=ģ gcircumflex=ĝ gcommaaccent=ģ \
    gdotaccent=ġ germandbls=ß gmacron=ḡ grave=` greater=> greaterequal=≥ guillemotleft=« guillemotright=» \
    guilsinglleft=‹ guilsinglright=› hungarumlaut=˝ hyphen=- iacute=í ibreve=ĭ icaron=ǐ icircumflex=î idieresis=ï \
    igrave=ì imacron=ī infinity=∞ integral=∫ iogonek=į itilde=ĩ lacute=ĺ lcaron=ľ lcedilla=ļ lcommaaccent=ļ \
    ldotaccent=ŀ less=< lessequal=≤ logicalnot=¬ longs=ſ lozenge=◊ lslash=ł macron=¯ minus=− mu=µ multiply=× \
    nacute=ń nbspace=\u{A0} ncaron=ň ncedilla=ņ ncommaaccent=ņ ndotaccent=ṅ nine=9 notequal=≠ ntilde=ñ numbersign=# \
    oacute=ó obreve=ŏ ocaron=ǒ ocircumflex=ô odieresis=ö oe=œ ogonek=˛ ograve=ò ohungarumlaut=ő omacron=ō one=1 \
    onehalf=½ onequarter=¼ onesuperior=¹ oogonek=ǫ ordfeminine=ª ordmasculine=º oslash=ø otilde=õ paragraph=¶ \
    parenleft=( parenright=) partialdiff=∂ percent=% period=. periodcentered=· perthousand=‰ pi=π plus=+ plusminus=± \
    product=∏ question=? questiondown=¿ quotedbl=\u{22} quotedblbase=„ quotedblleft=“ quotedblright=” quoteleft=‘ \
    quoteright=’ quotesinglbase=‚ quotesingle=' racute=ŕ radical=√ rcaron=ř rcedilla=ŗ rcommaaccent=ŗ rdotaccent=ṙ \
    registered=® ring=˚ sacute=ś scaron=š scedilla=ş scircumflex=ŝ scommaaccent=ș sdotaccent=ṡ section=§ semicolon=; \
    seven=7 six=6 slash=/ softhyphen=\u{AD} space=\u{20} sterling=£ summation=∑ tcaron=ť tcedilla=ţ tcommaaccent=ţ \
    tdieresis=ẗ tdotaccent=ṫ thorn=þ three=3 threequarters=¾ threesuperior=³ tilde=˜ trademark=™ two=2 twosuperior=² \
    uacute=ú ubreve=ŭ ucaron=ǔ ucircumflex=û udieresis=ü ugrave=ù uhungarumlaut=ű umacron=ū underscore=_ uogonek=ų \
    uring=ů utilde=ũ yacute=ý ydieresis=ÿ yen=¥ zacute=ź zcaron=ž zcircumflex=ẑ zdotaccent=ż zero=0";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_read_in_the_encoding_of_its_font() {
        assert_eq!(
            [BaseEncoding::Win, BaseEncoding::Mac, BaseEncoding::Doc].map(|b| char_of(b, 0xE9)),
            ['é', 'È', 'é']
        );
        assert_eq!([BaseEncoding::Win, BaseEncoding::Doc].map(|b| char_of(b, 0x80)), ['€', '•']);
        assert_eq!(char_of(BaseEncoding::Standard, 0xAE), 'ﬁ');
        assert!([WIN, MAC, STANDARD, DOC].iter().all(|t| t.chars().count() == 128));
    }

    #[test]
    fn a_glyph_is_known_by_its_name() {
        let names = ["K", "eacute", "uni004B0061", "u1F600", "f_i.alt", "space", "g17"];
        let texts = names.map(|n| text_of(n).unwrap_or_default());
        assert_eq!(texts, ["K", "é", "Ka", "😀", "fi", " ", ""]);
    }
}
