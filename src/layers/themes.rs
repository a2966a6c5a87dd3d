//! How theme code that is not ours is run.
//!
//! A council's Typst is a program. The engine bounds its depth and its `while` loops, but neither its `for` loops nor
//! its memory, and a thread can be neither stopped nor kept from taking memory. A process can.

use std::path::PathBuf;
use std::time::Duration;

/// How theme code outside our own base is run. Ours runs in this process, at full speed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum OwnThemes {
    /// Not at all: a PDF for a council with its own theme code is an error. Formats that need no theme, such as text,
    /// work.
    #[default]
    Refused,
    /// In this process and without limits, for themes that you wrote or reviewed yourself. One that loops for ever
    /// never returns, and one that eats memory takes the process down with it.
    Here,
    /// In another process, which is ended when it takes too long or too much memory. This is how the program runs them.
    Apart(Apart),
}

/// The other process, and its limits for each paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// The program `convenor`, of the same version.
    pub program: PathBuf,
    /// How long the layout of one paper may take, in wall-clock time. The longest of ours takes a third of a second.
    pub time: Duration,
    /// The bytes of address space that the process may have. Enforced on Linux; elsewhere only the time is.
    pub memory: u64,
}

impl Apart {
    /// The program at this path, with room for any paper: 20 seconds and 1 GB.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), time: Duration::from_secs(20), memory: 1024 * 1024 * 1024 }
    }
}
