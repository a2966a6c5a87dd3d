//! Papers that never touch the disk, as a web service makes them: files in memory in, files in memory out.
//!
//! `cargo run --release --example papers_in_memory`

use std::io::{Write, stdout};

use convenor::diag::Report;
use convenor::model::artefact::Format;
use convenor::{Files, Request};

fn main() -> Result<(), Report> {
    example(&mut stdout().lock()).map(drop)
}

/// Makes the invitations of the built-in example, says what it made, and gives the number of files.
///
/// # Errors
/// Whatever is wrong with the files or with a paper.
pub fn example(out: &mut dyn Write) -> Result<usize, Report> {
    // A service has these from a request and from its own store. Nothing of them is written to a disk.
    let mut others: Vec<(String, Vec<u8>)> = convenor::example_files();
    let mut text_of = |name: &str| {
        let at = others.iter().position(|(file, _)| file == name).expect("the example has it");
        String::from_utf8(others.swap_remove(at).1).expect("it is text")
    };
    let mut files = Files::new(text_of("conference.yaml"), text_of("borough.yaml"));
    files.others.extend(others);
    files.others.insert("templates/terms.md".into(), b"{% extends \"base/terms.md\" %}\n".to_vec());

    // Every problem at once, or a conference that papers can be made from.
    let checked = convenor::check(convenor::load_from(files)?)?;
    let request = Request {
        only: vec!["invitation".into(), "terms".into()],
        to: vec![Format::Pdf, Format::Txt],
        ..Request::default()
    };
    let pack = convenor::build(&checked, &request)?;
    for file in &pack.files {
        // The path names people, so a log has the hash instead.
        let said = writeln!(out, "{} {} {} bytes", file.entry().paper, file.sealed().hash(), file.data().len());
        said.expect("standard output takes text");
    }
    Ok(pack.files.len())
}
