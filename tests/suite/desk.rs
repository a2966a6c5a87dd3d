//! The desk: what it lets in, what it shows, what it does.

mod actions;
mod acts;
mod again;
mod begun;
mod chance;
mod edits;
mod elsewhere;
mod guards;
mod listed;
mod look;
mod next;
mod only_read;
mod pages;
mod pictures;
mod plan;
mod weeks;
