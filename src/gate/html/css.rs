//! What a style sheet says: its comments, its strings, its addresses, and every name that the standard does not define.
//!
//! In: a style sheet. Out: words and addresses. Read by the tokens of CSS Syntax 3, §4.

use super::vocabulary::{is_family, is_style_word};

/// What was found.
pub struct Sheet {
    /// Everything that may say something, a line each.
    pub words: String,
    /// What it loads.
    pub addresses: Vec<String>,
}

/// Reads a style sheet.
///
/// # Errors
/// If a comment or a string does not end, or if it imports another.
pub fn read(sheet: &str) -> Result<Sheet, String> {
    let mut reader = Reader { rest: sheet, found: Sheet { words: String::new(), addresses: Vec::new() } };
    while reader.token()? {}
    Ok(reader.found)
}

struct Reader<'s> {
    rest: &'s str,
    found: Sheet,
}

impl Reader<'_> {
    /// Reads a token. Returns whether there was one.
    fn token(&mut self) -> Result<bool, String> {
        let Some(c) = self.rest.chars().next() else { return Ok(false) };
        if let Some(comment) = self.rest.strip_prefix("/*") {
            let (comment, rest) = comment.split_once("*/").ok_or("a comment of its style sheet does not end")?;
            self.rest = rest;
            self.say(comment);
        } else if matches!(c, '"' | '\'') {
            let string = self.string(c)?;
            let counts = string.len() <= 2 && string.bytes().all(|b| b.is_ascii_digit());
            if !is_family(&string) && !counts {
                self.say(&string);
            }
        } else if is_name(c) {
            self.name()?;
        } else {
            self.rest = &self.rest[c.len_utf8()..];
        }
        Ok(true)
    }

    fn say(&mut self, words: &str) {
        self.found.words.push_str(words);
        self.found.words.push('\n');
    }

    fn string(&mut self, end: char) -> Result<String, String> {
        self.rest = &self.rest[1..];
        let mut string = String::new();
        loop {
            let c = self.rest.chars().next().ok_or("a string of its style sheet does not end")?;
            match c {
                '\\' => string.extend(self.escaped()),
                '\n' => return Err("a string of its style sheet does not end".to_owned()),
                c => {
                    self.rest = &self.rest[c.len_utf8()..];
                    if c == end {
                        return Ok(string);
                    }
                    string.push(c);
                }
            }
        }
    }

    /// A sign that is escaped (§4.3.7). `None` for the end of a line within a string.
    fn escaped(&mut self) -> Option<char> {
        self.rest = &self.rest[1..];
        let digits = self.rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        if digits == 0 {
            let c = self.rest.chars().next()?;
            self.rest = &self.rest[c.len_utf8()..];
            return (c != '\n').then_some(c);
        }
        let code = u32::from_str_radix(&self.rest[..digits], 16).unwrap_or_default();
        self.rest = &self.rest[digits..];
        self.rest = self.rest.strip_prefix([' ', '\n', '\t']).unwrap_or(self.rest);
        Some(char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{FFFD}'))
    }

    /// A name, a number or a colour; or an address in brackets.
    fn name(&mut self) -> Result<(), String> {
        let mut name = String::new();
        while let Some(c) = self.rest.chars().next().filter(|c| is_name(*c)) {
            if c == '\\' {
                name.extend(self.escaped());
            } else {
                self.rest = &self.rest[c.len_utf8()..];
                name.push(c);
            }
        }
        if name.eq_ignore_ascii_case("@import") {
            return Err("its style sheet imports another".to_owned());
        }
        if name.eq_ignore_ascii_case("url") && self.rest.starts_with('(') {
            return self.address();
        }
        if !is_style_word(&name) {
            self.say(&name);
        }
        Ok(())
    }

    fn address(&mut self) -> Result<(), String> {
        self.rest = self.rest[1..].trim_start();
        let address = if let Some(quote @ ('"' | '\'')) = self.rest.chars().next() {
            self.string(quote)?
        } else {
            let (address, rest) = self.rest.split_once(')').ok_or("an address of its style sheet does not end")?;
            self.rest = rest;
            address.trim_end().to_owned()
        };
        self.found.addresses.push(address);
        Ok(())
    }
}

/// Signs of names, numbers, colours and rules. Letters of any script, since a name may have them.
fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '\\' | '@' | '#') || !c.is_ascii()
}
