//! The organisations that take part: what each is, what it counts for when the conference decides, what it has signed, its
//! report.
//!
//! Deliberately absent: a way to take an organisation out that somebody still belongs to. The check says who does.

use maud::{Markup, html};

use super::attendance::quorum;
use super::edit::CATEGORIES;
use super::with::with;
use crate::amend::{Edit, Written};
use crate::deliver::names::slug;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Edits, Leads, SEEN, answer, editing, lines_of, seen};
use crate::desk::icons::Icon;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{
    Filled, Input, Tone, back, choices, date_input, note, select, tag, text_area, text_input, typed_day, with_day,
};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::Report;
use crate::model::Category;
use crate::model::people::{Organisation, PartOf, PutBefore, QuorumPart};
use crate::model::text::one_line;

/// What an organisation counts for, as somebody would say it.
const COUNTS: [(QuorumPart, &str); 3] = [
    (QuorumPart::SocialCare, "As children’s social care"),
    (QuorumPart::Agency, "As one of the other agencies"),
    (QuorumPart::None, "It does not count"),
];

/// Whether it belongs to the council, as somebody would say it.
const BELONGS: [(&str, &str); 2] = [(ITS_OWN, "No"), ("council", "Yes, and it signs no agreement")];

/// The choice of a body of its own, for which the file says nothing.
const ITS_OWN: &str = "no";

/// What became of a report, as somebody would say it.
const PUT: [(PutBefore, &str); 4] = [
    (PutBefore::NotRecorded, "Nothing is noted"),
    (PutBefore::Shared, "Professionals had it before the meeting"),
    (PutBefore::ReadOut, "It was read out, in full or in part"),
    (PutBefore::ChairOnly, "The chair alone read it"),
];

/// All of them.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let form = Form::default().with(SEEN, seen(opened)?.to_string()).with("quorum", QuorumPart::None.id());
        let form = form.with("part_of", ITS_OWN);
        Ok(Reply::Page(draw(ask, opened, &form, &Faults::default())))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let main = html! {
        (back(&ask.part(Part::People), "People"))
        (faults.summary())
        div.top-line {
            div { h1 { "Organisations" } p.lead { (quorum(opened)) } }
            a.btn.second href="#add-organisation" { "Add an organisation" }
        }
        (done(ask))
        div.stack.below {
            (table(ask, opened))
            section.panel.measure aria-labelledby="add-organisation" {
                h2 id="add-organisation" { "Add an organisation" }
                (editing(ask, opened, &ask.part(Part::Organisations), filled, &[("A new row, below the last", "organisations".to_owned())], &html! {
                    (is(&of))
                    (signed(&of))
                    div.actions { button.btn type="submit" { "Add it" } }
                }))
            }
        }
    };
    page(ask, &Frame::of(opened, Tab::People, "Organisations").wrong(!faults.is_empty()), &main)
}

fn done(ask: &Ask<'_>) -> Markup {
    let says = match ask.word("done") {
        "added" => "It is added. Its people can be chosen as its own now.",
        "saved" => "Saved",
        _ => return html! {},
    };
    note(Tone::Well, says, &html! { p { a href=(ask.part(Part::Undo)) { "Undo" } } })
}

fn table(ask: &Ask<'_>, opened: &Opened) -> Markup {
    let conference = &opened.checked.conference;
    let people = |id: &str| {
        let of = |invitee| opened.checked.organisation_of(invitee).is_some_and(|(own, _)| own == id);
        conference.invitees.iter().filter(|invitee| of(invitee)).count()
    };
    html! {
        div.panel.flush { table.cards {
            caption.vh { "Organisations that take part" }
            thead { tr { th scope="col" { "Organisation" } th scope="col" { "What it is" } th scope="col" { "When the conference decides" } th scope="col" { "Agreement" } th scope="col" { "People" } } }
            tbody { @for (id, one) in &conference.organisations {
                tr {
                    th scope="row" { a href=(ask.part(Part::Organisation(opened.checked.numbers().organisation(id)))) { (one.name) } }
                    td data-l="What it is" { (words::category(one.category)) }
                    td data-l="When deciding" { (counts(one.quorum)) }
                    td data-l="Agreement" { (agreement(opened, id, one)) }
                    td data-l="People" { (people(id)) }
                }
            } }
        } }
    }
}

fn counts(part: QuorumPart) -> Markup {
    let words = COUNTS.iter().find(|(own, _)| *own == part).map_or("", |(_, words)| words);
    html! { @if part == QuorumPart::None { span.quiet { (words) } } @else { (words) } }
}

fn agreement(opened: &Opened, id: &str, one: &Organisation) -> Markup {
    html! {
        @match &one.agreement {
            Some(agreement) if opened.checked.agreement_in_force(one) => {
                (tag(Tone::Well, Icon::Tick, "Signed")) span.sub { (words::plain(agreement.signed)) }
            }
            Some(agreement) => { (tag(Tone::Look, Icon::Warn, "Not in force")) span.sub { "signed " (words::plain(agreement.signed)) } }
            None if opened.checked.is_bound(id) => { span.quiet { "None needed" } }
            None => { span.quiet { "Not signed" } }
        }
    }
}

/// What an organisation is: asked of every one.
fn is(of: &Filled<'_>) -> Markup {
    let categories = CATEGORIES.into_iter().map(|one| (one.id().to_owned(), words::category(one).to_owned()));
    let categories: Vec<_> =
        std::iter::once((String::new(), "Choose what it is".to_owned())).chain(categories).collect();
    let counts: Vec<(&str, Markup)> = COUNTS.iter().map(|(one, words)| (one.id(), html! { (words) })).collect();
    html! {
        (text_input(&Input::new("name", "Name, as papers have it"), of))
        (select(&Input::new("category", "What it is").hint("It decides the words of its letters, what its people may read, and which agreement it signs."), &categories, of))
        (choices("part_of", "Is it a department or service of the council?", &BELONGS.map(|(id, words)| (id, html! { (words) })), of))
        (choices("quorum", "Does it count when the conference decides?", &counts, of))
        (text_area(&Input::new("address", "Postal address").hint("For those of its people who have none of their own. A line for each part, the postcode last."), 4, of))
    }
}

fn signed(of: &Filled<'_>) -> Markup {
    date_input("signed", "Agreement signed on", Some("Empty if it is not signed."), of)
}

fn found(ask: &Ask<'_>, opened: &Opened) -> Option<(u32, String)> {
    let number = ask.number("n")?;
    let all = &opened.checked.numbers().organisations;
    all.iter().find(|(_, own)| **own == number).map(|(id, _)| (number, id.clone()))
}

/// One of them.
pub fn one(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let Some((number, id)) = found(ask, opened) else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let form =
            filled(&opened.checked.conference.organisations[&id]).with("address", opened.address_of(&id).join("\n"));
        let form = form.with(SEEN, seen(opened)?.to_string());
        Ok(Reply::Page(draw_one(ask, opened, (number, &id), &form, &Faults::default())))
    })
}

fn filled(one: &Organisation) -> Form {
    let mut form = Form::default()
        .with("name", &*one.name)
        .with("category", one.category.id())
        .with("part_of", one.part_of.map_or(ITS_OWN, PartOf::id))
        .with("quorum", one.quorum.id())
        .with("put", one.report.map_or(PutBefore::default(), |report| report.put).id());
    let days = [
        ("signed", one.agreement.map(|agreement| agreement.signed)),
        ("review", one.agreement.and_then(|agreement| agreement.review)),
        ("asked", one.report.and_then(|report| report.asked)),
        ("received", one.report.and_then(|report| report.received)),
    ];
    for (id, day) in days {
        if let Some(day) = day {
            form = with_day(form, id, day);
        }
    }
    form
}

fn draw_one(ask: &Ask<'_>, opened: &Opened, (number, id): (u32, &str), filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let one = &opened.checked.conference.organisations[id];
    let put: Vec<_> = PUT.iter().map(|(one, words)| (one.id().to_owned(), (*words).to_owned())).collect();
    let title = format!("Change {}", one.name);
    let main = html! {
        (back(&ask.part(Part::Organisations), "Organisations"))
        (faults.summary())
        h1 { (title) }
        (editing(ask, opened, &ask.part(Part::Organisation(number)), filled, &[("Its row", format!("organisations.{id}.name"))], &html! {
            div.grid.halves.below {
                section.panel aria-labelledby="it-is" { h2 id="it-is" { "What it is" } (is(&of)) }
                div.stack {
                    section.panel aria-labelledby="more" {
                        h2 id="more" { "Its agreement" }
                        (signed(&of))
                        (date_input("review", "The agreement is looked at again on", Some("Empty for the usual time after it was signed."), &of))
                    }
                    section.panel aria-labelledby="report" {
                        h2 id="report" { "Its report to the conference" }
                        (date_input("asked", "Asked for on", None, &of))
                        (date_input("received", "It came on", None, &of))
                        (select(&Input::new("put", "What became of it in the meeting"), &put, &of))
                    }
                }
            }
            div.actions {
                button.btn type="submit" { "Save" }
                button.btn.danger type="submit" name="out" value="yes" { "Take it out" }
                a href=(ask.part(Part::Organisations)) { "Cancel" }
            }
        }))
    };
    page(ask, &Frame::of(opened, Tab::People, &title).wrong(!faults.is_empty()), &main)
}

/// One is added.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| -> Result<Reply, Report> {
        let here = ask.part(Part::Organisations);
        let leads = Leads::on(Tab::People, here.clone(), here, "added");
        answer(ask, opened, form, added(opened, form), leads, |faults| draw(ask, opened, form, faults))
    })
}

fn needs(edits: &mut Edits, form: &Form) {
    edits.need(form, "name", "Enter its name");
    edits.need(form, "category", "Choose what it is");
    edits.need(form, "quorum", "Choose whether it counts");
}

fn added(opened: &Opened, form: &Form) -> Edits {
    let mut edits = Edits::default();
    needs(&mut edits, form);
    let name = one_line(form.get("name"));
    let id = free_id(opened, &name);
    let path = format!("organisations.{id}");
    let ids = [
        ("name", "name"),
        ("category", "category"),
        ("part_of", "part_of"),
        ("quorum", "quorum"),
        ("agreement", "signed"),
        ("address", "address"),
    ];
    for (field, id) in ids {
        edits.at(format!("{path}.{field}"), id);
    }
    let mut entry: Vec<(&str, Written)> = vec![("name", name.into()), ("category", form.get("category").into())];
    if form.get("part_of") == PartOf::Council.id() {
        entry.push(("part_of", PartOf::Council.id().into()));
    }
    if form.get("quorum") != QuorumPart::None.id() {
        entry.push(("quorum", form.get("quorum").into()));
    }
    match typed_day(form, "signed") {
        Ok(Some(day)) => entry.push(("agreement", Written::fields([("signed", day.to_string())]))),
        Ok(None) => {}
        Err(says) => edits.faults.add("signed", says),
    }
    let address = lines_of(form.get("address"));
    if !address.is_empty() {
        entry.push(("address", Written::list(address)));
    }
    edits.all.push(Edit::set(path, Written::fields(entry)));
    edits
}

/// A short id after a name that no organisation has.
fn free_id(opened: &Opened, name: &str) -> String {
    let stem = slug(name);
    let stem = if stem.starts_with(|c: char| c.is_ascii_lowercase()) { stem } else { format!("o-{stem}") };
    let stem = stem.trim_end_matches('-');
    let numbered = (2_u32..=u32::MAX).map(|n| format!("{stem}-{n}"));
    let is_free = |id: &String| !opened.checked.conference.organisations.contains_key(id);
    std::iter::once(stem.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

/// One is changed, or taken out.
pub fn change(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let Some((number, id)) = found(ask, opened) else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        let leads =
            Leads::on(Tab::People, ask.part(Part::Organisation(number)), ask.part(Part::Organisations), "saved");
        let edits = changed(opened, &id, form);
        answer(ask, opened, form, edits, leads, |faults| draw_one(ask, opened, (number, &id), form, faults))
    })
}

fn changed(opened: &Opened, id: &str, form: &Form) -> Edits {
    let one = &opened.checked.conference.organisations[id];
    let path = |field: &str| format!("organisations.{id}.{field}");
    let mut edits = Edits::default();
    if form.has("out") {
        edits.all.push(Edit::remove(format!("organisations.{id}")));
        return edits;
    }
    needs(&mut edits, form);
    let (agreement, report) = (one.agreement, one.report);
    edits.text(form, "name", &path("name"), &one.name);
    edits.word(form, "category", &path("category"), Category::id(one.category), "");
    edits.word(form, "part_of", &path("part_of"), one.part_of.map_or(ITS_OWN, PartOf::id), ITS_OWN);
    edits.word(form, "quorum", &path("quorum"), one.quorum.id(), QuorumPart::None.id());
    edits.day(form, "signed", &path("agreement.signed"), agreement.map(|agreement| agreement.signed));
    edits.day(form, "review", &path("agreement.review"), agreement.and_then(|agreement| agreement.review));
    let is_reviewed_only = typed_day(form, "signed") == Ok(None) && matches!(typed_day(form, "review"), Ok(Some(_)));
    if is_reviewed_only && form.given("signed-day").is_some() {
        edits.faults.add("signed", "Enter the day on which it was signed, or leave both days empty");
    }
    edits.day(form, "asked", &path("report.asked"), report.and_then(|report| report.asked));
    edits.day(form, "received", &path("report.received"), report.and_then(|report| report.received));
    let put = report.map_or(PutBefore::default(), |report| report.put);
    edits.lines(form, "address", &path("address"), &opened.address_of(id));
    // What is wrong with it is found where it is used.
    for position in 0..opened.checked.conference.invitees.len() {
        if opened.lends_address(position).is_some_and(|(own, _)| own == id) {
            edits.at(format!("invitees[{position}].address"), "address");
        }
    }
    edits.word(form, "put", &path("report.use"), put.id(), PutBefore::default().id());
    edits
}
