//! Reports files and blocks of a council's templates that nothing uses, because of their names.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Place, Report, codes};
use crate::layers::blocks::{blocks, extends};
use crate::layers::{Layer, Layers, has_ending};
use crate::model::language::of_file;

/// Warns of every unused file, and refuses every unused block: both are probably misnamed.
pub fn check(layers: &Layers, report: &mut Report) {
    let mut all = layers.iter();
    let Some(base) = all.next() else { return };
    let ours: BTreeSet<&str> = base.files().map(|(name, _)| name).collect();
    for layer in all {
        files(layer, &ours, report);
        for (name, _) in layer.files().filter(|(name, _)| has_ending(name, "md")) {
            unused_blocks(layers, layer, name, report);
        }
    }
}

fn files(layer: &Layer, ours: &BTreeSet<&str>, report: &mut Report) {
    let texts: Vec<String> = layer.files().map(|(_, data)| String::from_utf8_lossy(data).into_owned()).collect();
    for (name, data) in layer.files().filter(|(name, _)| !ours.contains(name)) {
        // A file in another language or in easy read is used if there is one of its name without it.
        if let Some((of, _)) = of_file(name)
            && (ours.contains(of.as_str()) || of == "language.yaml" || layer.files().any(|(own, _)| own == of))
        {
            continue;
        }
        let own_paper =
            has_ending(name, "md") && data.starts_with(b"---\n") && data[4..].windows(5).any(|w| w == b"\n---\n");
        let last = name.rsplit('/').next().unwrap_or(name);
        let named = texts.iter().any(|text| text.contains(last));
        if !own_paper && !named {
            let warning = Diagnostic::warning(codes::UNUSED_TEMPLATE, format!("nothing uses `{name}`"))
                .place(Place::file(format!("{}/{name}", layer.origin)))
                .suggest(name, ours.iter().copied());
            let hint = "a paper of your own begins with front matter between `---` lines; any other file must have the name of one of ours";
            report.push(if warning.hint.is_some() { warning } else { warning.hint(hint) });
        }
    }
}

/// Reports outermost blocks that are never printed, since the extended template has no block of their name.
fn unused_blocks(layers: &Layers, layer: &Layer, name: &str, report: &mut Report) {
    let Some(text) = layer.text(name).filter(|text| extends(text).is_some()) else { return };
    let above = layers.ancestors(layer, name);
    if above.is_empty() {
        return;
    }
    let known: BTreeSet<String> = above.iter().flat_map(|file| blocks(file.text)).map(|b| b.name).collect();
    let file = format!("{}/{name}", layer.origin);
    for block in blocks(text).into_iter().filter(|b| b.within.is_none() && !known.contains(&b.name)) {
        let parent = above[0].full();
        let message = format!("`{parent}` has no block `{}`, so this one is never printed", block.name);
        let place = Place { file: Some(file.clone()), path: None, span: Some(block.outer), ..Place::default() };
        let error = Diagnostic::error(codes::UNUSED_BLOCK, message).place(place);
        let error = error.suggest(&block.name, known.iter().map(String::as_str));
        report.add_source(&file, text);
        report.push(match error.hint {
            Some(_) => error,
            None => error.hint("`convenor templates show` lists the blocks of a paper with their purpose"),
        });
    }
}
