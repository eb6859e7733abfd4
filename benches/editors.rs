//! What an editor would make of the findings of `check`, by texts that readers labelled.
//!
//! `cargo bench --bench editors -- --articles FOLDER [--article FILE.txt] [--folds N] [--list]`
//!
//! FOLDER holds `SOURCES.md` (a table: id, language, written by, …), `text/ID.txt`, `labels.tsv` and
//! `ideas.tsv`. `--article` adds the text `seed`, machine-written. Prints Markdown tables: the findings that
//! are shown and what readers said of them, the useful ones that are kept, the repeated ideas that are found,
//! and how well the verdict tells machine-written texts from texts by people. `--list` prints each finding
//! that is shown. See `README.md`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "prints tables, or what is wrong")]

#[path = "editors/folder.rs"]
mod folder;
#[path = "editors/ideas.rs"]
mod ideas;
#[path = "editors/labels.rs"]
mod labels;
#[path = "editors/verdicts.rs"]
mod verdicts;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use refrain::{Detector, Report, Rule};

use folder::{Article, Folder};
use labels::Opinion;

#[derive(Clone, Debug)]
struct Options {
    articles: PathBuf,
    article: Option<PathBuf>,
    folds: usize,
    list: bool,
}

fn main() -> ExitCode {
    match options(env::args().skip(1)).and_then(|options| options.map_or(Ok(()), |options| run(&options))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("editors: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// `None` if no folder is named, as when all benches are run with the options of criterion.
fn options(mut arguments: impl Iterator<Item = String>) -> Result<Option<Options>, String> {
    let (mut articles, mut article, mut folds, mut list) = (None, None, 5, false);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--articles" => articles = Some(PathBuf::from(value()?)),
            "--article" => article = Some(PathBuf::from(value()?)),
            "--folds" => folds = value()?.parse().map_err(|_| "--folds needs a number")?,
            "--list" => list = true,
            _ => {}
        }
    }
    Ok(articles.map(|articles| Options { articles, article, folds, list }))
}

fn run(options: &Options) -> Result<(), String> {
    let folder = Folder::read(&options.articles, options.article.as_deref())?;
    let detector = Detector::new();
    let reports: Vec<Report> =
        folder.articles.iter().map(|article| detector.check((&article.id, &article.text))).collect();
    let checked: Vec<(&Article, &Report)> = folder.articles.iter().zip(&reports).collect();
    if options.list {
        list(&checked);
    }
    labels::print(&checked, options.folds);
    ideas::print(&checked, &folder.ideas);
    verdicts::print(&checked, options.folds);
    Ok(())
}

/// Prints what is shown, for people who label it.
fn list(checked: &[(&Article, &Report)]) {
    for (article, report) in checked {
        for finding in report.findings().iter().filter(|finding| finding.shown) {
            let opinion = match labels::opinion(article, finding) {
                Some(Opinion::Useful) => "useful",
                Some(Opinion::NotWorth) => "not worth",
                None => "unlabelled",
            };
            println!("{opinion}\t{finding}");
            if finding.rule == Rule::Repetitive && finding.paragraph.is_none() {
                continue;
            }
            let spans = std::iter::once(finding.span).chain(finding.related.iter().map(|place| place.span));
            for span in spans {
                println!("\t\t{}", span.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
}
