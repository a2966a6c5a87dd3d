//! The integration tests, in one binary: linking Typst is dear.

#![expect(clippy::pedantic, reason = "tests are read for what they show, and end in a panic when they fail")]

mod afterwards;
mod any_bytes;
mod batch;
mod broken;
mod canaries;
mod codes;
mod command_line;
mod complaint;
mod councils;
mod damaged;
mod disguises;
mod editions;
mod examples;
mod found_first;
mod fuzzed;
mod harmless;
mod hostile;
mod households;
mod invitations;
mod letters;
mod limits;
mod list_columns;
mod list_values;
mod lists;
mod lost;
mod machine;
mod messages;
mod no_files;
mod papers;
mod parcels;
mod pdf;
mod people;
mod planted;
mod privacy;
mod public;
mod record;
mod release;
mod run;
mod runs;
mod settled;
mod shares;
mod signoff;
mod sources;
mod specimen;
mod standards;
mod taken_off;
mod templates;
mod tidy;
mod upgrade;

mod two_machines;
mod verbs;
mod watch;
mod workbooks;
