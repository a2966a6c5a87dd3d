//! Reads files into the model, with the place of everything that was typed.
//!
//! In: the path of a conference file, or the text of one. Out: [`Loaded`], with every fault of the files in its report.
//!
//! Deliberately absent: rules about conferences. A file can be read without a fault and still describe a meeting
//! that ends before it starts; `check` says so.

mod beside;
mod council;
mod disk;
mod holidays;
mod memory;
mod own_fonts;
mod people;
mod region;
mod specimen;
mod unused;
mod watched;

pub mod list;

use std::path::{Path, PathBuf};

use rust_embed::Embed;
use serde::de::DeserializeOwned;

use crate::diag::{Code, Diagnostic, Place, Report, codes};
use crate::layers::{Layers, OwnThemes};
use crate::model::borough::{Legal, LocalSettings, Region, Settings};
use crate::model::calendar::Calendar;
use crate::model::checker::Checker;
use crate::model::conference::{AgendaPoint, Kind};
use crate::model::vocabulary::{Term, Vocabulary};
use crate::model::wording::Wording;
use crate::model::{Borough, Conference};
use crate::yaml::{Index, Reading, read_shaped};
use beside::Beside;
pub use council::{Council, council, has_no_council};
pub use memory::{Files, load_from, load_text};
pub(crate) use people::InviteeList;
pub use specimen::{Case, FILE as SPECIMEN, Particulars, specimen};
pub use watched::{Stamps, Watched, changed};

/// Everything that the papers of one conference are made from, as it was read, before it is checked.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Loaded {
    /// The conference.
    pub conference: Conference,
    /// The council.
    pub borough: Borough,
    /// The council's settings on top of the base's.
    pub(crate) settings: Settings,
    /// The council's words on top of the base's.
    pub(crate) vocabulary: Vocabulary,
    /// The wording to avoid, as the nearest layer lists it. Phrases that the council adds or accepts are in its
    /// settings.
    pub(crate) wording: Wording,
    /// The law, as the nearest layer dates it.
    pub(crate) legal: Legal,
    /// The agenda: the conference's own, or the council's usual one, or the base's.
    pub(crate) agenda: Vec<AgendaPoint>,
    /// The people who may check papers, from the council or the region. `None` if neither names anybody.
    pub(crate) checkers: Option<Vec<Checker>>,
    /// Working days, from the nearest layer.
    pub(crate) calendar: Calendar,
    /// Templates and theme.
    pub(crate) layers: Layers,
    /// The logo's bytes, if the council has one.
    pub(crate) logo: Option<Vec<u8>>,
    /// The council's own font files.
    pub(crate) fonts: Vec<Vec<u8>>,
    /// The hash of everything that the papers are made from besides templates: the files, the logo and the
    /// fonts, BLAKE3 in hexadecimal.
    pub(crate) fingerprint: String,
    /// The place of every field.
    pub(crate) places: Places,
    /// The lists whose rows are among the invitees.
    pub(crate) lists: Vec<InviteeList>,
    /// The faults of the files themselves.
    pub report: Report,
}

impl Loaded {
    /// The same, with a policy for theme code of the council's or region's own. The default is to refuse it.
    #[must_use]
    pub fn with_own_themes(mut self, themes: OwnThemes) -> Self {
        self.layers = self.layers.with_own_themes(themes);
        self
    }
}

/// The place of every field of the input.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The conference file.
    pub conference: Index,
    /// `borough.yaml`.
    pub borough: Index,
    /// `region.yaml`; empty if the council is in no region.
    pub region: Index,
}

impl Places {
    /// Every text of the files with its field path, in the order of the files.
    pub fn texts(&self) -> impl Iterator<Item = (String, &str)> {
        let files = [("", &self.conference), (BOROUGH, &self.borough), (REGION, &self.region)];
        files
            .into_iter()
            .flat_map(|(mark, index)| index.texts().map(move |(path, text)| (format!("{mark}{path}"), text)))
    }

    /// Whether a diagnostic is about a field that was read as typed. For a field that could not be read, that fault has
    /// been reported already.
    pub fn speaks_of_what_was_read(&self, diagnostic: &Diagnostic) -> bool {
        let Some(path) = &diagnostic.place.path else { return true };
        let (index, path) = self.file_of(path);
        !index.is_amended(path)
    }

    /// Adds line and column to a diagnostic that has only a field path. A path that starts with `borough:` is in
    /// `borough.yaml`, one that starts with `region:` in `region.yaml`.
    pub fn locate(&self, diagnostic: Diagnostic) -> Diagnostic {
        let Some(path) = diagnostic.place.path.clone() else { return diagnostic };
        if diagnostic.place.span.is_some() || diagnostic.place.cell.is_some() {
            return diagnostic;
        }
        let (index, path) = self.file_of(&path);
        diagnostic.place(index.place(path))
    }

    /// The file that a field path belongs to, and the path in it.
    fn file_of<'p>(&self, path: &'p str) -> (&Index, &'p str) {
        if let Some(path) = path.strip_prefix(BOROUGH) {
            (&self.borough, path)
        } else if let Some(path) = path.strip_prefix(REGION) {
            (&self.region, path)
        } else {
            (&self.conference, path)
        }
    }
}

/// Marks a field path in `borough.yaml`.
pub const BOROUGH: &str = "borough:";

/// Marks a field path in `region.yaml`.
pub const REGION: &str = "region:";

/// The most bytes of a conference file. (A large one has some 60 kB.)
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// The built-in example: a complete conference of a fictional council.
#[derive(Embed)]
#[folder = "fixtures/marshgate/"]
struct Example;

/// Loads a conference file and the `borough.yaml` beside it or in the nearest folder above it.
///
/// # Errors
/// If a file cannot be read or contains too little to continue. Faults that leave the rest readable are in
/// [`Loaded::report`].
pub fn load(path: impl AsRef<Path>) -> Result<Loaded, Report> {
    let path = path.as_ref();
    let text = text_of(path)?;
    let borough = find_borough(path).ok_or_else(|| {
        Diagnostic::error(codes::NO_BOROUGH, "there is no `borough.yaml` beside this file or in a folder above it")
            .place(Place::file(name_of(path)))
            .hint("it contains the council's name, address and colours; `convenor new NAME` writes one to start from")
    })?;
    memory::of_council((name_of(path), text), &borough, path.parent())
}

/// Loads a conference file of a council that is somewhere else: `council` is its `borough.yaml`, or a folder with one in it or
/// above it.
///
/// # Errors
/// As for [`load`].
pub fn load_of(path: impl AsRef<Path>, council: &Path) -> Result<Loaded, Report> {
    let path = path.as_ref();
    memory::of_council((name_of(path), text_of(path)?), council, path.parent())
}

/// Loads the built-in example.
///
/// # Errors
/// Never, unless the built-in example has a fault.
pub fn example() -> Result<Loaded, Report> {
    let file = |name: &str| (name.to_owned(), example_text(name));
    let sources = Sources {
        conference: file("conference.yaml"),
        borough: file("borough.yaml"),
        beside: Beside::Example,
        people: None,
        base: Layers::base(),
    };
    assemble(sources, |_, _| {})
}

/// The files of the built-in example, by name, as a starting point.
pub fn example_files() -> Vec<(String, Vec<u8>)> {
    Example::iter().filter_map(|n| Example::get(&n).map(|f| (n.into_owned(), f.data.into_owned()))).collect()
}

fn example_text(name: &str) -> String {
    let file = Example::get(name).map(|f| f.data.into_owned());
    String::from_utf8(file.unwrap_or_default()).unwrap_or_default()
}

/// The sources of a conference.
struct Sources<'f> {
    conference: (String, String),
    borough: (String, String),
    beside: Beside<'f>,
    /// The folder of lists of people: that of the conference file.
    people: Option<&'f Path>,
    base: Layers,
}

/// Assembles a conference. `shape` may change it before anything is derived from it.
fn assemble(sources: Sources<'_>, shape: impl FnOnce(&mut Conference, &Borough)) -> Result<Loaded, Report> {
    let mut report = Report::default();
    let (name, text) = &sources.borough;
    let (borough, borough_index) = take::<Borough>(name, text, &mut report);
    let (name, text) = &sources.conference;
    let mut people = people::Found::default();
    let expand = |reading: &mut Reading<'_>| people = people::expand(reading, sources.people);
    let (conference, conference_index) = take_shaped::<Conference>(name, text, &mut report, expand);
    let (Some(borough), Some(mut conference)) = (borough, conference) else {
        report.sort();
        return Err(report);
    };
    shape(&mut conference, &borough);
    let mut places = Places { conference: conference_index, borough: borough_index, region: Index::default() };
    let region = region::read(&borough, sources.beside, &mut places, &mut report);
    let layers = council::layers(&borough, region.as_ref(), sources.beside, sources.base)?;
    unused::check(&layers, &mut report);
    let (region, region_text) = region.map(|found| (found.region, found.text)).unwrap_or_default();
    let settings: Settings = from_layer(&layers, "settings.yaml", &mut report)?;
    let mut vocabulary: Vocabulary = from_layer(&layers, "vocabulary.yaml", &mut report)?;
    for (terms, mark) in [(&region.terms, REGION), (&borough.terms, BOROUGH)] {
        overlay(&mut vocabulary, terms, mark, &places, &mut report);
    }
    for (local, mark) in [(&region.settings, REGION), (&borough.settings, BOROUGH)] {
        known_timescales(&settings, local, mark, &places, &mut report);
    }
    let settings = settings.with(&region.settings).with(&borough.settings);
    let logo = logo(&borough, sources.beside, &places, &mut report);
    let fonts = own_fonts::read(&borough, sources.beside, &places, &mut report);
    let texts = [&sources.conference.1, &sources.borough.1, &region_text].map(String::as_bytes).into_iter();
    let parts = texts.chain(logo.as_deref()).chain(fonts.iter().map(Vec::as_slice));
    let parts = parts.chain(people.hashes.iter().map(String::as_bytes));
    let fingerprint = fingerprint(&parts.collect::<Vec<_>>());
    Ok(Loaded {
        fingerprint,
        wording: from_layer(&layers, "wording.yaml", &mut report)?,
        calendar: holidays::calendar(&layers, settings.calendar, &mut report)?,
        settings,
        legal: from_layer(&layers, "legal.yaml", &mut report)?,
        agenda: agenda(&conference, &borough, &region, &layers, &mut report)?,
        checkers: borough.checkers.clone().or(region.checkers),
        conference,
        borough,
        vocabulary,
        layers,
        logo,
        fonts,
        places,
        lists: people.lists,
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

fn take<T: DeserializeOwned>(name: &str, text: &str, report: &mut Report) -> (Option<T>, Index) {
    take_shaped(name, text, report, |_| {})
}

fn take_shaped<T: DeserializeOwned>(
    name: &str,
    text: &str,
    report: &mut Report,
    shape: impl FnOnce(&mut Reading<'_>),
) -> (Option<T>, Index) {
    report.add_source(name, text);
    let read = read_shaped::<T>(name, text, shape);
    report.diagnostics.extend(read.faults);
    (read.value, read.index)
}

/// A data file of the nearest layer. If that has a fault, it is reported and the next layer's file is used, so that
/// faults elsewhere are found too.
fn from_layer<T: DeserializeOwned>(layers: &Layers, name: &str, report: &mut Report) -> Result<T, Report> {
    for layer in layers.iter().rev() {
        let Some(text) = layer.text(name) else { continue };
        let mut faults = Report::default();
        let (value, _) = take(&format!("{}/{name}", layer.origin), text, &mut faults);
        match value.filter(|_| !faults.has_errors()) {
            Some(value) => return Ok(value),
            None => report.merge(faults),
        }
    }
    let error = Diagnostic::error(codes::UNREADABLE, format!("no layer has a `{name}` that can be read"));
    report.push(error);
    Err(std::mem::take(report))
}

fn overlay(vocabulary: &mut Vocabulary, own: &Vocabulary, mark: &str, places: &Places, report: &mut Report) {
    for (id, term) in own {
        if let Some(base) = vocabulary.get_mut(id) {
            let meaning = term.meaning.clone().or_else(|| base.meaning.clone());
            *base = Term { meaning, ..term.clone() };
        } else {
            let known = vocabulary.keys().cloned().collect::<Vec<_>>();
            let warning =
                Diagnostic::warning(codes::UNKNOWN_FIELD, format!("no paper of the base uses the term `{id}`"))
                    .at(format!("{mark}terms.{id}"))
                    .suggest(id, known.iter().map(String::as_str));
            report.push(places.locate(warning));
            vocabulary.insert(id.clone(), term.clone());
        }
    }
}

fn known_timescales(base: &Settings, local: &LocalSettings, mark: &str, places: &Places, report: &mut Report) {
    for name in local.timescales.keys().filter(|name| !base.timescales.contains_key(*name)) {
        let error = Diagnostic::error(codes::UNKNOWN_TIMESCALE, format!("no paper uses a timescale called `{name}`"))
            .at(format!("{mark}settings.timescales.{name}"))
            .suggest(name, base.timescales.keys().map(String::as_str));
        report.push(places.locate(error));
    }
}

fn logo(borough: &Borough, beside: Beside<'_>, places: &Places, report: &mut Report) -> Option<Vec<u8>> {
    let logo = borough.logo.as_ref()?;
    let fault = |why: &str, hint: &'static str| {
        let error = Diagnostic::error(codes::NO_LOGO, format!("the logo `{}` {why}", logo.file));
        places.locate(error.at(format!("{BOROUGH}logo.file")).hint(hint))
    };
    let data = match beside.file(&logo.file) {
        Ok(data) => data,
        Err(why) => {
            report.push(fault(why, "name an SVG or PNG file in the folder of `borough.yaml`"));
            return None;
        }
    };
    let kind = Path::new(&logo.file).extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    let is_picture = match kind.as_str() {
        "svg" => std::str::from_utf8(&data).is_ok_and(|text| text.contains("<svg")),
        // The first bytes of every PNG (ISO/IEC 15948 §5.2).
        "png" => data.starts_with(b"\x89PNG\r\n\x1a\n"),
        _ => false,
    };
    if !is_picture {
        report.push(fault("is not an SVG or PNG picture", "save it again as SVG or PNG"));
        return None;
    }
    Some(data)
}

fn agenda(
    conference: &Conference,
    borough: &Borough,
    region: &Region,
    layers: &Layers,
    report: &mut Report,
) -> Result<Vec<AgendaPoint>, Report> {
    let usual = [&borough.agenda, &region.agenda].into_iter().find_map(|agenda| agenda.get(&conference.kind));
    if let Some(own) = conference.agenda.as_ref().or(usual) {
        return Ok(own.clone());
    }
    let mut base: std::collections::BTreeMap<Kind, Vec<AgendaPoint>> = from_layer(layers, "agenda.yaml", report)?;
    Ok(base.remove(&conference.kind).unwrap_or_default())
}

fn find_borough(conference: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(conference).ok()?;
    // The nearest, even if it cannot be read: one further up may be another council's.
    let found =
        start.ancestors().skip(1).map(|folder| folder.join("borough.yaml")).find(|file| disk::is_there(file))?;
    // If it is beside the conference, its path is shown as the user would write it.
    let beside = conference.with_file_name("borough.yaml");
    Some(if disk::is_there(&beside) { beside } else { found })
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
    let fault = |code: Code, message: &str, hint: &'static str| {
        Report::of(Diagnostic::error(code, message).place(Place::file(name_of(path))).hint(hint))
    };
    if path.is_dir() {
        return Err(fault(codes::UNREADABLE, "this is a folder, not a file", "name the conference file inside it"));
    }
    let hint = |e: &std::io::Error| {
        if disk::is_not_a_file(e) {
            "name a file; `convenor check -` reads what another program writes"
        } else {
            "check the name, and that you may read the file"
        }
    };
    let data = disk::bytes(path, MAX_BYTES).map_err(|e| fault(codes::UNREADABLE, &disk::words(&e), hint(&e)))?;
    decode(&name_of(path), data)
}

/// The text of a file that is not on the disk. `name` stands for it in messages.
///
/// # Errors
/// As for a file.
pub fn text_in(name: &str, from: impl std::io::Read) -> Result<String, Report> {
    match disk::bounded(from, MAX_BYTES) {
        Ok(data) => decode(name, data),
        Err(e) => Err(Diagnostic::error(codes::UNREADABLE, disk::words(&e)).place(Place::file(name)).into()),
    }
}

fn no_such_file(name: &str) -> Report {
    Diagnostic::error(codes::UNREADABLE, "there is no such file").place(Place::file(name)).into()
}

/// Decodes the text of a file. Without data, it was too large.
fn decode(name: &str, data: Option<Vec<u8>>) -> Result<String, Report> {
    let fault = |code: Code, message: &str, hint: &'static str| {
        Report::of(Diagnostic::error(code, message).place(Place::file(name)).hint(hint))
    };
    let Some(data) = data else {
        return Err(fault(
            codes::OVER_BUDGET,
            "the file is larger than 4 MB",
            "check that it is the right file; a conference has some 60 kB",
        ));
    };
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
        return Err(fault(codes::EMPTY_FILE, "the file is empty", "`convenor new NAME` writes one to start from"));
    }
    Ok(text)
}

/// The text of a file; `None` if there is no file.
///
/// # Errors
/// If it exists but cannot be read.
pub fn text_if_there(path: &Path) -> Result<Option<String>, Report> {
    if disk::is_there(path) { text_of(path).map(Some) } else { Ok(None) }
}

/// Whether there is a file of this name, or a folder that is not empty.
pub fn is_in_use(path: &Path) -> bool {
    match std::fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => path.exists(),
    }
}
