//! Findings as results, one by one.

use std::collections::BTreeMap;

use refrain::{Document, Finding, Hidden, Level, Place, Rule, Span};
use serde::{Serialize, Serializer};

use super::log::{
    ArtifactLocation, Location, Message, Outcome, OutcomeProperties, PhysicalLocation, Suppression,
};
use super::region::Region;
use super::uri::uri;
use crate::checked::{Checked, Select};
use crate::explanation::EXPLANATIONS;
use crate::fingerprint::Fingerprint;
use crate::plain::{beginning, plain};

/// The most related locations of a result; GitHub refuses more than 1000.
const RELATED: usize = 100;
/// The most characters of a quoted place.
const QUOTED: usize = 120;
/// The key of fingerprints. Its number changes with the way in which they are made.
const FINGERPRINT: &str = "refrainContent/v1";

/// The results of all reports. They are made while they are written, or a million would fill the memory.
#[derive(Debug)]
pub(super) struct Results<'a> {
    pub(super) checked: &'a [Checked<'a>],
    pub(super) select: Select,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first_artifacts = self.checked.iter().scan(0, |next, checked| {
            let first = *next;
            *next += checked.report.documents().len();
            Some(first)
        });
        serializer.collect_seq(self.checked.iter().zip(first_artifacts).flat_map(
            |(checked, first_artifact)| {
                let part = Part { documents: checked.documents, first_artifact };
                self.select.of(checked.report).map(move |finding| part.outcome(finding))
            },
        ))
    }
}

/// What the results of one report need.
#[derive(Clone, Copy, Debug)]
struct Part<'a> {
    documents: &'a [Document<'a>],
    /// The place of its first document among all artifacts.
    first_artifact: usize,
}

impl Part<'_> {
    fn outcome(self, finding: &Finding) -> Outcome {
        let Finding { rule, level, document, line, column, .. } = *finding;
        let (related_locations, left_out) = self.related(finding);
        let mut partial_fingerprints = BTreeMap::new();
        if !self.documents.is_empty() {
            let fingerprint = Fingerprint::of(finding, &finding.name, self.documents);
            partial_fingerprints.insert(FINGERPRINT, fingerprint.to_string());
        }
        let counts = finding.counts;
        Outcome {
            rule_id: rule.to_string(),
            rule_index: EXPLANATIONS.iter().position(|explanation| explanation.rule == rule),
            level: if level == Level::Warning { "warning" } else { "note" }.to_owned(),
            message: Message::new(&finding.message),
            locations: [self.location(document, &finding.name, line, column, finding.span)],
            related_locations,
            partial_fingerprints,
            suppressions: suppression(finding).into_iter().collect(),
            properties: OutcomeProperties {
                measure: finding.measure,
                part: counts.map(|[part, _]| part),
                whole: counts.map(|[_, whole]| whole),
                excerpt: plain(&finding.excerpt).into_owned(),
                places_left_out: (left_out > 0).then_some(left_out),
            },
        }
    }

    fn location(self, document: usize, name: &str, line: usize, column: usize, span: Span) -> Location {
        Location {
            id: None,
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation {
                    uri: uri(name),
                    index: Some(self.first_artifact + document),
                },
                region: Region::new(line, column, span, self.documents.get(document)),
            },
            message: None,
        }
    }

    /// The other places of a finding, and how many are left out: where stretches of a paragraph were said, if it has
    /// any, because they are more exact than the paragraphs that hold them.
    fn related(self, finding: &Finding) -> (Vec<Location>, usize) {
        let stretches = !finding.stretches.is_empty();
        let places: Vec<&Place> = match stretches {
            true => finding.stretches.iter().map(|stretch| &stretch.source).collect(),
            false => finding.related.iter().collect(),
        };
        let what = match finding.rule {
            _ if stretches => "said before",
            Rule::Boilerplate | Rule::SaidAgain | Rule::RepeatedPassage => "also here",
            _ => "said here",
        };
        let location = |(id, place): (usize, &&Place)| Location {
            id: Some(id),
            message: Some(Message::new(&match &place.excerpt[..] {
                "" => what.to_owned(),
                excerpt => format!("{what}: “{}”", beginning(excerpt, QUOTED)),
            })),
            ..self.location(place.document, &place.name, place.line, place.column, place.span)
        };
        let locations = (1..).zip(places.iter().take(RELATED)).map(location).collect();
        (locations, places.len().saturating_sub(RELATED))
    }
}

fn suppression(finding: &Finding) -> Option<Suppression> {
    let hidden = finding.hidden?;
    let (kind, justification) = match hidden {
        Hidden::Ignored => ("inSource", None),
        hidden => ("external", Some(hidden.to_string())),
    };
    Some(Suppression { kind, justification })
}
