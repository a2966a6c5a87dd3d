//! One long job at a time, beside the pages: its progress is a state that any page can ask for.
//!
//! In: a job. Out: how far it is, and what came of it.
//!
//! Deliberately absent: a queue. What is asked for while something is being made is refused, and nothing is lost by that.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::diag::Report;

/// The job that runs, or that ran last.
#[derive(Default)]
pub struct Work(Mutex<Option<Arc<Job>>>);

/// A job.
pub struct Job {
    /// The key of the conference that it is for.
    pub conference: String,
    /// What it does, in words.
    pub title: String,
    stop: AtomicBool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    step: String,
    done: u32,
    of: u32,
    outcome: Option<Outcome>,
}

/// How far a job is.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// The step that it is at, in words.
    pub step: String,
    /// How many of its letters are done.
    pub done: u32,
    /// How many letters there are. 0 if they are not counted.
    pub of: u32,
    /// Whether somebody stopped it.
    pub is_stopping: bool,
    /// What came of it. `None` while it runs.
    pub outcome: Option<Outcome>,
}

/// What came of a job.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// What was done, a sentence each.
    pub says: Vec<String>,
    /// What went wrong, and what should be looked at.
    pub report: Report,
    /// Kinds of paper of which released ones would be different now, and stay as they were.
    pub differ: std::collections::BTreeSet<String>,
    /// Whether it was stopped. What was made until then stays.
    pub was_stopped: bool,
    /// Whether the program failed.
    pub has_failed: bool,
}

/// Something is being made already.
pub struct Busy;

impl Job {
    /// Says which step it is at, and how many letters that step has.
    pub fn at(&self, step: impl Into<String>, of: u32) {
        let mut state = self.state();
        (state.step, state.done, state.of) = (step.into(), 0, of);
    }

    /// Says how many of its letters are done.
    pub fn done(&self, done: u32) {
        self.state().done = done;
    }

    /// Set once somebody stops it.
    pub fn stop(&self) -> &AtomicBool {
        &self.stop
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        let state = self.state();
        Progress {
            step: state.step.clone(),
            done: state.done,
            of: state.of,
            is_stopping: self.stop.load(Ordering::Relaxed),
            outcome: state.outcome.clone(),
        }
    }

    fn is_running(&self) -> bool {
        self.state().outcome.is_none()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Work {
    /// Whether a job runs.
    pub fn is_running(&self) -> bool {
        self.held().as_ref().is_some_and(|job| job.is_running())
    }

    /// The job of a conference that runs or ran last.
    pub fn of(&self, conference: &str) -> Option<Arc<Job>> {
        self.held().clone().filter(|job| job.conference == conference)
    }

    /// Starts a job on a thread of its own.
    ///
    /// # Errors
    /// If another runs.
    pub fn start(
        &self,
        conference: &str,
        title: impl Into<String>,
        run: impl FnOnce(&Job) -> Outcome + Send + 'static,
    ) -> Result<(), Busy> {
        let mut held = self.held();
        if held.as_ref().is_some_and(|job| job.is_running()) {
            return Err(Busy);
        }
        let job = Arc::new(Job {
            conference: conference.to_owned(),
            title: title.into(),
            stop: AtomicBool::new(false),
            state: Mutex::default(),
        });
        *held = Some(Arc::clone(&job));
        drop(held);
        let failed = || Some(Outcome { has_failed: true, ..Outcome::default() });
        let thread = std::thread::Builder::new().name("desk".to_owned()).spawn({
            let job = Arc::clone(&job);
            move || {
                let outcome = catch_unwind(AssertUnwindSafe(|| run(&job)));
                job.state().outcome = outcome.ok().or_else(failed);
            }
        });
        if thread.is_err() {
            job.state().outcome = failed();
        }
        Ok(())
    }

    fn held(&self) -> MutexGuard<'_, Option<Arc<Job>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
