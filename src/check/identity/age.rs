//! An age in the name of a person: `Smith aged 14`, `Kai (15)`.
//!
//! In any other text a first name with an age looks like `Friday (14)`. A name has no number in it but that of a king.

use std::sync::LazyLock;

use regex::Regex;

static AGES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\baged? ?:? ?(?:[4-9]|1[0-9])\b|[(\[] ?(?:[4-9]|1[0-9]) ?[)\]]|\b(?:[4-9]|1[0-9]) ?-?(?:years?|yrs?|y/?o|months?)\b|, ?(?:[4-9]|1[0-9])$|\bborn (?:in |on )?(?:[0-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
        .expect("the pattern is well-formed")
});

/// Whether a name, folded, has an age with it, or says when somebody was born.
pub fn is_in(name: &str) -> bool {
    (name.bytes().any(|b| b.is_ascii_digit()) || name.contains("orn")) && AGES.is_match(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_in_a_name_is_found() {
        for name in [
            "Ann Smith aged 14",
            "Kai (15)",
            "Kai [15]",
            "Kai Mensah, 14",
            "Kai 14 yrs",
            "Kai 14yo",
            "Kai, 9 years",
            "Kai born May 2011",
            "Age 14 Kai",
        ] {
            assert!(is_in(name), "{name}");
        }
        for name in [
            "Ann Smith",
            "Max Born",
            "Born Smith",
            "Bjorn",
            "Osborne May",
            "Ann 2nd",
            "J 3 Smith",
            "Elizabeth 2",
            "alert(1)",
            "Ann (2)",
        ] {
            assert!(!is_in(name), "{name}");
        }
    }
}
