//! The formats of `refrain check`, the files that it writes, and `refrain render`.

use serde_json::Value;

use crate::run::{Folder, GUIDE};

const FORMATS: [&str; 9] =
    ["text", "json", "sarif", "github", "lines", "markdown", "csv", "csv-documents", "junit"];

#[test]
fn each_format_is_written_to_standard_output_and_to_files() {
    let folder = Folder::new("formats");
    folder
        .write("guide.txt", GUIDE)
        .write("notes.md", "# Notes\n\nNothing comes back here, as far as we know.\n");
    let outputs: Vec<String> =
        FORMATS.iter().map(|format| format!("--output={format}:{format}.out")).collect();
    let mut arguments = vec!["check", "--notes=all", "guide.txt", "notes.md"];
    arguments.extend(outputs.iter().map(String::as_str));
    let text = folder.run(&arguments);
    assert_eq!((text.status, &*text.stderr), (1, ""));
    for format in FORMATS {
        let ran = folder.run(&["check", "--notes=all", "guide.txt", "notes.md", "--format", format]);
        assert_eq!((ran.status, &*ran.stderr), (1, ""), "{format}");
        assert_eq!(folder.read(&format!("{format}.out")), ran.stdout, "{format}");
    }
    assert!(folder.read("lines.out").starts_with("guide.txt:13:1: warning: the same words as "));
    assert!(folder.read("github.out").starts_with("::warning file=guide.txt,line=13,col=1,"));
    assert!(folder.read("markdown.out").starts_with("### refrain: 2 warnings, "));
    assert!(folder.read("csv.out").starts_with("name,line,column,"));
    assert_eq!(folder.read("csv-documents.out").lines().count(), 3);
    assert!(folder.read("junit.out").contains("<testcase classname=\"refrain\" name=\"notes.md\"/>"));
    let log: Value = serde_json::from_str(&folder.read("sarif.out")).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["endLine"], 13);
}

#[test]
fn what_is_not_worth_showing_is_left_out() {
    let folder = Folder::new("formats-shown");
    folder.write("guide.txt", GUIDE);
    let lines = |arguments: &[&str]| {
        let ran = folder.run(&[&["check", "guide.txt", "--format", "lines"], arguments].concat());
        ran.stdout.lines().count()
    };
    assert_eq!((lines(&[]), lines(&["--notes", "all"])), (3, 10));
}

#[test]
fn files_appear_together_or_not_at_all() {
    let folder = Folder::new("formats-errors");
    folder.write("guide.txt", GUIDE).write("old.sarif", "old");
    let ran = folder.run(&["check", "guide.txt", "--output=sarif:old.sarif", "--output=csv:gone/a.csv"]);
    assert_eq!((ran.status, &*ran.stdout), (2, ""));
    assert!(ran.stderr.starts_with("error: cannot write to gone/a.csv: "), "{}", ran.stderr);
    assert_eq!(folder.read("old.sarif"), "old");
    for wrong in ["report.sarif", "xml:a", "sarif:-"] {
        let ran = folder.run(&["check", "guide.txt", "--output", wrong]);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("expected "), "{}", ran.stderr);
    }
}

#[test]
fn groups_of_settings_are_one_file() {
    let folder = Folder::new("formats-groups");
    folder
        .write("a/guide.txt", GUIDE)
        .write("b/guide.txt", GUIDE)
        .write("b/refrain.toml", "threshold = 0.9\n");
    let ran = folder.run(&["check", "--format", "sarif", "a", "b"]);
    let log: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    assert_eq!(log["runs"][0]["artifacts"].as_array().unwrap().len(), 2);
    let ran = folder.run(&["check", "--format", "csv-documents", "a", "b"]);
    assert_eq!(ran.stdout.lines().count(), 3);
}

const HTML: &str = "<html><body><p>The keeper of the lighthouse climbs the <b>iron stairs</b> every evening before \
    sunset.</p>\n<p>Fog.</p>\n<p>The keeper of the lighthouse climbs the iron <i>stairs</i> every evening before \
    sunset.</p></body></html>\n";

#[test]
fn a_stored_report_is_rendered_in_each_format() {
    let folder = Folder::new("render");
    folder.write("guide.txt", GUIDE).write("page.html", HTML).write("sub/x", "");
    let inputs = ["check", "--alt-text", "guide.txt", "page.html"];
    let json = folder.run(&[&inputs[..], &["--format", "json"]].concat()).stdout;
    folder.write("report.json", &json);
    for format in FORMATS {
        let checked = folder.run(&[&inputs[..], &["--format", format]].concat());
        let rendered = folder.run(&["render", "report.json", "--format", format]);
        assert_eq!((rendered.status, &*rendered.stderr), (0, ""), "{format}");
        assert_eq!(rendered.stdout, checked.stdout, "{format}");
    }
    let piped = folder.run_on(&["render", "-", "--root", "."], json.as_bytes());
    assert_eq!(piped.stdout, folder.run(&inputs).stdout);
    let away = folder.run(&["render", "report.json", "--root", "sub"]);
    assert_eq!((away.status, &*away.stdout), (2, ""));
    assert!(away.stderr.starts_with("warning: the source of guide.txt cannot be read\n"), "{}", away.stderr);
}

#[test]
fn a_source_that_has_changed_is_named() {
    let folder = Folder::new("render-changed");
    folder.write("guide.txt", GUIDE).write("other.txt", "Nothing here.\n");
    let json = folder.run(&["check", "guide.txt", "other.txt", "--format", "json"]).stdout;
    folder.write("report.json", &json);
    let mut without_hash: Value = serde_json::from_str(&json).unwrap();
    without_hash.as_object_mut().unwrap().remove("sources");
    folder.write("library.json", without_hash.to_string());
    assert_eq!(folder.run(&["render", "library.json"]).stdout, folder.run(&["render", "report.json"]).stdout);

    // As long as before.
    folder.write("guide.txt", GUIDE.replace("sturdy", "strong"));
    for report in ["report.json", "library.json"] {
        let ran = folder.run(&["render", report]);
        assert_eq!((ran.status, &*ran.stdout), (2, ""), "{report}");
        assert!(ran.stderr.starts_with("warning: guide.txt has changed since "), "{}", ran.stderr);
        assert!(ran.stderr.contains("error: text output needs all sources as they were"), "{}", ran.stderr);
        // What needs no sources is written.
        let ran = folder.run(&["render", report, "--format", "lines"]);
        assert_eq!((ran.status, ran.stdout.lines().count()), (0, 3));
        let ran = folder.run(&["render", report, "--format", "sarif"]);
        let log: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert!(log["runs"][0]["results"][0].get("partialFingerprints").is_none());
    }
}

#[test]
fn records_are_found_by_their_ids() {
    let folder = Folder::new("render-records");
    let record = |id: u32, text: &str| serde_json::json!({ "id": id, "text": text }).to_string();
    folder.write("all.jsonl", format!("{}\n{}\n", record(1, GUIDE), record(2, "Nothing.")));
    let checked = folder.run(&["check", "all.jsonl"]);
    folder.write("report.json", folder.run(&["check", "all.jsonl", "--format", "json"]).stdout);
    let rendered = folder.run(&["render", "report.json"]);
    assert_eq!((rendered.status, &*rendered.stderr), (0, ""));
    assert_eq!(rendered.stdout, checked.stdout);
}

#[test]
fn what_is_no_report_is_refused() {
    let folder = Folder::new("render-wrong");
    folder.write("guide.txt", GUIDE);
    let json = folder.run(&["check", "guide.txt", "--format", "json"]).stdout;
    let edited = |edit: &dyn Fn(&mut Value)| {
        let mut report: Value = serde_json::from_str(&json).unwrap();
        edit(&mut report);
        report.to_string()
    };
    let cases = [
        (String::new(), "there is no report in it"),
        ("{}".to_owned(), "this is no report of `refrain check --format json`: "),
        (format!("{json}{{"), "line 2: this is no report"),
        (edited(&|report| report["findings"][0]["document"] = 7.into()), "that the report does not have"),
        (
            edited(&|report| report["findings"][0]["span"] = serde_json::json!([0, 99999])),
            "has changed since",
        ),
    ];
    for (content, message) in cases {
        folder.write("report.json", &content);
        let ran = folder.run(&["render", "report.json"]);
        assert_eq!((ran.status, &*ran.stdout), (2, ""), "{message}");
        assert!(ran.stderr.contains(message), "{message}: {}", ran.stderr);
    }
}
