//! The integration tests, in one binary: linking Typst is dear.

#![expect(clippy::pedantic, reason = "tests are read for what they show, and end in a panic when they fail")]

mod batch;
mod broken;
mod canaries;
mod command_line;
mod hostile;
mod letters;
mod lists;
mod machine;
mod papers;
mod pdf;
mod privacy;
mod release;
mod run;
mod specimen;
mod tidy;
