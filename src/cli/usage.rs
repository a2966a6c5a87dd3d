//! What is said of arguments that do not fit.
//!
//! In: the error of the reader of arguments. Out: the same for whoever typed them, in the words of every other error where it is
//! about what is missing or does not go together.
//!
//! Deliberately absent: places, since there is no file.

use std::io::Write;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{FINE, USAGE};
use crate::diag::count;

/// Says it. Help and version are answers, not errors. Returns the exit code.
pub fn say(error: &clap::Error, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let text = in_our_words(error).unwrap_or_else(|| error.render().to_string());
    let (to, code): (&mut dyn Write, u8) = if error.use_stderr() { (err, USAGE) } else { (out, FINE) };
    // A reader who closed the pipe does not want to read it.
    let _ = write!(to, "{text}");
    code
}

/// The fact, and where to look for more. `None` if it is about something else.
fn in_our_words(error: &clap::Error) -> Option<String> {
    let named = |kind| names(error.get(kind)?);
    let (fact, hint) = match error.kind() {
        ErrorKind::MissingRequiredArgument => match named(ContextKind::InvalidArg)?.as_slice() {
            [one] => (format!("{one} is missing"), "add it"),
            many => (format!("{} are missing: {}", count(many.len(), "argument"), many.join(", ")), "add them"),
        },
        ErrorKind::ArgumentConflict => {
            let (one, other) = (named(ContextKind::InvalidArg)?, named(ContextKind::PriorArg)?);
            if one == other {
                return None;
            }
            (format!("{} does not go together with {}", one.join(", "), other.join(", ")), "leave one of them out")
        }
        _ => return None,
    };
    Some(format!("error: {fact}\n = help: {hint}; `convenor {}--help` has examples\n", verb(error)))
}

/// Arguments, each as it is typed. One of which there are several forms is told with all.
fn names(value: &ContextValue) -> Option<Vec<String>> {
    let quoted = |name: &String| match name.strip_prefix('<').and_then(|name| name.strip_suffix('>')) {
        Some(group) if group.contains('|') => {
            let forms: Vec<String> = group.split('|').map(|form| format!("`{form}`")).collect();
            forms.join(" or ")
        }
        _ => format!("`{name}`"),
    };
    match value {
        ContextValue::String(one) => Some(vec![quoted(one)]),
        ContextValue::Strings(many) if !many.is_empty() => Some(many.iter().map(quoted).collect()),
        _ => None,
    }
}

/// The words between the program's name and its arguments, each with a space after it.
fn verb(error: &clap::Error) -> String {
    let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) else { return String::new() };
    let usage = usage.to_string();
    let words = usage.split_whitespace().skip_while(|word| *word != "Usage:").skip(2);
    let words = words.take_while(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
    words.fold(String::new(), |verb, word| verb + word + " ")
}
