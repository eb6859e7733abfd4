//! The law of the guarantee: any shared run of N words is found, whatever else is stored.

use proptest::prelude::*;
use refrain_index::{Index, Query, Settings};

use super::generator::Writer;
use super::go_on;

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_shared_run_of_the_guaranteed_length_is_found(
        seed in any::<u64>(),
        guarantee in 4_usize..24,
        // Words of few kinds make equal fingerprints and short repeats.
        kinds in prop_oneof![Just(2_usize), Just(12), Just(200)],
        others in 0_usize..12,
        before in 0_usize..60,
        after in 0_usize..60,
        split in 0_usize..30,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings::default();
        settings.guarantee = guarantee;
        let index = Index::create(folder.path().join("a.index"), settings).unwrap();
        let mut writer = Writer::english(seed);
        let vocabulary: Vec<String> = (0..kinds).map(|kind| format!("{}{kind}", writer.word())).collect();
        let mut words = |count: usize| -> Vec<String> {
            (0..count).map(|_| vocabulary[writer.rng.below(kinds)].clone()).collect()
        };
        let run = words(guarantee);
        let mut documents: Vec<(String, String)> = Vec::new();
        for number in 0..others {
            documents.push((format!("other {number}"), words(80).join(" ")));
        }
        let mut with_run = words(before);
        // The run may lie in two paragraphs.
        let mut halves = run.clone();
        if split < guarantee {
            halves[split].insert_str(0, "\n\n");
        }
        with_run.extend(halves);
        with_run.extend(words(after));
        documents.insert(others / 2, ("with the run".to_owned(), with_run.join(" ")));
        for batch in documents.chunks(3) {
            index.add_all(batch, go_on).unwrap();
        }
        let new = [words(after), run.clone(), words(before)].concat().join(" ");
        let report = index.check_with(&*new, &Query::new().max_matches(1), go_on).unwrap();

        // Each run of the new document that a stored one has lies in a run of some match.
        let new_words: Vec<&str> = new.split_whitespace().collect();
        let mut starts = Vec::new();
        let mut at = 0;
        for word in &new_words {
            starts.push(at);
            at += word.len() + 1;
        }
        let stored: Vec<Vec<&str>> = documents.iter().map(|(_, text)| text.split_whitespace().collect()).collect();
        let spans: Vec<_> = report.matches.iter().flat_map(|found| &found.runs).map(|run| run.span).collect();
        let mut shared = 0;
        for (place, window) in new_words.windows(guarantee).enumerate() {
            let (start, end) = (starts[place], starts[place + guarantee - 1] + window[guarantee - 1].len());
            let is_stored = stored.iter().any(|words| words.windows(guarantee).any(|other| other == window));
            let is_found = spans.iter().any(|span| span.start <= start && end <= span.end);
            prop_assert_eq!(is_found, is_stored, "{:?}", window);
            shared += usize::from(is_stored);
        }
        prop_assert!(shared > 0);
        // And no run is reported that is not there.
        for found in &report.matches {
            let (_, text) = documents.iter().find(|(name, _)| *name == found.stored.name).unwrap();
            for run in &found.runs {
                let [own, there]: [Vec<&str>; 2] =
                    [run.span.of(&new), run.stored.of(text)].map(|words| words.split_whitespace().collect());
                prop_assert_eq!(&own, &there);
                prop_assert_eq!(own.len(), run.words);
            }
        }
    }

    /// There a run of N words is one of 2 N characters.
    #[test]
    fn so_is_a_run_in_a_script_without_spaces(
        seed in any::<u64>(),
        guarantee in 4_usize..14,
        kinds in prop_oneof![Just(3_usize), Just(40), Just(2000)],
        others in 0_usize..12,
        before in 0_usize..40,
        after in 0_usize..40,
        within in 0_usize..30,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings::default();
        settings.guarantee = guarantee;
        let index = Index::create(folder.path().join("a.index"), settings).unwrap();
        let mut writer = Writer::english(seed);
        let mut characters = |count: usize| -> String {
            (0..count).map(|_| char::from_u32(0x4e00 + writer.rng.below(kinds) as u32).unwrap()).collect()
        };
        let run = characters(2 * guarantee);
        let new = characters(before) + &run + &characters(after);
        let mut documents = vec![("with the run".to_owned(), characters(after) + &run + &characters(before))];
        for number in 0..others {
            // They share a part of the new one that may hold a part of the run.
            let part: String = new.chars().skip(within + number).take(2 * guarantee).collect();
            documents.push((format!("other {number}"), characters(20) + &part + &characters(20)));
        }
        documents.rotate_left(others / 2);
        index.add_all(&documents, go_on).unwrap();
        let report = index.check_with(&*new, &Query::new().max_matches(1), go_on).unwrap();

        let spans: Vec<_> = report.matches.iter().flat_map(|found| &found.runs).map(|run| run.span).collect();
        // All characters have three bytes.
        for start in (0..=new.len() - run.len()).step_by(3) {
            let end = start + run.len();
            let is_stored = documents.iter().any(|(_, text)| text.contains(&new[start..end]));
            let is_found = spans.iter().any(|span| span.start <= start && end <= span.end);
            prop_assert_eq!(is_found, is_stored, "{}", &new[start..end]);
        }
    }
}
