//! The lines of a person's address, from whichever cells the list has.

use super::cell;
use super::cells::Cells;
use super::fields::{Field, folded};
use crate::model::postal::{PostalAddress, is_uk, line, postcode, spaced};

/// The lines of the address, with the town in capitals and the postcode last, as Royal Mail asks. A line that only repeats
/// the name is dropped, since the letter puts it on top; so are `UK` and `England`.
pub(super) fn of(cells: &Cells<'_>, name: &str, organisation: &str) -> PostalAddress {
    let mut lines: Vec<String> = Vec::with_capacity(8);
    lines.extend(cell::lines(cells.raw(Field::Address), Field::Address).map(tidy));
    parts(cells, &mut lines);
    lines.retain(|line| !line.is_empty() && line != name && !is_country(line));
    // Where people work is no part of the address of their home.
    if !organisation.is_empty() && !cells.is_home() && !lines.iter().any(|l| folded(l) == folded(organisation)) {
        lines.insert(0, organisation.to_owned());
    }
    let town = tidy(cells.raw(Field::Town));
    if !town.is_empty() {
        let key = folded(&town);
        lines.retain(|line| folded(line) != key);
        // The postcode may be in the last of the lines.
        let at = lines.iter().rposition(|l| postcode(l).is_none() && !is_uk(l)).map_or(0, |last| last + 1);
        lines.insert(at, town.to_uppercase());
    }
    let typed = tidy(cells.raw(Field::Postcode));
    // One that is none is left as it is, in its form, to be reported.
    lines.push(spaced(&typed).unwrap_or(typed));
    PostalAddress::of(lines)
}

/// Adds the parts in the order in which Royal Mail writes them: the number of a house goes before its street.
fn parts(cells: &Cells<'_>, lines: &mut Vec<String>) {
    let text = |field: Field| tidy(cells.raw(field));
    let split = |n: u8| cell::lines(cells.raw(Field::Line(n)), Field::Line(n)).map(tidy);
    let (mut house, mut number) = (text(Field::House), text(Field::HouseNumber));
    if number.is_empty() && is_number(&house) {
        number = std::mem::take(&mut house);
    }
    let mut first: Vec<String> = split(1).collect();
    let mut streets = [text(Field::DependentStreet), text(Field::Street)];
    // Of an address in one cell, the first line is the street.
    let whole = lines.iter_mut().take(1);
    if !number.is_empty()
        && let Some(street) = streets.iter_mut().chain(&mut first).chain(whole).find(|street| !street.is_empty())
    {
        let number = std::mem::take(&mut number);
        if !street.starts_with(&format!("{number} ")) {
            *street = format!("{number} {street}");
        }
    }
    let mut pobox = text(Field::PoBox);
    if !pobox.is_empty() && pobox.bytes().all(|b| b.is_ascii_digit()) {
        pobox.insert_str(0, "PO Box ");
    }
    let mut flat = text(Field::SubBuilding);
    if is_number(&flat) || flat.len() == 1 {
        flat.insert_str(0, "Flat ");
    }
    // Somebody may have written it in the first line, too.
    let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    let key = folded(&flat);
    let again = |line: &String| {
        if key.is_empty() || !folded(line).starts_with(&key) {
            return false;
        }
        // `Flat 2, 14 Mill Lane` has flat 2, and `Flat 21` has not.
        let ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
        ends.into_iter().find(|end| folded(&line[..*end]) == key).is_some_and(|end| !goes_on(&line[end..]))
    };
    if first.iter().chain(lines.iter()).any(again) {
        flat.clear();
    }
    let above = [pobox, flat, house, number].into_iter().filter(|part| !part.is_empty());
    lines.splice(0..0, above);
    // A street is the first line if no other is, and goes on with the second.
    let below = if first.iter().all(String::is_empty) {
        lines.extend(streets);
        None
    } else {
        lines.append(&mut first);
        Some(streets)
    };
    lines.extend((2..=7).flat_map(split));
    lines.extend(below.into_iter().flatten());
    lines.extend([text(Field::SubLocality), text(Field::Locality)]);
}

/// Whether a text is the number of a house: `14`, `14A`, `14-16`, `3/4`.
fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-/ ".contains(&b));
    plain && text.starts_with(|c: char| c.is_ascii_digit()) && (1..=8).contains(&digits) && letters <= 1
}

/// A line of an address without what nobody sees, and without commas at its end.
fn tidy(raw: &str) -> String {
    if raw.is_empty() {
        return String::new();
    }
    line(&cell::text(raw))
}

fn is_country(line: &str) -> bool {
    let first = line.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(|c| matches!(c, 'u' | 'U' | 'e' | 'E' | 'g' | 'G') || !c.is_ascii())
        && matches!(folded(line).as_str(), "uk" | "unitedkingdom" | "england" | "greatbritain" | "gb")
}

#[cfg(test)]
mod tests {
    use super::super::record::tests::listed;

    fn address(headings: &[&str], cells: &[&str]) -> Vec<String> {
        listed(&[&["Name"], headings].concat(), &[&["Ann Ada"], cells].concat()).0.address
    }

    #[test]
    fn the_parts_of_royal_mails_file_are_put_in_its_order() {
        let paf = [
            "Organisation",
            "Sub building",
            "Building name",
            "Building number",
            "Dependent thoroughfare",
            "Thoroughfare",
            "Double dependent locality",
            "Dependent locality",
            "Post town",
            "Postcode",
        ];
        assert_eq!(
            address(&paf, &["", "Flat 2", "", "14", "", "Mill Lane", "", "Lower Quay", "Marshgate", "e209zz"]),
            ["Flat 2", "14 Mill Lane", "Lower Quay", "MARSHGATE", "E20 9ZZ"]
        );
        assert_eq!(
            address(
                &paf,
                &["Corner Shop", "", "Quay House", "", "Mill Court", "Mill Lane", "", "", "Marshgate", "E20 9ZZ"]
            ),
            ["Corner Shop", "Quay House", "Mill Court", "Mill Lane", "MARSHGATE", "E20 9ZZ"]
        );
        for (headings, cells) in [
            (
                &["House number", "Street", "Village", "Town", "Postcode"][..],
                &["14", "Mill Lane", "Dace", "Marshgate", "E20 9ZZ"][..],
            ),
            (
                &["House", "Street", "Village", "Town", "Postcode"],
                &["14", "14 Mill Lane", "Dace", "Marshgate", "E20 9ZZ"],
            ),
            (
                &["House name or number", "Road", "Locality", "City", "Zip"],
                &["14", "Mill Lane", "Dace", "Marshgate", "E20 9ZZ"],
            ),
        ] {
            assert_eq!(address(headings, cells), ["14 Mill Lane", "Dace", "MARSHGATE", "E20 9ZZ"], "{headings:?}");
        }
        assert_eq!(
            address(&["House", "Street", "Postcode"], &["The Mill", "Mill Lane", "E20 9ZZ"]),
            ["The Mill", "Mill Lane", "E20 9ZZ"]
        );
        // Beside a line that has the street, a number goes before it, once.
        for (first, line) in [("Mill Lane", "14 Mill Lane"), ("14 Mill Lane", "14 Mill Lane")] {
            let typed = ["14", "2", first, "Marshgate", "E20 9ZZ"];
            let lines = address(&["House number", "Flat", "Address line 1", "Town", "Postcode"], &typed);
            assert_eq!(lines, ["Flat 2", line, "MARSHGATE", "E20 9ZZ"]);
            let lines =
                address(&["House number", "Flat", "Address"], &["14", "", &format!("{first}, Marshgate, E20 9ZZ")]);
            assert_eq!(lines, [line, "Marshgate", "E20 9ZZ"]);
        }
        let typed = ["2", "Flat 2, 14 Mill Lane", "Marshgate", "E20 9ZZ"];
        assert_eq!(address(&["Flat", "Address line 1", "Town", "Postcode"], &typed)[0], "Flat 2, 14 Mill Lane");
        assert_eq!(address(&["PO Box", "Town", "Postcode"], &["71", "Marshgate", "E20 9ZZ"])[0], "PO Box 71");
    }

    #[test]
    fn lines_are_read_in_their_order_and_the_last_may_be_the_postcode() {
        let lines = ["Address line 1", "Address line 2", "Address line 7"];
        assert_eq!(address(&lines, &["1 Mill Lane", "Marshgate", "e209zz"]), ["1 Mill Lane", "Marshgate", "E20 9ZZ"]);
        let street = ["Home Street", "Home Street 2", "Home City", "Home Postal Code"];
        assert_eq!(
            address(&street, &["1 Mill Lane", "Dace", "Marshgate", "E20 9ZZ"]),
            ["1 Mill Lane", "Dace", "MARSHGATE", "E20 9ZZ"]
        );
        let two = address(&["Address line 1", "Town", "Postcode"], &["Flat 2\n3 Mill Lane", "Marshgate", "E20 9ZZ"]);
        assert_eq!(two, ["Flat 2", "3 Mill Lane", "MARSHGATE", "E20 9ZZ"]);
        // A town of its own column goes before a postcode in the last line.
        assert_eq!(
            address(&["Address", "Town"], &["1 Mill Lane, E20 9ZZ, UK", "Marshgate"]),
            ["1 Mill Lane", "MARSHGATE", "E20 9ZZ"]
        );
    }

    #[test]
    fn where_somebody_works_is_not_written_above_their_home() {
        let headings = ["Company", "Home Street", "Home City", "Home Postal Code"];
        assert_eq!(address(&headings, &["Corner Shop", "1 Mill Lane", "Marshgate", "E20 9ZZ"])[0], "1 Mill Lane");
        let headings = ["Company", "Business Street", "Business City", "Business Postal Code"];
        assert_eq!(address(&headings, &["Corner Shop", "1 Mill Lane", "Marshgate", "E20 9ZZ"])[0], "Corner Shop");
    }
}
