//! Progress reports for work on a corpus, and cancellation at any time.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use refrain::{Corpus, Detector, ErrorKind, Progress, Search, Stage};

/// Paragraphs of one template, which make the buckets of bands crowded.
fn paragraphs() -> Vec<String> {
    let template =
        "the pump of the northern basin was looked at and found in order but for the part with the name";
    (0..500).map(|number| format!("{template} {} {}", number * 7919, number * 104_729)).collect()
}

fn detector(search: Search) -> Detector {
    Detector::builder().threshold(0.6).search(search).threads(2).build().unwrap()
}

fn gathered(detector: &Detector) -> Corpus<'_> {
    let mut corpus = detector.corpus();
    corpus.extend(&paragraphs()).unwrap();
    corpus
}

/// All progress reports of `pairs`, in order.
fn told(search: Search) -> Vec<Progress> {
    let told = Mutex::new(Vec::new());
    let watch = |progress| {
        told.lock().unwrap().push(progress);
        ControlFlow::Continue(())
    };
    let pairs = gathered(&detector(search)).pairs(watch).unwrap();
    assert_eq!(pairs.pairs.len(), 500 * 499 / 2);
    told.into_inner().unwrap()
}

#[test]
fn every_stage_is_told_from_its_beginning_to_its_end() {
    for (search, stages) in
        [(Search::Exact, &[Stage::Joining][..]), (Search::Banded, &[Stage::Matching, Stage::Joining])]
    {
        let told = told(search);
        for &stage in stages {
            let of_stage: Vec<&Progress> = told.iter().filter(|progress| progress.stage == stage).collect();
            assert!(of_stage.len() > 5, "{stage:?}: {of_stage:?}");
            assert!(of_stage.iter().all(|progress| progress.done <= progress.total));
            assert!(of_stage.iter().any(|progress| progress.done == 0));
            let last = of_stage[of_stage.len() - 1];
            assert_eq!(last.done, last.total);
        }
        assert!(told.iter().all(|progress| stages.contains(&progress.stage)));
        assert!(told.iter().filter(|progress| progress.stage == Stage::Joining).all(|p| p.total == 500));
    }
}

#[test]
fn what_there_is_none_of_is_not_told() {
    for search in [Search::Exact, Search::Banded] {
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

#[test]
fn work_can_be_broken_off_whenever_it_tells() {
    for search in [Search::Exact, Search::Banded] {
        let detector = detector(search);
        let count = told(search).len();
        for least in 0..count {
            let told = AtomicUsize::new(0);
            let watch = |_| match told.fetch_add(1, Ordering::Relaxed) {
                number if number >= least => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            };
            let error = gathered(&detector).pairs(watch).unwrap_err();
            assert_eq!(error.kind(), &ErrorKind::Cancelled);
        }
        let error = gathered(&detector).representatives(None, |_| ControlFlow::Break(())).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Cancelled);
    }
}
