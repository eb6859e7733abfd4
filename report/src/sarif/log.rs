//! The parts of the format that are written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::region::Region;
use crate::plain::plain;

/// A text for people.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Message {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

impl Message {
    /// A message about a text that may hold anything.
    pub(super) fn new(text: &str) -> Self {
        Self { text: escaped(&plain(text)), markdown: None }
    }

    /// Words of this program, with the same in Markdown.
    pub(super) fn with_markdown(text: String, markdown: String) -> Self {
        Self { text, markdown: Some(markdown) }
    }
}

/// Braces stand for arguments in messages, and are doubled otherwise. `[text](target)` would be a link.
fn escaped(text: &str) -> String {
    let text = if text.contains("](") {
        Cow::Owned(text.replace('\\', r"\\").replace('[', r"\[").replace(']', r"\]"))
    } else {
        Cow::Borrowed(text)
    };
    text.replace('{', "{{").replace('}', "}}")
}

#[derive(Debug, Serialize)]
pub(super) struct Tool {
    pub(super) driver: Driver,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    pub(super) semantic_version: &'static str,
    pub(super) short_description: Message,
    pub(super) rules: Vec<ReportingDescriptor>,
}

/// How the run went.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    pub(super) execution_successful: bool,
    pub(super) tool_execution_notifications: Vec<Notification>,
}

#[derive(Debug, Serialize)]
pub(super) struct Notification {
    level: &'static str,
    message: Message,
}

impl Notification {
    pub(super) fn error(message: &str) -> Self {
        Self { level: "error", message: Message::new(message) }
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportingDescriptor {
    pub(super) id: String,
    pub(super) name: &'static str,
    pub(super) short_description: Message,
    pub(super) full_description: Message,
    pub(super) help: Message,
    pub(super) default_configuration: Configuration,
}

#[derive(Debug, Serialize)]
pub(super) struct Configuration {
    pub(super) level: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Artifact {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) location: Option<ArtifactLocation>,
    pub(super) length: usize,
    pub(super) roles: [&'static str; 1],
    pub(super) properties: ArtifactProperties,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArtifactProperties {
    pub(super) verdict: String,
    pub(super) redundancy: f64,
}

#[derive(Debug, Serialize)]
pub(super) struct ArtifactLocation {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) index: Option<usize>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<usize>,
    pub(super) physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<Message>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    pub(super) artifact_location: ArtifactLocation,
    pub(super) region: Region,
}

/// A finding.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Outcome {
    pub(super) rule_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule_index: Option<usize>,
    pub(super) level: String,
    pub(super) message: Message,
    pub(super) locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) suppressions: Vec<Suppression>,
    pub(super) properties: OutcomeProperties,
}

#[derive(Debug, Serialize)]
pub(super) struct OutcomeProperties {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) measure: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) part: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) whole: Option<usize>,
    pub(super) excerpt: String,
    /// How many places are not among the related locations.
    #[serde(rename = "placesLeftOut", skip_serializing_if = "Option::is_none")]
    pub(super) places_left_out: Option<usize>,
}

/// Why a finding is not shown.
#[derive(Debug, Serialize)]
pub(super) struct Suppression {
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) justification: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_hold_no_arguments_and_no_links() {
        let cases = [
            ("“{0}” at lines 1 and 3", "“{{0}}” at lines 1 and 3"),
            ("[a](b.txt)", r"\[a\](b.txt)"),
            ("see [1]", "see [1]"),
            ("a\u{202e}b\nc", "a\u{fffd}b c"),
        ];
        for (text, expected) in cases {
            assert_eq!(Message::new(text).text, expected);
        }
    }
}
