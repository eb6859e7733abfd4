//! Documents whose names and texts try to leave the format that they are written in.

#![allow(dead_code, reason = "each test uses some of it")]

use refrain::{Detector, Document, Report};
use refrain_report::{Checked, Select};

/// Hostile names, one for each document.
pub(crate) const NAMES: [&str; 8] = [
    "notes.txt",
    "drafts/a b,c:d%0A%.txt",
    "a\n::error file=x::y\r.txt",
    "]]><script>alert(1)</script>&amp;\"'.txt",
    "=1+1|`x`|[a](b)|@someone #1 ``.md",
    "\u{202e}txt.exe\u{0}\u{1b}[31m\u{7f}\u{fffe}.txt",
    "日本/é{0}.txt",
    "",
];

const FIRST: &str = "The lighthouse keeper climbs the iron stairs every evening before sunset and trims the lamp \
    with a pair of old brass scissors.";
const SECOND: &str = "Visitors may climb the tower on Sundays, if the wind is weak and the keeper has the time to \
    show them round.";

/// A text that repeats itself, with what could leave a format. `mark` makes it differ from the others.
fn text(mark: &str) -> String {
    let strange = "-- ]]> %0A ::warning:: \u{202e}\u{1b}[1m \"quoted\", `code` | <b> & {0} [a](b)";
    format!(
        "{FIRST} {mark}\n\n{SECOND}\n\n=cmd {strange} stands beside the harbour wall {mark}\n\n{FIRST} {mark}\n\n\
         So the lighthouse keeper climbs the iron stairs every evening, and visitors may climb the tower on Sundays, \
         if the wind is weak.\n\n=cmd {strange} stands beside the harbour wall {mark}\n"
    )
}

pub(crate) fn documents() -> Vec<Document<'static>> {
    let marks = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
    NAMES.iter().zip(marks).map(|(name, mark)| Document::new(*name, text(mark))).collect()
}

pub(crate) fn report(documents: &[Document<'_>]) -> Report {
    Detector::new().check_all(documents)
}

/// What a format writes of the hostile documents.
pub(crate) fn written(
    write: impl Fn(&mut Vec<u8>, &[Checked<'_>], Select) -> std::io::Result<()>,
    select: Select,
) -> String {
    let documents = documents();
    let report = report(&documents);
    let mut out = Vec::new();
    write(&mut out, &[Checked::new(&report, &documents)], select).unwrap();
    String::from_utf8(out).unwrap()
}

/// Whether a text controls a terminal or the direction of text. Line feeds do not count.
pub(crate) fn is_safe(text: &str) -> bool {
    !text.contains(|c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c))
}
