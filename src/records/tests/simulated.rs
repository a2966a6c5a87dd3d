//! A disk in memory that fails at the step that a test names, and shows what a crash leaves on it.
//!
//! It separates written bytes and names from synced ones: of each file its bytes, of each folder its names. A killed
//! program loses nothing that it wrote; a power cut loses whatever was not synced, as a seed decides: bytes are kept,
//! dropped, cut, or zeros in whole sectors; of the names the first few remain, or any of them.
//!
//! A new folder is a name in the folder above, and is lost with all its contents if that was not synced (fsync(2): the
//! name of a file is synced with its folder, not with the file).
//!
//! Deliberately absent: links, permissions, read errors, and files that are written in chunks.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::deliver::disk::{Disk, Found, FoundKind, Sink, Source};
use crate::gate::Hash;

/// How a step fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The program is killed in the middle of the step.
    Kill,
    /// From here on the disk is full. Steps that need no room succeed.
    Full,
    /// This one step does nothing, as when another program has the file open.
    Refused,
    /// The power is cut: of the names that were not synced, the first few remain.
    Power,
    /// The power is cut: of the names that were not synced, any may remain.
    PowerAnyOrder,
}

/// Bytes that are lost together.
const SECTOR: usize = 512;

#[derive(Debug, Clone, Default)]
struct Bytes {
    now: Arc<Vec<u8>>,
    synced: Arc<Vec<u8>>,
}

#[derive(Debug, Clone, Default)]
struct Names {
    now: BTreeMap<String, usize>,
    durable: BTreeMap<String, usize>,
}

#[derive(Debug, Clone)]
enum Node {
    File(Bytes),
    Folder(Names),
}

/// A change of names that has not been synced.
#[derive(Debug, Clone)]
enum Pending {
    Link(Name, usize),
    Unlink(Name),
    Move { from: Name, to: Name, node: usize },
}

/// A name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    folder: usize,
    name: String,
}

/// The position of the root among the nodes.
const ROOT: usize = 0;

#[derive(Debug, Clone)]
struct Machine {
    nodes: Vec<Node>,
    pending: Vec<Pending>,
    steps: usize,
    faults: Vec<(usize, Fault)>,
    hit: Option<Fault>,
    dead: bool,
    full: bool,
}

/// A disk in memory. Clones are the same disk; [`Simulated::copy`] is another.
#[derive(Debug, Clone)]
pub struct Simulated(Arc<Mutex<Machine>>);

impl Default for Simulated {
    fn default() -> Self {
        let machine = Machine {
            nodes: vec![Node::Folder(Names::default())],
            pending: Vec::new(),
            steps: 0,
            faults: Vec::new(),
            hit: None,
            dead: false,
            full: false,
        };
        Self(Arc::new(Mutex::new(machine)))
    }
}

impl Simulated {
    fn machine(&self) -> MutexGuard<'_, Machine> {
        self.0.lock().expect("nobody panics with it")
    }

    /// Another disk with the same contents, on which nothing fails.
    pub fn copy(&self) -> Self {
        let mut machine = self.machine().clone();
        machine.started();
        Self(Arc::new(Mutex::new(machine)))
    }

    /// Lets steps fail, counted from 1 from now on.
    pub fn fail(&self, faults: &[(usize, Fault)]) {
        let mut machine = self.machine();
        machine.started();
        machine.faults = faults.to_vec();
    }

    /// How many steps were taken since the last start.
    pub fn steps(&self) -> usize {
        self.machine().steps
    }

    /// The fault that came last, if one did.
    pub fn hit(&self) -> Option<Fault> {
        self.machine().hit
    }

    /// Starts the machine again: the fault and the seed decide what remains of everything that was not synced.
    pub fn boot(&self, seed: u64) {
        self.machine().boot(seed);
    }

    /// Every file, with its bytes.
    pub fn files(&self) -> BTreeMap<String, Arc<Vec<u8>>> {
        let mut files = BTreeMap::new();
        self.machine().below(ROOT, "", &mut |at, node| {
            if let Node::File(bytes) = node {
                files.insert(at.to_owned(), Arc::clone(&bytes.now));
            }
        });
        files
    }

    /// A person saves a file.
    pub fn save(&self, at: &str, bytes: &[u8]) {
        let mut machine = self.machine();
        machine.set(at, bytes.to_vec());
        machine.settle();
    }

    /// A person removes a file.
    pub fn take_away(&self, at: &str) {
        let mut machine = self.machine();
        machine.unlink(at);
        machine.settle();
    }
}

/// The part of a step that is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Much {
    All,
    /// And then it fails.
    Half,
}

impl Much {
    fn of(self, all: usize) -> usize {
        if self == Much::All { all } else { all / 2 }
    }
}

fn killed() -> io::Error {
    io::Error::other("killed")
}

impl Machine {
    fn started(&mut self) {
        self.steps = 0;
        self.faults.clear();
        (self.hit, self.dead, self.full) = (None, false, false);
    }

    /// One more step.
    fn step(&mut self, grows: bool) -> io::Result<Much> {
        if self.dead {
            return Err(killed());
        }
        if self.full && grows {
            return Err(ErrorKind::StorageFull.into());
        }
        self.steps += 1;
        let Some(next) = self.faults.iter().position(|(at, _)| *at == self.steps) else { return Ok(Much::All) };
        let fault = self.faults[next].1;
        if fault == Fault::Full && !grows {
            self.faults[next].0 += 1;
            return Ok(Much::All);
        }
        self.hit = Some(fault);
        match fault {
            Fault::Refused => return Err(ErrorKind::PermissionDenied.into()),
            Fault::Full => self.full = true,
            Fault::Kill | Fault::Power | Fault::PowerAnyOrder => self.dead = true,
        }
        Ok(Much::Half)
    }

    /// The result of a step that may be half done.
    fn said(&self, much: Much) -> io::Result<()> {
        match much {
            Much::All => Ok(()),
            Much::Half if self.dead => Err(killed()),
            Much::Half => Err(ErrorKind::StorageFull.into()),
        }
    }

    fn names(&mut self, folder: usize) -> &mut Names {
        match &mut self.nodes[folder] {
            Node::Folder(names) => names,
            Node::File(_) => unreachable!("only folders hold names"),
        }
    }

    fn find(&self, at: &str) -> Option<usize> {
        at.split('/').filter(|part| !part.is_empty()).try_fold(ROOT, |node, part| match &self.nodes[node] {
            Node::Folder(names) => names.now.get(part).copied(),
            Node::File(_) => None,
        })
    }

    fn file(&self, at: &str) -> Option<&Bytes> {
        self.find(at).and_then(|node| match &self.nodes[node] {
            Node::File(bytes) => Some(bytes),
            Node::Folder(_) => None,
        })
    }

    fn file_to_change(&mut self, at: &str) -> io::Result<&mut Bytes> {
        let node = self.find(at).ok_or(ErrorKind::NotFound)?;
        match &mut self.nodes[node] {
            Node::File(bytes) => Ok(bytes),
            Node::Folder(_) => Err(ErrorKind::IsADirectory.into()),
        }
    }

    /// The name of a place, whose folders are made if they are missing.
    fn name(&mut self, at: &str) -> Name {
        let (above, name) = at.rsplit_once('/').unwrap_or(("", at));
        let mut folder = ROOT;
        for part in above.split('/').filter(|part| !part.is_empty()) {
            folder = match self.names(folder).now.get(part) {
                Some(there) => *there,
                None => self.link(Name { folder, name: part.to_owned() }, Node::Folder(Names::default())),
            };
        }
        Name { folder, name: name.to_owned() }
    }

    fn link(&mut self, name: Name, node: Node) -> usize {
        let number = self.nodes.len();
        self.nodes.push(node);
        self.names(name.folder).now.insert(name.name.clone(), number);
        self.pending.push(Pending::Link(name, number));
        number
    }

    fn unlink(&mut self, at: &str) {
        if self.find(at).is_some() {
            let name = self.name(at);
            self.names(name.folder).now.remove(&name.name);
            self.pending.push(Pending::Unlink(name));
        }
    }

    fn set(&mut self, at: &str, bytes: Vec<u8>) {
        if let Ok(file) = self.file_to_change(at) {
            file.now = Arc::new(bytes);
        } else {
            let name = self.name(at);
            self.link(name, Node::File(Bytes { now: Arc::new(bytes), ..Bytes::default() }));
        }
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        let node = self.find(from).ok_or(ErrorKind::NotFound)?;
        let (from, to) = (self.name(from), self.name(to));
        self.names(from.folder).now.remove(&from.name);
        self.names(to.folder).now.insert(to.name.clone(), node);
        self.pending.push(Pending::Move { from, to, node });
        Ok(())
    }

    /// Makes a change of names durable.
    fn apply(&mut self, pending: &Pending) {
        match pending {
            Pending::Link(name, node) => drop(self.names(name.folder).durable.insert(name.name.clone(), *node)),
            Pending::Unlink(name) => drop(self.names(name.folder).durable.remove(&name.name)),
            Pending::Move { from, to, node } => {
                if self.names(from.folder).durable.get(&from.name) == Some(node) {
                    self.names(from.folder).durable.remove(&from.name);
                }
                self.names(to.folder).durable.insert(to.name.clone(), *node);
            }
        }
    }

    fn sync_folder(&mut self, at: &str) {
        let Some(folder) = self.find(at) else { return };
        let concerns = |pending: &Pending| match pending {
            Pending::Link(name, _) | Pending::Unlink(name) => name.folder == folder,
            Pending::Move { from, to, .. } => from.folder == folder || to.folder == folder,
        };
        let (now, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.pending).into_iter().partition(concerns);
        // No file is moved to a folder that was never there: systems write names in their order.
        let leaves = now.iter().any(|pending| matches!(pending, Pending::Move { from, .. } if from.folder == folder));
        for pending in &later {
            if matches!(pending, Pending::Link(_, node) if leaves && matches!(self.nodes[*node], Node::Folder(_))) {
                self.apply(pending);
            }
        }
        for pending in &now {
            self.apply(pending);
        }
        self.pending = later;
    }

    /// Makes everything durable as it is now.
    fn settle(&mut self) {
        self.pending.clear();
        for node in &mut self.nodes {
            match node {
                Node::File(bytes) => bytes.synced = Arc::clone(&bytes.now),
                Node::Folder(names) => names.durable = names.now.clone(),
            }
        }
    }

    fn boot(&mut self, seed: u64) {
        if let Some(fault @ (Fault::Power | Fault::PowerAnyOrder)) = self.hit.filter(|_| self.dead) {
            self.lose(fault, &mut Dice(seed));
        }
        self.settle();
        self.sweep();
        self.started();
    }

    /// The power was cut.
    fn lose(&mut self, fault: Fault, dice: &mut Dice) {
        let pending = std::mem::take(&mut self.pending);
        let first = dice.below(pending.len() + 1);
        for (n, change) in pending.iter().enumerate() {
            let is_there = if fault == Fault::Power { n < first } else { dice.below(2) == 0 };
            // Nothing is moved into a folder that is not there itself; it stays where it was.
            let into = match change {
                Pending::Link(name, _) | Pending::Unlink(name) => name.folder,
                Pending::Move { to, .. } => to.folder,
            };
            if is_there && self.is_durable(into) {
                self.apply(change);
            }
        }
        for node in &mut self.nodes {
            match node {
                Node::File(bytes) if bytes.now != bytes.synced => bytes.now = Arc::new(torn(bytes, dice)),
                Node::File(_) => {}
                Node::Folder(names) => names.now = names.durable.clone(),
            }
        }
    }

    fn is_durable(&self, folder: usize) -> bool {
        let mut open = vec![ROOT];
        while let Some(one) = open.pop() {
            if one == folder {
                return true;
            }
            if let Node::Folder(names) = &self.nodes[one] {
                open.extend(names.durable.values());
            }
        }
        false
    }

    /// Forgets everything that no longer has a name.
    fn sweep(&mut self) {
        let mut nodes = Vec::new();
        self.take_over(ROOT, &mut nodes);
        self.nodes = nodes;
    }

    fn take_over(&self, node: usize, nodes: &mut Vec<Node>) -> usize {
        let number = nodes.len();
        nodes.push(self.nodes[node].clone());
        if let Node::Folder(names) = &self.nodes[node] {
            let now: BTreeMap<String, usize> =
                names.now.iter().map(|(name, below)| (name.clone(), self.take_over(*below, nodes))).collect();
            nodes[number] = Node::Folder(Names { durable: now.clone(), now });
        }
        number
    }

    /// Every node below a folder, by its place; folders after what they hold.
    fn below(&self, folder: usize, prefix: &str, each: &mut dyn FnMut(&str, &Node)) {
        let Node::Folder(names) = &self.nodes[folder] else { return };
        for (name, node) in &names.now {
            let at = format!("{prefix}{name}");
            self.below(*node, &format!("{at}/"), each);
            each(&at, &self.nodes[*node]);
        }
    }
}

/// The bytes that a power cut leaves of a file that was not wholly synced.
fn torn(bytes: &Bytes, dice: &mut Dice) -> Vec<u8> {
    let (now, synced) = (&*bytes.now, &*bytes.synced);
    let same = now.iter().zip(synced).take_while(|(one, other)| one == other).count();
    let mut left = now.clone();
    match dice.below(5) {
        0 => left.clone_from(synced),
        1 => {}
        2 => left.truncate(same + dice.below(now.len() - same + 1)),
        3 => left[same..].fill(0),
        _ => {
            let mut at = same;
            while at < left.len() {
                let end = ((at / SECTOR + 1) * SECTOR).min(left.len());
                if dice.below(2) == 0 {
                    left[at..end].fill(0);
                }
                at = end;
            }
        }
    }
    left
}

/// Numbers that look random and are the same each time (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    /// A number below another, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap_or_default() % end
    }
}

impl Disk for Simulated {
    fn root(&self) -> &Path {
        Path::new("/simulated")
    }

    fn read(&self, at: &str) -> io::Result<Option<Vec<u8>>> {
        Ok(self.machine().file(at).map(|file| file.now.to_vec()))
    }

    fn hash(&self, at: &str) -> io::Result<Option<Hash>> {
        Ok(self.machine().file(at).map(|file| Hash::of(&file.now)))
    }

    fn walk(&self) -> io::Result<Vec<Found>> {
        let mut found = Vec::new();
        self.machine().below(ROOT, "", &mut |at, node| {
            let kind = match node {
                Node::File(_) => FoundKind::File,
                Node::Folder(names) if names.now.is_empty() => FoundKind::EmptyFolder,
                Node::Folder(_) => return,
            };
            found.push(Found { at: at.to_owned(), kind });
        });
        found.sort_unstable();
        Ok(found)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let machine = self.machine();
        let Some(Node::Folder(names)) = machine.find(folder).map(|node| &machine.nodes[node]) else {
            return Ok(Vec::new());
        };
        let files = names.now.iter().filter(|(_, node)| matches!(machine.nodes[**node], Node::File(_)));
        let at = |name: &String| if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        Ok(files.map(|(name, _)| at(name)).collect())
    }

    fn exists(&self, at: &str) -> io::Result<bool> {
        Ok(self.machine().find(at).is_some())
    }

    fn link(&self, from: &str, to: &str) -> io::Result<()> {
        let bytes = self.read(from)?.ok_or(io::ErrorKind::NotFound)?;
        self.write(to, &bytes)
    }

    fn open(&self, at: &str) -> io::Result<Box<dyn Source>> {
        let bytes = self.read(at)?.ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(io::Cursor::new(bytes)))
    }

    fn write(&self, at: &str, bytes: &[u8]) -> io::Result<()> {
        let mut machine = self.machine();
        let much = machine.step(true)?;
        machine.set(at, bytes[..much.of(bytes.len())].to_vec());
        machine.said(much)
    }

    fn create(&self, _: &str) -> io::Result<Box<dyn Sink>> {
        Err(ErrorKind::Unsupported.into())
    }

    fn sync(&self, all: &[&str]) -> io::Result<()> {
        let mut machine = self.machine();
        let much = machine.step(false)?;
        for at in &all[..much.of(all.len())] {
            let file = machine.file_to_change(at)?;
            file.synced = Arc::clone(&file.now);
        }
        machine.said(much)
    }

    fn sync_folders(&self, all: &[&str]) -> io::Result<()> {
        let mut machine = self.machine();
        let much = machine.step(false)?;
        all[..much.of(all.len())].iter().for_each(|folder| machine.sync_folder(folder));
        machine.said(much)
    }

    fn append(&self, at: &str, bytes: &[u8]) -> io::Result<()> {
        let mut machine = self.machine();
        let much = machine.step(true)?;
        let mut all = machine.file(at).map(|file| file.now.to_vec()).unwrap_or_default();
        all.extend_from_slice(&bytes[..much.of(bytes.len())]);
        machine.set(at, all);
        machine.said(much)
    }

    fn cut(&self, at: &str, to: u64) -> io::Result<()> {
        let mut machine = self.machine();
        if machine.step(false)? == Much::Half {
            return machine.said(Much::Half);
        }
        let file = machine.file_to_change(at)?;
        let to = usize::try_from(to).expect("no file of a test is that long");
        let mut bytes = file.now.to_vec();
        bytes.resize(to, 0);
        file.now = Arc::new(bytes);
        Ok(())
    }

    fn length(&self, at: &str) -> io::Result<Option<u64>> {
        Ok(self.machine().file(at).map(|file| file.now.len() as u64))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut machine = self.machine();
        if machine.step(false)? == Much::Half {
            // The folder that it goes to is made before.
            machine.name(to);
            return machine.said(Much::Half);
        }
        machine.rename(from, to)
    }

    fn remove(&self, at: &str) -> io::Result<()> {
        let mut machine = self.machine();
        if machine.step(false)? == Much::All {
            machine.unlink(at);
            return Ok(());
        }
        machine.said(Much::Half)
    }
}
