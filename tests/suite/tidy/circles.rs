//! No two files of the crate know each other, directly or by way of others.
//!
//! In: the source, file by file. Out: every circle of files, found from the paths that each of them names. A `pub use`
//! hands a name on and knows nothing of it, unless the same file uses the name as well; so a `mod.rs` that only gathers
//! its children is part of no circle. A method that one file adds to a type of another counts as known to whoever calls
//! it.

use std::collections::{BTreeMap, BTreeSet};

use super::{code, shipped};

#[test]
fn no_files_know_each_other_in_a_circle() {
    let told = |circle: &BTreeSet<String>| {
        let files: Vec<&str> = circle.iter().map(String::as_str).collect();
        format!("these files know each other: {}", files.join(", "))
    };
    let wrong: Vec<String> = circles(&shipped()).iter().map(told).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A path as its segments.
type Path = Vec<String>;

/// What one file says, as far as paths go.
struct Source {
    /// The module that it is: `["check", "list"]` for `src/check/list/mod.rs`.
    module: Path,
    /// The names that a `pub use` hands on, with the path to each.
    reexported: BTreeMap<String, Path>,
    /// The names that a plain `use` brings in, with the path to each.
    imported: BTreeMap<String, Path>,
    /// Everything but the `use` lines.
    body: String,
}

/// Every set of files that can each be reached from all the others.
fn circles(files: &[(String, String)]) -> Vec<BTreeSet<String>> {
    let sources: BTreeMap<Path, (String, Source)> = files
        .iter()
        .filter(|(file, _)| file != "src/main.rs")
        .map(|(file, text)| (file, source(file, &code(text))))
        .map(|(file, source)| (source.module.clone(), (file.clone(), source)))
        .collect();
    let edges: BTreeMap<&Path, BTreeSet<Path>> =
        sources.iter().map(|(module, (_, source))| (module, known_to(source, &sources))).collect();
    let reached: BTreeMap<&Path, BTreeSet<&Path>> = edges.keys().map(|from| (*from, reach(from, &edges))).collect();
    let mut circles = BTreeSet::new();
    for (from, to) in &reached {
        let circle: BTreeSet<String> =
            to.iter().filter(|there| reached[*there].contains(from)).map(|there| sources[*there].0.clone()).collect();
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

/// Every module that one can come to from another, itself only by way of others.
fn reach<'m>(from: &Path, edges: &'m BTreeMap<&Path, BTreeSet<Path>>) -> BTreeSet<&'m Path> {
    let (mut reached, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(module) = next.pop() {
        for there in &edges[module] {
            if reached.insert(there) {
                next.push(there);
            }
        }
    }
    reached
}

/// The modules whose own items a file names.
fn known_to(source: &Source, sources: &BTreeMap<Path, (String, Source)>) -> BTreeSet<Path> {
    let handed_on = source.reexported.iter().filter(|(name, _)| uses(&source.body, name)).map(|(_, path)| path);
    let named = paths(&source.body);
    let all = handed_on.chain(source.imported.values()).chain(&named);
    let mut known: BTreeSet<Path> = all.filter_map(|path| home(path, &source.module, sources, 0)).collect();
    known.extend(added_methods(source, sources));
    known.remove(&source.module);
    known
}

/// Whether a file uses a name that it hands on: a type or constant anywhere, a function where it is called. A parameter
/// may have the name of a function.
fn uses(body: &str, name: &str) -> bool {
    body.match_indices(name).any(|(at, _)| {
        let (before, after) = (&body[..at], &body[at + name.len()..]);
        let whole = !before.ends_with(is_of_name) && !after.starts_with(is_of_name);
        let called = after.starts_with('(') && !before.ends_with('.') && !before.ends_with("fn ");
        whole && (called || name.starts_with(char::is_uppercase))
    })
}

/// The modules that add a method to a type of this file which this file calls.
fn added_methods(source: &Source, sources: &BTreeMap<Path, (String, Source)>) -> Vec<Path> {
    let adds = |(other, (_, adding)): (&Path, &(String, Source))| {
        let blocks = adding.body.split("\nimpl").skip(1).filter_map(|rest| rest.split("\n}").next());
        let calls = blocks.filter(|block| {
            let head = block.split('{').next().unwrap_or_default();
            let named = head.rsplit(' ').find(|word| word.starts_with(char::is_uppercase)).unwrap_or_default();
            let name: String = named.chars().take_while(|c| is_of_name(*c)).collect();
            let path = adding.imported.get(&name);
            let ours = path.and_then(|p| home(p, other, sources, 0)).is_some_and(|home| home == source.module);
            let methods =
                block.split("fn ").skip(1).map(|rest| rest.split(|c| !is_of_name(c)).next().unwrap_or_default());
            ours && !head.contains(" for ") && methods.clone().any(|m| source.body.contains(&format!(".{m}(")))
        });
        (calls.count() > 0).then(|| other.clone())
    };
    sources.iter().filter(|(other, _)| **other != source.module).filter_map(adds).collect()
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The module where what a path names is written, by way of whoever hands it on; `None` for a path into another crate.
fn home(path: &[String], within: &[String], sources: &BTreeMap<Path, (String, Source)>, depth: usize) -> Option<Path> {
    let mut full = absolute(path, within, sources)?;
    let mut rest = Vec::new();
    while !sources.contains_key(&full) {
        rest.insert(0, full.pop()?);
    }
    let (_, source) = &sources[&full];
    let passed_on = rest.first().and_then(|name| source.reexported.get(name).or(source.imported.get(name)));
    match passed_on {
        Some(path) if depth < 16 => {
            let path: Path = path.iter().chain(&rest[1..]).cloned().collect();
            home(&path, &full, sources, depth + 1)
        }
        _ => Some(full),
    }
}

/// A path from the root of the crate.
fn absolute(path: &[String], within: &[String], sources: &BTreeMap<Path, (String, Source)>) -> Option<Path> {
    let (first, mut rest) = path.split_first()?;
    let mut base = match first.as_str() {
        "crate" => Path::new(),
        "self" => within.to_vec(),
        "super" => within.split_last()?.1.to_vec(),
        // A child of this module may be named without a prefix.
        child => [within, &[child.to_owned()]].concat(),
    };
    if !matches!(first.as_str(), "crate" | "self" | "super") && !sources.contains_key(&base) {
        return None;
    }
    while let Some((_, after)) = rest.split_first().filter(|(segment, _)| *segment == "super") {
        base.pop()?;
        rest = after;
    }
    base.extend_from_slice(rest);
    Some(base)
}

fn source(file: &str, code: &str) -> Source {
    let below = file.trim_start_matches("src/").trim_end_matches(".rs");
    let module: Path = below.split('/').filter(|s| !matches!(*s, "mod" | "lib")).map(str::to_owned).collect();
    let mut source = Source { module, reexported: BTreeMap::new(), imported: BTreeMap::new(), body: "\n".to_owned() };
    let mut statement: Option<String> = None;
    for line in code.lines() {
        let trimmed = line.trim();
        let starts = statement.is_none() && use_line(trimmed).is_some();
        match &mut statement {
            Some(open) => open.push_str(trimmed),
            None if starts => statement = Some(trimmed.to_owned()),
            None if is_of_a_child(trimmed) => {}
            None => source.body.push_str(&format!("{line}\n")),
        }
        if let Some(whole) = statement.take_if(|s| s.ends_with(';')) {
            let (public, tree) = use_line(&whole).expect("it began as one");
            let names = if public { &mut source.reexported } else { &mut source.imported };
            expand(tree.trim_end_matches(';'), &[], names);
        }
    }
    source
}

/// Whether a line says `mod name;`, which by itself uses nothing of the child.
fn is_of_a_child(line: &str) -> bool {
    line.split_once("mod ").is_some_and(|(before, name)| {
        (before.is_empty() || before.starts_with("pub"))
            && name.strip_suffix(';').is_some_and(|n| n.chars().all(is_of_name))
    })
}

/// The tree of a `use` line, and whether it hands its names on.
fn use_line(line: &str) -> Option<(bool, &str)> {
    if let Some(tree) = line.strip_prefix("use ") {
        return Some((false, tree));
    }
    let (visibility, tree) = line.split_once(" use ")?;
    (visibility == "pub" || visibility.starts_with("pub(")).then_some((true, tree))
}

/// `a::{b, c as d}` as `b` → `a::b` and `d` → `a::c`.
fn expand(tree: &str, before: &[String], names: &mut BTreeMap<String, Path>) {
    let tree = tree.trim();
    if let Some((head, inner)) = tree.split_once('{') {
        let mut base = before.to_vec();
        base.extend(head.split("::").map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned));
        let inner = inner.strip_suffix('}').expect("the brackets of a `use` are closed");
        at_the_top(inner).into_iter().for_each(|part| expand(part, &base, names));
        return;
    }
    let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias.trim())));
    let mut full = before.to_vec();
    full.extend(path.split("::").map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned));
    if full.len() > 1 && full.last().is_some_and(|s| s == "self" || s == "*") {
        full.pop();
    }
    if let Some(last) = full.last().cloned() {
        names.insert(alias.map_or(last, str::to_owned), full);
    }
}

/// A list without its commas; what stands in brackets is one part.
fn at_the_top(list: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let parts = list.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Every path of two segments or more.
fn paths(body: &str) -> Vec<Path> {
    let words = body.split(|c: char| !is_of_name(c) && c != ':');
    let pairs = words.filter(|word| word.contains("::"));
    pairs
        .map(|word| word.split("::").filter(|s| !s.is_empty()).map(|s| s.trim_matches(':').to_owned()).collect())
        .collect()
}

fn of_two(parent: &str, child: &str) -> Vec<BTreeSet<String>> {
    circles(&[
        ("src/lib.rs".to_owned(), "pub mod a;\n".to_owned()),
        ("src/a/mod.rs".to_owned(), parent.to_owned()),
        ("src/a/b.rs".to_owned(), child.to_owned()),
        ("src/a/c.rs".to_owned(), "pub struct C;\n".to_owned()),
    ])
}

#[test]
fn a_parent_and_a_child_that_use_each_other_are_a_circle() {
    let circle = [BTreeSet::from(["src/a/b.rs".to_owned(), "src/a/mod.rs".to_owned()])];
    for parent in ["use b::{self, f};\n", "pub use b::f;\nfn g() { f() }\n", "fn g() { b::f() }\n"] {
        for child in ["use super::{\n    A,\n};\n", "fn f() { super::A }\n", "use crate::a::A as B;\n"] {
            assert_eq!(of_two(&format!("mod b;\nmod c;\n{parent}pub struct A;\n"), child), circle, "{parent}{child}");
        }
    }
    let parent = "mod b;\npub struct A;\nfn g(a: &A) { a.more() }\n";
    assert_eq!(of_two(parent, "use super::A;\nimpl A {\n    pub fn more(&self) {}\n}\n"), circle);
}

#[test]
fn a_parent_that_hands_on_what_its_children_hold_is_in_no_circle() {
    let parent = "mod b;\nmod c;\npub use b::f;\npub use c::{C as D};\npub struct A;\n";
    assert!(of_two(parent, "use super::A;\npub fn f() {}\n").is_empty());
    // What is handed on is known where it is written, not where it is handed on.
    assert!(of_two("mod b;\nmod c;\nuse b::f;\npub use c::C as D;\n", "use super::D;\n").is_empty());
}
