//! `desk`: what is asked for. The desk itself is another face, and `main` hands over to it.

use std::path::PathBuf;

use clap::Args;

/// `convenor desk`.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  convenor desk\n  convenor desk \"G:/Context conferences\"\n  convenor desk --no-open\n\nThe page is served to this machine only. It ends when you close it there or press Ctrl+C, or after three hours in which nobody has asked for anything."
)]
pub struct Desk {
    /// The folder with the conferences, or one conference file.
    #[arg(default_value = ".", value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Print the address, and open no browser.
    #[arg(long)]
    pub no_open: bool,
}
