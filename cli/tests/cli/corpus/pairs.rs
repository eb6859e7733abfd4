//! `refrain pairs`: all pairs, with ids and spans as in the input.

use serde_json::{Value, json};

use super::*;

#[test]
fn pairs_are_in_the_order_of_the_input() {
    let folder = Folder::new("pairs");
    folder.write(
        "in.jsonl",
        corpus(&[("\"a\"", FERRY), ("7", SOUP), ("\"c\"", FERRY_EDITED), ("\"d\"", FERRY)]),
    );
    let ran = folder.run(&["pairs", "in.jsonl"]);
    let pairs = done(&ran);
    let ends: Vec<(&Value, &Value)> = pairs.iter().map(|pair| (&pair["a"], &pair["b"])).collect();
    assert_eq!(ends, [(&json!("a"), &json!("c")), (&json!("a"), &json!("d")), (&json!("c"), &json!("d"))]);
    let whole = |text: &str| json!([0, text.len()]);
    assert_eq!(
        pairs[1],
        json!({
            "a": "a", "a_span": whole(FERRY), "b": "d", "b_span": whole(FERRY),
            "resemblance": 1.0, "containment": [1.0, 1.0],
        })
    );
    // 18 words have 16 shingles. One changed word changes 3 of them, so 13 of 19 are shared.
    assert_eq!(pairs[0]["resemblance"], 13.0 / 19.0);
    assert_eq!(pairs[0]["containment"], json!([13.0 / 16.0, 13.0 / 16.0]));
    let keys = r#"{"a":"a","a_span":[0,95],"b":"c","b_span":[0,95],"resemblance":0."#;
    assert!(ran.stdout.starts_with(keys), "{}", ran.stdout);
    let summary = "4 records, 4 paragraphs, 1 exact duplicate: 3 pairs; ";
    assert!(ran.stderr.starts_with(summary) && ran.stderr.ends_with(" MB/s\n"), "{}", ran.stderr);
}

#[test]
fn ids_are_copied_byte_for_byte() {
    let folder = Folder::new("ids");
    let ids =
        ["1", "-0", "1e3", "1.50", "12345678901234567890123", r#""A\u0041 \"x\"""#, "\"é\"", "\"\"", "1E-2"];
    let records: Vec<(&str, &str)> = ids.iter().map(|id| (*id, SOUP)).collect();
    folder.write("in.jsonl", corpus(&records));
    let ran = folder.run(&["pairs", "in.jsonl"]);
    let first: Vec<&str> = ran.stdout.lines().take(ids.len() - 1).collect();
    for (line, id) in first.iter().zip(&ids[1..]) {
        let expected = format!(r#"{{"a":1,"a_span":[0,83],"b":{id},"b_span":[0,83],"#);
        assert!(line.starts_with(&expected), "{line}");
    }
    assert_eq!(ran.stdout.lines().count(), ids.len() * (ids.len() - 1) / 2);
}

#[test]
fn paragraphs_of_a_record_are_compared_separately() {
    let folder = Folder::new("several");
    let text = format!("\u{feff}{FERRY}\n \r\n{SOUP}\r\n\r\n\u{3000}{FERRY_EDITED} \n");
    folder.write("in.jsonl", corpus(&[("1", &text), ("2", ""), ("3", &format!("–\u{2029}{SOUP}"))]));
    let pairs = done(&folder.run(&["pairs", "in.jsonl"]));
    let text_of = |pair: &Value, end: &str| {
        let text = if pair[end] == 1 { text.clone() } else { format!("–\u{2029}{SOUP}") };
        let span: [usize; 2] = serde_json::from_value(pair[format!("{end}_span")].clone()).unwrap();
        text[span[0]..span[1]].to_owned()
    };
    let texts: Vec<_> = pairs.iter().map(|pair| (text_of(pair, "a"), text_of(pair, "b"))).collect();
    assert_eq!(texts, [(FERRY.into(), FERRY_EDITED.into()), (SOUP.into(), SOUP.to_owned())]);
}

#[test]
fn spans_are_of_the_decoded_text() {
    let folder = Folder::new("decoded");
    let line = r#"{"text": "\ud83d\ude00 caf\u00e9 \t \"quoted\" \/ na\u00efve\n\nsecond \u4e00 paragraph", "id": 1}"#;
    let other = r#"{"text": "second 一 paragraph", "id": 2}"#;
    folder.write("in.jsonl", format!("{line}\r\n\r\n{other}\r\n"));
    let pairs = done(&folder.run(&["pairs", "in.jsonl"]));
    let text = "😀 café \t \"quoted\" / naïve\n\nsecond 一 paragraph";
    let start = text.find("second").unwrap();
    assert_eq!((&pairs[0]["a_span"], &pairs[0]["b_span"]), (&json!([start, text.len()]), &json!([0, 20])));
    assert_eq!(pairs.len(), 1);
}

#[test]
fn pairs_of_many_copies_are_limited_and_counted() {
    let folder = Folder::new("crowds");
    let ids: Vec<String> = (0..40).map(|id| id.to_string()).collect();
    let mut records: Vec<(&str, &str)> = ids.iter().map(|id| (id.as_str(), SOUP)).collect();
    records.push(("\"x\"", FERRY));
    folder.write("in.jsonl", corpus(&records));
    let pairs = |arguments: &[&str]| {
        let ran = folder.run(&[&["pairs", "in.jsonl"], arguments].concat());
        assert_eq!(ran.status, 0);
        (parsed(&ran.stdout).len(), ran.stderr.lines().skip(1).map(str::to_owned).collect::<Vec<_>>())
    };
    let (count, notes) = pairs(&[]);
    assert_eq!(count, 39);
    assert_eq!(
        notes,
        [
            "1 paragraph occurs more than 32 times: the copies are paired only with the first occurrence (see --copies)"
        ]
    );
    assert!(pairs(&["--copies", "1"]).1[0].contains(" occurs more than 1 time: "));
    assert_eq!(pairs(&["--copies", "40"]), (40 * 39 / 2, vec![]));
}

#[test]
fn pairs_of_a_paragraph_can_be_limited() {
    let folder = Folder::new("bounded");
    let words = "alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november";
    let lines: String = (0..30).map(|id| format!("{{\"id\":{id},\"text\":\"{words} {id}\"}}\n")).collect();
    folder.write("in.jsonl", lines);
    let all = done(&folder.run(&["pairs", "in.jsonl"]));
    assert_eq!(all.len(), 30 * 29 / 2);
    // The fourth paragraph has just three earlier ones, the fifth has four.
    let rest = "with earlier, different paragraphs: the others are omitted";
    for (limit, listed, note) in [
        ("1", 29, format!("28 different paragraphs have more than 1 pair {rest}")),
        ("3", 1 + 2 + 27 * 3, format!("26 different paragraphs have more than 3 pairs {rest}")),
        ("28", 30 * 29 / 2 - 1, format!("1 different paragraph has more than 28 pairs {rest}")),
    ] {
        let ran = folder.run(&["pairs", "--max-pairs-per-paragraph", limit, "in.jsonl"]);
        assert_eq!((ran.status, parsed(&ran.stdout).len()), (0, listed));
        assert_eq!(ran.stderr.lines().nth(1), Some(&*note));
    }
    assert_eq!(done(&folder.run(&["pairs", "--max-pairs-per-paragraph", "29", "in.jsonl"])), all);
    let message = failure(&folder, &["pairs", "--max-pairs-per-paragraph", "0", "in.jsonl"]);
    assert_eq!(message, "--max-pairs-per-paragraph must be at least 1, got 0");
}

#[test]
fn short_paragraphs_are_counted() {
    let folder = Folder::new("short");
    folder.write("in.jsonl", corpus(&[("1", "Share."), ("2", "Share."), ("3", "—"), ("4", "Read on here.")]));
    let ran = folder.run(&["pairs", "in.jsonl"]);
    assert_eq!(done(&ran).len(), 1);
    assert!(ran.stderr.starts_with("4 records, 4 paragraphs (1 too short to compare), 1 exact"), "{ran:?}");
    let ran = folder.run(&["pairs", "--min-paragraph-tokens", "2", "in.jsonl"]);
    assert_eq!((&*ran.stdout, ran.stderr.contains("(3 too short to compare)")), ("", true));
}
