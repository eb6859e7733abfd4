//! `refrain clusters`: the near-duplicates of a corpus, grouped around representatives.

use std::io::Write as _;

use clap::Args;
use refrain::{Cluster, Representative};

use super::corpus_run::{LoadedCorpus, ReadMode, open_result, run};
use super::status::Status;
use crate::error::Error;
use crate::options::corpus::{CAREFUL_MIN_PARAGRAPH_TOKENS, CAREFUL_THRESHOLD, CorpusOptions};
use crate::output::parallel_lines::write_lines;
use crate::render::numbers::count;

/// Group the near-duplicate paragraphs of a corpus around representatives.
///
/// Paragraphs are taken in the order of the input. Each joins the most similar representative that it is a
/// near-duplicate of; if there is none, it becomes a representative itself. So every member of a cluster
/// is a near-duplicate of its representative. Paragraphs that differ only in numbers or dates, such as
/// "Road 1506 is closed" and "Road 1507 is closed", do not join each other.
#[derive(Args, Debug)]
#[command(mut_arg("threshold", |option| option.default_value(CAREFUL_THRESHOLD)))]
#[command(mut_arg("min_paragraph_tokens", |option| option.default_value(CAREFUL_MIN_PARAGRAPH_TOKENS)))]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Clusters {
    #[command(flatten)]
    corpus: CorpusOptions,
    /// Let paragraphs that differ only in numbers or dates join each other.
    #[arg(long)]
    merge_numbers: bool,
}

const AFTER_HELP: &str = "\
Output, one cluster of at least two paragraphs per line:
  {\"representative\": {\"id\": id, \"span\": [start, end]},
   \"members\": [{\"id\": id, \"span\": [start, end], \"resemblance\": x}, ...]}
Spans are byte offsets in the text. The representative is the first member; the
resemblance is that to the representative.

Examples:
  refrain clusters articles.jsonl > clusters.jsonl
  refrain clusters --threshold 0.6 articles.jsonl.zst | jq '.members | length' | sort -n | tail

Exit status:
  0  success
  2  error";

impl Clusters {
    pub(crate) fn run(&self) -> Result<Status, Error> {
        let mut sink = open_result(&self.corpus)?;
        run(
            &self.corpus,
            ReadMode::default(),
            |builder| builder.merge_numbers(self.merge_numbers),
            |loaded| {
                let LoadedCorpus { corpus, records, progress, summary, .. } = loaded;
                let representatives = corpus.representatives(None, |state| progress.show(state))?;
                let clusters = Representative::clusters(&representatives);
                let store = &records.store;
                write_lines(&mut sink, &clusters, |cluster: &Cluster, line| {
                    line.extend_from_slice(br#"{"representative":{"#);
                    store.write_place(line, cluster.representative, ["id", "span"]);
                    line.extend_from_slice(br#"},"members":["#);
                    for (number, &member) in cluster.members.iter().enumerate() {
                        line.extend_from_slice(if number == 0 { b"{" } else { b",{" });
                        store.write_place(line, member, ["id", "span"]);
                        let resemblance = representatives[member.index()].resemblance;
                        write!(line, r#","resemblance":{resemblance:?}}}"#)
                            .expect("writing to memory does not fail");
                    }
                    line.extend_from_slice(b"]}\n");
                })?;
                progress.clear();
                sink.complete()?.publish()?;
                let result = count(clusters.len(), "cluster");
                let size = clusters.iter().map(|cluster| cluster.members.len()).sum();
                Ok((summary, format!("{result} of {}", count(size, "paragraph"))))
            },
        )
    }
}
