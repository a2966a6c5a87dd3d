//! `record`: what went to whom, as a table, as CSV or as JSON.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::args::{OverviewFormat, Record};
use crate::cli::FINE;
use crate::cli::report::Output;
use crate::cli::table::{lines, wrapped};
use crate::diag::count;
use crate::records::{self, DisposedRow, LostRow, Overview, PaperRow, Question, SignedRow, WithdrawnRow};

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
        OverviewFormat::Csv => output.print(&records::as_table(&overview)),
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
    let sent = records::sendings_in_words(row, short);
    [to, row.paper.clone(), row.version.to_string(), status(row), checked.join("; "), sent.join("; ")]
}

fn short(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

fn long(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
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
