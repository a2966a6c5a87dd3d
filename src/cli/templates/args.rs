//! The arguments of the verbs for templates.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `convenor new`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor new northmere\n  convenor build northmere/conference.yaml\n  convenor new northmere --workbook\n  convenor new northmere/review --review-of northmere/conference.yaml"
)]
pub struct New {
    /// The folder to make. Its name becomes the council's: lower-case letters, digits and hyphens.
    #[arg(value_name = "NAME")]
    pub folder: PathBuf,
    /// Begin the review of this conference there: its people, organisations, plan and history are carried over.
    #[arg(long, value_name = "FILE")]
    pub review_of: Option<PathBuf>,
    /// Write the conference as a workbook to fill in, conference.xlsx, instead of YAML.
    #[arg(long)]
    pub workbook: bool,
    /// Fill in the workbook with the built-in example, to see how it is done.
    #[arg(long, requires = "workbook", conflicts_with = "review_of")]
    pub example: bool,
}

/// `convenor explain`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  convenor explain invitation\n  convenor explain minutes --borough northmere")]
pub struct Explain {
    /// The paper: invitation, minutes, or one of the council's own.
    #[arg(value_name = "PAPER")]
    pub paper: String,
    /// The folder of the council. Without one, the nearest `borough.yaml` at or above this folder; or our own papers.
    #[arg(long, value_name = "DIR")]
    pub borough: Option<PathBuf>,
    #[command(flatten)]
    pub base: Base,
}

/// `convenor templates`.
#[derive(Debug, Args)]
#[command(
    after_help = "A council's templates are in `templates/` beside its `borough.yaml`. Begin with `convenor templates list`.

Example:
  convenor templates eject terms --block membership"
)]
pub struct Templates {
    /// The folder of the council. Default: this folder, or the nearest above it with a `borough.yaml`.
    #[arg(long, global = true, value_name = "DIR")]
    pub borough: Option<PathBuf>,
    #[command(flatten)]
    pub base: Base,
    /// Whether what is printed is coloured.
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub colour: Colour,
    #[command(subcommand)]
    pub verb: TemplatesVerb,
}

/// Another base.
#[derive(Debug, Args)]
pub struct Base {
    /// Templates in place of ours, laid out as `templates/` of the source: see what another version would move.
    #[arg(long, global = true, hide = true, value_name = "DIR")]
    pub base: Option<PathBuf>,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// If it goes to a terminal whose owner did not ask for none (`NO_COLOR`).
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub enum TemplatesVerb {
    /// List every paper and part: the layer it comes from, and what is changed.
    #[command(after_help = "Example:\n  convenor templates list")]
    List,
    /// Show a template as the layers resolve it: its blocks, and each line with its file.
    #[command(after_help = "Examples:\n  convenor templates show terms\n  convenor templates show theme/brand.typ")]
    Show {
        /// The template: `terms`, `parts/running.md`, `theme/brand.typ`.
        #[arg(value_name = "TEMPLATE")]
        name: String,
    },
    /// Write a template of your own to start from: the smallest that changes one block.
    #[command(
        after_help = "Examples:\n  convenor templates eject terms --block membership\n  convenor templates eject theme/brand --block letterhead\n\nWithout --block, the new template changes nothing and lists the blocks that it could change."
    )]
    Eject {
        /// The template: `terms`, `parts/running.md`, `theme/brand.typ`.
        #[arg(value_name = "TEMPLATE")]
        name: String,
        /// The block to change; separate several with commas.
        #[arg(long = "block", value_delimiter = ',', value_name = "BLOCK")]
        blocks: Vec<String>,
        /// Write it into the region's templates, for every council of the region.
        #[arg(long)]
        region: bool,
    },
    /// Say of each change whether it is still in step with ours: unchanged, customised, behind.
    #[command(after_help = "Example:\n  convenor templates status

unchanged   says what ours says
customised  says something of its own, and ours has not moved
behind      ours has moved since you took it: `convenor templates diff` shows how
untracked   says something of its own, and from which text of ours is not known
own         a paper or part that only you have")]
    Status,
    /// Show what moved: ours as it was, ours as it is, yours.
    #[command(
        after_help = "Examples:\n  convenor templates diff\n  convenor templates diff terms --block membership\n  convenor templates diff terms --accept"
    )]
    Diff {
        /// The template; all that are changed if none is named.
        #[arg(value_name = "TEMPLATE")]
        name: Option<String>,
        /// Only this block of it.
        #[arg(long, value_name = "BLOCK", requires = "name")]
        block: Option<String>,
        /// You have read what moved, and yours is as it should be: compare with ours of today from now on.
        #[arg(long, requires = "name")]
        accept: bool,
    },
    /// Make every paper of each council from a specimen conference, and report every problem at once.
    #[command(
        after_help = "Examples:\n  convenor templates check\n  convenor templates check boroughs/*\n  convenor templates check --accept"
    )]
    Check {
        /// The folders of the councils. Default: this one.
        #[arg(value_name = "DIR")]
        folders: Vec<PathBuf>,
        /// Keep the words of the papers beside the templates. A later check shows where they moved.
        #[arg(long)]
        accept: bool,
    },
}
