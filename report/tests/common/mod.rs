//! What the tests of the pages share.

use refrain::{Detector, Document, Report};

/// An article with a copy, an edited copy and a passage that comes back, and two verses.
pub(crate) const ARTICLE: &str = "\
The night train

The night train to the coast leaves the capital at ten and reaches the sea a little before sunrise. It carries \
anglers, nurses who change shifts, and people who could not find a bed in the city.

Nobody knows how long it will run. The railway says that the night train costs more than it earns, and that the \
carriages are older than the people who clean them.

The night train to the coast leaves the capital at ten and reaches the sea just before sunrise. It carries \
anglers, nurses who change shifts, and people who could not find a room in the city.

In the dining car the cook has one rule: soup until midnight, then only tea. The railway says that the night train \
costs more than it earns, but the soup is paid for every evening.

The rails hum low,
the windows glow.

In the dining car the cook has one rule: soup until midnight, then only tea. The railway says that the night train \
costs more than it earns, but the soup is paid for every evening.
";

pub(crate) fn page(report: &Report, documents: &[Document<'_>]) -> String {
    let mut out = Vec::new();
    refrain_report::html::write(&mut out, report, documents).unwrap();
    String::from_utf8(out).unwrap()
}

pub(crate) fn checked(documents: &[Document<'_>]) -> String {
    page(&Detector::new().check_all(documents), documents)
}

pub(crate) fn compared(left: &str, right: &str) -> String {
    let documents = [Document::new("left.txt", left), Document::new("right.txt", right)];
    let report = Detector::new().compare(&documents[0], &documents[1]);
    let mut out = Vec::new();
    refrain_report::html::write_comparison(&mut out, &report, &documents).unwrap();
    String::from_utf8(out).unwrap()
}
