//! Texts that are there must say something, and names of folders must be safe.

use crate::diag::{Diagnostic, Report, codes};
use crate::input::{BOROUGH, Loaded};

pub fn rule(loaded: &Loaded, report: &mut Report) {
    for (path, _) in loaded.places.texts().filter(|(_, text)| text.trim().is_empty()) {
        report.push(
            Diagnostic::error(codes::EMPTY_TEXT, "this text is empty")
                .at(path)
                .hint("write something, or take the field out: a paper never leaves a blank"),
        );
    }
    safe_reference(&loaded.conference.reference, "reference".to_owned(), report);
    safe_reference(&loaded.borough.id, format!("{BOROUGH}id"), report);
    if loaded.borough.id == "base" {
        report.push(
            Diagnostic::error(codes::BAD_REFERENCE, "`base` is the name of our own templates")
                .at(format!("{BOROUGH}id"))
                .hint("give the council an id of its own"),
        );
    }
    colour(loaded.borough.brand.colour.as_deref(), "colour", report);
    colour(loaded.borough.brand.tint.as_deref(), "tint", report);
    numbers(loaded, report);
}

fn numbers(loaded: &Loaded, report: &mut Report) {
    if loaded.conference.version == 0 {
        report.push(
            Diagnostic::error(codes::BAD_VALUE, "versions are counted from 1").at("version").hint("write `version: 1`"),
        );
    }
    for (name, steps) in &loaded.borough.settings.timescales {
        // Two years of working days, or forty years of months: more is a slip of the keyboard.
        if *steps > 520 {
            report.push(
                Diagnostic::error(codes::BAD_VALUE, format!("`{steps}` is too many"))
                    .at(format!("{BOROUGH}settings.timescales.{name}"))
                    .hint("timescales are working days, or months where the name says so"),
            );
        }
    }
}

fn safe_reference(text: &str, path: String, report: &mut Report) {
    // Windows reserves the names of devices and drops a full stop at the end.
    let device =
        ["con", "prn", "aux", "nul"].contains(&text.split('.').next().unwrap_or_default().to_lowercase().as_str());
    let safe = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !text.ends_with('.')
        && !device
        && text.len() <= 64;
    if !safe {
        report.push(Diagnostic::error(codes::BAD_REFERENCE, format!("`{text}` cannot name a folder")).at(path).hint(
            "use letters, digits, hyphens, underscores and full stops, at most 64, and start with a letter or digit, and do not end with a full stop",
        ));
    }
}

fn colour(typed: Option<&str>, field: &str, report: &mut Report) {
    let Some(typed) = typed else { return };
    let path = format!("{BOROUGH}brand.{field}");
    let Some(rgb) = parse_colour(typed) else {
        report.push(
            Diagnostic::error(codes::BAD_COLOUR, format!("`{typed}` is not a colour"))
                .at(path)
                .hint("write it as `#rrggbb`, for example `#0b5d4e`"),
        );
        return;
    };
    // WCAG 2.2 §1.4.3: text needs 4.5:1. The brand colour is text on white; the tint lies under ink.
    let against_white = 1.05 / (luminance(rgb) + 0.05);
    if field == "tint" && against_white > 1.5 {
        report.push(
            Diagnostic::error(codes::BAD_COLOUR, format!("`{typed}` is too dark for text to lie on it"))
                .at(path)
                .hint("a tint is 6 to 10 % of the colour on white; leave it out to have it worked out"),
        );
    } else if field == "colour" && against_white < 4.5 {
        report.push(
            Diagnostic::error(
                codes::BAD_COLOUR,
                format!("`{typed}` is too pale for headings: {against_white:.1}:1 on white"),
            )
            .at(path)
            .hint("headings need 4.5:1 (WCAG 2.2 AA): choose a darker shade"),
        );
    }
}

/// `#rrggbb` as three bytes.
pub fn parse_colour(typed: &str) -> Option<[u8; 3]> {
    let hex = typed.strip_prefix('#').filter(|h| h.len() == 6 && h.chars().all(|c| c.is_ascii_hexdigit()))?;
    let byte = |i: usize| u8::from_str_radix(&hex[i..i + 2], 16).ok();
    Some([byte(0)?, byte(2)?, byte(4)?])
}

/// WCAG 2.2, relative luminance.
fn luminance(rgb: [u8; 3]) -> f64 {
    let linear = rgb.map(|byte| {
        let c = f64::from(byte) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}
