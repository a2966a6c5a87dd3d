//! Secrets hidden in a package: in one of its parts, in one more, or beside them.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

pub fn part(data: &[u8], name: &str) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(data)).expect("a document is a package");
    let mut content = Vec::new();
    zip.by_name(name).expect("it has the part").read_to_end(&mut content).expect("it can be unpacked");
    content
}

pub fn swap(data: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    let before = String::from_utf8(part(data, name)).expect("a part is text");
    assert!(before.contains(from), "`{from}` is not in {name}");
    let after = if from.starts_with("<?xml version") {
        // A declaration comes first, or it is none.
        before.replacen("?>", "?><?note Kai Mensah?>", 1)
    } else {
        before.replacen(from, to, 1)
    };
    rewritten(data, None, &|its, content| if its == name { after.clone().into_bytes() } else { content })
}

/// A package with a note in one of its pictures.
pub fn picture(data: &[u8], its: &str, note: &[u8]) -> Vec<u8> {
    rewritten(data, None, &|name, content| {
        if name == its { with_note(&content, note) } else { content }
    })
}

/// A picture with a chunk of text after its first. Nobody checks its sum here.
pub fn with_note(png: &[u8], note: &[u8]) -> Vec<u8> {
    let length = u32::try_from(note.len()).expect("it is short").to_be_bytes();
    [&png[..33], &length, b"tEXt", note, &[0; 4], &png[33..]].concat()
}

pub fn add(data: &[u8], name: &str, content: &str) -> Vec<u8> {
    add_bytes(data, name, content.as_bytes())
}

pub fn add_bytes(data: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new_append(Cursor::new(data.to_vec())).expect("a document is a package");
    zip.start_file(name, SimpleFileOptions::default()).expect("it takes a part");
    zip.write_all(content).expect("memory takes it");
    zip.finish().expect("memory takes it").into_inner()
}

/// A part added, or another in its place.
pub fn add_over(data: &[u8], name: &str, content: &str) -> Vec<u8> {
    let is_there = ZipArchive::new(Cursor::new(data)).expect("a package").by_name(name).is_ok();
    if is_there {
        rewritten(data, None, &|its, before| if its == name { content.as_bytes().to_vec() } else { before })
    } else {
        add(data, name, content)
    }
}

pub fn rewritten(data: &[u8], remark: Option<&str>, change: &dyn Fn(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(data)).expect("a document is a package");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..from.len() {
        let mut file = from.by_index(i).expect("a part can be read");
        let name = file.name().expect("a name is text").into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("a part can be unpacked");
        to.start_file(name.as_str(), SimpleFileOptions::default()).expect("it takes a part");
        to.write_all(&change(&name, content)).expect("memory takes it");
    }
    if let Some(remark) = remark {
        to.set_comment(remark).expect("it is short");
    }
    to.finish().expect("memory takes it").into_inner()
}
