//! The papers, kind by kind, and each kind as one audience reads it, with what is held back from it.
//!
//! Deliberately absent: what only few may read, which is behind the door.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::person::status;
use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::door::is_behind;
use crate::desk::icons::{Icon, icon};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{MOST_ROWS, Tone, back, may, note, rest, tag};
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::{Report, count};
use crate::jobs;
use crate::model::{Audience, Clearance};
use crate::records::{FileRow, PaperStatus, RunFile};

/// Every kind.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let kinds = Kinds::read(opened)?;
        let main = html! {
            div.top-line {
                div { h1 { "Papers" } p.lead { "Each kind, as each of its readers has it." } }
                div.row {
                    a.btn.second href=(ask.part(Part::Make)) { "Make the drafts" }
                    a.btn.second href=(ask.part(Part::Again)) { "New versions" }
                    a.btn.second href=(ask.part(Part::Look)) { "Look and wording" }
                }
            }
            @if kinds.0.is_empty() {
                (note(Tone::Plain, "No paper is made yet", &html! { p { "Make the drafts first. Nothing is sent by that." } }))
            } @else {
                div.panel.flush { table.cards {
                    caption.vh { "Kinds of paper" }
                    thead { tr { th scope="col" { "Paper" } th scope="col" { "Read by" } th scope="col" { "Copies" } th scope="col" { "How they stand" } } }
                    tbody { @for (kind, of) in &kinds.0 { (line(ask, kind, of)) } }
                } }
            }
            p.below { (icon(Icon::Lock)) " " a href=(ask.part(Part::Door)) { "For few eyes" } ": links to children’s records, protected names, the annex" }
        };
        Ok(Reply::Page(page(ask, &Frame::of(opened, Tab::Papers, "Papers"), &main)))
    })
}

/// Kinds with their files, by audience.
struct Kinds(BTreeMap<String, OfKind>);

struct OfKind {
    title: String,
    by: BTreeMap<Audience, Vec<FileRow>>,
}

impl Kinds {
    fn read(opened: &Opened) -> Result<Self, Report> {
        let titles = jobs::titles(&opened.checked)?;
        let mut kinds: BTreeMap<String, OfKind> = BTreeMap::new();
        for row in opened.listing()?.files {
            let stands = matches!(row.status, PaperStatus::Draft | PaperStatus::Released);
            let is_paper = row.part.as_ref().is_none_or(|part| part.kind == RunFile::Letter);
            let Some(audience) = words::audience(&row.audience).filter(|_| stands && is_paper) else { continue };
            if !row.is_sent || is_behind(&row) {
                continue;
            }
            let title = titles.get(&row.paper).cloned().unwrap_or_else(|| row.paper.clone());
            let of = kinds.entry(row.paper.clone()).or_insert(OfKind { title, by: BTreeMap::new() });
            of.by.entry(audience).or_default().push(row);
        }
        Ok(Self(kinds))
    }
}

fn line(ask: &Ask<'_>, kind: &str, of: &OfKind) -> Markup {
    html! {
        @for (n, (audience, files)) in of.by.iter().enumerate() {
            tr {
                th scope="row" {
                    a href=(ask.part(Part::Paper(kind, audience.id()))) { (of.title) @if n > 0 { span.vh { ", " (words::reads(*audience)) } } }
                }
                td data-l="Read by" { (may(*audience)) }
                td data-l="Copies" { (files.len()) }
                td data-l="How they stand" { (stands(files)) }
            }
        }
    }
}

fn stands(files: &[FileRow]) -> Markup {
    let drafts = files.iter().filter(|row| row.status == PaperStatus::Draft).count();
    let sent = files.iter().filter(|row| !row.sent.is_empty()).count();
    html! {
        @match (drafts, sent) {
            (0, sent) if sent == files.len() => (tag(Tone::Done, Icon::Tick, "Sent")),
            (0, 0) => (tag(Tone::Well, Icon::Tick, "Checked")),
            (0, sent) => (tag(Tone::Well, Icon::Tick, format!("Checked, {sent} sent"))),
            (drafts, _) if drafts == files.len() => (tag(Tone::Plain, Icon::Pen, "Draft")),
            (drafts, _) => (tag(Tone::Plain, Icon::Pen, format!("{drafts} drafts"))),
        }
    }
}

/// One kind, as one audience reads it.
pub fn kind(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let kinds = Kinds::read(opened)?;
        let found = kinds.0.get(ask.param("kind")).zip(words::audience(ask.param("audience")));
        let files = found.and_then(|(of, audience)| Some((of, audience, of.by.get(&audience)?)));
        let Some((of, audience, files)) = files else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let title = format!("{}: {}", of.title, words::reads(audience).to_lowercase());
        let main = html! {
            (back(&ask.part(Part::Papers), "Papers"))
            div.stack {
                h1 { (of.title) }
                (switch(ask, of, audience))
                (held_back(opened, ask.param("kind"), audience))
                (copies(ask, opened, files))
                (super::preview::of(ask, opened, files)?)
            }
        };
        Ok(Reply::Page(page(ask, &Frame::of(opened, Tab::Papers, &title), &main)))
    })
}

fn switch(ask: &Ask<'_>, of: &OfKind, current: Audience) -> Markup {
    html! {
        nav.switch aria-label="Read by" {
            @for audience in of.by.keys() {
                a href=(ask.part(Part::Paper(ask.param("kind"), audience.id()))) aria-current=[(*audience == current).then_some("page")] {
                    "As " (words::reads(*audience).to_lowercase()) " read" @if matches!(audience, Audience::Public | Audience::Community) { "s" } " it"
                }
            }
        }
    }
}

fn copies(ask: &Ask<'_>, opened: &Opened, files: &[FileRow]) -> Markup {
    html! {
        section.panel aria-labelledby="copies" {
            h2 id="copies" { (if files.len() == 1 { "1 copy".to_owned() } else { format!("{} copies", files.len()) }) }
            ul.plain-list {
                @for row in files.iter().take(MOST_ROWS) {
                    li {
                        a href=(ask.part(Part::File(&row.key()))) target="_blank" rel="noopener" {
                            (opened.readers(&row.to)) span.vh { ": open as " (row.ending().to_uppercase()) " in a new tab" }
                        }
                        " " (status(row))
                        span.sub { "Version " (row.version) @if let Some(pages) = row.pages { ", " (count(pages as usize, "page")) } }
                    }
                }
            }
            (rest(files.len(), "Somebody’s own are on their page, and in the record."))
        }
    }
}

/// What was said at the meeting that these readers do not get, point by point. What only the chair may read is counted, and
/// not shown.
fn held_back(opened: &Opened, kind: &str, audience: Audience) -> Markup {
    let tells_what_was_said = ["minutes", "summary"].contains(&kind);
    let conference = &opened.checked.conference;
    let agenda = &opened.checked.agenda;
    let share = |item: &crate::model::conference::Item| {
        let point = (item.agenda as usize).checked_sub(1).and_then(|n| agenda.get(n));
        item.share.max(point.map_or(Clearance::Public, |point| point.share))
    };
    let held: Vec<_> = conference.items.iter().filter(|item| !audience.may_read(share(item))).collect();
    if held.is_empty() || !tells_what_was_said {
        return html! {};
    }
    let name = |id: &str| conference.organisations.get(id).map_or(id, |one| one.name.as_str()).to_owned();
    html! {
        details.panel {
            summary { strong { (count(held.len(), "thing")) " held back from this version" } }
            ul.plain-list {
                @for item in held {
                    li.between.row {
                        span {
                            "Point " (item.agenda)
                            @if share(item) != Clearance::Restricted { " · " (name(&item.by)) ": " (item.text) }
                        }
                        (may(match share(item) {
                            Clearance::Public => Audience::Public,
                            Clearance::Community => Audience::Community,
                            Clearance::Professional => Audience::Professional,
                            Clearance::Restricted => Audience::Restricted,
                        }))
                    }
                }
            }
        }
    }
}
