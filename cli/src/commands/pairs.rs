//! `refrain pairs`: the near-duplicate pairs of a corpus.

use std::io::Write as _;

use clap::Args;
use refrain::{DetectorBuilder, Differs, Pair, Settings};

use super::corpus_run::{LoadedCorpus, ReadMode, open_result, run};
use super::status::Status;
use crate::error::Error;
use crate::options::corpus::CorpusOptions;
use crate::options::values::count;
use crate::output::parallel_lines::write_lines;
use crate::render::numbers;

/// List all pairs of near-duplicate paragraphs in a corpus.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Pairs {
    #[command(flatten)]
    corpus: CorpusOptions,
    /// If a paragraph occurs more than N times, pair its copies only with its first occurrence.
    ///
    /// In pairs with other paragraphs, only the first occurrence is then listed.
    #[arg(long, value_name = "N", value_parser = count, default_value_t = Settings::default().copies)]
    copies: usize,
    /// Keep only the earliest N pairs of each paragraph with earlier, different paragraphs.
    ///
    /// Useful if very many paragraphs were made from one template and are all near-duplicates of each
    /// other. Identical paragraphs count as one here: the pairs kept for one are listed for all its copies
    /// (but see --copies). The summary says how many paragraphs have more pairs, but not how many pairs
    /// are omitted, because these are never computed. `clusters` and `dedup` need no such limit.
    #[arg(long, value_name = "N", value_parser = count)]
    max_pairs_per_paragraph: Option<usize>,
}

const AFTER_HELP: &str = "\
Output, one pair per line:
  {\"a\": id, \"a_span\": [start, end], \"b\": id, \"b_span\": [start, end],
   \"resemblance\": x, \"containment\": [share of a in b, share of b in a]}
Spans are byte offsets in the text. A pair that differs only in numbers or dates
also has \"differs\": \"numbers\".

Examples:
  refrain pairs articles.jsonl > pairs.jsonl
  refrain pairs --threshold 0.8 --text-field body -o pairs.jsonl.gz articles.parquet
  zcat part-*.gz | refrain pairs - | jq -c 'select(.resemblance == 1)'
  refrain pairs articles.jsonl | jq -c 'select(.differs == \"numbers\")'

Exit status:
  0  success
  2  error";

impl Pairs {
    pub(crate) fn run(&self) -> Result<Status, Error> {
        let mut sink = open_result(&self.corpus)?;
        let configure =
            |builder: DetectorBuilder| builder.copies(self.copies).max_pairs(self.max_pairs_per_paragraph);
        run(&self.corpus, ReadMode::default(), configure, |loaded| {
            let LoadedCorpus { corpus, records, progress, mut summary, .. } = loaded;
            let found = corpus.pairs(|state| progress.show(state))?;
            let store = &records.store;
            write_lines(&mut sink, &found.pairs, |pair: &Pair, line| {
                line.push(b'{');
                store.write_place(line, pair.left, ["a", "a_span"]);
                line.push(b',');
                store.write_place(line, pair.right, ["b", "b_span"]);
                let [left, right] = pair.containment();
                let resemblance = pair.resemblance();
                // `{:?}` writes the shortest digits that read back as the same number.
                write!(line, r#","resemblance":{resemblance:?},"containment":[{left:?},{right:?}]"#)
                    .expect("writing to memory does not fail");
                if pair.differs == Some(Differs::Numbers) {
                    line.extend_from_slice(br#","differs":"numbers""#);
                }
                line.extend_from_slice(b"}\n");
            })?;
            progress.clear();
            sink.complete()?.publish()?;
            if found.crowds > 0 {
                let paragraphs = numbers::count(found.crowds, "paragraph");
                let occur = if found.crowds == 1 { "occurs" } else { "occur" };
                let times = numbers::count(self.copies, "time");
                summary.notes.push(format!(
                    "{paragraphs} {occur} more than {times}: the copies are paired only with the first \
                     occurrence (see --copies)"
                ));
            }
            if let Some(limit) = self.max_pairs_per_paragraph.filter(|_| found.limited > 0) {
                let paragraphs = numbers::count(found.limited, "different paragraph");
                let have = if found.limited == 1 { "has" } else { "have" };
                let pairs = numbers::count(limit, "pair");
                summary.notes.push(format!(
                    "{paragraphs} {have} more than {pairs} with earlier, different paragraphs: the others are \
                     omitted"
                ));
            }
            Ok((summary, numbers::count(found.pairs.len(), "pair")))
        })
    }
}
