//! Where a field stands among the pages.
//!
//! In: a problem with the path of its field. Out: a link to the page on which it is put right.
//!
//! Deliberately absent: the input on that page.

use maud::{Markup, html};

use super::ask::Ask;
use super::conference::Opened;
use super::link::Part;
use crate::diag::Diagnostic;

/// The page on which a problem is put right: that of the person, the organisation, the goal or whatever else it is about.
pub fn page_of(ask: &Ask<'_>, opened: &Opened, diagnostic: &Diagnostic) -> Option<Markup> {
    page_of_path(ask, opened, diagnostic.place.path.as_deref()?)
}

/// The page on which the field at a path is changed.
pub fn page_of_path(ask: &Ask<'_>, opened: &Opened, path: &str) -> Option<Markup> {
    let position = |list: &str| path.strip_prefix(list)?.split(']').next()?.parse::<usize>().ok();
    let conference = &opened.checked.conference;
    if let Some(position) = position("invitees[") {
        let number = *opened.checked.numbers().invitees.get(position)?;
        let name = &opened.checked.person(conference.invitees.get(position)?).name;
        return Some(html! { a href=(ask.part(Part::Person(number))) { (name) } });
    }
    if let Some(id) = path.strip_prefix("organisations.").and_then(|rest| rest.split('.').next()) {
        let name = &conference.organisations.get(id)?.name;
        return Some(
            html! { a href=(ask.part(Part::Organisation(opened.checked.numbers().organisation(id)))) { (name) } },
        );
    }
    let (part, says) = if let Some(goal) = position("goals[") {
        (Part::Goal(u32::try_from(goal + 1).ok()?), "The goal")
    } else if let Some(item) = position("items[") {
        (Part::Point(conference.items.get(item)?.agenda), "The point of the minutes")
    } else if path.starts_with("decisions") || path.starts_with("review") {
        (Part::Decisions, "Decisions and actions")
    } else if ["meeting", "assessment"].iter().any(|own| path == *own || path.starts_with(&format!("{own}."))) {
        (Part::Meeting, "Meeting")
    } else {
        return None;
    };
    Some(html! { a href=(ask.part(part)) { (says) } })
}
