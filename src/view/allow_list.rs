//! Proof, type by type and by the compiler, that no view can embed what people typed.
//!
//! `tests/suite/tidy.rs` ensures that every struct of `model` is in this list.

use serde::Serialize;
use static_assertions::assert_not_impl_any;

use crate::check::Checked;
use crate::input::Loaded;
use crate::model::{
    artefact, borough, by, calendar, checker, conference, edition, language, legal, listed, numbers, people, plan,
    postal, reference, step, text, vocabulary, wording,
};

assert_not_impl_any!(Checked: Serialize);
assert_not_impl_any!(Loaded: Serialize);

assert_not_impl_any!(postal::PostalAddress: Serialize);
assert_not_impl_any!(conference::Conference: Serialize);
assert_not_impl_any!(conference::Context: Serialize);
assert_not_impl_any!(conference::Period: Serialize);
assert_not_impl_any!(conference::Assessment: Serialize);
assert_not_impl_any!(conference::Voice: Serialize);
assert_not_impl_any!(conference::Meeting: Serialize);
assert_not_impl_any!(conference::Venue: Serialize);
assert_not_impl_any!(conference::AgendaPoint: Serialize);
assert_not_impl_any!(conference::Item: Serialize);
assert_not_impl_any!(conference::TabledFile: Serialize);
assert_not_impl_any!(conference::Allowance: Serialize);
assert_not_impl_any!(conference::Minutes: Serialize);
assert_not_impl_any!(conference::ChildLink: Serialize);
assert_not_impl_any!(conference::Worker: Serialize);
assert_not_impl_any!(conference::Review: Serialize);
assert_not_impl_any!(conference::Previous: Serialize);
assert_not_impl_any!(conference::MeetingChange: Serialize);
assert_not_impl_any!(conference::MeetingBefore: Serialize);
assert_not_impl_any!(conference::Cancellation: Serialize);
assert_not_impl_any!(conference::Correction: Serialize);
assert_not_impl_any!(conference::Disclosure: Serialize);

assert_not_impl_any!(edition::OwnEdition: Serialize);
assert_not_impl_any!(edition::Edition: Serialize);

assert_not_impl_any!(listed::Listed: Serialize);
assert_not_impl_any!(numbers::Identity: Serialize);
assert_not_impl_any!(numbers::Numbers: Serialize);
assert_not_impl_any!(people::Person: Serialize);
assert_not_impl_any!(people::Organisation: Serialize);
assert_not_impl_any!(people::Agreement: Serialize);
assert_not_impl_any!(people::AgencyReport: Serialize);
assert_not_impl_any!(people::Invitee: Serialize);
assert_not_impl_any!(people::InviteeEntry: Serialize);
assert_not_impl_any!(people::PeopleList: Serialize);
assert_not_impl_any!(people::Withdrawal: Serialize);
assert_not_impl_any!(people::Exclusion: Serialize);
assert_not_impl_any!(people::Undertaking: Serialize);
assert_not_impl_any!(reference::PersonRef: Serialize);

assert_not_impl_any!(step::Step: Serialize);
assert_not_impl_any!(step::DueByStep<'static>: Serialize);
assert_not_impl_any!(step::LocalStep: Serialize);
assert_not_impl_any!(step::Rule: Serialize);

assert_not_impl_any!(plan::Decision: Serialize);
assert_not_impl_any!(plan::Dissent: Serialize);
assert_not_impl_any!(plan::Goal: Serialize);
assert_not_impl_any!(plan::Action: Serialize);
assert_not_impl_any!(plan::ActionNews: Serialize);
assert_not_impl_any!(plan::GoalReading: Serialize);

assert_not_impl_any!(text::Prose: Serialize);
assert_not_impl_any!(text::Shared: Serialize);
assert_not_impl_any!(text::Shared<text::Prose>: Serialize);

assert_not_impl_any!(borough::Borough: Serialize);
assert_not_impl_any!(borough::LocalLetters: Serialize);
assert_not_impl_any!(borough::Letters: Serialize);
assert_not_impl_any!(borough::Region: Serialize);
assert_not_impl_any!(borough::Concern: Serialize);
assert_not_impl_any!(borough::DataProtection: Serialize);
assert_not_impl_any!(borough::Logo: Serialize);
assert_not_impl_any!(borough::Brand: Serialize);
assert_not_impl_any!(borough::Signatory: Serialize);
assert_not_impl_any!(borough::LocalSettings: Serialize);
assert_not_impl_any!(borough::Settings: Serialize);
assert_not_impl_any!(borough::Quorum: Serialize);
assert_not_impl_any!(borough::DecisionOption: Serialize);
assert_not_impl_any!(borough::Membership: Serialize);
assert_not_impl_any!(borough::Approval: Serialize);
assert_not_impl_any!(checker::Checker: Serialize);
assert_not_impl_any!(language::LocalLanguages: Serialize);
assert_not_impl_any!(language::ReadBySpeaker: Serialize);
assert_not_impl_any!(language::Tongue: Serialize);
assert_not_impl_any!(language::Rendition: Serialize);
assert_not_impl_any!(language::TranslationFront: Serialize);
assert_not_impl_any!(language::Clock: Serialize);
assert_not_impl_any!(language::Joint: Serialize);
assert_not_impl_any!(legal::Legal: Serialize);
assert_not_impl_any!(legal::LawfulBasis: Serialize);
assert_not_impl_any!(legal::LocalLegal: Serialize);
assert_not_impl_any!(legal::Confirmation: Serialize);
assert_not_impl_any!(artefact::Artefact: Serialize);
assert_not_impl_any!(by::By: Serialize);
assert_not_impl_any!(calendar::Calendar: Serialize);
assert_not_impl_any!(vocabulary::Term: Serialize);
assert_not_impl_any!(wording::Wording: Serialize);
assert_not_impl_any!(wording::Phrase: Serialize);
assert_not_impl_any!(wording::LocalWording: Serialize);
