//! The index of a folder: which papers lie there, what each is for, and links to them.
//!
//! In: the papers, by title and file. Out: a page beside them, of the same look.
//!
//! Deliberately absent: letters and copies for one person. Whoever reads the index learns of nobody else's.

use maud::html;

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
    /// The name of its page.
    pub page: String,
    /// The name of the same as PDF, if it is there.
    pub pdf: Option<String>,
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
                            a href=(paper.page) { (paper.title) }
                            @if let Some(draft) = &paper.draft { " " span.draft { (draft) } }
                        }
                        p { (paper.purpose) }
                        @if let Some(pdf) = &paper.pdf { p.other { a href=(pdf) { (paper.title) " (PDF)" } } }
                    }
                }
            }
        }
        footer.foot { p { (meta.foot) } }
    };
    page(meta, look, &content)
}
