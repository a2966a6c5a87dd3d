//! The program: a thin face of the library.

use std::io::{stderr, stdout};
use std::process::ExitCode;

/// Every letter takes and gives back some megabytes in small pieces; this allocator is quicker at it than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Asks for small pages of memory: most commands touch little of it, and the system clears a huge page whole.
#[cfg(target_os = "linux")]
fn without_huge_pages() {
    // Where it is refused, all works as well and takes a little longer.
    rustix::thread::disable_transparent_huge_pages(true).ok();
}

#[cfg(not(target_os = "linux"))]
fn without_huge_pages() {}

fn main() -> ExitCode {
    without_huge_pages();
    convenor::cli::say_only_where_it_fails();
    let program = std::env::current_exe().ok();
    let started =
        convenor::cli::start(std::env::args_os(), program.clone(), &mut stdout().lock(), &mut stderr().lock());
    match started {
        convenor::cli::Started::Ended(code) => code.into(),
        #[cfg(feature = "desk")]
        convenor::cli::Started::Desk(asked) => convenor::desk::open(asked.folder, asked.no_open, program).into(),
    }
}
