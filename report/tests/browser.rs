//! The pages in a browser: the walk by keyboard, narrow screens, many documents, and what a reader who cannot
//! see them is told. Without Chromium these tests say so and pass.

#![expect(clippy::print_stderr, reason = "a test that skips says so, and times are for people")]

mod chromium;
mod common;

use std::fmt::Write;
use std::process::Command;

use chromium::Browser;
use common::{ARTICLE, checked, compared};
use refrain::Document;
use serde_json::json;

/// A browser, if there is one.
fn browser() -> Option<Browser> {
    let mut browser = Browser::start();
    match &mut browser {
        Some(browser) => browser.media("light", "screen"),
        None => eprintln!("skipped: there is no Chromium"),
    }
    browser
}

fn article() -> String {
    checked(&[Document::new("night.txt", ARTICLE)])
}

/// The text that the marks of the chosen place hold.
const NOW: &str = "[...document.querySelectorAll('.m.now')].map(mark => mark.textContent).join('')";
const PANEL: &str = "document.getElementById('panel').hidden";
const PLACE: &str = "document.getElementById('place').textContent";

#[test]
fn findings_are_walked_by_keyboard() {
    let Some(mut browser) = browser() else { return };
    browser.open(&article(), 1280, 900);
    assert_eq!(browser.value(NOW), "");
    browser.press("J");
    let title = browser.value("document.querySelector('.card.now').dataset.title");
    assert_eq!(title, browser.value("document.querySelector('.card').dataset.title"));
    assert_eq!(browser.value(PLACE), "1 of 2");
    let first = browser.value(NOW);
    assert_ne!(first, "");
    let focused = "document.activeElement.classList.contains('now')";
    assert_eq!(browser.value(focused), true, "the place has the focus");

    // From place to place, and round.
    browser.press("j");
    assert_eq!(browser.value(PLACE), "2 of 2");
    browser.press("n");
    assert_eq!((browser.value(PLACE), browser.value(NOW)), ("1 of 2".into(), first.clone()));
    browser.press("k");
    assert_eq!(browser.value(PLACE), "2 of 2");
    browser.press("p");

    // The place is on the screen.
    let seen = "(() => { const r = document.querySelector('.m.now').getBoundingClientRect(); \
                return r.top >= 0 && r.bottom <= innerHeight; })()";
    assert_eq!(browser.value(seen), true);

    // All wordings, side by side.
    assert_eq!(browser.value(PANEL), true);
    browser.press("Enter");
    assert_eq!(browser.value(PANEL), false);
    let items =
        "[...document.querySelectorAll('#panel-body li')].map(item => item.getBoundingClientRect().top)";
    let tops = browser.value(items);
    assert_eq!(tops.as_array().unwrap().len(), 2);
    assert_eq!(tops[0], tops[1]);
    assert_eq!(browser.value("document.querySelectorAll('#panel-body li.now').length"), 1);
    // The panel goes along.
    browser.press("J");
    let chosen = browser.value("document.querySelector('.card.now').dataset.title");
    assert_eq!(browser.value("document.getElementById('panel-title').textContent"), chosen);
    browser.press("Escape");
    assert_eq!(browser.value(PANEL), true);
    assert_ne!(browser.value(NOW), "");
    browser.press("Escape");
    assert_eq!(browser.value(NOW), "");

    browser.press("?");
    assert_eq!(browser.value("document.getElementById('help').open"), true);
    browser.press("Escape");
    assert_eq!(browser.value("document.getElementById('help').open"), false);
    assert_eq!(browser.complaints, [""; 0]);
}

#[test]
fn a_click_chooses_and_the_next_one_walks_on() {
    let Some(mut browser) = browser() else { return };
    browser.open(&article(), 1280, 900);
    browser.click(".m.s1, .m.s2, .m.s3");
    let place = browser.value(PLACE);
    assert!(place.as_str().unwrap().starts_with("1 of "), "{place}");
    browser.click(".m.now");
    assert!(browser.value(PLACE).as_str().unwrap().starts_with("2 of "));
    // What is not worth showing is marked when it is asked for, and only then.
    let line = "getComputedStyle(document.querySelector('.m.hid')).textDecorationLine";
    assert_eq!(browser.value(line), "none");
    browser.press("a");
    assert_eq!(browser.value(line), "underline");
    browser.press("a");
    assert_eq!(browser.value(line), "none");
    assert_eq!(browser.complaints, [""; 0]);
}

#[test]
fn a_narrow_screen_does_not_scroll_sideways() {
    let Some(mut browser) = browser() else { return };
    let long = "x".repeat(400);
    let documents = [Document::new("a/long/path/to/night.txt", ARTICLE), Document::new("b", &*long)];
    let other = ARTICLE.replace("train", "boat");
    for page in [article(), checked(&documents), compared(ARTICLE, &other)] {
        browser.open(&page, 360, 740);
        browser.value("document.querySelectorAll('details').forEach(part => part.open = true)");
        assert_eq!(browser.value("document.documentElement.scrollWidth"), 360);
        browser.press("J");
        browser.press("Enter");
        assert_eq!(browser.value("document.documentElement.scrollWidth"), 360);
        assert_eq!(browser.value(PANEL), false);
    }
    assert_eq!(browser.complaints, [""; 0]);
}

#[test]
fn a_text_with_a_script_shows_it() {
    let Some(mut browser) = browser() else { return };
    let line = "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 2\"> and the rest of the line";
    let text = format!("{line}\n\n\u{202e}{line}\0");
    browser.open(&checked(&[Document::new("<b>name</b>", &*text)]), 1280, 900);
    assert_eq!(browser.value("window.hacked"), serde_json::Value::Null);
    assert_eq!(browser.value("document.querySelector('.text .t').textContent"), line);
    assert_eq!(
        browser.value("document.querySelectorAll('.text .t')[1].textContent"),
        format!("U+202E{line}\u{2400}")
    );
    assert_eq!(browser.value("document.querySelector('h1').textContent"), "<b>name</b>");
    // Nothing that comes into the page later may run, either.
    let inject = "(() => { const made = document.createElement('script'); made.textContent = 'window.hacked = 3'; \
                  document.body.append(made); })()";
    assert_eq!(browser.complaints, [""; 0]);
    browser.value(inject);
    assert_eq!(browser.value("window.hacked"), serde_json::Value::Null);
}

#[test]
fn a_comparison_joins_what_belongs_together() {
    let Some(mut browser) = browser() else { return };
    let mut paragraphs: Vec<&str> = ARTICLE.trim().split("\n\n").collect();
    let first = paragraphs.remove(1);
    paragraphs.insert(3, first);
    let right = paragraphs.join("\n\n").replace("capital", "great city");
    browser.open(&compared(ARTICLE, &right), 1280, 900);
    let cards = browser.value("document.querySelectorAll('.card').length");
    assert_eq!(browser.value("document.querySelectorAll('.lines path').length"), cards);
    assert!(browser.value("document.querySelectorAll('.lines path.moved').length").as_u64() > Some(0));
    // Two paragraphs that belong together stand at one height.
    let heights = "[...document.querySelectorAll('.row:not(.names)')].map(row => [...row.querySelectorAll('.side')] \
                   .map(side => side.querySelector('.t')).filter(part => part).map(part => \
                   Math.round(part.getBoundingClientRect().top))).filter(pair => pair.length == 2)";
    let heights = browser.value(heights);
    let heights = heights.as_array().unwrap();
    assert!(heights.len() >= 4, "{heights:?}");
    assert!(heights.iter().all(|pair| pair[0] == pair[1]), "{heights:?}");
    browser.press("J");
    browser.press("Enter");
    assert_eq!(browser.value("document.querySelectorAll('#panel-body li').length"), 2);
    assert_eq!(browser.complaints, [""; 0]);
}

/// Texts of some 500 words each; every tenth has a paragraph of the first, and every seventh says one twice.
fn many(count: usize) -> Vec<(String, String)> {
    let words: Vec<String> =
        (0..900).map(|at| format!("{}{}", ["mor", "tel", "ban", "ris", "vol"][at % 5], at)).collect();
    let mut state = 7u32;
    let mut word = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        words[(state >> 16) as usize % words.len()].clone()
    };
    let mut paragraph = || {
        let mut text = String::new();
        for at in 0..60 {
            write!(text, "{}{}", word(), if at % 12 == 11 { ". " } else { " " }).unwrap();
        }
        text
    };
    let shared = paragraph();
    let text = |at: usize| {
        let mut paragraphs: Vec<String> = (0..8).map(|_| paragraph()).collect();
        if at.is_multiple_of(10) {
            paragraphs[3] = shared.clone();
        }
        if at.is_multiple_of(7) {
            paragraphs[6] = paragraphs[2].clone();
        }
        (format!("texts/{at:03}.txt"), paragraphs.join("\n\n"))
    };
    (0..count).map(text).collect()
}

#[test]
fn five_hundred_documents_open_sort_and_filter() {
    let Some(mut browser) = browser() else { return };
    let texts = many(500);
    let documents: Vec<Document<'_>> = texts.iter().map(Document::from).collect();
    let page = checked(&documents);
    browser.open(&page, 1280, 900);
    let times = "(() => { const load = performance.getEntriesByType('navigation')[0]; \
                 const paint = performance.getEntriesByName('first-contentful-paint')[0]; \
                 return [paint ? paint.startTime : null, load.loadEventEnd]; })()";
    let times = browser.value(times);
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    eprintln!("500 documents, {bytes} bytes, a page of {}: painted and loaded after {times} ms", page.len());

    let rows = "[...document.querySelectorAll('#documents tbody tr')].filter(row => !row.hidden)";
    assert_eq!(browser.value(&format!("{rows}.length")), 500);
    let first = format!("{rows}[0].querySelector('th').textContent");
    assert_eq!(browser.value(&first), "000.txt");
    browser.click("#documents thead th:nth-child(3) button");
    assert_eq!(
        browser.value("document.querySelector('[aria-sort]').getAttribute('aria-sort')"),
        "descending"
    );
    let redundant = format!("{rows}.map(row => Number(row.cells[2].dataset.v))");
    let redundant: Vec<f64> = serde_json::from_value(browser.value(&redundant)).unwrap();
    assert!(redundant.is_sorted_by(|a, b| a >= b) && redundant[0] > 0.0 && redundant[499] == 0.0);
    browser.click("#documents thead th:first-child button");
    assert_eq!(browser.value(&first), "000.txt");

    browser.click("#filter-shared");
    assert_eq!(browser.value(&format!("{rows}.length")), 50);
    browser.click("#filter-shared");
    browser.click("#filter-warnings");
    let warned = (0..500usize).filter(|at: &usize| at.is_multiple_of(7) || at.is_multiple_of(10)).count();
    assert_eq!(browser.value(&format!("{rows}.length")), warned);
    browser.click("#filter-name");
    for key in ["3", "5"] {
        browser.press(key);
    }
    let names = browser.value(&format!("{rows}.map(row => row.cells[0].textContent)"));
    assert_eq!(names, json!(["035.txt", "350.txt", "357.txt"]));

    // Its document opens, and a walk leads into it.
    browser.click("#documents tbody tr:not([hidden]) a");
    assert_eq!(
        browser.value(
            "[...document.querySelectorAll('details.doc')].filter(doc => doc.open).map(doc => doc.id)"
        ),
        json!(["d35"])
    );
    assert_eq!(browser.complaints, [""; 0]);
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "it says whether packages may be fetched, which is no setting of ours"
)]
fn readers_who_do_not_see_it_are_told() {
    let Some(mut browser) = browser() else { return };
    if std::env::var_os("REFRAIN_TEST_NPM").is_none() {
        eprintln!("skipped: axe-core is fetched from npm only if REFRAIN_TEST_NPM is set");
        return;
    }
    let install = ["install", "--no-audit", "--no-fund", "--prefix", ".", "axe-core@4"];
    let done = Command::new("npm").args(install).current_dir(browser.folder()).output();
    if !done.is_ok_and(|done| done.status.success()) {
        eprintln!("skipped: axe-core cannot be had");
        return;
    }
    let axe = std::fs::read_to_string(browser.folder().join("node_modules/axe-core/axe.min.js")).unwrap();
    let texts = many(12);
    let documents: Vec<Document<'_>> = texts.iter().map(Document::from).collect();
    let pages = [
        ("article", article()),
        ("many", checked(&documents)),
        ("comparison", compared(ARTICLE, &ARTICLE.replace("soup", "tea"))),
    ];
    for scheme in ["light", "dark"] {
        for (name, page) in &pages {
            browser.media(scheme, "screen");
            browser.open(page, 1280, 900);
            browser.value(&axe);
            let run = "axe.run().then(found => found.violations.map(rule => rule.id + ': ' + rule.nodes.map(node => \
                       node.target + ' ' + (node.any[0] ? node.any[0].message : '')).slice(0, 3).join(' | ')))";
            assert_eq!(browser.value(run), json!([]), "{name}, {scheme}");
            // With a finding chosen and the panel open, too.
            browser.press("J");
            browser.press("Enter");
            assert_eq!(browser.value(run), json!([]), "{name}, {scheme}, with the panel");
        }
    }
}

#[test]
fn print_shows_all_wordings_and_marks_without_colour() {
    let Some(mut browser) = browser() else { return };
    browser.open(&article(), 800, 1100);
    browser.media("light", "print");
    let style = |what: &str| format!("getComputedStyle(document.querySelector('.m.s1')).{what}");
    assert_eq!(browser.value(&style("textDecorationLine")), "underline");
    assert_eq!(browser.value("getComputedStyle(document.getElementById('bar')).display"), "none");
    browser.value("dispatchEvent(new Event('beforeprint'))");
    let open = "[...document.querySelectorAll('.card:not([data-hidden])')].every(card => card.open && card.offsetHeight > 60)";
    assert_eq!(browser.value(open), true);
    browser.value("dispatchEvent(new Event('afterprint'))");
    assert_eq!(browser.value("document.querySelectorAll('.card[open]').length"), 0);
}
