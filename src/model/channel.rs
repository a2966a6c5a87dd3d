//! The channel by which a person is reached, post or email, and the postage class of their letter.
//!
//! In: a word in a conference file or a row of a list. Out: a value from a fixed list.
//!
//! Deliberately absent: whether an email may be sent, which needs an address and their consent.

use schemars::JsonSchema;
use serde::Deserialize;

/// The channel by which a person is reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// By post, and by email as well if they agreed to it.
    #[default]
    Usual,
    /// By post only.
    Post,
    /// By email only.
    Email,
    /// By both.
    Both,
}

/// The postage class of a letter, in GOV.UK Notify's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Postage {
    /// 1 to 2 days.
    First,
    /// 3 to 4 working days.
    Second,
    /// 3 to 6 working days.
    Economy,
}

impl Channel {
    /// The word used in data.
    pub fn id(self) -> &'static str {
        match self {
            Channel::Usual => "usual",
            Channel::Post => "post",
            Channel::Email => "email",
            Channel::Both => "both",
        }
    }
}

impl Postage {
    /// The word that GOV.UK Notify uses.
    pub fn id(self) -> &'static str {
        match self {
            Postage::First => "first",
            Postage::Second => "second",
            Postage::Economy => "economy",
        }
    }
}
