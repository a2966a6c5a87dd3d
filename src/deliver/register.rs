//! The register: what was made, for whom, from what, with which hash.
//!
//! It holds no address and no text of a paper. A file is listed under its name, and a letter's name may hold its reader's:
//! the register stays in the folder of the papers and is no more for sending than they are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One file of the register. Hashes are BLAKE3 in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The file's place below the folder of the conference, for example `community/minutes.pdf`.
    pub file: String,
    /// The kind of paper.
    pub artefact: String,
    /// For whom it is.
    pub audience: String,
    /// The paper's own reference. For a letter it stands for the recipient.
    pub reference: String,
    /// The version of the papers.
    pub version: u32,
    /// The day of issue.
    pub issued: String,
    /// The program that made it, and its version.
    pub made_by: String,
    /// The hash of all templates and of the theme.
    pub templates: String,
    /// The hash of the file.
    pub hash: String,
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
        let listing = Listing { format: 1, files: self.entries.values().cloned().collect() };
        let mut json = serde_json::to_vec_pretty(&listing).expect("a register is plain text");
        json.push(b'\n');
        json
    }

    /// `register.csv`. A cell that a spreadsheet would take for a formula starts with an apostrophe.
    pub fn csv(&self) -> Vec<u8> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        let head = ["file", "artefact", "audience", "reference", "version", "issued", "made_by", "templates", "hash"];
        csv.write_record(head).expect("a vector takes every byte");
        for e in self.entries.values() {
            let version = e.version.to_string();
            let cells = [
                &e.file,
                &e.artefact,
                &e.audience,
                &e.reference,
                &version,
                &e.issued,
                &e.made_by,
                &e.templates,
                &e.hash,
            ];
            csv.write_record(cells.map(|c| harmless(c))).expect("a vector takes every byte");
        }
        csv.into_inner().expect("a vector takes every byte")
    }
}

pub(super) fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// The hash of some bytes, in hexadecimal.
pub fn hash(data: &[u8]) -> String {
    blake3::hash(data).to_hex().to_string()
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
