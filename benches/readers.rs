//! From a source with markup to blocks, on one thread.

mod generator;
mod measure;

use criterion::Criterion;
use refrain::{InputKind, ReadOptions};

use generator::Writer;

fn main() {
    let mut criterion = measure::criterion();
    html(&mut criterion);
    criterion.final_summary();
}

/// A page with about a million bytes, of which a reader sees some three quarters.
fn html(criterion: &mut Criterion) {
    let (source, blocks) = page();
    let options = ReadOptions::default();
    let document = InputKind::Html.read("", &*source, &options);
    assert_eq!(document.text().split("\n\n").count(), blocks);
    assert!(!document.text().contains(['<', '&']));

    let mut group = criterion.benchmark_group("html");
    group.throughput(measure::throughput(blocks, source.len()));
    group.bench_function("blocks", |bencher| {
        bencher.iter(|| InputKind::Html.read("", &*source, &options));
    });
    group.finish();
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
