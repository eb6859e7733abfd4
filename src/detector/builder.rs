//! How a detector is configured.

use std::sync::Arc;

use super::api::Detector;
use crate::passage::PassageThresholds;
use crate::settings::{
    Background, Boilerplate, Configuration, CoverageScope, PairSearch, Profile, Settings, Shingle, Themes,
    VerdictLimits,
};
use crate::text::ParagraphBreaks;
use crate::util::error::Error;

/// Settings for a [`Detector`], each with a default; see [`Settings`]. It can be made from settings, to
/// change some of them:
///
/// ```
/// use refrain::{DetectorBuilder, Settings};
///
/// let stored = Settings::default();
/// let detector = DetectorBuilder::from(stored).threshold(0.7).threads(2).build()?;
/// assert_eq!(detector.settings().threshold, 0.7);
/// # Ok::<(), refrain::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct DetectorBuilder {
    settings: Settings,
    threads: Option<usize>,
    thresholds: PassageThresholds,
    background: Option<Arc<Background>>,
}

impl DetectorBuilder {
    /// What separates the paragraphs of plain text.
    ///
    /// Default [`ParagraphBreaks::Auto`]: blank lines, or the end of every line where the text looks so. The
    /// blocks of a [document with markup](crate::Document::builder) are not cut.
    pub fn paragraphs(mut self, breaks: ParagraphBreaks) -> Self {
        self.settings.paragraphs = breaks;
        self
    }

    /// The least resemblance of a pair, greater than 0 and at most 1.
    ///
    /// Default 0.5: a reader sees at once that such paragraphs are alike. Lower values find looser
    /// likeness, and more pairs that a reader would not call alike; 0.8 is usual for deduplication.
    pub fn threshold(mut self, threshold: f64) -> Self {
        self.settings.threshold = threshold;
        self
    }

    /// What paragraphs are compared by. Default [`Shingle::words(3)`](Shingle::words).
    pub fn shingle(mut self, shingle: Shingle) -> Self {
        self.settings.shingle = shingle;
        self
    }

    /// Paragraphs of fewer tokens take no part in pairs; the report says how many there were.
    ///
    /// Default 5, so that headings and page furniture ("Share.") stay out. Two characters of a
    /// script without spaces count as one token. A paragraph without a token never takes part.
    pub fn min_paragraph_tokens(mut self, tokens: usize) -> Self {
        self.settings.min_paragraph_tokens = tokens;
        self
    }

    /// Paragraphs of fewer tokens that are the same as others, like others or contained in others are notes, one
    /// for all copies, and no warnings. Default 15: of such warnings about shorter ones, editors found 1 of 41
    /// useful. Two characters of a script without spaces count as one token.
    ///
    /// Headings and tables of contents are never warned of: single lines of fewer than 15 tokens in which no
    /// sentence ends, and paragraphs that consist mostly of headings.
    pub fn min_warning_tokens(mut self, tokens: usize) -> Self {
        self.settings.min_warning_tokens = tokens;
        self
    }

    /// The least tokens of a passage, 1 or more. Default 6 (8 in `refrain compare`).
    ///
    /// Two characters of a script without spaces count as one token.
    pub fn min_passage_tokens(mut self, tokens: usize) -> Self {
        self.settings.min_passage_tokens = tokens;
        self
    }

    /// How pairs are searched for. Default [`PairSearch::Auto`].
    pub fn search(mut self, search: PairSearch) -> Self {
        self.settings.search = search;
        self
    }

    /// The wanted share, greater than 0 and less than 1, of those pairs whose resemblance is just
    /// the threshold; of more similar ones more are found. Default 0.99.
    ///
    /// Only a banded search misses any.
    pub fn recall(mut self, recall: f64) -> Self {
        self.settings.recall = recall;
        self
    }

    /// The most lanes of a signature, 1 to 65536. Default 128.
    ///
    /// Bands have as many rows as the lanes allow, so more lanes mean fewer candidates. Shingles of three
    /// words or more never need more than five rows.
    pub fn lanes(mut self, lanes: usize) -> Self {
        self.settings.lanes = lanes;
        self
    }

    /// The seed of the signatures' hash functions. Default 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// Of more identical paragraphs than this, each is paired with the first only, and only the
    /// first stands for them in pairs with others. At least 1; default 32.
    pub fn copies(mut self, copies: usize) -> Self {
        self.settings.copies = copies;
        self
    }

    /// The most pairs of a paragraph with earlier, different ones, 1 or more: the earliest are kept.
    /// Default `None`: 100 in a report, no limit in a corpus. Identical paragraphs count as one.
    ///
    /// Where very many paragraphs are alike, as when a template makes them, their pairs are too many to
    /// list: 20,000 make 200 million. A report says how many paragraphs have more pairs
    /// ([`Report::left_out`](crate::Report::left_out)). Its clusters and findings do not depend on those
    /// that are left out: in addition, each paragraph is compared with the representatives of all
    /// clusters.
    pub fn max_pairs(mut self, pairs: Option<usize>) -> Self {
        self.settings.max_pairs = pairs;
        self
    }

    /// Whether paragraphs that differ in numbers only ([`Differs::Numbers`](crate::Differs::Numbers))
    /// count as near-duplicates like any others. Default `false`.
    ///
    /// By default "Road 1506 is closed" and "Road 1507 is closed" are two texts: their pair is listed
    /// and says so, the report has a note about it, they are in no cluster together, and neither stands
    /// for the other.
    ///
    /// ```
    /// use refrain::{Detector, Differs, Rule};
    ///
    /// let minutes = [
    ///     "The minutes of the town council of 12 December 2022 were approved without a change by all members.",
    ///     "The minutes of the town council of 31 January 2023 were approved without a change by all members.",
    /// ];
    /// let report = Detector::new().check_all(minutes);
    /// assert_eq!(report.pairs()[0].differs, Some(Differs::Numbers));
    /// assert_eq!(report.findings()[0].rule, Rule::DiffersInNumbers);
    /// assert!(report.clusters().is_empty());
    ///
    /// let report = Detector::builder().merge_numbers(true).build()?.check_all(minutes);
    /// assert_eq!(report.pairs()[0].differs, Some(Differs::Numbers));
    /// assert_eq!(report.findings()[0].rule, Rule::NearDuplicate);
    /// assert_eq!(report.clusters().len(), 1);
    /// # Ok::<(), refrain::Error>(())
    /// ```
    pub fn merge_numbers(mut self, merge: bool) -> Self {
        self.settings.merge_numbers = merge;
        self
    }

    /// Which earlier paragraphs coverage counts: those of the same document, or those of earlier
    /// documents, too. Default [`CoverageScope::Document`].
    ///
    /// With [`CoverageScope::Documents`] the coverage of each paragraph is what it would be if all
    /// documents were one, and `repetitive` findings name sources in other documents. Redundancy is
    /// always that of a document by itself.
    ///
    /// # Memory
    ///
    /// Each distinct shingle is remembered while coverage is counted, in a table of 17 bytes a slot that
    /// is between 7/16 and 7/8 full: 19 to 39 bytes for each distinct shingle of all documents, and half
    /// as much again while the table grows. By default the table is that of one document at a time, or
    /// of as many as there are threads.
    ///
    /// ```
    /// use refrain::{Detector, Rule, CoverageScope};
    ///
    /// let monday = "The ferry to the island leaves at nine every morning, except on Sundays and in fog.";
    /// let friday = "As ever, the ferry to the island leaves at nine every morning, except on Sundays; \
    ///     its captain retires in May, after thirty years.";
    /// let report = Detector::new().check_all([monday, friday]);
    /// assert_eq!(report.paragraphs()[1].coverage, 0.0);
    ///
    /// let detector = Detector::builder().coverage(CoverageScope::Documents).build()?;
    /// let report = detector.check_all([monday, friday]);
    /// assert_eq!(report.paragraphs()[1].coverage, 11.0 / 21.0);
    /// assert_eq!(report.findings()[0].rule, Rule::Repetitive);
    /// assert_eq!(report.findings()[0].related[0].document, 0);
    /// # Ok::<(), refrain::Error>(())
    /// ```
    pub fn coverage(mut self, scope: CoverageScope) -> Self {
        self.settings.coverage = scope;
        self
    }

    /// A paragraph or passage found in at least N documents, or in P% of them, is boilerplate. Default
    /// `None`: nothing is.
    ///
    /// A paragraph is found in a document that has it, a copy or a near-duplicate of it, whatever their
    /// numbers. Boilerplate belongs to the set, not to its documents: it is reported once, with its
    /// documents ([`Rule::Boilerplate`](crate::Rule::Boilerplate), a note). It is no duplicate and no
    /// repeated passage, and neither coverage nor redundancy count it. Pairs, clusters and passages are
    /// listed as without this setting.
    ///
    /// ```
    /// use refrain::{Boilerplate, Detector, Rule};
    ///
    /// let footer = "Subscribe to our letter, and never miss the best stories from the islands.";
    /// let documents = ["Herons nest late.", "Fog closed the port.", "The ferry is full."]
    ///     .map(|story| format!("{story}\n\n{footer}"));
    /// let detector = Detector::builder().boilerplate(Some(Boilerplate::Percent(20.0))).build()?;
    /// let report = detector.check_all(&documents);
    /// let [finding] = report.findings() else { panic!("more than one") };
    /// assert_eq!(finding.rule, Rule::Boilerplate);
    /// assert_eq!(finding.message, "this paragraph stands in 3 of 3 documents");
    /// assert_eq!(finding.related.iter().map(|place| place.document).collect::<Vec<_>>(), [1, 2]);
    /// # Ok::<(), refrain::Error>(())
    /// ```
    pub fn boilerplate(mut self, boilerplate: Option<Boilerplate>) -> Self {
        self.settings.boilerplate = boilerplate;
        self
    }

    /// What kind of texts are checked: sets the limits from which on the verdict on a document is not `ok`.
    /// Default [`Profile::Prose`].
    pub fn profile(self, profile: Profile) -> Self {
        self.verdict(profile.limits())
    }

    /// From which figures on the verdict on a document is not `ok`. Default those of [`Profile::Prose`].
    ///
    /// ```
    /// use refrain::{Detector, Profile};
    ///
    /// let mut limits = Profile::Reference.limits();
    /// limits.redundancy = 0.4;
    /// let detector = Detector::builder().verdict(limits).build()?;
    /// assert_eq!(detector.settings().verdict.redundancy, 0.4);
    /// # Ok::<(), refrain::Error>(())
    /// ```
    pub fn verdict(mut self, limits: VerdictLimits) -> Self {
        self.settings.verdict = limits;
        self
    }

    /// How much of what a document says again, in whatever words, is looked for. Default
    /// [`Themes::Strict`].
    ///
    /// ```
    /// use refrain::{Detector, Rule, Themes};
    ///
    /// let text = "\
    /// The ferry company wants to replace its two oldest boats with electric catamarans by next spring.
    ///
    /// Island shops close at noon on Sundays, and nobody seems to mind. The baker sleeps late. Children \
    /// swim off the pier until their mothers call.
    ///
    /// By next spring, the mayor promised, electric catamarans will replace the two oldest boats.";
    /// let report = Detector::new().check(text);
    /// let wordings = report.themes()[0].occurrences.iter().map(|found| &*found.text).collect::<Vec<_>>();
    /// assert_eq!(wordings, [
    ///     "replace its two oldest boats with electric catamarans by next spring",
    ///     "next spring, the mayor promised, electric catamarans will replace the two oldest boats",
    /// ]);
    /// let finding = report.findings().iter().find(|finding| finding.rule == Rule::SaidAgain).unwrap();
    /// assert!(finding.message.starts_with("said in 2 paragraphs: “replace its two oldest boats"));
    ///
    /// let report = Detector::builder().themes(Themes::Off).build()?.check(text);
    /// assert!(report.themes().is_empty());
    /// # Ok::<(), refrain::Error>(())
    /// ```
    pub fn themes(mut self, level: Themes) -> Self {
        self.settings.themes = level;
        self
    }

    /// The table of common words that themes are weighed with, instead of the built-in one of English;
    /// `None` for no table.
    ///
    /// A table serves documents in its language: those of whose words it lists at least half. Others are
    /// weighed by themselves.
    pub fn background(mut self, table: Option<Background>) -> Self {
        self.settings.background = table.as_ref().map_or(Background::NONE, Background::name).to_owned();
        self.background = table.map(Arc::new);
        self
    }

    /// How many threads to work with, 1 to 1024. No result depends on it.
    ///
    /// By default the threads of the caller's rayon pool; documents of 64 KiB together, or less, are checked
    /// and compared on the caller's thread alone, which is sooner. With a number, the detector has a pool of
    /// its own, which its clones and corpora share. Without the feature `rayon` there is always one thread.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Replaces the thresholds of the passage search, for the bench that measures them.
    #[doc(hidden)]
    pub fn passage_thresholds(mut self, thresholds: PassageThresholds) -> Self {
        self.thresholds = thresholds;
        self
    }

    /// Checks the settings and builds the detector.
    ///
    /// # Errors
    ///
    /// If a setting is out of its range, or the system does not start the threads.
    pub fn build(self) -> Result<Detector, Error> {
        let configuration = Configuration::new(self.settings, self.threads, self.background)?;
        Ok(Detector::from_configuration(configuration, self.thresholds))
    }
}

impl From<Settings> for DetectorBuilder {
    fn from(settings: Settings) -> Self {
        Self { settings, ..Self::default() }
    }
}

impl Detector {
    /// Settings for a detector, to change some of them.
    pub fn builder() -> DetectorBuilder {
        DetectorBuilder::default()
    }
}
