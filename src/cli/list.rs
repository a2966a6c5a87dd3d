//! `check LIST`: what a list of people holds and what is wrong with it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::report::Output;
use super::{FINE, WRONG};
use crate::check::list::{Known, Problem};
use crate::deliver;
use crate::diag::{Code, Diagnostic, Place, Report, Severity, codes, count};
use crate::input::list::{List, Mapping, letters, mapping_file, remembered};
use crate::model::Category;

/// How a list is to be read.
#[derive(Debug, Args)]
pub struct ListOptions {
    /// Say what a column of a list holds, as "HEADING=FIELD"; `-` leaves it alone. It is remembered in a file beside the list.
    #[arg(long = "map", value_name = "HEADING=FIELD")]
    pub map: Vec<String>,
    /// Read only this sheet of a workbook.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// What people of a list are to the conference where neither their row nor their organisation says so.
    #[arg(long, value_name = "CATEGORY", value_parser = category)]
    pub category: Option<Category>,
}

fn category(word: &str) -> Result<Category, String> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).map_err(|_| {
        "the categories are statutory, professional, school, voluntary, business, residents, guardian, youth-representative and other"
            .to_owned()
    })
}

impl ListOptions {
    /// Whether anything was said of how a list is read.
    pub fn is_used(&self) -> bool {
        !self.map.is_empty() || self.sheet.is_some() || self.category.is_some()
    }

    /// Opens a list with what was said about its headings now and before, and remembers it.
    ///
    /// # Errors
    /// As for [`List::open`], or if the file beside the list cannot be read or written.
    pub fn open(&self, path: &std::path::Path) -> Result<List, Report> {
        let mut mapping = remembered(path)?;
        for pair in &self.map {
            mapping.add(pair)?;
        }
        let list = List::open(path, &mapping, self.sheet.as_deref())?;
        // What is remembered may be of a column that was taken out since; what is said now is meant.
        for heading in self.map.iter().filter_map(|pair| pair.rsplit_once('=')).map(|(heading, _)| heading.trim()) {
            list.ensure_heading(heading)?;
        }
        if !self.map.is_empty() {
            deliver::remember(&mapping_file(path), &as_csv(&mapping))?;
        }
        Ok(list)
    }
}

fn as_csv(mapping: &Mapping) -> Vec<u8> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["heading", "field"]).expect("a vector takes every byte");
    for (heading, field) in mapping.pairs() {
        csv.write_record([heading, field]).expect("a vector takes every byte");
    }
    csv.into_inner().expect("a vector takes every byte")
}

/// What `check LIST` was asked.
pub struct CheckList<'a> {
    /// The list.
    pub file: &'a std::path::Path,
    /// A conference, whose organisations say what their people are.
    pub conference: Option<&'a PathBuf>,
    /// How the list is to be read.
    pub options: &'a ListOptions,
    /// Whether cells at fault are shown.
    pub show_values: bool,
}

/// Finds every problem of a list.
pub fn check(asked: &CheckList<'_>, output: &mut Output<'_>) -> u8 {
    match checked(asked, output) {
        Ok(code) => code,
        Err(report) => output.report(&report),
    }
}

fn checked(asked: &CheckList<'_>, output: &mut Output<'_>) -> Result<u8, Report> {
    let known = match asked.conference {
        Some(file) => Known::from(&crate::check::check(crate::input::load(file)?)?, asked.options.category),
        None => Known::alone(asked.options.category),
    };
    let list = asked.options.open(asked.file)?;
    let mut kinds = Kinds::default();
    let json = output.json;
    let people = crate::check::list::list(&list, &known, &mut |problem| {
        if json {
            let _ = writeln!(output.err, "{}", machine_line(&list, &problem));
        }
        kinds.add(problem, !json);
    })?;
    if !json {
        output.say(&format!("{}: {}, {}", asked.file.display(), list.kind, crate::diag::count_people(people)));
        output.say(&headings(&list));
    }
    if !json {
        let told = kinds.told(&list, asked.show_values);
        let _ = write!(output.err, "{told}");
    }
    if people == 0 {
        let error = Diagnostic::error(codes::EMPTY_FILE, "nobody is in this list");
        let error = error.place(Place::file(asked.file.display().to_string()));
        return Err(error.hint("fill in a row for each person, below the headings").into());
    }
    if !json && kinds.kinds.is_empty() {
        output.say("no problem found");
    }
    Ok(if kinds.has_errors() { WRONG } else { FINE })
}

/// What each column was taken for.
pub fn headings(list: &List) -> String {
    let mut text = String::new();
    for sheet in &list.sheets {
        let Some(columns) = &sheet.columns else {
            text.push_str(&format!("\n{}: not read\n", shown(&sheet.name)));
            continue;
        };
        text.push_str(&format!("\n{}, headings in row {}\n", shown(&sheet.name), columns.row));
        let widest = columns.all.iter().map(|(h, _)| h.chars().count()).max().unwrap_or_default().min(40);
        for (n, (heading, field)) in columns.all.iter().enumerate() {
            let heading = shown(heading);
            let field = field.map_or("(not read)", crate::input::list::Field::id);
            text.push_str(&format!("  {:<3} {heading:<widest$}  {field}\n", letters(n)));
        }
    }
    text
}

/// Problems of a list, kind by kind. Each is counted; so many of a kind are kept to be told one by one.
#[derive(Default)]
pub struct Kinds {
    kinds: BTreeMap<(Severity, Code), Kind>,
    /// The rows with a problem, a bit each, by sheet.
    rows: BTreeMap<usize, Vec<u64>>,
}

#[derive(Default)]
struct Kind {
    problems: usize,
    kept: Vec<Problem>,
}

/// More than anybody would work through; the form for machines tells every one.
const KEPT: usize = 100;

impl Kinds {
    /// Counts a problem, and keeps it if it is to be told.
    pub fn add(&mut self, problem: Problem, keep: bool) {
        let kind = self.kinds.entry((problem.severity, problem.code)).or_default();
        kind.problems += 1;
        let of_headings = [codes::DOUBTFUL_COLUMN, codes::TWO_ADDRESSES].contains(&problem.code);
        if let Some(row) = problem.row.filter(|_| !of_headings) {
            let rows = self.rows.entry(problem.sheet).or_default();
            let (word, bit) = (row as usize / 64, row % 64);
            rows.resize(rows.len().max(word + 1), 0);
            rows[word] |= 1 << bit;
        }
        if keep && kind.kept.len() < KEPT {
            kind.kept.push(problem);
        }
    }

    /// Whether any is an error.
    pub fn has_errors(&self) -> bool {
        self.kinds.keys().any(|(severity, _)| *severity == Severity::Error)
    }

    /// For the terminal of the person who owns the list: every kept problem with its cell and its heading.
    pub fn told(&self, list: &List, show_values: bool) -> String {
        let mut text = String::new();
        // What a whole sheet lacks is why its rows are at fault.
        let mut kinds: Vec<_> = self.kinds.iter().filter(|(_, kind)| !kind.kept.is_empty()).collect();
        kinds.sort_by_key(|(_, kind)| kind.kept[0].row.is_some());
        for ((severity, code), kind) in kinds {
            let weight = if *severity == Severity::Error { "error" } else { "warning" };
            text.push_str(&format!("{weight}[{}]: {} ({})\n", code.id, code.says, count(kind.problems, "time")));
            let mut hints: Vec<&str> = Vec::new();
            for problem in &kind.kept {
                text.push_str(&format!("  {}\n", line(list, problem, show_values)));
                if !hints.contains(&problem.hint) {
                    hints.push(problem.hint);
                }
            }
            if kind.problems > kind.kept.len() {
                let more = kind.problems - kind.kept.len();
                text.push_str(&format!("  and {more} more; `--message-format json` tells them all\n"));
            }
            for hint in hints {
                text.push_str(&format!("  = help: {hint}\n"));
            }
            text.push('\n');
        }
        let total =
            |wanted: Severity| self.kinds.iter().filter(|((s, _), _)| *s == wanted).map(|(_, k)| k.problems).sum();
        let rows: u32 = self.rows.values().flatten().map(|word| word.count_ones()).sum();
        let within = if rows == 0 { String::new() } else { format!(", in {}", count(rows as usize, "row")) };
        match (total(Severity::Error), total(Severity::Warning)) {
            (0, 0) => {}
            (0, warnings) => text.push_str(&format!("{}, no error{within}\n", count(warnings, "warning"))),
            (errors, 0) => text.push_str(&format!("{}{within}\n", count(errors, "error"))),
            (errors, warnings) => {
                text.push_str(&format!("{} and {}{within}\n", count(errors, "error"), count(warnings, "warning")));
            }
        }
        text
    }
}

fn line(list: &List, problem: &Problem, show_values: bool) -> String {
    let sheet = &list.sheets[problem.sheet];
    let place = match problem.row {
        Some(row) => list.cell(problem.sheet, row, problem.column),
        None => shown(&sheet.name),
    };
    let heading = problem.column.zip(sheet.columns.as_ref()).map(|(c, columns)| columns.heading(c));
    let heading = heading.map(|h| format!(" ({})", shown(h))).unwrap_or_default();
    let value = problem.value.as_ref().filter(|_| show_values);
    let value = value.map(|v| format!(": `{}`", shown(v))).unwrap_or_default();
    format!("{place}{heading}: {}{value}", problem.message)
}

/// What people typed, without what would move the cursor of a terminal.
fn shown(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// What may leave the terminal: no value, no message that could quote one, and no name of a sheet or heading, for people
/// choose those.
#[derive(Serialize)]
struct Line<'p> {
    severity: &'static str,
    code: &'static str,
    says: &'static str,
    file: String,
    /// The sheet, from 1.
    sheet: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'p str>,
    /// The hints of a list are texts of the program: they quote nothing.
    help: &'static str,
}

/// One problem as JSON.
pub fn machine_line(list: &List, problem: &Problem) -> String {
    let line = Line {
        severity: if problem.severity == Severity::Error { "error" } else { "warning" },
        code: problem.code.id,
        says: problem.code.says,
        file: list.path().display().to_string(),
        sheet: problem.sheet + 1,
        row: problem.row,
        column: problem.column.map(letters),
        field: problem.field.map(crate::input::list::Field::id),
        help: problem.hint,
    };
    serde_json::to_string(&line).expect("plain strings and numbers always serialise")
}
