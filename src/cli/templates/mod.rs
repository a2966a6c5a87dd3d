//! The verbs for templates, in terms of the library.

pub mod args;
mod draw;

use std::path::{Path, PathBuf};

use super::args::Arguments;
use super::pen::Pen;
use super::report::Output;
use super::{FINE, WRONG};
use crate::diag::{Diagnostic, Report, Severity, codes, count};
use crate::input::{self, Council};
use crate::layers::Layers;
use crate::templates::{self, PartState, Trial};
use args::{Base, Colour, Explain, New, Templates, TemplatesVerb};

type Done = Result<u8, Report>;

pub fn new(new: &New, output: &mut Output<'_>) -> u8 {
    let begun = match (new.workbook, new.example) {
        (true, true) => templates::Begun::ExampleWorkbook,
        (true, false) => templates::Begun::Workbook,
        (false, _) => templates::Begun::Text,
    };
    let file = if new.workbook { "conference.xlsx" } else { "conference.yaml" };
    // Below a council, only its next conference is begun.
    let above = new.folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let started = if begun == templates::Begun::Workbook && !input::has_no_council(above) {
        templates::start_workbook(&new.folder)
    } else {
        templates::start(&new.folder, begun)
    };
    let result = started.map(|files| {
        let folder = new.folder.display();
        output.say(&format!("{} in {folder}: {}", count(files.len(), "file"), files.join(", ")));
        output.say(match begun {
            templates::Begun::ExampleWorkbook => {
                "Everybody in it is fictional. Look at it, then start your own without `--example`:\n"
            }
            _ => "What only you can know is still to be filled in. `check` lists it; nothing is released before:\n",
        });
        output.say(&format!("  convenor check {folder}/{file}        what is missing"));
        output.say(&format!("  convenor build {folder}/{file}        the papers"));
        output.say(&format!("  convenor templates list --borough {folder}     what can be worded differently"));
        FINE
    });
    finish(result, output)
}

pub fn explain(explain: &Explain, output: &mut Output<'_>) -> u8 {
    let result = base(&explain.base, output).and_then(|base| {
        let council = council_or_none(explain.borough.as_deref(), &base)?;
        let folder = council.as_ref().map(|c| c.folder.as_path());
        let explained = templates::explain(folder, &base, &explain.paper)?;
        output.say(draw::explained(&explained).trim_end());
        Ok(FINE)
    });
    finish(result, output)
}

pub fn run(templates: &Templates, output: &mut Output<'_>) -> u8 {
    let result = base(&templates.base, output).and_then(|base| match &templates.verb {
        TemplatesVerb::List => list(templates, base, output),
        TemplatesVerb::Show { name } => show(templates, base, name, output),
        TemplatesVerb::Eject { name, blocks, region } => eject(templates, base, (name, blocks), *region, output),
        TemplatesVerb::Status => status(templates, base, output),
        TemplatesVerb::Diff { name: Some(name), block, accept: true } => {
            settle(templates, base, (name, block.as_deref()), output)
        }
        TemplatesVerb::Diff { name, block, .. } => diff(templates, base, name.as_deref(), block.as_deref(), output),
        TemplatesVerb::Check { folders, accept } => check(templates, &base, folders, *accept, output),
    });
    finish(result, output)
}

fn finish(result: Done, output: &mut Output<'_>) -> u8 {
    result.unwrap_or_else(|report| output.report(&report))
}

fn base(base: &Base, output: &Output<'_>) -> Result<Layers, Report> {
    let layers = base.base.as_deref().map_or_else(|| Ok(Layers::base()), Layers::base_from)?;
    Ok(layers.with_own_themes(output.own_themes.clone()))
}

fn council(templates: &Templates, base: Layers) -> Result<Council, Report> {
    input::council(templates.borough.as_deref().unwrap_or(Path::new(".")), base)
}

/// The council that is named or nearest; `None` if there is none, since our own templates can be viewed anywhere.
fn council_or_none(named: Option<&Path>, base: &Layers) -> Result<Option<Council>, Report> {
    match named {
        None if input::has_no_council(Path::new(".")) => Ok(None),
        named => input::council(named.unwrap_or(Path::new(".")), base.clone()).map(Some),
    }
}

fn layers(templates: &Templates, base: Layers, output: &mut Output<'_>) -> Result<Layers, Report> {
    let council = council_or_none(templates.borough.as_deref(), &base)?;
    if council.is_none() {
        output.say("There is no `borough.yaml` here: these are our own.\n");
    }
    Ok(council.map_or(base, |c| c.layers))
}

fn pen(templates: &Templates) -> Pen {
    Pen::new(match templates.colour {
        Colour::Auto => Arguments::colour_of_output(),
        Colour::Always => true,
        Colour::Never => false,
    })
}

fn list(args: &Templates, base: Layers, output: &mut Output<'_>) -> Done {
    let layers = layers(args, base, output)?;
    output.say(draw::listed(&templates::list(&layers)).trim_end());
    Ok(FINE)
}

fn show(args: &Templates, base: Layers, name: &str, output: &mut Output<'_>) -> Done {
    let layers = layers(args, base, output)?;
    let name = templates::file_named(&layers, name)?;
    output.say(draw::shown(&templates::show(&layers, &name), pen(args)).trim_end());
    Ok(FINE)
}

fn eject(
    args: &Templates,
    base: Layers,
    (name, blocks): (&str, &[String]),
    region: bool,
    output: &mut Output<'_>,
) -> Done {
    let council = council(args, base)?;
    let name = templates::file_named(&council.layers, name)?;
    let layer = if region {
        council.layers.iter().nth(1).filter(|_| council.borough.region.is_some())
    } else {
        council.layers.iter().next_back()
    };
    let Some(layer) = layer else {
        let error = Diagnostic::error(codes::NO_REGION, "this council is in no region");
        return Err(error.hint("name one in `borough.yaml`, or eject without `--region`").into());
    };
    let made = templates::eject(&council.layers, layer, &name, blocks)?;
    let file = made.file.display();
    if made.whole {
        output.say(&format!("{file}: a copy of `{}`, which has no blocks", made.from));
    } else if made.blocks.is_empty() {
        output.say(&format!("{file}: changes {} of `{}`", draw::in_words(blocks), made.from));
        output.say("It still says what ours says: write your own words into it.");
    } else {
        output.say(&format!("{file}: extends `{}` and changes nothing yet. Add a block with `--block`:\n", made.from));
        output.say(draw::purposes(&made.blocks).trim_end());
    }
    Ok(FINE)
}

fn status(args: &Templates, base: Layers, output: &mut Output<'_>) -> Done {
    let council = council(args, base)?;
    let all = templates::status(&council.layers)?;
    if all.is_empty() {
        output.say("Nothing is changed: every word and look is ours.");
        return Ok(FINE);
    }
    output.say(draw::states(&all, pen(args)).trim_end());
    let behind = all.iter().filter(|s| s.state == PartState::Behind).count();
    if behind > 0 {
        output.say(&format!("\n{} behind: `convenor templates diff` shows what moved.", count(behind, "change")));
    }
    Ok(FINE)
}

fn diff(args: &Templates, base: Layers, name: Option<&str>, block: Option<&str>, output: &mut Output<'_>) -> Done {
    let council = council(args, base)?;
    let name = name.map(|name| templates::file_named(&council.layers, name)).transpose()?;
    let all = templates::status(&council.layers)?;
    let of_block = |part: &templates::TemplatePart| match (part, block) {
        (_, None) => true,
        (templates::TemplatePart::Block(own), Some(block)) => own == block,
        (templates::TemplatePart::Whole, Some(_)) => false,
    };
    let wanted: Vec<_> =
        all.iter().filter(|s| name.as_ref().is_none_or(|n| s.file == *n) && of_block(&s.part)).collect();
    if wanted.is_empty() {
        output.say(
            match (&name, block) {
                (None, _) => "Nothing is changed: every word and look is ours.".to_owned(),
                (Some(name), None) => format!("`{name}` is ours: no layer changes it."),
                (Some(name), Some(block)) => format!("No layer changes the block `{block}` of `{name}`."),
            }
            .as_str(),
        );
    }
    let moves: String = wanted.into_iter().map(|status| draw::moves(status, pen(args))).collect();
    output.print(moves.strip_suffix('\n').unwrap_or_default().as_bytes());
    Ok(FINE)
}

fn settle(args: &Templates, base: Layers, (name, block): (&str, Option<&str>), output: &mut Output<'_>) -> Done {
    let council = council(args, base)?;
    let name = templates::file_named(&council.layers, name)?;
    let has_it = |layer: &&crate::layers::Layer| layer.text(&name).is_some();
    let layer = council.layers.iter().skip(1).filter(has_it).last();
    let layer = layer.or_else(|| council.layers.iter().next_back()).expect("a council has a layer");
    templates::settle(&council.layers, layer, &name, block)?;
    output.say(&format!("{}: compared with ours of today from now on", Path::new(&layer.origin).join(&name).display()));
    Ok(FINE)
}

fn check(args: &Templates, base: &Layers, folders: &[PathBuf], accept: bool, output: &mut Output<'_>) -> Done {
    let here = [args.borough.clone().unwrap_or_else(|| PathBuf::from("."))];
    let folders = if folders.is_empty() { &here } else { folders };
    let trials: Vec<Trial> = folders.iter().map(|folder| found(folder, base)).collect::<Result<_, _>>()?;
    let together = templates::together(&trials);
    let mut code = output.report(&together);
    for trial in &trials {
        code = code.max(verdict(trial, accept, pen(args), output)?);
    }
    Ok(code)
}

/// Tries the council of a folder, or of the nearest folder above it.
fn found(folder: &Path, base: &Layers) -> Result<Trial, Report> {
    let council = match input::council(folder, base.clone()) {
        Err(report) if input::has_no_council(folder) => return Err(report),
        council => council.map_or_else(|_| folder.to_path_buf(), |c| c.folder),
    };
    Ok(templates::trial(&council, base))
}

fn verdict(trial: &Trial, accept: bool, pen: Pen, output: &mut Output<'_>) -> Done {
    let warnings = trial.report.diagnostics.iter().filter(|d| d.severity == Severity::Warning).count();
    let problems = match (trial.errors(), warnings) {
        (0, 0) => "no problem found".to_owned(),
        (0, warnings) => count(warnings, "warning"),
        (errors, 0) => count(errors, "error"),
        (errors, warnings) => format!("{} and {}", count(errors, "error"), count(warnings, "warning")),
    };
    output.say(&format!("{}: {}, {problems}", trial.council, count(trial.papers, "paper")));
    if !trial.is_sound() {
        return Ok(FINE);
    }
    if accept {
        let kept = trial.accept()?;
        output.say(&format!(
            "  the words of {} are kept in {}",
            count(kept, "paper"),
            trial.folder.join("templates/.accepted").display()
        ));
        return Ok(FINE);
    }
    match trial.moved()? {
        None => output.say("  no words are kept to compare with: `--accept` keeps them"),
        Some(moved) if moved.is_empty() => output.say("  every word is as it was accepted"),
        Some(moved) => {
            output.say("  words moved since they were accepted; `--accept` keeps the new ones:\n");
            output.say(draw::moved(&moved, pen).trim_end());
            return Ok(WRONG);
        }
    }
    Ok(FINE)
}
