//! `refrain check` with JSON output: the format `refrain.report/1`.

use serde_json::Value;

use crate::run::{Folder, GUIDE};

type IsType = fn(&Value) -> bool;

/// Asserts that a value has at least these fields, of these types.
fn assert_fields(value: &Value, fields: &[(&str, IsType)]) {
    for (name, is_type) in fields {
        assert!(value.get(name).is_some_and(is_type), "{name} in {value}");
    }
}

fn is_span(value: &Value) -> bool {
    value.as_array().is_some_and(|ends| ends.len() == 2 && ends.iter().all(Value::is_u64))
}

fn is_shares(value: &Value) -> bool {
    value.as_array().is_some_and(|shares| shares.len() == 2 && shares.iter().all(Value::is_f64))
}

fn each<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    let items = value[field].as_array().unwrap();
    assert!(!items.is_empty(), "no {field}");
    items.iter()
}

#[test]
fn every_field_is_there() {
    let folder = Folder::new("fields");
    folder.write("guide.txt", GUIDE).write("same.txt", "One line.\n".repeat(9));
    let ran = folder.run(&["check", "--format", "json", "guide.txt", "same.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert!(ran.stdout.ends_with("}\n") && ran.stdout.lines().count() == 1);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();

    assert_eq!(report["schema"], "refrain.report/1");
    assert_eq!(report["settings"]["threshold"], 0.5);
    assert_eq!(report["settings"]["shingle"], "words:3");
    for document in each(&report, "documents") {
        let counts = ["bytes", "tokens", "paragraphs", "short_paragraphs"];
        assert_fields(document, &counts.map(|name| (name, Value::is_u64 as IsType)));
        assert_fields(document, &[("name", Value::is_string), ("redundancy", Value::is_f64)]);
    }
    for paragraph in each(&report, "paragraphs") {
        let counts = ["id", "document", "line", "tokens"];
        assert_fields(paragraph, &counts.map(|name| (name, Value::is_u64 as IsType)));
        assert_fields(paragraph, &[("span", is_span), ("coverage", Value::is_f64)]);
    }
    for pair in each(&report, "pairs") {
        assert_fields(pair, &[("left", Value::is_u64), ("right", Value::is_u64)]);
        assert_fields(pair, &[("resemblance", Value::is_f64), ("containment", is_shares)]);
        let differences = pair["differences"].as_array().unwrap();
        assert_eq!(differences.is_empty(), pair["resemblance"] == 1.0, "{pair}");
        for difference in differences {
            assert_fields(difference, &[("left", is_span), ("right", is_span)]);
        }
    }
    for cluster in each(&report, "clusters") {
        assert_fields(cluster, &[("representative", Value::is_u64), ("members", Value::is_array)]);
        assert_eq!(cluster["members"][0], cluster["representative"]);
    }
    for passage in each(&report, "passages") {
        assert_fields(passage, &[("tokens", Value::is_u64)]);
        for occurrence in each(passage, "occurrences") {
            assert_fields(occurrence, &[("document", Value::is_u64), ("paragraph", Value::is_u64)]);
            assert_fields(occurrence, &[("span", is_span), ("text", Value::is_string)]);
        }
    }
    for finding in each(&report, "findings") {
        let about = |value: &Value| value.is_u64() || value.is_null();
        assert_fields(finding, &[("rule", Value::is_string), ("level", Value::is_string)]);
        assert_fields(finding, &[("document", Value::is_u64), ("paragraph", about), ("span", is_span)]);
        assert_fields(finding, &[("line", Value::is_u64), ("column", Value::is_u64)]);
        assert_fields(finding, &[("message", Value::is_string)]);
        for place in each(finding, "related") {
            assert_fields(place, &[("document", Value::is_u64), ("paragraph", Value::is_u64)]);
            assert_fields(place, &[("span", is_span)]);
        }
    }
    let whole = each(&report, "findings").find(|finding| finding["paragraph"].is_null()).unwrap();
    assert_eq!((&whole["document"], &whole["rule"]), (&1.into(), &"repetitive".into()));
    assert_eq!(whole["span"], serde_json::json!([0, 90]));
}

#[test]
fn pairs_say_what_differs() {
    let folder = Folder::new("json-differs");
    let notice = "The road crew has closed Road 1506 for the winter and asks all to take the valley road.";
    folder.write("a.txt", notice).write("b.txt", format!("– {}", notice.replace("1506", "1507")));
    let ran = folder.run(&["check", "--format", "json", "a.txt", "b.txt"]);
    assert_eq!(ran.status, 0);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let (pair, finding) = (&report["pairs"][0], &report["findings"][0]);
    assert_eq!(pair["differs"], "numbers");
    let at = notice.find("1506").unwrap();
    let there = at + "– ".len();
    assert_eq!(pair["differences"], serde_json::json!([{"left": [at, at + 4], "right": [there, there + 4]}]));
    assert_eq!(
        (&finding["rule"], &finding["level"], &finding["paragraph"]),
        (&"differs-in-numbers".into(), &"note".into(), &1.into())
    );
    assert_eq!(
        (&report["clusters"], &report["settings"]["merge_numbers"]),
        (&serde_json::json!([]), &false.into())
    );
}

#[test]
fn options_are_in_the_settings_of_the_report() {
    let folder = Folder::new("settings");
    folder.write("guide.txt", GUIDE);
    let ran = folder.run(&[
        "check",
        "--format=json",
        "--threshold=0.9",
        "--shingle=chars:5",
        "--min-passage-tokens=6",
        "--min-paragraph-tokens=1",
        "--threads=2",
        "guide.txt",
    ]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report["settings"]["threshold"], 0.9);
    assert_eq!(report["settings"]["shingle"], "chars:5");
    assert_eq!(report["settings"]["min_passage_tokens"], 6);
    assert_eq!(report["settings"]["min_paragraph_tokens"], 1);
    assert_eq!(report["documents"][0]["short_paragraphs"], 0);
}

#[test]
fn empty_input_gives_a_report() {
    let ran = Folder::new("empty").run(&["check", "--format", "json"]);
    assert_eq!((ran.status, &*ran.stderr), (0, ""));
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report["documents"][0]["name"], "<stdin>");
    for field in ["paragraphs", "pairs", "clusters", "passages", "findings"] {
        assert_eq!(report[field], serde_json::json!([]), "{field}");
    }
}

/// Regression: a stream that removes escape sequences removed U+007F from excerpts.
#[test]
fn excerpts_are_their_spans_byte_for_byte() {
    let text = "The tide\u{7f}31m gauge \u{9b}1m by the lock was read by three keepers at noon, and found to be wrong.";
    let text = format!("{text}\n\nIt rained.\n\n{text}\n");
    let ran = Folder::new("escapes").run_on(&["check", "--format", "json"], text.as_bytes());
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let slice = |place: &Value| {
        let [start, end] = [0, 1].map(|at| place["span"][at].as_u64().unwrap() as usize);
        text[start..end].to_owned()
    };
    for occurrence in each(&report["passages"][0], "occurrences") {
        assert_eq!(occurrence["text"], slice(occurrence));
    }
    for finding in each(&report, "findings") {
        assert_eq!(finding["excerpt"], slice(finding));
        for place in each(finding, "related") {
            assert_eq!((&place["excerpt"], &place["name"]), (&slice(place).into(), &"<stdin>".into()));
        }
    }
}

#[test]
fn what_was_said_before_is_shown_with_its_place() {
    let folder = Folder::new("stretches");
    folder.write("article.txt", include_str!("../../../tests/data/article.txt"));
    let ran = folder.run(&["check", "--format", "json", "article.txt"]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let repetitive = each(&report, "findings").find(|finding| finding["rule"] == "repetitive").unwrap();
    for stretch in each(repetitive, "stretches") {
        assert_fields(stretch, &[("span", is_span), ("line", Value::is_u64), ("column", Value::is_u64)]);
        assert_fields(&stretch["source"], &[("span", is_span), ("name", Value::is_string)]);
    }
}
