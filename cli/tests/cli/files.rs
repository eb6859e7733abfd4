//! `refrain check` with many files: folders, globs, records, limits.

use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use crate::run::{Folder, GUIDE};

const CLOCK: &str = "The clock in the tower was made in Ulm, and it has been four minutes late for as long as anyone remembers.";
const GOAT: &str = "A goat stood on the roof of the bus and chewed the last of the paper flags with great care and no hurry.";

/// The names of the documents of a JSON report.
fn names(json: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(json).unwrap();
    let documents = report["documents"].as_array().unwrap().iter();
    documents.map(|document| document["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn folders_are_walked() {
    let files = [
        ("b.txt", CLOCK),
        ("a/z.md", GOAT),
        ("a/Deep/x.HTML", GOAT),
        ("a/.hidden.txt", GOAT),
        (".git/config.txt", GOAT),
        ("a/picture.png", "no text"),
        ("a/ignored.txt", GOAT),
        ("build/out.txt", GOAT),
        (".gitignore", "ignored.txt\nbuild/\n"),
        ("c.tmpl", GOAT),
    ];
    let folder = Folder::with("walk", &files);
    let cases: [(&[&str], &[&str]); 9] = [
        (&["."], &["a/Deep/x.HTML", "a/z.md", "b.txt"]),
        (&["a", "b.txt"], &["a/Deep/x.HTML", "a/z.md", "b.txt"]),
        (&["b.txt", "a", "a/z.md", "./b.txt"], &["b.txt", "a/Deep/x.HTML", "a/z.md"]),
        (&["--include", "*.tmpl", "."], &["c.tmpl"]),
        (&["--include", "*.tmpl", "--include", "a/*.md", "."], &["a/z.md", "c.tmpl"]),
        (&["--exclude", "Deep", "."], &["a/z.md", "b.txt"]),
        (&["--exclude", "a/**/*.HTML", "--exclude", "b.*", "."], &["a/z.md"]),
        // What is named is read in any case.
        (&["--exclude", "*.md", "a/z.md", "build/out.txt"], &["a/z.md", "build/out.txt"]),
        (&["a/.hidden.txt"], &["a/.hidden.txt"]),
    ];
    for (arguments, expected) in cases {
        let ran = folder.run(&[&["check", "--format", "json"], arguments].concat());
        assert_ne!(ran.status, 2, "{arguments:?}: {}", ran.stderr);
        assert_eq!(names(&ran.stdout), expected, "{arguments:?}");
    }
    let ran = folder.run(&["check", "--include", "*.xyz", "a"]);
    assert_eq!((ran.status, &*ran.stdout), (2, ""));
    assert!(
        ran.stderr.starts_with("error: a: no text in this folder; files ending in .txt .md "),
        "{}",
        ran.stderr
    );
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_named_and_others_are_read() {
    let folder = Folder::with("links", &[("in/a.txt", CLOCK), ("in/b.txt", GOAT)]);
    std::os::unix::fs::symlink("../in", folder.path().join("in/up")).unwrap();
    std::os::unix::fs::symlink("a.txt", folder.path().join("in/same.txt")).unwrap();
    std::os::unix::fs::symlink("gone.txt", folder.path().join("in/lost.txt")).unwrap();
    let ran = folder.run(&["check", "--format", "json", "in"]);
    assert_eq!((ran.status, names(&ran.stdout)), (2, vec!["in/a.txt".to_owned(), "in/b.txt".to_owned()]));
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with("error: cannot read in/lost.txt: No such file"), "{lines:?}");
    assert!(lines[1].starts_with("error: cannot read in/up"), "{lines:?}");
    assert!(lines[1].contains("it is a link to ") && lines[1].ends_with(", which contains it"), "{lines:?}");

    // Who reads only the report learns of them, too, also if it is rendered later.
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let unread: Vec<&str> = lines.iter().map(|line| line.strip_prefix("error: ").unwrap()).collect();
    assert_eq!(report["unread"], serde_json::json!(unread));
    fs::write(folder.path().join("report.json"), &ran.stdout).unwrap();
    let ran = folder.run(&["render", "report.json", "--format", "github"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let errors = ran.stdout.lines().filter(|line| line.starts_with("::error "));
    assert_eq!(errors.count(), 2, "{}", ran.stdout);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::with("locked", &[("in/a.txt", CLOCK), ("in/locked/b.txt", GOAT)]);
    let locked = folder.path().join("in/locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    // Those who may read everything can read it.
    let readable = fs::read_dir(&locked).is_ok();
    let ran = folder.run(&["check", "--format", "json", "in"]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
    if readable {
        assert_eq!((ran.status, names(&ran.stdout).len()), (0, 2));
    } else {
        assert_eq!((ran.status, names(&ran.stdout)), (2, vec!["in/a.txt".to_owned()]));
        assert!(ran.stderr.starts_with("error: cannot read in/locked: Permission denied"), "{}", ran.stderr);
    }
}

#[test]
fn records_are_documents() {
    let record =
        |fields: &str, text: &str| format!("{{{fields}, \"body\": \"{text}\", \"note\": \"{GOAT}\"}}\n");
    let folder = Folder::new("records");
    let lines = [
        record("\"id\": \"north/1\"", CLOCK),
        "\n".to_owned(),
        record("\"id\": 7", GOAT),
        record("\"id\": 7", CLOCK),
    ];
    folder.write("in.jsonl", lines.concat()).write("a.txt", GOAT);
    let ran = folder.run(&["check", "--format", "json", "in.jsonl", "a.txt"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.stderr, "in.jsonl: 3 records, text from `body`, names from `id`\n");
    assert_eq!(names(&ran.stdout), ["in.jsonl#north/1", "in.jsonl#7", "in.jsonl#7 (line 4)", "a.txt"]);

    // Records without ids are named by their lines, and the field can be named.
    folder.write("in.ndjson", format!("{{\"text\": \"{CLOCK}\", \"m\": {{\"t\": \"{GOAT}\"}}}}\n").repeat(2));
    let ran = folder.run(&["check", "--format", "json", "--text-field", "m.t", "in.ndjson"]);
    assert_eq!(ran.stderr, "in.ndjson: 2 records, text from `m.t`, names from the number of the line\n");
    assert_eq!(names(&ran.stdout), ["in.ndjson#1", "in.ndjson#2"]);
    assert!(ran.stdout.contains("A goat stood") && !ran.stdout.contains("The clock"));
}

#[test]
fn records_that_are_none_are_named_and_the_others_checked() {
    let folder = Folder::new("bad-records");
    folder.write(
        "in.jsonl",
        format!("{{\"text\": \"{CLOCK}\"}}\nbroken\n{{\"text\": 1}}\n{{\"text\": \"{GOAT}\"}}\n"),
    );
    let ran = folder.run(&["check", "--format", "json", "in.jsonl"]);
    assert_eq!((ran.status, names(&ran.stdout)), (2, vec!["in.jsonl#1".to_owned(), "in.jsonl#4".to_owned()]));
    let error = "error: in.jsonl: line 2: this is not JSON; JSON Lines have one whole object a line; expected `{` \
        (and 1 bad line more)\n";
    assert!(ran.stderr.ends_with(error), "{}", ran.stderr);
    folder.write("in.jsonl", "[1]\n");
    let ran = folder.run(&["check", "in.jsonl"]);
    assert_eq!((ran.status, &*ran.stdout), (2, ""));
    assert!(ran.stderr.contains("error: in.jsonl: line 1: an array, not an object; "), "{}", ran.stderr);
    folder.write("packed.txt", b"\xfd7zXZ\0\0\x04\xff").write("in.parquet", "no columns");
    let ran = folder.run(&["check", "packed.txt", "in.parquet"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.starts_with("error: cannot read packed.txt: it looks like xz: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("error: cannot read in.parquet: "), "{}", ran.stderr);
}

#[test]
fn findings_are_grouped_by_file() {
    let files = [
        ("a.txt", &*format!("{CLOCK}\n\n{GOAT}\n\n{CLOCK}\n\n{CLOCK}\n")),
        ("b.txt", "Nothing here.\n"),
        ("c.txt", &*format!("{GOAT}\n")),
    ];
    let folder = Folder::with("grouped", &files);
    let ran = folder.run(&["check", "--notes", "0", "--limit", "1", "."]);
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert_snapshot!(ran.stdout, @"
    a.txt: ok, redundancy 49%: 2 warnings

    warning[exact-duplicate] a.txt:5: 2 copies of the paragraph at line 1
       1 | The clock in the tower was made in Ulm, and it has been four minutes late for as long as...
       = | copies at lines 5 and 7

    b.txt: ok, redundancy 0%

    c.txt: ok, redundancy 0%: 1 warning

    warning[exact-duplicate] c.txt:1: the same words as the paragraph at a.txt:3
       1 | A goat stood on the roof of the bus and chewed the last of the paper flags with great care...

    3 documents, 6 paragraphs (1 too short to compare), highest redundancy 49% in a.txt: 3 warnings, 2 notes (0 shown, 2 more with --notes all, not worth showing)
    ");
}

#[test]
fn limits_say_what_they_leave_out() {
    let copies = format!("{CLOCK}\n\n{GOAT}\n\n").repeat(5);
    let name = |number: usize| format!("{number:03}.txt");
    let folder = Folder::new("limits");
    for number in 0..30 {
        folder.write(&name(number), format!("{copies}{number}"));
    }
    let shown = |output: &str| output.matches("\nwarning[").count();
    let ran = folder.run(&["check", "--verbose", "--notes", "0", "."]);
    // Five of each file, and a hundred in all.
    assert_eq!(shown(&ran.stdout), 100);
    assert!(
        ran.stdout.contains("\nand 4 more warnings of this file; --limit all shows them\n"),
        "{}",
        ran.stdout
    );
    let last = ran.stdout.lines().find(|line| line.starts_with("30 documents")).unwrap();
    assert!(last.contains(" (100 shown, "), "{last}");
    assert!(last.contains(" more with --limit all), "), "{last}");
    for number in 0..30 {
        assert!(ran.stdout.contains(&format!("{}: repetitive, redundancy ", name(number))), "{number}");
    }
    let all = folder.run(&["check", "--verbose", "--notes", "0", "--limit", "all", "."]).stdout;
    let warnings: usize = last.split(": ").last().unwrap().split(' ').next().unwrap().parse().unwrap();
    assert_eq!(shown(&all), warnings);
    assert!(!all.contains("more warning"), "{all}");
    // More of one file.
    let one = folder.run(&["check", "--verbose", "--notes", "0", "000.txt"]).stdout;
    assert_eq!(one.matches("warning[").count(), 9, "{one}");
    let one = folder.run(&["check", "--verbose", "--notes", "0", "--limit", "2", "000.txt"]).stdout;
    assert!(one.contains(": 9 warnings (2 shown, 7 more with --limit all), "), "{one}");
}

#[test]
fn the_exit_status_can_be_chosen() {
    let folder = Folder::new("fail-on");
    folder.write("guide.txt", GUIDE).write("clock.txt", CLOCK);
    let cases: [(&[&str], i32); 12] = [
        (&[], 1),
        (&["--fail-on", "never"], 0),
        (&["--fail-on", "note"], 1),
        (&["--fail-on", "near-duplicate"], 1),
        (&["--fail-on", "contained,boilerplate"], 0),
        (&["--fail-on", "contained", "--fail-on", "said-again"], 1),
        // Notes that are not worth showing do not count.
        (&["--fail-on", "repeated-passage"], 0),
        (&["--fail-on", "never", "--max-redundancy", "0.3"], 1),
        (&["--fail-on", "never", "--max-redundancy", "38%"], 1),
        (&["--fail-on", "never", "--max-redundancy", "39%"], 0),
        (&["--fail-on", "never", "--max-redundancy", "1"], 0),
        (&["--fail-on", "never", "gone.txt"], 2),
    ];
    for (arguments, status) in cases {
        let ran = folder.run(&[&["check", "guide.txt", "clock.txt"], arguments].concat());
        assert_eq!(ran.status, status, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
    }
    let arguments = ["check", "guide.txt", "--max-redundancy", "30%"];
    let line = "guide.txt: redundancy 38%, more than the 30% of max-redundancy\n";
    assert!(folder.run(&arguments).stdout.ends_with(&format!("\n{line}")));
    assert_eq!(folder.run(&[&arguments[..], &["--format", "json"]].concat()).stderr, line);
}
