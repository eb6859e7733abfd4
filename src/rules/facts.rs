//! What the rules look at.

use crate::input::{Document, Role, SourceLines};
use crate::matching::{Container, Groups, Match, NumberFamilies};
use crate::measure::{BoilerplateText, Coverage};
use crate::report::{DocumentSummary, Finding, Occurrence, ParagraphSummary, Passage, Place, excerpt};
use crate::settings::{Level, Rule};
use crate::util::id::ParagraphId;
use crate::util::share::Share;
use crate::util::span::Span;

/// The facts about all documents of a check.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) documents: &'a [DocumentSummary],
    pub(crate) paragraphs: &'a [ParagraphSummary],
    pub(crate) texts: &'a [Document<'a>],
    /// The lines of each document.
    pub(crate) lines: &'a [SourceLines<'a>],
    /// The coverage of each paragraph, with sources as ids.
    pub(crate) coverage: &'a [Coverage],
    /// The length of each paragraph in half-tokens: characters of scripts without spaces count 1.
    pub(crate) sizes: Vec<usize>,
    /// The same of each document.
    pub(crate) lengths: Vec<usize>,
    pub(crate) roles: Vec<Role>,
    /// Shorter copies, in half-tokens, are no warnings.
    pub(crate) least_size_of_warnings: usize,
    /// The paragraphs that are too short for a group, but have the same tokens as others.
    pub(crate) short_copies: Vec<Vec<u32>>,
    pub(crate) groups: &'a Groups,
    pub(crate) matches: &'a [Match],
    /// Separates groups that differ only in numbers; `None` if numbers are merged.
    pub(crate) numbers: Option<&'a NumberFamilies>,
    pub(crate) boilerplate: &'a BoilerplateText,
    /// For each group the first earlier one that holds most of it in one stretch.
    pub(crate) containers: &'a [Option<Container>],
    pub(crate) passages: &'a [Passage],
    /// How much each passage matches, in half-tokens.
    pub(crate) passage_lengths: Vec<usize>,
    /// For each passage, how many of its occurrences are not boilerplate as a whole.
    pub(crate) own_occurrences: Vec<usize>,
}

/// How much of one document repeats what it said before, outside paragraphs that differ in numbers only.
#[derive(Debug)]
pub(crate) struct DocumentRedundancy {
    pub(crate) share: Share,
    /// The first stretch that repeats an earlier one.
    pub(crate) first: Option<Occurrence>,
}

impl Facts<'_> {
    /// The place of a paragraph.
    pub(super) fn place(&self, id: ParagraphId) -> Place {
        let ParagraphSummary { document, span, .. } = self.paragraphs[id.index()];
        self.place_in(id, document, span)
    }

    /// A place in a paragraph.
    pub(crate) fn place_in(&self, paragraph: ParagraphId, document: usize, span: Span) -> Place {
        let (line, column) = self.lines[document].locate(span);
        let text = &self.texts[document];
        Place {
            document,
            paragraph,
            span,
            line,
            column,
            name: text.name().to_owned(),
            excerpt: excerpt(span.of(text.text())),
        }
    }

    /// Whether a copy of earlier text is a warning: only if it is running text, and long enough.
    pub(super) fn warns_of(&self, paragraph: ParagraphId) -> bool {
        let index = paragraph.index();
        self.sizes[index] >= self.least_size_of_warnings && self.roles[index].is_running_text()
    }

    /// The place of an occurrence.
    pub(super) fn place_of(&self, occurrence: &Occurrence) -> Place {
        self.place_in(occurrence.paragraph, occurrence.document, occurrence.span)
    }

    /// A warning about a paragraph, by what was compared and the places that say the same.
    pub(super) fn warning(
        &self,
        paragraph: &ParagraphSummary,
        rule: Rule,
        share: Share,
        message: String,
        related: Vec<Place>,
    ) -> Finding {
        let place = self.place(paragraph.id);
        Finding {
            rule,
            level: Level::Warning,
            name: self.documents[paragraph.document].name.clone(),
            document: paragraph.document,
            paragraph: Some(paragraph.id),
            span: paragraph.span,
            line: place.line,
            column: place.column,
            measure: Some(share.value()),
            counts: Some([share.part, share.whole]),
            message,
            excerpt: place.excerpt.clone(),
            related,
            stretches: Vec::new(),
            shown: true,
            hidden: None,
        }
    }

    /// A note at a place, with the shares that were compared, if any.
    pub(super) fn note(
        &self,
        place: &Place,
        rule: Rule,
        share: Option<Share>,
        message: String,
        related: Vec<Place>,
    ) -> Finding {
        Finding {
            rule,
            level: Level::Note,
            name: self.documents[place.document].name.clone(),
            document: place.document,
            paragraph: Some(place.paragraph),
            span: place.span,
            line: place.line,
            column: place.column,
            measure: share.map(Share::value),
            counts: share.map(|share| [share.part, share.whole]),
            message,
            excerpt: place.excerpt.clone(),
            related,
            stretches: Vec::new(),
            shown: true,
            hidden: None,
        }
    }
}
