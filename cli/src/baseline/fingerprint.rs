//! A number for the content of a finding, the same wherever it stands in its document.

use std::fmt;

use refrain::{Document, Finding, Span};
use xxhash_rust::xxh3::xxh3_128;

/// What a finding is about: its rule, the name of its document, the words of its span and those of its related
/// places. Lines, columns, upper case and white space make no difference, nor the order of the related places.
///
/// Written as 32 hexadecimal digits. It is the 128-bit XXH3 of the rule, the name, the words, and the words of
/// each related place in ascending order, each followed by a byte 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of a finding in one of these documents, which is called `name` in it.
    ///
    /// A finding about a whole document has no words, or each change of the document would be a new finding.
    pub(crate) fn of(finding: &Finding, name: &str, documents: &[Document<'_>]) -> Self {
        let words = |document: usize, span: Span| normal(span.of(documents[document].text()));
        let mut parts = vec![finding.rule.to_string(), name.to_owned()];
        if finding.paragraph.is_some() {
            let mut related: Vec<String> =
                finding.related.iter().map(|place| words(place.document, place.span)).collect();
            related.sort_unstable();
            parts.push(words(finding.document, finding.span));
            parts.append(&mut related);
        }
        Self(xxh3_128((parts.join("\0") + "\0").as_bytes()))
    }

    /// Reads what `Display` writes.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        u128::from_str_radix(text, 16).ok().filter(|_| digits).map(Self)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The words in lower case with one space between them. A byte 0 would end a part.
fn normal(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c == '\0')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use refrain::{Detector, Rule};

    use super::*;

    const LINE: &str =
        "The miller sells flour, bread and buns on the second Sunday of each month in the old barn.";

    fn of(text: &str, name: &str) -> Vec<String> {
        let document = Document::new(name, text);
        let report = Detector::new().check(&document);
        let documents = [document];
        let duplicates = report.findings().iter().filter(|finding| finding.rule == Rule::ExactDuplicate);
        duplicates.map(|finding| Fingerprint::of(finding, name, &documents).to_string()).collect()
    }

    #[test]
    fn lines_and_white_space_make_no_difference() {
        let text = |line: &str| format!("Today.\n\n{line}\n\n{line}\n");
        let known = of(&text(LINE), "a.txt");
        assert_eq!(known.len(), 1);
        let wrapped = LINE.replace(", ", ",\n");
        assert_eq!(of(&format!("News.\n\n{LINE}\n\nMore news.\n\n{wrapped}\n"), "a.txt"), known);
        assert_ne!(of(&text(LINE), "b.txt"), known);
        assert_ne!(of(&text(&LINE.replace("buns", "cake")), "a.txt"), known);
    }

    #[test]
    fn it_does_not_change_with_versions() {
        let text = format!("{LINE}\n\n{LINE}\n");
        let document = Document::new("a.txt", &text);
        let report = Detector::new().check(&document);
        let duplicate = report.findings().iter().find(|it| it.rule == Rule::ExactDuplicate).unwrap();
        let found = Fingerprint::of(duplicate, "a.txt", std::slice::from_ref(&document));
        let line = LINE.to_lowercase();
        assert_eq!(found.0, xxh3_128(format!("exact-duplicate\0a.txt\0{line}\0{line}\0").as_bytes()));
    }

    #[test]
    fn it_reads_as_it_is_written() {
        let one = Fingerprint(0xab);
        assert_eq!(Fingerprint::parse(&one.to_string()), Some(one));
        for text in ["", "ab", "+00000000000000000000000000000ab", "0000000000000000000000000000000g"] {
            assert_eq!(Fingerprint::parse(text), None, "{text}");
        }
    }
}
