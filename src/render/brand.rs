//! How a council looks: what the theme reads as `/brand.json`.

use serde::Serialize;

/// Colours, logo and letterhead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brand {
    /// The council's full name.
    pub name: String,
    /// The name it goes by.
    pub short_name: String,
    /// The brand colour as `#rrggbb`.
    pub colour: String,
    /// A light tint of it as `#rrggbb`.
    pub tint: String,
    /// A second colour as `#rrggbb`, for what is drawn.
    pub accent: String,
    /// The colour of text as `#rrggbb`.
    pub ink: String,
    /// How large the text of large print is, in points.
    pub large_print: u32,
    /// Font families, the default first and then fallbacks by script.
    pub fonts: Vec<String>,
    /// The logo, if the council has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
    /// The council's own font files. They stand before `fonts`.
    #[serde(skip)]
    pub font_files: Vec<Vec<u8>>,
    /// The lines of the letterhead in groups, the first group bold.
    pub sender: Vec<Vec<String>>,
}

/// The logo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Logo {
    /// Where the theme finds it: `/logo.svg` or `/logo.png`.
    pub path: String,
    /// What a screen reader says for it.
    pub alt: String,
    /// How many millimetres around it stay clear.
    pub clear: u32,
    /// The file.
    #[serde(skip)]
    pub data: Vec<u8>,
}
