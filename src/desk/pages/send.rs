//! What was checked and is to be sent: messages for the council's own mail program, files for the printer, and the note that
//! it is gone.
//!
//! Deliberately absent: sending. The council's own mail adds its protection, and its own post room posts.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::door::is_behind;
use crate::desk::icons::{Icon, icon};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{
    Filled, MOST_ROWS, Tone, back, choices, date_input, form, may, note, rest, tag, tick, typed_day, with_day,
};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::{Report, count};
use crate::jobs;
use crate::records::{self, Channel, FileRow, Listing, PaperStatus, RunFile, Sending, Whom};

/// What is to be sent of one kind.
#[derive(Default)]
struct ToSend<'l> {
    /// Papers and letters, one for each reader.
    papers: Vec<&'l FileRow>,
    /// Messages with letters in them.
    messages: Vec<&'l FileRow>,
    /// Files for the printer and others with several letters.
    others: Vec<&'l FileRow>,
}

impl ToSend<'_> {
    fn left(&self) -> usize {
        self.papers.iter().filter(|row| row.sent.is_empty()).count()
    }

    /// Those that are shown: all, or of very many the first, and those that are left before those that are gone.
    fn shown(&self) -> Vec<&FileRow> {
        if self.papers.len() <= MOST_ROWS {
            return self.papers.clone();
        }
        let (left, gone): (Vec<&FileRow>, Vec<&FileRow>) = self.papers.iter().partition(|row| row.sent.is_empty());
        left.into_iter().chain(gone).take(MOST_ROWS).collect()
    }

    fn messages_by_number(&self) -> BTreeMap<u32, &FileRow> {
        self.messages.iter().filter_map(|row| Some((row.part.as_ref()?.number?, *row))).collect()
    }
}

/// What is released, checked and newest, by kind.
fn by_kind<'l>(ask: &Ask<'_>, opened: &Opened, listing: &'l Listing) -> BTreeMap<&'l str, ToSend<'l>> {
    let is_open = ask.desk.door(&opened.key).is_some();
    let mut kinds: BTreeMap<&str, ToSend<'_>> = BTreeMap::new();
    let released = listing.files.iter().filter(|row| row.status == PaperStatus::Released);
    for row in released.filter(|row| is_open || !is_behind(row)) {
        let of = kinds.entry(row.paper.as_str()).or_default();
        match row.part.as_ref().map(|part| part.kind) {
            None | Some(RunFile::Letter) => of.papers.extend(Some(row).filter(|row| row.is_sent)),
            Some(RunFile::Message) => of.messages.push(row),
            Some(RunFile::Other) => of.others.push(row),
            Some(RunFile::Proof) => {}
        }
    }
    kinds.retain(|_, of| !of.papers.is_empty());
    kinds
}

/// Every kind.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let listing = opened.listing()?;
        let kinds = by_kind(ask, opened, &listing);
        let titles = jobs::titles(&opened.checked)?;
        let drafts = listing.files.iter().filter(|row| row.status == PaperStatus::Draft && row.is_sent).count();
        let main = html! {
            div.stack {
                h1 { "Send" }
                p.lead { "Only what was checked is here, and only the newest of it." }
                @if kinds.is_empty() {
                    (note(Tone::Plain, "Nothing is ready to be sent", &html! {
                        p { @if drafts > 0 { (count(drafts, "draft")) " first " (if drafts == 1 { "has" } else { "have" }) " to be checked. " a href=(ask.part(Part::Check)) { "Check" } }
                            @else { "Make the drafts, then have them checked. " a href=(ask.part(Part::Make)) { "Make the drafts" } } }
                    }))
                } @else {
                    div.panel.flush { table.cards {
                        caption.vh { "What is to be sent" }
                        thead { tr { th scope="col" { "Paper" } th scope="col" { "Copies" } th scope="col" { "Sent" } } }
                        tbody { @for (kind, of) in &kinds {
                            tr {
                                th scope="row" { a href=(ask.part(Part::SendKind(kind))) { (titles.get(*kind).map_or(*kind, String::as_str)) } }
                                td data-l="Copies" { (of.papers.len()) }
                                td data-l="Sent" { (stands(of)) }
                            }
                        } }
                    } }
                }
            }
        };
        Ok(Reply::Page(page(ask, &Frame::of(opened, Tab::Send, "Send"), &main)))
    })
}

fn stands(of: &ToSend<'_>) -> Markup {
    match of.left() {
        0 => tag(Tone::Done, Icon::Tick, "All sent"),
        left if left == of.papers.len() => tag(Tone::Look, Icon::Clock, "None yet"),
        left => tag(Tone::Look, Icon::Clock, format!("{} sent, {left} left", of.papers.len() - left)),
    }
}

/// One kind.
pub fn kind(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let form = with_day(Form::default(), "on", ask.today);
        let page = draw(ask, opened, &form, &Faults::default())?;
        Ok(page.map_or_else(|| Reply::SeeOther(ask.part(Part::Send)), Reply::Page))
    })
}

fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Result<Option<Markup>, Report> {
    let listing = opened.listing()?;
    let kind = ask.param("kind");
    let Some(of) = by_kind(ask, opened, &listing).remove(kind) else { return Ok(None) };
    let title = jobs::titles(&opened.checked)?.remove(kind).unwrap_or_else(|| kind.to_owned());
    let checked = of.papers.iter().flat_map(|row| &row.checked).last();
    let main = html! {
        (back(&ask.part(Part::Send), "Send"))
        (faults.summary())
        div.top-line {
            div { h1 { "Send: " (title) } p.lead { "This program sends nothing. Send them, then say here that they are gone." } }
            @if let Some(checked) = checked { (tag(Tone::Well, Icon::Tick, format!("Checked by {}, {}", checked.by, words::plain(checked.on)))) }
        }
        @if ask.word("done") == "sent" { (note(Tone::Well, "It is noted in the record", &html! {})) }
        div.stack-l {
            @if !of.others.is_empty() { (for_the_printer(ask, &of)) }
            (gone(ask, opened, &of, filled, faults))
        }
    };
    Ok(Some(page(ask, &Frame::of(opened, Tab::Send, &format!("Send: {title}")).wrong(!faults.is_empty()), &main)))
}

fn for_the_printer(ask: &Ask<'_>, of: &ToSend<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="print" {
            h2 id="print" { (icon(Icon::Printer)) " For the printer" }
            p.quiet { "All letters for the post in one file, each on a sheet of its own. The address shows in the window of a DL envelope." }
            ul.plain-list {
                @for row in &of.others {
                    li { a href=(ask.part(Part::File(&row.key()))) target="_blank" rel="noopener" { (icon(Icon::Down)) (what(row)) } " " @if let Some(audience) = words::audience(&row.audience) { (may(audience)) } }
                }
            }
        }
    }
}

fn what(row: &FileRow) -> String {
    let name = row.file.rsplit('/').next().unwrap_or_default();
    match row.ending().as_str() {
        "ics" => "The meeting, for a calendar".to_owned(),
        "csv" => "A table for GOV.UK Notify".to_owned(),
        "zip" => "All letters in one archive".to_owned(),
        _ if name.starts_with("labels") => "Address labels, 21 on a sheet".to_owned(),
        _ => format!(
            "Letters to print{}",
            row.pages.map(|pages| format!(", {}", count(pages as usize, "page"))).unwrap_or_default()
        ),
    }
}

fn gone(ask: &Ask<'_>, opened: &Opened, of: &ToSend<'_>, filled: &Form, faults: &Faults) -> Markup {
    let drawn = Filled { form: filled, faults };
    let messages = of.messages_by_number();
    let how: [(&str, Markup); 3] =
        [("post", html! { "By post" }), ("email", html! { "By e-mail" }), ("hand", html! { "By hand" })];
    html! {
        section.panel aria-labelledby="gone" {
            h2 id="gone" { "Which of them are gone?" }
            (form(ask, &ask.part(Part::SendKind(ask.param("kind"))), &html! {
                div.bad[faults.of("sent-0").is_some()] {
                @if let Some(fault) = faults.of("sent-0") { p.err id="sent-fault" { (icon(Icon::Stop)) span { span.vh { "Error: " } (fault) } } }
                table.cards {
                    caption.vh { "Copies" }
                    thead { tr { th scope="col" { "Gone now" } th scope="col" { "To" } th scope="col" { "Open" } th scope="col" { "Sent" } } }
                    tbody { @for (n, row) in of.shown().into_iter().enumerate() { (copy(ask, opened, &messages, filled, n, row)) } }
                }
                (rest(of.papers.len(), "Those that are left come first. The button for all of them notes all, and the record finds one."))
                }
                (choices("how", "How did they go?", &how, &drawn))
                (date_input("on", "On which day?", None, &drawn))
                div.actions {
                    button.btn type="submit" { "Those that are ticked are gone" }
                    @if of.left() > 1 { button.btn.second type="submit" name="all" value="yes" { "All " (of.left()) " that are left are gone" } }
                }
            }))
        }
    }
}

fn copy(
    ask: &Ask<'_>,
    opened: &Opened,
    messages: &BTreeMap<u32, &FileRow>,
    filled: &Form,
    n: usize,
    row: &FileRow,
) -> Markup {
    let key = row.key();
    let is_gone = !row.sent.is_empty();
    let to = Some(opened.readers(&row.to))
        .filter(|to| !to.is_empty())
        .unwrap_or_else(|| "Everybody who reads it".to_owned());
    let number = row.part.as_ref().and_then(|part| part.number);
    let message = number.and_then(|number| messages.get(&number));
    html! {
        tr.off[is_gone] {
            td.tick data-l="" {
                @if is_gone { (icon(Icon::Tick)) span.vh { "Sent" } }
                @else { (tick(&format!("sent-{n}"), "sent", &key, html! { span.vh { (to) } }, filled.all("sent").any(|one| one == key))) }
            }
            th scope="row" { (to) }
            td data-l="Open" {
                @if let Some(message) = message {
                    a href=(ask.part(Part::File(&message.key()))) { (icon(Icon::At)) "Message for Outlook" span.vh { " to " (to) } } br;
                }
                a href=(ask.part(Part::File(&key))) target="_blank" rel="noopener" { "PDF" span.vh { " for " (to) ", in a new tab" } }
            }
            td data-l="Sent" {
                @if row.sent.is_empty() { span.quiet { "Not yet" } }
                @for sent in &row.sent { span.sub { (words::channel(sent.how)) " " (words::plain(sent.on)) } }
            }
        }
    }
}

/// It is noted that they are gone.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let listing = opened.listing()?;
        let Some(of) = by_kind(ask, opened, &listing).remove(ask.param("kind")) else {
            return Ok(Reply::SeeOther(ask.part(Part::Send)));
        };
        let mut faults = Faults::default();
        let is_meant =
            |row: &&&FileRow| row.sent.is_empty() && (form.has("all") || form.all("sent").any(|key| key == row.key()));
        let gone: Vec<&FileRow> = of.papers.iter().filter(is_meant).copied().collect();
        let how = channel(form.get("how"));
        if gone.is_empty() {
            faults.add("sent-0", "Tick those that are gone");
        }
        if how.is_none() {
            faults.add("how", "Say how they went");
        }
        let on = typed_day(form, "on").unwrap_or_else(|says| {
            faults.add("on", says);
            None
        });
        if let (Some(how), true) = (how, faults.is_empty()) {
            let noted = note_sent(ask, opened, &gone, how, on.unwrap_or(ask.today));
            match noted {
                Ok(()) => return Ok(Reply::SeeOther(ask.part(Part::SendKind(ask.param("kind"))).done("sent"))),
                Err(report) => {
                    faults.add_report(&report, |one| (one.place.file.as_deref() == Some("--on")).then_some("on"));
                }
            }
        }
        let page = draw(ask, opened, form, &faults)?;
        Ok(page.map_or_else(|| Reply::SeeOther(ask.part(Part::Send)), Reply::Again))
    })
}

fn channel(word: &str) -> Option<Channel> {
    match word {
        "post" => Some(Channel::Post),
        "email" => Some(Channel::Email),
        "hand" => Some(Channel::Hand),
        _ => None,
    }
}

/// Letters of a run go by their numbers, in one line; other papers one by one.
fn note_sent(
    ask: &Ask<'_>,
    opened: &Opened,
    gone: &[&FileRow],
    how: Channel,
    on: chrono::NaiveDate,
) -> Result<(), Report> {
    let mut runs: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut all: Vec<(String, Option<String>)> = Vec::new();
    for row in gone {
        match row.part.as_ref().and_then(|part| Some((part.run.as_str(), part.number?))) {
            Some((run, number)) => runs.entry(run).or_default().push(number.to_string()),
            None => all.push((row.file.clone(), None)),
        }
    }
    all.extend(runs.into_iter().map(|(run, numbers)| (run.to_owned(), Some(numbers.join(",")))));
    for (paper, letters) in all {
        let by = Some(ask.name().to_owned());
        let request = Sending { paper, of: Whom::default(), letters, how, on, today: ask.today, by };
        records::sent(&opened.folder, Some(&opened.file), &request)?;
    }
    Ok(())
}
