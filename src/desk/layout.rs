//! The frame of a page: head, tabs, foot.
//!
//! In: what the page is, and its main part. Out: a whole page.
//!
//! Deliberately absent: what is in the main part.

use maud::{DOCTYPE, Markup, html};

use super::ask::Ask;
use super::assets;
use super::conference::Opened;
use super::icons::{Icon, icon};
use super::link::{Part, Target};
use super::words;

/// The tabs of a conference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// What to do next.
    Overview,
    /// Everybody.
    People,
    /// When and where.
    Meeting,
    /// What was said and decided.
    Minutes,
    /// The papers.
    Papers,
    /// What is to be checked.
    Check,
    /// What is to be sent.
    Send,
    /// What went to whom.
    Record,
}

const TABS: [(Tab, &str, Part<'_>); 8] = [
    (Tab::Overview, "Overview", Part::Overview),
    (Tab::People, "People", Part::People),
    (Tab::Meeting, "Meeting", Part::Meeting),
    (Tab::Minutes, "Minutes", Part::Minutes),
    (Tab::Papers, "Papers", Part::Papers),
    (Tab::Check, "Check", Part::Check),
    (Tab::Send, "Send", Part::Send),
    (Tab::Record, "Record", Part::Record),
];

/// What a page is.
pub struct Frame<'f> {
    /// Its title, without the name of the desk.
    pub title: &'f str,
    /// The conference that it is about.
    pub of: Option<&'f Opened>,
    /// The tab that it belongs to.
    pub tab: Option<Tab>,
    /// Whether something in its form is wrong.
    pub is_wrong: bool,
    /// Whether it is asked for again by itself, since something goes on.
    pub goes_on: bool,
}

impl<'f> Frame<'f> {
    /// A page of no conference.
    pub fn new(title: &'f str) -> Self {
        Self { title, of: None, tab: None, is_wrong: false, goes_on: false }
    }

    /// A page of a conference.
    pub fn of(opened: &'f Opened, tab: Tab, title: &'f str) -> Self {
        Self { of: Some(opened), tab: Some(tab), ..Self::new(title) }
    }

    /// The same with something wrong in its form.
    #[must_use]
    pub fn wrong(self, is_wrong: bool) -> Self {
        Self { is_wrong, ..self }
    }
}

/// The whole page.
pub fn page(ask: &Ask<'_>, frame: &Frame<'_>, main: &Markup) -> Markup {
    let asset = |name| ask.link(&Target::Asset(name));
    let about = frame.of.map(|opened| format!(": {}", opened.checked.conference.context.label)).unwrap_or_default();
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { @if frame.is_wrong { "Error: " } (frame.title) (about) " – Conference desk" }
                link rel="icon" href=(asset(assets::icon()));
                link rel="stylesheet" href=(asset(assets::style()));
                @if let Some(opened) = frame.of {
                    link rel="stylesheet" href=(ask.link(&Target::Conference(&opened.key, Part::Colours)));
                }
                script src=(asset(assets::script())) defer {}
                @if frame.goes_on { noscript { meta http-equiv="refresh" content="3"; } }
            }
            body data-goes-on[frame.goes_on] {
                a.skip href="#main" { "Skip to the page" }
                (head(ask, frame))
                main id="main" tabindex="-1" { div.wrap {
                    @if let Some((opened, why)) = frame.of.and_then(|opened| Some((opened, opened.only_read()?))) { (why.above(opened)) }
                    (main)
                } }
                (foot(ask, frame))
            }
        }
    }
}

fn head(ask: &Ask<'_>, frame: &Frame<'_>) -> Markup {
    let logo = frame.of.filter(|opened| opened.checked.logo.is_some());
    html! {
        header {
            div.top { div.wrap {
                @if let Some(opened) = logo {
                    img src=(ask.link(&Target::Conference(&opened.key, Part::Logo))) alt=(opened.checked.borough.name);
                }
                a.desk href=(ask.link(&Target::Home)) { "Conference desk" }
                p.who {
                    (words::long(ask.today)) br;
                    @if let Some(name) = &ask.who {
                        "You are " strong { (name) } " "
                        a.small href=(ask.link(&Target::Who)) { "Somebody else?" }
                    }
                }
            } }
            @if let Some(opened) = frame.of { (about(ask, opened, frame.tab)) }
        }
    }
}

fn about(ask: &Ask<'_>, opened: &Opened, current: Option<Tab>) -> Markup {
    let conference = &opened.checked.conference;
    let meeting = &conference.meeting;
    let is_current = |tab| (Some(tab) == current).then_some("page");
    html! {
        div.conf { div.wrap {
            p.name {
                b { (conference.context.label) } " "
                span.quiet {
                    (conference.reference) " · " (words::long(meeting.date)) ", " (words::clock(meeting.start))
                    @if meeting.cancelled.is_some() { " · cancelled" }
                }
            }
            nav.tabs aria-label="This conference" { ul {
                @for (tab, name, part) in TABS {
                    li { a href=(ask.link(&Target::Conference(&opened.key, part))) aria-current=[is_current(tab)] { (name) } }
                }
            } }
        } }
    }
}

fn foot(ask: &Ask<'_>, frame: &Frame<'_>) -> Markup {
    let folder = ask.desk.folder.display().to_string();
    html! {
        footer.foot { div.wrap {
            @if ask.who.is_some() { span { "Folder: " (folder) } }
            span { "Nothing here is on the internet." }
            div.end {
                @if let Some(opened) = frame.of { a href=(ask.link(&Target::Conference(&opened.key, Part::Undo))) { "Undo the last change" } }
                a href=(ask.link(&Target::Stop)) { "Close the desk" }
            }
        } }
        div.closed id="closed" hidden role="alert" {
            (icon(Icon::Stop))
            p { strong { "The desk is closed." } " What you see is from before. Start convenor again; what was saved is safe." }
        }
    }
}
