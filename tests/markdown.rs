//! The reader of Markdown: laws for any source, hostile sources, and real articles.

#![cfg(feature = "markdown")]

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use refrain::{Detector, Document, InputKind, ReadOptions, Span};

fn read(source: &str) -> Document<'_> {
    InputKind::Markdown.read("", source, &ReadOptions::default())
}

fn all_options() -> [ReadOptions; 2] {
    let mut all = ReadOptions::default();
    (all.alt_text, all.front_matter) = (true, true);
    [ReadOptions::default(), all]
}

/// Checks that every word of the text is where its source says, in order.
fn assert_sound(source: &str) {
    for options in all_options() {
        let document = InputKind::Markdown.read("", source, &options);
        let text = document.text();
        let mut before = 0;
        for (at, c) in text.char_indices() {
            let span = document.to_source(Span::new(at, at + c.len_utf8()));
            // Panics if the span is outside of the source or cuts a character.
            let slice = span.of(source);
            if c.is_alphanumeric() {
                let decoded = slice.starts_with('&') || slice.starts_with('\\');
                assert!(decoded || slice.starts_with(c), "{c:?} is {slice:?} in {source:?}");
                assert!(span.start >= before, "{span} is before byte {before} in {source:?}");
                before = span.end;
            }
        }
    }
}

/// Pieces of Markdown, the beginnings and ends of which need not fit.
const PIECES: &[&str] = &[
    "word",
    "é",
    "漢字",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    "> ",
    "- ",
    "1. ",
    "# ",
    "* ",
    "\n===\n",
    "\n---\n",
    "***\n",
    "`",
    "``",
    "```\n",
    "~~~\n",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "](",
    ")",
    "![",
    "[^1]",
    "[^1]: ",
    "[a]: b\n",
    "[a]",
    "<",
    ">",
    "<b>",
    "</b>",
    "<br>",
    "<div>\n",
    "</div>\n",
    "<p a='",
    "'>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<script>",
    "</script>",
    "<li>",
    "<!--",
    "-->",
    "<!-- refrain-ignore -->",
    "{/* refrain-ignore-start */}",
    "{",
    "}",
    "{/*",
    "*/}",
    "{{<",
    ">}}",
    "{:",
    "|",
    "|-|-|\n",
    "|a|b|\n|-|-|\n",
    "\\",
    "\\*",
    "&amp;",
    "&#0;",
    "&eacute;",
    "&",
    "$",
    "$$",
    ": ",
    "\0",
    "\u{feff}",
    "<a@b.c>",
    "<http://d>",
    "import a from 'b'\n",
    "export const a = {",
    "<A b={",
    "}>",
    "---\ntitle: ",
    "+++\ntitle = \"",
    "<img alt='",
    "![",
    "e](f)",
    "{#g}",
    "> [!NOTE]\n",
    "- [x] ",
    "\u{301}",
    "\u{2028}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 1000 } else { 20_000 }))]

    #[test]
    fn every_word_is_in_its_place(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        assert_sound(&pieces.concat());
    }
}

#[test]
fn every_piece_is_sound_before_and_after_every_other() {
    for first in PIECES {
        for second in PIECES {
            assert_sound(&format!("{first}a{second}b{first}\n{second}"));
        }
    }
}

/// Whether the text has the mark that all of these sources end with.
fn reads_to_the_end(source: &str) -> bool {
    read(source).text().contains("last words")
}

#[test]
fn hostile_sources_are_read_to_the_end() {
    let n = if cfg!(debug_assertions) { 2_000 } else { 100_000 };
    let deep_lines = |marks: &str| format!("{}a\n{}", marks.repeat(n), "b\n".repeat(n));
    let units = [
        "[",
        "![",
        "]",
        "[]",
        "[a](",
        "[^",
        "*",
        "*a ",
        "_*",
        "**x* ",
        "`",
        "`a ",
        "~a ",
        "$",
        "$a{",
        "<",
        "<a ",
        "<a x='",
        "<A x={",
        "<A {",
        "a<!-",
        "a<?",
        "a<!A ",
        "</",
        "&",
        "&a",
        "\\",
        "\0",
        "# a\n",
        "# a {b\n",
        "|",
        "|\n",
        "a|b\n-|-\n",
        "[a]: b\n",
        "[a]: \"",
        "- a\n",
        "-\n\n",
        ": a\n\n",
        "a\n: b\n",
        "<p>\n",
        "<li>",
        "<pre>",
        "<code>",
        "<div {",
        "{",
        "{/*",
        "{{<",
        "{%",
        "{:",
        "<svg/>",
        "</li>",
        "<nav>\n\n",
        "<h1>",
        "export {\n\n",
        "import {\n\n",
        "<img alt='",
        "&amp;",
        "\t",
    ];
    for unit in units {
        assert_sound_beginning(&unit.repeat(n));
        let source = format!("{}\n\nlast words", unit.repeat(n));
        // What a browser or the parser takes for unclosed code to the end is code.
        let is_unclosed = ["`", "$", "<svg/>"].contains(&unit) || unit.starts_with("<pre");
        assert!(reads_to_the_end(&source) || is_unclosed, "{unit:?}");
    }
    for marks in ["> ", "- ", ">", "1. ", "> - ", "* > "] {
        let source = deep_lines(marks);
        assert!(read(&source).text().lines().filter(|line| *line == "b").count() == n, "{marks:?}");
        assert!(reads_to_the_end(&format!("{}last words", marks.repeat(n))), "{marks:?}");
    }
    let cells = read(&format!("|a|b|\n|-|-|\n{}", "|c|d|\n".repeat(n))).text().split("\n\n").count();
    assert_eq!(cells, 2 * n + 2);
    let wide = format!("{}|\n{}|\n{}", "|a".repeat(n), "|-".repeat(n), "b\n".repeat(n));
    // Where the parser stops to fill missing cells, it gives a row twice.
    assert_eq!(read(&wide).text().matches('b').count(), n);
    let rules = "<!-- refrain-ignore-start repetitive -->\n".repeat(n) + &"a\n\n".repeat(n);
    assert_eq!(read(&rules).text().split("\n\n").count(), n);
}

/// The first characters of a long source are enough for a debug build.
fn assert_sound_beginning(source: &str) {
    assert_sound(&source.chars().take(400).collect::<String>());
}

#[test]
fn a_list_of_links_repeats_nothing() {
    let names = ["Plan", "Build", "Test", "Ship", "Watch", "Mend", "Move", "Close"];
    let items =
        names.map(|name| format!("- [{name}](https://www.example.net/a/guide/for/{name}/start.html)\n"));
    let source = format!("# What to read\n\nMore on this:\n\n{}", items.concat());
    let report = Detector::new().check(read(&source));
    assert_eq!(report.passages(), []);
    assert_eq!(report.findings(), []);
    // As plain text, the path that all links share comes back, unless an address is one token there.
    assert!(!read(&source).text().contains("example"));
}

/// The Markdown articles of the shared data, with their names, if they are there.
fn articles() -> Vec<(String, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/articles");
    let Ok(entries) = fs::read_dir(folder.join("source")) else { return Vec::new() };
    let mut articles = Vec::new();
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "md") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let twin =
                fs::read_to_string(folder.join("text").join(format!("{name}.txt"))).unwrap_or_default();
            articles.push((name, fs::read_to_string(&path).unwrap(), twin));
        }
    }
    articles.sort();
    articles
}

/// The words of a text, in lower case.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// What is shown of a document: rules and messages without the numbers of lines.
fn shown(document: Document<'_>) -> Vec<String> {
    let report = Detector::new().check(document);
    let without_lines = |message: &str| {
        let lines = message.find(" at line").unwrap_or(message.len());
        words(&message[..lines]).join(" ")
    };
    let shown =
        report.shown().map(|finding| format!("{}: {}", finding.rule, without_lines(&finding.message)));
    let mut shown: Vec<_> = shown.collect();
    shown.sort();
    shown
}

/// Words of the first text, each as often as it stands there more than in the second.
fn missing(of: &[String], from: &[String]) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    from.iter().for_each(|word| *counts.entry(word).or_default() += 1);
    let mut is_missing = |word: &&String| match counts.get_mut(&word[..]) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    of.iter().filter(|word| is_missing(word)).cloned().collect()
}

/// The twins were cut by a short program. It left code spans and the numbers of list items in the text, put no
/// blank lines between items, left out tables of HTML, and read all of the front matter.
#[test]
fn real_articles_give_what_their_twins_give() {
    let articles = articles();
    if articles.is_empty() {
        #[expect(clippy::print_stderr, reason = "a test that skips says so")]
        {
            eprintln!("skipped: there is no ../shared/data/articles");
        }
    }
    for (name, source, twin) in &articles {
        assert_sound(source);
        let document = read(source);
        for mark in ["](", "**", "```", "<div", "</", "/>", "|--", "&amp;"] {
            assert!(!document.text().contains(mark), "{name} has {mark:?}");
        }
        let [ours, theirs] = [document.text(), twin].map(words);
        if ours.is_empty() {
            assert!(source.starts_with(['+', '-']), "all of {name} should be front matter");
            continue;
        }
        let added = missing(&ours, &theirs);
        assert!(20 * added.len() < ours.len(), "{name} has words that its twin has not: {added:?}");
        let code: Vec<_> = source.split('`').flat_map(words).collect();
        let lost = missing(&theirs, &ours);
        let is_code = |word: &&String| code.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit());
        assert!(lost.iter().filter(is_code).count() + ours.len() / 50 >= lost.len(), "{name} lacks {lost:?}");
        // Where the twin has the same blocks and words, the findings are the same.
        if ["blatam1", "etienne1"].contains(&&name[..]) {
            assert_eq!(shown(document), shown(Document::from(&twin[..])), "{name}");
        } else if ["etienne2", "gloss-en1", "jang-zh1", "rustbook1", "rustbook2"].contains(&&name[..]) {
            // Elsewhere they are those of the same blocks as plain text.
            let cut = document.text().to_owned();
            assert_eq!(shown(document), shown(Document::from(cut)), "{name}");
        }
    }
}
