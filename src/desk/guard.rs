//! What every request must be before a page sees it.
//!
//! In: method, path and headers. Out: nothing, or the reason why it is refused:
//!
//! 1. its `Host` is this machine by one of its names, with our port: a foreign name that resolves to it is refused;
//! 2. its path begins with the part that only our own pages know, or nothing is said to be there;
//! 3. it comes from a page of ours, from an address that somebody opened, or from the page that the program opened; one
//!    that changes anything says where it comes from;
//! 4. it has the cookie of the one browser that used the ticket, unless it brings the ticket;
//! 5. somebody has said who sits here, unless it asks for just that.
//!
//! Deliberately absent: forms, whose token `post` checks, and any way to switch a rule off.

use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method};

use super::held::Desk;
use super::refusal::Refusal;
use super::route::{Needs, Route};

/// The first two rules, which hold for every request, whatever page it asks for.
pub fn judge_address(desk: &Desk, path: &str, headers: &HeaderMap) -> Result<(), Refusal> {
    let mut hosts = headers.get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).filter(|_| hosts.next().is_none());
    if !host.is_some_and(|host| names(desk.port).iter().any(|name| name == host)) {
        return Err(Refusal::Host);
    }
    let first = path.strip_prefix('/').and_then(|rest| rest.split('/').next()).unwrap_or_default();
    if desk.keys.prefix.is(first) { Ok(()) } else { Err(Refusal::Nowhere) }
}

/// The other rules, for a page that there is.
pub fn judge(desk: &Desk, route: &Route, method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    let changes = *method == Method::POST;
    if !(changes && route.post.is_some() || *method == Method::GET && route.get.is_some()) {
        return Err(Refusal::Method);
    }
    judge_origin(desk, route, changes, headers)?;
    if route.needs == Needs::Ticket || desk.keys.session.is(&cookie(desk, headers).unwrap_or_default()) {
        Ok(())
    } else {
        Err(Refusal::Stranger)
    }
}

fn judge_origin(desk: &Desk, route: &Route, changes: bool, headers: &HeaderMap) -> Result<(), Refusal> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let (origin, site) = (text(ORIGIN.as_str()), text("sec-fetch-site"));
    let is_ours = |origin: &str| names(desk.port).iter().any(|name| origin == format!("http://{name}"));
    if origin.is_some_and(|origin| !is_ours(origin)) {
        return Err(Refusal::Origin);
    }
    match site {
        Some("same-origin") => Ok(()),
        // Somebody typed the address or opened it from outside a browser.
        Some("none") if !changes => Ok(()),
        // The private page of the program is a file, and so a stranger.
        Some("cross-site") if route.needs == Needs::Ticket => Ok(()),
        Some(_) => Err(Refusal::Origin),
        None if changes && origin.is_none() => Err(Refusal::Origin),
        None => Ok(()),
    }
}

/// The names of this machine with our port, as a browser writes them.
fn names(port: u16) -> [String; 3] {
    ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"))
}

/// The name of the cookie: it has the port, since all ports of a machine share their cookies.
pub fn cookie_name(desk: &Desk) -> String {
    format!("convenor-{}", desk.port)
}

/// The cookie that makes a browser the one that has the desk.
pub fn set_cookie(desk: &Desk) -> String {
    let (name, session, prefix) = (cookie_name(desk), desk.keys.session.text(), desk.keys.prefix.text());
    format!("{name}={session}; Path=/{prefix}; HttpOnly; SameSite=Strict")
}

fn cookie(desk: &Desk, headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(desk);
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|all| all.split(';'));
    let mut ours = all.filter_map(|pair| pair.trim().split_once('=')).filter(|(key, _)| *key == name);
    // Of two, one is somebody else's.
    ours.next().filter(|_| ours.next().is_none()).map(|(_, value)| value.to_owned())
}
