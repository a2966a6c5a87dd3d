//! The addresses that the post and mail programs accept.
//!
//! The rules are those of GOV.UK Notify for letters and emails, since what it refuses is not sent: 3 to 7 lines, a UK
//! postcode or a BFPO number last, letters or digits in the first two lines of the letter, no line that starts with a
//! symbol, and no "no fixed address".
//!
//! No message here contains a value, because a list may hold other people's data: callers that may show a value add it.

use crate::diag::{Code, codes};
use crate::model::postal::{PostalAddress, is_area, is_bfpo, is_postcode, line};

/// A fault of a postal address.
pub struct AddressFault {
    /// The kind of problem.
    pub code: Code,
    /// The line at fault, from 0; `None` if it is the address as a whole.
    pub line: Option<usize>,
    /// The message.
    pub message: String,
    /// The hint.
    pub hint: &'static str,
}

/// Every fault of the lines of an address. `above` is the number of lines that the letter puts on top of them.
pub fn address(lines: &[String], above: usize) -> Vec<AddressFault> {
    let mut faults = Vec::new();
    let mut fault = |code: Code, line: Option<usize>, message: String, hint: &'static str| {
        faults.push(AddressFault { code, line, message, hint });
    };
    if !(3..=7).contains(&(lines.len() + above)) {
        let on_top = if above == 0 { "" } else { " with the name on top" };
        let lines = crate::diag::count(lines.len() + above, "line");
        let message = format!("the address has {lines}{on_top}");
        fault(codes::BAD_ADDRESS, None, message, "a letter needs 3 to 7 lines, the postcode last");
    }
    for (i, line) in lines.iter().enumerate() {
        if i + above < 2 && !line.chars().any(char::is_alphanumeric) {
            let message = format!("line {} has no letter or digit", i + 1);
            fault(codes::BAD_ADDRESS, Some(i), message, "the first two lines say who and where");
        }
        if starts_with_symbol(line) {
            let message = format!("line {} starts with a symbol", i + 1);
            let hint = "the post sorts by the first characters: start with a letter or digit";
            fault(codes::BAD_ADDRESS, Some(i), message, hint);
        }
        if is_nowhere(line) {
            let hint = "hand the letter over, or send it to a place where the person collects post";
            fault(codes::BAD_ADDRESS, Some(i), "this is not a postal address".to_owned(), hint);
        }
    }
    if let Some(last) = lines.last()
        && !is_postcode(last)
        && !is_bfpo(last)
    {
        let hint = postcode_hint(last, "the last line of an address is the postcode, in capitals with one space");
        fault(codes::BAD_POSTCODE, Some(lines.len() - 1), "this is not a UK postcode".to_owned(), hint);
    }
    // The Forces' post needs no country, and nothing else after a postcode.
    if let [above @ .., _, last] = lines
        && is_bfpo(last)
        && let Some(at) = above.iter().position(|line| is_postcode(line))
    {
        let hint = "write the postcode in the line before the BFPO number, and no country";
        fault(codes::BAD_ADDRESS, Some(at), "a line is between the postcode and the BFPO number".to_owned(), hint);
    }
    faults
}

/// What is wrong with a postcode, or `otherwise` where it has nothing of one.
pub fn postcode_hint(typed: &str, otherwise: &'static str) -> &'static str {
    let bare: String = typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    let area = bare.chars().take_while(char::is_ascii_uppercase).count();
    if !bare.is_ascii() || bare.len() > 8 || !(1..=3).contains(&area) || !bare[area..].starts_with(is_digit_or_o) {
        return otherwise;
    }
    let is_real = is_area(&bare[..area]);
    if bare.len() < 5 {
        return "this is only a part of a postcode: its second half is missing, as `9AA` in `E20 9AA`";
    }
    let (outward, inward) = bare.split_at(bare.len() - 3);
    let inward = inward.as_bytes();
    if outward.len() <= area {
        return otherwise;
    }
    if inward[0] == b'O' || outward[area..].contains('O') {
        return "there is a letter `O` where a postcode has the digit `0`";
    }
    if !is_real {
        return "no postcode area starts with these letters: check them";
    }
    if !inward[0].is_ascii_digit() || !inward[1..].iter().all(u8::is_ascii_uppercase) {
        return "the second half of a postcode is a digit and two letters, as `9AA` in `E20 9AA`";
    }
    if inward[1..].iter().any(|c| b"CIKMOV".contains(c)) {
        return "the last two letters of a postcode are never C, I, K, M, O or V: check them";
    }
    "the first half of this postcode does not exist: check it"
}

fn is_digit_or_o(c: char) -> bool {
    c.is_ascii_digit() || c == 'O'
}

/// Why GOV.UK Notify would not take a letter with these lines in its address window, if it would not. It reads them from
/// the finished file, so a line that turned over is two.
pub fn notify(lines: &[String]) -> Option<&'static str> {
    let lines = PostalAddress::of(lines.iter().map(|text| line(text))).lines;
    // It looks for English letters and digits only.
    let says = |line: &String| line.bytes().any(|b| b.is_ascii_alphanumeric());
    if lines.len() < 3 {
        Some("its address has fewer than 3 lines")
    } else if lines.len() > 7 {
        Some("its address has more than 7 lines, as a line that is too long for the window turns over")
    } else if !lines[..2].iter().all(says) {
        Some("one of the first two lines of its address has no letter of the English alphabet and no digit")
    } else if lines.iter().any(|line| starts_with_symbol(line)) {
        Some("a line of its address starts with a symbol")
    } else if lines.iter().any(|line| is_nowhere(line)) {
        Some("its address is not a postal address")
    } else if !lines.last().is_some_and(|last| is_postcode(last) || is_bfpo(last)) {
        Some("the last line of its address is not a UK postcode")
    } else {
        None
    }
}

/// The first character of a text that GOV.UK Notify would not print as it is: it writes the address again in Arial, letter
/// by letter, from left to right.
pub fn not_in_arial(text: &str) -> Option<char> {
    // Latin, Greek and Cyrillic with their accents, and the signs that go with them.
    let printed = |c: char| matches!(u32::from(c), 0x20..=0x52F | 0x1E00..=0x1FFF | 0x2010..=0x2044 | 0x20A0..=0x20BF | 0x2116 | 0x2122);
    text.chars().find(|c| !printed(*c))
}

/// Whether a line says that there is no address.
pub fn is_nowhere(line: &str) -> bool {
    // The first letters of `no fixed` and `nfa`, however they are written: most lines have none of them.
    if !line.bytes().any(|b| b.eq_ignore_ascii_case(&b'f')) {
        return false;
    }
    let folded: String = line.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    folded == "nfa" || folded.contains("no fixed abode") || folded.contains("no fixed address")
}

/// Whether a line starts with a symbol, for which GOV.UK Notify refuses it.
pub fn starts_with_symbol(line: &str) -> bool {
    line.starts_with(|c| "@()=[]\"\\/,<>~".contains(c))
}

/// Whether a text is an email address that GOV.UK Notify sends to: one `@` with something before it and a host with a
/// dot after it, which may be in any script, and nothing that a mail program would refuse. (RFC 5321 allows more;
/// councils' mail gateways do not.)
pub fn is_email(typed: &str) -> bool {
    typed.split_once('@').is_some_and(|(local, host)| {
        let plain = local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
        let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
        let top = host.rsplit('.').next().unwrap_or_default();
        let is_local = !local.is_empty() && local.len() <= 64 && plain && !dots;
        is_local && host.contains('.') && host.len() <= 253 && host.split('.').all(is_label) && is_top(top)
    })
}

/// Whether a text is one part of a host's name (RFC 5890 §2.3.1): letters and digits of any script, with hyphens inside
/// it, of which three in a row are an encoding that went wrong.
fn is_label(label: &str) -> bool {
    let inside = |c: char| c == '-' || if c.is_ascii() { c.is_ascii_alphanumeric() } else { is_idn(c) };
    !label.is_empty()
        && label.len() <= 63
        && label.chars().all(inside)
        && !label.starts_with('-')
        && !label.ends_with('-')
        && !label.contains("---")
}

fn is_idn(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Whether a text may be the last part of a host's name: letters, or an encoded name, but no number.
fn is_top(top: &str) -> bool {
    let encoded = top.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")) && top.len() > 4;
    let letters = top.chars().all(|c| if c.is_ascii() { c.is_ascii_alphabetic() } else { is_idn(c) });
    encoded || letters && (top.len() >= 2)
}

#[cfg(test)]
mod tests {
    use super::{is_email, is_postcode, postcode_hint};

    #[test]
    fn the_last_part_of_a_host_is_a_word_and_no_number() {
        for typed in ["a@mill-lane.example", "a@mill-lane.xn--p1ai", "a@mill-lane.uk"] {
            assert!(is_email(typed), "{typed}");
        }
        for typed in ["a@mill-lane.12345", "a@mill-lane.e20-9aa", "a@mill-lane.xn--", "a@mill-lane.u"] {
            assert!(!is_email(typed), "{typed}");
        }
    }

    #[test]
    fn the_hint_says_what_is_wrong_with_a_postcode() {
        let cases = [
            ("E20 9AC", "the last two letters of a postcode are never C, I, K, M, O or V: check them"),
            ("E2O 9AA", "there is a letter `O` where a postcode has the digit `0`"),
            ("E20 OAA", "there is a letter `O` where a postcode has the digit `0`"),
            ("ZZ1 9AA", "no postcode area starts with these letters: check them"),
            ("E20", "this is only a part of a postcode: its second half is missing, as `9AA` in `E20 9AA`"),
            ("E20 9A", "the second half of a postcode is a digit and two letters, as `9AA` in `E20 9AA`"),
            ("E200 99A", "the second half of a postcode is a digit and two letters, as `9AA` in `E20 9AA`"),
            ("EC1C 1BB", "the first half of this postcode does not exist: check it"),
            ("London", "-"),
            ("Flat 2", "-"),
            ("12 Mill Lane", "-"),
            ("", "-"),
        ];
        for (typed, hint) in cases {
            assert_eq!(postcode_hint(typed, "-"), hint, "{typed}");
            assert!(!is_postcode(typed));
        }
    }
}
