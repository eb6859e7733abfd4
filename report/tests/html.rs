//! The pages as text: that nothing in them acts, that they are bounded, and what stands in them.

mod common;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use common::{ARTICLE, checked, compared, page};
use refrain::{Detector, Document, Report};
use sha2::{Digest, Sha256};

/// What stands between two marks, for each time that they come.
fn between<'a>(page: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    page.split(start).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

/// A text with all that a page must not let through.
const HOSTILE: &str = "\
<script>window.hacked = 1</script> <img src=x onerror=alert(1)> &lt; \"quoted\" 'single' </p></main> twice over

\u{202e}desrever si siht\u{2066} \u{1b}[31mred\u{1b}[0m nul\0 bell\u{7} here and there and back again

<script>window.hacked = 1</script> <img src=x onerror=alert(1)> &lt; \"quoted\" 'single' </p></main> twice over

מחר יורד גשם בעיר ובכפר ועל כל ההרים סביב והילדים נשארים בבית עם ספרים";

#[test]
fn nothing_in_a_text_acts() {
    let name = "\"><script>alert(2)</script>\u{202e}.txt";
    let pages = [
        checked(&[Document::new(name, HOSTILE)]),
        checked(&[Document::new(name, HOSTILE), Document::new("other", HOSTILE)]),
        compared(HOSTILE, &HOSTILE.replace("nul", "zero")),
    ];
    for page in pages {
        // The only script is that of the page.
        assert_eq!(page.matches("<script").count(), 1);
        assert_eq!(page.matches("</main>").count(), 1);
        assert!(!page.contains("<img") && !page.contains("\"><script>"));
        assert!(page.contains("script&gt;window.hacked = 1&lt;/script"));
        assert!(page.contains(r#"<span class="ctl">U+202E</span>"#));
        assert!(page.contains("␛[31mred") && page.contains('␀') && page.contains('␇'));
        for c in ['\0', '\u{1b}', '\u{7}', '\u{202e}', '\u{2066}'] {
            assert!(!page.contains(c), "{c:?}");
        }
    }
}

#[test]
fn every_element_and_attribute_is_one_of_the_page() {
    const KNOWN: &str = "html head meta title style body main header p h1 h2 h3 span bdi dl div dt dd figure figcaption \
                         svg g rect line article a aside details summary ol li blockquote footer section button nav \
                         dialog kbd form script wbr b del ins br table thead tbody tr th td label input select option \
                         output path";
    for page in
        [checked(&[Document::new("a", HOSTILE), Document::new("b", HOSTILE)]), compared(HOSTILE, ARTICLE)]
    {
        let (script, style) =
            (between(&page, "<script>", "</script>")[0], between(&page, "<style>", "</style>")[0]);
        let page = page.replace(script, "").replace(style, "").replace("<!DOCTYPE html>", "");
        for tag in between(&page, "<", ">") {
            let name = tag.trim_start_matches('/').split(' ').next().unwrap();
            assert!(KNOWN.split_whitespace().any(|known| known == name), "{tag}");
            let mut attributes = tag.split('"').step_by(2).flat_map(str::split_whitespace).skip(1);
            assert!(
                attributes.all(|name| !name.starts_with("on") && name != "style=" && name != "src="),
                "{tag}"
            );
        }
    }
}

#[test]
fn the_policy_allows_the_own_style_and_script_only() {
    for page in [checked(&[Document::new("a", ARTICLE)]), compared(ARTICLE, "Nothing of the kind.")] {
        let policy = between(&page, r#"http-equiv="Content-Security-Policy" content=""#, "\"")[0];
        let hash = |source: &str| format!("sha256-{}", STANDARD.encode(Sha256::digest(source)));
        let style = hash(between(&page, "<style>", "</style>")[0]);
        let script = hash(between(&page, "<script>", "</script>")[0]);
        let expected = format!(
            "default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"
        );
        assert_eq!(policy, expected);
        // Nothing is loaded: the only addresses are places of the page, and the names of its elements' kinds.
        assert!(between(&page, "href=\"", "\"").iter().all(|link| link.starts_with('#')));
        assert!(!page.contains(" src=") && !page.contains("url(") && !page.contains("@import"));
        assert_eq!(between(&page, "http://", "\""), ["www.w3.org/2000/svg"]);
    }
}

#[test]
fn what_repeats_is_marked_in_the_text_a_reader_sees() {
    let page = checked(&[Document::new("night.txt", ARTICLE)]);
    assert!(page.contains(r#"<h3 class="t" dir="auto">The night train</h3>"#));
    // The same number of paragraphs as in the article, in its order.
    let lines = between(&page, r#"<span class="line" aria-hidden="true">"#, "<");
    assert_eq!(lines, ["1", "3", "5", "7", "9", "11", "14"]);
    // Words with their marks taken out are those of the text.
    let shown = between(&page, r#"<p class="t" dir="auto">"#, "</p>");
    let bare = |html: &str| {
        html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<String>()
    };
    let paragraphs: Vec<&str> = ARTICLE.trim().split("\n\n").skip(1).collect();
    assert_eq!(shown.iter().map(|html| bare(html)).collect::<Vec<_>>(), paragraphs);
    // Every mark leads to a finding, and every place of a finding to a paragraph.
    for (start, id) in [(r##"href="#f"##, "f"), (r##"href="#p"##, "p")] {
        let links = between(&page, start, "\"");
        assert!(!links.is_empty());
        assert!(links.iter().all(|number| page.contains(&format!("id=\"{id}{number}\""))));
    }
    for rule in ["Same paragraph", "Almost the same paragraph"] {
        assert!(page.contains(rule), "{rule}");
    }
}

#[test]
fn headings_that_head_nothing_are_labels() {
    let page = checked(&[Document::from("Rain\n\nIt falls on all of us.\n\nTea\n\nCoffee\n\nWater")]);
    assert_eq!(between(&page, r#"<h3 class="t" dir="auto">"#, "<"), ["Rain"]);
    assert_eq!(page.matches(r#"<div class="para label""#).count(), 3);
}

#[test]
fn near_duplicates_show_what_differs() {
    let page = checked(&[Document::new("night.txt", ARTICLE)]);
    assert_eq!(between(&page, "<del>", "</del>"), ["a little", "bed"]);
    assert_eq!(between(&page, "<ins>", "</ins>"), ["just", "room"]);
}

#[test]
fn the_copies_of_a_paragraph_are_one_card() {
    let copy = "Wherever the road forks the milestones tell the traveller how far it is to the next inn.";
    let text = [copy, "Between them it is quiet.", copy, copy, copy].join("\n\n");
    let documents = [Document::new("a", text.as_str())];
    let report = Detector::new().check_all(&documents);
    assert_eq!(report.shown().count(), 4, "three copies, and the document");
    let page = page(&report, &documents);
    assert_eq!(page.matches("<details class=\"card warning\"").count(), 2);
    assert!(page.contains("the same words stand in 4 places"));
    assert_eq!(page.matches(">Same paragraph</a>").count(), 3, "beside each copy");
    // Strong, since it stands in four places, and the same in all of them.
    let marks = between(&page, "<a class=\"m ", "</a>");
    let begin: Vec<&str> =
        marks.into_iter().filter(|mark| mark.contains(">Wherever")).map(|mark| &mark[..2]).collect();
    assert_eq!(begin, ["s3"; 4]);
}

#[test]
fn what_is_not_worth_showing_stands_apart() {
    let documents = [Document::new("night.txt", ARTICLE)];
    let report = Detector::new().check_all(&documents);
    let page = page(&report, &documents);
    let hidden = report.findings().iter().filter(|finding| !finding.shown).count();
    assert!(hidden > 0);
    assert_eq!(page.matches(" data-hidden").count(), hidden);
    assert_eq!(page.matches("<details class=\"card").count(), report.findings().len());
    assert_eq!(between(&page, "Not worth showing <span class=\"small\">", "<"), [hidden.to_string()]);
}

#[test]
fn many_documents_have_a_table() {
    let names = ["texts/one.txt", "texts/two.txt", "texts/sub/three.txt"];
    let texts = [ARTICLE, "A quiet day, and nothing else to say about it.", ARTICLE];
    let documents: Vec<_> = names.iter().zip(texts).map(|(name, text)| Document::new(*name, text)).collect();
    let page = checked(&documents);
    let body = between(&page, "<tbody>", "</tbody>")[0];
    assert_eq!(body.matches("<tr").count(), 3);
    assert_eq!(between(body, "scope=\"row\"><a href=\"#d", "\""), ["0", "1", "2"]);
    // The first and the last share all, and name each other.
    assert_eq!(between(body, "title=\"", "\"").len(), 2);
    assert!(page.contains("in <bdi>texts/<wbr>"), "the folder of all is said once");
    assert_eq!(page.matches("<details class=\"doc\"").count(), 3);
}

#[test]
fn empty_reports_are_pages() {
    for documents in [vec![], vec![Document::new("", "")], vec![Document::new("", " \n"), Document::from("")]]
    {
        let page = checked(&documents);
        assert!(page.ends_with("</html>\n"), "{}", documents.len());
    }
    let page = compared("", "");
    assert!(page.contains("They have no passage in common.") && page.ends_with("</html>\n"));
}

#[test]
fn a_document_that_is_not_the_one_that_was_checked_is_not_marked() {
    let report = Detector::new().check(("night.txt", ARTICLE));
    for documents in [vec![], vec![Document::new("night.txt", "Another text.")]] {
        let page = page(&report, &documents);
        assert!(page.contains("The text is not at hand"));
        assert!(page.contains("In the dining car the cook"), "the excerpts of the report are shown");
        assert!(!page.contains("<article"));
    }
    // Of the same length, but with other characters: spans that cut one are passed over.
    let other = "é".repeat(ARTICLE.len() / 2) + &"x".repeat(ARTICLE.len() % 2);
    page(&report, &[Document::new("night.txt", other.as_str())]);
    let mut out = Vec::new();
    refrain_report::html::write_comparison(&mut out, &report, &[]).unwrap();
}

/// The report of the article, changed as data.
fn changed(change: impl Fn(&mut serde_json::Value)) -> Report {
    let mut report = serde_json::to_value(Detector::new().check(("night.txt", ARTICLE))).unwrap();
    change(&mut report);
    serde_json::from_value(report).unwrap()
}

#[test]
fn a_page_of_very_many_findings_is_bounded_and_says_so() {
    const FINDINGS: usize = 100_000;
    let report = changed(|report| {
        let mut findings = report["findings"].as_array().unwrap().iter();
        let first = findings.find(|finding| finding["rule"] == "near-duplicate").unwrap().clone();
        report["findings"] = vec![first; FINDINGS].into();
    });
    let page = page(&report, &[Document::new("night.txt", ARTICLE)]);
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    assert_eq!(page.matches("<details class=\"card").count(), 250);
    assert!(
        page.contains("99\u{202f}750 findings more, of less weight, are left out; the JSON report has all")
    );
}

#[test]
fn the_page_of_a_very_long_text_is_bounded_and_says_so() {
    let long = format!("{ARTICLE}\n{}", "é".repeat(25_000_000));
    let report = changed(|report| report["documents"][0]["bytes"] = long.len().into());
    let page = page(&report, &[Document::new("night.txt", long.as_str())]);
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    assert!(
        page.contains("The page shows the first 2.0 MB of this text. 47.9 MB"),
        "{}",
        &page[page.len() - 3000..]
    );
}

#[test]
fn the_page_of_very_many_paragraphs_is_bounded_and_says_so() {
    let text = "ha\n\n".repeat(200_000);
    let report = changed(|report| {
        let paragraph = report["paragraphs"][0].clone();
        let all = (0..200_000).map(|id| {
            let mut paragraph = paragraph.clone();
            (paragraph["id"], paragraph["span"]) = (id.into(), vec![4 * id, 4 * id + 2].into());
            paragraph
        });
        report["paragraphs"] = all.collect();
        report["documents"][0]["bytes"] = text.len().into();
        report["findings"] = vec![0; 0].into();
    });
    let page = page(&report, &[Document::new("ha", text.as_str())]);
    assert_eq!(page.matches("<div class=\"para ").count(), 20_000);
    assert!(page.contains("The page shows the first 80.0 kB of this text. 720.0 kB are left out"));
}

#[test]
fn a_page_without_its_texts_is_small() {
    let page = checked(&[Document::new("", "")]);
    assert!(page.len() < 60_000, "{} bytes", page.len());
}

#[test]
fn the_same_report_gives_the_same_page() {
    let documents = [Document::new("a", ARTICLE), Document::new("b", HOSTILE), Document::new("c", ARTICLE)];
    assert_eq!(checked(&documents), checked(&documents));
}

#[test]
fn a_comparison_marks_what_became_of_each_part() {
    let kept = "The well in the yard never froze, not even in the winter of the wolves.";
    let moved = "On Sundays the bell was rung by whoever came first up the hill.";
    let page = compared(
        &format!(
            "{kept}\n\n{moved}\n\nOnly the old text has this.\n\nAll of them slept in the hay under the roof."
        ),
        &format!(
            "{moved}\n\n{}\n\nAll of them slept in the hay under the roof.",
            kept.replace("wolves", "great snow")
        ),
    );
    let texts = |class: &str| between(&page, &format!("<a class=\"m {class}\" "), "</a>");
    let words = |found: &str| found.split_once('>').unwrap().1.to_owned();
    let of = |class: &str| texts(class).into_iter().map(words).collect::<Vec<_>>();
    assert_eq!(of("moved"), [moved.trim_end_matches('.'); 2]);
    assert_eq!(of("reworded"), ["wolves", "great snow"]);
    assert_eq!(between(&page, "<span class=\"gone\">", "<"), ["Only the old text has this"]);
    assert!(of("new").is_empty() && between(&page, "<span class=\"new\">", "<").is_empty());
    // A row for each paragraph that stands alone, and for each two that belong together.
    assert_eq!(page.matches("<div class=\"row\">").count(), 4);
    assert!(page.contains("3 passages in common, 1 of them in another place."));
    assert!(page.contains(" of the second lie in passages that both have, in whatever order."));
}
