//! Whether anybody reads what the program prints, or types what it reads.
//!
//! In: the standard streams. Out: an answer.
//!
//! Deliberately absent: Windows, where a double click opens a terminal of its own: a shortcut there says `convenor desk`.

use std::io::IsTerminal;

/// Whether the program was started by a click: neither its input nor its output is a terminal or a pipe.
pub fn is_unattended() -> bool {
    let (input, output) = (std::io::stdin(), std::io::stdout());
    !input.is_terminal() && !output.is_terminal() && !is_pipe(&input) && !is_pipe(&output)
}

#[cfg(unix)]
fn is_pipe(stream: &impl std::os::fd::AsFd) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let file = stream.as_fd().try_clone_to_owned().map(std::fs::File::from);
    // What cannot be told may be a pipe.
    file.and_then(|file| file.metadata()).map_or(true, |found| found.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe<S>(_: &S) -> bool {
    true
}
