//! `convert`: a conference file in another form.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::report::Output;
use super::source::{self, Council};
use crate::copies::{self, Asked, Copy, Form};
use crate::deliver::{self, Authored};
use crate::diag::{Diagnostic, Place, Report, codes, count};
use crate::input::{self, Typed};

/// `convenor convert`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  convenor convert conference.yaml conference.xlsx\n  convenor convert conference.xlsx conference.yaml\n  convenor convert conference.xlsx copy.xlsx --leave-out child_links,protected_names\n  convenor convert conference.yaml conference.xlsx --restricted conference-restricted.xlsx\n\nThe new file says the same. Whatever it has no place for stops the command, unless `--leave-out` names it."
)]
pub struct Convert {
    /// The conference file: YAML, JSON, XLSX or ODS.
    #[arg(value_name = "FROM")]
    pub file: PathBuf,
    /// The file to write. Its ending says in which form: .yaml, .json or .xlsx.
    #[arg(value_name = "TO")]
    to: PathBuf,
    /// Leave these fields out, by path or group: `child_links`, `invitees[].bring.share`.
    #[arg(long, value_delimiter = ',', value_name = "FIELD")]
    leave_out: Vec<String>,
    /// Put the two restricted sheets of a workbook into another, of this name and in the same folder.
    #[arg(long, value_name = "NAME")]
    restricted: Option<String>,
    #[command(flatten)]
    council: Council,
}

/// The outcome for machines and logs, without anything that somebody typed.
#[derive(Serialize)]
struct Bare {
    file: String,
    left_out: usize,
    comments: usize,
}

pub fn convert(convert: &Convert, output: &mut Output<'_>) -> u8 {
    match written(convert) {
        Ok(copy) => {
            let code = output.report(&copy.warnings);
            say(convert, &copy, output);
            code
        }
        Err(report) => output.report(&report),
    }
}

fn written(convert: &Convert) -> Result<Copy, Report> {
    source::ensure_file(&convert.file, "converted")?;
    let form = Form::of(&convert.to.display().to_string())?;
    ensure_free(&convert.to)?;
    let loaded = source::load(&convert.file, &convert.council)?;
    let typed = Typed::of(&convert.file)?;
    let restricted = convert.restricted.as_deref();
    let asked = Asked { form, leave_out: &convert.leave_out, restricted };
    let copy = copies::copy(&convert.file.display().to_string(), &typed, &loaded, &asked)?;
    let folder = convert.to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = convert.to.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut files = vec![Authored::new(name, copy.data.clone())];
    if let Some((name, data)) = restricted.zip(copy.apart.clone()) {
        ensure_free(&folder.join(name))?;
        files.push(Authored::new(name.to_owned(), data));
    }
    deliver::put_new(&files, folder)?;
    Ok(copy)
}

fn ensure_free(path: &Path) -> Result<(), Report> {
    if input::is_in_use(path) {
        let error = Diagnostic::error(codes::EDITED_SINCE, "there is something of this name already");
        let error = error.place(Place::file(path.display().to_string()));
        return Err(error.hint("choose another name; nothing was changed").into());
    }
    Ok(())
}

fn say(convert: &Convert, copy: &Copy, output: &mut Output<'_>) {
    let file = convert.to.display();
    if output.json {
        let bare = Bare { file: file.to_string(), left_out: copy.left_out, comments: copy.comments };
        return output.say(&serde_json::to_string(&bare).expect("words and numbers always serialise"));
    }
    output.say(&format!("{file}: says what {} says", convert.file.display()));
    if let Some(name) = convert.restricted.as_ref().filter(|_| copy.apart.is_some()) {
        output.say(&format!("The restricted sheets are in {name}: keep it where only few can open it."));
    }
    if copy.left_out > 0 {
        output.say(&format!("Left out, as you asked: {}", count(copy.left_out, "value")));
    }
    if copy.comments > 0 {
        output.say(&format!("Left behind, since no value holds them: {}", count(copy.comments, "comment")));
    }
    let same_folder = convert.file.parent() == convert.to.parent();
    if same_folder {
        output.say("Keep one of the two: what is changed in one is not changed in the other.");
    }
}
