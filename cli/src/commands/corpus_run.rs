//! What comes back in a corpus: `refrain pairs`, `clusters` and `dedup`.
//!
//! The texts pass by once in blocks, each record cut into paragraphs that go into the library's
//! [`Corpus`] and are forgotten; what stays here is which record and which span each of them is (the
//! [`store`]). `dedup`, which gives the texts back, reads them a second time.
//!
//! # Memory
//!
//! Besides what the library takes for its [`Corpus`]: 12 bytes for each paragraph, 16 and its id for
//! each record (16 more for `--keep field:NAME`), and two blocks of two megabytes, or of the longest line,
//! with what comes of them. Of a million records of one paragraph of 411 bytes, 438 MB of JSON Lines,
//! that makes 1.9 bytes of peak resident memory per byte of input at a threshold of 0.8, at 0.5 2.1 for
//! `pairs` and 2.4 for the others. A record that is most of its file takes 5.6
//! times its size, or 6.8 times if its words have three letters.

use std::ffi::{OsStr, OsString};
use std::time::Instant;

use clap::Args;
use refrain::{Corpus, Detector, DetectorBuilder};

use crate::corpus::progress_bar::Meter;
use crate::corpus::read::{Gathered, gather};
use crate::corpus::record_store::Duplicates;
use crate::corpus::run_summary::Tally;
use crate::error::{Failure, Status, warn};
use crate::input::record::Fields;
use crate::input::source::Source;
use crate::options::{Comparison, count, file};
use crate::output::atomic_file::place;
use crate::output::sink::Sink;

/// What the commands have in common.
#[derive(Args, Debug)]
pub(crate) struct Common {
    /// JSON Lines, an object with an id and a text each; `-` is standard input.
    ///
    /// By the ending of the name: .gz and .zst are decompressed, .parquet is read by columns. A text
    /// of several paragraphs, parted by blank lines, counts paragraph by paragraph.
    #[arg(value_name = "IN", value_parser = file())]
    pub(crate) input: OsString,
    /// The field that holds the id, a string or a number.
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub(crate) id_field: String,
    /// The field that holds the text.
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(crate) text_field: String,
    #[command(flatten)]
    comparison: Comparison,
    /// Paragraphs of fewer words are not compared, only counted.
    #[arg(long, value_name = "N", value_parser = count, default_value_t = 1)]
    min_paragraph_tokens: usize,
    /// Skips lines that hold no record and counts them, instead of failing at the first.
    #[arg(long)]
    skip_bad: bool,
    /// Where the result goes, compressed if the name ends in .gz or .zst [default: standard output].
    ///
    /// A file is written aside and put in its place when it is complete.
    #[arg(short, long, value_name = "FILE", value_parser = file())]
    pub(crate) output: Option<OsString>,
    /// Shows neither progress nor the summary.
    #[arg(short, long)]
    quiet: bool,
}

/// All that a command needs once its input was read.
pub(crate) struct Read<'a> {
    pub(crate) corpus: Corpus<'a>,
    pub(crate) gathered: Gathered,
    pub(crate) source: Source,
    pub(crate) meter: Meter,
    pub(crate) tally: Tally,
}

impl Common {
    /// Reads the input, then does `work`, all of it on as many threads as were asked for.
    ///
    /// The rest of the arguments say what to tell the library, by which field to rank records, and
    /// whether the input will be read again. `work` returns the result for the summary.
    pub(crate) fn run(
        &self,
        configure: impl FnOnce(DetectorBuilder) -> DetectorBuilder,
        rank: Option<&str>,
        twice: bool,
        work: impl FnOnce(Read<'_>) -> Result<(Tally, String), Failure> + Send,
    ) -> Result<Status, Failure> {
        let started = Instant::now();
        if self.id_field == self.text_field {
            let message = format!("--id-field and --text-field are both `{}`", self.id_field);
            return Err(Failure::new(message));
        }
        let builder = Detector::builder().min_paragraph_tokens(self.min_paragraph_tokens);
        let detector = configure(self.comparison.settings(builder)).build()?;
        let pool = self.comparison.pool()?;
        let fields = Fields {
            id: self.id_field.clone(),
            text: self.text_field.clone(),
            rank: rank.map(str::to_owned),
        };
        let (tally, result) = pool.install(|| {
            let mut corpus = detector.corpus();
            let mut source = Source::open(&self.input, twice)?;
            let meter = Meter::new(self.quiet);
            let mut gathered = gather(&mut source, &fields, self.skip_bad, &mut corpus, &meter)?;
            if let Some(Duplicates { records, first }) = gathered.store.duplicates() {
                let records = crate::render::summary::count(records, "record");
                meter.clear();
                warn(&format!("{}: {records} with the id of an earlier one, the first {first}", source.name));
            }
            let mut tally = Tally::new(started, &mut gathered, source.unit());
            tally.short = corpus.short_paragraphs();
            tally.exact = corpus.exact_duplicates();
            work(Read { corpus, gathered, source, meter, tally })
        })?;
        if !self.quiet {
            tally.tell(&result);
        }
        Ok(Status::Clean)
    }

    /// Opens an output that is of another kind than the input, and must not replace it.
    pub(crate) fn open_output(&self) -> Result<Sink, Failure> {
        if let Some(output) = &self.output {
            self.refuse_input("-o", output)?;
        }
        Sink::open(self.output.as_deref())
    }

    pub(crate) fn refuse_input(&self, option: &str, path: &OsStr) -> Result<(), Failure> {
        let standard = self.input == "-" || path == "-";
        if standard || place(path).is_none_or(|output| Some(output) != place(&self.input)) {
            return Ok(());
        }
        Err(Failure::new(format!("{option} is {}, which is the input", path.display())))
    }
}
