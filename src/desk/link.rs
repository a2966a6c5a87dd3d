//! Addresses of the desk's own pages. Nothing else becomes a link.
//!
//! In: a [`Target`]. Out: a [`Link`], below the part of every address that only our pages know.
//!
//! Deliberately absent: names of people and files, which no address holds, and addresses of others.

use std::fmt;

use maud::Render;

/// An address below the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    /// The address of a target.
    pub fn new(prefix: &str, target: &Target<'_>) -> Self {
        Self(format!("/{prefix}{target}"))
    }

    /// The same with a word for the page to say that something is done.
    #[must_use]
    pub fn done(self, word: &'static str) -> Self {
        Self(format!("{}?done={word}", self.0))
    }

    /// The same with a field to jump to.
    #[must_use]
    pub fn at(self, id: &str) -> Self {
        Self(format!("{}#{id}", self.0))
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Render for Link {
    fn render_to(&self, buffer: &mut String) {
        self.0.as_str().render_to(buffer);
    }
}

/// A page, or a file that a page shows. Keys of conferences and of files are words of the desk's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'t> {
    /// The page that takes the ticket.
    Enter(&'t str),
    /// All conferences.
    Home,
    /// A conference to be started.
    Begin,
    /// Who sits here.
    Who,
    /// The end of the desk.
    Stop,
    /// The built-in style sheet, script or letters, by name.
    Asset(&'t str),
    /// A conference.
    Conference(&'t str, Part<'t>),
}

/// A page of one conference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'t> {
    /// What to do next.
    Overview,
    /// The council's colours.
    Colours,
    /// The council's logo.
    Logo,
    /// Everybody.
    People,
    /// One of them, by number.
    Person(u32),
    /// The first letter to one of them, as it would be now.
    Letters(u32),
    /// One kind of letter to one of them.
    Letter(u32, &'t str),
    /// Somebody no longer takes part.
    Withdraw(u32),
    /// Somebody takes part again.
    Rejoin(u32),
    /// The meeting.
    Meeting,
    /// Calling it off.
    Cancel,
    /// Changing one of the people, by number.
    Edit(u32),
    /// A list of people.
    List,
    /// What is in it.
    Listed,
    /// Adding people of it.
    AddListed,
    /// Putting it away.
    PutAway,
    /// The organisations.
    Organisations,
    /// One of them, by number.
    Organisation(u32),
    /// Adding somebody.
    Add,
    /// Adding somebody who came uninvited.
    Uninvited,
    /// Who came.
    Attendance,
    /// The minutes.
    Minutes,
    /// One point of them.
    Point(u32),
    /// One remark at a point, by its position.
    Remark(u32, usize),
    /// Corrections of the minutes, and their approval.
    Approval,
    /// One of the corrections, by its place from 0.
    Correction(usize),
    /// Decisions and actions.
    Decisions,
    /// One of the decisions, by its place from 0.
    Decision(usize),
    /// The goals of the plan.
    Goals,
    /// One of them, by its place from 1.
    Goal(u32),
    /// One of its actions, by its place from 0.
    Action(u32, usize),
    /// What was found when it was measured once, by its place from 0.
    Reading(u32, usize),
    /// What is still to be looked at.
    Still,
    /// Beginning the next conference.
    Next,
    /// Making new versions of what was released.
    Again,
    /// The look of the papers, and their wording.
    Look,
    /// The words of one kind of paper.
    Wording(&'t str),
    /// Undoing the last change.
    Undo,
    /// The papers.
    Papers,
    /// One kind of paper, as one audience reads it.
    Paper(&'t str, &'t str),
    /// A file of the record.
    File(&'t str),
    /// A page of a PDF of the record, from 1, as a picture.
    Page(&'t str, u32),
    /// Making drafts.
    Make,
    /// A run that goes on.
    Run,
    /// Stopping it.
    StopRun,
    /// What is to be checked.
    Check,
    /// One kind of paper to check.
    CheckKind(&'t str),
    /// One paper to check.
    CheckPaper(&'t str, &'t str),
    /// Signing off one kind.
    Release(&'t str),
    /// What is to be sent.
    Send,
    /// One kind of paper to send.
    SendKind(&'t str),
    /// What went to whom.
    Record,
    /// The same as a table for a spreadsheet.
    RecordTable,
    /// Whether the folder is sound.
    Verify,
    /// Noting that files are lost.
    Lost,
    /// What only few may read.
    Door,
    /// Closing it again.
    CloseDoor,
}

impl fmt::Display for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Enter(ticket) => write!(f, "/enter/{ticket}"),
            Target::Home => f.write_str("/"),
            Target::Begin => f.write_str("/new"),
            Target::Who => f.write_str("/who"),
            Target::Stop => f.write_str("/stop"),
            Target::Asset(name) => write!(f, "/asset/{name}"),
            Target::Conference(key, part) => write!(f, "/c/{key}{part}"),
        }
    }
}

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Overview => Ok(()),
            Part::Colours => f.write_str("/colours.css"),
            Part::Logo => f.write_str("/logo"),
            Part::People => f.write_str("/people"),
            Part::Person(number) => write!(f, "/people/{number}"),
            Part::Letters(number) => write!(f, "/people/{number}/letters"),
            Part::Letter(number, kind) => write!(f, "/people/{number}/letters/{kind}"),
            Part::Withdraw(number) => write!(f, "/people/{number}/withdraw"),
            Part::Rejoin(number) => write!(f, "/people/{number}/rejoin"),
            Part::Meeting => f.write_str("/meeting"),
            Part::Cancel => f.write_str("/meeting/cancel"),
            Part::Edit(number) => write!(f, "/people/{number}/edit"),
            Part::Add => f.write_str("/people/new"),
            Part::List => f.write_str("/people/list"),
            Part::Listed => f.write_str("/people/list/look"),
            Part::AddListed => f.write_str("/people/list/add"),
            Part::PutAway => f.write_str("/people/list/drop"),
            Part::Organisations => f.write_str("/organisations"),
            Part::Organisation(number) => write!(f, "/organisations/{number}"),
            Part::Goals => f.write_str("/goals"),
            Part::Goal(number) => write!(f, "/goals/{number}"),
            Part::Action(goal, row) => write!(f, "/goals/{goal}/actions/{row}"),
            Part::Reading(goal, row) => write!(f, "/goals/{goal}/readings/{row}"),
            Part::Uninvited => f.write_str("/people/uninvited"),
            Part::Attendance => f.write_str("/attendance"),
            Part::Minutes => f.write_str("/minutes"),
            Part::Point(number) => write!(f, "/minutes/{number}"),
            Part::Remark(number, row) => write!(f, "/minutes/{number}/{row}"),
            Part::Approval => f.write_str("/minutes/approval"),
            Part::Correction(row) => write!(f, "/minutes/approval/{row}"),
            Part::Decision(row) => write!(f, "/decisions/{row}"),
            Part::Decisions => f.write_str("/decisions"),
            Part::Still => f.write_str("/still"),
            Part::Next => f.write_str("/next"),
            Part::Again => f.write_str("/again"),
            Part::Look => f.write_str("/look"),
            Part::Wording(kind) => write!(f, "/look/{kind}"),
            Part::Undo => f.write_str("/undo"),
            Part::Papers => f.write_str("/papers"),
            Part::Paper(kind, audience) => write!(f, "/papers/{kind}/{audience}"),
            Part::File(key) => write!(f, "/file/{key}"),
            Part::Page(key, number) => write!(f, "/file/{key}/page/{number}"),
            Part::Make => f.write_str("/make"),
            Part::Run => f.write_str("/run"),
            Part::StopRun => f.write_str("/run/stop"),
            Part::Check => f.write_str("/check"),
            Part::CheckKind(kind) => write!(f, "/check/{kind}"),
            Part::CheckPaper(kind, key) => write!(f, "/check/{kind}/paper/{key}"),
            Part::Release(kind) => write!(f, "/check/{kind}/release"),
            Part::Send => f.write_str("/send"),
            Part::SendKind(kind) => write!(f, "/send/{kind}"),
            Part::Record => f.write_str("/record"),
            Part::RecordTable => f.write_str("/record/table"),
            Part::Verify => f.write_str("/record/verify"),
            Part::Lost => f.write_str("/record/lost"),
            Part::Door => f.write_str("/door"),
            Part::CloseDoor => f.write_str("/door/close"),
        }
    }
}
