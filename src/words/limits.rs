//! Limits on the cost of a template. A council's templates are untrusted code, and the engine has no limits of its own.
//!
//! Nothing in a template can run for ever: there is no `while`, and templates that include each other in a cycle are
//! refused. But nested loops multiply, and a text that is joined to itself doubles. So before the engine sees a
//! template, each loop is rewritten to account for its work (`for x in list` becomes `for x in (list)|work(of=N)`, with
//! the length of its body as N), and each stored value to account for its size. Both only add to a line; places in
//! errors are mapped back. Work is counted, not timed: the same template stops at the same place on every machine.
//!
//! Other constructs that could hold much text without either are refused in a council's own templates: captured blocks
//! (`{% set x %}…{% endset %}`), filter sections, components, lists made by a loop in brackets, and very long
//! expressions. `prose`, filters and conditions are left alone: on values of bounded size they cost little.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{Error as IoError, Write};

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::diag::{Diagnostic, Place, codes};
use crate::layers::blocks::{Tag, TagKind, tags};

/// The work that one paper may do, in characters of template that are run. The longest of ours needs some 200,000.
const WORK: u64 = 20_000_000;

/// The length of one paper, in bytes of Markdown. The longest of ours has some 60,000.
const LENGTH: usize = 4 * 1024 * 1024;

/// The size of a value that a template stores: characters, and items of lists.
const SIZE: u64 = 64 * 1024;

/// The most people of a conference of the usual size.
const USUAL: u64 = 500;

/// The length of an expression in a council's template, in characters.
const EXPRESSION: usize = 4_000;

/// How many templates one may include, directly and indirectly.
const INCLUDED: u64 = 1_000;

const TOO_MUCH: &str = "this does more work than any paper needs";
const TOO_LARGE: &str = "this holds more than any paper needs";

/// Whether a message of the engine comes from one of these limits.
pub fn is_limit(message: &str) -> bool {
    message.contains(TOO_MUCH) || message.contains(TOO_LARGE)
}

thread_local! {
    /// By how much the limits are higher than for a conference of the usual size. A list of thousands of people is no bomb.
    static SCALE: Cell<u64> = const { Cell::new(1) };
    /// The work left for the paper that this thread is making. A paper is made on one thread from start to finish.
    static LEFT: Cell<u64> = const { Cell::new(0) };
}

/// Starts a new paper, with its full allowance of work.
pub fn begin() {
    LEFT.set(WORK.saturating_mul(SCALE.get()));
}

/// Sets the limits of papers that this thread makes from now on for a conference with so many people.
pub fn allow_for(people: usize) {
    SCALE.set((people as u64).div_ceil(USUAL).max(1));
}

/// The size of a value that a template may store, for a conference of this size.
fn size() -> u64 {
    SIZE.saturating_mul(SCALE.get())
}

fn spend(work: u64) -> TeraResult<()> {
    let left = LEFT.get().checked_sub(work);
    LEFT.set(left.unwrap_or_default());
    left.map(drop).ok_or_else(|| Error::message(format!("{TOO_MUCH}: a loop runs too often")))
}

/// Adds the filters that count work, and bounds the engine's own filters that can make much from little.
pub fn register(tera: &mut Tera) {
    tera.register_filter("work", |value: Value, args: Kwargs, _: &State| -> TeraResult<Value> {
        let each = args.get::<u64>("of")?.unwrap_or(1);
        spend(weight(&value, size())?.min(length(&value)).saturating_mul(each))?;
        Ok(value)
    });
    tera.register_filter("kept", |value: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        spend(weight(&value, size())?)?;
        Ok(value)
    });
    tera.register_filter("replace", |text: &str, args: Kwargs, _: &State| -> TeraResult<String> {
        let (from, to) = (args.must_get::<&str>("from")?, args.must_get::<&str>("to")?);
        let grows = text.matches(from).count().saturating_mul(to.len());
        small(text.len().saturating_add(grows))?;
        Ok(text.replace(from, to))
    });
    tera.register_filter("join", |list: Vec<Value>, args: Kwargs, _: &State| -> TeraResult<String> {
        let between = args.get::<&str>("sep")?.unwrap_or_default();
        small(list.len().saturating_mul(between.len()))?;
        let mut out = String::new();
        for (i, value) in list.iter().enumerate() {
            if i > 0 {
                out.push_str(between);
            }
            out.push_str(&value.to_string());
            small(out.len())?;
        }
        Ok(out)
    });
    tera.register_function("range", |args: Kwargs, _: &State| -> TeraResult<Vec<i64>> {
        let (start, end) = (args.get::<i64>("start")?.unwrap_or(0), args.must_get::<i64>("end")?);
        let step = args.get::<i64>("step_by")?.unwrap_or(1);
        let step = usize::try_from(step).ok().filter(|step| *step > 0);
        let step = step.ok_or_else(|| Error::message("`range` goes up, by steps of at least 1"))?;
        let steps = u64::try_from(end.saturating_sub(start)).unwrap_or(0) / step as u64;
        if steps > size() {
            return Err(too_large());
        }
        spend(steps)?;
        Ok((start..end).step_by(step).collect())
    });
}

fn small(length: usize) -> TeraResult<()> {
    if length as u64 > size() { Err(too_large()) } else { Ok(()) }
}

fn too_large() -> Error {
    Error::message(format!("{TOO_LARGE}: a text or a list grows too long"))
}

/// The number of iterations of a loop over a value.
fn length(value: &Value) -> u64 {
    if let Some(list) = value.as_array() {
        return list.len() as u64;
    }
    value.as_map().map_or_else(|| value.as_str().map_or(1, str::len), tera::Map::len) as u64
}

/// The characters and items of a value, up to `most`.
fn weight(value: &Value, most: u64) -> TeraResult<u64> {
    fn add(value: &Value, left: &mut u64) -> Option<()> {
        *left = left.checked_sub(1 + value.as_str().map_or(0, str::len) as u64)?;
        for item in value.as_array().into_iter().flatten() {
            add(item, left)?;
        }
        for (_, item) in value.as_map().into_iter().flatten() {
            add(item, left)?;
        }
        Some(())
    }
    let mut left = most;
    add(value, &mut left).map(|()| most - left).ok_or_else(too_large)
}

/// Collects the text of a paper, up to the longest that a paper may be.
pub struct BoundedWriter(pub Vec<u8>);

/// The message of the error for a paper that is too long.
pub const TOO_LONG: &str = "the paper is longer than 4 MB";

impl Write for BoundedWriter {
    fn write(&mut self, data: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + data.len() > LENGTH {
            return Err(IoError::new(std::io::ErrorKind::FileTooLarge, TOO_LONG));
        }
        self.0.extend_from_slice(data);
        Ok(data.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The text of every template, by the name that errors show.
pub type Sources = BTreeMap<String, Cow<'static, str>>;

/// The insertions into a template: the place in the new text and the length of each.
pub type Inserted = Vec<(usize, usize)>;

/// Rewrites a template so that its loops account for their work. Returns the text and the insertions.
pub fn counted(text: &str) -> (String, Inserted) {
    let tags = tags(text);
    let bodies = bodies(text, &tags);
    let mut out = String::with_capacity(text.len() + 64);
    let mut inserted = Vec::new();
    let mut at = 0;
    for (tag, body) in tags.iter().zip(bodies).filter(|(tag, _)| tag.kind == TagKind::Statement) {
        let inside = &text[tag.inside.clone()];
        let (from, call) = match tag.word(text) {
            "for" => {
                let Some(of) = inside.find(" in ") else { continue };
                (tag.inside.start + of + 4, format!(")|work(of={})", body.max(16)))
            }
            "set" | "set_global" => {
                let Some(of) = inside.find('=') else { continue };
                (tag.inside.start + of + 1, ")|kept".to_owned())
            }
            _ => continue,
        };
        for (place, part) in [(from, "("), (tag.inside.end, call.as_str())] {
            out.push_str(&text[at..place]);
            inserted.push((out.len(), part.len()));
            out.push_str(part);
            at = place;
        }
    }
    out.push_str(&text[at..]);
    (out, inserted)
}

/// For each tag the length of the body, if it is that of a loop: up to the matching `endfor`.
fn bodies(text: &str, tags: &[Tag]) -> Vec<usize> {
    let (mut bodies, mut open) = (vec![0; tags.len()], Vec::new());
    for (i, tag) in tags.iter().enumerate().filter(|(_, tag)| tag.kind == TagKind::Statement) {
        match tag.word(text) {
            "for" => open.push(i),
            "endfor" => {
                if let Some(of) = open.pop() {
                    bodies[of] = tag.span.start - tags[of].span.end;
                }
            }
            _ => {}
        }
    }
    bodies
}

/// Maps a place in the file to a place in the text that the engine saw.
pub fn place_in_engine(place: usize, inserted: &Inserted) -> usize {
    inserted.iter().fold(place, |now, (at, length)| if *at < now { now + length } else { now })
}

/// Maps a place in the text that the engine saw to a place in the file.
pub fn place_in_file(place: usize, inserted: &Inserted) -> usize {
    let before = inserted.iter().take_while(|(at, _)| *at < place);
    before.fold(place, |now, (at, length)| now - (*length).min(place - at))
}

/// An error for each construct that a council's template may not use.
pub fn refused(file: &str, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for tag in tags(text) {
        let inside = &text[tag.inside.clone()];
        let fault = match (tag.kind, tag.word(text)) {
            (TagKind::Comment, _) => None,
            (TagKind::Statement, "set" | "set_global") if !inside.contains('=') => Some((
                "a block cannot be stored under a name",
                "write it where it is printed, or as a block of its own",
            )),
            (TagKind::Statement, "filter") => Some(("a filter cannot enclose a section", "use it on each value")),
            (TagKind::Statement, "component" | "endcomponent") => Some(NO_COMPONENTS),
            _ if inside.starts_with(['<', '/']) => Some(NO_COMPONENTS),
            (kind, word) if (kind == TagKind::Print || word != "for") && has_loop(inside) => Some((
                "a list cannot be made by a loop in brackets",
                "loop with `{% for … %}` where the items are printed",
            )),
            _ if inside.len() > EXPRESSION => Some(("the expression is longer than 4,000 characters", "cut it up")),
            _ => None,
        };
        found.extend(fault.map(|(message, hint)| {
            let place =
                Place { file: Some(file.to_owned()), path: None, span: Some(tag.span.clone()), ..Place::default() };
            Diagnostic::error(codes::OVER_LIMIT, message).place(place).hint(hint)
        }));
    }
    found
}

const NO_COMPONENTS: (&str, &str) = ("components cannot be used", "put the part into its own file and include it");

/// Whether an expression contains a loop outside quotation marks.
fn has_loop(inside: &str) -> bool {
    let mut quote = None;
    let plain: String = inside
        .chars()
        .map(|c| match quote {
            Some(q) if q == c => {
                quote = None;
                ' '
            }
            Some(_) => '_',
            None if matches!(c, '"' | '\'' | '`') => {
                quote = Some(c);
                ' '
            }
            None => c,
        })
        .collect();
    plain.contains('[') && plain.split_whitespace().any(|word| word == "for")
}

/// The first template, by name, that would include more than it should. Cycles are left to the engine, which names
/// their members.
pub fn excessive_includes(sources: &Sources, prefixes: &[String]) -> Option<Diagnostic> {
    let mut known = BTreeMap::new();
    for name in sources.keys() {
        if included(name, sources, prefixes, &mut known, 0) > INCLUDED {
            let error = Diagnostic::error(codes::OVER_LIMIT, "the template includes more than 1,000 others");
            return Some(error.place(Place::file(name.clone())).hint("those that the included ones include count too"));
        }
    }
    None
}

fn included(
    name: &str,
    sources: &Sources,
    prefixes: &[String],
    known: &mut BTreeMap<String, u64>,
    depth: usize,
) -> u64 {
    if let Some(count) = known.get(name) {
        return *count;
    }
    let Some(text) = sources.get(name).filter(|_| depth < 64) else { return 1 };
    let mut count = 1_u64;
    for tag in tags(text).into_iter().filter(|t| t.kind == TagKind::Statement && t.word(text) == "include") {
        let Some(of) = text[tag.inside].split(['"', '\'', '`']).nth(1) else { continue };
        let tries = std::iter::once(of.to_owned()).chain(prefixes.iter().map(|p| format!("{p}{of}")));
        let found = tries.into_iter().find(|name| sources.contains_key(name));
        count = count.saturating_add(found.map_or(0, |name| included(&name, sources, prefixes, known, depth + 1)));
    }
    known.insert(name.to_owned(), count);
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_counted_out_of_a_place() {
        let text = "a{% for x in list %}{{ y }}{% endfor %}{% set z = 1 %}{{ w }}";
        let (counted, inserted) = counted(text);
        assert_eq!(counted, "a{% for x in (list)|work(of=16) %}{{ y }}{% endfor %}{% set z =( 1)|kept %}{{ w }}");
        for name in ["y", "w", "list"] {
            let place =
                counted.find(&format!(" {name} ")).or(counted.find(&format!("({name})"))).expect("it is there") + 1;
            assert_eq!(&text[place_in_file(place, &inserted)..][..name.len()], name);
        }
    }

    #[test]
    fn a_loop_is_as_long_as_what_stands_before_its_own_end() {
        let text = "{% for a in b %}12{% for c in d %}345{% endfor %}6{% endfor %}{% endfor %}{% for e in f %}{{ g }}";
        let tags = tags(text);
        let bodies: Vec<usize> = bodies(text, &tags).into_iter().filter(|length| *length > 0).collect();
        assert_eq!(bodies, [text.find("{% endfor %}{% endfor %}").expect("it is there") - 16, 3]);
    }

    #[test]
    fn what_holds_text_without_a_bound_is_refused() {
        for text in
            ["{% set x %}a{% endset %}", "{% filter upper %}a{% endfilter %}", "{{ [x for x in y] }}", "{{ <card /> }}"]
        {
            assert_eq!(refused("x.md", text).len(), 1, "{text}");
        }
        assert!(
            refused("x.md", "{% set x = a ~ \" for [\" %}{% for x in y %}{{ x[0] }}{% endfor %}{# for #}").is_empty()
        );
    }
}
