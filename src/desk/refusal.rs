//! Why a request is refused, in one plain sentence each.
//!
//! Deliberately absent: the rules (`guard`).

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is for another host.
    Host,
    /// There is no such page.
    Nowhere,
    /// It comes from somebody else's page, or does not say from where.
    Origin,
    /// Its browser never had the ticket.
    Stranger,
    /// Its ticket was used, or its minute is over.
    Ticket,
    /// Its form is not one of this desk.
    Token,
    /// The page does not take this method.
    Method,
    /// It is no form, or one that cannot be read.
    Unreadable,
}

impl Refusal {
    /// One plain sentence.
    pub fn says(self) -> &'static str {
        match self {
            Refusal::Host => "The desk answers only to the address that it opened itself.",
            Refusal::Nowhere => "There is no such page.",
            Refusal::Origin => "This came from another page than the desk’s own, so nothing was done.",
            Refusal::Stranger => {
                "This browser did not open the desk. Use the window that did, or close the desk and start it again."
            }
            Refusal::Ticket => {
                "This address opens the desk once, within a minute of its start. Close the desk and start it again."
            }
            Refusal::Token => {
                "This form is not from this desk, so nothing was done. Go back, open the page again and send it again."
            }
            Refusal::Method => "This page cannot be asked in that way.",
            Refusal::Unreadable => "What was sent could not be read, so nothing was done. Go back and send it again.",
        }
    }
}
