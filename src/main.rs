//! The program: a thin face of the library.

use std::io::{stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    convenor::cli::run(std::env::args_os(), &mut stdout().lock(), &mut stderr().lock())
}
