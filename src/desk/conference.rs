//! A conference as a page sees it: its file, its data, its record.
//!
//! In: the key in an address. Out: [`Opened`], read from the disk for this page and for no other.
//!
//! A key is a digest of the file's path with a secret of the desk in it: an address says nothing, and means the same file as
//! long as the desk runs, whatever else comes into the folder.
//!
//! Deliberately absent: what a page makes of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::held::Desk;
use crate::amend::{Written, standing};
use crate::check::{self, Checked};
use crate::diag::{Diagnostic, Report, codes};
use crate::input;
use crate::jobs;
use crate::model::people::Organisation;
use crate::records::{self, Listing};
use crate::stages::Happened;
use crate::status::CarriedOn;

/// The name of the folder with the papers, beside the file.
const OUT: &str = "out";

/// A conference file in the folder of the desk.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its key in addresses.
    pub key: String,
    /// Its path.
    pub file: PathBuf,
}

impl Desk {
    /// Every conference file in the folder, in the order of their names.
    ///
    /// # Errors
    /// If there is none, or a folder cannot be read.
    pub(super) fn conferences(&self) -> Result<Vec<Found>, Report> {
        // The folder may be the conference file itself.
        if self.folder.is_file() {
            return Ok(vec![self.found(self.folder.clone())]);
        }
        let (files, _) = input::conferences_in(&self.folder)?;
        Ok(files.into_iter().map(|file| self.found(file)).collect())
    }

    /// The reference of another conference in the folder that has taken on the plan of this one. Before the meeting was held,
    /// none has.
    pub(super) fn carried_on_by(&self, opened: &Opened) -> Option<String> {
        if !opened.checked.has_met() {
            return None;
        }
        let others = self.conferences().ok()?.into_iter().filter(|found| found.file != opened.file);
        let mut next = CarriedOn::default();
        // What is wrong with another one is no matter of this page.
        for other in others.filter_map(|found| input::load(&found.file).ok()) {
            next.note(&other.borough.id, &other.conference);
        }
        next.of(&opened.checked.borough.id, &opened.checked.conference.reference).map(str::to_owned)
    }

    /// A file or a folder with its key in addresses.
    pub(super) fn found(&self, file: PathBuf) -> Found {
        let key =
            blake3::derive_key("convenor 2026-11 keys of conferences at the desk", self.keys.session.text().as_bytes());
        let digest = blake3::keyed_hash(&key, file.as_os_str().as_encoded_bytes());
        Found { key: digest.to_hex()[..12].to_owned(), file }
    }

    /// The conference of a key.
    pub(super) fn conference(&self, key: &str) -> Option<Found> {
        self.conferences().ok()?.into_iter().find(|found| found.key == key)
    }
}

/// A conference, read and checked.
pub struct Opened {
    /// Its key in addresses.
    pub key: String,
    /// Its file.
    pub file: PathBuf,
    /// The folder that its papers' folder lies in.
    pub out: PathBuf,
    /// The folder of its papers.
    pub folder: PathBuf,
    /// Its data, with numbers and withdrawals as the record has them.
    pub checked: Checked,
    /// What the record says was released and sent.
    pub happened: Happened,
}

/// A conference that cannot be shown.
pub struct Unsound {
    /// Its key in addresses.
    pub key: String,
    /// Its file.
    pub file: PathBuf,
    /// Its reference, if the file could be read.
    pub reference: Option<String>,
    /// What is wrong.
    pub report: Report,
}

/// The folder in which papers are looked for.
pub fn out_of(file: &Path) -> PathBuf {
    file.with_file_name(OUT)
}

impl Found {
    /// Reads and checks it.
    ///
    /// # Errors
    /// Every problem of its files, or of its record.
    pub fn open(self, desk: &Desk) -> Result<Opened, Box<Unsound>> {
        let Self { key, file } = self;
        let unsound = |reference: Option<String>, report: Report| {
            Box::new(Unsound { key: key.clone(), file: file.clone(), reference, report })
        };
        let loaded = input::load(&file).map_err(|report| unsound(None, report))?;
        let loaded = loaded.with_own_themes(desk.own_themes.clone());
        let checked = check::check_or_faulty(loaded)
            .map_err(|faulty| unsound(Some(faulty.reference().to_owned()), faulty.report().clone()))?;
        let reference = checked.conference.reference.clone();
        let out = out_of(&file);
        let folder = out.join(&reference);
        let standing = records::standing(checked, &folder);
        let (checked, happened) = standing.map_err(|report| unsound(Some(reference), report))?;
        Ok(Opened { key, file, out, folder, checked, happened })
    }
}

/// The titles of the kinds of paper, by their names.
pub struct Titles(BTreeMap<String, String>);

impl Titles {
    /// The title of a kind of paper; its name, if the templates have none of that name any more.
    pub fn of<'t>(&'t self, kind: &'t str) -> &'t str {
        self.0.get(kind).map_or(kind, String::as_str)
    }
}

impl Opened {
    /// The files of its record.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn listing(&self) -> Result<Listing, Report> {
        records::listing(&self.folder)
    }

    /// The postal address of an organisation, which its people have who have none of their own.
    pub fn address_of(&self, organisation: &str) -> Vec<String> {
        match standing(&self.file, &["organisations", organisation, "address"]) {
            Some(Written::List(lines)) => {
                let lines =
                    lines.into_iter().map(|line| if let Written::Text(line) = line { line } else { String::new() });
                lines.collect()
            }
            Some(Written::Text(line)) => vec![line],
            Some(Written::Fields(_)) | None => Vec::new(),
        }
    }

    /// Where a field stands, in words: the file and the line, or the cell.
    pub fn place_of(&self, path: &str) -> String {
        let place = self.checked.places.locate(Diagnostic::warning(codes::TO_FILL_IN, "").at(path)).place;
        let line = self.checked.warnings().line(&place).map(|line| format!(", line {line}"));
        let cell = place.cell.as_ref().map(|cell| format!(", {}", cell.shown));
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        format!("{name}{}", cell.or(line).unwrap_or_default())
    }

    /// The organisation whose address the one at a position among the invitees has, since they have none of their own.
    pub fn lends_address(&self, position: usize) -> Option<(&str, &Organisation)> {
        let invitee = self.checked.conference.invitees.get(position).filter(|one| !one.address.is_empty())?;
        let organisation = self.checked.organisation_of(invitee)?;
        let places = &self.checked.places.conference;
        let path = format!("invitees[{position}]");
        let within = places.place(&path).span.zip(places.place(&format!("{path}.address")).span);
        within.is_some_and(|(own, address)| !own.contains(&address.start)).then_some(organisation)
    }

    /// The titles of the kinds of paper.
    ///
    /// # Errors
    /// Faults of the templates.
    pub fn titles(&self) -> Result<Titles, Report> {
        jobs::titles(&self.checked).map(Titles)
    }

    /// The position among the invitees of whoever has a number.
    pub fn position(&self, number: u32) -> Option<usize> {
        self.checked.numbers().invitees.iter().position(|own| *own == number)
    }

    /// The name of a reader: `i3`, `o2`, `c1`, `chair`, `anybody`.
    pub fn reader(&self, token: &str) -> String {
        let number = || token.get(1..).and_then(|number| number.parse::<u32>().ok());
        match (token, token.get(..1)) {
            ("chair", _) => format!("{}, in the chair", self.checked.chair()),
            ("anybody", _) => "Anyone".to_owned(),
            (_, Some("i")) => self.name_of(number()),
            (_, Some("o")) => {
                let all = &self.checked.numbers().organisations;
                let id = all.iter().find(|(_, own)| Some(**own) == number()).map(|(id, _)| id);
                let organisation = id.and_then(|id| self.checked.conference.organisations.get(id));
                organisation.map_or_else(|| format!("Organisation {token}"), |one| one.name.clone())
            }
            _ => "The worker of a child".to_owned(),
        }
    }

    fn name_of(&self, number: Option<u32>) -> String {
        let invitee = number.and_then(|number| self.position(number));
        let invitee = invitee.and_then(|position| self.checked.conference.invitees.get(position));
        match invitee {
            Some(invitee) => self.checked.person(invitee).name.clone(),
            None => format!("Number {}, no longer in the list", number.unwrap_or_default()),
        }
    }

    /// Its readers in a few words.
    pub fn readers(&self, to: &[String]) -> String {
        match to {
            [] => String::new(),
            [one] => self.reader(one),
            [one, other] => format!("{} and {}", self.reader(one), self.reader(other)),
            many => format!("{} people", many.len()),
        }
    }
}
