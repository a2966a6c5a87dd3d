//! Makes papers again, for a release or to verify one.

use std::collections::BTreeMap;

use super::event::Made;
use super::state::Paper;
use crate::check::Checked;
use crate::diag::Report;
use crate::gate::Hash;
use crate::jobs::{self, File};
use crate::model::edition::Edition;
use crate::view::Stage;

/// Places of papers, each with its templates.
type Places<'p> = Vec<(&'p str, &'p str)>;

/// Papers by their places.
pub type Drafts = BTreeMap<String, Paper>;

/// The version, date and reason of released papers of a kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Older {
    pub kind: String,
    pub version: u32,
    pub issued: chrono::NaiveDate,
    pub because: Option<String>,
}

/// Makes the drafts again, each at the version, date and reason in its line.
pub fn remade(checked: &Checked, drafts: &Drafts, stage: Stage) -> Result<Vec<File>, Report> {
    let mut editions: BTreeMap<Older, Places<'_>> = BTreeMap::new();
    for (file, paper) in drafts {
        let made = &paper.made;
        let older =
            Older { kind: made.paper.clone(), version: made.v, issued: made.issued, because: made.because.clone() };
        editions.entry(older).or_default().push((file, &made.template));
    }
    // Kinds that have one edition, as nearly all do, are made in one go.
    let mut rounds: Vec<(BTreeMap<String, Edition>, Places<'_>)> = Vec::new();
    for (older, files) in editions {
        let edition = Edition { issued: older.issued, version: older.version, because: older.because };
        match rounds.iter_mut().find(|(kinds, _)| !kinds.contains_key(&older.kind)) {
            Some((kinds, all)) => {
                kinds.insert(older.kind, edition);
                all.extend(files);
            }
            None => rounds.push((BTreeMap::from([(older.kind, edition)]), files)),
        }
    }
    let mut made = Vec::new();
    for (kinds, files) in rounds {
        made.extend(jobs::remake(&checked.clone().with_editions(kinds), &files, stage)?);
    }
    Ok(made)
}

/// The line of a draft.
pub fn made(file: &File, over: Option<Hash>) -> Made {
    let (entry, sealed) = (file.entry(), file.sealed());
    let edition = (entry.version, entry.issued);
    Made {
        reference: entry.reference.clone(),
        audience: entry.audience.id().to_owned(),
        to: entry.to.clone(),
        pages: file.pages().map_or(0, |pages| u32::try_from(pages).unwrap_or(u32::MAX)),
        template: entry.template.clone(),
        allowed: sealed.allowed().to_vec(),
        because: entry.because.clone(),
        over,
        ..Made::bare(entry.paper.clone(), edition, file.path().to_owned(), sealed.hash())
    }
}
