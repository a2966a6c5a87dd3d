//! What was said, point by point, with who may read each remark.
//!
//! Deliberately absent: a mark that nobody chose. A new remark is for nobody before somebody says who may read it.

use maud::{Markup, html};

use super::with::with;
use crate::amend::{Edit, Written};
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::edits::{Came, Edits, SEEN, editing, save, seen, stale};
use crate::desk::icons::Icon;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Input, Tone, choices, may, note, select, tag, text_area};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::diag::Report;
use crate::model::conference::{Item, ItemKind};
use crate::model::text::one_line;
use crate::model::{Audience, Clearance};

/// The first point.
pub fn get(ask: &Ask<'_>) -> Reply {
    Reply::SeeOther(ask.part(Part::Point(1)))
}

/// The audience that reads exactly what has a mark.
pub fn readers(share: Clearance) -> Audience {
    match share {
        Clearance::Public => Audience::Public,
        Clearance::Community => Audience::Community,
        Clearance::Professional => Audience::Professional,
        Clearance::Restricted => Audience::Restricted,
    }
}

/// The words for a mark in the file.
pub fn share_id(share: Clearance) -> &'static str {
    readers(share).id()
}

/// The word for a kind of remark.
pub fn kind_in_words(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Fact => "Fact",
        ItemKind::Opinion => "Opinion",
        ItemKind::Analysis => "Analysis",
        ItemKind::View => "View",
    }
}

/// One point.
pub fn point(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let form = Form::default().with(SEEN, seen(opened)?.to_string()).with("kind", "fact");
        Ok(draw(ask, opened, &form, &Faults::default()).map_or(Reply::Refused(Refusal::Nowhere), Reply::Page))
    })
}

/// The inputs of a remark.
pub fn inputs(opened: &Opened, of: &Filled<'_>) -> Markup {
    let organisations = opened.checked.conference.organisations.iter().map(|(id, one)| (id.clone(), one.name.clone()));
    let organisations: Vec<_> =
        std::iter::once((String::new(), "Choose who said it".to_owned())).chain(organisations).collect();
    let kinds = [ItemKind::Fact, ItemKind::Opinion, ItemKind::Analysis, ItemKind::View];
    let kinds: Vec<(&str, Markup)> = kinds.into_iter().map(|one| (one.id(), html! { (kind_in_words(one)) })).collect();
    html! {
        (select(&Input::new("by", "Who"), &organisations, of))
        (text_area(&Input::new("text", "What they said").hint("No names of children, and none of anybody who is not in the room."), 3, of))
        (choices("kind", "What it is", &kinds, of))
        (shares(of))
    }
}

/// Who may read something: four choices.
pub fn shares(of: &Filled<'_>) -> Markup {
    let all: Vec<(&str, Markup)> = Audience::ALL.into_iter().map(|one| (one.id(), may(one))).collect();
    choices("share", "Who may read it", &all, of)
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Option<Markup> {
    let number = ask.number("p")?;
    let point = opened.checked.agenda.get(usize::try_from(number).ok()?.checked_sub(1)?)?;
    let of = Filled { form: filled, faults };
    let last = u32::try_from(opened.checked.agenda.len()).unwrap_or_default();
    let main = html! {
        (faults.summary())
        div.grid.list-page {
            (agenda(ask, opened, number))
            div.stack {
                div.top-line {
                    div { p.quiet { "Point " (number) " of " (last) } h1 { (point.title) } p { (may(readers(point.share))) } }
                    div.row {
                        a.btn.second href=(ask.part(Part::Decisions)) { "Decisions and actions" }
                        a.btn.second href=(ask.part(Part::Approval)) { "Corrections and approval" }
                    }
                }
                @if ask.word("done") == "saved" { (note(Tone::Well, "Saved", &html! { p { a href=(ask.part(Part::Undo)) { "Undo" } } })) }
                (said(ask, opened, number))
                section.panel aria-labelledby="add" {
                    h2 id="add" { "Add what was said" }
                    (editing(ask, opened, &ask.part(Part::Point(number)), filled, &[("A new row, below the last", "items".to_owned())], &html! {
                        (inputs(opened, &of))
                        div.actions {
                            button.btn type="submit" { "Add, and the next" }
                            @if number < last { button.btn.second type="submit" name="next" value="yes" { "Add, and on to point " (number + 1) } }
                        }
                    }))
                }
                (legend())
            }
        }
    };
    let title = format!("Minutes, point {number}");
    Some(page(ask, &Frame::of(opened, Tab::Minutes, &title).wrong(!faults.is_empty()), &main))
}

fn agenda(ask: &Ask<'_>, opened: &Opened, current: u32) -> Markup {
    let items = &opened.checked.conference.items;
    html! {
        nav aria-labelledby="agenda" {
            h2 id="agenda" { "The agenda" }
            ol.points {
                @for (n, point) in (1..).zip(&opened.checked.agenda) {
                    @let said = items.iter().filter(|item| item.agenda == n && item.is_filled_in()).count();
                    li { a href=(ask.part(Part::Point(n))) aria-current=[(n == current).then_some("page")] {
                        span.num { (n) } span { (point.title) }
                        @if said > 0 { span.c { (said) span.vh { " remarks" } } }
                    } }
                }
            }
        }
    }
}

fn said(ask: &Ask<'_>, opened: &Opened, number: u32) -> Markup {
    let conference = &opened.checked.conference;
    let all: Vec<(usize, &Item)> =
        conference.items.iter().enumerate().filter(|(_, item)| item.agenda == number).collect();
    html! {
        @if all.is_empty() { p.quiet { "Nothing is noted at this point yet." } }
        ul.said {
            @for (position, item) in all {
                @let name = conference.organisations.get(&item.by).map_or(item.by.as_str(), |one| one.name.as_str());
                li {
                    div {
                        p.by { strong { (name) } @if item.kind != ItemKind::Fact { (tag(Tone::Plain, Icon::Fact, kind_in_words(item.kind))) } }
                        p { @if item.is_filled_in() { (item.text) } @else { span.quiet { "To be filled in" } } }
                    }
                    div.side {
                        (may(readers(item.share)))
                        a href=(ask.part(Part::Remark(number, position))) { "Change" span.vh { " what " (name) " said" } }
                    }
                }
            }
        }
    }
}

fn legend() -> Markup {
    html! {
        details.panel {
            summary { "What the four marks mean" }
            dl.sum {
                @for (audience, means) in [
                    (Audience::Public, "It may stand in the summary that anyone reads."),
                    (Audience::Community, "Shopkeepers, residents, guardians and all professionals who take part."),
                    (Audience::Professional, "Professionals who take part, and nobody else."),
                    (Audience::Restricted, "The annex for the chair, and nothing besides."),
                ] { dt { (may(audience)) } dd { (means) } }
            }
        }
    }
}

/// The faults of a remark that was typed.
pub fn needs(edits: &mut Edits, form: &Form) {
    edits.need(form, "by", "Choose who said it");
    edits.need(form, "text", "Enter what they said");
    edits.need(form, "share", "Choose who may read it");
}

/// A remark is added.
pub fn add(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let Some(number) = ask.number("p") else { return Ok(Reply::Refused(Refusal::Nowhere)) };
        added(ask, opened, form, number)
    })
}

fn added(ask: &Ask<'_>, opened: &Opened, form: &Form, number: u32) -> Result<Reply, Report> {
    let mut edits = Edits::default();
    needs(&mut edits, form);
    let next = opened.checked.conference.items.len();
    for (field, id) in [("by", "by"), ("text", "text"), ("kind", "kind"), ("share", "share")] {
        edits.at(format!("items[{next}].{field}"), id);
    }
    let mut entry: Vec<(String, Written)> = vec![("agenda".to_owned(), number.to_string().into())];
    if !["", "fact"].contains(&form.get("kind")) {
        entry.push(("kind".to_owned(), form.get("kind").into()));
    }
    entry.push(("by".to_owned(), form.get("by").into()));
    entry.push(("text".to_owned(), one_line(form.get("text")).into()));
    entry.push(("share".to_owned(), form.get("share").into()));
    edits.all.push(Edit::append("items", Written::Fields(entry)));
    let (here, on) = (ask.part(Part::Point(number)), ask.part(Part::Point(number + 1)));
    Ok(match save(ask, opened, form, edits)? {
        Came::Saved if form.has("next") => Reply::SeeOther(on.done("saved")),
        Came::Saved => Reply::SeeOther(here.done("saved").at("add")),
        Came::Wrong(faults) => draw(ask, opened, form, &faults).map_or(Reply::Refused(Refusal::Nowhere), Reply::Again),
        Came::Stale(conflict) => stale(ask, opened, Tab::Minutes, form, &conflict, &here, &here),
    })
}
