//! What readers said of the findings that are shown.

use std::ops::Range;

use refrain::{Finding, Report, Rule};

use crate::folder::{Article, GROUPS, Group, Label};

/// What a reader said of a finding, or of one that it contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opinion {
    Useful,
    NotWorth,
}

/// What was said of a finding: useful if a label says so of a stretch that is like one of its places, or that
/// lies in one of a theme's. `None` if nothing was said of any.
pub(crate) fn opinion(article: &Article, finding: &Finding) -> Option<Opinion> {
    let about: Vec<&Label> = article.labels.iter().filter(|label| is_about(finding, &label.span)).collect();
    match &about[..] {
        [] => None,
        labels if labels.iter().any(|label| label.useful) => Some(Opinion::Useful),
        _ => Some(Opinion::NotWorth),
    }
}

/// Whether a stretch has half of its bytes, and half of those of the place unless that is a theme's, in common
/// with one of the places of a finding.
fn is_about(finding: &Finding, span: &Range<usize>) -> bool {
    places(finding).any(|place| {
        let common = place.end.min(span.end).saturating_sub(place.start.max(span.start));
        let merges = finding.rule == Rule::SaidAgain;
        2 * common >= span.len() && (merges || 2 * common >= place.len())
    })
}

/// The places of a finding. One about a whole document has none.
pub(crate) fn places(finding: &Finding) -> impl Iterator<Item = Range<usize>> {
    let own = finding.paragraph.map(|_| finding.span);
    let related = finding.related.iter().filter(|_| finding.rule != Rule::Repetitive);
    own.into_iter().chain(related.map(|place| place.span)).map(|span| span.start..span.end)
}

/// Counts of findings.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    articles: usize,
    labelled: usize,
    shown: usize,
    useful: usize,
    not_worth: usize,
    labelled_useful: usize,
    kept: usize,
}

impl Counts {
    fn add(&mut self, (article, report): (&Article, &Report)) {
        self.articles += 1;
        self.labelled += article.labels.len();
        let shown = || report.findings().iter().filter(|finding| finding.shown);
        self.shown += shown().count();
        for finding in shown() {
            match opinion(article, finding) {
                Some(Opinion::Useful) => self.useful += 1,
                Some(Opinion::NotWorth) => self.not_worth += 1,
                None => {}
            }
        }
        let useful = article.labels.iter().filter(|label| label.useful);
        let is_kept = |label: &&Label| {
            shown().any(|finding| {
                places(finding).any(|place| {
                    let common =
                        place.end.min(label.span.end).saturating_sub(place.start.max(label.span.start));
                    2 * common >= label.span.len()
                })
            })
        };
        self.labelled_useful += useful.clone().count();
        self.kept += useful.filter(is_kept).count();
    }

    fn useful_share(&self) -> f64 {
        self.useful as f64 / (self.useful + self.not_worth).max(1) as f64
    }
}

pub(crate) fn print(checked: &[(&Article, &Report)], folds: usize) {
    println!(
        "| texts | number | labelled before | useful | findings shown now | useful | not worth telling \
         | not labelled | useful share before | now | useful labels kept |"
    );
    println!("|{}", " --- |".repeat(11));
    let all: Group = ("all", |_| true);
    for (name, is_in) in GROUPS.into_iter().chain([all]) {
        let mut counts = Counts::default();
        checked.iter().filter(|(article, _)| is_in(article)).for_each(|&checked| counts.add(checked));
        let Counts { articles, labelled, shown, useful, not_worth, labelled_useful, kept } = counts;
        let unknown = shown - useful - not_worth;
        let (before, now) = (labelled_useful as f64 / labelled.max(1) as f64, counts.useful_share());
        println!(
            "| {name} | {articles} | {labelled} | {labelled_useful} | {shown} | {useful} | {not_worth} \
             | {unknown} | {before:.2} | {now:.2} | {kept} of {labelled_useful} |"
        );
    }
    let shares: Vec<String> = (0..folds)
        .map(|fold| {
            let mut counts = Counts::default();
            checked.iter().skip(fold).step_by(folds).for_each(|&checked| counts.add(checked));
            format!("{:.2}", counts.useful_share())
        })
        .collect();
    println!("\nUseful share now in each of {folds} folds (every {folds}th text): {}.\n", shares.join(", "));
}
