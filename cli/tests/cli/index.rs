//! `refrain index`: what was published before.

use serde_json::{Value, json};

use crate::run::{Folder, GUIDE};

const NEW: &str = "\
A new page begins with words of its own.

The lighthouse keeper climbs the iron stairs every evening before nightfall and trims the lamp by hand.

It quotes: provided that they bring sturdy shoes and leave their dogs below. A boat calls at the pier twice a week; when the wind is from the north it does not call, they say.
";

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder
        .write("guide.txt", GUIDE)
        .write("new.txt", NEW)
        .write("own.txt", "Nothing here was ever said before.");
    folder
}

fn lines(stdout: &str) -> Vec<Value> {
    stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn documents_are_added_checked_listed_and_removed() {
    let folder = folder("index");
    let ran = folder.run(&["index", "create", "a.index"]);
    assert_eq!((ran.status, &*ran.stdout, &*ran.stderr), (0, "", ""));
    let metadata = r#"{"date": "2024-05-06"}"#;
    let ran = folder.run(&["index", "add", "--metadata", metadata, "a.index", "guide.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (0, "1 document added\n"));

    let ran = folder.run(&["index", "check", "a.index", "new.txt", "own.txt"]);
    assert_eq!(ran.status, 1);
    let expected = "\
new.txt: 51 of 61 words published before (83%), in 1 document
  guide.txt  {\"date\":\"2024-05-06\"}
";
    assert!(ran.stdout.starts_with(expected), "{}", ran.stdout);
    assert!(ran.stdout.contains("    new.txt:3:1: warning: "), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("[near-duplicate], there 1:1\n      “The lighthouse keeper climbs"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.ends_with("own.txt: not published before\n"), "{}", ran.stdout);

    let ran = folder.run(&["index", "check", "--format", "json", "a.index", "new.txt", "own.txt"]);
    let [new, own] = &lines(&ran.stdout)[..] else { panic!("{}", ran.stdout) };
    assert_eq!(
        (&new["name"], &new["matches"][0]["stored"]["name"]),
        (&json!("new.txt"), &json!("guide.txt"))
    );
    assert_eq!(new["matches"][0]["runs"][0]["words"], 28);
    assert_eq!(own["matches"], json!([]));
    // Nothing was published before that day.
    let ran = folder.run(&["index", "check", "--before", "date=2024-05-06", "a.index", "new.txt"]);
    assert_eq!((ran.status, &*ran.stdout), (0, "new.txt: not published before\n"));

    let ran = folder.run(&["index", "check", "--add", "a.index", "own.txt"]);
    assert_eq!(ran.status, 0);
    let ran = folder.run(&["index", "list", "a.index"]);
    assert_eq!(ran.stdout, "guide.txt  {\"date\":\"2024-05-06\"}\nown.txt\n");
    let ran = folder.run(&["index", "list", "--format", "json", "a.index"]);
    assert_eq!(lines(&ran.stdout)[1]["tokens"], 6);
    let ran = folder.run(&["index", "stats", "--format", "json", "a.index"]);
    assert_eq!(lines(&ran.stdout)[0]["stats"]["documents"], 2);
    let ran = folder.run(&["index", "verify", "a.index"]);
    assert!(ran.stdout.starts_with("sound: 2 documents, "), "{}", ran.stdout);

    let ran = folder.run(&["index", "add", "a.index", "guide.txt"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("a document named guide.txt is stored already"), "{}", ran.stderr);
    assert_eq!(folder.run(&["index", "add", "--replace", "a.index", "guide.txt"]).status, 0);
    let ran = folder.run(&["index", "remove", "a.index", "guide.txt", "nobody.txt"]);
    assert_eq!(ran.status, 2);
    assert_eq!(ran.stderr, "error: there is no document nobody.txt in the index\n1 document removed\n");
    assert_eq!(folder.run(&["index", "compact", "a.index"]).status, 0);
    assert_eq!(folder.run(&["index", "check", "a.index", "new.txt"]).status, 0);
}

#[test]
fn check_reports_both() {
    let folder = folder("index-check");
    folder.run(&["index", "create", "--guarantee", "8", "--no-texts", "hashes.index"]);
    folder.run(&["index", "create", "a.index"]);
    for index in ["a.index", "hashes.index"] {
        assert_eq!(folder.run(&["index", "add", index, "guide.txt"]).status, 0);
    }
    // What is stored under the name of the file is the file.
    let ran = folder.run(&["check", "--index", "a.index", "guide.txt"]);
    assert!(ran.stdout.ends_with("\nguide.txt: not published before\n"), "{}", ran.stdout);
    assert_eq!(folder.run(&["check", "own.txt"]).status, 0);
    assert_eq!(folder.run(&["check", "--index", "a.index", "own.txt"]).status, 0);
    let ran = folder.run(&["check", "--index", "a.index", "new.txt"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("\nnew.txt: 51 of 61 words published before"), "{}", ran.stdout);
    let ran = folder.run(&["check", "--index", "hashes.index", "--format", "json", "new.txt"]);
    let report = &lines(&ran.stdout)[0];
    assert_eq!(report["schema"], "refrain.report/1");
    assert_eq!(report["index"][0]["matches"][0]["stored"]["name"], "guide.txt");
    let ran = folder.run(&["check", "--format", "json", "new.txt"]);
    assert_eq!(lines(&ran.stdout)[0].get("index"), None);
}

/// Two copies of one text, the later one stored first.
fn dated_records() -> String {
    let text =
        "The lighthouse keeper climbs the iron stairs every evening before nightfall and trims the lamp.";
    let record = |id: &str, date: &str| json!({"id": id, "text": text, "date": date, "meta": {"url": id}, "none": null});
    format!("{}\n{}\n", record("late", "2024-06-01"), record("early", "2024-05-01"))
}

#[test]
fn fields_of_records_are_kept_and_say_what_is_older() {
    let folder = Folder::new("index-metadata");
    folder.write("in.jsonl", dated_records());
    let metadata_of = |index: &str| -> Vec<Value> {
        let ran = folder.run(&["index", "list", "--format", "json", index]);
        lines(&ran.stdout).into_iter().map(|mut stored| stored["metadata"].take()).collect()
    };
    for (fields, expected) in [
        ("date,meta.url", json!({"date": "2024-06-01", "meta.url": "late", "by": 1})),
        ("*", json!({"date": "2024-06-01", "meta": {"url": "late"}, "by": 1})),
    ] {
        let _ = std::fs::remove_file(folder.path().join("a.index"));
        folder.run(&["index", "create", "a.index"]);
        let given = r#"{"by": 1, "date": "never"}"#;
        let ran = folder.run(&[
            "index",
            "add",
            "a.index",
            "in.jsonl",
            "--metadata-fields",
            fields,
            "--metadata",
            given,
        ]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert_eq!(metadata_of("a.index")[0], expected);
    }

    let found = |arguments: &[&str]| -> Vec<Vec<String>> {
        let ran =
            folder.run(&[&["index", "check", "--format", "json", "a.index", "in.jsonl"], arguments].concat());
        assert!(ran.status < 2, "{}", ran.stderr);
        let names = |report: &Value| {
            let matches = report["matches"].as_array().unwrap().iter();
            matches.map(|found| found["stored"]["name"].as_str().unwrap().to_owned()).collect()
        };
        lines(&ran.stdout).iter().map(names).collect()
    };
    // The older is the source of the later, whichever was stored first.
    assert_eq!(found(&["--before", "date"]), [vec!["in.jsonl#early".to_owned()], vec![]]);
    assert_eq!(found(&["--before", "meta.url"]), [vec!["in.jsonl#early".to_owned()], vec![]]);
    assert_eq!(found(&["--before-document", "in.jsonl#early"]), [vec![], vec!["in.jsonl#late".to_owned()]]);
    assert_eq!(found(&["--before", "date=2024-05-20"]), [vec!["in.jsonl#early".to_owned()], vec![]]);
    // Without a value that can be compared, it is said.
    let ran = folder.run(&["index", "check", "a.index", "in.jsonl", "--before", "date=2025"]);
    let expected = "in.jsonl#late: not published before\n  left out: 1 document without a value that --before can compare\n";
    assert!(ran.stdout.starts_with(expected), "{}", ran.stdout);
    let expected = "\nwarning: 2 checks left out stored documents that have no number in the field `date`; --before \
                    date='\"2025\"' compares with a text\n";
    assert!(ran.stderr.ends_with(expected), "{}", ran.stderr);
    assert_eq!(found(&["--before", "date=\"2025\""]).concat().len(), 2);
    let ran = folder.run(&["index", "check", "a.index", "in.jsonl", "--before", "by=x"]);
    assert!(
        ran.stderr
            .ends_with("\nwarning: 2 checks left out stored documents that have no text in the field `by`\n"),
        "{}",
        ran.stderr
    );
    let ran = folder.run(&["index", "check", "a.index", "in.jsonl", "--before", "date"]);
    assert!(!ran.stderr.contains("warning"), "{}", ran.stderr);
    // A path leads into an object as it does in what is stored.
    folder.write("same.txt", "Some words.");
    let ran = folder.run(&[
        "index",
        "check",
        "a.index",
        "same.txt",
        "--before",
        "a.b.c",
        "--metadata",
        r#"{"a": {"b.c": 1}}"#,
    ]);
    assert_eq!((ran.status, &*ran.stderr), (0, ""));

    // The date that is compared is kept with what is added.
    folder.run(&["index", "create", "b.index"]);
    let ran = folder.run(&["index", "check", "--add", "b.index", "in.jsonl", "--before", "date"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(metadata_of("b.index"), [json!({"date": "2024-06-01"}), json!({"date": "2024-05-01"})]);
}

/// A file is read in pieces of 2 MiB, and 32 MiB are added at once.
#[test]
fn large_files_are_added_in_parts() {
    let folder = Folder::new("index-parts");
    let long = |words: &str, count: usize| words.repeat(count);
    let mut records = String::new();
    for number in 0..36 {
        let url = if number == 35 { r#""url": "/last", "# } else { "" };
        // No words, so that there is little to hash.
        let text = format!("Part {number} of it. {}", long("- ", 500_000));
        records += &format!("{{{url}\"id\": {number}, \"text\": \"{text}\"}}\n");
    }
    folder.write("in.jsonl", &records);
    folder.write("end.txt", "This stands at the end of all.");
    folder.run(&["index", "create", "a.index"]);
    let ran = folder.run(&["index", "add", "a.index", "in.jsonl", "end.txt", "--metadata-fields", "url"]);
    let taken = "in.jsonl: 36 records, text from `text`, names from `id`\n37 documents added\n";
    assert_eq!((ran.status, &*ran.stderr), (0, taken));
    let listed = folder.run(&["index", "list", "a.index", "--format", "json"]).stdout;
    let listed = lines(&listed);
    assert_eq!(listed.len(), 37);
    assert_eq!((&listed[0]["name"], &listed[0]["metadata"]), (&json!("in.jsonl#0"), &Value::Null));
    assert_eq!(
        (&listed[35]["name"], &listed[35]["metadata"]),
        (&json!("in.jsonl#35"), &json!({"url": "/last"}))
    );
    assert_eq!(listed[36]["name"], "end.txt");
    // Added twice, the first name is told.
    let ran = folder.run(&["index", "add", "a.index", "in.jsonl"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("in.jsonl#0 is stored already"), "{}", ran.stderr);
}

/// A stream is read more than once: to find the fields, and for its texts.
#[cfg(unix)]
#[test]
fn all_records_of_a_stream_are_added() {
    let folder = Folder::new("index-stream");
    let records: String = (0..7)
        .map(|number| {
            let text = format!("Part {number} of it. {}", "- ".repeat(500_000));
            format!("{{\"id\": {number}, \"url\": \"/{number}\", \"text\": \"{text}\"}}\n")
        })
        .collect();
    let stream = folder.path().join("in.jsonl");
    assert!(std::process::Command::new("mkfifo").arg(&stream).status().unwrap().success());
    folder.run(&["index", "create", "a.index"]);
    let ran = std::thread::scope(|scope| {
        scope.spawn(|| std::fs::write(&stream, records));
        folder.run(&["index", "add", "a.index", "in.jsonl", "--metadata-fields", "url"])
    });
    assert!(ran.stderr.ends_with("7 documents added\n"), "{}", ran.stderr);
}

#[test]
fn fields_that_no_record_has_are_named() {
    let folder = Folder::new("index-no-field");
    folder.write("in.jsonl", dated_records());
    folder.run(&["index", "create", "a.index"]);
    let ran = folder.run(&["index", "add", "a.index", "in.jsonl", "--metadata-fields", "date,dat"]);
    assert_eq!(ran.status, 2);
    assert_eq!(
        ran.stderr.lines().next().unwrap(),
        "error: in.jsonl: no record has a field `dat` to keep; in the first, the fields are `date`, `id`, `meta.url`, \
         `none`, `text`"
    );
    assert_eq!(folder.run(&["index", "list", "a.index"]).stdout, "");
    let ran = folder.run(&[
        "index",
        "add",
        "a.index",
        "in.jsonl",
        "--metadata-fields",
        "date",
        "--metadata",
        "[1]",
    ]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("error: --metadata must be an object if"), "{}", ran.stderr);
}

#[test]
fn what_is_wrong_is_named() {
    let folder = folder("index-errors");
    folder.run(&["index", "create", "a.index"]);
    for (arguments, problem) in [
        (&["index", "create", "a.index"][..], "error: a.index: there is a file already"),
        (
            &["index", "create", "--guarantee", "3", "b.index"],
            "error: b.index: guarantee must be 4 to 64 words, got 3",
        ),
        (
            &["index", "create", "."],
            "error: .: it is a folder; an index is a file, so give the path of a new file",
        ),
        (&["index", "stats", "."], "error: .: it is a folder; an index is a file"),
        (&["index", "check", "missing.index", "new.txt"], "error: missing.index: "),
        (&["index", "check", "guide.txt", "new.txt"], "error: guide.txt: it is not an index"),
        (&["check", "--index", "guide.txt", "new.txt"], "error: guide.txt: it is not an index"),
        (
            &["index", "add", "--metadata", "{", "a.index", "new.txt"],
            "error: invalid value '{' for '--metadata",
        ),
        (
            &["index", "check", "--before", "=5", "a.index", "new.txt"],
            "error: invalid value '=5' for '--before",
        ),
        (
            &["index", "check", "--before", "date", "a.index", "new.txt"],
            "error: new.txt: it has no field `date`; give one with --metadata",
        ),
        (
            &["index", "check", "--max-matches", "0", "a.index", "new.txt"],
            "error: invalid value '0' for '--max-matches <N>': expected a whole number, 1 or more",
        ),
        (
            &["index", "check", "--before-document", "a.txt", "a.index", "new.txt"],
            "error: --before-document: there is no document a.txt in the index",
        ),
    ] {
        let ran = folder.run(arguments);
        assert_eq!(ran.status, 2, "{arguments:?}");
        assert!(ran.stderr.starts_with(problem), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn standard_input_has_the_name_that_is_given() {
    let folder = folder("index-stdin");
    folder.run(&["index", "create", "a.index"]);
    let ran = folder.run_on(&["index", "add", "a.index"], GUIDE.as_bytes());
    assert_eq!((ran.status, &*ran.stderr), (0, "1 document added\n"));
    // What is stored as <stdin> may be any document.
    for command in [&["index", "check", "a.index"][..], &["check", "--index", "a.index"]] {
        let ran = folder.run_on(command, NEW.as_bytes());
        assert!(ran.stdout.contains("<stdin>: 51 of 61 words published before"), "{}", ran.stdout);
    }
    let ran = folder.run_on(&["index", "add", "a.index", "-", "own.txt"], NEW.as_bytes());
    assert_eq!(ran.status, 2);
    assert_eq!(
        ran.stderr,
        "error: a document named <stdin> is stored already; give this one a name with --name, or replace that one with \
         --replace\n"
    );
    let ran = folder.run_on(&["index", "check", "--add", "a.index"], NEW.as_bytes());
    assert_eq!((ran.status, &*ran.stdout), (2, ""));
    assert!(ran.stderr.ends_with("give this one a name with --name\n"), "{}", ran.stderr);

    let ran = folder.run_on(&["index", "add", "--name", "new", "a.index", "own.txt", "-"], NEW.as_bytes());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(folder.run(&["index", "list", "a.index"]).stdout, "<stdin>\nown.txt\nnew\n");
    // An earlier version has the same name.
    folder.run(&["index", "remove", "a.index", "<stdin>"]);
    let ran = folder.run_on(&["index", "check", "--name", "new", "a.index"], NEW.as_bytes());
    assert_eq!((ran.status, &*ran.stdout), (0, "new: not published before\n"));
    for action in ["add", "check"] {
        let ran = folder.run(&["index", action, "--name", "new", "a.index", "guide.txt"]);
        assert_eq!((ran.status, &*ran.stdout), (2, ""));
        assert!(
            ran.stderr.starts_with("error: --name is for standard input, which is not read"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn a_run_that_was_broken_off_is_resumed() {
    let folder = folder("index-resume");
    // So many paragraphs are committed before the next document is looked at.
    folder.write("long.txt", "Word.\n\n".repeat(10_000)).write("other.txt", "This is another.");
    folder.run(&["index", "create", "a.index"]);
    folder.run(&["index", "add", "a.index", "guide.txt"]);
    let add = ["index", "add", "a.index", "long.txt", "guide.txt", "own.txt"];
    let ran = folder.run(&add);
    assert_eq!(ran.status, 2);
    let expected = "a document named guide.txt is stored already; replace it, or give another name; --skip-stored leaves \
                    out what is stored; committed before: 1 document\n";
    assert!(ran.stderr.ends_with(expected), "{}", ran.stderr);
    let ran = folder.run(&[&add[..], &["--skip-stored"]].concat());
    let expected = "1 document added\n2 documents skipped, as stored already\n";
    assert_eq!((ran.status, &*ran.stderr), (0, expected));
    assert_eq!(folder.run(&["index", "list", "a.index"]).stdout, "guide.txt\nlong.txt\nown.txt\n");

    // `guide.txt` would be found in `new.txt`, which is skipped.
    folder.run(&["index", "add", "a.index", "new.txt"]);
    let check = ["index", "check", "--add", "a.index", "new.txt", "other.txt"];
    let ran = folder.run(&check);
    assert_eq!((ran.status, &*ran.stdout), (2, ""));
    assert!(ran.stderr.ends_with("; --skip-stored leaves out what is stored\n"), "{}", ran.stderr);
    let ran = folder.run(&[&check[..], &["--skip-stored"]].concat());
    assert_eq!((ran.status, &*ran.stdout), (0, "other.txt: not published before\n"));
    assert_eq!(ran.stderr, "1 document skipped, as stored already\n");

    let conflict = folder.run(&[&add[..], &["--skip-stored", "--replace"]].concat());
    assert_eq!(conflict.status, 2);
    assert!(conflict.stderr.contains("cannot be used with"), "{}", conflict.stderr);
    let ran = folder.run(&["index", "check", "--skip-stored", "a.index", "other.txt"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("--add"), "{}", ran.stderr);
}

#[test]
fn formats_that_leave_out_what_was_published_are_refused() {
    let folder = folder("index-formats");
    folder.run(&["index", "create", "a.index"]);
    for format in ["lines", "github", "csv", "csv-documents", "markdown", "junit", "sarif", "html"] {
        let expected = format!("error: --index is shown by the formats text and json only, got {format}\n");
        let output = format!("{format}:out");
        for option in [["--format", format], ["--output", &*output]] {
            let ran = folder.run(&[&["check", "--index", "a.index", "own.txt"], &option[..]].concat());
            assert_eq!((ran.status, &*ran.stdout, &*ran.stderr), (2, "", &*expected));
        }
        assert_eq!(folder.run(&["check", "own.txt", "--format", format]).status, 0);
    }
    let ran = folder.run(&["check", "--index", "a.index", "own.txt", "--output", "json:out"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(folder.read("out").contains("\"index\":"), "{}", folder.read("out"));
}

#[test]
fn check_shows_what_was_published_as_its_options_say() {
    let folder = folder("index-options");
    // Seven places: runs of words that stand apart.
    let sentences: Vec<String> = ["brown", "grey", "white", "black", "green", "yellow", "violet"]
        .iter()
        .enumerate()
        .map(|(number, color)| {
            let words: Vec<String> = (0..16).map(|word| format!("{color}{number}x{word}")).collect();
            format!("“{}”", words.join(" "))
        })
        .collect();
    folder.write("old.txt", sentences.join("\n\n"));
    let own = |number: usize| (0..40).map(|word| format!("own{number}y{word} ")).collect::<String>();
    let pieces: Vec<String> =
        sentences.iter().enumerate().map(|(i, text)| own(i) + text + " " + &own(i + 50)).collect();
    folder.write("draft.txt", pieces.join("\n\n"));
    folder.run(&["index", "create", "a.index"]);
    folder.run(&["index", "add", "a.index", "old.txt"]);
    let check =
        |options: &[&str]| folder.run(&[&["check", "--index", "a.index", "draft.txt"], options].concat());
    let ran = check(&[]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.ends_with("    and 2 more places\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains(['“', '…']), "{}", ran.stdout);
    let ran = check(&["--verbose"]);
    assert!(!ran.stdout.contains("more place"), "{}", ran.stdout);
    assert_eq!(ran.stdout.matches(", there ").count(), 7, "{}", ran.stdout);
    let ran = check(&["--ascii"]);
    assert!(ran.stdout.is_ascii() && ran.stdout.contains("\n      \""), "{}", ran.stdout);

    // It counts as a warning.
    for (fail_on, status) in
        [("never", 0), ("warning", 1), ("note", 1), ("exact-duplicate", 0), ("exact-duplicate,warning", 1)]
    {
        assert_eq!(check(&["--fail-on", fail_on]).status, status, "{fail_on}");
    }
}

#[test]
fn damage_is_told_without_a_panic() {
    let folder = folder("index-flips");
    folder.run(&["index", "create", "a.index"]);
    folder.run(&["index", "add", "a.index", "guide.txt", "new.txt"]);
    let bytes = std::fs::read(folder.path().join("a.index")).unwrap();
    // The store keeps what a page holds and where in its first bytes.
    let used = (1..bytes.len() / 4096).map(|page| page * 4096).filter(|&at| bytes[at] != 0);
    let mut damaged = 0;
    for (at, bit) in used.flat_map(|page| (0..4).map(move |byte| (page + byte, byte))) {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << bit;
        std::fs::write(folder.path().join("b.index"), changed).unwrap();
        let ran = folder.run(&["index", "verify", "b.index"]);
        assert!(!ran.stderr.contains("panicked"), "{at}: {}", ran.stderr);
        damaged += usize::from(ran.status == 2);
    }
    assert!(damaged > 20, "{damaged}");
}

#[test]
fn a_damaged_index_is_no_problem_of_the_output() {
    let folder = folder("index-damaged");
    folder.run(&["index", "create", "a.index"]);
    folder.run(&["index", "add", "a.index", "own.txt"]);
    let metadata = r#"{"date": "2024-05-06"}"#;
    folder.run(&["index", "add", "--metadata", metadata, "a.index", "guide.txt"]);
    let path = folder.path().join("a.index");
    let mut bytes = std::fs::read(&path).unwrap();
    let places: Vec<usize> =
        (0..bytes.len()).filter(|&at| bytes[at..].starts_with(br#""2024-05-06""#)).collect();
    assert!(!places.is_empty());
    places.into_iter().for_each(|at| bytes[at + 1] = b'3');
    std::fs::write(&path, bytes).unwrap();
    let ran = folder.run(&["index", "list", "a.index"]);
    assert_eq!((ran.status, &*ran.stdout), (2, "own.txt\n"));
    assert!(ran.stderr.starts_with("error: a.index: the index is damaged: "), "{}", ran.stderr);
}

#[test]
fn an_index_is_a_file() {
    let folder = folder("index-file");
    for arguments in [
        &["index", "create"][..],
        &["index", "add"],
        &["index", "check"],
        &["index", "remove"],
        &["index", "list"],
        &["index", "stats"],
        &["index", "verify"],
        &["index", "compact"],
        &["check", "--index"],
    ] {
        for name in ["-", ""] {
            let ran = folder.run(&[arguments, &[name]].concat());
            assert_eq!((ran.status, &*ran.stdout), (2, ""), "{arguments:?}");
            let expected = format!("error: invalid value '{name}' for '");
            assert!(ran.stderr.starts_with(&expected), "{arguments:?}: {}", ran.stderr);
            let expected =
                "expected a file name, such as published.index; it is never standard input or output";
            assert!(ran.stderr.contains(expected), "{arguments:?}: {}", ran.stderr);
        }
    }
    assert!(!folder.path().join("-").exists());
}

#[test]
fn names_are_removed_as_json_gives_them() {
    let folder = folder("index-control");
    folder.run(&["index", "create", "a.index"]);
    let ran = folder.run_on(&["index", "add", "--name", "a\tb\u{1b}c", "a.index"], GUIDE.as_bytes());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let listed = folder.run(&["index", "list", "a.index"]).stdout;
    assert_eq!(folder.run(&["index", "remove", "a.index", listed.trim_end()]).status, 2);
    let name =
        lines(&folder.run(&["index", "list", "--format", "json", "a.index"]).stdout)[0]["name"].clone();
    assert_eq!(folder.run(&["index", "remove", "a.index", name.as_str().unwrap()]).status, 0);
    let help = folder.run(&["index", "remove", "--help"]).stdout;
    assert!(help.contains("`list --format json`"), "{help}");
}
