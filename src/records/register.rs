//! The registers: the record for spreadsheets and for programs.
//!
//! They are made from the log and the names in the data at hand, and are for reading only: the program bases no
//! decision on them. They contain no address and no text of a paper. They name the last line of the log that they were
//! made from, so that a log which was set back is detected.

use serde::{Deserialize, Serialize};

use super::event::SignedOff;
use super::log::{Checkpoint, Log};
use super::names::Names;
use super::state::{Paper, PaperStatus, State};
use crate::gate::Hash;

/// One paper in `register.json`. Hashes are BLAKE3 in hexadecimal.
#[derive(Debug, Clone, Serialize)]
struct Entry<'s> {
    file: &'s str,
    artefact: &'s str,
    audience: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    #[serde(skip_serializing_if = "str::is_empty")]
    person: &'s str,
    recipients: Vec<String>,
    reference: &'s str,
    version: u32,
    issued: String,
    status: PaperStatus,
    maker: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    checker: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'s str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sent: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lost: Option<String>,
    #[serde(skip_serializing_if = "is_zero")]
    pages: u32,
    template: &'s str,
    templates: &'s str,
    data: &'s str,
    hash: Hash,
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<Hash>,
    #[serde(skip_serializing_if = "Option::is_none")]
    supersedes: Option<Hash>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    allowed: &'s [String],
    program: &'s str,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[derive(Serialize)]
struct Listing<'s> {
    /// Raised when the format of the register changes. Versions before the record wrote formats 1 and 2.
    format: u32,
    record: Checkpoint,
    /// The fingerprint of the data that the names are from.
    names: &'s str,
    files: Vec<Entry<'s>>,
}

/// Both registers.
pub struct Registers {
    /// `register.json`.
    pub json: Vec<u8>,
    /// `register.csv`.
    pub csv: Vec<u8>,
}

/// The part of `register.json` that is read again.
#[derive(Debug, Clone, Deserialize)]
pub struct Written {
    /// The state of the log when it was written.
    pub record: Checkpoint,
    /// The fingerprint of the data that the names are from.
    pub names: String,
}

impl Written {
    /// Parses it; `None` if it is not a register of this format.
    pub fn read(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }
}

/// Makes the registers. `data` is the fingerprint of the data at hand.
pub fn registers(state: &State, log: &Log, names: &Names, data: &str) -> Registers {
    let entries: Vec<Entry<'_>> = state.papers.values().map(|paper| entry(state, paper, names)).collect();
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(HEAD).expect("a vector takes every byte");
    for entry in &entries {
        csv.write_record(cells(entry).map(|cell| harmless(&cell))).expect("a vector takes every byte");
    }
    let record = Checkpoint { lines: log.lines, head: log.head };
    let listing = Listing { format: 3, record, names: data, files: entries };
    let mut json = serde_json::to_vec_pretty(&listing).expect("a register is plain text");
    json.push(b'\n');
    Registers { json, csv: csv.into_inner().expect("a vector takes every byte") }
}

fn entry<'s>(state: &'s State, paper: &'s Paper, names: &Names) -> Entry<'s> {
    let made = &paper.made;
    let signed: Option<&SignedOff> = paper.sign_off.as_deref();
    let sent = state.sent_of(paper, state.folder_of(&made.file).unwrap_or_default());
    let how = |how| serde_json::to_value(how).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let mut sent: Vec<String> = sent.map(|sent| format!("{} {}", how(sent.how), sent.on)).collect();
    // Two machines may both have noted it.
    let mut seen = std::collections::BTreeSet::new();
    sent.retain(|sent| seen.insert(sent.clone()));
    Entry {
        file: &made.file,
        artefact: &made.paper,
        audience: &made.audience,
        number: made.no,
        person: &made.person,
        recipients: names.recipients_then(&made.to, paper.numbered, state),
        reference: &made.reference,
        version: made.v,
        issued: made.issued.to_string(),
        status: paper.status,
        maker: paper.source.makers().collect::<Vec<_>>().join("; "),
        checker: signed.map(|signed| signed.checker.as_str()),
        checked: signed.map(|signed| signed.on.to_string()),
        because: made.because.as_deref(),
        sent,
        lost: paper.loss.as_ref().map(|loss| format!("{} {}", loss.on, loss.because)),
        pages: made.pages,
        template: &made.template,
        templates: &paper.source.templates,
        data: &paper.source.data,
        hash: made.hash,
        draft: made.draft,
        supersedes: paper.supersedes,
        allowed: &made.allowed,
        program: &paper.source.program,
    }
}

const HEAD: [&str; 24] = [
    "file",
    "artefact",
    "audience",
    "number",
    "person",
    "recipients",
    "reference",
    "version",
    "issued",
    "status",
    "maker",
    "checker",
    "checked",
    "because",
    "sent",
    "pages",
    "template",
    "templates",
    "data",
    "hash",
    "draft",
    "supersedes",
    "allowed",
    "program",
];

fn cells(e: &Entry<'_>) -> [String; 24] {
    let hash = |hash: &Option<Hash>| hash.map(String::from).unwrap_or_default();
    [
        e.file.to_owned(),
        e.artefact.to_owned(),
        e.audience.to_owned(),
        e.number.map(|n| n.to_string()).unwrap_or_default(),
        e.person.to_owned(),
        e.recipients.join("; "),
        e.reference.to_owned(),
        e.version.to_string(),
        e.issued.clone(),
        if e.lost.is_some() { format!("{}, lost", e.status.id()) } else { e.status.id().to_owned() },
        e.maker.clone(),
        e.checker.unwrap_or_default().to_owned(),
        e.checked.clone().unwrap_or_default(),
        e.because.unwrap_or_default().to_owned(),
        e.sent.join("; "),
        if e.pages == 0 { String::new() } else { e.pages.to_string() },
        e.template.to_owned(),
        e.templates.to_owned(),
        e.data.to_owned(),
        e.hash.to_string(),
        hash(&e.draft),
        hash(&e.supersedes),
        e.allowed.join("; "),
        e.program.to_owned(),
    ]
}

/// Puts an apostrophe before a cell that a spreadsheet would take for a formula.
pub fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("community/minutes.pdf"), "community/minutes.pdf");
    }
}
