//! The record proved by crashes: every step of every change fails once, and nothing may be lost.
//!
//! `simulated` is the disk, `verbs` does what the program does on a small scale, `walk` lets it fail.

mod crashes;
mod damage;
mod guards;
mod histories;
mod mutants;
mod simulated;
mod verbs;
mod walk;
