//! All conferences in the folder, by what is owed next.
//!
//! Deliberately absent: names of people.

use chrono::{Days, NaiveDate};
use maud::{Markup, html};

use crate::desk::ask::Ask;
use crate::desk::conference::{Found, Opened, Unsound};
use crate::desk::icons::{Icon, icon};
use crate::desk::layout::{Frame, page};
use crate::desk::link::{Link, Part, Target};
use crate::desk::parts::{Tone, note, tag};
use crate::desk::problems::notices;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::{Report, codes, count};
use crate::model::stage::ConferenceStage;
use crate::status::{CarriedOn, Status, status};
use crate::timetable::StepRow;

/// The stages on the way, as many as have a mark.
const WAY: [ConferenceStage; 5] = [
    ConferenceStage::Called,
    ConferenceStage::Invited,
    ConferenceStage::Held,
    ConferenceStage::Decided,
    ConferenceStage::Recorded,
];

/// A conference with where it stands.
struct Row {
    found: Found,
    standing: Result<(Opened, Status), Box<Unsound>>,
}

impl Row {
    fn read(ask: &Ask<'_>, found: Found) -> Self {
        let standing = found.clone().open(ask.desk).map(|opened| {
            let status = status(&opened.checked, &opened.happened, ask.today);
            (opened, status)
        });
        Self { found, standing }
    }

    /// The same with what another conference took on.
    fn followed(self, next: &CarriedOn) -> Self {
        let standing = self.standing.map(|(opened, status)| {
            let status = match next.of(&opened.checked.borough.id, &status.conference) {
                Some(reference) => status.carried_on_by(reference),
                None => status,
            };
            (opened, status)
        });
        Self { standing, ..self }
    }

    /// By what is owed next: what is late, then what is due, then what cannot be read, then what is over.
    fn order(&self) -> (bool, NaiveDate) {
        match &self.standing {
            Ok((_, status)) => {
                let owed = status.late.first().or(status.next.first()).map(StepRow::when);
                (owed.is_none(), owed.unwrap_or(NaiveDate::MAX))
            }
            Err(_) => (false, NaiveDate::MAX),
        }
    }

    fn link(&self, ask: &Ask<'_>) -> Link {
        ask.link(&Target::Conference(&self.found.key, Part::Overview))
    }
}

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    let all = match ask.desk.conferences() {
        Ok(all) => all,
        Err(report) => return Reply::Page(none(ask, &report)),
    };
    let mut next = CarriedOn::default();
    let rows: Vec<Row> = all.into_iter().map(|found| Row::read(ask, found)).collect();
    for (opened, _) in rows.iter().filter_map(|row| row.standing.as_ref().ok()) {
        next.note(&opened.checked.borough.id, &opened.checked.conference);
    }
    let mut rows: Vec<Row> = rows.into_iter().map(|row| row.followed(&next)).collect();
    rows.sort_by_cached_key(Row::order);
    let owed = owed(ask, &rows);
    let main = html! {
        div.top-line { div { h1 { "Your conferences" } p.lead { (lead(&owed, ask.today)) } } @if !ask.desk.folder.is_file() { (start(ask, "btn second")) } }
        div.stack-l {
            @if !owed.is_empty() {
                section.panel aria-labelledby="owed" {
                    h2 id="owed" { "Owed by " (words::long(ask.today + WEEK)) }
                    ol.next { @for one in &owed { (one.draw(ask.today)) } }
                }
            }
            section aria-labelledby="all" {
                div.row.between { h2 id="all" { "All conferences in this folder" } p.quiet.small { (count(rows.len(), "conference")) } }
                (table(ask, &rows))
            }
        }
    };
    Reply::Page(page(ask, &Frame::new("Your conferences"), &main))
}

/// The page of a folder without conferences.
fn none(ask: &Ask<'_>, report: &Report) -> Markup {
    let is_empty = report.diagnostics.iter().all(|one| one.code == codes::NO_CONFERENCE);
    let main = html! {
        div.stack {
            h1 { "Your conferences" }
            p.lead { "There is no conference in this folder yet." }
            (note(Tone::Plain, "Where conferences come from", &html! {
                p { "Start one here: it takes a few minutes, and nobody is written to by it. Or copy the folder of an earlier one into this one, and open this page again." }
            }))
            @if is_empty { div.actions { (start(ask, "btn")) } } @else { (notices(ask, report, &|_| None)) }
        }
    };
    page(ask, &Frame::new("Your conferences"), &main)
}

fn start(ask: &Ask<'_>, class: &str) -> Markup {
    html! { a class=(class) href=(ask.link(&Target::Begin)) { "Start a conference" } }
}

const WEEK: Days = Days::new(7);

/// Something that is owed soon.
struct Owed {
    row: StepRow,
    label: String,
    link: Link,
    is_late: bool,
}

/// The most that is listed: nobody does more in a week.
const MOST: usize = 8;

fn owed(ask: &Ask<'_>, rows: &[Row]) -> Vec<Owed> {
    let until = ask.today + WEEK;
    let mut all: Vec<Owed> = Vec::new();
    for row in rows {
        let Ok((opened, status)) = &row.standing else { continue };
        let one = |step: &StepRow, is_late| Owed {
            row: step.clone(),
            label: opened.checked.conference.context.label.clone(),
            link: row.link(ask),
            is_late,
        };
        all.extend(status.late.iter().map(|step| one(step, true)));
        all.extend(status.next.iter().filter(|step| step.when() <= until).map(|step| one(step, false)));
    }
    all.sort_by_key(|one| one.row.when());
    all.truncate(MOST);
    all
}

fn lead(owed: &[Owed], today: NaiveDate) -> String {
    let late = owed.iter().filter(|one| one.is_late).count();
    let next = owed.iter().find(|one| !one.is_late);
    match (late, next) {
        (0, None) => "Nothing is owed this week.".to_owned(),
        (0, Some(one)) => {
            format!("Nothing is late. The next thing is due {}.", words::away(one.row.when(), today).to_lowercase())
        }
        (1, _) => "One thing is late.".to_owned(),
        (late, _) => format!("{late} things are late."),
    }
}

impl Owed {
    fn draw(&self, today: NaiveDate) -> Markup {
        html! {
            li.first[self.is_late] {
                span.k { (icon(if self.is_late { Icon::Warn } else { Icon::Clock })) }
                div { h3 { a href=(self.link) { (self.row.title) } } p.quiet { (self.label) } }
                p.due {
                    strong { @if self.is_late { "Late: " } (words::away(self.row.when(), today)) }
                    span.sub { (words::long(self.row.when())) }
                }
            }
        }
    }
}

fn table(ask: &Ask<'_>, rows: &[Row]) -> Markup {
    html! {
        div.panel.flush { table.cards {
            thead { tr { th scope="col" { "Conference" } th scope="col" { "Meeting" } th scope="col" { "Where it is" } th scope="col" { "Next" } } }
            tbody { @for row in rows { (line(ask, row)) } }
        } }
    }
}

fn line(ask: &Ask<'_>, row: &Row) -> Markup {
    let link = row.link(ask);
    match &row.standing {
        Ok((opened, status)) => html! {
            tr {
                th scope="row" {
                    a href=(link) { (status.context) }
                    span.sub { (status.conference) " · " (words::kind(opened.checked.conference.kind)) }
                }
                td data-l="Meeting" {
                    @match status.meeting { Some(day) => { (words::plain(day)) } None => { "Not fixed yet" } }
                }
                td data-l="Where it is" { (way(status.stage)) span.sub { (words::stage(status.stage)) } }
                td data-l="Next" { (next(status, ask.today)) }
            }
        },
        Err(unsound) => html! {
            tr {
                th scope="row" {
                    a href=(link) { @match &unsound.reference { Some(reference) => { (reference) } None => { "A conference that cannot be read" } } }
                    span.sub { (folder_of(unsound)) }
                }
                td data-l="Meeting" { "–" }
                td data-l="Where it is" { (tag(Tone::Stop, Icon::Stop, "Needs putting right")) }
                td data-l="Next" { (count(unsound.report.counts().0, "problem")) }
            }
        },
    }
}

fn folder_of(unsound: &Unsound) -> String {
    let folder = unsound.file.parent().and_then(|folder| folder.file_name());
    folder.map(|name| format!("in the folder {}", name.to_string_lossy())).unwrap_or_default()
}

fn next(status: &Status, today: NaiveDate) -> Markup {
    let row = status.late.first().map(|row| (row, true)).or(status.next.first().map(|row| (row, false)));
    html! {
        @match row {
            Some((row, is_late)) => {
                @if is_late { strong { (row.title) } } @else { (row.title) }
                span.sub { @if is_late { "late: " } (words::away(row.when(), today).to_lowercase()) ", " (words::plain(row.when())) }
            }
            None => {
                @match &status.carried_on_by {
                    Some(reference) => { span.quiet { "Carried on by " (reference) } }
                    None => { span.quiet { "Nothing more is due" } }
                }
            }
        }
    }
}

/// How far it is, as marks. The word stands beside them.
fn way(stage: ConferenceStage) -> Markup {
    let reached = WAY.iter().filter(|one| **one <= stage).count();
    let is_over = stage == ConferenceStage::Cancelled;
    html! {
        span.way aria-hidden="true" {
            @for n in 0..WAY.len() {
                i.d[!is_over && n < reached] .n[!is_over && n == reached] {}
            }
        }
    }
}
