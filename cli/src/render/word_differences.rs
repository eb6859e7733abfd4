//! What differs between two paragraphs, told in one line.

use refrain::{Difference, Document, Finding, Report, Span};

use crate::render::printable::{show, width};

/// No words of one side take more columns than this.
const WORDS: usize = 30;

/// "“dusk” → “sunset”; “by hand” gone; “again” new; 3 more", in so many columns, as far as what differs
/// between the paragraph of a finding and the first that it is related to is known.
///
/// What was said first stands in front.
pub(crate) fn differences(
    report: &Report,
    documents: &[Document<'_>],
    finding: &Finding,
    columns: usize,
) -> Option<String> {
    let (later, first) = (finding.paragraph?, finding.related.first()?);
    let pair = report.pairs().binary_search_by_key(&(first.paragraph, later), |pair| (pair.left, pair.right));
    let found = report.differences(pair.ok()?)?;
    let [left, right] = [first.document, finding.document].map(|document| documents[document].text());
    let mut line = String::new();
    for (index, &Difference { left: a, right: b, .. }) in found.iter().enumerate() {
        let (a, b) = (words(left, a), words(right, b));
        let told = match (a.is_empty(), b.is_empty()) {
            (false, false) => format!("“{a}” → “{b}”"),
            (false, true) => format!("“{a}” gone"),
            (true, _) => format!("“{b}” new"),
        };
        let more = found.len() - index;
        let rest = if more == 1 { String::new() } else { format!("; {} more", more - 1) };
        if index > 0 && columns_of(&line) + columns_of(&told) + 2 + rest.len() > columns {
            line += &format!("; {more} more");
            break;
        }
        line += if index > 0 { "; " } else { "" };
        line += &told;
    }
    (!line.is_empty()).then_some(line)
}

/// The words of a span as they can be shown, cut where they take too much room.
fn words(text: &str, span: Span) -> String {
    let mut words = String::new();
    let mut taken = 0;
    // Looks no farther than it shows: one paragraph may have nothing in common with the other for long.
    for word in span.of(text).split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
            taken += 1;
        }
        for c in word.chars().filter_map(show) {
            taken += width(c);
            if taken > WORDS {
                return words.trim_end().to_owned() + "...";
            }
            words.push(c);
        }
    }
    words
}

fn columns_of(text: &str) -> usize {
    text.chars().map(width).sum()
}

#[cfg(test)]
mod tests {
    use refrain::Detector;

    use super::*;

    fn told(left: &str, right: &str, columns: usize) -> Option<String> {
        let documents = [Document::new("a", left), Document::new("b", right)];
        let detector = Detector::builder().threshold(0.1).build().unwrap();
        let report = detector.check_all(&documents);
        differences(&report, &documents, &report.findings()[0], columns)
    }

    #[test]
    fn differences_are_told_in_the_order_of_the_text() {
        let text = "The keeper climbs the stairs before dusk and trims the lamp by hand.";
        let other = "The old keeper climbs the stairs before sunset and trims the lamp.";
        let line = "“old” new; “dusk” → “sunset”; “by hand” gone";
        assert_eq!(told(text, other, 80).as_deref(), Some(line));
        assert_eq!(told(text, other, 43).as_deref(), Some("“old” new; “dusk” → “sunset”; 1 more"));
        assert_eq!(told(text, other, 5).as_deref(), Some("“old” new; 2 more"));
        assert_eq!(told(text, text, 80), None);
    }

    #[test]
    fn long_and_strange_words_are_cut_and_shown() {
        let text = "The keeper climbs the stairs before dusk.";
        let other = "The keeper climbs the stairs before\u{1b}[31m the\nsun has gone down behind the hills.";
        let line = "“dusk” → “31m the sun has gone down behi...”";
        assert_eq!(told(text, other, 80).as_deref(), Some(line));
    }
}
