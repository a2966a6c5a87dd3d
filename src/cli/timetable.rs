//! `timetable`: every step of a conference with its rule, its day and how it stands, as a table, as CSV, as JSON or as a
//! calendar.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::FINE;
use super::day::day;
use super::records::today;
use super::report::Output;
use super::source::{self, Council, STANDARD_INPUT};
use super::table::lines;
use crate::check::Checked;
use crate::deliver::calendar::{self, DayEntry, Origin};
use crate::diag::{Report, count};
use crate::records::{self, Question};
use crate::timetable::{self, Happened, Row, State};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor timetable conference.yaml\n  convenor timetable conference.yaml --today 2026-12-01\n  convenor timetable conference.yaml --ics > timetable.ics\n\nWhat was sent is read from the record in the folder of the papers, where `convenor sent` notes it."
)]
pub struct Timetable {
    /// The conference file, YAML or JSON, or `-` for standard input.
    file: PathBuf,
    #[command(flatten)]
    council: Council,
    /// The folder in which the folder of the papers is.
    #[arg(short, long = "out", default_value = "out", value_name = "DIR")]
    out: PathBuf,
    /// The day that counts as today.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<NaiveDate>,
    /// For reading, for a spreadsheet, for a program, or for a calendar.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// The same as `--format ics`.
    #[arg(long, conflicts_with = "format")]
    ics: bool,
}

impl Timetable {
    /// The conference file.
    pub fn file(&self) -> &Path {
        &self.file
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading.
    Table,
    /// For a spreadsheet.
    Csv,
    /// For a program.
    Json,
    /// For a calendar: what is still to be done, a day for each.
    Ics,
}

pub fn timetable(args: &Timetable, output: &mut Output<'_>) -> u8 {
    let checked = match source::load(&args.file, &args.council).and_then(crate::check::check) {
        Ok(checked) => checked,
        Err(report) => return output.report(&report),
    };
    let happened = match happened(args, &checked) {
        Ok(happened) => happened,
        Err(report) => return output.report(&report),
    };
    let table = timetable::timetable(&checked, &happened, args.today.unwrap_or_else(today));
    match if args.ics { Format::Ics } else { args.format } {
        Format::Table => print_table(&table, output),
        Format::Csv => output.print(&csv(&table)),
        Format::Json => {
            output.say(&serde_json::to_string_pretty(&table).expect("a timetable is plain text and numbers"));
        }
        Format::Ics => output.print(&ics(&table, &checked)),
    }
    FINE
}

/// What the record says was sent; nothing if there is none yet.
fn happened(args: &Timetable, checked: &Checked) -> Result<Happened, Report> {
    let folder = args.out.join(&checked.conference.reference);
    if !records::run::has_record(&folder) {
        return Ok(Happened::default());
    }
    let data = (args.file != Path::new(STANDARD_INPUT)).then_some(args.file.as_path());
    records::overview(&folder, data, &Question::default()).map(|overview| Happened::of(&overview))
}

/// The columns of the table: 100 characters with the spaces between.
const HEAD: [&str; 4] = ["Day", "Step", "How it stands", "Rule"];
const WIDTHS: [usize; 4] = [15, 33, 25, 21];

fn print_table(table: &timetable::Timetable, output: &mut Output<'_>) {
    output.say(&format!("{}, as it stands on {}", table.conference, long(table.today)));
    output.say("");
    for line in lines(&HEAD.map(str::to_owned), &WIDTHS) {
        output.say(&line);
    }
    output.say(&WIDTHS.map(|width| "-".repeat(width)).join("  "));
    for row in &table.steps {
        let cells = [
            row.when().format("%a %-d %b %Y").to_string(),
            row.title.clone(),
            stands(row, table.today),
            row.rule.clone(),
        ];
        for line in lines(&cells, &WIDTHS) {
            output.say(&line);
        }
    }
    if table.steps.iter().any(|row| row.due > table.holidays_until) {
        let until = long(table.holidays_until);
        output.say("");
        output.say(&format!("Bank holidays are known until {until}: days after it may move."));
    }
}

/// How a step stands, in words.
fn stands(row: &Row, today: NaiveDate) -> String {
    let late = match row.working_days_late {
        0 => String::new(),
        days => format!(", {} late", count(days, "working day")),
    };
    let stands = match (row.state, row.done, row.set) {
        (State::Done, _, _) => format!("done{late}"),
        (State::Late, _, Some(_)) => "not recorded as done".to_owned(),
        (State::Late, _, None) => format!("not done{late}"),
        (State::Past, ..) => "its day is past".to_owned(),
        (State::Due, _, Some(_)) if row.working_days_late > 0 => {
            format!("set{}, for it was due on {}", late, long(row.due))
        }
        (State::Due, ..) if row.when() == today => "today".to_owned(),
        (State::Due, ..) => format!("in {}", count(days_until(row, today), "day")),
    };
    match &row.progress {
        Some(progress) => format!("{stands}; {progress}"),
        None => stands,
    }
}

fn days_until(row: &Row, today: NaiveDate) -> usize {
    usize::try_from((row.when() - today).num_days()).unwrap_or_default()
}

fn long(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

const COLUMNS: [&str; 9] = ["day", "step", "title", "rule", "due", "set", "done", "state", "working_days_late"];

fn csv(table: &timetable::Timetable) -> Vec<u8> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(COLUMNS).expect("a vector takes every byte");
    for row in &table.steps {
        let on = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let cells = [
            row.when().to_string(),
            row.id.clone(),
            row.title.clone(),
            row.rule.clone(),
            row.due.to_string(),
            on(row.set),
            on(row.done),
            row.state.id().to_owned(),
            row.working_days_late.to_string(),
        ];
        csv.write_record(cells.map(|cell| records::harmless(&cell))).expect("a vector takes every byte");
    }
    csv.into_inner().expect("a vector takes every byte")
}

/// What is still to be done, as a calendar.
fn ics(table: &timetable::Timetable, checked: &Checked) -> Vec<u8> {
    let (conference, borough) = (&checked.conference, &checked.borough);
    let origin = Origin {
        reference: &conference.reference,
        organiser: (&borough.name, &borough.email),
        issued: conference.issued,
        version: conference.version,
    };
    let open = table.steps.iter().filter(|row| row.state != State::Done);
    let entry = |row: &Row| DayEntry {
        id: row.id.clone(),
        on: row.when(),
        summary: format!("{}: {}", conference.reference, row.title),
        description: row.rule.clone(),
    };
    calendar::days(origin, &open.map(entry).collect::<Vec<_>>())
}
