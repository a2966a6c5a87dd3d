//! What the two processes say to each other: frames of bytes with their length before them, through pipes. Nothing of it
//! touches the disk.

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind, Read, Result, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::render::pdf::sheet::{Facts, Fault, Sheet};
use crate::render::pdf::world::Materials;

/// What the other process says once it is bounded and ready. Another version would lay papers out in another way.
pub const HELLO: &[u8] = concat!("convenor ", env!("CARGO_PKG_VERSION"), " lays papers out").as_bytes();

/// No frame is longer.
const LONGEST: u64 = 1024 * 1024 * 1024;

/// What the process starts with.
pub struct Setup {
    pub limits: Limits,
    pub materials: Materials,
}

/// What one paper may cost.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Limits {
    pub milliseconds: u64,
    pub memory: u64,
}

/// The names of what follows, in its order.
#[derive(Serialize, Deserialize)]
struct Contents {
    limits: Limits,
    sources: BTreeMap<String, String>,
    files: Vec<String>,
    fonts: usize,
}

/// What comes of one paper.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// The file.
    Pdf(Vec<u8>),
    /// What is wrong with the theme. Its files are named as the engine finds them.
    Faults(Vec<Fault>),
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
        let materials = Materials { sources: contents.sources, files, fonts, origins: BTreeMap::new() };
        Ok(Self { limits: contents.limits, materials })
    }
}

impl Sheet {
    pub fn write(&self, to: &mut dyn Write) -> Result<()> {
        json(to, &self.facts)?;
        frame(to, &self.tree)?;
        to.flush()
    }

    /// The next paper, or none if there is no more.
    pub fn read(from: &mut dyn Read) -> Result<Option<Self>> {
        let Some(facts) = read_frame(from)? else { return Ok(None) };
        Ok(Some(Self { facts: parsed::<Facts>(&facts)?, tree: needed(from)? }))
    }
}

impl Answer {
    pub fn write(&self, to: &mut dyn Write) -> Result<()> {
        match self {
            Answer::Pdf(data) => frame(to, b"pdf").and_then(|()| frame(to, data)),
            Answer::Faults(faults) => frame(to, b"faults").and_then(|()| json(to, faults)),
            Answer::TooLong => frame(to, b"too long"),
            Answer::GaveUp => frame(to, b"gave up"),
        }?;
        to.flush()
    }

    pub fn read(from: &mut dyn Read) -> Result<Self> {
        match needed(from)?.as_slice() {
            b"pdf" => needed(from).map(Answer::Pdf),
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

/// A frame that must come.
pub fn needed(from: &mut dyn Read) -> Result<Vec<u8>> {
    read_frame(from)?.ok_or_else(|| ErrorKind::UnexpectedEof.into())
}

/// The next frame, or none at the end.
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
        let fault = Fault {
            place: Some(("theme/brand.typ".into(), Some((1, 2)))),
            message: "unknown variable: x".into(),
            hint: None,
            chain: vec!["imported from `theme/letter.typ`, line 3".into()],
        };
        for answer in [Answer::Pdf(vec![0, 255, 10]), Answer::Faults(vec![fault]), Answer::TooLong, Answer::GaveUp] {
            let mut said = Vec::new();
            answer.write(&mut said).expect("memory takes it");
            assert_eq!(Answer::read(&mut said.as_slice()).expect("it is whole"), answer);
            assert!(Answer::read(&mut &said[..said.len() - 1]).is_err(), "half an answer is none");
        }
        assert!(Sheet::read(&mut [].as_slice()).expect("the end is no fault").is_none());
    }
}
