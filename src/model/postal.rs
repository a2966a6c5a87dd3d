//! UK postal addresses in the form that GOV.UK Notify gives them before it judges them.
//!
//! In: lines as people type them. Out: the same lines without the commas at their ends, without the country after the
//! postcode, and with postcode and BFPO number as the post writes them. (Its rules are public:
//! notifications-utils, `recipient_validation/postal_address.py`, August 2026.)
//!
//! Deliberately absent: whether an address can be posted to (`check::post`), and addresses outside the UK, Jersey,
//! Guernsey and the Isle of Man.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Writes a postcode in capitals with one space before the last three, if it is one however it is spaced: there is only
/// one way to read `s w1a1aa`, and one to read `E20-9ZZ`.
pub fn postcode(typed: &str) -> Option<String> {
    let typed = typed.trim_matches(AROUND);
    spaced(typed).or_else(|| spaced(&without_hyphen(typed)?)).filter(|code| is_postcode(code))
}

/// Marks that people put around a postcode.
const AROUND: [char; 8] = [' ', ',', '.', ';', '(', ')', '[', ']'];

/// Hyphens and dashes.
const HYPHENS: [char; 5] = ['-', '\u{2010}', '\u{2011}', '\u{2013}', '\u{2014}'];

/// A text without the hyphen before its last three characters.
fn without_hyphen(typed: &str) -> Option<String> {
    let (outward, inward) = typed.split_once(HYPHENS)?;
    let inward = inward.trim_start();
    (inward.len() == 3).then(|| format!("{}{inward}", outward.trim_end()))
}

/// Spaces a text like a postcode if it is as long as one.
pub fn spaced(typed: &str) -> Option<String> {
    let mut bare = String::with_capacity(8);
    for c in typed.chars().filter(|c| !c.is_whitespace()) {
        if bare.len() == 7 || !c.is_ascii_alphanumeric() {
            return None;
        }
        bare.push(c.to_ascii_uppercase());
    }
    if bare.len() < 5 {
        return None;
    }
    bare.insert(bare.len() - 3, ' ');
    Some(bare)
}

/// Whether a text is a UK postcode (BS 7666): area, district, space, sector and unit, the unit without C, I, K, M, O
/// and V, and an area that exists. The letters that may end a district differ between third (`W1A`) and fourth (`EC1A`)
/// position; the list of areas determines the first and second letters.
pub fn is_postcode(typed: &str) -> bool {
    let Some((outward, inward)) = typed.split_once(' ') else { return false };
    let unit = |c: u8| c.is_ascii_uppercase() && !b"CIKMOV".contains(&c);
    let good_inward = matches!(inward.as_bytes(), [d, a, b] if d.is_ascii_digit() && unit(*a) && unit(*b));
    let area = outward.bytes().take_while(u8::is_ascii_uppercase).count();
    let last_of_district: &[u8] = if area == 1 { b"ABCDEFGHJKPSTUW" } else { b"ABEHMNPRVWXY" };
    let good_district = match &outward.as_bytes()[area..] {
        [d] => d.is_ascii_digit(),
        [d, e] => d.is_ascii_digit() && (e.is_ascii_digit() || last_of_district.contains(e)),
        _ => false,
    };
    good_inward && good_district && is_area(&outward[..area])
}

/// Whether letters begin the postcodes of an area.
pub fn is_area(letters: &str) -> bool {
    AREAS.binary_search(&letters).is_ok()
}

/// The 124 postcode areas of the UK, Jersey, Guernsey and the Isle of Man, BF, which is that of the Forces, and BX, which
/// has no place, in order. (`GIR 0AA`, the one postcode without a district, is no longer in use.)
#[rustfmt::skip]
const AREAS: &[&str] = &[
    "AB", "AL", "B", "BA", "BB", "BD", "BF", "BH", "BL", "BN", "BR", "BS", "BT", "BX", "CA", "CB", "CF", "CH", "CM",
    "CO", "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E", "EC", "EH", "EN", "EX",
    "FK", "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG", "HP", "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE",
    "KA", "KT", "KW", "KY", "L", "LA", "LD", "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG",
    "NN", "NP", "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG",
    "SK", "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR", "TS", "TW",
    "UB", "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE",
];

/// Names of the country that go after a postcode and mean nothing to the post, folded.
const COUNTRIES: &[&str] = &[
    "uk",
    "unitedkingdom",
    "theunitedkingdom",
    "gb",
    "gbr",
    "gbn",
    "greatbritain",
    "britain",
    "eng",
    "england",
    "sct",
    "scotland",
    "wls",
    "wales",
    "cymru",
    "nir",
    "ni",
    "nireland",
    "northireland",
    "northernireland",
    "ydeyrnasunedig",
    "lloegr",
    "yralban",
    "gogleddiwerddon",
    "je",
    "jersey",
    "islandofjersey",
    "bailiwickofjersey",
    "gg",
    "guernsey",
    "islandofguernsey",
    "bailiwickofguernsey",
    "im",
    "isleofman",
    "ellanvannin",
    "channelislands",
    "alderney",
    "brecqhou",
    "herm",
    "jethou",
    "sark",
    "unitedkingdomofgreatbritainandnorthernireland",
    "theunitedkingdomofgreatbritainandnorthernireland",
    // Their names in Welsh, in Gaelic and in Irish, in Manx and in Norman.
    "prydain",
    "prydainfawr",
    "ygogleddiwerddon",
    "ynysmanaw",
    "ynysoeddysianel",
    "alba",
    "sasainn",
    "sasana",
    "achuimrigh",
    "anbhreatainbheag",
    "tuaisceartnaheireann",
    "tuaiscearteireann",
    "anriochtaonaithe",
    "anrioghachdaonaichte",
    "mannin",
    "jerri",
    "guernesi",
];

/// Whether a line is only the name of the UK, a part of it or a Crown dependency.
pub fn is_uk(line: &str) -> bool {
    // No name has a digit, and the longest has 54 letters. Most lines end here.
    if line.len() > 80 || line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let key: String = if line.is_ascii() {
        line.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())).collect()
    } else {
        let letters = line.nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    COUNTRIES.contains(&key.as_str())
}

/// A line that is only a British Forces post office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bfpo {
    /// `BFPO` alone.
    Unnumbered,
    /// `BFPO 52`, `bfpo c/o 52`.
    Numbered(u32),
}

fn bfpo(line: &str) -> Option<Bfpo> {
    let rest = line.get(..4).filter(|start| start.eq_ignore_ascii_case("bfpo")).map(|_| line[4..].trim_start())?;
    let in_care = rest.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("c/o"));
    let number = if in_care { rest[3..].trim() } else { rest.trim() };
    if number.is_empty() { Some(Bfpo::Unnumbered) } else { number.parse().ok().map(Bfpo::Numbered) }
}

/// Whether a line is a numbered British Forces post office, which an address may end in instead of a postcode.
pub fn is_bfpo(line: &str) -> bool {
    matches!(bfpo(line), Some(Bfpo::Numbered(_)))
}

/// A line without spaces and commas at its end, runs of spaces or spaces before a stop or comma.
pub fn line(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for word in raw.split_whitespace() {
        if !out.is_empty() && !word.starts_with([',', '.']) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.truncate(out.trim_end_matches([' ', ',']).len());
    out
}

/// The address of these lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PostalAddress {
    /// The lines, with the postcode or the BFPO number last if there is one.
    pub lines: Vec<String>,
    /// Whether another line ends in a postcode that is not the last one.
    pub has_two_postcodes: bool,
}

impl PostalAddress {
    /// Brings lines into the form of Notify, and takes a postcode that is written twice as one. Of a postcode in the last
    /// line, such as `LONDON E20 9AA`, it makes a line of its own.
    pub fn of(lines: impl IntoIterator<Item = String>) -> Self {
        let mut lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        let number = lines.iter().find_map(|line| match bfpo(line) {
            Some(Bfpo::Numbered(number)) => Some(number),
            Some(Bfpo::Unnumbered) | None => None,
        });
        if number.is_some() {
            lines.retain(|line| bfpo(line).is_none());
        }
        while lines.last().is_some_and(|last| is_uk(last)) {
            lines.pop();
        }
        let code = lines.pop().and_then(|last| {
            let (before, code) = split(&last);
            lines.extend(before);
            code
        });
        let has_two_postcodes = code.as_deref().is_some_and(|code| take_off(&mut lines, code));
        lines.extend(code);
        lines.extend(number.map(|number| format!("BFPO {number}")));
        Self { lines, has_two_postcodes }
    }
}

/// Takes a postcode out of lines. Returns whether a line ends in another one, or begins with it.
fn take_off(lines: &mut Vec<String>, code: &str) -> bool {
    let mut another = false;
    for line in lines.iter_mut().filter(|line| may_hold_a_postcode(line)) {
        let theirs = ending(without_country(line)).map(|(before, theirs)| (before.to_owned(), theirs));
        if let Some((before, theirs)) = theirs {
            if theirs == code {
                without_label(&before).clone_into(line);
            } else {
                another |= is_postcode(code);
                continue;
            }
        }
        another |= beginning(line).is_some_and(|theirs| theirs != code) && is_postcode(code);
        without(line, code);
    }
    lines.retain(|line| !line.is_empty());
    another
}

/// Whether some word of a line ends as a postcode does: in a digit and two letters.
fn may_hold_a_postcode(line: &str) -> bool {
    let ends = |word: &str| {
        let letters = word.trim_end_matches(AROUND).bytes().rev();
        let mut letters = letters.take(3).map(|b| (b.is_ascii_alphabetic(), b.is_ascii_digit()));
        letters.next() == Some((true, false))
            && letters.next().is_none_or(|b| b == (true, false))
            && letters.next().is_none_or(|b| b == (false, true))
    };
    line.bytes().any(|b| b.is_ascii_digit()) && line.split(' ').any(ends)
}

/// Takes a postcode out of a line, wherever in it it is, however it is spaced.
fn without(line: &mut String, code: &str) {
    let letters = |text: &str| -> String {
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_uppercase())).collect()
    };
    // Most lines need no more.
    if !letters(line).contains(&letters(code)) {
        return;
    }
    let words: Vec<&str> = line.split(' ').collect();
    for take in (1..=6).rev() {
        let is_it = |words: &&[&str]| postcode(&words.concat()).is_some_and(|found| found == code);
        if let Some(at) = words.windows(take).position(|words| is_it(&words)) {
            let (before, after) = (words[..at].join(" "), words[at + take..].join(" "));
            *line = self::line(&[without_label(&before), &after].join(" "));
            return;
        }
    }
}

/// The postcode in the first one or two words of a line.
fn beginning(line: &str) -> Option<String> {
    let mut ends = line.match_indices(' ').map(|(at, _)| at).chain([line.len()]);
    [ends.next(), ends.next()].into_iter().flatten().find_map(|end| postcode(&line[..end]))
}

/// The postcode that is a line, or its last one or two words, and what is before it.
fn ending(line: &str) -> Option<(&str, String)> {
    let line = line.trim_end_matches(AROUND);
    // Most lines end in no digit and two letters.
    let mut last = line.bytes().rev().filter(|b| *b != b' ');
    let letters = last.by_ref().take(2).filter(u8::is_ascii_alphabetic).count();
    if letters < 2 || !last.next().is_some_and(|b| b.is_ascii_digit()) {
        return None;
    }
    // As Notify does, a whole line is tried first: `S W1A 1AA` is no line `S` and another postcode below it.
    if let Some(code) = postcode(line) {
        return Some(("", code));
    }
    (1..=2).find_map(|take| {
        let (before, last) = last_words(line, take)?;
        Some((before, postcode(last)?))
    })
}

/// A line without a country of the UK at its end; the whole of one that is nothing else.
fn without_country(line: &str) -> &str {
    let bare = line.trim_end_matches(AROUND);
    let country = |take| last_words(bare, take).filter(|(before, country)| !before.is_empty() && is_uk(country));
    (1..=4).rev().find_map(country).map_or(line, |(before, _)| before)
}

/// What people write before a postcode to say that it is one.
const LABELS: &[&str] = &["postcode", "post code", "postal code", "zip code", "zip", "cod post", "c\u{f4}d post"];

/// What is before a postcode, without a word that only says that one follows, and marks at its end.
fn without_label(before: &str) -> &str {
    let marks =
        |c: char| AROUND.contains(&c) && c != ')' && c != ']' && c != '.' || HYPHENS.contains(&c) || ":=|".contains(c);
    let bare = before.trim_end_matches(marks);
    let label = LABELS.iter().find_map(|label| {
        let (rest, end) = bare.split_at_checked(bare.len().checked_sub(label.len())?)?;
        (end.to_lowercase() == *label && !rest.ends_with(char::is_alphanumeric)).then_some(rest)
    });
    label.map_or(bare, |rest| rest.trim_end_matches(marks))
}

/// The last words of a line, and what is before them.
fn last_words(line: &str, take: usize) -> Option<(&str, &str)> {
    let spaces = || line.rmatch_indices(' ').map(|(at, _)| at);
    match spaces().nth(take - 1) {
        Some(at) => Some((&line[..at], &line[at + 1..])),
        None if spaces().count() + 1 == take => Some(("", line)),
        None => None,
    }
}

/// Splits a last line into what is before its postcode and the postcode. Of a line without one nothing is split off; a
/// text of the shape of a postcode counts as one, so that it is reported as such.
fn split(last: &str) -> (Option<String>, Option<String>) {
    let parts = |before: &str, code: String| (Some(line(without_label(before))).filter(|b| !b.is_empty()), Some(code));
    // `E20 9AA United Kingdom`
    if let Some((before, code)) = ending(without_country(last)).or_else(|| ending(last)) {
        return parts(before, code);
    }
    // Somebody typed it with spaces between all its parts: `SW1 A 1 AA`.
    for take in (3..=6).rev() {
        let Some((before, words)) = last_words(last, take) else { continue };
        if words.split(' ').all(|word| word.len() <= 4)
            && let Some(code) = postcode(words)
        {
            return parts(before, code);
        }
    }
    for take in [1, 2] {
        let Some((before, words)) = last_words(last, take) else { continue };
        let shaped = |code: &String| {
            let digit = code.as_bytes().iter().rev().nth(2).is_some_and(u8::is_ascii_digit);
            digit && code.starts_with(|c: char| c.is_ascii_alphabetic())
        };
        if let Some(code) = spaced(words).filter(shaped)
            && (take == 2 || words.len() >= 5)
        {
            return parts(before, code);
        }
    }
    (Some(last.to_owned()), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str]) -> Vec<String> {
        PostalAddress::of(lines.iter().map(|l| line(l))).lines
    }

    #[test]
    fn postcodes_of_every_shape_pass_and_lookalikes_do_not() {
        for good in [
            "E20 9AA", "M1 1AE", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB", "BX9 1AS", "E1W 1AA", "N1C 4AA",
            "SW1Y 4AA", "BF1 3AA", "JE2 3AB",
        ] {
            assert!(is_postcode(good), "{good}");
        }
        for bad in [
            "E209AA",
            "e20 9aa",
            "E20 9A",
            "E20 9CA",
            "E20  9AA",
            "London",
            "",
            "1E0 9AA",
            "EEE1 9AA",
            "ZZ1 9AA",
            "QQ20 9AA",
            "M1Z 1AE",
            "EC1C 1BB",
            "SW1é 4AA",
            "GIR 0AA",
            "GX11 1AA",
        ] {
            assert!(!is_postcode(bad), "{bad}");
        }
    }

    #[test]
    fn there_are_124_areas_and_two_without_a_place() {
        assert_eq!(AREAS.len(), 126);
        assert!(AREAS.is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn a_postcode_is_read_however_it_is_spaced() {
        for typed in ["SW1A 1AA", "sw1a1aa", "S W1 A 1 AA", " s w 1 a 1 a a ", "SW1A\u{a0}1AA"] {
            assert_eq!(postcode(typed).as_deref(), Some("SW1A 1AA"), "{typed}");
        }
        for last in ["S W1 A 1 AA", "SW1 A 1 AA", "sw1a 1aa", "London SW1A 1AA", "London S W1 A 1 AA", "SW1A 1AA, UK"] {
            let found = of(&["1 Mill Lane", last]);
            assert_eq!(found.last().map(String::as_str), Some("SW1A 1AA"), "{last}");
        }
        // The letter before a postcode is not its first one.
        assert_eq!(of(&["Flat N W1A 1AA"]), ["Flat N", "W1A 1AA"]);
    }

    #[test]
    fn the_country_after_a_postcode_goes_and_one_before_it_stays() {
        for countries in [
            &["Scotland"][..],
            &["Cymru", "UK"],
            &["Northern Ireland"],
            &["N. Ireland"],
            &["Isle of Man"],
            &["GBR"],
            &["ENGLAND."],
            &["Wales", "United Kingdom"],
            &["Y Deyrnas Unedig"],
            &["U.K."],
            &["Guernsey"],
            &["Ynys Manaw"],
            &["Alba"],
            &["Tuaisceart \u{c9}ireann"],
            &["J\u{e8}rri"],
        ] {
            let lines = [&["1 High St", "Town", "EH1 1AA"][..], countries].concat();
            assert_eq!(of(&lines), ["1 High St", "Town", "EH1 1AA"], "{countries:?}");
        }
        assert_eq!(of(&["1 High St", "St Helier", "Jersey", "JE2 3AB"]).len(), 4);
        assert_eq!(of(&["Northern Ireland", "United Kingdom"]), Vec::<String>::new());
        assert_eq!(of(&["1 High St", "EH1 1AA", "France"]).last().map(String::as_str), Some("France"));
    }

    #[test]
    fn commas_at_line_ends_go_and_lines_of_commas_with_them() {
        let typed = ["1 Mill St. \t  ,    ", ", , ,  ,   ,     ,        ,", "Marshgate, Region,", "E20 9ZZ,,", ""];
        assert_eq!(of(&typed), ["1 Mill St.", "Marshgate, Region", "E20 9ZZ"]);
        assert_eq!(line("123 Example    St  ."), "123 Example St.");
    }

    #[test]
    fn a_postcode_stands_once_and_two_are_told() {
        let twice = |lines: &[&str]| PostalAddress::of(lines.iter().map(|l| line(l)));
        assert_eq!(
            twice(&["3 Mill Lane", "Marshgate E20 9ZX", "E20 9ZX"]).lines,
            ["3 Mill Lane", "Marshgate", "E20 9ZX"]
        );
        assert_eq!(twice(&["3 Mill Lane", "e209zx", "Marshgate", "E20 9ZX"]).lines.len(), 3);
        assert!(twice(&["1 Mill Lane", "Marshgate", "E20 9ZZ", "E20 9ZY"]).has_two_postcodes);
        assert!(twice(&["1 Mill Lane, E20 9ZZ", "E20 9ZY"]).has_two_postcodes);
        assert!(!twice(&["1 Mill Lane, E20 9ZZ", "E20 9ZZ"]).has_two_postcodes);
    }

    #[test]
    fn a_line_that_is_a_postcode_as_a_whole_is_that_one() {
        for (last, code) in [
            ("S W1A 1AA", "SW1A 1AA"),
            ("N W1 1AA", "NW1 1AA"),
            ("S E1 1AA", "SE1 1AA"),
            ("B N1 1AA", "BN1 1AA"),
            ("S E16 3EF", "SE16 3EF"),
            ("S\u{a0}W1A\u{a0}1AA", "SW1A 1AA"),
            ("S W1A 1AA, UK", "SW1A 1AA"),
            ("S W1A 1AA.", "SW1A 1AA"),
            ("(N W1 1AA)", "NW1 1AA"),
        ] {
            assert_eq!(of(&["1 Mill Lane", "Marshgate", last]), ["1 Mill Lane", "Marshgate", code], "{last}");
            let again = PostalAddress::of(["1 Mill Lane", last, "Marshgate", code].map(line));
            assert_eq!((again.lines.len(), again.has_two_postcodes), (3, false), "{last}");
        }
    }

    #[test]
    fn one_postcode_is_printed_once_however_it_is_written() {
        for typed in [
            "Marshgate E20 9ZZ UK",
            "Marshgate E20 9ZZ, United Kingdom",
            "Marshgate, E20-9ZZ",
            "Marshgate e20\u{2013}9zz",
            "Marshgate - E20 9ZZ",
            "Marshgate, Postcode: E20 9ZZ",
            "Marshgate (Post Code E20 9ZZ)",
            "Marshgate (E20 9ZZ)",
            "Marshgate. E20 9ZZ.",
            "E20 9ZZ Marshgate",
            "E20 9ZZ, Marshgate",
            "E209ZZ Marshgate UK",
            "Marshgate E 20 9 ZZ",
            "Marshgate, cod post E20 9ZZ",
        ] {
            let found = PostalAddress::of(["1 Mill Lane", typed, "E20 9ZZ"].map(line));
            let middle = found.lines[1].trim_end_matches('.').trim_end_matches(" UK");
            assert_eq!((found.lines.len(), middle, found.lines[2].as_str()), (3, "Marshgate", "E20 9ZZ"), "{typed}");
            assert!(!found.has_two_postcodes, "{typed}");
        }
        for last in ["Postcode: E20 9ZZ", "E20-9ZZ", "E20 9ZZ.", "post code e209zz", "E20 9ZZ (UK)", "[E20 9ZZ]"] {
            assert_eq!(of(&["1 Mill Lane", "Marshgate", last]), ["1 Mill Lane", "Marshgate", "E20 9ZZ"], "{last}");
        }
        for other in ["Marshgate E20 9ZY UK", "E20 9ZY Marshgate", "Postcode: E20 9ZY", "N W1 1AA", "E20-9ZY"] {
            assert!(PostalAddress::of(["1 Mill Lane", other, "E20 9ZZ"].map(line)).has_two_postcodes, "{other}");
        }
        for kept in
            ["Flat 3", "Unit E20", "The Post Code House", "1-3 Mill Lane", "Block (B)", "St. Mary", "Wales Road 2nd"]
        {
            assert_eq!(of(&["1 Mill Lane", kept, "E20 9ZZ"])[1], kept);
        }
    }

    #[test]
    fn a_forces_post_office_is_the_last_line() {
        for (typed, lines) in [
            (&["Unit 1", "BFPO", "BFPO 123", "BF1 1AA"][..], &["Unit 1", "BF1 1AA", "BFPO 123"][..]),
            (&["Unit 1", "bf11aa", "bfpo1"], &["Unit 1", "BF1 1AA", "BFPO 1"]),
            (&["Unit 1", "BFPO C/O 52", "UK"], &["Unit 1", "BFPO 52"]),
            (&["Unit 1", "BFPOC/O1"], &["Unit 1", "BFPO 1"]),
            (&["BFPO House", "Marshgate", "E20 9ZZ"], &["BFPO House", "Marshgate", "E20 9ZZ"]),
        ] {
            assert_eq!(of(typed), lines, "{typed:?}");
        }
        assert!(is_bfpo("BFPO 5432") && !is_bfpo("BFPO") && !is_bfpo("BFPO house 3"));
    }

    proptest::proptest! {
        #[test]
        fn no_line_stops_the_reading(lines in proptest::collection::vec(".{0,30}|[A-Zé’ŵ0-9 ,]{0,12}", 0..5)) {
            PostalAddress::of(lines.iter().map(|l| line(l)));
        }
    }
}
