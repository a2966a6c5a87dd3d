//! A conference put together from its files: its own, the council's, the region's and those of the layers.
//!
//! In: [`Sources`]. Out: [`Loaded`], with every fault of the files in its report.
//!
//! Deliberately absent: finding the conference and the council.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::beside::Beside;
use super::dated::Fronts;
use super::loaded::Loaded;
use super::parsed::{from_layer, take, take_shaped};
use super::places::{BOROUGH, Places, REGION};
use super::typed::Typed;
use super::{council, derived, holidays, list, logo, own_fonts, people, region, steps, tongues, understood, unused};
use crate::diag::{Diagnostic, Hint, Report, closest, codes};
use crate::layers::{BASE, Layers};
use crate::model::borough::{LocalSettings, Region, Settings};
use crate::model::conference::{AgendaPoint, Kind};
use crate::model::language::{Tongues, Translations};
use crate::model::legal::Legal;
use crate::model::step::Step;
use crate::model::vocabulary::{Term, Vocabulary};
use crate::model::wording::Wording;
use crate::model::{Borough, Conference};
use crate::yaml::Reading;

/// The sources of a conference.
pub struct Sources<'f> {
    /// The name of the conference file, and what it holds.
    pub conference: (String, Typed),
    /// The name and the text of `borough.yaml`.
    pub borough: (String, String),
    /// Where the council's other files are.
    pub beside: Beside<'f>,
    /// The folder of lists of people: that of the conference file.
    pub people: Option<&'f Path>,
    /// The layer below all others.
    pub base: Layers,
}

/// Assembles a conference.
///
/// # Errors
/// If a file holds too little to go on. Faults that leave the rest readable are in [`Loaded::report`].
pub fn assemble(sources: Sources<'_>) -> Result<Loaded, Report> {
    Ok(assembled(sources)?.loaded)
}

/// A conference, and the region that it took its agenda from.
pub(super) struct Assembled {
    pub loaded: Loaded,
    region: Region,
    fronts: Fronts,
    agendas: Agendas,
}

impl Assembled {
    /// The same files as another conference of the council: `shape` changes it, and what is derived from it follows.
    ///
    /// # Errors
    /// If the agenda of the other kind of conference holds too little to go on.
    pub fn shaped(&self, shape: impl FnOnce(&mut Conference, &Borough)) -> Result<Loaded, Report> {
        let mut loaded = self.loaded.clone();
        shape(&mut loaded.conference, &loaded.borough);
        let mut report = Report::default();
        let Loaded { conference, calendar, settings, steps, .. } = &loaded;
        loaded.due = self.fronts.due(conference, calendar, &settings.timescales, steps);
        loaded.agenda = agenda(&loaded.conference, &loaded.borough, &self.region, &self.agendas, &mut report)?;
        report.diagnostics.retain(|fault| !loaded.report.diagnostics.contains(fault));
        loaded.report.merge(report);
        Ok(loaded)
    }
}

/// Assembles a conference, to be shaped into others.
///
/// # Errors
/// As for [`assemble`].
pub(super) fn assembled(sources: Sources<'_>) -> Result<Assembled, Report> {
    let mut report = Report::default();
    let (name, text) = &sources.borough;
    let (borough, borough_index) = take_shaped::<Borough>(name, text, &mut report, understood::in_borough);
    let mut places = Places { borough: borough_index, ..Places::default() };
    let (mut of_region, base) = (Report::default(), sources.base);
    let below = borough.as_ref().map(|borough| {
        let region = region::read(borough, sources.beside, &mut places, &mut of_region);
        council::layers(borough, region.as_ref(), sources.beside, base).map(|layers| (region, layers))
    });
    let (name, typed) = &sources.conference;
    let (mut people, mut missing) = (people::Found::default(), derived::Missing::default());
    let expand = |reading: &mut Reading<'_>| {
        people = people::expand(reading, sources.people);
        understood::in_conference(reading);
        missing = derived::stand_in(reading);
    };
    // The data of the layers is about as long as a conference.
    let ((conference, conference_index, says), of_layers) = std::thread::scope(|scope| {
        let layers = below.as_ref().and_then(|below| below.as_ref().ok()).map(|(_, layers)| layers);
        let of_layers = layers.map(|layers| scope.spawn(|| OfLayers::read(layers)));
        let conference = typed.take::<Conference>(name, &mut report, expand);
        (conference, of_layers.map(|read| read.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))))
    });
    let (Some(borough), Some(mut conference), Some(below)) = (borough, conference, below) else {
        report.sort();
        return Err(report);
    };
    places.conference = conference_index;
    bound_protected_names(&mut conference, &places, &mut report);
    report.merge(of_region);
    let ((region, layers), of_layers) = (below?, of_layers.unwrap_or_else(|| Err(Report::default())));
    let of_layers = match of_layers {
        Ok(read) => read,
        Err(faults) => {
            report.merge(faults);
            return Err(report);
        }
    };
    report.merge(of_layers.report);
    unused::check(&layers, &mut report);
    logo::check_pictures(&layers, &mut report);
    let (region, region_text) = region.map(|found| (found.region, found.text)).unwrap_or_default();
    let (settings, mut vocabulary) = (of_layers.settings, of_layers.vocabulary);
    for (terms, mark) in [(&region.terms, REGION), (&borough.terms, BOROUGH)] {
        overlay(&mut vocabulary, terms, mark, &places, &mut report);
    }
    for (local, mark) in [(&region.settings, REGION), (&borough.settings, BOROUGH)] {
        known_timescales(&settings, local, mark, &places, &mut report);
    }
    let settings = settings.with(&region.settings).with(&borough.settings);
    let local = [(&region.settings, REGION), (&borough.settings, BOROUGH)];
    let steps = steps::steps(of_layers.steps, &layers, &settings.timescales, &local, &places, &mut report);
    steps_by_title(&mut conference, &steps);
    let logo = logo::read(&borough, sources.beside, &places, &mut report);
    let fonts = own_fonts::read(&borough, sources.beside, &places, &mut report);
    let texts = [&says, &sources.borough.1, &region_text].map(String::as_bytes).into_iter();
    let parts = texts.chain(logo.as_deref()).chain(fonts.iter().map(Vec::as_slice));
    let parts = parts.chain(people.hashes.iter().map(String::as_bytes));
    let fingerprint = fingerprint(&parts.collect::<Vec<_>>());
    if places.conference.is_workbook() {
        options_by_title(&mut conference, &settings);
        let usual = usual_agenda(&borough, &region, conference.kind, &of_layers.agendas, &mut report)?;
        unless_usual(&mut conference, &mut places, &usual);
    }
    let calendar = holidays::calendar(&layers, settings.calendar, &mut report)?;
    missing.put(&mut conference, &calendar, &settings.timescales);
    let loaded = Loaded {
        fingerprint,
        wording: of_layers.wording,
        due: of_layers.fronts.due(&conference, &calendar, &settings.timescales, &steps),
        calendar,
        settings,
        steps,
        tongues: of_layers.tongues,
        translations: of_layers.translations,
        legal: of_layers.legal,
        harms: harms(of_layers.harms, &borough, &places, &mut report),
        agenda: agenda(&conference, &borough, &region, &of_layers.agendas, &mut report)?,
        checkers: borough.checkers.clone().or(region.checkers.clone()),
        conference,
        borough,
        vocabulary,
        layers,
        logo,
        fonts,
        places,
        lists: people.lists,
        report,
    };
    Ok(Assembled { loaded, region, fronts: of_layers.fronts, agendas: of_layers.agendas })
}

/// The data files of the layers, as far as they do not depend on the conference.
struct OfLayers {
    settings: Settings,
    vocabulary: Vocabulary,
    wording: Wording,
    legal: Legal,
    harms: BTreeMap<String, String>,
    tongues: Arc<Tongues>,
    translations: Translations,
    fronts: Fronts,
    agendas: Agendas,
    steps: BTreeMap<String, Step>,
    report: Report,
}

/// The usual agendas, and the faults of their files, which matter only to a conference that has none of its own.
struct Agendas {
    of: Option<BTreeMap<Kind, Vec<AgendaPoint>>>,
    faults: Report,
}

impl Agendas {
    fn read(layers: &Layers) -> Self {
        let mut faults = Report::default();
        match from_layer(layers, "agenda.yaml", &mut faults) {
            Ok(of) => Self { of: Some(of), faults },
            Err(faults) => Self { of: None, faults },
        }
    }
}

impl OfLayers {
    fn read(layers: &Layers) -> Result<Self, Report> {
        let mut report = Report::default();
        Ok(Self {
            settings: with_later_timescales(from_layer(layers, SETTINGS, &mut report)?, layers),
            vocabulary: from_layer(layers, "vocabulary.yaml", &mut report)?,
            wording: from_layer(layers, "wording.yaml", &mut report)?,
            legal: from_layer(layers, "legal.yaml", &mut report)?,
            harms: from_layer(layers, "harms.yaml", &mut report)?,
            tongues: tongues::tongues(layers, &mut report),
            translations: tongues::translations(layers),
            fronts: Fronts::read(layers),
            agendas: Agendas::read(layers),
            steps: from_layer(layers, steps::FILE, &mut report)?,
            report,
        })
    }
}

/// The most protected names. Each is looked for in every text and in every paper.
const PROTECTED_NAMES: usize = 1000;

fn bound_protected_names(conference: &mut Conference, places: &Places, report: &mut Report) {
    let names = conference.protected_names.len();
    if names > PROTECTED_NAMES {
        let error = Diagnostic::error(codes::OVER_BUDGET, format!("there are {names} protected names"));
        let hint = Hint::listing(
            "there may be at most {}: list those of the children whom this conference is about",
            [PROTECTED_NAMES.to_string()],
        );
        report.push(places.locate(error.at(format!("protected_names[{PROTECTED_NAMES}]")).hint(hint)));
        conference.protected_names.truncate(PROTECTED_NAMES);
    }
}

fn fingerprint(parts: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    hasher.finalize().to_hex().to_string()
}

fn overlay(vocabulary: &mut Vocabulary, own: &Vocabulary, mark: &str, places: &Places, report: &mut Report) {
    for (id, term) in own {
        if let Some(base) = vocabulary.get_mut(id) {
            let meaning = term.meaning.clone().or_else(|| base.meaning.clone());
            *base = Term { meaning, ..term.clone() };
        } else {
            let known = if report.is_short() { vocabulary.keys().cloned().collect() } else { Vec::new() };
            let warning =
                Diagnostic::warning(codes::UNKNOWN_FIELD, format!("no paper of the base uses the term `{id}`"))
                    .at(format!("{mark}terms.{id}"))
                    .suggest(id, known.iter().map(String::as_str));
            report.push(places.locate(warning));
            vocabulary.insert(id.clone(), term.clone());
        }
    }
}

/// Plain words for kinds of harm, by the kind in small letters: people write it both ways. A council may add any kind, so only
/// one that differs from one of ours by a letter or two is reported: it would change nothing.
fn harms(
    base: BTreeMap<String, String>,
    borough: &Borough,
    places: &Places,
    report: &mut Report,
) -> BTreeMap<String, String> {
    let own = borough.harms.clone();
    for harm in own.keys() {
        let near = closest(harm, base.keys().map(String::as_str));
        let slips = near.map_or(0, |near| strsim::damerau_levenshtein(&harm.to_lowercase(), &near.to_lowercase()));
        if (1..=2).contains(&slips) {
            let message = format!("no list of ours has a kind of harm called `{harm}`");
            let warning = Diagnostic::warning(codes::UNKNOWN_HARM, message).at(format!("{BOROUGH}harms.{harm}"));
            report.push(places.locate(warning.suggest(harm, base.keys().map(String::as_str))));
        }
    }
    base.into_iter().chain(own).map(|(harm, plain)| (harm.to_lowercase(), plain)).collect()
}

/// The file of the settings.
const SETTINGS: &str = "settings.yaml";

/// The same settings with timescales of ours that they lack, as a council's copy of an earlier version does.
fn with_later_timescales(mut settings: Settings, layers: &Layers) -> Settings {
    let is_a_copy = layers.get(SETTINGS).is_some_and(|(layer, _)| layer.name != BASE);
    let ours = layers.iter().find(|layer| layer.name == BASE).filter(|_| is_a_copy);
    let ours = ours.and_then(|layer| take::<Settings>(SETTINGS, layer.text(SETTINGS)?, &mut Report::default()).0);
    for (name, number) in ours.into_iter().flat_map(|ours| ours.timescales) {
        settings.timescales.entry(name).or_insert(number);
    }
    settings
}

fn known_timescales(base: &Settings, local: &LocalSettings, mark: &str, places: &Places, report: &mut Report) {
    for name in local.timescales.keys().filter(|name| !base.timescales.contains_key(*name)) {
        let error = Diagnostic::error(codes::UNKNOWN_TIMESCALE, format!("no paper uses a timescale called `{name}`"))
            .at(format!("{mark}settings.timescales.{name}"))
            .suggest(name, base.timescales.keys().map(String::as_str));
        report.push(places.locate(error));
    }
}

fn agenda(
    conference: &Conference,
    borough: &Borough,
    region: &Region,
    agendas: &Agendas,
    report: &mut Report,
) -> Result<Vec<AgendaPoint>, Report> {
    match &conference.agenda {
        Some(own) => Ok(own.clone()),
        None => usual_agenda(borough, region, conference.kind, agendas, report),
    }
}

/// The agenda of a council for a kind of conference, or that of the base.
fn usual_agenda(
    borough: &Borough,
    region: &Region,
    kind: Kind,
    agendas: &Agendas,
    report: &mut Report,
) -> Result<Vec<AgendaPoint>, Report> {
    if let Some(own) = [&borough.agenda, &region.agenda].into_iter().find_map(|agenda| agenda.get(&kind)) {
        return Ok(own.clone());
    }
    report.merge(agendas.faults.clone());
    let of = agendas.of.as_ref().ok_or_else(|| std::mem::take(report))?;
    Ok(of.get(&kind).cloned().unwrap_or_default())
}

/// A workbook has the decisions of the council by their titles.
fn options_by_title(conference: &mut Conference, settings: &Settings) {
    for decision in &mut conference.decisions {
        let is_known = settings.decision_options.iter().any(|option| option.id == decision.option);
        let titled = |title: &str| list::folded(title) == list::folded(&decision.option);
        if let Some(option) = settings.decision_options.iter().find(|option| !is_known && titled(&option.title)) {
            decision.option.clone_from(&option.id);
        }
    }
}

/// A step is noted by its id, or by its title as the timetable shows it.
fn steps_by_title(conference: &mut Conference, steps: &BTreeMap<String, Step>) {
    let id_of = |named: &String| {
        let titled = |step: &Step| list::folded(&step.title) == list::folded(named);
        let found = || steps.iter().find(|(_, step)| titled(step)).map(|(id, _)| id.clone());
        if steps.contains_key(named) { None } else { found() }
    };
    let done = std::mem::take(&mut conference.done);
    conference.done = done.into_iter().map(|(named, day)| (id_of(&named).unwrap_or(named), day)).collect();
}

/// A workbook always has its agenda filled in. If it is the council's usual one, it is not the conference's own.
fn unless_usual(conference: &mut Conference, places: &mut Places, usual: &[AgendaPoint]) {
    if conference.agenda.as_ref().is_some_and(|own| own == usual) {
        conference.agenda = None;
        places.conference.forget("agenda");
    }
}
