//! The register: what was made, for whom, from what, by whom, who checked it, and with which hash.
//!
//! It is the coordinator's own, stays in the folder of the papers and is no more for sending than they are: it names the
//! people that papers are for. It holds no address and no text of a paper.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One file of the register. Hashes are BLAKE3 in hexadecimal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Entry {
    /// The file's place below the folder of the conference, for example `community/minutes.pdf`.
    pub file: String,
    /// The kind of paper.
    pub artefact: String,
    /// The audience that it is made for.
    pub audience: String,
    /// The people or the organisation that it may be sent to.
    pub recipients: Vec<String>,
    /// The paper's own reference.
    pub reference: String,
    /// The version of the papers.
    pub version: u32,
    /// The day of issue.
    pub issued: String,
    /// How far it is.
    pub status: Status,
    /// Who made it.
    pub maker: String,
    /// Who checked it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checker: Option<String>,
    /// The day on which it was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<String>,
    /// The template that it was made from, with its layer, for example `base/minutes.md`.
    pub template: String,
    /// The hash of all templates and of the theme, the first 16 digits.
    pub templates: String,
    /// The hash of the data that it was made from.
    pub data: String,
    /// The hash of the file.
    pub hash: String,
    /// The hash of the draft that was checked, for a paper that is released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
    /// The hash of the released file that this one takes the place of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<String>,
    /// Answers to false alarms of the gate without which it would not have been made: field path and reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// The program that made it, and its version.
    pub program: String,
}

/// How far a paper is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Status {
    /// No second person has checked it.
    #[default]
    Draft,
    /// A second person has checked it. It does not change any more.
    Released,
    /// A released paper whose place a later version has taken.
    Superseded,
}

impl Status {
    /// The word in the register.
    pub fn id(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Released => "released",
            Status::Superseded => "superseded",
        }
    }
}

/// The register of one conference's folder, by file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    /// Entries by file.
    pub entries: BTreeMap<String, Entry>,
}

#[derive(Serialize, Deserialize)]
struct Listing {
    /// Raised when the form of the register changes.
    format: u32,
    files: Vec<Entry>,
}

impl Register {
    /// Reads `register.json`; anything that is no register reads as an empty one.
    pub fn parse(json: &[u8]) -> Self {
        let files = serde_json::from_slice::<Listing>(json).map(|l| l.files).unwrap_or_default();
        Self { entries: files.into_iter().map(|e| (e.file.clone(), e)).collect() }
    }

    /// `register.json`.
    pub fn json(&self) -> Vec<u8> {
        let listing = Listing { format: 2, files: self.entries.values().cloned().collect() };
        let mut json = serde_json::to_vec_pretty(&listing).expect("a register is plain text");
        json.push(b'\n');
        json
    }

    /// `register.csv`. A cell that a spreadsheet would take for a formula starts with an apostrophe.
    pub fn csv(&self) -> Vec<u8> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(HEAD).expect("a vector takes every byte");
        for entry in self.entries.values() {
            csv.write_record(cells(entry).map(|c| harmless(&c))).expect("a vector takes every byte");
        }
        csv.into_inner().expect("a vector takes every byte")
    }
}

const HEAD: [&str; 19] = [
    "file",
    "artefact",
    "audience",
    "recipients",
    "reference",
    "version",
    "issued",
    "status",
    "maker",
    "checker",
    "checked",
    "template",
    "templates",
    "data",
    "hash",
    "draft",
    "supersedes",
    "allowed",
    "program",
];

fn cells(e: &Entry) -> [String; 19] {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        e.file.clone(),
        e.artefact.clone(),
        e.audience.clone(),
        e.recipients.join("; "),
        e.reference.clone(),
        e.version.to_string(),
        e.issued.clone(),
        e.status.id().to_owned(),
        e.maker.clone(),
        optional(&e.checker),
        optional(&e.checked),
        e.template.clone(),
        e.templates.clone(),
        e.data.clone(),
        e.hash.clone(),
        optional(&e.draft),
        optional(&e.supersedes),
        e.allowed.join("; "),
        e.program.clone(),
    ]
}

pub(super) fn harmless(cell: &str) -> String {
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
