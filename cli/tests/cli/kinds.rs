//! Kinds of input: what is read of Markdown, HTML and subtitles, and how it is said.

use crate::run::Folder;

const LONG: &str = "The **ferry** leaves the north pier at nine and comes back before the [lamps](https://example.org/lamps) are lit.";

/// Rule, line and shown or not, of all findings on whole paragraphs.
fn found(json: &str) -> Vec<(String, u64, bool)> {
    let report: serde_json::Value = serde_json::from_str(json).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let findings = findings.filter(|f| !f["paragraph"].is_null() && f["rule"] != "repeated-passage");
    findings
        .map(|f| (f["rule"].as_str().unwrap().to_owned(), f["line"].as_u64().unwrap(), f["shown"] == true))
        .collect()
}

fn duplicate(line: u64, shown: bool) -> (String, u64, bool) {
    ("exact-duplicate".to_owned(), line, shown)
}

#[test]
fn endings_tell_the_kind() {
    let folder = Folder::new("endings");
    let html =
        LONG.replace("**ferry**", "<b>fer</b>ry").replace("[lamps](https://example.org/lamps)", "lamps");
    folder.write("a.md", format!("---\ntitle: {LONG}\n---\n\n{LONG}\n\n```\n{LONG}\n```\n\n> {LONG}\n"));
    folder.write(
        "b.html",
        format!("<nav>{html}</nav><p>{html}\n<script>{html}</script><p title='{html}'>{html}"),
    );
    let ran = folder.run(&["check", "--format", "json", "a.md"]);
    assert_eq!((ran.status, found(&ran.stdout)), (1, vec![duplicate(11, true)]));
    let ran = folder.run(&["check", "--format", "json", "b.html"]);
    assert_eq!((ran.status, found(&ran.stdout)), (1, vec![duplicate(2, true)]));
    let ran = folder.run(&["check", "--format", "json", "--input", "plain", "a.md"]);
    assert!(found(&ran.stdout).len() > 1, "{}", ran.stdout);
    let ran = folder.run(&["check", "--input", "word", "a.md"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("input must be plain, markdown, html or subtitles, got word"),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_is_shown_has_no_markup() {
    let folder = Folder::new("shown");
    folder.write("a.md", format!("{LONG}\n\n* {LONG}\n"));
    let ran = folder.run(&["check", "a.md"]);
    assert!(ran.stdout.contains("The ferry leaves the north pier"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("**") && !ran.stdout.contains("https"), "{}", ran.stdout);
}

#[test]
fn standard_input_is_known_by_its_beginning() {
    let folder = Folder::new("beginning");
    let page = format!("<!doctype html><p>{LONG}<p>{LONG}");
    let ran = folder.run_on(&["check", "--format", "json"], page.as_bytes());
    assert_eq!(found(&ran.stdout).len(), 1);
    assert_eq!(ran.stderr, "hint: standard input is read as html; --input plain reads all of it as text\n");
    let ran = folder.run_on(&["check", "--input", "html"], page.as_bytes());
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    let ran = folder.run_on(&["check"], format!("{0}\n\n{0}", "Rain all day. ".repeat(8)).as_bytes());
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
}

#[test]
fn comments_keep_findings_out() {
    let folder = Folder::new("comments");
    let comment = |text: &str| format!("{LONG}\n\n<!-- {text} -->\n\n{LONG}\n");
    let run = |text: &str| {
        folder.write("a.md", comment(text));
        let ran = folder.run(&["check", "--format", "json", "a.md"]);
        (ran.status, found(&ran.stdout), ran.stderr)
    };
    assert_eq!(run("refrain-ignore"), (0, vec![], String::new()));
    assert_eq!(run("refrain-ignore exact-duplicate").1[0], duplicate(5, false));
    let (status, findings, stderr) = run("refrain-ignore exact-duplicates");
    assert_eq!((status, findings), (1, vec![duplicate(5, true)]));
    assert!(stderr.starts_with("warning: a.md:3: rule must be exact-duplicate, "), "{stderr}");
    assert!(stderr.ends_with(", got exact-duplicates\n"), "{stderr}");

    folder.write("b.txt", format!("{LONG}\n\n# refrain-ignore\n{LONG}\n"));
    assert_eq!(folder.run(&["check", "b.txt"]).status, 1);
    let ran = folder.run(&["check", "--ignore-lines", "b.txt"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.stdout
            .ends_with("1 paragraph (1 more ignored by comments), ok, redundancy 0%: nothing repeats\n")
    );
    folder.write("refrain.toml", "ignore-lines = true\n[input]\n\"*.tmpl\" = \"html\"\n");
    assert_eq!(folder.run(&["check", "b.txt"]).status, 0);
    folder.write("c.tmpl", format!("<p>{LONG}<!-- {LONG} -->"));
    assert_eq!(folder.run(&["check", "c.tmpl"]).status, 0);
}

#[test]
fn a_loop_of_a_speech_recogniser_is_warned_of() {
    let folder = Folder::new("loop");
    let cue = "so the water comes up over the wall and into the lower town every spring and nobody";
    let cues: Vec<String> =
        (10..15).map(|n| format!("{n}\n00:00:{n},000 --> 00:00:{n},900\n{cue}\n")).collect();
    folder.write("a.srt", cues.join("\n"));
    let ran = folder.run(&["check", "--format", "json", "a.srt"]);
    let expected: Vec<_> = [7, 11, 15, 19].map(|line| duplicate(line, true)).into();
    assert_eq!((ran.status, found(&ran.stdout)), (1, expected));

    // Cues of one word are too short for pairs, but so many of them are no answer.
    folder.write("b.srt", cues.join("\n").replace(cue, "You").repeat(3));
    let ran = folder.run(&["check", "--format", "json", "b.srt"]);
    assert_eq!((ran.status, found(&ran.stdout)), (1, vec![duplicate(7, true)]));
    folder.write("b.srt", cues.join("\n").replace(cue, "You"));
    assert_eq!(folder.run(&["check", "b.srt"]).status, 0);
}

#[test]
fn the_summary_says_what_was_taken_for_a_paragraph() {
    let folder = Folder::new("lines");
    folder
        .write("a.txt", format!("{LONG}\nRain all day.\n"))
        .write("b.txt", format!("{LONG}\n\n{LONG} Or not.\n"));
    let alone = folder.run(&["check", "a.txt"]);
    assert!(
        alone.stdout.starts_with("2 paragraphs (one a line, 1 too short to compare), ok"),
        "{}",
        alone.stdout
    );
    let both = folder.run(&["check", "a.txt", "b.txt"]);
    assert!(both.stdout.contains("4 paragraphs (one a line in 1 document, 1 too short"), "{}", both.stdout);
    let blank = folder.run(&["check", "--paragraphs", "blank", "a.txt"]);
    assert!(blank.stdout.starts_with("1 paragraph, ok"), "{}", blank.stdout);
}

#[test]
fn pages_for_browsers_are_written() {
    let folder = Folder::new("pages");
    let text = format!("{LONG}\n\n<script>alert(1)</script> & so on\n\n{LONG}\n");
    folder.write("a.txt", &text).write("b.txt", text.replace("nine", "noon"));
    let ran = folder.run(&["check", "--format", "html", "--output", "html:page.html", "a.txt", "b.txt"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(folder.path().join("page.html")).unwrap(), ran.stdout);
    let compared = folder.run(&["compare", "--format", "html", "a.txt", "b.txt"]);
    assert_eq!(compared.status, 1, "{}", compared.stderr);
    for page in [ran.stdout, compared.stdout] {
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Content-Security-Policy"));
        assert!(page.contains("&lt;") && !page.contains("<script>alert"));
    }
    folder.write("refrain.toml", "[[overrides]]\nfiles = [\"b.txt\"]\nthreshold = 0.9\n");
    let ran = folder.run(&["check", "--format", "html", "a.txt", "b.txt"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("2 different settings"), "{}", ran.stderr);
}

#[test]
fn sources_of_which_nothing_is_read_are_named() {
    let folder = Folder::new("nothing");
    folder.write("a.md", format!("---\ntitle: {LONG}\n---\n")).write("b.html", format!("<nav>{LONG}"));
    for name in ["a.md", "b.html"] {
        let ran = folder.run(&["check", name]);
        assert_eq!(ran.status, 0);
        assert!(
            ran.stderr.starts_with(&format!("hint: {name}: a reader sees no text in it")),
            "{}",
            ran.stderr
        );
    }
    let ran = folder.run(&["check", "--front-matter", "a.md"]);
    assert_eq!((ran.status, &*ran.stderr), (0, ""));
    let ran = folder.run_on(&["check"], b"{\"id\":1,\"text\":\"Rain all day.\"}\n");
    assert!(ran.stderr.contains("read from files that end in .jsonl"), "{}", ran.stderr);
}

#[test]
fn utf_16_without_a_mark_is_named() {
    let folder = Folder::new("utf-16");
    for (name, first) in [("a.txt", 0), ("b.txt", 1)] {
        let bytes: Vec<u8> =
            LONG.bytes().flat_map(|byte| if first == 0 { [byte, 0] } else { [0, byte] }).collect();
        folder.write(name, bytes);
        let ran = folder.run(&["check", name]);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.ends_with("(it looks like UTF-16)\n"), "{}", ran.stderr);
    }
    // A zero byte now and then is text.
    folder.write("c.txt", LONG.replace(' ', " \0"));
    assert_eq!(folder.run(&["check", "c.txt"]).status, 0);
}

#[test]
fn many_mistakes_in_comments_are_counted() {
    let folder = Folder::new("mistakes");
    folder.write("a.md", "<!-- refrain-ignore bogus -->\r\r".repeat(13));
    let ran = folder.run(&["check", "a.md"]);
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert!(lines[1].starts_with("warning: a.md:3: rule must be "), "{}", ran.stderr);
    assert_eq!(lines[10], "warning: a.md: 3 more such mistakes");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8_are_found_in_folders() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let folder = Folder::new("names");
    let name = folder.path().join(OsStr::from_bytes(b"bad\xff.txt"));
    std::fs::write(name, "Rain all day.").unwrap();
    let ran = folder.run(&["check", "."]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("1 paragraph"), "{}", ran.stdout);
}
