//! The goals of the plan: what is to change, how that is told, and what was found when it was measured.
//!
//! Deliberately absent: actions, which stand beside the decisions; and a change of what was found on a day, which has a page of its own.

use maud::{Markup, html};

use super::minutes::{readers, share_id, shares};
use super::plan::goal_of;
use super::reading::{inputs as inputs_of_reading, needs as needs_of_reading};
use super::with::with;
use crate::amend::{Edit, Written};
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, WHAT, answer, editing, one_of, seen, what_field};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Input, Tone, back, may, note, select, text_area, typed_day, with_day};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::{Report, count};
use crate::model::conference::Domain;
use crate::model::plan::Goal;
use crate::model::text::one_line;

/// The four areas, as somebody would say them.
const AREAS: [(Domain, &str); 4] = [
    (Domain::PhysicalDesign, "The place: how it is built, lit and looked after"),
    (Domain::Guardianship, "The adults who are there for young people"),
    (Domain::PeerDynamics, "How young people are with one another"),
    (Domain::Policies, "Rules, and how they are kept"),
];

/// All of them.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let form = Form::default().with(SEEN, seen(opened)?.to_string());
        Ok(Reply::Page(draw(ask, opened, &form, &Faults::default())))
    })
}

fn area(domain: Domain) -> &'static str {
    AREAS.iter().find(|(own, _)| *own == domain).map_or("", |(_, words)| words)
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let goals = &opened.checked.conference.goals;
    let main = html! {
        (back(&ask.part(Part::Decisions), "Decisions and actions"))
        (faults.summary())
        div.stack-s { h1 { "Goals of the plan" } p.lead { "Each says what is to be different, and how everybody will know that it is." } }
        @if ask.word("done") == "saved" { (note(Tone::Well, "Saved", &html! { p { a href=(ask.part(Part::Undo)) { "Undo" } } })) }
        div.grid.halves.below {
            section.panel aria-labelledby="goals" {
                h2 id="goals" { (count(goals.len(), "goal")) }
                @if goals.is_empty() { p.quiet { "There is none yet." } }
                ul.said { @for (n, goal) in (1_u32..).zip(goals) { (line(ask, n, goal)) } }
            }
            section.panel aria-labelledby="add-goal" {
                h2 id="add-goal" { "Add a goal" }
                (editing(ask, opened, &ask.part(Part::Goals), filled, &[("Goals", "goals".to_owned())], &html! {
                    (what_field("goal"))
                    (inputs(&of))
                    div.actions { button.btn type="submit" { "Add the goal" } }
                }))
            }
        }
    };
    page(ask, &Frame::of(opened, Tab::Minutes, "Goals of the plan").wrong(!faults.is_empty()), &main)
}

fn line(ask: &Ask<'_>, n: u32, goal: &Goal) -> Markup {
    html! {
        li {
            div {
                p { strong { (goal.goal) } }
                p.quiet { (area(goal.domain)) }
                @if let Some(measure) = &goal.measure { p { "Known by: " (measure.text) } }
                @if let Some(last) = goal.readings.last() { p.quiet { "Measured on " (words::plain(last.on)) ": " (last.text) } }
                p.quiet { (count(goal.actions.len(), "action")) }
            }
            div.side { (may(readers(goal.share))) a href=(ask.part(Part::Goal(n))) { "Change" span.vh { " the goal “" (goal.goal) "”" } } }
        }
    }
}

fn inputs(of: &Filled<'_>) -> Markup {
    let areas = AREAS.iter().map(|(one, words)| (one.id().to_owned(), (*words).to_owned()));
    let areas: Vec<_> =
        std::iter::once((String::new(), "Choose one of the four areas".to_owned())).chain(areas).collect();
    html! {
        (text_area(&Input::new("goal", "What is to be different").hint("The state when it is reached, in words for everybody who reads it. No names of children."), 2, of))
        (select(&Input::new("domain", "What it changes"), &areas, of))
        (text_area(&Input::new("baseline", "How it is now (if it is known)"), 2, of))
        (text_area(&Input::new("measure", "How everybody will know").hint("Something that can be counted or seen."), 2, of))
        (shares(of))
    }
}

fn needs(edits: &mut Edits, form: &Form) {
    for (id, says) in [
        ("goal", "Enter what is to be different"),
        ("domain", "Choose what it changes"),
        ("measure", "Enter how everybody will know that it is reached"),
        ("share", "Choose who may read it"),
    ] {
        edits.need(form, id, says);
    }
}

/// One is added.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| -> Result<Reply, Report> {
        let leads = Leads::here(Tab::Minutes, ask.part(Part::Goals));
        answer(ask, opened, form, added(opened, form), leads, |faults| draw(ask, opened, form, faults))
    })
}

fn added(opened: &Opened, form: &Form) -> Edits {
    let mut edits = Edits::default();
    needs(&mut edits, form);
    let next = opened.checked.conference.goals.len();
    for id in ["goal", "domain", "baseline", "measure", "share"] {
        edits.at(format!("goals[{next}].{id}"), id);
    }
    let share = form.get("share");
    let text = |id: &str| Written::from(one_line(form.get(id)));
    let mut entry =
        vec![("id", Written::from(free_id(opened))), ("domain", form.get("domain").into()), ("goal", text("goal"))];
    if form.has("baseline") {
        // Unlike its measure, it has a mark of its own.
        entry.push(("baseline", Written::fields([("text", text("baseline")), ("share", share.into())])));
    }
    entry.extend([("measure", text("measure")), ("share", share.into())]);
    edits.all.push(Edit::append("goals", Written::fields(entry)));
    edits
}

/// A short id that no goal has.
fn free_id(opened: &Opened) -> String {
    let taken = |id: &str| opened.checked.conference.goals.iter().any(|goal| goal.id == id);
    (1_u32..=u32::MAX).map(|n| format!("g{n}")).find(|id| !taken(id)).unwrap_or_default()
}

/// One of them.
pub fn one(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let Some((number, _, goal)) = goal_of(ask, opened) else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let form = filled(ask, goal).with(SEEN, seen(opened)?.to_string());
        Ok(Reply::Page(draw_one(ask, opened, (number, goal), &form, &Faults::default())))
    })
}

fn filled(ask: &Ask<'_>, goal: &Goal) -> Form {
    let text = |text: &Option<crate::model::text::Shared>| text.as_ref().map_or("", |one| &one.text).to_owned();
    let form = Form::default()
        .with("goal", &*goal.goal)
        .with("domain", goal.domain.id())
        .with("baseline", text(&goal.baseline))
        .with("measure", text(&goal.measure))
        .with("share", share_id(goal.share))
        .with("readers", share_id(goal.share));
    with_day(form, "measured", ask.today)
}

fn draw_one(ask: &Ask<'_>, opened: &Opened, (number, goal): (u32, &Goal), sent: &Form, faults: &Faults) -> Markup {
    let (empty, none) = (filled(ask, goal).with(SEEN, sent.get(SEEN)), Faults::default());
    let of = |what| one_of(what, &Filled { form: sent, faults }, &Filled { form: &empty, faults: &none });
    let main = html! {
        (back(&ask.part(Part::Goals), "Goals of the plan"))
        (faults.summary())
        h1 { "Change a goal" }
        @if ask.word("done") == "saved" { (note(Tone::Well, "Saved", &html! { p { a href=(ask.part(Part::Undo)) { "Undo" } } })) }
        div.grid.halves.below {
            section.panel aria-labelledby="the-goal" {
                h2 id="the-goal" { "The goal" }
                (editing(ask, opened, &ask.part(Part::Goal(number)), of("goal").form, &[("The goal", format!("goals[{}].goal", number.saturating_sub(1)))], &html! {
                    (what_field("goal"))
                    (inputs(&of("goal")))
                    div.actions {
                        button.btn type="submit" { "Save" }
                        button.btn.danger type="submit" name="out" value="yes" { "Take it out" @if !goal.actions.is_empty() { ", with " (count(goal.actions.len(), "action")) } }
                    }
                }))
            }
            div.stack { (measured(ask, number, goal)) (measure(ask, opened, number, &of("reading"))) }
        }
    };
    page(ask, &Frame::of(opened, Tab::Minutes, "Change a goal").wrong(!faults.is_empty()), &main)
}

fn measured(ask: &Ask<'_>, number: u32, goal: &Goal) -> Markup {
    html! {
        section.panel aria-labelledby="was-measured" {
            h2 id="was-measured" { "What was found since" }
            @if goal.readings.is_empty() { p.quiet { "It was not measured yet." } }
            ul.said.tight { @for (row, one) in goal.readings.iter().enumerate() {
                li {
                    div { p { (one.text) @if let Some(value) = one.value { " (" (value) ")" } } p.quiet { (words::plain(one.on)) } }
                    div.side { (may(readers(one.share))) a href=(ask.part(Part::Reading(number, row))) { "Change" span.vh { " what was found on " (words::plain(one.on)) } } }
                }
            } }
        }
    }
}

fn measure(ask: &Ask<'_>, opened: &Opened, number: u32, of: &Filled<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="measure-it" {
            h2 id="measure-it" { "Note what was found" }
            (editing(ask, opened, &ask.part(Part::Goal(number)), of.form, &[("What was found", format!("goals[{}].readings", number.saturating_sub(1)))], &html! {
                (what_field("reading"))
                (inputs_of_reading(of))
                div.actions { button.btn.second type="submit" { "Note it" } }
            }))
        }
    }
}

/// One is changed, measured or taken out.
pub fn change(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let Some((number, position, goal)) = goal_of(ask, opened) else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let here = ask.part(Part::Goal(number));
        let (edits, leads) = if form.get(WHAT) == "reading" {
            (reading(goal, position, form), Leads::here(Tab::Minutes, here))
        } else {
            (changed(goal, position, form), Leads::on(Tab::Minutes, here, ask.part(Part::Goals), "saved"))
        };
        answer(ask, opened, form, edits, leads, |faults| draw_one(ask, opened, (number, goal), form, faults))
    })
}

fn changed(goal: &Goal, position: usize, form: &Form) -> Edits {
    let path = |field: &str| format!("goals[{position}].{field}");
    let mut edits = Edits::default();
    if form.has("out") {
        edits.all.push(Edit::remove(format!("goals[{position}]")));
        return edits;
    }
    needs(&mut edits, form);
    edits.word(form, "domain", &path("domain"), goal.domain.id(), "");
    edits.text(form, "goal", &path("goal"), &goal.goal);
    edits.shared(form, "baseline", &path("baseline"), goal.baseline.as_ref());
    edits.shared(form, "measure", &path("measure"), goal.measure.as_ref());
    edits.share(form, "share", &path("share"), share_id(goal.share));
    edits
}

fn reading(goal: &Goal, position: usize, form: &Form) -> Edits {
    let mut edits = Edits::default();
    let number = needs_of_reading(&mut edits, form);
    let next = goal.readings.len();
    for (field, id) in [("on", "measured"), ("text", "found"), ("value", "value"), ("share", "readers")] {
        edits.at(format!("goals[{position}].readings[{next}].{field}"), id);
    }
    let mut entry: Vec<(&str, Written)> = Vec::new();
    match typed_day(form, "measured") {
        Ok(day) => entry.extend(day.map(|day| ("on", day.to_string().into()))),
        Err(says) => edits.faults.add("measured", says),
    }
    entry.push(("text", one_line(form.get("found")).into()));
    entry.extend(number.map(|number| ("value", number.to_string().into())));
    entry.push(("share", form.get("readers").into()));
    edits.all.push(Edit::append(format!("goals[{position}].readings"), Written::fields(entry)));
    edits
}
