//! From sources with markup to documents, on one thread.

mod generator;
mod measure;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion};
use refrain::{Document, InputKind, ReadOptions};

use generator::Writer;

fn main() {
    let mut criterion = measure::criterion();
    html(&mut criterion);
    markdown(&mut criterion);
    criterion.final_summary();
}

/// Reads each source; the number of blocks must be as expected.
fn read(criterion: &mut Criterion, kind: InputKind, sources: &[(&str, String, usize)]) {
    let mut group = criterion.benchmark_group(format!("read {kind}"));
    for (name, source, blocks) in sources {
        let read = || -> Document<'_> { kind.read("", black_box(&source[..]), &ReadOptions::default()) };
        assert_eq!(read().text().split("\n\n").count(), *blocks);
        group.throughput(measure::throughput(*blocks, source.len()));
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(read));
    }
    group.finish();
}

/// A page with about a million bytes, of which a reader sees some three quarters.
fn html(criterion: &mut Criterion) {
    let (source, blocks) = page();
    read(criterion, InputKind::Html, &[("page", source, blocks)]);
}

/// A page with what pages have, and the number of its blocks.
fn page() -> (String, usize) {
    let mut writer = Writer::english(1);
    let mut page = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Harbours &amp; tides</title>\n\
         <style>body { margin: 0 auto; max-width: 40em }</style>\n</head>\n<body class=\"page\">\n<nav>\n<ul>\n",
    );
    for link in 0..40 {
        page += &format!("<li class=\"menu-item\"><a href=\"/pages/{link}\">Page {link}</a></li>\n");
    }
    page += "</ul>\n</nav>\n<main>\n<article class=\"post\">\n";
    let mut blocks = 0;
    while page.len() < 1_000_000 {
        let heading = writer.paragraph_of_words(5);
        page += &format!("<section id=\"part-{blocks}\">\n<h2 class=\"title\">{heading}</h2>\n");
        for _ in 0..3 {
            page += &format!("<p class=\"text\">{}</p>\n", with_markup(&writer.paragraph_of_words(80)));
        }
        page += "<ul class=\"points\">\n";
        for _ in 0..3 {
            page += &format!("<li>{}</li>\n", writer.paragraph_of_words(12));
        }
        page += "</ul>\n<table>\n<tr><th>Day</th><th>Height</th></tr>\n<tr><td>Monday</td><td>3&nbsp;m</td></tr>\n</table>\n\
                 <figure><img src=\"/pictures/pier.jpg\" width=\"640\" height=\"480\" alt=\"A pier\">\n\
                 <figcaption>The pier at low tide</figcaption></figure>\n\
                 <script>window.count = (window.count || 0) + 1;</script>\n</section>\n";
        blocks += 1 + 3 + 3 + 4 + 1;
    }
    page += "</article>\n</main>\n<footer><p>Made at the harbour</p></footer>\n</body>\n</html>\n";
    (page, blocks + 1)
}

/// A paragraph with emphasis, a link, a line break in the source and entities.
fn with_markup(paragraph: &str) -> String {
    let words = paragraph.split(' ').enumerate().map(|(index, word)| match index % 40 {
        7 => format!("<em>{word}</em>"),
        15 => format!(
            "<a href=\"https://example.org/pages/{index}\" class=\"link\" rel=\"nofollow\">{word}</a>"
        ),
        23 => format!("{word}\n"),
        31 => format!("{word}&nbsp;&mdash;"),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Articles with headings, links, emphasis and lists; text alone; a list of short links; a table.
fn markdown(criterion: &mut Criterion) {
    const SECTIONS: usize = 400;
    let mut writer = Writer::english(3);
    let mut article = String::from("---\ntitle: An article\n---\n\n");
    for section in 0..SECTIONS {
        article += &format!("## Section *{section}*\n\n");
        for paragraph in 0..4 {
            let text = writer.paragraph(480);
            let (first, rest) = text.split_at(text.find(' ').unwrap_or(0));
            article +=
                &format!("**{first}** [see]({section}/{paragraph}.html \"more\"){rest} `code_{section}`\n\n");
        }
        (0..4).for_each(|_| article += &format!("- {}\n", writer.paragraph(90)));
        article += "\n```rust\nfn main() {\n    let a = [1, 2, 3];\n}\n```\n\n";
    }
    let text = (0..4 * SECTIONS).map(|_| writer.paragraph(600) + "\n\n").collect();
    let links =
        (0..10_000).map(|n| format!("* [Page *{n}*](https://example.org/pages/{n}.html)\n")).collect();
    let rows: String = (0..10_000).map(|n| format!("| {n} | a cell | **bold** |\n")).collect();
    let table = format!("| a | b | c |\n|---|---|---|\n{rows}");
    let sources = [
        ("article", article, 9 * SECTIONS),
        ("text", text, 4 * SECTIONS),
        ("links", links, 10_000),
        ("table", table, 30_003),
    ];
    read(criterion, InputKind::Markdown, &sources);
}
