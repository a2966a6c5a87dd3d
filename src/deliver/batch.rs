//! The folder of a batch: thousands of files, each whole or not there, and a journal by which a run that was stopped goes
//! on where it was.
//!
//! In: finished files from many workers at once, and a line of the register for each, in order. Out: the files,
//! `register.csv` with every line, `withdrawn.csv` with those that were released and are no longer due, and nothing else when
//! the run has ended.
//!
//! While a run lasts, lines go to a journal. A file is written before its line, so a line always speaks of a file that
//! was whole; a file whose line was lost is made again, and has the same bytes. Against a power cut data is not forced to
//! the disk; the hash in the line tells on resuming.
//!
//! Before a file is written, its place and its hash are noted too. So a run that was killed knows what it wrote and had no
//! time to say: such a file is taken away if its person is no longer in the list, and is nobody else's change.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{File, TryLockError};
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::folder::{TEMPORARY, cannot_read, cannot_write};
use super::lines::{HEAD, open};
pub use super::lines::{Line, Lines, lines};
use crate::diag::{Diagnostic, Place, Report, codes};

fn begun(path: &Path) -> Result<Begun, Report> {
    let mut begun = Begun::default();
    let Some(file) = open(path)? else { return Ok(begun) };
    for line in BufReader::new(file).lines().map_while(Result::ok) {
        if let Some((hash, file)) = line.split_once(' ')
            && let Some(hash) = hex(hash)
        {
            begun.entry(file.to_owned()).or_default().push(hash);
        }
    }
    Ok(begun)
}

/// What an earlier run made: a file's place, to its fingerprints. (The hasher has no chance in it, and nothing is read
/// from it in its order.)
type Before = HashMap<String, ([u8; 32], [u8; 32], u32), BuildHasherDefault<DefaultHasher>>;

/// What runs that were not ended were about to write: a file's place, to its hashes.
type Begun = HashMap<String, Vec<[u8; 32]>, BuildHasherDefault<DefaultHasher>>;

/// The folder of a batch, held by one run at a time.
pub struct Folder {
    root: PathBuf,
    before: Before,
    begun: Begun,
    /// What its own files held before this run, by name.
    own_before: Vec<(&'static str, Option<Vec<u8>>)>,
    /// Where this run notes what it is about to write.
    notes: Mutex<Option<File>>,
    /// What earlier runs made for whom: numbers of people, and what kind of file.
    numbers: BTreeSet<(u32, u64)>,
    /// What tells this program's unfinished files from another's.
    own: u32,
    _lock: File,
}

const REGISTER: &str = "register.csv";
/// Released letters that are no longer due, in the form of the register: their numbers are given to nobody else.
pub const WITHDRAWN: &str = "withdrawn.csv";
/// Where earlier runs say what they made, the last word last.
const OF_RUNS: [&str; 3] = [WITHDRAWN, REGISTER, JOURNAL];
const JOURNAL: &str = ".convenor-journal.csv";
const BEGUN: &str = ".convenor-begun";
const SUMMARY: &str = "register.json";
const LOCK: &str = ".convenor-lock";

impl Folder {
    /// Takes hold of a folder, makes it if it is not there, and reads what earlier runs made in it.
    ///
    /// # Errors
    /// If it cannot be written, or another run holds it.
    pub fn hold(root: &Path) -> Result<Self, Report> {
        std::fs::create_dir_all(root).map_err(|e| cannot_write(root, &e))?;
        // The lock goes with the handle, whatever ends the program. A disk on another machine locks only what is open for
        // writing; one that knows no locks at all has one run at a time by its owner's care.
        let path = root.join(LOCK);
        let lock = File::options().create(true).truncate(false).write(true).read(true).open(&path);
        let lock = lock.map_err(|e| cannot_write(&path, &e))?;
        let taken = match lock.try_lock() {
            Ok(()) => false,
            Err(TryLockError::WouldBlock) => true,
            Err(TryLockError::Error(e)) if e.kind() == ErrorKind::Unsupported => false,
            Err(TryLockError::Error(e)) => return Err(cannot_write(&path, &e)),
        };
        if taken {
            let error = Diagnostic::error(codes::LOCKED, "another run is writing into this folder")
                .place(Place::file(root.display().to_string()))
                .hint("wait until it has ended, or choose another folder with `-o`");
            return Err(error.into());
        }
        let (mut before, mut numbers) = (Before::default(), BTreeSet::new());
        for name in OF_RUNS {
            for line in lines(&root.join(name))? {
                numbers.insert((line.number, kind(&line.file)));
                if let Some((inputs, hash)) = hex(&line.inputs).zip(hex(&line.hash)) {
                    before.insert(line.file, (inputs, hash, u32::try_from(line.pages).unwrap_or_default()));
                }
            }
        }
        let own = [JOURNAL, BEGUN, SUMMARY].into_iter();
        let own_before = own.map(|name| Ok((name, bytes(&root.join(name))?))).collect::<Result<_, Report>>()?;
        let (begun, notes) = (begun(&root.join(BEGUN))?, Mutex::default());
        Ok(Self {
            root: root.to_owned(),
            before,
            begun,
            own_before,
            notes,
            numbers,
            own: std::process::id(),
            _lock: lock,
        })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Makes the folders that a run writes into, and takes away what a killed run left half written in them.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn prepare(&self, below: &[String]) -> Result<(), Report> {
        for folder in below.iter().map(|name| self.root.join(name)).chain([self.root.clone()]) {
            std::fs::create_dir_all(&folder).map_err(|e| cannot_write(&folder, &e))?;
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                if name.starts_with(TEMPORARY) && ![JOURNAL, LOCK, BEGUN].contains(&&*name) {
                    // If it cannot be taken away now, the next run tries again.
                    let _ = std::fs::remove_file(entry.path());
                }
            }
        }
        Ok(())
    }

    /// The hash and the pages of a file that an earlier run made from the same inputs and that is still as it was made.
    pub fn made(&self, file: &str, inputs: &str) -> Option<(String, usize)> {
        let (from, hash_then, pages) = self.before.get(file)?;
        if hex(inputs)? != *from {
            return None;
        }
        let now = self.hash_of(file).ok()?;
        (hex(&now)? == *hash_then).then_some((now, *pages as usize))
    }

    /// Inputs, hash and pages of a file that an earlier run made and that is still as it was made, whatever it was made from.
    pub fn as_made(&self, file: &str) -> Option<(String, String, usize)> {
        let (from, hash_then, pages) = self.before.get(file)?;
        let now = self.hash_of(file).ok()?;
        let inputs = blake3::Hash::from_bytes(*from).to_hex().to_string();
        (hex(&now)? == *hash_then).then_some((inputs, now, *pages as usize))
    }

    /// The hash of a file, read bit by bit: an archive may be larger than the memory.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn hash_of(&self, file: &str) -> std::io::Result<String> {
        hash_of(&self.root.join(file))
    }

    /// Takes away what earlier runs made, that is no longer due and that nobody has changed, and gives what is left of it:
    /// what somebody changed, or what they may not take away.
    pub fn clear(&self, stale: Vec<String>) -> Vec<String> {
        let stays = |file: &String| {
            let as_made = self.hash_of(file).is_ok_and(|now| self.is_ours(file, &now));
            !as_made || std::fs::remove_file(self.root.join(file)).is_err()
        };
        stale.into_iter().filter(stays).collect()
    }

    /// What an earlier run made of a kind for the person of a number, from other inputs or under another name.
    pub fn made_otherwise(&self, line: &Line) -> bool {
        match self.before.get(&line.file) {
            Some((from, ..)) => hex(&line.inputs) != Some(*from),
            None => self.numbers.contains(&(line.number, kind(&line.file))),
        }
    }

    /// What stands where a file is to go. `new` is the hash of the file that is to go there.
    pub fn place(&self, file: &str, new: &str) -> Standing {
        match self.hash_of(file) {
            Err(_) => Standing::Free,
            // A run that was killed has written it and not yet said so.
            Ok(there) if there == new => Standing::Same,
            Ok(there) if self.is_ours(file, &there) => Standing::Ours,
            Ok(_) => Standing::Foreign,
        }
    }

    /// Whether an earlier run wrote a file of this hash at this place.
    fn is_ours(&self, file: &str, there: &str) -> bool {
        let Some(there) = hex(there) else { return false };
        self.before.get(file).is_some_and(|(_, then, _)| *then == there)
            || self.begun.get(file).is_some_and(|hashes| hashes.contains(&there))
    }

    /// Notes that a file of this hash is about to be written.
    ///
    /// # Errors
    /// If the note cannot be written.
    pub fn begin(&self, file: &str, hash: &str) -> Result<(), Report> {
        let path = self.root.join(BEGUN);
        let mut notes = self.notes.lock().expect("nobody panics with it");
        let mut note = || {
            if notes.is_none() {
                // A line that was cut short ends here.
                let mut file = File::options().create(true).append(true).open(&path)?;
                file.write_all(b"\n")?;
                *notes = Some(file);
            }
            notes.as_mut().map_or(Ok(()), |notes| notes.write_all(format!("{hash} {file}\n").as_bytes()))
        };
        note().map_err(|e| cannot_write(&path, &e))
    }

    /// Takes away what this run has written, for it was made from a list that is another now, and what it noted.
    ///
    /// # Errors
    /// If it cannot be taken away.
    pub fn undo(&self) -> Result<(), Report> {
        for (file, hashes) in begun(&self.root.join(BEGUN))? {
            let before = self.begun.get(&file).map(Vec::as_slice).unwrap_or_default();
            let there = self.hash_of(&file).ok().and_then(|hash| hex(&hash));
            if there.is_some_and(|there| hashes.contains(&there) && !before.contains(&there)) {
                let path = self.root.join(&file);
                std::fs::remove_file(&path).map_err(|e| cannot_write(&path, &e))?;
            }
        }
        for (name, data) in &self.own_before {
            let path = self.root.join(name);
            match data {
                Some(data) => self.write(name, data, 0)?,
                None if path.is_file() => std::fs::remove_file(&path).map_err(|e| cannot_write(&path, &e))?,
                None => {}
            }
        }
        Ok(())
    }

    /// Notes what was released to somebody and is no longer due.
    ///
    /// # Errors
    /// If the note cannot be written.
    pub fn withdraw(&self, due: &dyn Fn(&str) -> bool) -> Result<(), Report> {
        let mut all: BTreeMap<String, Line> = BTreeMap::new();
        for name in OF_RUNS {
            let gone = lines(&self.root.join(name))?.into_iter().filter(|line| line.number > 0 && !due(&line.file));
            all.extend(gone.map(|line| (line.file.clone(), line)));
        }
        let mut withdrawn: Vec<Line> = all.into_values().collect();
        withdrawn.sort_by(|a, b| (a.number, &a.file).cmp(&(b.number, &b.file)));
        if withdrawn.is_empty() {
            let path = self.root.join(WITHDRAWN);
            return match std::fs::remove_file(&path) {
                Err(e) if e.kind() != ErrorKind::NotFound => Err(cannot_write(&path, &e)),
                _ => Ok(()),
            };
        }
        let mut csv = Lines::default();
        for line in &withdrawn {
            csv.push(line);
        }
        self.write(WITHDRAWN, csv.csv(), 0)
    }

    /// Gives the folder another name, whole.
    ///
    /// # Errors
    /// If there is such a folder already, or it cannot be renamed.
    pub fn set_aside(self, to: &Path) -> Result<(), Report> {
        if to.exists() {
            let error = Diagnostic::error(codes::CANNOT_WRITE, "there is such a folder already");
            return Err(error
                .place(Place::file(to.display().to_string()))
                .hint("take it away, or choose another with `-o`")
                .into());
        }
        let root = self.root.clone();
        // Windows renames no folder in which a file is open; elsewhere no other run comes in between.
        let held = if cfg!(windows) { None } else { Some(self) };
        let renamed = std::fs::rename(&root, to).map_err(|e| cannot_write(to, &e));
        drop(held);
        renamed
    }

    /// Files that earlier runs made, that are still there and that `due` does not hold.
    pub fn stale(&self, due: &dyn Fn(&str) -> bool) -> Vec<String> {
        let known: BTreeSet<&String> = self.before.keys().chain(self.begun.keys()).collect();
        known.into_iter().filter(|f| !due(f) && self.root.join(f).is_file()).cloned().collect()
    }

    /// Writes one file: aside, then renamed, so that whoever looks sees it whole or not at all. `worker` keeps the names
    /// of several at once apart.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, file: &str, data: &[u8], worker: usize) -> Result<(), Report> {
        let target = self.root.join(file);
        let parent = target.parent().expect("every file lies below the folder");
        let aside = parent.join(format!("{TEMPORARY}{}-{worker}", self.own));
        std::fs::write(&aside, data).and_then(|()| std::fs::rename(&aside, &target)).map_err(|e| {
            let _ = std::fs::remove_file(&aside);
            cannot_write(&target, &e)
        })
    }

    /// Starts the journal of this run.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn journal(&self) -> Result<Journal<'_>, Report> {
        let path = self.root.join(JOURNAL);
        // What the last run's journal says goes on before this run's lines, or a second kill would forget the first run.
        let kept = lines(&path)?;
        let aside = self.root.join(format!("{TEMPORARY}journal"));
        let file = File::create(&aside).map_err(|e| cannot_write(&path, &e))?;
        let mut journal = Journal { folder: self, csv: csv::Writer::from_writer(BufWriter::new(file)) };
        journal.record(&HEAD.map(str::to_owned))?;
        for line in kept {
            journal.record(&line.cells())?;
        }
        journal.flush()?;
        std::fs::rename(&aside, &path).map_err(|e| cannot_write(&path, &e))?;
        Ok(journal)
    }

    /// Ends a run: the register takes the place of the journal.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(&self, lines: &Lines) -> Result<(), Report> {
        self.write(REGISTER, lines.csv(), 0)?;
        for name in [BEGUN, JOURNAL] {
            let path = self.root.join(name);
            match std::fs::remove_file(&path) {
                Err(e) if e.kind() != ErrorKind::NotFound => return Err(cannot_write(&path, &e)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Reads a file of the batch back.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(&self, file: &str) -> Result<Vec<u8>, Report> {
        let path = self.root.join(file);
        std::fs::read(&path).map_err(|e| cannot_write(&path, &e))
    }

    /// Gives a file of the batch a second name, as a link where the disk can, or as a copy.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn link(&self, from: &str, to: &str) -> Result<(), Report> {
        let (from, to) = (self.root.join(from), self.root.join(to));
        let _ = std::fs::remove_file(&to);
        std::fs::hard_link(&from, &to)
            .or_else(|_| std::fs::copy(&from, &to).map(drop))
            .map_err(|e| cannot_write(&to, &e))
    }

    /// An error of the disk in words.
    pub fn cannot_write(&self, file: &str, error: &std::io::Error) -> Report {
        cannot_write(&self.root.join(file), error)
    }

    /// A file to be written bit by bit, under a name that nobody takes for a finished one.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn start(&self, file: &str) -> Result<Unfinished, Report> {
        let target = self.root.join(file);
        let aside = target.with_file_name(format!("{TEMPORARY}long"));
        let inner = File::create(&aside).map_err(|e| cannot_write(&target, &e))?;
        Ok(Unfinished { aside, target, inner: BufWriter::new(inner) })
    }
}

/// What stands where a file is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Free,
    /// What an earlier run made.
    Ours,
    /// The same bytes.
    Same,
    /// Something that no run made, or that was changed since.
    Foreign,
}

/// A file that is being written. If it is not ended, it is taken away.
pub struct Unfinished {
    aside: PathBuf,
    target: PathBuf,
    /// Where its bytes go.
    pub inner: BufWriter<File>,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Once it has its name, there is nothing under the other.
        let _ = std::fs::remove_file(&self.aside);
    }
}

impl Unfinished {
    /// The hash of what was written so far.
    ///
    /// # Errors
    /// If it cannot be written or read.
    pub fn hash(&mut self) -> Result<String, Report> {
        let hash = self.inner.flush().and_then(|()| hash_of(&self.aside));
        hash.map_err(|e| cannot_write(&self.target, &e))
    }

    /// Gives it its name.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn end(mut self) -> Result<(), Report> {
        let done = self.inner.flush().and_then(|()| std::fs::rename(&self.aside, &self.target));
        done.map_err(|e| cannot_write(&self.target, &e))
    }
}

fn hash_of(path: &Path) -> std::io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// What stands for the folder in which a file lies: letters, messages, the set for GOV.UK Notify.
fn kind(file: &str) -> u64 {
    let folder = file.split('/').nth(1).unwrap_or_default();
    let bytes = blake3::hash(folder.as_bytes());
    u64::from_le_bytes(std::array::from_fn(|i| bytes.as_bytes()[i]))
}

fn hex(text: &str) -> Option<[u8; 32]> {
    blake3::Hash::from_hex(text).ok().map(|h| *h.as_bytes())
}

/// The journal of a run.
pub struct Journal<'f> {
    folder: &'f Folder,
    csv: csv::Writer<BufWriter<File>>,
}

impl Journal<'_> {
    /// Notes that a file was made.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn push(&mut self, line: &Line) -> Result<(), Report> {
        self.record(&line.cells())?;
        self.flush()
    }

    /// Hands over what was noted to the system, where the end of this program does not touch it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn flush(&mut self) -> Result<(), Report> {
        self.csv.flush().map_err(|e| cannot_write(&self.folder.root.join(JOURNAL), &e))
    }

    fn record(&mut self, cells: &[String; 8]) -> Result<(), Report> {
        let written = self.csv.write_record(cells);
        written.map_err(|e| cannot_write(&self.folder.root.join(JOURNAL), &std::io::Error::from(e)))
    }
}

/// The bytes of a file; nothing if there is none.
///
/// # Errors
/// If it cannot be read.
pub fn bytes(path: &Path) -> Result<Option<Vec<u8>>, Report> {
    super::folder::there(path)
}

/// Whether a run in this folder was stopped before its end.
pub fn is_unfinished(folder: &Path) -> bool {
    folder.join(JOURNAL).is_file()
}

/// The folders right below this one that have a register of their own, in order; and whether this one has one.
///
/// # Errors
/// If the folder cannot be read.
pub fn with_registers(folder: &Path) -> Result<(bool, Vec<PathBuf>), Report> {
    let entries = std::fs::read_dir(folder).map_err(|e| cannot_read(folder, &e))?;
    let has = |path: &Path| path.join("register.json").is_file();
    let is_run = |path: &Path| has(path) || is_unfinished(path);
    let mut folders: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|path| is_run(path)).collect();
    folders.sort_unstable();
    Ok((has(folder), folders))
}

/// The files below a folder, without what a run has not finished.
///
/// # Errors
/// If a folder cannot be read.
pub fn below(folder: &Path) -> Result<Vec<String>, Report> {
    let mut files = Vec::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|e| cannot_read(&folder, &e))? {
            let entry = entry.map_err(|e| cannot_read(&folder, &e))?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push((entry.path(), format!("{name}/")));
            } else if !entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
                files.push(name);
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// Writes a register that was joined from parts.
///
/// # Errors
/// If it cannot be written.
pub fn write_merged(path: &Path, csv: &[u8]) -> Result<(), Report> {
    super::remember(path, csv)
}
