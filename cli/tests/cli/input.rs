//! Reading texts, errors of reading, and the exit status.

use std::io::Read as _;
use std::process::Stdio;

use crate::run::{Folder, GUIDE, command};

#[test]
fn texts_without_words_are_accepted() {
    let folder = Folder::new("wordless");
    let cases: [(&str, &[u8]); 6] = [
        ("nothing", b""),
        ("white space", b" \n\t\r\n\n"),
        ("byte order mark", b"\xef\xbb\xbf"),
        ("nuls", b"\0\0\0\n\n\0"),
        ("punctuation", b"?!... --- !!!\n\n?!... --- !!!\n"),
        ("line ends", b"\r\r\n\n\xe2\x80\xa9\x0c"),
    ];
    for (name, text) in cases {
        let ran = folder.write(name, text).run(&["check", name]);
        assert_eq!((ran.status, &*ran.stderr), (0, ""), "{name}");
        assert!(ran.stdout.ends_with(": nothing repeats\n"), "{}", ran.stdout);
    }
}

#[test]
fn standard_input_is_read_by_default_and_for_a_dash() {
    let folder = Folder::new("stdin");
    folder.write("file.txt", GUIDE);
    for arguments in [&["check"][..], &["check", "-"], &["check", "-", "file.txt"]] {
        let ran = folder.run_on(arguments, GUIDE.as_bytes());
        assert_eq!((ran.status, &*ran.stderr), (1, ""), "{arguments:?}");
        assert!(ran.stdout.contains("[near-duplicate] <stdin>:7: "), "{arguments:?}: {}", ran.stdout);
    }
    let ran = folder.run_on(&["check", "-", "-"], GUIDE.as_bytes());
    assert_eq!((ran.status, &*ran.stdout), (2, ""));
    assert_eq!(ran.stderr, "error: `-` is given more than once, but standard input can be read only once\n");
}

#[test]
fn a_byte_order_mark_is_ignored() {
    let ran = Folder::new("bom").run_on(&["check"], format!("\u{feff}{GUIDE}").as_bytes());
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert!(!ran.stdout.contains('\u{feff}'));
}

#[test]
fn a_file_given_twice_is_checked_once() {
    let folder = Folder::new("twice");
    let text =
        "A goat stood on the roof of the bus and chewed the last of the paper flags with great care.\n";
    let ran = folder.write("a.txt", text).run(&["check", "a.txt", "./a.txt", "."]);
    assert_eq!((ran.status, &*ran.stderr), (0, ""));
    assert_eq!(ran.stdout, "1 paragraph, ok, redundancy 0%: nothing repeats\n");
}

#[test]
fn unreadable_files_are_named_and_the_others_reported() {
    let folder = Folder::new("bad");
    folder.write("good.txt", GUIDE).write("latin1.txt", b"caf\xe9\n").write("wide.txt", b"\xff\xfea\0");
    let ran = folder.run(&["check", "gone.txt", "latin1.txt", "good.txt", "wide.txt"]);
    assert_eq!(ran.status, 2);
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert!(lines[0].starts_with("error: cannot read gone.txt: "), "{}", lines[0]);
    assert_eq!(
        lines[1..],
        [
            "error: cannot read latin1.txt: invalid UTF-8 at byte offset 3",
            "error: cannot read wide.txt: invalid UTF-8 at byte offset 0 (it looks like UTF-16)",
        ]
    );
    assert!(ran.stdout.contains("[near-duplicate] good.txt:7: "), "{}", ran.stdout);

    let ran = folder.run(&["check", "--format", "json", "gone.txt"]);
    assert_eq!((ran.status, &*ran.stdout), (2, ""));
}

#[test]
fn errors_of_options_say_what_is_accepted() {
    let folder = Folder::new("options");
    let threshold = "--threshold must be greater than 0 and at most 1, got ";
    let cases = [
        (&["--threshold", "1.5"][..], format!("{threshold}1.5")),
        (&["--threshold", "0"], format!("{threshold}0")),
        (&["--threshold", "-1"], format!("{threshold}-1")),
        (&["--threshold", "nan"], "'nan' for '--threshold <T>': expected a number, such as 0.5".into()),
        (&["--threshold", "half"], "'half' for '--threshold <T>': expected a number, such as 0.5".into()),
        (&["--shingle", "lines:3"], "shingle must be words:N or chars:N with N at least 1".into()),
        (&["--min-passage-tokens", "0"], "--min-passage-tokens must be at least 1, got 0".into()),
        (&["--min-paragraph-tokens", "few"], "expected a whole number, such as 4".into()),
        (&["--threads", "0"], "--threads must be at least 1 and at most 1024, got 0".into()),
        (&["--limit", "some"], "expected a whole number or `all`".into()),
        (&["--fail-on", "warnin"], "`warnin` is no level and no rule; did you mean `warning`?".into()),
        (&["--fail-on", "never,note"], "error: --fail-on: `never` stands alone".into()),
        (&["--max-redundancy", "3"], "expected a share from 0 to 1, such as 0.3".into()),
        (&["--update-baseline"], "--baseline <FILE>".into()),
        (&["--include", "a{"], "--include: `a{` is not a glob".into()),
        (&["--config", "a.toml", "--no-config"], "cannot be used with '--no-config'".into()),
        (&["--config", "a.toml"], "error: cannot read a.toml: No such file".into()),
        (
            &["--baseline", "a.jsonl"],
            "error: cannot read a.jsonl: there is no such file; --update-baseline".into(),
        ),
        (&["--notes", "some"], "expected a whole number or `all`".into()),
        (&["--format", "xml"], "[possible values: text, json, ".into()),
    ];
    for (arguments, message) in cases {
        let ran = folder.run(&[&["check"], arguments].concat());
        assert_eq!((ran.status, &*ran.stdout), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains(&message), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn help_and_version_succeed() {
    let folder = Folder::new("help");
    for arguments in [&["--help"][..], &["check", "--help"], &["--version"]] {
        let ran = folder.run(arguments);
        assert_eq!((ran.status, &*ran.stderr), (0, ""), "{arguments:?}");
    }
    assert!(folder.run(&["check", "--help"]).stdout.contains("Exit status:"));
    assert_eq!(folder.run(&[]).status, 2);
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    let folder = Folder::new("pipe");
    // More than a pipe holds, so that the command is still writing when the reader closes it.
    folder.write("long.txt", "Once more the ferry sails past the old stone pier.\n\n".repeat(3000));
    for format in ["text", "json"] {
        let mut child = command()
            .args(["check", "long.txt", "--format", format])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut start = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut start).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), &*output.stderr), (Some(1), &b""[..]), "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_an_error() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = command().arg("check").stdin(Stdio::null()).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.starts_with("error: cannot write to standard output: "), "{stderr}");
}
