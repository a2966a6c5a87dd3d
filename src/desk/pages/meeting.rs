//! When and where, and who runs it.
//!
//! Once people are invited, a change of day, time or place is kept in the file with its reason, so that a letter can tell them.
//!
//! Deliberately absent: telling them. Papers are made, checked and sent as all others.

use maud::{Markup, html};

use super::with::with;
use crate::amend::{Edit, Written};
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, answer, editing, seen, typed_time};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Input, Tone, date_input, note, select, text_area, text_input, typed_day, with_day};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::Report;
use crate::stages::INVITATION;

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let form = filled(opened)?;
        Ok(Reply::Page(draw(ask, opened, &form, &Faults::default())))
    })
}

/// The form as the file has it.
fn filled(opened: &Opened) -> Result<Form, Report> {
    let meeting = &opened.checked.conference.meeting;
    let form = Form::default()
        .with(SEEN, seen(opened)?.to_string())
        .with("start", words::clock(meeting.start))
        .with("end", words::clock(meeting.end))
        .with("venue", &*meeting.venue.name)
        .with("lines", meeting.venue.lines.join("\n"))
        .with("postcode", &*meeting.venue.postcode)
        .with("access", meeting.venue.access.as_ref().map_or("", |text| &text.text))
        .with("online", meeting.online.as_deref().unwrap_or_default())
        .with("chair", meeting.chair.as_deref().unwrap_or_default())
        .with("minute_taker", meeting.minute_taker.as_deref().unwrap_or_default());
    let assessment = &opened.checked.conference.assessment;
    let form = form
        .with("assessment", assessment.reference.as_deref().unwrap_or_default())
        .with("author", assessment.author.as_deref().unwrap_or_default());
    let form = match assessment.completed {
        Some(completed) => with_day(form, "completed", completed),
        None => form,
    };
    Ok(with_day(with_day(form, "date", meeting.date), "reply_by", meeting.reply_by))
}

/// Whether people know of the meeting, so that a change is told.
fn is_known(opened: &Opened) -> bool {
    let invitations = opened.happened.of(INVITATION);
    invitations.released > 0 || invitations.sent > 0
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let people: Vec<(String, String)> =
        opened.checked.conference.people.iter().map(|(id, person)| (id.clone(), person.name.clone())).collect();
    let nobody = (String::new(), "Nobody named yet".to_owned());
    let written_by: Vec<_> = std::iter::once(nobody).chain(people.iter().cloned()).collect();
    let meeting = &opened.checked.conference.meeting;
    let main = html! {
        (faults.summary())
        div.top-line {
            div { h1 { "Meeting" } p.lead { (words::long(meeting.date)) ", " (words::clock(meeting.start)) " to " (words::clock(meeting.end)) } }
            @if meeting.cancelled.is_none() { a.btn.second href=(ask.part(Part::Cancel)) { "Call it off" } }
        }
        @if ask.word("done") == "saved" { (note(Tone::Well, "Saved", &html! { p { a href=(ask.part(Part::Undo)) { "Undo" } } })) }
        @if let Some(cancelled) = &meeting.cancelled { (note(Tone::Stop, format!("It was called off on {}", words::plain(cancelled.on)), &html! {})) }
        (editing(ask, opened, &ask.part(Part::Meeting), filled, &[("Day", "meeting.date".to_owned()), ("Begins", "meeting.start".to_owned()), ("Ends", "meeting.end".to_owned()), ("Replies", "meeting.reply_by".to_owned()), ("Room and building", "meeting.venue.name".to_owned()), ("In the chair", "meeting.chair".to_owned()), ("The assessment", "assessment.reference".to_owned())], &html! {
            div.grid.halves {
                section.panel aria-labelledby="when" {
                    h2 id="when" { "When" }
                    (date_input("date", "Day", None, &of))
                    div.row.level {
                        (text_input(&Input::new("start", "Begins").hint("As 13:30 or 1:30pm").width("w8"), &of))
                        (text_input(&Input::new("end", "Ends").hint("As 15:30 or 3:30pm").width("w8"), &of))
                    }
                    (date_input("reply_by", "Replies are wanted by", Some("It is in every invitation."), &of))
                    @if is_known(opened) {
                        (text_input(&Input::new("because", "Why does it change?").hint("Only if you change the day, a time or the place. Everybody who was invited reads it, after “because”."), &of))
                    }
                }
                section.panel aria-labelledby="where" {
                    h2 id="where" { "Where" }
                    (text_input(&Input::new("venue", "Room and building"), &of))
                    (text_area(&Input::new("lines", "Street and town").hint("A line each."), 2, &of))
                    (text_input(&Input::new("postcode", "Postcode").width("w8"), &of))
                    (text_input(&Input::new("access", "Getting in").hint("Steps, hearing loop, parking."), &of))
                    (text_input(&Input::new("online", "Link to join online"), &of))
                }
                section.panel aria-labelledby="who" {
                    h2 id="who" { "Who runs it" }
                    (select(&Input::new("chair", "In the chair"), &people, &of))
                    (select(&Input::new("minute_taker", "Takes the minutes"), &people, &of))
                }
                section.panel aria-labelledby="rests-on" {
                    h2 id="rests-on" { "The assessment it rests on" }
                    p.quiet { "The minutes name it, the letters do not." }
                    (text_input(&Input::new("assessment", "Reference of the assessment").width("w16"), &of))
                    (date_input("completed", "Completed on", None, &of))
                    (select(&Input::new("author", "Written by"), &written_by, &of))
                }
            }
            div.actions { button.btn type="submit" { "Save" } }
        }))
    };
    page(ask, &Frame::of(opened, Tab::Meeting, "Meeting").wrong(!faults.is_empty()), &main)
}

/// It is saved.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let edits = edits(ask, opened, form);
        let leads = Leads::here(Tab::Meeting, ask.part(Part::Meeting));
        answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, form, faults))
    })
}

fn edits(ask: &Ask<'_>, opened: &Opened, form: &Form) -> Edits {
    let meeting = &opened.checked.conference.meeting;
    let mut edits = Edits::default();
    for (id, says) in [
        ("venue", "Enter the room and the building"),
        ("postcode", "Enter the postcode"),
        ("start", "Enter when it begins"),
        ("end", "Enter when it ends"),
    ] {
        edits.need(form, id, says);
    }
    for (id, says) in
        [("date", "Enter the day of the meeting"), ("reply_by", "Enter the day by which replies are wanted")]
    {
        if typed_day(form, id) == Ok(None) {
            edits.faults.add(id, says);
        }
    }
    edits.day(form, "date", "meeting.date", Some(meeting.date));
    edits.time(form, "start", "meeting.start", Some(meeting.start));
    edits.time(form, "end", "meeting.end", Some(meeting.end));
    edits.text(form, "venue", "meeting.venue.name", &meeting.venue.name);
    edits.lines(form, "lines", "meeting.venue.lines", &meeting.venue.lines);
    edits.text(form, "postcode", "meeting.venue.postcode", &meeting.venue.postcode);
    edits.shared(form, "access", "meeting.venue.access", meeting.venue.access.as_ref());
    edits.text(form, "online", "meeting.online", meeting.online.as_deref().unwrap_or_default());
    edits.word(form, "chair", "meeting.chair", meeting.chair.as_deref().unwrap_or_default(), "");
    edits.word(form, "minute_taker", "meeting.minute_taker", meeting.minute_taker.as_deref().unwrap_or_default(), "");
    edits.day(form, "reply_by", "meeting.reply_by", Some(meeting.reply_by));
    let assessment = &opened.checked.conference.assessment;
    edits.text(form, "assessment", "assessment.reference", assessment.reference.as_deref().unwrap_or_default());
    edits.day(form, "completed", "assessment.completed", assessment.completed);
    edits.word(form, "author", "assessment.author", assessment.author.as_deref().unwrap_or_default(), "");
    if is_known(opened) && edits.faults.is_empty() {
        edits.all.extend(told(ask, opened, form));
    }
    edits
}

/// What a change was before, for those who were told of it.
fn told(ask: &Ask<'_>, opened: &Opened, form: &Form) -> Option<Edit> {
    let meeting = &opened.checked.conference.meeting;
    let mut was: Vec<(String, Written)> = Vec::new();
    let mut add = |name: &str, before: Written| was.push((name.to_owned(), before));
    if typed_day(form, "date").is_ok_and(|day| day != Some(meeting.date)) {
        add("date", meeting.date.to_string().into());
    }
    for (id, time) in [("start", meeting.start), ("end", meeting.end)] {
        if typed_time(form.get(id)).is_ok_and(|typed| typed != Some(time)) {
            add(id, time.format("%H:%M").to_string().into());
        }
    }
    let venue = &meeting.venue;
    let is_elsewhere = form.get("venue") != venue.name
        || form.get("postcode") != venue.postcode
        || crate::desk::edits::lines_of(form.get("lines")) != venue.lines;
    if is_elsewhere {
        let mut place = vec![("name".to_owned(), Written::from(&*venue.name))];
        if !venue.lines.is_empty() {
            place.push(("lines".to_owned(), Written::list(venue.lines.iter().map(String::as_str))));
        }
        place.push(("postcode".to_owned(), Written::from(&*venue.postcode)));
        add("venue", Written::Fields(place));
    }
    if was.is_empty() {
        return None;
    }
    let mut change = vec![("on".to_owned(), Written::from(ask.today.to_string()))];
    if form.has("because") {
        change.push(("because".to_owned(), Written::from(form.get("because"))));
    }
    change.push(("was".to_owned(), Written::Fields(was)));
    Some(Edit::append("meeting.changes", Written::Fields(change)))
}
