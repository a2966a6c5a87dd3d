//! The program: a thin face of the library.

use std::io::{stderr, stdout};
use std::process::ExitCode;

/// Every letter takes and gives back some megabytes in small pieces; this allocator is quicker at it than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let program = std::env::current_exe().ok();
    convenor::cli::run(std::env::args_os(), program, &mut stdout().lock(), &mut stderr().lock())
}
