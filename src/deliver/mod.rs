//! Bytes → files: the steps that change a folder, files of the council's own and what they were before, safe names, messages and calendar entries.
//!
//! In: finished bytes with their places, and a folder. Out: the files, or errors of the system.
//!
//! Deliberately absent: who gets what, how a paper looks, and what was made before (`records`).

mod authored;
pub mod calendar;
pub mod disk;
pub mod former;
pub mod held;
pub mod message;
pub mod names;
mod private;

pub use authored::{
    Authored, Over, cannot_write, ensure_replaceable, may_be_replaced, put_folder, put_new, put_over, remember,
    rewrite, take_away, text_there,
};
pub use private::{PrivatePage, private_page};
