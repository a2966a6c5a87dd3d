//! The arguments of the verbs that change the conference file.

use std::path::PathBuf;

use clap::Args;

use super::super::source::Council;

/// `convenor set`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  convenor set conference.yaml meeting.date=2026-12-01 \"meeting.venue.name=The Boathouse\"
  convenor set conference.yaml \"invitees[3].person.email=m.odonnell@dacepark.example\" --dry-run
  convenor set conference.yaml --remove meeting.online --add \"context.harms=robbery\"
  convenor set conference.yaml --add \"agenda:={ title: Welcome, minutes: 10 }\"

A path is written as messages write it, and positions count from 0. After `=` stands a text as it is, without quotation marks; after `:=` a value as the file has it: a list or a group of fields. A field that is not there is added, and so is the group around it. Comments, order and line ends stay, and the former text is kept for `convenor undo`.

Nothing is written if the file would have more errors than before, or if anything else in it would read differently.")]
pub struct Set {
    /// The conference file, YAML or JSON.
    pub file: PathBuf,
    /// The field and its new value.
    #[arg(value_name = "PATH=VALUE")]
    pub values: Vec<String>,
    /// Add an entry at the end of this list.
    #[arg(long, value_name = "LIST=ENTRY")]
    pub add: Vec<String>,
    /// Take out this field, or this entry of a list.
    #[arg(long, value_name = "PATH")]
    pub remove: Vec<String>,
    #[command(flatten)]
    pub council: Council,
    /// Only show what would change.
    #[arg(long)]
    pub dry_run: bool,
    /// Write it even if the file has more errors than before.
    #[arg(long)]
    pub anyway: bool,
}

/// `convenor undo`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  convenor undo conference.yaml --dry-run
  convenor undo conference.yaml

The last twenty changes can be undone, one after another, as long as nobody changed the file in another way since. Their former texts are in `.convenor-undo` beside the file, for its owner alone: whoever was taken out of the file is still in them, until `--forget` takes them away.")]
pub struct Undo {
    /// The conference file.
    pub file: PathBuf,
    /// Only show what would change.
    #[arg(long)]
    pub dry_run: bool,
    /// Take away the former texts that are kept of it, instead of going back to one.
    #[arg(long, conflicts_with = "dry_run")]
    pub forget: bool,
}
