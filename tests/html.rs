//! HTML, from source to findings.
#![cfg(feature = "html")]

mod common;

use std::collections::BTreeSet;

use refrain::{Detector, Document, InputKind, Level, ReadOptions, Rule, Span};

use common::{hashes, shared};

fn read<'a>(name: &'a str, source: &'a str) -> Document<'a> {
    InputKind::Html.read(name, source, &ReadOptions::default())
}

#[test]
fn findings_lie_in_the_source_and_show_words() {
    let said = "The <b>har</b>bour office keeps &ldquo;quiet hours&rdquo; from ten to six, so that the crews of the \
        night ferries can sleep on board; <a href=\"/rules.html\">whoever runs an engine</a> then pays a fine.";
    let source = format!(
        "<!DOCTYPE html><title>Rules</title><nav><p>{said}</nav><script>var a = '{said}'</script>\
         <p>{said}</p>\n<pre>{said}</pre><div hidden>{said}</div><ul><li>{said}</li></ul><footer>{said}</footer>"
    );
    let document = read("rules.html", &source);
    let report = Detector::new().check(&document);
    let copies = report.findings().iter().filter(|finding| finding.rule == Rule::ExactDuplicate);
    let warnings: Vec<_> = copies.filter(|finding| finding.level == Level::Warning).collect();
    let [copy] = warnings[..] else { panic!("{warnings:?}") };
    assert_eq!(copy.span.of(&source), said);
    assert_eq!(copy.span.start, source.find("<li>").unwrap() + 4);
    assert_eq!(copy.related[0].span.start, source.find("</script><p>").unwrap() + "</script><p>".len());
    assert_eq!(copy.column, copy.span.start - source.find('\n').unwrap());
}

#[test]
fn a_page_whose_paragraph_stands_twice_does_not_pass() {
    let paragraph =
        "Boats that stay for longer than a night pay at the office, which is open until eight in summer.";
    let twice = format!(
        "<div><p>{paragraph}</p><div><p class=x>{}</p></div></div>",
        paragraph.replace(' ', "\r\n  ")
    );
    let copies = |source: &str| {
        let report = Detector::new().check(read("", source));
        let copies = report.findings().iter().filter(|finding| finding.rule == Rule::ExactDuplicate);
        copies.filter(|finding| finding.shown && finding.level == Level::Warning).count()
    };
    assert_eq!(copies(&twice), 1);
    let ignored = twice.replace("<div><p class", "<div><!-- refrain-ignore --><p class");
    assert_eq!(copies(&ignored), 0);
}

/// The pages among the real articles. One is called Markdown, but its beginning tells.
const ARTICLES: [(&str, &str); 3] = [("aozora1", "html"), ("chest1", "html"), ("money-de1", "md")];

#[test]
fn of_real_pages_only_words_are_read() {
    for (name, ending) in ARTICLES {
        let Some(source) = shared(&format!("articles/source/{name}.{ending}")) else { return };
        assert_eq!(InputKind::guess(&source), InputKind::Html, "{name}");
        let document = read(name, &source);
        let text = document.text();
        for markup in ["<", ">", "href", "class=", "style=", "://", "&amp;", "&nbsp;", "&#", "{", "}"] {
            assert!(!text.contains(markup), "{name} has {markup}");
        }
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            let of = document.to_source(Span::new(at, at + c.len_utf8())).of(&source);
            assert!(of.chars().eq([c]) || of.starts_with('&'), "{name}: {of} for {c}");
        }
    }
}

/// The rules and the words of what is shown.
fn shown(document: &Document<'_>) -> BTreeSet<(Rule, Vec<u64>)> {
    let report = Detector::new().check(document);
    let shown = report.findings().iter().filter(|finding| finding.shown);
    shown.map(|finding| (finding.rule, hashes(document.to_text(finding.span).of(document.text())))).collect()
}

/// The text that goes with a page was made by taking out all tags, and so has spaces where the page has ends of
/// lines; where these are spaces, too, the findings are the same.
#[test]
fn findings_on_real_pages_are_those_of_their_texts() {
    for (name, ending) in &ARTICLES[..2] {
        let Some(source) = shared(&format!("articles/source/{name}.{ending}")) else { return };
        let Some(text) = shared(&format!("articles/text/{name}.txt")) else { return };
        let page = read(name, &source);
        let blocks: Vec<_> = page.text().split("\n\n").map(hashes).collect();
        let paragraphs: Vec<_> = common::paragraphs(&text).into_iter().map(hashes).collect();
        assert_eq!(blocks, paragraphs, "{name}");
        let joined: Vec<String> = page
            .text()
            .split("\n\n")
            .map(|block| block.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(shown(&Document::from(joined.join("\n\n"))), shown(&Document::from(&text)), "{name}");
    }
}
