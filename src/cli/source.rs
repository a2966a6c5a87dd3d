//! Loads a conference from a file or standard input.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::diag::{Diagnostic, Report, codes};
use crate::input::{self, Loaded};

/// The council of a conference that is not beside or below it.
#[derive(Debug, Args)]
pub struct Council {
    /// The council's `borough.yaml`, or its folder. Default: the nearest, beside the conference file or in a folder above it;
    /// for standard input, in this folder or one above it.
    #[arg(long, value_name = "FILE")]
    pub borough: Option<PathBuf>,
}

/// The argument that stands for standard input.
pub const STANDARD_INPUT: &str = "-";

/// The name of standard input in messages.
const NAME: &str = "<stdin>";

/// Loads a conference file, or standard input.
///
/// # Errors
/// As for [`input::load`].
pub fn load(file: &Path, council: &Council) -> Result<Loaded, Report> {
    match (file == Path::new(STANDARD_INPUT), &council.borough) {
        (false, None) => input::load(file),
        (false, Some(borough)) => input::load_of(file, borough),
        (true, borough) => {
            let typed = input::Typed::read(NAME, std::io::stdin().lock())?;
            input::load_typed(NAME, typed, borough.as_deref().unwrap_or(Path::new(".")))
        }
    }
}

/// Checks that a conference is a file, for a verb that reads it again and again or writes into it: `done` is what cannot be
/// done to standard input.
///
/// # Errors
/// If it is standard input.
pub fn ensure_file(file: &Path, done: &str) -> Result<(), Report> {
    if file == Path::new(STANDARD_INPUT) {
        let error = Diagnostic::error(codes::NOTHING_TO_MAKE, format!("standard input cannot be {done}"));
        return Err(error.hint("name the conference file").into());
    }
    Ok(())
}
