//! What a page answers, and how it travels: status, headers, bytes.
//!
//! In: a [`Reply`]. Out: a response that no cache keeps, no frame shows and no stranger's page reads.
//!
//! Deliberately absent: the words of a page.

use axum::body::Body;
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY,
    SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use maud::{DOCTYPE, Markup, html};

use super::link::Link;
use super::refusal::Refusal;

/// What a page answers.
pub enum Reply {
    /// The page.
    Page(Markup),
    /// The page again, with what is wrong in the form.
    Again(Markup),
    /// The page, for the browser that brought the ticket.
    Entered(Markup, String),
    /// It is done: see there.
    SeeOther(Link),
    /// A file.
    Download(Download),
    /// A file of the desk's own, named by its content.
    Asset(&'static str, std::borrow::Cow<'static, [u8]>),
    /// A style sheet or a picture of the council's.
    Look(&'static str, Vec<u8>),
    /// What the form was drawn from has changed, or something else is being done: nothing was.
    Stale(Markup),
    /// There is no such thing any more.
    Gone(Markup),
    /// It could not be read or written.
    Failed(Markup),
    /// It is refused.
    Refused(Refusal),
}

/// A file for the browser.
pub struct Download {
    /// Its name, in plain letters.
    pub name: String,
    /// Its kind.
    pub kind: &'static str,
    /// Its bytes.
    pub data: Vec<u8>,
    /// Whether the browser shows it, as it does a PDF.
    pub is_shown: bool,
}

/// Only our own style, script, letters and pictures; no frame; forms only to ourselves.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

impl Reply {
    /// The response.
    pub fn response(self) -> Response<Body> {
        match self {
            Reply::Page(page) => markup(StatusCode::OK, page),
            Reply::Again(page) => markup(StatusCode::UNPROCESSABLE_ENTITY, page),
            Reply::Entered(page, cookie) => with(markup(StatusCode::OK, page), SET_COOKIE, &cookie),
            Reply::SeeOther(link) => {
                with(bytes(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", Vec::new()), LOCATION, link.as_str())
            }
            Reply::Download(file) => {
                let how = if file.is_shown { "inline" } else { "attachment" };
                let name = format!("{how}; filename=\"{}\"", file.name);
                with(bytes(StatusCode::OK, file.kind, file.data), CONTENT_DISPOSITION, &name)
            }
            Reply::Asset(kind, data) => {
                let kept = "private, max-age=31536000, immutable";
                with(bytes(StatusCode::OK, kind, data.into_owned()), CACHE_CONTROL, kept)
            }
            Reply::Look(kind, data) => bytes(StatusCode::OK, kind, data),
            Reply::Stale(page) => markup(StatusCode::CONFLICT, page),
            Reply::Gone(page) => markup(StatusCode::GONE, page),
            Reply::Failed(page) => markup(StatusCode::INTERNAL_SERVER_ERROR, page),
            Reply::Refused(refusal) => refused(refusal),
        }
    }
}

fn markup(status: StatusCode, page: Markup) -> Response<Body> {
    bytes(status, "text/html; charset=utf-8", page.into_string().into_bytes())
}

/// A refusal is a page of its own, without a word about what there is.
fn refused(refusal: Refusal) -> Response<Body> {
    let status = match refusal {
        Refusal::Nowhere => StatusCode::NOT_FOUND,
        Refusal::Method => StatusCode::METHOD_NOT_ALLOWED,
        Refusal::Unreadable => StatusCode::BAD_REQUEST,
        _ => StatusCode::FORBIDDEN,
    };
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head { meta charset="utf-8"; meta name="viewport" content="width=device-width, initial-scale=1"; title { "Not here – Conference desk" } }
            body { main { h1 { "Not here" } p { (refusal.says()) } } }
        }
    };
    let response = markup(status, page);
    if refusal == Refusal::Method { with(response, ALLOW, "GET, POST") } else { response }
}

/// A request that took too long or was too long, in one plain sentence.
pub fn plain(status: StatusCode, says: &str) -> Response<Body> {
    bytes(status, "text/plain; charset=utf-8", says.as_bytes().to_vec())
}

fn bytes(status: StatusCode, kind: &str, data: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(data));
    *response.status_mut() = status;
    with(response, CONTENT_TYPE, kind)
}

fn with(mut response: Response<Body>, name: HeaderName, value: &str) -> Response<Body> {
    let value = HeaderValue::from_str(value).expect("headers are plain letters of ours");
    response.headers_mut().insert(name, value);
    response
}

/// The headers that every answer has.
pub fn guarded(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "same-origin"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("x-frame-options"), "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
