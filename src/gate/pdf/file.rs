//! The objects of a file: resolves references and decodes streams.
//!
//! In: the result of the sweep over the bytes. Out: objects and decoded data. Deliberately absent: the table of
//! offsets; of two objects with one number the last in the file counts, as in every incremental update.

use std::cell::Cell;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, FromBytes, MaybeRef, Name, Object, Stream};

use super::sweep::find;

/// The most bytes that one file may decompress to, with everything in it and the texts that its fonts make of it. Papers of
/// this program stay below two million.
const LARGEST: usize = 64 << 20;

/// The objects of a file, by number.
pub struct PdfFile<'a> {
    /// Sorted by number and place.
    objects: Vec<(i32, usize, &'a [u8])>,
}

impl<'a> PdfFile<'a> {
    /// Orders the objects.
    pub fn new(mut objects: Vec<(i32, usize, &'a [u8])>) -> Self {
        objects.sort_by_key(|(number, at, _)| (*number, *at));
        Self { objects }
    }

    /// Where the current object of a number starts.
    pub fn start(&self, number: i32) -> Option<usize> {
        self.last(number).map(|(_, at, _)| *at)
    }

    /// The current object of a number.
    pub fn object(&self, number: i32) -> Option<Object<'a>> {
        let (_, _, bytes) = self.last(number)?;
        Object::from_bytes(bytes)
    }

    fn last(&self, number: i32) -> Option<&(i32, usize, &'a [u8])> {
        let after = self.objects.partition_point(|(n, _, _)| *n <= number);
        self.objects.get(after.checked_sub(1)?).filter(|(n, _, _)| *n == number)
    }

    /// The value of an entry, with the number of its object if it is a reference.
    pub fn entry(&self, dict: &Dict<'a>, key: &str) -> Option<(Object<'a>, Option<i32>)> {
        let value = dict.get_raw::<Object<'a>>(key)?;
        let number = value.as_obj_ref().map(|r| r.obj_number);
        Some((self.resolved(value)?, number))
    }

    /// The value of an entry.
    pub fn get(&self, dict: &Dict<'a>, key: &str) -> Option<Object<'a>> {
        self.entry(dict, key).map(|(object, _)| object)
    }

    /// The dictionary of an entry, or of the stream that it refers to.
    pub fn dict(&self, dict: &Dict<'a>, key: &str) -> Option<Dict<'a>> {
        dict_of(self.get(dict, key)?)
    }

    /// The name that is the value of an entry.
    pub fn name(&self, dict: &Dict<'a>, key: &str) -> Option<Name<'a>> {
        self.get(dict, key)?.into_name()
    }

    /// The objects of an array, with references resolved.
    pub fn array(&self, array: &Array<'a>) -> Vec<Object<'a>> {
        array.raw_iter().filter_map(|value| self.resolved(value)).collect()
    }

    fn resolved(&self, value: MaybeRef<Object<'a>>) -> Option<Object<'a>> {
        match value {
            MaybeRef::Ref(r) => self.object(r.obj_number),
            MaybeRef::NotRef(object) => Some(object),
        }
    }
}

/// The dictionary of an object that is one, or of a stream.
pub fn dict_of(object: Object<'_>) -> Option<Dict<'_>> {
    match object {
        Object::Dict(dict) => Some(dict),
        Object::Stream(stream) => Some(stream.dict().clone()),
        _ => None,
    }
}

/// Decompresses streams and counts what is read out of them, up to a limit for all of it together.
pub struct Budget(Cell<usize>);

impl Budget {
    /// A full budget.
    pub fn new() -> Self {
        Self(Cell::new(LARGEST))
    }

    /// The decoded data of a stream, and any bytes after the end of its compressed data.
    ///
    /// # Errors
    /// If a filter is unknown or holds no text, or if the data is damaged or too large.
    pub fn decode(&self, stream: &Stream<'_>) -> Result<(Vec<u8>, Vec<u8>), String> {
        let raw = stream.raw_data();
        self.spend(raw.len())?;
        match stream_filters(stream)?.as_slice() {
            [] => Ok((raw.into_owned(), vec![])),
            [Filter::FlateDecode] => {
                let (data, rest) = self.inflate(&raw)?;
                let predicted = stream.dict().contains_key("DecodeParms");
                Ok((if predicted { self.by_library(stream)? } else { data }, rest))
            }
            filters => {
                // The library sets no limit, so data that could exceed ours is not tried. Deflate, the strongest of the
                // filters, makes at most 1032 bytes of one.
                let strong = filters.iter().filter(|f| !is_plain(**f)).count();
                if strong > 1 || strong == 1 && raw.len() > LARGEST / 1032 {
                    return Err("a stream is compressed too tightly".to_owned());
                }
                Ok((self.by_library(stream)?, vec![]))
            }
        }
    }

    fn by_library(&self, stream: &Stream<'_>) -> Result<Vec<u8>, String> {
        let widest = widest_row(stream.dict()).ok_or("a stream is damaged")?;
        if widest > self.0.get() as u64 {
            return Err("it decompresses to too much".to_owned());
        }
        let data = stream.decoded().map_err(|_| "a stream is damaged".to_owned())?.into_owned();
        self.spend(data.len()).map(|()| data)
    }

    fn inflate(&self, raw: &[u8]) -> Result<(Vec<u8>, Vec<u8>), String> {
        let limit = self.0.get() as u64;
        let mut data = Vec::with_capacity(raw.len().saturating_mul(4));
        let mut zlib = ZlibDecoder::new(raw).take(limit);
        let read = zlib.read_to_end(&mut data);
        let used = usize::try_from(zlib.get_ref().total_in()).unwrap_or(raw.len());
        if read.is_err() && data.is_empty() {
            DeflateDecoder::new(raw)
                .take(limit)
                .read_to_end(&mut data)
                .map_err(|_| "a stream is damaged".to_owned())?;
            return self.spend(data.len()).map(|()| (data, vec![]));
        }
        // Damaged data is read as far as it goes, as every reader does, and the rest is taken raw.
        let rest = raw.get(used..).unwrap_or_default().trim_ascii().to_vec();
        self.spend(data.len())?;
        Ok((data, rest))
    }

    /// Counts bytes, also those of a text that a few bytes of a stream stand for.
    ///
    /// # Errors
    /// If there are too many.
    pub fn spend(&self, bytes: usize) -> Result<(), String> {
        let left = self.0.get().checked_sub(bytes.saturating_add(1)).ok_or("it decompresses to too much")?;
        self.0.set(left);
        Ok(())
    }
}

/// The bytes of the widest row of the data, as the parameters of its filters say it (ISO 32000-1 table 8). The library makes
/// room for one before it reads any, and divides by it. `None` if they make no sense.
fn widest_row(stream: &Dict<'_>) -> Option<u64> {
    let params = ["DecodeParms", "DP"].into_iter().filter_map(|key| stream.get::<Object<'_>>(key));
    let dicts = params.flat_map(|params| match params {
        Object::Array(all) => all.iter::<Object<'_>>().filter_map(dict_of).collect::<Vec<_>>(),
        other => dict_of(other).into_iter().collect(),
    });
    let row = |dict: Dict<'_>| {
        let of = |key: &str, usual: u64| dict.get::<usize>(key).map_or(usual, |number| number as u64);
        let pixel = of("Colors", 1).saturating_mul(of("BitsPerComponent", 8));
        let bits = of("Columns", 1).saturating_mul(pixel);
        // The library counts the bits of a pixel in a byte.
        (bits > 0 && u8::try_from(pixel).is_ok()).then_some(bits / 8)
    };
    dicts.map(row).try_fold(0, |widest, row| Some(row?.max(widest)))
}

/// Whether a filter never makes the data longer.
fn is_plain(filter: Filter) -> bool {
    matches!(filter, Filter::AsciiHexDecode | Filter::Ascii85Decode)
}

/// Whether a stream is a picture, by its filter.
pub fn is_picture(stream: &Stream<'_>) -> bool {
    stream
        .filters()
        .iter()
        .any(|f| matches!(f, Filter::CcittFaxDecode | Filter::Jbig2Decode | Filter::DctDecode | Filter::JpxDecode))
}

/// Whether a stream is compressed by deflate and nothing else, as nearly all are.
pub fn is_deflated(stream: &Stream<'_>) -> bool {
    stream_filters(stream).is_ok_and(|filters| filters == [Filter::FlateDecode])
        && !stream.dict().contains_key("DecodeParms")
}

fn stream_filters(stream: &Stream<'_>) -> Result<Vec<Filter>, String> {
    let known = stream.filters().to_vec();
    let dict = stream.dict();
    let named = match dict.get_raw::<Object<'_>>("Filter") {
        None | Some(MaybeRef::NotRef(Object::Null(_))) => 0,
        Some(MaybeRef::NotRef(Object::Array(array))) => array.raw_iter().count(),
        Some(MaybeRef::NotRef(_)) => 1,
        // The library cannot follow a reference without a table of offsets.
        Some(MaybeRef::Ref(_)) => usize::MAX,
    };
    let readable = !is_picture(stream) && !known.contains(&Filter::Crypt);
    if named == known.len() && readable { Ok(known) } else { Err("a stream has an unknown filter".to_owned()) }
}

/// Whether a file starts like a PDF. The header may come late (ISO 32000-1 annex H.3.4.1).
pub fn is_pdf(data: &[u8]) -> bool {
    find(&data[..data.len().min(1024)], b"%PDF-").is_some()
}
