//! The style sheet, the script and the letters of the desk, each named by its content.
//!
//! In: a name. Out: its kind and its bytes, which a browser may keep, since another content has another name.
//!
//! Deliberately absent: anything from elsewhere, and anything of a conference.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::reply::Reply;
use crate::fonts;

const STYLE: &str = include_str!("assets/desk.css");
const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\"><path fill=\"#0b5d4e\" d=\"M2 4h20v12H2zM6 18h12v3H6z\"/></svg>";
const SCRIPT: &str = include_str!("assets/desk.js");

/// The name of the style sheet.
pub fn style() -> &'static str {
    static NAME: LazyLock<String> = LazyLock::new(|| format!("{}.css", digest(sheet().as_bytes())));
    &NAME
}

/// The name of the script.
pub fn script() -> &'static str {
    static NAME: LazyLock<String> = LazyLock::new(|| format!("{}.js", digest(SCRIPT.as_bytes())));
    &NAME
}

/// The name of the icon.
pub fn icon() -> &'static str {
    static NAME: LazyLock<String> = LazyLock::new(|| format!("{}.svg", digest(ICON.as_bytes())));
    &NAME
}

fn digest(data: &[u8]) -> String {
    blake3::hash(data).to_hex()[..16].to_owned()
}

/// The style sheet, with the names of the letters in it.
fn sheet() -> &'static str {
    static SHEET: LazyLock<String> = LazyLock::new(|| {
        let named = |is_bold| format!("{}.ttf", digest(font(is_bold)));
        STYLE.replace("regular.ttf", &named(false)).replace("bold.ttf", &named(true))
    });
    &SHEET
}

/// The letters of the papers, regular and bold.
fn font(is_bold: bool) -> &'static [u8] {
    fonts::of_family("Convenor Sans").find(|(bold, _)| *bold == is_bold).map_or(&[], |(_, data)| data)
}

/// What has this name. `None` if nothing has.
pub fn asset(name: &str) -> Option<Reply> {
    if name == style() {
        return Some(Reply::Asset("text/css; charset=utf-8", Cow::Borrowed(sheet().as_bytes())));
    }
    if name == script() {
        return Some(Reply::Asset("text/javascript; charset=utf-8", Cow::Borrowed(SCRIPT.as_bytes())));
    }
    if name == icon() {
        return Some(Reply::Asset("image/svg+xml", Cow::Borrowed(ICON.as_bytes())));
    }
    let found = [false, true].into_iter().map(font).find(|data| name == format!("{}.ttf", digest(data)));
    found.map(|data| Reply::Asset("font/ttf", Cow::Borrowed(data)))
}
