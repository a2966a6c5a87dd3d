//! What was right for the last meeting, asked about as the next is begun: the link to join online, the period that is looked at, what is
//! done if the plan does not work.
//!
//! None is taken over without a word: each is said to be right, is given anew, or is left to be looked at later, and nothing is
//! released before that.
//!
//! Deliberately absent: which of them there are (`series` knows), and the later look (`still`).

use chrono::NaiveDate;
use maud::{Markup, html};

use super::minutes::readers;
use crate::amend::Edit;
use crate::desk::conference::Opened;
use crate::desk::edits::Edits;
use crate::desk::parts::{Filled, Input, choices, date_input, may, text_area, text_input, typed_day, with_day};
use crate::desk::post::Form;
use crate::model::Clearance;
use crate::model::text::{Prose, Shared};

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Online,
    Period,
    Contingency,
}

const LATER: &str = "later";

const ONLINE: &str = "meeting.online";
const PERIOD: [&str; 2] = ["context.period.from", "context.period.to"];
const CONTINGENCY: &str = "contingency";

const SAME: &str = "same";
const OTHER: &str = "other";
const NONE: &str = "none";

impl Asked {
    /// Those of some paths.
    fn of(paths: &[String]) -> Vec<Self> {
        let all = [Asked::Online, Asked::Period, Asked::Contingency];
        all.into_iter().filter(|one| one.paths().iter().any(|own| paths.iter().any(|path| path == own))).collect()
    }

    fn paths(self) -> &'static [&'static str] {
        match self {
            Asked::Online => &[ONLINE],
            Asked::Period => &PERIOD,
            Asked::Contingency => &[CONTINGENCY],
        }
    }

    /// The name of its choice in the form.
    fn id(self) -> &'static str {
        match self {
            Asked::Online => "is-online",
            Asked::Period => "is-period",
            Asked::Contingency => "is-contingency",
        }
    }

    fn question(self) -> &'static str {
        match self {
            Asked::Online => "The link to join online: is it right?",
            Asked::Period => "The period that is looked at: is it right?",
            Asked::Contingency => "What is done if the plan does not work: is it right?",
        }
    }

    /// What can be said of it.
    fn ways(self) -> Vec<(&'static str, Markup)> {
        let none = (self != Asked::Period).then(|| (NONE, html! { "There is none now" }));
        let all = [(SAME, html! { "Yes, as it stands here" }), (OTHER, html! { "No, I have changed it here" })];
        all.into_iter().chain(none).chain([(LATER, html! { "I do not know yet" })]).collect()
    }

    fn missing(self) -> &'static str {
        match self {
            Asked::Online => "Choose whether the link to join online is right",
            Asked::Period => "Choose whether the period is right",
            Asked::Contingency => "Choose whether what is done if the plan does not work is right",
        }
    }
}

fn period(opened: &Opened) -> [Option<NaiveDate>; 2] {
    let period = opened.checked.conference.context.period;
    [period.map(|period| period.from), period.map(|period| period.to)]
}

/// The form with what the conference has.
#[must_use]
pub fn filled(opened: &Opened, form: Form) -> Form {
    let conference = &opened.checked.conference;
    let form = form.with("online", conference.meeting.online.as_deref().unwrap_or_default());
    let form = form.with("contingency", contingency(opened).unwrap_or_default());
    [("from", 0), ("to", 1)].into_iter().fold(form, |form, (id, n)| match period(opened)[n] {
        Some(day) => with_day(form, id, day),
        None => form,
    })
}

/// What is done if the plan does not work, unless it is for the chair alone.
fn contingency(opened: &Opened) -> Option<&str> {
    let text = opened.checked.conference.contingency.as_ref();
    text.filter(|text| text.share() != Clearance::Restricted).map(|text| text.text.0.as_str())
}

/// The questions about those of some paths that are asked about here. Nothing if there are none.
pub fn questions(opened: &Opened, paths: &[String], of: &Filled<'_>) -> Markup {
    let all = Asked::of(paths);
    html! {
        @if !all.is_empty() {
            section.panel aria-labelledby="carried" {
                h2 id="carried" { "Is it still right?" }
                p.quiet { "It was right for the last meeting. What you leave for later stops every release until somebody has looked at it." }
                @for one in all {
                    (choices(one.id(), one.question(), &one.ways(), of))
                    (inputs(opened, one, of))
                }
            }
        }
    }
}

fn inputs(opened: &Opened, one: Asked, of: &Filled<'_>) -> Markup {
    html! {
        @match one {
            Asked::Online => (text_input(&Input::new("online", "Link to join online"), of)),
            Asked::Period => {
                (date_input("from", "The period begins on", None, of))
                (date_input("to", "The period ends on", None, of))
            }
            Asked::Contingency => {
                @if let Some(text) = &opened.checked.conference.contingency { p.below { (may(readers(text.share()))) } }
                (text_area(&Input::new("contingency", "What is done if the plan does not work"), 4, of))
            }
        }
    }
}

/// The form with each of these left for later.
#[must_use]
pub fn left(paths: &[String], form: Form) -> Form {
    Asked::of(paths).into_iter().fold(form, |form, one| form.with(one.id(), LATER))
}

/// Paths that are asked about here.
pub fn is_asked(path: &str) -> bool {
    path == ONLINE || path == CONTINGENCY || PERIOD.contains(&path)
}

/// What was said of these paths. Returns those that are left to be looked at.
pub fn said(opened: &Opened, paths: &[String], edits: &mut Edits, form: &Form) -> Vec<String> {
    let mut later = Vec::new();
    for one in Asked::of(paths) {
        for path in one.paths() {
            edits.at(*path, one.id());
        }
        match form.get(one.id()) {
            SAME => {}
            LATER => later.extend(paths.iter().filter(|path| one.paths().contains(&path.as_str())).cloned()),
            NONE if one != Asked::Period => edits.all.push(Edit::remove(one.paths()[0])),
            OTHER => given(opened, one, edits, form),
            // Nobody said so, and what was typed is not lost.
            _ => edits.faults.add(one.id(), one.missing()),
        }
    }
    later
}

/// One of them is given anew.
fn given(opened: &Opened, one: Asked, edits: &mut Edits, form: &Form) {
    let conference = &opened.checked.conference;
    match one {
        Asked::Online => {
            edits.need(form, "online", "Enter the link to join online");
            edits.text(form, "online", ONLINE, conference.meeting.online.as_deref().unwrap_or_default());
        }
        Asked::Period => {
            for (id, path, now) in [("from", PERIOD[0], period(opened)[0]), ("to", PERIOD[1], period(opened)[1])] {
                if typed_day(form, id) == Ok(None) {
                    edits.faults.add(id, "Enter the day");
                }
                edits.day(form, id, path, now);
            }
        }
        Asked::Contingency => {
            edits.need(form, "contingency", "Enter what is done if the plan does not work");
            edits.at(CONTINGENCY, "contingency");
            let is_marked = |text: &Shared<Prose>| text.mark.is_some() || text.reason.is_some();
            let is_marked = conference.contingency.as_ref().is_some_and(is_marked);
            let path = if is_marked { format!("{CONTINGENCY}.text") } else { CONTINGENCY.to_owned() };
            if contingency(opened) != Some(form.get("contingency")) {
                edits.all.push(Edit::set(path, form.get("contingency")));
            }
        }
    }
}
