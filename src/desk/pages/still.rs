//! What is still to be looked at or filled in before anything is released: fields that were carried over or stand there for the time
//! being, and places of the file that say so themselves.
//!
//! Deliberately absent: any value of a field that not everybody at the desk may see; such a field is named by its line alone.

use maud::{Markup, html};

use super::carried;
use super::with::with;
use crate::amend::Edit;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, answer, editing, seen};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Tone, back, note, tick};
use crate::desk::places::page_of_path;
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::count;
use crate::model::text::TO_FILL_IN;

/// The name of the boxes.
const RIGHT: &str = "right";

/// Fields that can be told of here, as somebody would say them.
const NAMED: [(&str, &str); 9] = [
    ("reference", "The reference"),
    ("issued", "The day on the papers"),
    ("meeting.date", "The day of the meeting"),
    ("meeting.start", "When it begins"),
    ("meeting.end", "When it ends"),
    ("meeting.reply_by", "The day by which replies are wanted"),
    ("meeting.venue.name", "The room and the building"),
    ("meeting.chair", "Who is in the chair"),
    ("meeting.minute_taker", "Who takes the minutes"),
];

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let form = Form::default().with(SEEN, seen(opened)?.to_string());
        let form = carried::left(open(opened), carried::filled(opened, form));
        Ok(Reply::Page(draw(ask, opened, &form, &Faults::default())))
    })
}

/// The fields that stand there for the time being.
fn open(opened: &Opened) -> &[String] {
    &opened.checked.conference.to_fill_in
}

/// Those of them that are ticked, and not asked about with a question of their own.
fn ticked(opened: &Opened) -> impl Iterator<Item = (usize, &String)> {
    open(opened).iter().enumerate().filter(|(_, path)| !carried::is_asked(path))
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let title = "Still to be looked at";
    let missing: Vec<String> = missing(opened);
    let fields = open(opened);
    let main = html! {
        (back(&ask.part(Part::Overview), "Overview"))
        (faults.summary())
        div.stack-s { h1 { (title) } p.lead { "Drafts are made all the same. " @if opened.checked.holds_up_every_paper() { "Nothing is released before all of this is done." } @else { "The minutes are not released before all of this is done. Letters are." } } }
        @if ask.word("done") == "saved" { (note(Tone::Well, "Saved", &html! { p { a href=(ask.part(Part::Undo)) { "Undo" } } })) }
        @if fields.is_empty() && missing.is_empty() { (note(Tone::Well, "Nothing is left to be looked at", &html! {})) }
        div.grid.halves.tops.below {
            @if !fields.is_empty() { (editing(ask, opened, &ask.part(Part::Still), filled, &[("What is still to be looked at", "to_fill_in".to_owned())], &html! {
                div.stack {
                    (carried::questions(opened, fields, &of))
                    @if ticked(opened).next().is_some() { (boxes(ask, opened, &of)) }
                    div.actions { button.btn type="submit" { "Save" } }
                }
            })) }
            @if !missing.is_empty() {
                section.panel aria-labelledby="missing" {
                    h2 id="missing" { (count(missing.len(), "place")) " to be filled in" }
                    p.quiet { "The file says so where the text is to stand." }
                    ul.plain-list { @for path in &missing { li { (where_it_is(ask, opened, path)) } } }
                }
            }
        }
    };
    page(ask, &Frame::of(opened, Tab::Overview, title).wrong(!faults.is_empty()), &main)
}

/// The places that say themselves that they are to be filled in.
fn missing(opened: &Opened) -> Vec<String> {
    let all = opened.checked.places.conference.texts().filter(|(_, text)| text.contains(TO_FILL_IN));
    all.map(|(path, _)| path.to_owned()).filter(|path| !path.starts_with("to_fill_in")).collect()
}

/// The page or the line of a place.
fn where_it_is(ask: &Ask<'_>, opened: &Opened, path: &str) -> Markup {
    html! {
        @if path.starts_with("child_links[") { "What the worker of a child should know" }
        @else { (words::field(path.rsplit('.').next().unwrap_or(path))) }
        @match page_of_path(ask, opened, path) {
            Some(link) => { ": on the page " (link) }
            None => { span.sub { (opened.place_of(path)) } }
        }
    }
}

fn boxes(ask: &Ask<'_>, opened: &Opened, of: &Filled<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="right" {
            h2 id="right" { "Tick what is right as it stands" }
            p.quiet { "What is not right is changed on its own page first." }
            @for (n, path) in ticked(opened) {
                @let named = NAMED.iter().find(|(own, _)| own == path);
                (tick(&format!("right-{n}"), RIGHT, path, html! {
                    (named.map_or_else(|| words::field(path), |(_, words)| (*words).to_owned()))
                    @if let Some(value) = named.and_then(|_| value(opened, path)) { ": " strong { (value) } }
                    span.sub { (opened.place_of(path)) }
                }, of.form.all(RIGHT).any(|one| one == path)))
                @if let Some(link) = page_of_path(ask, opened, path) { p.small { "Change it on the page " (link) } }
            }
        }
    }
}

/// What stands at a path.
fn value<'o>(opened: &'o Opened, path: &str) -> Option<&'o str> {
    opened.checked.places.conference.texts().find(|(own, _)| *own == path).map(|(_, text)| text)
}

/// It is saved.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let mut edits = Edits::default();
        let fields = open(opened);
        let later = carried::said(opened, fields, &mut edits, form);
        let is_right = |path: &String| {
            if carried::is_asked(path) { !later.contains(path) } else { form.all(RIGHT).any(|one| one == path) }
        };
        let done: Vec<usize> = fields.iter().enumerate().filter(|(_, path)| is_right(path)).map(|(n, _)| n).collect();
        if done.len() == fields.len() && !done.is_empty() {
            edits.all.push(Edit::remove("to_fill_in"));
        } else {
            edits.all.extend(done.into_iter().map(|n| Edit::remove(format!("to_fill_in[{n}]"))));
        }
        let leads = Leads::here(Tab::Overview, ask.part(Part::Still));
        answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, form, faults))
    })
}
