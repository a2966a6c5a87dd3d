//! Reads every finished file back and compares it with the data, so that nothing leaves that its readers may not read.
//!
//! In: a finished file and its readers. Out: the file as [`Sealed`], the only kind that can be put into a folder of
//! papers, or a report of what it must not contain.
//!
//! It looks for every text of the conference file that the ledger does not let reach these readers, whole if it is
//! shorter than eight words, otherwise any eight words of it in a row; the names of those who take part, with and
//! without their titles; and the protected names, in every file. Texts are compared as [`Folded`]: without case,
//! accents, spacing, hyphens, ligatures, invisible characters and look-alike letters.
//!
//! It does not find a paraphrase, seven words out of a longer text, or a picture of a text. A name, an address or a
//! role that also appears in what the same readers may read, and up to three words that our templates use themselves,
//! cannot be told from that other use; a value of one or two letters, or of fewer than six digits, cannot be told from
//! any other. Papers still have to be read before they are released.
//!
//! Deliberately absent: trust in the stages before it, and a way to switch it off. A false alarm is answered in the
//! data (`allow:`), and the register keeps the answer.

mod archive;
mod docx;
mod escapes;
mod hash;
mod html;
mod kind;
mod message;
mod odt;
mod package;
mod pdf;
mod read;
mod search;
mod source;

use std::collections::BTreeSet;
use std::sync::OnceLock;

pub use hash::Hash;
pub use kind::FileKind;
pub use pdf::{Window, lines_in};
use search::Search;

use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::fold::Folded;
use crate::ledger::{self, Entry, Kind, Reader};
use crate::model::artefact::JOINED;

/// Reads back every file of one conference.
pub struct Gate<'c> {
    checked: &'c Checked,
    entries: Vec<Entry<'c>>,
    search: OnceLock<Search>,
    drawings: read::Drawings,
}

/// A file as the gate sees it.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The kind of paper, for `allow:`.
    pub artefact: &'a str,
    /// Its path in the folder of the conference. The file name is read like the rest.
    pub path: &'a str,
    /// Its kind.
    pub kind: FileKind,
    /// Its bytes.
    pub data: &'a [u8],
    /// Its reader.
    pub reader: Reader<'a>,
}

/// A finished file, path and bytes, in which the gate found nothing that its readers may not read. Only the gate makes
/// one, and nothing changes it afterwards, so code that takes only `Sealed` cannot write anything that was not read
/// back.
#[derive(Clone)]
pub struct Sealed {
    path: String,
    data: Vec<u8>,
    hash: Hash,
    allowed: Vec<String>,
}

impl Sealed {
    /// Its path in the folder of the papers, with `/` between the parts.
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

    /// The reasons given in the answers (`allow:`) that it needed to pass.
    pub fn allowed(&self) -> &[String] {
        &self.allowed
    }

    /// A file in a test, which no gate has read.
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

/// The path and hash of an archive, or another file too large for memory, of sealed files.
#[derive(Debug, Clone)]
pub struct SealedWhole {
    path: String,
    hash: Hash,
}

impl SealedWhole {
    /// Its path in the folder of the papers.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The BLAKE3 hash of its bytes.
    pub fn hash(&self) -> Hash {
        self.hash
    }
}

/// Texts that readers already know, because their row of a list says them.
#[derive(Debug, Clone, Default)]
pub struct Own {
    /// Their names and addresses: any part of these is theirs.
    texts: Vec<String>,
    /// Everything else in their rows, folded. Theirs only as a whole, because a sentence may be about somebody else.
    wholes: BTreeSet<String>,
}

impl Own {
    /// Adds the names and addresses of a person, and everything else in their row.
    pub fn add<'t>(&mut self, texts: impl Iterator<Item = &'t str>, wholes: impl Iterator<Item = &'t str>) {
        self.texts.extend(texts.filter(|text| !text.is_empty()).map(str::to_owned));
        self.wholes.extend(wholes.map(whole).filter(|whole| !whole.is_empty()));
    }
}

/// A text without anything that may differ between two spellings of it.
fn whole(text: &str) -> String {
    Folded::of(text).words().concat()
}

/// The hash of some bytes, in hexadecimal.
pub fn hash(data: &[u8]) -> String {
    blake3::hash(data).to_hex().to_string()
}

impl<'c> Gate<'c> {
    /// A gate for the papers of a conference.
    pub fn new(checked: &'c Checked) -> Self {
        let (search, drawings) = (OnceLock::new(), read::Drawings::default());
        Self { checked, entries: ledger::entries(checked), search, drawings }
    }

    /// The search for everything that somebody may not read. It is built for the first file, since a command that makes
    /// none has no use for it.
    fn search(&self) -> &Search {
        self.search.get_or_init(|| {
            let mut search = Search::new(&self.entries);
            for (_, text) in self.checked.places.borough.texts() {
                search.learn_common(text);
            }
            // Only our own templates: a council's may contain what they should not.
            for (name, data) in self.checked.layers.iter().take(1).flat_map(crate::layers::Layer::files) {
                if let Ok(text) = std::str::from_utf8(data)
                    && !name.starts_with("theme/")
                {
                    search.learn_common(text);
                    search.learn_terms(text);
                }
            }
            search
        })
    }

    /// Reads a file back and seals it.
    ///
    /// # Errors
    /// If it cannot be read, or contains texts that its readers may not read. Each is named by field path, never by
    /// value.
    pub fn seal(&self, candidate: &Candidate<'_>, own: &Own, data: Vec<u8>) -> Result<Sealed, Report> {
        let allowed = self.pass(&Candidate { data: &data, ..*candidate }, own)?;
        Ok(Sealed { path: candidate.path.to_owned(), hash: Hash::of(&data), data, allowed })
    }

    /// Reads a file of several papers back and seals it. An answer (`allow:`) for one of their kinds is one for it.
    ///
    /// # Errors
    /// As for [`Gate::seal`].
    pub fn seal_joined(&self, candidate: &Candidate<'_>, kinds: &[&str], data: Vec<u8>) -> Result<Sealed, Report> {
        let candidate = Candidate { data: &data, ..*candidate };
        let passages = read::passages(candidate.kind, candidate.data, &self.drawings)
            .map_err(|why| unreadable(&candidate, &why))?;
        let leaks = self.leaks(&with_name(passages, &candidate), candidate.reader, &BTreeSet::new());
        let allowed = self.judge(&candidate, kinds, &leaks, false)?;
        Ok(Sealed { path: candidate.path.to_owned(), hash: Hash::of(&data), data, allowed })
    }

    /// Seals one of thousands of letters by reading only its words: the layout is given nothing else of it.
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
        let allowed = self.judge_passages(&Candidate { data: &data, ..*candidate }, own, passages)?;
        Ok(Sealed { path: candidate.path.to_owned(), hash: Hash::of(&data), data, allowed })
    }

    /// Seals an archive, after checking that it contains exactly these files, byte for byte.
    ///
    /// # Errors
    /// If it contains anything else, or cannot be read.
    #[expect(clippy::unused_self, reason = "nothing is sealed without a gate")]
    pub fn seal_archive(
        &self,
        path: &str,
        archive: impl std::io::Read + std::io::Seek,
        of: &std::collections::BTreeMap<String, Hash>,
    ) -> Result<SealedWhole, Report> {
        let hash = archive::check_contents(archive, of).map_err(|why| {
            let error = Diagnostic::error(codes::UNREADABLE_PAPER, format!("this file cannot be read back: {why}"));
            Report::of(error.place(Place::file(path)).hint("make it again"))
        })?;
        Ok(SealedWhole { path: path.to_owned(), hash })
    }

    /// Reads back a file that tells its readers what a list says about them (`own`): the letter of one row, or many
    /// letters in one file for the printer. A row may share the name, the address or the language of a person of the
    /// conference, or contain it (`7 Lock Road` and another's `Lock Road`); it tells its own person no secret, nor do
    /// an invitee's own data. Findings, statements and protected names stay refused, even if the list repeats them.
    ///
    /// Returns the reasons given in the answers (`allow:`) that it needed to pass.
    ///
    /// # Errors
    /// As for [`Gate::seal`].
    pub fn pass(&self, candidate: &Candidate<'_>, own: &Own) -> Result<Vec<String>, Report> {
        let passages = read::passages(candidate.kind, candidate.data, &self.drawings)
            .map_err(|why| unreadable(candidate, &why))?;
        self.judge_passages(candidate, own, passages)
    }

    /// The texts of a file as its readers get them; empty if it cannot be read.
    pub fn texts(&self, kind: FileKind, data: &[u8]) -> Vec<String> {
        let passages = read::passages(kind, data, &self.drawings).unwrap_or_default();
        passages.into_iter().map(|passage| passage.text).collect()
    }

    fn judge_passages(
        &self,
        candidate: &Candidate<'_>,
        own: &Own,
        passages: Vec<read::Passage>,
    ) -> Result<Vec<String>, Report> {
        let passages = with_name(passages, candidate);
        let mut leaks = self.leaks(&passages, candidate.reader, &BTreeSet::new());
        if !leaks.is_empty() {
            let said = own.texts.iter().flat_map(|text| self.search().said(&Folded::of(text))).collect();
            leaks = self.leaks(&passages, candidate.reader, &said);
            let is_theirs =
                |entry: &Entry<'_>| entry.kind == Kind::Particular && own.wholes.contains(&whole(entry.text));
            leaks.retain(|(entry, _)| !is_theirs(&self.entries[*entry]));
        }
        let kinds = self.kinds_of(candidate.artefact);
        self.judge(candidate, &kinds, &leaks, !own.texts.is_empty())
    }

    /// The entries that passages betray, each with its place. `own` are the patterns in the reader's own texts.
    fn leaks(
        &self,
        passages: &[read::Passage],
        reader: Reader<'_>,
        own: &BTreeSet<usize>,
    ) -> BTreeSet<(usize, String)> {
        let forbidden = self.search().forbidden(&self.entries, |e| e.may_reach(self.checked, reader), own);
        let found = |passage: &read::Passage| {
            let found = self.search().found(&Folded::of(&passage.text), &forbidden);
            let place = passage.place.clone();
            found.into_iter().map(move |entry| (entry, place.clone()))
        };
        passages.iter().flat_map(found).collect()
    }

    /// The kinds whose answers hold for a file of a kind: its own; for one of several papers, whose kinds are not known here, all.
    fn kinds_of<'k>(&'k self, kind: &'k str) -> Vec<&'k str> {
        let answered = self.checked.conference.allow.iter().filter_map(|answer| answer.paper.as_deref());
        if kind == JOINED { answered.collect() } else { vec![kind] }
    }

    /// Whether any finding, statement or decision is marked for exactly this audience.
    pub fn is_marked_for(&self, audience: crate::model::Audience) -> bool {
        self.entries.iter().any(|e| e.is_marked_for(audience))
    }

    fn judge(
        &self,
        candidate: &Candidate<'_>,
        kinds: &[&str],
        leaks: &BTreeSet<(usize, String)>,
        listed: bool,
    ) -> Result<Vec<String>, Report> {
        let mut report = Report::default();
        let mut allowed = BTreeSet::new();
        let mut reported = BTreeSet::new();
        for (entry, place) in leaks {
            let entry = &self.entries[*entry];
            if let Some(answer) = kinds.iter().find_map(|kind| self.checked.allowance(&entry.path, kind)) {
                allowed.insert(format!("{}: {}", entry.path, answer.reason));
            } else if reported.insert(&entry.path) {
                report.push(self.leak(candidate, entry, place, listed));
            }
        }
        if report.has_errors() {
            return Err(report);
        }
        Ok(allowed.into_iter().collect())
    }

    /// Reports a leak by field and paper. The value and its line stay out, because the report may be passed on.
    fn leak(&self, candidate: &Candidate<'_>, entry: &Entry<'_>, place: &str, listed: bool) -> Diagnostic {
        let audience = candidate.reader.audience.id();
        let (source, text) =
            if listed { ("row of the list, in a template", "row of the list") } else { ("template", "text") };
        let message = format!("`{}` ({place}) holds `{}`, which its readers may not read", candidate.path, entry.path);
        let answer =
            || Hint::naming("`allow: [{ path: \"{}\", paper: {}, reason: … }]`", [&entry.path, candidate.artefact]);
        let hint = match entry.kind {
            _ if candidate.artefact.is_empty() => {
                "remove this file from the folder: no paper of this name is made".into()
            }
            Kind::Protected | Kind::Reference => Hint::listing(
                "it appears in a {}, in a setting of the council or in another text: remove it there; if it is somebody or something else, answer with ",
                [source],
            )
            .and(answer()),
            Kind::Said | Kind::Particular => Hint::listing(
                "see which {} or template of the {} version repeats it, and remove it there; if it reveals nothing, answer with ",
                [text, audience],
            )
            .and(answer()),
        };
        let place = self.checked.places.of_field(&entry.path);
        Diagnostic::error(codes::LEAK, message).place(place).hint(hint)
    }
}

/// The passages of a file with its name.
fn with_name(mut passages: Vec<read::Passage>, candidate: &Candidate<'_>) -> Vec<read::Passage> {
    passages.push(read::Passage { place: "file name".to_owned(), text: candidate.path.to_owned() });
    passages
}

/// Reports a file that cannot be read, and so cannot be vouched for.
fn unreadable(candidate: &Candidate<'_>, why: &str) -> Report {
    Diagnostic::error(codes::UNREADABLE_PAPER, format!("this file cannot be read back: {why}"))
        .place(Place::file(candidate.path))
        .hint("only a file that can be read to the end is delivered; make it again")
        .into()
}
