//! Everything that the papers of one conference are made from.
//!
//! In: what `assemble` put together. Out: [`Loaded`], as it was read.
//!
//! Deliberately absent: whether it makes sense; `check` says so.

use super::people::InviteeList;
use super::places::Places;
use crate::diag::Report;
use crate::layers::{Layers, OwnThemes};
use crate::model::borough::{Legal, Settings};
use crate::model::calendar::Calendar;
use crate::model::checker::Checker;
use crate::model::conference::AgendaPoint;
use crate::model::vocabulary::Vocabulary;
use crate::model::wording::Wording;
use crate::model::{Borough, Conference};

/// Everything that the papers of one conference are made from, as it was read and before it is checked.
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
    /// The wording to avoid, as the nearest layer lists it; what the council adds and accepts is in its own settings.
    pub(crate) wording: Wording,
    /// The law, as the nearest layer dates it.
    pub(crate) legal: Legal,
    /// The agenda: the conference's own, or the council's usual one, or the base's.
    pub(crate) agenda: Vec<AgendaPoint>,
    /// Those who may check papers: the council's, or the region's. `None` if neither names anybody.
    pub(crate) checkers: Option<Vec<Checker>>,
    /// Working days, from the nearest layer.
    pub(crate) calendar: Calendar,
    /// Templates and theme.
    pub(crate) layers: Layers,
    /// The logo's bytes, if the council has one.
    pub(crate) logo: Option<Vec<u8>>,
    /// The council's own font files.
    pub(crate) fonts: Vec<Vec<u8>>,
    /// The hash of what the papers are made from besides templates: the files, the logo and the
    /// fonts, BLAKE3 in hexadecimal.
    pub(crate) fingerprint: String,
    /// Where every field stands.
    pub(crate) places: Places,
    /// The lists whose rows are among the invitees.
    pub(crate) lists: Vec<InviteeList>,
    /// What was wrong with the files themselves.
    pub report: Report,
}

impl Loaded {
    /// The same, with theme code of the council's or region's own run in this way. Default: it is refused.
    #[must_use]
    pub fn with_own_themes(mut self, themes: OwnThemes) -> Self {
        self.layers = self.layers.with_own_themes(themes);
        self
    }
}
