//! Everything that the papers of one conference are made from.
//!
//! In: the parts that `assemble` read. Out: [`Loaded`].
//!
//! Deliberately absent: whether it makes sense; `check` says so.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::people::InviteeList;
use super::places::Places;
use crate::diag::Report;
use crate::layers::{Layers, OwnThemes};
use crate::model::borough::Settings;
use crate::model::by::Side;
use crate::model::calendar::Calendar;
use crate::model::checker::Checker;
use crate::model::conference::AgendaPoint;
use crate::model::language::{Tongues, Translations};
use crate::model::legal::Legal;
use crate::model::step::Step;
use crate::model::vocabulary::Vocabulary;
use crate::model::wording::Wording;
use crate::model::{Borough, Conference};

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
    /// The steps of the timetable by id, with the council's own, each with a rule that can be counted.
    pub(crate) steps: BTreeMap<String, Step>,
    /// The council's words on top of the base's.
    pub(crate) vocabulary: Vocabulary,
    /// How other languages write dates, numbers and lists, and their terms.
    pub(crate) tongues: Arc<Tongues>,
    /// The kinds of paper that there are in other languages.
    pub(crate) translations: Translations,
    /// The wording to avoid, as the nearest layer lists it. Phrases that the council adds or accepts are in its
    /// settings.
    pub(crate) wording: Wording,
    /// The law, as the nearest layer dates it.
    pub(crate) legal: Legal,
    /// Plain words for kinds of harm, by the kind in small letters: the council's on top of the base's.
    pub(crate) harms: BTreeMap<String, String>,
    /// The side of the meeting and the day on which a kind of paper is due, if that is to be its date.
    pub(crate) due: BTreeMap<String, (Side, NaiveDate)>,
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
