//! Why a field of the model has no column in a workbook.

/// Fields without a column, each with the reason: a pattern, and what to say of it.
pub const REASONS: &[(&str, &str)] = &[
    ("invitees[].bring.share", "what they bring is in their own letter only, whatever its mark"),
    ("invitees[].bring.reason", "what they bring is in their own letter only, so that its mark needs no reason"),
    ("invitees[].access.share", "what they need is in their own letter only, whatever its mark"),
    ("invitees[].access.reason", "what they need is in their own letter only, so that its mark needs no reason"),
    ("invitees[].note.share", "the note is in their own letter only, whatever its mark"),
    ("invitees[].note.reason", "the note is in their own letter only, so that its mark needs no reason"),
    ("to_fill_in[]", "only cells of the sheet Meeting can be marked as still to be checked"),
];

/// The reason why a field has no column.
pub fn reason(pattern: &str) -> Option<&'static str> {
    REASONS.iter().find(|(known, _)| *known == pattern).map(|(_, reason)| *reason)
}
