//! A conference in another form, YAML, JSON or a workbook, and whether a copy of its file may leave the council.
//!
//! In: a file, or a council. Out: the bytes of another file that says the same, and what of the first it cannot say.
//!
//! Deliberately absent: the disk, and rewriting a file in place: a workbook is its owner's, with columns of their own.

mod blank;
mod leaving;
mod pruned;
mod remarks;
mod text;

use std::ops::Range;
use std::path::Path;

use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::fields;
use crate::input::{self, Loaded, Typed};
use crate::workbook::{self, Council};
use crate::yaml::{Node, Value, write};

pub use blank::{blank, blank_for, example};
pub use leaving::leaving;

/// A form of a conference file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// YAML.
    Yaml,
    /// JSON.
    Json,
    /// XLSX.
    Xlsx,
}

impl Form {
    /// The form that the name of a file asks for.
    ///
    /// # Errors
    /// If it asks for none that is written.
    pub fn of(name: &str) -> Result<Self, Report> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        let error = |message: &str, hint: &'static str| {
            Diagnostic::error(codes::UNWRITTEN_FORM, message).place(Place::file(name)).hint(hint).into()
        };
        match ending.as_str() {
            "yaml" | "yml" => Ok(Form::Yaml),
            "json" => Ok(Form::Json),
            "xlsx" => Ok(Form::Xlsx),
            "ods" => Err(error(
                "ODS is read, but not written",
                "write XLSX, open it in LibreOffice, and save it as ODS: it is read as well",
            )),
            _ => Err(error("the name does not say in which form it is to be", "end it in .yaml, .json or .xlsx")),
        }
    }
}

/// A conference in another form.
#[derive(Debug)]
pub struct Copy {
    /// The bytes of the file.
    pub data: Vec<u8>,
    /// The bytes of a workbook with the restricted sheets, if they were to be apart.
    pub apart: Option<Vec<u8>>,
    /// How many values were left out, as was asked.
    pub left_out: usize,
    /// How many comments stay behind.
    pub comments: usize,
    /// What else is different, or was not read.
    pub warnings: Report,
}

/// What is asked of a copy.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The form that it is to have.
    pub form: Form,
    /// Fields that stay behind.
    pub leave_out: &'a [String],
    /// The name of a workbook that gets the restricted sheets.
    pub restricted: Option<&'a str>,
}

/// Puts a conference into another form.
///
/// # Errors
/// If the file cannot be read, or the form has no place for something that was not to be left out.
pub fn copy(name: &str, typed: &Typed, loaded: &Loaded, asked: &Asked<'_>) -> Result<Copy, Report> {
    let (root, faults) = typed.tree(name);
    let mut warnings = faults;
    // Faults that only the types of the model see are in what was loaded.
    let mut unread = loaded.report.clone();
    unread.diagnostics.retain(|d| d.severity == crate::diag::Severity::Error);
    if unread.has_errors() {
        return Err(unread);
    }
    let Some(mut root) = root else { return Err(warnings) };
    if matches!(typed, Typed::Workbook(..)) {
        as_the_council_says(&mut root, loaded);
    }
    let comments = comments(typed, &root);
    let (left_out, unknown) = pruned::without(&mut root, asked.leave_out);
    if let Some(unknown) = unknown {
        let error = Diagnostic::error(codes::NOTHING_LEFT_OUT, format!("the file says nothing at `{unknown}`"));
        let hint =
            "name a field as errors show it, such as `invitees[].bring.share`, or a group, such as `child_links`";
        return Err(error.place(Place::file(name)).hint(hint).into());
    }
    let mut apart = None;
    let data = match asked.form {
        Form::Yaml => write(&root).into_bytes(),
        Form::Json => text::json(&root).into_bytes(),
        Form::Xlsx => {
            let (data, other) = books(name, &root, loaded, asked.restricted, &mut warnings)?;
            apart = other;
            data
        }
    };
    Ok(Copy { data, apart, left_out, comments, warnings })
}

/// How many comments of a text stay behind, since no tree holds them.
fn comments(typed: &Typed, root: &Node) -> usize {
    match typed {
        Typed::Text(text) => remarks::count(text, root),
        Typed::Workbook(..) => 0,
    }
}

/// Decisions by the ids that the council gives them, and no agenda where it is the council's usual one.
fn as_the_council_says(root: &mut Node, loaded: &Loaded) {
    let Value::Map(fields) = &mut root.value else { return };
    if loaded.conference.agenda.is_none() {
        fields.retain(|(key, _)| key.text != "agenda");
    }
    let Some((_, Node { value: Value::List(decisions), .. })) = fields.iter_mut().find(|(k, _)| k.text == "decisions")
    else {
        return;
    };
    for (node, decision) in decisions.iter_mut().zip(&loaded.conference.decisions) {
        let Value::Map(fields) = &mut node.value else { continue };
        if let Some((_, Node { value: Value::Scalar { text, .. }, .. })) =
            fields.iter_mut().find(|(k, _)| k.text == "option")
        {
            text.clone_from(&decision.option);
        }
    }
}

/// The next conference as a workbook, from the text of its file. `folder` is below its council.
///
/// # Errors
/// If it cannot be read, or a workbook has no place for something in it.
pub fn next_as_workbook(text: &str, folder: &Path) -> Result<Vec<u8>, Report> {
    let typed = Typed::Text(text.to_owned());
    let loaded = input::load_typed("conference.yaml", typed.clone(), folder)?;
    let (root, report) = typed.tree("conference.yaml");
    let Some(root) = root else { return Err(report) };
    Ok(books("conference.yaml", &root, &loaded, None, &mut Report::default())?.0)
}

/// What a workbook has of a council.
fn council(loaded: &Loaded, spare: u32) -> Council {
    Council { agenda: loaded.agenda.clone(), options: loaded.settings.decision_options.clone(), spare }
}

/// Empty rows below what is filled in.
const SPARE: u32 = 5;

/// A workbook, and that with its restricted sheets if they are to be apart.
fn books(
    name: &str,
    root: &Node,
    loaded: &Loaded,
    restricted: Option<&str>,
    warnings: &mut Report,
) -> Result<(Vec<u8>, Option<Vec<u8>>), Report> {
    let mut flat = workbook::flat(root);
    if !flat.left.is_empty() {
        let mut report = Report::default();
        report.take_sources(warnings);
        for (path, span) in &flat.left {
            report.push(no_column(name, path, span));
        }
        return Err(report);
    }
    let warn = |message: &str, hint: &'static str| {
        Diagnostic::warning(codes::OTHER_ORDER, message).place(Place::file(name)).hint(hint)
    };
    if flat.is_list_moved {
        warnings.push(warn(
            "a list of people stands before a person, and would be read after them",
            "letters that have no number yet are numbered in another order",
        ));
    }
    if flat.is_reordered {
        warnings.push(warn(
            "goals or actions are not in the order of their numbers, in which a workbook is read",
            "papers show them in that order; number them again if it matters",
        ));
    }
    let too_long = |why: String| {
        let error = Diagnostic::error(codes::NO_COLUMN, why).place(Place::file(name));
        Report::of(error.hint("shorten the text, or keep the file as YAML"))
    };
    let council = council(loaded, SPARE);
    let apart =
        restricted.map(|other| workbook::set_apart(&mut flat, &council, other)).transpose().map_err(too_long)?;
    Ok((workbook::written(&flat, &council).map_err(too_long)?, apart))
}

fn no_column(name: &str, path: &str, span: &Range<usize>) -> Diagnostic {
    let pattern = fields::pattern(path).0;
    let place = Place { path: Some(path.to_owned()), span: Some(span.clone()), ..Place::file(name) };
    let reason = workbook::reason(&pattern).unwrap_or("a workbook has no column for it");
    let hint = Hint::listing("`--leave-out {}` leaves it out", [pattern]);
    Diagnostic::error(codes::NO_COLUMN, format!("{reason}, and it would be lost")).place(place).hint(hint)
}
