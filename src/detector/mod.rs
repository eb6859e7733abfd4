//! The order of it all: from documents to a report.

mod align_pairs;
mod assemble;

use std::ops::{ControlFlow, Range};

use self::assemble::{Assembly, Matched};
use crate::corpus::Corpus;
use crate::input::{Document, Texts};
use crate::matching::{self, Identities, NumberFamilies, Pair, ShingleIndex};
use crate::measure::{Coverage, Marked, coverage};
use crate::passage::{self, PassageSettings, PassageThresholds, Stretches};
use crate::report::Report;
use crate::rules::CONTAINED;
use crate::set::ShingleSets;
use crate::settings::{Boilerplate, Scope, Search, Settings, Shingle};
use crate::sketch::Bander;
use crate::util::error::Error;
use crate::util::parallel::{self, Threads};
use crate::util::progress::Watch;

/// So many paragraphs of a corpus are worked on at a time.
const BATCH: usize = 16_384;

/// Finds what repeats.
///
/// A detector is immutable and can be shared between threads; one can check any number of texts.
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
#[derive(Debug)]
pub struct Detector {
    settings: Settings,
    bander: Option<Bander>,
    threads: Threads,
    thresholds: PassageThresholds,
}

impl Detector {
    /// A detector with the default [`Settings`].
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build().expect("the default settings are valid")
    }

    /// Settings for a detector, to change some of them.
    pub fn builder() -> DetectorBuilder {
        DetectorBuilder::default()
    }

    /// The settings that it was built with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Finds what repeats in one document.
    ///
    /// A text that is empty or holds no word gives a report without findings.
    ///
    /// # Panics
    ///
    /// If the document holds 2^32 tokens or more.
    pub fn check<'a>(&self, document: impl Into<Document<'a>>) -> Report {
        self.check_all([document])
    }

    /// Finds what repeats in each of the documents and across them.
    ///
    /// Pairs do not depend on the order of the documents; clusters, coverage and which of two
    /// paragraphs is the later one do. The number of threads changes nothing. Several documents
    /// without a name are called "document 1" and so on.
    ///
    /// # Panics
    ///
    /// If the documents hold 2^32 tokens or more.
    pub fn check_all<'a, D>(&self, documents: impl IntoIterator<Item = D>) -> Report
    where
        D: Into<Document<'a>>,
    {
        self.report(documents.into_iter().map(Into::into).collect(), false)
    }

    /// Finds what two documents share: which passages stand in both, and how much of each document
    /// stands in the other.
    ///
    /// The report is that of [`check_all`](Self::check_all), but that passages and findings which concern
    /// one of the documents only are left out, and so are passages that lie for more than half inside
    /// better ones in both: one borrowed stretch is one passage, and what was borrowed twice is two. A
    /// paragraph that both have word for word is a passage however short it is. The first document comes
    /// first, in the occurrences of each passage too. How much of a document stands in the other is its
    /// [`shared`](crate::DocumentSummary::shared). What a document says again in other words is not
    /// looked for, so its [`redundancy`](crate::DocumentSummary::redundancy) may be less than in a check.
    ///
    /// # Panics
    ///
    /// If the documents hold 2^32 tokens or more.
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
        self.report(vec![left.into(), right.into()], true)
    }

    /// Finds all near-duplicate pairs of a corpus, ascending by the places of their paragraphs, and
    /// makes no report.
    ///
    /// Each item is one paragraph, however many blank lines it holds. The texts are not kept; see
    /// [`Corpus`] for the memory that it takes, for progress, and for paragraphs that come in parts.
    ///
    /// # Panics
    ///
    /// If there are more than `u32::MAX` paragraphs, or more shingles that are shared ([`Corpus`] makes
    /// errors of it).
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
        let mut corpus = self.corpus();
        let mut paragraphs = paragraphs.into_iter();
        loop {
            let batch: Vec<T> = paragraphs.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            corpus.extend(&batch).expect("there are at most u32::MAX paragraphs");
        }
        corpus
            .pairs(|_| ControlFlow::Continue(()))
            .expect("nobody breaks it off, and fewer than 2^32 shingles are shared")
            .pairs
    }

    /// An empty corpus, to gather paragraphs in and match them under these settings.
    #[must_use]
    pub fn corpus(&self) -> Corpus<'_> {
        // Up to how many paragraphs there will be is not known yet, so keys are made in any case.
        let bander = self.bander.as_ref().filter(|_| self.settings.search != Search::Exact);
        Corpus::new(&self.settings, bander, &self.threads)
    }

    fn report(&self, mut documents: Vec<Document<'_>>, comparison: bool) -> Report {
        if documents.len() > 1 {
            for (number, document) in (1..).zip(&mut documents) {
                document.name_if_nameless(|| format!("document {number}"));
            }
        }
        self.threads.run(|| self.report_on(&documents, comparison))
    }

    fn report_on(&self, documents: &[Document<'_>], comparison: bool) -> Report {
        let texts = Texts::new(documents);
        let mut matched = self.matched(&texts);
        let passages =
            PassageSettings { min_tokens: self.settings.min_passage_tokens, thresholds: self.thresholds };
        let own =
            parallel::map_ranges(documents.len(), 1, |range| passage::within(&texts, range.start, &passages));
        let own: Vec<Stretches> = own.into_iter().flatten().collect();
        let stretches = match documents.len() {
            _ if comparison => passage::between(&texts, &passages),
            0 | 1 => own.clone(),
            _ => passage::across(&texts, own.clone(), &passages),
        };
        if let Some(least) = self.least(&texts) {
            matched.marked.add_passages(least, &texts, &matched.groups, &stretches);
        }
        let coverage = self.coverage(&texts, &matched);
        let mut report = Assembly::new(&self.settings, &texts, matched, coverage, &own, &stretches).report();
        if comparison {
            report
                .findings
                .retain(|found| found.related.iter().any(|place| place.document != found.document));
        }
        report
    }

    /// From how many documents on something is boilerplate, if anything is.
    fn least(&self, texts: &Texts<'_>) -> Option<usize> {
        self.settings.boilerplate.map(|boilerplate| boilerplate.least(texts.documents.len()))
    }

    /// Matches the paragraphs that are long enough.
    fn matched(&self, texts: &Texts<'_>) -> Matched {
        let Settings { shingle, threshold, min_paragraph_tokens, max_pairs, .. } = self.settings;
        let identities = parallel::map_ranges(texts.paragraphs.len(), 256, |range| {
            let identity = |paragraph: usize| {
                let long_enough =
                    texts.paragraphs[paragraph].size >= min_paragraph_tokens.max(1).saturating_mul(2);
                long_enough.then(|| texts.identity(paragraph))
            };
            range.map(identity).collect::<Vec<_>>()
        });
        let mut groups = Identities::default();
        for identity in identities.into_iter().flatten() {
            groups.push(identity);
        }
        let groups = groups.into_groups();
        let numbers: NumberFamilies = (0..groups.len())
            .map(|group| texts.identity_ignoring_numbers(groups.first(group) as usize))
            .collect();
        let mut sets = ShingleSets::collect(groups.len(), shingle.width, |group, units| {
            texts.units(groups.first(group) as usize, shingle, units);
        });
        let bander = self.bander.as_ref().filter(|_| self.settings.search.is_banded(groups.len()));
        let keys = bander.map(|bander| bander.all_keys(&sets));
        let limit = max_pairs.unwrap_or(usize::MAX);
        let found = matching::search(&mut sets, keys.as_ref(), threshold, limit, Watch::none());
        let matches = found.expect("nobody breaks it off, and fewer than 2^32 shingles are shared").matches;
        sets.sort(|_| true);
        let members: Vec<u32> = (0..).take(groups.len()).collect();
        let index = ShingleIndex::new(&sets, &members).expect("the search numbered them, too");
        let marked = match self.least(texts) {
            Some(least) => Marked::paragraphs(least, texts, &groups, &matches),
            None => Marked::default(),
        };
        let mut near = vec![false; groups.len()];
        for found in matches.iter().filter(|found| !marked.group(found.left as usize)) {
            near[found.right as usize] = true;
        }
        let asked = |group: usize| !near[group] && !marked.group(group);
        let containers = matching::containers(&sets, &index, CONTAINED, asked, |group| !marked.group(group));
        let banding = bander.map(Bander::banding);
        Matched { groups, numbers, sets, matches, marked, containers, banding }
    }

    /// The coverage of every paragraph by those before it in its document, or in all documents, with
    /// sources as ids.
    fn coverage(&self, texts: &Texts<'_>, matched: &Matched) -> Vec<Coverage> {
        let shingle = self.settings.shingle;
        // The sets of paragraphs that take no part in matching.
        let apart: Vec<usize> =
            (0..texts.paragraphs.len()).filter(|&p| matched.groups.of(p).is_none()).collect();
        let mut sets = ShingleSets::collect(apart.len(), shingle.width, |index, units| {
            texts.units(apart[index], shingle, units);
        });
        sets.sort(|_| true);
        let set = |paragraph: usize| match matched.groups.of(paragraph) {
            Some(group) => matched.sets.get(group),
            None => sets.get(apart.partition_point(|&before| before < paragraph)),
        };
        let besides = matched.marked.shingles(texts, shingle);
        let scopes = match self.settings.coverage {
            Scope::Document => texts.by_document(),
            Scope::Documents => vec![Range { start: 0, end: texts.paragraphs.len() }],
        };
        let found = parallel::map_ranges(scopes.len(), 1, |range| {
            let paragraphs = scopes[range.start].clone();
            let first = paragraphs.start as u32;
            let mut found = coverage(paragraphs.map(set), &besides);
            for source in found.iter_mut().flat_map(|coverage| &mut coverage.sources) {
                *source += first;
            }
            found
        });
        found.into_iter().flatten().collect()
    }
}

impl Default for Detector {
    fn default() -> Self {
        Self::new()
    }
}

/// Settings for a [`Detector`], each with a default; see [`Settings`].
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct DetectorBuilder {
    settings: Settings,
    threads: Option<usize>,
    thresholds: PassageThresholds,
}

impl DetectorBuilder {
    /// The resemblance from which on two paragraphs are a pair, greater than 0 and at most 1.
    ///
    /// Default 0.5, at which a reader sees at once that two paragraphs are alike. Lower values find
    /// looser likeness, and more of what is none; 0.8 is usual for thinning out corpora.
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

    /// Passages have at least so many tokens, 1 or more. Default 4.
    ///
    /// Two characters of a script without spaces count as one token.
    pub fn min_passage_tokens(mut self, tokens: usize) -> Self {
        self.settings.min_passage_tokens = tokens;
        self
    }

    /// How pairs are searched for. Default [`Search::Auto`].
    pub fn search(mut self, search: Search) -> Self {
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
    /// Bands are made of as many rows as the lanes afford, so more of them mean fewer candidates; but of
    /// shingles of three words or more five rows are enough, whatever the lanes.
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

    /// Of each paragraph at most so many pairs with earlier, different ones are looked for, the
    /// earliest of them. Default `None`: all. Identical paragraphs count as one: such a pair stands for
    /// those of all their copies.
    ///
    /// Where very many paragraphs are alike, as when a template makes them, their pairs are too many
    /// to list: 20,000 make 200 million. In a report, clusters are made of the pairs that are left, and
    /// near-duplicates name one of them; a [`Corpus`] needs no pairs for its representatives.
    pub fn max_pairs(mut self, pairs: Option<usize>) -> Self {
        self.settings.max_pairs = pairs;
        self
    }

    /// Whether paragraphs that differ in numbers only ([`Differs::Numbers`](crate::Differs::Numbers))
    /// count as near-duplicates like any others. Default `false`.
    ///
    /// By default "Road 1506 is closed" and "Road 1507 is closed" are two texts: their pair is listed
    /// and says so, but a report notes it apart, they are in no cluster together, and neither stands
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
    /// documents, too. Default [`Scope::Document`].
    ///
    /// With [`Scope::Documents`] the coverage of each paragraph is what it would be if all documents were
    /// one, and `repetitive` findings name sources in other documents. Redundancy is always that of a
    /// document by itself.
    ///
    /// # Memory
    ///
    /// Each distinct shingle is remembered while coverage is counted, in a table of 17 bytes a slot that
    /// is between 7/16 and 7/8 full: 19 to 39 bytes for each distinct shingle of all documents, and half
    /// as much again while the table grows. By default the table is that of one document at a time, or
    /// of as many as there are threads.
    ///
    /// ```
    /// use refrain::{Detector, Rule, Scope};
    ///
    /// let monday = "The ferry to the island leaves at nine every morning, except on Sundays and in fog.";
    /// let friday = "As ever, the ferry to the island leaves at nine every morning, except on Sundays; \
    ///     its captain retires in May, after thirty years.";
    /// let report = Detector::new().check_all([monday, friday]);
    /// assert_eq!(report.paragraphs()[1].coverage, 0.0);
    ///
    /// let detector = Detector::builder().coverage(Scope::Documents).build()?;
    /// let report = detector.check_all([monday, friday]);
    /// assert_eq!(report.paragraphs()[1].coverage, 11.0 / 21.0);
    /// assert_eq!(report.findings()[0].rule, Rule::Repetitive);
    /// assert_eq!(report.findings()[0].related[0].document, 0);
    /// # Ok::<(), refrain::Error>(())
    /// ```
    pub fn coverage(mut self, scope: Scope) -> Self {
        self.settings.coverage = scope;
        self
    }

    /// From how many documents on a paragraph or passage that stands in them is boilerplate. Default
    /// `None`: nothing is.
    ///
    /// A paragraph stands in a document if that has it, a copy of it or a near-duplicate, whatever their
    /// numbers. Boilerplate belongs to the set, not to its documents: it is reported once, with its
    /// documents ([`Rule::Boilerplate`](crate::Rule::Boilerplate), a note), and counts as said by nobody.
    /// So it is no duplicate and no repeated passage, and neither coverage nor redundancy count it.
    /// Pairs, clusters and passages are listed as ever.
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

    /// How many threads to work with, 1 to 1024; no result depends on it.
    ///
    /// By default those of the caller's rayon pool. A number makes the detector keep a pool of its
    /// own. Without the feature `rayon` there is always one.
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
    /// If a setting is out of its range, or the system will not start the threads.
    pub fn build(self) -> Result<Detector, Error> {
        let bander = self.settings.validate()?;
        let threads = Threads::new(self.threads)?;
        Ok(Detector { settings: self.settings, bander, threads, thresholds: self.thresholds })
    }
}
