//! How each language of the layers writes dates, numbers and lists, and its words for terms.
//!
//! In: `language.LANG.yaml` and `vocabulary.LANG.yaml` of the layers. Out: a table for each language, and the faults of the
//! files; the front matter of every template in another language or in easy read, whose faults are told where words are loaded. The nearest file of a name counts as a whole, as everywhere.
//!
//! Deliberately absent: who reads which language, and whether anybody has checked its words.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::parsed::take;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::layers::{Layers, front_matter};
use crate::model::language::{Language, Tongue, Tongues, TranslationFront, Translations, file_in, of_file};
use crate::model::vocabulary::Vocabulary;
use crate::yaml;

const TABLE: &str = "language.yaml";
const TERMS: &str = "vocabulary.yaml";

/// Reads the tables of all languages.
pub fn tongues(layers: &Layers, report: &mut Report) -> Arc<Tongues> {
    let names = layers.iter().flat_map(|layer| layer.files().map(|(name, _)| name));
    let languages: BTreeSet<Language> =
        names.filter_map(of_file).filter(|(name, of)| name == TABLE && !of.easy).map(|(_, of)| of.language).collect();
    let mut all = Tongues::new();
    for language in languages {
        let name = file_in(TABLE, language);
        let Some((layer, text)) = layers.text(&name) else { continue };
        let file = format!("{}/{name}", layer.origin);
        let Some(mut tongue) = take::<Tongue>(&file, text, report).0 else { continue };
        let short = short(&tongue);
        if !short.is_empty() {
            let place = Place { span: Some(0..text.lines().next().map_or(0, str::len)), ..Place::file(&file) };
            for message in short {
                report.push(Diagnostic::error(codes::BAD_VALUE, message).place(place.clone()).hint(HINT));
            }
            continue;
        }
        tongue.terms = terms(layers, language, report);
        all.insert(language, tongue);
    }
    Arc::new(all)
}

/// The kinds of paper that there are in other languages and in easy read. A template without front matter of its own has that of the layer below.
pub fn translations(layers: &Layers) -> Translations {
    let mut found = Translations::new();
    for layer in layers.iter() {
        for (name, _) in layer.files() {
            let Some((of, rendition)) = of_file(name).filter(|(of, _)| !of.contains('/')) else { continue };
            let Some(kind) = of.strip_suffix(".md") else { continue };
            let front = layer.text(name).and_then(front_matter);
            if let Some(front) = front.and_then(|front| yaml::read::<TranslationFront>(name, front).value) {
                found.insert((kind.to_owned(), rendition), front);
            }
        }
    }
    found
}

const HINT: &str = "compare it with `language.cy.yaml` of the base: `convenor templates show language.cy.yaml`";

/// The terms of a language; none if no layer has them. A template that needs one then fails, and prints no English.
fn terms(layers: &Layers, language: Language, report: &mut Report) -> Vocabulary {
    let name = file_in(TERMS, language);
    let found = layers.text(&name).map(|(layer, text)| (format!("{}/{name}", layer.origin), text));
    found.and_then(|(file, text)| take::<Vocabulary>(&file, text, report).0).unwrap_or_default()
}

/// What a table lacks: a date must not come out short, whatever day it is.
fn short(tongue: &Tongue) -> Vec<String> {
    let mut found = Vec::new();
    for (field, list, count) in [
        ("months", &tongue.months, 12),
        ("short_months", &tongue.short_months, 12),
        ("weekdays", &tongue.weekdays, 7),
        ("numbers", &tongue.numbers, 10),
    ] {
        if list.len() != count || list.iter().any(|word| word.trim().is_empty()) {
            found.push(format!(
                "`{field}` has {} words and needs {count}",
                list.iter().filter(|w| !w.trim().is_empty()).count()
            ));
        }
    }
    for (field, pattern, parts) in [
        ("date", &tongue.date, &["{day}", "{month}", "{year}"][..]),
        ("weekday_date", &tongue.weekday_date, &["{weekday}", "{date}"]),
    ] {
        for part in parts.iter().filter(|part| !pattern.contains(**part)) {
            found.push(format!("`{field}` has no `{part}` in it"));
        }
    }
    if tongue.untranslated.trim().is_empty() {
        found.push("`untranslated` is empty".to_owned());
    }
    found
}
