//! The words of a workbook and the model's, both ways.
//!
//! In: what somebody chose from a list or typed. Out: the model's word, or nothing; and back.
//!
//! Deliberately absent: a default. A word that is not known is reported by whoever asked, and never replaced.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a list, the model's word for it, and what it means.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    /// What stands in the cell.
    pub shown: &'static str,
    /// What stands in the model.
    pub model: &'static str,
    /// What it means, for the sheet of words.
    pub means: &'static str,
}

/// The words of one list.
#[derive(Debug)]
pub struct Words {
    /// The heading that they belong to.
    pub heading: &'static str,
    /// All of them, in the order of the list.
    pub all: &'static [Term],
}

impl Words {
    /// The model's word for what somebody typed: ours or the model's own, whatever its case, accents and spaces.
    pub fn model(&self, typed: &str) -> Option<&'static str> {
        let typed = folded(typed);
        let is_it = |term: &&Term| folded(term.shown) == typed || folded(term.model) == typed;
        self.all.iter().find(is_it).map(|term| term.model)
    }

    /// The word that is shown for one of the model's.
    pub fn shown(&self, model: &str) -> Option<&'static str> {
        self.all.iter().find(|term| term.model == model).map(|term| term.shown)
    }
}

/// A text for looking it up: small letters and digits, without accents, punctuation and spaces.
pub fn folded(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
    plain.flat_map(char::to_lowercase).collect()
}

const fn term(shown: &'static str, model: &'static str, means: &'static str) -> Term {
    Term { shown, model, means }
}

/// Who may read something.
pub static SHARE: Words = Words {
    heading: "Who may read it",
    all: &[
        term("Everyone", "public", "Anybody at all, also people who do not take part."),
        term(
            "Community",
            "community",
            "Community members who take part: shopkeepers, residents, guardians, youth representatives. And professionals.",
        ),
        term("Professionals", "professional", "Professionals who take part. An empty cell mostly means this."),
        term("Restricted", "restricted", "The confidential annex for the chair, and nothing else."),
    ],
};

/// Kinds of conference.
pub static KIND: Words = Words {
    heading: "Kind of conference",
    all: &[
        term("First conference", "initial", "The first one, after the assessment."),
        term("Review", "review", "A later one, which looks at how the plan is going."),
        term("Closing", "closing", "The last one."),
    ],
};

/// Who runs it.
pub static FORM: Words = Words {
    heading: "Run by",
    all: &[
        term("Children’s social care", "social-care-chaired", "Chaired by children’s social care."),
        term("Community group", "community-group", "Led by a family group conference coordinator."),
    ],
};

/// Kinds of context.
pub static CONTEXT: Words = Words {
    heading: "Kind of context",
    all: &[
        term("Place", "place", "A street, park, estate or other location."),
        term("School", "school", "A school or college."),
        term("Peer group", "peer-group", "A group of young people. No community papers are made for it."),
        term("Business", "business", "A shop or other business."),
        term("Transport", "transport", "A station, stop, line or vehicle."),
        term("Online", "online", "An online space."),
        term("Other", "other", "Anything else."),
    ],
};

/// Whether the minutes are approved.
pub static MINUTES: Words = Words {
    heading: "Minutes are",
    all: &[term("Draft", "draft", "Every page says so."), term("Approved", "approved", "The chair has agreed them.")],
};

/// What an organisation or a person is to the conference.
pub static CATEGORY: Words = Words {
    heading: "Type",
    all: &[
        term(
            "Statutory",
            "statutory",
            "A safeguarding partner or other body with statutory duties: council services, police, health.",
        ),
        term(
            "Professional",
            "professional",
            "Works with young people or places as its profession: housing, youth service, transport authority.",
        ),
        term("School", "school", "A school, college or other place of learning."),
        term(
            "Voluntary",
            "voluntary",
            "A voluntary or faith organisation. It reads professional papers only with a signed agreement in force.",
        ),
        term("Business", "business", "A shop, a landlord, a station or bus company, or any other business."),
        term("Residents", "residents", "A residents’ or tenants’ association."),
        term("Guardian", "guardian", "A trusted local adult who looks out for young people."),
        term(
            "Youth representative",
            "youth-representative",
            "Speaks for young people. Their name stays out of minutes.",
        ),
        term("Other", "other", "Anybody else. They read professional papers only with a signed agreement in force."),
    ],
};

/// What an organisation may belong to.
pub static PART_OF: Words = Words {
    heading: "Part of",
    all: &[term("The council", "council", "A department or a service of the council. No agreement is made with it.")],
};

/// The part of an organisation in the quorum.
pub static QUORUM: Words = Words {
    heading: "Counts for quorum as",
    all: &[
        term("Children’s social care", "social-care", "Without it there is no quorum."),
        term("Other agency", "agency", "It counts as one of the other agencies."),
        term("Not counted", "none", "It does not count. An empty cell means this."),
    ],
};

/// What became of a report.
pub static REPORT: Words = Words {
    heading: "Their report was",
    all: &[
        term("Not recorded", "not-recorded", "Nothing is recorded of it. An empty cell means this."),
        term("Shared before", "shared", "Professionals had it before the meeting."),
        term("Read out", "read-out", "It was read out, in full or in part."),
        term("Read by the chair only", "chair-only", "The chair alone read it."),
    ],
};

/// Whether somebody was invited.
pub static INVITED: Words = Words {
    heading: "Invite",
    all: &[
        term("Yes", "yes", "They get an invitation. An empty cell means this."),
        term("No", "no", "They run the meeting or wrote the assessment, and get no letter."),
        term("Came uninvited", "uninvited", "A guest. They are in the minutes, and get no invitation."),
    ],
};

/// Answers to an invitation.
pub static REPLY: Words = Words {
    heading: "Reply",
    all: &[
        term("Coming", "accepted", "They said that they would come."),
        term("Apologies", "apologies", "They sent apologies."),
        term("No answer", "none", "They have not answered. An empty cell means this."),
    ],
};

/// Print sizes that have a name.
pub static SIZE: Words = Words {
    heading: "Print size",
    all: &[
        term("Standard", "standard", "12 point print. An empty cell means this."),
        term("Large print", "large-print", "The council’s large print. A size such as 20 point may be typed instead."),
        term("Easy read", "easy-read", "Short sentences beside pictures, where the council has such words."),
    ],
};

/// By which way a person is reached.
pub static CHANNEL: Words = Words {
    heading: "Reach them by",
    all: &[
        term("Usual", "usual", "By post, and by email as well if they agreed to it. An empty cell means this."),
        term("Post", "post", "By post only."),
        term("Email", "email", "By email only."),
        term("Both", "both", "By both."),
    ],
};

/// Classes of postage.
pub static POSTAGE: Words = Words {
    heading: "Postage",
    all: &[
        term("First", "first", "1 to 2 days."),
        term("Second", "second", "3 to 4 working days."),
        term("Economy", "economy", "3 to 6 working days."),
    ],
};

/// Yes and no.
pub static YES_NO: Words =
    Words { heading: "Yes or no", all: &[term("Yes", "true", "It is so."), term("No", "false", "It is not so.")] };

/// What somebody said, or put before the meeting.
pub static REMARK: Words = Words {
    heading: "Kind of remark",
    all: &[
        term("Fact", "fact", "Something known. An empty cell means this."),
        term("Opinion", "opinion", "Something believed."),
        term("Analysis", "analysis", "What the facts amount to."),
        term("View", "view", "What somebody wishes or feels."),
        term(
            "Paper",
            "paper",
            "A report or map that was put before the meeting. Its title is what was said; it needs no point.",
        ),
    ],
};

/// The four areas.
pub static AREA: Words = Words {
    heading: "Area",
    all: &[
        term("Physical design", "physical-design", "How a space is built, lit and looked after."),
        term("Guardianship", "guardianship", "Which adults are there for young people."),
        term("Peer dynamics", "peer-dynamics", "How young people are with one another."),
        term("Policies and procedures", "policies", "Rules, and how they are kept."),
    ],
};

/// Findings of the assessment.
pub static FINDING: Words = Words {
    heading: "Finding",
    all: &[
        term("Young people and needs", "young_people_and_needs", "The strengths and needs that young people share."),
        term("Guardianship", "guardianship", "Which adults are there for young people."),
        term("Environment", "environment", "Resources, environment, policy and wider systems."),
        term("What must change first", "weighting", "Which context must change first, and why."),
        term("Going well", "strengths", "What is going well. A row each."),
        term("Worry", "concerns", "What worries people. A row each."),
        term("Not known yet", "gaps", "What is not known yet. A row each."),
        term(
            "Voice",
            "voices",
            "What somebody said, in their words. A row each. Say whose words, as a group and never as a person.",
        ),
        term(
            "Kind of harm",
            "harms",
            "A kind of harm at the place or in the group, in general terms. A row each. Everybody who is invited may read it unless it says otherwise.",
        ),
    ],
};

/// Parts of the record that belong to a point.
pub static PART: Words = Words {
    heading: "Part of the record",
    all: &[
        term("Assessment", "assessment", "The findings of the assessment."),
        term("Going well", "strengths", "What is going well."),
        term("Worries", "concerns", "What worries people, and what is not known yet."),
        term("Voices", "voices", "What young people and others said to the assessment."),
        term("What must change first", "weighting", "What must change first."),
        term("Goals", "goals", "The goals."),
        term("Decision", "decision", "The decisions."),
        term("Plan", "plan", "The actions, and what happens if they do not work."),
    ],
};

/// States of an action.
pub static STATUS: Words = Words {
    heading: "Status",
    all: &[
        term("To do", "open", "Not begun. An empty cell means this."),
        term("Started", "started", "Begun."),
        term("Partly done", "partly-done", "Finished in part."),
        term("Done", "done", "Finished."),
        term("Dropped", "dropped", "Given up, with the agreement of the conference."),
    ],
};

/// Priorities of an action.
pub static PRIORITY: Words = Words {
    heading: "Priority",
    all: &[
        term("High", "high", "First."),
        term("Medium", "medium", "In the usual order. An empty cell means this."),
        term("Low", "low", "When the others are in hand."),
    ],
};

/// What became of a correction.
pub static ANSWER: Words = Words {
    heading: "What became of it",
    all: &[
        term("Nothing yet", "open", "It is still to be answered. An empty cell means this."),
        term("Minutes changed", "made", "The minutes are changed."),
        term("Noted beside", "noted", "The minutes stand, and the other view stands beside them."),
        term("Refused", "refused", "The minutes stand."),
    ],
};

/// What stands in the column of decisions for a view that differed.
pub const DIFFERENT_VIEW: &str = "Different view";

/// All lists of words that are explained.
pub static ALL: &[&Words] = &[
    &SHARE, &KIND, &FORM, &CONTEXT, &MINUTES, &CATEGORY, &QUORUM, &REPORT, &INVITED, &REPLY, &SIZE, &CHANNEL, &POSTAGE,
    &FINDING, &REMARK, &AREA, &PART, &STATUS, &PRIORITY, &ANSWER,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_read_as_shown_and_as_the_model_has_it_and_no_two_are_one() {
        for words in ALL.iter().chain([&&YES_NO]) {
            for term in words.all {
                assert_eq!(
                    words.model(&format!(" {} ", term.shown.to_uppercase())),
                    Some(term.model),
                    "{}",
                    term.shown
                );
                assert_eq!(words.model(term.model), Some(term.model), "{}", term.model);
                assert_eq!(words.shown(term.model), Some(term.shown));
            }
            assert_eq!(words.model("comunity"), None);
        }
    }
}
