//! Making drafts, and what is being made just now.
//!
//! Letters to invitees are made as `invite` makes them, with proofs; all other papers as `build` does.
//!
//! Deliberately absent: sending.

use std::sync::Arc;

use maud::{Markup, html};

use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::{Opened, Titles};
use crate::desk::icons::{Icon, icon};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Tone, back, button_form, form, note, tick};
use crate::desk::post::Form;
use crate::desk::problems::notices;
use crate::desk::reply::Reply;
use crate::desk::runs::{self, Again};
use crate::desk::words;
use crate::desk::work::{Busy, Outcome, Progress};
use crate::model::artefact::{Format, JOINED};
use crate::records::PaperStatus;

/// The question.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let kinds = runs::called_for(opened)?;
        let is_joined =
            opened.listing()?.files.iter().any(|row| row.paper == JOINED && row.status == PaperStatus::Draft);
        let main = html! {
            (back(&ask.part(Part::Papers), "Papers"))
            div.measure.stack {
                h1 { "Make the drafts" }
                p.lead { "Each bears the word DRAFT. Nothing is sent, and nothing that was released changes." }
                section.panel aria-labelledby="made" {
                    h2 id="made" { "What is made" }
                    ul.columns { @for (title, number) in &kinds { li { (title) ": " (number) } } }
                }
                p { "You are " strong { (ask.name()) } ". The record says that you made them, so somebody else has to check them." }
                (form(ask, &ask.part(Part::Make), &html! {
                    fieldset.field {
                        legend.s { "In which formats?" }
                        p.hint { "None ticked: each paper in its usual ones. Letters are PDF whatever is ticked." }
                        @for format in Format::ALL { (tick(&format!("format-{}", format.extension()), "formats", format.extension(), words::format(format), false)) }
                    }
                    fieldset.field {
                        legend.s { "All in one file?" }
                        p.hint { "The papers that everybody of one kind of reader has, as one PDF to swipe through in the meeting. It has no letters, and is checked and released like any other paper." }
                        (tick("join", "join", "yes", "Join them as well, one file for each kind of reader", is_joined))
                    }
                    div.actions { button.btn type="submit" { "Make the drafts" } }
                }))
            }
        };
        Ok(Reply::Page(page(ask, &Frame::of(opened, Tab::Papers, "Make the drafts"), &main)))
    })
}

/// They are made, beside the pages.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let wanted = |format: &Format| form.all("formats").any(|one| one == format.extension());
        let formats = Format::ALL.into_iter().filter(wanted).collect();
        let again = Again { formats, join: form.get("join") == "yes", ..Again::default() };
        let (key, name) = (opened.key.clone(), ask.name().to_owned());
        let desk = Arc::clone(ask.desk);
        let started = ask
            .desk
            .work
            .start(&opened.key, "Making the drafts", move |job| runs::drafts(&desk, &key, &name, &again, job));
        Ok(begun(ask, opened, &started))
    })
}

/// Leads to what is being made, or says that something else is.
pub fn begun(ask: &Ask<'_>, opened: &Opened, started: &Result<(), Busy>) -> Reply {
    if started.is_ok() {
        return Reply::SeeOther(ask.part(Part::Run));
    }
    let main = html! {
        div.measure.stack {
            h1 { "Something is being made already" }
            p.lead { "Wait until it is done, or stop it. Nothing was begun now." }
            p { a href=(ask.part(Part::Run)) { "See what is being made" } }
        }
    };
    Reply::Stale(page(ask, &Frame::of(opened, Tab::Papers, "Something is being made already"), &main))
}

/// What is being made, or came of it.
pub fn run(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let job = ask.desk.work.of(&opened.key);
        let title = job.as_ref().map_or("Nothing is being made", |job| &job.title).to_owned();
        let progress = job.map(|job| job.progress());
        let goes_on = progress.as_ref().is_some_and(|progress| progress.outcome.is_none());
        let main = html! {
            div.measure.stack id="run" {
                @match progress.as_ref().map(|progress| (progress, &progress.outcome)) {
                    None => { h1 { (title) } p { a href=(ask.part(Part::Make)) { "Make the drafts" } } }
                    Some((progress, None)) => (going(ask, &title, progress)),
                    Some((_, Some(outcome))) => (ended(ask, opened.titles().ok().as_ref(), &title, outcome)),
                }
            }
        };
        Ok(Reply::Page(page(ask, &Frame { goes_on, ..Frame::of(opened, Tab::Papers, &title) }, &main)))
    })
}

fn going(ask: &Ask<'_>, title: &str, progress: &Progress) -> Markup {
    html! {
        h1 { (title) }
        div role="status" {
            p.lead { (if progress.step.is_empty() { "It begins." } else { &progress.step }) }
            @if progress.of > 0 { p.big { (progress.done) " of " (progress.of) } }
        }
        @if progress.of > 0 {
            progress max=(progress.of) value=(progress.done) aria-label="Letters done" {}
        } @else {
            progress aria-label="It is going on" {}
        }
        @if progress.is_stopping {
            p { "It stops after the letters in hand." }
        } @else {
            (button_form(ask, &ask.part(Part::StopRun), "btn second", "Stop"))
            p.quiet { "What is made until then stays. The next time goes on from there." }
        }
        p.small { a href=(ask.part(Part::Run)) { "Look again" } }
    }
}

fn ended(ask: &Ask<'_>, titles: Option<&Titles>, title: &str, outcome: &Outcome) -> Markup {
    let is_well = !outcome.report.has_errors() && !outcome.has_failed && !outcome.was_stopped;
    html! {
        h1 { (title) }
        @if outcome.has_failed {
            (note(Tone::Stop, "The program failed", &html! { p { "What was made is whole. Try it again." } }))
        } @else if outcome.was_stopped {
            (note(Tone::Look, "It was stopped", &html! { p { "What was made until then stays. Make the drafts again to go on from there." } }))
        } @else if is_well {
            (note(Tone::Well, "It is done", &html! {}))
        } @else {
            (note(Tone::Stop, "It could not be done", &html! { p { "What was there before is as it was." } }))
        }
        @if !outcome.says.is_empty() { ul { @for says in &outcome.says { li { (says) } } } }
        (notices(ask, &outcome.report, &|_| None))
        @if !outcome.differ.is_empty() { (again(ask, titles, outcome)) }
        div.actions {
            a.btn href=(ask.part(Part::Check)) { "Check" }
            a href=(ask.part(Part::Send)) { "Send" }
            a href=(ask.part(Part::Papers)) { (icon(Icon::Back)) "Papers" }
        }
    }
}

/// What was released and would be different now: a new version, with its reason, or nothing.
fn again(ask: &Ask<'_>, titles: Option<&Titles>, outcome: &Outcome) -> Markup {
    html! {
        section.panel aria-labelledby="again" {
            h2 id="again" { "New versions of what was released?" }
            p { "These would be different now, and stay as they were released:" }
            ul { @for kind in &outcome.differ { li { (titles.map_or(kind.as_str(), |titles| titles.of(kind))) } } }
            p.below { a.btn.second href=(ask.part(Part::Again)) { "Make new versions" } }
        }
    }
}

/// It stops after the letters in hand.
pub fn stop(ask: &Ask<'_>, _: &Form) -> Reply {
    if let Some(job) = ask.desk.work.of(ask.param("c")) {
        job.stop().store(true, std::sync::atomic::Ordering::Relaxed);
    }
    Reply::SeeOther(ask.part(Part::Run))
}
