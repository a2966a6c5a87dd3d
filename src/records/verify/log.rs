//! Verifies the log itself: its chain, unfinished changes, and the registers that are made from it.

use super::super::commit::Moves;
use super::super::fork;
use super::super::log::{LOG, Tail};
use super::super::names::Names;
use super::super::reading::Reading;
use super::super::record::{Own, check_behind};
use super::super::register::{Written, registers};
use super::super::report::{behind, broken, forked, stopped};
use super::audit::Audit;
use crate::deliver::held::Lock;
use crate::diag::{Diagnostic, Report, codes, count};

impl Audit<'_> {
    /// Verifies the chain and its end, and reports forks.
    pub(super) fn log(&mut self) -> Result<(), Report> {
        let Reading { log, tail, .. } = self.reading;
        match tail {
            Tail::Clean => {}
            Tail::Torn => {
                let line = log.lines + 1;
                let message =
                    format!("line {line} of the record is not complete: a run was stopped before it changed anything");
                let warning = Diagnostic::warning(codes::STOPPED, message).place(self.at(LOG));
                self.push(warning.hint("run the same command again; the next command here removes the rest of it"));
            }
            Tail::Broken(fault) => {
                let error = broken(self.folder, *fault);
                self.push(error);
            }
        }
        if !self.reading.is_there {
            let message = "this folder has no record yet, only the registers of an earlier version of this program";
            let warning = Diagnostic::warning(codes::NOT_AS_MADE, message).place(self.at(""));
            self.push(warning.hint(
                "take it over with `convenor upgrade`: from then on, a change to what was made before is detected",
            ));
        }
        if self.state().adopted.as_ref().is_some_and(|adopted| adopted.doubtful) {
            let message = "registers of an earlier version of this program did not agree with each other or with released papers here";
            let warning = Diagnostic::warning(codes::NOT_AS_MADE, message).place(self.at(LOG));
            self.push(warning.hint("compare what was released with copies kept elsewhere; a new version, made with `--reissue`, is proved by the record"));
        }
        let forks = fork::beside(self.disk, self.reading).map_err(|stop| stopped(self.folder, stop))?;
        for file in forks {
            let error = forked(self.folder, &file);
            self.push(error);
        }
        Ok(())
    }

    /// Reports an unfinished change or run.
    pub(super) fn under_way(&mut self) -> Result<(), Report> {
        let is_held = Lock::is_held(self.folder);
        let begun = if let Some(unit) = &self.state().open {
            let moves = Moves::of(unit.begin.verb, &unit.lines);
            let mut in_place = 0;
            for (to, hash) in &moves.bring {
                in_place += usize::from(self.disk(to, self.disk.hash(to))? == Some(*hash));
            }
            let papers = count(moves.bring.len(), "paper");
            Some(format!("{} of {papers} has begun, and {in_place} are in place", unit.begin.verb.in_words()))
        } else if let Some(begin) = &self.state().open_run {
            let run = begin.run.as_ref();
            let (letters, folder) = run.map_or((0, ""), |run| (run.letters as usize, run.folder.as_str()));
            let below = format!("{folder}/");
            let made = self.state().papers.values().filter(|p| p.made.file.starts_with(&below)).count();
            Some(format!("a run of {} has begun, and {made} files of it are noted", count(letters, "letter")))
        } else {
            None
        };
        let Some(begun) = begun else { return Ok(()) };
        let place = self.at("");
        if is_held {
            let warning = Diagnostic::warning(codes::LOCKED, format!("{begun}: it is under way at this moment"));
            self.push(warning.place(place).hint("wait until it has ended, and verify again"));
        } else {
            let hint = if self.state().open.is_some() {
                "run the same command again, or any other that writes here: each finishes it first"
            } else {
                "run the same `convenor invite` again: it resumes where it stopped"
            };
            self.push(Diagnostic::error(codes::STOPPED, begun).place(place).hint(hint));
        }
        Ok(())
    }

    /// Checks whether the registers come from a longer log, which is then reported.
    pub(super) fn check_behind(&mut self) -> Result<bool, Report> {
        let is_behind = check_behind(self.disk, self.reading).map_err(|stop| stopped(self.folder, stop))?;
        if is_behind {
            let error = behind(self.folder);
            self.push(error);
        }
        Ok(is_behind)
    }

    /// Verifies that the registers are what the log and the data give.
    pub(super) fn registers(&mut self) -> Result<(), Report> {
        let Reading { log, state, is_there, .. } = self.reading;
        if !is_there {
            return Ok(());
        }
        let [csv, json] = [Own::RegisterCsv.name(), Own::RegisterJson.name()];
        let there = (self.disk(&csv, self.disk.read(&csv))?, self.disk(&json, self.disk.read(&json))?);
        let written = there.1.as_deref().and_then(Written::read);
        let is_behind = written.as_ref().is_some_and(|written| written.record.lines < log.lines);
        let is_under_way = state.open.is_some() || state.open_run.is_some();
        if there.0.is_none() || there.1.is_none() || is_behind && !is_under_way {
            let warning = Diagnostic::warning(codes::STOPPED, "the registers are missing, or older than the record");
            let warning = warning.place(self.at(&json));
            self.push(warning.hint("run any command that writes here: it makes them again"));
            return Ok(());
        }
        if is_under_way {
            return Ok(());
        }
        let data = written.map(|written| written.names).unwrap_or_default();
        let names = self.data.map(|data| Names::of(data.checked)).unwrap_or_default();
        let made = registers(state, log, &names, &data);
        // Names come from the data. If that has changed since, they may be different now.
        let with_names = self.data.is_some_and(|now| data == now.checked.fingerprint);
        let same = if with_names {
            there.0.as_deref() == Some(&made.csv[..]) && there.1.as_deref() == Some(&made.json[..])
        } else {
            without_names(there.0.as_deref()) == without_names(Some(&made.csv))
                && nameless(there.1.as_deref()) == nameless(Some(&made.json))
        };
        if !same {
            let error = Diagnostic::error(
                codes::NOT_AS_MADE,
                "`register.csv` or `register.json` does not say what the record says: it was edited",
            );
            let error = error.place(self.at(&json));
            self.push(error.hint("run any command that writes here: it makes both again from the record"));
        }
        Ok(())
    }
}

/// A register without the names in it.
pub fn without_names(csv: Option<&[u8]>) -> Option<Vec<Vec<String>>> {
    let rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv?).into_records();
    let row = |row: csv::StringRecord| {
        row.iter().enumerate().filter(|(n, _)| *n != 5).map(|(_, cell)| cell.to_owned()).collect()
    };
    rows.map(|record| record.ok().map(row)).collect()
}

fn nameless(json: Option<&[u8]>) -> Option<serde_json::Value> {
    let mut value: serde_json::Value = serde_json::from_slice(json?).ok()?;
    for file in value.get_mut("files")?.as_array_mut()? {
        file.as_object_mut()?.remove("recipients");
    }
    Some(value)
}
