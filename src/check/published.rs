//! What GOV.UK Notify decides of addresses, postcodes and emails in the cases that it publishes, beside what is decided
//! here. (Facts: alphagov/notifications-utils, `tests/recipient_validation`, August 2026. Lines are parted by `|`.)
//!
//! Each difference has its reason. A case that starts or stops to differ fails.

use super::post::{address, is_email, is_nowhere, starts_with_symbol};
use crate::input::list::text;
use crate::model::postal::{PostalAddress, line, postcode};

/// Why a case is decided otherwise here.
const ABROAD: &str = "letters go to the UK, Jersey, Guernsey and the Isle of Man only";

fn lines(typed: &str) -> Vec<String> {
    PostalAddress::of(typed.split('|').map(|l| line(&text(l)))).lines
}

fn has_letters(lines: &[String]) -> bool {
    lines.len() >= 2 && lines[..2].iter().all(|line| line.chars().any(char::is_alphanumeric))
}

/// Compares the answers to one question. Returns the number of cases, and those that differ.
fn compare<'c, T: PartialEq>(
    cases: &'c [(&'c str, T)],
    decide: impl Fn(&'c str) -> T,
    differing: &mut Vec<&'c str>,
) -> usize {
    differing.extend(cases.iter().filter(|(typed, theirs)| decide(typed) != *theirs).map(|(typed, _)| *typed));
    cases.len()
}

const ENOUGH: &[(&str, bool)] = &[
    ("", false),
    ("123 Example Street|City of Town|SW1A 1AA", true),
    ("123 Example Street|City of Town|United Kingdom", false),
    ("123 Example Street|City of Town|Scotland|United Kingdom", false),
    ("123 Example Street|||City of Town", false),
    ("1|2|3|4|5|6|7|8", true),
];

const TOO_MANY: &[(&str, bool)] = &[
    ("", false),
    ("Line 1|Line 2|Line 3|Line 4|Line 5|Line 6|Line 7", false),
    ("Line 1||Line 2||Line 3||Line 4||Line 5||Line 6||Line 7", false),
    ("Line 1|Line 2|Line 3|Line 4|Line 5|Line 6|Line 7|Scotland", false),
    ("Line 1|Line 2|Line 3|Line 4|Line 5|Line 6|Line 7|Scotland|United Kingdom", false),
    ("Line 1|Line 2|Line 3|Line 4|Line 5|Line 6|Line 7|Line 8", true),
];

const POSTCODE_OF: &[(&str, Option<&str>)] = &[
    ("", None),
    ("123 Example Street|City of Town|SW1A 1AA", Some("SW1A 1AA")),
    ("123 Example Street|City of Town|EH1 1TG|Scotland|United Kingdom", Some("EH1 1TG")),
    ("123 Example Street|City of Town|S W1 A 1 AA", Some("SW1A 1AA")),
    ("123 Example Straße|Deutschland", None),
    ("123 Example Straße|SW1A 1AA|Deutschland", None),
];

const SYMBOLS: &[(&str, bool)] = &[
    ("", false),
    ("1[23 Example Street)|C@ity of Town|SW1A 1AA", false),
    ("[123 Example Street|(ity of Town|]S W1 A 1 AA", true),
    ("123 Example Straße|SW1A 1AA|\\Deutschland", true),
    (">123 Example Straße|SW1A 1AA|Deutschland", true),
    ("~123 Example Street|City of Town|SW1 A 1 AA", true),
];

const NOWHERE: &[(&str, bool)] = &[
    ("", false),
    ("123 Example Street|NFA NFA2024|SW1 A 1 AA", false),
    ("User with no Fixed Address,|London|SW1 A 1 AA", true),
    ("A Person|NFA|SW1A 1AA", true),
    ("A Person|NFA,|SW1A 1AA", true),
    ("A Person|no fixed Abode|SW1A 1AA", true),
    ("A Person|NO FIXED ADDRESS|SW1A 1AA", true),
    ("nfa|Berlin|Deutschland", true),
];

const NORMALISED: &[(&str, &str)] = &[
    ("", ""),
    ("123 Example    St  .|City    of Town||S W1 A 1 AA", "123 Example St.|City of Town|SW1A 1AA"),
    (
        "123 Example St. \t  ,    |, , ,  ,   ,     ,        ,|City of Town, Region,|SW1A 1AA,,|",
        "123 Example St.|City of Town, Region|SW1A 1AA",
    ),
    ("  123  Example Straße|Deutschland||", "123 Example Straße|Germany"),
    ("Senedd Cymru|Cardiff|CF99 1SN|Cymru|UK", "Senedd Cymru|Cardiff|CF99 1SN"),
    ("123 Example Street||City of Town||SW1A1AA", "123 Example Street|City of Town|SW1A 1AA"),
    ("123 Example Street|City of Town|Sw1a  1aa", "123 Example Street|City of Town|SW1A 1AA"),
    ("123|Example Street|City of Town|SW1A1AA", "123|Example Street|City of Town|SW1A 1AA"),
    ("Northern Ireland|United Kingdom", ""),
    ("||GBR||", ""),
    ("Mr X|BFPO 1", "Mr X|BFPO 1"),
    ("Mr X|BFPO 1|BF1 1AA", "Mr X|BF1 1AA|BFPO 1"),
    ("Mr X|BFPO|BFPO 1", "Mr X|BFPO 1"),
    ("Mr X|bfpo|BF1 1AA|bfpo1", "Mr X|BF1 1AA|BFPO 1"),
    ("Mr X|bfpo|bf11aa|bfpo1", "Mr X|BF1 1AA|BFPO 1"),
    ("Mr X|BFPO C/O 1", "Mr X|BFPO 1"),
    ("Mr X|BFPOC/O1", "Mr X|BFPO 1"),
    ("Mr X|Unit 5|BFPO|BFPO 5432|London|BF1 1AA", "Mr X|Unit 5|London|BF1 1AA|BFPO 5432"),
    ("International BFPO|BFPO 1|BF1 1AA|usa", "International BFPO|BF1 1AA|BFPO 1|United States"),
];

const VALID: &[(&str, bool)] = &[
    ("UK address|Service can’t send internationally|SW1A 1AA", true),
    ("Overseas address|Service can’t send internationally|Guinea-Bissau", false),
    // The following with letters abroad switched on.
    ("Overseas address|Service can send internationally|Guinea-Bissau", true),
    ("Overly long address|2|3|4|5|6|7|8", false),
    ("Address too short|2", false),
    ("House|No fixed abode|France", false),
    ("No postcode or country|Service can’t send internationally|3", false),
    ("Postcode and country|Service can’t send internationally|SW1 1AA|France", false),
    (
        "International BFPO|We don't expect (or accept) explicit countries for BFPO addresses|BFPO 1|BF1 1AA|France",
        false,
    ),
    ("Too short, valid postcode|SW1A 1AA", false),
    ("Too short, valid country|Bhutan", false),
    ("Too long, valid postcode|2|3|4|5|6|7|SW1A 1AA", false),
    ("Too long, valid country|2|3|4|5|6|7|Bhutan", false),
    ("Valid|Except|[For one character|Bhutan", false),
    ("User|No fixed abode|SW1 1AA", false),
    ("A|B|Chad", true),
    ("Notify user|Notifyland|SW1 1AA", true),
];

const LETTERS: &[(&str, bool)] = &[
    ("!!!|123 Example Street|SW1A 1AA", false),
    ("Mr. Recipient|???|SW1A 1AA", false),
    ("!!!|???|SW1A 1AA", false),
    ("Mr. Recipient|SW1A 1AA", true),
    ("", false),
];

const POSTCODES: &[(&str, Option<&str>)] = &[
    ("SW1 3EF", Some("SW1 3EF")),
    ("SW13EF", Some("SW1 3EF")),
    ("sw13ef", Some("SW1 3EF")),
    ("Sw13ef", Some("SW1 3EF")),
    (" SW1    3EF  ", Some("SW1 3EF")),
    ("SE1 63EF", Some("SE16 3EF")),
    ("N5 1AA", Some("N5 1AA")),
    ("SO14 6WB", Some("SO14 6WB")),
    ("so14 6wb", Some("SO14 6WB")),
    ("so14\u{a0}6wb", Some("SO14 6WB")),
    ("N5     3EF", Some("N5 3EF")),
    ("N53EF   ", Some("N5 3EF")),
    ("n53Ef", Some("N5 3EF")),
    ("n5 \u{a0} \t 3Ef", Some("N5 3EF")),
    ("SO146WB", Some("SO14 6WB")),
    ("BF11AA", Some("BF1 1AA")),
    ("N5", None),
    ("SO144 6WB", None),
    ("SO14 6WBA", None),
    ("NF1 1AA", None),
    ("", None),
    ("Bad postcode", None),
    ("BFPO1234", None),
    ("BFPO C/O 1234", None),
    ("BFPO 1234", None),
    ("BFPO1", None),
    ("BFPO", None),
    ("BFPO12345", None),
    ("BF1 3AA", Some("BF1 3AA")),
    ("BF13AA", Some("BF1 3AA")),
    (" BF2 0FR ", Some("BF2 0FR")),
    ("GIR0AA", None),
    ("GX111AA", None),
];

const EMAILS: &[(&str, bool)] = &[
    ("email@domain.com", true),
    ("email@domain.COM", true),
    ("firstname.lastname@domain.com", true),
    ("firstname.o'lastname@domain.com", true),
    ("email@subdomain.domain.com", true),
    ("firstname+lastname@domain.com", true),
    ("1234567890@domain.com", true),
    ("email@domain-one.com", true),
    ("_______@domain.com", true),
    ("email@domain.name", true),
    ("email@domain.superlongtld", true),
    ("email@domain.co.jp", true),
    ("firstname-lastname@domain.com", true),
    ("info@german-financial-services.vermögensberatung", true),
    ("info@german-financial-services.reallylongarbitrarytldthatiswaytoohugejustincase", true),
    ("japanese-info@例え.テスト", true),
    ("email@double--hyphen.com", true),
    (" email@domain.com ", true),
    ("\temail@domain.com", true),
    ("\temail@domain.com\n", true),
    ("\u{200b}email@domain.com\u{200b}", true),
    ("email@123.123.123.123", false),
    ("email@[123.123.123.123]", false),
    ("plainaddress", false),
    ("@no-local-part.com", false),
    ("Outlook Contact <outlook-contact@domain.com>", false),
    ("no-at.domain.com", false),
    ("no-tld@domain", false),
    (";beginning-semicolon@domain.co.uk", false),
    ("middle-semicolon@domain.co;uk", false),
    ("trailing-semicolon@domain.com;", false),
    ("\"email+leading-quotes@domain.com", false),
    ("email+middle\"-quotes@domain.com", false),
    ("\"quoted-local-part\"@domain.com", false),
    ("\"quoted@domain.com\"", false),
    ("lots-of-dots@domain..gov..uk", false),
    ("two-dots..in-local@domain.com", false),
    ("multiple@domains@domain.com", false),
    ("spaces in local@domain.com", false),
    ("spaces-in-domain@dom ain.com", false),
    ("underscores-in-domain@dom_ain.com", false),
    ("pipe-in-domain@example.com|gov.uk", false),
    ("comma,in-local@gov.uk", false),
    ("comma-in-domain@domain,gov.uk", false),
    ("pound-sign-in-local£@domain.com", false),
    ("local-with-’-apostrophe@domain.com", false),
    ("local-with-”-quotes@domain.com", false),
    ("domain-starts-with-a-dot@.domain.com", false),
    ("brackets(in)local@domain.com", false),
    (
        "email-too-long-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com",
        false,
    ),
    ("incorrect-punycode@xn---something.com", false),
];

#[test]
fn addresses_are_judged_as_published() {
    let mut differing = Vec::new();
    let cases = compare(ENOUGH, |typed| lines(typed).len() >= 3, &mut differing)
        + compare(TOO_MANY, |typed| lines(typed).len() > 7, &mut differing)
        + compare(SYMBOLS, |typed| lines(typed).iter().any(|l| starts_with_symbol(l)), &mut differing)
        + compare(NOWHERE, |typed| lines(typed).iter().any(|l| is_nowhere(l)), &mut differing)
        + compare(VALID, |typed| address(&lines(typed), 0).is_empty(), &mut differing)
        + compare(LETTERS, |typed| has_letters(&lines(typed)), &mut differing);
    let last = |typed: &str| lines(typed).last().and_then(|last| postcode(last));
    differing.extend(
        POSTCODE_OF.iter().filter(|(typed, theirs)| last(typed).as_deref() != *theirs).map(|(typed, _)| *typed),
    );
    let ours = NORMALISED.iter().filter(|(typed, theirs)| lines(typed).join("|") != *theirs);
    differing.extend(ours.map(|(typed, _)| *typed));
    let cases = cases + POSTCODE_OF.len() + NORMALISED.len();
    let known = [
        ("Overseas address|Service can send internationally|Guinea-Bissau", ABROAD),
        ("A|B|Chad", ABROAD),
        ("  123  Example Straße|Deutschland||", ABROAD),
        ("International BFPO|BFPO 1|BF1 1AA|usa", ABROAD),
    ];
    assert_eq!(differing, known.map(|(typed, _)| typed), "of {cases}");
    assert_eq!((cases, cases - differing.len()), (73, 69));
}

#[test]
fn postcodes_are_judged_as_published() {
    let differing: Vec<&str> = POSTCODES
        .iter()
        .filter(|(typed, theirs)| postcode(typed).as_deref() != *theirs)
        .map(|(typed, _)| *typed)
        .collect();
    assert_eq!((POSTCODES.len(), differing), (33, Vec::new()));
}

#[test]
fn emails_are_judged_as_published() {
    let mut differing = Vec::new();
    let cases = compare(EMAILS, |typed| is_email(&text(typed)), &mut differing);
    assert_eq!((cases, differing), (51, Vec::new()));
}
