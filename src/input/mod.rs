//! From files on disk to the model, with the place of everything that was typed.
//!
//! In: the path of a conference file, or the text of one. Out: [`Loaded`], with every fault of the files in its report.
//!
//! Deliberately absent: rules about conferences. A file can be read without a fault and still describe a meeting
//! that ends before it starts; `check` says so.

pub mod list;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use rust_embed::Embed;
use serde::de::DeserializeOwned;

use crate::diag::{Code, Diagnostic, Place, Report, codes};
use crate::layers::{Layers, has_ending};
use crate::model::borough::{Legal, Settings};
use crate::model::calendar::Calendar;
use crate::model::conference::{AgendaPoint, Kind};
use crate::model::vocabulary::{Term, Vocabulary};
use crate::model::wording::Wording;
use crate::model::{Borough, Conference};
use crate::yaml::{Index, read};

/// Everything that the papers of one conference are made from, as it was read and before it is checked.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The conference.
    pub conference: Conference,
    /// The council.
    pub borough: Borough,
    /// The council's settings on top of the base's.
    pub settings: Settings,
    /// The council's words on top of the base's.
    pub vocabulary: Vocabulary,
    /// The wording to avoid, as the nearest layer lists it; what the council adds and accepts is in its own settings.
    pub wording: Wording,
    /// The law, as the nearest layer dates it.
    pub legal: Legal,
    /// The agenda: the conference's own, or the council's usual one, or the base's.
    pub agenda: Vec<AgendaPoint>,
    /// Working days, from the nearest layer.
    pub calendar: Calendar,
    /// Templates and theme.
    pub layers: Layers,
    /// The logo's bytes, if the council has one.
    pub logo: Option<Vec<u8>>,
    /// The hash of what the papers are made from besides templates: both files and the logo, BLAKE3 in hexadecimal.
    pub fingerprint: String,
    /// Where every field stands.
    pub places: Places,
    /// What was wrong with the files themselves.
    pub report: Report,
}

/// Where every field of the input stands.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The conference file.
    pub conference: Index,
    /// `borough.yaml`.
    pub borough: Index,
}

impl Places {
    /// Every text of both files with its field path, in the order of the files.
    pub fn texts(&self) -> impl Iterator<Item = (String, &str)> {
        let conference = self.conference.texts().map(|(path, text)| (path.to_owned(), text));
        conference.chain(self.borough.texts().map(|(path, text)| (format!("{BOROUGH}{path}"), text)))
    }

    /// Whether a rule speaks of something that stands in a file as it was read. Of what could not be read, enough is said.
    pub fn speaks_of_what_was_read(&self, diagnostic: &Diagnostic) -> bool {
        let Some(path) = &diagnostic.place.path else { return true };
        match path.strip_prefix(BOROUGH) {
            Some(path) => !self.borough.is_amended(path),
            None => !self.conference.is_amended(path),
        }
    }

    /// Adds line and column to a diagnostic that so far has a field path. A path that starts with `borough:` is one of `borough.yaml`.
    pub fn locate(&self, diagnostic: Diagnostic) -> Diagnostic {
        let Some(path) = diagnostic.place.path.clone() else { return diagnostic };
        if diagnostic.place.span.is_some() {
            return diagnostic;
        }
        let place = match path.strip_prefix(BOROUGH) {
            Some(path) => self.borough.place(path),
            None => self.conference.place(&path),
        };
        diagnostic.place(place)
    }
}

/// Marks a field path as one of `borough.yaml`.
pub const BOROUGH: &str = "borough:";

/// A conference file larger than this is no conference file. (A large one has some 60 kB.)
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// The built-in example: a complete conference of a fictional council.
#[derive(Embed)]
#[folder = "fixtures/marshgate/"]
struct Example;

/// Loads a conference file and the `borough.yaml` beside it or in the nearest folder above it.
///
/// # Errors
/// If a file cannot be read or holds too little to go on. Faults that leave the rest readable are in [`Loaded::report`].
pub fn load(path: impl AsRef<Path>) -> Result<Loaded, Report> {
    let path = path.as_ref();
    let text = text_of(path)?;
    let borough = find_borough(path).ok_or_else(|| {
        Diagnostic::error(codes::NO_BOROUGH, "there is no `borough.yaml` beside this file or in a folder above it")
            .place(Place::file(name_of(path)))
            .hint("it holds the council's name, address and colours; `convenor demo` writes one to start from")
    })?;
    let folder = borough.parent().unwrap_or(Path::new("."));
    let file = |name: &str| std::fs::read(folder.join(name)).ok();
    let sources =
        Sources { conference: (name_of(path), text), borough: (name_of(&borough), text_of(&borough)?), logo: &file };
    assemble(&sources, |id| Layers::base().with_folder(id, &folder.join("templates")))
}

/// Loads the built-in example.
///
/// # Errors
/// Never, unless the example that was built in is at fault.
pub fn example() -> Result<Loaded, Report> {
    let file = |name: &str| Example::get(name).map(|f| f.data.into_owned());
    let text = |name: &str| String::from_utf8(file(name).unwrap_or_default()).unwrap_or_default();
    let sources = Sources {
        conference: ("conference.yaml".to_owned(), text("conference.yaml")),
        borough: ("borough.yaml".to_owned(), text("borough.yaml")),
        logo: &file,
    };
    assemble(&sources, |_| Ok(Layers::base()))
}

/// The files of the built-in example, by name, for somebody who wants to start from them.
pub fn example_files() -> Vec<(String, Vec<u8>)> {
    Example::iter().filter_map(|n| Example::get(&n).map(|f| (n.into_owned(), f.data.into_owned()))).collect()
}

struct Sources<'f> {
    conference: (String, String),
    borough: (String, String),
    logo: &'f dyn Fn(&str) -> Option<Vec<u8>>,
}

fn assemble(sources: &Sources<'_>, layers: impl FnOnce(&str) -> Result<Layers, Report>) -> Result<Loaded, Report> {
    let mut report = Report::default();
    let (name, text) = &sources.borough;
    let (borough, borough_index) = take::<Borough>(name, text, &mut report);
    let (name, text) = &sources.conference;
    let (conference, conference_index) = take::<Conference>(name, text, &mut report);
    let (Some(borough), Some(conference)) = (borough, conference) else {
        report.sort();
        return Err(report);
    };
    let layers = layers(&borough.id)?;
    unused_templates(&layers, &mut report);
    let settings: Settings = from_layer(&layers, "settings.yaml")?;
    let mut vocabulary: Vocabulary = from_layer(&layers, "vocabulary.yaml")?;
    let places = Places { conference: conference_index, borough: borough_index };
    overlay(&mut vocabulary, &borough.terms, &places, &mut report);
    known_timescales(&settings, &borough, &places, &mut report);
    let logo = logo(&borough, sources, &places, &mut report);
    Ok(Loaded {
        fingerprint: fingerprint(&[
            sources.conference.1.as_bytes(),
            sources.borough.1.as_bytes(),
            logo.as_deref().unwrap_or_default(),
        ]),
        settings: settings.with(&borough.settings),
        wording: from_layer(&layers, "wording.yaml")?,
        legal: from_layer(&layers, "legal.yaml")?,
        calendar: from_layer(&layers, "holidays.yaml")?,
        agenda: agenda(&conference, &borough, &layers)?,
        conference,
        borough,
        vocabulary,
        layers,
        logo,
        places,
        report,
    })
}

fn fingerprint(parts: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    hasher.finalize().to_hex().to_string()
}

/// A council's file that replaces none of ours and is no paper of its own is probably misnamed, and would change nothing.
fn unused_templates(layers: &Layers, report: &mut Report) {
    let mut all = layers.iter();
    let Some(base) = all.next() else { return };
    let ours: BTreeSet<&str> = base.files().map(|(name, _)| name).collect();
    for layer in all {
        let texts: Vec<String> = layer.files().map(|(_, data)| String::from_utf8_lossy(data).into_owned()).collect();
        for (name, data) in layer.files().filter(|(name, _)| !ours.contains(name)) {
            let own_paper =
                has_ending(name, "md") && data.starts_with(b"---\n") && data[4..].windows(5).any(|w| w == b"\n---\n");
            let last = name.rsplit('/').next().unwrap_or(name);
            let named = texts.iter().any(|text| text.contains(last));
            if !own_paper && !named {
                let warning = Diagnostic::warning(codes::UNUSED_TEMPLATE, format!("nothing uses `{name}`"))
                    .place(Place::file(format!("{}/{name}", layer.origin)))
                    .suggest(name, ours.iter().copied());
                let hint = "a paper of your own begins with front matter between `---` lines; any other file has the name of one of ours";
                report.push(if warning.hint.is_some() { warning } else { warning.hint(hint) });
            }
        }
    }
}

fn take<T: DeserializeOwned>(name: &str, text: &str, report: &mut Report) -> (Option<T>, Index) {
    report.add_source(name, text);
    let read = read::<T>(name, text);
    report.diagnostics.extend(read.faults);
    (read.value, read.index)
}

/// A data file of the nearest layer.
fn from_layer<T: DeserializeOwned>(layers: &Layers, name: &str) -> Result<T, Report> {
    let Some((layer, text)) = layers.text(name) else {
        return Err(Diagnostic::error(codes::UNREADABLE, format!("no layer has a `{name}` that is text")).into());
    };
    let file = format!("{}/{name}", layer.origin);
    let mut report = Report::default();
    match take(&file, text, &mut report) {
        (Some(value), _) if !report.has_errors() => Ok(value),
        _ => Err(report),
    }
}

fn overlay(vocabulary: &mut Vocabulary, own: &Vocabulary, places: &Places, report: &mut Report) {
    for (id, term) in own {
        if let Some(base) = vocabulary.get_mut(id) {
            let meaning = term.meaning.clone().or_else(|| base.meaning.clone());
            *base = Term { meaning, ..term.clone() };
        } else {
            let known = vocabulary.keys().cloned().collect::<Vec<_>>();
            let warning =
                Diagnostic::warning(codes::UNKNOWN_FIELD, format!("no paper of the base uses the term `{id}`"))
                    .at(format!("{BOROUGH}terms.{id}"))
                    .suggest(id, known.iter().map(String::as_str));
            report.push(places.locate(warning));
            vocabulary.insert(id.clone(), term.clone());
        }
    }
}

fn known_timescales(base: &Settings, borough: &Borough, places: &Places, report: &mut Report) {
    for name in borough.settings.timescales.keys().filter(|name| !base.timescales.contains_key(*name)) {
        let error = Diagnostic::error(codes::UNKNOWN_TIMESCALE, format!("no paper uses a timescale called `{name}`"))
            .at(format!("{BOROUGH}settings.timescales.{name}"))
            .suggest(name, base.timescales.keys().map(String::as_str));
        report.push(places.locate(error));
    }
}

fn logo(borough: &Borough, sources: &Sources<'_>, places: &Places, report: &mut Report) -> Option<Vec<u8>> {
    let logo = borough.logo.as_ref()?;
    let safe = !logo.file.contains("..") && !Path::new(&logo.file).is_absolute();
    let data = if safe { (sources.logo)(&logo.file) } else { None };
    let kind = Path::new(&logo.file).extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    if data.is_none() || !matches!(kind.as_str(), "svg" | "png") {
        let error = Diagnostic::error(codes::NO_LOGO, format!("the logo `{}` cannot be read", logo.file))
            .at(format!("{BOROUGH}logo.file"))
            .hint("name an SVG or PNG file in the folder of `borough.yaml`");
        report.push(places.locate(error));
    }
    data
}

fn agenda(conference: &Conference, borough: &Borough, layers: &Layers) -> Result<Vec<AgendaPoint>, Report> {
    if let Some(own) = &conference.agenda {
        return Ok(own.clone());
    }
    if let Some(usual) = borough.agenda.get(&conference.kind) {
        return Ok(usual.clone());
    }
    let mut base: std::collections::BTreeMap<Kind, Vec<AgendaPoint>> = from_layer(layers, "agenda.yaml")?;
    Ok(base.remove(&conference.kind).unwrap_or_default())
}

fn find_borough(conference: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(conference).ok()?;
    let found = start.ancestors().skip(1).map(|folder| folder.join("borough.yaml")).find(|file| file.is_file())?;
    // Shown as the user would write it, where it is beside the conference.
    let beside = conference.with_file_name("borough.yaml");
    Some(if beside.is_file() { beside } else { found })
}

/// The conference file in the nearest folder above a folder of papers.
pub fn conference_above(folder: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(folder).ok()?;
    let names = ["conference.yaml", "conference.yml", "conference.json"];
    let mut all = start.ancestors().skip(1).flat_map(|above| names.iter().map(move |name| above.join(name)));
    all.find(|file| file.is_file())
}

fn name_of(path: &Path) -> String {
    path.display().to_string()
}

/// The text of a file that a person named.
fn text_of(path: &Path) -> Result<String, Report> {
    let fault = |code: Code, message: &str, hint: &str| {
        Report::of(Diagnostic::error(code, message).place(Place::file(name_of(path))).hint(hint))
    };
    let metadata = std::fs::metadata(path)
        .map_err(|e| fault(codes::UNREADABLE, &io_words(&e), "check the name, and that you may read the file"))?;
    if metadata.is_dir() {
        return Err(fault(codes::UNREADABLE, "this is a folder, not a file", "name the conference file inside it"));
    }
    if metadata.len() > MAX_BYTES {
        return Err(fault(
            codes::OVER_BUDGET,
            "the file is larger than 4 MB",
            "check that it is the right file; a conference has some 60 kB",
        ));
    }
    let mut data = Vec::new();
    // A device or a pipe tells no size: never read more than a conference could hold.
    let read = std::fs::File::open(path).and_then(|f| f.take(MAX_BYTES + 1).read_to_end(&mut data));
    read.map_err(|e| fault(codes::UNREADABLE, &io_words(&e), "check that you may read the file"))?;
    if data.len() as u64 > MAX_BYTES {
        return Err(fault(codes::OVER_BUDGET, "the file is larger than 4 MB", "check that it is the right file"));
    }
    let text = String::from_utf8(data).map_err(|_| {
        fault(
            codes::NOT_TEXT,
            "the file is not UTF-8 text",
            "save it as UTF-8 text; a spreadsheet or Word file cannot be read here",
        )
    })?;
    if text.contains('\0') {
        return Err(fault(codes::NOT_TEXT, "the file is not text", "name a YAML or JSON file"));
    }
    let text = text.strip_prefix('\u{FEFF}').map_or(text.clone(), str::to_owned);
    if text.trim().is_empty() {
        return Err(fault(codes::EMPTY_FILE, "the file is empty", "`convenor demo` writes an example to start from"));
    }
    Ok(text)
}

fn io_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not read this file".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    }
}
