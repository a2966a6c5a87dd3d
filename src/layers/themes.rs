//! How theme code runs that is not ours.
//!
//! A council's Typst is a program. The engine bounds its depth and its `while` loops, but neither its `for` loops nor its
//! memory, and a thread can be neither stopped nor kept from taking memory. A process can.

use std::path::PathBuf;
use std::time::Duration;

/// How the theme code of a layer runs that is not our own base. Ours runs in this process, at full speed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum OwnThemes {
    /// Not at all: a PDF of a council with theme code of its own is an error. What needs no theme, such as text, is made.
    #[default]
    Refused,
    /// In this process and without a bound, for themes that you wrote or read yourself. One that loops for ever never
    /// comes back, and one that eats memory takes the process with it.
    Here,
    /// In another process, which ends when it takes too long or too much. The program runs them so.
    Apart(Apart),
}

/// The other process, and what one paper may cost there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// The program `convenor`, of the same version.
    pub program: PathBuf,
    /// How long the layout of one paper may take, on the clock. The longest of ours takes a third of a second.
    pub time: Duration,
    /// How many bytes of address space the process may have. It is kept on Linux; elsewhere only the time is.
    pub memory: u64,
}

impl Apart {
    /// The program at this path, and room enough for any paper: 20 seconds and 1 GB.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), time: Duration::from_secs(20), memory: 1024 * 1024 * 1024 }
    }
}
