//! An answer about the record as a table, for a spreadsheet.
//!
//! In: an [`Overview`]. Out: CSV, with whatever a spreadsheet would take for a formula made harmless.
//!
//! Deliberately absent: what was asked.

use chrono::NaiveDate;

use super::event::Channel;
use super::overview::Overview;
use super::register::harmless;
use super::rows::{PaperRow, SentRow};
use crate::diag::count;

/// The headings.
const HEAD: [&str; 14] = [
    "to",
    "numbers",
    "paper",
    "reference",
    "version",
    "issued",
    "status",
    "maker",
    "checked",
    "sent",
    "because",
    "file",
    "withdrawn",
    "notes",
];

/// The answer as a table: CSV, a line for each paper, then one for each who no longer takes part.
pub fn as_table(overview: &Overview) -> Vec<u8> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(HEAD).expect("a vector takes every byte");
    for row in &overview.papers {
        let checked = row.checked.iter().map(|signed| format!("{} {}", signed.by, signed.on));
        let cells = [
            row.to.join("; "),
            row.numbers.join(" "),
            row.paper.clone(),
            row.reference.clone(),
            row.version.to_string(),
            iso(row.issued),
            row.status.id().to_owned(),
            row.maker.clone(),
            checked.collect::<Vec<_>>().join("; "),
            sendings_in_words(row, iso).join("; "),
            row.because.clone().unwrap_or_default(),
            row.file.clone(),
            String::new(),
            notes(row),
        ];
        csv.write_record(cells.map(|cell| harmless(&cell))).expect("a vector takes every byte");
    }
    for gone in &overview.withdrawn {
        let mut cells: [String; 14] = std::array::from_fn(|_| String::new());
        cells[0].clone_from(&gone.name);
        cells[1].clone_from(&gone.number);
        cells[6] = if gone.erased { "erased".to_owned() } else { "withdrawn".to_owned() };
        cells[10] = gone.because.clone().unwrap_or_default();
        cells[12] = gone.on.map(iso).unwrap_or_default();
        csv.write_record(cells.map(|cell| harmless(&cell))).expect("a vector takes every byte");
    }
    if let Some(disposed) = &overview.disposed {
        let mut cells: [String; 14] = std::array::from_fn(|_| String::new());
        "disposed".clone_into(&mut cells[6]);
        cells[8] = format!("{} {}", disposed.checked_by, disposed.on);
        cells[10].clone_from(&disposed.because);
        csv.write_record(cells.map(|cell| harmless(&cell))).expect("a vector takes every byte");
    }
    csv.into_inner().expect("a vector takes every byte")
}

/// What else has to be known of a paper.
fn notes(row: &PaperRow) -> String {
    let mark = row.has_draft_mark.then(|| "DRAFT mark".to_owned());
    let lost = row.lost.as_ref().map(|lost| format!("lost, {}: {}", lost.on, lost.because));
    let of_run = (row.files_lost > 0).then(|| format!("{} lost", count(row.files_lost, "file")));
    mark.into_iter().chain(lost).chain(of_run).collect::<Vec<_>>().join("; ")
}

/// The sendings of a row, each once: two people may have noted the same.
pub fn sendings_in_words(row: &PaperRow, day: fn(NaiveDate) -> String) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for sent in &row.sent {
        let words = sent_in_words(sent, day);
        if !all.contains(&words) {
            all.push(words);
        }
    }
    all
}

fn sent_in_words(sent: &SentRow, day: fn(NaiveDate) -> String) -> String {
    let how = match sent.how {
        Channel::Post => "post",
        Channel::Email => "email",
        Channel::Hand => "by hand",
    };
    let letters = match (sent.letters.as_str(), sent.file.as_str()) {
        ("", "") => String::new(),
        ("", file) => format!("{file}: "),
        (letters, _) => format!("letters {letters}: "),
    };
    let to = sent.to.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
    format!("{letters}{how}, {}{to}", day(sent.on))
}

fn iso(day: NaiveDate) -> String {
    day.to_string()
}
