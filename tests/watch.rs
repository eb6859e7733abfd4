//! Watchers: what they are shown, and that they can cancel at any time.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use refrain::{Corpus, Detector, Document, ErrorKind, PairSearch, Progress, Report, Stage};

/// Paragraphs of one template, which make the buckets of bands crowded.
fn paragraphs() -> Vec<String> {
    let template =
        "the pump of the northern basin was looked at and found in order but for the part with the name";
    (0..500).map(|number| format!("{template} {} {}", number * 7919, number * 104_729)).collect()
}

fn detector(search: PairSearch) -> Detector {
    Detector::builder().threshold(0.6).search(search).threads(2).build().unwrap()
}

fn gathered(detector: &Detector) -> Corpus {
    let mut corpus = detector.corpus();
    corpus.extend(&paragraphs()).unwrap();
    corpus
}

/// All that the watcher of `pairs` is shown, in order.
fn shown(search: PairSearch) -> Vec<Progress> {
    let shown = Mutex::new(Vec::new());
    let watch = |progress| {
        shown.lock().unwrap().push(progress);
        ControlFlow::Continue(())
    };
    let pairs = gathered(&detector(search)).pairs(watch).unwrap();
    assert_eq!(pairs.pairs.len(), 500 * 499 / 2);
    shown.into_inner().unwrap()
}

#[test]
fn every_stage_is_shown_from_its_beginning_to_its_end() {
    for (search, stages) in
        [(PairSearch::Exact, &[Stage::Joining][..]), (PairSearch::Banded, &[Stage::Matching, Stage::Joining])]
    {
        let shown = shown(search);
        for &stage in stages {
            let of_stage: Vec<&Progress> = shown.iter().filter(|progress| progress.stage == stage).collect();
            assert!(of_stage.len() > 5, "{stage:?}: {of_stage:?}");
            assert!(of_stage.iter().all(|progress| progress.done <= progress.total));
            assert!(of_stage.iter().any(|progress| progress.done == 0));
            let last = of_stage[of_stage.len() - 1];
            assert_eq!(last.done, last.total);
        }
        assert!(shown.iter().all(|progress| stages.contains(&progress.stage)));
        assert!(shown.iter().filter(|progress| progress.stage == Stage::Joining).all(|p| p.total == 500));
    }
}

#[test]
fn what_there_is_none_of_is_not_shown() {
    for search in [PairSearch::Exact, PairSearch::Banded] {
        let detector = detector(search);
        let watch = |progress: Progress| {
            assert!(progress.total > 0, "{progress:?}");
            ControlFlow::Continue(())
        };
        for paragraphs in [&[][..], &["no two of these words", "are ever said again here"]] {
            let mut corpus = detector.corpus();
            corpus.extend(paragraphs).unwrap();
            assert_eq!(corpus.pairs(watch).unwrap().pairs, []);
        }
    }
}

/// Runs work that is cancelled when a watcher is shown something, and asserts that no call follows.
#[track_caller]
fn cancel_at<T>(
    stop: Progress,
    work: impl FnOnce(&(dyn Fn(Progress) -> ControlFlow<()> + Sync)) -> Result<T, refrain::Error>,
) {
    let after = AtomicUsize::new(0);
    let stopped = AtomicBool::new(false);
    let watch = |progress: Progress| {
        if stopped.load(Ordering::SeqCst) {
            after.fetch_add(1, Ordering::SeqCst);
        }
        // With several threads, not always the same counts are shown.
        if (progress.stage, progress.done) >= (stop.stage, stop.done) {
            stopped.store(true, Ordering::SeqCst);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    let error = work(&watch).err().unwrap_or_else(|| panic!("not cancelled at {stop:?}"));
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert_eq!(error.to_string(), "the watcher cancelled the work");
    assert_eq!(after.load(Ordering::SeqCst), 0, "{stop:?}");
}

#[test]
fn work_on_a_corpus_can_be_cancelled_whenever_it_is_shown() {
    for search in [PairSearch::Exact, PairSearch::Banded] {
        let detector = detector(search);
        for stop in shown(search) {
            cancel_at(stop, |watch| gathered(&detector).pairs(watch));
        }
        let error = gathered(&detector).representatives(None, |_| ControlFlow::Break(())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Cancelled);
        let error = detector.try_pairs(paragraphs(), |_| ControlFlow::Break(())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Cancelled);
    }
}

/// Three texts of repeated, changed and copied paragraphs.
fn documents() -> Vec<Document<'static>> {
    let text = |from: usize| -> String {
        let words =
            ["harbour", "ferry", "captain", "island", "mill", "bridge", "council", "snow", "lamp", "keeper"];
        let paragraph = |n: usize| {
            let sentence =
                (0..40).map(|i| words[(n / 2 * 7 + i * (3 + n % 5)) % 10]).collect::<Vec<_>>().join(" ");
            format!("{sentence} {}.\n\n", n / 3)
        };
        (from..from + 70).map(paragraph).collect()
    };
    [0, 30, 60].map(|from| Document::new(format!("{from}.txt"), text(from))).into()
}

/// All that the watcher of a check is shown, with the report.
fn watched(detector: &Detector) -> (Vec<Progress>, Report) {
    let shown = Mutex::new(Vec::new());
    let watch = |progress| {
        shown.lock().unwrap().push(progress);
        ControlFlow::Continue(())
    };
    let report = detector.try_check_all(documents(), watch).unwrap();
    (shown.into_inner().unwrap(), report)
}

#[test]
fn a_check_goes_through_its_stages_in_order() {
    for search in [PairSearch::Exact, PairSearch::Banded] {
        let detector = detector(search);
        let (shown, report) = watched(&detector);
        assert_eq!(report, detector.check_all(documents()), "a watcher changes nothing");
        let mut stages: Vec<Stage> = shown.iter().map(|progress| progress.stage).collect();
        assert!(stages.is_sorted());
        stages.dedup();
        let mut expected = vec![
            Stage::Tokenizing,
            Stage::Matching,
            Stage::Joining,
            Stage::FindingPassages,
            Stage::Measuring,
            Stage::Reporting,
        ];
        // Nothing is crowded here, so a banded search has nothing to join.
        expected.retain(|&stage| stage != Stage::Joining || search == PairSearch::Exact);
        assert_eq!(stages, expected);
        assert!(shown.iter().all(|progress| progress.total > 0 && progress.done <= progress.total));
    }
}

#[test]
fn a_check_and_a_comparison_can_be_cancelled_whenever_they_are_shown() {
    for search in [PairSearch::Exact, PairSearch::Banded] {
        let detector = detector(search);
        let (mut shown, report) = watched(&detector);
        shown.dedup();
        for &stop in &shown {
            cancel_at(stop, |watch| detector.try_check_all(documents(), watch));
        }
        let [left, right] = [&documents()[0], &documents()[1]];
        let comparison = detector.compare(left, right);
        assert_eq!(detector.try_compare(left, right, |_| ControlFlow::Continue(())), Ok(comparison));
        let error = detector.try_compare(left, right, |_| ControlFlow::Break(())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Cancelled);
        // Nothing of what was cancelled stays.
        assert_eq!(detector.check_all(documents()), report);
    }
}

/// A number below `bound`, from a sequence that is the same in every run.
fn random(state: &mut u64, bound: u64) -> u64 {
    *state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    (*state >> 33) % bound
}

/// Texts of 20 MB in one paragraph, so that each step of the check is one long piece of work: words that
/// hardly repeat, and Chinese characters, whose runs hardly repeat.
fn large_texts() -> [String; 2] {
    const BYTES: usize = 20_000_000;
    let text = |next: &dyn Fn(&mut u64) -> String| {
        let (mut text, mut state) = (String::with_capacity(BYTES + 20), 1);
        while text.len() < BYTES {
            text.push_str(&next(&mut state));
        }
        text
    };
    let character = |state: &mut u64| char::from_u32(0x4e00 + random(state, 5000) as u32).unwrap();
    [text(&|state| format!("w{:x} ", random(state, 1 << 24))), text(&|state| String::from(character(state)))]
}

#[test]
fn a_check_of_a_large_text_is_cancelled_and_the_next_one_is_right() {
    // With paragraphs out of the comparison, nearly all of the time goes into passages.
    let passages_alone = Detector::builder().min_paragraph_tokens(usize::MAX).build().unwrap();
    let small = documents();
    let expected = passages_alone.check_all(&small);
    for text in large_texts() {
        // At the first call of the stage nothing was done in it; the later ones come from polls inside.
        for (stage, calls) in [(Stage::Tokenizing, 3), (Stage::FindingPassages, 9)] {
            let (seen, after) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let watch = |progress: Progress| {
                if seen.load(Ordering::SeqCst) == calls {
                    after.fetch_add(1, Ordering::SeqCst);
                }
                if progress.stage != stage || seen.fetch_add(1, Ordering::SeqCst) + 1 < calls {
                    return ControlFlow::Continue(());
                }
                ControlFlow::Break(())
            };
            let error = passages_alone.try_check_all([&text], watch).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Cancelled);
            assert_eq!(after.load(Ordering::SeqCst), 0, "{stage:?}, {calls} calls");
        }
        assert_eq!(passages_alone.check_all(&small), expected);
    }
}

#[test]
fn a_panic_of_the_watcher_reaches_the_caller_and_breaks_nothing() {
    let detector = detector(PairSearch::Exact);
    let panicking = |progress: Progress| {
        assert_ne!(progress.stage, Stage::Joining, "a watcher may fail");
        ControlFlow::Continue(())
    };
    let call = AssertUnwindSafe(|| detector.try_check_all(documents(), panicking));
    assert!(catch_unwind(call).is_err());
    assert_eq!(detector.check_all(documents()).documents().len(), 3);
}

/// A program that goes on after a check was cancelled.
#[test]
fn one_struct_holds_a_detector_and_a_corpus() {
    struct Archive {
        detector: Detector,
        corpus: Corpus,
    }
    let mut archive = {
        let detector = detector(PairSearch::Auto);
        Archive { corpus: detector.corpus(), detector }
    };
    let texts = paragraphs();
    archive.corpus.extend(&texts[..250]).unwrap();
    let cancelled = archive.detector.try_check_all([&texts[0]], |_| ControlFlow::Break(()));
    assert_eq!(cancelled.unwrap_err().kind(), ErrorKind::Cancelled);
    archive.corpus.extend(&texts[250..]).unwrap();
    // A clone works with the same settings and threads, and outlives the detector it was made from.
    let Archive { detector, corpus } = archive;
    let clone = detector.clone();
    drop(detector);
    assert_eq!(corpus.pairs(|_| ControlFlow::Continue(())).unwrap().pairs, clone.pairs(&texts));
}
