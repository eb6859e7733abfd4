//! Checks files, each a document, and writes the page to standard output:
//! `cargo run --package refrain-report --example html -- FILE... > page.html`.
//! With `--compare` before two files, compares them.

use std::io::Write;
use std::{env, error, fs, io};

use refrain::{Detector, Document, InputKind, ReadOptions};

fn main() -> Result<(), Box<dyn error::Error>> {
    let mut documents: Vec<Document<'_>> = Vec::new();
    let mut names: Vec<String> = env::args().skip(1).collect();
    let compares = names.first().is_some_and(|name| name == "--compare");
    for name in names.drain(usize::from(compares)..) {
        let source = String::from_utf8_lossy(&fs::read(&name)?).into_owned();
        let kind = InputKind::from_name(&name).unwrap_or_default();
        documents.push(kind.read(name, source, &ReadOptions::default()));
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    match (compares, &documents[..]) {
        (true, [left, right]) => {
            let report = Detector::builder().min_passage_tokens(8).build()?.compare(left, right);
            refrain_report::html::write_comparison(&mut out, &report, &documents)?;
        }
        (true, _) => return Err("two files can be compared".into()),
        (false, _) => {
            let report = Detector::new().check_all(&documents);
            refrain_report::html::write(&mut out, &report, &documents)?;
        }
    }
    Ok(out.flush()?)
}
