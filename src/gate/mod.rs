//! Nothing leaves that its readers may not read: every finished file is read back and compared with the data.
//!
//! In: a finished file and its readers. Out: a [`Seal`], without which nothing is delivered, or what the file holds that it
//! must not.
//!
//! What is looked for: every text of the conference file that the ledger does not let reach these readers, whole if it is
//! shorter than eight words, otherwise any eight words of it in a row; the names of those who take part without their titles
//! too; and the protected names, in every file. Texts are
//! compared as [`Folded`]: without case, accents, spacing, hyphens, ligatures, invisible characters and look-alike letters.
//!
//! What is not found: a text retold in other words, seven words out of a longer text, a picture of a text. A name, an
//! address or a role that stands elsewhere in what the same readers may read, and up to three words that our templates
//! use themselves, cannot be told from that other use; a value of one or two letters, or of fewer than six digits, cannot be told
//! from any other. Whoever releases papers still reads them.
//!
//! Deliberately absent: trust in the stages before it, and a way to switch it off. A false alarm is answered in the data
//! (`allow:`), and the answer stands in the register.

mod pdf;
mod read;
mod search;

use std::collections::BTreeSet;

use search::Search;

use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::fold::Folded;
use crate::ledger::{self, Entry, Kind, Reader};
use crate::model::artefact::Format;

/// Reads back every file of one conference.
pub struct Gate<'c> {
    checked: &'c Checked,
    entries: Vec<Entry<'c>>,
    search: Search,
    drawings: read::Drawings,
}

/// A file as the gate sees it.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The kind of paper, for `allow:`.
    pub artefact: &'a str,
    /// Its place below the folder of the conference. The name is read like the rest.
    pub path: &'a str,
    /// Its format.
    pub format: Format,
    /// Its bytes.
    pub data: &'a [u8],
    /// Who reads it.
    pub reader: Reader<'a>,
}

/// The gate's word that a file was read back and holds nothing that its readers may not read. Only the gate makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    hash: String,
    path: String,
    allowed: Vec<String>,
}

impl Seal {
    /// The BLAKE3 hash of the file's bytes, in hexadecimal.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The reasons of the answers (`allow:`) without which it would not have passed.
    pub fn allowed(&self) -> &[String] {
        &self.allowed
    }

    /// Whether it is the seal of this very file.
    pub fn is_of(&self, path: &str, data: &[u8]) -> bool {
        self.path == path && self.hash == hash(data)
    }
}

/// What readers know because a list says it of them.
#[derive(Debug, Clone, Default)]
pub struct Own {
    /// What they are called and where they are: whatever stands in it is theirs.
    texts: Vec<String>,
    /// What else is said of them, folded: theirs as a whole, for a sentence may speak of somebody else.
    wholes: BTreeSet<String>,
}

impl Own {
    /// Takes in names and addresses of a person, and whatever else their row says.
    pub fn add<'t>(&mut self, texts: impl Iterator<Item = &'t str>, wholes: impl Iterator<Item = &'t str>) {
        self.texts.extend(texts.filter(|text| !text.is_empty()).map(str::to_owned));
        self.wholes.extend(wholes.map(whole).filter(|whole| !whole.is_empty()));
    }
}

/// A text without anything that may differ between two ways of writing it.
fn whole(text: &str) -> String {
    Folded::of(text).words().concat()
}

/// The hash of some bytes, in hexadecimal.
pub fn hash(data: &[u8]) -> String {
    blake3::hash(data).to_hex().to_string()
}

impl<'c> Gate<'c> {
    /// Learns what there is to look for.
    pub fn new(checked: &'c Checked) -> Self {
        let entries = ledger::entries(checked);
        let mut search = Search::new(&entries);
        for (_, text) in checked.places.borough.texts() {
            search.learn_common(text);
        }
        // Only our own templates: a council's may hold what they should not.
        for (name, data) in checked.layers.iter().take(1).flat_map(crate::layers::Layer::files) {
            if let Ok(text) = std::str::from_utf8(data)
                && !name.starts_with("theme/")
            {
                search.learn_common(text);
            }
        }
        Self { checked, entries, search, drawings: read::Drawings::default() }
    }

    /// Reads a file back.
    ///
    /// # Errors
    /// Every text that it holds and its readers may not read, by field path and never by value; or that it cannot be read.
    pub fn pass(&self, candidate: &Candidate<'_>) -> Result<Seal, Report> {
        self.pass_beside(candidate, &Own::default())
    }

    /// Reads a file back that says to its readers what a list says of them: a letter to a row, or many of them in one file
    /// for the printer. A row may have the name, the address or the language of somebody of the conference, or hold it in
    /// its own line (`7 Lock Road` where another's is `Lock Road`), and tells its own person no secret, as an invitee's own
    /// data do not. What was said or found, and protected names, stay refused whoever wrote them into the list.
    ///
    /// # Errors
    /// As for [`Gate::pass`].
    pub fn pass_beside(&self, candidate: &Candidate<'_>, own: &Own) -> Result<Seal, Report> {
        let mut passages = read::passages(candidate.format, candidate.data, &self.drawings)
            .map_err(|why| unreadable(candidate, &why))?;
        passages.push(read::Passage { place: "file name".to_owned(), text: candidate.path.to_owned() });
        let mut leaks = self.leaks(&passages, candidate.reader, &BTreeSet::new());
        if !leaks.is_empty() {
            let said = own.texts.iter().flat_map(|text| self.search.said(&Folded::of(text))).collect();
            leaks = self.leaks(&passages, candidate.reader, &said);
            let is_theirs =
                |entry: &Entry<'_>| entry.kind == Kind::Particular && own.wholes.contains(&whole(entry.text));
            leaks.retain(|(entry, _)| !is_theirs(&self.entries[*entry]));
        }
        self.judge(candidate, &leaks, !own.texts.is_empty())
    }

    /// The entries that passages betray, each with its place. `own` are the patterns that the reader said themselves.
    fn leaks(
        &self,
        passages: &[read::Passage],
        reader: Reader<'_>,
        own: &BTreeSet<usize>,
    ) -> BTreeSet<(usize, String)> {
        let forbidden = self.search.forbidden(&self.entries, |e| e.may_reach(self.checked, reader), own);
        let found = |passage: &read::Passage| {
            let found = self.search.found(&Folded::of(&passage.text), &forbidden);
            let place = passage.place.clone();
            found.into_iter().map(move |entry| (entry, place.clone()))
        };
        passages.iter().flat_map(found).collect()
    }

    /// Whether anything of what was found, said or decided is marked for exactly this audience.
    pub fn is_marked_for(&self, audience: crate::model::Audience) -> bool {
        self.entries.iter().any(|e| e.is_marked_for(audience))
    }

    fn judge(
        &self,
        candidate: &Candidate<'_>,
        leaks: &BTreeSet<(usize, String)>,
        listed: bool,
    ) -> Result<Seal, Report> {
        let mut report = Report::default();
        let mut allowed = BTreeSet::new();
        let mut told = BTreeSet::new();
        for (entry, place) in leaks {
            let entry = &self.entries[*entry];
            if let Some(answer) = self.checked.allowance(&entry.path, candidate.artefact) {
                allowed.insert(format!("{}: {}", entry.path, answer.reason));
            } else if told.insert(&entry.path) {
                report.push(self.leak(candidate, entry, place, listed));
            }
        }
        if report.has_errors() {
            return Err(report);
        }
        let allowed = allowed.into_iter().collect();
        Ok(Seal { hash: hash(candidate.data), path: candidate.path.to_owned(), allowed })
    }

    /// It names the field and the paper. The value, and the line that holds it, stay out: the report may be passed on.
    fn leak(&self, candidate: &Candidate<'_>, entry: &Entry<'_>, place: &str, listed: bool) -> Diagnostic {
        let audience = candidate.reader.audience.id();
        let (source, text) =
            if listed { ("row of the list, in a template", "row of the list") } else { ("template", "text") };
        let message = format!("`{}` ({place}) holds `{}`, which its readers may not read", candidate.path, entry.path);
        let hint = match entry.kind {
            _ if candidate.artefact.is_empty() => {
                "take this file out of the folder: no paper of this name is made".into()
            }
            Kind::Protected | Kind::Reference => {
                Hint::listing(
                    "it stands in a {}, in a setting of the council or in another text: take it out there",
                    [source],
                )
            }
            Kind::Said | Kind::Particular => Hint::listing(
                "see which {} or template of the {} version repeats it, and take it out there; if it tells nothing, answer with ",
                [text, audience],
            )
            .and(Hint::naming("`allow: [{ path: \"{}\", paper: {}, reason: … }]`", [&entry.path, candidate.artefact])),
        };
        let place = Place {
            file: Some(self.checked.places.conference.file.clone()),
            path: Some(entry.path.clone()),
            span: None,
        };
        Diagnostic::error(codes::LEAK, message).place(place).hint(hint)
    }
}

/// What cannot be read cannot be vouched for.
fn unreadable(candidate: &Candidate<'_>, why: &str) -> Report {
    let message = format!("`{}` cannot be read back: {why}", candidate.path);
    Diagnostic::error(codes::UNREADABLE_PAPER, message)
        .hint("only a file that can be read to its end is delivered; make it again")
        .into()
}
