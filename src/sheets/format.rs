//! Number formats: what a spreadsheet shows for a number or a text (ECMA-376 part 1 §18.8.31).
//!
//! In: the code of a format, and what a cell stores. Out: the text that its owner sees, or [`Spoiled`] where the format
//! shows another number, a part of it or nothing.
//!
//! Deliberately absent: dates, fractions, powers of ten, conditions and other calendars and digits. A letter has no use
//! for them, so that such a cell is no text.

use std::borrow::Cow;

use super::cell::Spoiled;

/// A number format, ready to be used for many cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Format {
    sections: Vec<Section>,
}

/// The part of a format for numbers of one sign, or for text.
#[derive(Debug, Clone, PartialEq, Default)]
struct Section {
    tokens: Vec<Token>,
    /// What it shows that no text has, if anything.
    unfit: Option<Spoiled>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    /// A place for a digit: `0`, `#` or `?`.
    Digit(char),
    /// The decimal point.
    Point,
    /// A comma among digits.
    Comma,
    /// A percent sign.
    Percent,
    /// A character that is shown as it is.
    Own(char),
    /// `General`.
    General,
    /// The text of the cell.
    Text,
}

impl Format {
    /// Reads the code of a format.
    pub fn of(code: &str) -> Self {
        Self { sections: sections(if code.trim().is_empty() { "General" } else { code }) }
    }

    /// What is shown for a number.
    ///
    /// # Errors
    /// If that is no text, or not the number that is stored.
    pub fn number(&self, number: f64) -> Result<Cow<'static, str>, Spoiled> {
        let of_numbers = &self.sections[..self.sections.len().min(3)];
        let (section, sign) = match of_numbers {
            [all] => (all, number < 0.0),
            // A last section with `@` is for texts only, and leaves numbers to the ones before it.
            [all, text] if text.is_of_text() => (all, number < 0.0),
            [positive, negative] => (if number < 0.0 { negative } else { positive }, false),
            [positive, negative, text] if text.is_of_text() => (if number < 0.0 { negative } else { positive }, false),
            [positive, negative, zero] => (
                if number < 0.0 {
                    negative
                } else if number == 0.0 {
                    zero
                } else {
                    positive
                },
                false,
            ),
            _ => return general(number).map(Cow::Owned),
        };
        let shown = section.number(number.abs(), sign)?;
        if number < 0.0 && !sign && !shown.contains(['-', '(']) {
            // Only a colour says that it is below zero.
            return Err(Spoiled::Format);
        }
        Ok(Cow::Owned(shown))
    }

    /// What is shown for a text.
    ///
    /// # Errors
    /// If the text is not shown.
    pub fn text<'t>(&self, text: &'t str) -> Result<Cow<'t, str>, Spoiled> {
        let section = match self.sections.as_slice() {
            [_, _, _, section] => section,
            [.., last] if last.is_of_text() => last,
            _ => return Ok(Cow::Borrowed(text)),
        };
        if text.is_empty() {
            return Ok(Cow::Borrowed(text));
        }
        if !section.is_of_text() {
            return Err(Spoiled::Format);
        }
        if !section.tokens.iter().any(|token| matches!(token, Token::Own(c) if !c.is_whitespace())) {
            return Ok(Cow::Borrowed(text));
        }
        let mut shown = String::new();
        for token in &section.tokens {
            match token {
                Token::Text => shown.push_str(text),
                Token::Own(c) => shown.push(*c),
                _ => return Err(Spoiled::Format),
            }
        }
        Ok(Cow::Owned(shown))
    }
}

impl Section {
    fn is_of_text(&self) -> bool {
        self.tokens.contains(&Token::Text)
    }

    /// What is shown for a number that is not below zero.
    fn number(&self, number: f64, sign: bool) -> Result<String, Spoiled> {
        if let Some(spoiled) = self.unfit {
            return Err(spoiled);
        }
        if self.tokens.iter().any(|token| matches!(token, Token::General | Token::Text)) {
            return self.with_general(number, sign);
        }
        let point = self.tokens.iter().position(|token| *token == Token::Point);
        let (whole, fraction) = self.tokens.split_at(point.unwrap_or(self.tokens.len()));
        let places = |tokens: &[Token]| tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
        if places(whole) + places(fraction) == 0 {
            return Err(Spoiled::Format);
        }
        let percent = self.tokens.iter().filter(|token| **token == Token::Percent).count();
        let scaled = number * 100_f64.powi(i32::try_from(percent).unwrap_or(i32::MAX));
        // Beyond 15 digits a spreadsheet makes them up.
        if !scaled.is_finite() || scaled >= 1e15 {
            return Err(Spoiled::Format);
        }
        let rounded = format!("{scaled:.*}", places(fraction).min(30));
        let kept = rounded.parse::<f64>().is_ok_and(|kept| (kept - scaled).abs() <= scaled.abs() * 1e-12);
        if !kept {
            return Err(Spoiled::Format);
        }
        let (integer, decimals) = rounded.split_once('.').unwrap_or((&rounded, ""));
        let mut shown = whole_of(whole, integer)?;
        shown.push_str(&fraction_of(fraction, decimals)?);
        if sign {
            shown.insert(0, '-');
        }
        if !shown.contains(|c: char| c.is_ascii_digit()) {
            return Err(Spoiled::Format);
        }
        Ok(shown)
    }

    fn with_general(&self, number: f64, sign: bool) -> Result<String, Spoiled> {
        let mut shown = String::new();
        for token in &self.tokens {
            match token {
                Token::General | Token::Text => shown.push_str(&general(if sign { -number } else { number })?),
                Token::Own(c) => shown.push(*c),
                _ => return Err(Spoiled::Format),
            }
        }
        Ok(shown)
    }
}

/// Puts the digits of a whole number into their places, from the last to the first; the first place takes all that
/// are left.
fn whole_of(tokens: &[Token], integer: &str) -> Result<String, Spoiled> {
    let mut digits = if integer == "0" { "" } else { integer }.chars().rev().peekable();
    let last = tokens.iter().rposition(|token| matches!(token, Token::Digit(_)));
    let first = tokens.iter().position(|token| matches!(token, Token::Digit(_)));
    let thousands = first.zip(last).is_some_and(|(first, last)| tokens[first..last].contains(&Token::Comma));
    let (mut shown, mut placed) = (Vec::new(), 0);
    let mut place = |shown: &mut Vec<char>, digit: char| {
        if thousands && placed > 0 && placed % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
        placed += 1;
    };
    for (at, token) in tokens.iter().enumerate().rev() {
        match token {
            Token::Digit(kind) => {
                match digits.next().or((*kind == '0').then_some('0')) {
                    Some(digit) => place(&mut shown, digit),
                    None => shown.extend((*kind == '?').then_some(' ')),
                }
                if Some(at) == first {
                    digits.by_ref().for_each(|digit| place(&mut shown, digit));
                }
            }
            // After the last place it divides by a thousand (§18.8.31).
            Token::Comma if last.is_none_or(|last| at > last) => return Err(Spoiled::Format),
            Token::Comma => {}
            Token::Percent => shown.push('%'),
            Token::Own(c) => shown.push(*c),
            Token::Point | Token::General | Token::Text => return Err(Spoiled::Format),
        }
    }
    // Without a place before the point, as in `.00`, whole numbers are shown there all the same.
    digits.for_each(|digit| place(&mut shown, digit));
    Ok(shown.into_iter().rev().collect())
}

fn fraction_of(tokens: &[Token], decimals: &str) -> Result<String, Spoiled> {
    let mut digits = decimals.chars();
    let mut needed = decimals.trim_end_matches('0').len();
    let mut shown = String::new();
    for token in tokens {
        match token {
            Token::Point => shown.push('.'),
            Token::Digit(kind) => {
                let digit = digits.next().unwrap_or('0');
                if needed > 0 || *kind == '0' {
                    shown.push(digit);
                } else if *kind == '?' {
                    shown.push(' ');
                }
                needed = needed.saturating_sub(1);
            }
            Token::Percent => shown.push('%'),
            Token::Own(c) => shown.push(*c),
            Token::Comma | Token::General | Token::Text => return Err(Spoiled::Format),
        }
    }
    Ok(shown)
}

/// A number as a cell without a format shows it.
///
/// # Errors
/// If it has more digits than a spreadsheet keeps.
pub fn general(number: f64) -> Result<String, Spoiled> {
    if !number.is_finite() || number.abs() >= 1e15 {
        return Err(Spoiled::Format);
    }
    let stored = format!("{number}");
    // A sum such as 0.1 + 0.2 is shown as 0.3.
    let digits = stored.chars().filter(char::is_ascii_digit).count();
    if digits <= 15 {
        return Ok(stored);
    }
    let shown = format!("{number:.10}");
    Ok(shown.trim_end_matches('0').trim_end_matches('.').to_owned())
}

/// Whether the digits that are shown are those of the number, whatever stands around them: `Flat 1`, `00123`, `12%`,
/// `1,234.50`, `07700 900123`.
pub fn shows(shown: &str, number: f64) -> bool {
    let percent = shown.matches('%').count();
    let scaled = number.abs() * 100_f64.powi(i32::try_from(percent).unwrap_or(i32::MAX));
    let with_point = |point: char| -> Option<f64> {
        let digits: String = shown.chars().filter(|c| c.is_ascii_digit() || *c == point).collect();
        // `St. 12` has a point that is none of the number's.
        let digits = digits.trim_start_matches(point).trim_end_matches(point).replace(point, ".");
        digits.parse().ok()
    };
    let is_it = |point| with_point(point).is_some_and(|read: f64| (read - scaled).abs() <= scaled.abs() * 1e-12);
    is_it('.') || is_it(',')
}

fn sections(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut rest = code.chars().peekable();
    while let Some(c) = rest.next() {
        let section = sections.last_mut().expect("there is always one");
        match c {
            ';' => sections.push(Section::default()),
            '"' => section.tokens.extend(rest.by_ref().take_while(|c| *c != '"').map(Token::Own)),
            '\\' => section.tokens.extend(rest.next().map(Token::Own)),
            // The width of a character, and a character that fills the cell.
            '_' | '*' => drop(rest.next()),
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                section.bracket(&inside);
            }
            '0' | '#' | '?' => section.tokens.push(Token::Digit(c)),
            '.' => section.tokens.push(Token::Point),
            ',' => section.tokens.push(Token::Comma),
            '%' => section.tokens.push(Token::Percent),
            '@' => section.tokens.push(Token::Text),
            'G' | 'g' if takes(&mut rest, "eneral") => section.tokens.push(Token::General),
            'E' if matches!(rest.peek(), Some('+' | '-')) => section.unfit = Some(Spoiled::Format),
            '/' => section.unfit = section.unfit.or(Some(Spoiled::Format)),
            'a'..='z' | 'A'..='Z' => section.unfit = Some(Spoiled::Date),
            c => section.tokens.push(Token::Own(c)),
        }
    }
    sections
}

fn takes(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, word: &str) -> bool {
    let mut ahead = rest.clone();
    let has_it = word.chars().all(|c| ahead.next().is_some_and(|next| next.eq_ignore_ascii_case(&c)));
    if has_it {
        *rest = ahead;
    }
    has_it
}

impl Section {
    /// A colour, a currency and language, a condition, or a time that has gone by.
    fn bracket(&mut self, inside: &str) {
        if let Some(currency) = inside.strip_prefix('$') {
            let sign = currency.split('-').next().unwrap_or_default();
            self.tokens.extend(sign.chars().map(Token::Own));
        } else if inside.starts_with(['<', '>', '=']) || inside.to_ascii_lowercase().starts_with("dbnum") {
            self.unfit = Some(Spoiled::Format);
        } else if !inside.is_empty() && inside.chars().all(|c| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S')) {
            self.unfit = Some(Spoiled::Date);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, number: f64) -> String {
        match Format::of(code).number(number) {
            Ok(text) => text.into_owned(),
            Err(spoiled) => format!("{spoiled:?}"),
        }
    }

    #[test]
    fn a_number_is_the_text_that_its_owner_sees() {
        for (code, number, expected) in [
            ("General", 12.0, "12"),
            ("General", 0.1 + 0.2, "0.3"),
            ("general", 12.5, "12.5"),
            ("@", 12.0, "12"),
            ("0", 12.0, "12"),
            ("0", -12.0, "-12"),
            ("\"Flat \"0", 1.0, "Flat 1"),
            ("\\F\\l\\a\\t\\ 0", 21.0, "Flat 21"),
            ("0\" Mill Lane\"", 14.0, "14 Mill Lane"),
            ("\"Flat \"General", 7.0, "Flat 7"),
            ("000000", 123.0, "000123"),
            ("00000 000000", 7_700_900_123.0, "07700 900123"),
            ("+44 0000 000000", 7_700_900_123.0, "+44 7700 900123"),
            ("\"AB\"00\\-000", 12_345.0, "AB12-345"),
            ("0%", 0.12, "12%"),
            ("0.0%", 0.125, "12.5%"),
            ("#,##0", 1234.0, "1,234"),
            ("#,##0", 1_234_567.0, "1,234,567"),
            ("#,##0.00", 1234.5, "1,234.50"),
            ("0.##", 12.5, "12.5"),
            ("[$£-809]#,##0", 1200.0, "£1200".replace("£1", "£1,").as_str()),
            ("£#,##0;[Red]-£#,##0", 12.0, "£12"),
            ("£#,##0;[Red]-£#,##0", -12.0, "-£12"),
            ("_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", -12.0, "(12)"),
            ("0;-0;0;@", 0.0, "0"),
            ("[Red]0", 5.0, "5"),
        ] {
            assert_eq!(shown(code, number), expected, "{code} of {number}");
        }
    }

    #[test]
    fn a_format_that_hides_or_changes_digits_leaves_no_text() {
        for (code, number) in [
            (";;;", 12.0),
            ("", f64::NAN),
            ("0", 12.7),
            ("0.0", 12.34),
            ("0%", 0.125),
            ("#", 0.0),
            ("\"yes\"", 1.0),
            ("\"yes\";\"no\";\"none\"", 0.0),
            ("0,", 12_000.0),
            ("0.00E+00", 12.0),
            ("# ?/?", 0.5),
            ("[<100]0;0", 12.0),
            ("0;[Red]0", -12.0),
            ("General", 1e15),
            ("0", 1e16),
            ("_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", 0.0),
        ] {
            assert_eq!(shown(code, number), "Format", "{code} of {number}");
        }
        for code in ["dd/mm/yyyy", "h:mm", "[h]:mm", "d-mmm", "yyyy\"-\"mm", "mmm yy;@"] {
            assert_eq!(shown(code, 12.0), "Date", "{code}");
        }
    }

    #[test]
    fn a_text_is_shown_by_a_format_of_its_own() {
        let shown = |code: &str| match Format::of(code).text("Mill Lane") {
            Ok(text) => text.into_owned(),
            Err(spoiled) => format!("{spoiled:?}"),
        };
        for plain in
            ["General", "@", "0", "0;-0", "0;-0;0;@", "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", "dd/mm/yyyy;@"]
        {
            assert_eq!(shown(plain), "Mill Lane", "{plain}");
        }
        assert_eq!(shown("\"The \"@"), "The Mill Lane");
        assert_eq!(shown("0;-0;0;\"c/o \"@"), "c/o Mill Lane");
        assert_eq!((shown(";;;"), shown("0;0;0;\"hidden\"")), ("Format".to_owned(), "Format".to_owned()));
        assert_eq!(Format::of(";;;").text(""), Ok(Cow::Borrowed("")));
    }

    #[test]
    fn what_is_shown_is_compared_with_what_is_stored() {
        for (text, number) in [
            ("12", 12.0),
            ("Flat 1", 1.0),
            ("000123", 123.0),
            ("12%", 0.12),
            ("1,234.50", 1234.5),
            ("1.234,50", 1234.5),
            ("07700 900123", 7_700_900_123.0),
            ("St. 12", 12.0),
            ("-5", -5.0),
        ] {
            assert!(shows(text, number), "{text}");
        }
        for (text, number) in [("13", 12.7), ("", 12.0), ("yes", 1.0), ("1.2E+05", 123_456.0), ("###", 12.0)] {
            assert!(!shows(text, number), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_code_stops_the_reading(code in ".{0,40}", number in proptest::num::f64::ANY) {
            let format = Format::of(&code);
            let _ = format.number(number);
            let _ = format.text("Mill Lane");
        }
    }
}
