//! A report in the words of a page: a summary that leads to fields, and the words beside them.
//!
//! In: a [`Report`], or the faults that a page itself found in a form. Out: [`Faults`], or a list of notices.
//!
//! Deliberately absent: advice about the command line, which a page has no use for.

use maud::{Markup, html};

use super::ask::Ask;
use super::icons::{Icon, icon};
use super::words::sentence;
use crate::diag::{Diagnostic, Report, Severity};

/// What is wrong with a form. One without an id is about the whole, or about a field of another page, to which it may lead.
#[derive(Debug, Clone, Default)]
pub struct Faults(Vec<Fault>);

#[derive(Debug, Clone)]
struct Fault {
    /// The id of the input.
    id: String,
    says: String,
    /// A link to the page of the field.
    elsewhere: Option<Markup>,
}

impl Faults {
    /// Adds one at an input.
    pub fn add(&mut self, id: &str, says: impl Into<String>) {
        self.0.push(Fault { id: id.to_owned(), says: says.into(), elsewhere: None });
    }

    /// Adds one of a field that has another page.
    pub fn add_elsewhere(&mut self, diagnostic: &Diagnostic, link: Markup) {
        let says = sentence(&quoted(&diagnostic.message));
        self.0.push(Fault { id: String::new(), says, elsewhere: Some(link) });
    }

    /// Adds the errors of a report to an input, or to the whole.
    pub fn add_report(&mut self, report: &Report, id_of: impl Fn(&Diagnostic) -> Option<&'static str>) {
        for diagnostic in report.diagnostics.iter().filter(|one| one.severity == Severity::Error) {
            self.add(id_of(diagnostic).unwrap_or_default(), says(diagnostic));
        }
    }

    /// The faults of several parts of one form.
    pub fn joined<'f>(all: impl IntoIterator<Item = &'f Self>) -> Self {
        Self(all.into_iter().flat_map(|faults| faults.0.iter().cloned()).collect())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with an input.
    pub fn of(&self, id: &str) -> Option<&str> {
        self.0.iter().find(|fault| fault.id == id).map(|fault| fault.says.as_str())
    }

    /// The summary, which takes the focus, and whose lines lead to the inputs.
    pub fn summary(&self) -> Markup {
        if self.is_empty() {
            return html! {};
        }
        html! {
            div.errors role="alert" tabindex="-1" id="summary" {
                h2 { "There is a problem" }
                ul {
                    @for Fault { id, says, elsewhere } in &self.0 {
                        li {
                            @if id.is_empty() { strong { (says) } } @else { a href={ "#" (id) } { (says) } }
                            @if let Some(link) = elsewhere { " It is on the page " (link) "." }
                        }
                    }
                }
            }
        }
    }
}

/// A problem in a sentence or two: the fact, and advice that a page can follow.
pub fn says(diagnostic: &Diagnostic) -> String {
    let fact = sentence(&quoted(&diagnostic.message));
    // At a form, nobody writes fields of the file.
    let is_of_the_file = |hint: &String| hint.split(['“', '”']).skip(1).step_by(2).any(names_a_field);
    match advice(diagnostic).filter(|hint| !is_of_the_file(hint)) {
        Some(advice) => format!("{fact} {advice}"),
        None => fact,
    }
}

/// Whether words between quotation marks are a field of the file, with or without a value: `share:`, `attended: true`.
fn names_a_field(words: &str) -> bool {
    words.ends_with(':') || words.contains(": ")
}

/// The advice of a problem, unless it is about the command line.
pub fn advice(diagnostic: &Diagnostic) -> Option<String> {
    plain(&diagnostic.hint.as_ref()?.to_string())
}

/// A hint as a sentence, unless it is about the command line.
pub fn plain(hint: &str) -> Option<String> {
    let is_of_the_command_line = ["`-", "`convenor", " --", "`invite`"].iter().any(|word| hint.contains(word));
    (!is_of_the_command_line).then(|| sentence(&quoted(hint)))
}

/// A text with its values between quotation marks instead of backticks.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (n, part) in text.split('`').enumerate() {
        if n > 0 {
            out.push(if n % 2 == 1 { '“' } else { '”' });
        }
        out.push_str(part);
    }
    out
}

/// The place of a problem in words: the file and the line.
pub fn place(report: &Report, diagnostic: &Diagnostic) -> Option<String> {
    let file = diagnostic.place.file.as_deref()?;
    let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
    Some(match (&diagnostic.place.cell, report.line(&diagnostic.place)) {
        (Some(cell), _) => format!("{file}, {}", cell.shown),
        (None, Some(line)) => format!("{file}, line {line}"),
        (None, None) => file.to_owned(),
    })
}

/// A list of notices, errors first. `link` leads to the page where a problem is put right, if there is one.
pub fn notices(_: &Ask<'_>, report: &Report, link: &dyn Fn(&Diagnostic) -> Option<Markup>) -> Markup {
    let mut all: Vec<&Diagnostic> = report.diagnostics.iter().collect();
    all.sort_by_key(|one| one.severity);
    html! {
        ul.notices {
            @for diagnostic in all {
                @let is_error = diagnostic.severity == Severity::Error;
                li class=(if is_error { "note stop" } else { "note warn" }) {
                    (icon(if is_error { Icon::Stop } else { Icon::Warn }))
                    div {
                        p.head { (sentence(&quoted(&diagnostic.message))) }
                        @for note in &diagnostic.notes { p { (sentence(&quoted(note))) } }
                        @if let Some(advice) = advice(diagnostic) { p { (advice) } }
                        p.small {
                            @if let Some(place) = place(report, diagnostic) { span.quiet { (place) } " " }
                            @if let Some(link) = link(diagnostic) { (link) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;

    #[test]
    fn a_problem_is_said_in_sentences_and_without_the_command_line() {
        let one = Diagnostic::error(codes::CHECK_DATE, "the day of `Ruth` is in the future");
        assert_eq!(says(&one.clone().hint("leave `--on` out for today")), "The day of “Ruth” is in the future.");
        let of_the_file = one.clone().hint("mark who came with `attended: true`, and who counts with `quorum:`");
        assert_eq!(says(&of_the_file), "The day of “Ruth” is in the future.");
        assert_eq!(
            says(&one.clone().hint("write times as `15:30`")),
            "The day of “Ruth” is in the future. Write times as “15:30”."
        );
        assert_eq!(says(&one.hint("give an earlier day")), "The day of “Ruth” is in the future. Give an earlier day.");
    }
}
