//! The rules that turn facts into findings.

use std::cmp::Reverse;

use crate::matching::{Groups, Match};
use crate::measure::{Coverage, Marked};
use crate::passage::PassageKind;
use crate::report::{DocumentSummary, Finding, Level, Occurrence, ParagraphSummary, Passage, Place, Rule};
use crate::set::Overlap;
use crate::text::LineIndex;
use crate::util::id::ParagraphId;
use crate::util::span::Span;

/// The containment from which on a paragraph adds too little to what holds it.
pub(crate) const CONTAINED: f64 = 0.8;
/// The coverage of a paragraph and the redundancy of a document from which on they are repetitive.
const REPETITIVE: f64 = 0.5;
/// The least tokens of a paragraph that can be repetitive.
const REPETITIVE_TOKENS: usize = 20;
/// How many earlier paragraphs a repetitive one names.
const SOURCES: usize = 3;

/// All that the rules look at.
pub(crate) struct Facts<'a> {
    pub(crate) documents: &'a [DocumentSummary],
    pub(crate) paragraphs: &'a [ParagraphSummary],
    pub(crate) lines: &'a [LineIndex<'a>],
    /// Of each paragraph, with sources as ids.
    pub(crate) coverage: &'a [Coverage],
    /// Of each paragraph, what it counts where a least number of tokens is asked, doubled.
    pub(crate) sizes: Vec<usize>,
    pub(crate) groups: &'a Groups,
    pub(crate) matches: &'a [Match],
    /// Whether groups that match are two texts all the same, which differ in numbers only.
    pub(crate) apart: &'a dyn Fn(u32, u32) -> bool,
    pub(crate) marked: &'a Marked,
    /// Of each passage, how many occurrences are not all boilerplate.
    pub(crate) unmarked: Vec<usize>,
    /// For each group, the first earlier one that holds most of it.
    pub(crate) containers: &'a [Option<(u32, Overlap)>],
    pub(crate) passages: &'a [Passage],
    /// For each document, what repeats in it if nothing in some paragraphs does.
    pub(crate) repeats: &'a dyn Fn(&[ParagraphId]) -> Vec<Repeated>,
}

/// What repeats in one document.
pub(crate) struct Repeated {
    /// The share of its tokens.
    pub(crate) share: f64,
    /// The first stretch that repeats an earlier one.
    pub(crate) first: Option<Occurrence>,
}

/// All findings, the worst first.
pub(crate) fn findings(facts: &Facts<'_>) -> Vec<Finding> {
    let nearest = facts.nearest();
    let mut found = facts.boilerplate();
    for paragraph in facts.paragraphs {
        if let Some(finding) = facts.judge_paragraph(paragraph, &nearest) {
            let harm = finding.measure.unwrap_or(0.0) * paragraph.tokens as f64;
            found.push((harm, finding));
        }
    }
    // Notices with numbers of their own are as they should be, and nothing of them could be cut.
    let notices = found.iter().filter(|(_, finding)| finding.rule == Rule::DiffersInNumbers);
    let notices: Vec<ParagraphId> = notices.filter_map(|(_, finding)| finding.paragraph).collect();
    for (index, repeated) in (facts.repeats)(&notices).into_iter().enumerate() {
        if repeated.share >= REPETITIVE {
            let harm = repeated.share * facts.documents[index].tokens as f64;
            found.push((harm, facts.repetitive_document(index, &repeated)));
        }
    }
    found.sort_by(|(a, left), (b, right)| {
        let place = |finding: &Finding| (finding.document, finding.span.start, Reverse(finding.span.end));
        let class = |finding: &Finding| (finding.level, finding.rule == Rule::Boilerplate);
        let class = class(right).cmp(&class(left));
        class.then_with(|| b.total_cmp(a)).then_with(|| place(left).cmp(&place(right)))
    });
    let found = found.into_iter().map(|(_, finding)| finding);
    // One that comes back in boilerplate only is no news.
    let passages = facts.passages.iter().zip(&facts.unmarked).filter(|&(_, &unmarked)| unmarked > 1);
    found.chain(passages.map(|(passage, _)| facts.repeated_passage(passage))).collect()
}

impl Facts<'_> {
    /// What stands in many documents, and its harm, were it one.
    fn boilerplate(&self) -> Vec<(f64, Finding)> {
        let all = self.documents.len();
        let finding = |places: Vec<Place>, tokens: usize, what: &str, kind: PassageKind| {
            // The first in each document.
            let mut places = places;
            places.dedup_by_key(|place| place.document);
            let documents = places.len();
            let place = places.remove(0);
            let finding = Finding {
                rule: Rule::Boilerplate,
                level: Level::Note,
                name: self.documents[place.document].name.clone(),
                document: place.document,
                paragraph: Some(place.paragraph),
                span: place.span,
                line: place.line,
                column: place.column,
                measure: Some(documents as f64 / all as f64),
                message: format!("{what} stands in {documents} of {all} documents{}", how(kind)),
                related: places,
            };
            ((documents * tokens) as f64, finding)
        };
        let mut found = Vec::new();
        for cluster in &self.marked.clusters {
            let places = cluster.members.iter().map(|&id| self.paragraph(id)).collect();
            let tokens = self.paragraphs[cluster.representative.index()].tokens;
            let group = |id: &ParagraphId| self.groups.of(id.index());
            let verbatim = cluster.members.iter().all(|id| group(id) == group(&cluster.representative));
            let kind = if verbatim { PassageKind::Verbatim } else { PassageKind::Edited };
            found.push(finding(places, tokens, "this paragraph", kind));
        }
        for (index, passage) in self.passages.iter().enumerate() {
            // Paragraphs too short to be compared say nothing by themselves.
            let inside = |occurrence: &Occurrence| {
                let [first, last] = occurrence.paragraphs.unwrap_or([occurrence.paragraph; 2]);
                let paragraphs = &self.paragraphs[first.index()..=last.index()];
                let compared =
                    paragraphs.iter().filter(|paragraph| self.groups.of(paragraph.id.index()).is_some());
                let mut compared = compared.map(|paragraph| paragraph.boilerplate).peekable();
                compared.peek().is_some() && compared.all(|is| is)
            };
            if self.marked.passage(index) && !passage.occurrences.iter().all(inside) {
                let places =
                    passage.occurrences.iter().map(|occurrence| self.occurrence(occurrence)).collect();
                found.push(finding(places, passage.tokens, &of_words(passage.tokens), passage.kind));
            }
        }
        found
    }

    /// For each group the earlier one that it resembles most, the first of equals; one that it
    /// differs from in numbers only if there is no other. Boilerplate is passed over.
    fn nearest(&self) -> Vec<Option<Match>> {
        let mut nearest: Vec<Option<Match>> = vec![None; self.groups.len()];
        for found in self.matches.iter().filter(|found| !self.marked.group(found.left as usize)) {
            let best = &mut nearest[found.right as usize];
            let better = best.is_none_or(|best| {
                let same = |found: Match| !(self.apart)(found.left, found.right);
                let like = same(*found).cmp(&same(best));
                like.then_with(|| found.overlap.cmp_resemblance(best.overlap)).is_gt()
            });
            if better {
                *best = Some(*found);
            }
        }
        nearest
    }

    fn judge_paragraph(&self, paragraph: &ParagraphSummary, nearest: &[Option<Match>]) -> Option<Finding> {
        let index = paragraph.id.index();
        if paragraph.boilerplate {
            return None;
        }
        if let Some(group) = self.groups.of(index) {
            let first = self.groups.first(group);
            if first != paragraph.id.0 {
                let place = self.paragraph(ParagraphId(first));
                let message = format!("the same words as the paragraph at {}", self.name(paragraph, &place));
                return Some(self.about(paragraph, Rule::ExactDuplicate, 1.0, message, vec![place]));
            }
            if let Some(found) = nearest[group] {
                let place = self.paragraph(ParagraphId(self.groups.first(found.left as usize)));
                let resemblance = found.overlap.resemblance();
                if (self.apart)(found.left, found.right) {
                    let name = self.name(paragraph, &place);
                    let message = format!("differs from the paragraph at {name} in numbers only");
                    let finding =
                        self.about(paragraph, Rule::DiffersInNumbers, resemblance, message, vec![place]);
                    return Some(Finding { level: Level::Note, ..finding });
                }
                let message = format!(
                    "near-duplicate of the paragraph at {}, resemblance {}",
                    self.name(paragraph, &place),
                    two_digits(resemblance)
                );
                return Some(self.about(paragraph, Rule::NearDuplicate, resemblance, message, vec![place]));
            }
            if let Some((container, overlap)) = self.containers[group] {
                let place = self.paragraph(ParagraphId(self.groups.first(container as usize)));
                let [containment, _] = overlap.containment();
                let message = format!(
                    "{} of this paragraph stands in the one at {}",
                    percent(containment),
                    self.name(paragraph, &place)
                );
                return Some(self.about(paragraph, Rule::Contained, containment, message, vec![place]));
            }
        }
        let coverage = &self.coverage[index];
        if coverage.share() < REPETITIVE || self.sizes[index] < 2 * REPETITIVE_TOKENS {
            return None;
        }
        let sources = coverage.sources.iter().take(SOURCES);
        let places: Vec<Place> = sources.map(|&source| self.paragraph(ParagraphId(source))).collect();
        let message = format!(
            "{} of this paragraph was said before, {}at {}",
            percent(coverage.share()),
            if coverage.sources.len() > SOURCES { "most of it " } else { "" },
            self.name_all(paragraph, &places)
        );
        Some(self.about(paragraph, Rule::Repetitive, coverage.share(), message, places))
    }

    fn repetitive_document(&self, index: usize, repeated: &Repeated) -> Finding {
        let document = &self.documents[index];
        let mut message = format!("{} of this document repeats what it said before", percent(repeated.share));
        let related: Vec<Place> = repeated.first.iter().map(|first| self.occurrence(first)).collect();
        if let Some(place) = related.first() {
            message += &format!(", from line {} on", place.line);
        }
        Finding {
            rule: Rule::Repetitive,
            level: Level::Warning,
            name: document.name.clone(),
            document: index,
            paragraph: None,
            span: Span::new(0, document.bytes),
            line: 1,
            column: 1,
            measure: Some(repeated.share),
            message,
            related,
        }
    }

    /// A passage is shown where it first comes back; where it stood first leads the rest.
    fn repeated_passage(&self, passage: &Passage) -> Finding {
        let mut related: Vec<Place> =
            passage.occurrences.iter().map(|occurrence| self.occurrence(occurrence)).collect();
        let place = related.remove(1);
        let Passage { kind, tokens, occurrences, .. } = passage;
        let message = format!("{} stands in {} places{}", of_words(*tokens), occurrences.len(), how(*kind));
        Finding {
            rule: Rule::RepeatedPassage,
            level: Level::Note,
            name: self.documents[place.document].name.clone(),
            document: place.document,
            paragraph: Some(place.paragraph),
            span: place.span,
            line: place.line,
            column: place.column,
            measure: None,
            message,
            related,
        }
    }

    fn about(
        &self,
        paragraph: &ParagraphSummary,
        rule: Rule,
        measure: f64,
        message: String,
        related: Vec<Place>,
    ) -> Finding {
        let place = self.paragraph(paragraph.id);
        Finding {
            rule,
            level: Level::Warning,
            name: self.documents[paragraph.document].name.clone(),
            document: paragraph.document,
            paragraph: Some(paragraph.id),
            span: paragraph.span,
            line: place.line,
            column: place.column,
            measure: Some(measure),
            message,
            related,
        }
    }

    fn paragraph(&self, id: ParagraphId) -> Place {
        let ParagraphSummary { document, span, .. } = self.paragraphs[id.index()];
        let (line, column) = self.lines[document].locate(span);
        Place { document, paragraph: id, span, line, column }
    }

    fn occurrence(&self, occurrence: &Occurrence) -> Place {
        let &Occurrence { document, paragraph, span, line, column, .. } = occurrence;
        Place { document, paragraph, span, line, column }
    }

    /// How a place is called from where `paragraph` stands.
    fn name(&self, paragraph: &ParagraphSummary, place: &Place) -> String {
        if place.document == paragraph.document {
            format!("line {}", place.line)
        } else {
            format!("{}:{}", self.documents[place.document].name, place.line)
        }
    }

    /// "line 1", "lines 1 and 3", "lines 1, 3 and 5" of the paragraph's document; with places in others,
    /// "line 3, a.txt:1 and b.txt:5".
    fn name_all(&self, paragraph: &ParagraphSummary, places: &[Place]) -> String {
        let mut places: Vec<&Place> = places.iter().collect();
        places.sort_by_key(|place| (place.document != paragraph.document, place.document, place.line));
        if places.len() > 1 && places.iter().all(|place| place.document == paragraph.document) {
            let lines: Vec<String> = places.iter().map(|place| place.line.to_string()).collect();
            return format!("lines {}", list(&lines));
        }
        list(&places.iter().map(|place| self.name(paragraph, place)).collect::<Vec<_>>())
    }
}

/// "a passage of 4 words".
fn of_words(tokens: usize) -> String {
    format!("a passage of {tokens} word{}", if tokens == 1 { "" } else { "s" })
}

/// What is said of how the occurrences of a passage are alike.
fn how(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Verbatim => "",
        PassageKind::Edited => ", edited",
        PassageKind::Reworded => ", reworded",
    }
}

/// "a", "a and b", "a, b and c".
fn list(words: &[String]) -> String {
    match words {
        [front @ .., last] if !front.is_empty() => format!("{} and {last}", front.join(", ")),
        _ => words.concat(),
    }
}

/// A share as whole percent, never more than it is.
fn percent(share: f64) -> String {
    format!("{}%", floor(100.0 * share))
}

/// A share with two digits, never more than it is: 1.00 is a whole.
fn two_digits(share: f64) -> String {
    let hundredths = floor(100.0 * share);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The whole part; the product of 100 and 0.57 is 57 here, though floats are a little less.
fn floor(x: f64) -> u32 {
    (x + 1e-9) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_never_told_as_more_than_they_are() {
        assert_eq!([0.57, 0.29, 0.999, 1.0].map(percent), ["57%", "29%", "99%", "100%"]);
        assert_eq!([0.57, 0.996, 1.0, 0.05].map(two_digits), ["0.57", "0.99", "1.00", "0.05"]);
    }
}
