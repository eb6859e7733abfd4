//! Lines that are not records: the message says where and why, and nothing is written.

use super::*;

#[test]
fn the_first_bad_line_is_named() {
    let folder = Folder::new("bad");
    let good = corpus(&[("1", FERRY)]);
    let cases: [(&[u8], &str); 14] = [
        (
            b"{\"id\": 2, \"text\": \"a\"",
            "line 3, column 21: the object does not end; JSON Lines have one whole object a line; it was probably cut off",
        ),
        (b"{\"id\": 2 \"text\": \"a\"}", "line 3, column 10: expected `,` or `}`"),
        (b"{\"id\": 2, \"text\": \"a\"}}", "line 3, column 23: trailing characters"),
        (
            b"{\"id\": 2, \"body\": \"a\"}",
            "line 3: no field `text`; name the field with the text with --text-field; the fields are `id`, `body`",
        ),
        (
            b"{\"text\": \"a\"}",
            "line 3: no field `id`; name the field with the ids with --id-field, or take the numbers of the \
             lines with `--id-field line`; the only field is `text`",
        ),
        (b"{\"id\": 2, \"text\": null}", "line 3: the field `text` is null, not a string"),
        (b"{\"id\": 2, \"text\": [\"a\"]}", "line 3: the field `text` is an array, not a string"),
        (
            b"{\"id\": true, \"text\": \"a\"}",
            "line 3: the field `id` is a boolean, not a string or a number; `--id-field line` takes the numbers \
             of the lines as ids",
        ),
        (
            b"{\"id\": {}, \"text\": \"a\"}",
            "line 3: the field `id` is an object, not a string or a number; `--id-field line` takes the numbers \
             of the lines as ids",
        ),
        (b"{\"id\": 2, \"text\": \"a\", \"text\": \"b\"}", "line 3: the field `text` occurs twice"),
        (b"{\"id\": 2, \"text\": \"\xe9\"}", "line 3, column 20: invalid UTF-8"),
        (
            b"\"just a string\"",
            "line 3: a string, not an object; JSON Lines have one whole object a line; expected `{`",
        ),
        (b"{\"id\": 2, \"text\": \"\\udc00\"}", "line 3, column 25: lone leading surrogate in hex escape"),
        (
            b"{\"id\": 2, \"text\": \"tab\there\"}",
            "line 3, column 22: control character (\\u0000-\\u001F) found while parsing a string",
        ),
    ];
    for (line, message) in cases {
        let lines = [good.as_bytes(), b"\n", line, b"\n", b"also broken\n", good.as_bytes()].concat();
        folder.write("in.jsonl", lines);
        for command in ["pairs", "clusters", "dedup"] {
            assert_eq!(failure(&folder, &[command, "-o", "out", "in.jsonl"]), format!("in.jsonl: {message}"));
        }
        let ran = folder.run(&["pairs", "--skip-bad", "in.jsonl"]);
        assert_eq!((ran.status, ran.stdout.lines().count()), (0, 1), "{ran:?}");
        let skipped = format!("\nskipped 2 bad lines; the first: in.jsonl: {message}\n");
        assert!(ran.stderr.ends_with(&skipped), "{}", ran.stderr);
    }
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["in.jsonl"]);
}

#[test]
fn a_bad_line_in_the_middle_of_many_is_found() {
    let folder = Folder::new("bad-middle");
    let line =
        |id: u32| format!("{{\"id\": {id}, \"text\": \"some words that make a longer line, {id}\"}}\n");
    let mut lines: String = (1..100_000).map(line).collect();
    lines.push_str("{\"id\": 100000, \"text\"}\n");
    lines.extend((0..20).map(line));
    folder.write("in.jsonl", lines);
    let message = failure(&folder, &["pairs", "in.jsonl"]);
    assert_eq!(message, "in.jsonl: line 100000, column 22: expected `:`");
}

#[test]
fn input_in_another_format_gets_a_hint() {
    let folder = Folder::new("bad-hints");
    folder.write("a", b"\x1f\x8b\x08\0").write("b", b"\x28\xb5\x2f\xfd\xff").write("c", b"\xff\xfe{\0");
    folder.write("d", b"\xfd7zXZ\0\0\x04").write("e", b"BZh91AY&SY").write("f", b"\x04\x22\x4d\x18\x64@\xa7");
    folder.write("g", b"PK\x03\x04\x14\0").write("h", b"PAR1\x15\0");
    for (name, problem) in [
        ("d", "it looks like xz: decompress it first, for example with `xz -dc FILE | refrain … -`"),
        ("e", "it looks like bzip2: decompress it first, for example with `bzip2 -dc FILE | refrain … -`"),
        ("f", "it looks like LZ4: decompress it first, for example with `lz4 -dc FILE | refrain … -`"),
        ("g", "it looks like a ZIP archive: unpack it first, for example with `unzip -p FILE | refrain … -`"),
        ("h", "it looks like Parquet: use a file whose name ends in .parquet"),
        ("a", "it looks like gzip: rename it to end in .gz, or decompress it first"),
        ("b", "it looks like Zstandard: rename it to end in .zst, or decompress it first"),
        ("c", "it looks like UTF-16; expected UTF-8"),
    ] {
        for options in [&[][..], &["--skip-bad"]] {
            let message = failure(&folder, &[&["pairs", name], options].concat());
            assert_eq!(message, format!("cannot read {name}: {problem}"));
            let bytes = std::fs::read(folder.path().join(name)).unwrap();
            let ran = folder.run_on(&[&["dedup", "-"], options].concat(), &bytes);
            assert_eq!((ran.status, &*ran.stdout), (2, ""));
            assert_eq!(ran.stderr, format!("error: cannot read <stdin>: {problem}\n"));
        }
    }
    folder.write("table.csv", "id,text\n1,a\n");
    assert_eq!(
        failure(&folder, &["pairs", "table.csv"]),
        "cannot read table.csv: it is CSV: make JSON Lines of it first, for example with `mlr --icsv --ojsonl \
         cat`"
    );
    assert!(failure(&folder, &["pairs", "."]).contains("it is a directory"));
    assert!(
        failure(&folder, &["pairs", "missing.jsonl"]).starts_with("cannot read missing.jsonl: No such file")
    );
    assert_eq!(
        failure(&folder, &["pairs", "--threads", "0", "a"]),
        "--threads must be at least 1 and at most 1024, got 0"
    );
    assert!(failure(&folder, &["pairs", "--threshold", "2", "a"]).starts_with("--threshold must be"));
    folder.write("long", quoted(&"so long ".repeat(1000)));
    assert!(failure(&folder, &["pairs", "long"]).len() < 200);
}

#[test]
fn json_that_is_not_lines_is_named() {
    let folder = Folder::new("bad-json");
    let record = |id: u32| format!("{{\n  \"id\": {id},\n  \"text\": {}\n}}", quoted(FERRY));
    let cases = [
        (format!("[{}]", corpus(&[("1", FERRY)]).trim_end()), "line 1: an array, not an object;"),
        (format!("\n[\n{},\n{}\n]\n", record(1), record(2)), "line 2: an array, not an object;"),
        (record(1), "line 1, column 1: the object goes on in the next line;"),
        ("[]".to_owned(), "line 1: an array, not an object;"),
        ("]\n".to_owned(), "line 1: no object begins here;"),
        ("id,text\n1,a\n".to_owned(), "line 1: this is not JSON;"),
    ];
    for (content, start) in cases {
        let message = failure(folder.write("in.json", &content), &["pairs", "in.json"]);
        let rest = message.strip_prefix(&format!("in.json: {start}")).unwrap_or_else(|| panic!("{message}"));
        assert!(rest.starts_with(" JSON Lines have one whole object a line; "), "{message}");
    }
}

#[test]
fn duplicate_ids_are_a_warning() {
    let folder = Folder::new("bad-ids");
    folder.write(
        "in.jsonl",
        corpus(&[("1", FERRY), ("\"x\"", SOUP), ("\"x\"", FERRY), ("1", SOUP), ("2", "Z")]),
    );
    let ran = folder.run(&["pairs", "--quiet", "in.jsonl"]);
    assert_eq!((ran.status, ran.stdout.lines().count()), (0, 2));
    assert_eq!(
        ran.stderr,
        "warning: in.jsonl: 2 records repeat the id of an earlier record; the first such id is \"x\"\n"
    );
}

#[test]
fn deep_and_long_records_are_handled() {
    let folder = Folder::new("bad-deep");
    let deep =
        format!("{{\"id\":1,\"deep\":{}{},\"text\":\"{SOUP}\"}}\n", "[".repeat(200_000), "]".repeat(200_000));
    let long = corpus(&[("2", &format!("{}\n\n{SOUP}", "many words ".repeat(1_000_000) + "more"))]);
    folder.write("in.jsonl", format!("{deep}{long}"));
    assert_eq!(done(&folder.run(&["pairs", "in.jsonl"])).len(), 1);
    let ran = folder.run(&[&["dedup", "in.jsonl"], &ALIKE[..]].concat());
    // Not `assert_eq`: a failure would print megabytes.
    assert!(ran.stdout == format!("{deep}{}", long.replace(&format!("\\n\\n{SOUP}"), "")));
}
