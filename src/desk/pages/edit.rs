//! What the file says of one person, changed.
//!
//! Deliberately absent: changing people of a list that is a file of its own; the page says where each thing stands in it.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::how_read::{self, Shared};
use super::people::One;
use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, answer, editing_unless, seen};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::only_read::Named;
use crate::desk::parts::{
    Filled, Input, back, choices, date_input, may, select, text_area, text_input, tick, with_day,
};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::Report;
use crate::model::Category;
use crate::model::reference::PersonRef;

/// The categories, in the order in which they are offered.
pub const CATEGORIES: [Category; 9] = [
    Category::Statutory,
    Category::Professional,
    Category::School,
    Category::Voluntary,
    Category::Business,
    Category::Residents,
    Category::Guardian,
    Category::YouthRepresentative,
    Category::Other,
];

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let Some(position) = ask.number("n").and_then(|number| opened.position(number)) else {
            return Ok(Reply::Refused(Refusal::Nowhere));
        };
        let form = filled(opened, position)?;
        let shared = how_read::shared(opened, &opened.checked.conference.invitees[position])?;
        Ok(Reply::Page(draw(ask, opened, (position, &shared), &form, &Faults::default())))
    })
}

fn filled(opened: &Opened, position: usize) -> Result<Form, Report> {
    let invitee = &opened.checked.conference.invitees[position];
    let person = opened.checked.person(invitee);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let form = Form::default()
        .with(SEEN, seen(opened)?.to_string())
        .with("name", &*person.name)
        .with("salutation", text(&person.salutation))
        .with("role", text(&person.role))
        .with("organisation", text(&invitee.organisation))
        .with("category", invitee.category.map(Category::id).unwrap_or_default())
        .with("email", text(&person.email))
        .with("consent", if invitee.email_consent == Some(true) { "yes" } else { "" })
        .with("address", own_address(opened, position).join("\n"))
        .with("reply", invitee.reply.id())
        .with("delegate", text(&invitee.delegate))
        .with("access", invitee.access.as_ref().map_or("", |text| &text.text))
        .with("bring", invitee.bring.as_ref().map_or("", |text| &text.text));
    let form = how_read::filled(form, invitee);
    let days = [
        ("invited", invitee.invited_on),
        ("replied", invitee.replied_on),
        ("undertaking", invitee.undertaking.map(|undertaking| undertaking.signed)),
    ];
    let with_days = |form, (id, day): (&str, Option<NaiveDate>)| match day {
        Some(day) => with_day(form, id, day),
        None => form,
    };
    Ok(days.into_iter().fold(form, with_days))
}

/// The address that somebody has of their own, and not of their organisation.
fn own_address(opened: &Opened, position: usize) -> &[String] {
    if opened.lends_address(position).is_some() { &[] } else { &opened.checked.conference.invitees[position].address }
}

/// What a page of somebody in a list says of where each thing stands.
fn fields(position: usize) -> Vec<Named<'static>> {
    let all = [
        ("Name", "person.name"),
        ("The letter begins", "person.salutation"),
        ("Job or part", "person.role"),
        ("Organisation", "organisation"),
        ("Postal address", "address"),
        ("E-mail address", "person.email"),
        ("Reply", "reply"),
    ];
    all.map(|(label, field)| (label, format!("invitees[{position}].{field}"))).into()
}

fn draw(
    ask: &Ask<'_>,
    opened: &Opened,
    (position, shared): (usize, &Shared),
    filled: &Form,
    faults: &Faults,
) -> Markup {
    let invitee = &opened.checked.conference.invitees[position];
    let of = Filled { form: filled, faults };
    let one = One::of(opened, position);
    let title = format!("Change {}", one.name);
    let named = match opened.listed(position) {
        Some(_) => fields(position),
        None => vec![("Their row", format!("invitees[{position}].person.name"))],
    };
    let lent = opened.lends_address(position).map(|(_, organisation)| {
        let address = invitee.address.join(", ");
        format!("Empty, letters go to the address of {}: {address}", organisation.name)
    });
    let main = html! {
        (back(&ask.part(Part::Person(one.number)), one.name))
        (faults.summary())
        div.stack-s { h1 { (title) } p.row { (may(one.audience)) span.quiet { (one.why) } } }
        (editing_unless(opened.only_read_person(position), ask, opened, (&ask.part(Part::Edit(one.number)), filled), &named, &html! {
            div.grid.halves.below {
                (who(opened, &of))
                (where_to(lent.as_deref(), &of))
                section.panel aria-labelledby="answered" {
                    h2 id="answered" { "What they answered" }
                    (choices("reply", "Reply", &[("none", html! { "None yet" }), ("accepted", html! { "They come" }), ("apologies", html! { "Apologies" })], &of))
                    (date_input("replied", "They answered on", Some("Empty if nobody noted it. An answer from before the meeting moved no longer counts."), &of))
                    (text_input(&Input::new("delegate", "Who comes in their place (if anybody)"), &of))
                    (date_input("undertaking", "Undertaking signed on", Some("Empty if it is not signed. Without it, the community gets no minutes."), &of))
                }
                (how_read::panel(opened, invitee, shared, &of))
                section.panel aria-labelledby="day" {
                    h2 id="day" { "On the day" }
                    (text_input(&Input::new("access", "What they need to take part").hint("Only their own letter has it."), &of))
                    (text_input(&Input::new("bring", "What they are asked to bring").hint("Only their own letter has it."), &of))
                    (date_input("invited", "They were invited on", Some("Only if that was later than everybody else. Their letter bears this day."), &of))
                }
            }
            div.actions { button.btn type="submit" { "Save" } a href=(ask.part(Part::Person(one.number))) { "Cancel" } }
        }))
    };
    page(ask, &Frame::of(opened, Tab::People, &title).wrong(!faults.is_empty()), &main)
}

/// Who somebody is.
pub fn who(opened: &Opened, of: &Filled<'_>) -> Markup {
    let none = |words: &str| (String::new(), words.to_owned());
    let organisations = opened.checked.conference.organisations.iter().map(|(id, one)| (id.clone(), one.name.clone()));
    let organisations: Vec<_> = std::iter::once(none("None")).chain(organisations).collect();
    let categories = CATEGORIES.into_iter().map(|one| (one.id().to_owned(), words::category(one).to_owned()));
    let categories: Vec<_> = std::iter::once(none("As their organisation")).chain(categories).collect();
    html! {
        section.panel aria-labelledby="they-are" {
            h2 id="they-are" { "Who they are" }
            (text_input(&Input::new("name", "Full name, as on the envelope"), of))
            (text_input(&Input::new("salutation", "The letter begins “Dear …”"), of))
            (text_input(&Input::new("role", "Job or part"), of))
            (select(&Input::new("organisation", "Organisation"), &organisations, of))
            (select(&Input::new("category", "What they are to this conference").hint("It decides the words of the letter and what they may read."), &categories, of))
        }
    }
}

/// Where their letter goes. `lent` says of an address that is their organisation's.
pub fn where_to(lent: Option<&str>, of: &Filled<'_>) -> Markup {
    let hint =
        lent.unwrap_or("A line for each part, at most 7, the postcode last. Empty for that of their organisation.");
    html! {
        section.panel aria-labelledby="letter-goes" {
            h2 id="letter-goes" { "Where the letter goes" }
            (text_area(&Input::new("address", "Postal address").hint(hint), 5, of))
            (text_input(&Input::new("email", "E-mail address"), of))
            (tick("consent", "consent", "yes", "They agreed to be e-mailed", of.form.get("consent") == "yes"))
        }
    }
}

/// It is saved.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let Some(position) = ask.number("n").and_then(|number| opened.position(number)) else {
            return Ok(Reply::Refused(Refusal::Nowhere));
        };
        let number = opened.checked.numbers().invitee(position);
        let (here, back) = (ask.part(Part::Edit(number)), ask.part(Part::Person(number)));
        let leads = Leads::on(Tab::People, here, back, "saved");
        let shared = how_read::shared(opened, &opened.checked.conference.invitees[position])?;
        let edits = edits(opened, position, form);
        answer(ask, opened, form, edits, leads, |faults| draw(ask, opened, (position, &shared), form, faults))
    })
}

fn edits(opened: &Opened, position: usize, form: &Form) -> Edits {
    let invitee = &opened.checked.conference.invitees[position];
    let person = opened.checked.person(invitee);
    let own = |field: &str| format!("invitees[{position}].{field}");
    let theirs = |field: &str| match &invitee.person {
        PersonRef::Id(id) => format!("people.{id}.{field}"),
        PersonRef::Inline(_) => own(&format!("person.{field}")),
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut edits = Edits::default();
    edits.need(form, "name", "Enter their full name");
    edits.text(form, "name", &theirs("name"), &person.name);
    edits.text(form, "salutation", &theirs("salutation"), &text(&person.salutation));
    edits.text(form, "role", &theirs("role"), &text(&person.role));
    edits.text(form, "email", &theirs("email"), &text(&person.email));
    edits.word(form, "organisation", &own("organisation"), &text(&invitee.organisation), "");
    edits.word(form, "category", &own("category"), invitee.category.map(Category::id).unwrap_or_default(), "");
    edits.lines(form, "address", &own("address"), own_address(opened, position));
    how_read::edits(&mut edits, form, &own, invitee);
    edits.day(form, "invited", &own("invited_on"), invitee.invited_on);
    edits.word(form, "reply", &own("reply"), invitee.reply.id(), "none");
    edits.day(form, "replied", &own("replied_on"), invitee.replied_on);
    edits.text(form, "delegate", &own("delegate"), &text(&invitee.delegate));
    edits.day(form, "undertaking", &own("undertaking.signed"), invitee.undertaking.map(|one| one.signed));
    edits.shared(form, "access", &own("access"), invitee.access.as_ref());
    edits.shared(form, "bring", &own("bring"), invitee.bring.as_ref());
    edits.yes(form, "consent", &own("email_consent"), invitee.email_consent == Some(true));
    edits
}
