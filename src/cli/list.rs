//! `check LIST`: the columns of a list of people, and its problems.

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

/// Options for reading a list.
#[derive(Debug, Clone, Args)]
pub struct ListOptions {
    /// Say which field a column of a list contains, as "HEADING=FIELD"; `-` skips it. It is remembered in a file beside
    /// the list.
    #[arg(long = "map", value_name = "HEADING=FIELD")]
    pub map: Vec<String>,
    /// Read only this sheet of a workbook.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// The category of people on a list if neither their row nor their organisation gives one.
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
    /// Whether any of them was given.
    pub fn is_used(&self) -> bool {
        !self.map.is_empty() || self.sheet.is_some() || self.category.is_some()
    }

    /// Opens a list with the mappings of its headings, new and remembered, and remembers the new ones.
    ///
    /// # Errors
    /// As for [`List::open`], or if the file beside the list cannot be read or written.
    pub fn open(&self, path: &std::path::Path) -> Result<List, Report> {
        let mut mapping = remembered(path)?;
        for pair in &self.map {
            mapping.add(pair)?;
        }
        let list = List::open(path, &mapping, self.sheet.as_deref())?;
        // A remembered mapping may be of a column that has been removed since; a new one must exist.
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

/// A request of `check LIST`.
pub struct CheckList<'a> {
    /// The list.
    pub file: &'a std::path::Path,
    /// A conference, whose organisations give the categories of their people.
    pub conference: Option<&'a PathBuf>,
    /// Options for reading the list.
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
        // Without a conference the letters have no date of issue yet.
        None => Known::alone(asked.options.category, super::records::today()),
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
        output.say(&format!("{}: {}, {}", asked.file.display(), list.kind, crate::diag::count_people(people.all)));
        output.say(&headings(&list, &people.by_sheet));
    }
    if !json {
        let text = kinds.text(&list, asked.show_values);
        let _ = write!(output.err, "{text}");
    }
    if people.all == 0 {
        let error = Diagnostic::error(codes::EMPTY_FILE, "nobody is in this list");
        let error = error.place(Place::file(asked.file.display().to_string()));
        return Err(error.hint("fill in a row for each person, below the headings").into());
    }
    if !json && kinds.kinds.is_empty() {
        output.say("no problem found");
    }
    Ok(if kinds.has_errors() { WRONG } else { FINE })
}

/// The columns of a list, with the field that each was taken for, and how many people each sheet has.
pub fn headings(list: &List, people: &[u32]) -> String {
    let mut text = String::new();
    let of_sheet = people.iter().copied().chain(std::iter::repeat(0));
    for (sheet, people) in list.sheets.iter().zip(of_sheet) {
        let Some(columns) = &sheet.columns else {
            text.push_str(&format!("\n{}: not read\n", shown(&sheet.name)));
            continue;
        };
        let people = crate::diag::count_people(people);
        text.push_str(&format!("\n{}, headings in row {}: {people}\n", shown(&sheet.name), columns.row));
        let widest = columns.all.iter().map(|(h, _)| h.chars().count()).max().unwrap_or_default().min(40);
        for (n, (heading, field)) in columns.all.iter().enumerate() {
            let heading = shown(heading);
            let field = field.map_or("(not read)", crate::input::list::Field::id);
            text.push_str(&format!("  {:<3} {heading:<widest$}  {field}\n", letters(n)));
        }
    }
    text
}

/// Problems of a list by kind. Each is counted; some of each kind are kept to be listed one by one.
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

/// More than anybody would work through. The JSON form lists every one.
const KEPT: usize = 100;

impl Kinds {
    /// Counts a problem, and keeps it if `keep` is set.
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

    /// Every kept problem with its cell and its heading, for the terminal of the person who owns the list.
    pub fn text(&self, list: &List, show_values: bool) -> String {
        let mut text = String::new();
        // Problems of a whole sheet come first: they cause those of its rows.
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
                text.push_str(&format!("  and {more} more; `--message-format json` lists them all\n"));
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

/// Text that people typed, without control characters, which would move the cursor of a terminal.
fn shown(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// A problem that may leave the terminal: without values, messages that could quote one, and names of sheets or
/// headings, which people choose.
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
