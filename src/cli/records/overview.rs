//! `record`: what went to whom, as a table, as CSV or as JSON.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::args::{OverviewFormat, Record};
use crate::cli::FINE;
use crate::cli::report::Output;
use crate::cli::table::{lines, wrapped};
use crate::diag::count;
use crate::records::{
    self, Channel, DisposedRow, LostRow, Overview, PaperRow, Question, SentRow, SignedRow, WithdrawnRow,
};

pub fn record(args: &Record, output: &mut Output<'_>) -> u8 {
    let question = Question { of: args.about.whom(), paper: args.paper.clone(), on: args.on, since: args.since };
    let found =
        super::papers_to_read(&args.papers).and_then(|of| records::overview(&of.folder, of.data.as_deref(), &question));
    let overview = match found {
        Ok(overview) => overview,
        Err(report) => return output.report(&report),
    };
    output.report(&overview.warnings);
    match args.format {
        OverviewFormat::Table => table(&overview, output),
        OverviewFormat::Csv => output.print(&csv(&overview)),
        OverviewFormat::Json => {
            output.say(&serde_json::to_string_pretty(&overview).expect("an overview is plain text and numbers"));
        }
    }
    FINE
}

/// Headings and widths of the table: 100 columns with the spaces between.
const COLUMNS: [&str; 6] = ["To", "Paper", "Version", "Status", "Checked", "Sent"];

const WIDTHS: [usize; 6] = [23, 19, 7, 10, 16, 15];

/// The width of a reason below its row, and how far it is indented: below the kind of paper.
const REASON: usize = 75;
const INDENT: usize = 25;

fn table(overview: &Overview, output: &mut Output<'_>) {
    if overview.papers.is_empty() && overview.withdrawn.is_empty() {
        output.say("The record has nothing that matches.");
    }
    if !overview.papers.is_empty() {
        for line in &lines(&COLUMNS.map(str::to_owned), &WIDTHS) {
            output.say(line);
        }
        output.say(&WIDTHS.map(|width| "-".repeat(width)).join("  "));
        for row in &overview.papers {
            for line in &lines(&cells(row), &WIDTHS) {
                output.say(line);
            }
            for line in row.because.iter().flat_map(|because| wrapped(&format!("because: {because}"), REASON)) {
                output.say(&format!("{}{line}", " ".repeat(INDENT)));
            }
        }
    }
    for line in lost(&overview.papers) {
        output.say(&line);
    }
    for gone in &overview.withdrawn {
        output.say(&withdrawn(gone));
    }
    if let Some(disposed) = &overview.disposed {
        output.say(&destroyed(disposed));
    }
    output.say(&format!(
        "Record {}: {}, head {}",
        overview.conference,
        count(overview.lines as usize, "line"),
        overview.head
    ));
}

/// A line for each note of a loss.
fn lost(papers: &[PaperRow]) -> Vec<String> {
    let mut notes: BTreeMap<&LostRow, usize> = BTreeMap::new();
    papers.iter().filter_map(|row| row.lost.as_ref()).for_each(|note| *notes.entry(note).or_default() += 1);
    let line = |(LostRow { on, because, by, .. }, papers): (&LostRow, usize)| {
        let by = by.as_ref().map(|by| format!(", by {by}")).unwrap_or_default();
        let are = if papers == 1 { "1 of these papers is".to_owned() } else { format!("{papers} of these papers are") };
        format!("{are} lost, as was noted on {}{by}: {because}", long(*on))
    };
    notes.into_iter().map(line).collect()
}

/// The status, and what else has to be known of the file.
fn status(row: &PaperRow) -> String {
    let mark = if row.has_draft_mark { " (DRAFT mark)" } else { "" };
    let lost = if row.lost.is_some() { " (lost)" } else { "" };
    format!("{}{mark}{lost}", row.status.id())
}

/// The same for a spreadsheet.
fn notes(row: &PaperRow) -> String {
    let mark = row.has_draft_mark.then(|| "DRAFT mark".to_owned());
    let lost = row.lost.as_ref().map(|lost| format!("lost, {}: {}", lost.on, lost.because));
    let of_run = (row.files_lost > 0).then(|| format!("{} lost", count(row.files_lost, "file")));
    mark.into_iter().chain(lost).chain(of_run).collect::<Vec<_>>().join("; ")
}

fn withdrawn(gone: &WithdrawnRow) -> String {
    let since = gone.on.map(|on| format!(" since {}", long(on))).unwrap_or_default();
    let because = gone.because.as_ref().map(|because| format!(": {because}")).unwrap_or_default();
    let erased = if gone.erased { " Their files were destroyed." } else { "" };
    format!("{} (number {}) no longer takes part{since}{because}.{erased}", gone.name, gone.number)
}

fn destroyed(disposed: &DisposedRow) -> String {
    let by = disposed.by.as_ref().map(|by| format!("{by} asked for it, and ")).unwrap_or_default();
    let DisposedRow { on, checked_by, because, .. } = disposed;
    format!("All papers were destroyed on {}: {because}. {by}{checked_by} agreed.", long(*on))
}

/// The most recipients that are named one by one in a cell.
const NAMED: usize = 4;

fn cells(row: &PaperRow) -> [String; 6] {
    let more = row.to.len().saturating_sub(NAMED);
    let mut to = row.to[..row.to.len().min(NAMED)].join("; ");
    if more > 0 {
        to += &format!("; and {more} more");
    }
    // The number of the recipient, as `--number` takes it.
    if let [number] = &row.numbers[..] {
        to = format!("{} {to}", number.strip_prefix('i').map_or_else(|| number.clone(), |no| format!("{no:0>2}")));
    }
    let checked: Vec<String> =
        row.checked.iter().map(|SignedRow { by, on, .. }| format!("{by}, {}", short(*on))).collect();
    let sent = sendings(row, short);
    [to, row.paper.clone(), row.version.to_string(), status(row), checked.join("; "), sent.join("; ")]
}

/// The sendings of a row, each once: two people may have noted the same.
fn sendings(row: &PaperRow, day: fn(NaiveDate) -> String) -> Vec<String> {
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

fn short(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

fn long(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

fn iso(day: NaiveDate) -> String {
    day.to_string()
}

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

fn csv(overview: &Overview) -> Vec<u8> {
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
            sendings(row, iso).join("; "),
            row.because.clone().unwrap_or_default(),
            row.file.clone(),
            String::new(),
            notes(row),
        ];
        csv.write_record(cells.map(|cell| records::harmless(&cell))).expect("a vector takes every byte");
    }
    for gone in &overview.withdrawn {
        let mut cells: [String; 14] = std::array::from_fn(|_| String::new());
        cells[0].clone_from(&gone.name);
        cells[1].clone_from(&gone.number);
        cells[6] = if gone.erased { "erased".to_owned() } else { "withdrawn".to_owned() };
        cells[10] = gone.because.clone().unwrap_or_default();
        cells[12] = gone.on.map(iso).unwrap_or_default();
        csv.write_record(cells.map(|cell| records::harmless(&cell))).expect("a vector takes every byte");
    }
    if let Some(disposed) = &overview.disposed {
        let mut cells: [String; 14] = std::array::from_fn(|_| String::new());
        "disposed".clone_into(&mut cells[6]);
        cells[8] = format!("{} {}", disposed.checked_by, disposed.on);
        cells[10].clone_from(&disposed.because);
        csv.write_record(cells.map(|cell| records::harmless(&cell))).expect("a vector takes every byte");
    }
    csv.into_inner().expect("a vector takes every byte")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_the_table_fits_a_terminal_whatever_its_contents() {
        let long = "Mrs Ottoline Frayne-Featherstonehaugh-Cholmondeley of the Saltmarsh Lane Residents";
        let cells = [long, "community-agreement", "12", "superseded", long, long].map(str::to_owned);
        let all = lines(&cells, &WIDTHS);
        assert!(all.iter().all(|line| line.chars().count() <= 100), "{all:#?}");
        let joined: String = all.join(" ").split_whitespace().collect();
        assert!(joined.contains("superseded") && all.len() > 3);
    }
}
