//! The conference, the borough and the words they share, as plain typed nouns.
//!
//! In: only data that `input` read. Out: structs with public fields.
//!
//! Deliberately absent: reading and writing, templates, and `Serialize`. Structs with personal data
//! cannot be serialised, so a template sees only what a `view` copied out of them.

mod agenda;
pub mod artefact;
pub mod borough;
pub mod by;
pub mod calendar;
mod channel;
pub mod checker;
pub mod clearance;
pub mod conference;
pub mod edition;
mod fields;
mod given;
mod invitee;
pub mod language;
pub mod legal;
pub mod listed;
mod minutes;
pub mod numbers;
pub mod people;
pub mod plan;
pub mod postal;
pub mod reference;
pub mod stage;
pub mod step;
pub mod text;
pub mod vocabulary;
pub mod wording;

pub use borough::Borough;
pub use clearance::{Audience, Category, Clearance, Reads};
pub use conference::Conference;
pub use fields::field_names;
pub use text::{Prose, Shared};
