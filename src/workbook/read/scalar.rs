//! One cell as one text of the model.
//!
//! In: what a cell holds, and what its column is for. Out: a text, nothing, or why it cannot be read.
//!
//! What is not understood is never replaced by a default. Days are read day first, as they are written in Britain.

use chrono::{Datelike, NaiveDate};

use super::super::plan::Kind;
use super::super::terms::{DIFFERENT_VIEW, SHARE, SIZE, Words, YES_NO, folded};
use crate::diag::{Code, Hint, closest, codes};
use crate::model::people::Format;
use crate::model::plan::TO_BE_AGREED;
use crate::sheets::{Spoiled, days_of};

/// Why a cell cannot be read.
#[derive(Debug)]
pub struct Unread {
    pub code: Code,
    pub message: String,
    pub hint: Option<Hint>,
    /// Whether it is read as empty all the same.
    pub is_warning: bool,
}

/// What was found in a cell.
pub type Found = Result<Option<String>, Unread>;

fn wrong(code: Code, message: impl Into<String>, hint: impl Into<Hint>) -> Unread {
    Unread { code, message: message.into(), hint: Some(hint.into()), is_warning: false }
}

/// Reads a cell. `guards` says whether more people would read more if it were taken for empty; `points` are the titles of the
/// agenda.
pub fn read(kind: Kind, raw: &str, guards: bool, points: &[String]) -> Found {
    if let Some(days) = days_of(raw) {
        return dated(kind, days).map(Some);
    }
    if let Some(spoiled) = Spoiled::of(raw) {
        return Err(wrong(codes::NOT_A_TEXT_CELL, spoiled.message(), spoiled.hint()));
    }
    let text = lines_of(raw);
    let line = text.trim();
    if line.is_empty() {
        return Ok(None);
    }
    let is_free = matches!(kind, Kind::Text | Kind::Prose | Kind::Lines | Kind::Headings | Kind::Place);
    // `Not known yet` is a finding, where it is one of the words.
    let is_word = matches!(kind, Kind::Word(words) if words.model(line).is_some());
    if !is_free && !guards && !is_word && is_placeholder(line) {
        return Err(Unread {
            code: codes::READ_AS_EMPTY,
            message: format!("`{line}` is read as not known yet"),
            hint: Some("leave the cell empty until it is known".into()),
            is_warning: true,
        });
    }
    match kind {
        Kind::Text | Kind::Place => Ok(Some(line.to_owned())),
        Kind::Prose => Ok(Some(text.trim_end().to_owned())),
        Kind::Lines => Ok(Some(parted(&text, ',').join("\n"))),
        Kind::Organisation | Kind::Person => Ok(Some(names(line))),
        Kind::Headings | Kind::Organisations => Ok(Some(parted(&text, ';').join("\n"))),
        Kind::Decision => {
            let is_view = folded(line) == folded(DIFFERENT_VIEW);
            Ok(Some(if is_view { DIFFERENT_VIEW.to_owned() } else { line.to_owned() }))
        }
        Kind::Word(words) => word(words, line).map(Some),
        Kind::Day => day(line).map(Some),
        Kind::Clock => clock(line).map(Some),
        Kind::Whole => whole(line).map(Some),
        Kind::Point => point(line, points).map(Some),
        Kind::Points => numbers(line).map(Some),
        Kind::Due => match folded(line).as_str() {
            "ongoing" => Ok(Some("ongoing".to_owned())),
            "tobeagreed" => Ok(Some(TO_BE_AGREED.to_owned())),
            _ => day(line).map(Some),
        },
        Kind::Size => size(line).map(Some),
    }
}

/// `to be agreed` is a word of the model where an organisation stands.
fn names(line: &str) -> String {
    if folded(line) == "tobeagreed" { TO_BE_AGREED.to_owned() } else { line.to_owned() }
}

/// A text with plain line ends, and without what Excel writes for one that it cannot hold.
fn lines_of(raw: &str) -> String {
    raw.replace("_x000D_", "").replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{2028}'], "\n")
}

fn is_placeholder(line: &str) -> bool {
    matches!(
        folded(line).as_str(),
        "tbc" | "tba" | "tbd" | "na" | "notknown" | "notknownyet" | "unknown" | "notyet" | ""
    )
}

/// The parts of a text: its lines if it has several, else what stands between the marks.
fn parted(text: &str, mark: char) -> Vec<&str> {
    let trimmed = text.trim();
    let by = if trimmed.contains('\n') { '\n' } else { mark };
    trimmed
        .split(by)
        .map(|part| part.trim().trim_end_matches(mark).trim_end())
        .filter(|part| !part.is_empty())
        .collect()
}

fn word(words: &'static Words, line: &str) -> Result<String, Unread> {
    if let Some(model) = words.model(line) {
        return Ok(model.to_owned());
    }
    if std::ptr::eq(words, &raw const YES_NO) {
        match folded(line).as_str() {
            "y" | "1" | "x" | "attended" => return Ok("true".to_owned()),
            "n" | "0" => return Ok("false".to_owned()),
            _ if matches!(line, "✓" | "✔" | "☑") => return Ok("true".to_owned()),
            _ => {}
        }
    }
    // The plain English of each is read as well.
    if std::ptr::eq(words, &raw const SHARE) {
        match folded(line).as_str() {
            "everybody" | "anyone" | "all" => return Ok("public".to_owned()),
            "professionalsonly" => return Ok("professional".to_owned()),
            _ => {}
        }
    }
    let all = words.all.iter().map(|term| term.shown);
    let hint = match closest(line, all.clone()) {
        Some(near) => Hint::listing("did you mean `{}`?", [near]),
        None => Hint::listing("choose one of the list: {}", [all.collect::<Vec<_>>().join(", ")]),
    };
    Err(wrong(codes::UNKNOWN_WORD, format!("`{line}` is none of the words of this list"), hint))
}

/// A cell that the spreadsheet holds as a number of days.
fn dated(kind: Kind, days: f64) -> Result<String, Unread> {
    let is_time = (0.0..1.0).contains(&days);
    match kind {
        Kind::Day | Kind::Due if days >= 1.0 => of_serial(days).ok_or_else(no_day),
        Kind::Clock if is_time => Ok(of_fraction(days)),
        // 13.30 typed into a cell for times is thirteen days and seven hours, and shown as 07:12.
        Kind::Clock => Err(wrong(
            codes::BAD_VALUE,
            "the spreadsheet holds a number here, which it shows as another time",
            "write it with a colon, as 13:30",
        )),
        // A number in a cell that is formatted as a day.
        Kind::Whole if days.fract() == 0.0 && (0.0..100_000.0).contains(&days) => Ok(format!("{days}")),
        Kind::Points => Err(wrong(
            codes::NOT_A_TEXT_CELL,
            "the spreadsheet has made a day of these numbers",
            "write 4 to 8 instead of 4-8, or format the cell as text and type it again",
        )),
        _ => Err(wrong(codes::NOT_A_TEXT_CELL, Spoiled::Date.message(), Spoiled::Date.hint())),
    }
}

fn of_serial(days: f64) -> Option<String> {
    let start = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is in the range of days")]
    let whole = (days > 0.0 && days < 2_958_466.0).then_some(days.floor() as u64)?;
    start.checked_add_days(chrono::Days::new(whole)).map(|day| day.to_string())
}

fn of_fraction(days: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is less than a day")]
    let minutes = (days * 1440.0).round() as u32 % 1440;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn no_day() -> Unread {
    wrong(codes::BAD_VALUE, "this is not a day", "write day, month and year, as 24/11/2026")
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn day(line: &str) -> Result<String, Unread> {
    let lower = line.to_lowercase();
    // A date that lost its format.
    if let Ok(serial) = lower.parse::<u32>()
        && (36_526..73_051).contains(&serial)
    {
        return of_serial(f64::from(serial)).ok_or_else(no_day);
    }
    let mut parts: Vec<&str> =
        lower.split(|c: char| c.is_whitespace() || "/.,-–".contains(c)).filter(|p| !p.is_empty()).collect();
    // A day that a program wrote with midnight behind it.
    if parts.last().is_some_and(|last| matches!(*last, "00:00" | "00:00:00")) {
        parts.pop();
    }
    let weekday = parts.first().and_then(|first| {
        DAYS.iter().position(|day| first.starts_with(day) && first.ends_with(|c: char| c.is_alphabetic()))
    });
    if weekday.is_some() {
        parts.remove(0);
    }
    let [first, second, third] = parts.as_slice() else { return Err(no_day()) };
    let number = |part: &str| {
        part.trim_end_matches("st")
            .trim_end_matches("nd")
            .trim_end_matches("rd")
            .trim_end_matches("th")
            .parse::<u32>()
            .ok()
    };
    let month = |part: &str| {
        let named = MONTHS.iter().position(|month| part.starts_with(month) && part.chars().all(char::is_alphabetic));
        named.and_then(|at| u32::try_from(at + 1).ok()).or_else(|| part.parse().ok())
    };
    let year = |part: &str| match part.len() {
        2 => part.parse::<i32>().ok().map(|year| year + 2000),
        4 => part.parse().ok(),
        _ => None,
    };
    let (year, month, day) = if first.len() == 4 && first.bytes().all(|b| b.is_ascii_digit()) {
        (year(first), month(second), number(third))
    } else {
        (year(third), month(second), number(first))
    };
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return Err(no_day()) };
    let Some(date) = NaiveDate::from_ymd_opt(year, month, day) else {
        return Err(wrong(
            codes::BAD_VALUE,
            "there is no such day",
            "write the day first, then the month, as 24/11/2026",
        ));
    };
    if let Some(weekday) = weekday
        && date.weekday().num_days_from_monday() as usize != weekday
    {
        let message = format!("that day is a {}", date.format("%A"));
        return Err(wrong(codes::BAD_VALUE, message, "correct the day of the week, or the day"));
    }
    Ok(date.to_string())
}

fn clock(line: &str) -> Result<String, Unread> {
    let unread = || {
        wrong(
            codes::BAD_VALUE,
            format!("`{line}` is not a time of day"),
            "write it by the 24-hour clock, with a colon, as 13:30",
        )
    };
    let lower: String = line.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let lower = lower.replace("a.m.", "am").replace("p.m.", "pm").replace("noon", "12:00");
    // A time that lost its format.
    if let Ok(days) = lower.parse::<f64>()
        && lower.starts_with("0.")
        && lower.len() > 4
    {
        return Ok(of_fraction(days));
    }
    let half = ["am", "pm"].into_iter().find(|half| lower.ends_with(half));
    let digits = half.map_or(lower.as_str(), |half| &lower[..lower.len() - half.len()]);
    let digits = digits.strip_suffix(":00").filter(|rest| rest.contains(':')).unwrap_or(digits);
    let parts: Vec<&str> = digits.split([':', '.']).collect();
    let is_digits = |part: &str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    let (hour, minute) = match parts.as_slice() {
        [hour, minute] if is_digits(hour) && minute.len() == 2 && is_digits(minute) => (*hour, *minute),
        [hour] if half.is_some() && is_digits(hour) => (*hour, "00"),
        [both] if both.len() == 4 && both.bytes().all(|b| b.is_ascii_digit()) => both.split_at(2),
        _ => return Err(unread()),
    };
    let (Ok(mut hour), Ok(minute)) = (hour.parse::<u32>(), minute.parse::<u32>()) else { return Err(unread()) };
    match half {
        Some(_) if hour == 0 || hour > 12 => return Err(unread()),
        Some("pm") => hour = hour % 12 + 12,
        Some(_) => hour %= 12,
        None => {}
    }
    if hour > 23 || minute > 59 {
        return Err(unread());
    }
    Ok(format!("{hour:02}:{minute:02}"))
}

fn whole(line: &str) -> Result<String, Unread> {
    let digits = line.strip_suffix(".0").unwrap_or(line).trim_end_matches('.');
    match digits.parse::<u32>() {
        Ok(number) if digits.bytes().all(|b| b.is_ascii_digit()) => Ok(number.to_string()),
        _ => Err(wrong(codes::BAD_VALUE, format!("`{line}` is not a whole number"), "write a number such as 3")),
    }
}

/// The number at the beginning of a title, and what stands behind it.
pub fn numbered(line: &str) -> (Option<u32>, &str) {
    let rest = line.trim_start();
    let rest = ["point", "item", "no."].iter().fold(rest, |rest, word| {
        match rest.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)) {
            Some(_) => rest[word.len()..].trim_start(),
            None => rest,
        }
    });
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let behind = &rest[end..];
    // `2026 plan` and `3D models` are titles.
    let is_number = behind.is_empty() || behind.starts_with([' ', '.', ')', ':', '\u{a0}']);
    match rest[..end].parse().ok().filter(|_| end <= 3 && is_number) {
        Some(number) => {
            let title = behind.trim_start();
            (Some(number), title.strip_prefix(['.', ')', ':', '–', '-']).unwrap_or(title).trim_start())
        }
        None => (None, line),
    }
}

fn point(line: &str, points: &[String]) -> Result<String, Unread> {
    let titled = |title: &str| points.iter().position(|known| folded(known) == folded(title)).map(|at| at + 1);
    let (number, title) = numbered(line);
    if let Some(whole) = titled(line) {
        return Ok(whole.to_string());
    }
    match number {
        Some(number) => {
            let of_title = Some(title).filter(|title| !title.is_empty()).and_then(titled);
            match of_title {
                Some(other) if other != number as usize => Err(wrong(
                    codes::BAD_VALUE,
                    format!("the number says point {number}, and the words say point {other}"),
                    "choose the point from the list again",
                )),
                _ => Ok(number.to_string()),
            }
        }
        None => Err(wrong(
            codes::UNKNOWN_AGENDA_POINT,
            format!("`{line}` is no point of the agenda"),
            "choose it from the list, or write its number",
        )),
    }
}

/// The most points that a range may stand for.
const RANGE: u32 = 99;

fn numbers(line: &str) -> Result<String, Unread> {
    if folded(line) == "none" {
        return Ok(String::new());
    }
    let unread = |part: &str| {
        let message = format!("`{part}` is no number of a point");
        wrong(codes::BAD_VALUE, message, "write numbers, as 1, 2, 4 to 8; or none")
    };
    let mut all: Vec<String> = Vec::new();
    for part in line.replace(" and ", ",").split([',', ';', '&', '+', '\n']).map(str::trim).filter(|p| !p.is_empty()) {
        let plain = part.to_lowercase().replace(" to ", "-").replace(['–', '—'], "-");
        let mut ends = plain
            .split('-')
            .map(|end| end.trim().trim_start_matches("points").trim_start_matches("point").trim().parse::<u32>());
        match (ends.next(), ends.next(), ends.next()) {
            (Some(Ok(one)), None, None) => all.push(one.to_string()),
            (Some(Ok(from)), Some(Ok(to)), None) if from <= to && to - from <= RANGE => {
                all.extend((from..=to).map(|number| number.to_string()));
            }
            _ => return Err(unread(part)),
        }
    }
    Ok(all.join("\n"))
}

fn size(line: &str) -> Result<String, Unread> {
    if let Some(named) = SIZE.model(line) {
        return Ok(named.to_owned());
    }
    let plain: String = line.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    match Format::typed(&plain) {
        Some(Format::Points(points)) => Ok(points.to_string()),
        Some(Format::Standard) => Ok("standard".to_owned()),
        Some(named @ (Format::LargePrint | Format::EasyRead)) => Ok(named.id().to_owned()),
        None => {
            let (least, most) = Format::SIZES;
            let sizes = [least.to_string(), most.to_string()];
            let hint = Hint::listing("write Standard, Large print, Easy read, or a size from {} to {} point", sizes);
            Err(wrong(codes::UNKNOWN_WORD, format!("`{line}` is not a print size"), hint))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::terms::FINDING;

    fn read(kind: Kind, raw: &str) -> String {
        let points = ["Welcome", "What the assessment found"].map(str::to_owned);
        match super::read(kind, raw, false, &points) {
            Ok(Some(text)) => text,
            Ok(None) => "nothing".to_owned(),
            Err(unread) => unread.code.id.to_owned(),
        }
    }

    #[test]
    fn days_are_read_as_people_and_programs_write_them() {
        for (typed, day) in [
            ("24/11/2026", "2026-11-24"),
            ("24/11/26", "2026-11-24"),
            ("24.11.2026", "2026-11-24"),
            ("24-11-2026", "2026-11-24"),
            ("2026-11-24", "2026-11-24"),
            ("2026-11-24 00:00:00", "2026-11-24"),
            ("24 November 2026", "2026-11-24"),
            ("Tuesday 24th November 2026", "2026-11-24"),
            ("Tue, 24 Nov 26", "2026-11-24"),
            ("46350", "2026-11-24"),
            ("\u{1A}\u{1}46350.5", "2026-11-24"),
            ("Mon 24 Nov 2026", "bad-value"),
            ("11/24/2026", "bad-value"),
            ("24 November", "bad-value"),
            ("31/2/2026", "bad-value"),
            ("next week", "bad-value"),
            ("tbc", "read-as-empty"),
            (" ", "nothing"),
            ("\u{1A}\u{2}", "not-a-text-cell"),
        ] {
            assert_eq!(read(Kind::Day, typed), day, "{typed}");
        }
        assert_eq!(read(Kind::Due, "Ongoing"), "ongoing");
        assert_eq!(read(Kind::Due, "to be agreed "), "to be agreed");
    }

    #[test]
    fn times_are_read_with_and_without_a_colon() {
        for (typed, time) in [
            ("13:30", "13:30"),
            ("9:05", "09:05"),
            ("1.30pm", "13:30"),
            ("1.30 p.m.", "13:30"),
            ("1pm", "13:00"),
            ("12am", "00:00"),
            ("12 noon", "bad-value"),
            ("noon", "12:00"),
            ("1330", "13:30"),
            ("13:30:00", "13:30"),
            ("13.30", "13:30"),
            ("0.5625", "13:30"),
            ("\u{1A}\u{1}0.5625", "13:30"),
            ("\u{1A}\u{1}13.3", "bad-value"),
            ("13.3", "bad-value"),
            ("25:00", "bad-value"),
            ("13pm", "bad-value"),
            ("half past one", "bad-value"),
            ("TBC", "read-as-empty"),
        ] {
            assert_eq!(read(Kind::Clock, typed), time, "{typed}");
        }
    }

    #[test]
    fn points_are_read_by_number_and_by_title() {
        for (typed, numbers) in [
            ("1, 2, 4 to 8", "1\n2\n4\n5\n6\n7\n8"),
            ("4-6", "4\n5\n6"),
            ("4–6", "4\n5\n6"),
            ("1 & 3", "1\n3"),
            ("points 1 and 3", "1\n3"),
            ("none", ""),
            ("all", "bad-value"),
            ("8 to 4", "bad-value"),
            ("1-4000000000", "bad-value"),
            ("\u{1A}\u{1}46238", "not-a-text-cell"),
        ] {
            assert_eq!(read(Kind::Points, typed), numbers, "{typed}");
        }
        for (typed, number) in [
            ("2. What the assessment found", "2"),
            ("what the  assessment found", "2"),
            ("2", "2"),
            ("Point 2", "2"),
            ("1. What the assessment found", "bad-value"),
            ("3. Something new", "3"),
            ("Something new", "unknown-agenda-point"),
        ] {
            assert_eq!(read(Kind::Point, typed), number, "{typed}");
        }
    }

    #[test]
    fn who_may_read_something_is_never_guessed() {
        let share = |typed: &str| match super::read(Kind::Word(&SHARE), typed, true, &[]) {
            Ok(found) => found.unwrap_or_default(),
            Err(unread) => format!("{}{}", unread.code.id, if unread.is_warning { ", read" } else { "" }),
        };
        for (typed, word) in [
            ("Professionals", "professional"),
            ("community", "community"),
            ("EVERYONE ", "public"),
            ("comunity", "unknown-word"),
            ("tbc", "unknown-word"),
            ("n/a", "unknown-word"),
            ("-", "unknown-word"),
            ("Everyone, Community", "unknown-word"),
            ("", ""),
        ] {
            assert_eq!(share(typed), word, "{typed}");
        }
    }

    #[test]
    fn addresses_names_and_sizes_are_parted_where_people_part_them() {
        assert_eq!(
            read(Kind::Lines, "Kiln House, 9 Kiln Road, MARSHGATE, E20 9AE"),
            "Kiln House\n9 Kiln Road\nMARSHGATE\nE20 9AE"
        );
        assert_eq!(
            read(Kind::Lines, "Flat 2, Kiln House,\r\n9 Kiln Road_x000D_\nE20 9AE\n"),
            "Flat 2, Kiln House\n9 Kiln Road\nE20 9AE"
        );
        assert_eq!(read(Kind::Organisations, "A & B; C"), "A & B\nC");
        assert_eq!(
            (read(Kind::Size, "20 point"), read(Kind::Size, "large print")),
            ("20".to_owned(), "large-print".to_owned())
        );
        assert_eq!(
            (read(Kind::Size, "9"), read(Kind::Whole, "3."), read(Kind::Whole, "three")),
            ("unknown-word".to_owned(), "3".to_owned(), "bad-value".to_owned())
        );
        assert_eq!(read(Kind::Word(&YES_NO), "y"), "true");
        assert_eq!(read(Kind::Word(&YES_NO), "perhaps"), "unknown-word");
        assert_eq!(read(Kind::Word(&FINDING), "Not known yet"), "gaps");
        assert_eq!(read(Kind::Word(&YES_NO), "not known yet"), "read-as-empty");
        assert_eq!(read(Kind::Text, "=1+1"), "=1+1");
    }

    proptest::proptest! {
        #[test]
        fn no_cell_stops_the_reading(raw in ".{0,40}", days in proptest::num::f64::ANY) {
            for kind in [Kind::Day, Kind::Clock, Kind::Points, Kind::Point, Kind::Whole, Kind::Size, Kind::Due, Kind::Lines, Kind::Word(&SHARE)] {
                let _ = super::read(kind, &raw, false, std::slice::from_ref(&raw));
                let _ = super::read(kind, &format!("\u{1A}\u{1}{days}"), true, &[]);
            }
        }
    }
}
