//! Extracts the text of a content stream.
//!
//! In: the decoded stream and its resources. Out: the text that it draws, visible or not: colour, size, clipping,
//! rendering mode and place make no difference here. Also every other string in it. Deliberately absent: the streams
//! that it invokes, since each is read on its own.

use std::rc::Rc;

use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{Dict, MaybeRef, Object};

use super::boilerplate::is_machine_made;
use super::file::{Budget, PdfFile, dict_of};
use super::font::{Font, Fonts};
use super::strings::text_string;
use super::text::{Matrix, PageText, Piece, times};

/// The content parser stops silently where it gets lost; if it reaches this operator, it did not.
const SENTINEL: &[u8] = b"convenor-end-of-content";
/// `q` inside `q`, at most.
const DEEPEST: usize = 512;
/// The smallest gap, in thousandths of the font size, that may be a space.
const SPACE: f64 = -150.0;

/// The source of a content stream's fonts.
#[derive(Clone, Copy)]
pub struct Source<'a, 'f> {
    /// The objects.
    pub file: &'f PdfFile<'a>,
    /// The fonts that have been read already.
    pub fonts: &'f Fonts,
    /// The bytes that may still be decompressed.
    pub budget: &'f Budget,
}

/// The text of a content stream.
pub struct StreamText {
    /// The texts that it shows.
    pub shown: Vec<String>,
    /// Other strings: alternatives, expansions, properties.
    pub others: String,
    /// Whether it shows a code that its font maps to no text and no replacement text covers.
    pub unmapped: bool,
}

/// Reads a content stream.
///
/// # Errors
/// If it cannot be parsed to its end, or shows text in a font that is missing or cannot be read.
pub fn read<'a>(data: Vec<u8>, resources: Option<&Dict<'a>>, from: &Source<'a, '_>) -> Result<StreamText, String> {
    let reader = Reader::new(resources, from).run_to_end(data)?;
    Ok(StreamText { shown: reader.text.finish(), others: reader.others, unmapped: reader.unmapped })
}

/// Reads the texts that a content stream draws, each with its place.
///
/// # Errors
/// As for [`read`].
pub fn pieces<'a>(data: Vec<u8>, resources: Option<&Dict<'a>>, from: &Source<'a, '_>) -> Result<Vec<Piece>, String> {
    let reader = Reader { text: PageText::with_places(), ..Reader::new(resources, from) };
    Ok(reader.run_to_end(data)?.text.pieces())
}

/// The state that `q` saves and `Q` restores.
#[derive(Clone)]
struct GraphicsState {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    leading: f64,
}

struct Reader<'a, 'f> {
    resources: Option<&'f Dict<'a>>,
    from: Source<'a, 'f>,
    /// The fonts, by their names in these resources.
    fonts: Vec<(Vec<u8>, Rc<Font>)>,
    state: GraphicsState,
    kept: Vec<GraphicsState>,
    line: Matrix,
    at: Matrix,
    text: PageText,
    others: String,
    /// The open marked-content sequences, and whether each has replacement text.
    marked: Vec<bool>,
    unmapped: bool,
}

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

impl<'a, 'f> Reader<'a, 'f> {
    fn new(resources: Option<&'f Dict<'a>>, from: &Source<'a, 'f>) -> Self {
        let state = GraphicsState { ctm: IDENTITY, font: None, size: 1.0, leading: 0.0 };
        let (fonts, kept, marked) = (vec![], vec![], vec![]);
        let (text, others, unmapped) = (PageText::default(), String::new(), false);
        let (line, at) = (IDENTITY, IDENTITY);
        Self { resources, from: *from, fonts, state, kept, line, at, text, others, marked, unmapped }
    }

    fn run_to_end(mut self, mut data: Vec<u8>) -> Result<Self, String> {
        data.extend([b"\n", SENTINEL].concat());
        let mut instructions = UntypedIter::new(&data);
        while let Some(instruction) = instructions.next() {
            if &**instruction.operator == SENTINEL {
                return Ok(self);
            }
            self.take(&instruction)?;
        }
        Err("its content cannot be parsed to the end".to_owned())
    }

    fn take(&mut self, instruction: &Instruction<'_, '_>) -> Result<(), String> {
        let operator: &[u8] = instruction.operator;
        match operator {
            b"q" if self.kept.len() < DEEPEST => self.kept.push(self.state.clone()),
            b"q" => return Err("its graphics states are nested too deeply".to_owned()),
            b"Q" => self.state = self.kept.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => self.state.ctm = times(&matrix(instruction), &self.state.ctm),
            b"BT" => self.go(IDENTITY),
            b"Tm" => self.go(matrix(instruction)),
            b"Td" | b"TD" => self.step(instruction, operator == b"TD"),
            b"TL" => self.state.leading = numbers::<1>(instruction).map_or(0.0, |[leading]| leading),
            b"T*" => self.down(),
            b"Tf" => return self.font(instruction),
            b"gs" => return self.graphics_state(instruction),
            b"Tj" | b"TJ" => return self.show(instruction),
            b"'" | b"\"" => {
                self.down();
                return self.show(instruction);
            }
            b"BMC" => self.marked.push(self.marked.last() == Some(&true)),
            b"BDC" => return self.mark(instruction),
            b"EMC" => drop(self.marked.pop()),
            b"re" | b"m" | b"l" | b"c" | b"h" | b"f" | b"S" | b"n" | b"W" | b"cs" | b"scn" | b"Tr" | b"ET" => {}
            _ => instruction.operands().for_each(|operand| self.other(operand, 0)),
        }
        Ok(())
    }

    fn go(&mut self, to: Matrix) {
        (self.line, self.at) = (to, to);
        self.text.moved();
    }

    fn step(&mut self, instruction: &Instruction<'_, '_>, leads: bool) {
        let Some([x, y]) = numbers(instruction) else { return };
        if leads {
            self.state.leading = -y;
        }
        self.go(times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line));
    }

    fn down(&mut self) {
        self.go(times(&[1.0, 0.0, 0.0, 1.0, 0.0, -self.state.leading], &self.line));
    }

    fn font(&mut self, instruction: &Instruction<'_, '_>) -> Result<(), String> {
        let mut operands = instruction.operands();
        let (Some(Object::Name(name)), Some(Object::Number(size))) = (operands.next(), operands.next()) else {
            return Ok(());
        };
        self.state.size = size.as_f64();
        let known = self.fonts.iter().find(|(n, _)| n[..] == name[..]).map(|(_, font)| Rc::clone(font));
        self.state.font = Some(known.map_or_else(|| self.named_font(name), Ok)?);
        Ok(())
    }

    fn named_font(&mut self, name: &[u8]) -> Result<Rc<Font>, String> {
        let fonts = self.resources.and_then(|r| self.from.file.dict(r, "Font"));
        let dict = fonts.and_then(|f| self.from.file.dict(&f, std::str::from_utf8(name).ok()?));
        let dict = dict.ok_or("it shows text in a font that is missing")?;
        let font = self.from.fonts.font(self.from.file, &dict, self.from.budget)?;
        self.fonts.push((name.to_vec(), Rc::clone(&font)));
        Ok(font)
    }

    /// A graphics state may set a font (ISO 32000-1 table 58).
    fn graphics_state(&mut self, instruction: &Instruction<'_, '_>) -> Result<(), String> {
        let Some(Object::Name(name)) = instruction.operands().next() else { return Ok(()) };
        let states = self.resources.and_then(|r| self.from.file.dict(r, "ExtGState"));
        let state = states.and_then(|s| self.from.file.dict(&s, std::str::from_utf8(name).ok()?));
        let Some(Object::Array(pair)) = state.and_then(|s| self.from.file.get(&s, "Font")) else { return Ok(()) };
        if let Some(dict) = self.from.file.array(&pair).into_iter().next().and_then(dict_of) {
            self.state.font = Some(self.from.fonts.font(self.from.file, &dict, self.from.budget)?);
        }
        Ok(())
    }

    fn show(&mut self, instruction: &Instruction<'_, '_>) -> Result<(), String> {
        let Some(font) = self.state.font.clone() else {
            return Err("it shows text without a font".to_owned());
        };
        let at = times(&self.at, &self.state.ctm);
        for operand in instruction.operands() {
            match operand {
                Object::String(bytes) => self.string(&font, bytes, &at)?,
                Object::Array(array) => {
                    for item in array.raw_iter() {
                        match item {
                            MaybeRef::NotRef(Object::String(bytes)) => self.string(&font, &bytes, &at)?,
                            MaybeRef::NotRef(Object::Number(by)) if by.as_f64() < SPACE => self.text.gap(),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn string(&mut self, font: &Font, bytes: &[u8], at: &Matrix) -> Result<(), String> {
        self.text.place(*at, self.state.size);
        let replaced = self.marked.last() == Some(&true);
        // A font may make a page of text from each code.
        let mut afforded = Ok(());
        font.each(bytes, &mut |mapped| {
            let text = mapped.unwrap_or("\u{FFFD}");
            if afforded.is_ok() {
                afforded = self.from.budget.spend(text.len());
                self.unmapped |= mapped.is_none() && !replaced;
                self.text.show(text, replaced);
            }
        });
        afforded
    }

    fn mark(&mut self, instruction: &Instruction<'_, '_>) -> Result<(), String> {
        let mut actual = self.marked.last() == Some(&true);
        for operand in instruction.operands().skip(1) {
            let properties = match operand {
                Object::Dict(dict) => dict.get_raw::<Object<'_>>("ActualText").and_then(plain),
                Object::Name(name) => self.property(name),
                _ => None,
            };
            if let Some(Object::String(text)) = properties {
                let text = text_string(&text);
                self.from.budget.spend(text.len())?;
                self.text.replace(&text);
                actual = true;
            }
            self.other(operand, 0);
        }
        self.marked.push(actual);
        Ok(())
    }

    fn property(&self, name: &[u8]) -> Option<Object<'a>> {
        let list = self.resources.and_then(|r| self.from.file.dict(r, "Properties"))?;
        self.from.file.get(&self.from.file.dict(&list, std::str::from_utf8(name).ok()?)?, "ActualText")
    }

    /// Collects the strings of an operand.
    fn other(&mut self, operand: &Object<'_>, depth: usize) {
        match operand {
            Object::String(text) => {
                self.others.push_str(&text_string(text));
                self.others.push('\n');
            }
            Object::Array(array) if depth < 8 => {
                array.raw_iter().filter_map(plain).for_each(|item| self.other(&item, depth + 1));
            }
            Object::Dict(dict) if depth < 8 => {
                for (key, item) in dict.entries().filter_map(|(key, v)| Some((key, plain(v)?))) {
                    let made = matches!(&item, Object::String(s) if is_machine_made(&key, &text_string(s)));
                    if !made {
                        self.other(&item, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }
}

fn plain<T>(value: MaybeRef<T>) -> Option<T> {
    match value {
        MaybeRef::NotRef(value) => Some(value),
        MaybeRef::Ref(_) => None,
    }
}

/// The first `N` numbers among the operands. `None` if there are fewer.
fn numbers<const N: usize>(instruction: &Instruction<'_, '_>) -> Option<[f64; N]> {
    let number = |operand: &Object<'_>| if let Object::Number(n) = operand { Some(n.as_f64()) } else { None };
    let mut found = instruction.operands().filter_map(number);
    let mut numbers = [0.0; N];
    for slot in &mut numbers {
        *slot = found.next()?;
    }
    Some(numbers)
}

fn matrix(instruction: &Instruction<'_, '_>) -> Matrix {
    numbers(instruction).unwrap_or(IDENTITY)
}
