//! The protocol between the two processes: frames of bytes through pipes, each preceded by its length. None of it
//! touches the disk.

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind, Read, Result, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::render::pdf::sheet::{Facts, JoinFor, LayoutInput, ThemeFault, Written};
use crate::render::pdf::world::Materials;

/// The greeting of the other process once it has limited itself and is ready. It names the version, since another
/// version might lay papers out differently.
pub const HELLO: &[u8] = concat!("convenor ", env!("CARGO_PKG_VERSION"), " lays papers out").as_bytes();

/// The longest frame.
const LONGEST: u64 = 1024 * 1024 * 1024;

/// The first message to the process.
pub struct Setup {
    pub limits: LayoutLimits,
    pub materials: Materials,
}

/// The limits for one paper.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct LayoutLimits {
    pub milliseconds: u64,
    pub memory: u64,
}

/// The names of the frames that follow, in their order.
#[derive(Serialize, Deserialize)]
struct Contents {
    limits: LayoutLimits,
    sources: BTreeMap<String, String>,
    files: Vec<String>,
    fonts: usize,
}

/// A task for the process.
pub enum Task {
    /// Write a paper as a file.
    Write(LayoutInput),
    /// Count the pages of a paper.
    Count(LayoutInput),
    /// Join papers into one file; the first only gives the file its title.
    Join(JoinFor, Vec<LayoutInput>),
}

/// The answer to a task.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// The file, without bytes if only the page count was asked for.
    Pdf(Written),
    /// The faults of the theme. Its files are named as the engine finds them.
    Faults(Vec<ThemeFault>),
    /// It took too long, and the process ends.
    TooLong,
    /// The engine itself gave up, and the process ends.
    GaveUp,
}

impl Setup {
    pub fn write(&self, to: &mut dyn Write) -> Result<()> {
        let m = &self.materials;
        let files = m.files.keys().cloned().collect();
        json(to, &Contents { limits: self.limits, sources: m.sources.clone(), files, fonts: m.fonts.len() })?;
        m.files.values().chain(&m.fonts).try_for_each(|data| frame(to, data))?;
        to.flush()
    }

    pub fn read(from: &mut dyn Read) -> Result<Self> {
        let contents: Contents = parsed(&needed(from)?)?;
        let mut files = BTreeMap::new();
        for name in contents.files {
            files.insert(name, needed(from)?);
        }
        let fonts = (0..contents.fonts).map(|_| needed(from)).collect::<Result<_>>()?;
        let materials = Materials { sources: contents.sources, files, fonts, ..Materials::default() };
        Ok(Self { limits: contents.limits, materials })
    }
}

impl Task {
    fn sheets(&self) -> (&'static [u8], &[LayoutInput]) {
        match self {
            Task::Write(sheet) => (b"write", std::slice::from_ref(sheet)),
            Task::Count(sheet) => (b"count", std::slice::from_ref(sheet)),
            Task::Join(JoinFor::Printer, sheets) => (b"join", sheets),
            Task::Join(JoinFor::Screen, sheets) => (b"join-for-a-screen", sheets),
        }
    }

    pub fn write(&self, to: &mut dyn Write) -> Result<()> {
        let (what, sheets) = self.sheets();
        frame(to, what)?;
        json(to, &sheets.len())?;
        for sheet in sheets {
            json(to, &sheet.facts)?;
            frame(to, &sheet.tree)?;
        }
        to.flush()
    }

    /// Reads the next task. `None` if there are no more.
    pub fn read(from: &mut dyn Read) -> Result<Option<Self>> {
        let Some(what) = read_frame(from)? else { return Ok(None) };
        let count: usize = parsed(&needed(from)?)?;
        let mut sheets =
            (0..count).map(|_| Ok(LayoutInput { facts: parsed::<Facts>(&needed(from)?)?, tree: needed(from)? }));
        let task = match what.as_slice() {
            b"join" => Task::Join(JoinFor::Printer, sheets.collect::<Result<_>>()?),
            b"join-for-a-screen" => Task::Join(JoinFor::Screen, sheets.collect::<Result<_>>()?),
            b"write" | b"count" => {
                let sheet = sheets.next().ok_or(ErrorKind::InvalidData)??;
                if what == b"write" { Task::Write(sheet) } else { Task::Count(sheet) }
            }
            _ => return Err(ErrorKind::InvalidData.into()),
        };
        Ok(Some(task))
    }
}

impl Answer {
    pub fn write(&self, to: &mut dyn Write) -> Result<()> {
        match self {
            Answer::Pdf(written) => {
                frame(to, b"pdf")?;
                json(to, &written.pages)?;
                frame(to, &written.data)
            }
            Answer::Faults(faults) => frame(to, b"faults").and_then(|()| json(to, faults)),
            Answer::TooLong => frame(to, b"too long"),
            Answer::GaveUp => frame(to, b"gave up"),
        }?;
        to.flush()
    }

    pub fn read(from: &mut dyn Read) -> Result<Self> {
        match needed(from)?.as_slice() {
            b"pdf" => Ok(Answer::Pdf(Written { pages: parsed(&needed(from)?)?, data: needed(from)? })),
            b"faults" => parsed(&needed(from)?).map(Answer::Faults),
            b"too long" => Ok(Answer::TooLong),
            b"gave up" => Ok(Answer::GaveUp),
            _ => Err(ErrorKind::InvalidData.into()),
        }
    }
}

pub fn frame(to: &mut dyn Write, data: &[u8]) -> Result<()> {
    to.write_all(&(data.len() as u64).to_le_bytes())?;
    to.write_all(data)
}

/// Reads a frame that must be there.
pub fn needed(from: &mut dyn Read) -> Result<Vec<u8>> {
    read_frame(from)?.ok_or_else(|| ErrorKind::UnexpectedEof.into())
}

/// Reads the next frame. `None` at the end.
fn read_frame(from: &mut dyn Read) -> Result<Option<Vec<u8>>> {
    let mut length = Vec::with_capacity(8);
    from.take(8).read_to_end(&mut length)?;
    let length = match <[u8; 8]>::try_from(length.as_slice()) {
        Ok(length) => u64::from_le_bytes(length),
        Err(_) if length.is_empty() => return Ok(None),
        Err(_) => return Err(ErrorKind::UnexpectedEof.into()),
    };
    if length > LONGEST {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut data = Vec::new();
    from.take(length).read_to_end(&mut data)?;
    if data.len() as u64 == length { Ok(Some(data)) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

fn json(to: &mut dyn Write, value: &impl Serialize) -> Result<()> {
    frame(to, &serde_json::to_vec(value).map_err(Error::other)?)
}

fn parsed<T: DeserializeOwned>(data: &[u8]) -> Result<T> {
    serde_json::from_slice(data).map_err(Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_arrives_as_it_was_said() {
        let fault = ThemeFault {
            place: Some(("theme/brand.typ".into(), Some((1, 2)))),
            message: "unknown variable: x".into(),
            hint: None,
            chain: vec!["imported from `theme/letter.typ`, line 3".into()],
        };
        let pdf = Answer::Pdf(Written { data: vec![0, 255, 10], pages: 2 });
        for answer in [pdf, Answer::Faults(vec![fault]), Answer::TooLong, Answer::GaveUp] {
            let mut said = Vec::new();
            answer.write(&mut said).expect("memory takes it");
            assert_eq!(Answer::read(&mut said.as_slice()).expect("it is whole"), answer);
            assert!(Answer::read(&mut &said[..said.len() - 1]).is_err(), "half an answer is none");
        }
        assert!(Task::read(&mut [].as_slice()).expect("the end is no fault").is_none());
    }
}
