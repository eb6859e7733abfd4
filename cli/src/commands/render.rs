//! `refrain render`: a stored report in any format.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ColorChoice};
use refrain::{Document, Report, Span};
use refrain_report::{Checked, SourceFacts};
use serde::Deserialize;

use super::outputs::{Outputs, Reports};
use super::status::Status;
use crate::error::Error;
use crate::input::endings::{self, Content};
use crate::input::record_texts::{self, AskedFields};
use crate::input::text_file::{self, TextFile};
use crate::options::format::{Format, FormatOptions};
use crate::options::values::file;
use crate::output::stderr;
use crate::render::layout::Layout;
use crate::render::text::{self, Look};

/// Write a report that `check --format json` has stored in another format.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Render {
    /// The report, or `-` for standard input.
    #[arg(value_name = "REPORT", value_parser = file())]
    report: OsString,
    /// The folder from which the names of documents lead to their sources [default: the current folder].
    #[arg(long, value_name = "FOLDER", value_parser = file())]
    root: Option<OsString>,
    #[command(flatten)]
    output: FormatOptions,
}

const AFTER_HELP: &str = "\
Text output needs the sources, unchanged. The other formats need only the report;
with the sources, SARIF also says where findings end and has fingerprints.

Examples:
  refrain check --format json docs/ > report.json
  refrain render report.json
  refrain render report.json --format github --output sarif:report.sarif

Exit status:
  0  done
  2  error, such as a source that has changed";

/// What the command adds to a report.
#[derive(Deserialize)]
struct Stored {
    #[serde(default)]
    sources: Vec<SourceFacts>,
    #[serde(default)]
    unread: Vec<String>,
}

/// A stored report, with its sources in the order of its documents. `None` stands for one that is missing.
struct Read {
    report: Report,
    facts: Vec<SourceFacts>,
    sources: Vec<Option<TextFile>>,
}

/// What can be written.
struct Rendered<'a> {
    lines: &'a [&'a str],
    reports: &'a [Read],
    documents: &'a [Vec<Document<'a>>],
    /// What the check could not read, a message each.
    unread: &'a [String],
    look: Look,
}

impl Render {
    pub(crate) fn run(&self, color: ColorChoice) -> Result<Status, Error> {
        let outputs = Outputs::open(&self.output)?;
        let (name, content) = self.content()?;
        let lines: Vec<&str> = content.lines().filter(|line| !line.trim().is_empty()).collect();
        // A report may also have been laid out over several lines.
        let lines = if serde_json::from_str::<serde::de::IgnoredAny>(&content).is_ok() {
            vec![content.trim()]
        } else {
            lines
        };
        let mut reports = Vec::new();
        let mut unread = Vec::new();
        let root = self.root.as_ref().map_or(Path::new("."), Path::new);
        let mut sources = Sources { root, records: BTreeMap::new() };
        for (number, line) in (1..).zip(&lines) {
            let error = |error: serde_json::Error| {
                let line = if lines.len() > 1 { format!("line {number}: ") } else { String::new() };
                Error::new(format!(
                    "{name}: {line}this is no report of `refrain check --format json`: {error}"
                ))
            };
            let report: Report = serde_json::from_str(line).map_err(error)?;
            if !names_what_it_has(&report) {
                return Err(Error::new(format!(
                    "{name}: a finding names a document or a paragraph that the report does not have"
                )));
            }
            let Stored { sources: facts, unread: messages } = serde_json::from_str(line).map_err(error)?;
            unread.extend(messages);
            let documents = report.documents();
            let by_name = || documents.iter().map(|document| SourceFacts::by_name(&document.name)).collect();
            let facts = if facts.len() == documents.len() { facts } else { by_name() };
            let read = documents.iter().map(|document| sources.read(&document.name)).collect();
            reports.push(Read { report, facts, sources: read });
        }
        if reports.is_empty() {
            return Err(Error::new(format!("{name}: there is no report in it")));
        }
        let mut problems = Vec::new();
        let documents: Vec<Vec<Document<'_>>> =
            reports.iter().map(|read| documents(read, &mut problems)).collect();
        for problem in &problems {
            stderr::print_warning(problem);
        }
        if !problems.is_empty() && self.output.formats().any(|format| format == Format::Text) {
            return Err(Error::new("text output needs all sources as they were; --root names their folder"));
        }
        let look = self.output.look();
        let rendered =
            Rendered { lines: &lines, reports: &reports, documents: &documents, unread: &unread, look };
        outputs.write(color, &rendered)?;
        Ok(Status::Done)
    }

    fn content(&self) -> Result<(String, String), Error> {
        if self.report == "-" {
            let mut content = String::new();
            return match io::stdin().lock().read_to_string(&mut content) {
                Ok(_) => Ok((text_file::STDIN.to_owned(), content)),
                Err(error) => Err(Error::new(format!("cannot read {}: {error}", text_file::STDIN))),
            };
        }
        let name = self.report.to_string_lossy().into_owned();
        let content = fs::read_to_string(&self.report);
        content
            .map(|content| (name.clone(), content))
            .map_err(|error| Error::new(format!("cannot read {name}: {error}")))
    }
}

/// Finds sources by the names of documents.
struct Sources<'a> {
    root: &'a Path,
    /// The records of the files that were read, by their names in reports.
    records: BTreeMap<PathBuf, BTreeMap<String, String>>,
}

impl Sources<'_> {
    fn read(&mut self, name: &str) -> Option<TextFile> {
        // An id may have the sign, too, so the shortest name of a file with records counts.
        let files = name.match_indices('#').map(|(at, _)| &name[..at]);
        let is_records = |file: &&str| endings::known(Path::new(file)) == Some(Content::Records);
        if let Some(file) = files.into_iter().find(is_records) {
            let id = &name[file.len()..];
            let content = self.records(&self.root.join(file)).get(id)?.clone();
            return Some(TextFile {
                name: name.to_owned(),
                content,
                kind: None,
                fields: serde_json::Map::new(),
            });
        }
        text_file::read_file(self.root.join(name).as_os_str()).ok()
    }

    /// The records of a file, by `#` and their ids.
    fn records(&mut self, file: &Path) -> &BTreeMap<String, String> {
        self.records.entry(file.to_owned()).or_insert_with(|| {
            let prefix = OsStr::new(file).to_string_lossy().len();
            let mut records = BTreeMap::new();
            let read = record_texts::read(file.as_os_str(), &AskedFields::default(), |texts| {
                let named = |text: TextFile| (text.name[prefix..].to_owned(), text.content);
                records.extend(texts.into_iter().map(named));
                Ok(())
            });
            if read.is_ok() { records } else { BTreeMap::new() }
        })
    }
}

/// The documents of a report, or none of them if one is missing or has changed. Says so in `problems`.
fn documents<'a>(read: &'a Read, problems: &mut Vec<String>) -> Vec<Document<'a>> {
    let known = problems.len();
    let excerpts = excerpts(&read.report);
    let mut documents = Vec::new();
    let all = read.report.documents().iter().zip(&read.facts).zip(&read.sources).zip(&excerpts);
    for (((summary, facts), source), excerpts) in all {
        let name = &summary.name;
        let Some(source) = source else {
            problems.push(format!("the source of {name} cannot be read"));
            continue;
        };
        match facts.read(name, &source.content) {
            None => problems.push(format!("{name}: this build cannot read {}", facts.input)),
            Some(document) if !facts.is_unchanged(&document, summary.bytes, excerpts.iter().copied()) => {
                problems.push(format!("{name} has changed since the report was made"));
            }
            Some(document) => documents.push(document),
        }
    }
    if problems.len() > known { Vec::new() } else { documents }
}

/// Whether all documents and paragraphs that are named are in the report. It may have been edited.
fn names_what_it_has(report: &Report) -> bool {
    let (documents, paragraphs) = (report.documents().len(), report.paragraphs().len());
    let findings = report.findings().iter().all(|finding| {
        let places = finding.related.iter().chain(finding.stretches.iter().map(|stretch| &stretch.source));
        let mut places = places.map(|place| (place.document, Some(place.paragraph)));
        let has = |(document, paragraph): (usize, Option<refrain::ParagraphId>)| {
            document < documents && paragraph.is_none_or(|paragraph| paragraph.index() < paragraphs)
        };
        has((finding.document, finding.paragraph)) && places.all(has)
    });
    let pairs =
        report.pairs().iter().all(|pair| pair.left.index() < paragraphs && pair.right.index() < paragraphs);
    findings && pairs && report.paragraphs().iter().all(|paragraph| paragraph.document < documents)
}

/// The spans of the findings and of differences in each document, with the beginnings of their texts as far as these are
/// known.
fn excerpts(report: &Report) -> Vec<Vec<(Span, &str)>> {
    let mut all = vec![Vec::new(); report.documents().len()];
    for finding in report.findings().iter().filter(|finding| finding.paragraph.is_some()) {
        let places = finding.related.iter().chain(finding.stretches.iter().map(|stretch| &stretch.source));
        let places = places.map(|place| (place.document, place.span, &*place.excerpt));
        let own = (finding.document, finding.span, &*finding.excerpt);
        let stretches = finding.stretches.iter().map(|stretch| (finding.document, stretch.span, ""));
        for (document, span, excerpt) in places.chain([own]).chain(stretches) {
            all[document].push((span, excerpt));
        }
    }
    for (index, pair) in report.pairs().iter().enumerate() {
        let [left, right] = [pair.left, pair.right].map(|id| report.paragraphs()[id.index()].document);
        for difference in report.differences(index).unwrap_or_default() {
            all[left].push((difference.left, ""));
            all[right].push((difference.right, ""));
        }
    }
    all
}

impl Reports for Rendered<'_> {
    fn write_text(&self, mut out: &mut dyn Write, layout: Layout) -> io::Result<()> {
        for (index, (read, documents)) in self.reports.iter().zip(self.documents).enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            text::write(&mut out, layout, &read.report, documents, self.look)?;
        }
        Ok(())
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        self.lines.iter().try_for_each(|line| writeln!(out, "{line}"))
    }

    fn checked(&self) -> Vec<Checked<'_>> {
        let both = self.reports.iter().zip(self.documents);
        both.map(|(read, documents)| Checked::new(&read.report, documents)).collect()
    }

    fn unread(&self) -> &[String] {
        self.unread
    }
}
