//! The arguments of the verbs that read and write the record.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::super::day::day;
use crate::records::{self, Whom};

/// The papers, by their folder or their conference file.
#[derive(Debug, Args)]
#[expect(clippy::struct_field_names, reason = "they are named as the command line names them")]
pub struct Papers {
    /// The conference file, or the folder of its papers, for example out/CSC-2026-014.
    #[arg(value_name = "CONFERENCE|FOLDER")]
    pub papers: PathBuf,
    /// With the conference file: the folder that contains the folder of its papers. Default: `out` here, or beside the file.
    #[arg(short, long = "out", value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// With the folder of papers: the conference file. Default: conference.yaml in a folder above the papers.
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
}

/// The person or organisation that it is about.
#[derive(Debug, Args)]
pub struct About {
    /// The person or organisation: the name or part of it, without regard to case and accents.
    #[arg(long, value_name = "NAME")]
    pub of: Option<String>,
    /// The person or organisation by number: 04 for an invitee, o2 for an organisation, c1 for a child's note.
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<String>,
}

impl About {
    pub fn whom(&self) -> Whom {
        Whom { name: self.of.clone(), number: self.number.clone() }
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor release conference.yaml --checked-by \"Ruth Penhaligon\"\n  convenor release out/CSC-2026-014 --checked-by \"Ruth Penhaligon\" --only invitation\n\nThe checker must not be the maker. Minutes keep their mark until the chair has approved them as well."
)]
pub struct Release {
    #[command(flatten)]
    pub papers: Papers,
    /// The name of the person who has checked them.
    #[arg(long, value_name = "NAME")]
    pub checked_by: String,
    /// Only these papers.
    #[arg(long, value_delimiter = ',', value_name = "PAPER")]
    pub only: Vec<String>,
    /// The day on which they were checked. Default: today.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub on: Option<NaiveDate>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor verify out/CSC-2026-014\n  convenor verify conference.yaml --head \"3f9a 1c07 88d2 40be 5c11\" --lines 128\n\n`convenor release` ends with the number of lines and the head. Written down elsewhere, for example in an email to the\nchair, they prove later that nothing before them was changed."
)]
pub struct Verify {
    #[command(flatten)]
    pub papers: Papers,
    /// The head of the record as it was written down: at least its first 8 digits.
    #[arg(long, value_name = "DIGITS", requires = "lines")]
    pub head: Option<String>,
    /// How many lines the record had then.
    #[arg(long, value_name = "NUMBER", requires = "head")]
    pub lines: Option<u32>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor check-off conference.yaml --paper minutes --by \"Ruth Penhaligon\"\n  convenor check-off conference.yaml --paper community/minutes.pdf --by \"Ruth Penhaligon\" --on 2026-11-20\n\nThe papers stay drafts until `convenor release`. The checker must not be the maker."
)]
pub struct CheckOff {
    #[command(flatten)]
    pub papers: Papers,
    /// Which drafts: a kind of paper, or a file as the register has it.
    #[arg(long, value_name = "PAPER|FILE")]
    pub paper: String,
    /// The name of the person who has checked them.
    #[arg(long = "by", visible_alias = "checked-by", value_name = "NAME")]
    pub by: String,
    /// The day of the check. Default: today.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub on: Option<NaiveDate>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor sent conference.yaml --paper invitation --how post\n  convenor sent conference.yaml --paper minutes --of \"Mrs Hart\" --how email --on 2026-12-04\n  convenor sent conference.yaml --paper invitations --letters 1-250 --how post --by \"Tom Hallam\"\n\nThis sends nothing: it notes that papers have been sent. Only released papers can be sent."
)]
pub struct Sent {
    #[command(flatten)]
    pub papers: Papers,
    /// What was sent: a kind of paper, a file as the register has it, or the folder of a run of letters.
    #[arg(long, value_name = "PAPER|FILE|RUN")]
    pub paper: String,
    #[command(flatten)]
    pub about: About,
    /// For a run of letters: their numbers, as 1-250 or 1-40,42.
    #[arg(long, value_name = "NUMBERS", conflicts_with_all = ["of", "number"])]
    pub letters: Option<String>,
    /// How it was sent.
    #[arg(long, value_enum)]
    pub(crate) how: Channel,
    /// The day on which it was sent. Default: today.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub on: Option<NaiveDate>,
    /// The name of the person who says so.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Channel {
    /// By post.
    Post,
    /// By email.
    Email,
    /// Handed over.
    Hand,
}

impl From<Channel> for records::Channel {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Post => Self::Post,
            Channel::Email => Self::Email,
            Channel::Hand => Self::Hand,
        }
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor withdraw conference.yaml --of \"Mrs Hart\" --on 2026-11-20 --because \"she has moved away\"\n  convenor withdraw conference.yaml --number 04 --erase --yes\n\nReleased papers are kept under withdrawn/, drafts are removed, and nobody else gets the number. `withdrawn: { on: 2026-11-20 }`\non an invitee in the conference file means the same.",
    group(clap::ArgGroup::new("whom").args(["of", "number"]).required(true).multiple(true))
)]
pub struct Withdraw {
    #[command(flatten)]
    pub papers: Papers,
    #[command(flatten)]
    pub about: About,
    /// The first day on which they no longer take part. Default: today.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub on: Option<NaiveDate>,
    /// The reason, in a few words. It is kept in the record.
    #[arg(long, value_name = "REASON")]
    pub because: Option<String>,
    /// Destroy their files, including those that were set aside earlier. The lines of the record stay.
    #[arg(long, requires = "yes")]
    pub erase: bool,
    /// Confirm `--erase`: it cannot be undone.
    #[arg(long)]
    pub yes: bool,
    /// Undo a withdrawal that was a mistake. Their released papers go back to their places.
    #[arg(long, conflicts_with_all = ["erase", "yes", "on", "because"])]
    pub undo: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor lost conference.yaml superseded --because \"deleted to save space\"\n  convenor lost out/CSC-2026-014 withdrawn/version-1/community/terms.pdf --because \"the disk failed\" --on 2026-12-04\n\nFirst look for a backup: a file that is put back is whole again, before or after this note. A file that is there, changed\nor not, is never lost."
)]
pub struct Lost {
    #[command(flatten)]
    pub papers: Papers,
    /// What is lost: files as the register or the disk has them, or folders of which everything that is missing is lost.
    #[arg(required = true, value_name = "FILE|FOLDER")]
    pub files: Vec<String>,
    /// The reason, in a few words. It is kept in the record.
    #[arg(long, value_name = "REASON")]
    pub because: String,
    /// The day on which they were missed. Default: today.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<NaiveDate>,
    /// The name of the person who says so.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor dispose conference.yaml\n  convenor dispose conference.yaml --because \"kept for 6 years, until 2032\" --by \"Tom Hallam\" --checked-by \"Ruth Penhaligon\"\n\nWithout --checked-by it only lists. The record stays, and says who said so; nothing else does, and nothing can bring it back.\nFormer texts of the conference file, which `convenor undo` would bring back, go too. The conference file, lists of people, and copies in mail programs and backups are yours to destroy."
)]
pub struct Dispose {
    #[command(flatten)]
    pub papers: Papers,
    /// The reason: the council's rule, and the day on which it ran out. It is kept in the record.
    #[arg(long, value_name = "REASON")]
    pub because: Option<String>,
    /// The name of the second person, who has looked at the list and agrees.
    #[arg(long, value_name = "NAME", requires = "because")]
    pub checked_by: Option<String>,
    /// The name of the person who asks.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Destroy them although the meeting was less than half a year ago.
    #[arg(long)]
    pub recent: bool,
    /// The day on which the second person looked at the list. Default: today.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub on: Option<NaiveDate>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor record conference.yaml\n  convenor record conference.yaml --of \"Mrs Hart\"\n  convenor record conference.yaml --paper invitation --since 2026-11-01 --format csv\n\nIt goes to standard output and contains names, in every format: it is for the owner of the papers."
)]
pub struct Record {
    #[command(flatten)]
    pub papers: Papers,
    #[command(flatten)]
    pub about: About,
    /// Only this kind of paper, or this run of letters.
    #[arg(long, value_name = "PAPER|RUN")]
    pub paper: Option<String>,
    /// Only what was checked, sent or withdrawn on this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, conflicts_with = "since")]
    pub on: Option<NaiveDate>,
    /// Only what was checked, sent or withdrawn on this day or later.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub since: Option<NaiveDate>,
    /// For reading, for a spreadsheet, or for a program.
    #[arg(long, value_enum, default_value = "table")]
    pub format: OverviewFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OverviewFormat {
    /// For reading.
    Table,
    /// For a spreadsheet.
    Csv,
    /// For a program.
    Json,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor take-in conference.yaml \"out/CSC-2026-014/record (1).jsonl\"\n  convenor take-in out/CSC-2026-014 /media/backup/CSC-2026-014/record.jsonl\n\nA copy with nothing new is not needed. One that continues the record here replaces it. One that continues differently is\nkept, and its lines are added, unless the two clash. If the record here is damaged or gone, with\nits folder or without, an intact copy replaces it."
)]
pub struct TakeIn {
    #[command(flatten)]
    pub papers: Papers,
    /// The log: the `record.jsonl` of another machine, or a copy of ours under any name.
    pub file: PathBuf,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  convenor upgrade out/CSC-2026-014\n\nNo paper is made or changed. Papers, numbers and letters in the registers are entered in the record, record.jsonl, and the files that it replaces are removed. `build`, `release` and `invite` do the same before their own work."
)]
pub struct Upgrade {
    #[command(flatten)]
    pub papers: Papers,
}
