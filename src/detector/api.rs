//! What users call.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::check::check;
use super::task::Task;
use crate::corpus::{Candidates, Corpus, Fingerprinter};
use crate::input::Document;
use crate::matching::Pair;
use crate::passage::PassageThresholds;
use crate::report::{Report, Verdict};
use crate::settings::{Configuration, Settings};
use crate::util::error::Error;
use crate::util::progress::{Progress, Watch, Watcher};

/// The paragraphs that are added to a corpus at a time.
const BATCH: usize = 16_384;

/// Finds what repeats.
///
/// A detector is immutable and can be shared between threads; one can check any number of texts. A clone
/// is cheap: it shares the settings and the threads.
///
/// ```
/// use refrain::{Detector, Rule};
///
/// let text = "\
/// The ferry to the island leaves at nine every morning, except on Sundays.
///
/// Bicycles travel free of charge.
///
/// The ferry to the island leaves at ten every morning, except on Sundays.";
/// let report = Detector::new().check(text);
/// let finding = &report.findings()[0];
/// assert_eq!(finding.rule, Rule::NearDuplicate);
/// assert_eq!(finding.line, 5);
/// assert_eq!(finding.span.of(text), text.lines().last().unwrap());
/// ```
#[derive(Clone, Debug)]
pub struct Detector {
    configuration: Arc<Configuration>,
    thresholds: PassageThresholds,
}

impl Detector {
    /// A detector with the default [`Settings`].
    #[must_use]
    pub fn new() -> Self {
        Self::with_settings(Settings::default()).expect("the default settings are valid")
    }

    /// A detector with these settings, such as those of a [`Report`]. [`builder`](Self::builder) changes
    /// some of the defaults instead.
    ///
    /// # Errors
    ///
    /// If a setting is out of its range, or names a table of common words that is not built in.
    pub fn with_settings(settings: Settings) -> Result<Self, Error> {
        Ok(Self::from_configuration(Configuration::new(settings, None, None)?, PassageThresholds::default()))
    }

    pub(super) fn from_configuration(configuration: Configuration, thresholds: PassageThresholds) -> Self {
        Self { configuration: Arc::new(configuration), thresholds }
    }

    /// The settings that it was built with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.configuration.settings
    }

    /// Finds what repeats in one document.
    ///
    /// A text that is empty or holds no word gives a report without findings.
    ///
    /// # Panics
    ///
    /// If the document is over a limit; see [`try_check_all`](Self::try_check_all).
    pub fn check<'a>(&self, document: impl Into<Document<'a>>) -> Report {
        self.check_all([document])
    }

    /// The verdict on one document; its [summary](crate::DocumentSummary) in a [report](Self::check) has the
    /// figures behind it.
    ///
    /// # Panics
    ///
    /// If the document is over a limit; see [`try_check_all`](Self::try_check_all).
    ///
    /// ```
    /// use refrain::{Detector, Verdict};
    ///
    /// let detector = Detector::new();
    /// let text = "The ferry was late again. Nobody minded, for the sun was out. ";
    /// assert_eq!(detector.verdict(text), Verdict::Ok);
    /// assert_eq!(detector.verdict(&text.repeat(3)), Verdict::Repetitive);
    /// ```
    pub fn verdict<'a>(&self, document: impl Into<Document<'a>>) -> Verdict {
        self.check(document).documents()[0].verdict
    }

    /// Finds what repeats in each of the documents and across them.
    ///
    /// Pairs do not depend on the order of the documents; clusters, coverage and which of two
    /// paragraphs is the later one do. The number of threads changes nothing. Several documents
    /// without a name are called "document 1" and so on.
    ///
    /// # Panics
    ///
    /// If the documents are over a limit; see [`try_check_all`](Self::try_check_all).
    pub fn check_all<'a, D>(&self, documents: impl IntoIterator<Item = D>) -> Report
    where
        D: Into<Document<'a>>,
    {
        unwatched(self.check_documents(collect(documents), Task::Check, Watch::none()))
    }

    /// Does the same as [`check_all`](Self::check_all), but returns an error for documents over a limit,
    /// and shows its progress.
    ///
    /// `watch` is called at the start of each stage and every few hundredths of a second, by one thread
    /// at a time, which waits for it. Once it returns [`ControlFlow::Break`] it is not called again, and
    /// the check ends within a tenth of a second. Nothing of a cancelled check stays behind, and the next
    /// one is not affected. The watcher must not use the threads that the check works on.
    ///
    /// # Errors
    ///
    /// If there are 2^32 or more tokens, paragraphs, shingles of one paragraph or shingles that paragraphs
    /// share ([`ErrorKind::Limit`](crate::ErrorKind::Limit)), or if `watch` cancelled the check
    /// ([`ErrorKind::Cancelled`](crate::ErrorKind::Cancelled)).
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use std::time::{Duration, Instant};
    ///
    /// use refrain::{Detector, ErrorKind, Progress};
    ///
    /// let (detector, text) = (Detector::new(), "The same again. ".repeat(100));
    /// let deadline = Instant::now() + Duration::from_secs(60);
    /// let watch = |progress: Progress| {
    ///     println!("{:?}: {} of {}", progress.stage, progress.done, progress.total);
    ///     if Instant::now() < deadline { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    /// };
    /// let report = detector.try_check_all([&text], watch)?;
    /// assert_eq!(report, detector.check(&text));
    ///
    /// let cancelled = detector.try_check_all([&text], |_| ControlFlow::Break(())).unwrap_err();
    /// assert_eq!(cancelled.kind(), ErrorKind::Cancelled);
    /// # Ok::<(), refrain::Error>(())
    /// ```
    pub fn try_check_all<'a, D>(
        &self,
        documents: impl IntoIterator<Item = D>,
        watch: impl Fn(Progress) -> ControlFlow<()> + Sync,
    ) -> Result<Report, Error>
    where
        D: Into<Document<'a>>,
    {
        self.check_documents(collect(documents), Task::Check, Watcher::new(&watch).handle())
    }

    /// Finds what two documents share: which passages stand in both, and how much of each document
    /// stands in the other.
    ///
    /// The report has the form of that of [`check_all`](Self::check_all), with only the passages and
    /// findings that concern both documents. One borrowed stretch is one passage, and what was borrowed
    /// twice is two. Two documents with the same words are one passage, however short they are. The first
    /// document comes first, also in the occurrences of each passage. How much of a document stands in the
    /// other is its [`shared`](crate::DocumentSummary::shared).
    ///
    /// The settings are those of the detector. Different writers share more short phrases than one writer
    /// repeats, so the command asks for passages of 8 tokens here, and of 6 in a check.
    ///
    /// # Panics
    ///
    /// If the documents are over a limit; see [`try_compare`](Self::try_compare).
    ///
    /// ```
    /// use refrain::{Detector, PassageKind};
    ///
    /// let left = "Yesterday the harbour froze from shore to shore. Nobody had seen the like of it.";
    /// let right = "My aunt wrote that the harbour froze from shore to shore.";
    /// let report = Detector::new().compare(("left", left), ("right", right));
    ///
    /// let [passage] = report.passages() else { panic!("more than one") };
    /// assert_eq!(passage.kind, PassageKind::Verbatim);
    /// for (occurrence, text) in passage.occurrences.iter().zip([left, right]) {
    ///     assert_eq!(occurrence.span.of(text), "the harbour froze from shore to shore");
    /// }
    /// let shared: Vec<f64> = report.documents().iter().map(|document| document.shared).collect();
    /// assert_eq!(shared, [7.0 / 15.0, 7.0 / 11.0]);
    /// ```
    pub fn compare<'a>(&self, left: impl Into<Document<'a>>, right: impl Into<Document<'a>>) -> Report {
        unwatched(self.check_documents(vec![left.into(), right.into()], Task::Compare, Watch::none()))
    }

    /// Does the same as [`compare`](Self::compare), but returns an error for documents over a limit, and
    /// shows its progress to `watch`, as [`try_check_all`](Self::try_check_all) does.
    ///
    /// # Errors
    ///
    /// As for [`try_check_all`](Self::try_check_all).
    pub fn try_compare<'a>(
        &self,
        left: impl Into<Document<'a>>,
        right: impl Into<Document<'a>>,
        watch: impl Fn(Progress) -> ControlFlow<()> + Sync,
    ) -> Result<Report, Error> {
        self.check_documents(vec![left.into(), right.into()], Task::Compare, Watcher::new(&watch).handle())
    }

    /// Does the same as [`try_compare`](Self::try_compare), but says nothing of each document by itself: in
    /// the [summaries](crate::DocumentSummary) `redundancy`, `said_again`, `opening_closing` and `repetition` are
    /// 0, and every verdict is `ok`. All else is the same, sooner.
    ///
    /// For a program that looks a document up among many others, and has checked it once before.
    ///
    /// # Errors
    ///
    /// As for [`try_check_all`](Self::try_check_all).
    ///
    /// ```
    /// use std::ops::ControlFlow;
    ///
    /// use refrain::Detector;
    ///
    /// let go_on = |_| ControlFlow::Continue(());
    /// let (left, right) = ("Eggs keep in a cool cellar.", "In spring, eggs keep in a cool cellar.");
    /// let report = Detector::new().try_shared(left, right, go_on)?;
    /// assert_eq!(report.documents()[0].shared, 1.0);
    /// # Ok::<(), refrain::Error>(())
    /// ```
    pub fn try_shared<'a>(
        &self,
        left: impl Into<Document<'a>>,
        right: impl Into<Document<'a>>,
        watch: impl Fn(Progress) -> ControlFlow<()> + Sync,
    ) -> Result<Report, Error> {
        self.check_documents(vec![left.into(), right.into()], Task::Shared, Watcher::new(&watch).handle())
    }

    /// Finds all near-duplicate pairs of a corpus, ascending by the places of their paragraphs, and
    /// makes no report.
    ///
    /// Each item is one paragraph, however many blank lines it holds. The texts are not kept; see
    /// [`Corpus`] for the memory that it takes, and for paragraphs that come in batches.
    ///
    /// # Panics
    ///
    /// If the paragraphs are over a limit; see [`try_pairs`](Self::try_pairs).
    ///
    /// ```
    /// use refrain::Detector;
    ///
    /// let paragraphs = ["Tea is served at four.", "Rain is expected.", "Tea is served at four!"];
    /// for pair in Detector::new().pairs(paragraphs) {
    ///     println!("{} and {}: {:.2}", pair.left, pair.right, pair.resemblance());
    /// }
    /// ```
    pub fn pairs<T: AsRef<str> + Sync>(&self, paragraphs: impl IntoIterator<Item = T>) -> Vec<Pair> {
        unwatched(self.try_pairs(paragraphs, |_| ControlFlow::Continue(())))
    }

    /// Does the same as [`pairs`](Self::pairs), but returns an error for paragraphs over a limit, and shows
    /// its progress to `watch`, as [`Corpus::pairs`] does. `watch` is not called while paragraphs are added.
    ///
    /// # Errors
    ///
    /// If there are 2^32 or more paragraphs, shingles of one paragraph or shingles that paragraphs share,
    /// or if `watch` cancelled the search.
    pub fn try_pairs<T: AsRef<str> + Sync>(
        &self,
        paragraphs: impl IntoIterator<Item = T>,
        watch: impl Fn(Progress) -> ControlFlow<()> + Sync,
    ) -> Result<Vec<Pair>, Error> {
        let mut corpus = self.corpus();
        let mut paragraphs = paragraphs.into_iter();
        loop {
            let batch: Vec<T> = paragraphs.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return Ok(corpus.pairs(watch)?.pairs);
            }
            corpus.extend(&batch)?;
        }
    }

    /// An empty corpus, to gather paragraphs in and match them with these settings, on these threads. It
    /// does not borrow the detector.
    #[must_use]
    pub fn corpus(&self) -> Corpus {
        Corpus::new(Arc::clone(&self.configuration))
    }

    /// What makes fingerprints of single paragraphs, for a corpus that is spread over machines.
    #[must_use]
    pub fn fingerprinter(&self) -> Fingerprinter {
        Fingerprinter::new(Arc::clone(&self.configuration))
    }

    /// What matches, on these threads, those paragraphs of such a corpus that one machine settles. It is empty.
    #[must_use]
    pub fn candidates(&self) -> Candidates {
        Candidates::new(Arc::clone(&self.configuration))
    }

    fn check_documents(
        &self,
        mut documents: Vec<Document<'_>>,
        task: Task,
        watch: Watch<'_>,
    ) -> Result<Report, Error> {
        if documents.len() > 1 {
            for (number, document) in (1..).zip(&mut documents) {
                document.name_if_nameless(|| format!("document {number}"));
            }
        }
        let bytes = documents.iter().map(|document| document.source().len()).sum();
        self.configuration
            .threads
            .run_on(bytes, || check(&self.configuration, self.thresholds, &documents, task, watch))
    }
}

fn collect<'a, D: Into<Document<'a>>>(documents: impl IntoIterator<Item = D>) -> Vec<Document<'a>> {
    documents.into_iter().map(Into::into).collect()
}

/// The result of work that nobody can cancel.
fn unwatched<T>(result: Result<T, Error>) -> T {
    result.unwrap_or_else(|error| panic!("{error}"))
}

impl Default for Detector {
    fn default() -> Self {
        Self::new()
    }
}
