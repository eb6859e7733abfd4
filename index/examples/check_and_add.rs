//! A pipeline that publishes an article only if less than half of it was published before, and remembers it. It can be
//! run again and again: what was published in earlier runs is in the index.
//!
//! `cargo run -p refrain-index --example check_and_add -- published.index tests/data/article.txt tests/data/canal.txt`
#![expect(clippy::print_stdout, reason = "the example prints its decisions")]

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use refrain_index::{Entry, ErrorKind, Index, Query, Settings};
use serde_json::json;

/// An article of which this share was published before is refused.
const MOST: f64 = 0.5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let path = args.next().ok_or("give the file of an index, and articles")?;
    let index = match Index::open(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Index::create(&path, Settings::default())?,
        opened => opened?,
    };
    for name in args {
        let text = fs::read_to_string(Path::new(&name))?;
        if index.get(&name)?.is_some() {
            println!("{name}: published in an earlier run");
            continue;
        }
        let entry = Entry::new((&*name, &*text), json!({"bytes": text.len()}));
        // In one transaction: of two alike that come at the same time, only one is published.
        let report = index.check_and_add_if(entry, &Query::new(), |report| report.shared < MOST)?;
        let decision = if report.shared < MOST { "published" } else { "refused" };
        println!("{name}: {decision}, {:.0} % of it was published before", 100.0 * report.shared);
        for (stored, finding) in report.findings().filter(|(_, finding)| finding.shown) {
            println!("  {finding}, in {}", stored.name);
        }
    }
    println!("{} documents in the index", index.stats()?.documents);
    Ok(())
}
