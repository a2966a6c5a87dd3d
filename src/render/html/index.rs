//! The index of a folder: which papers lie there, what each is for, and links to them.
//!
//! In: the papers, by title and file. Out: a page beside them, of the same look.
//!
//! Deliberately absent: letters and copies for one person. Whoever reads the index learns of nobody else's.

use maud::{Markup, html};

use super::{mark, marking, page};
use crate::doc::Meta;
use crate::render::brand::Look;

/// What an index says.
pub struct Index<'i> {
    /// Title, marking, foot: everything around it, as for a paper.
    pub meta: &'i Meta,
    /// The papers, in order.
    pub papers: &'i [IndexedPaper],
}

/// One paper of an index.
pub struct IndexedPaper {
    /// Its title.
    pub title: String,
    /// Its purpose.
    pub purpose: String,
    /// The word for a draft, if it is one.
    pub draft: Option<String>,
    /// Its files, at least one, the page first.
    pub files: Vec<IndexedFile>,
}

/// One file of a paper.
pub struct IndexedFile {
    /// Its name.
    pub name: String,
    /// What it is, if it is no page such as this.
    pub kind: Option<&'static str>,
}

/// Writes an index.
pub fn render(index: &Index<'_>, look: &Look) -> String {
    let meta = index.meta;
    let content = html! {
        header.head { (mark(look)) (marking(meta)) }
        main #text {
            h1 { (meta.title) }
            ul.papers {
                @for paper in index.papers {
                    li {
                        h2 {
                            @if let Some(first) = paper.files.first() { (link(paper, first)) }
                            @if let Some(draft) = &paper.draft { " " span.draft { (draft) } }
                        }
                        p { (paper.purpose) }
                        @for other in paper.files.iter().skip(1) { p.other { (link(paper, other)) } }
                    }
                }
            }
        }
        footer.foot { p { (meta.foot) } }
    };
    page(meta, look, &content, None)
}

fn link(paper: &IndexedPaper, file: &IndexedFile) -> Markup {
    html! { a href=(file.name) { (paper.title) @if let Some(kind) = file.kind { " (" (kind) ")" } } }
}
