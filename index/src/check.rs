//! One check: candidates, then their texts, then the comparison.

use std::ops::{ControlFlow, Range};

use refrain::{Detector, Document, Span, set, text};

use crate::candidates::{Candidate, Candidates, candidates};
use crate::documents::identity;
use crate::error::Error;
use crate::keys::Hashed;
use crate::lookup::Filters;
use crate::progress::{Stage, Watch, show};
use crate::query::Query;
use crate::report::{Alike, Boilerplate, Match, Report, Run};
use crate::runs_of_words::{Places, runs, shared};
use crate::settings::{Derived, Settings};
use crate::state::State;
use crate::store::Read;
use crate::texts::{Dictionary, load_text};

/// What a check works with.
pub(crate) struct Checker<'a, R: ?Sized> {
    pub(crate) store: &'a R,
    pub(crate) settings: &'a Settings,
    pub(crate) derived: &'a Derived,
    pub(crate) detector: &'a Detector,
    pub(crate) filters: &'a Filters,
    pub(crate) dictionary: &'a Dictionary,
}

/// The document that is checked.
struct Checked<'a> {
    document: &'a Document<'a>,
    hashed: Hashed,
    places: Places,
    /// The token behind each fingerprint, by its first token.
    fingerprint_ends: Vec<u32>,
    /// The number of shingles of each paragraph, 0 for one without a sketch.
    sizes: Vec<u32>,
    /// The span of each token in the text that is read, once they are needed.
    tokens: Option<Vec<Span>>,
}

impl<R: Read + ?Sized> Checker<'_, R> {
    pub(crate) fn check(
        &self,
        document: &Document<'_>,
        query: &Query,
        watch: Watch<'_>,
    ) -> Result<Report, Error> {
        let Self { store, settings, derived, filters, .. } = *self;
        show(watch, Stage::Comparing, 0, 0)?;
        let state = State::load(store)?;
        let hashed = Hashed::new(document, settings.detector.paragraphs);
        let (keys, sizes) = hashed.keys(derived);
        let threshold = settings.detector.threshold;
        let Candidates { documents, frequent, undated } =
            candidates(store, &state, filters, (&keys, &sizes), (derived, threshold), query)?;
        let places = Places::new(if documents.is_empty() { &[] } else { &hashed.tokens }, settings.guarantee);
        let fingerprint_ends = set::shingle_ends(&hashed.tokens, derived.width);
        let mut checked = Checked { document, hashed, places, fingerprint_ends, sizes, tokens: None };

        let mut report = Report {
            name: document.name().to_owned(),
            tokens: checked.hashed.tokens.len(),
            shared_tokens: 0,
            shared: 0.0,
            matches: Vec::new(),
            boilerplate: checked.boilerplate(&frequent, query.frequent),
            more: 0,
            undated,
        };
        let (_, run_ends) = runs(&checked.hashed.tokens, settings.guarantee);
        let mut covered = Covered {
            tokens: vec![false; report.tokens],
            paragraphs: vec![false; checked.hashed.paragraphs.len()],
            runs: vec![false; run_ends.len()],
            run_ends,
        };
        let total = documents.len() as u64;
        for (done, candidate) in (0..).zip(&documents) {
            // Beyond the limit, only what has a run of words or a paragraph that no match has is needed.
            let is_beyond = report.matches.len() >= query.max_matches;
            if is_beyond && !covered.may_grow(candidate, &checked.fingerprint_ends) {
                report.more += 1;
                continue;
            }
            show(watch, Stage::Comparing, done, total)?;
            let found = if settings.texts {
                self.compare(&mut checked, candidate, &mut covered, is_beyond, watch)?
            } else {
                Compared::Match(self.estimate(&checked, candidate, &mut covered).into())
            };
            match found {
                Compared::Match(found) => report.matches.push(*found),
                Compared::Known => report.more += 1,
                Compared::Nothing => {}
            }
        }
        report.shared_tokens = covered.tokens.iter().filter(|&&covered| covered).count();
        if report.tokens > 0 {
            report.shared = report.shared_tokens as f64 / report.tokens as f64;
        }
        Ok(report)
    }

    /// Compares with the text of a candidate.
    fn compare(
        &self,
        checked: &mut Checked<'_>,
        candidate: &Candidate,
        covered: &mut Covered,
        is_beyond: bool,
        watch: Watch<'_>,
    ) -> Result<Compared, Error> {
        let Self { store, settings, dictionary, .. } = *self;
        let stored = load_text(store, dictionary, candidate.record.stored.number)?;
        let there = Hashed::new(&stored, settings.detector.paragraphs);
        let paragraphs = self.alike(checked, candidate, &stored, &there);
        let has_run = !candidate.fingerprints.is_empty() && checked.places.any_in(&there.tokens);
        let mut found = Vec::new();
        if has_run {
            found = shared(&checked.hashed.tokens, &there.tokens, settings.guarantee);
        }
        if found.is_empty() && paragraphs.is_empty() {
            return Ok(Compared::Nothing);
        }
        let adds = || {
            found.iter().any(|[own, _]| covered.adds(own))
                || paragraphs.iter().any(|&(paragraph, _)| !covered.paragraphs[paragraph])
        };
        if is_beyond && !adds() {
            return Ok(Compared::Known);
        }
        let mut runs = Vec::new();
        if !found.is_empty() {
            let spans = token_spans(&stored, &there);
            for [own, stored_range] in found {
                covered.add(&own);
                runs.push(Run {
                    words: own.len(),
                    span: checked.document.to_source(cover(checked.spans(), own)),
                    stored: stored.to_source(cover(&spans, stored_range)),
                });
            }
        }
        let mut comparison = self.detector.try_shared(&stored, checked.document, |_| {
            show(watch, Stage::Comparing, 0, 0).map_or(ControlFlow::Break(()), ControlFlow::Continue)
        })?;
        // What the stored document has twice, the new one once, is no finding on the new one.
        comparison.retain_findings(|finding| finding.document == 1);
        let passages = comparison.passages().iter().flat_map(|passage| &passage.occurrences);
        for place in passages.filter(|place| place.document == 1) {
            let span = checked.document.to_text(place.span);
            cover_tokens(checked.spans(), span, &mut covered.tokens);
        }
        for &(paragraph, _) in &paragraphs {
            covered.add_paragraph(&checked.hashed, paragraph);
        }
        let found = Match {
            stored: candidate.record.stored.clone(),
            keys: candidate.keys(),
            runs,
            paragraphs: paragraphs.into_iter().map(|(_, alike)| alike).collect(),
            comparison: Some(comparison),
        };
        Ok(Compared::Match(found.into()))
    }

    /// The paragraphs that a candidate has, too, or nearly so, by their numbers; verified exactly.
    fn alike(
        &self,
        checked: &Checked<'_>,
        candidate: &Candidate,
        stored: &Document<'_>,
        there: &Hashed,
    ) -> Vec<(usize, Alike)> {
        let (own, derived) = (&checked.hashed, self.derived);
        let mut alike = Vec::new();
        for &(paragraph, place, _) in &candidate.alike {
            let (paragraph, place) = (paragraph as usize, place as usize);
            if place >= there.paragraphs.len() {
                continue;
            }
            let [Some(left), Some(right)] =
                [own.shingles(paragraph, derived), there.shingles(place, derived)]
            else {
                continue;
            };
            let overlap = left.overlap(&right);
            if overlap.reaches(self.settings.detector.threshold) {
                let found = Alike {
                    span: checked.document.to_source(own.paragraphs[paragraph].span),
                    stored: stored.to_source(there.paragraphs[place].span),
                    identical: own.tokens_of(paragraph) == there.tokens_of(place),
                    resemblance: overlap.resemblance(),
                };
                alike.push((paragraph, found));
            }
        }
        alike
    }

    /// What can be said of a candidate without its text.
    fn estimate(&self, checked: &Checked<'_>, candidate: &Candidate, covered: &mut Covered) -> Match {
        let own = &checked.hashed;
        let mut paragraphs = Vec::new();
        for &(paragraph, place, shared) in &candidate.alike {
            let Some(&(stored, hash)) = candidate.record.paragraphs.get(place as usize) else { continue };
            let paragraph = paragraph as usize;
            let identical = identity(own.tokens_of(paragraph)) == hash;
            // All shingles of a short paragraph are in its sketch.
            let most = self.derived.sketch.min(checked.sizes[paragraph] as usize) as f64;
            let resemblance = if identical { 1.0 } else { (f64::from(shared) / most).min(1.0) };
            covered.paragraphs[paragraph] = true;
            if resemblance >= self.settings.detector.threshold {
                covered.add_paragraph(own, paragraph);
            }
            paragraphs.push(Alike {
                span: checked.document.to_source(own.paragraphs[paragraph].span),
                stored,
                identical,
                resemblance,
            });
        }
        for &token in &candidate.fingerprints {
            let end = checked.fingerprint_ends[token as usize];
            covered.tokens[token as usize..end as usize].fill(true);
            let runs = covered.around(token, end);
            covered.runs[runs].fill(true);
        }
        let stored = candidate.record.stored.clone();
        Match { stored, keys: candidate.keys(), runs: Vec::new(), paragraphs, comparison: None }
    }
}

/// What a comparison with a candidate says.
enum Compared {
    /// The two have neither a run of words nor a paragraph in common.
    Nothing,
    /// What they share is in the matches already.
    Known,
    Match(Box<Match>),
}

impl Checked<'_> {
    /// The span of each token in the text that is read.
    fn spans(&mut self) -> &[Span] {
        let Self { document, hashed, tokens, .. } = self;
        tokens.get_or_insert_with(|| token_spans(document, hashed))
    }

    /// The stretches of words in fingerprints that begin at these tokens.
    fn boilerplate(&mut self, frequent: &[u32], paragraphs: usize) -> Vec<Boilerplate> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for &token in frequent {
            let token = token as usize;
            let end = self.fingerprint_ends[token] as usize;
            match ranges.last_mut() {
                Some(last) if token <= last.end => last.end = last.end.max(end),
                _ => ranges.push(token..end),
            }
        }
        let found = ranges.into_iter().map(|range| {
            let span = cover(self.spans(), range);
            Boilerplate { span: self.document.to_source(span), paragraphs }
        });
        found.collect()
    }
}

/// What of the document is in a match.
struct Covered {
    tokens: Vec<bool>,
    /// The paragraphs that a stored document has, too, or nearly so.
    paragraphs: Vec<bool>,
    /// The runs of the guaranteed length, by their first tokens.
    runs: Vec<bool>,
    /// The token behind each of them, ascending.
    run_ends: Vec<u32>,
}

impl Covered {
    /// The runs that hold the tokens of a fingerprint.
    fn around(&self, token: u32, end: u32) -> Range<usize> {
        let last = self.runs.len().min(token as usize + 1);
        self.run_ends.partition_point(|&run_end| run_end < end).min(last)..last
    }

    /// Whether a candidate may have a run or a paragraph that is in no match yet.
    fn may_grow(&self, candidate: &Candidate, fingerprint_ends: &[u32]) -> bool {
        let is_open =
            |&token: &u32| self.runs[self.around(token, fingerprint_ends[token as usize])].contains(&false);
        candidate.fingerprints.iter().any(is_open)
            || candidate.alike.iter().any(|&(paragraph, ..)| !self.paragraphs[paragraph as usize])
    }

    /// The runs of the guaranteed length in a longer one.
    fn inside(&self, run: &Range<usize>) -> Range<usize> {
        run.start..self.run_ends.partition_point(|&end| end as usize <= run.end)
    }

    fn adds(&self, run: &Range<usize>) -> bool {
        self.runs[self.inside(run)].contains(&false)
    }

    fn add(&mut self, run: &Range<usize>) {
        self.tokens[run.clone()].fill(true);
        let runs = self.inside(run);
        self.runs[runs].fill(true);
    }

    fn add_paragraph(&mut self, hashed: &Hashed, paragraph: usize) {
        self.paragraphs[paragraph] = true;
        let found = hashed.paragraphs[paragraph];
        self.tokens[found.start..found.end].fill(true);
    }
}

/// The span of each token of a document in its text.
fn token_spans(document: &Document<'_>, hashed: &Hashed) -> Vec<Span> {
    let mut spans = Vec::with_capacity(hashed.tokens.len());
    for paragraph in &hashed.paragraphs {
        let Span { start, .. } = paragraph.span;
        let tokens = text::tokens(paragraph.span.of(document.text()));
        spans.extend(tokens.iter().map(|token| Span::new(start + token.span.start, start + token.span.end)));
    }
    spans
}

/// From the first to the last of some tokens, of which there is at least one.
fn cover(spans: &[Span], tokens: Range<usize>) -> Span {
    Span::new(spans[tokens.start].start, spans[tokens.end - 1].end)
}

/// Marks the tokens that lie in a span.
fn cover_tokens(spans: &[Span], span: Span, covered: &mut [bool]) {
    let from = spans.partition_point(|token| token.start < span.start);
    let to = spans.partition_point(|token| token.end <= span.end);
    if from < to {
        covered[from..to].fill(true);
    }
}
