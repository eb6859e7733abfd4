//! Real texts by other authors, from `../shared/data`. If these are missing, the tests are skipped and say
//! so.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use refrain::set::ShingleSet;
use refrain::{Detector, Document, Level, ParagraphBreaks, Passage, Report, Rule, Verdict, text};

use common::{ARTICLE, Record, assert_sound, doubled_size, records, shared};

/// The paragraphs of those occurrences that hold all the words `needles`.
fn paragraphs_with(passage: &Passage, needles: &[&str]) -> Vec<usize> {
    let holds = |text: &str| needles.iter().all(|needle| text.to_lowercase().contains(needle));
    let occurrences = passage.occurrences.iter().filter(|occurrence| holds(&occurrence.text));
    occurrences.map(|occurrence| occurrence.paragraph.index()).collect()
}

/// Whether a passage has occurrences with the needles in exactly these paragraphs.
fn comes_back(report: &Report, needles: &[&str], paragraphs: &[usize]) -> bool {
    report.passages().iter().any(|passage| paragraphs_with(passage, needles) == paragraphs)
}

fn warnings(report: &Report) -> Vec<(Rule, Option<u32>)> {
    let warnings = report.findings().iter().filter(|finding| finding.level == Level::Warning);
    warnings.map(|finding| (finding.rule, finding.paragraph.map(|id| id.0))).collect()
}

/// The repetition for which the sample article was written; the article is part of the repository.
#[test]
fn the_sample_article_is_padded_and_only_its_conclusion_is_repetitive() {
    let report = Detector::new().check(ARTICLE);
    assert_sound(&report, &[ARTICLE]);
    assert_eq!(report.documents()[0].paragraphs, 7);
    assert_eq!(report.documents()[0].short_paragraphs, 1);
    assert_eq!(warnings(&report), [(Rule::Repetitive, Some(5))]);
    assert!(report.pairs().is_empty());
    assert!((0.1..0.4).contains(&report.documents()[0].redundancy));

    assert!(comes_back(&report, &["once charging points have been installed on both piers"], &[0, 5]));
    assert!(comes_back(&report, &["keep listening to", "people who depend on the crossing"], &[1, 3, 4, 5]));
    assert!(comes_back(&report, &["the voices of residents remain at the heart of"], &[2, 3, 5]));
    assert!(comes_back(&report, &["an important step forward for the whole region"], &[1, 4, 5]));
    assert!(report.passages()[0].tokens >= 10);
}

#[test]
fn the_seed_article_is_padded_without_a_near_duplicate() {
    let Some(article) = shared("seed/article.txt") else { return };
    let report = Detector::new().check(&article);
    assert_sound(&report, &[&article]);
    assert_eq!(report.documents()[0].paragraphs, 7);
    assert!((0.1..0.4).contains(&report.documents()[0].redundancy));

    // No pair, and a warning for one paragraph only.
    assert!(report.pairs().is_empty());
    assert_eq!(warnings(&report), [(Rule::Repetitive, Some(5))]);
    let coverage: Vec<f64> = report.paragraphs()[..6].iter().map(|paragraph| paragraph.coverage).collect();
    assert!(coverage.is_sorted(), "{coverage:?}");
    assert_eq!(coverage[0], 0.0);
    assert!((0.45..0.55).contains(&coverage[5]), "{coverage:?}");

    assert!(comes_back(&report, &["further underscores the strong ties"], &[2, 5]));
    assert!(comes_back(&report, &["navigate the complexities of global"], &[1, 4, 5]));
    let longest =
        report.passages().iter().find(|passage| passage.occurrences[0].text.contains("strong ties"));
    assert_eq!(longest.unwrap().tokens, 14);

    let silly = |passage: &Passage| passage.occurrences.iter().all(|o| o.text == "between the two countries");
    assert!(!report.passages().iter().take(10).any(silly));
}

/// How many themes that are shown have an occurrence with the words, and one in each of these paragraphs.
fn themes(report: &Report, words: &str, paragraphs: &[u32]) -> usize {
    let shown = report.findings().iter().filter(|note| note.rule == Rule::SaidAgain && note.shown);
    let shown: BTreeSet<usize> = shown.map(|note| note.span.start).collect();
    let themes = report.themes().iter().filter(|theme| shown.contains(&theme.occurrences[0].span.start));
    let about = themes.filter(|theme| {
        let said = theme.occurrences.iter().any(|place| place.text.to_lowercase().contains(words));
        let places: BTreeSet<u32> = theme.occurrences.iter().map(|place| place.paragraph.0).collect();
        said && paragraphs.iter().all(|paragraph| places.contains(paragraph))
    });
    about.count()
}

#[test]
fn what_the_seed_article_says_again_in_other_words_is_one_theme_each() {
    let Some(article) = shared("seed/article.txt") else { return };
    let report = Detector::new().check(&article);
    for (words, paragraphs) in [
        ("non-alliance and non-confrontation", &[0, 1, 3, 5][..]),
        ("accusations of support", &[0, 1, 2, 4, 5]),
        ("upcoming visit", &[1, 2, 3, 4, 5]),
        ("close relationship", &[1, 3, 4]),
        ("exchanges", &[2, 3, 5]),
    ] {
        assert_eq!(themes(&report, words, paragraphs), 1, "{words}");
    }
    assert_ne!(report.documents()[0].verdict, Verdict::Ok);
}

#[test]
fn versions_of_licences_are_near_duplicates_with_any_number_of_threads() {
    let Some(licences) = records("licences/docs.jsonl") else { return };
    let documents: Vec<Document<'_>> =
        licences.iter().map(|licence| Document::new(licence.id.as_str(), &licence.text)).collect();
    let [one, two, eight] =
        [1, 2, 8].map(|threads| Detector::builder().threads(threads).build().unwrap().check_all(&documents));
    assert_eq!(one, two);
    assert_eq!(one, eight);
    let texts: Vec<&str> = licences[..12].iter().map(|licence| licence.text.as_str()).collect();
    assert_sound(&Detector::new().check_all(&texts), &texts);

    assert_eq!(one.documents().len(), 62);
    let mut count = BTreeMap::new();
    for (rule, _) in warnings(&one) {
        *count.entry(rule).or_insert(0) += 1;
    }
    assert!(count[&Rule::ExactDuplicate] > 500, "{count:?}");
    assert!(count[&Rule::NearDuplicate] > 100, "{count:?}");
    assert!(count[&Rule::Contained] > 10, "{count:?}");
    // Most pairs are of two versions of one licence.
    let family = |index: usize| licences[index].id.split('-').next();
    let documents =
        |pair: &refrain::Pair| [pair.left, pair.right].map(|id| one.paragraphs()[id.index()].document);
    let inside =
        one.pairs().iter().map(documents).filter(|&[left, right]| family(left) == family(right)).count();
    assert!(2 * inside > one.pairs().len(), "{inside} of {}", one.pairs().len());
}

/// The fraction of a text's words in lines and sentences of six words or more that occurred before; a rough
/// count.
fn looped_share(text: &str) -> f64 {
    let mut seen = BTreeSet::new();
    let (mut all, mut again) = (0.0, 0.0);
    for sentence in text.split(['\n', '.', '?', '!']) {
        let words: Vec<String> = sentence.split_whitespace().map(str::to_lowercase).collect();
        all += words.len() as f64;
        if words.len() >= 6 && !seen.insert(words.clone()) {
            again += words.len() as f64;
        }
    }
    again / f64::max(all, 1.0)
}

#[test]
fn loops_of_language_models_make_repetitive_documents() {
    let Some(outputs) = records("machine_written/docs.jsonl") else { return };
    let mut loops = 0;
    for Record { id, text, temperature, .. } in &outputs {
        let report = Detector::new().check(text);
        assert_sound(&report, &[text]);
        let redundancy = report.documents()[0].redundancy;
        let warned = warnings(&report).contains(&(Rule::Repetitive, None));
        assert_eq!(warned, redundancy >= 0.5, "{id}");
        // If even a rough count finds that half of a text is repeated, it is certain.
        let looped = looped_share(text);
        assert!(redundancy >= looped - 0.1, "{id}: {redundancy} but {looped}");
        if *temperature == Some(0.0) && looped > 0.5 {
            assert!(warned, "{id}: {redundancy} but {looped}");
            loops += 1;
        }
        if temperature.is_some_and(|temperature| temperature >= 1.0) {
            assert!(!warned, "{id}: {redundancy}");
        }
    }
    assert!(loops >= 8, "{loops} of the outputs at temperature 0 loop");
}

#[test]
fn articles_of_one_language_are_all_different() {
    let Some(articles) = records("udhr/docs.jsonl") else { return };
    let mut languages: BTreeMap<Option<String>, Vec<Record>> = BTreeMap::new();
    for article in articles {
        languages.entry(article.lang.clone()).or_default().push(article);
    }
    assert_eq!(languages.len(), 25);
    for articles in languages.values() {
        let texts: Vec<&str> = articles.iter().map(|article| article.text.as_str()).collect();
        let report = Detector::new().check_all(&texts);
        assert_sound(&report, &texts);
        assert_eq!(warnings(&report), [], "{}", articles[0].id);
    }
}

/// The text with its middle token replaced by the next different one.
fn with_a_token_changed(text: &str) -> Option<String> {
    let tokens = text::tokens(text);
    let changed = tokens.get(tokens.len() / 2)?;
    let other = tokens[tokens.len() / 2..].iter().find(|token| token.hash != changed.hash)?;
    let (before, after) = (&text[..changed.span.start], &text[changed.span.end..]);
    Some([before, other.span.of(text), after].concat())
}

#[test]
fn a_changed_word_is_found_in_every_language() {
    let Some(articles) = records("udhr/docs.jsonl") else { return };
    let changed: Vec<(&Record, String)> = articles
        .iter()
        .filter(|article| doubled_size(&article.text) >= 2 * 12)
        .map(|article| (article, with_a_token_changed(&article.text).unwrap()))
        .collect();
    let texts: Vec<&str> =
        changed.iter().flat_map(|(article, changed)| [article.text.as_str(), changed]).collect();
    let settings = Detector::builder().min_passage_tokens(usize::MAX).paragraphs(ParagraphBreaks::Blank);
    let report = settings.build().unwrap().check_all(&texts);
    assert_eq!(report.paragraphs().len(), texts.len());

    let set = |text: &str| {
        let units: Vec<u64> = text::tokens(text).iter().map(|token| token.hash).collect();
        ShingleSet::new(&units, 3)
    };
    let mut found = 0;
    for (index, (article, changed)) in changed.iter().enumerate() {
        let overlap = set(&article.text).overlap(&set(changed));
        let left = 2 * index as u32;
        let pair = report.pairs().iter().find(|pair| (pair.left.0, pair.right.0) == (left, left + 1));
        assert_eq!(pair.map(|pair| pair.overlap), Some(overlap).filter(|o| o.reaches(0.5)), "{}", article.id);
        found += usize::from(pair.is_some());
    }
    // A word is in at most 3 shingles. Of 10 shingles, 7 of 13 are shared, unless some are equal.
    assert!(found >= changed.len() - 2, "{found} of {}", changed.len());
    assert!(changed.len() > 700, "{}", changed.len());
}
