//! The desk: what it lets in, what it shows, what it does.

mod acts;
mod again;
mod begun;
mod chance;
mod edits;
mod guards;
mod listed;
mod look;
mod next;
mod only_read;
mod pages;
mod plan;
mod weeks;
