//! What the package of an XLSX says of its sheets, and what opening it would cost.
//!
//! In: an open package. Out: [`Outline`].

use quick_xml::events::Event;

use super::budget::{Over, PART_BYTES, SHEETS, STRINGS, STRINGS_BYTES, STRINGS_TAGS, STYLE_BYTES, STYLES, TEXT_BYTES};
use super::package::{MostTags, Package, attribute, is, says_yes};
use super::unfit::Unfit;

/// How many tags the table of texts may have.
const MOST_TAGS: MostTags =
    MostTags { all: (STRINGS_TAGS, Over::StringElements), of: &[("si", STRINGS as u64, Over::Strings)] };

/// What the package says of its sheets.
pub struct Outline {
    /// The folder of the workbook, with a slash at its end.
    folder: String,
    /// The part of every sheet, in order.
    pub sheets: Vec<String>,
    /// Whether the results of all formulas are to be worked out anew when the workbook is opened (ECMA-376 part 1
    /// §18.2.2, `fullCalcOnLoad`): what is stored is a placeholder.
    pub is_stale: bool,
}

impl Outline {
    /// Reads the parts that name the sheets.
    ///
    /// # Errors
    /// If they are damaged, or there are too many.
    pub fn of(package: &mut Package<'_>) -> Result<Self, Unfit> {
        let mut workbook = String::new();
        package.each("_rels/.rels", "a part", PART_BYTES, &mut |element| {
            let is_workbook = |kind: String| kind.ends_with("/relationships/officeDocument");
            if is(element, "Relationship") && attribute(element, "Type")?.is_some_and(is_workbook) {
                workbook = attribute(element, "Target")?.unwrap_or_default();
            }
            Ok(())
        })?;
        let workbook = workbook.trim_start_matches('/');
        let (folder, file) = workbook.rfind('/').map_or(("", workbook), |at| workbook.split_at(at + 1));
        let below = |target: String| match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("{folder}{target}"),
        };
        let mut parts: Vec<(String, String)> = Vec::new();
        package.each(&format!("{folder}_rels/{file}.rels"), "a part", PART_BYTES, &mut |element| {
            if is(element, "Relationship") {
                let target = attribute(element, "Target")?.unwrap_or_default();
                parts.push((attribute(element, "Id")?.unwrap_or_default(), below(target)));
            }
            Ok(())
        })?;
        let (mut sheets, mut is_stale) = (Vec::new(), false);
        package.each(workbook, "a part", PART_BYTES, &mut |element| {
            if is(element, "sheet") {
                let id = attribute(element, "id")?.unwrap_or_default();
                if sheets.len() == SHEETS {
                    return Err(Over::Sheets.into());
                }
                sheets
                    .push(parts.iter().find(|(part, _)| *part == id).map(|(_, part)| part.clone()).unwrap_or_default());
            }
            if is(element, "calcPr") {
                is_stale = says_yes(attribute(element, "fullCalcOnLoad")?.as_deref());
            }
            Ok(())
        })?;
        Ok(Self { folder: folder.to_owned(), sheets, is_stale })
    }

    /// Counts what the library takes into memory as soon as it opens the workbook. Returns the number of shared strings.
    ///
    /// # Errors
    /// If it is too much.
    pub fn ensure_affordable(&self, package: &mut Package<'_>) -> Result<usize, Unfit> {
        let strings = self.strings(package)?;
        let mut styles = 0;
        package.each(&format!("{}styles.xml", self.folder), "the formats", PART_BYTES, &mut |element| {
            let counted = ["xf", "font", "fill", "border", "numFmt"].iter().any(|name| is(element, name));
            styles += usize::from(counted);
            // The library copies the format and the font of a style for each that uses it.
            if styles > 2 * STYLES || element.attributes_raw().len() > STYLE_BYTES {
                Err(Over::Styles.into())
            } else {
                Ok(())
            }
        })?;
        package.each(&format!("{}theme/theme1.xml", self.folder), "the theme", PART_BYTES, &mut |_| Ok(()))?;
        Ok(strings)
    }

    /// Counts the shared strings.
    fn strings(&self, package: &mut Package<'_>) -> Result<usize, Unfit> {
        let part = format!("{}sharedStrings.xml", self.folder);
        package.ensure_few_tags(&[part.as_str()], &MOST_TAGS)?;
        let Some(mut part) = package.part(&part, "the table of texts", STRINGS_BYTES)? else { return Ok(0) };
        let (mut strings, mut text) = (0, 0);
        loop {
            match part.next()? {
                // The library makes room for as many as the table says that it has.
                Event::Start(element)
                    if is(&element, "sst")
                        && attribute(&element, "uniqueCount")?.is_some_and(|count| is_too_many(&count)) =>
                {
                    return Err(Over::Strings.into());
                }
                Event::Start(element) => strings += usize::from(is(&element, "si")),
                Event::Text(piece) => text += piece.len(),
                Event::Eof => return Ok(strings),
                _ => {}
            }
            if strings > STRINGS {
                return Err(Over::Strings.into());
            }
            if text > TEXT_BYTES {
                return Err(Over::Text.into());
            }
        }
    }
}

fn is_too_many(count: &str) -> bool {
    let digits = count.trim().bytes().all(|b| b.is_ascii_digit());
    digits && count.trim().parse::<usize>().map_or(true, |count| count > STRINGS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_says_it_has_too_many_texts_is_not_believed() {
        assert!(is_too_many("99999999999999999999999") && is_too_many("4000000"));
        assert!(!is_too_many("4000") && !is_too_many("many"));
    }
}
