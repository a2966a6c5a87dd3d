//! Lengths and colours, as the standard has them (ODF 1.2 part 1, §18.3.9, §18.3.18).
//!
//! In: points, millimetres, `#rrggbb`. Out: values of attributes.

use crate::render::office::whole;

/// A length in points.
pub fn pt(points: f32) -> String {
    hundredths(points) + "pt"
}

/// A length in millimetres.
pub fn mm(millimetres: f32) -> String {
    hundredths(millimetres) + "mm"
}

/// A number with as many as two digits after its point.
fn hundredths(length: f32) -> String {
    let count = whole(length * 100.0);
    let (sign, count) = (if count < 0 { "-" } else { "" }, count.unsigned_abs());
    let digits = format!("{sign}{}.{:02}", count / 100, count % 100);
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A colour. One that is no `#rrggbb` is black.
pub fn colour(colour: &str) -> &str {
    let digits = colour.trim_start_matches('#');
    let is_one = digits.len() == 6 && colour.len() == 7 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    if is_one { colour } else { "#000000" }
}

/// A line: its thickness in points, its kind and its colour.
pub fn line(thick: f32, dashed: bool, of: &str) -> String {
    format!("{} {} {}", pt(thick), if dashed { "dashed" } else { "solid" }, colour(of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_colours_are_such_as_the_standard_has() {
        assert_eq!([pt(18.0), pt(0.5), mm(-24.004), mm(0.1 + 0.2)], ["18pt", "0.5pt", "-24mm", "0.3mm"]);
        assert_eq!(
            [colour("#0b5d4e"), colour("red"), colour("##12345"), colour("")],
            ["#0b5d4e", "#000000", "#000000", "#000000"]
        );
        assert_eq!(line(0.75, true, "#1d1d1b"), "0.75pt dashed #1d1d1b");
    }
}
