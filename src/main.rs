//! The program: a thin face of the library.

use std::io::{stderr, stdout};
use std::process::ExitCode;

/// Every letter takes and gives back some megabytes in small pieces; this allocator is quicker at it than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    convenor::cli::prepare();
    let program = std::env::current_exe().ok();
    let started =
        convenor::cli::start(std::env::args_os(), program.clone(), &mut stdout().lock(), &mut stderr().lock());
    match started {
        convenor::cli::Started::Ended(code) => code.into(),
        #[cfg(feature = "desk")]
        convenor::cli::Started::Desk(asked) => convenor::desk::open(asked.folder, asked.no_open, program).into(),
    }
}
