//! Tables of cases, `data/*.toml`, run under every configuration.
//!
//! A case has a `name`, its documents, the expected results, and `settings` if these are not the defaults.
//! Themes are looked for only if the settings say so.
//! A table may have its own default of `min_passage_tokens`: short texts show more with short passages.
//! The documents are `texts` and `loops`, where a loop is a text that is repeated a number of times.
//!
//! `pairs`, `clusters`, `passages`, `themes`, `warnings`, `notes` on paragraphs, and the pairs that differ only in
//! `numbers` must be complete: a list that is missing must be empty. `coverage` (of each paragraph),
//! `redundancy` and `short` (of each document), and the number of `passage_notes` are checked only if given.
//!
//! A ratio is written as the fraction of the counts in its definition, such as `"5/9"`.

mod common;

use refrain::{CoverageScope, Detector, DetectorBuilder, Differs, Level, PassageKind, Report, Rule};
use serde::Deserialize;

use common::{assert_same, assert_sound, configurations};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// The minimum length of passages in cases that do not set it.
    min_passage_tokens: Option<usize>,
    case: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// What the case is about, if the name does not say it.
    #[serde(default, rename = "why")]
    _why: String,
    #[serde(default)]
    texts: Vec<String>,
    #[serde(default)]
    loops: Vec<(String, usize)>,
    #[serde(default)]
    settings: Overrides,
    /// Whether two texts are compared, in place of checking them.
    #[serde(default)]
    compare: bool,
    #[serde(default)]
    pairs: Vec<(u32, u32, Fraction)>,
    #[serde(default)]
    numbers: Vec<(u32, u32)>,
    #[serde(default)]
    clusters: Vec<Vec<u32>>,
    #[serde(default)]
    passages: Vec<Passage>,
    /// The wordings of each theme, those with the highest score first.
    #[serde(default)]
    themes: Vec<Vec<String>>,
    #[serde(default)]
    warnings: Vec<String>,
    #[serde(default)]
    notes: Vec<String>,
    passage_notes: Option<usize>,
    coverage: Option<Vec<Fraction>>,
    redundancy: Option<Vec<Fraction>>,
    short: Option<Vec<usize>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Overrides {
    threshold: Option<f64>,
    shingle: Option<String>,
    min_paragraph_tokens: Option<usize>,
    min_passage_tokens: Option<usize>,
    min_warning_tokens: Option<usize>,
    copies: Option<usize>,
    merge_numbers: Option<bool>,
    coverage: Option<String>,
    boilerplate: Option<String>,
    /// `off` by default: most cases are about something else.
    themes: Option<String>,
}

/// The texts of the occurrences, in order; `times` is a number of equal ones.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Passage {
    tokens: usize,
    #[serde(default)]
    verbatim: Vec<String>,
    #[serde(default)]
    edited: Vec<String>,
    #[serde(default)]
    reworded: Vec<String>,
    times: Option<usize>,
    /// Where the occurrences stand, in bytes of their documents, if the case is about that.
    spans: Option<Vec<[usize; 2]>>,
}

/// Written `"5/9"`.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
struct Fraction(f64);

impl TryFrom<String> for Fraction {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(part, whole)| {
            Some((part.parse::<u32>().ok()?, whole.parse::<u32>().ok().filter(|&whole| whole > 0)?))
        });
        let (part, whole) = parts.ok_or_else(|| format!("{text} is no fraction"))?;
        Ok(Self(f64::from(part) / f64::from(whole)))
    }
}

impl Overrides {
    fn builder(&self) -> DetectorBuilder {
        let themes = self.themes.as_deref().unwrap_or("off");
        let mut builder = Detector::builder().themes(themes.parse().unwrap());
        if let Some(threshold) = self.threshold {
            builder = builder.threshold(threshold);
        }
        if let Some(shingle) = &self.shingle {
            builder = builder.shingle(shingle.parse().unwrap());
        }
        if let Some(tokens) = self.min_paragraph_tokens {
            builder = builder.min_paragraph_tokens(tokens);
        }
        if let Some(tokens) = self.min_passage_tokens {
            builder = builder.min_passage_tokens(tokens);
        }
        if let Some(tokens) = self.min_warning_tokens {
            builder = builder.min_warning_tokens(tokens);
        }
        if let Some(copies) = self.copies {
            builder = builder.copies(copies);
        }
        if let Some(merge) = self.merge_numbers {
            builder = builder.merge_numbers(merge);
        }
        if let Some(boilerplate) = &self.boilerplate {
            builder = builder.boilerplate(Some(boilerplate.parse().unwrap()));
        }
        match self.coverage.as_deref() {
            None => builder,
            Some("documents") => builder.coverage(CoverageScope::Documents),
            Some(scope) => panic!("{scope} is no scope"),
        }
    }
}

impl Passage {
    fn listed(&self) -> (PassageKind, usize, Vec<&str>) {
        let (kind, texts) = match (&self.verbatim[..], &self.edited[..], &self.reworded[..]) {
            (texts, [], []) => (PassageKind::Verbatim, texts),
            ([], texts, []) => (PassageKind::Edited, texts),
            ([], [], texts) => (PassageKind::Reworded, texts),
            _ => panic!("a passage is verbatim, edited or reworded"),
        };
        let times = self.times.unwrap_or(texts.len());
        (kind, self.tokens, texts.iter().map(String::as_str).cycle().take(times).collect())
    }
}

impl Case {
    /// Runs the case under every configuration and compares the report with what is expected.
    fn run(&self) -> Vec<String> {
        let looped = self.loops.iter().map(|(text, times)| text.repeat(*times));
        let documents: Vec<String> = self.texts.iter().cloned().chain(looped).collect();
        let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
        let mut first: Option<Report> = None;
        for detector in configurations(&self.settings.builder()) {
            for _repeated in 0..2 {
                let report = match documents[..] {
                    [left, right] if self.compare => detector.compare(left, right),
                    _ => detector.check_all(&documents),
                };
                assert_sound(&report, &documents);
                match &first {
                    None => first = Some(report),
                    Some(first) => assert_same(first, &report),
                }
            }
        }
        self.differences(&first.expect("there is a configuration"))
    }

    /// The differences between the report and what is expected, one line each.
    fn differences(&self, report: &Report) -> Vec<String> {
        let mut differences = Vec::new();
        let mut compare = |what: &str, found: String, expected: String| {
            if found != expected {
                differences.push(format!("{what}:\n   found {found}\nexpected {expected}"));
            }
        };

        let found = report.pairs().iter().map(|pair| (pair.left.0, pair.right.0, pair.resemblance()));
        let expected = self.pairs.iter().map(|&(left, right, Fraction(r))| (left, right, r));
        compare("pairs", list(found), list(expected));

        let numbers = report.pairs().iter().filter(|pair| pair.differs == Some(Differs::Numbers));
        compare("numbers", list(numbers.map(|pair| (pair.left.0, pair.right.0))), list(&self.numbers));

        let members = |cluster: &refrain::Cluster| cluster.members.iter().map(|id| id.0).collect::<Vec<_>>();
        compare("clusters", list(report.clusters().iter().map(members)), list(&self.clusters));

        let found = report.passages().iter().map(|passage| {
            let texts = passage.occurrences.iter().map(|occurrence| occurrence.text.as_str());
            (passage.kind, passage.tokens, texts.collect::<Vec<_>>())
        });
        compare("passages", list(found), list(self.passages.iter().map(Passage::listed)));
        for (found, expected) in report.passages().iter().zip(&self.passages) {
            if let Some(spans) = &expected.spans {
                let found = found.occurrences.iter().map(|found| [found.span.start, found.span.end]);
                compare("spans", list(found), list(spans));
            }
        }

        let wordings = report.themes().iter().map(|theme| {
            theme.occurrences.iter().map(|occurrence| occurrence.text.as_str()).collect::<Vec<_>>()
        });
        compare("themes", list(wordings), list(&self.themes));
        let (passages, others): (Vec<_>, Vec<_>) = report
            .findings()
            .iter()
            .partition(|finding| matches!(finding.rule, Rule::RepeatedPassage | Rule::SaidAgain));
        let passages: Vec<_> =
            passages.into_iter().filter(|finding| finding.rule == Rule::RepeatedPassage).collect();
        let listed = |level| {
            let findings = others.iter().filter(move |finding| finding.level == level);
            findings.map(|finding| match finding.paragraph {
                Some(id) => format!("{} {id}", finding.rule),
                None => format!("{} document {}", finding.rule, finding.document),
            })
        };
        compare("warnings", list(listed(Level::Warning)), list(&self.warnings));
        compare("notes", list(listed(Level::Note)), list(&self.notes));
        // In a case with boilerplate, a passage need not have a note.
        if self.settings.boilerplate.is_none() {
            compare("notes on passages", passages.len().to_string(), report.passages().len().to_string());
        }
        if let Some(expected) = self.passage_notes {
            compare("notes on passages", passages.len().to_string(), expected.to_string());
        }

        if let Some(expected) = &self.coverage {
            let found = report.paragraphs().iter().map(|paragraph| paragraph.coverage);
            compare("coverage", list(found), list(expected.iter().map(|share| share.0)));
        }
        if let Some(expected) = &self.redundancy {
            let found = report.documents().iter().map(|document| document.redundancy);
            compare("redundancy", list(found), list(expected.iter().map(|share| share.0)));
        }
        if let Some(expected) = &self.short {
            let found = report.documents().iter().map(|document| document.short_paragraphs);
            compare("short paragraphs", list(found), list(expected));
        }
        differences
    }
}

fn list<T: std::fmt::Debug>(items: impl IntoIterator<Item = T>) -> String {
    format!("{:?}", items.into_iter().collect::<Vec<_>>())
}

/// Runs all cases of a table and reports all differences.
fn run(table: &str) {
    let mut table: Table = toml::from_str(table).unwrap_or_else(|error| panic!("{error}"));
    for case in &mut table.case {
        let least = &mut case.settings.min_passage_tokens;
        *least = least.or(table.min_passage_tokens);
    }
    let differences: Vec<String> = table
        .case
        .iter()
        .flat_map(|case| case.run().into_iter().map(|difference| format!("{}: {difference}", case.name)))
        .collect();
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

macro_rules! tables {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            run(include_str!(concat!("data/", stringify!($name), ".toml")));
        }
    )*};
}

tables! {
    basics short_paragraphs copies contained coverage passages reworded scripts numbers boilerplate themes regressions
    warnings
}
