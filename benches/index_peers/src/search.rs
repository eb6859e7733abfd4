//! Search engines. They rank, and have no threshold, so their first hit is their answer.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension as _};
use tantivy::collector::TopDocs;
use tantivy::query::MoreLikeThisQuery;
use tantivy::schema::{OwnedValue, STORED, Schema, TEXT, Value as _};
use tantivy::{IndexWriter, TantivyDocument, doc};

use crate::data::Data;
use crate::measure::Measured;
use crate::{COMMIT, Outcome};

/// The queries of SQLite, of which each takes a second.
const FEW: usize = 40;

/// A table of FTS5, and a query for any of the words, by `rank`.
pub(crate) fn sqlite(data: &Data, folder: &Path) -> Outcome<Measured> {
    let add = || {
        let mut file = Connection::open(folder.join("a.sqlite"))?;
        file.pragma_update(None, "journal_mode", "WAL")?;
        file.pragma_update(None, "synchronous", "FULL")?;
        file.execute("CREATE VIRTUAL TABLE paragraphs USING fts5(body)", [])?;
        for (batch, texts) in data.stored.chunks(COMMIT).enumerate() {
            let transaction = file.transaction()?;
            let mut insert = transaction.prepare("INSERT INTO paragraphs(rowid, body) VALUES (?1, ?2)")?;
            for (number, text) in texts.iter().enumerate() {
                insert.execute((batch * COMMIT + number, text))?;
            }
            drop(insert);
            transaction.commit()?;
        }
        file.execute("INSERT INTO paragraphs(paragraphs) VALUES ('optimize')", [])?;
        file.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(file)
    };
    Measured::of(&data.queries[..FEW], add, |file, text| {
        let words: BTreeSet<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let words: Vec<String> = words.into_iter().map(|word| format!("\"{word}\"")).collect();
        let mut query = file
            .prepare_cached("SELECT rowid FROM paragraphs WHERE paragraphs MATCH ?1 ORDER BY rank LIMIT 1")?;
        let found = query.query_row([words.join(" OR ")], |row| row.get::<_, usize>(0)).optional()?;
        Ok(found.into_iter().collect())
    })
}

/// The query "more like this" of its documentation, that also takes words which few documents have.
pub(crate) fn tantivy(data: &Data, folder: &Path) -> Outcome<Measured> {
    let mut schema = Schema::builder();
    let id = schema.add_u64_field("id", STORED);
    let body = schema.add_text_field("body", TEXT | STORED);
    let schema = schema.build();
    let add = || {
        let index = tantivy::Index::create_in_dir(folder, schema)?;
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000)?;
        for (batch, texts) in data.stored.chunks(COMMIT).enumerate() {
            for (number, text) in texts.iter().enumerate() {
                writer.add_document(doc!(id => (batch * COMMIT + number) as u64, body => &**text))?;
            }
            writer.commit()?;
        }
        writer.wait_merging_threads()?;
        Ok(index.reader()?.searcher())
    };
    Measured::of(&data.queries, add, |searcher, text| {
        let query = MoreLikeThisQuery::builder()
            .with_min_doc_frequency(1)
            .with_min_term_frequency(1)
            .with_document_fields(vec![(body, vec![OwnedValue::from(text)])]);
        let mut answers = Vec::new();
        for (_, address) in searcher.search(&query, &TopDocs::with_limit(1))? {
            let found: TantivyDocument = searcher.doc(address)?;
            answers.extend(found.get_first(id).and_then(|id| id.as_u64()).map(|id| id as usize));
        }
        Ok(answers)
    })
}
