//! The command line: arguments in, verbs of the library, a report out.
//!
//! Deliberately absent: logic. Whatever the program can do, the library can do.

mod args;
mod asked;
mod convert;
mod day;
#[cfg(feature = "desk")]
mod desk;
mod exit;
mod figures;
mod invite;
#[cfg(test)]
mod kills;
mod list;
mod minutes;
mod pen;
mod products;
mod records;
mod report;
mod review;
mod set;
mod source;
mod standing;
mod status;
mod table;
mod templates;
mod timetable;
mod usage;
mod verbs;
mod watch;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

use clap::Parser;

use crate::layers::{Apart, OwnThemes};
use args::{Arguments, Verb};
use report::Output;

pub use exit::{FAILED, FINE, USAGE, WRONG};

#[cfg(feature = "desk")]
pub use desk::Desk;

/// What came of reading the arguments.
#[derive(Debug)]
pub enum Started {
    /// The verb is done, with this exit code.
    Ended(u8),
    /// The other face of the program is asked for.
    #[cfg(feature = "desk")]
    Desk(Desk),
}

/// Runs the program with arguments, the program's name first. Results are written to `out`, problems to `err`.
///
/// `program` is the path of the program itself: a second process of it runs theme code of a council's own. Without it,
/// such code does not run. Without arguments, and with nobody to read what it prints, as after a double click, the desk is
/// asked for.
pub fn start(
    args: impl IntoIterator<Item = OsString>,
    program: Option<PathBuf>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Started {
    let args: Vec<OsString> = args.into_iter().collect();
    #[cfg(feature = "desk")]
    if args.len() <= 1 && crate::input::is_unattended() {
        return Started::Desk(Desk { folder: PathBuf::from("."), no_open: false });
    }
    run_verb(args, program, out, err)
}

/// Runs the program, and returns the exit code as a number. The desk is not opened.
pub fn run_to_code(
    args: impl IntoIterator<Item = OsString>,
    program: Option<PathBuf>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    match run_verb(args, program, out, err) {
        Started::Ended(code) => code,
        #[cfg(feature = "desk")]
        Started::Desk(_) => FINE,
    }
}

/// Prepares the process. It says only where a failing engine failed, since what that has in hand may be a letter, and it asks for
/// small pages of memory: most commands touch little of it, and the system clears a huge page whole.
pub fn prepare() {
    // Where it is refused, all works as well and takes a little longer.
    #[cfg(target_os = "linux")]
    rustix::thread::disable_transparent_huge_pages(true).ok();
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!(" at {}:{}", at.file(), at.line())).unwrap_or_default();
        // There is nobody left to tell if this cannot be written.
        let _ = writeln!(std::io::stderr(), "convenor failed{place}");
    }));
}

fn run_verb(
    args: impl IntoIterator<Item = OsString>,
    program: Option<PathBuf>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Started {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) => return Started::Ended(usage::say(&error, out, err)),
    };
    let own_themes = program.map_or(OwnThemes::Refused, |program| OwnThemes::Apart(Apart::new(program)));
    let (json, colour) = (arguments.json(), Arguments::colour());
    let asked = asked::place(&arguments.verb).map(|path| path.display().to_string());
    let mut output = Output { out, err, json, colour, asked, failed: false, own_themes };
    let code = match &arguments.verb {
        Verb::Demo(demo) => verbs::demo(demo, &mut output),
        Verb::Check(check) => verbs::check(check, &mut output),
        Verb::Build(build) => verbs::build(build, &mut output),
        Verb::Watch(watch) => watch::watch(watch, &mut output),
        Verb::New(new) => match &new.review_of {
            Some(of) => review::new_review(new, of, &mut output),
            None => templates::new(new, &mut output),
        },
        Verb::Convert(convert) => convert::convert(convert, &mut output),
        Verb::Templates(verb) => templates::run(verb, &mut output),
        Verb::Explain(explain) => templates::explain(explain, &mut output),
        Verb::Invite(invite) => invite::invite(invite, &mut output),
        Verb::Register(register) => invite::register(register, &mut output),
        Verb::Release(release) => records::release(release, &mut output),
        Verb::Verify(verify) => records::verify(verify, &mut output),
        Verb::Upgrade(upgrade) => records::upgrade(upgrade, &mut output),
        Verb::CheckOff(check_off) => records::check_off(check_off, &mut output),
        Verb::Sent(sent) => records::sent(sent, &mut output),
        Verb::Withdraw(withdraw) => records::withdraw(withdraw, &mut output),
        Verb::Lost(lost) => records::lost(lost, &mut output),
        Verb::Dispose(dispose) => records::dispose(dispose, &mut output),
        Verb::Record(record) => records::overview::record(record, &mut output),
        Verb::Status(status) => status::status(status, &mut output),
        Verb::Timetable(timetable) => timetable::timetable(timetable, &mut output),
        Verb::Figures(figures) => figures::figures(figures, &mut output),
        Verb::Minutes(minutes) => minutes::minutes(minutes, &mut output),
        #[cfg(feature = "desk")]
        Verb::Desk(desk) => return Started::Desk(desk.clone()),
        Verb::Set(set) => set::set(set, &mut output),
        Verb::Undo(undo) => set::undo(undo, &mut output),
        Verb::TakeIn(take_in) => records::take_in(take_in, &mut output),
        Verb::Schema(schema) => verbs::schema(schema, &mut output),
        Verb::LayOutApart => verbs::lay_out_apart(&mut output),
        Verb::Completions(completions) => verbs::completions(completions, &mut output),
    };
    Started::Ended(if output.failed { FAILED } else { code })
}
