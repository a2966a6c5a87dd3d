//! The names of styles. Those that `LibreOffice` knows are in its own spelling, so that its list of styles, its navigator and its
//! own commands find them.

use crate::render::office::{Mark, Style, Within};

/// A style with its name.
pub trait Named: Copy {
    /// Its name, as a reader is shown it.
    fn name(self) -> String;

    /// Its name as an attribute has it (ODF 1.2 part 1, §19.498): a space is `_20_`.
    fn id(self) -> String {
        self.name().replace(' ', "_20_")
    }
}

fn prefix(within: Within) -> &'static str {
    match within {
        Within::Text => "",
        Within::Quote => "Quotations ",
        Within::Notice => "Notice ",
        Within::Decision => "Decision ",
    }
}

impl Named for Style {
    fn name(self) -> String {
        let fixed = match self {
            Style::Bullet(within, level) => return format!("{}List {level}", prefix(within)),
            Style::Number(within, level) => return format!("{}Numbering {level}", prefix(within)),
            Style::Continue(within, level) => return format!("{}List {level} Cont.", prefix(within)),
            Style::Tick(within) => return format!("{}Tick List", prefix(within)),
            Style::TickContinue(within) => return format!("{}Tick List Cont.", prefix(within)),
            Style::Heading(level) => return format!("Heading {level}"),
            Style::SenderName(fit) => return format!("Sender Name {fit}"),
            Style::SenderFirst(fit) => return format!("Sender First {fit}"),
            Style::Sender(fit) => return format!("Sender {fit}"),
            Style::Address(fit) => return format!("Window Address {fit}"),
            Style::CardName(fit) => return format!("Card Name {fit}"),
            Style::Normal => "Standard",
            Style::Body(Within::Text) => "Text body",
            Style::Body(Within::Quote) => "Quotations",
            Style::Body(Within::Notice) => "Notice",
            Style::Body(Within::Decision) => "Decision",
            Style::AfterTable => "Text body after Table",
            Style::AfterList => "Text body after List",
            Style::Clause => "Clause",
            Style::Title => "Title",
            Style::Subtitle => "Subtitle",
            Style::Divider => "Horizontal Line",
            Style::Caption => "Caption",
            Style::TableText => "Table Contents",
            Style::TableHead => "Table Heading",
            Style::Term => "Term",
            Style::Value => "Value",
            Style::FieldLabel => "Field Label",
            Style::FieldHelp => "Field Help",
            Style::Entry => "Field Entry",
            Style::Signed => "Signature For",
            Style::SignLabel => "Signature Label",
            Style::Sides => "Left and Right",
            Style::Closing => "Closing",
            Style::ClosingName => "Signature",
            Style::ClosingLine => "Signature Lines",
            Style::TocHeading => "Contents Heading",
            Style::Toc => "Contents 1",
            Style::Header => "Header",
            Style::Footer => "Footer",
            Style::PageNumber => "Page Number Line",
            Style::Letterhead => "Letterhead",
            Style::Logo => "Logo",
            Style::LogoOfLetter => "Logo in Letter",
            Style::Marking => "Marking",
            Style::MarkingOfLetter => "Marking in Letter",
            Style::AddressLine => "Addressee",
            Style::CardTitle => "Card Title",
            Style::CardLine => "Card Line",
            Style::Turn => "Page Turn",
            Style::Gap => "Gap",
            Style::Anchor => "Anchor",
        };
        fixed.to_owned()
    }
}

impl Named for Mark {
    fn name(self) -> String {
        let name = match self {
            Mark::Default => "Default Paragraph Font",
            Mark::Strong => "Strong Emphasis",
            Mark::Link => "Internet link",
            Mark::Tag => "Tag",
            Mark::Draft => "Draft",
            Mark::Placeholder => "Placeholder",
            Mark::Tick => "Tick Box",
        };
        name.to_owned()
    }
}

/// The name of the style of lists.
pub fn of_list(within: Within, ordered: bool) -> String {
    format!("{}{}", prefix(within), if ordered { "Numbering 123" } else { "Bullet" })
}
