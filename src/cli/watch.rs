//! `convenor watch`: makes the papers again whenever something changes that they are made from.

use std::path::PathBuf;
use std::time::Duration;

use super::FINE;
use super::args::{Build, Watch};
use super::report::Output;
use super::{source, verbs};
use crate::input::{Stamps, Watched, changed};
use crate::jobs::Remembered;

/// How often the files are checked. Checking some hundred files takes a millisecond.
const LOOK_EVERY: Duration = Duration::from_millis(50);

pub fn watch(watch: &Watch, output: &mut Output<'_>) -> u8 {
    let Build { file, council, out, .. } = &watch.build;
    if let Err(report) = source::ensure_file(file, "watched") {
        return output.report(&report);
    }
    let beside = file.with_file_name("out");
    let usual = if beside.is_dir() { beside } else { PathBuf::from("out") };
    let mut watched = Watched::new(file, council.borough.as_deref(), out.as_deref().unwrap_or(&usual));
    let mut code = FINE;
    let mut before = watched.look();
    let remembered = Remembered::default();
    for built in 1_u32.. {
        code = match built {
            1 => verbs::build_first(&watch.build, Some(&remembered), output),
            _ => verbs::build_again(&watch.build, &remembered, output),
        };
        if watch.times.is_some_and(|times| built >= times) || output.failed {
            break;
        }
        if !output.json {
            output.say("Watching for changes.");
        }
        let after = wait(&before, &mut watched);
        let changed: Vec<String> = changed(&before, &after).iter().map(|path| name(path)).collect();
        if !output.json {
            output.say(&format!("\nChanged: {}", changed.join(", ")));
        }
        before = after;
    }
    code
}

fn name(path: &std::path::Path) -> String {
    let here = std::path::absolute(".").unwrap_or_default();
    let short: PathBuf = path.strip_prefix(&here).unwrap_or(path).to_path_buf();
    short.display().to_string()
}

fn wait(before: &Stamps, watched: &mut Watched) -> Stamps {
    loop {
        #[expect(clippy::disallowed_methods, reason = "watching means waiting, and nothing else here does")]
        std::thread::sleep(LOOK_EVERY);
        let now = watched.look();
        if now != *before {
            return now;
        }
    }
}
