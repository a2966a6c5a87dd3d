//! Forms over the conference file: what was typed becomes edits at field paths, and is saved by the verb that proves them.
//!
//! In: a form, and the data that it was drawn from. Out: the file with these edits and every other byte as it was, or what is
//! wrong, at its input.
//!
//! Each form has the hash of the file that it was drawn from. If the file has changed since, nothing is written, and both
//! values are shown. A form that is saved without a change makes no edit.
//!
//! Deliberately absent: what makes a value right, which `check` says of the whole file.

use chrono::{NaiveDate, NaiveTime};
use maud::{Markup, html};

use super::ask::Ask;
use super::conference::Opened;
use super::held::Desk;
use super::layout::{Frame, Tab, page};
use super::link::Link;
use super::only_read::{Named, OnlyRead};
use super::parts::{Filled, Tone, form as draw_form, note, typed_day};
use super::places::page_of;
use super::post::Form;
use super::problems::{Faults, place, says};
use super::reply::Reply;
use crate::amend::{self, Conflict, Edit, Unamended, Written, amend};
use crate::diag::{Diagnostic, Report, Severity, codes};
use crate::gate::Hash;
use crate::input;
use crate::model::text::Shared;

/// The field with the hash of the file that a form was drawn from.
pub const SEEN: &str = "seen";

/// The field that says which form of a page was sent.
pub const WHAT: &str = "what";

/// The field of one of several forms of a page that says which it is.
pub fn what_field(what: &str) -> Markup {
    html! { input type="hidden" name=(WHAT) value=(what); }
}

/// A form of a page with several: what was typed stands in the one that was sent, and nothing in the others.
pub fn one_of<'f>(what: &str, sent: &Filled<'f>, empty: &Filled<'f>) -> Filled<'f> {
    let of = if sent.form.get(WHAT) == what { sent } else { empty };
    Filled { form: of.form, faults: of.faults }
}

/// The hash of a conference file as it is now.
///
/// # Errors
/// If it cannot be read.
pub fn seen(opened: &Opened) -> Result<Hash, Report> {
    // Nothing is typed over a workbook.
    if opened.only_read() == Some(OnlyRead::Workbook) {
        return Ok(Hash::of(b""));
    }
    Ok(Hash::of(input::whole_conference_text(&opened.file)?.as_bytes()))
}

/// A form over the file; or its inputs as they stand, with the reason why they are only read here and where they are changed.
pub fn editing(
    ask: &Ask<'_>,
    opened: &Opened,
    to: &Link,
    form: &Form,
    fields: &[Named<'_>],
    inside: &Markup,
) -> Markup {
    editing_unless(opened.only_read(), ask, opened, (to, form), fields, inside)
}

/// The same for something that is only read for a reason of its own.
pub fn editing_unless(
    only_read: Option<OnlyRead>,
    ask: &Ask<'_>,
    opened: &Opened,
    (to, form): (&Link, &Form),
    fields: &[Named<'_>],
    inside: &Markup,
) -> Markup {
    match only_read {
        None => draw_form(ask, to, &html! { (seen_field(form)) (inside) }),
        Some(why) => html! { (why.note(opened, fields)) fieldset.below disabled { (inside) } },
    }
}

/// The field that carries it.
fn seen_field(form: &Form) -> Markup {
    html! { input type="hidden" name=(SEEN) value=(form.get(SEEN)); }
}

/// Edits as they are gathered from a form, with what could not be understood in it.
#[derive(Default)]
pub struct Edits {
    /// The edits.
    pub all: Vec<Edit>,
    /// What could not be understood.
    pub faults: Faults,
    /// The inputs by the paths that they are for, so that a fault of the file is shown at its input.
    at: Vec<(String, String)>,
}

impl Edits {
    /// Says which input is for a path.
    pub fn at(&mut self, path: impl Into<String>, id: &str) {
        self.at.push((path.into(), id.to_owned()));
    }

    /// A text. An empty one is taken out.
    pub fn text(&mut self, form: &Form, id: &str, path: &str, now: &str) {
        self.at(path, id);
        let typed = crate::model::text::one_line(form.get(id));
        if form.given(id).is_none() || typed == now {
            return;
        }
        self.all.push(if typed.is_empty() { Edit::remove(path) } else { Edit::set(path, typed) });
    }

    /// A text with a mark of its own, which stays.
    pub fn shared(&mut self, form: &Form, id: &str, path: &str, now: Option<&Shared>) {
        self.at(path, id);
        let typed = form.get(id);
        let (before, marked) =
            now.map_or(("", false), |now| (now.text.as_str(), now.mark.is_some() || now.reason.is_some()));
        if form.given(id).is_none() || crate::model::text::one_line(typed) == before {
            return;
        }
        self.all.push(match (typed.is_empty(), marked) {
            (true, _) => Edit::remove(path),
            (false, true) => Edit::set(format!("{path}.text"), typed),
            (false, false) => Edit::set(path, typed),
        });
    }

    /// Lines, of which empty ones are nothing.
    pub fn lines(&mut self, form: &Form, id: &str, path: &str, now: &[String]) {
        self.at(path, id);
        if form.given(id).is_some() {
            self.list(id, path, lines_of(form.get(id)), now);
        }
    }

    /// Some of what there is to choose from. None of it is taken out.
    pub fn list(&mut self, id: &str, path: &str, typed: Vec<String>, now: &[String]) {
        self.at(path, id);
        if typed != now {
            self.all.push(if typed.is_empty() { Edit::remove(path) } else { Edit::set(path, Written::list(typed)) });
        }
    }

    /// A day. An empty one is taken out.
    pub fn day(&mut self, form: &Form, id: &str, path: &str, now: Option<NaiveDate>) {
        self.at(path, id);
        if form.given(&format!("{id}-day")).is_none() {
            return;
        }
        match typed_day(form, id) {
            Err(says) => self.faults.add(id, says),
            Ok(typed) if typed == now => {}
            Ok(Some(day)) => self.all.push(Edit::set(path, day.to_string())),
            Ok(None) => self.all.push(Edit::remove(path)),
        }
    }

    /// A time of day. An empty one is taken out.
    pub fn time(&mut self, form: &Form, id: &str, path: &str, now: Option<NaiveTime>) {
        self.at(path, id);
        let Some(typed) = form.given(id) else { return };
        match typed_time(typed) {
            Err(says) => self.faults.add(id, says),
            Ok(typed) if typed == now => {}
            Ok(Some(time)) => self.all.push(Edit::set(path, time.format("%H:%M").to_string())),
            Ok(None) => self.all.push(Edit::remove(path)),
        }
    }

    /// One of some words; `usual` is what its absence means.
    pub fn word(&mut self, form: &Form, id: &str, path: &str, now: &str, usual: &str) {
        self.at(path, id);
        let Some(typed) = form.given(id).filter(|typed| *typed != now) else { return };
        self.all.push(if typed == usual || typed.is_empty() { Edit::remove(path) } else { Edit::set(path, typed) });
    }

    /// A mark of who may read something. It is always written: its absence would be a decision that nobody sees.
    pub fn share(&mut self, form: &Form, id: &str, path: &str, now: &str) {
        self.at(path, id);
        if form.given(id).is_some_and(|typed| typed != now) {
            self.all.push(Edit::set(path, form.get(id)));
        }
    }

    /// A yes, whose absence means no.
    pub fn yes(&mut self, form: &Form, id: &str, path: &str, now: bool) {
        self.at(path, id);
        let typed = form.get(id) == "yes";
        if typed != now {
            self.all.push(if typed { Edit::set(path, "true") } else { Edit::remove(path) });
        }
    }

    /// Asks for something in an input.
    pub fn need(&mut self, form: &Form, id: &str, says: &str) {
        if !form.has(id) {
            self.faults.add(id, says);
        }
    }

    /// The input for the path of a problem: that of the path itself, or of what it is a part of.
    fn input(&self, path: &str) -> Option<String> {
        let is_of = |own: &str| path == own || path.strip_prefix(own).is_some_and(|rest| rest.starts_with(['.', '[']));
        self.at.iter().filter(|(own, _)| is_of(own)).max_by_key(|(own, _)| own.len()).map(|(_, id)| id.clone())
    }
}

/// The lines of a text, without empty ones.
pub fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(crate::model::text::one_line).filter(|line| !line.is_empty()).collect()
}

/// A time as `13:30` or `1:30pm`. `None` if nothing was typed.
///
/// # Errors
/// If it is no time.
pub fn typed_time(typed: &str) -> Result<Option<NaiveTime>, &'static str> {
    const SAYS: &str = "Enter a time as 13:30 or 1:30pm";
    let plain: String =
        typed.to_lowercase().chars().filter(|c| !c.is_whitespace()).map(|c| if c == '.' { ':' } else { c }).collect();
    if plain.is_empty() {
        return Ok(None);
    }
    if plain == "noon" {
        return Ok(NaiveTime::from_hms_opt(12, 0, 0));
    }
    let (digits, later) = match (plain.strip_suffix("am"), plain.strip_suffix("pm")) {
        (Some(rest), _) => (rest, Some(0)),
        (_, Some(rest)) => (rest, Some(12)),
        _ => (plain.as_str(), None),
    };
    let (hour, minute) = digits.split_once(':').unwrap_or((digits, "00"));
    let hour: u32 = hour.parse().map_err(|_| SAYS)?;
    let minute: u32 = if minute.len() == 2 { minute.parse().map_err(|_| SAYS)? } else { return Err(SAYS) };
    let hour = match later {
        // Two digits leave no doubt; one could be in the afternoon.
        None if digits.len() < 5 => return Err(SAYS),
        None => hour,
        Some(_) if hour == 0 || hour > 12 => return Err(SAYS),
        Some(later) => hour % 12 + later,
    };
    NaiveTime::from_hms_opt(hour, minute, 0).map(Some).ok_or(SAYS)
}

/// What came of saving a form.
pub enum Came {
    /// It is saved, or there was nothing to save.
    Saved,
    /// Something is wrong.
    Wrong(Faults),
    /// The file has changed since.
    Stale(Box<Conflict>),
}

/// Saves the edits of a form.
///
/// # Errors
/// If the file cannot be read or written.
pub fn save(ask: &Ask<'_>, opened: &Opened, form: &Form, edits: Edits) -> Result<Came, Report> {
    if !edits.faults.is_empty() {
        return Ok(Came::Wrong(edits.faults));
    }
    if opened.only_read().is_some() {
        let mut faults = Faults::default();
        faults.add("", "This conference is only read here. Nothing was changed");
        return Ok(Came::Wrong(faults));
    }
    let Ok(seen) = form.get(SEEN).parse::<Hash>() else { return Ok(Came::Wrong(unseen())) };
    if edits.all.is_empty() {
        return Ok(Came::Saved);
    }
    match amend(&opened.file, &seen, &edits.all) {
        Ok(_) => {
            ask.desk.note_edit(&opened.key, ask.name());
            Ok(Came::Saved)
        }
        Err(Unamended::Conflict(conflict)) => Ok(Came::Stale(conflict)),
        Err(Unamended::Worse(proposed)) => Ok(Came::Wrong(at_pages(ask, opened, &proposed.worse, &edits))),
        Err(Unamended::Unspliced(_, report)) => Ok(Came::Wrong(at_inputs(&report, &[&edits]))),
        // What was typed is not lost because nothing can be written just now.
        Err(Unamended::Refused(report)) if report.diagnostics.iter().all(|one| one.code == codes::CANNOT_WRITE) => {
            Ok(Came::Wrong(unwritable(&report)))
        }
        Err(Unamended::Refused(report)) => Err(report),
    }
}

fn unseen() -> Faults {
    let mut faults = Faults::default();
    faults.add("", "This page is too old. Open it again, and make your change again");
    faults
}

/// Where a form leads.
pub struct Leads {
    /// The tab of its page.
    pub tab: Tab,
    /// Its page.
    pub here: Link,
    /// The page that is opened again if the file has changed since.
    pub back: Link,
    /// The page that says that it is done.
    pub done: Link,
}

impl Leads {
    /// A form after which its own page says that it is saved.
    pub fn here(tab: Tab, here: Link) -> Self {
        Self { tab, back: here.clone(), done: here.clone().done("saved"), here }
    }

    /// A form after which another page says that something is done.
    pub fn on(tab: Tab, here: Link, to: Link, done: &'static str) -> Self {
        Self { tab, here, done: to.clone().done(done), back: to }
    }
}

/// Saves the edits of a form and leads on; or shows its page again with what is wrong, or what somebody else wrote meanwhile.
///
/// # Errors
/// As for [`save`].
pub fn answer(
    ask: &Ask<'_>,
    opened: &Opened,
    form: &Form,
    edits: Edits,
    leads: Leads,
    again: impl FnOnce(&Faults) -> Markup,
) -> Result<Reply, Report> {
    Ok(match save(ask, opened, form, edits)? {
        Came::Saved => Reply::SeeOther(leads.done),
        Came::Wrong(faults) => Reply::Again(again(&faults)),
        Came::Stale(conflict) => stale(ask, opened, leads.tab, form, &conflict, &leads.here, &leads.back),
    })
}

fn unwritable(report: &Report) -> Faults {
    let mut faults = Faults::default();
    for one in &report.diagnostics {
        let place = place(report, one).map(|place| format!(" ({place})")).unwrap_or_default();
        faults.add("", format!("Nothing could be written{place}. {} What you typed is still here", says(one)));
    }
    faults
}

/// Problems at their inputs; those of other fields in the summary.
pub fn at_inputs(report: &Report, all: &[&Edits]) -> Faults {
    let mut faults = Faults::default();
    let id =
        |one: &Diagnostic| one.place.path.as_deref().and_then(|path| all.iter().find_map(|edits| edits.input(path)));
    // What only wants a look stops nothing.
    for one in report.diagnostics.iter().filter(|one| one.severity == Severity::Error) {
        faults.add(&id(one).unwrap_or_default(), says(one));
    }
    faults
}

/// The same, and of fields of other pages a link to their page.
fn at_pages(ask: &Ask<'_>, opened: &Opened, report: &Report, edits: &Edits) -> Faults {
    let mut faults = Faults::default();
    for one in &report.diagnostics {
        let id = one.place.path.as_deref().and_then(|path| edits.input(path));
        match (&id, page_of(ask, opened, one)) {
            (None, Some(link)) => faults.add_elsewhere(one, link),
            _ => faults.add(&id.unwrap_or_default(), says(one)),
        }
    }
    faults
}

/// The page for a form whose file has changed since: what was typed beside what stands there now. Nothing was written.
pub fn stale(
    ask: &Ask<'_>,
    opened: &Opened,
    tab: Tab,
    form: &Form,
    conflict: &Conflict,
    to: &Link,
    back: &Link,
) -> Reply {
    let says = |value: &Option<Written>| value.as_ref().map_or_else(|| "nothing".to_owned(), in_words);
    let main = html! {
        div.stack {
            h1 { "Somebody changed the file while you typed" }
            p.lead { "Nothing of yours is saved yet, and nothing of theirs is lost." }
            div.panel.flush { table.cards {
                caption.vh { "What differs" }
                thead { tr { th scope="col" { "Field" } th scope="col" { "You typed" } th scope="col" { "It says now" } } }
                tbody { @for one in &conflict.fields {
                    tr { th scope="row" { (field(&one.path)) } td data-l="You typed" { (says(&one.asked)) } td data-l="It says now" { (says(&one.now)) } }
                } }
            } }
            (note(Tone::Plain, "What you can do", &html! { p { "Save what you typed over it, or open the page again and see what they wrote." } }))
            (draw_form(ask, to, &html! {
                @for (name, value) in form.pairs().filter(|(name, _)| *name != SEEN) { input type="hidden" name=(name) value=(value); }
                input type="hidden" name=(SEEN) value=(conflict.now.to_string());
                div.actions { button.btn type="submit" { "Save what I typed" } a href=(back) { "Open the page again" } }
            }))
        }
    };
    Reply::Stale(page(ask, &Frame::of(opened, tab, "Somebody changed the file"), &main))
}

/// A field in words: the last name of its path.
fn field(path: &str) -> String {
    let last = path.rsplit(['.', '[']).find(|part| !part.ends_with(']')).unwrap_or(path);
    super::words::sentence(&last.replace(['_', '-'], " ")).trim_end_matches('.').to_owned()
}

fn in_words(value: &Written) -> String {
    match value {
        Written::Text(text) => text.clone(),
        Written::List(all) => all.iter().map(in_words).collect::<Vec<_>>().join("; "),
        Written::Fields(all) => all.iter().map(|(_, value)| in_words(value)).collect::<Vec<_>>().join("; "),
    }
}

impl Desk {
    /// Whoever changes the data has a hand in the papers that are made from it.
    pub(super) fn note_edit(&self, key: &str, name: &str) {
        self.seat().editors.entry(key.to_owned()).or_default().insert(name.to_owned());
    }

    /// Those who changed a conference since the desk was opened.
    pub(super) fn editors(&self, key: &str) -> Vec<String> {
        self.seat().editors.get(key).into_iter().flatten().cloned().collect()
    }
}

/// Undoes the last change of a conference file.
///
/// # Errors
/// If there is none, or the file has changed since.
pub(super) fn undo(opened: &Opened) -> Result<(), Report> {
    amend::undo(&opened.file).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it_and_never_guessed() {
        let time = |typed: &str| typed_time(typed).map(|time| time.map(|time| time.format("%H:%M").to_string()));
        for (typed, read) in [
            ("13:30", "13:30"),
            ("1:30pm", "13:30"),
            ("1.30 PM", "13:30"),
            ("9am", "09:00"),
            ("12am", "00:00"),
            ("noon", "12:00"),
            ("09:05", "09:05"),
        ] {
            assert_eq!(time(typed), Ok(Some(read.to_owned())), "{typed}");
        }
        assert_eq!(time(" "), Ok(None));
        for typed in ["1:30", "25:00", "13:30pm", "1330", "half one", "0am", "13:5"] {
            assert!(time(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_problem_is_shown_at_the_input_of_its_field_or_of_what_that_is_a_part_of() {
        let mut edits = Edits::default();
        edits.at("invitees[3].address", "address");
        edits.at("invitees[3]", "name");
        assert_eq!(edits.input("invitees[3].address[2]").as_deref(), Some("address"));
        assert_eq!(edits.input("invitees[3].email").as_deref(), Some("name"));
        assert_eq!(edits.input("invitees[31].address"), None);
    }
}
