//! Templates and data → the blocks of a paper.
//!
//! In: layers of templates, and any data that serialises. Out: blocks, or every fault of the template with its line.
//!
//! Deliberately absent: conferences. The engine sees a tree of names and values, escapes every value it prints,
//! and refuses to print what is not there.

mod errors;
mod escape;
mod filters;
mod front;
mod limits;
mod translation;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use tera::{Context, Tera};
use translation::Titles;

use crate::diag::{Diagnostic, Place, Report, codes};
use crate::doc::{Block, Pen, plain};
use crate::layers::{self, BASE, Layers, has_ending};
use crate::markdown;
use crate::model::artefact::Artefact;
use crate::model::language::{Language, Rendition, Tongues, file_in, file_of, of_file};

/// The front matter of a template. `None` if it has none, or none that can be read.
pub fn front_matter(file: &str, text: &str) -> Option<Artefact> {
    front::read(file, text, front::split(text).front?).ok()
}

/// Every fault of syntax and front matter in the templates. Each file is read on its own, since the engine itself stops
/// at the first fault.
pub fn faults(layers: &Layers) -> Report {
    let mut report = Report::default();
    for layer in layers.iter() {
        for (name, _) in layer.files().filter(|(name, _)| has_ending(name, "md")) {
            let full = format!("{}/{name}", layer.name);
            let Some(text) = layer.text(name) else {
                report.push(Diagnostic::error(codes::NOT_TEXT, NOT_TEXT).place(Place::file(full)));
                continue;
            };
            if layer.name != BASE {
                let refused = limits::refused(&full, text);
                if !refused.is_empty() {
                    report.add_source(&full, text);
                    report.diagnostics.extend(refused);
                }
            }
            let parts = front::split(text);
            match (parts.front, of_file(name)) {
                (Some(front), None) => {
                    if let Err(faults) = front::read(&full, text, front) {
                        report.merge(faults);
                    }
                }
                (front, Some((of, rendition))) => {
                    if let Some(front) = front
                        && let Err(faults) = Titles::default().add((&of, rendition), (&full, text, front))
                    {
                        report.merge(faults);
                    }
                    let mixed = translation::mixed(&full, text);
                    if !mixed.is_empty() {
                        report.add_source(&full, text);
                        report.diagnostics.extend(mixed);
                    }
                }
                (None, None) => {}
            }
            let mut tera = engine(&Arc::default());
            if let Err(error) = tera.add_raw_template(&full, &parts.body)
                && matches!(error.kind(), tera::ErrorKind::SyntaxError(_))
            {
                report.merge(errors::report(
                    &error,
                    &Sources::from([(full, text.to_owned().into())]),
                    &BTreeMap::new(),
                ));
            }
        }
    }
    report.with_paths(&layers.paths())
}

/// Sets the limits of papers that this thread makes from now on for a conference with so many people.
pub fn allow_for(people: usize) {
    limits::allow_for(people);
}

const NOT_TEXT: &str = "the template is not UTF-8 text";

/// An engine with escaping and our filters, and no templates yet.
fn engine(tongues: &Arc<Tongues>) -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on([".md"]);
    tera.set_escape_fn(escape::markdown);
    filters::register(&mut tera, tongues);
    limits::register(&mut tera);
    tera
}

/// The templates of one council, loaded. Those of a council with words of its own are compiled at once; ours are sound, and
/// compiled when they are first used, since a check makes no paper.
pub struct Words {
    engine: OnceLock<Tera>,
    artefacts: BTreeMap<String, Artefact>,
    /// The kinds of paper that there are in other languages and in easy read.
    translated: BTreeMap<(String, Rendition), Artefact>,
    /// The names of the pictures for easy read.
    pictures: BTreeSet<String>,
    /// How each language writes dates, numbers and lists.
    tongues: Arc<Tongues>,
    /// The text of every template, by the name that errors show.
    sources: Sources,
    /// The layers in the order in which the engine searches them, the nearest first.
    nearest: Vec<String>,
    /// The templates with calls that count their work.
    counted: OnceLock<Counted>,
    /// The paths of the templates that are not built in, by the name that errors show.
    paths: BTreeMap<String, String>,
}

/// The text of every template, by the name that errors show.
type Sources = BTreeMap<String, Cow<'static, str>>;

/// Templates with calls that count their work.
#[derive(Default)]
struct Counted {
    /// The templates by the name that errors show.
    templates: Vec<(String, String)>,
    /// The calls that were inserted into each.
    inserted: BTreeMap<String, limits::Inserted>,
}

/// The words around the text of every paper, from `parts/running.md`.
#[derive(Debug, Clone)]
pub struct Running {
    /// The foot of every page.
    pub foot: String,
    /// The words before, between and after the page number and the number of pages.
    pub page: [String; 3],
    /// The word that marks a draft.
    pub draft: String,
    /// The heading of a contents list.
    pub contents: String,
}

impl Words {
    /// Loads and compiles every template of every layer.
    ///
    /// # Errors
    /// All faults of front matter, or all of syntax, or the first fault of reference that the engine meets.
    pub fn new(layers: &Layers, tongues: &Arc<Tongues>) -> Result<Self, Report> {
        Self::loaded(layers, tongues).map_err(|report| report.with_paths(&layers.paths()))
    }

    fn loaded(layers: &Layers, tongues: &Arc<Tongues>) -> Result<Self, Report> {
        let mut report = Report::default();
        let mut titles = Titles::default();
        let mut words = Self {
            engine: OnceLock::new(),
            artefacts: BTreeMap::new(),
            translated: BTreeMap::new(),
            pictures: layers.pictures().into_keys().map(str::to_owned).collect(),
            tongues: Arc::clone(tongues),
            sources: Sources::new(),
            nearest: Vec::new(),
            counted: OnceLock::new(),
            paths: layers.paths(),
        };
        for layer in layers.iter() {
            for (name, _) in layer.files().filter(|(name, _)| has_ending(name, "md")) {
                let full = format!("{}/{name}", layer.name);
                let Some(text) = layer.kept(name) else {
                    report.push(Diagnostic::error(codes::NOT_TEXT, NOT_TEXT).place(Place::file(full)));
                    continue;
                };
                let text: &str = words.sources.entry(full.clone()).or_insert(text);
                let translates = of_file(name);
                match (layers::front_matter(text), &translates) {
                    (Some(front), None) => match front::read(&full, text, front) {
                        Ok(artefact) => drop(words.artefacts.insert(name.trim_end_matches(".md").to_owned(), artefact)),
                        Err(faults) => report.merge(faults),
                    },
                    (Some(front), Some((of, rendition))) => {
                        if let Err(faults) = titles.add((of, *rendition), (&full, text, front)) {
                            report.merge(faults);
                        }
                    }
                    (None, _) => {}
                }
                let is_mixed = translates.is_some() && !translation::mixed(&full, text).is_empty();
                if is_mixed || layer.name != BASE && !limits::refused(&full, text).is_empty() {
                    return Err(faults(layers));
                }
            }
        }
        if report.has_errors() {
            return Err(report);
        }
        words.translated = titles.of_papers(&words.artefacts);
        words.nearest = layers.iter().rev().map(|l| format!("{}/", l.name)).collect();
        // Ours include few.
        if !layers.has_own_words() {
            return Ok(words);
        }
        if let Some(error) = limits::excessive_includes(&words.sources, &words.nearest) {
            return Err(error.into());
        }
        match words.compiled() {
            Ok(engine) => Ok(Self { engine: engine.into(), ..words }),
            // The engine stops at the first fault of syntax, but people want to see them all.
            Err(first) => Err(Some(faults(layers)).filter(Report::has_errors).unwrap_or_else(|| words.located(&first))),
        }
    }

    fn compiled(&self) -> Result<Tera, tera::Error> {
        let mut engine = engine(&self.tongues);
        engine.set_fallback_prefixes(self.nearest.clone())?;
        engine.add_raw_templates(self.counted().templates.iter().map(|(name, text)| (name, text)))?;
        Ok(engine)
    }

    fn counted(&self) -> &Counted {
        self.counted.get_or_init(|| {
            let mut all = Counted::default();
            for (name, text) in &self.sources {
                let (counted, inserted) = limits::counted(&front::split(text).body);
                all.templates.push((name.clone(), counted));
                all.inserted.insert(name.clone(), inserted);
            }
            all
        })
    }

    fn engine(&self) -> &Tera {
        self.engine.get_or_init(|| self.compiled().expect("our own templates are sound"))
    }

    /// Every kind of paper by name.
    pub fn artefacts(&self) -> impl Iterator<Item = (&str, &Artefact)> {
        self.artefacts.iter().map(|(name, artefact)| (name.as_str(), artefact))
    }

    /// A kind of paper in a language or in easy read: with its title there. `None` if there are no words for it.
    pub fn translated(&self, kind: &str, rendition: Rendition) -> Option<&Artefact> {
        if rendition.is_plain_english() {
            return self.artefacts.get(kind);
        }
        self.translated.get(&(kind.to_owned(), rendition))
    }

    /// Whether there are words in easy read for a kind of paper, in any language.
    pub fn has_easy(&self, kind: &str) -> bool {
        self.translated.keys().any(|(of, rendition)| of == kind && rendition.easy)
    }

    /// Converts data into the form that the engine reads, so that several templates can share it.
    pub fn context(view: &impl Serialize) -> Context {
        Context::from_serialize(view).expect("a view is a map with text keys")
    }

    /// The same for templates in a language, which dates, numbers and lists are written in too.
    pub fn context_in(view: &impl Serialize, language: Language) -> Context {
        let mut context = Self::context(view);
        if !language.is_english() {
            context.insert(filters::LANGUAGE, language.tag());
        }
        context
    }

    /// Renders the blocks of one paper. Those of easy read are ideas.
    ///
    /// # Errors
    /// A value that the template asks for and the data does not have, or Markdown that papers cannot show.
    pub fn render(&self, artefact: &str, rendition: Rendition, context: &Context) -> Result<Vec<Block>, Report> {
        self.blocks(&file_of(&format!("{artefact}.md"), rendition), context)
    }

    /// Renders the words around the text.
    ///
    /// # Errors
    /// As for [`Words::render`], or a missing label.
    pub fn running(&self, context: &Context) -> Result<Running, Report> {
        let running = in_language(RUNNING, context);
        let [foot, page, draft, contents] = self.lines(&running, context, ["Foot", "Page", "Draft", "Contents"])?;
        if !page.contains("{page}") || !page.contains("{pages}") {
            let error = Diagnostic::error(codes::BAD_TEMPLATE, "the line `Page` needs `{page}` and `{pages}`");
            return Err(error.place(Place::file(running)).into());
        }
        let (before, rest) = page.split_once("{page}").unwrap_or((&page, ""));
        let (between, after) = rest.split_once("{pages}").unwrap_or((rest, ""));
        Ok(Running { foot, page: [before, between, after].map(str::to_owned), draft, contents })
    }

    /// Renders what is said of places to write in.
    ///
    /// # Errors
    /// As for [`Words::running`].
    pub fn pen(&self, context: &Context) -> Result<Pen, Report> {
        let labels = ["Signature", "Field", "Empty box", "Ticked box", "Log"];
        let [signature, field, empty, ticked, log] = self.lines(&in_language(PEN, context), context, labels)?;
        Ok(Pen { signature, field, empty, ticked, log })
    }

    /// Renders the blocks of a part that is not a paper of its own, such as `parts/cover.md`.
    ///
    /// # Errors
    /// As for [`Words::render`].
    pub fn part(&self, template: &str, context: &Context) -> Result<Vec<Block>, Report> {
        self.blocks(template, context)
    }

    /// Renders single lines by their labels, from a part that is a list of labels and lines.
    ///
    /// # Errors
    /// As for [`Words::render`], or a missing label.
    pub fn lines<const N: usize>(
        &self,
        template: &str,
        context: &Context,
        labels: [&str; N],
    ) -> Result<[String; N], Report> {
        let blocks = self.blocks(template, context)?;
        let value = |label: &str| {
            let rows = blocks.iter().flat_map(|b| match b {
                Block::Details { rows } => rows.as_slice(),
                _ => &[],
            });
            rows.filter(|row| plain(&row.term) == label).find_map(|row| match row.blocks.as_slice() {
                [Block::Paragraph { c }] => Some(plain(c)),
                _ => None,
            })
        };
        for label in labels {
            if value(label).is_none() {
                let error = Diagnostic::error(codes::BAD_TEMPLATE, format!("there is no line `{label}`"));
                return Err(error.place(Place::file(template)).into());
            }
        }
        Ok(labels.map(|label| value(label).unwrap_or_default()))
    }

    fn blocks(&self, template: &str, context: &Context) -> Result<Vec<Block>, Report> {
        self.rendered(template, context).map_err(|report| report.with_paths(&self.paths))
    }

    fn rendered(&self, template: &str, context: &Context) -> Result<Vec<Block>, Report> {
        limits::begin();
        let mut words = limits::BoundedWriter(Vec::new());
        self.engine().render_to(template, context, &mut words).map_err(|error| self.located_in(template, &error))?;
        let text = String::from_utf8(words.0).expect("the engine writes text");
        let is_easy = of_file(template).is_some_and(|(_, rendition)| rendition.easy);
        let read = if is_easy { markdown::read_easy(&text, &self.pictures) } else { markdown::read(&text) };
        read.map_err(|faults| {
            let file = format!("{template} (as Markdown)");
            let mut report = Report::default();
            for fault in faults.into_iter().take(FAULTS) {
                let span = line_span(&text, fault.line);
                let found = self.template_of(template, &text[span.clone()], &fault.message);
                let error = Diagnostic::error(codes::BAD_MARKDOWN, fault.message);
                let error = match found {
                    Some((name, source, span)) => {
                        report.add_source(&name, source);
                        error.place(Place { file: Some(name), path: None, span: Some(span), ..Place::default() })
                    }
                    None => error.place(Place {
                        file: Some(file.clone()),
                        path: None,
                        span: Some(span),
                        ..Place::default()
                    }),
                };
                report.push(error);
            }
            // An opening and a closing tag on one line are one fault.
            report.diagnostics.dedup();
            report.add_source(file, text.clone());
            report
        })
    }

    /// The template that contains a line of Markdown verbatim, or else one of a council's that contains a part of it which
    /// has the same fault by itself. `None` if there is none. Templates of the paper's own name come first, and nearer layers
    /// before others.
    fn template_of(&self, template: &str, line: &str, fault: &str) -> Option<(String, String, Range<usize>)> {
        let line = line.trim();
        let distance = |full: &str| {
            let (layer, name) = full.split_once('/').unwrap_or(("", full));
            (name != template, self.nearest.iter().position(|prefix| prefix.trim_end_matches('/') == layer))
        };
        let mut all: Vec<_> = self.sources.iter().filter(|_| !line.is_empty()).collect();
        all.sort_by_key(|(name, _)| distance(name));
        let verbatim = all.iter().find_map(|(name, source)| {
            let mut start = 0;
            for candidate in source.split_inclusive('\n') {
                if candidate.trim() == line {
                    let at = start + candidate.find(line)?;
                    return Some(((*name).clone(), source.to_string(), at..at + line.len()));
                }
                start += candidate.len();
            }
            None
        });
        verbatim.or_else(|| {
            let is_at_fault =
                |piece: &str| markdown::read(piece).is_err_and(|all| all.iter().any(|it| it.message == fault));
            let own = all.iter().filter(|(name, _)| !name.starts_with(&format!("{BASE}/")));
            own.into_iter().find_map(|(name, source)| {
                let mut pieces = pieces(source).filter(|piece| line.contains(&source[piece.clone()]));
                let at = pieces.find(|piece| is_at_fault(&source[piece.clone()]))?;
                Some(((*name).clone(), source.to_string(), at))
            })
        })
    }

    /// As [`Words::located`]. An error of the whole paper stands at its template.
    fn located_in(&self, template: &str, error: &tera::Error) -> Report {
        let mut report = self.located(error);
        let nearest = self.nearest.iter().map(|prefix| format!("{prefix}{template}"));
        let file = nearest.into_iter().find(|full| self.sources.contains_key(full));
        for diagnostic in report.diagnostics.iter_mut().filter(|d| d.place.file.is_none()) {
            diagnostic.place.file.clone_from(&file);
        }
        report
    }

    fn located(&self, error: &tera::Error) -> Report {
        errors::report(error, &self.sources, &self.counted().inserted)
    }
}

/// The template of a name in the language of a context.
fn in_language(template: &str, context: &Context) -> String {
    let language = context.get(filters::LANGUAGE).and_then(|tag| tag.as_str()).and_then(Language::of_tag);
    language.map_or_else(|| template.to_owned(), |language| file_in(template, language))
}

const RUNNING: &str = "parts/running.md";
const PEN: &str = "parts/pen.md";

/// The most faults of one paper's Markdown that are told at once: each is looked for in every template.
const FAULTS: usize = 100;

/// The pieces of a template's lines that are printed as they stand, between its statements and values.
fn pieces(source: &str) -> impl Iterator<Item = Range<usize>> {
    let mut lines = 0;
    source.split_inclusive('\n').flat_map(move |line| {
        let mut at = lines;
        lines += line.len();
        line.split_inclusive(['{', '}']).filter_map(move |piece| {
            let start = at;
            at += piece.len();
            let text = piece.trim_end_matches(['{', '}']);
            let is_printed = !text.trim().is_empty() && !text.starts_with(['%', '#']) && !text.ends_with(['%', '#']);
            is_printed.then(|| start + text.len() - text.trim_start().len()..start + text.trim_end().len())
        })
    })
}

fn line_span(text: &str, line: usize) -> Range<usize> {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>().min(text.len());
    let end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    start..end
}
