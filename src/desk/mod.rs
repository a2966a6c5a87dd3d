//! The desk: a page in the coordinator's own browser, served to nobody else.
//!
//! In: a folder of conferences, chance and the clock. Out: pages over the public verbs, until it is told to end or nobody
//! has asked for anything for hours.
//!
//! ```text
//!  browser ─▶ guard ─▶ router ─▶ post (a form, once its token is ours) ─▶ pages ─▶ the verbs
//!                                                                          │
//!          reply ◀─ layout, parts, problems (a report in the words of a page) ◀┘
//! ```
//!
//! It listens on 127.0.0.1 alone and opens no connection. Every page lies below a part of the address that only our own
//! pages know; the browser that used the one ticket has the cookie for it, and every form a token besides. No address has
//! a name in it, nothing is kept by the browser, and there is no log of what was asked.
//!
//! Deliberately absent: rules, sums and files. A page asks a verb and draws; there is no state but the folder, save who
//! sits here, what is being made, what was done last, and a list of people that is not added yet.

mod ask;
mod assets;
mod conference;
mod door;
mod drafts;
mod edits;
mod guard;
mod held;
mod icons;
mod layout;
mod link;
mod lists;
mod only_read;
mod pages;
mod parts;
mod places;
mod post;
mod problems;
mod refusal;
mod reply;
mod route;
mod router;
mod runs;
mod secrets;
mod serve;
mod ticket;
mod words;
mod work;

pub use held::Desk;
pub use route::Route;
pub use router::{ROUTES, router};
pub use secrets::Secrets;
pub use serve::{Browser, Options, open, run};
