//! Somebody more: to be invited, or who came uninvited.
//!
//! Deliberately absent: their letter, which is made with all others.

use maud::{Markup, html};

use super::edit::{where_to, who};
use super::with::with;
use crate::amend::{Edit, Written};
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, answer, editing, lines_of, seen};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, back};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;
use crate::model::text::one_line;

/// Whether somebody is invited, or came all the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Invited,
    Uninvited,
}

impl Sort {
    fn title(self) -> &'static str {
        match self {
            Sort::Invited => "Add a person",
            Sort::Uninvited => "Somebody came who was not invited",
        }
    }

    fn part(self) -> Part<'static> {
        match self {
            Sort::Invited => Part::Add,
            Sort::Uninvited => Part::Uninvited,
        }
    }
}

/// The page for somebody to be invited.
pub fn get(ask: &Ask<'_>) -> Reply {
    empty(ask, Sort::Invited)
}

/// The page for somebody who came uninvited.
pub fn uninvited(ask: &Ask<'_>) -> Reply {
    empty(ask, Sort::Uninvited)
}

fn empty(ask: &Ask<'_>, sort: Sort) -> Reply {
    with(ask, |opened| {
        let form = Form::default().with(SEEN, seen(opened)?.to_string());
        Ok(Reply::Page(draw(ask, opened, sort, &form, &Faults::default())))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, sort: Sort, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let main = html! {
        (back(&ask.part(Part::People), "People"))
        (faults.summary())
        h1 { (sort.title()) }
        p.lead {
            @if sort == Sort::Invited { "They get a letter once the drafts are made and checked." }
            @else { "They are in the minutes like everybody else, and get no invitation." }
        }
        (editing(ask, opened, &ask.part(sort.part()), filled, &[("A new row, below the last", "invitees".to_owned())], &html! {
            div.grid.halves.below { (who(opened, &of)) (where_to(None, &of)) }
            div.actions { button.btn type="submit" { "Add them" } a href=(ask.part(Part::People)) { "Cancel" } }
        }))
    };
    page(ask, &Frame::of(opened, Tab::People, sort.title()).wrong(!faults.is_empty()), &main)
}

/// They are added.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    added(ask, form, Sort::Invited)
}

/// They are added as somebody who came.
pub fn post_uninvited(ask: &Ask<'_>, form: &Form) -> Reply {
    added(ask, form, Sort::Uninvited)
}

fn added(ask: &Ask<'_>, form: &Form, sort: Sort) -> Reply {
    with(ask, |opened| {
        let leads = Leads::on(Tab::People, ask.part(sort.part()), ask.part(Part::People), "added");
        let edits = edits(opened, form, sort);
        answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, sort, form, faults))
    })
}

fn edits(opened: &Opened, form: &Form, sort: Sort) -> Edits {
    let mut edits = Edits::default();
    edits.need(form, "name", "Enter their full name");
    if !form.has("organisation") && !form.has("category") {
        edits.faults.add("category", "Choose their organisation, or what they are to this conference");
    }
    let address = lines_of(form.get("address"));
    let is_lent = form.has("organisation") && !opened.address_of(form.get("organisation")).is_empty();
    if sort == Sort::Invited && address.is_empty() && !is_lent {
        edits.faults.add("address", "Enter their postal address, the postcode last");
    }
    let text = |name: &str, id: &str| {
        let typed = one_line(form.get(id));
        (!typed.is_empty()).then(|| (name.to_owned(), Written::from(typed)))
    };
    let person = [("name", "name"), ("salutation", "salutation"), ("role", "role"), ("email", "email")];
    let person: Vec<_> = person.into_iter().filter_map(|(name, id)| text(name, id)).collect();
    let mut entry = vec![("person".to_owned(), Written::Fields(person))];
    entry.extend(text("organisation", "organisation"));
    entry.extend(text("category", "category"));
    if !address.is_empty() {
        entry.push(("address".to_owned(), Written::list(address)));
    }
    if form.get("consent") == "yes" {
        entry.push(("email_consent".to_owned(), "true".into()));
    }
    if sort == Sort::Uninvited {
        entry.push(("invited".to_owned(), "false".into()));
        entry.push(("attended".to_owned(), "true".into()));
    }
    // They are the last of the file's own entries.
    let next = opened.checked.conference.invitees.len();
    for (field, id) in [
        ("person.name", "name"),
        ("person.salutation", "salutation"),
        ("person.role", "role"),
        ("person.email", "email"),
        ("organisation", "organisation"),
        ("category", "category"),
        ("address", "address"),
        ("email_consent", "consent"),
    ] {
        edits.at(format!("invitees[{next}].{field}"), id);
    }
    edits.all.push(Edit::append("invitees", Written::Fields(entry)));
    edits
}
