//! A number for the content of a finding, the same wherever it stands in its document.

use std::fmt;

use refrain::{Document, Finding, Span};
use xxhash_rust::xxh3::xxh3_128;

/// What a finding is about: its rule, the name of its document, the words of its span and those of its related
/// places. Lines, columns, upper case and white space make no difference, nor the order of the related places. Of a
/// source with markup, the words are those that a reader sees.
///
/// Written as 32 hexadecimal digits. It is the 128-bit XXH3 of the rule, the name, the words, and the words of
/// each related place in ascending order, each followed by a byte 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of a finding in one of these documents, which is called `name` in it.
    ///
    /// A finding about a whole document has no words, or each change of the document would be a new finding.
    ///
    /// # Panics
    ///
    /// If the documents are not those in which it was found.
    #[must_use]
    pub fn of(finding: &Finding, name: &str, documents: &[Document<'_>]) -> Self {
        let words = |document: usize, span: Span| {
            let document = &documents[document];
            normal(document.to_text(span).of(document.text()))
        };
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

    /// Reads what `Display` writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
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
    use refrain::{Detector, InputKind, ReadOptions, Rule};

    use super::*;

    const LINE: &str =
        "The miller sells flour, bread and buns on the second Sunday of each month in the old barn.";

    fn of(document: Document<'_>) -> Vec<String> {
        let report = Detector::new().check(&document);
        let documents = [document];
        let duplicates = report.findings().iter().filter(|finding| finding.rule == Rule::ExactDuplicate);
        duplicates.map(|it| Fingerprint::of(it, documents[0].name(), &documents).to_string()).collect()
    }

    #[test]
    fn lines_and_white_space_make_no_difference() {
        let text = |line: &str| format!("Today.\n\n{line}\n\n{line}\n");
        let known = of(Document::new("a.txt", text(LINE)));
        assert_eq!(known.len(), 1);
        let wrapped = LINE.replace(", ", ",\n");
        let moved = format!("News.\n\n{LINE}\n\nMore news.\n\n{wrapped}\n");
        assert_eq!(of(Document::new("a.txt", moved)), known);
        assert_ne!(of(Document::new("b.txt", text(LINE))), known);
        assert_ne!(of(Document::new("a.txt", text(&LINE.replace("buns", "cake")))), known);
    }

    #[test]
    fn markup_makes_no_difference() {
        let plain = of(Document::new("a.srt", format!("{LINE}\n\n{LINE}\n")));
        let cue = |number: u32| format!("{number}\n00:00:0{number},000 --> 00:00:0{number},900\n{LINE}\n");
        let subtitles = format!("{}\n{}", cue(1), cue(2));
        let read = InputKind::Subtitles.read("a.srt", subtitles, &ReadOptions::default());
        assert_eq!(of(read), plain);
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
