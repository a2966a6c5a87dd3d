//! Nothing leaves that its readers may not read: every finished file is read back and compared with the data.
//!
//! In: a finished file and its readers. Out: the file as [`Sealed`], which is all that can be put into a folder of papers, or
//! what the file holds that it must not.
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

mod archive;
mod hash;
mod kind;
mod message;
mod pdf;
mod read;
mod search;

use std::collections::BTreeSet;

pub use hash::Hash;
pub use kind::FileKind;
use search::Search;

use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::fold::Folded;
use crate::ledger::{self, Entry, Kind, Reader};

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
    /// What sort of file it is.
    pub kind: FileKind,
    /// Its bytes.
    pub data: &'a [u8],
    /// Who reads it.
    pub reader: Reader<'a>,
}

/// A finished file in which the gate found nothing that its readers may not read: its place and its bytes in one. Only the
/// gate makes one, and nothing changes it afterwards; so whatever takes only `Sealed` can write nothing that was not read.
#[derive(Clone)]
pub struct Sealed {
    path: String,
    data: Vec<u8>,
    hash: Hash,
    allowed: Vec<String>,
}

impl Sealed {
    /// Its place below the folder of the papers, with `/` between the parts.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its bytes.
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// The BLAKE3 hash of its bytes.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The reasons of the answers (`allow:`) without which it would not have passed.
    pub fn allowed(&self) -> &[String] {
        &self.allowed
    }

    /// A file of a test that no gate has read.
    #[cfg(test)]
    pub fn of_a_test(path: &str, data: &[u8]) -> Self {
        Self { path: path.to_owned(), data: data.to_vec(), hash: Hash::of(data), allowed: Vec::new() }
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealed({}, {})", self.path, self.hash)
    }
}

/// An archive or another file too large for the memory, of files that are sealed: its place and its hash.
#[derive(Debug, Clone)]
pub struct SealedWhole {
    path: String,
    hash: Hash,
}

impl SealedWhole {
    /// Its place below the folder of the papers.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The BLAKE3 hash of its bytes.
    pub fn hash(&self) -> Hash {
        self.hash
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

    /// Reads a file back and seals it.
    ///
    /// # Errors
    /// Every text that it holds and its readers may not read, by field path and never by value; or that it cannot be read.
    pub fn seal(&self, candidate: &Candidate<'_>, own: &Own, data: Vec<u8>) -> Result<Sealed, Report> {
        let allowed = self.pass(&Candidate { data: &data, ..*candidate }, own)?;
        Ok(Sealed { path: candidate.path.to_owned(), hash: Hash::of(&data), data, allowed })
    }

    /// Seals a letter of thousands of which only the words are read: they are all that the layout is told of it.
    ///
    /// # Errors
    /// As for [`Gate::seal`].
    pub fn seal_by_words(
        &self,
        candidate: &Candidate<'_>,
        own: &Own,
        words: &str,
        data: Vec<u8>,
    ) -> Result<Sealed, Report> {
        let words = Candidate { kind: FileKind::Txt, data: words.as_bytes(), ..*candidate };
        let allowed = self.pass(&words, own)?;
        Ok(Sealed { path: candidate.path.to_owned(), hash: Hash::of(&data), data, allowed })
    }

    /// Reads a message back and seals it. Attachments that are sealed already, for the same reader, are not read again.
    ///
    /// # Errors
    /// As for [`Gate::seal`].
    pub fn seal_message(
        &self,
        candidate: &Candidate<'_>,
        own: &Own,
        attached: &[&Sealed],
        data: Vec<u8>,
    ) -> Result<Sealed, Report> {
        let known: BTreeSet<Hash> = attached.iter().map(|file| file.hash).collect();
        let of_file = |kind, data: &[u8]| read::passages(kind, data, &self.drawings);
        let passages = message::passages(&data, &known, &of_file).map_err(|why| unreadable(candidate, &why))?;
        let allowed = self.judged(&Candidate { data: &data, ..*candidate }, own, passages)?;
        Ok(Sealed { path: candidate.path.to_owned(), hash: Hash::of(&data), data, allowed })
    }

    /// Reads an archive back, which is to hold these files with these bytes and nothing else, and seals it.
    ///
    /// # Errors
    /// If it holds anything else, or cannot be read.
    #[expect(clippy::unused_self, reason = "nothing is sealed without a gate")]
    pub fn seal_archive(
        &self,
        path: &str,
        archive: impl std::io::Read + std::io::Seek,
        of: &std::collections::BTreeMap<String, Hash>,
    ) -> Result<SealedWhole, Report> {
        let hash = archive::holds_only(archive, of).map_err(|why| {
            let message = format!("`{path}` cannot be read back: {why}");
            Report::of(Diagnostic::error(codes::UNREADABLE_PAPER, message).hint("make it again"))
        })?;
        Ok(SealedWhole { path: path.to_owned(), hash })
    }

    /// Reads a file back that says to its readers what a list says of them (`own`): a letter to a row, or many of them in one
    /// file for the printer. A row may have the name, the address or the language of somebody of the conference, or hold it in
    /// its own line (`7 Lock Road` where another's is `Lock Road`), and tells its own person no secret, as an invitee's own
    /// data do not. What was said or found, and protected names, stay refused whoever wrote them into the list.
    ///
    /// Gives the reasons of the answers without which it would not have passed.
    ///
    /// # Errors
    /// As for [`Gate::seal`].
    pub fn pass(&self, candidate: &Candidate<'_>, own: &Own) -> Result<Vec<String>, Report> {
        let passages = read::passages(candidate.kind, candidate.data, &self.drawings)
            .map_err(|why| unreadable(candidate, &why))?;
        self.judged(candidate, own, passages)
    }

    /// The texts of a file as its readers get them; none if it cannot be read.
    pub fn texts(&self, kind: FileKind, data: &[u8]) -> Vec<String> {
        let passages = read::passages(kind, data, &self.drawings).unwrap_or_default();
        passages.into_iter().map(|passage| passage.text).collect()
    }

    fn judged(
        &self,
        candidate: &Candidate<'_>,
        own: &Own,
        mut passages: Vec<read::Passage>,
    ) -> Result<Vec<String>, Report> {
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
    ) -> Result<Vec<String>, Report> {
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
        Ok(allowed.into_iter().collect())
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
            ..Place::default()
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
