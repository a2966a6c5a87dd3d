//! Namespaces and kinds of parts, by the standards that define them (ECMA-376 parts 1 and 2; MS-DOCX for the boxes to tick).

/// Text and its properties.
pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// References by relation.
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Where a drawing stands in a text.
pub const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
/// Drawings.
pub const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
/// Pictures.
pub const PIC: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
/// What Word 2010 added: boxes to tick.
pub const W14: &str = "http://schemas.microsoft.com/office/word/2010/wordml";
/// What a reader may pass over.
pub const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
/// Kinds of parts.
pub const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
/// Relations between parts.
pub const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The namespaces that a part with text in it may name.
pub const OF_TEXT: [(&str, &str); 8] = [
    ("xmlns:w", W),
    ("xmlns:r", R),
    ("xmlns:wp", WP),
    ("xmlns:a", A),
    ("xmlns:pic", PIC),
    ("xmlns:w14", W14),
    ("xmlns:mc", MC),
    ("mc:Ignorable", "w14"),
];
