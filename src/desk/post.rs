//! A form as ordered pairs, readable only once its token was checked.
//!
//! In: the body of a request. Out: [`Form`], with the files that were chosen in it.
//!
//! Deliberately absent: what the fields mean and what the files are.

use std::sync::Arc;

use axum::extract::Multipart;

use super::refusal::Refusal;
use super::ticket::Keys;

/// The field with the token.
pub const TOKEN: &str = "token";

/// The most fields of a form. A page has far fewer.
const MOST: usize = 4_000;

/// A body that nobody has looked into.
pub enum Posted {
    /// The bytes of a form.
    Bytes(Vec<u8>),
    /// The parts of a form with files.
    Parts {
        /// Its fields.
        fields: Vec<(String, String)>,
        /// Its files, by the name of their field.
        files: Vec<(String, Upload)>,
    },
}

/// A file that somebody chose in a form.
#[derive(Clone)]
pub struct Upload {
    /// Its name, without folders.
    pub name: String,
    /// Its bytes.
    pub data: Arc<[u8]>,
}

impl Posted {
    /// The fields and files of a request with parts.
    ///
    /// # Errors
    /// If they cannot be told apart, or a field is no text.
    pub async fn of_parts(mut parts: Multipart) -> Result<Self, Refusal> {
        let (mut fields, mut files) = (Vec::new(), Vec::new());
        while let Some(part) = parts.next_field().await.map_err(|_| Refusal::Unreadable)? {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(|name| name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
            let data = part.bytes().await.map_err(|_| Refusal::Unreadable)?;
            if fields.len() + files.len() > MOST {
                return Err(Refusal::Unreadable);
            }
            match file {
                // Nothing was chosen.
                Some(file) if file.is_empty() && data.is_empty() => {}
                Some(file) => files.push((name, Upload { name: file, data: Arc::from(&*data) })),
                None => {
                    let text = String::from_utf8(data.to_vec()).map_err(|_| Refusal::Unreadable)?;
                    fields.push((name, text));
                }
            }
        }
        Ok(Self::Parts { fields, files })
    }

    /// Opens the form, and takes its token out.
    ///
    /// # Errors
    /// If it is no form, or its token is missing, doubled or not ours.
    pub fn read(self, keys: &Keys) -> Result<Form, Refusal> {
        let (typed, files) = match self {
            Self::Bytes(body) => {
                let text = std::str::from_utf8(&body).map_err(|_| Refusal::Unreadable)?;
                let pairs = form_urlencoded::parse(text.as_bytes()).into_owned();
                (pairs.take(MOST + 1).collect::<Vec<_>>(), Vec::new())
            }
            Self::Parts { fields, files } => (fields, files),
        };
        // A browser sends line ends as CRLF.
        let mut fields: Vec<(String, String)> =
            typed.into_iter().map(|(name, value)| (name, value.replace("\r\n", "\n"))).collect();
        if fields.len() > MOST {
            return Err(Refusal::Unreadable);
        }
        let tokens: Vec<String> = fields.extract_if(.., |(name, _)| name == TOKEN).map(|(_, value)| value).collect();
        match tokens.as_slice() {
            [token] if keys.form.is(token) => Ok(Form { fields, files }),
            _ => Err(Refusal::Token),
        }
    }
}

/// A form of ours.
#[derive(Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    files: Vec<(String, Upload)>,
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

    /// The file that was chosen in a field.
    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files.iter().find(|(field, _)| field == name).map(|(_, file)| file)
    }

    /// Whether a field has something in it.
    pub fn has(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Every field with its value, in their order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same form with one more value of a field, as of one more box that is ticked.
    #[must_use]
    pub fn and(mut self, name: &str, value: impl Into<String>) -> Self {
        self.fields.push((name.to_owned(), value.into()));
        self
    }

    /// The same form with another value of a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.into()));
        self
    }
}
