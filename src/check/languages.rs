//! The languages of papers, and easy read: whether there are words for them, and whether somebody who speaks or reads them has
//! read these.
//!
//! In: the layers, the languages of the council and of its readers. Out: warnings, and an error for words that would come out
//! half in English.
//!
//! Deliberately absent: any judgement of the words. Whoever is named as their reader is believed.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::input::{BOROUGH, Loaded, SPECIMEN};
use crate::model::language::{Language, Rendition, file_in, file_of};
use crate::model::people::Format;

/// The parts that every paper takes from its language.
const PARTS: [&str; 2] = ["parts/running.md", "parts/pen.md"];

pub fn rule(loaded: &Loaded, report: &mut Report) {
    // Templates are tried on people who do not exist.
    if loaded.places.conference.file == SPECIMEN {
        return;
    }
    for (language, at) in read(loaded) {
        let rendition = Rendition::plain(language);
        let kinds = kinds(loaded, rendition);
        words(loaded, language, &at, &kinds, report);
        behind(loaded, rendition, &at, &kinds, report);
    }
    easy_read(loaded, report);
    let languages = &loaded.borough.languages;
    let checked = languages.checked.iter().map(|(language, read)| (format!("checked.{language}"), read));
    for (of, read) in checked.chain(languages.easy_read.iter().map(|read| ("easy_read".to_owned(), read))) {
        if read.by.split_whitespace().count() < 2 {
            let error = Diagnostic::error(
                codes::BAD_VALUE,
                "whoever has read the words of a language has a full name or a title",
            );
            let error = error.at(format!("{BOROUGH}languages.{of}.by"));
            report.push(error.hint("write first name and surname, or a title of two words"));
        }
    }
}

/// Reports words in easy read that nobody who needs them has read, and those that have fallen behind the English ones.
fn easy_read(loaded: &Loaded, report: &mut Report) {
    let invitees = loaded.conference.invitees.iter().enumerate();
    let Some(reader) = invitees.filter(|(_, invitee)| invitee.format == Format::EasyRead).map(|(i, _)| i).next() else {
        return;
    };
    let at = format!("invitees[{reader}].format");
    let mut all: BTreeSet<Rendition> = loaded.translations.keys().map(|(_, rendition)| *rendition).collect();
    all.retain(|rendition| rendition.easy);
    for rendition in &all {
        behind(loaded, *rendition, &at, &kinds(loaded, *rendition), report);
    }
    let Some(version) = version_of_easy_words(loaded) else { return };
    let checked = loaded.borough.languages.easy_read.as_ref();
    if checked.is_none_or(|read| read.version.as_ref() != Some(&version)) {
        let message = match checked {
            None => "nobody who reads easy read has said that its words can be understood",
            Some(_) => "the words in easy read were read in another version than this",
        };
        let warning = Diagnostic::warning(codes::LANGUAGE_UNCHECKED, message).at(at);
        report.push(warning.hint(Hint::naming(
            "have somebody with a learning disability read them in a draft, then write who and when in `borough.yaml`: `languages: { easy_read: { by: …, on: …, version: \"{}\" } }`",
            [version],
        )));
    }
}

/// The version of all words in easy read: a hash of them and of their parts. `None` if there are none.
fn version_of_easy_words(loaded: &Loaded) -> Option<String> {
    let easy = loaded.translations.keys().filter(|(_, rendition)| rendition.easy);
    let files = easy.map(|(kind, rendition)| file_of(&format!("{kind}.md"), *rendition));
    let sources: Vec<String> = files.filter_map(|file| loaded.layers.source_of(&file)).collect();
    (!sources.is_empty()).then(|| blake3::hash(sources.concat().as_bytes()).to_hex()[..16].to_owned())
}

/// The languages besides English that papers are made in, each with the first field that asks for it.
fn read(loaded: &Loaded) -> BTreeMap<Language, String> {
    let mut found = BTreeMap::new();
    let papers = loaded.borough.languages.papers.iter().enumerate();
    let papers = papers.map(|(i, language)| (*language, format!("{BOROUGH}languages.papers[{i}]")));
    let invitees = loaded.conference.invitees.iter().enumerate();
    let invitees = invitees.filter_map(|(i, invitee)| Some((invitee.reads?, format!("invitees[{i}].reads"))));
    for (language, at) in papers.chain(invitees).filter(|(language, _)| !language.is_english()) {
        found.entry(language).or_insert(at);
    }
    found
}

/// The kinds of paper that there are words for in a language, or in easy read of it.
fn kinds(loaded: &Loaded, rendition: Rendition) -> Vec<&str> {
    loaded.translations.keys().filter(|(_, of)| *of == rendition).map(|(kind, _)| kind.as_str()).collect()
}

/// Reports words that a language needs and has not got, and words that no speaker has read.
fn words(loaded: &Loaded, language: Language, at: &str, kinds: &[&str], report: &mut Report) {
    let name = language.name();
    let Some(tongue) = loaded.tongues.get(&language) else {
        let message = format!("nothing says in {name} that a paper is there only in English");
        let file = file_in("language.yaml", language);
        // Words that cannot write a date are of no use; without any, the paper comes in English.
        let severity = if kinds.is_empty() { Diagnostic::warning } else { Diagnostic::error };
        let told = severity(codes::NO_LANGUAGE, message).at(at);
        report.push(told.hint(Hint::naming(
            "write `templates/{}`, with the sentence under `untranslated:`; until then these papers come in English, and do not say why",
            [file],
        )));
        return;
    };
    let missing = PARTS.iter().map(|part| file_in(part, language)).find(|part| loaded.layers.get(part).is_none());
    if let Some(part) = missing.filter(|_| !kinds.is_empty()) {
        let message = format!("there are papers in {name}, and no words for their head and foot");
        let error = Diagnostic::error(codes::NO_LANGUAGE, message).at(at);
        report.push(error.hint(Hint::naming("write `templates/{}`; the English one shows what it needs", [part])));
    }
    let checked = loaded.borough.languages.checked.get(&language);
    if checked.is_none_or(|read| read.version.as_ref() != Some(&tongue.version)) {
        let message = match checked {
            None => format!("nobody who speaks {name} has said that its words are right"),
            Some(_) => format!("the words in {name} were read by a speaker in another version than this"),
        };
        let warning = Diagnostic::warning(codes::LANGUAGE_UNCHECKED, message).at(at);
        report.push(warning.hint(Hint::naming(
            "have a speaker read them in a draft, then write who and when in `borough.yaml`: `languages: { checked: { {}: { by: …, on: …, version: \"{}\" } } }`",
            [language.tag().to_owned(), tongue.version.clone()],
        )));
    }
}

/// Reports kinds of paper whose English words have moved since they were put into a language or into easy read: in the base, or
/// because the council or its region has changed them.
fn behind(loaded: &Loaded, rendition: Rendition, at: &str, kinds: &[&str], report: &mut Report) {
    for kind in kinds {
        let english = format!("{kind}.md");
        let Some(now) = loaded.layers.source_of(&english) else { continue };
        let of = loaded.translations.get(&((*kind).to_owned(), rendition)).and_then(|front| front.of.as_ref());
        let file = file_of(&english, rendition);
        let (message, hint) = match of {
            Some(of) if *of == now => continue,
            Some(_) => (
                format!("`{kind}` has changed in English since it was put into {}", rendition.name()),
                "write `templates/{}` so that both say the same, with `of: {}` in its front matter",
            ),
            None => (
                format!("nothing says which English words `{kind}` was put into {} from", rendition.name()),
                "compare both; if they say the same, begin `templates/{}` with front matter that has `of: {}`",
            ),
        };
        let warning = Diagnostic::warning(codes::TRANSLATION_BEHIND, message).at(at);
        report.push(warning.hint(Hint::naming(hint, [file, now])));
    }
}
