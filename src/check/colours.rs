//! Colours that people can read: the contrast of every text colour on every background that the theme uses.
//!
//! WCAG 2.2 §1.4.3 (AA) requires 4.5:1 for text. The theme sets text in ink and in the brand colour, on white and on
//! the tint.

use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::input::{BOROUGH, Loaded};
use crate::model::borough::{Brand, INK, tint_of};

type Rgb = [u8; 3];

const WHITE: Rgb = [255; 3];

/// The contrast that text needs on its background.
const LEAST: f64 = 4.5;

/// A tint with more contrast than this against white swallows hairlines and grey text.
const DARKEST_TINT: f64 = 1.5;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let brand = &loaded.borough.brand;
    let typed = [("colour", &brand.colour), ("accent", &brand.accent), ("text", &brand.text), ("tint", &brand.tint)];
    let mut sound = true;
    for (field, colour) in typed {
        if let Some(colour) = colour.as_ref().filter(|colour| parse(colour).is_none()) {
            sound = false;
            report.push(
                Diagnostic::error(codes::BAD_COLOUR, format!("`{colour}` is not a colour"))
                    .at(format!("{BOROUGH}brand.{field}"))
                    .hint("write it as `#rrggbb`, for example `#0b5d4e`"),
            );
        }
    }
    if sound {
        contrasts(brand, report);
    }
}

fn contrasts(brand: &Brand, report: &mut Report) {
    let colour = brand.colour.as_deref().and_then(parse);
    let text = brand.text.as_deref().or(Some(INK)).and_then(parse).unwrap_or([0; 3]);
    let tint = brand.tint.as_deref().and_then(parse);
    if let Some(tint) = tint.filter(|tint| contrast(*tint, WHITE) > DARKEST_TINT || contrast(text, *tint) < LEAST) {
        let passes = |c: Rgb| contrast(c, WHITE) <= DARKEST_TINT && contrast(text, c) >= LEAST;
        let message = format!("`{}` is too dark as a background for text", written(tint));
        report.push(colour_error("tint", message, nearest(tint, WHITE, passes)));
        return;
    }
    if brand.text.is_some() && contrast(text, WHITE) < LEAST {
        let message = format!("`{}` is too pale for text: {} on white", written(text), ratio(text, WHITE));
        report.push(colour_error("text", message, nearest(text, [0; 3], |c| contrast(c, WHITE) >= LEAST)));
    }
    let Some(colour) = colour else { return };
    // A council without a tint of its own gets one that is derived from the colour.
    let ground = |c: Rgb| tint.unwrap_or_else(|| parse(&tint_of(&written(c))).unwrap_or(WHITE));
    let passes = |c: Rgb| contrast(c, WHITE) >= LEAST && contrast(c, ground(c)) >= LEAST;
    let proposal = || nearest(colour, [0; 3], passes);
    if contrast(colour, WHITE) < LEAST {
        let message = format!("`{}` is too pale for headings: {} on white", written(colour), ratio(colour, WHITE));
        report.push(colour_error("colour", message, proposal()));
    } else if !passes(colour) {
        let ground = ground(colour);
        let message = format!(
            "`{}` is too pale for a link in a decision: {} on the tint `{}`",
            written(colour),
            ratio(colour, ground),
            written(ground)
        );
        report.push(colour_error("colour", message, proposal()));
    }
}

fn colour_error(field: &str, message: String, proposal: Option<Rgb>) -> Diagnostic {
    let error = Diagnostic::error(codes::BAD_COLOUR, message).at(format!("{BOROUGH}brand.{field}"));
    match proposal {
        Some(near) => error.hint(Hint::naming(
            "`\"{}\"` is the nearest shade that passes (WCAG 2.2 AA requires 4.5:1 for text)",
            [written(near)],
        )),
        None => error.hint("WCAG 2.2 AA requires 4.5:1 for text: choose another colour"),
    }
}

fn ratio(a: Rgb, b: Rgb) -> String {
    // Rounded down: 4.49 must not read as 4.5.
    format!("{:.1}:1", (contrast(a, b) * 10.0).floor() / 10.0)
}

fn written(rgb: Rgb) -> String {
    format!("#{:02x}{:02x}{:02x}", rgb[0], rgb[1], rgb[2])
}

/// Parses `#rrggbb` into three bytes.
fn parse(typed: &str) -> Option<Rgb> {
    let hex = typed.strip_prefix('#').filter(|h| h.len() == 6 && h.chars().all(|c| c.is_ascii_hexdigit()))?;
    let byte = |i: usize| u8::from_str_radix(&hex[i..i + 2], 16).ok();
    Some([byte(0)?, byte(2)?, byte(4)?])
}

/// The first colour that passes on the way to black or white: the hue stays, only the lightness changes.
fn nearest(from: Rgb, to: Rgb, passes: impl Fn(Rgb) -> bool) -> Option<Rgb> {
    let mixed = |step: u32| {
        let part = |i: usize| (u32::from(from[i]) * (255 - step) + u32::from(to[i]) * step) / 255;
        [0, 1, 2].map(|i| u8::try_from(part(i)).unwrap_or(u8::MAX))
    };
    (0..=255).map(mixed).find(|colour| passes(*colour))
}

/// The contrast ratio of WCAG 2.2.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The relative luminance of WCAG 2.2.
fn luminance(rgb: Rgb) -> f64 {
    let linear = rgb.map(|byte| {
        let c = f64::from(byte) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shade_that_is_proposed_passes_and_the_one_before_it_does_not() {
        for typed in ["#f5c242", "#9bd0c4", "#ff0000", "#00a3e0"] {
            let from = parse(typed).expect("a colour");
            let near = nearest(from, [0; 3], |c| contrast(c, WHITE) >= LEAST).expect("black passes");
            assert!(
                contrast(near, WHITE) >= LEAST && contrast(near, WHITE) < LEAST + 0.2,
                "{typed}: {}",
                written(near)
            );
        }
        assert!((contrast([0; 3], WHITE) - 21.0).abs() < 0.001);
    }
}
