//! `refrain dedup`: a corpus without its near-duplicates.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::{Args, ColorChoice};
use refrain::Keep;

use super::corpus_run::{LoadedCorpus, ReadMode, run};
use super::status::Status;
use crate::corpus::record_store::RecordStore;
use crate::corpus::removals::Removals;
use crate::corpus::rewrite::Rewrite;
use crate::error::Error;
use crate::input::source::Source;
use crate::options::corpus::{CAREFUL_MIN_PARAGRAPH_TOKENS, CAREFUL_THRESHOLD, CorpusOptions};
use crate::options::values::{file, keep};
use crate::output::paths::same_file;
use crate::output::sink::{Sink, StandardStream, publish};
use crate::output::stderr::print_warning;
use crate::output::stdout;
use crate::render::numbers::count;
use crate::render::preview;

/// Remove near-duplicate paragraphs from a corpus.
///
/// A paragraph is removed if it is a near-duplicate of one that is kept, unless the two differ only in
/// numbers or dates, as "Road 1506 is closed" and "Road 1507 is closed" do. Paragraphs shorter than
/// --min-paragraph-tokens always stay. The record keeps its fields, their order, and the separators of its
/// other paragraphs. A record is dropped if all its paragraphs are removed. --dry-run shows what would be
/// removed.
#[derive(Args, Debug)]
#[command(mut_arg("threshold", |option| option.default_value(CAREFUL_THRESHOLD)))]
#[command(mut_arg("min_paragraph_tokens", |option| option.default_value(CAREFUL_MIN_PARAGRAPH_TOKENS)))]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Dedup {
    #[command(flatten)]
    corpus: CorpusOptions,
    /// Which of several near-duplicates to keep: first, longest, last or field:NAME.
    ///
    /// field:NAME keeps the one whose record has the highest number in that field; records without a
    /// number there come last. Of equal ones the earlier is kept.
    #[arg(long, value_name = "WHICH", default_value = "first", value_parser = keep)]
    keep: Keep,
    /// Also remove paragraphs that differ from a kept one only in numbers or dates.
    #[arg(long)]
    merge_numbers: bool,
    /// Write each removed paragraph to this file, with the paragraph that is kept instead.
    #[arg(long, value_name = "FILE", value_parser = file())]
    removed: Option<OsString>,
    /// Do not write the result; print how much would be removed, and a sample beside what would be kept.
    ///
    /// The summary counts the removed paragraphs by their resemblance to what is kept. The sample has about
    /// ten of them, spread evenly.
    ///
    /// The input is read only once, and -o is ignored. --removed is still written, which takes a second
    /// reading.
    #[arg(long)]
    dry_run: bool,
}

const AFTER_HELP: &str = "\
The output is JSON Lines, also for Parquet input. Records from which nothing is
removed are copied byte for byte.

Each line of --removed:
  {\"id\": id, \"span\": [start, end], \"text\": text,
   \"kept\": {\"id\": id, \"span\": [start, end]}, \"resemblance\": x}

Examples:
  refrain dedup --dry-run articles.jsonl
  refrain dedup -o clean.jsonl articles.jsonl
  refrain dedup --keep field:score --removed removed.jsonl -o clean.jsonl.gz articles.jsonl.gz

Exit status:
  0  success
  2  error";

impl Dedup {
    pub(crate) fn run(&self, color: ColorChoice) -> Result<Status, Error> {
        self.check_outputs()?;
        let kept = (!self.dry_run).then(|| Sink::open(self.corpus.output.as_deref()));
        let mut kept = kept.transpose()?;
        let mut removed = self.removed.as_deref().map(|path| Sink::open(Some(path))).transpose()?;
        run(
            &self.corpus,
            ReadMode {
                rank_field: self.keep.field(),
                reread: kept.is_some() || removed.is_some(),
                openings: self.dry_run,
            },
            |builder| builder.merge_numbers(self.merge_numbers),
            |loaded| {
                let LoadedCorpus { corpus, records, mut source, mut fields, progress, mut summary } = loaded;
                let store = &records.store;
                summary.notes.extend(self.missing_ranks(store, &source));
                let rank = |id| store.ranks()[store.paragraph(id).record as usize];
                let bytes = |id| store.paragraph(id).span().len();
                let order = self.keep.order(store.paragraphs().len(), bytes, rank);
                let representatives =
                    corpus.representatives(order.as_deref(), |state| progress.show(state))?;
                drop(order);
                let removals = Removals { store, representatives: &representatives };
                if kept.is_some() || removed.is_some() {
                    // The second reading decides nothing, so it needs no ranks.
                    fields.rank = None;
                    let rewrite = Rewrite { removals, skipped: &records.skipped, fields: &fields };
                    progress.start_bytes("writing", source.len());
                    rewrite.write(&mut source, kept.as_mut(), removed.as_mut(), |position| {
                        progress.set_position(position);
                    })?;
                }
                progress.clear();
                // All outputs are complete before any is published.
                let outputs: Vec<_> =
                    removed.into_iter().chain(kept).map(Sink::complete).collect::<Result<_, _>>()?;
                publish(outputs)?;
                if self.dry_run {
                    let threshold = self.corpus.comparison.threshold;
                    let preview = removals.preview(threshold, summary.short_paragraphs);
                    stdout::write(color, |out, layout| preview::write(out, layout, &preview))?;
                }
                let would_be = if self.dry_run { " would be" } else { "" };
                let result = format!(
                    "{}{would_be} removed, {}{would_be} dropped",
                    count(removals.paragraphs(), "paragraph"),
                    count(removals.dropped_records(), "record")
                );
                Ok((summary, result))
            },
        )
    }

    /// Refuses outputs that would overwrite each other, or the input with the removed paragraphs.
    ///
    /// The kept records may replace the input.
    fn check_outputs(&self) -> Result<(), Error> {
        let Some(removed) = &self.removed else { return Ok(()) };
        self.corpus.check_not_input("--removed", removed)?;
        if self.dry_run {
            if StandardStream::from_name(removed) == Some(StandardStream::Output) {
                let name = Path::new(removed).display();
                let message =
                    format!("--removed is {name}, where --dry-run prints its summary; expected a file");
                return Err(Error::new(message));
            }
            return Ok(());
        }
        let output = self.corpus.output.as_deref().unwrap_or(OsStr::new("-"));
        let same = match [output, removed].map(StandardStream::from_name) {
            [None, _] => same_file(output, removed),
            [output, removed] => output == removed,
        };
        if same {
            let name = Path::new(removed).display();
            return Err(Error::new(format!("-o and --removed are both {name}")));
        }
        Ok(())
    }

    /// A line for the summary if some records have no number in the field of `--keep field:NAME`. Warns if
    /// no record has one.
    fn missing_ranks(&self, store: &RecordStore, source: &Source) -> Option<String> {
        let field = self.keep.field()?;
        let missing = store.ranks().iter().filter(|rank| rank.is_none()).count();
        if missing == 0 {
            return None;
        }
        if missing == store.records() {
            print_warning(&format!("{}: no record has a number in the field `{field}`", source.name));
            return None;
        }
        let have = if missing == 1 { "has" } else { "have" };
        let records = count(missing, "record");
        Some(format!(
            "{records} {have} no number in the field `{field}`; records with a number are preferred"
        ))
    }
}
