//! Where a conference stands: what to do next, what wants a look, its dates.
//!
//! Deliberately absent: what is not owed.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::icons::{Icon, icon};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::{Link, Part};
use crate::desk::parts::{Tone, note};
use crate::desk::places::page_of;
use crate::desk::problems::notices;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::count;
use crate::status::{Lack, Status, status};
use crate::timetable::{StepRow, StepState, timetable};

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let mut status = status(&opened.checked, &opened.happened, ask.today);
        let mut steps = timetable(&opened.checked, &opened.happened, ask.today).steps;
        if let Some(reference) = ask.desk.carried_on_by(opened) {
            status = status.carried_on_by(&reference);
            steps.retain(|row| row.state == StepState::Done || !row.is_of_the_plan());
        }
        let warnings = opened.checked.warnings();
        let title = "Overview";
        let main = html! {
            h1.vh { (opened.checked.conference.context.label) ": overview" }
            (done(ask.word("done")))
            div.grid.main-side {
                div.stack-l {
                    (to_do(ask, opened, &status))
                    @if !warnings.diagnostics.is_empty() {
                        section.stack aria-labelledby="look" id="problems" {
                            h2 id="look" { (count(warnings.diagnostics.len(), "thing")) " to look at" }
                            p.quiet { "They stop nothing. Look at each once." }
                            (notices(ask, warnings, &|one| page_of(ask, opened, one)))
                        }
                    }
                }
                section.panel aria-labelledby="dates" {
                    h2 id="dates" { "Its dates" }
                    (dates(&steps, ask.today))
                    p.small.quiet.below { "Working days leave out weekends and bank holidays." }
                }
            }
        };
        Ok(Reply::Page(page(ask, &Frame::of(opened, Tab::Overview, title), &main)))
    })
}

fn done(word: &str) -> Markup {
    html! {
        @if word == "begun" { (note(Tone::Well, "The conference is started", &html! { p { "Add the people next, then make the drafts of their letters." } })) }
        @if word == "stopped" { (note(Tone::Well, "It was stopped", &html! { p { "What was made until then stays." } })) }
    }
}

/// One thing to do.
struct ToDo {
    says: String,
    more: Option<String>,
    to: Option<(Link, &'static str)>,
}

fn to_do(ask: &Ask<'_>, opened: &Opened, status: &Status) -> Markup {
    let late = status.late.iter().map(|row| ToDo {
        says: row.title.clone(),
        more: Some(format!("It was due on {}{}.", words::long(row.due), progress(row))),
        to: step(ask, opened, row),
    });
    let all: Vec<ToDo> = status.lacks.iter().map(|lack| lacking(ask, opened, lack)).chain(late).collect();
    let next = status.next.first();
    html! {
        section.panel aria-labelledby="do" {
            h2 id="do" { "What to do next" }
            @if all.is_empty() && next.is_none() {
                p { "Nothing is owed. " @if status.next_stage.is_none() { "This conference is complete." } }
            }
            ol.next {
                @for (n, one) in all.iter().enumerate() {
                    li.first[n == 0] {
                        span.k { (n + 1) }
                        div { h3 { (one.says) } @if let Some(more) = &one.more { p.quiet { (more) } } }
                        @if let Some((link, words)) = &one.to {
                            a class=(if n == 0 { "btn slim" } else { "btn second slim" }) href=(link) { (words) }
                        }
                    }
                }
                @if let Some(row) = next {
                    li {
                        span.k { (icon(Icon::Clock)) }
                        div { h3 { (row.title) } p.quiet { (words::long(row.when())) (progress(row)) } }
                        p.due { strong { (words::away(row.when(), ask.today)) } }
                    }
                }
            }
            @if opened.happened.kinds().next().is_some() {
                p.small.below { a href=(ask.part(Part::Make)) { "Make the drafts again" } }
            }
            @if let Some(reference) = &status.carried_on_by {
                p.small { "Its plan is carried on by " (reference) ", and what is still to be done of it is shown there." }
            } @else if opened.checked.has_met() && !ask.desk.folder.is_file() {
                p.small { a href=(ask.part(Part::Next)) { "Begin the review of this conference" } ", or its last conference" }
            }
        }
    }
}

/// The page where a step is done that ends with a kind of paper: making it, checking it or sending it.
fn step(ask: &Ask<'_>, opened: &Opened, row: &StepRow) -> Option<(Link, &'static str)> {
    let kind = opened.checked.steps.get(&row.id)?.paper.as_deref()?;
    let sendings = opened.happened.of(kind);
    Some(if sendings.released > sendings.sent {
        (ask.part(Part::SendKind(kind)), "Send them")
    } else if opened.happened.kinds().any(|one| one == kind) {
        (ask.part(Part::CheckKind(kind)), "Check them")
    } else {
        (ask.part(Part::Make), "Make the drafts")
    })
}

fn progress(row: &StepRow) -> String {
    row.progress.as_ref().map(|progress| format!(": {progress}")).unwrap_or_default()
}

/// What a stage lacks, with the page where it is done. What is done in the file says so.
fn lacking(ask: &Ask<'_>, opened: &Opened, lack: &Lack) -> ToDo {
    let page = |part, words| Some((ask.part(part), words));
    let (more, to) = match lack.id {
        "invitations-not-made" | "minutes-not-made" | "cancellations-not-made" | "changes-not-made" => {
            (Some("They are made as drafts. Nothing is sent by that."), page(Part::Make, "Make the drafts"))
        }
        "invitations-not-released" | "minutes-not-released" | "cancellations-not-released" | "changes-not-released" => {
            (Some("Somebody who did not make them has to check them."), page(Part::Check, "Check them"))
        }
        "invitations-not-sent" | "minutes-not-sent" | "cancellations-not-sent" | "changes-not-sent" => {
            (Some("Send them, then say so here."), page(Part::Send, "Send them"))
        }
        "no-attendance" => (None, page(Part::Attendance, "Who came")),
        "nobody-invited" => (None, page(Part::People, "People")),
        "to-fill-in" if opened.checked.holds_up_every_paper() => {
            (Some("Nothing is released before that."), page(Part::Still, "Look at it"))
        }
        "to-fill-in" => {
            (Some("The minutes are not released before that. Letters are."), page(Part::Still, "Look at it"))
        }
        "not-approved" => (Some("Once the chair has approved them, say so here."), page(Part::Approval, "Approval")),
        "approval-undone" => (Some("The chair has to approve them again."), page(Part::Approval, "Approval")),
        "no-reader" => (
            Some("If the file was cut short, put back what it has lost. Whoever no longer takes part is withdrawn."),
            page(Part::People, "People"),
        ),
        "minutes-not-reissued" => (
            Some("Make new versions of them, now that the chair has approved them."),
            page(Part::Again, "New versions"),
        ),
        "papers-of-an-earlier-day" => {
            (Some("Make new versions of them, with the reason."), page(Part::Again, "New versions"))
        }
        "no-decision" => (None, page(Part::Decisions, "What was decided")),
        "no-next-day" | "no-day-again" => (None, page(Part::Decisions, "When it is")),
        _ => (None, None),
    };
    ToDo { says: words::sentence(&lack.says).trim_end_matches('.').to_owned(), more: more.map(str::to_owned), to }
}

fn dates(steps: &[StepRow], today: NaiveDate) -> Markup {
    let now = steps.iter().position(|row| row.state == StepState::Due);
    html! {
        ol.line {
            @for (n, row) in steps.iter().enumerate() {
                @let (class, drawing, says) = match row.state {
                    // What became of an action that was given up is not that it was done.
                    StepState::Done if row.progress.is_some() => ("past", Some(Icon::Tick), ""),
                    StepState::Done => ("past", Some(Icon::Tick), "Done. "),
                    StepState::Late => ("late", Some(Icon::Warn), "Late. "),
                    StepState::Due if Some(n) == now => ("now", None, ""),
                    StepState::Past | StepState::Due => ("", None, ""),
                };
                li class=[Some(class).filter(|class| !class.is_empty())] {
                    p.when { (words::short(row.when(), today)) }
                    span.dot { @if let Some(drawing) = drawing { (icon(drawing)) } }
                    div {
                        h3 { (row.title) }
                        p.quiet.small {
                            @if !says.is_empty() { strong { (says) } }
                            @if !row.rule.is_empty() { (words::sentence(&row.rule)) " " }
                            @if let Some(progress) = &row.progress { (words::sentence(progress)) " " }
                            @if Some(n) == now { strong { (words::away(row.when(), today)) "." } }
                        }
                    }
                }
            }
        }
    }
}
