//! `refrain check --baseline`.

use std::fs;

use serde_json::Value;

use crate::run::{Folder, GUIDE, Ran};

const UPDATE: [&str; 3] = ["--baseline", "known.jsonl", "--update-baseline"];

fn check(folder: &Folder, arguments: &[&str]) -> Ran {
    folder.run(&[&["check", "--baseline", "known.jsonl"], arguments].concat())
}

fn written(folder: &Folder) -> String {
    fs::read_to_string(folder.path().join("known.jsonl")).unwrap()
}

#[test]
fn known_findings_are_left_out_wherever_they_stand() {
    let folder = Folder::new("baseline");
    folder.write("guide.txt", GUIDE);
    let ran = folder.run(&[&["check", "guide.txt"], &UPDATE[..]].concat());
    assert_eq!((ran.status, &*ran.stderr), (0, "the baseline has 3 findings now\n"));
    let first = written(&folder);
    let lines: Vec<&str> = first.lines().collect();
    assert_eq!((lines.len(), lines[0]), (4, r#"{"schema":"refrain.baseline/1"}"#));
    assert!(
        lines[1].starts_with(r#"{"file":"guide.txt","rule":"exact-duplicate","text":"Visitors are welcome"#)
    );
    assert!(lines.is_sorted_by(|a, b| a.len() < 40 || a <= b));

    // Lines move, and the findings are still known.
    folder.write("guide.txt", format!("A new beginning.\n\n{GUIDE}"));
    for format in ["text", "json"] {
        let ran = check(&folder, &["guide.txt", "--format", format]);
        assert_eq!((ran.status, &*ran.stderr), (0, ""));
        assert!(!ran.stdout.contains("near-duplicate of"), "{}", ran.stdout);
    }
    let ran = check(&folder, &["guide.txt"]);
    assert!(ran.stdout.ends_with("\n3 known findings in known.jsonl left out\n"), "{}", ran.stdout);

    // A new finding is shown, and of equal ones only as many are known as were.
    folder.write("guide.txt", format!("{GUIDE}\n{}\n", GUIDE.lines().next().unwrap()));
    let ran = check(&folder, &["guide.txt"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    assert!(
        ran.stdout
            .contains("warning[exact-duplicate] guide.txt:17: the same words as the paragraph at line 1")
    );
    assert!(!ran.stdout.contains("the paragraph at line 3"), "{}", ran.stdout);
    // An update without a change writes the same bytes.
    folder.write("guide.txt", GUIDE);
    check(&folder, &["guide.txt", "--update-baseline"]);
    assert_eq!(written(&folder), first);
}

#[test]
fn findings_that_are_gone_are_named() {
    let folder = Folder::new("baseline-gone");
    folder.write("guide.txt", GUIDE).write("mill.txt", GUIDE.replace("lighthouse", "windmill"));
    folder.run(&[&["check", "."], &UPDATE[..]].concat());
    let all = written(&folder);
    let of = |name: &str| all.matches(&format!("{{\"file\":\"{name}\"")).count();
    assert!(of("mill.txt") > 0 && of("guide.txt") > 0, "{all}");

    // What was not checked is not gone.
    let ran = check(&folder, &["guide.txt"]);
    assert!(ran.stdout.ends_with(" in known.jsonl left out\n"), "{}", ran.stdout);
    let shorter = GUIDE.split_once("Bring").unwrap().0;
    folder.write("guide.txt", shorter);
    let ran = check(&folder, &["guide.txt"]);
    assert!(ran.stdout.contains(" gone, which --update-baseline removes:\n  guide.txt: "), "{}", ran.stdout);
    assert!(ran.stdout.contains("  guide.txt: exact-duplicate “Visitors are welcome"), "{}", ran.stdout);
    let json = check(&folder, &["guide.txt", "--format", "json"]).stdout;
    let report: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["schema"], "refrain.report/1");
    assert_eq!(report["baseline"]["known"], 1);
    assert!(report["baseline"]["gone"].as_array().unwrap().iter().all(|gone| gone["file"] == "guide.txt"));

    // An update keeps what is known of the other file, until that is deleted.
    check(&folder, &["guide.txt", "--update-baseline"]);
    let updated = written(&folder);
    assert_eq!(updated.matches("{\"file\":\"mill.txt\"").count(), of("mill.txt"));
    assert!(updated.matches("{\"file\":\"guide.txt\"").count() < of("guide.txt"));
    fs::remove_file(folder.path().join("mill.txt")).unwrap();
    let ran = check(&folder, &["guide.txt"]);
    assert!(ran.stdout.contains("  mill.txt: "), "{}", ran.stdout);
}

#[test]
fn names_are_relative_to_the_baseline() {
    let folder = Folder::new("baseline-names");
    fs::create_dir_all(folder.path().join("docs")).unwrap();
    folder.write("docs/guide.txt", GUIDE);
    folder.run(&["check", "docs", "--baseline", "docs/known.jsonl", "--update-baseline"]);
    let absolute = folder.path().join("docs/guide.txt");
    for name in ["docs/guide.txt", "./docs/../docs/guide.txt", absolute.to_str().unwrap()] {
        let ran = folder.run(&["check", name, "--baseline", "docs/known.jsonl"]);
        assert_eq!(ran.status, 0, "{name}: {}", ran.stdout);
    }
}

#[test]
fn what_is_no_sound_baseline_is_an_error() {
    let folder = Folder::new("baseline-wrong");
    folder.write("guide.txt", GUIDE);
    folder.run(&[&["check", "guide.txt"], &UPDATE[..]].concat());
    let sound = written(&folder);
    let conflict = sound.replacen('\n', "\n<<<<<<< ours\n", 1) + "=======\n>>>>>>> theirs\n";
    let cases = [
        (conflict, "error: known.jsonl: line 2: a merge left both sides here: "),
        (
            sound.replace("baseline/1", "baseline/9"),
            "error: known.jsonl: line 1: its format is `refrain.baseline/9`, ",
        ),
        ("known".to_owned(), "error: known.jsonl: line 1: this is no baseline: "),
        (String::new(), "error: known.jsonl: it is empty; "),
    ];
    for (content, message) in cases {
        folder.write("known.jsonl", &content);
        for more in [&[][..], &["--update-baseline"]] {
            let ran = check(&folder, &[&["guide.txt"], more].concat());
            assert_eq!((ran.status, &*ran.stdout), (2, ""));
            assert!(ran.stderr.starts_with(message), "{}", ran.stderr);
        }
        assert_eq!(written(&folder), content);
    }
    // Both sides of a merge, one below the other.
    folder.write("known.jsonl", sound.repeat(2));
    assert_eq!(check(&folder, &["guide.txt"]).status, 0);
    // It is not written if a file could not be read.
    let ran = check(&folder, &["guide.txt", "gone.txt", "--update-baseline"]);
    assert_eq!((ran.status, written(&folder)), (2, sound.repeat(2)));
    assert!(
        ran.stderr.ends_with("error: the baseline is not written, because not all files could be read\n")
    );
}
