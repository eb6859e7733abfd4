//! What comes back, each with all its places: the findings that a page shows.

use std::collections::BTreeMap;

use refrain::{Finding, Place, Report, Rule, Span};

use super::limits;
use super::sources::Sources;

/// A finding with its places in the order of documents and of each text; one with stretches has of each the
/// place where it stands, then the one where it stood first. The copies of one paragraph in a document are one
/// thing.
#[derive(Debug)]
pub(super) struct Thing<'a> {
    pub(super) finding: &'a Finding,
    /// The other findings on copies of the same paragraph.
    pub(super) copies: Vec<&'a Finding>,
    pub(super) spots: Vec<Spot<'a>>,
    /// How many more places there are.
    pub(super) more: usize,
    /// The most characters of each wording.
    pub(super) wording: usize,
    /// How strongly it is marked.
    pub(super) strength: u8,
}

/// A place of a finding.
#[derive(Clone, Debug)]
pub(super) struct Spot<'a> {
    pub(super) document: usize,
    pub(super) paragraph: Option<u32>,
    /// Bytes of the text, if the document is at hand.
    pub(super) span: Option<Span>,
    /// Bytes of the source.
    pub(super) source: Span,
    pub(super) line: usize,
    pub(super) excerpt: &'a str,
    /// Whether its text is in the page.
    pub(super) visible: bool,
}

/// The strongest mark.
pub(super) const STRONGEST: u8 = 4;

/// The findings of a page and how many are left out.
#[derive(Debug)]
pub(super) struct Things<'a> {
    pub(super) all: Vec<Thing<'a>>,
    /// For each document, the places of its findings in `all`.
    by_document: Vec<Vec<usize>>,
    /// For each document, how many findings are not in the page: those that are shown, and the others.
    pub(super) left_out: Vec<[usize; 2]>,
}

impl<'a> Things<'a> {
    pub(super) fn new(report: &'a Report, sources: &Sources<'_>) -> Self {
        let documents = report.documents().len();
        let mut things = Self {
            all: Vec::new(),
            by_document: vec![Vec::new(); documents],
            left_out: vec![[0; 2]; documents],
        };
        let mut counts = vec![[0; 2]; documents];
        let mut copies: BTreeMap<_, usize> = BTreeMap::new();
        let mut marks = 0;
        for finding in report.findings() {
            let Some(count) = counts.get_mut(finding.document) else { continue };
            let class = usize::from(!finding.shown);
            let first = finding.related.first().filter(|_| finding.rule == Rule::ExactDuplicate);
            let key = first.map(|first| (finding.document, class, first.document, first.span));
            if let Some(&at) = key.and_then(|key| copies.get(&key)) {
                things.all[at].add_copy(finding, sources);
                marks += 1;
                continue;
            }
            let most = [limits::FINDINGS, limits::HIDDEN][class];
            if count[class] == most || things.all.len() == limits::ALL_FINDINGS || marks >= limits::MARKS {
                things.left_out[finding.document][class] += 1;
                continue;
            }
            count[class] += 1;
            copies.extend(key.map(|key| (key, things.all.len())));
            things.by_document[finding.document].push(things.all.len());
            let thing = Thing::new(finding, sources);
            marks += thing.spots.len();
            things.all.push(thing);
        }
        let clusters = cluster_sizes(report);
        let mut wordings = 0;
        for thing in &mut things.all {
            let copies = thing.finding.paragraph.map_or(0, |id| clusters.get(&id.0).copied().unwrap_or(0));
            thing.finish(copies);
            if wordings > limits::ALL_WORDINGS {
                thing.wording = limits::SHORT_WORDING;
            }
            wordings += thing.spots.iter().map(|spot| spot.source.len().min(thing.wording)).sum::<usize>();
        }
        things
    }

    /// The findings of a document with their numbers, in the order of the report.
    pub(super) fn of(&self, document: usize) -> impl Iterator<Item = (usize, &Thing<'a>)> {
        self.by_document[document].iter().map(|&at| (at, &self.all[at]))
    }
}

/// How many near-duplicates each paragraph has, itself counted, of those that have some.
fn cluster_sizes(report: &Report) -> BTreeMap<u32, usize> {
    let clusters = report.clusters().iter();
    clusters.flat_map(|cluster| cluster.members.iter().map(|id| (id.0, cluster.members.len()))).collect()
}

impl<'a> Thing<'a> {
    fn new(finding: &'a Finding, sources: &Sources<'_>) -> Self {
        let own = Spot::of_finding(finding, sources);
        let mut spots = Vec::new();
        let mut places = 0;
        if finding.stretches.is_empty() {
            // A finding on a whole document has no place in it.
            if finding.paragraph.is_some() || !finding.related.is_empty() {
                spots.push(own);
            }
            places = finding.related.len() + spots.len();
            let least = limits::PLACES.saturating_sub(spots.len());
            spots.extend(finding.related.iter().take(least).map(|place| Spot::new(place, sources)));
        } else {
            for stretch in &finding.stretches {
                places += 2;
                if places <= limits::PLACES {
                    let part = Spot { source: stretch.span, line: stretch.line, excerpt: "", ..own.clone() };
                    spots.push(part.located(sources));
                    spots.push(Spot::new(&stretch.source, sources));
                }
            }
        }
        let more = places - spots.len();
        Self { finding, copies: Vec::new(), spots, more, wording: 0, strength: 0 }
    }

    /// Adds another copy of its paragraph.
    fn add_copy(&mut self, finding: &'a Finding, sources: &Sources<'_>) {
        self.copies.push(finding);
        if self.spots.len() < limits::PLACES {
            self.spots.push(Spot::of_finding(finding, sources));
        } else {
            self.more += 1;
        }
    }

    /// Sorts the places and decides how the thing is shown. `copies` are the near-duplicates of its paragraph.
    fn finish(&mut self, copies: usize) {
        let stretches = !self.finding.stretches.is_empty();
        if !stretches {
            self.spots.sort_by_key(|spot| (spot.document, spot.source));
            self.spots.dedup_by_key(|spot| (spot.document, spot.source));
        }
        let about_paragraphs = matches!(self.finding.rule, Rule::ExactDuplicate | Rule::NearDuplicate);
        let places = (self.spots.len() + self.more).max(if about_paragraphs { copies } else { 0 });
        self.strength = match (stretches, places) {
            (true, _) | (false, 3) => 2,
            (false, ..3) => 1,
            (false, ..6) => 3,
            _ => STRONGEST,
        };
        self.wording =
            (limits::WORDINGS / self.spots.len().max(1)).clamp(limits::SHORT_WORDING, limits::WORDING);
    }
}

impl<'a> Spot<'a> {
    fn new(place: &'a Place, sources: &Sources<'_>) -> Self {
        let &Place { document, paragraph, span: source, line, ref excerpt, .. } = place;
        let paragraph = Some(paragraph.0);
        Self { document, paragraph, span: None, source, line, excerpt, visible: false }.located(sources)
    }

    fn of_finding(finding: &'a Finding, sources: &Sources<'_>) -> Self {
        let &Finding { document, paragraph, span: source, line, ref excerpt, .. } = finding;
        let paragraph = paragraph.map(|id| id.0);
        Self { document, paragraph, span: None, source, line, excerpt, visible: false }.located(sources)
    }

    /// The same with its place in the text.
    fn located(mut self, sources: &Sources<'_>) -> Self {
        let until = sources.get(self.document).map_or(0, |source| source.until);
        self.span = sources.to_text(self.document, self.source);
        self.visible = self.span.is_some_and(|span| !span.is_empty() && span.start < until);
        self
    }
}
