//! A conference begun, and with the first one its council.
//!
//! Deliberately absent: a review, which is begun from the conference that it reviews (`next`); and everything that has a page of its own
//! once the conference is there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf, absolute};

use maud::{Markup, html};

use crate::amend::Edit;
use crate::desk::ask::Ask;
use crate::desk::edits::{Edits, at_inputs};
use crate::desk::held::Desk;
use crate::desk::layout::{Frame, page};
use crate::desk::link::{Part, Target};
use crate::desk::parts::{Filled, Input, back, choices, date_input, form, select, text_area, text_input, typed_day};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::refusal::Refusal;
use crate::desk::reply::Reply;
use crate::diag::Report;
use crate::input;
use crate::layers::Layers;
use crate::model::conference::ContextKind;
use crate::templates;

/// The kinds of context, in the order in which they are offered.
const KINDS: [(ContextKind, &str); 7] = [
    (ContextKind::Place, "A street, park, estate or other place"),
    (ContextKind::School, "A school or college"),
    (ContextKind::PeerGroup, "A group of young people"),
    (ContextKind::Business, "A shop or other business"),
    (ContextKind::Transport, "A station, stop, line or vehicle"),
    (ContextKind::Online, "An online space"),
    (ContextKind::Other, "Something else"),
];

/// An input of this page: its id, the field that it is for, and what is said if it is empty.
type Wanted = (&'static str, &'static str, &'static str);

const OF_CONFERENCE: [Wanted; 6] = [
    ("reference", "reference", "Enter the reference of the conference"),
    ("label", "context.label", "Enter what everybody may call it"),
    ("venue", "meeting.venue.name", "Enter the room and the building"),
    ("postcode", "meeting.venue.postcode", "Enter the postcode"),
    ("chair", "people.p-chair.name", "Enter who is in the chair"),
    ("minute_taker", "people.p-minutes.name", "Enter who takes the minutes"),
];

const OF_COUNCIL: [Wanted; 10] = [
    ("department", "department", "Enter the department that writes"),
    ("phone", "phone", "Enter the telephone number for replies"),
    ("email", "email", "Enter the e-mail address for replies"),
    ("concern", "concern.name", "Enter whom to call about a young person"),
    ("concern_phone", "concern.phone", "Enter their telephone number"),
    ("officer", "data_protection.officer", "Enter the data protection officer"),
    ("officer_email", "data_protection.email", "Enter the data protection officer’s e-mail address"),
    ("ico", "data_protection.ico_registration", "Enter the registration number with the ICO"),
    ("notice", "data_protection.privacy_notice", "Enter the web address of the privacy notice"),
    ("complaints", "data_protection.complaints", "Enter where people can complain"),
];

/// The councils of the folder: the folder of each, by a key that says nothing, with its name.
fn councils(desk: &Desk) -> BTreeMap<String, (PathBuf, String)> {
    let of_conferences = desk.conferences().unwrap_or_default().into_iter();
    let folders = of_conferences.filter_map(|found| found.file.parent().map(Path::to_owned));
    let all = folders.chain([desk.folder.clone()]).filter_map(|folder| input::council(&folder, Layers::base()).ok());
    all.filter_map(|council| {
        let folder = absolute(&council.folder).ok()?;
        Some((desk.found(folder.clone()).key, (folder, council.borough.name)))
    })
    .collect()
}

/// The page.
pub fn get(ask: &Ask<'_>) -> Reply {
    if ask.desk.folder.is_file() {
        return Reply::Refused(Refusal::Nowhere);
    }
    let form = Form::default().with("form", "social-care-chaired");
    Reply::Page(draw(ask, &councils(ask.desk), &form, &Faults::default()))
}

fn draw(ask: &Ask<'_>, councils: &BTreeMap<String, (PathBuf, String)>, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let title = "Start a conference";
    let main = html! {
        (back(&ask.link(&Target::Home), "Your conferences"))
        (faults.summary())
        div.top-line { div {
            h1 { (title) }
            p.lead { "Nobody is written to by this. You add the people next, and all of it can be changed." }
        } }
        (form(ask, &ask.link(&Target::Begin), &html! {
            div.grid.halves.below {
                (about(councils, &of))
                (meeting(&of))
                @if councils.is_empty() { (council(&of)) (law(&of)) }
            }
            div.actions { button.btn type="submit" { "Start it" } a href=(ask.link(&Target::Home)) { "Cancel" } }
        }))
    };
    page(ask, &Frame::new(title).wrong(!faults.is_empty()), &main)
}

fn about(councils: &BTreeMap<String, (PathBuf, String)>, of: &Filled<'_>) -> Markup {
    let kinds = KINDS.iter().map(|(kind, words)| (kind.id().to_owned(), (*words).to_owned()));
    let kinds: Vec<_> = std::iter::once((String::new(), "Choose one".to_owned())).chain(kinds).collect();
    let names: Vec<_> = councils.iter().map(|(key, (_, name))| (key.clone(), name.clone())).collect();
    html! {
        section.panel aria-labelledby="about" {
            h2 id="about" { "What it is about" }
            @if names.len() > 1 { (select(&Input::new("council", "Council"), &names, of)) }
            (text_input(&Input::new("reference", "Reference").hint("As your files have it, such as CSC-2026-014. It is on every paper.").width("w16"), of))
            (text_input(&Input::new("label", "What everybody may call it").hint("A place, never a child: the letters say it."), of))
            (select(&Input::new("kind", "What sort of context it is"), &kinds, of))
            (choices("form", "Who leads it", &[
                ("social-care-chaired", html! { "A chair from children’s social care" }),
                ("community-group", html! { "A family group conference coordinator" }),
            ], of))
        }
    }
}

fn meeting(of: &Filled<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="meeting" {
            h2 id="meeting" { "The meeting" }
            (date_input("date", "Day", None, of))
            div.row.level {
                (text_input(&Input::new("start", "Begins").hint("As 13:30 or 1:30pm").width("w8"), of))
                (text_input(&Input::new("end", "Ends").hint("As 15:30 or 3:30pm").width("w8"), of))
            }
            (text_input(&Input::new("venue", "Room and building"), of))
            (text_area(&Input::new("lines", "Street and town").hint("A line each."), 2, of))
            (text_input(&Input::new("postcode", "Postcode").width("w8"), of))
            (text_input(&Input::new("chair", "In the chair"), of))
            (text_input(&Input::new("minute_taker", "Takes the minutes"), of))
        }
    }
}

fn council(of: &Filled<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="your-council" {
            h2 id="your-council" { "Your council" }
            p.quiet { "Asked only once. Every letter has it." }
            (text_input(&Input::new("council_name", "Name"), of))
            (text_input(&Input::new("department", "Department"), of))
            (text_area(&Input::new("address", "Postal address").hint("A line for each part, the postcode last."), 3, of))
            (text_input(&Input::new("phone", "Telephone for replies").width("w16"), of))
            (text_input(&Input::new("email", "E-mail address for replies"), of))
            (text_input(&Input::new("concern", "Whom to call about a young person").hint("A service, not a person."), of))
            (text_input(&Input::new("concern_phone", "Their telephone").width("w16"), of))
        }
    }
}

fn law(of: &Filled<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="law" {
            h2 id="law" { "Data protection" }
            p.quiet { "Asked only once. The law wants it on every letter." }
            (text_input(&Input::new("officer", "Data protection officer"), of))
            (text_input(&Input::new("officer_email", "Their e-mail address"), of))
            (text_input(&Input::new("ico", "Registration number with the ICO").width("w16"), of))
            (text_input(&Input::new("notice", "Web address of the privacy notice"), of))
            (text_input(&Input::new("complaints", "Where people can complain"), of))
        }
    }
}

/// It is begun.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    if ask.desk.folder.is_file() {
        return Reply::Refused(Refusal::Nowhere);
    }
    let councils = councils(ask.desk);
    let mut conference = of_conference(form);
    let council = councils.is_empty().then(|| of_council(form));
    let below = templates::folder_name(form.get("reference"));
    if form.has("reference") && below.is_none() {
        conference.faults.add("reference", "Enter a reference with letters or digits of the alphabet");
    }
    let again = |faults: &Faults| Reply::Again(draw(ask, &councils, form, faults));
    let all: Vec<&Edits> = std::iter::once(&conference).chain(&council).collect();
    let faults = Faults::joined(all.iter().map(|edits| &edits.faults));
    let Some(below) = below.filter(|_| faults.is_empty()) else { return again(&faults) };
    match write(ask.desk, form, &councils, &conference.all, council.as_ref().map(|edits| &*edits.all), &below) {
        Ok(folder) => begun(ask, &folder),
        Err(report) => again(&at_inputs(&report, &all)),
    }
}

/// Writes it. Returns its folder.
fn write(
    desk: &Desk,
    form: &Form,
    councils: &BTreeMap<String, (PathBuf, String)>,
    conference: &[Edit],
    council: Option<&[Edit]>,
    below: &str,
) -> Result<PathBuf, Report> {
    if let Some(council) = council {
        let name = form.get("council_name");
        let folder = desk.folder.join(templates::folder_name(name).unwrap_or_else(|| "council".to_owned()));
        templates::begin_council(&folder, name, council, below, conference)?;
        return Ok(folder.join(below));
    }
    let chosen = councils.get(form.get("council")).or_else(|| councils.values().next());
    let council = chosen.map_or(&desk.folder, |(folder, _)| folder);
    let folder = folder_of(desk, council, below);
    templates::begin(&folder, council, conference)?;
    Ok(folder)
}

/// The folder of a conference of a council that is about to be begun.
pub fn folder_of(desk: &Desk, council: &Path, below: &str) -> PathBuf {
    // A council above is none of this folder, but its conferences may be.
    let is_below = absolute(&desk.folder).is_ok_and(|own| council.starts_with(own));
    if is_below { council.join(below) } else { desk.folder.join(below) }
}

/// The page of what was begun; that of all conferences, if it lies too deep to be found.
pub fn begun(ask: &Ask<'_>, folder: &Path) -> Reply {
    let is_it = |file: &Path| file.parent().is_some_and(|own| absolute(own).ok() == absolute(folder).ok());
    let found = ask.desk.conferences().unwrap_or_default().into_iter().find(|found| is_it(&found.file));
    let Some(found) = found else { return Reply::SeeOther(ask.link(&Target::Home)) };
    ask.desk.note_edit(&found.key, ask.name());
    Reply::SeeOther(ask.link(&Target::Conference(&found.key, Part::Overview)).done("begun"))
}

fn of_conference(form: &Form) -> Edits {
    let mut edits = wanted(form, &OF_CONFERENCE);
    edits.need(form, "kind", "Choose what sort of context it is");
    edits.word(form, "kind", "context.kind", "", "");
    edits.word(form, "form", "form", "", "");
    if typed_day(form, "date") == Ok(None) {
        edits.faults.add("date", "Enter the day of the meeting");
    }
    edits.day(form, "date", "meeting.date", None);
    edits.need(form, "start", "Enter when it begins");
    edits.time(form, "start", "meeting.start", None);
    edits.need(form, "end", "Enter when it ends");
    edits.time(form, "end", "meeting.end", None);
    lines(&mut edits, form, "lines", "meeting.venue.lines", "Enter the street and the town");
    edits
}

fn of_council(form: &Form) -> Edits {
    let mut edits = wanted(form, &OF_COUNCIL);
    edits.need(form, "council_name", "Enter the name of your council");
    edits.at("name", "council_name");
    lines(&mut edits, form, "address", "address", "Enter the postal address of your council");
    edits
}

fn wanted(form: &Form, all: &[Wanted]) -> Edits {
    let mut edits = Edits::default();
    for (id, path, says) in all {
        edits.need(form, id, says);
        edits.text(form, id, path, "");
    }
    edits
}

fn lines(edits: &mut Edits, form: &Form, id: &str, path: &str, says: &str) {
    edits.need(form, id, says);
    edits.lines(form, id, path, &[]);
}
