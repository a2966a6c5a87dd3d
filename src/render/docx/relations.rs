//! The relations of a part: each id is made with what it leads to (ECMA-376 part 2, §9.3).
//!
//! In: targets, as they are met. Out: ids, and the part that lists them.

use super::names::{R, RELATIONS};
use crate::render::xml::Xml;

/// What a relation leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The paper itself, from the package.
    Document,
    /// Title, author and dates, from the package.
    Properties,
    /// The program, from the package.
    Program,
    /// Styles.
    Styles,
    /// Numberings.
    Numbering,
    /// Settings.
    Settings,
    /// The table of fonts.
    Fonts,
    /// A font file.
    Font,
    /// A running head.
    Head,
    /// A running foot.
    Foot,
    /// A picture.
    Picture,
    /// A page, a mailbox or a telephone number: not in the package.
    Link,
}

impl Kind {
    fn address(self) -> String {
        let kind = match self {
            Kind::Properties => {
                return "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
                    .to_owned();
            }
            Kind::Document => "officeDocument",
            Kind::Program => "extended-properties",
            Kind::Styles => "styles",
            Kind::Numbering => "numbering",
            Kind::Settings => "settings",
            Kind::Fonts => "fontTable",
            Kind::Font => "font",
            Kind::Head => "header",
            Kind::Foot => "footer",
            Kind::Picture => "image",
            Kind::Link => "hyperlink",
        };
        format!("{R}/{kind}")
    }
}

/// The id of a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationId(String);

impl RelationId {
    /// The id as an attribute has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The relations of one part.
#[derive(Debug, Default)]
pub struct Relations(Vec<(Kind, String)>);

impl Relations {
    /// The relation to a target, which is new unless there is one already.
    pub fn to(&mut self, kind: Kind, target: &str) -> RelationId {
        let known = self.0.iter().position(|(its, there)| *its == kind && there == target);
        let at = known.unwrap_or_else(|| {
            self.0.push((kind, target.to_owned()));
            self.0.len() - 1
        });
        RelationId(format!("rId{}", at + 1))
    }

    /// The part that lists them. `None` if there are none.
    pub fn write(&self) -> Option<Vec<u8>> {
        if self.0.is_empty() {
            return None;
        }
        let mut xml = Xml::part();
        xml.open("Relationships", &[("xmlns", RELATIONS)]);
        for (i, (kind, target)) in self.0.iter().enumerate() {
            let (id, address) = (format!("rId{}", i + 1), kind.address());
            let mut attributes = vec![("Id", id.as_str()), ("Type", address.as_str()), ("Target", target.as_str())];
            if *kind == Kind::Link {
                attributes.push(("TargetMode", "External"));
            }
            xml.leaf("Relationship", &attributes);
        }
        xml.close();
        Some(xml.finish())
    }
}
