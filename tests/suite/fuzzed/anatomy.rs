//! A file as the parser tells it, an edit of it by chance, and what may come of that.
//!
//! In: a text. Out: between which two texts of the file something may change, and what the file has to say afterwards.
//!
//! Deliberately absent: the crate's own tree, of which this is the proof.

use std::iter::Peekable;
use std::ops::Range;

use convenor::{Change, Edit, Written};
use serde_json::{Map, Value as Json};
use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, Span, StrInput};

/// Numbers by chance that are the same in every run.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, end: usize) -> usize {
        // The constants of Knuth's MMIX.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// A value with its texts, keys among them, as a part of all texts of the file.
struct Part {
    path: String,
    kind: Kind,
    texts: Range<usize>,
    /// The same with its key.
    with_key: Range<usize>,
    /// How many values are beside it in the same list or group, itself among them.
    siblings: usize,
    parent: Option<usize>,
}

#[derive(PartialEq, Clone, Copy)]
enum Kind {
    Text,
    List(usize),
    Map,
}

/// A file as the parser tells it.
pub struct Anatomy {
    /// The bytes of each text, in their order.
    texts: Vec<Range<usize>>,
    parts: Vec<Part>,
    /// What it says, every text of it as it is read.
    pub says: Json,
}

impl Anatomy {
    /// `None` if the file cannot be read, or says something that no conference says.
    pub fn of(text: &str) -> Option<Self> {
        let (mark, bare) = text.strip_prefix(MARK).map_or((0, text), |bare| (MARK.len_utf8(), bare));
        let mut events: Vec<(Event<'_>, Range<usize>)> = Vec::new();
        for event in Parser::<StrInput<'_>>::new_from_str(bare) {
            let (event, span) = event.ok()?;
            let mut span = bytes(span, mark);
            // The lines behind a block are none of its words.
            if matches!(&event, Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..)) {
                span.end = span.start + text[span.clone()].trim_end().len();
            }
            events.push((event, span));
        }
        let mut events = events.into_iter().peekable();
        while events.next_if(|(event, _)| matches!(event, Event::StreamStart | Event::DocumentStart(..))).is_some() {}
        let mut anatomy = Self { texts: Vec::new(), parts: Vec::new(), says: Json::Null };
        anatomy.says = anatomy.value(&mut events, String::new(), None, None)?;
        let is_whole = events.all(|(event, _)| matches!(event, Event::DocumentEnd | Event::StreamEnd));
        let is_in_order = anatomy.texts.windows(2).all(|two| two[0].end <= two[1].start);
        (is_whole && is_in_order && anatomy.says.is_object()).then_some(anatomy)
    }

    fn value<'t>(
        &mut self,
        events: &mut Peekable<impl Iterator<Item = (Event<'t>, Range<usize>)>>,
        path: String,
        key: Option<usize>,
        parent: Option<usize>,
    ) -> Option<Json> {
        if path.split(['.', '[']).count() > DEEPEST {
            return None;
        }
        let (at, start) = (self.parts.len(), self.texts.len());
        let with_key = key.unwrap_or(start)..start;
        let part = Part { path: path.clone(), kind: Kind::Text, texts: start..start, with_key, siblings: 1, parent };
        self.parts.push(part);
        let (event, span) = events.next()?;
        let (kind, says, many) = match event {
            Event::Scalar(text, style, 0, None) => {
                let is_nothing = span.is_empty() || ["", "~", "null", "Null", "NULL"].contains(&&*text);
                self.texts.push(span);
                let is_nothing = is_nothing && style == ScalarStyle::Plain;
                (Kind::Text, if is_nothing { Json::Null } else { Json::String(text.into_owned()) }, 0)
            }
            Event::SequenceStart(_, 0, None) => {
                let mut all = Vec::new();
                while events.next_if(|(event, _)| matches!(event, Event::SequenceEnd)).is_none() {
                    all.push(self.value(events, format!("{path}[{}]", all.len()), None, Some(at))?);
                }
                (Kind::List(all.len()), Json::Array(all.clone()), all.len())
            }
            Event::MappingStart(_, 0, None) => {
                let mut all = Map::new();
                while events.next_if(|(event, _)| matches!(event, Event::MappingEnd)).is_none() {
                    let (Some((Event::Scalar(name, _, 0, None), span)), key) = (events.next(), self.texts.len()) else {
                        return None;
                    };
                    // A path could mean two things.
                    if name.is_empty() || name.contains(['.', '[', ']']) || all.contains_key(&*name) {
                        return None;
                    }
                    self.texts.push(span);
                    let below = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                    let value = self.value(events, below, Some(key), Some(at))?;
                    all.insert(name.into_owned(), value);
                }
                (Kind::Map, Json::Object(all.clone()), all.len())
            }
            _ => return None,
        };
        let end = self.texts.len();
        self.parts.iter_mut().skip(at + 1).filter(|part| part.parent == Some(at)).for_each(|part| part.siblings = many);
        let part = &mut self.parts[at];
        (part.kind, part.texts.end, part.with_key.end) = (kind, end, end);
        Some(says)
    }

    /// The bytes that may change if these texts do: from the text before to the text behind.
    pub fn around(&self, texts: &Range<usize>, length: usize) -> Range<usize> {
        let start = texts.start.checked_sub(1).map_or(0, |before| self.texts[before].end);
        start..self.texts.get(texts.end).map_or(length, |behind| behind.start)
    }

    /// What goes with a value that is taken out: whatever holds nothing else.
    fn gone(&self, mut at: usize) -> usize {
        while let Some(parent) = self.parts[at].parent.filter(|_| self.parts[at].siblings == 1) {
            at = parent;
        }
        at
    }

    /// Every comment, but those inside of these bytes: what stands between two texts is none of either.
    pub fn comments(&self, text: &str, without: &Range<usize>) -> Vec<String> {
        let mut all = Vec::new();
        for n in 0..=self.texts.len() {
            let mut at = self.around(&(n..n), text.len());
            for line in text[at.clone()].split_inclusive('\n') {
                if let Some((_, comment)) = line.split_once('#').filter(|_| !without.contains(&at.start)) {
                    all.push(comment.trim_end().to_owned());
                }
                at.start += line.len();
            }
        }
        all
    }

    /// The bytes of texts that are taken out, to the end of their last line.
    fn lines(&self, texts: &Range<usize>, text: &str) -> Range<usize> {
        let (Some(first), Some(last)) = (self.texts.get(texts.start), self.texts.get(texts.end.wrapping_sub(1))) else {
            return 0..0;
        };
        let end = text[last.end..].find('\n').map_or(text.len(), |end| last.end + end);
        first.start..end.max(first.start)
    }
}

/// The sign at the beginning of some files, which is none of their text.
const MARK: char = '\u{FEFF}';

/// Deeper than any conference goes.
const DEEPEST: usize = 30;

fn bytes(span: Span, mark: usize) -> Range<usize> {
    let start = mark + span.start.byte_offset().unwrap_or_default();
    start..start.max(mark + span.end.byte_offset().unwrap_or_default())
}

fn at<'j>(json: &'j mut Json, path: &str) -> &'j mut Json {
    let steps = path.replace('[', ".[");
    steps.split('.').filter(|step| !step.is_empty()).fold(json, |json, step| match step.strip_prefix('[') {
        Some(position) => &mut json[position.trim_end_matches(']').parse::<usize>().expect("a position")],
        None => &mut json[step],
    })
}

fn json(written: &Written) -> Json {
    match written {
        Written::Text(text) => Json::String(text.clone()),
        Written::List(all) => Json::Array(all.iter().map(json).collect()),
        Written::Fields(all) => Json::Object(all.iter().map(|(name, value)| (name.clone(), json(value))).collect()),
    }
}

/// An edit by chance, the texts that it is about, and what the file says then. `None` if there is nothing of its kind.
pub fn edit(chance: &mut Chance, value: &str, now: &Anatomy) -> Option<(Edit, Range<usize>, Json)> {
    let mut says = now.says.clone();
    let entry = match chance.below(3) {
        0 => Written::from(value),
        1 => Written::fields([("text", value), ("share", "community")]),
        _ => Written::fields([("a", Written::list([value, "b"])), ("b", value.into())]),
    };
    let inside = |kind: fn(Kind) -> bool| {
        let all = now.parts.iter().enumerate().filter(|(_, part)| !part.path.is_empty() && kind(part.kind));
        all.map(|(n, _)| n).collect::<Vec<_>>()
    };
    let one_of = |chance: &mut Chance, all: Vec<usize>| (!all.is_empty()).then(|| *chance.of(&all));
    let behind = |part: &Part| part.texts.end..part.texts.end;
    Some(match chance.below(6) {
        0 | 1 => {
            let part = &now.parts[one_of(chance, inside(|kind| kind == Kind::Text))?];
            *at(&mut says, &part.path) = value.into();
            (Edit::set(&part.path, value), part.texts.clone(), says)
        }
        2 => {
            let part = &now.parts[one_of(chance, inside(|kind| kind == Kind::Map))?];
            let path = format!("{}.new", part.path);
            at(&mut says, &part.path)["new"] = value.into();
            let texts =
                now.parts.iter().find(|part| part.path == path).map_or(behind(part), |there| there.texts.clone());
            (Edit::set(path, value), texts, says)
        }
        3 => {
            let part = &now.parts[one_of(chance, inside(|kind| matches!(kind, Kind::List(_))))?];
            at(&mut says, &part.path).as_array_mut().expect("a list").push(json(&entry));
            (Edit::append(&part.path, entry), behind(part), says)
        }
        4 => {
            let part = &now.parts[one_of(chance, inside(|kind| matches!(kind, Kind::List(1..))))?];
            let position = chance.below(if let Kind::List(many) = part.kind { many } else { 1 });
            at(&mut says, &part.path).as_array_mut().expect("a list").insert(position, json(&entry));
            let path = format!("{}[{position}]", part.path);
            let there = now.parts.iter().find(|part| part.path == path).expect("it is there");
            (Edit::insert(path, entry), there.texts.start..there.texts.start, says)
        }
        _ => {
            let all: Vec<usize> = (0..now.parts.len()).filter(|n| !now.parts[now.gone(*n)].path.is_empty()).collect();
            let part = one_of(chance, all)?;
            let gone = &now.parts[now.gone(part)];
            let (around, name) = gone.path.rsplit_once(['.', '[']).unwrap_or(("", &gone.path));
            match at(&mut says, around) {
                Json::Object(fields) => drop(fields.remove(name)),
                Json::Array(all) => drop(all.remove(name.trim_end_matches(']').parse().expect("a position"))),
                _ => panic!("{}", gone.path),
            }
            (Edit::remove(&now.parts[part].path), gone.with_key.clone(), says)
        }
    })
}

/// Whether two files say the same. The last text of a file that did not end gets the end of its line.
pub fn is_alike(one: &Json, other: &Json, gains_an_end: bool) -> bool {
    match (one, other) {
        (Json::String(one), Json::String(other)) => {
            one == other || gains_an_end && one.trim_end_matches('\n') == other.trim_end_matches('\n')
        }
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_alike(one, other, gains_an_end))
        }
        (Json::Object(one), Json::Object(other)) => {
            let is_there =
                |(name, one): (&String, &Json)| other.get(name).is_some_and(|other| is_alike(one, other, gains_an_end));
            one.len() == other.len() && one.iter().all(is_there)
        }
        _ => one == other,
    }
}

/// Checks what came of an edit: nothing but what it is about has changed, and the file says what was meant.
pub fn ensure_only_that(
    edit: &Edit,
    case: &str,
    (before, now): (&str, &Anatomy),
    texts: &Range<usize>,
    says: &Json,
    after: &str,
) {
    let may = now.around(texts, before.len());
    let (head, tail) = (&before[..may.start], &before[may.end..]);
    // A text behind which nothing stood ends its line before anything comes behind it.
    assert!(after.starts_with(head), "{case}: before {may:?}\n{after}");
    assert!(after.ends_with(tail) && after.len() >= head.len() + tail.len(), "{case}: behind {may:?}\n{after}");
    let then = Anatomy::of(after).unwrap_or_else(|| panic!("{case}: it cannot be read\n{after}"));
    assert!(is_alike(&then.says, says, !before.ends_with('\n')), "{case}: it says\n{}\nand not\n{says}", then.says);
    // What is taken out may take the comments of its own lines along.
    let gone = if edit.change == Change::Remove { now.lines(texts, before) } else { 0..0 };
    let (left, all) = (then.comments(after, &(0..0)), now.comments(before, &(0..0)));
    assert!(left == all || left == now.comments(before, &gone), "{case}: comments {left:#?}\nof {all:#?}");
}
