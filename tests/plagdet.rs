//! Tests of the parts of the bench `plagdet`: its scores and its problems.
#![expect(clippy::disallowed_methods, reason = "plagdet is defined by a logarithm")]

#[path = "../benches/generator.rs"]
mod generator;
#[path = "../benches/passages/mod.rs"]
mod passages;

use std::collections::HashSet;
use std::ops::Range;

use passages::plant::{Problem, Shelf};
use passages::reword::Rewording;
use passages::score::{Alignment, Score, outermost};
use passages::{cut, runs};
use refrain::text;

fn alignment(left: Range<usize>, right: Range<usize>) -> Alignment {
    Alignment { left, right }
}

/// Precision, recall, granularity and plagdet.
fn figures(score: &Score) -> [f64; 4] {
    [score.precision(), score.recall(), score.granularity(), score.plagdet()]
}

#[track_caller]
fn assert_score(cases: &[Alignment], detections: &[Alignment], expected: [f64; 4]) {
    let found = figures(&Score::new(cases, detections));
    let close = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12);
    assert!(close, "{found:?} is not {expected:?}");
}

#[test]
fn scores_are_those_counted_by_hand() {
    let case = [alignment(0..100, 500..600)];
    assert_score(&case, &case, [1.0, 1.0, 1.0, 1.0]);
    assert_score(&case, &[], [0.0, 0.0, 1.0, 0.0]);
    assert_score(&[], &case, [0.0, 0.0, 1.0, 0.0]);
    assert_score(&[], &[], [0.0, 0.0, 1.0, 0.0]);
    // Half of one side and all of the other.
    assert_score(&case, &[alignment(0..50, 500..600)], [1.0, 0.75, 1.0, 6.0 / 7.0]);
    // Twice as long as the case.
    assert_score(&case, &[alignment(0..200, 400..600)], [0.5, 1.0, 1.0, 2.0 / 3.0]);
    // Both halves separately: all is found, in two pieces.
    let halves = [alignment(0..50, 500..550), alignment(50..100, 550..600)];
    assert_score(&case, &halves, [1.0, 1.0, 2.0, 1.0 / 3.0_f64.log2()]);
    // Characters in both pieces count once.
    let overlapping = [alignment(0..60, 500..560), alignment(40..100, 540..600)];
    assert_score(&case, &overlapping, [1.0, 1.0, 2.0, 1.0 / 3.0_f64.log2()]);
    // A detection must be correct on both sides.
    assert_score(&case, &[alignment(0..100, 600..700)], [0.0, 0.0, 1.0, 0.0]);
}

#[test]
fn means_are_over_cases_and_over_detections() {
    let cases = [alignment(0..100, 0..100), alignment(200..600, 200..600)];
    // The long case is missed, and one detection is false.
    let detections = [alignment(0..100, 0..100), alignment(700..720, 700..720)];
    assert_score(&cases, &detections, [0.5, 0.5, 1.0, 0.5]);
    // One detection over both cases: 1000 of its 1200 characters are right.
    assert_score(&cases, &[alignment(0..600, 0..600)], [10.0 / 12.0, 1.0, 1.0, 10.0 / 11.0]);
    // Two detections of the first case, one of the second.
    let three = [alignment(0..50, 0..50), alignment(50..100, 50..100), alignment(200..600, 200..600)];
    assert_score(&cases, &three, [1.0, 1.0, 1.5, 1.0 / 2.5_f64.log2()]);
    // The sum over problems is the same as the score of all together.
    let mut sum = Score::new(&cases[..1], &three[..2]);
    sum += Score::new(&cases[1..], &three[2..]);
    assert_eq!(sum, Score::new(&cases, &three));
}

#[test]
fn only_the_outermost_detections_count() {
    let outer = alignment(0..100, 200..300);
    let inner = alignment(10..100, 200..250);
    let across = alignment(10..101, 200..250);
    let kept = outermost(&[inner, outer.clone(), across.clone(), outer.clone()]);
    assert_eq!(kept, [outer, across]);
}

fn slice(text: &str, characters: &Range<usize>) -> String {
    text.chars().skip(characters.start).take(characters.len()).collect()
}

/// The texts of both sides of each case.
fn sides(problem: &Problem) -> Vec<[String; 2]> {
    let last = problem.texts.len() - 1;
    let sides =
        |case: &Alignment| [slice(&problem.texts[0], &case.left), slice(&problem.texts[last], &case.right)];
    problem.cases.iter().map(sides).collect()
}

fn hashes(text: &str) -> Vec<u64> {
    text::tokens(text).iter().map(|token| token.hash).collect()
}

/// The fraction of the tokens of `one` that are also in `other`.
fn kept(one: &str, other: &str) -> f64 {
    let other: HashSet<u64> = hashes(other).into_iter().collect();
    let own = hashes(one);
    own.iter().filter(|hash| other.contains(hash)).count() as f64 / own.len() as f64
}

#[test]
fn cases_say_where_passages_were_planted() {
    let mut shelf = Shelf::made(5);
    for rewording in Rewording::ALL.into_iter().chain(Rewording::CONDENSED) {
        for repeated in [false, true] {
            if repeated && Rewording::CONDENSED.contains(&rewording) {
                continue;
            }
            let problem = if repeated { shelf.repeated(rewording) } else { shelf.borrowed(rewording) };
            let problem = problem.expect("made texts are fit for everything");
            assert_eq!(problem.texts.len(), if repeated { 1 } else { 2 });
            assert!((1..=3).contains(&problem.cases.len()));
            for [left, right] in sides(&problem) {
                let lengths = [&left, &right].map(|side| cut::length(side));
                assert!(
                    rewording.lengths().contains(&lengths[0].max(lengths[1]))
                        || matches!(rewording, Rewording::Words(_))
                );
                // In a single text, either side may be the original.
                let [most, least] = [kept(&left, &right), kept(&right, &left)];
                let shorter = lengths[0].min(lengths[1]) as f64 / lengths[0].max(lengths[1]) as f64;
                match rewording {
                    Rewording::Verbatim => assert_eq!(left, right),
                    Rewording::Sentences => {
                        let [mut l, mut r] = [&left, &right].map(|side| hashes(side));
                        assert!(l != r || cut::sentences(&left).len() < 3, "{left}\n{right}");
                        l.sort_unstable();
                        r.sort_unstable();
                        assert_eq!(l, r);
                    }
                    Rewording::Summary => assert!((0.4..0.65).contains(&shorter), "{shorter}"),
                    Rewording::Digest => assert!((0.1..0.45).contains(&shorter), "{shorter}"),
                    Rewording::Abstract(part) => {
                        let times = 1.0 / shorter / part as f64;
                        assert!((0.8..1.25).contains(&times), "{shorter}, 1 in {part}");
                        assert!(least > 0.95, "an abstract has no word of its own");
                    }
                    Rewording::Words(_) => assert!(most.min(least) > 0.4, "{left}\n{right}"),
                    Rewording::Rephrased | Rewording::Noise => {
                        assert!(most.min(least) < 0.95 && most.max(least) > 0.4, "{left}\n{right}");
                    }
                }
            }
        }
    }
}

#[test]
fn problems_follow_from_their_seed() {
    let texts = |seed| Shelf::made(seed).borrowed(Rewording::Words(0.4)).unwrap().texts;
    assert_eq!(texts(1), texts(1));
    assert_ne!(texts(1), texts(2));
}

#[test]
fn made_prose_is_cut_as_it_was_written() {
    let text = Shelf::made(7).clean().unwrap().texts.remove(0);
    let sentences = cut::sentences(&text);
    let lengths: Vec<usize> = sentences.iter().map(|s| cut::length(&text[s.span.clone()])).collect();
    let mean = lengths.iter().sum::<usize>() / lengths.len();
    assert!((12..25).contains(&mean), "{mean}");
    assert_eq!(sentences.iter().filter(|s| s.opens).count(), text.split("\n\n").count());
    let parts = cut::parts(&text, 1_000);
    assert_eq!(parts.join("\n\n"), text);
    assert!(parts.len() >= 2 && parts.iter().all(|part| cut::length(part) < 1_200));
    // In a script without spaces, two characters count as a word.
    let han = "早晨的渡船从码头开往小岛。天气好的时候，晚上回来。";
    assert_eq!(cut::sentences(han).len(), 2);
    assert_eq!(cut::length(han), 11);
}

#[test]
fn exact_runs_find_copies_and_nothing_else() {
    let mut shelf = Shelf::made(6);
    let mut score = Score::default();
    for _ in 0..5 {
        let Problem { texts, cases } = shelf.borrowed(Rewording::Verbatim).unwrap();
        score += Score::new(&cases, &runs::found(&texts));
        assert_eq!(runs::found(&shelf.unrelated().unwrap().texts), []);
        let Problem { texts, cases } = shelf.repeated(Rewording::Verbatim).unwrap();
        score += Score::new(&cases, &runs::found(&texts));
        assert_eq!(runs::found(&shelf.clean().unwrap().texts), []);
    }
    assert!(score.plagdet() > 0.95, "{:?}", figures(&score));
}
