//! The bytes of a list: a file, read anew for each pass over it, or what somebody gave in memory.
//!
//! Deliberately absent: their meaning.

use std::io::{Read, Result};
use std::path::PathBuf;
use std::sync::Arc;

use crate::input::disk;
use crate::sheets::HEAD;

/// The bytes of a list.
#[derive(Debug, Clone)]
pub enum Bytes {
    /// A file.
    File(PathBuf),
    /// In memory.
    Held(Arc<[u8]>),
}

impl Bytes {
    /// A reader from the first byte.
    ///
    /// # Errors
    /// If the file may not be read, or is none.
    pub fn open(&self) -> Result<Box<dyn Read + '_>> {
        Ok(match self {
            Self::File(path) => Box::new(disk::open(path)?),
            Self::Held(data) => Box::new(&**data),
        })
    }

    /// The first bytes, which say what it is.
    ///
    /// # Errors
    /// As for [`Bytes::open`], or if it cannot be read.
    pub fn head(&self) -> Result<Vec<u8>> {
        let mut head = Vec::new();
        self.open()?.take(HEAD as u64).read_to_end(&mut head)?;
        Ok(head)
    }

    /// All bytes; `None` if there are more than `most`.
    ///
    /// # Errors
    /// As for [`Bytes::head`].
    pub fn all(&self, most: u64) -> Result<Option<Vec<u8>>> {
        disk::bounded(self.open()?, most)
    }

    /// How many bytes there are; 0 if that cannot be known.
    pub fn len(&self) -> u64 {
        match self {
            Self::File(path) => std::fs::metadata(path).map_or(0, |metadata| metadata.len()),
            Self::Held(data) => data.len() as u64,
        }
    }

    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        matches!(self, Self::File(path) if path.is_dir())
    }
}
