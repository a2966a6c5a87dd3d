//! The pages, one file each: what it shows, and beneath it what its form does.
//!
//! Deliberately absent: rules. A page asks a verb of the library and draws what it says.

pub mod action;
pub mod add;
pub mod again;
pub mod approval;
pub mod attendance;
pub mod begin;
pub mod cancel;
mod carried;
pub mod check;
pub mod correction;
pub mod decision;
pub mod decisions;
pub mod door;
pub mod edit;
pub mod failed;
pub mod file;
pub mod goals;
pub mod home;
mod how_read;
pub mod letters;
pub mod list;
pub mod listed;
pub mod look;
pub mod lost;
pub mod make;
pub mod meeting;
pub mod minutes;
pub mod next;
pub mod organisations;
pub mod overview;
pub mod papers;
pub mod people;
pub mod person;
mod plan;
pub mod preview;
pub mod reading;
pub mod record;
pub mod release;
pub mod remark;
pub mod send;
pub mod still;
pub mod stop;
pub mod undo;
pub mod unsound;
pub mod who;
mod with;
pub mod withdraw;
pub mod wording;

use maud::{DOCTYPE, html};

use super::ask::Ask;
use super::guard::set_cookie;
use super::link::Target;
use super::refusal::Refusal;
use super::reply::Reply;

/// The way in: the ticket is spent, and this browser has the desk from now on.
///
/// The page is an answer and no redirection: the cookie is kept from whatever follows a stranger's page, which the private
/// page of the program is, and only a page of ours leads on to one that needs it.
pub fn enter(ask: &Ask<'_>) -> Reply {
    let desk = ask.desk;
    if !desk.keys.spend(ask.param("ticket"), desk.secrets.now()) {
        return Reply::Refused(Refusal::Ticket);
    }
    let home = ask.link(&Target::Home);
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="refresh" content={ "0; url=" (home) };
                title { "Conference desk" }
            }
            body { main { h1 { "Conference desk" } p { a href=(home) { "Open the desk" } } } }
        }
    };
    Reply::Entered(page, set_cookie(desk))
}

/// The private page of the program, which leads to the address.
pub fn leading_to(address: &str) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="referrer" content="no-referrer";
                meta http-equiv="refresh" content={ "0; url=" (address) };
                title { "Conference desk" }
            }
            body { main { h1 { "Conference desk" } p { a href=(address) { "Open the desk" } } } }
        }
    };
    page.into_string()
}

/// Style, script and letters.
pub fn asset(ask: &Ask<'_>) -> Reply {
    super::assets::asset(ask.param("name")).unwrap_or(Reply::Refused(Refusal::Nowhere))
}
