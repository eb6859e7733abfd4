//! The evidence of findings: which words of a paragraph were said before, and where.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::match_paragraphs::Matched;
use crate::input::TokenizedDocuments;
use crate::measure::{FirstPlaces, Run};
use crate::report::Stretch;
use crate::rules::{self, Weighed};
use crate::settings::Rule;
use crate::settings::{CoverageScope, Settings, Shingle, Unit};
use crate::util::id::ParagraphId;
use crate::util::progress::{Cancelled, Watch};
use crate::util::span::Span;

/// Adds their stretches to the findings on repetitive and contained paragraphs.
///
/// # Complexity
///
/// Linear in the text: one pass over the paragraphs before the last of the repetitive ones.
pub(super) fn add_stretches(
    found: &mut [Weighed],
    settings: &Settings,
    texts: &TokenizedDocuments<'_>,
    matched: &Matched,
    facts: &rules::Facts<'_>,
    watch: Watch<'_>,
) -> Result<(), Cancelled> {
    let by = settings.shingle;
    let mut units = UnitsOf { texts, by, tokens: HashMap::new() };
    // The repetitive paragraphs of each scope, with the positions of their findings.
    let mut repetitive: BTreeMap<usize, BTreeMap<u32, usize>> = BTreeMap::new();
    for (at, finding) in found.iter_mut().map(Weighed::finding_mut).enumerate() {
        watch.poll()?;
        let Some(paragraph) = finding.paragraph else { continue };
        match finding.rule {
            Rule::Repetitive => {
                let scope = match settings.coverage {
                    CoverageScope::Document => finding.document,
                    CoverageScope::Documents => 0,
                };
                repetitive.entry(scope).or_default().insert(paragraph.0, at);
            }
            Rule::Contained => {
                let group = matched.groups.of(paragraph.index());
                let Some(container) = group.and_then(|group| matched.containers[group].as_ref()) else {
                    continue;
                };
                let source = matched.groups.first(container.group as usize);
                let mut first = FirstPlaces::default();
                let own = units.all(paragraph.index(), watch)?;
                first.want(&own, by.width);
                let said = units.part(source as usize, &container.stretch, watch)?;
                first.add(source, &said, container.stretch.start, by.width);
                finding.stretches = units.stretches(facts, paragraph.0, &own, &first, watch)?;
            }
            _ => {}
        }
    }
    if repetitive.is_empty() {
        return Ok(());
    }
    let excluded = matched.boilerplate.shingles(texts, by, watch)?;
    for (scope, wanted) in repetitive {
        let mut first = FirstPlaces::default();
        for &paragraph in wanted.keys() {
            first.want(&units.all(paragraph as usize, watch)?, by.width);
        }
        first.forget(&excluded);
        let paragraphs = match settings.coverage {
            CoverageScope::Document => texts.paragraphs_of(scope),
            CoverageScope::Documents => 0..texts.paragraphs.len(),
        };
        for paragraph in paragraphs {
            watch.poll()?;
            let own = units.all(paragraph, watch)?;
            first.add(paragraph as u32, &own, 0, by.width);
        }
        for (paragraph, at) in wanted {
            let own = units.all(paragraph as usize, watch)?;
            found[at].finding_mut().stretches = units.stretches(facts, paragraph, &own, &first, watch)?;
        }
    }
    Ok(())
}

/// Reads the units of paragraphs, and finds their tokens.
struct UnitsOf<'a> {
    texts: &'a TokenizedDocuments<'a>,
    by: Shingle,
    /// For the characters of a paragraph the tokens that they are in.
    tokens: HashMap<u32, Vec<u32>>,
}

impl UnitsOf<'_> {
    fn all(&self, paragraph: usize, watch: Watch<'_>) -> Result<Vec<u64>, Cancelled> {
        let mut units = Vec::new();
        self.texts.units(paragraph, self.by, &mut units, watch)?;
        Ok(units)
    }

    /// Some of the units of a paragraph.
    fn part(&self, paragraph: usize, part: &Range<u32>, watch: Watch<'_>) -> Result<Vec<u64>, Cancelled> {
        let part = part.start as usize..part.end as usize;
        if self.by.unit == Unit::Char {
            let all = self.all(paragraph, watch)?;
            return Ok(all[part.start..part.end.min(all.len())].to_vec());
        }
        // A container may be long and hold very many paragraphs, so no more of it is read than needed.
        let tokens = self.texts.tokens_of(paragraph);
        Ok(tokens[part.start..part.end.min(tokens.len())].iter().map(|token| token.hash).collect())
    }

    /// The stretches of a paragraph that were said before.
    fn stretches(
        &mut self,
        facts: &rules::Facts<'_>,
        paragraph: u32,
        units: &[u64],
        first: &FirstPlaces,
        watch: Watch<'_>,
    ) -> Result<Vec<Stretch>, Cancelled> {
        let texts = self.texts;
        // Characters of other paragraphs are not at hand; a run of them ends with its shingle.
        let same = |at: u32, source: u32, other: u32| {
            let other = texts.tokens_of(source as usize).get(other as usize);
            self.by.unit == Unit::Word && other.is_some_and(|other| other.hash == units[at as usize])
        };
        let mut stretches = Vec::new();
        for Run { units, source, from } in joined(first.runs(paragraph, units, self.by.width, same)) {
            let span = self.span(paragraph, units, watch)?;
            let from = self.span(source, from, watch)?;
            let place = |paragraph: u32, span: Span| {
                facts.place_in(ParagraphId(paragraph), texts.paragraphs[paragraph as usize].document, span)
            };
            stretches.push(Stretch::new(&place(paragraph, span), place(source, from)));
        }
        Ok(stretches)
    }

    /// From the first to the last token of some units.
    fn span(&mut self, paragraph: u32, units: Range<u32>, watch: Watch<'_>) -> Result<Span, Cancelled> {
        let ends = [units.start, units.end - 1];
        let ends = match self.by.unit {
            Unit::Word => ends,
            Unit::Char => {
                if !self.tokens.contains_key(&paragraph) {
                    let tokens = self.texts.tokens_of_characters(paragraph as usize, watch)?;
                    self.tokens.insert(paragraph, tokens);
                }
                ends.map(|unit| self.tokens[&paragraph][unit as usize])
            }
        };
        let tokens = self.texts.tokens_of(paragraph as usize);
        let [first, last] = ends.map(|token| tokens[token as usize].span);
        Ok(Span::new(first.start, last.end))
    }
}

/// Joins runs that go on in both paragraphs.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    for run in runs {
        match all.last_mut() {
            Some(last)
                if last.source == run.source
                    && run.units.start <= last.units.end
                    && run.units.start - last.units.start == run.from.start.wrapping_sub(last.from.start) =>
            {
                (last.units.end, last.from.end) = (run.units.end, run.from.end);
            }
            _ => all.push(run),
        }
    }
    all
}
