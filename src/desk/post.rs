//! A form as ordered pairs, readable only once its token was checked.
//!
//! In: the body of a request. Out: [`Form`].
//!
//! Deliberately absent: files, since a page takes none, and what the fields mean.

use super::refusal::Refusal;
use super::ticket::Keys;

/// The field with the token.
pub const TOKEN: &str = "token";

/// The most fields of a form. A page has far fewer.
const MOST: usize = 4_000;

/// A body that nobody has looked into.
pub struct Posted(Vec<u8>);

impl Posted {
    /// A body as it came.
    pub fn new(body: Vec<u8>) -> Self {
        Self(body)
    }

    /// Opens the form, and takes its token out.
    ///
    /// # Errors
    /// If it is no form, or its token is missing, doubled or not ours.
    pub fn read(self, keys: &Keys) -> Result<Form, Refusal> {
        let text = std::str::from_utf8(&self.0).map_err(|_| Refusal::Unreadable)?;
        let mut fields: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes())
            .take(MOST + 1)
            // A browser sends line ends as CRLF.
            .map(|(name, value)| (name.into_owned(), value.replace("\r\n", "\n")))
            .collect();
        if fields.len() > MOST {
            return Err(Refusal::Unreadable);
        }
        let tokens: Vec<String> = fields.extract_if(.., |(name, _)| name == TOKEN).map(|(_, value)| value).collect();
        match tokens.as_slice() {
            [token] if keys.form.is(token) => Ok(Form { fields }),
            _ => Err(Refusal::Token),
        }
    }
}

/// A form of ours.
#[derive(Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
}

impl Form {
    /// The value of a field, without spaces at its ends; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.given(name).unwrap_or_default()
    }

    /// The same; `None` if the form has no such field.
    pub fn given(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// All values of a field, as of boxes that are ticked.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// Whether a field has something in it.
    pub fn has(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Every field with its value, in their order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same form with another value of a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.into()));
        self
    }
}
