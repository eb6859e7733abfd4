//! Which words differ between two paragraphs, or are new in one, in one line.

use refrain::{Difference, Document, Finding, Report, Span};

use super::printable::{char_width, printable_char, text_width};

/// The most columns that the words of one side may take.
const MAX_WORDS_WIDTH: usize = 30;

/// "“dusk” → “sunset”; “by hand” removed; “again” added; 3 more", in about `columns` columns.
///
/// Describes how the paragraph of `finding` differs from the first paragraph it is related to, in the
/// order of the text. `None` if the report has no word differences for the two, or there are none.
pub(crate) fn word_differences(
    report: &Report,
    documents: &[Document<'_>],
    finding: &Finding,
    columns: usize,
) -> Option<String> {
    let (paragraph, earlier) = (finding.paragraph?, finding.related.first()?);
    let pair =
        report.pairs().binary_search_by_key(&(earlier.paragraph, paragraph), |pair| (pair.left, pair.right));
    let differences = report.differences(pair.ok()?)?;
    let [left, right] = [earlier.document, finding.document].map(|document| &documents[document]);
    let mut line = String::new();
    for (index, &Difference { left: a, right: b, .. }) in differences.iter().enumerate() {
        let (a, b) = (words(left.text(), left.to_text(a)), words(right.text(), right.to_text(b)));
        let change = match (a.is_empty(), b.is_empty()) {
            (false, false) => format!("“{a}” → “{b}”"),
            (false, true) => format!("“{a}” removed"),
            (true, _) => format!("“{b}” added"),
        };
        let more = differences.len() - index;
        let suffix = if more == 1 { String::new() } else { format!("; {} more", more - 1) };
        if index > 0 && text_width(&line) + text_width(&change) + 2 + suffix.len() > columns {
            line += &format!("; {more} more");
            break;
        }
        line += if index > 0 { "; " } else { "" };
        line += &change;
    }
    (!line.is_empty()).then_some(line)
}

/// "“next to the pump”; “and its well”; 3 more", in about `columns` columns.
///
/// The words of a paragraph that lie in none of its stretches, which were said before. `None` if the
/// finding has no stretches, or there are no other words.
pub(crate) fn new_words(documents: &[Document<'_>], finding: &Finding, columns: usize) -> Option<String> {
    if finding.stretches.is_empty() {
        return None;
    }
    let document = &documents[finding.document];
    let (text, whole) = (document.text(), document.to_text(finding.span));
    let mut pieces = Vec::new();
    let mut at = whole.start;
    let end = Span::new(whole.end, whole.end);
    for span in finding.stretches.iter().map(|stretch| document.to_text(stretch.span)).chain([end]) {
        if at < span.start {
            let piece = text[at..span.start].trim_matches(|c: char| !c.is_alphanumeric());
            if !piece.is_empty() {
                let start = at + text[at..].find(piece).unwrap_or_default();
                pieces.push(words(text, Span::new(start, start + piece.len())));
            }
        }
        at = at.max(span.end);
    }
    let mut line = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        let more = pieces.len() - index;
        let suffix = if more == 1 { String::new() } else { format!("; {} more", more - 1) };
        if index > 0 && text_width(&line) + text_width(piece) + 4 + suffix.len() > columns {
            line += &format!("; {more} more");
            break;
        }
        line += &format!("{}“{piece}”", if index > 0 { "; " } else { "" });
    }
    (!line.is_empty()).then_some(line)
}

/// The words of a span, printable, and cut if they are too wide.
fn words(text: &str, span: Span) -> String {
    let mut words = String::new();
    let mut taken = 0;
    // Stops reading where the output is cut: the span may be a whole long paragraph.
    for word in span.of(text).split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
            taken += 1;
        }
        for c in word.chars().filter_map(printable_char) {
            taken += char_width(c);
            if taken > MAX_WORDS_WIDTH {
                return words.trim_end().to_owned() + "...";
            }
            words.push(c);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use refrain::Detector;

    use super::*;

    fn line(left: &str, right: &str, columns: usize) -> Option<String> {
        let documents = [Document::new("a", left), Document::new("b", right)];
        let detector = Detector::builder().threshold(0.1).build().unwrap();
        let report = detector.check_all(&documents);
        word_differences(&report, &documents, &report.findings()[0], columns)
    }

    #[test]
    fn differences_are_listed_in_the_order_of_the_text() {
        let text = "The keeper climbs the stairs before dusk and trims the lamp by hand.";
        let other = "The old keeper climbs the stairs before sunset and trims the lamp.";
        let expected = "“old” added; “dusk” → “sunset”; “by hand” removed";
        assert_eq!(line(text, other, 80).as_deref(), Some(expected));
        assert_eq!(line(text, other, 43).as_deref(), Some("“old” added; “dusk” → “sunset”; 1 more"));
        assert_eq!(line(text, other, 5).as_deref(), Some("“old” added; 2 more"));
        assert_eq!(line(text, text, 80), None);
    }

    #[test]
    fn long_words_are_cut_and_control_characters_replaced() {
        let text = "The keeper climbs the stairs before dusk.";
        let other = "The keeper climbs the stairs before\u{1b}[31m the\nsun has gone down behind the hills.";
        let expected = "“dusk” → “31m the sun has gone down behi...”";
        assert_eq!(line(text, other, 80).as_deref(), Some(expected));
    }
}
