//! The arguments, with the text of `--help`.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::records::args::{CheckOff, Dispose, Lost, Record, Release, Sent, TakeIn, Upgrade, Verify, Withdraw};
use super::set::args::{Set, Undo};
use super::templates::args::{Explain, New, Templates};
use crate::jobs::APART;
use crate::model;
use crate::model::artefact;

/// Papers for context conferences: letters, minutes, agreements, guidance.
#[derive(Debug, Parser)]
#[command(
    name = "convenor",
    version,
    about,
    max_term_width = 100,
    after_help = "Start with `convenor demo`: it makes every paper of an example and writes the example's data beside them.

Exit codes: 0 all is well, 1 the documents are wrong, 2 the program was called wrongly, 3 a file could not be read or written."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub verb: Verb,
    /// How problems are reported: for people, with the line at fault; or as JSON, without values and source lines.
    #[arg(long, global = true, value_enum, default_value = "text", value_name = "FORMAT")]
    message_format: MessageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// For people.
    Text,
    /// One JSON object a line, without values.
    Json,
}

impl Arguments {
    pub fn json(&self) -> bool {
        self.message_format == MessageFormat::Json
    }

    /// Whether standard output is coloured, by the same rule.
    pub fn colour_of_output() -> bool {
        std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
    }

    /// Whether standard error is coloured: if it is a terminal whose owner did not ask for no colour (no-color.org).
    pub fn colour() -> bool {
        std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
    }
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Make every paper of the built-in example.
    Demo(Demo),
    /// Find every problem of a conference file, or of a list of people.
    Check(Check),
    /// Make the papers of a conference.
    Build(Build),
    /// Make the papers, and again whenever the conference, the council or a template changes.
    Watch(Watch),
    /// Make a folder to start from, with everything that papers are made from.
    New(New),
    /// Put a conference file into another form: YAML, JSON or a workbook.
    Convert(super::convert::Convert),
    /// Manage a council's templates: see what can be changed, start a change, see what moved.
    Templates(Templates),
    /// Say what a paper is made for, its blocks, and the fields that its template may use.
    Explain(Explain),
    /// Make letters for everyone on a list, by the thousand.
    Invite(super::invite::Invite),
    /// Join the registers of a run that was split into shares.
    Register(super::invite::Register),
    /// Note that a second person has checked single drafts, before the release.
    CheckOff(CheckOff),
    /// Say that a second person has checked the papers: they lose their DRAFT mark.
    Release(Release),
    /// Check a folder of papers: nothing changed, nothing missing, nothing in it that its readers may not read.
    Verify(Verify),
    /// Take over a folder of papers that an earlier version made, and say what was changed.
    Upgrade(Upgrade),
    /// Note that released papers were sent: how, and on which day.
    Sent(Sent),
    /// Note that somebody no longer takes part: nothing is made for them from now on.
    Withdraw(Withdraw),
    /// Note that released files are lost: they were deleted, and nobody has a copy.
    Lost(Lost),
    /// Destroy the papers of a conference when the time for keeping them is over, on a second person's word.
    Dispose(Dispose),
    /// Show what went to whom: by person, by paper, by day.
    Record(Record),
    /// Say where a conference stands: its stage, what is late, what is due next, what is still needed.
    Status(super::status::Status),
    /// Show every step of a conference: by when it is due, by which rule, and whether it is done.
    Timetable(super::timetable::Timetable),
    /// Count what conferences come to in a period, for a yearly report: held, who came, what was on time.
    Figures(super::figures::Figures),
    /// Start the minutes: a remark to fill in for every point of the agenda.
    Minutes(super::minutes::Minutes),
    /// Open the desk: the work on conferences in your own browser, on this machine only.
    #[cfg(feature = "desk")]
    Desk(super::desk::Desk),
    /// Change fields of a conference file, and leave every other byte as it is.
    Set(Set),
    /// Undo the last change that was made to a conference file with `set`.
    Undo(Undo),
    /// Take in the record of another machine, or a copy of one that is damaged or gone.
    TakeIn(TakeIn),
    /// Print the JSON Schema of the input, for editors.
    Schema(Schema),
    /// Print a completion script for a shell.
    Completions(Completions),
    /// Lay out papers for another process whose theme code is not ours.
    #[command(name = APART, hide = true)]
    LayOutApart,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  convenor demo -o papers")]
pub struct Demo {
    /// The folder for the papers.
    #[arg(short, long = "out", default_value = "out", value_name = "DIR")]
    pub out: PathBuf,
    /// Make them in these formats instead of their usual ones.
    #[arg(long, value_delimiter = ',', value_enum, value_name = "FORMAT")]
    pub to: Vec<Format>,
    /// Make one PDF for each audience besides, of all papers that everybody in it has: for a tablet in the meeting.
    #[arg(long)]
    pub join: bool,
    /// Overwrite files that have changed since they were made.
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor check conference.yaml\n  convenor check conference.yaml --message-format json\n  convenor check - --borough borough.yaml < conference.yaml\n  convenor check people.xlsx --map \"Post code=postcode\"\n  convenor check conference.xlsx --for-sending"
)]
pub struct Check {
    /// The conference file, YAML, JSON or a workbook, or `-` for standard input: `borough.yaml` is looked for beside it and in
    /// the folders above it. Or a list of people, CSV, XLSX or ODS.
    pub file: PathBuf,
    #[command(flatten)]
    pub council: super::source::Council,
    /// For a list: its conference, whose organisations give the categories of their people.
    #[arg(long, value_name = "FILE")]
    pub conference: Option<PathBuf>,
    /// For a list: show the contents of the cells at fault.
    #[arg(long)]
    pub show_values: bool,
    /// Say whether a copy of the conference file may leave: what would whoever gets it read that they may not?
    #[arg(long)]
    pub for_sending: bool,
    #[command(flatten)]
    pub list: super::list::ListOptions,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor build conference.yaml\n  convenor build conference.yaml --all\n  convenor build conference.yaml --only invitation,minutes --to pdf,txt --for community -o papers\n\nUntil the meeting was held, the papers before it are made; from then on, those that tell of it. `convenor status` says at which stage a conference is."
)]
pub struct Build {
    /// The conference file, YAML, JSON or a workbook, or `-` for standard input. `borough.yaml` is looked for beside it and in
    /// the folders above it.
    pub file: PathBuf,
    #[command(flatten)]
    pub council: super::source::Council,
    /// Make every paper that can be made now, and not only those that the stage of the conference calls for.
    #[arg(long)]
    pub all: bool,
    /// Make only these papers, whatever the stage: guidance, terms, invitation, agreement, sharing-forms, community-agreement, undertaking, community-forms, minutes, summary, annex, child-note, or the council's own.
    #[arg(long, value_delimiter = ',', value_name = "PAPER")]
    pub only: Vec<String>,
    /// Make them in these formats instead of their usual ones.
    #[arg(long, value_delimiter = ',', value_enum, value_name = "FORMAT")]
    pub to: Vec<Format>,
    /// Make one PDF for each audience besides, of all papers that everybody in it has: for a tablet in the meeting.
    #[arg(long)]
    pub join: bool,
    /// Make them only for these audiences.
    #[arg(long = "for", value_delimiter = ',', value_enum, value_name = "AUDIENCE")]
    pub audiences: Vec<Audience>,
    /// The folder for the papers: they go to DIR/REFERENCE/AUDIENCE. Default: `out` here; or beside the conference file, if
    /// they are there already.
    #[arg(short, long = "out", value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Overwrite files that have changed since they were made.
    #[arg(long)]
    pub force: bool,
    /// Make a new version of these papers wherever the released one would now be different. The released one is kept.
    #[arg(long, value_delimiter = ',', value_name = "PAPER")]
    pub reissue: Vec<String>,
    /// The reason, in a few words: it is printed on the paper and kept in the record.
    #[arg(long, value_name = "REASON", requires = "reissue")]
    pub because: Option<String>,
}

/// `convenor watch`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor watch conference.yaml\n  convenor watch conference.yaml --only invitation -o papers\n\nEach time, it says which files changed and which papers are different now. It runs until you press Ctrl+C."
)]
pub struct Watch {
    #[command(flatten)]
    pub build: Build,
    /// End after so many builds.
    #[arg(long, hide = true, value_name = "NUMBER")]
    pub times: Option<u32>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  convenor schema > conference.schema.json\n\nThen make this the first line of conference.yaml:\n  # yaml-language-server: $schema=conference.schema.json"
)]
pub struct Schema {
    /// Which file's schema.
    #[arg(value_enum, default_value = "conference")]
    pub of: SchemaOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// conference.yaml
    Conference,
    /// borough.yaml
    Borough,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  convenor completions bash > ~/.local/share/bash-completion/completions/convenor")]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// PDF/UA-1 and PDF/A-2a.
    Pdf,
    /// Markdown.
    Md,
    /// Plain text.
    Txt,
    /// One page of HTML, with all that it needs in it.
    Html,
    /// A document for Word.
    Docx,
    /// An Open Document text (ODT).
    Odt,
    /// A folder for Typst's own tools in DIR/typst/REFERENCE: for work on the look, and not for sending. Alone, it makes no paper.
    Typ,
}

impl Format {
    /// The library's value. `None` for what is no paper to send.
    pub fn of_paper(self) -> Option<artefact::Format> {
        Some(match self {
            Format::Pdf => artefact::Format::Pdf,
            Format::Md => artefact::Format::Md,
            Format::Txt => artefact::Format::Txt,
            Format::Html => artefact::Format::Html,
            Format::Docx => artefact::Format::Docx,
            Format::Odt => artefact::Format::Odt,
            Format::Typ => return None,
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Audience {
    /// Shopkeepers, residents, guardians, youth representatives.
    Community,
    /// Professionals.
    Professional,
    /// Anybody: the public summary.
    Public,
    /// One person each: the confidential annex, and the notes to children's workers.
    Restricted,
}

impl Audience {
    /// The library's value.
    pub fn of_paper(self) -> model::Audience {
        match self {
            Audience::Community => model::Audience::Community,
            Audience::Professional => model::Audience::Professional,
            Audience::Public => model::Audience::Public,
            Audience::Restricted => model::Audience::Restricted,
        }
    }
}
