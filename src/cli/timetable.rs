//! `timetable`: every step of a conference with its rule, its day and how it stands, as a table, as CSV, as JSON or as a
//! calendar.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::FINE;
use super::report::Output;
use super::standing::AsOf;
use super::table::lines;
use crate::check::Checked;
use crate::deliver::calendar::{self, DayEntry, Origin};
use crate::diag::count;
use crate::model::conference::Conference;
use crate::records;
use crate::timetable::{self, StepRow, StepState};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor timetable conference.yaml\n  convenor timetable conference.yaml --today 2026-12-01\n  convenor timetable conference.yaml --ics > timetable.ics\n\nWhat was sent is read from the record in the folder of the papers, where `convenor sent` notes it."
)]
pub struct Timetable {
    /// The conference file, YAML or JSON, or `-` for standard input.
    file: PathBuf,
    #[command(flatten)]
    as_of: AsOf,
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
    let (checked, happened) = match args.as_of.found(&args.file, &output.own_themes) {
        Ok(found) => found,
        Err(unsound) => return output.report_part(&unsound.first(&args.file), &unsound.report),
    };
    if let Some(warning) = args.as_of.elsewhere(&args.file, &checked.conference.reference) {
        output.report(&warning.into());
    }
    let table = timetable::timetable(&checked, &happened, args.as_of.today());
    match if args.ics { Format::Ics } else { args.format } {
        Format::Table if output.json => table.steps.iter().for_each(|row| output.say(&BareStep::of(row).line())),
        Format::Table => print_table(&table, output),
        Format::Csv => output.print(&csv(&table)),
        Format::Json => {
            output.say(&serde_json::to_string_pretty(&table).expect("a timetable is plain text and numbers"));
        }
        Format::Ics => output.print(&ics(&table, &checked)),
    }
    FINE
}

/// A step for machines and logs, without anything that somebody typed.
#[derive(Serialize)]
pub struct BareStep<'s> {
    step: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<&'s str>,
    due: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<NaiveDate>,
    state: &'static str,
    working_days_late: usize,
}

impl<'s> BareStep<'s> {
    pub fn of(row: &'s StepRow) -> Self {
        Self {
            step: &row.id,
            who: row.who.as_deref(),
            due: row.due,
            set: row.set,
            done: row.done,
            state: row.state.id(),
            working_days_late: row.working_days_late,
        }
    }

    fn line(&self) -> String {
        serde_json::to_string(self).expect("words, numbers and days always serialise")
    }
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
        let cells =
            [row.when().format("%a %-d %b %Y").to_string(), titled(row), stands(row, table.today), row.rule.clone()];
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

/// What is to be done, and by whom.
pub fn titled(row: &StepRow) -> String {
    match &row.name {
        Some(name) => format!("{} ({name})", row.title),
        None => row.title.clone(),
    }
}

/// How a step stands, in words.
pub fn stands(row: &StepRow, today: NaiveDate) -> String {
    let late = match row.working_days_late {
        0 => String::new(),
        days => format!(", {} late", count(days, "working day")),
    };
    let stands = match (row.state, row.done, row.set) {
        // What became of an action that is over: it was given up.
        (StepState::Done, ..) if row.is_action() => {
            return row.progress.clone().unwrap_or_else(|| "done".to_owned());
        }
        (StepState::Done, _, _) => format!("done{late}"),
        (StepState::Late, _, Some(_)) => "not recorded as done".to_owned(),
        (StepState::Late, _, None) => format!("not done{late}"),
        (StepState::Past, ..) => "its day is past".to_owned(),
        (StepState::Due, _, Some(_)) if row.working_days_late > 0 => {
            format!("set{}, for it was due on {}", late, long(row.due))
        }
        (StepState::Due, ..) if row.when() == today => "today".to_owned(),
        (StepState::Due, ..) => format!("in {}", count(days_until(row, today), "day")),
    };
    match &row.progress {
        Some(progress) => format!("{stands}; {progress}"),
        None => stands,
    }
}

fn days_until(row: &StepRow, today: NaiveDate) -> usize {
    usize::try_from((row.when() - today).num_days()).unwrap_or_default()
}

pub fn long(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

const COLUMNS: [&str; 11] =
    ["day", "step", "title", "who", "name", "rule", "due", "set", "done", "state", "working_days_late"];

fn csv(table: &timetable::Timetable) -> Vec<u8> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(COLUMNS).expect("a vector takes every byte");
    for row in &table.steps {
        let on = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let cells = [
            row.when().to_string(),
            row.id.clone(),
            row.title.clone(),
            row.who.clone().unwrap_or_default(),
            row.name.clone().unwrap_or_default(),
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

/// A number that rises whenever the meeting changes, since the steps that are counted from it move then: a calendar takes an
/// entry for a newer one by it (RFC 5545 §3.8.7.4).
fn changes(conference: &Conference) -> u32 {
    let changes = u32::try_from(conference.meeting.changes.len()).unwrap_or_default();
    conference.version + changes + u32::from(conference.meeting.cancelled.is_some())
}

/// The last day on which the meeting was set, changed or cancelled.
fn last_change(conference: &Conference) -> NaiveDate {
    let meeting = &conference.meeting;
    let days = meeting.changes.iter().map(|change| change.on).chain(meeting.cancelled.iter().map(|one| one.on));
    days.fold(conference.issued, NaiveDate::max)
}

/// What is still to be done, and what nobody owes any more since the meeting is cancelled, as a calendar.
fn ics(table: &timetable::Timetable, checked: &Checked) -> Vec<u8> {
    let (conference, borough) = (&checked.conference, &checked.borough);
    let origin = Origin {
        reference: &conference.reference,
        organiser: (&borough.name, &borough.email),
        issued: last_change(conference),
        version: changes(conference),
    };
    let open = table.steps.iter().filter(|row| matches!(row.state, StepState::Due | StepState::Late));
    let entry = |is_cancelled: bool| {
        move |row: &StepRow| DayEntry {
            id: row.id.clone(),
            on: row.when(),
            summary: format!("{}: {}", conference.reference, titled(row)),
            description: row.rule.clone(),
            is_cancelled,
        }
    };
    let fell_away = table.fell_away.iter().map(entry(true));
    calendar::days(origin, &open.map(entry(false)).chain(fell_away).collect::<Vec<_>>())
}
