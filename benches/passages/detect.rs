//! The passages that the detector finds in a problem.

use refrain::{Detector, Occurrence};

use super::cut;
use super::score::{Alignment, outermost};

/// All pairs of occurrences of a passage; with two texts, one occurrence in each.
///
/// Spans are in characters. Detections that lie inside another are left out.
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
