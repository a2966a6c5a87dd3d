//! Every field of free text, with its effective clearance.
//!
//! The clearance is the narrowest of the field's own and those of everything around it: an action in a goal for
//! professionals is for professionals, whatever its own mark.
//!
//! Deliberately absent: names, addresses, emails, telephone numbers, ids, links, the venue, roles, protected names,
//! references of children's records and reasons for a mark. None of them is free text, or none reaches a paper.

use unicode_normalization::UnicodeNormalization;

use super::access;
use super::allow::allowed;
use crate::fold::is_invisible;
use crate::input::{BOROUGH, Loaded};
use crate::markdown;
use crate::model::{Audience, Clearance, Prose, Shared};

/// A text and its clearance.
#[derive(Debug)]
pub struct FreeText<'a> {
    /// Its field path.
    pub path: String,
    /// The text as typed.
    pub text: &'a str,
    /// The narrowest mark on it and around it.
    pub clearance: Clearance,
    /// Whether it is Markdown.
    pub is_prose: bool,
}

impl FreeText<'_> {
    /// The text as a reader may see it: as it was typed and, if that differs, as Markdown shows it. Both are folded.
    pub fn readings(&self) -> Vec<String> {
        let shown = self.is_prose.then(|| folded(&markdown::plain_text(self.text)));
        std::iter::once(folded(self.text)).chain(shown).collect()
    }
}

/// Normalises a text: no invisible characters, plain hyphens and apostrophes, single spaces.
pub fn folded(text: &str) -> String {
    let plain = text.nfkc().filter(|c| !is_invisible(*c)).map(|c| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '‘' | '’' | 'ʼ' => '\'',
        c => c,
    });
    plain.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every free text of the conference that no allowance exempts, in the order of the model.
pub fn of_conference(loaded: &Loaded) -> Vec<FreeText<'_>> {
    let mut walk = Walk { loaded, found: Vec::new() };
    walk.context();
    walk.reasons();
    walk.assessment();
    walk.invitees();
    walk.discussion();
    walk.decisions();
    walk.goals();
    walk.shared("contingency", loaded.conference.contingency.as_ref(), Clearance::Public);
    walk.children();
    walk.found.retain(|t| allowed(loaded, &t.path).is_none());
    walk.found
}

/// The council's own words. It may publish them as it likes, so anybody may read them.
pub fn of_council(loaded: &Loaded) -> Vec<FreeText<'_>> {
    let mut walk = Walk { loaded, found: Vec::new() };
    let b = &loaded.borough;
    walk.own("concern.text", b.concern.text.as_deref());
    walk.own("settings.retention", b.settings.retention.as_deref());
    walk.own("settings.escalation", b.settings.escalation.as_ref().map(|e| e.0.as_str()));
    for (id, term) in &b.terms {
        walk.own(&format!("terms.{id}.singular"), Some(&term.singular));
        walk.own(&format!("terms.{id}.meaning"), term.meaning.as_deref());
    }
    for (i, option) in b.settings.decision_options.iter().flatten().enumerate() {
        walk.own(&format!("settings.decision_options[{i}].title"), Some(&option.title));
        walk.own(&format!("settings.decision_options[{i}].meaning"), Some(&option.meaning));
    }
    for (kind, points) in &b.agenda {
        for (i, point) in points.iter().enumerate() {
            walk.own(&format!("agenda.{}[{i}].title", kind.id()), Some(&point.title));
        }
    }
    walk.found
}

/// A text that may be shared, however it is typed.
trait Text {
    const IS_PROSE: bool;
    fn text(&self) -> &str;
}

impl Text for String {
    const IS_PROSE: bool = false;
    fn text(&self) -> &str {
        self
    }
}

impl Text for Prose {
    const IS_PROSE: bool = true;
    fn text(&self) -> &str {
        &self.0
    }
}

struct Walk<'a> {
    loaded: &'a Loaded,
    found: Vec<FreeText<'a>>,
}

impl<'a> Walk<'a> {
    fn context(&mut self) {
        let c = &self.loaded.conference.context;
        self.add("context.label", Some(&c.label), Clearance::Public);
        self.add("context.internal_label", c.internal_label.as_ref(), Clearance::Professional);
        self.part("context.area", c.area.as_ref(), Clearance::Public);
        self.shared("context.boundary", c.boundary.as_ref(), Clearance::Public);
        self.shared("context.summary", c.summary.as_ref(), Clearance::Public);
        for (i, harm) in c.harms.iter().enumerate() {
            self.part(&format!("context.harms[{i}]"), Some(harm), Clearance::Community);
        }
    }

    /// The reasons why papers were remade. Some of these papers are public.
    fn reasons(&mut self) {
        for (kind, own) in &self.loaded.conference.papers {
            self.add(&format!("papers.{kind}.because"), own.because.as_ref(), Clearance::Public);
        }
    }

    fn assessment(&mut self) {
        let a = &self.loaded.conference.assessment;
        for (name, prose) in [
            ("young_people_and_needs", &a.young_people_and_needs),
            ("guardianship", &a.guardianship),
            ("environment", &a.environment),
            ("weighting", &a.weighting),
        ] {
            self.shared(&format!("assessment.{name}"), prose.as_ref(), Clearance::Public);
        }
        for (name, list) in [("strengths", &a.strengths), ("concerns", &a.concerns), ("gaps", &a.gaps)] {
            for (i, text) in list.iter().enumerate() {
                self.shared(&format!("assessment.{name}[{i}]"), Some(text), Clearance::Public);
            }
        }
        for (i, voice) in a.voices.iter().enumerate() {
            self.add(&format!("assessment.voices[{i}].from"), Some(&voice.from), voice.share);
            self.add(&format!("assessment.voices[{i}].text"), Some(&voice.text), voice.share);
        }
    }

    fn invitees(&mut self) {
        for (i, invitee) in self.loaded.conference.invitees.iter().enumerate() {
            // Their own letter is for their own audience. If that is not known, the widest is the safe guess.
            let own = access::audience(self.loaded, invitee).map_or(Clearance::Community, Audience::clearance);
            self.part(&format!("invitees[{i}].bring"), invitee.bring.as_ref(), own);
            self.part(&format!("invitees[{i}].note"), invitee.note.as_ref(), own);
            // It is kept in the record, which must not identify anybody.
            let because = invitee.withdrawn.as_ref().and_then(|withdrawn| withdrawn.because.as_ref());
            self.add(&format!("invitees[{i}].withdrawn.because"), because, Clearance::Professional);
            // It is about the invitee and anybody who comes with them, and is in nobody else's letter.
            self.part(&format!("invitees[{i}].access"), invitee.access.as_ref(), Clearance::Professional);
        }
    }

    fn discussion(&mut self) {
        let c = &self.loaded.conference;
        for (i, point) in c.agenda.iter().flatten().enumerate() {
            self.add(&format!("agenda[{i}].title"), Some(&point.title), point.share);
        }
        for (i, file) in c.files.iter().enumerate() {
            self.add(&format!("files[{i}].title"), Some(&file.title), file.share);
        }
        for (i, item) in c.items.iter().enumerate() {
            let point = (item.agenda as usize).checked_sub(1).and_then(|n| self.loaded.agenda.get(n));
            let around = point.map_or(Clearance::Public, |p| p.share);
            self.add(&format!("items[{i}].text"), Some(&item.text), item.share.max(around));
        }
    }

    fn decisions(&mut self) {
        for (i, decision) in self.loaded.conference.decisions.iter().enumerate() {
            self.add(&format!("decisions[{i}].text"), Some(&decision.text), decision.share);
            self.shared(&format!("decisions[{i}].rationale"), Some(&decision.rationale), decision.share);
            for (n, dissent) in decision.dissent.iter().enumerate() {
                let share = dissent.share.max(decision.share);
                self.add(&format!("decisions[{i}].dissent[{n}].text"), Some(&dissent.text), share);
            }
        }
    }

    fn goals(&mut self) {
        for (i, goal) in self.loaded.conference.goals.iter().enumerate() {
            let path = format!("goals[{i}]");
            self.add(&format!("{path}.goal"), Some(&goal.goal), goal.share);
            self.shared(&format!("{path}.baseline"), goal.baseline.as_ref(), goal.share);
            self.part(&format!("{path}.measure"), goal.measure.as_ref(), goal.share);
            for (n, action) in goal.actions.iter().enumerate() {
                let (path, share) = (format!("{path}.actions[{n}]"), action.share.max(goal.share));
                self.add(&format!("{path}.text"), Some(&action.text), share);
                self.shared(&format!("{path}.evidence"), action.evidence.as_ref(), share);
            }
        }
    }

    fn children(&mut self) {
        for (i, link) in self.loaded.conference.child_links.iter().enumerate() {
            self.add(&format!("child_links[{i}].relevance"), Some(&link.relevance), Clearance::Restricted);
            self.add(&format!("child_links[{i}].feedback"), Some(&link.feedback), Clearance::Restricted);
        }
    }

    fn add<T: Text>(&mut self, path: &str, text: Option<&'a T>, clearance: Clearance) {
        let Some(text) = text else { return };
        self.found.push(FreeText { path: path.to_owned(), text: text.text(), clearance, is_prose: T::IS_PROSE });
    }

    /// Adds a text that is professional unless it is marked.
    fn shared<T: Text>(&mut self, path: &str, shared: Option<&'a Shared<T>>, around: Clearance) {
        let Some(shared) = shared else { return };
        self.marked(path, shared, shared.share().max(around));
    }

    /// Adds a text that has the clearance of its surroundings unless it is marked.
    fn part<T: Text>(&mut self, path: &str, shared: Option<&'a Shared<T>>, around: Clearance) {
        let Some(shared) = shared else { return };
        self.marked(path, shared, shared.mark.unwrap_or(around));
    }

    fn marked<T: Text>(&mut self, path: &str, shared: &'a Shared<T>, clearance: Clearance) {
        // If it is typed as a map, the text is one level deeper.
        let inside = format!("{path}.text");
        let path = if self.loaded.places.conference.has(&inside) { &inside } else { path };
        self.add(path, Some(&shared.text), clearance);
    }

    fn own(&mut self, path: &str, text: Option<&'a str>) {
        let Some(text) = text else { return };
        let path = format!("{BOROUGH}{path}");
        self.found.push(FreeText { path, text, clearance: Clearance::Public, is_prose: true });
    }
}
