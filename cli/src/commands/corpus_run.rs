//! What `pairs`, `clusters` and `dedup` do alike: read the corpus, do the work, print a summary.

use std::time::Instant;

use refrain::{Corpus, Detector, DetectorBuilder};

use super::status::Status;
use crate::corpus::progress_bar::ProgressBar;
use crate::corpus::read::{ReadOptions, Records, read_records};
use crate::corpus::record_store::DuplicateIds;
use crate::corpus::run_summary::RunSummary;
use crate::error::Error;
use crate::input::record::FieldNames;
use crate::input::source::Source;
use crate::options::corpus::CorpusOptions;
use crate::output::sink::Sink;
use crate::output::stderr::print_warning;
use crate::render::numbers::count;

/// A corpus that was read once.
pub(crate) struct LoadedCorpus {
    pub(crate) corpus: Corpus,
    pub(crate) records: Records,
    pub(crate) source: Source,
    pub(crate) fields: FieldNames,
    pub(crate) progress: ProgressBar,
    pub(crate) summary: RunSummary,
}

/// How a command reads the corpus.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ReadMode<'a> {
    /// The field whose numbers are needed, if any.
    pub(crate) rank_field: Option<&'a str>,
    /// Whether the source will be read a second time.
    pub(crate) reread: bool,
    /// Whether the opening of each paragraph is needed.
    pub(crate) openings: bool,
}

/// Reads the corpus and does `work` on the threads that the options ask for, then prints the summary.
///
/// `configure` sets what is particular to the command. `work` returns the summary and the result in words,
/// such as "4 pairs".
pub(crate) fn run(
    options: &CorpusOptions,
    mode: ReadMode<'_>,
    configure: impl FnOnce(DetectorBuilder) -> DetectorBuilder,
    work: impl FnOnce(LoadedCorpus) -> Result<(RunSummary, String), Error> + Send,
) -> Result<Status, Error> {
    let started = Instant::now();
    if options.id_field == options.text_field {
        let message = format!("--id-field and --text-field are both `{}`", options.id_field);
        return Err(Error::new(message));
    }
    let builder = Detector::builder().min_paragraph_tokens(options.min_paragraph_tokens);
    let detector = configure(options.comparison.apply_settings(builder)).build()?;
    let pool = options.comparison.thread_pool()?;
    let fields = FieldNames::new(&options.id_field, &options.text_field, mode.rank_field);
    let (summary, result) = pool.install(|| {
        let mut corpus = detector.corpus();
        let mut source = Source::open(&options.input, mode.reread)?;
        let progress = ProgressBar::new(options.quiet);
        let read = ReadOptions {
            fields: &fields,
            breaks: options.paragraphs,
            skip_bad: options.skip_bad,
            openings: mode.openings,
        };
        let mut records = read_records(&mut source, read, &mut corpus, &progress)?;
        if let Some(DuplicateIds { records, first }) = records.store.duplicate_ids() {
            progress.clear();
            let (records, repeat) =
                (count(records, "record"), if records == 1 { "repeats" } else { "repeat" });
            print_warning(&format!(
                "{}: {records} {repeat} the id of an earlier record; the first such id is {first}",
                source.name
            ));
        }
        let mut summary = RunSummary::new(started, &mut records, source.unit());
        summary.short_paragraphs = corpus.short_paragraphs();
        summary.exact_duplicates = corpus.exact_duplicates();
        work(LoadedCorpus { corpus, records, source, fields, progress, summary })
    })?;
    if !options.quiet {
        summary.print(&result);
    }
    Ok(Status::Done)
}

/// Opens the output of a command whose result is not a corpus, and so must not replace the input.
pub(crate) fn open_result(options: &CorpusOptions) -> Result<Sink, Error> {
    if let Some(output) = &options.output {
        options.check_not_input("-o", output)?;
    }
    Sink::open(options.output.as_deref())
}
