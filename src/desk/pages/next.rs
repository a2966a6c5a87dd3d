//! The next conference about the same place, begun from this one: a review, or the last.
//!
//! What was right for the last meeting alone is asked about (`carried`).
//!
//! Deliberately absent: what is carried over, which the verb knows; and points that nobody said again. The agenda is another, so
//! whoever came for some points alone, or was kept out of some, is asked about.

use maud::{Markup, html};

use super::begin::{begun, folder_of};
use super::carried;
use super::with::with;
use crate::amend::{Edit, Written};
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, at_inputs};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{
    Filled, Input, Tone, back, choices, date_input, form as draw_form, note, text_input, typed_day, with_day,
};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::{Report, count};
use crate::input;
use crate::layers::Layers;
use crate::series::{NextConference, PointsOf};
use crate::templates::{self, Begun};

/// What is to be begun, as the page shows it.
struct Proposed {
    next: NextConference,
    agenda: Vec<String>,
}

fn proposed(ask: &Ask<'_>, page: impl FnOnce(&Opened, Proposed) -> Result<Reply, Report>) -> Reply {
    if ask.desk.folder.is_file() {
        return Reply::Refused(Refusal::Nowhere);
    }
    with(ask, |opened| {
        let (next, agenda) = templates::propose_review(&opened.file, &ask.desk.own_themes)?;
        page(opened, Proposed { next, agenda })
    })
}

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    proposed(ask, |opened, proposed| {
        let next = &proposed.next;
        let form = with_day(Form::default(), "date", next.date)
            .with("kind", next.kind.id())
            .with("reference", &*next.reference)
            .with("start", words::clock(next.start))
            .with("end", words::clock(next.end));
        let form = carried::filled(opened, form);
        Ok(Reply::Page(draw(ask, opened, &proposed, &form, &Faults::default())))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, proposed: &Proposed, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let title = "Begin the next conference";
    let (open, all) = proposed.next.actions;
    let left = &proposed.next.left;
    let main = html! {
        (back(&ask.part(Part::Overview), "Overview"))
        (faults.summary())
        div.stack-s { h1 { (title) } p.lead { "Its people, its organisations and its plan come along. Nobody is written to by this." } }
        (draw_form(ask, &ask.part(Part::Next), &html! {
            div.grid.halves.tops.below {
                div.stack { section.panel aria-labelledby="what" {
                    h2 id="what" { "What it is" }
                    @if proposed.next.is_again {
                        (choices("kind", "Which meeting is it?", &[
                            (proposed.next.kind.id(), html! { "The same meeting again: too few agencies came to decide" }),
                        ], &of))
                    } @else {
                        (choices("kind", "Is it the last one?", &[
                            ("review", html! { "A review: it looks at the plan again" }),
                            ("closing", html! { "The last one: it ends the plan" }),
                        ], &of))
                    }
                    (text_input(&Input::new("reference", "Reference").hint("It is on every paper, and names the folder.").width("w16"), &of))
                    (date_input("date", "Day", None, &of))
                    div.row.level {
                        (text_input(&Input::new("start", "Begins").hint("As 13:30 or 1:30pm").width("w8"), &of))
                        (text_input(&Input::new("end", "Ends").hint("As 15:30 or 3:30pm").width("w8"), &of))
                    }
                }
                (carried::questions(opened, &proposed.next.to_look_at, &of))
                }
                div.stack {
                    (note(Tone::Plain, "What comes along", &html! {
                        ul {
                            li { (count(all, "action")) ", " (open) " of them still to be done" }
                            li { "Everybody who takes part, without replies and without who came" }
                            @if !left.is_empty() { li { "Left behind, since they no longer take part or came uninvited: " (left.join(", ")) } }
                            li { "What was said, and remarks in the file, stay with this one" }
                        }
                    }))
                    @if !proposed.next.asked.is_empty() { (points(proposed, &of)) }
                }
            }
            div.actions { button.btn type="submit" { "Begin it" } a href=(ask.part(Part::Overview)) { "Cancel" } }
        }))
    };
    page(ask, &Frame::of(opened, Tab::Overview, title).wrong(!faults.is_empty()), &main)
}

fn id(of: &PointsOf) -> String {
    format!("points-{}-{}", of.position, if of.is_kept_out { "out" } else { "in" })
}

fn points(proposed: &Proposed, of: &Filled<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="points" {
            h2 id="points" { "Who comes for which points?" }
            p.quiet { "The agenda is another one now, so this has to be said again. Its points:" }
            ol { @for title in &proposed.agenda { li { (title) } } }
            @for one in &proposed.next.asked {
                @let says = if one.is_kept_out { format!("{} is kept out of points", one.name) } else { format!("{} comes for points", one.name) };
                @let hint = if one.is_kept_out { "As 3, 4. Or “none”." } else { "As 1, 2, 5. Or “all”." };
                (text_input(&Input::new(&id(one), &says).hint(hint).width("w16"), of))
            }
        }
    }
}

/// It is begun.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    proposed(ask, |opened, proposed| {
        let mut edits = edits(opened, &proposed, form);
        let below = templates::folder_name(form.get("reference"));
        if form.has("reference") && below.is_none() {
            edits.faults.add("reference", "Enter a reference with letters or digits of the alphabet");
        }
        let again = |faults: &Faults| Ok(Reply::Again(draw(ask, opened, &proposed, form, faults)));
        let Some(below) = below.filter(|_| edits.faults.is_empty()) else { return again(&edits.faults) };
        let of = opened.file.parent().unwrap_or(&ask.desk.folder);
        let council = std::path::absolute(input::council(of, Layers::base())?.folder).unwrap_or_else(|_| of.to_owned());
        let folder = folder_of(ask.desk, &council, &below);
        let as_it_is = if input::is_workbook(&opened.file) { Begun::Workbook } else { Begun::Text };
        match templates::begin_review(&folder, &opened.file, &ask.desk.own_themes, as_it_is, &edits.all) {
            Ok(_) => Ok(begun(ask, &folder)),
            Err(report) => again(&at_inputs(&report, &[&edits])),
        }
    })
}

fn edits(opened: &Opened, proposed: &Proposed, form: &Form) -> Edits {
    let mut edits = Edits::default();
    for (id, says) in [
        ("reference", "Enter the reference of the conference"),
        ("start", "Enter when it begins"),
        ("end", "Enter when it ends"),
        ("kind", "Choose what it is"),
    ] {
        edits.need(form, id, says);
    }
    if typed_day(form, "date") == Ok(None) {
        edits.faults.add("date", "Enter the day of the meeting");
    }
    let next = &proposed.next;
    edits.text(form, "reference", "reference", &next.reference);
    edits.word(form, "kind", "kind", next.kind.id(), "");
    edits.day(form, "date", "meeting.date", Some(next.date));
    edits.time(form, "start", "meeting.start", Some(next.start));
    edits.time(form, "end", "meeting.end", Some(next.end));
    // The rest was said here; the day of issue and that of replies are counted from the meeting.
    edits.all.extend(["issued", "meeting.reply_by"].map(Edit::remove));
    let later = carried::said(opened, &next.to_look_at, &mut edits, form);
    edits.all.push(match later.as_slice() {
        [] => Edit::remove("to_fill_in"),
        later => Edit::set("to_fill_in", Written::list(later.iter().map(String::as_str))),
    });
    for one in &next.asked {
        said(&mut edits, form, one, proposed.agenda.len());
    }
    edits
}

/// The points of somebody, as they are typed.
fn said(edits: &mut Edits, form: &Form, one: &PointsOf, last: usize) {
    let id = id(one);
    let path = format!("invitees[{}].{}", one.position, if one.is_kept_out { "excluded" } else { "items" });
    edits.at(&path, &id);
    let typed = form.get(&id).to_lowercase();
    if typed == if one.is_kept_out { "none" } else { "all" } {
        edits.all.push(Edit::remove(path));
        return;
    }
    let parts = typed.split([',', ' ', ';']).filter(|part| !part.is_empty() && *part != "and");
    let numbers: Option<Vec<usize>> =
        parts.map(|part| part.parse().ok().filter(|number| (1..=last).contains(number))).collect();
    match numbers.filter(|numbers| !numbers.is_empty()) {
        Some(numbers) => {
            edits.all.push(Edit::set(path, Written::list(numbers.into_iter().map(|number| number.to_string()))));
        }
        None if one.is_kept_out => {
            edits.faults.add(&id, format!("Enter the points that {} is kept out of, or “none”", one.name));
        }
        None => edits.faults.add(&id, format!("Enter the points that {} comes for, or “all”", one.name)),
    }
}
