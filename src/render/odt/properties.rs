//! What a package says of itself: its parts, title and author, settings (ODF 1.2 part 1, §4; part 3, §3).
//!
//! In: the metadata of a paper. Out: parts. Dates are the day of issue: nobody reads a clock.

use super::names::{MANIFEST, OF_TEXT, TEXT, VERSION};
use crate::doc::Meta;
use crate::render::xml::Xml;

/// Which parts there are, and of which kind each is.
pub fn manifest(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("manifest:manifest", &[("xmlns:manifest", MANIFEST), ("manifest:version", VERSION)]);
    xml.leaf(
        "manifest:file-entry",
        &[("manifest:full-path", "/"), ("manifest:version", VERSION), ("manifest:media-type", TEXT)],
    );
    for (name, kind) in parts {
        xml.leaf("manifest:file-entry", &[("manifest:full-path", name), ("manifest:media-type", kind)]);
    }
    xml.close();
    xml.finish()
}

/// Title, author, reference, language and the day of issue.
pub fn meta(meta: &Meta) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("office:document-meta", &[&OF_TEXT[..], &[("office:version", VERSION)]].concat());
    xml.open("office:meta", &[]);
    xml.text("meta:generator", &[], "convenor");
    xml.text("dc:title", &[], &meta.title);
    xml.text("meta:initial-creator", &[], &meta.author);
    xml.text("dc:creator", &[], &meta.author);
    let day = format!("{}T00:00:00", meta.issued.format("%Y-%m-%d"));
    xml.text("meta:creation-date", &[], &day);
    xml.text("dc:date", &[], &day);
    xml.text("dc:language", &[], &meta.language.with_country());
    if !meta.reference.is_empty() {
        xml.text("meta:user-defined", &[("meta:name", "Reference")], &meta.reference);
    }
    xml.close();
    xml.close();
    xml.finish()
}

/// Settings of `LibreOffice`: whoever saves the paper again takes its fonts along, and the space between a table and what
/// follows it is that of both.
pub fn settings() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("office:document-settings", &[&OF_TEXT[..], &[("office:version", VERSION)]].concat());
    xml.open("office:settings", &[]);
    xml.open("config:config-item-set", &[("config:name", "ooo:configuration-settings")]);
    for name in [
        "EmbedFonts",
        "EmbedOnlyUsedFonts",
        "EmbedLatinScriptFonts",
        "EmbedAsianScriptFonts",
        "EmbedComplexScriptFonts",
        "AddParaTableSpacing",
        "AddParaTableSpacingAtStart",
        "TabsRelativeToIndent",
    ] {
        xml.text("config:config-item", &[("config:name", name), ("config:type", "boolean")], "true");
    }
    xml.close();
    xml.close();
    xml.close();
    xml.finish()
}
