//! How the papers of a council look, from its data.
//!
//! In: the brand, the logo and the addresses of `borough.yaml`. Out: a [`Look`], with nothing left open.
//!
//! Deliberately absent: the theme, which decides where each of them stands.

use std::collections::BTreeMap;

use crate::fonts;
use crate::input::Loaded;
use crate::layers::{PICTURES, PictureOf, has_ending};
use crate::model::borough::{INK, tint_of};
use crate::render::brand::{LogoFile, Look, PictureFile, as_one_object};

/// The council's look, from its data.
pub(super) fn look(loaded: &Loaded) -> Look {
    let b = &loaded.borough;
    let colour = b.brand.colour.clone().unwrap_or_else(|| "#1f3a4d".to_owned());
    let logo = b.logo.as_ref().zip(loaded.logo.as_ref()).map(|(logo, data)| {
        let is_png = logo.file.to_lowercase().ends_with(".png");
        let (kind, data) = if is_png { ("png", data.clone()) } else { ("svg", as_one_object(data.clone())) };
        LogoFile { path: format!("/logo.{kind}"), alt: logo.alt.clone(), clear: logo.clear, data }
    });
    let whose = std::iter::once(b.department.clone()).chain(b.team.clone()).collect();
    let reach = [Some(b.phone.clone()), Some(b.email.clone()), b.website.as_ref().map(|w| bare(w))];
    Look {
        name: b.name.clone(),
        short_name: b.short_name.clone(),
        tint: b.brand.tint.clone().unwrap_or_else(|| tint_of(&colour)),
        accent: b.brand.accent.clone().unwrap_or_else(|| colour.clone()),
        colour,
        ink: b.brand.text.clone().unwrap_or_else(|| INK.to_owned()),
        large_print: b.brand.large_print.unwrap_or(16),
        font_files: loaded.fonts.clone(),
        fonts: fonts::FAMILIES.map(str::to_owned).to_vec(),
        logo,
        pictures: pictures(loaded),
        sender: vec![whose, b.address.clone(), reach.into_iter().flatten().collect()],
    }
}

/// The pictures of easy read, by the names that words give them.
fn pictures(loaded: &Loaded) -> BTreeMap<String, PictureFile> {
    let file = |(name, of): (&str, PictureOf<'_>)| {
        let data = if has_ending(name, "png") { of.data.to_vec() } else { as_one_object(of.data.to_vec()) };
        (name.to_owned(), PictureFile { path: format!("/{PICTURES}{name}"), data })
    };
    loaded.layers.pictures().into_iter().map(file).collect()
}

/// A web address as people write it.
fn bare(link: &str) -> String {
    link.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
}
