//! The colours of a council on a dark ground.
//!
//! In: a colour of the brand, chosen for white paper. Out: the same hue, light enough to be read on the dark ground (WCAG 2.2,
//! 1.4.3 and 1.4.11). Deliberately absent: the colours on white, which are the council's and are checked with its data.

/// The ground of a page in the dark.
pub const NIGHT: &str = "#14181a";

/// What a colour is for.
#[derive(Clone, Copy)]
pub enum Use {
    /// Text: 7:1.
    Text,
    /// Lines and bars: 3:1.
    Line,
}

/// A colour made lighter until it stands out from the dark ground. One that is no `#rrggbb` stays as it is.
pub fn at_night(colour: &str, of: Use) -> String {
    let (Some(from), Some(night)) = (parts(colour), parts(NIGHT)) else { return colour.to_owned() };
    let wanted = match of {
        Use::Text => 7.0,
        Use::Line => 3.0,
    };
    let lighter = (0..=20).map(|step| mix(from, [255.0; 3], f64::from(step) / 20.0));
    let found = lighter.into_iter().find(|it| contrast(*it, night) >= wanted).unwrap_or([255.0; 3]);
    written(found)
}

/// The dark ground with a little of a colour in it.
pub fn tint_at_night(colour: &str) -> String {
    match (parts(colour), parts(NIGHT)) {
        (Some(colour), Some(night)) => written(mix(night, mix(colour, [255.0; 3], 0.25), 0.16)),
        _ => NIGHT.to_owned(),
    }
}

type Rgb = [f64; 3];

fn parts(colour: &str) -> Option<Rgb> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let mut found = [0.0; 3];
    for (i, part) in found.iter_mut().enumerate() {
        *part = f64::from(u8::from_str_radix(digits.get(2 * i..2 * i + 2)?, 16).ok()?);
    }
    Some(found)
}

fn mix(from: Rgb, to: Rgb, share: f64) -> Rgb {
    [0, 1, 2].map(|i| from[i] + (to[i] - from[i]) * share)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "each part lies between 0 and 255")]
fn written(colour: Rgb) -> String {
    let [r, g, b] = colour.map(|part| part.round().clamp(0.0, 255.0) as u8);
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// WCAG 2.2, relative luminance and contrast ratio.
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: Rgb) -> f64 {
    let linear = |part: f64| {
        let part = part / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [r, g, b] = colour.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hue_can_be_read_in_the_dark() {
        for colour in ["#000000", "#1f3a4d", "#0b5d4e", "#7a1f5c", "#00008b", "#ffffff"] {
            let against = |found: &str| contrast(parts(found).expect("a colour"), parts(NIGHT).expect("a colour"));
            assert!(against(&at_night(colour, Use::Text)) >= 7.0, "{colour}");
            assert!(against(&at_night(colour, Use::Line)) >= 3.0, "{colour}");
            assert!(against(&tint_at_night(colour)) < 2.0, "{colour}");
        }
        assert_eq!(at_night("#ffffff", Use::Text), "#ffffff");
        assert_eq!(at_night("red", Use::Text), "red");
    }
}
