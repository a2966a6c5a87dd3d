//! The styles of a paper: a closed set.
//!
//! In: what a paragraph, some words or a table are. Out: the style's id and name, and the part that says how each looks.
//! Styles that Word knows have the names that Word gives them, so that its menus, its list of headings and its own commands
//! find them.
//!
//! Deliberately absent: looks in a body. What has no style gets one here.

mod looks;
mod part;
mod place;

pub use looks::{ADDRESS, CARD, HANG, NUMBER_HANG, SENDER, indent};
pub use part::{Used, write};
pub use place::{Frame, place};

/// What a paragraph stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    /// The text of the paper.
    Text,
    /// Somebody's own words.
    Quote,
    /// Something that the reader must not miss.
    Notice,
    /// A decision or an action.
    Decision,
}

/// The deepest level of lists that has a style of its own.
pub const DEEPEST: u8 = 3;

/// A style of paragraphs. Levels count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    Normal,
    Body(Within),
    /// After a table, which has no space of its own below it; after a list, whose items stand closer.
    AfterTable,
    AfterList,
    /// A paragraph whose number hangs in the left margin.
    Clause,
    Title,
    Subtitle,
    Heading(u8),
    Bullet(Within, u8),
    Number(Within, u8),
    Continue(Within, u8),
    Tick(Within),
    TickContinue(Within),
    /// A divider, and in a letter the line to cut along.
    Divider,
    Caption,
    TableText,
    TableHead,
    /// A label whose value stands beside it, or in large print under it.
    Term,
    Value,
    /// The label of a field, the help under it, and what somebody writes.
    FieldLabel,
    FieldHelp,
    Entry,
    /// Whose signature it is; the label of a line to sign on.
    Signed,
    SignLabel,
    /// Left and right on one line.
    Sides,
    Closing,
    ClosingName,
    ClosingLine,
    TocHeading,
    Toc,
    Header,
    Footer,
    PageNumber,
    /// The room over the text of a letter.
    Letterhead,
    /// The mark of the council, over a report and in a letter; its name, if it has no logo.
    Logo,
    LogoOfLetter,
    /// The marking of the first page.
    Marking,
    MarkingOfLetter,
    /// A line of the sender: of the first group, the first of another group, and any other; and how they fit.
    SenderName(u8),
    SenderFirst(u8),
    Sender(u8),
    /// A line of the address in the window, by the size that fits; and of one that stands in the text.
    Address(u8),
    AddressLine,
    /// The title over cards; the name on a card, by its size, and what stands under it.
    CardTitle,
    CardName(u8),
    CardLine,
    /// What begins a page, and what keeps two tables apart: no words are in it.
    Turn,
    Gap,
}

/// A style of words within a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Default,
    Strong,
    Link,
    Tag,
    Draft,
    Placeholder,
    Tick,
}

/// A style of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableStyle {
    Default,
    /// Rows of words under a head.
    Rows,
    /// Rows to fill in by hand.
    Log,
    Details,
    Field,
    Signature,
    Card,
    Foot,
}

impl Within {
    fn prefix(self) -> &'static str {
        match self {
            Within::Text => "",
            Within::Quote => "Quote ",
            Within::Notice => "Notice ",
            Within::Decision => "Decision ",
        }
    }
}

impl Style {
    /// Its name, as Word shows it. Names that Word knows are in its own spelling (ECMA-376 part 1, §17.7.4.9).
    pub fn name(self) -> String {
        let of_level = |within: Within, name: &str, level: u8| {
            let level = if level > 1 { format!(" {level}") } else { String::new() };
            format!("{}{name}{level}", within.prefix())
        };
        let fixed = |name: &str| name.to_owned();
        match self {
            Style::Normal => fixed("Normal"),
            Style::Body(Within::Text) => fixed("Body Text"),
            Style::Body(Within::Quote) => fixed("Quote"),
            Style::Body(Within::Notice) => fixed("Notice"),
            Style::Body(Within::Decision) => fixed("Decision"),
            Style::AfterTable => fixed("Body Text After Table"),
            Style::AfterList => fixed("Body Text After List"),
            Style::Clause => fixed("Clause"),
            Style::Title => fixed("Title"),
            Style::Subtitle => fixed("Subtitle"),
            Style::Heading(level) => format!("heading {level}"),
            Style::Bullet(within, level) => of_level(within, "List Bullet", level),
            Style::Number(within, level) => of_level(within, "List Number", level),
            Style::Continue(within, level) => of_level(within, "List Continue", level),
            Style::Tick(within) => of_level(within, "List Tick", 1),
            Style::TickContinue(within) => of_level(within, "List Tick Continue", 1),
            Style::Divider => fixed("Divider"),
            Style::Caption => fixed("caption"),
            Style::TableText => fixed("Table Text"),
            Style::TableHead => fixed("Table Head"),
            Style::Term => fixed("Term"),
            Style::Value => fixed("Value"),
            Style::FieldLabel => fixed("Field Label"),
            Style::FieldHelp => fixed("Field Help"),
            Style::Entry => fixed("Field Entry"),
            Style::Signed => fixed("Signature For"),
            Style::SignLabel => fixed("Signature Label"),
            Style::Sides => fixed("Left and Right"),
            Style::Closing => fixed("Closing"),
            Style::ClosingName => fixed("Signature"),
            Style::ClosingLine => fixed("Signature Lines"),
            Style::TocHeading => fixed("TOC Heading"),
            Style::Toc => fixed("toc 1"),
            Style::Header => fixed("header"),
            Style::Footer => fixed("footer"),
            Style::PageNumber => fixed("Page Number Line"),
            Style::Letterhead => fixed("Letterhead"),
            Style::Logo => fixed("Logo"),
            Style::LogoOfLetter => fixed("Logo in Letter"),
            Style::Marking => fixed("Marking"),
            Style::MarkingOfLetter => fixed("Marking in Letter"),
            Style::SenderName(fit) => format!("Sender Name {fit}"),
            Style::SenderFirst(fit) => format!("Sender First {fit}"),
            Style::Sender(fit) => format!("Sender {fit}"),
            Style::Address(fit) => format!("Window Address {fit}"),
            Style::AddressLine => fixed("Inside Address"),
            Style::CardName(fit) => format!("Card Name {fit}"),
            Style::CardTitle => fixed("Card Title"),
            Style::CardLine => fixed("Card Line"),
            Style::Turn => fixed("Page Turn"),
            Style::Gap => fixed("Gap"),
        }
    }

    /// Its id: its name without spaces, each word with a capital.
    pub fn id(self) -> String {
        id_of(&self.name())
    }
}

impl Mark {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Mark::Default => "Default Paragraph Font",
            Mark::Strong => "Strong",
            Mark::Link => "Hyperlink",
            Mark::Tag => "Tag",
            Mark::Draft => "Draft",
            Mark::Placeholder => "Placeholder Text",
            Mark::Tick => "Tick Box",
        }
    }

    /// Its id.
    pub fn id(self) -> String {
        id_of(self.name())
    }
}

impl TableStyle {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            TableStyle::Default => "Normal Table",
            TableStyle::Rows => "Paper Table",
            TableStyle::Log => "Log Table",
            TableStyle::Details => "Details",
            TableStyle::Field => "Field",
            TableStyle::Signature => "Signature Lines Table",
            TableStyle::Card => "Card",
            TableStyle::Foot => "Foot Table",
        }
    }

    /// Its id.
    pub fn id(self) -> String {
        id_of(self.name())
    }
}

fn id_of(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for word in name.split(' ') {
        let mut letters = word.chars();
        id.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        id.push_str(letters.as_str());
    }
    id
}
