//! One action of the plan: what became of it since, and what was noted wrongly.
//!
//! The two are told apart, because papers say what stood before: what has happened is kept with its day, and what was a mistake is put
//! right and leaves no trace but the undo.
//!
//! Deliberately absent: who helps, who sees to it and how urgent it is, which are shown as the file has them; and a change of what was
//! kept before.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::minutes::{readers, share_id};
use super::plan::{DUES, by, due_in_file, due_in_words, goal_of, name, owners, typed_due};
use super::with::with;
use crate::amend::{Edit, Written};
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, WHAT, answer, editing, one_of, seen, what_field};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{
    Filled, Input, Tone, back, choices, date_input, may, note, select, text_area, typed_day, with_day,
};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::model::Audience;
use crate::model::plan::{Action, ActionNews, ActionStatus, Goal, TO_BE_AGREED};
use crate::model::text::one_line;

/// How far an action is: the word of the file, and as somebody would say it.
const STATUSES: [(ActionStatus, &str, &str); 5] = [
    (ActionStatus::Open, "open", "To do"),
    (ActionStatus::Started, "started", "Begun"),
    (ActionStatus::PartlyDone, "partly-done", "Done in part"),
    (ActionStatus::Done, "done", "Done"),
    (ActionStatus::Dropped, "dropped", "Given up, as the conference agreed"),
];

/// The two forms of the page.
const NEWS: &str = "news";
const RIGHT: &str = "right";

/// The action of an address, with its goal's number and its own place.
struct Found<'o> {
    goal: &'o Goal,
    action: &'o Action,
    number: u32,
    row: usize,
    path: String,
}

impl<'o> Found<'o> {
    fn of(ask: &Ask<'_>, opened: &'o Opened) -> Option<Self> {
        let (number, position, goal) = goal_of(ask, opened)?;
        let row = usize::try_from(ask.number("row")?).ok()?;
        let path = format!("goals[{position}].actions[{row}]");
        Some(Self { goal, action: goal.actions.get(row)?, number, row, path })
    }

    fn path(&self, field: &str) -> String {
        format!("{}.{field}", self.path)
    }
}

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let Some(found) = Found::of(ask, opened) else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let form = as_it_is(ask, found.action).with(SEEN, seen(opened)?.to_string());
        Ok(Reply::Page(draw(ask, opened, &found, &form, &Faults::default())))
    })
}

/// Both forms as the file has them.
fn as_it_is(ask: &Ask<'_>, action: &Action) -> Form {
    let owner = action.owner.as_deref().unwrap_or(TO_BE_AGREED);
    let mut form = with_day(Form::default(), "on", ask.today)
        .with("todo", &*action.text)
        .with("status", status_id(action.status))
        .with("readers", share_id(action.share));
    for way in [NEWS, RIGHT] {
        form = form.with(&format!("{way}-owner"), owner).with(&format!("{way}-by"), by(action.due));
        if let Some(day) = action.due_on() {
            form = with_day(form, &format!("{way}-due"), day);
        }
    }
    form
}

fn status_id(status: ActionStatus) -> &'static str {
    STATUSES.iter().find(|(own, ..)| *own == status).map_or("", |(_, id, _)| id)
}

fn draw(ask: &Ask<'_>, opened: &Opened, found: &Found<'_>, sent: &Form, faults: &Faults) -> Markup {
    let (empty, none) = (as_it_is(ask, found.action).with(SEEN, sent.get(SEEN)), Faults::default());
    let of = |what| one_of(what, &Filled { form: sent, faults }, &Filled { form: &empty, faults: &none });
    let main = html! {
        (back(&ask.part(Part::Decisions), "Decisions and actions"))
        (faults.summary())
        div.stack-s {
            h1 { "An action" }
            p.lead { (found.action.text) }
            p.row { (may(readers(found.action.share.max(found.goal.share)))) span.quiet { "For the goal: " (found.goal.goal) } }
        }
        @if ask.word("done") == "saved" { (note(Tone::Well, "Saved", &html! { p { a href=(ask.part(Part::Undo)) { "Undo" } } })) }
        div.grid.halves.tops.below {
            (news(ask, opened, found, &of(NEWS)))
            div.stack {
                (so_far(opened, found.action))
                (put_right(ask, opened, found, &of(RIGHT)))
            }
        }
    };
    page(ask, &Frame::of(opened, Tab::Minutes, "An action").wrong(!faults.is_empty()), &main)
}

/// What became of it: kept with its day.
fn news(ask: &Ask<'_>, opened: &Opened, found: &Found<'_>, of: &Filled<'_>) -> Markup {
    let statuses: Vec<_> = STATUSES.iter().map(|(_, id, words)| ((*id).to_owned(), (*words).to_owned())).collect();
    html! {
        section.panel aria-labelledby="news" {
            h2 id="news" { "What became of it" }
            p.quiet { "It is kept with its day. Papers of later meetings say what stood before." }
            (editing(ask, opened, &ask.part(Part::Action(found.number, found.row)), of.form, &[("Its row", found.path("status"))], &html! {
                (what_field(NEWS))
                (select(&Input::new("status", "How far is it?"), &statuses, of))
                (text_area(&Input::new("note", "What happened (if there is something to say)").hint("Whoever reads the action reads it. No names of children."), 2, of))
                (who_and_when(opened, NEWS, ["Who does it now", "By when now?"], of))
                (date_input("on", "Since when is that so?", None, of))
                div.actions { button.btn type="submit" { "Note it" } }
            }))
        }
    }
}

/// What was noted wrongly.
fn put_right(ask: &Ask<'_>, opened: &Opened, found: &Found<'_>, of: &Filled<'_>) -> Markup {
    let all: Vec<(&str, Markup)> = Audience::ALL.into_iter().map(|one| (one.id(), may(one))).collect();
    html! {
        details.panel open[of.form.get(WHAT) == RIGHT || opened.only_read().is_some()] {
            summary { "Something was noted wrongly" }
            p.quiet.below { "Nothing is kept of what stood here. If minutes with it are out, make a new version of them." }
            (editing(ask, opened, &ask.part(Part::Action(found.number, found.row)), of.form, &[("Its row", found.path("text"))], &html! {
                (what_field(RIGHT))
                (text_area(&Input::new("todo", "What is to be done"), 2, of))
                (who_and_when(opened, RIGHT, ["Who was to do it", "By when was it to be done?"], of))
                (choices("readers", "Who may read it", &all, of))
                div.actions {
                    button.btn.second type="submit" { "Put it right" }
                    button.btn.danger type="submit" name="out" value="yes" { "Take it out" }
                }
                p.hint.below { "Take it out only if it was never agreed. What the conference gave up is noted as given up." }
            }))
        }
    }
}

fn who_and_when(opened: &Opened, way: &str, [who, when]: [&str; 2], of: &Filled<'_>) -> Markup {
    let dues: Vec<(&str, Markup)> = DUES.iter().map(|(id, words)| (*id, html! { (words) })).collect();
    let (owner, by, due) = (format!("{way}-owner"), format!("{way}-by"), format!("{way}-due"));
    html! {
        (select(&Input::new(&owner, who), &owners(opened), of))
        (choices(&by, when, &dues, of))
        (date_input(&due, "The day", Some("Only for “By a day”."), of))
    }
}

fn so_far(opened: &Opened, action: &Action) -> Markup {
    let with: Vec<String> = action.with.iter().map(|id| name(opened, id)).collect();
    html! {
        section.panel aria-labelledby="so-far" {
            h2 id="so-far" { "As it stands" }
            dl.sum {
                dt { "Who" } dd { @match action.owner() { Some(id) => { (name(opened, id)) } None => { "Still to be agreed" } } @if !with.is_empty() { ", with " (with.join(" and ")) } }
                @if let Some(person) = &action.person { dt { "Who sees to it" } dd { (person) } }
                dt { "By" } dd { (due_in_words(action.due)) }
                dt { "How far" } dd { (action.status.printed()) }
                @if let Some(evidence) = &action.evidence { dt { "Shown by" } dd { (evidence.text) } }
            }
            @if !action.history.is_empty() {
                h3.below { "What became of it so far" }
                ul.said.tight { @for one in &action.history { (happened(opened, one)) } }
            }
        }
    }
}

fn happened(opened: &Opened, one: &ActionNews) -> Markup {
    let before = one.was_owner.as_deref();
    html! {
        li { div {
            p { strong { (words::plain(one.on)) } @if let Some(status) = one.status { ": " (status.printed()) } }
            @if let Some(text) = &one.text { p { (text.text) } }
            @if let Some(due) = one.was_due { p.quiet { "Until then it was due: " (due_in_words(Some(due))) } }
            @if let Some(id) = before { p.quiet { "Until then it was with: " @if id == TO_BE_AGREED { "nobody yet" } @else { (name(opened, id)) } } }
        } }
    }
}

/// It is noted, put right or taken out.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let Some(found) = Found::of(ask, opened) else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let here = ask.part(Part::Action(found.number, found.row));
        let (edits, leads) = match (form.get(WHAT), form.has("out")) {
            (RIGHT, true) => {
                let mut edits = Edits::default();
                edits.all.push(Edit::remove(&*found.path));
                (edits, Leads::on(Tab::Minutes, here, ask.part(Part::Decisions), "saved"))
            }
            (RIGHT, false) => (righted(&found, form), Leads::here(Tab::Minutes, here)),
            _ => (noted(&found, form), Leads::here(Tab::Minutes, here)),
        };
        answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, &found, form, faults))
    })
}

/// Who does it and by when, where that is another than before. Returns what was before of each.
fn moved(edits: &mut Edits, found: &Found<'_>, form: &Form, way: &str) -> [Option<String>; 2] {
    let (owner, by, due) = (format!("{way}-owner"), format!("{way}-by"), format!("{way}-due"));
    edits.at(found.path("owner"), &owner);
    edits.at(found.path("due"), &due);
    let was_due = due_in_file(found.action.due);
    let was_owner = found.action.owner.as_deref().unwrap_or(TO_BE_AGREED);
    let is_due = typed_due(edits, form, [&by, &due], found.action.due_on()).filter(|is| *is != was_due);
    let is_owner = form.given(&owner).filter(|is| *is != was_owner && !is.is_empty());
    edits.all.extend(is_due.as_ref().map(|is| Edit::set(found.path("due"), &**is)));
    edits.all.extend(is_owner.map(|is| Edit::set(found.path("owner"), is)));
    [is_due.map(|_| was_due), is_owner.map(|_| was_owner.to_owned())]
}

/// What became of it.
fn noted(found: &Found<'_>, form: &Form) -> Edits {
    let mut edits = Edits::default();
    let [was_due, was_owner] = moved(&mut edits, found, form, NEWS);
    let status = STATUSES.iter().find(|(_, id, _)| *id == form.get("status"));
    let status = status.filter(|(status, ..)| *status != found.action.status).map(|(_, id, _)| *id);
    edits.word(form, "status", &found.path("status"), status_id(found.action.status), "open");
    let text = one_line(form.get("note"));
    if edits.faults.is_empty() && status.is_none() && was_due.is_none() && was_owner.is_none() && text.is_empty() {
        edits.faults.add("note", "Enter what happened, or change how far it is, who does it or by when");
    }
    let next = found.action.history.len();
    for (field, id) in [("on", "on"), ("text", "note"), ("status", "status")] {
        edits.at(found.path(&format!("history[{next}].{field}")), id);
    }
    let mut entry: Vec<(&str, Written)> = Vec::new();
    match typed_day(form, "on").and_then(|day: Option<NaiveDate>| day.ok_or("Enter the day since when that is so")) {
        Ok(day) => entry.push(("on", day.to_string().into())),
        Err(says) => edits.faults.add("on", says),
    }
    entry.extend(status.map(|status| ("status", status.into())));
    entry.extend(was_due.map(|was| ("was_due", was.into())));
    entry.extend(was_owner.map(|was| ("was_owner", was.into())));
    if !text.is_empty() {
        entry.push(("text", text.into()));
    }
    edits.all.push(Edit::append(found.path("history"), Written::fields(entry)));
    edits
}

/// What was noted wrongly.
fn righted(found: &Found<'_>, form: &Form) -> Edits {
    let mut edits = Edits::default();
    edits.need(form, "todo", "Enter what is to be done");
    edits.text(form, "todo", &found.path("text"), &found.action.text);
    let _ = moved(&mut edits, found, form, RIGHT);
    edits.share(form, "readers", &found.path("share"), share_id(found.action.share));
    edits
}
