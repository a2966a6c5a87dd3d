//! The integration tests, in one binary: linking Typst is dear.

#![expect(clippy::pedantic, reason = "tests are read for what they show, and end in a panic when they fail")]

mod batch;
mod broken;
mod canaries;
mod command_line;
mod councils;
mod hostile;
mod letters;
mod limits;
mod lists;
mod machine;
mod papers;
mod pdf;
mod planted;
mod privacy;
mod release;
mod run;
mod runs;
mod settled;
mod specimen;
mod templates;
mod tidy;
mod verbs;
