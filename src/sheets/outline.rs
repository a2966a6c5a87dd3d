//! What the package of an XLSX says of its sheets, and what opening it would cost.
//!
//! In: an open package. Out: [`Outline`].

use super::budget::{Over, PART_BYTES, SHEETS, STRINGS, STRINGS_BYTES, STYLE_BYTES, STYLES};
use super::package::{Package, attribute, is, says_yes};
use super::unfit::Unfit;

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
        let mut strings = 0;
        let part = format!("{}sharedStrings.xml", self.folder);
        package.each(&part, "the table of texts", STRINGS_BYTES, &mut |element| {
            // The library makes room for as many as the table says that it has.
            if is(element, "sst") && attribute(element, "uniqueCount")?.is_some_and(|count| is_too_many(&count)) {
                return Err(Over::Strings.into());
            }
            strings += usize::from(is(element, "si"));
            if strings > STRINGS { Err(Over::Strings.into()) } else { Ok(()) }
        })?;
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
