//! The texts that `check` reads, each with the settings that are in force for it.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use clap::Args;

use crate::config::effective::Effective;
use crate::config::find::Configs;
use crate::corpus::progress_bar::ProgressBar;
use crate::error::Error;
use crate::input::endings::{self, Content};
use crate::input::files::{Input, Inputs, find};
use crate::input::globs::{Globs, absolute};
use crate::input::metadata_fields::MetadataFields;
use crate::input::record_texts::{self, AskedFields};
use crate::input::text_file::{self, TextFile};
use crate::options::values::file;
use crate::output::stderr::print_line;

/// Which files are read, and which fields of their records.
#[derive(Args, Debug)]
pub(super) struct InputOptions {
    /// Files, folders, or `-` for standard input, which is also read if there is no argument.
    ///
    /// A file is a text in UTF-8, one document. The records of a .jsonl, .ndjson (also .gz, .zst) or .parquet file
    /// are documents, named by the file and their id. In a folder, and the folders inside, files with known
    /// endings are read: .txt .md .mdx .markdown .htm .html .xhtml .srt .vtt and those of records, but no hidden
    /// files and none that .gitignore names.
    #[arg(value_name = "PATH", value_parser = file())]
    paths: Vec<OsString>,
    /// In folders, read the files that match this glob, instead of those with known endings.
    ///
    /// Globs are those of .gitignore: one without a slash matches a name in any folder, one with a slash a path from
    /// the current folder. The option can be given more than once.
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// In folders, leave out files and folders that match this glob. The option can be given more than once.
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Field with the text of a record [default: the first of text, content, body].
    ///
    /// A dot leads into an object: `article.body`.
    #[arg(long, value_name = "NAME")]
    text_field: Option<String>,
    /// Field with the id of a record; `line` takes the number of the line (or row) [default: id, else line].
    #[arg(long, value_name = "NAME")]
    id_field: Option<String>,
}

/// A text to check.
#[derive(Debug)]
pub(super) struct CheckedText {
    pub(super) file: TextFile,
    /// What is in force for it.
    pub(super) effective: Arc<Effective>,
}

/// All that could be read, and what could not.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub(super) texts: Vec<CheckedText>,
    pub(super) errors: Vec<Error>,
}

/// The files above which reading them is shown.
const FEW: usize = 20;
/// The bytes of texts that are worked on together.
const BATCH: usize = 32 << 20;

impl InputOptions {
    /// Whether standard input is read.
    #[cfg_attr(not(feature = "index"), allow(dead_code, reason = "only an index asks"))]
    pub(super) fn reads_stdin(&self) -> bool {
        self.paths.is_empty() || self.paths.iter().any(|path| path == "-")
    }

    /// Finds and reads all texts. What cannot be read is an error of its own.
    ///
    /// # Errors
    ///
    /// If the options or a file of settings are wrong.
    pub(super) fn read(&self, configs: &mut Configs) -> Result<Texts, Error> {
        let mut texts = Vec::new();
        let errors = self.read_in_batches(configs, &MetadataFields::None, |batch| {
            texts.extend(batch);
            Ok(())
        })?;
        Ok(Texts { texts, errors })
    }

    /// Finds all texts, reads them with some fields of records, and passes them to `work` some megabytes at a time, so
    /// that a corpus need not fit into memory. Returns what cannot be read.
    ///
    /// # Errors
    ///
    /// If the options or a file of settings are wrong, and what `work` returns.
    pub(super) fn read_in_batches(
        &self,
        configs: &mut Configs,
        metadata: &MetadataFields,
        mut work: impl FnMut(Vec<CheckedText>) -> Result<(), Error> + Send,
    ) -> Result<Vec<Error>, Error> {
        let here = absolute(Path::new("."));
        let globs = |option: &str, globs: &[String]| {
            let problem = |problem| Error::new(format!("{option}: {problem}"));
            Globs::new(&here, globs.iter().map(String::as_str)).map_err(problem)
        };
        let include = globs("--include", &self.include)?;
        let include = Some(&include).filter(|globs| !globs.is_empty());
        let exclude = globs("--exclude", &self.exclude)?;
        let inputs = find(&self.paths, |path| Ok(!exclude.matches(path) && configs.admits(path, include)?))?;
        let Inputs { files, mut errors } = inputs;
        let progress = ProgressBar::new(files.len() <= FEW);
        progress.start_count("reading", files.len());
        let mut batch = Batch::default();
        for (number, input) in files.iter().enumerate() {
            progress.set_position(number as u64);
            let effective = Arc::new(configs.effective(&input.path)?);
            let mut failed = None;
            let read = self.read_input(input, metadata, &progress, &mut |texts| {
                let worked = batch.add(texts, &effective, |texts| {
                    progress.clear();
                    work(texts)
                });
                worked.map_err(|error| failed.insert(error).clone())
            });
            match (failed, read) {
                (Some(error), _) => return Err(error),
                (None, Ok(problem)) => errors.extend(problem),
                (None, Err(error)) => errors.push(error),
            }
        }
        progress.clear();
        work(batch.texts)?;
        Ok(errors)
    }

    /// Reads an input, and passes its texts on. Returns what is wrong with a part of it.
    fn read_input(
        &self,
        input: &Input,
        metadata: &MetadataFields,
        progress: &ProgressBar,
        sink: &mut (dyn FnMut(Vec<TextFile>) -> Result<(), Error> + Send),
    ) -> Result<Option<Error>, Error> {
        let given = input.given.as_os_str();
        if !input.is_stdin() && endings::known(&input.path) == Some(Content::Records) {
            let asked = AskedFields {
                id: self.id_field.clone(),
                text: self.text_field.clone(),
                metadata: metadata.clone(),
            };
            let read = record_texts::read(given, &asked, sink)?;
            progress.clear();
            print_line(&read.taken);
            return Ok(read.problem);
        }
        let text = if input.is_stdin() { text_file::read_stdin() } else { text_file::read_file(given) };
        sink(vec![text?]).map(|()| None)
    }
}

/// Texts that are worked on together.
#[derive(Debug, Default)]
struct Batch {
    texts: Vec<CheckedText>,
    bytes: usize,
}

impl Batch {
    /// Adds texts, and passes all on if they are enough.
    fn add(
        &mut self,
        texts: Vec<TextFile>,
        effective: &Arc<Effective>,
        work: impl FnOnce(Vec<CheckedText>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.bytes += texts.iter().map(|text| text.content.len()).sum::<usize>();
        let checked = |file| CheckedText { file, effective: Arc::clone(effective) };
        self.texts.extend(texts.into_iter().map(checked));
        if self.bytes < BATCH {
            return Ok(());
        }
        work(std::mem::take(self).texts)
    }
}

/// The texts that are compared with each other, by their places: those with the same settings. The groups are in
/// the order of their first texts.
pub(super) fn groups(texts: &[CheckedText]) -> Vec<Vec<usize>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut last: Option<(&Arc<Effective>, usize)> = None;
    for (index, text) in texts.iter().enumerate() {
        let group = match last {
            // The records of a file share what is in force.
            Some((effective, group)) if Arc::ptr_eq(effective, &text.effective) => group,
            _ => *places.entry(text.effective.group()).or_insert(groups.len()),
        };
        if group == groups.len() {
            groups.push(Vec::new());
        }
        groups[group].push(index);
        last = Some((&text.effective, group));
    }
    groups
}
