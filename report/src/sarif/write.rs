//! The whole log.

use std::io;

use serde::{Serialize, Serializer};

use super::log::{
    Artifact, ArtifactLocation, ArtifactProperties, Configuration, Driver, Invocation, Message, Notification,
    ReportingDescriptor, Tool,
};
use super::results::Results;
use super::rules;
use super::uri::uri;
use crate::checked::{Checked, Select};
use crate::explanation::{EXPLANATIONS, Explanation};

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    default_encoding: &'static str,
    invocations: [Invocation; 1],
    artifacts: Artifacts<'a>,
    results: Results<'a>,
}

/// The documents of all reports.
struct Artifacts<'a>(&'a [Checked<'a>]);

/// Writes a log of one run, in one line: all rules with help, the documents as artifacts, and the findings as
/// results.
///
/// The references to files are percent-encoded and relative, unless a name is an absolute path. Columns are
/// characters (`unicodeCodePoints`). With [documents](Checked::documents), regions have an end and results a
/// fingerprint by their content ([`Fingerprint`](crate::Fingerprint)) that stays the same when lines move. Of the
/// other places of a finding the first 100 are listed. With [`Select::All`], results that are not worth showing are
/// suppressed, with the reason.
///
/// `unread` has a message for each file that could not be read. They become notifications of the run, which then was
/// not successful.
///
/// # Errors
///
/// If `out` fails.
pub fn write(
    out: &mut impl io::Write,
    checked: &[Checked<'_>],
    unread: &[String],
    select: Select,
) -> io::Result<()> {
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "refrain",
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    short_description: Message::new("Finds what repeats in texts."),
                    rules: EXPLANATIONS.iter().map(rule).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            default_encoding: "utf-8",
            invocations: [Invocation {
                execution_successful: unread.is_empty(),
                tool_execution_notifications: unread
                    .iter()
                    .map(|message| Notification::error(message))
                    .collect(),
            }],
            artifacts: Artifacts(checked),
            results: Results { checked, select },
        }],
    };
    serde_json::to_writer(&mut *out, &log)?;
    writeln!(out)
}

fn rule(explanation: &Explanation) -> ReportingDescriptor {
    let Explanation { rule, short, meaning, advice, .. } = *explanation;
    let text = format!("{meaning} What to do: {advice}");
    let markdown = format!("{meaning}\n\n**What to do:** {advice}\n\nMore: `refrain explain {rule}`\n");
    ReportingDescriptor {
        id: rule.to_string(),
        name: rules::name(rule),
        short_description: Message::new(short),
        full_description: Message::new(meaning),
        help: Message::with_markdown(text, markdown),
        default_configuration: Configuration { level: rules::level(rule).to_string() },
    }
}

impl Serialize for Artifacts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let documents = self.0.iter().flat_map(|checked| checked.report.documents());
        serializer.collect_seq(documents.map(|document| Artifact {
            location: uri(&document.name).map(|uri| ArtifactLocation { uri: Some(uri), index: None }),
            length: document.bytes,
            roles: ["analysisTarget"],
            properties: ArtifactProperties {
                verdict: document.verdict.to_string(),
                redundancy: document.redundancy,
            },
        }))
    }
}
