//! Everybody: what each may read and why, their letter, their reply, whether they came.
//!
//! A search is a form that is sent, so that no name is in an address.
//!
//! Deliberately absent: addresses, which each person's own page has.

use maud::{Markup, html};

use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::icons::{Icon, icon};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Input, Tone, form, may, note, tag, text_input};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;
use crate::desk::words;
use crate::diag::{Report, count};
use crate::fold::Folded;
use crate::model::people::Invitee;
use crate::model::{Audience, Category, Reads};
use crate::records::{FileRow, Listing, PaperStatus, RunFile};
use crate::stages::INVITATION;

/// Everybody.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| draw(ask, opened, ""))
}

/// Those whose name or organisation has the words.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| draw(ask, opened, form.get("q")))
}

fn draw(ask: &Ask<'_>, opened: &Opened, search: &str) -> Result<Reply, Report> {
    let listing = opened.listing()?;
    let all: Vec<One<'_>> = (0..opened.checked.conference.invitees.len()).map(|n| One::of(opened, n)).collect();
    let wanted = Folded::of(search).text;
    let shown: Vec<&One<'_>> = all.iter().filter(|one| wanted.is_empty() || one.text().contains(&wanted)).collect();
    let main = html! {
        div.top-line {
            div { h1 { "People" } p.lead { (lead(&all)) } }
            div.row {
                a.btn href=(ask.part(Part::Add)) { "Add a person" }
                a.btn.second href=(ask.part(Part::List)) { "Add a list" }
                a.btn.second href=(ask.part(Part::Organisations)) { "Organisations" }
                a.btn.second href=(ask.part(Part::Attendance)) { "Who came" }
            }
        }
        (done(ask.word("done")))
        div.stack {
            (find(ask, search))
            @if !wanted.is_empty() {
                p { strong { (shown.len()) " found" } " for “" (search) "”. " a href=(ask.part(Part::People)) { "Show all " (all.len()) } }
            }
            @if all.is_empty() {
                (note(Tone::Look, "Nobody is invited yet", &html! { p { "Add the first person above, or a list that you have in a spreadsheet." } }))
            } @else if !shown.is_empty() {
                (table(ask, opened, &shown, &listing))
            }
        }
    };
    Ok(Reply::Page(page(ask, &Frame::of(opened, Tab::People, "People"), &main)))
}

fn done(word: &str) -> Markup {
    let says = match word {
        "added" => "They are added. Make the drafts to get their letter.",
        "listed" => "Those of the list are added. Make the drafts to get their letters.",
        "away" => "The list is put away. Nothing of it was kept.",
        "withdrawn" => "It is noted. Nothing is made for them from now on.",
        "rejoined" => "It is noted. They take part again. Make the drafts to get what is missing.",
        _ => return html! {},
    };
    note(Tone::Well, says, &html! {})
}

fn lead(all: &[One<'_>]) -> String {
    let invited = all.iter().filter(|one| one.invitee.invited && !one.is_gone).count();
    let of = |audience| all.iter().filter(|one| one.audience == audience && !one.is_gone).count();
    let are = if invited == 1 { "is" } else { "are" };
    format!(
        "{} {are} invited. {} as professionals, {} as the community.",
        crate::diag::count_people(u32::try_from(invited).unwrap_or(u32::MAX)),
        reads(of(Audience::Professional)),
        of(Audience::Community)
    )
}

fn reads(number: usize) -> String {
    if number == 1 { "1 reads".to_owned() } else { format!("{number} read") }
}

fn find(ask: &Ask<'_>, search: &str) -> Markup {
    let typed = Form::default().with("q", search);
    let of = Filled { form: &typed, faults: &Faults::default() };
    form(
        ask,
        &ask.part(Part::People),
        &html! {
            div.find role="search" {
                (text_input(&Input { kind: "search", ..Input::new("q", "Name or organisation") }.width("w16"), &of))
                button.btn.second type="submit" { (icon(Icon::Find)) "Find" }
            }
        },
    )
}

/// Somebody in the list.
pub struct One<'o> {
    /// Their number.
    pub number: u32,
    /// Their entry.
    pub invitee: &'o Invitee,
    /// Their name.
    pub name: &'o str,
    /// Their organisation's name.
    pub organisation: Option<&'o str>,
    /// What they are to the conference.
    pub category: Category,
    /// What they may read.
    pub audience: Audience,
    /// Why.
    pub why: String,
    /// Whether they no longer take part.
    pub is_gone: bool,
    /// The list of people that they stand in, and their row, in words.
    pub listed: Option<String>,
}

impl<'o> One<'o> {
    /// The one at a position.
    pub fn of(opened: &'o Opened, position: usize) -> Self {
        let checked = &opened.checked;
        let invitee = &checked.conference.invitees[position];
        let organisation = checked.organisation_of(invitee);
        let (category, audience) = (checked.category(invitee), checked.audience(invitee));
        let has_agreed = organisation.is_some_and(|(id, _)| checked.is_bound(id));
        let organisation = organisation.map(|(_, organisation)| organisation);
        Self {
            number: checked.numbers().invitee(position),
            invitee,
            name: &checked.person(invitee).name,
            organisation: organisation.map(|organisation| organisation.name.as_str()),
            category,
            audience,
            why: why(checked.reads(category), has_agreed),
            is_gone: checked.withdrawn().invitees.contains(&position),
            listed: opened.listed(position),
        }
    }

    fn text(&self) -> String {
        Folded::of(&format!("{} {}", self.name, self.organisation.unwrap_or_default())).text
    }
}

/// Why somebody reads what they read.
fn why(reads: Reads, has_agreed: bool) -> String {
    match (reads, has_agreed) {
        (Reads::Professional, _) => "It is their work",
        (Reads::WithAgreement, true) => "Their organisation’s agreement is in force",
        (Reads::WithAgreement, false) => "Their organisation has no agreement in force",
        (Reads::Community, _) => "They take part as the community",
    }
    .to_owned()
}

fn table(ask: &Ask<'_>, opened: &Opened, all: &[&One<'_>], listing: &Listing) -> Markup {
    let has_met = opened.checked.has_met();
    html! {
        div.panel.flush { table.cards {
            caption.vh { (count(all.len(), "person")) }
            thead { tr {
                th scope="col" { "Person" } th scope="col" { "Category" } th scope="col" { "May read" }
                th scope="col" { "Letter" } th scope="col" { "Reply" } th scope="col" { "Came" }
            } }
            tbody { @for one in all {
                tr.off[one.is_gone] {
                    th scope="row" {
                        a href=(ask.part(Part::Person(one.number))) { (one.name) }
                        @if let Some(organisation) = one.organisation { span.sub { (organisation) } }
                        @if let Some(listed) = &one.listed { span.sub { "In " (listed) } }
                    }
                    td data-l="Category" { (words::category(one.category)) }
                    td data-l="May read" { (may(one.audience)) span.sub { (one.why) } }
                    td data-l="Letter" { (letter(&letters(listing, one.number), one)) }
                    td data-l="Reply" { (words::reply(one.invitee.reply)) }
                    td data-l="Came" { (came(one.invitee, has_met)) }
                }
            } }
        } }
    }
}

/// The letters to somebody: invitations, the newest version last.
pub fn letters(listing: &Listing, number: u32) -> Vec<&FileRow> {
    let own = format!("i{number}");
    let is_letter = |row: &&FileRow| row.part.as_ref().is_none_or(|part| part.kind == RunFile::Letter);
    let theirs = listing.files.iter().filter(|row| row.paper == INVITATION && row.only_reader() == Some(&own));
    theirs.filter(is_letter).collect()
}

/// How the letter to somebody stands.
pub fn letter(letters: &[&FileRow], one: &One<'_>) -> Markup {
    if one.is_gone {
        return tag(Tone::Off, Icon::Cross, "No longer takes part");
    }
    if !one.invitee.invited {
        return tag(Tone::Off, Icon::Cross, "Came uninvited");
    }
    let sent = letters.iter().rev().find_map(|row| row.sent.last().map(|sent| (row, sent)));
    match (letters.last(), sent) {
        (_, Some((row, sent))) if row.status == PaperStatus::Released => html! {
            (tag(Tone::Done, if sent.how == crate::records::Channel::Email { Icon::At } else { Icon::Letter }, words::channel(sent.how)))
            span.sub { (words::plain(sent.on)) }
        },
        (Some(row), _) if row.status == PaperStatus::Released => tag(Tone::Well, Icon::Tick, "Checked, to be sent"),
        (Some(row), _) if row.status == PaperStatus::Draft && !row.checked.is_empty() => {
            tag(Tone::Plain, Icon::Tick, "Draft, looked at")
        }
        (Some(row), _) if row.status == PaperStatus::Draft => tag(Tone::Plain, Icon::Pen, "Draft"),
        (Some(_), _) => tag(Tone::Look, Icon::Swap, "Replaced"),
        (None, _) => tag(Tone::Off, Icon::Cross, "No letter yet"),
    }
}

/// Whether somebody came, in words.
pub fn came(invitee: &Invitee, has_met: bool) -> String {
    match (invitee.attended, has_met) {
        (Some(true), _) if invitee.delegate.is_some() => "Sent somebody".to_owned(),
        (Some(true), _) => "Yes".to_owned(),
        (Some(false), _) | (None, true) => "No".to_owned(),
        (None, false) => "–".to_owned(),
    }
}
