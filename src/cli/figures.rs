//! `figures`: what conferences come to in a period, as a table, as CSV, as JSON or as a page for a report.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::day::day;
use super::report::Output;
use super::standing::{AsOf, Problems, conferences};
use super::table::{lines, wrapped};
use super::timetable::long;
use crate::check::Checked;
use crate::deliver;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::figures::{self, ConferenceFacts, CouncilFigures, HELD_BACK, Period, Table};
use crate::jobs::{self, Page};
use crate::records;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor figures boroughs/* --from 2026-04-01 --to 2027-03-31\n  convenor figures . --format csv > figures.csv\n  convenor figures . --pdf figures.pdf\n\nNobody is named. Counts of people from 1 up to the council's `small_count` (5 unless it says otherwise) are held back, and so is whatever would give them away. What neither the files nor the record say is not counted."
)]
pub struct Figures {
    /// Folders with conferences in them, or conference files. Default: this folder.
    #[arg(value_name = "FOLDER|FILE")]
    folders: Vec<PathBuf>,
    /// The first day of the period. Default: it has none.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    from: Option<NaiveDate>,
    /// The last day of the period. Default: it has none.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    to: Option<NaiveDate>,
    #[command(flatten)]
    as_of: AsOf,
    /// For reading, for a spreadsheet, for a program, or as a page in Markdown.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Also write a page with charts, in the look of the first conference's council.
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading.
    Table,
    /// For a spreadsheet.
    Csv,
    /// For a program.
    Json,
    /// For a report.
    Md,
}

impl Figures {
    /// The first file or folder.
    pub fn first(&self) -> &Path {
        self.folders.first().map_or(Path::new("."), PathBuf::as_path)
    }
}

pub fn figures(args: &Figures, output: &mut Output<'_>) -> u8 {
    let period = Period { from: args.from, to: args.to, today: args.as_of.today() };
    if let Err(report) = ensure_in_order(&period) {
        return output.report(&report);
    }
    let (files, mut problems) = conferences(&args.folders);
    let Found { facts, left_out, first } = found(args, &files, &mut problems, output);
    if !facts.is_empty() {
        let told = Told { figures: figures::figures(&facts, &period), period, left_out };
        if let Some((path, checked)) = args.pdf.as_ref().zip(first)
            && let Err(faults) = told.write(path, &checked)
        {
            return output.report(&faults);
        }
        match args.format {
            Format::Table if output.json => output.say(&told.json(false).to_string()),
            Format::Table => output.print(told.table().as_bytes()),
            Format::Csv => output.print(&told.csv()),
            Format::Json => {
                output.say(&serde_json::to_string_pretty(&told.json(true)).expect("it is plain text and numbers"));
            }
            Format::Md => output.print(told.page().as_bytes()),
        }
    }
    problems.report(output)
}

fn ensure_in_order(period: &Period) -> Result<(), Report> {
    match (period.from, period.to) {
        (Some(from), Some(to)) if to < from => {
            let error = Diagnostic::error(codes::NO_SUCH_DAY, format!("the period ends on {to}, before it begins"));
            Err(error
                .place(Place::file("--to"))
                .hint("give the first day with `--from` and the last with `--to`")
                .into())
        }
        _ => Ok(()),
    }
}

/// What is found in folders.
struct Found {
    facts: Vec<ConferenceFacts>,
    /// How many conferences cannot be read.
    left_out: usize,
    /// The first of the others.
    first: Option<Checked>,
}

/// The facts of every conference that can be read. One that lies there twice counts once.
fn found(args: &Figures, files: &[PathBuf], problems: &mut Problems, output: &Output<'_>) -> Found {
    let (mut facts, mut left_out, mut seen, mut first) = (Vec::new(), 0, BTreeSet::new(), None);
    for file in files {
        match args.as_of.found(file, &output.own_themes) {
            Ok((checked, happened)) => {
                let one = figures::facts(&checked, &happened, args.as_of.today());
                if seen.insert((one.council.clone(), one.reference.clone())) {
                    facts.push(one);
                    first.get_or_insert(checked);
                } else {
                    let warning =
                        Diagnostic::warning(codes::DUPLICATE_ID, "a conference of this reference is counted already");
                    let warning = warning
                        .place(Place { path: Some("reference".to_owned()), ..Place::file(file.display().to_string()) });
                    problems.add(&warning.hint("give it a reference of its own, or leave its file out").into());
                }
            }
            Err(unsound) => {
                left_out += 1;
                problems.add_of(file, &unsound);
            }
        }
    }
    Found { facts, left_out, first }
}

/// Figures, and what they are of.
struct Told {
    figures: figures::Figures,
    period: Period,
    left_out: usize,
}

fn shown(count: Option<usize>) -> String {
    count.map_or_else(|| HELD_BACK.to_owned(), |count| count.to_string())
}

impl Told {
    fn heading(&self) -> String {
        let period = match (self.period.from, self.period.to) {
            (Some(from), Some(to)) => format!("from {} to {}", long(from), long(to)),
            (Some(from), None) => format!("from {}", long(from)),
            (None, Some(to)) => format!("up to {}", long(to)),
            (None, None) => "of all years".to_owned(),
        };
        format!("Conferences {period}, as their files were on {}", long(self.period.today))
    }

    /// What has to be known to read the figures.
    fn remarks(&self) -> Vec<String> {
        let least = self.figures.small_count.saturating_sub(1);
        let tables = self.figures.councils.iter().flat_map(|council| &council.tables);
        let is_held_back = |table: &Table| table.rows.iter().any(|row| row.counts.iter().any(Option::is_none));
        let mut remarks = Vec::new();
        if tables.clone().any(is_held_back) {
            remarks.push(format!(
                "{HELD_BACK} is a number of people from 1 to {least}, or one that would give such a number away."
            ));
        }
        if self.figures.small_count < 2 {
            remarks.push("The council’s `small_count` holds no number of people back.".to_owned());
        }
        if self.figures.councils.is_empty() {
            remarks
                .push("No conference of these folders has its meeting, or its next one due, in the period.".to_owned());
        }
        match self.left_out {
            0 => {}
            1 => remarks.push("One conference is not counted, since its file has errors.".to_owned()),
            more => remarks.push(format!("{more} conferences are not counted, since their files have errors.")),
        }
        remarks
    }

    fn table(&self) -> String {
        let mut text = format!("{}\n", self.heading());
        for council in &self.figures.councils {
            text.push_str(&format!("\n{}\n", council.name));
            council.tables.iter().for_each(|table| text.push_str(&drawn(table)));
        }
        for remark in self.remarks() {
            text.push_str(&format!("\n{remark}\n"));
        }
        text
    }

    fn page(&self) -> String {
        let mut text = format!("# {}\n", self.heading());
        for council in &self.figures.councils {
            text.push_str(&format!("\n## {}\n", escaped(&council.name)));
            council.tables.iter().for_each(|table| text.push_str(&in_markdown(table)));
        }
        for remark in self.remarks() {
            text.push_str(&format!("\n{}\n", escaped(&remark)));
        }
        text
    }

    /// Writes the page with charts.
    fn write(&self, path: &Path, checked: &Checked) -> Result<(), Report> {
        let blocks = figures::page(&self.figures, &self.heading(), &self.remarks());
        let page = Page { name: "figures", foot: "Figures".to_owned(), issued: self.period.today, blocks };
        deliver::remember(path, jobs::page(checked, page)?.data())
    }

    fn csv(&self) -> Vec<u8> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(["council", "table", "row", "title", "measure", "count", "held_back"])
            .expect("a vector takes every byte");
        for council in &self.figures.councils {
            for table in &council.tables {
                for (row, column, count) in cells(table) {
                    let number = count.map(|count| count.to_string()).unwrap_or_default();
                    let held_back = if count.is_none() { "yes" } else { "" };
                    let id = council.id.as_deref().unwrap_or("all");
                    let cells = [id, table.id, &row.id, &row.title, column.id, &number, held_back];
                    csv.write_record(cells.map(records::harmless)).expect("a vector takes every byte");
                }
            }
        }
        csv.into_inner().expect("a vector takes every byte")
    }

    /// With titles, which a council may have typed, or without.
    fn json(&self, is_titled: bool) -> Value {
        let councils: Vec<Value> = self.figures.councils.iter().map(|council| of_council(council, is_titled)).collect();
        json!({
            "from": self.period.from,
            "to": self.period.to,
            "today": self.period.today,
            "small_count": self.figures.small_count,
            "left_out": self.left_out,
            "councils": councils,
        })
    }
}

fn of_council(council: &CouncilFigures, is_titled: bool) -> Value {
    let tables = council.tables.iter().map(|table| {
        let rows = table.rows.iter().map(|row| {
            let counts =
                table.columns.iter().zip(&row.counts).map(|(column, count)| (column.id.to_owned(), json!(count)));
            let mut value = json!({ "row": row.id, "counts": Value::Object(counts.collect()) });
            if is_titled {
                value["title"] = json!(row.title);
            }
            value
        });
        json!({ "table": table.id, "rows": rows.collect::<Vec<_>>() })
    });
    let mut value = json!({ "council": council.id, "tables": tables.collect::<Vec<_>>() });
    if is_titled {
        value["name"] = json!(council.name);
    }
    value
}

fn cells(table: &Table) -> impl Iterator<Item = (&figures::FigureRow, &figures::Column, Option<usize>)> {
    table
        .rows
        .iter()
        .flat_map(|row| table.columns.iter().zip(&row.counts).map(move |(column, count)| (row, column, *count)))
}

/// The width of the first column, and of every other: 100 characters with the spaces between.
const FIRST: usize = 34;
const OTHERS: usize = 9;
/// The width of a line.
const WIDTH: usize = 100;

fn drawn(table: &Table) -> String {
    let widths: Vec<usize> = std::iter::once(FIRST).chain(table.columns.iter().map(|_| OTHERS)).collect();
    let head =
        std::iter::once(table.title.to_owned()).chain(table.columns.iter().map(|column| column.title.to_owned()));
    let mut rows = vec![head.collect::<Vec<String>>()];
    rows.extend(table.rows.iter().map(|row| {
        let counts = row.counts.iter().map(|count| format!("{:>OTHERS$}", shown(*count)));
        std::iter::once(row.title.clone()).chain(counts).collect()
    }));
    let mut text = String::from("\n");
    for (i, row) in rows.iter().enumerate() {
        for line in if i == 0 { lines(row, &widths) } else { numbered(row) } {
            text.push_str(&format!("{line}\n"));
        }
        if i == 0 {
            text.push_str(&format!(
                "{}\n",
                widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join("  ")
            ));
        }
    }
    for line in wrapped(table.note, WIDTH) {
        text.push_str(&format!("{line}\n"));
    }
    text
}

/// A row whose numbers stand to the right of their columns, on the first line of its title.
fn numbered(row: &[String]) -> Vec<String> {
    let (title, counts) = row.split_first().expect("a row has a title");
    let mut title = lines(std::slice::from_ref(title), &[FIRST]);
    let first = title.first_mut().expect("there is always one");
    *first = format!("{first:FIRST$}  {}", counts.join("  "));
    title
}

fn in_markdown(table: &Table) -> String {
    let head = table.columns.iter().map(|column| column.title).collect::<Vec<_>>().join(" | ");
    let rule = "---: | ".repeat(table.columns.len());
    let mut text = format!("\n### {}\n\n{}\n\n| | {head} |\n| :--- | {rule}\n", table.title, table.note);
    for row in &table.rows {
        let counts: Vec<String> = row.counts.iter().map(|count| escaped(&shown(*count))).collect();
        text.push_str(&format!("| {} | {} |\n", escaped(&row.title), counts.join(" | ")));
    }
    text.replace(": | \n", ": |\n")
}

/// A text that is no markup, whatever somebody typed.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, ',' | '.' | '(' | ')' | '’' | '-' | '/' | '\'' | ':') {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}
