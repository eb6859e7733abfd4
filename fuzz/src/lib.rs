//! What must hold of every report, whatever the texts.

use std::ops::Range;

use refrain::{Document, ParagraphId, Report, Span};

/// The documents in a fuzzer's bytes: parted by the byte 0xFF, which no UTF-8 holds, and lossy text each.
#[must_use]
pub fn documents(data: &[u8]) -> Vec<String> {
    data.split(|&byte| byte == 0xff).map(|part| String::from_utf8_lossy(part).into_owned()).collect()
}

/// Checks that every place in a report is a place in the texts, and in order.
///
/// # Panics
///
/// If one is not.
pub fn assert_sound<T: AsRef<str>>(report: &Report, texts: &[T]) {
    let text = |document: usize| texts[document].as_ref();
    let share = |share: f64| assert!((0.0..=1.0).contains(&share), "{share} is no share");
    let place = |document: usize, span: Span, line: usize, column: usize| {
        // Slicing panics if the span cuts a character or is outside the text.
        let _ = span.of(text(document));
        assert_eq!((line, column), line_and_column(text(document), span.start), "{span} of {document}");
    };

    assert_eq!(report.documents().len(), texts.len());
    for document in report.documents() {
        share(document.redundancy);
        share(document.shared);
    }
    let paragraphs = report.paragraphs();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        assert_eq!(paragraph.id.0 as usize, index);
        assert_eq!(paragraph.line, line_and_column(text(paragraph.document), paragraph.span.start).0);
        assert!(!paragraph.span.of(text(paragraph.document)).is_empty());
        share(paragraph.coverage);
    }
    ascending(paragraphs.iter().map(|paragraph| (paragraph.document, paragraph.span)));
    let inside = |id: ParagraphId, span: Span| {
        let paragraph = &paragraphs[id.0 as usize];
        let _ = span.of(text(paragraph.document));
        assert!(paragraph.span.start <= span.start && span.end <= paragraph.span.end);
    };

    assert!(report.pairs().is_sorted_by_key(|pair| (pair.left, pair.right)));
    for (index, pair) in report.pairs().iter().enumerate() {
        assert!(pair.left < pair.right && (pair.right.0 as usize) < paragraphs.len());
        share(pair.resemblance());
        for difference in report.differences(index).unwrap_or_default() {
            inside(pair.left, difference.left);
            inside(pair.right, difference.right);
        }
    }
    for cluster in report.clusters() {
        assert!(cluster.members.len() > 1 && cluster.members.is_sorted_by(|left, right| left < right));
        assert!(cluster.members.iter().all(|id| (id.0 as usize) < paragraphs.len()));
    }
    for passage in report.passages() {
        assert!(passage.occurrences.len() > 1 && passage.score >= 0.0);
        for occurrence in &passage.occurrences {
            place(occurrence.document, occurrence.span, occurrence.line, occurrence.column);
            assert_eq!(occurrence.text, occurrence.span.of(text(occurrence.document)));
            assert_eq!(paragraphs[occurrence.paragraph.0 as usize].document, occurrence.document);
        }
        ascending(passage.occurrences.iter().map(|occurrence| (occurrence.document, occurrence.span)));
    }
    for finding in report.findings() {
        place(finding.document, finding.span, finding.line, finding.column);
        for related in &finding.related {
            place(related.document, related.span, related.line, related.column);
        }
        assert!(!finding.to_string().is_empty());
    }
}

/// Checks that each character that is read of a source stands for a place in it, and that these ascend.
///
/// # Panics
///
/// If one does not.
pub fn assert_read(document: &Document<'_>) {
    let (text, source) = (document.text(), document.source());
    let mut before = Span::default();
    for (at, c) in text.char_indices() {
        let read = Span::new(at, at + c.len_utf8());
        let span = document.to_source(read);
        // Slicing panics if the span cuts a character or is outside the text.
        let _ = span.of(source);
        // Several characters may stand for one place.
        assert!(before.end <= span.start || before == span, "{before} {span}");
        let again = document.to_text(span);
        assert!(span.is_empty() || again.start <= read.start && read.end <= again.end, "{read} {again}");
        before = span;
    }
    for problem in document.problems() {
        let _ = problem.span.of(source);
    }
}

/// Checks that each character of a text was read from whole characters of the source, in order, and that words
/// stand in the source but for character references and escapes.
///
/// # Panics
///
/// If one was not.
pub fn assert_in_source(document: &Document<'_>) {
    let (text, source) = (document.text(), document.source());
    let mut before = Span::new(0, 0);
    for (at, c) in text.char_indices() {
        let span = document.to_source(Span::new(at, at + c.len_utf8()));
        let slice = span.of(source);
        // Blank lines between blocks are not in the source, and one reference may stand for two characters.
        if !c.is_whitespace() && span != before {
            assert!(before.end <= span.start, "{c:?} at {span} after {before}");
            before = span;
        }
        if c.is_alphanumeric() {
            assert!(slice.starts_with(['&', '\\']) || slice.starts_with(c), "{c:?} is {slice:?}");
        }
    }
}

/// Checks that places ascend and that none overlaps the next.
fn ascending(places: impl Iterator<Item = (usize, Span)>) {
    let mut before: Option<(usize, Range<usize>)> = None;
    for (document, span) in places {
        if let Some((other, before)) = before {
            assert!((other, before.end) <= (document, span.start) || other < document, "{before:?} {span}");
        }
        before = Some((document, span.into()));
    }
}

/// The plain way to count lines and columns, both from 1.
fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text[..at].strip_prefix('\u{feff}').unwrap_or(&text[..at]).replace("\r\n", "\n");
    let lines: Vec<&str> = before.split(['\n', '\r', '\u{85}', '\u{2028}']).collect();
    (lines.len(), lines[lines.len() - 1].chars().count() + 1)
}
