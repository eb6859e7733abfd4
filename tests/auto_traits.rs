//! The traits of all public types: they can be sent to and shared by threads, and printed.

use std::fmt::Debug;
use std::panic::{RefUnwindSafe, UnwindSafe};

use refrain::set::{Overlap, ShingleSet};
use refrain::sketch::{Banding, MinHash, Signature};
use refrain::text::{Paragraphs, Token};
use refrain::{
    Boilerplate, Cluster, Corpus, CoverageScope, Detector, DetectorBuilder, Difference, Differs, Document,
    DocumentSummary, Error, ErrorKind, Finding, Level, Occurrence, Pair, PairSearch, Pairs, ParagraphId,
    ParagraphSummary, Passage, PassageKind, Place, Progress, Report, Representative, Rule, Settings, Shingle,
    Span, Stage,
};

/// Asserts at compile time that each type has the traits.
macro_rules! assert_traits {
    ($traits:path: $($type:ty),* $(,)?) => {
        const _: () = {
            const fn has_them<T: $traits>() {}
            $(has_them::<$type>();)*
        };
    };
}

trait Shared: Send + Sync + Unpin + Debug {}
impl<T: Send + Sync + Unpin + Debug> Shared for T {}

trait Caught: Shared + UnwindSafe + RefUnwindSafe {}
impl<T: Shared + UnwindSafe + RefUnwindSafe> Caught for T {}

assert_traits! {
    Caught: Banding, Boilerplate, Cluster, DetectorBuilder, Difference, Differs, Document<'_>, DocumentSummary, Error, ErrorKind, Finding,
    PassageKind, Level, MinHash, Occurrence, Overlap, Pair, Pairs, ParagraphId, ParagraphSummary, Paragraphs<'_>,
    Passage, Place, Progress, Report, Representative, Rule, CoverageScope, PairSearch, Settings, Shingle, ShingleSet, Signature,
    Span, Stage, Token,
}

// A detector may hold a pool of rayon, which is not `UnwindSafe`.
assert_traits! { Shared: Corpus, Detector }

/// Small values can be copied, compared and stored in sets.
#[test]
fn errors_are_errors_and_small_values_are_ordered() {
    fn is_error<T: std::error::Error + Send + Sync + 'static>(_: &T) {}
    fn sorts<T: Copy + Ord + std::hash::Hash>(values: [T; 2]) -> bool {
        values[0] < values[1]
    }
    is_error(&Detector::builder().threshold(2.0).build().unwrap_err());
    assert!(sorts([ParagraphId(1), ParagraphId(2)]));
    assert!(sorts([Span::new(0, 2), Span::new(0, 3)]));
    assert!(sorts([Level::Note, Level::Warning]));
    assert!(sorts([Rule::ExactDuplicate, Rule::NearDuplicate]));
}

/// What is reported can be printed, and names are read as they are written.
#[test]
fn parts_of_a_report_are_printed_for_people() {
    let text = "Road 6 is closed from the mill to the old bridge.\n\nRoad 7 is closed from the mill to the old bridge.";
    let report = Detector::new().check(text);
    assert_eq!(
        report.pairs()[0].to_string(),
        "paragraphs 0 and 1, resemblance 0.63, differs in numbers only"
    );
    assert_eq!(report.passages()[0].to_string(), "9 words in 2 places, verbatim");
    let finding = &report.findings()[0];
    assert_eq!(finding.related[0].to_string(), "document 0, line 1, column 1");
    assert_eq!(finding.rule.to_string().parse(), Ok(finding.rule));
    assert_eq!(finding.level.to_string().parse(), Ok(finding.level));
}
