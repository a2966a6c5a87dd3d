//! The addresses that the post and mail programs accept.
//!
//! The rules for postal addresses are those of GOV.UK Notify for letters, since a letter that it refuses is not posted:
//! 3 to 7 lines, a UK postcode last, letters or digits in the first two lines, no line that starts with a symbol,
//! and no "no fixed address".
//!
//! No message here contains a value, because a list may hold other people's data: callers that may show a value add it.

use crate::diag::{Code, codes};

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
        if i < 2 && !line.chars().any(char::is_alphanumeric) {
            let message = format!("line {} has no letter or digit", i + 1);
            fault(codes::BAD_ADDRESS, Some(i), message, "the first two lines say who and where");
        }
        if starts_with_symbol(line) {
            let message = format!("line {} starts with a symbol", i + 1);
            let hint = "the post sorts by the first characters: start with a letter or digit";
            fault(codes::BAD_ADDRESS, Some(i), message, hint);
        }
        let folded: String = line.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
        if folded == "nfa" || folded.contains("no fixed abode") || folded.contains("no fixed address") {
            let hint = "hand the letter over, or send it to a place where the person collects post";
            fault(codes::BAD_ADDRESS, Some(i), "this is not a postal address".to_owned(), hint);
        }
    }
    if let Some(last) = lines.last()
        && !is_postcode(last)
    {
        let hint = postcode_hint(last, "the last line of an address is the postcode, in capitals with one space");
        fault(codes::BAD_POSTCODE, Some(lines.len() - 1), "this is not a UK postcode".to_owned(), hint);
    }
    faults
}

/// Whether a line starts with a symbol, for which GOV.UK Notify refuses it.
pub fn starts_with_symbol(line: &str) -> bool {
    line.starts_with(|c| "@()=[]\"\\/,<>~".contains(c))
}

/// Whether a text is an email address: one `@` with something before it and a host with a dot after it, and nothing
/// that a mail program would refuse. (RFC 5321 allows more; councils' mail gateways do not.)
pub fn is_email(typed: &str) -> bool {
    typed.split_once('@').is_some_and(|(local, host)| {
        let label = |l: &str| {
            let plain = l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            !l.is_empty() && plain && !l.starts_with('-') && !l.ends_with('-')
        };
        let plain = local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
        let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
        !local.is_empty() && local.len() <= 64 && plain && !dots && host.contains('.') && host.split('.').all(label)
    })
}

/// Whether a text is a UK postcode (BS 7666): area, district, space, sector and unit, the unit without C, I, K, M, O
/// and V, and an area that exists. The letters that may end a district differ between third (`W1A`) and fourth (`EC1A`)
/// position; the list of areas determines the first and second letters.
pub fn is_postcode(typed: &str) -> bool {
    let Some((outward, inward)) = typed.split_once(' ') else { return false };
    let inward: Vec<char> = inward.chars().collect();
    let unit = |c: &char| c.is_ascii_uppercase() && !"CIKMOV".contains(*c);
    let good_inward = inward.len() == 3 && inward[0].is_ascii_digit() && inward[1..].iter().all(unit);
    let area = outward.chars().take_while(char::is_ascii_uppercase).count();
    let district = &outward[area..];
    let last_of_district = if area == 1 { "ABCDEFGHJKPSTUW" } else { "ABEHMNPRVWXY" };
    let good_district = match district.as_bytes() {
        [d] => d.is_ascii_digit(),
        [d, e] => d.is_ascii_digit() && (e.is_ascii_digit() || last_of_district.contains(char::from(*e))),
        _ => false,
    };
    let real = AREAS.split(' ').any(|a| a == &outward[..area]);
    (good_inward && real && good_district) || typed == "GIR 0AA"
}

/// What is wrong with a postcode, or `otherwise` where it has nothing of one.
pub fn postcode_hint(typed: &str, otherwise: &'static str) -> &'static str {
    let bare: String = typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    let area = bare.chars().take_while(char::is_ascii_uppercase).count();
    if !bare.is_ascii() || bare.len() > 8 || !(1..=3).contains(&area) || !bare[area..].starts_with(is_digit_or_o) {
        return otherwise;
    }
    let is_real = AREAS.split(' ').any(|a| a == &bare[..area]);
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

/// The 124 postcode areas of the UK, Jersey, Guernsey and the Isle of Man, and BF, which is that of the Forces.
const AREAS: &str = "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX \
    FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR \
    NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC \
    WD WF WN WR WS WV YO ZE BF";

#[cfg(test)]
mod tests {
    use super::{AREAS, is_postcode, postcode_hint};

    #[test]
    fn postcodes_of_every_shape_pass_and_lookalikes_do_not() {
        for good in [
            "E20 9AA", "M1 1AE", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB", "GIR 0AA", "E1W 1AA", "N1C 4AA",
            "SW1Y 4AA",
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
        ] {
            assert!(!is_postcode(bad), "{bad}");
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

    #[test]
    fn there_are_124_areas_and_the_forces() {
        let areas: std::collections::BTreeSet<&str> = AREAS.split(' ').collect();
        assert_eq!((areas.len(), AREAS.split(' ').count()), (125, 125));
    }
}
