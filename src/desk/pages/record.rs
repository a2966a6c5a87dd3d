//! What went to whom, when, and who checked it.
//!
//! A search is a form that is sent, so that no name is in an address.
//!
//! Deliberately absent: changing it. The record only grows.

use maud::{Markup, html};

use super::lost;
use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::{Opened, Titles};
use crate::desk::icons::{Icon, icon};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Input, MOST_ROWS, Tone, button_form, form, note, rest, tag, text_input};
use crate::desk::post::Form;
use crate::desk::problems::{Faults, notices};
use crate::desk::reply::{Download, Reply};
use crate::desk::words;
use crate::diag::{Report, count};
use crate::records::{self, Overview, PaperRow, PaperStatus, Question, Whom};

/// All of it.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| draw(ask, opened, &Form::default(), None))
}

/// What is about a name.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| draw(ask, opened, form, None))
}

/// Whether the folder is as the record says.
pub fn verify(ask: &Ask<'_>, _: &Form) -> Reply {
    with(ask, |opened| {
        let verdict = records::verify(&opened.folder, Some(&opened.file), ask.desk.own_themes.clone())?;
        let is_sound = !verdict.report.has_errors();
        let says = html! {
            @if is_sound {
                (note(Tone::Well, "The folder is sound", &html! { p { (count(verdict.read_back, "file")) " read back. Every one is as it was made, and has nothing that its readers may not read." } }))
            } @else {
                (note(Tone::Stop, "The folder is not as it was made", &html! { p { "Send nothing from it until this is put right." } }))
            }
            (notices(ask, &verdict.report, &|_| None))
            (lost::draw(ask, opened, &Form::default(), &Faults::default())?)
        };
        draw(ask, opened, &Form::default(), Some(&says))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, verdict: Option<&Markup>) -> Result<Reply, Report> {
    if opened.listing()?.lines == 0 {
        let main = html! {
            div.stack {
                h1 { "Record" }
                (note(Tone::Plain, "Nothing is recorded yet", &html! { p { "The record begins with the first drafts. " a href=(ask.part(Part::Make)) { "Make the drafts" } } }))
            }
        };
        return Ok(Reply::Page(page(ask, &Frame::of(opened, Tab::Record, "Record"), &main)));
    }
    let mut faults = Faults::default();
    let search = filled.get("q");
    let name = Some(search).filter(|name| !name.is_empty()).map(str::to_owned);
    let question = Question { of: Whom { name, number: None }, ..Question::default() };
    let found = records::overview(&opened.folder, Some(&opened.file), &question).map_err(|report| {
        faults.add_report(&report, |_| Some("q"));
    });
    let main = html! {
        (faults.summary())
        div.top-line {
            div { h1 { "Record" } p.lead { "What went to whom, when, and who checked it. Nothing is ever taken out." } }
            div.row {
                (button_form(ask, &ask.part(Part::RecordTable), "btn second", html! { (icon(Icon::Down)) "Save for Excel" }))
                (button_form(ask, &ask.part(Part::Verify), "btn second", "Is the folder sound?"))
            }
        }
        div.stack {
            @if let Some(verdict) = verdict { (verdict) }
            (find(ask, filled, &faults))
            @if let Ok(overview) = &found {
                @if !search.is_empty() { p { strong { (overview.papers.len()) " found" } " for “" (search) "”. " a href=(ask.part(Part::Record)) { "Show all" } } }
                (rows(overview, &opened.titles()?))
                (gone(overview))
                (looked(opened)?)
                p.small.quiet { "The record has " (count(overview.lines as usize, "line")) ". Its mark is " code { (overview.head) } "; written down elsewhere, it proves later that nothing before it was changed." }
            }
        }
    };
    let frame = Frame::of(opened, Tab::Record, "Record").wrong(!faults.is_empty());
    let drawn = page(ask, &frame, &main);
    Ok(if faults.is_empty() { Reply::Page(drawn) } else { Reply::Again(drawn) })
}

fn find(ask: &Ask<'_>, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let input = Input { kind: "search", ..Input::new("q", "Whose papers?") }
        .hint("A person or an organisation, the name or part of it.")
        .width("w16");
    form(
        ask,
        &ask.part(Part::Record),
        &html! {
            div.find role="search" { (text_input(&input, &of)) button.btn.second type="submit" { (icon(Icon::Find)) "Find" } }
        },
    )
}

/// The most readers that are named in a row.
const NAMED: usize = 4;

fn rows(overview: &Overview, titles: &Titles) -> Markup {
    html! {
        @if overview.papers.is_empty() { p.quiet { "Nothing matches." } }
        @else {
            div.panel.flush { table.cards {
                caption.vh { "Papers in the record" }
                thead { tr { th scope="col" { "Paper" } th scope="col" { "To" } th scope="col" { "How it stands" } th scope="col" { "Checked" } th scope="col" { "Sent" } } }
                tbody { @for row in overview.papers.iter().take(MOST_ROWS) { (line(row, titles.of(&row.paper))) } }
            } }
            (rest(overview.papers.len(), "Find a person or an organisation above, or save all of it for Excel."))
        }
    }
}

fn line(row: &PaperRow, title: &str) -> Markup {
    let is_old = matches!(row.status, PaperStatus::Superseded | PaperStatus::Withdrawn | PaperStatus::Erased);
    let more = row.to.len().saturating_sub(NAMED);
    html! {
        tr.off[is_old] {
            th scope="row" {
                (title)
                span.sub { "version " (row.version) ", " (words::plain(row.issued)) }
                @if let Some(because) = &row.because { span.sub { "because " (because) } }
            }
            td data-l="To" {
                (row.to.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("; "))
                @if more > 0 { " and " (more) " more" }
            }
            td data-l="How it stands" {
                @match row.status {
                    PaperStatus::Released if row.has_draft_mark => (tag(Tone::Look, Icon::Warn, "Not approved yet")),
                    PaperStatus::Released => (tag(Tone::Well, Icon::Tick, words::status(row.status))),
                    PaperStatus::Draft => (tag(Tone::Plain, Icon::Pen, words::status(row.status))),
                    _ => (tag(Tone::Off, Icon::Swap, words::status(row.status))),
                }
                @if let Some(lost) = &row.lost { span.sub { "Lost: " (lost.because) } }
                span.sub { "Made by " (row.maker) }
            }
            td data-l="Checked" { @for one in &row.checked { (one.by) span.sub { (words::plain(one.on)) } } }
            td data-l="Sent" {
                @for one in &row.sent { (words::channel(one.how)) span.sub { (words::plain(one.on)) @if let Some(to) = &one.to { " to " (to) } @if !one.letters.is_empty() { ", letters " (one.letters) } @if let Some(by) = &one.by { ", says " (by) } } }
            }
        }
    }
}

fn gone(overview: &Overview) -> Markup {
    html! {
        @if !overview.withdrawn.is_empty() {
            section.panel aria-labelledby="no-more" {
                h2 id="no-more" { "No longer take part" }
                ul { @for one in &overview.withdrawn {
                    li { (one.name) @if let Some(on) = one.on { ", since " (words::plain(on)) } @if let Some(because) = &one.because { ": " (because) } @if one.erased { ". Their files were destroyed." } }
                } }
            }
        }
    }
}

fn looked(opened: &Opened) -> Result<Markup, Report> {
    let looked = opened.listing()?.looked;
    Ok(html! {
        @if !looked.is_empty() {
            section.panel aria-labelledby="looked" {
                h2 id="looked" { (icon(Icon::Lock)) " Who opened what is for few eyes" }
                ul { @for one in &looked { li { (one.by) ", " (words::plain(one.on)) } } }
            }
        }
    })
}

/// All of it, as a table for a spreadsheet.
pub fn table(ask: &Ask<'_>, _: &Form) -> Reply {
    with(ask, |opened| {
        let overview = records::overview(&opened.folder, Some(&opened.file), &Question::default())?;
        let data = records::as_table(&overview);
        Ok(Reply::Download(Download {
            name: "record.csv".to_owned(),
            kind: "text/csv; charset=utf-8",
            data,
            is_shown: false,
        }))
    })
}
