//! How well the verdict tells machine-written texts from texts by people.

use refrain::{DocumentSummary, Report, Verdict};

use crate::folder::{Article, GROUPS};

/// A name, and the figure of a document.
type Figure = (&'static str, fn(&DocumentSummary) -> f64);

pub(crate) fn print(checked: &[(&Article, &Report)], folds: usize) {
    println!("| texts | ok | repetitive | padded |\n| --- | --- | --- | --- |");
    for (name, is_in) in GROUPS {
        let count = |verdict| {
            let of = checked.iter().filter(|(article, _)| is_in(article));
            of.filter(|(_, report)| report.documents()[0].verdict == verdict).count()
        };
        let [ok, repetitive, padded] = [Verdict::Ok, Verdict::Repetitive, Verdict::Padded].map(count);
        println!("| {name} | {ok} | {repetitive} | {padded} |");
    }
    println!(
        "\n| figure | AUC, English prose | in each of {folds} folds | AUC, all prose |\n| --- | --- | --- | --- |"
    );
    let figures: [Figure; 5] = [
        ("repetition", |document| document.repetition),
        ("redundancy", |document| document.redundancy),
        ("said again + opening and closing", |document| document.said_again + document.opening_closing),
        ("said again", |document| document.said_again),
        ("opening and closing", |document| document.opening_closing),
    ];
    let prose = || checked.iter().filter(|(article, _)| !article.is_reference());
    let english: Vec<_> = prose().filter(|(article, _)| article.language == "en").collect();
    for (name, figure) in figures {
        let value =
            |&&(article, report): &&(&Article, &Report)| (article.by_machine, figure(&report.documents()[0]));
        let values: Vec<(bool, f64)> = english.iter().copied().map(|checked| value(&checked)).collect();
        let of_folds: Vec<String> = (0..folds)
            .map(|fold| {
                let in_fold: Vec<_> = values.iter().copied().skip(fold).step_by(folds).collect();
                auc(&in_fold).map_or("–".to_owned(), |auc| format!("{auc:.2}"))
            })
            .collect();
        let all: Vec<(bool, f64)> = prose().map(|checked| value(&checked)).collect();
        let [english, all] = [&values, &all].map(|values| auc(values).unwrap_or(0.5));
        println!("| {name} | {english:.2} | {} | {all:.2} |", of_folds.join(", "));
    }
    println!();
}

/// The share of pairs of a machine-written text and one by people in which the first has the larger figure;
/// ties count half. `None` if there is no pair.
fn auc(values: &[(bool, f64)]) -> Option<f64> {
    let of = |by_machine: bool| values.iter().filter(move |value| value.0 == by_machine).map(|value| value.1);
    let scores = of(true).flat_map(|a| {
        of(false).map(move |b| match a.total_cmp(&b) {
            std::cmp::Ordering::Greater => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Less => 0.0,
        })
    });
    let scores: Vec<f64> = scores.collect();
    (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
}
