//! The built-in example as a conference of another council, in every state that changes the words of its papers, to try
//! a council's templates with.
//!
//! In: the folder of a council. Out: one [`Loaded`] for each [`Case`].
//!
//! Deliberately absent: anything that real people typed.

use std::path::Path;

use super::assemble::{Sources, assembled};
use super::beside::Beside;
use super::council::find;
use super::example::example_text;
use super::loaded::Loaded;
use super::text::{name_of, text_of};
use super::typed::Typed;
use crate::diag::Report;
use crate::layers::Layers;
use crate::model::conference::{ContextKind, Form, Kind, MinutesStatus};
use crate::model::people::QuorumPart;
use crate::model::{Borough, Category, Clearance, Conference};

/// A state of the specimen conference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// A first conference that has met.
    Held,
    /// The same conference before it met.
    Upcoming,
    /// A review whose minutes are approved, led by a coordinator of family group conferences.
    Review,
    /// The last conference, about a school.
    Closing,
    /// A conference about a peer group, for professionals only.
    PeerGroup,
}

impl Case {
    /// Every state, the one that shows the most first.
    pub const ALL: [Case; 5] = [Case::Held, Case::Upcoming, Case::Review, Case::Closing, Case::PeerGroup];
}

/// The name that messages give the specimen conference.
pub const FILE: &str = "the specimen conference";

/// The source of the specimen's particulars. The templates are always the council's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Particulars {
    /// The council's, from its `borough.yaml`.
    Own,
    /// The built-in example's, so that templates can be tried while `borough.yaml` has a fault.
    Example,
}

/// The specimen conference of the council in `folder`, on top of `base`, in every state.
///
/// # Errors
/// If there is no council, or its files contain too little to continue.
pub fn specimen(folder: &Path, base: &Layers, particulars: Particulars) -> Result<Vec<(Case, Loaded)>, Report> {
    let borough = find(folder)?;
    let folder = borough.parent().unwrap_or(Path::new("."));
    let text = match particulars {
        Particulars::Own => text_of(&borough)?,
        Particulars::Example => in_place_of(&text_of(&borough)?, folder),
    };
    let sources = Sources {
        conference: (FILE.to_owned(), Typed::Text(example_text("conference.yaml"))),
        borough: (name_of(&borough), text),
        beside: Beside::Folder(folder),
        people: None,
        base: base.clone(),
    };
    let read = assembled(sources)?;
    let one = |case: Case| {
        let mut loaded = read.shaped(|conference, borough| shape(case, conference, borough))?;
        fit(&mut loaded);
        Ok((case, loaded))
    };
    Case::ALL.into_iter().map(one).collect()
}

/// The example's particulars, with the council's id and region.
fn in_place_of(faulty: &str, folder: &Path) -> String {
    let value = |key: &str| faulty.lines().find_map(|line| line.strip_prefix(key)).map(|v| v.trim().to_owned());
    let plain = |id: &String| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned());
    let id = value("id:").filter(plain).or(name.filter(plain)).unwrap_or_else(|| "council".to_owned());
    let region = value("region:").filter(plain).map(|r| format!("\nregion: {r}")).unwrap_or_default();
    let logo = "logo: { file: logo.svg, alt: London Borough of Marshgate }\n";
    example_text("borough.yaml").replace("id: marshgate\n", &format!("id: {id}{region}\n")).replace(logo, "")
}

/// Makes the example a conference of this council, in this state.
fn shape(case: Case, conference: &mut Conference, borough: &Borough) {
    // The council takes part in its own conference.
    for organisation in conference.organisations.values_mut().filter(|o| o.quorum == QuorumPart::SocialCare) {
        organisation.name.clone_from(&borough.name);
    }
    // The points that invitees come for refer to the example's agenda, which belongs to its own state.
    if case != Case::Held || !borough.agenda.is_empty() {
        conference.invitees.iter_mut().for_each(|invitee| invitee.items = None);
    }
    match case {
        Case::Held => {}
        Case::Upcoming => not_met_yet(conference),
        Case::Review => {
            conference.kind = Kind::Review;
            conference.form = Form::CommunityGroup;
            conference.minutes.status = MinutesStatus::Approved;
            conference.minutes.approved = Some(conference.meeting.date);
        }
        Case::Closing => {
            conference.kind = Kind::Closing;
            conference.context.kind = ContextKind::School;
            conference.review = None;
        }
        Case::PeerGroup => {
            conference.context.kind = ContextKind::PeerGroup;
            let organisations = &conference.organisations;
            conference.invitees.retain(|invitee| {
                let organisation = invitee.organisation.as_ref().and_then(|id| organisations.get(id));
                let category = invitee.category.or(organisation.map(|o| o.category));
                category.is_some_and(|c| matches!(c, Category::Statutory | Category::Professional | Category::School))
            });
            not_met_yet(conference);
        }
    }
}

fn not_met_yet(conference: &mut Conference) {
    conference.items.clear();
    conference.decisions.clear();
    conference.goals.clear();
    conference.contingency = None;
    for invitee in &mut conference.invitees {
        (invitee.attended, invitee.arrived, invitee.left) = (None, None, None);
    }
}

/// Removes whatever of the example this council's settings do not know: points of another agenda, other decisions.
fn fit(loaded: &mut Loaded) {
    let points = &loaded.agenda;
    let point = |number: u32| (number as usize).checked_sub(1).and_then(|i| points.get(i));
    let conference = &mut loaded.conference;
    conference.items.retain(|item| point(item.agenda).is_some());
    for invitee in &mut conference.invitees {
        let items = invitee.items.take().unwrap_or_default();
        let theirs: Vec<u32> =
            items.into_iter().filter(|n| point(*n).is_some_and(|p| p.share <= Clearance::Community)).collect();
        invitee.items = Some(theirs).filter(|items| !items.is_empty());
    }
    let options = &loaded.settings.decision_options;
    for decision in &mut conference.decisions {
        decision.agenda = decision.agenda.filter(|number| point(*number).is_some());
        if let Some(first) = options.first().filter(|_| !options.iter().any(|o| o.id == decision.option)) {
            decision.option.clone_from(&first.id);
        }
    }
    if loaded.settings.quorum.agencies > 3 {
        let others = conference.organisations.values_mut().filter(|o| o.quorum != QuorumPart::SocialCare);
        others.for_each(|o| o.quorum = QuorumPart::Agency);
    }
}
