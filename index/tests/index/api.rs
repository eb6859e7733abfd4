//! The whole round trip.

use std::ops::ControlFlow;

use refrain::{Document, InputKind, ReadOptions, Rule, Shingle};
use refrain_index::{Entry, ErrorKind, Index, Query, Settings};
use serde_json::json;

use super::generator::Writer;
use super::{go_on, names};

const FERRY: &str = "The ferry to the island leaves at nine every morning, except on Sundays and in thick fog, \
    and comes back at dusk.";
const LAMP: &str = "The keeper climbs the iron stairs every evening before dusk, trims the lamp with care and \
    writes down the wind.";

fn settings(change: impl FnOnce(&mut Settings)) -> Settings {
    let mut settings = Settings::default();
    change(&mut settings);
    settings
}

#[test]
fn what_was_stored_is_found_with_its_places_and_metadata() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.index");
    let index = Index::create(&path, Settings::default()).unwrap();
    let stored = format!("An opening of its own, in a few words.\n\n{FERRY}");
    index.add(Entry::new(("stored.txt", &*stored), json!({"url": "/a", "n": [1, 2]}))).unwrap();
    index.add(("other.txt", LAMP)).unwrap();
    drop(index);

    let index = Index::open(&path).unwrap();
    let new = format!("Something else goes first here.\n\n{FERRY}\n\nAnd something else comes last.");
    let report = index.check(("new.txt", &*new)).unwrap();
    let [found] = &report.matches[..] else { panic!("{report:?}") };
    assert_eq!(
        (&*found.stored.name, &found.stored.metadata),
        ("stored.txt", &json!({"url": "/a", "n": [1, 2]}))
    );
    assert_eq!(
        (found.stored.number, found.stored.paragraphs, found.stored.bytes),
        (0, 2, stored.len() as u64)
    );
    // A run of words ends at its last word, a paragraph behind its last character.
    let [run] = found.runs[..] else { panic!("{found:?}") };
    assert_eq!((run.words, run.span.of(&new)), (22, FERRY.trim_end_matches('.')));
    assert_eq!(run.stored.of(&stored), run.span.of(&new));
    let [alike] = found.paragraphs[..] else { panic!("{found:?}") };
    assert!(alike.identical && alike.resemblance == 1.0);
    assert_eq!((alike.span.of(&new), alike.stored.of(&stored)), (FERRY, FERRY));
    assert_eq!(report.shared_tokens, 22);
    assert_eq!(report.shared, 22.0 / report.tokens as f64);

    let (from, finding) = report.findings().next().unwrap();
    assert_eq!((&*from.name, finding.rule), ("stored.txt", Rule::ExactDuplicate));
    assert_eq!((&*finding.name, finding.span.of(&new)), ("new.txt", FERRY));
    assert_eq!((&*finding.related[0].name, finding.related[0].span.of(&stored)), ("stored.txt", FERRY));

    // Nothing was changed by that.
    assert_eq!(names(&index), ["stored.txt", "other.txt"]);
    assert!(index.check("Nothing of the kind was ever said before in any of the texts.").unwrap().is_empty());
    assert!(index.check("").unwrap().is_empty());
    // A report can be stored and read.
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<refrain_index::Report>(&json).unwrap(), report);
}

#[test]
fn edited_paragraphs_are_found_without_a_long_run() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    index.add(("stored.txt", LAMP)).unwrap();
    let edited = "The keeper climbs the wooden stairs every evening before dusk, trims the lamp with skill and \
        writes down the wind.";
    let report = index.check(("new.txt", edited)).unwrap();
    let [found] = &report.matches[..] else { panic!("{report:?}") };
    assert!(found.runs.is_empty());
    let [alike] = found.paragraphs[..] else { panic!("{found:?}") };
    assert!(!alike.identical);
    assert_eq!(alike.resemblance, 12.0 / 24.0);
    let (_, finding) = report.findings().next().unwrap();
    assert_eq!((finding.rule, finding.measure), (Rule::NearDuplicate, Some(0.5)));
}

#[test]
fn names_are_unique_and_can_be_replaced_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    index.add(("a", FERRY)).unwrap();
    let error = index.add(("a", LAMP)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Exists);
    assert!(error.to_string().contains("a document named a is stored already"), "{error}");
    let error = index.add(FERRY).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Setting);
    // All of a batch or nothing.
    assert!(index.add_all([("b", LAMP), ("a", LAMP)], go_on).is_err());
    assert!(index.add_all([("b", LAMP), ("b", LAMP)], go_on).is_err());
    assert_eq!(names(&index), ["a"]);

    index.replace(("a", LAMP)).unwrap();
    assert!(index.check(FERRY).unwrap().is_empty());
    assert_eq!(index.check(LAMP).unwrap().matches.len(), 1);
    assert_eq!(index.get("a").unwrap().unwrap().tokens, 20);
    assert_eq!(index.document("a").unwrap().unwrap(), Document::new("a", LAMP));
    index.replace_all([("c", FERRY), ("c", LAMP), ("d", FERRY)], go_on).unwrap();
    assert_eq!(names(&index), ["a", "c", "d"]);
    index.verify(go_on).unwrap();

    assert!(index.remove("a").unwrap());
    assert!(!index.remove("a").unwrap());
    assert_eq!(index.remove_all(["c", "nobody"]).unwrap(), 1);
    assert!(index.check(LAMP).unwrap().is_empty());
    assert_eq!((index.get("a").unwrap(), index.document("a").unwrap()), (None, None));
    let before = index.stats().unwrap();
    assert_eq!((before.documents, before.paragraphs, before.bytes), (1, 1, FERRY.len() as u64));
    index.verify(go_on).unwrap();
    index.compact(go_on).unwrap();
    let after = index.stats().unwrap();
    assert!(after.postings < before.postings && after.runs == 1, "{before:?} {after:?}");
    assert_eq!(index.verify(go_on).unwrap().postings, after.postings);
    assert_eq!(names(&index), ["d"]);
}

#[test]
fn each_commit_keeps_seven_runs_of_a_level_at_most() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    let mut writer = Writer::english(3);
    let texts: Vec<String> = (0..60).map(|_| writer.document(900)).collect();
    for (number, text) in texts.iter().enumerate() {
        index.add((format!("{number}"), &**text)).unwrap();
        if number % 10 == 3 {
            index.remove(&format!("{}", number - 1)).unwrap();
        }
    }
    let stats = index.stats().unwrap();
    // 60 = 1 · 49 + 1 · 7 + 4
    assert_eq!((stats.runs, stats.documents), (6, 54));
    index.verify(go_on).unwrap();
    for _ in 0..2 {
        for (number, text) in texts.iter().enumerate() {
            let report = index.check(&**text).unwrap();
            let is_removed = number % 10 == 2;
            let first = report.matches.first().map(|found| found.stored.name.clone());
            assert_eq!(first, (!is_removed).then(|| number.to_string()));
        }
        index.compact(go_on).unwrap();
    }
}

#[test]
fn a_check_can_be_restricted_to_earlier_documents() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    for (name, date) in [("may", "2024-05-01"), ("june", "2024-06-01")] {
        index.add(Entry::new((name, FERRY), json!({"date": date}))).unwrap();
    }
    let found = |query: Query| -> Vec<String> {
        let report = index.check_with(FERRY, &query, go_on).unwrap();
        report.matches.into_iter().map(|found| found.stored.name).collect()
    };
    assert_eq!(found(Query::new()), ["may", "june"]);
    assert_eq!(found(Query::new().before_field("date", json!("2024-05-20"))), ["may"]);
    assert_eq!(found(Query::new().before_field("date", json!("2024-05-01"))), [""; 0]);
    assert_eq!(found(Query::new().before_number(index.get("june").unwrap().unwrap().number)), ["may"]);
    assert_eq!(found(Query::new().except("may")), ["june"]);
    // A number cannot be compared with their dates.
    let report = index.check_with(FERRY, &Query::new().before_field("date", json!(2024)), go_on).unwrap();
    assert_eq!((report.matches.len(), report.undated), (0, 2));
    // The second has nothing that the first has not.
    let report = index.check_with(FERRY, &Query::new().max_matches(1), go_on).unwrap();
    assert_eq!((report.matches.len(), report.more), (1, 1));
}

#[test]
fn spans_lie_in_the_sources_of_documents_with_markup() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    let markdown = |name: &'static str, text: &'static str| {
        InputKind::Markdown.read(name, text, &ReadOptions::default())
    };
    let stored = "# A title\n\nThe *ferry* to the island leaves at [nine](/t) every morning, except on Sundays and in \
        thick fog.";
    let new =
        "> The ferry to **the island** leaves at nine every morning, except on Sundays and in thick fog.";
    index.add(markdown("stored.md", stored)).unwrap();
    let report = index.check(markdown("new.md", new)).unwrap();
    let run = report.matches[0].runs[0];
    assert_eq!(run.words, 17);
    assert_eq!(run.span.of(new), &new[2..new.len() - 1]);
    assert_eq!(run.stored.of(stored), &stored[11..stored.len() - 1]);
    let (_, finding) = report.findings().next().unwrap();
    assert_eq!(finding.related[0].span.of(stored), &stored[11..]);
    assert_eq!(report.shared_tokens, 17);
}

#[test]
fn without_texts_places_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.index");
    let index = Index::create(&path, settings(|settings| settings.texts = false)).unwrap();
    let stored = format!("{LAMP}\n\n{FERRY}");
    index.add(("stored.txt", &*stored)).unwrap();
    drop(index);
    let index = Index::open_read_only(&path).unwrap();
    assert!(!index.settings().texts);
    let report = index.check(("new.txt", FERRY)).unwrap();
    let found = &report.matches[0];
    assert!(found.comparison.is_none() && found.runs.is_empty());
    let [alike] = found.paragraphs[..] else { panic!("{found:?}") };
    assert_eq!((alike.identical, alike.stored.of(&stored)), (true, FERRY));
    assert_eq!(report.shared, 1.0);
    assert_eq!(index.document("stored.txt").unwrap(), None);
    let verified = index.verify(go_on).unwrap();
    assert_eq!((verified.documents, verified.from_texts), (1, false));
    let bytes = std::fs::read(path).unwrap();
    assert!(!bytes.windows(6).any(|window| window == b"keeper"));
}

#[test]
fn what_very_many_have_is_boilerplate() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    let mut writer = Writer::english(9);
    let entries: Vec<(String, String)> =
        (0..30).map(|number| (number.to_string(), format!("{}\n\n{FERRY}", writer.paragraph(200)))).collect();
    index.add_all(&entries, go_on).unwrap();
    let own = writer.paragraph(200);
    let new = format!("{own}\n\n{FERRY}");
    let report = index.check_with(&*new, &Query::new().frequent(20), go_on).unwrap();
    assert!(report.is_empty());
    let [boilerplate] = report.boilerplate[..] else { panic!("{report:?}") };
    assert_eq!(boilerplate.paragraphs, 20);
    assert!(FERRY.contains(boilerplate.span.of(&new)) && boilerplate.span.len() > FERRY.len() / 2);
    // Below the limit all are found, and those that add nothing are counted.
    let report = index.check(&*new).unwrap();
    assert_eq!((report.matches.len(), report.more, report.boilerplate.len()), (16, 14, 0));
    assert_eq!(report.matches[0].stored.name, "0");
}

#[test]
fn removed_documents_make_no_boilerplate() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    let entries: Vec<(String, &str)> = (0..60).map(|number| (number.to_string(), FERRY)).collect();
    index.add_all(entries, go_on).unwrap();
    let query = Query::new().frequent(20);
    let report = index.check_with(FERRY, &query, go_on).unwrap();
    assert!(report.is_empty() && !report.boilerplate.is_empty());
    let names: Vec<String> = (0..59).map(|number| number.to_string()).collect();
    index.remove_all(names.iter().map(String::as_str)).unwrap();
    let report = index.check_with(FERRY, &query, go_on).unwrap();
    assert_eq!((report.shared, report.boilerplate.len()), (1.0, 0));
    assert_eq!(report.matches[0].stored.name, "59");
}

/// Each paragraph of a text is an edited one of another stored document, so that there are no runs.
#[test]
fn near_duplicates_are_found_beyond_the_limit_of_matches() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    let mut writer = Writer::english(3);
    let paragraphs: Vec<String> = (0..12).map(|_| writer.paragraph(300)).collect();
    let stored: Vec<(String, &String)> =
        (0..).zip(&paragraphs).map(|(n, text)| (format!("{n:02}"), text)).collect();
    index.add_all(stored.iter().map(|(name, text)| (&**name, &***text)), go_on).unwrap();
    let edited: Vec<String> = paragraphs.iter().map(|text| writer.edited_to(text, 0.6)).collect();
    let text = edited.join("\n\n");
    let all = index.check(&*text).unwrap();
    let few = index.check_with(&*text, &Query::new().max_matches(2), go_on).unwrap();
    assert_eq!(all.matches.len(), 12);
    assert_eq!(few, all);
    // What has the same paragraphs once more is counted.
    index.add_all(stored.iter().map(|(name, text)| (format!("{name} again"), &***text)), go_on).unwrap();
    let more = index.check_with(&*text, &Query::new().max_matches(2), go_on).unwrap();
    // The first two may be a text and its copy.
    assert!((12..=13).contains(&more.matches.len()), "{}", more.matches.len());
    assert_eq!((more.matches.len() + more.more, more.shared_tokens), (24, all.shared_tokens));
}

#[test]
fn a_shared_heading_is_no_warning() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    let heading = "What visitors often ask us";
    index.add(("stored.txt", &*format!("{heading}\n\n{FERRY}"))).unwrap();
    let report = index.check(&*format!("{heading}\n\n{LAMP}")).unwrap();
    assert!(!report.is_empty() && !report.has_warnings(), "{report:?}");
    assert!(index.check(FERRY).unwrap().has_warnings());
}

#[test]
fn estimates_below_the_threshold_share_no_words() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(
        folder.path().join("a.index"),
        settings(|settings| {
            settings.texts = false;
            settings.detector.threshold = 0.9;
            settings.detector.recall = 0.999;
        }),
    )
    .unwrap();
    index.add(("stored.txt", LAMP)).unwrap();
    let edited = "The keeper climbs the wooden stairs every evening before dusk, trims the lamp with skill and \
        writes down the wind.";
    let report = index.check(("new.txt", edited)).unwrap();
    for alike in report.matches.iter().flat_map(|found| &found.paragraphs) {
        assert!(alike.resemblance < 0.9, "{alike:?}");
    }
    assert!(report.shared < 1.0, "{report:?}");
}

#[test]
fn one_of_two_alike_finds_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    let found: Vec<usize> = std::thread::scope(|scope| {
        let index = &index;
        let threads: Vec<_> = (0..8)
            .map(|number| {
                scope.spawn(move || {
                    let entry = (number.to_string(), FERRY);
                    index.check_and_add(entry, &Query::new()).unwrap().matches.len()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut sorted = found;
    sorted.sort_unstable();
    assert_eq!(sorted, [0, 1, 2, 3, 4, 5, 6, 7]);
    let report = index.check_and_add_if(("last", FERRY), &Query::new(), |report| report.is_empty());
    assert_eq!(report.unwrap().matches.len(), 8);
    assert_eq!(index.stats().unwrap().documents, 8);
}

#[test]
fn what_is_cancelled_leaves_whole_batches() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    let stop = |_| ControlFlow::Break(());
    let error = index.add_all([("a", FERRY)], stop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    index.add(("a", FERRY)).unwrap();
    index.add(("b", LAMP)).unwrap();
    assert_eq!(index.check_with(FERRY, &Query::new(), stop).unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!(index.verify(stop).unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!(index.compact(stop).unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!(index.stats().unwrap().runs, 2);
    index.verify(go_on).unwrap();
    index.compact(go_on).unwrap();
    assert_eq!(names(&index), ["a", "b"]);
}

/// A panic of the caller's function is theirs, and no damage.
#[test]
fn a_panic_of_the_caller_reaches_the_caller() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        index.check_and_add_if(("a", FERRY), &Query::new(), |_| panic!("of the caller"))
    }));
    assert_eq!(panicked.unwrap_err().downcast_ref(), Some(&"of the caller"));
    index.add(("b", FERRY)).unwrap();
    assert_eq!(names(&index), ["b"]);
    index.verify(go_on).unwrap();
}

#[test]
fn wrong_settings_make_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.index");
    let wrong = settings(|settings| settings.detector.shingle = Shingle::chars(5));
    assert_eq!(Index::create(&path, wrong).unwrap_err().kind(), ErrorKind::Setting);
    assert!(!path.exists());
    Index::create(&path, Settings::default()).unwrap();
    let error = Index::create(&path, Settings::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Exists);
    assert!(error.to_string().starts_with(&path.display().to_string()), "{error}");
}

/// Odd documents are stored and removed like any others.
#[test]
fn odd_documents() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    let long_word = "x".repeat(100_000);
    let same_words = "spam ".repeat(20_000);
    let texts = [
        "",
        "?",
        "one",
        "a b c d e f g",
        "\u{301}\u{2029}\u{feff}",
        &long_word,
        &same_words,
        "木魚".repeat(50).leak(),
    ];
    for (number, text) in texts.iter().enumerate() {
        let name = format!("{number} \u{0} ü");
        let report = index.check_and_add(Entry::from((name.clone(), *text)), &Query::new()).unwrap();
        assert!(report.is_empty(), "{report:?}");
        let again = index.check(*text).unwrap();
        assert!(again.matches.iter().all(|found| found.stored.name == name));
    }
    index.verify(go_on).unwrap();
    assert_eq!(index.check(&*same_words).unwrap().matches[0].runs[0].words, 20_000);
    for number in 0..texts.len() {
        assert!(index.remove(&format!("{number} \u{0} ü")).unwrap());
    }
    index.verify(go_on).unwrap();
    assert_eq!(index.stats().unwrap().tokens, 0);
}

/// Texts are compressed with a dictionary as soon as there is a megabyte of them.
#[test]
fn texts_are_read_whatever_they_were_compressed_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.index");
    let index = Index::create(&path, Settings::default()).unwrap();
    let reader = Index::open_read_only(&path).unwrap();
    let mut writer = Writer::english(12);
    let texts: Vec<String> = (0..300).map(|_| writer.document(6_000)).collect();
    let name = |number: usize| format!("{number:03}");
    for (number, text) in texts.iter().enumerate() {
        // Some are taken away in between, and one cannot be stored, so that its transaction is undone.
        index.add((name(number), &**text)).unwrap();
        assert!(index.add((name(number), &**text)).is_err());
        if number % 50 == 49 {
            index.remove(&name(number - 1)).unwrap();
            index.replace((name(number), &**text)).unwrap();
            let report = reader.check(&**text).unwrap();
            assert_eq!(report.matches[0].stored.name, name(number));
        }
    }
    for index in [&index, &reader] {
        index.verify(go_on).unwrap();
        for (number, text) in texts.iter().enumerate() {
            let expected = (number % 50 != 48).then(|| Document::new(name(number), &**text));
            assert_eq!(index.document(&name(number)).unwrap(), expected);
        }
    }
    let bytes = std::fs::read(&path).unwrap();
    // The mark of the dictionaries of zstd.
    assert!(bytes.windows(4).any(|bytes| bytes == [0x37, 0xa4, 0x30, 0xec]));
}

/// What has nothing in common makes no dictionary, and is stored all the same.
#[test]
fn texts_of_which_no_dictionary_can_be_made_are_stored() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::create(folder.path().join("a.index"), Settings::default()).unwrap();
    let long = "x".repeat(3 << 20);
    index.add(("long", &*long)).unwrap();
    index.add(("other", "y".repeat(5 << 20))).unwrap();
    assert_eq!(index.document("long").unwrap().unwrap().text(), long);
    index.verify(go_on).unwrap();
}
