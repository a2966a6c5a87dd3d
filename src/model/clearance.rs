//! Who may read what.

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
    /// Professionals who take part. Whatever is not marked is professional.
    #[default]
    Professional,
    /// Nobody but the one person it is addressed to. It reaches no paper of the conference.
    Restricted,
}

/// For whom a paper is made. There is no audience for `restricted`: such text reaches no paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Community members who take part.
    Community,
    /// Professionals who take part.
    Professional,
}

impl Audience {
    /// Every audience, widest first.
    pub const ALL: [Audience; 2] = [Audience::Community, Audience::Professional];

    /// The narrowest marking that this audience may read.
    pub fn clearance(self) -> Clearance {
        match self {
            Audience::Community => Clearance::Community,
            Audience::Professional => Clearance::Professional,
        }
    }

    /// Whether this audience may read what is marked `share`.
    pub fn may_read(self, share: Clearance) -> bool {
        share <= self.clearance()
    }

    /// The name of its folder and of its value in templates and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Audience::Community => "community",
            Audience::Professional => "professional",
        }
    }
}

/// What an invited person or organisation is to the conference. It decides the wording of their letter and,
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
    /// Somebody who speaks for young people. Their name stays out of minutes.
    YouthRepresentative,
}

impl Category {
    /// The audience of somebody in this category, given whether an information-sharing agreement is in force.
    pub fn audience(self, agreement_in_force: bool) -> Audience {
        match self {
            Category::Statutory | Category::Professional | Category::School => Audience::Professional,
            Category::Voluntary if agreement_in_force => Audience::Professional,
            Category::Voluntary
            | Category::Business
            | Category::Residents
            | Category::Guardian
            | Category::YouthRepresentative => Audience::Community,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_audience_reads_what_is_restricted() {
        assert!(Audience::ALL.iter().all(|a| !a.may_read(Clearance::Restricted)));
    }

    #[test]
    fn a_voluntary_organisation_reads_professional_papers_only_with_an_agreement() {
        assert_eq!(Category::Voluntary.audience(true), Audience::Professional);
        assert_eq!(Category::Voluntary.audience(false), Audience::Community);
    }
}
