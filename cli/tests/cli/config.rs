//! `refrain.toml`, and `refrain config`.

use serde_json::Value;

use crate::run::{Folder, GUIDE, Ran};

/// The report of a group of files, from a line of JSON.
fn reports(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn threshold(report: &Value) -> f64 {
    report["settings"]["threshold"].as_f64().unwrap()
}

#[test]
fn the_nearest_file_is_in_force_and_options_win() {
    let folder = Folder::with(
        "config-nearest",
        &[
            ("refrain.toml", "threshold = 0.6\nmin-passage-tokens = 9\n"),
            ("in/refrain.toml", "threshold = 0.7\n"),
            ("in/deep/guide.txt", GUIDE),
            ("other/guide.txt", GUIDE),
            ("mine.toml", "threshold = 0.9\n"),
        ],
    );
    let cases: [(&[&str], f64, u64); 6] = [
        (&["in/deep/guide.txt"], 0.7, 6),
        (&["other/guide.txt"], 0.6, 9),
        (&["other/guide.txt", "--threshold", "0.8"], 0.8, 9),
        (&["other/guide.txt", "--no-config"], 0.5, 6),
        (&["in/deep/guide.txt", "--config", "mine.toml"], 0.9, 6),
        (&["--config", "mine.toml"], 0.9, 6),
    ];
    for (arguments, expected, passage) in cases {
        let ran = folder.run(&[&["check", "--format", "json"], arguments].concat());
        let report = &reports(&ran)[0];
        assert_eq!(
            (threshold(report), &report["settings"]["min_passage_tokens"]),
            (expected, &passage.into())
        );
    }
}

#[test]
fn files_with_other_settings_are_other_groups() {
    let folder = Folder::with(
        "config-groups",
        &[
            (
                "refrain.toml",
                "exclude = [\"drafts\"]\ninclude = \"*.txt\"\n[[overrides]]\nfiles = \"b*\"\nthreshold = 0.9\n\
                 [[overrides]]\nfiles = [\"b2.txt\"]\nthreshold = 0.5\n",
            ),
            ("a.txt", GUIDE),
            ("b1.txt", GUIDE),
            ("b2.txt", GUIDE),
            ("c.md", GUIDE),
            ("drafts/d.txt", GUIDE),
        ],
    );
    let ran = folder.run(&["check", "--format", "json", "."]);
    let reports = reports(&ran);
    let found: Vec<(f64, Vec<&Value>)> = reports
        .iter()
        .map(|report| {
            let documents = report["documents"].as_array().unwrap();
            (threshold(report), documents.iter().map(|document| &document["name"]).collect())
        })
        .collect();
    assert_eq!(found, [(0.5, vec![&"a.txt".into(), &"b2.txt".into()]), (0.9, vec![&"b1.txt".into()])]);
    // a.txt is compared with b2.txt, but not with b1.txt.
    let related = |report: &Value| report["findings"].to_string().contains("\"document\":1");
    assert_eq!((related(&reports[0]), related(&reports[1])), (true, false));
    let text = folder.run(&["check", "."]).stdout;
    assert!(
        text.starts_with(
            "group 1 of 2: 2 documents with the same settings, compared with each other only\n\n"
        )
    );
    assert!(text.contains("\n\ngroup 2 of 2: 1 document with the same settings, "), "{text}");
}

#[test]
fn rules_have_levels() {
    let folder = Folder::with("config-rules", &[("guide.txt", GUIDE)]);
    let check = |rules: &str, arguments: &[&str]| {
        folder.write("refrain.toml", rules);
        folder.run(&[&["check", "guide.txt"], arguments].concat())
    };
    let ran =
        check("[rules]\nexact-duplicate = \"off\"\nnear-duplicate = \"note\"\nsaid_again = \"off\"", &[]);
    assert_eq!((ran.status, &*ran.stderr), (0, ""));
    assert!(ran.stdout.starts_with("note[near-duplicate] guide.txt:7: "), "{}", ran.stdout);
    assert!(!ran.stdout.contains("[exact-duplicate]") && !ran.stdout.contains("[said-again]"));
    assert!(ran.stdout.ends_with("\n4 findings of rules that are off left out\n"), "{}", ran.stdout);

    let ran =
        check("rules.repeated-passage = \"warning\"\nfail-on = \"repeated-passage\"", &["--format", "json"]);
    assert_eq!(ran.status, 1);
    let report = &reports(&ran)[0];
    let findings = report["findings"].as_array().unwrap();
    let passages: Vec<&Value> = findings.iter().filter(|it| it["rule"] == "repeated-passage").collect();
    assert!(!passages.is_empty());
    assert!(passages.iter().all(|it| it["level"] == "warning" && it["shown"] == true), "{passages:?}");
    let levels: Vec<bool> = findings.iter().map(|it| it["level"] == "warning").collect();
    assert!(levels.is_sorted_by(|a, b| a >= b), "{levels:?}");

    // An option wins, and rules differ by file without groups.
    let ran = check("fail-on = \"never\"", &["--fail-on", "warning"]);
    assert_eq!(ran.status, 1);
    folder.write("other.txt", GUIDE.replace("lighthouse", "windmill"));
    let rules =
        "[[overrides]]\nfiles = \"guide.txt\"\nrules.exact-duplicate = \"off\"\nmax-redundancy = \"10%\"";
    let ran = check(rules, &["other.txt", "--limit", "all"]);
    assert_eq!((ran.status, ran.stdout.contains("group ")), (1, false));
    assert!(!ran.stdout.contains("--> guide.txt:13:1\n   |\n13 | V"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("guide.txt: redundancy 38%, more than the 10% of max-redundancy"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_wrong_file_is_an_error_with_its_place() {
    let folder = Folder::with("config-wrong", &[("in/guide.txt", GUIDE)]);
    let cases: [(&[u8], &str); 6] = [
        (
            b"min-pasage-tokens = 4\n",
            "in/refrain.toml:1:1: unknown key `min-pasage-tokens`; did you mean `min-passage-tokens`?",
        ),
        (
            b"\n  threshold = 2\n",
            "in/refrain.toml:2:15: threshold must be a number greater than 0 and at most 1, such as 0.5, got 2",
        ),
        (b"lanes = 1\nsearch = \"banded\"\n", "1 lanes cannot reach a recall of 0.99"),
        (b"background = \"gone.txt\"\n", "in/gone.txt: "),
        (b"threshold = \n", "in/refrain.toml:1:"),
        (b"\xff", "cannot read in/refrain.toml: it is not UTF-8"),
    ];
    for (content, message) in cases {
        folder.write("in/refrain.toml", content);
        let ran = folder.run(&["check", "in"]);
        assert_eq!((ran.status, &*ran.stdout, ran.stderr.lines().count()), (2, "", 1), "{ran:?}");
        assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains(message), "{}", ran.stderr);
        assert_eq!(folder.run(&["check", "--no-config", "in"]).status, 1);
    }
}

#[test]
fn the_command_shows_what_is_in_force() {
    let folder = Folder::with(
        "config-shown",
        &[(
            "refrain.toml",
            "threshold = 0.6\n[input]\n\"*.tmpl\" = \"markdown\"\n[[overrides]]\nfiles = \"docs\"\nprofile = \"reference\"\n",
        )],
    );
    let ran = folder.run(&["config", "docs/a.tmpl", "--min-passage-tokens", "8"]);
    assert_eq!((ran.status, &*ran.stderr), (0, ""));
    let lines: Vec<Vec<&str>> = ran.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    for line in [
        &["#", "refrain.toml"][..],
        &["threshold", "0.6", "refrain.toml:1:13"],
        &["min-passage-tokens", "8", "--min-passage-tokens"],
        &["input", "\"markdown\"", "refrain.toml:3:12"],
        &["verdict.redundancy", "0.3", "refrain.toml:6:11"],
        &["shingle", "\"words:3\"", "default"],
    ] {
        assert!(lines.iter().any(|found| found == line), "{line:?}: {}", ran.stdout);
    }
    let ran = folder.run(&["config", "a.txt", "--format", "json"]);
    let shown: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(shown["file"], "refrain.toml");
    assert_eq!(
        shown["values"]["threshold"],
        serde_json::json!({ "value": 0.6, "from": "refrain.toml:1:13" })
    );
    assert_eq!(shown["values"]["verdict.redundancy"]["from"], "default");
    assert!(folder.run(&["config", "--no-config"]).stdout.starts_with("# no refrain.toml\n"));
}
