//! The program: a thin face of the library.

use std::io::{stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let program = std::env::current_exe().ok();
    convenor::cli::run(std::env::args_os(), program, &mut stdout().lock(), &mut stderr().lock())
}
