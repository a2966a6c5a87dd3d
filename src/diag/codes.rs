//! Every kind of problem, with a name that does not change and its general meaning.
//!
//! The JSON form has the meaning in place of the message, so it never quotes a value.

/// The thing that must change to solve a problem. The exit code of the program follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum AtFault {
    /// The files that papers are made from, or the papers.
    Documents,
    /// The request.
    Request,
    /// The machine: a file that cannot be read or written, a run that was stopped.
    Machine,
}

/// The stable name of a kind of problem, and its general meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Code {
    /// For machines and for searching: `unknown-person`.
    pub id: &'static str,
    /// For people, without any value.
    pub says: &'static str,
    /// The thing that must change.
    pub at_fault: AtFault,
}

macro_rules! codes {
    (@ ) => { AtFault::Documents };
    (@ $at_fault:ident) => { AtFault::$at_fault };
    ($($name:ident = $id:literal, $says:literal $(, $at_fault:ident)?;)*) => {
        $(#[doc = $says] pub const $name: Code = Code { id: $id, says: $says, at_fault: codes!(@ $($at_fault)?) };)*
        /// All of them, in the order of this file.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    UNREADABLE = "unreadable", "a file cannot be read", Machine;
    NOT_TEXT = "not-text", "a file is not text";
    WRONG_KIND = "wrong-kind", "a file is of a kind that is not read here";
    DAMAGED = "damaged", "a file is damaged";
    EMPTY_FILE = "empty-file", "a file is empty";
    OVER_BUDGET = "over-budget", "a file is larger or deeper than any conference needs";
    BAD_SYNTAX = "bad-syntax", "a file is not well-formed YAML or JSON";
    DUPLICATE_KEY = "duplicate-key", "a field is given twice";
    UNKNOWN_FIELD = "unknown-field", "a field has a name that nothing reads";
    MISSING_FIELD = "missing-field", "a required field is missing";
    UNKNOWN_WORD = "unknown-word", "a field contains a word that is not allowed there";
    BAD_VALUE = "bad-value", "a field has a value of the wrong kind";
    CONTROL_CHARACTER = "control-character", "a text contains an invisible character";
    EMPTY_FIELD = "empty-field", "a field is named and left empty";
    CUT_TEXT = "cut-text", "a remark seems to cut off the text before it";
    EMPTY_TEXT = "empty-text", "a field that is printed is empty";
    BAD_REFERENCE = "bad-reference", "the conference reference cannot name a folder";
    NO_BOROUGH = "no-borough", "there is no borough.yaml beside the conference or above it";
    NO_REGION = "no-region", "the council's region is missing";
    NO_LOGO = "no-logo", "the logo cannot be read";
    NO_PICTURE = "no-picture", "a picture for words in easy read cannot be shown";
    UNKNOWN_PERSON = "unknown-person", "a person is referred to who is not among the people";
    UNKNOWN_ORGANISATION = "unknown-organisation", "an organisation is referred to that is not among the organisations";
    UNKNOWN_AGENDA_POINT = "unknown-agenda-point", "an agenda point is referred to that does not exist";
    POINT_NOT_FOR_THEM = "point-not-for-them", "an invitee is invited for an agenda point that they may not hear";
    UNKNOWN_OPTION = "unknown-option", "a decision is not one of the council's decision options";
    BAD_TIMETABLE = "bad-timetable", "a step of the timetable cannot be counted";
    UNKNOWN_TIMESCALE = "unknown-timescale", "a timescale has a name that no paper uses";
    DUPLICATE_ID = "duplicate-id", "two things have the same id";
    DUPLICATE_NUMBER = "duplicate-number", "two things of one kind are given the same number";
    DOUBTFUL_NUMBER = "doubtful-number", "it is unclear whether somebody has had a number before";
    DUPLICATE_INVITEE = "duplicate-invitee", "the same person is invited twice";
    NOT_DATED = "not-dated", "papers that tell of the meeting are dated before it";
    MEETING_OVER = "meeting-over", "papers that announce the meeting would be dated after it, and are not made";
    MEETING_CANCELLED = "meeting-cancelled", "the meeting is cancelled, so that nothing can be said at it";
    FIRST_VERSION = "first-version", "a paper says why it was made again, but is the first version";
    NOT_INVITED = "not-invited", "somebody was not invited and is not recorded as attending either";
    DATE_ORDER = "date-order", "two dates are in the wrong order";
    TIME_ORDER = "time-order", "the meeting ends before it starts";
    SPOKE_WHILE_AWAY = "spoke-while-away", "somebody is recorded as saying something while they were not there";
    OUTSIDE_MEETING = "outside-meeting", "somebody came or left at a time when there was no meeting";
    NO_CHANGE = "no-change", "a change of the meeting does not say what was different";
    CHANGE_NOT_TOLD = "change-not-told", "the meeting is not as letters say that it is, and no change of it says so";
    CANCELLED_AND_HELD = "cancelled-and-held", "a meeting is cancelled, and somebody is recorded as present";
    AGENDA_TOO_LONG = "agenda-too-long", "the agenda takes longer than the meeting";
    NEXT_TOO_SOON = "next-too-soon", "the next meeting comes before what is wanted for it can be back";
    AGENDA_TOO_SHORT = "agenda-too-short", "the agenda ends long before the meeting";
    MISSING_CHAIR = "missing-chair", "nobody chairs the meeting";
    MISSING_MINUTE_TAKER = "missing-minute-taker", "nobody takes the minutes";
    MISSING_CATEGORY = "missing-category", "an invitee belongs to no organisation and no category";
    BAD_EMAIL = "bad-email", "an email address is not one";
    BAD_LINK = "bad-link", "a web address is not one";
    BAD_POSTCODE = "bad-postcode", "a postcode is not a UK postcode";
    BAD_ADDRESS = "bad-address", "a postal address would not reach anybody";
    BAD_COLOUR = "bad-colour", "a colour is not written as #rrggbb, or is too pale for text";
    BAD_FONT = "bad-font", "a font of the council cannot be used in papers";
    ACTION_WITHOUT_OWNER = "action-without-owner", "an action has no owner";
    ACTION_WITHOUT_DATE = "action-without-date", "an action has no due date";
    TO_BE_AGREED = "to-be-agreed", "an action has no owner or no day yet, and papers say so";
    HIDDEN_FROM_OWNER = "hidden-from-owner", "an action is marked for people other than those who have taken it on";
    NUMBERS_DIFFER = "numbers-differ", "an action has one number for professionals and another for the community";
    REVIEW_OF_NOTHING = "review-of-nothing", "a day is set for a next conference, although this one ends the plan";
    GOAL_WITHOUT_MEASURE = "goal-without-measure", "a goal has no measure";
    GOAL_WITHOUT_ACTION = "goal-without-action", "a goal has no action";
    NO_QUORUM = "no-quorum", "those who attended do not form a quorum for a decision";
    PROTECTED_NAME = "protected-name", "a text contains a protected name";
    NAMED_IN_TEXT = "named-in-text", "a text names somebody, or gives an address, that its readers may not know";
    REACHES_NOBODY = "reaches-nobody", "texts are marked for people who get no papers";
    DOWNGRADED = "downgraded", "an invitee reads less than their category would allow";
    OWN_AGREEMENT = "own-agreement", "an agreement is entered for the council itself or a part of it";
    NO_UNDERTAKING = "no-undertaking", "somebody took part and has signed no undertaking";
    OWNER_HEARS_ALL = "owner-hears-all", "the owner of the context hears everything that is said about it";
    LOOKS_LIKE_IDENTITY = "looks-like-identity", "a text seems to identify a child";
    SMALL_COUNT = "small-count", "a text for the community contains a count so small that it may identify somebody";
    WORDING = "wording", "a text contains a word that blames or labels, and there is a better one";
    UNKNOWN_PHRASE = "unknown-phrase", "a phrase is accepted that is not on the list of wording to avoid";
    UNKNOWN_HARM = "unknown-harm", "plain words are given for a kind of harm that is spelt almost like one of ours";
    UNKNOWN_PATH = "unknown-path", "a field is named that the conference does not have";
    NO_ROOM = "no-room", "a file is written in a way that nothing can be added to it";
    CANNOT_EDIT = "cannot-edit", "a file is written in a way that this cannot be changed in it safely";
    NOTHING_TO_UNDO = "nothing-to-undo", "no change of a file is kept that could be undone";
    TO_FILL_IN = "to-fill-in", "what only the council can know is still to be filled in";
    LAW_NOT_CONFIRMED = "law-not-confirmed", "what is unsure of the law that agreements print is still to be confirmed for the council";
    NO_LANGUAGE = "no-language", "words are missing that papers in a language need";
    NO_EASY_READ = "no-easy-read", "somebody reads easy read, and a paper of theirs has no such words";
    LANGUAGE_UNCHECKED = "language-unchecked", "nobody who speaks a language has read the words of its papers";
    TRANSLATION_BEHIND = "translation-behind", "a kind of paper was changed in English, and not in a language that it is also made in";
    UNKNOWN_BASIS = "unknown-basis", "a part of the law is confirmed or left out that the legal text does not have";
    OTHER_SIGNATORY = "other-signatory", "somebody else than the chair signs as the chair";
    OTHER_LEADER = "other-leader", "the role of the chair is another than the form of the meeting says";
    COMMUNITY_AT_PEER_GROUP = "community-at-peer-group", "a community member is invited to a conference about a peer group";
    BAD_PROSE = "bad-prose", "a text contains Markdown that papers cannot show";
    UNUSED_TEMPLATE = "unused-template", "nothing uses a file among the templates";
    UNUSED_BLOCK = "unused-block", "a template changes a block that the template it extends does not have";
    BAD_TEMPLATE = "bad-template", "a template is at fault";
    OVER_LIMIT = "over-limit", "a template costs more than any paper needs";
    BAD_FRONT_MATTER = "bad-front-matter", "the front matter of a template is at fault";
    MISSING_IN_TEMPLATE = "missing-in-template", "a template asks for something that is not in the data";
    BAD_MARKDOWN = "bad-markdown", "a template makes Markdown that papers cannot show";
    BAD_THEME = "bad-theme", "the theme is at fault";
    NO_GLYPH = "no-glyph", "a text contains a character that no font has";
    FRAGILE_MARK = "fragile-mark", "a name contains a vowel mark that screen readers may repeat";
    LATE = "late", "a paper is issued after the day on which it is due";
    DAY_OFF = "day-off", "a date falls on a weekend or a bank holiday";
    FAR_AWAY = "far-away", "a date is more than a year away";
    CALENDAR_ENDS = "calendar-ends", "a date lies beyond the table of bank holidays";
    UNKNOWN_ARTEFACT = "unknown-artefact", "there is no such paper", Request;
    NOTHING_TO_MAKE = "nothing-to-make", "the request leaves no paper to make", Request;
    LEAK = "leak", "a paper contains a text that its readers may not read";
    UNREADABLE_PAPER = "unreadable-paper", "a paper that was made cannot be read back";
    UNKNOWN_PAPER = "unknown-paper", "a kind of paper is named that does not exist";
    NOT_FOR_COMMUNITY = "not-for-community", "the community is given a kind of paper that is not made for it";
    BAD_MARKING = "bad-marking", "papers that few may read have the marking of papers for everybody";
    RELEASED = "released", "a paper that is released would change, or was changed";
    NOT_AS_MADE = "not-as-made", "a paper is not what the data, the templates and the register say";
    NOT_IN_REGISTER = "not-in-register", "a file among the papers was not made by this program";
    MISSING_PAPER = "missing-paper", "a paper of the register is not in the folder";
    NOT_LOST = "not-lost", "a file is said to be lost, and is not";
    SAME_PERSON = "same-person", "the checker of a paper is also its maker";
    NOT_A_NAME = "not-a-name", "a checker is not named by first name and surname";
    NOT_A_CHECKER = "not-a-checker", "the checker of a paper is not among those who may check";
    UNKNOWN_CHECKER = "unknown-checker", "the checker of a paper is named nowhere in the data";
    CHECK_DATE = "check-date", "a check is dated in the future, or before the last day in the record";
    NO_SUCH_PERSON = "no-such-person", "nobody of the conference has this name or number";
    AMBIGUOUS_NAME = "ambiguous-name", "a name matches several people of the conference";
    WITHDRAWN = "withdrawn", "the record says that somebody no longer takes part, and the data says otherwise";
    STILL_A_DRAFT = "still-a-draft", "a paper is said to have been sent, but no second person has checked it";
    NO_SUCH_DAY = "no-such-day", "a day is in the future, or too early to be possible";
    OPEN_TO_OTHERS = "open-to-others", "other users of this machine may open papers";
    HEAD_DIFFERS = "head-differs", "the record did not grow out of the one that was written down";
    DATA_HAS_ERRORS = "data-has-errors", "the conference file has errors, so that not everything could be said";
    NO_CONFERENCE = "no-conference", "the conference file of a folder of papers cannot be found";
    EDITED_SINCE = "edited-since", "a file was changed by hand since it was made";
    NAME_CLASH = "name-clash", "two papers would have the same file name";
    CANNOT_SERVE = "cannot-serve", "the desk cannot be served on this machine", Machine;
    CANNOT_WRITE = "cannot-write", "a file or folder cannot be written", Machine;
    NO_SHEET = "no-sheet", "a workbook has no sheet of that name", Request;
    NO_COLUMNS = "no-columns", "a list has no row of headings that is recognised";
    MISSING_COLUMN = "missing-column", "a list has no column for what every letter needs";
    LOST_LETTER = "lost-letter", "a letter of a text was lost, or the text was read in the wrong encoding";
    NO_VALUE = "no-value", "a field has a word for nothing where a value has to be";
    UNFILLED_FIELD = "unfilled-field", "a text has the name of a field that was never filled";
    READ_AS_EMPTY = "read-as-empty", "a field has a word for nothing, and is read as an empty one";
    NO_NAME_CELL = "no-name-cell", "a name is an email address, a telephone number or only digits";
    DOUBTFUL_NAME = "doubtful-name", "a name is written as in a register, and the letter will say it so";
    NO_PERSON = "no-person", "a letter is to whoever lives or works at an address";
    OWN_GREETING = "own-greeting", "a salutation is a greeting of its own";
    COLUMNS_DIFFER = "columns-differ", "two columns of a list are for one field and say different things";
    TWO_ADDRESSES = "two-addresses", "a list has the columns of several addresses of each person";
    NOT_FOR_NOTIFY = "not-for-notify", "GOV.UK Notify would not print an address as it is written";
    HIDDEN_ROW = "hidden-row", "a row or column of a list is hidden in the spreadsheet";
    NOT_READ = "not-read", "a sheet, a column or a cell of a workbook is not read";
    NO_SHEET_FOUND = "no-sheet-found", "a workbook lacks a sheet that a conference has";
    UNREADABLE_BESIDE = "unreadable-beside", "a workbook that another names is not there";
    NO_COLUMN = "no-column", "a workbook has no column for what a conference file says";
    UNWRITTEN_FORM = "unwritten-form", "a file is to be written in a form that is not written", Request;
    NOTHING_LEFT_OUT = "nothing-left-out", "a field is to be left out that a file does not have", Request;
    OTHER_ORDER = "other-order", "a workbook would be read in another order than the file";
    STAYS_HERE = "stays-here", "a copy of the file would tell its reader what they may not read";
    SEVERAL_SHEETS = "several-sheets", "people of more than one sheet of a workbook get letters";
    LONG_CELL = "long-cell", "a cell of a list has more text than a letter takes there";
    OPEN_QUOTE = "open-quote", "a quotation mark in a list opens and does not close";
    SHIFTED_ROW = "shifted-row", "a row of a list has more cells than there are headings";
    DOUBTFUL_COLUMN = "doubtful-column", "a heading may mean something other than the field it is taken for";
    BAD_MAPPING = "bad-mapping", "a heading is mapped to a field that does not exist", Request;
    MISSING_NAME = "missing-name", "a row of a list has no name";
    MISSING_CONSENT = "missing-consent", "somebody is to be emailed who has not agreed to it";
    ROW_DIFFERS = "row-differs", "the conference file disagrees with somebody's row in a list";
    LISTED_TWICE = "listed-twice", "a person is in a list twice";
    INVITED_ALREADY = "invited-already", "a person in a list is already an invitee of the conference";
    SAME_ADDRESS = "same-address", "an address is in a list under two names";
    NOT_A_TEXT_CELL = "not-a-text-cell", "a field has no text that its owner sees, such as a date, an error or a hidden number";
    BAD_ROWS = "bad-rows", "rows of a list are wrong, and only a whole run was requested";
    APPROVAL_UNDONE = "approval-undone", "the words of an approved paper have changed since the chair approved them";
    BROKEN_RECORD = "broken-record", "the record of a folder is not as the program wrote it";
    OTHER_RECORD = "other-record", "the record of these papers is in another folder";
    OTHER_CONFERENCE = "other-conference", "the papers in a folder are those of another conference with the same reference";
    FORKED_RECORD = "forked-record", "a record was continued in two places";
    LAW_OF_ENGLAND = "law-of-england", "papers with the law of England are for a council in another nation";
    NOT_OVER = "not-over", "papers are to be destroyed before the conference is over";
    DISPOSED = "disposed", "the papers of a conference were destroyed";
    DATED_AHEAD = "dated-ahead", "a paper is released before the day that it bears";
    RELEASED_DIFFERS = "released-differs", "a released paper would now change and was left as it is";
    LOCKED = "locked", "another run is writing into this folder", Machine;
    STOPPED = "stopped", "a run was stopped before its end", Machine;
    BAD_SAMPLE = "bad-sample", "a finished letter contains more than its words";
    LIST_CHANGED = "list-changed", "the list changed while it was being read";
    OTHER_LIST = "other-list", "the folder has letters to another list";
    WIDER_CATEGORY = "wider-category", "a row lets its person read more than their organisation may";
    NO_LONGER_DUE = "no-longer-due", "a paper is no longer due, or a released file includes somebody to whom it is not";
    NO_LABEL = "no-label", "an address does not fit on a label";
    LAYOUT_FAILED = "layout-failed", "the layout engine failed on one letter";
    NOT_PROVED = "not-proved", "nobody can have checked proofs of these letters";
    NOT_AGREED = "not-agreed", "nobody agreed to the run", Request;
    NOT_SHOWN = "not-shown", "a format cannot show something as it stands in the others";
    PARTS_DISAGREE = "parts-disagree", "parts of a register do not belong together";
}
