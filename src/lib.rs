//! Finds what repeats in texts.
//!
//! Two paragraphs are *near-duplicates* when they share many of their three-word runs: one is an edited
//! copy of the other. A text can also say everything five times although no two of its paragraphs are
//! alike as a whole. Then earlier paragraphs *cover* the later ones, and the *passages* that come back
//! show where.
//!
//! ```
//! use refrain::{Detector, ParagraphId, Rule};
//!
//! let left = "The harbour will be closed to all traffic on Friday while divers inspect the old quay wall.";
//! let right = "The harbour will be closed to all traffic on Monday while divers inspect the old quay wall.";
//! let report = Detector::new().check_all([("left", left), ("right", right)]);
//!
//! let cluster = &report.clusters()[0];
//! assert_eq!(cluster.members, [ParagraphId(0), ParagraphId(1)]);
//! assert_eq!(report.pairs()[0].overlap.shared, 12);
//!
//! let finding = &report.findings()[0];
//! assert_eq!(finding.rule, Rule::NearDuplicate);
//! assert_eq!((finding.span.of(right), finding.related[0].span.of(left)), (right, left));
//! println!("{finding}");
//! ```
//!
//! # Overview
//!
//! * A [`Detector`] holds the settings and does the work: [`check`](Detector::check) one document,
//!   [`check_all`](Detector::check_all) of several within and across, [`compare`](Detector::compare)
//!   two, or find only the [`pairs`](Detector::pairs) of a corpus. Each has a form that returns errors and
//!   shows its progress to a watcher, which can cancel it.
//! * A [`Report`] is all that a check found, as data: [findings](Report::findings) for people,
//!   pairs with [what differs](Report::differences), clusters and passages for programs, coverage and
//!   redundancy in numbers.
//! * In a set of documents, [boilerplate](DetectorBuilder::boilerplate) can be reported apart from
//!   repetition, and [coverage](DetectorBuilder::coverage) can count earlier documents, too.
//! * A [`Corpus`] gathers very many paragraphs without their texts, for pairs, clusters and
//!   deduplication. Where one machine does not hold them, [`Fingerprinter`] and [`Candidates`] do the same
//!   in steps that a cluster can spread.
//!
//! The folder `examples` has complete programs: `check_article` prints what repeats in one article,
//! `decide` is a pipeline with a time limit for each article, `thin_corpus` removes near-duplicates from
//! records, and `store_signatures` keeps signatures in a file and compares a new text with them.
//!
//! # How it works
//!
//! The library has layers. This list goes from the lowest to the highest; each layer uses only those
//! before it.
//!
//! 1. [`set`] makes sets of 64-bit shingles, by default of three words each, and counts overlaps
//!    exactly. It knows nothing of text.
//! 2. [`text`] cuts documents into paragraphs and tokens, with spans in the original.
//! 3. [`sketch`] makes signatures of the sets, and chooses the bands that find candidates for pairs.
//! 4. [`Settings`] are validated, and [`Document`]s are cut into tokens.
//! 5. Matching groups identical paragraphs, finds candidates through rare shingles or through
//!    bands, verifies each of them exactly, and clusters around representatives.
//! 6. The passage search finds stretches of words that come back: in each document, then across
//!    documents.
//! 7. Themes are what a document says again, in whatever words: words that come together in several
//!    paragraphs.
//! 8. Measures count how much earlier paragraphs cover each paragraph, the redundancy of documents, what
//!    documents share, and what is boilerplate.
//! 9. The [`Report`] and its parts are data.
//! 10. Rules turn the facts into [`Finding`]s.
//! 11. The [`Corpus`] and the [`Detector`] call the layers in order.
//!
//! Every number in a report is exact and repeatable: the same on any machine, with any number of
//! threads.
//!
//! # Example: tuning
//!
//! ```
//! use refrain::{Detector, Shingle};
//!
//! let detector = Detector::builder().threshold(0.8).shingle(Shingle::chars(5)).build()?;
//! let texts = ["a wild goose chase along the river", "a wild goose chase along the rivers"];
//! let report = detector.check_all(&texts);
//! assert_eq!(report.pairs().len(), 1);
//!
//! let error = Detector::builder().threshold(1.5).build().unwrap_err();
//! assert_eq!(error.to_string(), "threshold must be greater than 0 and at most 1, got 1.5");
//! # Ok::<(), refrain::Error>(())
//! ```
//!
//! # Example: what differs
//!
//! Every pair says which words only one of its paragraphs has. If these are only numbers or dates, the
//! paragraphs are different texts. A note says so, and a corpus keeps both, unless
//! [numbers are merged](DetectorBuilder::merge_numbers).
//!
//! ```
//! use refrain::{Detector, Differs, Level, Rule};
//!
//! let left = "Road 1506 is closed from the mill to the old bridge until the snow has gone for good.";
//! let right = "Road 1507 is closed from the mill to the old bridge until the snow has gone for good.";
//! let report = Detector::new().check_all([left, right]);
//! assert_eq!(report.pairs()[0].differs, Some(Differs::Numbers));
//! let difference = report.differences(0).unwrap()[0];
//! assert_eq!((difference.left.of(left), difference.right.of(right)), ("1506", "1507"));
//! let finding = &report.findings()[0];
//! assert_eq!((finding.rule, finding.level), (Rule::DiffersInNumbers, Level::Note));
//! ```
//!
//! # Example: passages
//!
//! ```
//! use refrain::{Detector, PassageKind};
//!
//! let text = "\
//! The council wants a bridge that is open to walkers and cyclists all year round.
//!
//! Critics fear for the view. A bridge that is open to walkers and to cyclists all year round, they \
//! say, could stand elsewhere.";
//! let report = Detector::new().check(text);
//! let passage = &report.passages()[0];
//! assert_eq!((passage.kind, passage.tokens), (PassageKind::Edited, 12));
//! assert_eq!(
//!     passage.occurrences[1].span.of(text),
//!     "A bridge that is open to walkers and to cyclists all year round"
//! );
//! ```
//!
//! # Example: watch a check and cancel it
//!
//! A service cancels a check when its caller has gone, or when it takes too long. A watcher decides that.
//! It also sees the [`Progress`]. A detector can be used again after a check was cancelled.
//!
//! ```
//! use std::ops::ControlFlow;
//! use std::sync::atomic::{AtomicBool, Ordering};
//!
//! use refrain::{Detector, ErrorKind};
//!
//! let (detector, gone) = (Detector::new(), AtomicBool::new(true));
//! let watch = |_| if gone.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
//! let error = detector.try_check_all(["A long text."], watch).unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::Cancelled);
//!
//! gone.store(false, Ordering::Relaxed);
//! assert!(detector.try_check_all(["Another one."], watch).is_ok());
//! ```
//!
//! # Example: store signatures and compare them later
//!
//! Most users can ignore the lower layers. They are public for programs that keep signatures. Signatures
//! and sets can be written as bytes, in a [documented form](sketch::Signature::to_bytes) that is the same
//! on any machine.
//!
//! ```
//! use refrain::set::ShingleSet;
//! use refrain::sketch::{MinHash, Signature};
//! use refrain::text;
//!
//! let [a, b] = ["to be or not to be, that is the question", "to be or not to be is the question"]
//!     .map(|text| {
//!         let mut units = Vec::new();
//!         text::hash_tokens(text, &mut units);
//!         ShingleSet::new(&units, 3)
//!     });
//! assert_eq!(a.overlap(&b).resemblance(), 5.0 / 10.0);
//!
//! let family = MinHash::new(256, 0)?;
//! let [left, right] = [&a, &b].map(|set| family.signature(set.as_slice()));
//! assert!((left.estimate_resemblance(&right)? - 0.5).abs() < 0.1);
//!
//! let stored: Vec<u8> = left.to_bytes();
//! let read = Signature::from_bytes(&stored)?;
//! assert_eq!(read.estimate_resemblance(&left)?, 1.0);
//! # Ok::<(), refrain::Error>(())
//! ```
//!
//! # What it does not do
//!
//! It compares words, not meanings. It does not find a paraphrase that keeps few of the words, a
//! translation or an image. It does not know whether a sentence was copied or is one that everybody
//! writes.
//!
//! # Crate features
//!
//! * `html`, `markdown`: read documents of these [kinds](InputKind).
//! * `rayon` (default): spreads the work over threads; the results are the same without.
//! * `serde`: `Serialize` and `Deserialize` for [`Report`] and all it holds, in the format
//!   `refrain.report/1`; for [`Settings`], [`Signature`](sketch::Signature) and
//!   [`ShingleSet`](set::ShingleSet).
//!
//! # References
//!
//! * Broder 1997, *On the resemblance and containment of documents*: shingles, both measures.
//! * Broder, Charikar, Frieze, Mitzenmacher 1998, *Min-wise independent permutations*: signatures
//!   and their error.
//! * Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*, chapter 3: bands and the S-curve.
//! * Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant 2007; Mann, Augsten, Bouros 2016: exact
//!   joins over rarest-first prefixes.
//! * Pomikálek 2011, *Removing boilerplate and duplicate content from web corpora*: coverage by what
//!   was seen before.
//! * Sanchez-Perez, Gelbukh, Sidorov 2014: seed, extend and filter for passages.

// Layers, lowest first: each module uses only those above it in this list.
mod util;

mod arch;
pub mod set;
pub mod text;

pub mod sketch;

mod settings;

mod input;

mod matching;
mod passage;

mod theme;

mod measure;

mod report;

mod rules;

mod corpus;
mod detector;

pub use corpus::{CandidateMatch, CandidateRepresentative, Candidates, Fingerprint, Fingerprinter, Words};
pub use corpus::{Corpus, Keep, Pairs, Rank, Representative};
pub use detector::{Detector, DetectorBuilder};
pub use input::{Document, DocumentBuilder, InputKind, Problem, ReadOptions, Role};
pub use matching::{Cluster, Differs, Pair};
pub use passage::PassageKind;
#[doc(hidden)]
pub use passage::PassageThresholds;
pub use report::{
    Difference, DocumentSummary, Finding, Hidden, LeftOut, Occurrence, ParagraphSummary, Passage, Place,
    Report, Stretch, Theme, Verdict,
};
pub use settings::{
    Background, BackgroundCounts, Boilerplate, CoverageScope, Level, PairSearch, Profile, Rule, Settings,
    Shingle, Themes, VerdictLimits,
};
pub use text::ParagraphBreaks;
pub use util::error::{Error, ErrorKind};
pub use util::id::ParagraphId;
pub use util::progress::{Progress, Stage};
pub use util::span::Span;

/// The code in the README compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
