//! The defaults of `clusters` and `dedup`, which take away less than `pairs` lists.

use super::*;

/// 20 words, so 18 shingles. A change of the last word but one changes two of them.
const BELL: &str = "Each evening the oldest of the bell ringers climbs the narrow stairs alone and \
                    counts the steps under his slow breath.";

fn run(folder: &Folder, command: &str, arguments: &[&str]) -> usize {
    done(&folder.run(&[&[command, "in.jsonl"], arguments].concat())).len()
}

/// What `dedup` leaves of these texts at its defaults, and how many paragraphs it calls too short.
fn left(name: &str, texts: &[&str]) -> (Vec<String>, String) {
    let folder = Folder::new(name);
    let ids: Vec<String> = (0..texts.len()).map(|id| id.to_string()).collect();
    let records: Vec<(&str, &str)> = ids.iter().map(String::as_str).zip(texts.iter().copied()).collect();
    let ran = folder.write("in.jsonl", corpus(&records)).run(&["dedup", "in.jsonl"]);
    let texts = done(&ran).iter().map(|record| record["text"].as_str().unwrap().to_owned()).collect();
    (texts, ran.stderr)
}

#[test]
fn every_command_shows_its_own_defaults() {
    let folder = Folder::new("careful-help");
    let default = |command: &str, option: &str| {
        let help = folder.run(&["help", command]).stdout;
        let at = help.find(&format!("      --{option} ")).unwrap();
        let default = help[at..].split("[default: ").nth(1).unwrap();
        default[..default.find(']').unwrap()].to_owned()
    };
    for (command, threshold, length) in [
        ("check", "0.5", "5"),
        ("compare", "0.5", "5"),
        ("pairs", "0.5", "1"),
        ("clusters", "0.8", "15"),
        ("dedup", "0.8", "15"),
    ] {
        let shown = [default(command, "threshold"), default(command, "min-paragraph-tokens")];
        assert_eq!(shown, [threshold, length], "{command}");
    }
}

#[test]
fn near_duplicates_are_removed_from_a_resemblance_of_four_fifths() {
    let folder = Folder::new("careful-threshold");
    // 16 of 20 shingles are shared, then 15 of 21.
    for (edited, removed) in [(BELL.replace("slow", "own"), 1), (BELL.replace("his slow", "a"), 0)] {
        folder.write("in.jsonl", corpus(&[("1", BELL), ("2", &edited)]));
        assert_eq!(run(&folder, "pairs", &[]), 1);
        assert_eq!(run(&folder, "clusters", &[]), removed);
        assert_eq!(run(&folder, "dedup", &[]), 2 - removed);
        assert_eq!(run(&folder, "dedup", &["--threshold", "0.5"]), 1);
    }
}

#[test]
fn paragraphs_are_removed_from_a_length_of_fifteen_words() {
    let folder = Folder::new("careful-length");
    // SOUP has 15 words.
    for (text, removed) in [(SOUP.to_owned(), 1), (SOUP.replace("one winter", "once"), 0)] {
        folder.write("in.jsonl", corpus(&[("1", &text), ("2", &text)]));
        assert_eq!(run(&folder, "pairs", &[]), 1);
        assert_eq!(run(&folder, "clusters", &[]), removed);
        assert_eq!(run(&folder, "dedup", &[]), 2 - removed);
        assert_eq!(run(&folder, "dedup", &["--min-paragraph-tokens", "14"]), 1);
    }
}

#[test]
fn the_answers_of_a_witness_stay() {
    let hearing = "Q. Were you at the harbour that night?\n\nA. Yes, I was.\n\nQ. Who held the rope?\n\n\
                   A. I could not see.\n\nQ. Was the lamp lit?\n\nA. Yes, I was.\n\nQ. And the boat?\n\n\
                   A. I could not see.";
    let (texts, summary) = left("careful-hearing", &[hearing]);
    assert_eq!(texts, [hearing]);
    assert!(summary.starts_with("1 record, 8 paragraphs (8 too short to compare), "), "{summary}");
}

#[test]
fn titles_stay_above_a_text_that_goes() {
    let notice = format!("Sailing times\n\n{FERRY}");
    let (texts, summary) = left("careful-titles", &[&notice, SOUP, &notice]);
    assert_eq!(texts, [&*notice, SOUP, "Sailing times"]);
    assert!(summary.starts_with("3 records, 5 paragraphs (2 too short to compare), "), "{summary}");
    assert!(summary.contains(": 1 paragraph removed, 0 records dropped; "), "{summary}");
}

#[test]
fn different_links_stay() {
    let links = ["anchors", "buoys", "charts"]
        .map(|page| format!("https://code.example.org/sailing/handbook/blob/main/docs/{page}.md"));
    // 15 tokens and more.
    let long = links.clone().map(|link| link.replace("docs", "docs/en/second-edition/part-one"));
    for links in [links, long] {
        let links = links.each_ref().map(String::as_str);
        assert_eq!(left("careful-links", &links).0, links);
    }
}
