//! The desk: what it lets in, what it shows, what it does.

mod acts;
mod begun;
mod chance;
mod edits;
mod guards;
mod pages;
mod weeks;
