//! The styles of a paper: a closed set.
//!
//! In: what a paragraph, some words or a table are. Out: the style, and those that every paper has.
//!
//! Deliberately absent: names, since each program has its own; looks in a body. What has no style gets one here.

use std::collections::BTreeSet;

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
    /// What begins a page, what keeps two tables apart, and what holds that which has a place of its own: no words are in it.
    Turn,
    Gap,
    Anchor,
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
    /// Pictures beside the words of easy read.
    Idea,
    Foot,
}

/// The styles that some parts name.
#[derive(Debug, Default, Clone)]
pub struct Used {
    /// Of paragraphs.
    pub paragraphs: BTreeSet<Style>,
    /// Of words.
    pub marks: BTreeSet<Mark>,
    /// Of tables.
    pub tables: BTreeSet<TableStyle>,
}

impl Used {
    /// Adds the styles that every paper has, so that whoever goes on writing finds what they expect, and those that others are
    /// followed by.
    pub fn add_usual(&mut self) {
        let text = Within::Text;
        self.paragraphs.extend([Style::Normal, Style::Body(text), Style::Title, Style::Caption, Style::TableText]);
        self.paragraphs.extend([Style::TableHead, Style::Header, Style::Footer, Style::Body(Within::Quote)]);
        self.paragraphs.extend((1..=4).map(Style::Heading));
        for level in 1..=DEEPEST {
            self.paragraphs.extend([
                Style::Bullet(text, level),
                Style::Number(text, level),
                Style::Continue(text, level),
            ]);
        }
        if self.paragraphs.contains(&Style::Closing) {
            self.paragraphs.extend([Style::ClosingName, Style::ClosingLine]);
        }
        self.marks.extend([Mark::Default, Mark::Strong, Mark::Link]);
        self.tables.extend([TableStyle::Default, TableStyle::Rows]);
    }
}
