//! `refrain dedup --dry-run`: what would be removed, without a result.

use std::fs;

use insta::assert_snapshot;

use super::*;

const WALK: &str = "The walk along the cliffs takes three hours if you rest at the second stile, where a \
                    bench looks over the bay and the island with its white lighthouse.";

/// Copies, an edited copy that is almost the same, and one that differs more.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    let close = WALK.replace("white lighthouse", "white beacon");
    let other = WALK.replace("The walk", "The path");
    let several = format!("Sailing times\n\n{FERRY}\n\n{close}");
    folder.write(
        "in.jsonl",
        corpus(&[
            ("1", FERRY),
            ("\"walk\"", WALK),
            ("3", &several),
            ("4", SOUP),
            ("5", &other),
            ("6", FERRY),
        ]),
    );
    folder
}

#[test]
fn removals_are_counted_and_shown() {
    let folder = folder("dry");
    let input = fs::read(folder.path().join("in.jsonl")).unwrap();
    let ran = folder.run(&["dedup", "--dry-run", "-o", "in.jsonl", "in.jsonl"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_snapshot!(ran.stdout, @r#"
    would remove 4 of 8 paragraphs (50%, 1 too short to compare), 488 of 830 bytes (58%)
    would drop 2 of 6 records (33%)

      resemblance     paragraphs           bytes
      1                        2             190
      0.9 to 1                 1             147
      0.8 to 0.9               1             151

    4 of 4 removals; left: removed, right: kept instead

    resemblance 1
      3 [15, 110]                                     | 1 [0, 95]
      The ferry leaves the eastern pier at seven...   | The ferry leaves the eastern pier at seven...

    resemblance 1
      6 [0, 95]                                       | 1 [0, 95]
      The ferry leaves the eastern pier at seven...   | The ferry leaves the eastern pier at seven...

    resemblance 0.92
      3 [112, 259]                                    | "walk" [0, 151]
      The walk along the cliffs takes three hours...  | The walk along the cliffs takes three hours...

    resemblance 0.86
      5 [0, 151]                                      | "walk" [0, 151]
      The path along the cliffs takes three hours...  | The walk along the cliffs takes three hours...
    "#);
    let counts = ": 4 paragraphs would be removed, 2 records would be dropped; ";
    assert!(ran.stderr.contains(counts), "{}", ran.stderr);
    assert_eq!(fs::read(folder.path().join("in.jsonl")).unwrap(), input);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no other file is left");

    let real = folder.run(&["dedup", "in.jsonl"]);
    assert!(real.stderr.contains(": 4 paragraphs removed, 2 records dropped; "), "{}", real.stderr);
}

#[test]
fn only_the_result_is_on_standard_output() {
    let folder = folder("dry-streams");
    let expected = folder.run(&["dedup", "--dry-run", "in.jsonl"]).stdout;
    let input = fs::read(folder.path().join("in.jsonl")).unwrap();
    for threads in ["1", "7"] {
        let ran = folder.run_on(&["dedup", "--dry-run", "--quiet", "--threads", threads, "-"], &input);
        assert_eq!((ran.status, &ran.stdout, &*ran.stderr), (0, &expected, ""));
    }
}

#[test]
fn removed_paragraphs_are_still_written() {
    let folder = folder("dry-removed");
    folder.run(&["dedup", "--removed", "real", "in.jsonl"]);
    let ran = folder.run(&["dedup", "--dry-run", "-o", "out", "--removed", "dry", "in.jsonl"]);
    assert!(ran.stdout.starts_with("would remove 4 of 8 paragraphs "), "{}", ran.stdout);
    let [real, dry] = ["real", "dry"].map(|name| fs::read_to_string(folder.path().join(name)).unwrap());
    assert_eq!((real.lines().count(), &real), (4, &dry));
    assert!(!folder.path().join("out").exists());
    let arguments = ["dedup", "--dry-run", "-o", "out", "--removed", "-", "in.jsonl"];
    let message = failure(&folder, &arguments);
    assert_eq!(message, "--removed is -, where --dry-run prints its summary; expected a file");
}

#[test]
fn policies_change_what_is_shown() {
    let ran = folder("dry-keep").run(&["dedup", "--dry-run", "--keep", "last", "in.jsonl"]);
    assert!(ran.stdout.contains("\n  1 [0, 95]        "), "{}", ran.stdout);
    assert!(ran.stdout.contains(" | 6 [0, 95]\n"), "{}", ran.stdout);
}

#[test]
fn the_ranges_end_at_the_threshold() {
    let folder = folder("dry-ranges");
    let ranges = |threshold: &str| {
        let ran = folder.run(&["dedup", "--dry-run", "--threshold", threshold, "in.jsonl"]);
        let rows = ran.stdout.lines().skip(4).take_while(|line| !line.is_empty());
        rows.map(|row| row.split("  ").find(|cell| !cell.is_empty()).unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ranges("0.75"), ["1", "0.9 to 1", "0.75 to 0.9"]);
    assert_eq!(ranges("0.9"), ["1", "0.9 to 1"]);
    assert_eq!(ranges("0.95"), ["1", "0.95 to 1"]);
    assert_eq!(ranges("1"), ["1"]);
}

#[test]
fn about_ten_of_many_are_shown() {
    let folder = Folder::new("dry-many");
    let ids: Vec<String> = (0..=1000).map(|id| id.to_string()).collect();
    let mut records: Vec<(&str, &str)> = ids.iter().map(|id| (id.as_str(), SOUP)).collect();
    let shown = |records: &[(&str, &str)]| {
        let ran = folder.write("in.jsonl", corpus(records)).run(&["dedup", "--dry-run", "in.jsonl"]);
        let places = ran.stdout.lines().filter_map(|line| line.trim().split_once(" [0, "));
        places.map(|(id, _)| id.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(shown(&records), ["1", "101", "201", "301", "401", "501", "601", "701", "801", "901"]);
    // Few edited copies among many exact ones are shown as well.
    let edited = WALK.replace("The walk", "The path");
    records.extend([("\"a\"", WALK), ("\"b\"", &edited)]);
    assert_eq!(shown(&records), ["1", "201", "401", "601", "801", "\"b\""]);
}

#[test]
fn nothing_to_remove() {
    let folder = Folder::new("dry-nothing");
    folder.write("in.jsonl", corpus(&[("1", FERRY), ("2", "Share."), ("3", "Share.")]));
    let ran = folder.run(&["dedup", "--dry-run", "in.jsonl"]);
    let expected = "would remove 0 of 3 paragraphs (0%, 2 too short to compare), 0 of 107 bytes (0%)\n\
                    would drop 0 of 3 records (0%)\n";
    assert_eq!((ran.status, &*ran.stdout), (0, expected));
    let ran = folder.write("in.jsonl", "").run(&["dedup", "--dry-run", "in.jsonl"]);
    let expected = "would remove 0 of 0 paragraphs (0%), 0 of 0 bytes (0%)\nwould drop 0 of 0 records (0%)\n";
    assert_eq!((ran.status, &*ran.stdout), (0, expected));
}

#[test]
fn no_line_is_too_wide_or_moves_the_cursor() {
    let folder = Folder::new("dry-wide");
    let text = "早晨的渡船从东码头出发，\u{1b}[31m天黑之前返回\u{202e}。船长说今天的风很大。".repeat(3);
    let id = quoted(&"an id that is very long ".repeat(9));
    folder.write("in.jsonl", corpus(&[(&id, &text), ("\"\u{202e}\u{9b}\"", &text)]));
    let ran = folder.run(&["dedup", "--dry-run", "in.jsonl"]);
    assert!(ran.stdout.contains("an id that... [0, 285]"), "{}", ran.stdout);
    assert!(ran.stdout.contains("早晨的渡船从东码头出发"), "{}", ran.stdout);
    // All other characters here are Chinese.
    let width = |c: char| if c.is_ascii() || "␛�".contains(c) { 1 } else { 2 };
    for line in ran.stdout.lines() {
        assert!(line.chars().map(width).sum::<usize>() <= 100, "{line}");
        assert!(!line.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{line:?}");
    }
}
