//! Texts are not empty, names of folders are safe, and settings are within their limits.

use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::fields::{self, Sort};
use crate::input::{BOROUGH, Loaded, REGION};
use crate::model::Audience;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    for (path, _) in loaded.places.texts().filter(|(_, text)| text.trim().is_empty()) {
        report.push(
            Diagnostic::error(codes::EMPTY_TEXT, "this text is empty")
                .at(path)
                .hint("write something, or remove the field: a paper never leaves a blank"),
        );
    }
    long_names(loaded, report);
    safe_reference(&loaded.conference.reference, "reference".to_owned(), report);
    safe_reference(&loaded.borough.id, format!("{BOROUGH}id"), report);
    if loaded.borough.id == "base" {
        report.push(
            Diagnostic::error(codes::BAD_REFERENCE, "`base` is the name of our own templates")
                .at(format!("{BOROUGH}id"))
                .hint("give the council an id of its own"),
        );
    }
    reference_format(loaded, report);
    sizes(loaded, report);
    numbers(loaded, report);
    markings(loaded, report);
}

/// Checks markings: anybody who finds a page must see from its head that it was not meant for them.
fn markings(loaded: &Loaded, report: &mut Report) {
    let scheme = &loaded.settings.markings;
    let public = scheme.get(&Audience::Public).unwrap_or(&loaded.settings.public_marking);
    for audience in [Audience::Professional, Audience::Restricted] {
        let Some(marking) = scheme.get(&audience).filter(|m| m.trim().eq_ignore_ascii_case(public.trim())) else {
            continue;
        };
        let own = loaded.borough.settings.markings.contains_key(&audience);
        let mark = if own { BOROUGH } else { REGION };
        let message = format!("{} papers would be marked `{marking}`, as those for everybody are", audience.id());
        report.push(
            Diagnostic::error(codes::BAD_MARKING, message)
                .at(format!("{mark}settings.markings.{}", audience.id()))
                .hint("give them words of their own, or remove the line to use the conference’s marking"),
        );
    }
}

fn numbers(loaded: &Loaded, report: &mut Report) {
    if loaded.conference.version == 0 {
        report.push(
            Diagnostic::error(codes::BAD_VALUE, "versions are counted from 1").at("version").hint("write `version: 1`"),
        );
    }
    for kind in loaded.conference.papers.iter().filter(|(_, own)| own.version == Some(0)).map(|(kind, _)| kind) {
        report.push(
            Diagnostic::error(codes::BAD_VALUE, "versions are counted from 1")
                .at(format!("papers.{kind}.version"))
                .hint("write `version: 1`, or remove the line"),
        );
    }
    for (name, steps) in &loaded.borough.settings.timescales {
        // Two years of working days, or forty years of months: anything more is a typing mistake.
        if *steps > 520 {
            report.push(
                Diagnostic::error(codes::BAD_VALUE, format!("`{steps}` is too many"))
                    .at(format!("{BOROUGH}settings.timescales.{name}"))
                    .hint("timescales are working days, or months where the name says so"),
            );
        }
    }
}

/// The most characters of a name, a reference or a contact. They stand in titles, bookmarks and descriptions of pictures, where
/// a PDF holds no more than 32,767 bytes (ISO 19005-2 §6.1.13).
const NAME: usize = 500;

fn long_names(loaded: &Loaded, report: &mut Report) {
    let of_council = ["name", "short_name", "logo.alt", "department"].map(|field| format!("{BOROUGH}{field}"));
    let is_name = |path: &str| {
        let sort = fields::of_path(path).map(|field| field.sort);
        matches!(sort, Some(Sort::Name | Sort::Person | Sort::Reference | Sort::Contact))
            || of_council.iter().any(|field| field == path)
    };
    for (path, text) in loaded.places.texts().filter(|(path, text)| text.len() > NAME && is_name(path)) {
        let length = text.chars().count();
        if length > NAME {
            report.push(
                Diagnostic::error(codes::BAD_VALUE, format!("this name or reference has {length} characters"))
                    .at(path)
                    .hint(Hint::listing("at most {}: it stands in titles and bookmarks", [NAME.to_string()])),
            );
        }
    }
}

fn safe_reference(text: &str, path: String, report: &mut Report) {
    // Windows reserves the names of devices, and drops a full stop at the end.
    let device =
        ["con", "prn", "aux", "nul"].contains(&text.split('.').next().unwrap_or_default().to_lowercase().as_str());
    let safe = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !text.ends_with('.')
        && !device
        && text.len() <= 64;
    if !safe {
        report.push(Diagnostic::error(codes::BAD_REFERENCE, format!("`{text}` cannot name a folder")).at(path).hint(
            "use letters, digits, hyphens, underscores and full stops, at most 64, starting with a letter or digit and not ending with a full stop",
        ));
    }
}

/// Warns of a reference that does not follow the council's format.
fn reference_format(loaded: &Loaded, report: &mut Report) {
    let Some(format) = &loaded.borough.reference else { return };
    let reference = &loaded.conference.reference;
    let fits = |(shape, c): (char, char)| if matches!(shape, 'Y' | 'N') { c.is_ascii_digit() } else { shape == c };
    if format.chars().count() != reference.chars().count() || !format.chars().zip(reference.chars()).all(fits) {
        report.push(
            Diagnostic::error(
                codes::BAD_REFERENCE,
                format!("`{reference}` is not written as the council writes references"),
            )
            .at("reference")
            .hint(Hint::naming("`borough.yaml` says `{}`: `Y` and `N` stand for digits", [format])),
        );
    }
}

fn sizes(loaded: &Loaded, report: &mut Report) {
    let borough = &loaded.borough;
    if let Some(points) = borough.brand.large_print.filter(|points| !(16..=28).contains(points)) {
        report.push(
            Diagnostic::error(codes::BAD_VALUE, format!("`{points}` is not a size for large print"))
                .at(format!("{BOROUGH}brand.large_print"))
                .hint("large print starts at 16 points (UKAAF G003); above 28 a sentence does not fit on a line"),
        );
    }
    if let Some(clear) = borough.logo.as_ref().map(|logo| logo.clear).filter(|clear| *clear > 12) {
        report.push(
            Diagnostic::error(codes::BAD_VALUE, format!("`{clear}` mm around the logo leaves no room for it"))
                .at(format!("{BOROUGH}logo.clear"))
                .hint("12 mm is the maximum; a picture with a margin of its own needs less"),
        );
    }
}
