//! Each format is read back by what reads it.

mod hostile;

use std::collections::BTreeMap;

use hostile::{NAMES, documents, is_safe, report, written};
use refrain::{Detector, Document, Finding, Level, Report};
use refrain_report::{Checked, Fingerprint, Select, csv, github, junit, lines, markdown, sarif};
use serde_json::Value;

#[test]
fn lines_are_one_for_each_finding() {
    for select in [Select::Shown, Select::All] {
        let report = report(&documents());
        let text = written(lines::write, select);
        assert!(is_safe(&text));
        assert_eq!(text.lines().count(), select.of(&report).count());
        for (line, finding) in text.lines().zip(select.of(&report)) {
            assert!(line.ends_with(&format!(" [{}]", finding.rule)), "{line}");
            assert!(
                line.contains(&format!("{}:{}: {}: ", finding.line, finding.column, finding.level)),
                "{line}"
            );
        }
    }
    assert!(
        written(lines::write, Select::Shown).lines().any(|line| line.starts_with("notes.txt:7:1: warning: "))
    );
}

/// A workflow command: `::name key=value,key=value::message`.
#[derive(Debug, PartialEq)]
struct Command {
    name: String,
    properties: BTreeMap<String, String>,
    message: String,
}

/// Parses a line as GitHub's runner does: the first `::` after the name ends the properties, and then the escapes are
/// replaced, `%25` last.
fn command(line: &str) -> Option<Command> {
    let data = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let property = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
        text.replace("%25", "%")
    };
    let (head, message) = line.strip_prefix("::")?.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let pairs = properties.split(',').filter(|pair| !pair.is_empty());
    let properties =
        pairs.map(|pair| pair.split_once('=').map(|(key, value)| (key.to_owned(), property(value))));
    Some(Command {
        name: name.to_owned(),
        properties: properties.collect::<Option<_>>()?,
        message: data(message),
    })
}

#[test]
fn annotations_follow_the_grammar_of_workflow_commands() {
    let report = report(&documents());
    let text = written(|out, checked, select| github::write(out, checked, &[], select), Select::Shown);
    assert!(is_safe(&text));
    let mut seen = BTreeMap::new();
    let is_written = |finding: &&Finding| {
        let count = seen.entry(finding.level).or_insert(0);
        *count += 1;
        *count <= github::MOST
    };
    let findings: Vec<&Finding> = report.shown().filter(is_written).collect();
    let commands: Vec<&str> = text.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(commands.len(), findings.len());
    for (line, finding) in commands.into_iter().zip(findings) {
        let Command { name, properties, message } = command(line).unwrap();
        assert_eq!(name, if finding.level == Level::Warning { "warning" } else { "notice" });
        assert_eq!(properties["line"], finding.line.to_string());
        assert_eq!(properties["col"], finding.column.to_string());
        assert_eq!(properties["title"], format!("refrain: {}", finding.rule));
        if is_safe(&finding.name) && !finding.name.contains('\n') {
            assert_eq!(properties.get("file").map_or("", String::as_str), finding.name);
        }
        assert_eq!(properties.contains_key("file"), !finding.name.is_empty());
        if is_safe(&finding.message) {
            assert_eq!(message, finding.message.replace('\n', " "));
        }
    }
}

#[test]
fn annotations_are_bounded() {
    let line = |number: usize| {
        format!(
            "In street {number} the bins are emptied on the first Monday of each month, at six o'clock, rain or shine."
        )
    };
    let text: String = (0..80).map(|number| format!("{}\n\n{}\n\n", line(number), line(number))).collect();
    let report = Detector::new().check(("bins.txt", text));
    let warnings = report.shown().filter(|finding| finding.level == Level::Warning).count();
    assert!(warnings > github::MOST);
    let mut out = Vec::new();
    github::write(&mut out, &[(&report).into()], &[], Select::Shown).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert_eq!(out.lines().filter(|line| line.starts_with("::warning ")).count(), github::MOST);
    let more = format!("{} more warnings without an annotation", warnings - github::MOST);
    assert!(out.lines().any(|line| line.starts_with(&more)), "{out}");
}

/// The rows of a table by the names of its columns.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    ::csv::Reader::from_reader(text.as_bytes()).into_deserialize().collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_table_of_findings_is_read_by_its_columns() {
    let report = report(&documents());
    for select in [Select::Shown, Select::All] {
        let rows = rows(&written(csv::write_findings, select));
        assert_eq!(rows.len(), select.of(&report).count());
        for (row, finding) in rows.iter().zip(select.of(&report)) {
            assert_eq!(row["rule"], finding.rule.to_string());
            assert_eq!(row["shown"], finding.shown.to_string());
            assert_eq!(row["start"].parse(), Ok(finding.span.start));
            assert_eq!(row["measure"].parse().ok(), finding.measure);
            assert_eq!(row["related"].parse(), Ok(finding.related.len()));
            for (key, value) in row {
                assert!(is_safe(value), "{key}: {value:?}");
                assert!(!value.starts_with(['=', '+', '-', '@']), "{key}: {value:?}");
            }
        }
    }
}

#[test]
fn a_table_of_documents_is_read_by_its_columns() {
    let report = report(&documents());
    let rows = rows(&written(csv::write_documents, Select::Shown));
    assert_eq!(rows.len(), NAMES.len());
    for (row, document) in rows.iter().zip(report.documents()) {
        assert_eq!(row["verdict"], document.verdict.to_string());
        assert_eq!(row["redundancy"].parse(), Ok(document.redundancy));
        assert_eq!(row["shared_area_tokens"].parse(), Ok(document.shared_area_tokens));
    }
    let count = |column: &str| rows.iter().map(|row| row[column].parse::<usize>().unwrap()).sum::<usize>();
    assert_eq!(count("warnings") + count("notes"), report.shown().count());
    assert_eq!(rows[0]["name"], "notes.txt");
    assert_eq!(rows[4]["name"], "'=1+1|`x`|[a](b)|@someone #1 ``.md");
}

#[test]
fn junit_is_xml_with_a_test_case_for_each_document() {
    let report = report(&documents());
    let text = written(|out, checked, select| junit::write(out, checked, &[], select), Select::Shown);
    assert!(is_safe(&text));
    let xml = roxmltree::Document::parse(&text).unwrap();
    let cases: Vec<_> = xml.descendants().filter(|node| node.has_tag_name("testcase")).collect();
    assert_eq!(cases.len(), NAMES.len());
    for (index, case) in cases.iter().enumerate() {
        let name = case.attribute("name").unwrap();
        if is_safe(NAMES[index]) && !NAMES[index].is_empty() && !NAMES[index].contains(['\n', '\u{fffe}']) {
            assert_eq!(name, NAMES[index]);
        }
        let warnings =
            report.shown().filter(|finding| finding.document == index && finding.level == Level::Warning);
        let failure = case.children().find(|node| node.has_tag_name("failure"));
        let listed = failure.and_then(|node| node.text()).map_or(0, |text| text.lines().count());
        assert_eq!(listed, warnings.count());
    }
    let suite = xml.descendants().find(|node| node.has_tag_name("testsuite")).unwrap();
    assert_eq!(suite.attribute("tests"), Some("8"));
}

#[test]
fn what_was_not_read_is_reported() {
    let unread = ["cannot read a<b>.txt: it is\na folder".to_owned(), "cannot read c.txt: 100%".to_owned()];
    let report = Detector::new().check("");
    let checked = [Checked::from(&report)];

    let mut out = Vec::new();
    sarif::write(&mut out, &checked, &unread, Select::Shown).unwrap();
    let log: Value = serde_json::from_slice(&out).unwrap();
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notifications = invocation["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(notifications.len(), 2);
    assert_eq!(notifications[1]["message"]["text"], unread[1]);

    let mut out = Vec::new();
    junit::write(&mut out, &checked, &unread, Select::Shown).unwrap();
    let out = String::from_utf8(out).unwrap();
    let xml = roxmltree::Document::parse(&out).unwrap();
    let errors: Vec<_> = xml.descendants().filter(|node| node.has_tag_name("error")).collect();
    let messages = errors.iter().map(|error| error.attribute("message").unwrap());
    assert_eq!(messages.collect::<Vec<_>>(), ["cannot read a<b>.txt: it is a folder", &unread[1]]);

    let mut out = Vec::new();
    github::write(&mut out, &checked, &unread, Select::Shown).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert_eq!(
        out.lines().collect::<Vec<_>>(),
        [
            "::error title=refrain%3A not read::cannot read a<b>.txt: it is a folder",
            "::error title=refrain%3A not read::cannot read c.txt: 100%25",
        ]
    );
}

/// All code, and all other text, of what a reader of Markdown sees. It must see no links, pictures and tags.
fn seen(text: &str) -> (Vec<String>, String) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let (mut code, mut rest) = (Vec::new(), String::new());
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Code(text) => code.push(text.into_string()),
            Event::Text(text) => rest.push_str(&text),
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::Emphasis) => {
                panic!("{event:?} in\n{text}")
            }
            Event::Html(tag) | Event::InlineHtml(tag) => {
                let known = ["<!-- -->", "<details><summary>", "</details>", "</summary>"];
                assert!(known.iter().any(|known| tag.trim().starts_with(known)), "{tag} in\n{text}");
                rest.push('\u{0}');
            }
            _ => rest.push('\n'),
        }
    }
    (code, rest)
}

#[test]
fn markdown_shows_names_and_quotes_as_code() {
    let text = written(markdown::write, Select::Shown);
    assert!(is_safe(&text));
    let (code, rest) = seen(&text);
    assert!(code.contains(&"notes.txt".to_owned()));
    assert!(code.contains(&NAMES[4].to_owned()), "{code:?}");
    assert!(code.contains(&"]]><script>alert(1)</script>&amp;\"'.txt".to_owned()));
    assert!(!rest.contains("@someone") && !rest.contains("#1"), "{rest}");
    let report = report(&documents());
    let warnings = report.shown().filter(|finding| finding.level == Level::Warning).count();
    assert!(text.starts_with(&format!("### refrain: {warnings} warnings, ")));
}

#[test]
fn markdown_is_bounded_and_says_what_is_left_out() {
    let name = |number: usize| format!("{}{number}.txt", "ж`|".repeat(60));
    let text = |number: usize| {
        let line = format!("{number} `|` {}", "日本の灯台は毎晩日没の前に灯りをともす。".repeat(12));
        format!("{line}\n\n{line}\n")
    };
    let documents: Vec<Document<'_>> =
        (0..300).map(|number| Document::new(name(number), text(number))).collect();
    let report = report(&documents);
    let mut out = Vec::new();
    markdown::write(&mut out, &[Checked::new(&report, &documents)], Select::Shown).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!((10_000..=markdown::MOST).contains(&out.len()), "{}", out.len());
    let (_, rest) = seen(&out);
    assert!(rest.contains("270 more documents"), "{rest}");
    assert!(rest.contains("Left out: ") && rest.contains(" more warnings"), "{rest}");
}

fn sarif_log(select: Select) -> Value {
    serde_json::from_str(&written(|out, checked, select| sarif::write(out, checked, &[], select), select))
        .unwrap()
}

#[test]
fn sarif_has_a_result_for_each_finding() {
    let documents = documents();
    let report = report(&documents);
    let log = sarif_log(Select::Shown);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), report.shown().count());
    for (result, finding) in results.iter().zip(report.shown()) {
        assert_eq!(result["ruleId"], finding.rule.to_string());
        let rule = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
        let location = &result["locations"][0]["physicalLocation"];
        let source = documents[finding.document].source();
        assert_eq!(location["artifactLocation"]["index"], finding.document);
        let region = &location["region"];
        let [offset, length] = ["byteOffset", "byteLength"].map(|key| region[key].as_u64().unwrap() as usize);
        assert_eq!(&source[offset..offset + length], finding.span.of(source));
        assert_eq!(region["startLine"], finding.line);
        let lines = finding.span.of(source).split('\n').count() - 1;
        assert_eq!(region["endLine"], finding.line + lines);
        let fingerprint = result["partialFingerprints"]["refrainContent/v1"].as_str().unwrap();
        assert_eq!(
            Fingerprint::parse(fingerprint),
            Some(Fingerprint::of(finding, &finding.name, &documents))
        );
        assert!(result.get("suppressions").is_none());
        let related = result["relatedLocations"].as_array().map_or(0, Vec::len);
        let expected =
            if finding.stretches.is_empty() { finding.related.len() } else { finding.stretches.len() };
        assert_eq!(related, expected.min(100));
    }
}

#[test]
fn sarif_refers_to_files_by_relative_references() {
    let log = sarif_log(Select::Shown);
    let artifacts = log["runs"][0]["artifacts"].as_array().unwrap();
    let uris: Vec<Option<&str>> =
        artifacts.iter().map(|artifact| artifact["location"]["uri"].as_str()).collect();
    assert_eq!(uris[0], Some("notes.txt"));
    assert_eq!(uris[1], Some("drafts/a%20b%2Cc%3Ad%250A%25.txt"));
    assert_eq!(uris[6], Some("%E6%97%A5%E6%9C%AC/%C3%A9%7B0%7D.txt"));
    // What has no name is named by its number, if there are several.
    assert_eq!(uris[7], Some("document%208"));
    let report = Detector::new().check(documents()[7].source());
    let mut out = Vec::new();
    sarif::write(&mut out, &[(&report).into()], &[], Select::Shown).unwrap();
    let log: Value = serde_json::from_slice(&out).unwrap();
    let run = &log["runs"][0];
    assert!(run["artifacts"][0].get("location").is_none());
    let location = &run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(*location, serde_json::json!({ "index": 0 }));
}

#[test]
fn sarif_suppresses_what_is_not_shown() {
    let log = sarif_log(Select::All);
    let report = report(&documents());
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), report.findings().len());
    assert!(report.findings().iter().any(|finding| !finding.shown));
    for (result, finding) in results.iter().zip(report.findings()) {
        assert_eq!(result.get("suppressions").is_some(), finding.hidden.is_some());
    }
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let fingerprints = |before: &str| {
        let documents = documents();
        let documents = [Document::new("notes.txt", format!("{before}{}", documents[0].source()))];
        let report = report(&documents);
        let mut out = Vec::new();
        sarif::write(&mut out, &[Checked::new(&report, &documents)], &[], Select::Shown).unwrap();
        let log: Value = serde_json::from_slice(&out).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        let warnings = results.into_iter().filter(|result| result["level"] == "warning");
        warnings.map(|result| result["partialFingerprints"].clone()).collect::<Vec<Value>>()
    };
    let known = fingerprints("");
    assert!(known.len() > 1);
    assert_eq!(fingerprints("Fog today.\n\n\n"), known);
}

#[test]
fn several_reports_are_one_file() {
    let documents = documents();
    let (left, right) = documents.split_at(4);
    let reports = [report(left), report(right)];
    let checked = [Checked::new(&reports[0], left), Checked::new(&reports[1], right)];
    let mut out = Vec::new();
    sarif::write(&mut out, &checked, &[], Select::Shown).unwrap();
    let log: Value = serde_json::from_slice(&out).unwrap();
    let run = &log["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let location = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        let artifact = &run["artifacts"][location["index"].as_u64().unwrap() as usize];
        assert_eq!(location.get("uri"), artifact.get("location").and_then(|location| location.get("uri")));
    }
    let mut table = Vec::new();
    csv::write_documents(&mut table, &checked, Select::Shown).unwrap();
    assert_eq!(rows(&String::from_utf8(table).unwrap()).len(), NAMES.len());
    let mut xml = Vec::new();
    junit::write(&mut xml, &checked, &[], Select::Shown).unwrap();
    let xml = String::from_utf8(xml).unwrap();
    let xml = roxmltree::Document::parse(&xml).unwrap();
    assert_eq!(xml.descendants().filter(|node| node.has_tag_name("testsuite")).count(), 2);
}

#[test]
fn nothing_to_report_is_a_file_too() {
    let empty: [Document<'_>; 0] = [];
    let reports: [Report; 2] = [Detector::new().check_all(&empty), Detector::new().check("")];
    for report in &reports {
        let checked = [Checked::from(report)];
        let mut out = Vec::new();
        sarif::write(&mut out, &checked, &[], Select::Shown).unwrap();
        let log: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
        let mut out = Vec::new();
        lines::write(&mut out, &checked, Select::Shown).unwrap();
        github::write(&mut out, &checked, &[], Select::Shown).unwrap();
        assert!(out.is_empty());
        let mut out = Vec::new();
        junit::write(&mut out, &checked, &[], Select::Shown).unwrap();
        assert!(roxmltree::Document::parse(&String::from_utf8(out).unwrap()).is_ok());
        let mut out = Vec::new();
        markdown::write(&mut out, &checked, Select::Shown).unwrap();
        assert!(String::from_utf8(out).unwrap().starts_with("### refrain: 0 warnings, 0 notes\n"));
    }
}
