//! The program: a thin face of the library.

use std::io::{Write, stderr, stdout};
use std::process::ExitCode;

/// Every letter takes and gives back some megabytes in small pieces; this allocator is quicker at it than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // What a failing engine has in hand may be a letter: only where it failed is said.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!(" at {}:{}", at.file(), at.line())).unwrap_or_default();
        // There is nobody left to tell if this cannot be written.
        let _ = writeln!(stderr(), "convenor failed{place}");
    }));
    let program = std::env::current_exe().ok();
    convenor::cli::run(std::env::args_os(), program, &mut stdout().lock(), &mut stderr().lock())
}
