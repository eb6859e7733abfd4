//! The example of a pipeline decides as its guide says.

use std::time::Duration;

#[path = "../examples/decide.rs"]
#[expect(dead_code, reason = "its `main` is not called")]
mod decide;

const LONG: Duration = Duration::from_secs(600);

fn data(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn articles_are_published_sent_back_merged_or_left_to_a_person() {
    let mut pipeline = decide::Pipeline::new().unwrap();
    let mut decide =
        |name: &str, limit: Duration| pipeline.decide(name.to_owned(), data(name), limit).unwrap();

    let padded = decide("article.txt", LONG);
    assert_eq!(padded["decision"], "send back");
    assert_eq!(padded["reasons"][0]["why"], "it repeats itself");
    let finding = padded["reasons"][1].as_object().unwrap();
    assert!(data("article.txt").contains(finding["text"].as_str().unwrap()));
    assert!(finding["line"].as_u64().unwrap() > 1);

    let late = decide("canal.txt", Duration::ZERO);
    assert_eq!(late["decision"], "ask a person");
    assert_eq!(late["reasons"][0]["why"], "the check took longer than 0ns");

    let sound = decide("canal.txt", LONG);
    assert_eq!((&sound["decision"], sound["reasons"].as_array().unwrap().len()), (&"publish".into(), 0));

    let reworded = decide("canal_reworded.txt", LONG);
    assert_eq!(
        (&reworded["decision"], &reworded["reasons"][0]["with"]),
        (&"merge".into(), &"canal.txt".into())
    );
    assert!(reworded["reasons"][0]["share"].as_f64().unwrap() >= 0.5);
}
