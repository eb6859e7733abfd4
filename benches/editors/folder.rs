//! The labelled texts, read from their folder.

use std::fs;
use std::ops::Range;
use std::path::Path;

/// A text with what readers said of it.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) id: String,
    pub(crate) language: String,
    /// Whether a language model wrote it.
    pub(crate) by_machine: bool,
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) labels: Vec<Label>,
}

/// A name, and which texts belong to it.
pub(crate) type Group = (&'static str, fn(&Article) -> bool);

/// The groups of texts that tables tell apart.
pub(crate) const GROUPS: [Group; 3] = [
    ("machine-written", |article| article.by_machine),
    ("by people, prose", |article| !article.by_machine && !article.is_reference()),
    ("by people, reference", |article| !article.by_machine && article.is_reference()),
];

/// A finding of an earlier version that a reader labelled.
#[derive(Debug)]
pub(crate) struct Label {
    /// Where its excerpt stands first, in bytes.
    pub(crate) span: Range<usize>,
    /// Whether an editor would act on it.
    pub(crate) useful: bool,
}

/// An idea that a reader saw come back.
#[derive(Debug)]
pub(crate) struct Idea {
    pub(crate) article: String,
    pub(crate) text: String,
    pub(crate) lines: Vec<usize>,
}

#[derive(Debug)]
pub(crate) struct Folder {
    pub(crate) articles: Vec<Article>,
    pub(crate) ideas: Vec<Idea>,
}

impl Folder {
    pub(crate) fn read(folder: &Path, seed: Option<&Path>) -> Result<Self, String> {
        let mut articles = Vec::new();
        let sources = read(&folder.join("SOURCES.md"))?;
        for line in sources.lines().filter(|line| line.starts_with('|')) {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let &[id, language, written_by, kind, ..] = &cells[..] else { continue };
            let path = folder.join("text").join(format!("{id}.txt"));
            if matches!(written_by, "machine" | "human") {
                articles.push(Article::new(id, language, written_by == "machine", kind, read(&path)?));
            }
        }
        if let Some(seed) = seed {
            articles.push(Article::new("seed", "en", true, "article", read(seed)?));
        }
        for line in read(&folder.join("labels.tsv"))?.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let &[id, _, _, _, excerpt, label, ..] = &cells[..] else {
                return Err(format!("labels.tsv: six columns are wanted: {line}"));
            };
            let article = articles.iter_mut().find(|article| article.id == id);
            if let Some(article) = article
                && let Some(span) = locate(&article.text, excerpt)
            {
                article.labels.push(Label { span, useful: label == "useful" });
            }
        }
        let mut ideas = Vec::new();
        for line in read(&folder.join("ideas.tsv"))?.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let &[article, text, lines] = &cells[..] else {
                return Err(format!("ideas.tsv: three columns are wanted: {line}"));
            };
            let lines = lines.split(',').map(|line| line.trim().parse().map_err(|_| line.to_owned()));
            let lines = lines.collect::<Result<_, String>>()?;
            ideas.push(Idea { article: article.to_owned(), text: text.to_owned(), lines });
        }
        Ok(Self { articles, ideas })
    }
}

impl Article {
    fn new(id: &str, language: &str, by_machine: bool, kind: &str, text: String) -> Self {
        let (id, language, kind) = (id.to_owned(), language.to_owned(), kind.to_owned());
        Self { id, language, by_machine, kind, text, labels: Vec::new() }
    }

    /// Documentation and policies repeat themselves on purpose.
    pub(crate) fn is_reference(&self) -> bool {
        matches!(self.kind.as_str(), "documentation" | "policy")
    }

    /// The line of a byte, counted from 1.
    pub(crate) fn line(&self, byte: usize) -> usize {
        1 + self.text[..byte].matches('\n').count()
    }
}

/// Where an excerpt stands first; ` … ` parts its beginning from its end, and white space does not count.
fn locate(text: &str, excerpt: &str) -> Option<Range<usize>> {
    let (begin, end) = excerpt.split_once(" … ").unwrap_or((excerpt, ""));
    let first = find(text, begin, 0)?;
    let last = if end.is_empty() { first.clone() } else { find(text, end, first.end)? };
    Some(first.start..last.end)
}

fn find(text: &str, words: &str, from: usize) -> Option<Range<usize>> {
    let first = words.split_whitespace().next()?;
    let mut starts = text[from..].match_indices(first).map(|(at, _)| from + at);
    starts.find_map(|start| {
        let mut at = start;
        for word in words.split_whitespace() {
            at += text[at..].len() - text[at..].trim_start().len();
            at += text[at..].starts_with(word).then_some(word.len())?;
        }
        Some(start..at)
    })
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
