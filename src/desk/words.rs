//! The words of the desk for what data says in short: days, readers, categories, steps.
//!
//! Deliberately absent: anything that depends on one conference.

use chrono::{NaiveDate, NaiveTime, Timelike};

use crate::diag::count;
use crate::model::artefact::Format;
use crate::model::conference::Kind;
use crate::model::people::Reply;
use crate::model::stage::ConferenceStage;
use crate::model::{Audience, Category};
use crate::records::{Channel, PaperStatus};

/// `Tuesday 24 November 2026`.
pub fn long(day: NaiveDate) -> String {
    day.format("%A %-d %B %Y").to_string()
}

/// `24 November 2026`.
pub fn plain(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// `Tue 24 Nov`, with the year if it is another than today's.
pub fn short(day: NaiveDate, today: NaiveDate) -> String {
    use chrono::Datelike;
    let with_year = if day.year() == today.year() { "" } else { " %Y" };
    day.format(&format!("%a %-d %b{with_year}")).to_string()
}

/// `1:30pm`, `noon`.
pub fn clock(time: NaiveTime) -> String {
    match (time.hour(), time.minute()) {
        (12, 0) => "noon".to_owned(),
        (_, 0) => time.format("%-I%P").to_string(),
        _ => time.format("%-I:%M%P").to_string(),
    }
}

/// How far away a day is.
pub fn away(day: NaiveDate, today: NaiveDate) -> String {
    let days = (day - today).num_days();
    let number = count(usize::try_from(days.unsigned_abs()).unwrap_or_default(), "day");
    match days {
        0 => "Today".to_owned(),
        1 => "Tomorrow".to_owned(),
        -1 => "Yesterday".to_owned(),
        2.. => format!("In {number}"),
        _ => format!("{number} ago"),
    }
}

/// Who reads what is for an audience.
pub fn reads(audience: Audience) -> &'static str {
    match audience {
        Audience::Public => "Anyone",
        Audience::Community => "Everyone invited",
        Audience::Professional => "Professionals",
        Audience::Restricted => "Chair only",
    }
}

/// An audience by the word of its folder.
pub fn audience(word: &str) -> Option<Audience> {
    Audience::ALL.into_iter().find(|audience| audience.id() == word)
}

/// What somebody is to the conference.
pub fn category(category: Category) -> &'static str {
    match category {
        Category::Statutory => "Public body",
        Category::Professional => "Professional",
        Category::School => "School",
        Category::Voluntary => "Charity",
        Category::Business => "Business",
        Category::Residents => "Residents",
        Category::Guardian => "Guardian",
        Category::YouthRepresentative => "Young people’s voice",
        Category::Other => "Other",
    }
}

/// What somebody answered.
pub fn reply(reply: Reply) -> &'static str {
    match reply {
        Reply::Accepted => "Comes",
        Reply::Apologies => "Apologies",
        Reply::None => "None yet",
    }
}

/// What sort of conference it is.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Initial => "first conference",
        Kind::Review => "review",
        Kind::Closing => "last conference",
    }
}

/// Where a conference is.
pub fn stage(stage: ConferenceStage) -> &'static str {
    match stage {
        ConferenceStage::Called => "Called",
        ConferenceStage::Invited => "Invited",
        ConferenceStage::Held => "Held",
        ConferenceStage::Decided => "Decided",
        ConferenceStage::Recorded => "Minutes sent",
        ConferenceStage::Reviewed => "Reviewed",
        ConferenceStage::Closed => "Closed",
        ConferenceStage::Cancelled => "Cancelled",
    }
}

/// How a paper stands.
pub fn status(status: PaperStatus) -> &'static str {
    match status {
        PaperStatus::Draft => "Draft",
        PaperStatus::Released => "Released",
        PaperStatus::Superseded => "Replaced",
        PaperStatus::Withdrawn => "Kept apart",
        PaperStatus::Erased => "Destroyed",
    }
}

/// How a paper went.
pub fn channel(how: Channel) -> &'static str {
    match how {
        Channel::Post => "Posted",
        Channel::Email => "E-mailed",
        Channel::Hand => "Handed over",
    }
}

/// A field of a list by its name: `address_line_1` is `Address line 1`.
pub fn field(id: &str) -> String {
    sentence(&id.replace('_', " ")).trim_end_matches('.').to_owned()
}

/// A format in a word. One that is not known here goes by the ending of its files.
pub fn format(format: Format) -> String {
    match format {
        Format::Md => "Markdown".to_owned(),
        Format::Txt => "Plain text".to_owned(),
        Format::Docx => "Word (DOCX)".to_owned(),
        Format::Odt => "LibreOffice (ODT)".to_owned(),
        other => other.extension().to_uppercase(),
    }
}

/// A text with a capital at its start and a full stop at its end.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(char::to_uppercase).into_iter().flatten().collect();
    let end = if text.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_as_letters_have_it_and_a_day_says_how_far_it_is() {
        let at = |hour, minute| clock(NaiveTime::from_hms_opt(hour, minute, 0).expect("a time"));
        assert_eq!([at(13, 30), at(12, 0), at(9, 0), at(0, 5)], ["1:30pm", "noon", "9am", "12:05am"]);
        let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).expect("a day");
        let from = |n| away(day(n), day(9));
        assert_eq!(
            [from(9), from(10), from(8), from(24), from(2)],
            ["Today", "Tomorrow", "Yesterday", "In 15 days", "7 days ago"]
        );
        assert_eq!(sentence("minutes are late"), "Minutes are late.");
    }
}
