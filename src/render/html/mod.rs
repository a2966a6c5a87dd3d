//! A document as one page of HTML: nothing is loaded, nothing runs, and it can be read, filled in and printed anywhere.
//!
//! In: a document, and the look of its council. Out: the page as text ([`render`]); or the content alone, for a page of
//! somebody else's ([`body`], with [`style_sheet`] for its look).
//!
//! Two steps, as in the other writers: a block or inline becomes an element by its meaning, and `maud` writes elements. No
//! file here writes a tag by hand, so no text can become one. Looks are classes: no element has a style of its own.
//!
//! Deliberately absent: scripts; anything from another address; a `form` element, since one line of text and the Enter
//! key would send it off and empty it; names of files and of fields in ids, which are numbers.

mod address;
mod block;
mod colour;
mod face;
mod form;
mod ids;
mod index;
mod inline;
mod style;
mod table;
mod words;

use std::borrow::Cow;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::doc::{Document, Language, Layout, Meta, Size, are_easy};
use crate::render::brand::Look;
use block::{Writer, direction};

pub use index::{Index, IndexedFile, IndexedPaper, render as render_index};
pub use style::{of_easy_read, style_sheet};

/// The `dir` of a page, which one that runs from the left does not need.
fn turned(meta: &Meta) -> Option<&'static str> {
    meta.language.is_from_right().then(|| direction(meta.language))
}

/// Writes a document as a page.
pub fn render(document: &Document, look: &Look) -> String {
    let meta = &document.meta;
    let mut writer = Writer::new(document, look);
    let text = html! {
        @if document.title().is_none() { h1.unseen { (meta.title) } }
        @if !meta.address.is_empty() { (address(meta)) }
        (writer.blocks(&document.blocks))
    };
    let content = html! {
        header.head {
            (mark(look))
            (marking(meta))
            @if meta.layout == Layout::Letter { (sender(meta, look)) }
        }
        main #text { (text) }
        footer.foot { p { (meta.foot) } }
    };
    page(meta, look, &content, are_easy(&document.blocks).then(style::of_easy_read))
}

/// Writes the content of a document alone: no landmarks, no style attributes, no fonts. Its class is the one that
/// [`style_sheet`] is about.
pub fn body(document: &Document, look: &Look) -> Markup {
    let meta = &document.meta;
    html! {
        div class=(classes(meta)) lang=(meta.language.with_country()) dir=[turned(meta)] {
            (marking(meta))
            @if !meta.address.is_empty() { (address(meta)) }
            (Writer::new(document, look).blocks(&document.blocks))
            p.foot { (meta.foot) }
        }
    }
}

/// The page around some content, with a style sheet of its own or none.
fn page(meta: &Meta, look: &Look, content: &Markup, more: Option<String>) -> String {
    // What is put into a `style` element is ours, or a string of CSS without any `<` (`style::string`).
    let styles = [style_sheet(look), style::rules_of_pages(meta)].into_iter().chain(more);
    let mut page = html! {
        (DOCTYPE)
        html lang=(meta.language.with_country()) dir=[turned(meta)] {
            head {
                meta charset="utf-8";
                title { (meta.title) " – " (look.name) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex, nofollow";
                meta name="author" content=(meta.author);
                meta name="generator" content="convenor";
                @for style in styles { style { (PreEscaped(style)) } }
            }
            body class=(classes(meta)) {
                a.skip href="#text" lang=[in_english(meta)] { (words::SKIP) }
                (content)
            }
        }
    }
    .into_string();
    // The fonts are cut to the characters of the whole page, and stand in the style that is first.
    let fonts = face::faces(&page, look);
    let at = page.find("<style>").map_or(0, |at| at + "<style>".len());
    page.insert_str(at, &fonts);
    page.push('\n');
    page
}

/// Nothing is loaded and nothing runs, whatever a page might hold.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";

/// The direction of addresses, which the post reads from the left whatever the language of the page is.
fn of_envelope(meta: &Meta) -> Option<&'static str> {
    meta.language.is_from_right().then(|| direction(Language::ENGLISH))
}

/// The `lang` of what is in English on a page in another language.
fn in_english(meta: &Meta) -> Option<Cow<'static, str>> {
    (!meta.language.is_english()).then(|| Language::ENGLISH.with_country())
}

/// The classes of a paper: its layout and the size of its text.
fn classes(meta: &Meta) -> String {
    let layout = match meta.layout {
        Layout::Letter => "letter",
        Layout::Report => "report",
        Layout::Form => "form",
        Layout::Labels => "labels",
    };
    match meta.size {
        Size::Standard => format!("paper {layout}"),
        Size::LargePrint => format!("paper {layout} large-print"),
        Size::Points(points) => format!("paper {layout} points-{points}"),
    }
}

/// The mark of the council, or its name as a word mark.
fn mark(look: &Look) -> Markup {
    html! {
        @match &look.logo {
            Some(logo) => img.logo src=(address::data_url(logo.picture().kind(), &logo.data)) alt=(logo.alt);,
            None => p.logo { (look.name) },
        }
    }
}

/// The marking, with the word for a draft beside it.
fn marking(meta: &Meta) -> Markup {
    html! {
        @if !meta.marking.is_empty() || meta.draft.is_some() {
            p.marking {
                (meta.marking)
                @if let Some(draft) = &meta.draft { " " span.draft { (draft) } }
            }
        }
    }
}

/// The lines of the window, a paragraph each: lines joined by breaks are read aloud as one run of words.
fn address(meta: &Meta) -> Markup {
    html! { div.window dir=[of_envelope(meta)] { @for line in &meta.address { p { (inline::text(line, false)) } } } }
}

/// The letterhead.
fn sender(meta: &Meta, look: &Look) -> Markup {
    html! {
        div.sender dir=[of_envelope(meta)] {
            @for group in &look.sender {
                div { @for line in group { p { (inline::text(line, true)) } } }
            }
        }
    }
}
