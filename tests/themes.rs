//! What a document says again, in whatever words.

mod common;

use refrain::{Background, Detector, DetectorBuilder, Level, Report, Rule, Themes};

use common::{ARTICLE, assert_same, assert_sound, configurations};

/// An article of our own that says three things several times, in other words.
const QUARRY: &str = "\
The council voted to reopen the slate quarry above Carrow, closed since the landslide. Supporters expect the \
quarry to bring steady jobs to young families in the valley. Work could begin before the autumn rains.

Not everyone cheered. Residents near the lower road fear heavy lorries at night, and a survey of the slope has \
never been published.

A school with forty pupils stands at risk of closing, the headmistress said. She welcomed the promise of steady \
jobs for families who might otherwise leave the valley.

Engineers who studied the landslide warn that the slope remains unstable after rain. Heavy lorries would pass \
the lower road every few minutes, day and night.

The mayor dismissed the warning as alarm. What young families need, he repeated, is steady work in the valley, \
not another survey of the unstable slope.

Geologists will publish a new survey in May. Until then, the lower road stays closed to heavy lorries.";

const GERMAN: &str = "\
Der Betreiber verspricht den Gemeinden, dass die alte Fähre künftig elektrisch zur Insel übersetzt.

Am Sonntag bleiben die Läden geschlossen. Die Gäste stört das wenig, sagt eine Wirtin. Viele kommen wegen der \
Ruhe. Abends sitzen sie am Deich.

Das Museum zeigt Bilder aus der Zeit der Walfänger. Eine Führung dauert eine Stunde. Kinder zahlen nichts.

Ein Gutachten bezweifelt, dass die alte Fähre im Winter elektrisch zur Insel übersetzt.";
const GERMAN_AGAIN: [&[&str]; 1] = [&[
    "dass die alte Fähre künftig elektrisch zur Insel übersetzt",
    "dass die alte Fähre im Winter elektrisch zur Insel übersetzt",
]];
const CHINESE: &str = "\
议会决定重新开放山上的石板采石场。支持者期待稳定的工作机会。

附近的居民担心夜里的噪音，还没有公布任何调查。秋天的雨水很多。河边的路很窄。

学校只有四十个学生。老师们每天走很远的路。

校长欢迎稳定的工作机会，因为年轻家庭正在离开山谷。";
const CHINESE_AGAIN: [&[&str]; 1] = [&["稳定的工作机会", "稳定的工作机会"]];

fn wordings_of(report: &Report) -> Vec<Vec<&str>> {
    let themes = report.themes().iter();
    themes.map(|theme| theme.occurrences.iter().map(|found| found.text.as_str()).collect()).collect()
}

/// The lines of each theme one of whose places has this word.
fn lines_of(report: &Report, word: &str) -> Vec<Vec<usize>> {
    let has = |text: &str| text.contains(word);
    let themes = report.themes().iter();
    let themes = themes.filter(|theme| theme.occurrences.iter().any(|found| has(&found.text)));
    themes.map(|theme| theme.occurrences.iter().map(|found| found.line).collect()).collect()
}

#[test]
fn each_idea_is_one_theme_with_all_its_places() {
    let report = Detector::new().check(("quarry.txt", QUARRY));
    assert_sound(&report, &[QUARRY]);
    assert_eq!(lines_of(&report, "lorries"), [[3, 7, 11]]);
    assert!(lines_of(&report, "pupils").is_empty() && lines_of(&report, "mayor").is_empty());
    let thorough = Detector::builder().themes(Themes::Thorough).build().unwrap().check(QUARRY);
    assert_eq!(lines_of(&thorough, "steady"), [[1, 5]]);

    let findings: Vec<_> =
        report.findings().iter().filter(|finding| finding.rule == Rule::SaidAgain).collect();
    assert_eq!(findings.len(), report.themes().len());
    for (finding, theme) in findings.iter().zip(report.themes()) {
        assert_eq!((finding.level, finding.measure), (Level::Note, None));
        assert_eq!(finding.span, theme.occurrences[0].span);
        let related: Vec<_> = finding.related.iter().map(|place| place.span).collect();
        assert_eq!(related, theme.occurrences[1..].iter().map(|found| found.span).collect::<Vec<_>>());
        let wording = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let quoted = |text: &str| finding.message.ends_with(&format!(": “{}”", wording(text)));
        assert!(theme.occurrences.iter().any(|found| quoted(&found.text)), "{}", finding.message);
        assert!(finding.message.contains(&format!("in {} paragraphs", theme.paragraphs)));
    }
    let document = &report.documents()[0];
    assert_eq!((document.sentences, document.said_again_sentences), (12, 2));
    assert_eq!(document.said_again, 2.0 / 12.0);
}

#[test]
fn a_level_finds_what_a_stricter_one_finds_and_more() {
    let count = |level| {
        let detector = Detector::builder().themes(level).build().unwrap();
        [QUARRY, ARTICLE].map(|text| detector.check(text).themes().len())
    };
    let counts = [Themes::Off, Themes::Strict, Themes::Middle, Themes::Thorough].map(count);
    assert_eq!(counts[0], [0, 0]);
    assert!(counts.is_sorted_by(|a, b| a[0] <= b[0] && a[1] <= b[1]), "{counts:?}");
    assert!(counts[3][0] > counts[1][0]);
}

#[test]
fn what_a_document_says_again_does_not_depend_on_others() {
    let others = ["", ARTICLE, "港口 ".repeat(40).leak(), QUARRY];
    let alone = Detector::new().check(("q", QUARRY));
    for detector in configurations(&Detector::builder()) {
        for other in others {
            for (place, documents) in [(0, [("q", QUARRY), ("o", other)]), (1, [("o", other), ("q", QUARRY)])]
            {
                let report = detector.check_all(documents);
                let own = report.themes().iter().filter(|theme| theme.occurrences[0].document == place);
                let spans = |theme: &refrain::Theme| {
                    theme.occurrences.iter().map(|found| (found.span, found.line)).collect::<Vec<_>>()
                };
                let found: Vec<_> = own.map(|theme| (theme.score, spans(theme))).collect();
                let expected: Vec<_> =
                    alone.themes().iter().map(|theme| (theme.score, spans(theme))).collect();
                assert_eq!(found, expected);
                assert_eq!(report.documents()[place].said_again, alone.documents()[0].said_again);
            }
        }
    }
}

#[test]
fn a_comparison_has_no_themes_but_the_figures_of_each_document() {
    let report = Detector::new().compare(QUARRY, QUARRY);
    assert!(report.themes().is_empty());
    let alone = Detector::new().check(QUARRY);
    assert!(alone.documents()[0].said_again > 0.0);
    assert_eq!(report.documents()[0].said_again, alone.documents()[0].said_again);
}

#[test]
fn the_lines_of_a_text_without_blank_lines_count() {
    let text = QUARRY.replace("\n\n", "\n");
    let report = Detector::new().check(&text);
    assert_eq!(lines_of(&report, "lorries"), [[2, 4, 6]]);
    let message = &report.findings().iter().find(|finding| finding.rule == Rule::SaidAgain).unwrap().message;
    assert!(message.starts_with("said in 3 paragraphs: “"), "{message}");
}

#[test]
fn other_languages_need_no_table() {
    let detector = Detector::builder().themes(Themes::Thorough).build().unwrap();
    let without = Detector::builder().themes(Themes::Thorough).background(None).build().unwrap();
    for (text, wordings) in [(GERMAN, &GERMAN_AGAIN[..]), (CHINESE, &CHINESE_AGAIN[..])] {
        let report = detector.check(text);
        let found = wordings_of(&report);
        assert_eq!(found, wordings);
        // The table of English lists few of their words, so it is not used.
        assert_eq!(without.check(text).themes(), report.themes());
    }
}

#[test]
fn settings_name_the_table() {
    let with = |table: Option<Background>| Detector::builder().background(table).build().unwrap();
    let table: Background = "documents 100\nsteady 90\njobs 90\nfamilies 90\nvalley 90".parse().unwrap();
    let name = table.name().to_owned();
    let report = with(Some(table.clone())).check(QUARRY);
    assert_eq!(report.settings().background, name);
    assert_eq!(with(None).settings().background, "none");
    assert_eq!(Detector::new().settings().background, "en/1");

    let error = Detector::with_settings(report.settings().clone()).unwrap_err();
    let expected = "background must be en/1, none, or the name of a table that the builder was given, got ";
    assert_eq!(error.to_string(), format!("{expected}{name}"));
    assert_eq!(error.setting(), Some("background"));
    let again = DetectorBuilder::from(report.settings().clone()).background(Some(table)).build().unwrap();
    assert_eq!(again.check(QUARRY), report);
    let none = Detector::with_settings(with(None).settings().clone()).unwrap();
    assert_same(&none.check(QUARRY), &with(None).check(QUARRY));
}

/// Sentences that all meet each other, or none; a search that tries all pairs would take hours.
#[test]
fn hostile_texts_are_checked() {
    let sentence = "Steady jobs bring young families to the valley above the quarry";
    // Sentences of words that fifty or so others have.
    let mut state = 1_u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        format!("w{}x", (state >> 33) % 400)
    };
    let random: Vec<String> =
        (0..2000).map(|_| (0..10).map(|_| word()).collect::<Vec<_>>().join(" ")).collect();
    let texts = [
        format!("{sentence}. ").repeat(8000),
        format!("{sentence}\n").repeat(8000),
        "Word. ".repeat(8000),
        "Word.\n\n".repeat(8000),
        "word ".repeat(50_000),
        "港".repeat(50_000),
        random.join(".\n\n"),
    ];
    for (number, text) in texts.iter().enumerate() {
        let detector = Detector::builder().themes(Themes::Thorough).max_pairs(Some(1)).build().unwrap();
        let found = detector.check(text).themes().len();
        // What is everywhere says nothing, and words drawn at random hardly ever come together twice.
        assert!(found <= if number + 1 == texts.len() { 20 } else { 0 }, "{found} themes of {text:.40}");
    }
}
