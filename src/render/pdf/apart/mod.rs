//! Layout in separate processes, for theme code that is not ours.
//!
//! In: the materials of one council, then paper after paper. Out: PDFs, faults of the theme, or an exceeded limit.
//!
//! There are as many processes as threads that ask at once. Each keeps its caches warm from one paper to the next and
//! ends with the [`Pool`]. Once a theme has exceeded a limit, no other paper of the council is tried with it.
//!
//! Deliberately absent: a shell, an environment that matters, files.

mod wire;
mod worker;

use std::io::{BufReader, BufWriter, ErrorKind, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use super::sheet::{ThemeFault, Written};
use super::world::Materials;
use crate::diag::count;
use crate::layers::Apart;
pub use wire::Task;
use wire::{Answer, HELLO, LayoutLimits, Setup};
pub use worker::serve;

/// The hidden verb that makes `convenor` the other process.
pub const VERB: &str = "lay-out-apart";

/// The processes of one council.
pub struct Pool {
    apart: Apart,
    setup: Setup,
    idle: Mutex<Vec<LayoutProcess>>,
    /// Why the theme was stopped. `None` while it has not been.
    stopped: Mutex<Option<Stop>>,
}

/// The reason why there is no answer about a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The theme exceeded a limit; the text says which.
    OverLimit(String),
    /// The other process could not be started; the text says why.
    NotStarted(String),
}

/// The outcome of a task.
pub type TaskOutcome = Result<Result<Written, Vec<ThemeFault>>, Stop>;

impl Pool {
    pub fn new(apart: &Apart, materials: Materials) -> Self {
        let milliseconds = u64::try_from(apart.time.as_millis()).unwrap_or(u64::MAX);
        let limits = LayoutLimits { milliseconds, memory: apart.memory };
        let setup = Setup { limits, materials };
        Self { apart: apart.clone(), setup, idle: Mutex::default(), stopped: Mutex::default() }
    }

    /// The theme files and everything else that the processes were given.
    pub fn materials(&self) -> &Materials {
        &self.setup.materials
    }

    /// Performs a task in one of the processes.
    pub fn perform(&self, task: &Task) -> TaskOutcome {
        if let Some(stop) = self.stopped.lock().expect(LOCK).clone() {
            return Err(stop);
        }
        let outcome = self.attempt(task);
        if let Err(stop) = &outcome {
            self.stopped.lock().expect(LOCK).get_or_insert_with(|| stop.clone());
        }
        outcome
    }

    fn attempt(&self, task: &Task) -> TaskOutcome {
        let idle = self.idle.lock().expect(LOCK).pop();
        let mut worker = idle.map_or_else(|| LayoutProcess::start(&self.apart, &self.setup), Ok)?;
        let answer = task.write(&mut worker.to).and_then(|()| Answer::read(&mut worker.from));
        let result = match answer {
            Ok(Answer::Pdf(written)) => Ok(written),
            Ok(Answer::Faults(faults)) => Err(faults),
            Ok(Answer::TooLong) => return Err(Stop::OverLimit(self.too_long())),
            Ok(Answer::GaveUp) => return Err(Stop::OverLimit("the layout engine gave up on this theme".to_owned())),
            // A process ends there and then if memory is refused or its stack overflows.
            Err(_) => return Err(Stop::OverLimit(self.too_much())),
        };
        self.idle.lock().expect(LOCK).push(worker);
        Ok(result)
    }

    fn too_long(&self) -> String {
        let seconds = usize::try_from(self.apart.time.as_secs().max(1)).unwrap_or(usize::MAX);
        format!("with this theme, the layout of one paper takes longer than {}", count(seconds, "second"))
    }

    fn too_much(&self) -> String {
        format!("with this theme, the layout of one paper takes more than {} MB of memory", self.apart.memory >> 20)
    }
}

const LOCK: &str = "nobody panics with this lock in hand";

/// One of the processes.
struct LayoutProcess {
    child: Child,
    to: BufWriter<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl LayoutProcess {
    fn start(apart: &Apart, setup: &Setup) -> Result<Self, Stop> {
        let failed = |error: std::io::Error| {
            let why = match error.kind() {
                ErrorKind::InvalidData | ErrorKind::UnexpectedEof | ErrorKind::BrokenPipe => {
                    "it is not this version of `convenor`, or the system does not let it bound itself".to_owned()
                }
                _ => error.to_string(),
            };
            Stop::NotStarted(why)
        };
        // If the engine fails, its message on standard error may quote a paper.
        let child = Command::new(&apart.program)
            .arg(VERB)
            // The allocator reserves memory in chunks of this size. Its default of a gigabyte is all that there is.
            .env("MIMALLOC_ARENA_RESERVE", "65536")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.map_err(failed)?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (to, from) = pipes.expect("both pipes were asked for");
        let mut worker = Self { child, to: BufWriter::new(to), from: BufReader::new(from) };
        setup.write(&mut worker.to).map_err(failed)?;
        match wire::needed(&mut worker.from) {
            Ok(hello) if hello == HELLO => Ok(worker),
            Ok(_) => Err(failed(ErrorKind::InvalidData.into())),
            Err(error) => Err(failed(error)),
        }
    }
}

impl Drop for LayoutProcess {
    /// Ends the process, which has nothing left to do; one that exceeded a limit is ending already.
    fn drop(&mut self) {
        let _ = self.to.flush();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
