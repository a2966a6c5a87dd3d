//! Advice about a problem, with typed values kept separate from the words around them.
//!
//! In: words of the program, and values. Out: both together for the person who owns the file, or the words alone for a
//! message that may leave their terminal.
//!
//! Deliberately absent: making a hint from a text that was put together elsewhere, since such a text may quote
//! anything.

use std::fmt;

/// Advice about a problem.
///
/// A plain text of the program is a hint as it is. One with values passes each of them to [`Hint::naming`].
///
/// ```
/// use convenor::diag::Hint;
///
/// let hint = Hint::naming("did you mean `{}`?", ["p-chair"]);
/// assert_eq!(hint.to_string(), "did you mean `p-chair`?");
/// assert_eq!(hint.without_values().as_deref(), Some("did you mean `…`?"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// Words, names and numbers of the program.
    Ours(String),
    /// A part of somebody's file, or a value that depends on it.
    Value(String),
}

impl Hint {
    /// A text with values from somebody's file, each in place of one `{}`.
    pub fn naming<V: Into<String>>(text: &'static str, values: impl IntoIterator<Item = V>) -> Self {
        filled(text, values, Piece::Value)
    }

    /// A text with names or numbers of the program itself, each in place of one `{}`: a field of the schema, a limit.
    /// They do not depend on the contents of a file.
    pub fn listing<V: Into<String>>(text: &'static str, ours: impl IntoIterator<Item = V>) -> Self {
        filled(text, ours, Piece::Ours)
    }

    /// The same hint with another after it.
    #[must_use]
    pub fn and(mut self, more: impl Into<Hint>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// The hint with `…` in place of every value, which may leave the terminal of the person who owns the file. `None`
    /// if it has nothing else.
    pub fn without_values(&self) -> Option<String> {
        let piece = |piece: &Piece| match piece {
            Piece::Ours(text) => text.clone(),
            Piece::Value(_) => "…".to_owned(),
        };
        let text: String = self.0.iter().map(piece).collect();
        text.contains(char::is_alphanumeric).then_some(text)
    }
}

fn filled<V: Into<String>>(text: &'static str, parts: impl IntoIterator<Item = V>, piece: fn(String) -> Piece) -> Hint {
    let mut parts = parts.into_iter();
    let mut pieces = Vec::new();
    for (n, words) in text.split("{}").enumerate() {
        if n > 0 {
            pieces.extend(parts.next().map(|part| piece(part.into())));
        }
        if !words.is_empty() {
            pieces.push(Piece::Ours(words.to_owned()));
        }
    }
    Hint(pieces)
}

impl From<&'static str> for Hint {
    fn from(text: &'static str) -> Self {
        Self(vec![Piece::Ours(text.to_owned())])
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Ours(text) | Piece::Value(text) => f.write_str(text),
        })
    }
}
