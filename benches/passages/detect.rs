//! What the engine finds in a problem.

use refrain::{Detector, Occurrence};

use super::cut;
use super::score::{Alignment, outermost};

/// Every two occurrences of a passage: of two texts one in each, of one text any two.
///
/// Spans are in characters. What lies in another detection is left out.
pub(crate) fn found(detector: &Detector, texts: &[String]) -> Vec<Alignment> {
    let report = detector.check_all(texts);
    let mut found = Vec::new();
    for passage in report.passages() {
        for (index, left) in passage.occurrences.iter().enumerate() {
            for right in &passage.occurrences[index + 1..] {
                if texts.len() == 1 || left.document != right.document {
                    let side = |occurrence: &Occurrence| {
                        cut::in_characters(&texts[occurrence.document], occurrence.span.into())
                    };
                    found.push(Alignment { left: side(left), right: side(right) });
                }
            }
        }
    }
    outermost(&found)
}
