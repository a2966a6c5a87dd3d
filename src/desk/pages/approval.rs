//! What became of the minutes: corrections that were asked for, and the day on which the chair approved them.
//!
//! Deliberately absent: changing what was said, which each point does; and a way to take an approval back but to undo it, since
//! whatever changes the minutes undoes it by itself.

use maud::{Markup, html};

use super::minutes::{readers, shares};
use super::with::with;
use crate::amend::{Edit, Written};
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, WHAT, answer, editing, one_of, seen, what_field};
use crate::desk::icons::Icon;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{
    Filled, Input, Tone, back, choices, date_input, may, note, select, tag, text_area, typed_day, with_day,
};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::model::conference::CorrectionAnswer;
use crate::model::text::one_line;
use crate::stages::MINUTES;

/// The answers, as somebody would say them.
const ANSWERS: [(CorrectionAnswer, &str); 4] = [
    (CorrectionAnswer::Open, "Not answered yet"),
    (CorrectionAnswer::Made, "The minutes are changed"),
    (CorrectionAnswer::Noted, "Both views stand"),
    (CorrectionAnswer::Refused, "The minutes stand"),
];

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let form = Form::default().with(SEEN, seen(opened)?.to_string());
        Ok(Reply::Page(draw(ask, opened, &form, &Faults::default())))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Markup {
    let empty = with_day(Form::default(), "asked", ask.today);
    let empty = with_day(empty, "approved", ask.today).with(SEEN, filled.get(SEEN)).with("answer", "open");
    let none = Faults::default();
    let of = |what| one_of(what, &Filled { form: filled, faults }, &Filled { form: &empty, faults: &none });
    let main = html! {
        (back(&ask.part(Part::Minutes), "Minutes"))
        (faults.summary())
        h1 { "Corrections and approval" }
        @if ask.word("done") == "saved" { (note(Tone::Well, "Saved", &html! { p { "Make the drafts of the minutes again. " a href=(ask.part(Part::Undo)) { "Undo" } } })) }
        div.grid.halves.below {
            div.stack { (corrections(ask, opened)) (approval(ask, opened, &of("approval"))) }
            (add(ask, opened, &of("correction")))
        }
    };
    page(ask, &Frame::of(opened, Tab::Minutes, "Corrections and approval").wrong(!faults.is_empty()), &main)
}

fn corrections(ask: &Ask<'_>, opened: &Opened) -> Markup {
    let conference = &opened.checked.conference;
    let name = |id: &str| conference.organisations.get(id).map_or_else(|| id.to_owned(), |one| one.name.clone());
    let answer = |one: CorrectionAnswer| ANSWERS.iter().find(|(own, _)| *own == one).map_or("", |(_, words)| words);
    html! {
        section.panel aria-labelledby="corrections" {
            h2 id="corrections" { "What was asked for" }
            @if conference.minutes.corrections.is_empty() { p.quiet { "Nobody asked for a correction." } }
            ul.said { @for (row, one) in conference.minutes.corrections.iter().enumerate() {
                li {
                    div {
                        p.by { strong { (name(&one.by)) } @if let Some(point) = one.agenda { " at point " (point) } (tag(Tone::Plain, Icon::Fact, answer(one.answer))) }
                        p { (one.text) }
                        p.quiet { (words::plain(one.on)) }
                    }
                    div.side { (may(readers(one.share))) a href=(ask.part(Part::Correction(row))) { "Change" span.vh { " the correction “" (one.text) "”" } } }
                }
            } }
        }
    }
}

fn approval(ask: &Ask<'_>, opened: &Opened, of: &Filled<'_>) -> Markup {
    let approved = opened.checked.conference.minutes.approved.filter(|_| opened.checked.is_approved(MINUTES));
    html! {
        section.panel aria-labelledby="approval" {
            h2 id="approval" { "The chair’s approval" }
            @if let Some(on) = approved { p { (tag(Tone::Well, Icon::Tick, format!("Approved on {}", words::plain(on)))) } }
            @else {
                p.quiet { "Until then the minutes bear the word DRAFT. Any change of what was said undoes it." }
                (editing(ask, opened, &ask.part(Part::Approval), of.form, &[("Approved on", "minutes.approved".to_owned())], &html! {
                    (what_field("approval"))
                    (date_input("approved", "On which day did the chair approve them?", None, of))
                    div.actions { button.btn.second type="submit" { "The chair has approved them" } }
                }))
            }
        }
    }
}

/// What is asked of every correction.
pub fn inputs(opened: &Opened, of: &Filled<'_>) -> Markup {
    let checked = &opened.checked;
    let organisations = checked.conference.organisations.iter().map(|(id, one)| (id.clone(), one.name.clone()));
    let organisations: Vec<_> =
        std::iter::once((String::new(), "Choose who asked".to_owned())).chain(organisations).collect();
    let points = (1_u32..).zip(&checked.agenda).map(|(n, point)| (n.to_string(), format!("{n}. {}", point.title)));
    let points: Vec<_> = std::iter::once((String::new(), "None in particular".to_owned())).chain(points).collect();
    let answers: Vec<(&str, Markup)> = ANSWERS.iter().map(|(one, words)| (one.id(), html! { (words) })).collect();
    html! {
        (date_input("asked", "When was it asked for?", None, of))
        (select(&Input::new("by", "Who asked?"), &organisations, of))
        (select(&Input::new("agenda", "At which point?"), &points, of))
        (text_area(&Input::new("text", "What is changed").hint("In words for everybody who reads the point. No names of children."), 3, of))
        (choices("answer", "What became of it?", &answers, of))
        (shares(of))
    }
}

/// What a correction lacks.
pub fn needs(edits: &mut Edits, form: &Form) {
    for (id, says) in
        [("by", "Choose who asked"), ("text", "Enter what is changed"), ("share", "Choose who may read it")]
    {
        edits.need(form, id, says);
    }
    if typed_day(form, "asked") == Ok(None) {
        edits.faults.add("asked", "Enter the day on which it was asked for");
    }
}

fn add(ask: &Ask<'_>, opened: &Opened, of: &Filled<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="add-correction" {
            h2 id="add-correction" { "Note a correction" }
            (editing(ask, opened, &ask.part(Part::Approval), of.form, &[("Corrections", "minutes.corrections".to_owned())], &html! {
                (what_field("correction"))
                (inputs(opened, of))
                div.actions { button.btn type="submit" { "Note the correction" } }
            }))
        }
    }
}

/// One of them is noted.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let edits = if form.get(WHAT) == "approval" { approved(opened, form) } else { correction(opened, form) };
        let leads = Leads::here(Tab::Minutes, ask.part(Part::Approval));
        answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, form, faults))
    })
}

fn approved(opened: &Opened, form: &Form) -> Edits {
    let mut edits = Edits::default();
    if typed_day(form, "approved") == Ok(None) {
        edits.faults.add("approved", "Enter the day on which the chair approved them");
    }
    edits.day(form, "approved", "minutes.approved", opened.checked.conference.minutes.approved);
    edits.all.push(Edit::set("minutes.status", "approved"));
    edits.at("minutes.status", "approved");
    edits
}

fn correction(opened: &Opened, form: &Form) -> Edits {
    let mut edits = Edits::default();
    let next = opened.checked.conference.minutes.corrections.len();
    needs(&mut edits, form);
    for (field, id) in [
        ("on", "asked"),
        ("by", "by"),
        ("agenda", "agenda"),
        ("text", "text"),
        ("answer", "answer"),
        ("share", "share"),
    ] {
        edits.at(format!("minutes.corrections[{next}].{field}"), id);
    }
    let mut entry = Vec::new();
    match typed_day(form, "asked") {
        Ok(day) => entry.extend(day.map(|day| ("on".to_owned(), Written::from(day.to_string())))),
        Err(says) => edits.faults.add("asked", says),
    }
    let given = ["by", "agenda", "text", "answer", "share"].into_iter().filter(|id| form.has(id));
    entry.extend(given.map(|id| (id.to_owned(), Written::from(one_line(form.get(id))))));
    edits.all.push(Edit::append("minutes.corrections", Written::Fields(entry)));
    edits
}
