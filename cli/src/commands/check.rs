//! `refrain check`: what repeats in documents, with the evidence.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::{Args, ColorChoice};
use refrain::{Background, Detector, DetectorBuilder, Document, Report};
use refrain_report::SourceFacts;
use serde::Serialize;

use super::check_texts::{CheckedText, InputOptions, Texts, groups};
#[cfg(feature = "index")]
use super::index;
use super::outputs::{Outputs, Reports};
use super::status::Status;
use crate::baseline::known::{Known, Outcome};
use crate::config::effective::Effective;
use crate::config::find::Configs;
use crate::corpus::progress_bar::ProgressBar;
use crate::error::Error;
use crate::options::format::{Format, FormatOptions};
use crate::options::reading::ReadingOptions;
use crate::options::settings::SettingsOptions;
#[cfg(feature = "index")]
use crate::options::values::index_file;
use crate::options::values::{count, file};
use crate::output::stderr;
use crate::render::ascii::Ascii;
use crate::render::layout::Layout;
#[cfg(feature = "index")]
use crate::render::published;
use crate::render::text;
use crate::render::{left_out, numbers};

/// Report what repeats in each file and across files.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Check {
    #[command(flatten)]
    input: InputOptions,
    #[command(flatten)]
    reading: ReadingOptions,
    #[command(flatten)]
    settings: SettingsOptions,
    /// Leave out the findings that this file knows, and say which of them are gone.
    ///
    /// A finding is known by its rule, its file and its words, not by its lines.
    #[arg(long, value_name = "FILE", value_parser = file())]
    baseline: Option<OsString>,
    /// Write all findings to the file of --baseline, so that they are known from now on.
    ///
    /// What the file knows of files that are not checked in this run stays.
    #[arg(long, requires = "baseline")]
    update_baseline: bool,
    /// Also report what of each file is in this index, which `refrain index` makes.
    ///
    /// A stored document with the name of the file is left out. What was published before makes the exit status 1, as
    /// a warning does (--fail-on). The formats text and json show it; others are refused.
    #[cfg(feature = "index")]
    #[arg(long, value_name = "INDEX", value_parser = index_file())]
    index: Option<OsString>,
    /// Number of threads [default: RAYON_NUM_THREADS if it is set, else all cores].
    ///
    /// The result does not depend on it.
    #[arg(long, value_name = "N", value_parser = count)]
    threads: Option<usize>,
    #[command(flatten)]
    output: FormatOptions,
}

const AFTER_HELP: &str = "\
Settings are also read from refrain.toml, the nearest one upward from each file;
options win over it. `refrain config FILE` shows what is in force for a file.

Examples:
  refrain check article.txt
  refrain check --notes all chapter-*.txt | less
  refrain check --boilerplate 20% --coverage documents articles/
  refrain check --exclude drafts --include '*.md' .
  refrain check --baseline known.jsonl --update-baseline docs/
  refrain check --output sarif:report.sarif --output markdown:comment.md docs/
  refrain check --threshold 0.8 --format json < article.txt | jq '.findings[] | select(.shown) | .message'

Exit status:
  0  no warnings
  1  at least one warning, or what --fail-on and --max-redundancy say
  2  error; if only some files could not be read, the others are reported";

/// The files of one group, checked.
struct Checked<'t> {
    texts: Vec<&'t CheckedText>,
    documents: Vec<Document<'t>>,
    report: Report,
    /// What of each document was published before.
    #[cfg(feature = "index")]
    published: Option<Vec<refrain_index::Report>>,
}

/// What the command left out of the reports, and what else it found.
#[derive(Default)]
struct Results {
    /// Findings of rules that are off.
    off: usize,
    baseline: Option<Outcome>,
    /// Documents that are too redundant, in words.
    redundant: Vec<String>,
    /// Whether a finding makes the command fail.
    fails: bool,
    /// What could not be read, a message each.
    unread: Vec<String>,
}

/// A report with what the command adds.
#[derive(Serialize)]
struct Output<'a> {
    #[serde(flatten)]
    report: &'a Report,
    /// How each document was read.
    sources: Vec<SourceFacts>,
    /// What of each document was published before, with `--index`.
    #[cfg(feature = "index")]
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<&'a [refrain_index::Report]>,
    /// In the last report.
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<&'a Outcome>,
    /// What could not be read, a message each, in the last report.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    unread: &'a [String],
}

impl Check {
    pub(crate) fn run(&self, color: ColorChoice) -> Result<Status, Error> {
        let SettingsOptions { config, no_config, .. } = &self.settings;
        let options = self.settings.given()?;
        // Wrong options are errors before anything is read.
        self.detector(&Configs::new(None, true, options.clone())?.here()?)?;
        let mut configs = Configs::new(config.as_deref(), *no_config, options)?;
        #[cfg(feature = "index")]
        self.check_formats()?;
        let outputs = Outputs::open(&self.output)?;
        let baseline = self.baseline.as_ref().map(|file| Known::open(Path::new(file), self.update_baseline));
        let mut baseline = baseline.transpose()?;
        let Texts { texts, errors } = self.input.read(&mut configs)?;
        for error in &errors {
            stderr::print_error(error);
        }
        if texts.is_empty() {
            return Ok(Status::Failed);
        }

        let unread = errors.iter().map(ToString::to_string).collect();
        let mut results = Results { unread, ..Results::default() };
        let mut checked = Vec::new();
        for group in groups(&texts) {
            let texts: Vec<&CheckedText> = group.into_iter().map(|index| &texts[index]).collect();
            let mut group = self.check(texts)?;
            group.settle(baseline.as_mut(), &mut results);
            checked.push(group);
        }
        results.baseline = baseline.as_ref().map(Known::outcome);
        let run = Run { check: self, checked: &checked, results: &results };
        outputs.write(color, &run)?;
        if self.output.format != Format::Text {
            results.redundant.iter().for_each(|line| stderr::print_line(line));
        }
        if self.update_baseline
            && let Some(baseline) = baseline
        {
            // What could not be read must not be forgotten.
            if !errors.is_empty() {
                return Err(Error::new("the baseline is not written, because not all files could be read"));
            }
            let findings = baseline.update()?;
            stderr::print_line(&format!("the baseline has {} now", numbers::count(findings, "finding")));
            results.fails = false;
        }
        Ok(if !errors.is_empty() {
            Status::Failed
        } else if results.fails || !results.redundant.is_empty() {
            Status::Found
        } else {
            Status::Done
        })
    }

    /// Fails if a format cannot show what --index finds.
    #[cfg(feature = "index")]
    fn check_formats(&self) -> Result<(), Error> {
        let mut formats = self.output.formats();
        let other = formats.find(|format| !matches!(format, Format::Text | Format::Json));
        match other.as_ref().and_then(clap::ValueEnum::to_possible_value) {
            Some(format) if self.index.is_some() => Err(Error::new(format!(
                "--index is shown by the formats text and json only, got {}",
                format.get_name()
            ))),
            _ => Ok(()),
        }
    }

    /// A detector with what is in force.
    fn detector(&self, effective: &Effective) -> Result<Detector, Error> {
        let builder = DetectorBuilder::from(effective.settings()?);
        let builder = match effective.background() {
            "en/1" => builder,
            "none" => builder.background(None),
            file => builder.background(Some(read_table(OsStr::new(file))?)),
        };
        let builder = match self.threads {
            Some(threads) => builder.threads(threads),
            None => builder,
        };
        builder.build().map_err(|error| effective.error(error))
    }

    /// Checks the files of a group, of which there is at least one.
    fn check<'t>(&self, texts: Vec<&'t CheckedText>) -> Result<Checked<'t>, Error> {
        let detector = self.detector(&texts[0].effective)?;
        let documents: Vec<Document<'t>> = texts
            .iter()
            .map(|text| {
                self.reading.document(&text.file, (text.effective.input(), text.effective.ignore_lines()))
            })
            .collect();
        let bytes: usize = texts.iter().map(|text| text.file.content.len()).sum();
        let progress = ProgressBar::new(bytes < LONG);
        let report = detector.try_check_all(&documents, |state| progress.show(state))?;
        progress.clear();
        #[cfg(feature = "index")]
        let published =
            self.index.as_ref().map(|file| index::look_up(Path::new(file), &documents)).transpose()?;
        Ok(Checked {
            texts,
            documents,
            report,
            #[cfg(feature = "index")]
            published,
        })
    }
}

/// Checks of texts of more bytes show their progress.
const LONG: usize = 1 << 20;

/// All that a run writes.
struct Run<'a> {
    check: &'a Check,
    checked: &'a [Checked<'a>],
    results: &'a Results,
}

impl Reports for Run<'_> {
    fn write_text(&self, out: &mut dyn Write, layout: Layout) -> io::Result<()> {
        let Self { check, checked, results } = *self;
        let look = check.output.look();
        let out = &mut Ascii::new(out, look.ascii);
        for (number, group) in (1..).zip(checked) {
            if checked.len() > 1 {
                let files = numbers::count(group.documents.len(), "document");
                left_out::group(out, layout, number, checked.len(), &files)?;
            }
            text::write(out, layout, &group.report, &group.documents, look)?;
            #[cfg(feature = "index")]
            for (report, document) in group.published.iter().flatten().zip(&group.documents) {
                writeln!(out)?;
                published::write(out, report, document, look.verbose)?;
            }
        }
        if results.off > 0 {
            left_out::off(out, results.off)?;
        }
        if let (Some(Outcome { known, gone }), Some(name)) = (&results.baseline, &check.baseline) {
            let gone: Vec<_> = gone.iter().map(|gone| [&*gone.file, &*gone.rule, &*gone.text]).collect();
            left_out::baseline(out, &Path::new(name).to_string_lossy(), *known, &gone)?;
        }
        left_out::redundant(out, &results.redundant)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { check, checked, results } = *self;
        for (number, group) in (1..).zip(checked) {
            let is_last = number == checked.len();
            let baseline = results.baseline.as_ref().filter(|_| is_last);
            let facts = |text: &&CheckedText| {
                let kind = check.reading.kind(&text.file, text.effective.input());
                SourceFacts::new(
                    &text.file.content,
                    kind,
                    check.reading.read_options(text.effective.ignore_lines()),
                )
            };
            let output = Output {
                report: &group.report,
                sources: group.texts.iter().map(facts).collect(),
                #[cfg(feature = "index")]
                index: group.published.as_deref(),
                baseline,
                unread: if is_last { &results.unread } else { &[] },
            };
            serde_json::to_writer(&mut *out, &output)?;
            writeln!(out)?;
        }
        Ok(())
    }

    fn checked(&self) -> Vec<refrain_report::Checked<'_>> {
        let groups = self.checked.iter();
        groups.map(|group| refrain_report::Checked::new(&group.report, &group.documents)).collect()
    }

    fn unread(&self) -> &[String] {
        &self.results.unread
    }
}

impl Checked<'_> {
    /// Applies the levels of rules and the baseline to the findings, and gathers what makes the command fail.
    fn settle(&mut self, mut baseline: Option<&mut Known>, results: &mut Results) {
        let Self { texts, documents, report, .. } = self;
        #[cfg(feature = "index")]
        {
            let mut published = texts.iter().zip(self.published.iter().flatten());
            results.fails |= published
                .any(|(text, report)| report.has_warnings() && text.effective.fail_on().fails_on_warnings());
        }
        if let Some(known) = &mut baseline {
            known.add_documents(documents);
        }
        report.retain_findings(|finding| {
            let effective = &texts[finding.document].effective;
            if let Some(level) = effective.rule_level(finding.rule)
                && !level.apply(finding)
            {
                results.off += 1;
                return false;
            }
            baseline.as_mut().is_none_or(|known| !known.is_known(finding, documents))
        });
        let fails = |finding: &refrain::Finding| texts[finding.document].effective.fail_on().fails(finding);
        results.fails |= report.findings().iter().any(fails);
        for (text, document) in texts.iter().zip(report.documents()) {
            if let Some(most) = text.effective.max_redundancy().filter(|&most| document.redundancy > most) {
                results.redundant.push(left_out::too_redundant(&document.name, document.redundancy, most));
            }
        }
    }
}

/// Reads a table of common words.
fn read_table(file: &OsStr) -> Result<Background, Error> {
    let name = Path::new(file).display();
    let table = fs::read(file).map_err(|error| Error::new(format!("{name}: {error}")))?;
    let table = String::from_utf8(table).map_err(|_| Error::new(format!("{name}: not UTF-8")))?;
    table.parse().map_err(|error| Error::new(format!("{name}: {error}")))
}
