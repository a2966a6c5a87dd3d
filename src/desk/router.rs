//! The table of pages, one line each, and the layers around all of them.
//!
//! In: a [`Desk`]. Out: the whole house as an [`axum::Router`], for [`run`](super::run) and for tests.
//!
//! Deliberately absent: what a page shows.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, RawPathParams, Request};
use axum::http::{HeaderMap, Method, Response, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::routing::any;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use super::ask::{Ask, Params};
use super::guard::{judge, judge_address};
use super::held::Desk;
use super::pages;
use super::post::Posted;
use super::refusal::Refusal;
use super::reply::{Reply, guarded, plain};
use super::route::{Get, Needs, Post, Route};

const fn read(path: &'static str, title: &'static str, get: Get) -> Route {
    Route { path, title, get: Some(get), post: None, needs: Needs::Somebody, takes_files: false }
}

const fn sent(path: &'static str, title: &'static str, post: Post) -> Route {
    Route { path, title, get: None, post: Some(post), needs: Needs::Somebody, takes_files: false }
}

const fn both(path: &'static str, title: &'static str, get: Get, post: Post) -> Route {
    Route { path, title, get: Some(get), post: Some(post), needs: Needs::Somebody, takes_files: false }
}

/// Every page.
pub const ROUTES: &[Route] = &[
    Route { needs: Needs::Ticket, ..read("/enter/{ticket}", "The way in", pages::enter) },
    Route { needs: Needs::Cookie, ..both("/who", "Who sits here", pages::who::get, pages::who::post) },
    Route { needs: Needs::Cookie, ..both("/stop", "Close the desk", pages::stop::get, pages::stop::post) },
    Route { needs: Needs::Cookie, ..read("/asset/{name}", "Style, script and letters", pages::asset) },
    read("/", "Your conferences", pages::home::get),
    both("/new", "Start a conference", pages::begin::get, pages::begin::post),
    read("/c/{c}", "Overview", pages::overview::get),
    read("/c/{c}/colours.css", "The council’s colours", pages::look::colours),
    read("/c/{c}/logo", "The council’s logo", pages::look::logo),
    both("/c/{c}/people", "People", pages::people::get, pages::people::post),
    read("/c/{c}/people/{n}", "A person", pages::person::get),
    read("/c/{c}/people/{n}/letters", "Letters to a person", pages::letters::get),
    read("/c/{c}/people/{n}/letters/{kind}", "A letter to a person", pages::letters::get),
    both("/c/{c}/people/new", "Add a person", pages::add::get, pages::add::post),
    both("/c/{c}/people/uninvited", "Somebody came uninvited", pages::add::uninvited, pages::add::post_uninvited),
    both("/c/{c}/people/{n}/edit", "Change a person", pages::edit::get, pages::edit::post),
    Route { takes_files: true, ..both("/c/{c}/people/list", "A list of people", pages::list::get, pages::list::post) },
    both("/c/{c}/people/list/look", "What is in the list", pages::listed::get, pages::listed::post),
    sent("/c/{c}/people/list/add", "Add people of the list", pages::listed::add),
    sent("/c/{c}/people/list/drop", "Put the list away", pages::list::put_away),
    both("/c/{c}/organisations", "Organisations", pages::organisations::get, pages::organisations::post),
    both("/c/{c}/organisations/{n}", "An organisation", pages::organisations::one, pages::organisations::change),
    both("/c/{c}/attendance", "Who came", pages::attendance::get, pages::attendance::post),
    both("/c/{c}/meeting", "Meeting", pages::meeting::get, pages::meeting::post),
    both("/c/{c}/meeting/cancel", "Call the meeting off", pages::cancel::get, pages::cancel::post),
    read("/c/{c}/minutes", "Minutes", pages::minutes::get),
    both("/c/{c}/minutes/approval", "Corrections and approval", pages::approval::get, pages::approval::post),
    both("/c/{c}/minutes/approval/{row}", "A correction", pages::correction::get, pages::correction::post),
    both("/c/{c}/minutes/{p}", "A point of the minutes", pages::minutes::point, pages::minutes::add),
    both("/c/{c}/minutes/{p}/{row}", "A remark", pages::remark::get, pages::remark::post),
    both("/c/{c}/decisions", "Decisions and actions", pages::decisions::get, pages::decisions::post),
    both("/c/{c}/decisions/{row}", "A decision", pages::decision::get, pages::decision::post),
    both("/c/{c}/goals", "Goals of the plan", pages::goals::get, pages::goals::post),
    both("/c/{c}/goals/{n}", "A goal", pages::goals::one, pages::goals::change),
    both("/c/{c}/goals/{n}/actions/{row}", "An action", pages::action::get, pages::action::post),
    both("/c/{c}/goals/{n}/readings/{row}", "What was found", pages::reading::get, pages::reading::post),
    both("/c/{c}/still", "Still to be looked at", pages::still::get, pages::still::post),
    both("/c/{c}/next", "Begin the next conference", pages::next::get, pages::next::post),
    both("/c/{c}/again", "New versions of what was released", pages::again::get, pages::again::post),
    read("/c/{c}/look", "Look and wording", pages::look::get),
    read("/c/{c}/look/{kind}", "The words of a kind of paper", pages::wording::get),
    both("/c/{c}/undo", "Undo the last change", pages::undo::get, pages::undo::post),
    both("/c/{c}/people/{n}/withdraw", "No longer takes part", pages::withdraw::get, pages::withdraw::post),
    sent("/c/{c}/people/{n}/rejoin", "Takes part again", pages::withdraw::rejoin),
    read("/c/{c}/papers", "Papers", pages::papers::get),
    read("/c/{c}/papers/{kind}/{audience}", "A kind of paper", pages::papers::kind),
    read("/c/{c}/file/{key}", "A file", pages::file::get),
    read("/c/{c}/file/{key}/page/{n}", "A page of a file as a picture", pages::file::page_of),
    both("/c/{c}/make", "Make drafts", pages::make::get, pages::make::post),
    read("/c/{c}/run", "What is being made", pages::make::run),
    sent("/c/{c}/run/stop", "Stop it", pages::make::stop),
    read("/c/{c}/check", "Check", pages::check::get),
    read("/c/{c}/check/{kind}", "Check a kind of paper", pages::check::kind),
    both("/c/{c}/check/{kind}/paper/{key}", "Check one paper", pages::check::paper, pages::check::tick),
    both("/c/{c}/check/{kind}/release", "Sign off", pages::release::get, pages::release::post),
    read("/c/{c}/send", "Send", pages::send::get),
    both("/c/{c}/send/{kind}", "Send a kind of paper", pages::send::kind, pages::send::post),
    both("/c/{c}/record", "Record", pages::record::get, pages::record::post),
    sent("/c/{c}/record/table", "The record as a table", pages::record::table),
    sent("/c/{c}/record/verify", "Is the folder sound?", pages::record::verify),
    sent("/c/{c}/record/lost", "Note that files are lost", pages::lost::post),
    both("/c/{c}/door", "For few eyes", pages::door::get, pages::door::post),
    sent("/c/{c}/door/close", "Close it again", pages::door::close),
];

/// The most bytes of a form.
const MOST: usize = 1024 * 1024;

/// The most bytes of a form with files.
const MOST_WITH_FILES: usize = 8 * MOST;

/// The whole house.
pub fn router(desk: Arc<Desk>) -> Router {
    let prefix = desk.keys.prefix.text().to_owned();
    let pages = ROUTES.iter().fold(Router::new(), |router, route| {
        let desk = Arc::clone(&desk);
        let page =
            any(move |params: RawPathParams, request: Request| answer(Arc::clone(&desk), route, params, request));
        router.route(&format!("/{prefix}{}", route.path), page)
    });
    let nowhere = || async { Reply::Refused(Refusal::Nowhere).response() };
    pages
        .fallback(nowhere)
        .layer(RequestBodyLimitLayer::new(MOST_WITH_FILES))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, desk.patience))
        .layer(from_fn(move |request: Request, next: Next| guard(Arc::clone(&desk), request, next)))
}

/// Nothing passes that is not for us, and nothing leaves without its headers.
async fn guard(desk: Arc<Desk>, request: Request, next: Next) -> Response<Body> {
    let response = match judge_address(&desk, request.uri().path(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => Reply::Refused(refusal).response(),
    };
    guarded(response)
}

async fn answer(desk: Arc<Desk>, route: &'static Route, params: RawPathParams, request: Request) -> Response<Body> {
    if let Err(refusal) = judge(&desk, route, request.method(), request.headers()) {
        return Reply::Refused(refusal).response();
    }
    desk.note_asked();
    let params: Params = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let posted = match posted(route, request).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    // Reading, checking and laying out are work: none of it on the thread that answers.
    let page = tokio::task::spawn_blocking(move || page(&desk, route, params, &query, posted).response());
    page.await.unwrap_or_else(|_| {
        plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The program failed. What was being written is whole or was not begun. Go back and try again.",
        )
    })
}

async fn posted(route: &Route, request: Request) -> Result<Option<Posted>, Response<Body>> {
    if request.method() != Method::POST {
        return Ok(None);
    }
    let has_parts = match kind(request.headers()) {
        "application/x-www-form-urlencoded" => false,
        "multipart/form-data" if route.takes_files => true,
        _ => return Err(Reply::Refused(Refusal::Unreadable).response()),
    };
    let most = if has_parts { MOST_WITH_FILES } else { MOST };
    let too_long =
        |_| plain(StatusCode::PAYLOAD_TOO_LARGE, "This is more than a page of the desk takes. Nothing was done.");
    let (head, body) = request.into_parts();
    let body = to_bytes(body, most).await.map_err(too_long)?;
    if !has_parts {
        return Ok(Some(Posted::Bytes(body.to_vec())));
    }
    let mut whole = Request::from_parts(head, Body::from(body));
    // What is in memory by now has been counted.
    DefaultBodyLimit::disable().apply(&mut whole);
    let parts = Multipart::from_request(whole, &()).await.map_err(|_| Refusal::Unreadable);
    let posted = match parts {
        Ok(parts) => Posted::of_parts(parts).await,
        Err(refusal) => Err(refusal),
    };
    posted.map(Some).map_err(|refusal| Reply::Refused(refusal).response())
}

/// What a body is said to be.
fn kind(headers: &HeaderMap) -> &str {
    let kind = headers.get(axum::http::header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim()
}

fn page(desk: &Arc<Desk>, route: &Route, params: Params, query: &str, posted: Option<Posted>) -> Reply {
    let ask = Ask::new(desk, params, query);
    let form = match posted.map(|posted| posted.read(&desk.keys)).transpose() {
        Ok(form) => form,
        Err(refusal) => return Reply::Refused(refusal),
    };
    if route.needs == Needs::Somebody && ask.who.is_none() {
        return pages::who::first(&ask, form.is_some());
    }
    match (form, route.get, route.post) {
        (Some(form), _, Some(post)) => post(&ask, &form),
        (None, Some(get), _) => get(&ask),
        _ => Reply::Refused(Refusal::Method),
    }
}
