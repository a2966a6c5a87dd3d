//! Starting the desk: a free port of 127.0.0.1, the browser, and connections until it ends.
//!
//! In: [`Options`] and [`Secrets`]. Out: nothing but an error of the machine.
//!
//! The browser is opened on a private file that leads to the address: what a program is started with stands in the list of
//! processes, which everybody on the machine can read.
//!
//! Deliberately absent: pages.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::held::Desk;
use super::router::router;
use super::secrets::Secrets;
use crate::deliver::{self, PrivatePage};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::layers::{Apart, OwnThemes};

/// What a desk is started for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder with the conferences.
    pub folder: PathBuf,
    /// What becomes of its address.
    pub browser: Browser,
    /// The policy for theme code of the council's own.
    pub own_themes: OwnThemes,
}

/// What becomes of the address of a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// The browser opens it.
    Opened,
    /// It is printed, for somebody who opens it.
    Printed,
}

/// Nobody has looked for so long: the desk ends.
const IDLE: Duration = Duration::from_hours(3);
/// A client may take so long over the head of a request.
const HEAD: Duration = Duration::from_secs(10);
/// The most connections at a time. A browser opens six.
const CONNECTIONS: usize = 64;
/// How often it looks whether it is to end.
const LOOK: Duration = Duration::from_millis(250);

/// Opens the desk of a folder, or prints its address if `is_printed`, and serves it to its end. Returns the exit code.
pub fn open(folder: PathBuf, is_printed: bool, program: Option<PathBuf>) -> u8 {
    let own_themes = program.map_or(OwnThemes::Refused, |program| OwnThemes::Apart(Apart::new(program)));
    let browser = if is_printed { Browser::Printed } else { Browser::Opened };
    let options = Options { folder, browser, own_themes };
    let said = |report: &Report, code| {
        // If this cannot be written, nobody reads it.
        let _ = write!(std::io::stderr(), "{}", report.draw(false));
        code
    };
    if let Err(report) = ensure_there(&options.folder) {
        return said(&report, 1);
    }
    match run(options, Secrets::of_this_machine(), &mut std::io::stdout()) {
        Ok(()) => 0,
        Err(report) => said(&report, 3),
    }
}

/// Checks that there is something to open: a desk of nothing would wait for hours.
fn ensure_there(folder: &Path) -> Result<(), Report> {
    if folder.exists() {
        return Ok(());
    }
    let error = Diagnostic::error(codes::NO_CONFERENCE, "there is no folder of this name");
    let error = error.place(Place::file(folder.display().to_string()));
    Err(error.hint("check the name; the desk opens a folder with conferences, or an empty one to start in").into())
}

/// Serves a desk until it is told to end, or nobody has asked for anything for three hours.
///
/// # Errors
/// If the machine gives no port or no chance, or the browser cannot be opened.
pub fn run(options: Options, secrets: Secrets, out: &mut dyn Write) -> Result<(), Report> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_io().enable_time().max_blocking_threads(16).build();
    let runtime = runtime.map_err(|error| cannot_serve(&error))?;
    let served = runtime.block_on(serve(options, secrets, out));
    // What still runs is a page that nobody waits for.
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

async fn serve(options: Options, secrets: Secrets, out: &mut dyn Write) -> Result<(), Report> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(|error| cannot_serve(&error))?;
    let port = listener.local_addr().map_err(|error| cannot_serve(&error))?.port();
    let desk = Arc::new(Desk::new(options.folder, port, secrets, options.own_themes)?);
    let mut page = opened(&desk, options.browser, out)?;
    let (app, places) = (router(Arc::clone(&desk)), Arc::new(Semaphore::new(CONNECTIONS)));
    while !desk.ends() && desk.idle() < IDLE {
        if desk.address().is_none() {
            page = None;
        }
        tokio::select! {
            came = listener.accept() => {
                let (Ok((stream, _)), Ok(place)) = (came, Arc::clone(&places).try_acquire_owned()) else { continue };
                let app = app.clone();
                tokio::spawn(async move {
                    answer(stream, app).await;
                    drop(place);
                });
            }
            () = tokio::time::sleep(LOOK) => {}
        }
    }
    drop(page);
    // The last page is still on its way.
    tokio::time::sleep(LOOK).await;
    Ok(())
}

async fn answer(stream: TcpStream, app: axum::Router) {
    let service = TowerToHyperService::new(app);
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // A browser that went away needs no answer.
    let _ = connection.await;
}

/// Opens the browser, or prints the address.
fn opened(desk: &Desk, browser: Browser, out: &mut dyn Write) -> Result<Option<PrivatePage>, Report> {
    let address = desk.address().unwrap_or_default();
    let cannot_say = |error: std::io::Error| cannot_serve(&error);
    if browser == Browser::Printed {
        writeln!(out, "{address}").and_then(|()| out.flush()).map_err(cannot_say)?;
        return Ok(None);
    }
    let page = deliver::private_page(&super::pages::leading_to(&address))?;
    if ::open::that_detached(page.path()).is_err() {
        let error = Diagnostic::error(codes::CANNOT_SERVE, "the browser could not be opened");
        let error = error.place(Place::file("127.0.0.1"));
        return Err(error.hint("start the desk with `--no-open`, and open the address that it prints").into());
    }
    let says = "The desk is open in your browser. It ends when you close it there, or here with Ctrl+C.";
    writeln!(out, "{says}").and_then(|()| out.flush()).map_err(cannot_say)?;
    Ok(Some(page))
}

fn cannot_serve(error: &std::io::Error) -> Report {
    let error = Diagnostic::error(codes::CANNOT_SERVE, format!("the desk cannot be served: {error}"));
    error.place(Place::file("127.0.0.1")).hint("close other programs, and start it again").into()
}
