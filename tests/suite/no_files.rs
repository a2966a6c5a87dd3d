//! Pipes, sockets and devices where files belong: nothing waits for them, and each is told with its place.

#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use crate::run::Run;

/// What stands where a file belongs.
#[derive(Debug, Clone, Copy)]
enum Stands {
    Pipe,
    Socket,
    /// A link to a device that never ends.
    Endless,
    /// A link to nothing.
    Dangling,
}

impl Stands {
    /// Puts it there, in place of whatever was.
    fn at(self, path: &Path) {
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the tests may write");
        let _ = std::fs::remove_file(path);
        match self {
            Stands::Pipe => {
                assert!(Command::new("mkfifo").arg(path).status().expect("`mkfifo` runs").success());
            }
            Stands::Socket => drop(UnixListener::bind(path).expect("the tests may bind")),
            Stands::Endless => symlink("/dev/zero", path).expect("the tests may link"),
            Stands::Dangling => symlink("nowhere", path).expect("the tests may link"),
        }
    }
}

/// A file of the council of Northmere or of the example, what stands there, what is run, and what it says.
type Case = (&'static str, Stands, &'static [&'static str], &'static str, &'static str);

const CHECK: &[&str] = &["check", "@/conference.yaml"];
const STATUS: &[&str] = &["templates", "--borough", "@/", "status"];
const ACCEPTED: &[&str] = &["templates", "check", "@/"];
const LIST: &[&str] = &["check", "@/people.csv"];
const BASE: &[&str] = &["templates", "--base", "@/other", "list"];

const NO_FILE: &str = "error[unreadable]: this is not a file";
const NOTHING: &str = "error[unreadable]: there is no such file";
const LINK: &str = "error[unreadable]: this is a link, and templates must not leave their folder";

const CASES: &[Case] = &[
    ("conference.yaml", Stands::Pipe, CHECK, NO_FILE, "--> conference.yaml"),
    ("conference.yaml", Stands::Socket, CHECK, NO_FILE, "--> conference.yaml"),
    ("conference.yaml", Stands::Endless, CHECK, NO_FILE, "--> conference.yaml"),
    ("conference.yaml", Stands::Dangling, CHECK, NOTHING, "--> conference.yaml"),
    ("borough.yaml", Stands::Pipe, CHECK, NO_FILE, "--> borough.yaml"),
    ("borough.yaml", Stands::Dangling, CHECK, NOTHING, "--> borough.yaml"),
    ("borough.yaml", Stands::Pipe, STATUS, NO_FILE, "--> borough.yaml"),
    ("logo.svg", Stands::Pipe, CHECK, "error[no-logo]: the logo `logo.svg` is not a file", "--> borough.yaml:"),
    ("own.ttf", Stands::Pipe, CHECK, "error[bad-font]: the font `own.ttf` is not a file", "--> borough.yaml:"),
    ("regions/north-east/region.yaml", Stands::Pipe, CHECK, NO_FILE, "--> regions/north-east/region.yaml"),
    ("regions/north-east/region.yaml", Stands::Endless, CHECK, NO_FILE, "--> regions/north-east/region.yaml"),
    ("regions/north-east/templates/minutes.md", Stands::Pipe, CHECK, NO_FILE, "north-east/templates/minutes.md"),
    ("templates/x.md", Stands::Pipe, CHECK, NO_FILE, "--> templates/x.md"),
    ("templates/x.md", Stands::Socket, CHECK, NO_FILE, "--> templates/x.md"),
    ("templates/x.md", Stands::Endless, CHECK, LINK, "--> templates/x.md"),
    ("templates/x.md", Stands::Dangling, CHECK, LINK, "--> templates/x.md"),
    ("templates/theme/brand.typ", Stands::Pipe, CHECK, NO_FILE, "--> templates/theme/brand.typ"),
    ("templates/legal.yaml", Stands::Pipe, CHECK, NO_FILE, "--> templates/legal.yaml"),
    ("templates/.ejected.json", Stands::Pipe, STATUS, NO_FILE, "--> templates/.ejected.json"),
    ("templates/.ejected.json", Stands::Endless, STATUS, NO_FILE, "--> templates/.ejected.json"),
    ("templates/.accepted/x.md", Stands::Pipe, ACCEPTED, NO_FILE, "--> templates/.accepted/x.md"),
    ("other/base/x.md", Stands::Pipe, BASE, NO_FILE, "--> other/base/x.md"),
    ("people.csv", Stands::Pipe, LIST, NO_FILE, "--> people.csv"),
    ("people.csv", Stands::Endless, LIST, NO_FILE, "--> people.csv"),
    ("people.columns.csv", Stands::Pipe, LIST, NO_FILE, "--> people.columns.csv"),
    ("people.columns.csv", Stands::Dangling, LIST, NOTHING, "--> people.columns.csv"),
];

/// The example, in a region and with a font of its own.
fn council() -> Run {
    let run = Run::on_the_example()
        .edit("borough.yaml", "id: marshgate\n", "id: marshgate\nregion: north-east\n")
        .edit("borough.yaml", "brand: {", "brand: { fonts: [own.ttf],")
        .with("regions/north-east/region.yaml", "name: The North East\n");
    let font = include_bytes!("../../fonts/ConvenorSans-Regular.ttf");
    run.with("own.ttf", font)
}

#[test]
fn nothing_waits_for_a_pipe_a_socket_or_a_device_and_each_is_told_with_its_place() {
    let mut wrong = Vec::new();
    for (file, stands, args, message, place) in CASES {
        let run = council();
        stands.at(&run.path(file));
        match run.program(args) {
            None => wrong.push(format!("{stands:?} at {file}: it waits for ever")),
            Some(outcome) => {
                let err = outcome.err.replace("--> ./", "--> ");
                let told = err.contains(message) && err.contains(place);
                let unreadable = message.contains("[unreadable]");
                if !told || outcome.code != if unreadable { 3 } else { 1 } {
                    wrong.push(format!("{stands:?} at {file}: exit {}\n{}", outcome.code, outcome.err));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_link_to_a_file_is_followed_where_a_person_named_it() {
    let run = Run::on_the_example();
    for file in ["conference.yaml", "borough.yaml", "people.csv"] {
        std::fs::rename(run.path(file), run.path(&format!("real-{file}"))).expect("the tests may rename");
        symlink(format!("real-{file}"), run.path(file)).expect("the tests may link");
    }
    assert_eq!(run.convenor(&["check", "@/conference.yaml"]).code, 0);
    assert_eq!(run.convenor(&["check", "@/people.csv"]).code, 0);
}
