//! A visit to the desk: requests through the whole house, and pages as a browser reads them. No socket.
//!
//! An input is found by its label and a button by its name, and what a browser would send is sent: so a test that goes well
//! has shown that names, tokens, methods and targets are right.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use convenor::OwnThemes;
use convenor::desk::{Desk, Secrets, router};
use scraper::{ElementRef, Html, Selector};
use tower::ServiceExt;

use crate::run::Run;

/// The port that the desk believes it has.
pub const PORT: u16 = 4711;

/// 16 December 2026, at noon: the conferences of the fixtures are over.
const NOW: u64 = 1_797_422_400;

/// A desk on a folder, and the browser in front of it.
pub struct Visit {
    pub run: Run,
    pub desk: Arc<Desk>,
    clock: Arc<AtomicU64>,
    cookie: Option<String>,
    /// The first part of every path.
    pub prefix: String,
    runtime: tokio::runtime::Runtime,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A request that is put together by hand.
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl Visit {
    /// A desk on the folder of a fictional council, with Tom Hallam sitting at it.
    pub fn to(council: &str) -> Self {
        Self::at(if council == "marshgate" { Run::on_the_example() } else { Run::on_the_council(council) })
            .seated("Tom Hallam")
    }

    /// A desk on a folder, with nobody at it yet.
    pub fn at(run: Run) -> Self {
        let clock = Arc::new(AtomicU64::new(NOW));
        let (told, made) = (Arc::clone(&clock), AtomicU64::new(0));
        let chance = move |bytes: &mut [u8]| {
            bytes.fill(u8::try_from(made.fetch_add(1, Ordering::Relaxed) + 17).expect("few are made"));
            true
        };
        let secrets = Secrets::of(chance, move || Duration::from_secs(told.load(Ordering::Relaxed)));
        let desk = Desk::new(run.path(""), PORT, secrets, OwnThemes::Refused).expect("chance is given");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a thread is there");
        let address = desk.address().expect("it was not opened");
        let prefix = address.split('/').nth(3).expect("it has a path").to_owned();
        Self { run, desk: Arc::new(desk), clock, cookie: None, prefix, runtime }
    }

    /// The same, once the browser was opened and somebody said who they are.
    pub fn seated(mut self, name: &str) -> Self {
        let entered = self.enter();
        assert_eq!(entered.status, 200, "{}", entered.text());
        self.open("/who").fill("First name and surname", name).press("This is me");
        self
    }

    /// Opens the address with the ticket, as the browser does from the private page.
    pub fn enter(&mut self) -> Answer {
        let address = self.desk.address().expect("it was not opened");
        let path = address.split_once(&format!(":{PORT}")).expect("it has our port").1.to_owned();
        let ask = Ask {
            method: "GET",
            path,
            headers: vec![host(), ("sec-fetch-site", "cross-site".to_owned())],
            body: String::new(),
        };
        let answer = self.ask(ask);
        if let Some(cookie) = answer.headers.get("set-cookie") {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        answer
    }

    /// Lets time pass.
    pub fn wait(&self, seconds: u64) {
        self.clock.fetch_add(seconds, Ordering::Relaxed);
    }

    /// The cookie, as a browser sends it.
    pub fn cookie(&self) -> (&'static str, String) {
        ("cookie", self.cookie.clone().unwrap_or_default())
    }

    /// Any request at all.
    pub fn ask(&self, ask: Ask) -> Answer {
        let mut request = Request::builder().method(ask.method).uri(&ask.path);
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        self.send(request.body(Body::from(ask.body)).expect("it is a request"))
    }

    /// A request with any body.
    pub fn send(&self, request: Request<Body>) -> Answer {
        self.send_to(Arc::clone(&self.desk), request)
    }

    fn send_to(&self, desk: Arc<Desk>, request: Request<Body>) -> Answer {
        let house = router(desk);
        self.runtime.block_on(async move {
            let response: Response<Body> = house.oneshot(request).await.expect("it always answers");
            let status = response.status().as_u16();
            let headers = response.headers().iter();
            let headers =
                headers.map(|(name, value)| (name.to_string(), value.to_str().expect("plain").to_owned())).collect();
            let body = to_bytes(response.into_body(), usize::MAX).await.expect("it is whole").to_vec();
            Answer { status, headers, body }
        })
    }

    /// What a browser sends for a link.
    pub fn get(&self, path: &str) -> Answer {
        let headers = vec![host(), self.cookie(), ("sec-fetch-site", "same-origin".to_owned())];
        self.ask(Ask { method: "GET", path: self.whole(path), headers, body: String::new() })
    }

    /// What a browser sends for a form.
    pub fn post(&self, path: &str, fields: &[(String, String)]) -> Answer {
        let headers = vec![
            host(),
            self.cookie(),
            ("origin", format!("http://127.0.0.1:{PORT}")),
            ("sec-fetch-site", "same-origin".to_owned()),
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
        ];
        self.ask(Ask { method: "POST", path: self.whole(path), headers, body: encoded(fields) })
    }

    /// What a browser sends for a form with files.
    pub fn post_parts(&self, path: &str, fields: &[(String, String)], files: &[(String, String, Vec<u8>)]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--{BETWEEN}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.replace('\n', "\r\n").as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        for (name, file, data) in files {
            let head = format!(
                "--{BETWEEN}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(data);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BETWEEN}--\r\n").as_bytes());
        let mut request = Request::builder().method("POST").uri(self.whole(path));
        for (name, value) in [
            host(),
            self.cookie(),
            ("origin", format!("http://127.0.0.1:{PORT}")),
            ("sec-fetch-site", "same-origin".to_owned()),
            ("content-type", format!("multipart/form-data; boundary={BETWEEN}")),
        ] {
            request = request.header(name, value);
        }
        self.send(request.body(Body::from(body)).expect("it is a request"))
    }

    /// A path below the secret part.
    pub fn whole(&self, path: &str) -> String {
        let below = path.strip_prefix(&format!("/{}", self.prefix)).unwrap_or(path);
        format!("/{}{below}", self.prefix)
    }

    /// Opens a page, and follows where it leads.
    pub fn open(&mut self, path: &str) -> Page<'_> {
        let mut path = self.whole(path);
        for _ in 0..5 {
            let answer = self.get(&path);
            match answer.headers.get("location") {
                Some(to) => path = to.clone(),
                None => return Page::of(self, path, answer),
            }
        }
        panic!("{path} leads in a circle");
    }

    /// The path of a page of the only conference.
    pub fn of(&mut self, page: &str) -> String {
        let home = self.open("/");
        let link = home.links().into_iter().find(|link| link.contains("/c/")).expect("there is a conference");
        let conference =
            link.split("/c/").nth(1).expect("it is one").split('/').next().expect("it has a key").to_owned();
        format!("/c/{conference}{page}")
    }

    /// Opens a page of the only conference.
    pub fn conference(&mut self, page: &str) -> Page<'_> {
        let path = self.of(page);
        self.open(&path)
    }

    /// Waits until what is being made is made, and opens what came of it.
    #[expect(clippy::disallowed_methods, reason = "it waits for another thread")]
    pub fn made(&mut self) -> Page<'_> {
        let path = self.of("/run");
        for _ in 0..1200 {
            if !self.open(&path).goes_on() {
                return self.open(&path);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("it goes on for ever");
    }
}

/// The header that says for whom a request is.
pub fn host() -> (&'static str, String) {
    ("host", format!("127.0.0.1:{PORT}"))
}

/// Fields as a browser sends them.
pub fn encoded(fields: &[(String, String)]) -> String {
    let mut body = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields {
        body.append_pair(name, &value.replace('\n', "\r\n"));
    }
    body.finish()
}

/// A page as a browser reads it, with what was typed into it since.
pub struct Page<'v> {
    visit: &'v mut Visit,
    pub path: String,
    pub status: u16,
    pub html: Html,
    typed: BTreeMap<String, Vec<String>>,
    /// Files that were chosen: the field, the file's name, its bytes.
    chosen: Vec<(String, String, Vec<u8>)>,
}

/// What stands between the parts of a form with files.
const BETWEEN: &str = "----visit-7d93b1c0";

fn all(css: &str) -> Selector {
    Selector::parse(css).expect("it is a selector")
}

/// The words of an element, as one line.
pub fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every address on a page.
pub fn links(page: &Html) -> Vec<String> {
    let of = |css: &str, name: &str| -> Vec<String> {
        page.select(&all(css)).filter_map(|one| one.value().attr(name).map(str::to_owned)).collect()
    };
    [of("[href]", "href"), of("[src]", "src"), of("form", "action")].concat()
}

impl<'v> Page<'v> {
    fn of(visit: &'v mut Visit, path: String, answer: Answer) -> Self {
        let html = Html::parse_document(&answer.text());
        assert!(html.errors.is_empty(), "{path}: {:?}\n{}", html.errors, answer.text());
        Self { visit, path, status: answer.status, html, typed: BTreeMap::new(), chosen: Vec::new() }
    }

    /// The words of its main part.
    pub fn says(&self) -> String {
        self.html.select(&all("main")).next().map(words).unwrap_or_default()
    }

    pub fn title(&self) -> String {
        self.html.select(&all("title")).next().map(words).unwrap_or_default()
    }

    /// Every address on it.
    pub fn links(&self) -> Vec<String> {
        links(&self.html)
    }

    /// Whether it shows something that goes on.
    pub fn goes_on(&self) -> bool {
        self.html.select(&all("body[data-goes-on]")).next().is_some()
    }

    /// Follows a link by its words.
    pub fn follow(self, name: &str) -> Page<'v> {
        let link = self.html.select(&all("a[href]")).find(|one| words(*one).starts_with(name));
        let to = link.unwrap_or_else(|| panic!("no link `{name}` on {}: {}", self.path, self.says()));
        let to = to.value().attr("href").expect("it has an address").to_owned();
        let visit = self.visit;
        visit.open(&to)
    }

    /// The input that a label is for.
    fn input(&self, label: &str) -> ElementRef<'_> {
        let every = all("label");
        let labels = self.html.select(&every);
        let found = labels.into_iter().find(|one| words(*one) == label);
        let found = found.unwrap_or_else(|| panic!("no label `{label}` on {}: {}", self.path, self.says()));
        let inside = found.select(&all("input, textarea, select")).next();
        inside.unwrap_or_else(|| {
            let id = found.value().attr("for").expect("a label is for an input");
            self.html.select(&all(&format!("[id='{id}']"))).next().unwrap_or_else(|| panic!("nothing has the id {id}"))
        })
    }

    /// Types into an input, found by its label.
    pub fn fill(mut self, label: &str, value: &str) -> Self {
        let name = self.input(label).value().attr("name").expect("an input has a name").to_owned();
        self.typed.insert(name, vec![value.to_owned()]);
        self
    }

    /// What stands in an input, found by its label.
    pub fn value(&self, label: &str) -> String {
        let input = self.input(label);
        if input.value().name() == "textarea" {
            input.text().collect()
        } else {
            input.value().attr("value").unwrap_or_default().to_owned()
        }
    }

    /// Chooses from a list, found by its label.
    pub fn choose(mut self, label: &str, words_of_it: &str) -> Self {
        let list = self.input(label);
        let name = list.value().attr("name").expect("an input has a name").to_owned();
        let every = all("option");
        let options = list.select(&every);
        let found = options.into_iter().find(|one| words(*one) == words_of_it);
        let value = found
            .unwrap_or_else(|| panic!("no `{words_of_it}` in {label}"))
            .value()
            .attr("value")
            .expect("a value")
            .to_owned();
        self.typed.insert(name, vec![value]);
        self
    }

    /// Takes a choice or ticks a box, found by its label.
    pub fn tick(mut self, label: &str) -> Self {
        let input = self.input(label).value();
        let (name, value) = (input.attr("name").expect("it has a name"), input.attr("value").expect("it has a value"));
        let is_one_of_many = input.attr("type") == Some("radio");
        let (name, value) = (name.to_owned(), value.to_owned());
        let before = self.checked(&name);
        let values = self.typed.entry(name).or_insert(before);
        if is_one_of_many {
            values.clear();
        }
        values.push(value);
        self
    }

    /// Chooses a file, found by the label of its input.
    pub fn attach(mut self, label: &str, file: &str, data: &[u8]) -> Self {
        let name = self.input(label).value().attr("name").expect("an input has a name").to_owned();
        self.chosen.push((name, file.to_owned(), data.to_vec()));
        self
    }

    /// Takes a choice by its name and value, where two forms of a page have the same label.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.typed.insert(name.to_owned(), vec![value.to_owned()]);
        self
    }

    /// Ticks every box of a name.
    pub fn tick_all(mut self, name: &str) -> Self {
        let boxes = all(&format!("input[type=checkbox][name='{name}']"));
        let values = self.html.select(&boxes).filter_map(|one| one.value().attr("value").map(str::to_owned));
        let values: Vec<String> = values.collect();
        self.typed.insert(name.to_owned(), values);
        self
    }

    fn checked(&self, name: &str) -> Vec<String> {
        let every = all("input[checked]");
        let inputs = self.html.select(&every);
        let ours = inputs.filter(|one| one.value().attr("name") == Some(name));
        ours.filter_map(|one| one.value().attr("value").map(str::to_owned)).collect()
    }

    /// What a browser would send for the form of a button, and where to.
    pub fn form(&self, button: &str) -> (String, Vec<(String, String)>) {
        let found = self.html.select(&all("button")).find(|one| words(*one).starts_with(button));
        let found = found.unwrap_or_else(|| panic!("no button `{button}` on {}: {}", self.path, self.says()));
        let form = found.ancestors().filter_map(ElementRef::wrap).find(|one| one.value().name() == "form");
        let form = form.expect("a button is in a form");
        assert_eq!(form.value().attr("method"), Some("post"));
        let mut fields = Vec::new();
        let mut done = Vec::new();
        for input in form.select(&all("input, textarea, select")) {
            let (element, Some(name)) = (input.value(), input.value().attr("name")) else { continue };
            if done.contains(&name) {
                continue;
            }
            if let Some(values) = self.typed.get(name) {
                fields.extend(values.iter().map(|value| (name.to_owned(), value.clone())));
                done.push(name);
                continue;
            }
            if element.attr("type") == Some("file") {
                continue;
            }
            let is_box = matches!(element.attr("type"), Some("checkbox" | "radio"));
            if is_box && element.attr("checked").is_none() {
                continue;
            }
            let value = match element.name() {
                "textarea" => input.text().collect::<String>(),
                "select" => {
                    let chosen =
                        input.select(&all("option[selected]")).next().or_else(|| input.select(&all("option")).next());
                    chosen.and_then(|one| one.value().attr("value")).unwrap_or_default().to_owned()
                }
                _ => element.attr("value").unwrap_or_default().to_owned(),
            };
            fields.push((name.to_owned(), value));
        }
        if let Some(name) = found.value().attr("name") {
            fields.push((name.to_owned(), found.value().attr("value").unwrap_or_default().to_owned()));
        }
        (form.value().attr("action").expect("a form leads somewhere").to_owned(), fields)
    }

    /// Presses a button, found by its words, and goes where that leads.
    pub fn press(self, button: &str) -> Page<'v> {
        let (to, fields) = self.form(button);
        let with_files = all("form[enctype='multipart/form-data']");
        let has_parts = self.html.select(&with_files).any(|form| form.value().attr("action") == Some(to.as_str()));
        let (visit, mut files) = (self.visit, self.chosen);
        let answer = if has_parts {
            if files.is_empty() {
                // A browser sends an input without a file as a part without a name.
                files.push(("file".to_owned(), String::new(), Vec::new()));
            }
            visit.post_parts(&to, &fields, &files)
        } else {
            visit.post(&to, &fields)
        };
        match answer.headers.get("location").cloned() {
            Some(next) => visit.open(&next),
            None => Page::of(visit, to, answer),
        }
    }
}

impl Visit {
    /// A request to a desk that waits for nobody.
    pub fn send_to_the_hasty(&self, request: Request<Body>) -> Answer {
        let (path, clock) = (self.run.path(""), Arc::clone(&self.clock));
        let made = AtomicU64::new(0);
        let chance = move |bytes: &mut [u8]| {
            bytes.fill(u8::try_from(made.fetch_add(1, Ordering::Relaxed) + 17).expect("few are made"));
            true
        };
        let secrets = Secrets::of(chance, move || Duration::from_secs(clock.load(Ordering::Relaxed)));
        let desk = Desk::new(path, PORT, secrets, OwnThemes::Refused).expect("chance is given");
        self.send_to(Arc::new(desk.with_patience(Duration::from_millis(100))), request)
    }
}
