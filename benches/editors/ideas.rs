//! Which of the ideas that a reader saw come back are found.

use std::collections::BTreeSet;

use refrain::{Finding, Report, Rule};

use crate::folder::{Article, Idea};
use crate::labels::places;

/// A name, and which findings it stands for.
type Way = (&'static str, fn(&Finding) -> bool);

pub(crate) fn print(checked: &[(&Article, &Report)], ideas: &[Idea]) {
    println!("| ideas found by | found | of |\n| --- | --- | --- |");
    let ways: [Way; 4] = [
        ("themes", |finding| finding.rule == Rule::SaidAgain),
        ("passages", |finding| finding.rule == Rule::RepeatedPassage),
        ("all findings", |_| true),
        ("findings that are shown", |finding| finding.shown),
    ];
    for (name, counts) in ways {
        let found = ideas.iter().filter(|idea| {
            let of = checked.iter().filter(|(article, _)| article.id == idea.article);
            of.flat_map(|(article, report)| report.findings().iter().map(move |finding| (article, finding)))
                .any(|(article, finding)| counts(finding) && is_found(article, finding, idea))
        });
        println!("| {name} | {} | {} |", found.count(), ideas.len());
    }
    println!();
}

/// Whether a finding has places on two lines of an idea, and in them at least half of the idea's stems.
fn is_found(article: &Article, finding: &Finding, idea: &Idea) -> bool {
    let mut lines = BTreeSet::new();
    let mut said = BTreeSet::new();
    for place in places(finding) {
        let line = article.line(place.start);
        if idea.lines.contains(&line) {
            lines.insert(line);
            said.extend(stems(&article.text[place]));
        }
    }
    let wanted = stems(&idea.text);
    lines.len() >= 2 && 2 * wanted.intersection(&said).count() >= wanted.len()
}

/// The first five letters of all words of four or more.
fn stems(text: &str) -> BTreeSet<String> {
    let words =
        text.split(|c: char| !c.is_alphanumeric() && c != '’').filter(|word| word.chars().count() >= 4);
    words.map(|word| word.to_lowercase().chars().take(5).collect()).collect()
}
