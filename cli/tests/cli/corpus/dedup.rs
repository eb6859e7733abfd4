//! `refrain dedup`: what is kept, what is removed, and that nothing else changes.

use serde_json::json;

use super::*;

const RECORDS: [(&str, &str); 4] = [("1", FERRY), ("2", SOUP), ("3", FERRY_EDITED), ("4", FERRY)];

/// The ids of the kept records.
fn kept(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
    let ran = folder.run(&[&["dedup", "--quiet", "in.jsonl"], &ALIKE[..], arguments].concat());
    assert_eq!(ran.status, 0, "{ran:?}");
    parsed(&ran.stdout).into_iter().map(|record| record["id"].clone()).collect()
}

#[test]
fn kept_records_are_copied_byte_for_byte() {
    let folder = Folder::new("dedup-bytes");
    let one = format!("  {{\"b\":1.0 , \"text\":\t{},\"id\":\"x\",\"é\":[1, 2]}} \r\n", quoted(FERRY));
    let none = "{\"id\": 9, \"text\": \" \\n \", \"z\": null}\n".to_owned();
    let other = format!("{{\"text\": {}, \"id\": 10}}", quoted(SOUP));
    folder.write("in.jsonl", format!("{one}{none}{other}"));
    let ran = folder.run(&[&["dedup", "in.jsonl"], &ALIKE[..]].concat());
    assert_eq!(ran.stdout, format!("{one}{none}{other}"));
    assert!(ran.stderr.contains(": 0 paragraphs removed, 0 records dropped"), "{}", ran.stderr);
}

#[test]
fn paragraphs_are_removed_with_the_separator_before_them() {
    let folder = Folder::new("dedup-cut");
    let [ferry, soup] = [FERRY, SOUP];
    let first = format!("{{\"id\": 1, \"text\": \"{ferry}\"}}\n");
    let second = format!(
        "{{\"z\":1, \"text\": \" caf\\u00e9 \\ud83d\\ude00\\n\\n{soup}\\r\\n \\r\\n{ferry}\\n\\n\\nthe \\\"last\\\" one\\n\", \"id\":\"\\u0032\", \"a\" :2}}\r\n"
    );
    let third = format!("{{\"id\": 3, \"text\": \"{ferry}\\n\\n\\n{soup}\"}}\n");
    let fourth = format!("{{\"id\": 4, \"text\": \"\\t{ferry}\\n\\nThe end is new. \\n\"}}\n");
    folder.write("in.jsonl", format!("{first}{second}{third}{fourth}"));
    let ran = folder.run(&[&["dedup", "--removed", "removed.jsonl", "in.jsonl"], &ALIKE[..]].concat());
    let second = second.replace(&format!("\\r\\n \\r\\n{ferry}"), "");
    let fourth = fourth.replace(&format!("{ferry}\\n\\n"), "");
    assert_eq!(ran.stdout, format!("{first}{second}{fourth}"));
    assert!(ran.stderr.contains(": 4 paragraphs removed, 1 record dropped"), "{}", ran.stderr);

    let removed = parsed(&std::fs::read_to_string(folder.path().join("removed.jsonl")).unwrap());
    let start = format!(" café 😀\n\n{soup}\r\n \r\n").len();
    assert_eq!(
        removed[0],
        json!({
            "id": "2", "span": [start, start + ferry.len()], "text": ferry,
            "kept": {"id": 1, "span": [0, ferry.len()]}, "resemblance": 1.0,
        })
    );
    let ids: Vec<&Value> = removed.iter().map(|line| &line["id"]).collect();
    assert_eq!(ids, [&json!("2"), &json!(3), &json!(3), &json!(4)]);
    assert_eq!(removed[2]["kept"], json!({"id": "2", "span": [13, 13 + soup.len()]}));
}

#[test]
fn policies_choose_what_is_kept() {
    let folder = Folder::new("dedup-keep");
    folder.write("in.jsonl", corpus(&RECORDS));
    assert_eq!(kept(&folder, &[]), [1, 2]);
    assert_eq!(kept(&folder, &["--keep", "first"]), [1, 2]);
    assert_eq!(kept(&folder, &["--keep", "last"]), [2, 4]);
    let longer = FERRY.replace("turns", "returns");
    folder.write("in.jsonl", corpus(&[("1", FERRY), ("2", SOUP), ("3", &longer), ("4", &longer)]));
    assert_eq!(kept(&folder, &["--keep", "longest"]), [2, 3]);
    assert_eq!(kept(&folder, &["--keep", "field:id"]), [2, 4]);
}

#[test]
fn the_highest_number_is_kept() {
    let folder = Folder::new("dedup-field");
    let lines = |scores: [&str; 4]| -> String {
        (1..).zip(scores).map(|(id, score)| format!("{{\"id\":{id},{score}\"text\":\"{SOUP}\"}}\n")).collect()
    };
    let cases = [
        (["", "\"s\":1,", "\"s\":2.5,", "\"s\":2.5e0,"], 3),
        (["\"s\":null,", "\"s\":\"9\",", "\"s\":-1e9,", "\"s\":[5],"], 3),
        (["\"s\":1700000000000000001,", "\"s\":1700000000000000003,", "\"s\":1700000000000000002,", ""], 2),
        (["\"s\":1,", "\"s\":1.0,", "", "\"s\":1,"], 1),
    ];
    for (scores, expected) in cases {
        folder.write("in.jsonl", lines(scores));
        assert_eq!(kept(&folder, &["--keep", "field:s"]), [expected], "{scores:?}");
    }
    let ran = folder.run(&["dedup", "--keep", "field:s", "in.jsonl"]);
    assert!(ran.stderr.contains("\n1 record has no number in the field `s`"), "{}", ran.stderr);
    let ran = folder.run(&["dedup", "--keep", "field:missing", "in.jsonl"]);
    assert_eq!(ran.status, 0);
    let warning = "warning: in.jsonl: no record has a number in the field `missing`\n";
    assert!(ran.stderr.starts_with(warning), "{}", ran.stderr);
    folder.write("in.jsonl", "{\"id\":1,\"text\":\"a\",\"s\":1,\"s\":2}\n");
    let message = failure(&folder, &["dedup", "--keep", "field:s", "in.jsonl"]);
    assert_eq!(message, "in.jsonl: line 1: the field `s` occurs twice");
}

#[test]
fn unknown_policies_are_refused() {
    let folder = Folder::new("dedup-policy");
    for policy in ["field:", "best", "field"] {
        let ran = folder.run(&["dedup", "--keep", policy, "in.jsonl"]);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("expected first, longest, last or field:NAME"), "{}", ran.stderr);
    }
}

#[test]
fn standard_input_can_be_deduplicated() {
    let folder = Folder::new("dedup-stdin");
    let ran = folder.run_on(
        &[&["dedup", "--removed", "removed.jsonl", "-"], &ALIKE[..]].concat(),
        corpus(&RECORDS).as_bytes(),
    );
    assert_eq!((ran.status, ran.stdout), (0, corpus(&RECORDS[..2])));
    assert_eq!(std::fs::read_to_string(folder.path().join("removed.jsonl")).unwrap().lines().count(), 2);
}

#[test]
fn the_output_may_replace_the_input() {
    let folder = Folder::new("dedup-in-place");
    folder.write("in.jsonl", corpus(&RECORDS));
    assert_eq!(folder.run(&[&["dedup", "-o", "in.jsonl", "in.jsonl"], &ALIKE[..]].concat()).status, 0);
    assert_eq!(std::fs::read_to_string(folder.path().join("in.jsonl")).unwrap(), corpus(&RECORDS[..2]));
    for (arguments, message) in [
        (&["dedup", "-o", "x", "--removed", "./x", "in.jsonl"], "-o and --removed are both ./x"),
        (
            &["dedup", "-o", "x", "--removed", "in.jsonl", "in.jsonl"],
            "--removed is in.jsonl, which is the input",
        ),
    ] {
        assert_eq!(failure(&folder, arguments), message);
    }
}

#[test]
fn skipped_lines_are_not_written() {
    let folder = Folder::new("dedup-skipped");
    let [one, two, three, four] = RECORDS.map(|record| corpus(&[record]));
    folder.write("in.jsonl", format!("{one}broken\n\n{two}{{\"id\": 5}}\n{three}{four}"));
    let ran = folder.run(&[&["dedup", "--skip-bad", "in.jsonl"], &ALIKE[..]].concat());
    assert_eq!(ran.stdout, one + &two);
    let skipped = "\nskipped 2 bad lines; the first: in.jsonl: line 2: this is not JSON; JSON Lines have one whole \
        object a line; expected `{`\n";
    assert!(ran.stderr.ends_with(skipped), "{}", ran.stderr);
}
