//! The exit codes of the program.
//!
//! Deliberately absent: the exit code of a report (see `report`).

/// All is well.
pub const FINE: u8 = 0;
/// The documents are wrong.
pub const WRONG: u8 = 1;
/// The program was called wrongly.
pub const USAGE: u8 = 2;
/// A file could not be read or written.
pub const FAILED: u8 = 3;
