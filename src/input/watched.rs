//! Finds out whether any source of the papers has changed.
//!
//! In: a conference file. Out: the files that its papers are made from, each with its time of modification and its
//! length.
//!
//! Deliberately absent: the clock (times are compared only with one another), and files that no paper is made from,
//! such as papers, notes and logs beside the conference.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::beside::Beside;
use super::text::text_of;
use super::{disk, find_borough, region};
use crate::layers::has_ending;
use crate::model::Borough;
use crate::yaml::read;

/// The time of modification and the length of a file.
type Stamp = (Option<SystemTime>, u64);

/// The stamps of all files, by absolute path, so that each file is there once, whatever name is used for it.
pub type Stamps = BTreeMap<PathBuf, Stamp>;

/// The files that the papers of one conference are made from.
#[derive(Debug)]
pub struct Watched {
    conference: PathBuf,
    /// The council, if one was named: its `borough.yaml` or its folder.
    council: Option<PathBuf>,
    /// The folder of the papers, which is not watched.
    except: PathBuf,
    /// `borough.yaml` with its stamp when it was last read, and the files that it names.
    borough: Option<(PathBuf, Stamp, Named)>,
}

/// The files and the region that `borough.yaml` names.
#[derive(Debug, Clone, Default)]
struct Named {
    /// The logo and the fonts.
    files: Vec<PathBuf>,
    region: Option<String>,
}

/// The deepest nesting of folders of templates.
const DEPTH: usize = 16;

/// The extensions of templates, theme files and tables.
const ENDINGS: [&str; 3] = ["md", "typ", "yaml"];

impl Watched {
    /// The sources of the papers of `conference`, which go to `out`. `council` is `None` unless one was named.
    pub fn new(conference: &Path, council: Option<&Path>, out: &Path) -> Self {
        let council = council.map(Path::to_path_buf);
        Self { conference: conference.to_owned(), council, except: absolute(out), borough: None }
    }

    /// Takes the stamps of all of them: the conference file, `borough.yaml`, the logo and the fonts that it names,
    /// `region.yaml`, and the templates of council and region.
    pub fn look(&mut self) -> Stamps {
        let mut stamps = Stamps::new();
        stamp(&self.conference, &mut stamps);
        let beside = self.conference.parent().unwrap_or(Path::new(""));
        let name = self.conference.display().to_string();
        let root = super::typed::Typed::of(&self.conference).ok().and_then(|typed| typed.tree(&name).0);
        let lists = super::people::files(root, beside);
        for list in &lists {
            stamp(list, &mut stamps);
        }
        let borough = match &self.council {
            Some(named) => super::council::named(named).ok(),
            None => find_borough(&self.conference),
        };
        let Some(borough) = borough else { return stamps };
        stamp(&borough, &mut stamps);
        let council = borough.parent().map(Path::to_path_buf).unwrap_or_default();
        let named = self.named(&borough, &stamps);
        named.files.iter().for_each(|file| stamp(&council.join(file), &mut stamps));
        self.below(&council.join("templates"), 0, &mut stamps);
        if let Some(region) = named.region.and_then(|id| Beside::Folder(&council).region(&id)) {
            stamp(&region.join("region.yaml"), &mut stamps);
            self.below(&region.join("templates"), 0, &mut stamps);
        }
        stamps
    }

    /// The files that `borough.yaml` names. It is read again when it changes; while it has a fault, the files that it
    /// named before are still watched.
    fn named(&mut self, borough: &Path, stamps: &Stamps) -> Named {
        let Some(now) = stamps.get(&absolute(borough)) else { return Named::default() };
        let before = self.borough.as_ref().filter(|(path, ..)| path == borough);
        if let Some((_, _, named)) = before.filter(|(_, then, _)| then == now) {
            return named.clone();
        }
        let text = text_of(borough).unwrap_or_default();
        let council = read::<Borough>("borough.yaml", &text).value;
        let named = council.map(|council| Named {
            region: council.region.clone().filter(|id| region::is_name(id, &council)),
            files: council.logo.into_iter().map(|l| l.file).chain(council.brand.fonts).map(PathBuf::from).collect(),
        });
        let named = named.or_else(|| before.map(|(.., named)| named.clone())).unwrap_or_default();
        self.borough = Some((borough.to_owned(), *now, named.clone()));
        named
    }

    /// Stamps every template below a folder, but none below the folder of the papers.
    fn below(&self, folder: &Path, depth: usize, stamps: &mut Stamps) {
        if depth > DEPTH || absolute(folder).starts_with(&self.except) {
            return;
        }
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            match entry.file_type() {
                _ if name.starts_with('.') => {}
                Ok(kind) if kind.is_dir() => self.below(&entry.path(), depth + 1, stamps),
                _ if ENDINGS.iter().any(|ending| has_ending(&name, ending)) => stamp(&entry.path(), stamps),
                _ => {}
            }
        }
    }
}

/// The one name of a file, whether it was written `./conference.yaml` or `conference.yaml`.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn stamp(path: &Path, stamps: &mut Stamps) {
    if disk::is_there(path) {
        // A broken link is stamped too: papers cannot be made until it is fixed.
        let metadata = std::fs::metadata(path).ok();
        let stamp = metadata.map_or((None, 0), |metadata| (metadata.modified().ok(), metadata.len()));
        stamps.insert(absolute(path), stamp);
    }
}

/// The files that differ between two looks, by name.
pub fn changed(before: &Stamps, after: &Stamps) -> Vec<PathBuf> {
    let new = after.iter().filter(|(path, stamp)| before.get(*path) != Some(stamp));
    let gone = before.iter().filter(|(path, _)| !after.contains_key(*path));
    let mut changed: Vec<PathBuf> = new.chain(gone).map(|(path, _)| path.clone()).collect();
    changed.sort();
    changed.dedup();
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A council in a region, with a font of its own.
    fn council() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("the tests may write");
        for (name, data) in super::super::example_files() {
            let text = String::from_utf8(data).expect("the example is text");
            let text = text.replace("id: marshgate\n", "id: marshgate\nregion: north\n");
            write(&folder, &name, &text.replace("brand: {", "brand: { fonts: [own.ttf],"));
        }
        folder
    }

    fn write(folder: &tempfile::TempDir, name: &str, text: &str) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the tests may write");
        std::fs::write(path, text).expect("the tests may write");
    }

    /// The changes noticed when each of these files is written, one after the other.
    fn noticed(files: &[&str]) -> Vec<Vec<PathBuf>> {
        let folder = council();
        // Twice: as a new file, and as an existing one.
        let path = folder.path().join("./conference.yaml");
        let mut watched = Watched::new(&path, None, &folder.path().join("out"));
        let mut before = watched.look();
        let mut all = Vec::new();
        for (n, name) in files.iter().enumerate() {
            write(&folder, name, &"x".repeat(n + 1));
            let after = watched.look();
            let inside = |path: PathBuf| path.strip_prefix(folder.path()).expect("it is inside").to_owned();
            all.push(changed(&before, &after).into_iter().map(inside).collect());
            before = after;
        }
        all
    }

    #[test]
    fn each_file_that_papers_are_made_from_is_noticed_once() {
        let inputs = [
            "logo.svg",
            "own.ttf",
            "regions/north/region.yaml",
            "regions/north/templates/minutes.md",
            "regions/north/templates/theme/brand.typ",
            "templates/minutes.md",
            "templates/minutes.md",
            "templates/theme/brand.typ",
            "templates/legal.yaml",
            "templates/a/b/c/d/e/f/g/h/i/part.md",
            "conference.yaml",
            "borough.yaml",
        ];
        let expected: Vec<Vec<PathBuf>> = inputs.iter().map(|name| vec![PathBuf::from(name)]).collect();
        assert_eq!(noticed(&inputs), expected);
    }

    #[test]
    fn a_list_that_the_conference_names_is_watched_wherever_it_lies() {
        let folder = tempfile::tempdir().expect("the tests may write");
        write(&folder, "council/borough.yaml", "id: x");
        write(&folder, "people.csv", "Name");
        write(&folder, "council/conference.yaml", "invitees:\n  - ../people.csv\n  - { list: ../none.csv }\n");
        let mut watched = Watched::new(&folder.path().join("council/conference.yaml"), None, Path::new("out"));
        let before = watched.look();
        write(&folder, "people.csv", "Name,Address");
        assert_eq!(changed(&before, &watched.look()).len(), 1);
    }

    #[test]
    fn no_other_file_is_noticed() {
        let others = [
            "watch.log",
            "templates/watch.log",
            "templates/.minutes.md.swp",
            "templates/.convenor-stage/minutes.md",
            "notes/conference.yaml",
            "people.csv",
            "logo.svg~",
            "another.ttf",
            "out/CSC-2026-014/register.csv",
            "out/CSC-2026-014/record.log",
            "regions/south/region.yaml",
            "regions/north/notes.txt",
            "boroughs/other/templates/minutes.md",
        ];
        assert_eq!(noticed(&others), vec![Vec::<PathBuf>::new(); others.len()]);
    }

    #[test]
    fn what_a_changed_borough_names_is_watched_from_then_on() {
        let folder = council();
        write(&folder, "new.svg", "<svg/>");
        let mut watched = Watched::new(&folder.path().join("conference.yaml"), None, Path::new("out"));
        assert!(!watched.look().keys().any(|path| path.ends_with("new.svg")));
        let text = std::fs::read_to_string(folder.path().join("borough.yaml")).expect("it is there");
        write(&folder, "borough.yaml", &text.replace("logo.svg", "new.svg"));
        assert!(watched.look().keys().any(|path| path.ends_with("new.svg")));
        write(&folder, "borough.yaml", "name: [");
        assert!(watched.look().keys().any(|path| path.ends_with("borough.yaml")));
    }
}
