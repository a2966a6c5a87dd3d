//! The last look at what was rendered.
//!
//! In: the bytes of a finished file. Out: every text in it. Deliberately absent: trust in the stages before.

mod pdf;
