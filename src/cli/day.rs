//! A day on the command line.

use chrono::{Datelike, NaiveDate};

/// A day, as the conference file has it.
///
/// # Errors
/// If it is written in another way, with the way that is meant.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    let text = text.trim();
    if let Ok(day) = text.parse() {
        return Ok(day);
    }
    // A year of two digits is one of this century.
    let ways = ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d/%m/%y", "%d.%m.%y", "%d-%m-%y"];
    let read = |way: &&str| NaiveDate::parse_from_str(text, way).ok().filter(|day| day.year() > 1000);
    match ways.iter().find_map(read) {
        Some(meant) => Err(format!("write this day as {meant}: year, month, day")),
        None => Err("this is not a day: write year, month and day, as in 2026-11-29".to_owned()),
    }
}
