//! The integration tests, in one binary: linking Typst is dear.

mod broken;
mod command_line;
mod hostile;
mod letters;
mod machine;
mod papers;
mod pdf;
mod privacy;
mod run;
mod specimen;
mod tidy;
