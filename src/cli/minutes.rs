//! `minutes new`: remarks to fill in, in the conference file.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Serialize;

use super::FINE;
use super::report::Output;
use super::source::{self, Council};
use crate::deliver;
use crate::diag::{Report, count};
use crate::input;
use crate::minutes::{self, Skeleton};

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  convenor minutes new conference.yaml")]
pub struct Minutes {
    #[command(subcommand)]
    verb: MinutesVerb,
}

#[derive(Debug, Subcommand)]
enum MinutesVerb {
    /// Write a remark to fill in under `items` for each point of the agenda that has none.
    New(New),
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor minutes new conference.yaml --preview\n  convenor minutes new conference.yaml\n\nEach remark has the title, time and readers of its point in a comment, and TO BE FILLED IN where the meeting will tell. Who is expected stands in a comment too: nobody is said to have come. Everything else in the file stays as it is, byte for byte; a second run changes nothing."
)]
struct New {
    /// The conference file, YAML.
    file: PathBuf,
    #[command(flatten)]
    council: Council,
    /// Only print what would be written.
    #[arg(long)]
    preview: bool,
}

impl Minutes {
    /// The conference file.
    pub fn file(&self) -> &Path {
        let MinutesVerb::New(new) = &self.verb;
        &new.file
    }
}

pub fn minutes(minutes: &Minutes, output: &mut Output<'_>) -> u8 {
    let MinutesVerb::New(new) = &minutes.verb;
    match written(new, output) {
        Ok(skeleton) => {
            say(new, skeleton.as_ref(), output);
            FINE
        }
        Err(report) => output.report(&report),
    }
}

/// Writes the remarks, unless this is a preview. `None` if there is nothing to write.
fn written(new: &New, output: &Output<'_>) -> Result<Option<Skeleton>, Report> {
    source::ensure_file(&new.file, "written to")?;
    let loaded = source::load(&new.file, &new.council)?.with_own_themes(output.own_themes.clone());
    let checked = crate::check::check(loaded)?;
    if input::is_workbook(&new.file) {
        return Err(minutes::in_a_workbook(&checked, &new.file.display().to_string()));
    }
    let text = deliver::text_there(&new.file)?.unwrap_or_default();
    let skeleton = minutes::skeleton(&checked, &new.file.display().to_string(), &text)?;
    if let Some(skeleton) = skeleton.as_ref().filter(|_| !new.preview) {
        deliver::rewrite(&new.file, &text, &skeleton.added.text)?;
    }
    Ok(skeleton)
}

/// The outcome for machines and logs, without anything that somebody typed.
#[derive(Serialize)]
struct Bare<'s> {
    file: String,
    points: &'s [u32],
    written: bool,
}

fn say(new: &New, skeleton: Option<&Skeleton>, output: &mut Output<'_>) {
    let file = new.file.display();
    if output.json {
        let points = skeleton.map(|skeleton| skeleton.points.as_slice()).unwrap_or_default();
        let bare = Bare { file: file.to_string(), points, written: skeleton.is_some() && !new.preview };
        return output.say(&serde_json::to_string(&bare).expect("words and numbers always serialise"));
    }
    let Some(skeleton) = skeleton else {
        return output.say(&format!("{file}: every point has a remark, and nothing was changed"));
    };
    let remarks = count(skeleton.points.len(), "remark");
    if new.preview {
        output.say(&format!("{file}: {remarks} to fill in would be written:\n"));
        return output.print(skeleton.added.pieces().collect::<String>().trim_start_matches(['\r', '\n']).as_bytes());
    }
    output.say(&format!("{file}: {remarks} to fill in, at the end of `items`"));
    output.say(
        "`convenor check` lists what is still to be filled in. Before it is, the minutes cannot be released, nor any",
    );
    output.say("other paper that prints it; letters can.");
}
