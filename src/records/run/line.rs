//! One file of a run, and its line in the log.

use super::held::Held;
use crate::gate::Hash;
use crate::records::event::{Made, Run};

/// One file of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number of the person in the list, from 1; 0 for a file of many people.
    pub number: u32,
    /// The paper's reference.
    pub reference: String,
    /// The council's own reference of the person, as the list has it.
    pub person: String,
    /// Its place below the record's folder.
    pub file: String,
    /// Its audience.
    pub audience: String,
    /// Its pages; 0 if it has none.
    pub pages: u32,
    /// The fingerprint of all inputs: the row, the conference, the council, the templates and the program.
    pub inputs: Hash,
    /// Its hash, once it is made.
    pub hash: Option<Hash>,
    /// Of a bundle: its letters and their fingerprints.
    pub held: Option<Held>,
}

/// The state of the place that a file should go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// The file should be written.
    Write,
    /// The same bytes are there already.
    AlreadyThere,
    /// A file that no run made, or that has changed since.
    Foreign,
    /// A different file that an earlier run released.
    Released,
}

/// The line of a file as the log has it.
pub fn made(line: &Line, run: &Run) -> Made {
    let held = line.held.as_ref();
    let hash = line.hash.expect("a line is written once its file is made");
    Made {
        no: (line.number > 0).then_some(line.number),
        reference: line.reference.clone(),
        audience: line.audience.clone(),
        pages: line.pages,
        person: line.person.clone(),
        letters: held.map(|held| held.letters.clone()).unwrap_or_default(),
        gone: held.map(|held| held.gone.clone()).unwrap_or_default(),
        set: held.map_or(0, |held| u32::try_from(held.of).unwrap_or(u32::MAX)),
        inputs: held.map(|held| held.inputs.clone()).unwrap_or_default(),
        from: Some(line.inputs),
        ..Made::of_run(run, line.file.clone(), hash)
    }
}
