//! Clearances of texts, audiences of papers, and categories of people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How widely something may be shared. Ordered from wide to narrow, so `a <= b` reads "is at least as open as".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Clearance {
    /// Anybody at all.
    Public,
    /// Community members who take part: shopkeepers, residents, guardians, youth representatives.
    Community,
    /// Professionals who take part. Unmarked texts are professional.
    #[default]
    Professional,
    /// Nobody but the one person it is addressed to: the confidential annex, or the note to a child's own worker.
    Restricted,
}

/// The audience that a paper is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Anybody at all.
    Public,
    /// Community members who take part.
    Community,
    /// Professionals who take part.
    Professional,
    /// The one person that the paper is addressed to: the chair, or a child's own worker.
    Restricted,
}

impl Audience {
    /// Every audience, widest first.
    pub const ALL: [Audience; 4] =
        [Audience::Public, Audience::Community, Audience::Professional, Audience::Restricted];

    /// The narrowest marking that this audience may read.
    pub fn clearance(self) -> Clearance {
        match self {
            Audience::Public => Clearance::Public,
            Audience::Community => Clearance::Community,
            Audience::Professional => Clearance::Professional,
            Audience::Restricted => Clearance::Restricted,
        }
    }

    /// Whether this audience may read texts marked `share`.
    pub fn may_read(self, share: Clearance) -> bool {
        share <= self.clearance()
    }

    /// The name of its folder and of its value in templates and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Audience::Public => "public",
            Audience::Community => "community",
            Audience::Professional => "professional",
            Audience::Restricted => "restricted",
        }
    }
}

/// The part of an invited person or organisation in the conference. It decides the wording of their letter and,
/// with any signed agreement, what they may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// A safeguarding partner or other body with statutory duties: council services, police, health.
    Statutory,
    /// Another organisation that works with young people or places as its profession: housing, youth service, transport authority.
    Professional,
    /// A school, college or other place of learning.
    School,
    /// A voluntary or faith organisation. It reads professional papers only with a signed agreement in force.
    Voluntary,
    /// A shop, a landlord, a station or bus company, or any other business.
    Business,
    /// A residents' or tenants' association.
    Residents,
    /// A community guardian: a trusted local adult who looks out for young people.
    Guardian,
    /// A person who speaks for young people. Their name stays out of minutes.
    YouthRepresentative,
    /// Anybody else. They read professional papers only with a signed agreement in force.
    Other,
}

/// The papers that a category of people reads: a setting of the council.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    /// Professional papers.
    Professional,
    /// Professional papers while an information-sharing agreement of their organisation is in force; until it is, and
    /// after it has ended, community papers.
    WithAgreement,
    /// Community papers. Papers of the meeting also need a signed undertaking.
    Community,
}

impl Category {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            Category::Statutory => "statutory",
            Category::Professional => "professional",
            Category::School => "school",
            Category::Voluntary => "voluntary",
            Category::Business => "business",
            Category::Residents => "residents",
            Category::Guardian => "guardian",
            Category::YouthRepresentative => "youth-representative",
            Category::Other => "other",
        }
    }
}

impl Reads {
    /// The audience of a person, given whether an agreement of their organisation is in force.
    pub fn audience(self, agreement_in_force: bool) -> Audience {
        match self {
            Reads::Professional => Audience::Professional,
            Reads::WithAgreement if agreement_in_force => Audience::Professional,
            Reads::WithAgreement | Reads::Community => Audience::Community,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_audience_reads_what_is_marked_for_it_and_whatever_is_more_open() {
        let reads = |a: Audience| {
            [Clearance::Public, Clearance::Community, Clearance::Professional, Clearance::Restricted]
                .map(|c| a.may_read(c))
        };
        assert_eq!(reads(Audience::Public), [true, false, false, false]);
        assert_eq!(reads(Audience::Professional), [true, true, true, false]);
    }

    #[test]
    fn without_an_agreement_nobody_who_needs_one_reads_professional_papers() {
        assert_eq!(Reads::WithAgreement.audience(true), Audience::Professional);
        assert_eq!(Reads::WithAgreement.audience(false), Audience::Community);
    }
}
