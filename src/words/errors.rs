//! The engine's errors as our diagnostics: the file in its layer, the line, a hint.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::{ErrorKind, ReportError};

use super::limits::{self, Inserted, Sources};
use crate::diag::{Code, Diagnostic, Place, Report, codes};

/// Turns an error of the engine into a report with the template's line.
pub fn report(error: &tera::Error, sources: &Sources, inserted: &BTreeMap<String, Inserted>) -> Report {
    let diagnostic = match error.kind() {
        ErrorKind::SyntaxError(e) => located(codes::BAD_TEMPLATE, e, inserted, first_line(e.message()))
            .hint("`{{ }}` prints a value and `{% %}` is a statement; each must be closed"),
        ErrorKind::RenderingError(e) => rendering(e, sources, inserted),
        ErrorKind::Io(_) => {
            Diagnostic::error(codes::OVER_LIMIT, limits::TOO_LONG).hint("a loop prints more than a paper can hold")
        }
        ErrorKind::MissingParent { current, parent } => {
            Diagnostic::error(codes::BAD_TEMPLATE, format!("there is no template `{parent}` to extend"))
                .place(Place {
                    span: sources.get(current).and_then(|s| span_of(s, parent)),
                    ..Place::file(current.clone())
                })
                .suggest(parent, sources.keys().map(String::as_str))
        }
        ErrorKind::TemplateNotFound(name) => {
            Diagnostic::error(codes::BAD_TEMPLATE, format!("there is no template `{name}`"))
                .suggest(name, sources.keys().map(String::as_str))
        }
        ErrorKind::CircularExtend { tpl, .. } => Diagnostic::error(codes::BAD_TEMPLATE, "the template extends itself")
            .place(Place::file(tpl.clone()))
            .hint("extend the base by its full name, for example `base/minutes.md`"),
        ErrorKind::CircularInclude { tpl, .. } => {
            Diagnostic::error(codes::BAD_TEMPLATE, "the template includes itself").place(Place::file(tpl.clone()))
        }
        other => drawn(&other.to_string(), sources, inserted),
    };
    let chain = called_from(error).into_iter();
    let mut report = Report::of(chain.fold(diagnostic, Diagnostic::note));
    for (file, text) in sources {
        if report.diagnostics[0].place.file.as_ref() == Some(file) {
            report.add_source(file, text.as_ref());
        }
    }
    report
}

fn span_of(text: &str, part: &str) -> Option<Range<usize>> {
    text.find(part).map(|start| start..start + part.len())
}

/// Some errors come only as the engine draws them: `error: MESSAGE`, then `--> FILE:LINE:COLUMN`, several in a row.
/// Only the first is reported, since the others mostly follow from it.
fn drawn(text: &str, sources: &Sources, inserted: &BTreeMap<String, Inserted>) -> Diagnostic {
    let message = text.lines().next().unwrap_or_default();
    let error = Diagnostic::error(codes::BAD_TEMPLATE, first_line(message.strip_prefix("error: ").unwrap_or(message)));
    let place = text.lines().find_map(|line| line.trim_start().strip_prefix("--> ")).and_then(|place| {
        let mut parts = place.rsplitn(3, ':');
        let (column, line) = (parts.next()?.parse::<usize>().ok()?, parts.next()?.parse::<usize>().ok()?);
        let file = parts.next()?;
        let source = sources.get(file)?;
        let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let put_in = inserted.get(file).cloned().unwrap_or_default();
        let at = limits::place_in_engine(start, &put_in) + column.saturating_sub(1);
        let at = source.floor_char_boundary(limits::place_in_file(at, &put_in));
        let word = source.get(at..)?.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(1).max(1);
        Some(Place { file: Some(file.to_owned()), path: None, span: Some(at..at + word), ..Place::default() })
    });
    match place {
        Some(place) => error.place(place),
        None => error,
    }
}

/// The templates that included the one at fault, the nearest first. The engine names them only in its drawn report.
fn called_from(error: &tera::Error) -> Vec<String> {
    let text = error.to_string();
    let notes = text.lines().filter_map(|line| line.strip_prefix("note: called from "));
    let place = |note: &str| {
        let mut parts = note.rsplitn(3, ':');
        let (_, line, file) = (parts.next()?, parts.next()?, parts.next()?);
        Some(format!("included from `{file}`, line {line}"))
    };
    notes.filter_map(place).collect()
}

/// An error while rendering. A value that the data does not have is named as the template names it, with its whole
/// path.
fn rendering(e: &ReportError, sources: &Sources, inserted: &BTreeMap<String, Inserted>) -> Diagnostic {
    let message = e.message();
    if limits::is_limit(message) {
        return located(codes::OVER_LIMIT, e, inserted, first_line(message));
    }
    if !["not found", "not defined", "undefined"].iter().any(|w| message.contains(w)) {
        return located(codes::BAD_TEMPLATE, e, inserted, first_line(message));
    }
    let range = in_file(e, inserted);
    let path = sources.get(e.filename()).and_then(|text| path_at(text, range));
    let Some(path) = path else {
        return located(codes::MISSING_IN_TEMPLATE, e, inserted, first_line(message));
    };
    let known = message.split_once(": ").map_or("", |(_, known)| known);
    let last = path.rsplit('.').next().unwrap_or_default();
    let mut error = located(codes::MISSING_IN_TEMPLATE, e, inserted, format!("`{path}` is not in the data"));
    let error = {
        error.place.path = Some(path.clone());
        error.suggest(last, known.split(", "))
    };
    if error.hint.is_some() {
        return error;
    }
    error.hint("add it to the data, or wrap this part in `{% if … is defined %}`; a paper never leaves a blank")
}

/// The whole dotted name that a range is a part of.
fn path_at(text: &str, range: Range<usize>) -> Option<String> {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let start = text.get(..range.start)?.rfind(|c| !part(c)).map_or(0, |i| i + 1);
    let name = text.get(start..range.end)?;
    (!name.is_empty() && name.chars().all(part)).then(|| name.to_owned())
}

/// The place of an error in the file, before the calls that count work were inserted.
fn in_file(e: &ReportError, inserted: &BTreeMap<String, Inserted>) -> Range<usize> {
    let range = e.span().range.clone();
    match inserted.get(e.filename()) {
        Some(put_in) => limits::place_in_file(range.start, put_in)..limits::place_in_file(range.end, put_in),
        None => range,
    }
}

fn located(code: Code, e: &ReportError, inserted: &BTreeMap<String, Inserted>, message: String) -> Diagnostic {
    let place =
        Place { file: Some(e.filename().to_owned()), path: None, span: Some(in_file(e, inserted)), ..Place::default() };
    Diagnostic::error(code, message).place(place)
}

fn first_line(text: &str) -> String {
    lower(text.lines().next().unwrap_or_default().trim_end_matches('.'))
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
