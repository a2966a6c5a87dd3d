//! The names of styles in Word. Those that Word knows are in its own spelling (ECMA-376 part 1, §17.7.4.9), so that its menus, its
//! list of headings and its own commands find them.

use crate::render::office::{Mark, Style, TableStyle, Within};

/// A style with its name.
pub trait Named: Copy {
    /// Its name, as Word shows it.
    fn name(self) -> String;

    /// Its id: its name without spaces, each word with a capital.
    fn id(self) -> String {
        id_of(&self.name())
    }
}

fn prefix(within: Within) -> &'static str {
    match within {
        Within::Text => "",
        Within::Quote => "Quote ",
        Within::Notice => "Notice ",
        Within::Decision => "Decision ",
    }
}

impl Named for Style {
    fn name(self) -> String {
        let of_level = |within: Within, name: &str, level: u8| {
            let level = if level > 1 { format!(" {level}") } else { String::new() };
            format!("{}{name}{level}", prefix(within))
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
            Style::Anchor => fixed("Anchor"),
        }
    }
}

impl Named for Mark {
    fn name(self) -> String {
        let name = match self {
            Mark::Default => "Default Paragraph Font",
            Mark::Strong => "Strong",
            Mark::Link => "Hyperlink",
            Mark::Tag => "Tag",
            Mark::Draft => "Draft",
            Mark::Placeholder => "Placeholder Text",
            Mark::Tick => "Tick Box",
        };
        name.to_owned()
    }
}

impl Named for TableStyle {
    fn name(self) -> String {
        let name = match self {
            TableStyle::Default => "Normal Table",
            TableStyle::Rows => "Paper Table",
            TableStyle::Log => "Log Table",
            TableStyle::Details => "Details",
            TableStyle::Field => "Field",
            TableStyle::Signature => "Signature Lines Table",
            TableStyle::Card => "Card",
            TableStyle::Idea => "Idea Table",
            TableStyle::Foot => "Foot Table",
        };
        name.to_owned()
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
