//! `status`: where a conference stands, on one screen; where many stand, a line each.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use serde::Serialize;

use super::report::Output;
use super::standing::{AsOf, conferences};
use super::table::lines;
use super::timetable::{BareStep, long, stands, titled};
use crate::diag::{codes, count};
use crate::model::stage::ConferenceStage;
use crate::status::{self, CarriedOn, Status as Standing};
use crate::timetable::StepRow;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor status conference.yaml\n  convenor status boroughs/* --today 2026-12-01\n  convenor status . --message-format json\n\nThe stage follows from the conference file and from the record of its papers: called, invited (an invitation was released or sent), held (it is recorded who came), decided, recorded (the minutes are approved and sent), reviewed, closed."
)]
pub struct Status {
    /// Conference files, or folders with conferences in them. Default: this folder.
    #[arg(value_name = "FILE|FOLDER")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    as_of: AsOf,
}

impl Status {
    /// The first file or folder.
    pub fn first(&self) -> &Path {
        self.files.first().map_or(Path::new("."), PathBuf::as_path)
    }
}

pub fn status(args: &Status, output: &mut Output<'_>) -> u8 {
    let today = args.as_of.today();
    let (files, mut problems) = conferences(&args.files);
    let mut all: Vec<Told> = Vec::new();
    let mut next = CarriedOn::default();
    for file in files {
        match args.as_of.found(&file, &output.own_themes) {
            Ok((checked, happened)) => {
                next.note(&checked.borough.id, &checked.conference);
                let council = checked.borough.id.clone();
                let reference = checked.conference.reference.clone();
                let mut standing = status::status(&checked, &happened, today);
                if let Some(warning) = args.as_of.elsewhere(&file, &reference) {
                    standing = standing.without_its_record(warning.message.clone());
                    problems.add(&warning.into());
                }
                let standing = Ok(standing);
                all.push(Told { file: name(&file), council, standing });
            }
            Err(unsound) => {
                problems.add_of(&file, &unsound);
                let is_unread = unsound.report.diagnostics.iter().any(|fault| fault.code == codes::UNREADABLE);
                let errors = unsound.report.counts().0;
                let standing = Err(Faults { errors, conference: unsound.conference, is_unread });
                all.push(Told { file: name(&file), council: String::new(), standing });
            }
        }
    }
    let all = all.into_iter().map(|told| told.followed(&next));
    let mut all: Vec<Told> = all.collect();
    match all.as_slice() {
        [] => {}
        _ if output.json => all.iter().for_each(|told| output.say(&told.json())),
        [Told { standing: Ok(standing), .. }] => print_one(standing, output),
        [Told { file, standing: Err(faults), .. }] => output.say(&faults.line(file)),
        _ => print_many(&mut all, today, output),
    }
    problems.report(output)
}

fn name(file: &Path) -> String {
    let file = file.strip_prefix(".").unwrap_or(file);
    file.display().to_string()
}

/// A conference file, and where its conference stands.
struct Told {
    file: String,
    /// The id of its council.
    council: String,
    standing: Result<Standing, Faults>,
}

/// A conference file with errors.
struct Faults {
    conference: Option<String>,
    errors: usize,
    /// Whether the file itself could not be read, so that nobody knows what is in it.
    is_unread: bool,
}

impl Faults {
    fn line(&self, file: &str) -> String {
        let errors = count(self.errors, "error");
        match &self.conference {
            Some(conference) => format!("{conference} ({file}): {errors}; no paper is made before that is mended"),
            None if self.is_unread => format!("{file}: it cannot be read"),
            None => format!("{file}: {errors}; nothing is known of it before that is mended"),
        }
    }
}

/// Where a conference stands, for machines and logs, without anything that somebody typed.
#[derive(Serialize)]
struct Bare<'s> {
    file: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    conference: Option<&'s str>,
    #[serde(skip_serializing_if = "is_none")]
    errors: usize,
    #[serde(flatten)]
    stands: Option<BareStanding<'s>>,
}

#[derive(Serialize)]
struct BareStanding<'s> {
    stage: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_stage: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<NaiveDate>,
    today: NaiveDate,
    late: Vec<BareStep<'s>>,
    next: Vec<BareStep<'s>>,
    past: Vec<BareStep<'s>>,
    lacks: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    carried_on_by: Option<&'s str>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_none(errors: &usize) -> bool {
    *errors == 0
}

fn bare(rows: &[StepRow]) -> Vec<BareStep<'_>> {
    rows.iter().map(BareStep::of).collect()
}

impl Told {
    /// The same with what another conference took on.
    fn followed(self, next: &CarriedOn) -> Self {
        let Self { file, council, standing } = self;
        let standing = standing.map(|standing| match next.of(&council, &standing.conference) {
            Some(reference) => standing.carried_on_by(reference),
            None => standing,
        });
        Self { file, council, standing }
    }

    fn json(&self) -> String {
        let bare = match &self.standing {
            Ok(standing) => {
                let stands = BareStanding {
                    stage: standing.stage.id(),
                    next_stage: standing.next_stage.map(ConferenceStage::id),
                    meeting: standing.meeting,
                    today: standing.today,
                    late: bare(&standing.late),
                    next: bare(&standing.next),
                    past: bare(&standing.past),
                    lacks: standing.lacks.iter().map(|lack| lack.id).collect(),
                    carried_on_by: standing.carried_on_by.as_deref(),
                };
                Bare { file: &self.file, conference: Some(&standing.conference), errors: 0, stands: Some(stands) }
            }
            Err(faults) => {
                let conference = faults.conference.as_deref();
                Bare { file: &self.file, conference, errors: faults.errors.max(1), stands: None }
            }
        };
        serde_json::to_string(&bare).expect("words, numbers and days always serialise")
    }

    /// Its council and its reference.
    fn name(&self) -> String {
        match &self.standing {
            Ok(standing) => format!("{} {}", standing.council, standing.conference),
            Err(_) => self.file.clone(),
        }
    }

    /// The late ones first, by how late they are; then by the day of the next step.
    fn order(&self) -> (u8, usize, Option<NaiveDate>, String) {
        match &self.standing {
            Ok(standing) if !standing.late.is_empty() => {
                (0, usize::MAX - standing.most_days_late(), None, standing.conference.clone())
            }
            Err(_) => (1, 0, None, self.file.clone()),
            Ok(standing) => match standing.next.first() {
                Some(next) => (2, 0, Some(next.when()), standing.conference.clone()),
                None => (3, 0, None, standing.conference.clone()),
            },
        }
    }
}

/// The most steps that are named of those that are due.
const NEXT: usize = 5;
/// The width of a line.
const WIDTH: usize = 100;

fn print_one(standing: &Standing, output: &mut Output<'_>) {
    output.say(&format!("{}  {}", standing.conference, standing.context));
    output.say(&format!("Stage: {}{}", standing.stage.id(), next_stage(standing)));
    output.say(&match standing.meeting {
        Some(day) if standing.stage == ConferenceStage::Cancelled => {
            format!("Meeting: cancelled; it was to be on {}", day.format("%A %-d %B %Y"))
        }
        Some(day) => format!("Meeting: {}, {}", day.format("%A %-d %B %Y"), away(day, standing.today)),
        None => "Meeting: its day is still to be filled in, and nothing is due before it is".to_owned(),
    });
    print_steps("Late", &standing.late, standing.today, output);
    let (next, more) = standing.next.split_at(standing.next.len().min(NEXT));
    print_steps("Due next", next, standing.today, output);
    if !more.is_empty() {
        output.say(&format!("  and {} more: `convenor timetable` shows all", count(more.len(), "step")));
    }
    print_past(&standing.past, output);
    if !standing.lacks.is_empty() {
        output.say("");
        output.say(&match standing.next_stage {
            Some(stage) => format!("Still needed for `{}`", stage.id()),
            None => "Still needed".to_owned(),
        });
        for lack in &standing.lacks {
            let cells = [String::new(), format!("{}: {}", lack.says, lack.advice)];
            for line in lines(&cells, &[0, WIDTH - 2]) {
                output.say(&line);
            }
        }
    }
    if let Some(day) = standing.disposed {
        output.say("");
        output.say(&format!("Its papers were destroyed on {}.", long(day)));
    } else if standing.late.is_empty() && standing.lacks.is_empty() {
        output.say("");
        output.say("Nothing is late, and nothing is missing.");
    }
}

/// The steps of which nobody can say more than that their day is past, in a sentence.
fn print_past(rows: &[StepRow], output: &mut Output<'_>) {
    if rows.is_empty() {
        return;
    }
    let named: Vec<String> =
        rows.iter().map(|row| format!("{} ({})", row.title, row.when().format("%-d %b"))).collect();
    let mut says = format!("Past its day, and nothing says whether it was done: {}", named.join("; "));
    // Corrections are in once the minutes are approved, which is another field.
    if let Some(row) = rows.iter().find(|row| row.can_be_noted) {
        says.push_str(&format!(". Once it was: `done: {{ {}: {} }}` in the conference file", row.id, row.when()));
    }
    output.say("");
    for line in lines(&[says], &[WIDTH]) {
        output.say(&line);
    }
}

fn next_stage(standing: &Standing) -> String {
    standing.next_stage.map(|next| format!(", then {}", next.id())).unwrap_or_default()
}

/// How far away a day is.
fn away(day: NaiveDate, today: NaiveDate) -> String {
    let days = (day - today).num_days();
    let number = count(usize::try_from(days.unsigned_abs()).unwrap_or_default(), "day");
    match days {
        0 => "today".to_owned(),
        1.. => format!("in {number}"),
        _ => format!("{number} ago"),
    }
}

fn print_steps(heading: &str, rows: &[StepRow], today: NaiveDate, output: &mut Output<'_>) {
    if rows.is_empty() {
        return;
    }
    output.say("");
    output.say(heading);
    for row in rows {
        let day = row.when().format("%a %-d %b %Y").to_string();
        let cells = [String::new(), day, format!("{}: {}", titled(row), stands(row, today))];
        for line in lines(&cells, &DAYS) {
            output.say(&line);
        }
    }
}

/// The widths of an indented day, and of what is due on it.
const DAYS: [usize; 3] = [0, 15, WIDTH - 19];

fn print_many(all: &mut [Told], today: NaiveDate, output: &mut Output<'_>) {
    all.sort_by_cached_key(Told::order);
    let late = all.iter().filter(|told| told.standing.as_ref().is_ok_and(|standing| !standing.late.is_empty())).count();
    let all_of_them = count(all.len(), "conference");
    output.say(&format!("{all_of_them} on {}, {late} with something late (in working days)", long(today)));
    output.say("");
    let names: Vec<String> = all.iter().map(Told::name).collect();
    for told in all.iter() {
        // Two with the same name are told apart by their files.
        let is_alone = names.iter().filter(|name| **name == told.name()).count() == 1;
        let name = if is_alone { cut(&told.name(), NAMED) } else { last_of(&told.file, NAMED) };
        output.say(&match &told.standing {
            Ok(standing) => line(&name, standing),
            Err(faults) => faults.line(&told.file),
        });
    }
}

/// The width of the name of a conference among many.
const NAMED: usize = 34;

/// One line for one conference of many.
fn line(name: &str, standing: &Standing) -> String {
    let late = match (standing.late.len(), standing.most_days_late()) {
        (0, _) => String::new(),
        (late, 0) => format!("{late} late"),
        (late, days) => format!("{late} late by {}", count(days, "day")),
    };
    let next = match (standing.next.first(), standing.lacks.first()) {
        (Some(row), _) => format!("{} {}", row.when().format("%-d %b"), titled(row)),
        (None, Some(lack)) => lack.says.clone(),
        (None, None) => match &standing.carried_on_by {
            Some(reference) => format!("carried on by {reference}"),
            None => "nothing more is due".to_owned(),
        },
    };
    let line = format!("{name:NAMED$}  {:8}  {late:16}  {next}", standing.stage.id());
    cut(&line, WIDTH)
}

/// The end of a path, of at most so many characters.
fn last_of(path: &str, most: usize) -> String {
    match path.chars().count().checked_sub(most) {
        None | Some(0) => path.to_owned(),
        Some(more) => format!("…{}", path.chars().skip(more + 1).collect::<String>()),
    }
}

/// A text of at most so many characters.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}
