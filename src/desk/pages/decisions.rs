//! What was decided, what is to be done about it, and when the conference meets again.
//!
//! Deliberately absent: goals, which have a page of their own; actions are added to those that there are.

use maud::{Markup, html};

use super::attendance::quorum;
use super::minutes::{readers, shares};
use super::plan::{DUES, ON_A_DAY, due_in_words, name, owners, typed_due};
use super::with::with;
use crate::amend::{Edit, Written};
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, WHAT, answer, editing, one_of, seen, what_field};
use crate::desk::icons::Icon;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{
    Filled, Input, Tone, back, choices, date_input, may, note, select, tag, text_area, text_input, tick, typed_day,
    with_day,
};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::Report;
use crate::model::plan::{Action, Goal};
use crate::model::text::one_line;

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let form = empty(opened, &seen(opened)?.to_string());
        Ok(Reply::Page(draw(ask, opened, &form, &Faults::default())))
    })
}

/// The forms as the file has them.
fn empty(opened: &Opened, seen: &str) -> Form {
    let form = Form::default().with(SEEN, seen).with("by", ON_A_DAY);
    match opened.checked.conference.review {
        Some(review) => with_day(form, "review", review.date)
            .with("review_start", review.start.map(words::clock).unwrap_or_default()),
        None => form,
    }
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Markup {
    let conference = &opened.checked.conference;
    let (empty, none) = (empty(opened, filled.get(SEEN)), Faults::default());
    let of = |what| one_of(what, &Filled { form: filled, faults }, &Filled { form: &empty, faults: &none });
    let main = html! {
        (back(&ask.part(Part::Minutes), "Minutes"))
        (faults.summary())
        div.top-line {
            div { h1 { "Decisions and actions" } p.lead { (quorum(opened)) } }
            a.btn.second href=(ask.part(Part::Goals)) { "Goals of the plan" }
        }
        @if ask.word("done") == "saved" { (note(Tone::Well, "Saved", &html! { p { a href=(ask.part(Part::Undo)) { "Undo" } } })) }
        div.stack.below {
            section.panel aria-labelledby="decided" {
                h2 id="decided" { "What was decided" }
                @if conference.decisions.is_empty() { p.quiet { "Nothing is recorded yet." } }
                ul.said { @for (row, one) in conference.decisions.iter().enumerate() {
                    li {
                        div {
                            p { strong { (option(opened, &one.option)) } }
                            p { (one.text) }
                            p.quiet { "Because: " (one.rationale.text) }
                            @if one.provisional { p.quiet { "Until a meeting with enough agencies takes it again." } }
                        }
                        div.side { (may(readers(one.share))) a href=(ask.part(Part::Decision(row))) { "Change" span.vh { " the decision “" (one.text) "”" } } }
                    }
                } }
            }
            h2 id="to-do" { "Who does what, by when" }
            @if conference.goals.is_empty() { p.quiet { "There are no goals yet. " a href=(ask.part(Part::Goals)) { "Add the first goal" } ", then what is done for it." } }
            @for (n, goal) in (1_u32..).zip(&conference.goals) { (actions(ask, opened, n, goal)) }
        }
        div.grid.halves.tops.below {
            div.stack {
                (add_decision(ask, opened, &of("decision")))
                (next(ask, opened, &of("review")))
            }
            @if !conference.goals.is_empty() { (add_action(ask, opened, &of("action"))) }
        }
    };
    page(ask, &Frame::of(opened, Tab::Minutes, "Decisions and actions").wrong(!faults.is_empty()), &main)
}

fn option(opened: &Opened, id: &str) -> String {
    let all = &opened.checked.settings.decision_options;
    all.iter().find(|one| one.id == id).map_or_else(|| id.to_owned(), |one| one.title.clone())
}

/// What is done for a goal, as a table.
fn actions(ask: &Ask<'_>, opened: &Opened, number: u32, goal: &Goal) -> Markup {
    html! {
        h3 { "Goal " (number) ": " (goal.goal) }
        @if goal.actions.is_empty() { p.quiet { "Nothing is done for it yet." } }
        @else {
            div.panel.flush { table.cards.plan {
                caption.vh { "What is done for goal " (number) }
                thead { tr { th scope="col" { "Action" } th scope="col" { "Who" } th scope="col" { "By" } th scope="col" { "May read" } th scope="col" { "How far" } th scope="col" { span.vh { "Change" } } } }
                tbody { @for (row, one) in goal.actions.iter().enumerate() { (action(ask, opened, (number, row), one)) } }
            } }
        }
    }
}

fn action(ask: &Ask<'_>, opened: &Opened, (goal, row): (u32, usize), one: &Action) -> Markup {
    let owners: Vec<String> = one.owners().map(|id| name(opened, id)).collect();
    let (tone, mark) = if one.status.is_over() { (Tone::Done, Icon::Tick) } else { (Tone::Plain, Icon::Clock) };
    html! {
        tr {
            th scope="row" { (one.text) }
            td data-l="Who" { @if owners.is_empty() { span.quiet { "Still to be agreed" } } @else { (owners.join(" and ")) } }
            td data-l="By" { (due_in_words(one.due)) }
            td data-l="May read" { (may(readers(one.share))) }
            td data-l="How far" { (tag(tone, mark, one.status.printed())) }
            td { a href=(ask.part(Part::Action(goal, row))) { "Change" span.vh { " the action “" (one.text) "”" } } }
        }
    }
}

/// What is asked of every decision.
pub fn inputs(opened: &Opened, of: &Filled<'_>) -> Markup {
    let options = opened.checked.settings.decision_options.iter().map(|one| (one.id.clone(), one.title.clone()));
    let options: Vec<_> =
        std::iter::once((String::new(), "Choose what was decided".to_owned())).chain(options).collect();
    html! {
        (select(&Input::new("option", "Which?"), &options, of))
        (text_area(&Input::new("text", "In words"), 2, of))
        (text_area(&Input::new("rationale", "Why?").hint("The reasons, as the meeting gave them."), 2, of))
        (tick("provisional", "provisional", "yes", "It holds only until a meeting with enough agencies takes it again", of.form.get("provisional") == "yes"))
        (shares(of))
    }
}

/// What a decision lacks.
pub fn needs(edits: &mut Edits, form: &Form) {
    for (id, says) in [
        ("option", "Choose what was decided"),
        ("text", "Enter the decision in words"),
        ("rationale", "Enter the reasons"),
        ("share", "Choose who may read it"),
    ] {
        edits.need(form, id, says);
    }
    // Without a quorum, a decision can only be provisional.
    edits.at("decisions", "provisional");
}

fn add_decision(ask: &Ask<'_>, opened: &Opened, of: &Filled<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="add-decision" {
            h2 id="add-decision" { "Add a decision" }
            (editing(ask, opened, &ask.part(Part::Decisions), of.form, &[("Decisions", "decisions".to_owned())], &html! {
                (what_field("decision"))
                (inputs(opened, of))
                div.actions { button.btn type="submit" { "Add the decision" } }
            }))
        }
    }
}

fn add_action(ask: &Ask<'_>, opened: &Opened, of: &Filled<'_>) -> Markup {
    let conference = &opened.checked.conference;
    let goals: Vec<_> =
        conference.goals.iter().enumerate().map(|(n, goal)| (n.to_string(), goal.goal.clone())).collect();
    let dues: Vec<(&str, Markup)> = DUES.iter().map(|(id, words)| (*id, html! { (words) })).collect();
    let all: Vec<(&str, Markup)> = crate::model::Audience::ALL.into_iter().map(|one| (one.id(), may(one))).collect();
    html! {
        section.panel aria-labelledby="add-action" {
            h2 id="add-action" { "Add an action" }
            (editing(ask, opened, &ask.part(Part::Decisions), of.form, &[("Actions", "goals[0].actions".to_owned())], &html! {
                (what_field("action"))
                (select(&Input::new("goal", "For which goal?"), &goals, of))
                (text_area(&Input::new("todo", "What is to be done"), 2, of))
                (select(&Input::new("owner", "Who does it"), &owners(opened), of))
                (choices("by", "By when?", &dues, of))
                (date_input("due", "The day", Some("Only for “By a day”."), of))
                (choices("readers", "Who may read it", &all, of))
                div.actions { button.btn type="submit" { "Add the action" } }
            }))
        }
    }
}

/// The day of the next conference.
fn next(ask: &Ask<'_>, opened: &Opened, of: &Filled<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="next" {
            h2 id="next" { "The next conference" }
            (editing(ask, opened, &ask.part(Part::Decisions), of.form, &[("The next conference", "review.date".to_owned())], &html! {
                (what_field("review"))
                (date_input("review", "When is it?", Some("The minutes tell everybody. Empty if it is not agreed yet."), of))
                (text_input(&Input::new("review_start", "Begins").hint("As 13:30 or 1:30pm. Empty if it is not agreed yet.").width("w8"), of))
                div.actions { button.btn.second type="submit" { "Save the day" } }
            }))
        }
    }
}

/// One of them is added.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| -> Result<Reply, Report> {
        let edits = match form.get(WHAT) {
            "action" => action_of(opened, form),
            "review" => review_of(opened, form),
            _ => decision_of(opened, form),
        };
        let leads = Leads::here(Tab::Minutes, ask.part(Part::Decisions));
        answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, form, faults))
    })
}

fn review_of(opened: &Opened, form: &Form) -> Edits {
    let review = opened.checked.conference.review;
    let mut edits = Edits::default();
    if form.has("review_start") && typed_day(form, "review") == Ok(None) {
        edits.faults.add("review", "Enter the day on which it begins at this time");
    }
    edits.day(form, "review", "review.date", review.map(|review| review.date));
    edits.time(form, "review_start", "review.start", review.and_then(|review| review.start));
    edits
}

fn decision_of(opened: &Opened, form: &Form) -> Edits {
    let mut edits = Edits::default();
    needs(&mut edits, form);
    for id in ["option", "text", "rationale", "share"] {
        edits.at(format!("decisions[{}].{id}", opened.checked.conference.decisions.len()), id);
    }
    let share = form.get("share");
    let reasons =
        Written::fields([("text", Written::from(one_line(form.get("rationale")))), ("share", Written::from(share))]);
    let mut entry = Vec::new();
    if form.get("provisional") == "yes" {
        entry.push(("provisional".to_owned(), Written::from("true")));
    }
    entry.extend([
        ("option".to_owned(), Written::from(form.get("option"))),
        ("text".to_owned(), one_line(form.get("text")).into()),
        ("rationale".to_owned(), reasons),
        ("share".to_owned(), share.into()),
    ]);
    edits.all.push(Edit::append("decisions", Written::Fields(entry)));
    edits
}

fn action_of(opened: &Opened, form: &Form) -> Edits {
    let mut edits = Edits::default();
    edits.need(form, "todo", "Enter what is to be done");
    edits.need(form, "readers", "Choose who may read it");
    let goals = &opened.checked.conference.goals;
    let chosen = form.get("goal").parse::<usize>().ok().and_then(|n| Some((n, goals.get(n)?)));
    let Some((n, goal)) = chosen else {
        edits.faults.add("goal", "Choose the goal that it is for");
        return edits;
    };
    let Some(due) = typed_due(&mut edits, form, ["by", "due"], None) else { return edits };
    let next = goal.actions.len();
    for (field, id) in [("text", "todo"), ("owner", "owner"), ("due", "due"), ("share", "readers")] {
        edits.at(format!("goals[{n}].actions[{next}].{field}"), id);
    }
    let entry = [
        ("id".to_owned(), Written::from(free_id(opened))),
        ("text".to_owned(), one_line(form.get("todo")).into()),
        ("owner".to_owned(), form.get("owner").into()),
        ("due".to_owned(), due.into()),
        ("share".to_owned(), form.get("readers").into()),
    ];
    edits.all.push(Edit::append(format!("goals[{n}].actions"), Written::Fields(entry.into())));
    edits
}

/// A short id that no action has.
fn free_id(opened: &Opened) -> String {
    let goals = &opened.checked.conference.goals;
    let taken = |id: &str| goals.iter().flat_map(|goal| &goal.actions).any(|one| one.id == id);
    (1_u32..=u32::MAX).map(|n| format!("a{n}")).find(|id| !taken(id)).unwrap_or_default()
}
