//! The file or folder that a command is about: the place of whatever is wrong nowhere in particular.

use std::path::Path;

use super::args::Verb;
use super::invite::RegisterVerb;

/// The file or folder that a command is about. `None` for a command that reads none.
pub fn place(verb: &Verb) -> Option<&Path> {
    Some(match verb {
        Verb::Demo(demo) => &demo.out,
        Verb::Check(check) => &check.file,
        Verb::Build(build) => &build.file,
        Verb::Watch(watch) => &watch.build.file,
        Verb::New(new) => &new.folder,
        Verb::Convert(convert) => &convert.file,
        Verb::Templates(templates) => return Some(templates.borough.as_deref().unwrap_or(Path::new("."))),
        Verb::Explain(explain) => return Some(explain.borough.as_deref().unwrap_or(Path::new("."))),
        Verb::Invite(invite) => invite.list.as_ref().unwrap_or(&invite.file),
        Verb::Register(register) => match &register.verb {
            RegisterVerb::Merge(merge) => &merge.out,
        },
        Verb::Release(release) => &release.papers.papers,
        Verb::Verify(verify) => &verify.papers.papers,
        Verb::Upgrade(upgrade) => &upgrade.papers.papers,
        Verb::CheckOff(check_off) => &check_off.papers.papers,
        Verb::Sent(sent) => &sent.papers.papers,
        Verb::Withdraw(withdraw) => &withdraw.papers.papers,
        Verb::Lost(lost) => &lost.papers.papers,
        Verb::Dispose(dispose) => &dispose.papers.papers,
        Verb::Record(record) => &record.papers.papers,
        Verb::Status(status) => status.first(),
        Verb::Timetable(timetable) => timetable.file(),
        Verb::Figures(figures) => figures.first(),
        Verb::Minutes(minutes) => minutes.file(),
        Verb::Set(set) => &set.file,
        Verb::Undo(undo) => &undo.file,
        Verb::TakeIn(take_in) => &take_in.papers.papers,
        #[cfg(feature = "desk")]
        Verb::Desk(desk) => &desk.folder,
        Verb::Schema(_) | Verb::Completions(_) | Verb::LayOutApart => return None,
    })
}
