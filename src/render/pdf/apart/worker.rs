//! The other process: lays papers out, one after the other, until there are no more or one exceeds a limit.
//!
//! It limits itself. The system refuses it more memory; the thread that talks to the parent does nothing else but keep
//! the time, and when it returns the process ends, whatever the engine is doing. So no process outlives its parent by
//! more than the time limit of one paper.

use std::io::{Read, Result, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use rayon::ThreadPoolBuilder;
#[cfg(target_os = "linux")]
use rustix::process::{Resource, Rlimit, setrlimit};

use super::wire::{Answer, HELLO, LayoutLimits, Setup, Task, frame};
use crate::render::pdf::sheet::{ThemeFault, Written, join, lay_out, typeset};
use crate::render::pdf::world::{CouncilWorld, Materials};

/// Stack space for the deepest layout, the same as in `jobs`.
const STACK: usize = 16 * 1024 * 1024;

/// Lays out the papers that come in, and answers. The process must do nothing else, and end when this returns.
///
/// # Errors
/// If it cannot be limited, or its input is not from a [`PdfWriter`](crate::render::pdf::PdfWriter).
pub fn serve(input: &mut dyn Read, output: &mut dyn Write) -> Result<()> {
    let Setup { limits, materials } = Setup::read(input)?;
    limit(limits)?;
    let (to_engine, tasks) = channel();
    let (to_us, answers) = channel();
    thread::Builder::new().spawn(move || engine(&materials, &tasks, &to_us))?;
    frame(output, HELLO)?;
    output.flush()?;
    while let Some(task) = Task::read(input)? {
        // If the engine is gone, there will be no answer either, and that is handled below.
        let _ = to_engine.send(task);
        let answer = match answers.recv_timeout(Duration::from_millis(limits.milliseconds)) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => return Answer::TooLong.write(output),
            Err(RecvTimeoutError::Disconnected) => return Answer::GaveUp.write(output),
        };
        answer.write(output)?;
    }
    Ok(())
}

/// Runs the engine on one thread of its own, which also does the work that the engine splits off.
fn engine(materials: &Materials, tasks: &Receiver<Task>, to: &Sender<Answer>) {
    let Ok(pool) = ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build() else { return };
    let base = CouncilWorld::new(materials);
    for task in tasks {
        let answer = pool.install(|| done(&base, task)).map_or_else(Answer::Faults, Answer::Pdf);
        if to.send(answer).is_err() {
            return;
        }
    }
}

fn done(base: &CouncilWorld, task: Task) -> std::result::Result<Written, Vec<ThemeFault>> {
    match task {
        Task::Write(sheet) => typeset(base, &sheet),
        Task::Count(sheet) => {
            lay_out(base, &sheet).map(|paged| Written { data: Vec::new(), pages: paged.pages().len() })
        }
        Task::Join(what, sheets) => {
            let mut sheets = sheets.into_iter();
            let Some(first) = sheets.next() else { return Ok(Written { data: Vec::new(), pages: 0 }) };
            let pages = |sheet| lay_out(base, &sheet).map(|paged| paged.pages().to_vec());
            let all = sheets.map(pages).collect::<std::result::Result<_, _>>()?;
            join(what, base, &first, all)
        }
    }
}

/// Asks the system to refuse more memory than this, and not to write a core dump if the process fails.
#[cfg(target_os = "linux")]
fn limit(limits: LayoutLimits) -> Result<()> {
    let most = |bytes| Rlimit { current: Some(bytes), maximum: Some(bytes) };
    setrlimit(Resource::Core, most(0))?;
    Ok(setrlimit(Resource::As, most(limits.memory))?)
}

#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "on Linux, setting the limit can fail")]
fn limit(_: LayoutLimits) -> Result<()> {
    Ok(())
}
