//! A package of parts, for the writers whose formats are archives.
//!
//! In: parts in their order. Out: a zip archive, the same bytes for the same parts on every machine: one time for all, one
//! system, one way of packing.
//!
//! Deliberately absent: folders, remarks and whatever else an archive may hold besides its parts.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// A package that is being written.
pub struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    /// An empty package.
    pub fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::with_capacity(128 * 1024))))
    }

    /// Adds a part.
    pub fn part(&mut self, name: &str, data: &[u8]) {
        self.add(name, data, (CompressionMethod::Deflated, None));
    }

    /// Adds a part that is large and packs badly, such as a font: quickly.
    pub fn large(&mut self, name: &str, data: &[u8]) {
        self.add(name, data, (CompressionMethod::Deflated, Some(1)));
    }

    /// Adds a part that is packed already, such as a picture.
    pub fn stored(&mut self, name: &str, data: &[u8]) {
        self.add(name, data, (CompressionMethod::Stored, None));
    }

    fn add(&mut self, name: &str, data: &[u8], (method, level): (CompressionMethod, Option<i64>)) {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level(level)
            .last_modified_time(DateTime::DEFAULT)
            .system(System::Unix)
            .unix_permissions(0o644);
        let written = self.0.start_file(name, options).map(|()| self.0.write_all(data));
        written.expect("a part has a name of its own").expect("memory takes whatever is written");
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.0.finish().expect("memory takes whatever is written").into_inner()
    }
}
