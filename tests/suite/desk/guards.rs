//! Nothing reaches a page that is not from the one browser that has the desk.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::http::Request;
use convenor::desk::{Desk, ROUTES, Route, Secrets};

use crate::run::Run;
use crate::visit::{Answer, Ask, PORT, Visit, encoded, host};

/// A route with something in the place of its keys.
fn path(visit: &mut Visit, route: &Route) -> String {
    let conference = visit.of("");
    let conference = conference.trim_start_matches("/c/").to_owned();
    let named = route.path.replace("{c}", &conference).replace("{n}", "1").replace("{kind}", "invitation");
    let named = named.replace("{audience}", "community").replace("{key}", "0123456789abcdef");
    let named = named.replace("{p}", "5").replace("{row}", "0");
    visit.whole(&named.replace("{name}", "x.css").replace("{ticket}", "ff"))
}

fn method(route: &Route) -> &'static str {
    if route.is_sent() { "POST" } else { "GET" }
}

/// The headers with which a browser of ours asks, without those that are named.
fn headers(visit: &Visit, without: &[&str], with: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let usual = [
        host(),
        visit.cookie(),
        ("origin", format!("http://127.0.0.1:{PORT}")),
        ("sec-fetch-site", "same-origin".to_owned()),
        ("content-type", "application/x-www-form-urlencoded".to_owned()),
    ];
    let changed = |name: &str| without.contains(&name) || with.iter().any(|(other, _)| *other == name);
    let kept = usual.into_iter().filter(|(name, _)| !changed(name));
    kept.chain(with.iter().map(|(name, value)| (*name, (*value).to_owned()))).collect()
}

/// Every file of a folder with its bytes.
fn bytes(run: &Run) -> BTreeMap<String, Vec<u8>> {
    run.files("").into_iter().map(|file| (file.clone(), run.bytes(&file))).collect()
}

/// What it is; headers that are left out, and others in their place; whether reading is refused as well.
type Attack<'a> = (&'a str, &'a [&'a str], &'a [(&'static str, &'a str)], bool);

#[test]
fn every_page_refuses_what_does_not_come_from_its_own_browser() {
    let mut visit = Visit::to("marshgate");
    let before = bytes(&visit.run);
    let attacks: &[Attack<'_>] = &[
        ("a name that resolves to this machine", &[], &[("host", "evil.example:4711")], true),
        ("the same on both sides", &[], &[("host", "evil.example:4711"), ("origin", "http://evil.example:4711")], true),
        ("a host without a port", &[], &[("host", "127.0.0.1")], true),
        ("another port", &[], &[("host", "127.0.0.1:4712")], true),
        ("no host", &["host"], &[], true),
        ("a page of elsewhere", &[], &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")], true),
        ("another port's page", &[], &[("origin", "http://127.0.0.1:4712"), ("sec-fetch-site", "same-site")], true),
        ("a page without an origin", &[], &[("origin", "null")], true),
        ("a browser without the cookie", &["cookie"], &[], true),
        ("another browser's cookie", &[], &[("cookie", "convenor-4711=00000000000000000000000000000000")], true),
        ("two cookies of one name", &[], &[("cookie", "convenor-4711=x; convenor-4711=y")], true),
        ("a form that says nothing of where it comes from", &["origin", "sec-fetch-site"], &[], false),
    ];
    for route in ROUTES {
        let (path, method) = (path(&mut visit, route), method(route));
        for (what, without, with, also_when_read) in attacks {
            let is_of_the_cookie = what.contains("cookie");
            if route.takes_the_ticket() && (is_of_the_cookie || *what == "a page of elsewhere")
                || !also_when_read && !route.is_sent()
            {
                continue;
            }
            let body = encoded(&[("token".to_owned(), "x".to_owned())]);
            let answer = visit.ask(Ask { method, path: path.clone(), headers: headers(&visit, without, with), body });
            let refused = [403, 404, 400].contains(&answer.status);
            assert!(refused, "{method} {} with {what}: {} {}", route.path, answer.status, answer.text());
        }
    }
    assert_eq!(bytes(&visit.run), before, "nothing was written");
}

#[test]
fn every_form_is_opened_by_its_token_alone() {
    let mut visit = Visit::to("marshgate");
    let before = bytes(&visit.run);
    let form = visit.open("/who").form("This is me");
    let token = form.1.iter().find(|(name, _)| name == "token").expect("it has one").1.clone();
    let cookie = visit.cookie().1;
    let session = cookie.split('=').nth(1).expect("it has a value").to_owned();
    assert_ne!(token, session, "the token is not the cookie");
    for route in ROUTES.iter().filter(|route| route.is_sent()) {
        let path = path(&mut visit, route);
        let tokens: [&[&str]; 5] = [&[], &[""], &["00"], &[&session], &[&token, &token]];
        for tokens in tokens {
            let fields: Vec<(String, String)> =
                tokens.iter().map(|token| ("token".to_owned(), (*token).to_owned())).collect();
            let answer = visit.post(&path, &fields);
            assert_eq!(answer.status, 403, "{} with {tokens:?}: {}", route.path, answer.text());
        }
        // Parts are a form only where files are taken, and there the token opens them as well.
        let parts = visit.post_parts(&path, &[], &[("file".to_owned(), "x.csv".to_owned(), b"Name".to_vec())]);
        assert_eq!(parts.status, if route.takes_files() { 403 } else { 400 }, "{}: {}", route.path, parts.text());
        let json = headers(&visit, &[], &[("content-type", "application/json")]);
        let answer =
            visit.ask(Ask { method: "POST", path: path.clone(), headers: json, body: format!("token={token}") });
        assert_eq!(answer.status, 400, "{}: only forms are read", route.path);
    }
    assert!(!visit.desk.ends() && bytes(&visit.run) == before);
}

#[test]
fn a_ticket_opens_the_desk_once_and_for_one_browser() {
    let mut visit = Visit::at(Run::on_the_example());
    let address = visit.desk.address().expect("it was not opened");
    let path = format!("/{}", address.split_once(&format!(":{PORT}/")).expect("our port").1);
    let ask = || Ask { method: "GET", path: path.clone(), headers: vec![host()], body: String::new() };
    let entered = visit.enter();
    let cookie = &entered.headers["set-cookie"];
    assert_eq!(entered.status, 200);
    assert!(cookie.starts_with("convenor-4711=") && cookie.ends_with("; HttpOnly; SameSite=Strict"), "{cookie}");
    assert!(cookie.contains(&format!("; Path=/{};", visit.prefix)), "{cookie}");
    let again = visit.ask(ask());
    assert_eq!((again.status, again.headers.get("set-cookie")), (403, None), "a second browser gets nothing");
    assert!(visit.desk.address().is_none());
}

#[test]
fn a_ticket_is_good_for_a_minute() {
    let mut visit = Visit::at(Run::on_the_example());
    visit.wait(61);
    let late = visit.enter();
    assert_eq!((late.status, late.headers.get("set-cookie")), (403, None));
}

#[test]
fn nothing_is_said_to_be_anywhere_but_below_the_secret_part() {
    let visit = Visit::to("marshgate");
    for path in ["/", "/who", "/c/x", "/favicon.ico", "//", "/%2e%2e/etc/passwd", "/00000000000000000000000000000000/"]
    {
        let answer = visit.ask(Ask {
            method: "GET",
            path: path.to_owned(),
            headers: headers(&visit, &[], &[]),
            body: String::new(),
        });
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("Marshgate"), "{path}");
    }
    for path in ["/../borough.yaml", "/c/..%2f..%2fetc/people", "/c/x/file/../../record.jsonl", "/asset/..%2fdesk.css"]
    {
        let answer = visit.get(&visit.whole(path));
        assert!([404, 400].contains(&answer.status), "{path}: {}", answer.status);
    }
}

#[test]
fn every_answer_keeps_caches_frames_and_strangers_away() {
    let mut visit = Visit::to("marshgate");
    let mut answers: Vec<(String, Answer)> = Vec::new();
    for route in ROUTES {
        let path = path(&mut visit, route);
        let answer = if route.is_read() { visit.get(&path) } else { visit.post(&path, &[]) };
        answers.push((route.path.to_owned(), answer));
    }
    let nowhere =
        visit.ask(Ask { method: "GET", path: "/".to_owned(), headers: headers(&visit, &[], &[]), body: String::new() });
    answers.push(("nowhere".to_owned(), nowhere));
    for (path, answer) in answers {
        let header = |name: &str| answer.headers.get(name).map(String::as_str).unwrap_or_default();
        let policy = header("content-security-policy");
        for rule in [
            "default-src 'none'",
            "script-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(header("cache-control"), "no-store", "{path}");
        assert_eq!((header("x-content-type-options"), header("referrer-policy")), ("nosniff", "same-origin"), "{path}");
        assert_eq!(header("access-control-allow-origin"), "", "{path}");
    }
}

#[test]
fn a_body_that_no_page_takes_is_refused_before_it_is_read() {
    let mut visit = Visit::to("marshgate");
    let (to, mut fields) = visit.open("/who").form("This is me");
    fields.push(("name".to_owned(), "x".repeat(2 * 1024 * 1024)));
    assert_eq!(visit.post(&to, &fields).status, 413);
    let many: Vec<(String, String)> = (0..5000).map(|n| (format!("f{n}"), String::new())).collect();
    assert_eq!(visit.post(&to, &many).status, 400);
    // Without a length, it is cut off where it is too long.
    let chunks = (0..64).map(|_| Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; 65_536])));
    let body = Body::from_stream(Chunks(chunks.collect::<Vec<_>>().into_iter()));
    let mut request = Request::builder().method("POST").uri(&to);
    for (name, value) in headers(&visit, &[], &[]) {
        request = request.header(name, value);
    }
    assert_eq!(visit.send(request.body(body).expect("it is a request")).status, 413);
}

#[test]
fn a_client_that_never_ends_its_form_is_not_waited_for() {
    let mut visit = Visit::to("marshgate");
    let (to, _) = visit.open("/who").form("This is me");
    let mut request = Request::builder().method("POST").uri(&to);
    for (name, value) in headers(&visit, &[], &[]) {
        request = request.header(name, value);
    }
    let request = request.body(Body::from_stream(Never)).expect("it is a request");
    assert_eq!(visit.send_to_the_hasty(request).status, 408);
}

/// A body in pieces.
struct Chunks<I>(I);

impl<I: Iterator + Unpin> futures_core::Stream for Chunks<I> {
    type Item = I::Item;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next())
    }
}

/// A body that never comes.
struct Never;

impl futures_core::Stream for Never {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Pending
    }
}

#[test]
fn before_anything_else_somebody_says_who_they_are() {
    let mut visit = Visit::at(Run::on_the_example());
    visit.enter();
    let before = bytes(&visit.run);
    for route in
        ROUTES.iter().filter(|route| !["/who", "/stop", "/enter/{ticket}", "/asset/{name}"].contains(&route.path))
    {
        let path = visit.whole(&route.path.replace("{c}", "x").replace("{n}", "1"));
        let answer = if route.is_read() {
            visit.get(&path)
        } else {
            let token = visit.open("/who").form("This is me").1;
            visit.post(&path, &token)
        };
        let to = answer.headers.get("location").cloned().unwrap_or_default();
        assert_eq!((answer.status, to), (303, visit.whole("/who")), "{}", route.path);
    }
    let page = visit.open("/").fill("First name and surname", "Tom").press("This is me");
    assert_eq!(page.status, 422);
    assert!(
        page.title().starts_with("Error: ") && page.says().contains("Enter your first name and surname"),
        "{}",
        page.says()
    );
    assert_eq!(page.value("First name and surname"), "Tom", "what was typed is kept");
    let page = page.fill("First name and surname", "Tom Hallam").press("This is me");
    assert!(page.html.root_element().text().collect::<String>().contains("Tom Hallam"));
    assert_eq!(bytes(&visit.run), before);
}

#[test]
fn the_desk_ends_when_it_is_told() {
    let mut visit = Visit::to("marshgate");
    let page = visit.open("/").follow("Close the desk").press("Close the desk");
    assert!(page.says().contains("The desk is closed"), "{}", page.says());
    assert!(visit.desk.ends());
}

#[test]
fn without_chance_there_are_no_keys_and_no_desk() {
    let secrets = Secrets::of(|_| false, || std::time::Duration::ZERO);
    let refused = Desk::new(std::path::PathBuf::from("."), PORT, secrets, convenor::OwnThemes::Refused);
    let report = refused.err().expect("there is no desk");
    assert_eq!(report.diagnostics[0].code.id, "cannot-serve");
    assert!(report.diagnostics[0].place.file.is_some() && report.diagnostics[0].hint.is_some());
}
