//! Input formats: compressed files, Parquet, pipes, other field names.

use std::io::Write as _;

use super::*;

const RECORDS: [(&str, &str); 3] = [("\"a\"", FERRY), ("2", SOUP), ("3", FERRY)];

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn compressed_files_are_recognised_by_extension() {
    let folder = Folder::new("compressed");
    let plain = corpus(&RECORDS);
    let (head, tail) = plain.split_at(plain.len() / 2);
    // Concatenated members are one file.
    folder
        .write("in.jsonl", &plain)
        .write("in.jsonl.gz", [gzip(head.as_bytes()), gzip(tail.as_bytes())].concat());
    let zstd = |text: &str| zstd::encode_all(text.as_bytes(), 0).unwrap();
    folder.write("in.ZST", [zstd(head), zstd(tail)].concat());
    for command in ["pairs", "clusters", "dedup"] {
        let expected = folder.run(&[command, "in.jsonl"]);
        for file in ["in.jsonl.gz", "in.ZST"] {
            let ran = folder.run(&[command, file]);
            assert_eq!((ran.status, &ran.stdout), (0, &expected.stdout), "{command} {file}: {}", ran.stderr);
        }
        assert_eq!(folder.run_on(&[command, "-"], plain.as_bytes()).stdout, expected.stdout);
    }
}

#[test]
fn zero_bytes_after_gzip_members_are_skipped() {
    let folder = Folder::new("padded");
    let plain = corpus(&RECORDS);
    let (head, tail) = plain.split_at(plain.len() / 2);
    let zeros = |count: usize| vec![0; count];
    let [head, tail] = [head, tail].map(|part| gzip(part.as_bytes()));
    let expected = folder.write("in.jsonl", &plain).run(&["pairs", "in.jsonl"]).stdout;
    for (between, after) in [(0, 1), (0, 10_240), (512, 0), (3, 1 << 20)] {
        let bytes = [head.clone(), zeros(between), tail.clone(), zeros(after)].concat();
        let ran = folder.write("in.gz", bytes).run(&["pairs", "in.gz"]);
        assert_eq!((ran.status, ran.stdout), (0, expected.clone()), "{between} {after}: {}", ran.stderr);
    }
    for bad in [[head.clone(), zeros(512), vec![1]].concat(), zeros(512), vec![]] {
        let message = failure(folder.write("in.gz", bad), &["pairs", "in.gz"]);
        assert!(message.starts_with("cannot read in.gz: "), "{message}");
    }
}

#[test]
fn results_are_compressed_by_extension() {
    let folder = Folder::new("compressing");
    folder.write("in.jsonl", corpus(&RECORDS));
    let expected = folder.run(&["dedup", "in.jsonl"]).stdout;
    for file in ["out.gz", "out.zst"] {
        assert_eq!(folder.run(&["dedup", "-o", file, "in.jsonl"]).status, 0);
        let again = folder.run(&["dedup", file]);
        assert_eq!((again.status, &again.stdout), (0, &expected));
        assert_ne!(std::fs::read(folder.path().join(file)).unwrap(), expected.as_bytes());
    }
}

#[test]
fn truncated_files_are_errors() {
    let folder = Folder::new("truncated");
    let long: String =
        (0..20_000).map(|id| format!("{{\"id\":{id},\"text\":\"word{} {id}\"}}\n", id * 7919)).collect();
    let whole = gzip(long.as_bytes());
    folder.write("in.gz", &whole[..whole.len() / 2]).write("tail.gz", &whole[..whole.len() - 4]);
    let whole = zstd::encode_all(long.as_bytes(), 0).unwrap();
    folder.write("in.zst", &whole[..whole.len() / 2]).write("not.gz", &long).write("not.zst", &long);
    for file in ["in.gz", "tail.gz", "in.zst", "not.gz", "not.zst"] {
        for options in [&["-o", "out"][..], &["-o", "out", "--skip-bad"]] {
            let message = failure(&folder, &[&["pairs", file], options].concat());
            assert!(message.starts_with(&format!("cannot read {file}: ")), "{message}");
            assert!(!folder.path().join("out").exists());
        }
    }
}

#[test]
fn field_names_can_be_set() {
    let folder = Folder::new("fields-named");
    let line = |id: u32| format!("{{\"text\": 5, \"körper\": \"{SOUP}\", \"id\": [], \"key\": {id}}}\n");
    folder.write("in.jsonl", line(1) + &line(2));
    let pairs = done(&folder.run(&["pairs", "--id-field", "key", "--text-field", "körper", "in.jsonl"]));
    assert_eq!((pairs.len(), &pairs[0]["b"]), (1, &serde_json::json!(2)));
    let message = failure(&folder, &["pairs", "--id-field", "text", "in.jsonl"]);
    assert_eq!(message, "--id-field and --text-field are both `text`");
}

#[test]
fn line_numbers_serve_as_ids() {
    let folder = Folder::new("line-ids");
    let record = |text: &str| format!("{{\"text\": {}}}\n", quoted(text));
    let lines = format!("\n{}{}\n{}", record(FERRY), record(SOUP), record(FERRY));
    folder.write("in.jsonl", &lines);
    let line = ["--id-field", "line", "in.jsonl"];
    let pairs = done(&folder.run(&[&["pairs"], &line[..]].concat()));
    assert_eq!((pairs.len(), &pairs[0]["a"], &pairs[0]["b"]), (1, &2.into(), &5.into()));
    let ran = folder.run(&[&["dedup", "--removed", "removed.jsonl"], &line[..]].concat());
    assert_eq!((ran.status, ran.stdout), (0, format!("{}{}", record(FERRY), record(SOUP))));
    let removed = parsed(&std::fs::read_to_string(folder.path().join("removed.jsonl")).unwrap());
    assert_eq!((&removed[0]["id"], &removed[0]["kept"]["id"]), (&5.into(), &2.into()));

    // Lines that are skipped are counted.
    folder.write("in.jsonl", format!("no record\n{lines}"));
    let pairs = folder.run(&[&["pairs", "--skip-bad"], &line[..]].concat());
    assert_eq!(parsed(&pairs.stdout)[0]["b"], 6);
    let ran = folder.run(&[&["dedup", "--skip-bad"], &line[..]].concat());
    assert_eq!((ran.status, ran.stdout), (0, format!("{}{}", record(FERRY), record(SOUP))));
}

#[test]
fn a_dot_leads_into_an_object() {
    let folder = Folder::new("dotted");
    let record = |id: u32, text: &str| {
        let text = quoted(text);
        format!(
            "{{\"meta\": {{\"n\": [1], \"id\": {id}}}, \"doc\": {{\"in\": {{\"body\": {text}}}}}, \"z\": 1}}\n"
        )
    };
    let both = format!("{FERRY}\n\n{SOUP}");
    folder.write("in.jsonl", record(7, FERRY) + &record(9, &both));
    let fields = ["--id-field", "meta.id", "--text-field", "doc.in.body", "in.jsonl"];
    let pairs = done(&folder.run(&[&["pairs"], &fields[..]].concat()));
    assert_eq!((pairs.len(), &pairs[0]["a"], &pairs[0]["b"]), (1, &7.into(), &9.into()));
    let ran = folder.run(&[&["dedup"], &fields[..]].concat());
    assert_eq!((ran.status, ran.stdout), (0, record(7, FERRY) + &record(9, SOUP)), "{}", ran.stderr);
    let ran = folder.run(&[&["dedup", "--keep", "field:meta.id"], &fields[..]].concat());
    assert_eq!((ran.status, ran.stdout), (0, record(9, &both)), "{}", ran.stderr);

    // A name with a dot is a name, too.
    folder.write("in.jsonl", format!("{{\"meta.id\": 1, \"doc.in.body\": {}}}\n", quoted(FERRY)));
    assert_eq!(folder.run(&[&["pairs"], &fields[..]].concat()).status, 0);
    folder.write("in.jsonl", "{\"meta\": {\"id\": 1}, \"doc\": {\"in\": {\"text\": \"a\"}, \"by\": 2}}\n");
    assert_eq!(
        failure(&folder, &[&["pairs"], &fields[..]].concat()),
        "in.jsonl: line 1: no field `doc.in.body`; name the field with the text with --text-field; the fields \
         are `meta.id`, `doc.in.text`, `doc.by`"
    );
    folder.write("in.jsonl", "{\"meta\": {\"id\": 1, \"id\": 2}, \"doc\": {\"in\": {\"body\": \"a\"}}}\n");
    let message = failure(&folder, &[&["pairs"], &fields[..]].concat());
    assert_eq!(message, "in.jsonl: line 1: the field `meta.id` occurs twice");
}

#[test]
fn archives_with_the_largest_window_are_read() {
    let folder = Folder::new("long-window");
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    // The size is not known in advance, so the frame asks for the whole window.
    encoder.window_log(31).unwrap();
    encoder.write_all(corpus(&RECORDS).as_bytes()).unwrap();
    folder.write("in.jsonl.zst", encoder.finish().unwrap());
    assert_eq!(done(&folder.run(&["pairs", "in.jsonl.zst"])).len(), 1);
}

#[test]
fn empty_input_gives_empty_output() {
    let folder = Folder::new("nothing");
    folder
        .write("empty", "")
        .write("blank", "\n \n\r\n")
        .write("empty.gz", gzip(b""))
        .write("bom", "\u{feff}\n");
    for file in ["empty", "blank", "empty.gz"] {
        for command in ["pairs", "clusters", "dedup"] {
            let ran = folder.run(&[command, file]);
            assert_eq!((ran.status, &*ran.stdout), (0, ""), "{command} {file}");
            assert!(
                ran.stderr.starts_with("0 records, 0 paragraphs, 0 exact duplicates: 0 "),
                "{}",
                ran.stderr
            );
        }
    }
}

#[test]
fn a_byte_order_mark_is_not_part_of_a_record() {
    let folder = Folder::new("corpus-bom");
    folder.write("in.jsonl", format!("\u{feff}{}", corpus(&RECORDS)));
    assert_eq!(done(&folder.run(&["pairs", "in.jsonl"])).len(), 1);
    assert_eq!(folder.run(&["dedup", "in.jsonl"]).stdout, format!("\u{feff}{}", corpus(&RECORDS[..2])));
}

#[cfg(feature = "parquet")]
mod columns {
    use std::fs::File;
    use std::sync::Arc;

    use parquet::basic::Compression;
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
    use parquet::schema::parser::parse_message_type;

    use super::*;

    /// Writes rows of an id, a text and a score, two row groups of them.
    fn write(folder: &Folder, name: &str, schema: &str, rows: &[(i64, Option<&str>, f64)]) {
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let file = File::create(folder.path().join(name)).unwrap();
        let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).unwrap();
        for rows in rows.chunks(2) {
            let mut group = writer.next_row_group().unwrap();
            let mut column = 0;
            while let Some(mut writer) = group.next_column().unwrap() {
                write_column(&mut writer, column, rows);
                writer.close().unwrap();
                column += 1;
            }
            group.close().unwrap();
        }
        writer.close().unwrap();
    }

    fn write_column(
        writer: &mut SerializedColumnWriter<'_>,
        column: usize,
        rows: &[(i64, Option<&str>, f64)],
    ) {
        match column {
            0 => {
                let scores: Vec<f64> = rows.iter().map(|row| row.2).collect();
                writer.typed::<DoubleType>().write_batch(&scores, None, None).unwrap();
            }
            1 => {
                let ids: Vec<i64> = rows.iter().map(|row| row.0).collect();
                writer.typed::<Int64Type>().write_batch(&ids, None, None).unwrap();
            }
            _ => {
                let texts: Vec<ByteArray> =
                    rows.iter().filter_map(|row| row.1).map(ByteArray::from).collect();
                let levels: Vec<i16> = rows.iter().map(|row| i16::from(row.1.is_some())).collect();
                writer.typed::<ByteArrayType>().write_batch(&texts, Some(&levels), None).unwrap();
            }
        }
    }

    const SCHEMA: &str =
        "message m { required double score; required int64 id; optional binary text (UTF8); }";

    #[test]
    fn rows_are_records() {
        let folder = Folder::new("parquet");
        let both = format!("{SOUP}\n\nNothing like it — “ever”.");
        let rows =
            [(1, Some(FERRY), 0.5), (2, Some(&both), 1.0), (3, Some(FERRY), 2.0), (-4, Some(SOUP), 1e300)];
        write(&folder, "in.parquet", SCHEMA, &rows);
        write(&folder, "untyped.parquet", &SCHEMA.replace(" (UTF8)", ""), &rows);
        for file in ["in.parquet", "untyped.parquet"] {
            let pairs = done(&folder.run(&["pairs", file]));
            let ends: Vec<_> = pairs.iter().map(|pair| (pair["a"].as_i64(), pair["b"].as_i64())).collect();
            assert_eq!(ends, [(Some(1), Some(3)), (Some(2), Some(-4))]);
            let ran = folder.run(
                &[&["dedup", "--keep", "field:score", "--removed", "removed.jsonl", file], &ALIKE[..]]
                    .concat(),
            );
            let expected = format!(
                "{{\"score\":1.0,\"id\":2,\"text\":\"Nothing like it — “ever”.\"}}\n\
                 {{\"score\":2.0,\"id\":3,\"text\":\"{FERRY}\"}}\n{{\"score\":1e+300,\"id\":-4,\"text\":\"{SOUP}\"}}\n"
            );
            assert_eq!(ran.stdout, expected, "{}", ran.stderr);
        }
    }

    #[cfg(feature = "index")]
    #[test]
    fn columns_are_kept_in_an_index() {
        let folder = Folder::new("parquet-index");
        write(&folder, "in.parquet", SCHEMA, &[(1, Some(FERRY), 0.5), (2, Some(SOUP), 1.5)]);
        folder.run(&["index", "create", "a.index"]);
        let ran = folder.run(&["index", "add", "a.index", "in.parquet", "--metadata-fields", "*"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let ran = folder.run(&["index", "list", "a.index"]);
        assert_eq!(ran.stdout, "in.parquet#1  {\"score\":0.5}\nin.parquet#2  {\"score\":1.5}\n");
        let ran = folder.run(&["index", "check", "a.index", "in.parquet", "--before", "score"]);
        assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    }

    #[cfg(feature = "index")]
    #[test]
    fn times_are_those_of_iso_8601() {
        let folder = Folder::new("parquet-times");
        let schema = SCHEMA.replace("int64 id", "int64 published (TIMESTAMP_MILLIS)");
        write(&folder, "in.parquet", &schema, &[(1_714_555_800_000, Some(FERRY), 0.5), (1, Some(SOUP), 1.5)]);
        folder.run(&["index", "create", "a.index"]);
        let ran = folder.run(&["index", "add", "a.index", "in.parquet", "--metadata-fields", "published"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let times = folder.run(&["index", "list", "a.index"]).stdout;
        let expected = "in.parquet#1  {\"published\":\"2024-05-01T09:30:00+00:00\"}\n\
                        in.parquet#2  {\"published\":\"1970-01-01T00:00:00.001+00:00\"}\n";
        assert_eq!(times, expected);
    }

    #[test]
    fn bad_rows_are_named() {
        let folder = Folder::new("parquet-bad");
        let rows = [(1, Some(FERRY), 0.5), (2, Some(SOUP), 1.0), (3, None, 2.0), (4, Some(FERRY), 0.0)];
        write(&folder, "in.parquet", SCHEMA, &rows);
        let message = failure(&folder, &["pairs", "in.parquet"]);
        assert_eq!(message, "in.parquet: row 3: the field `text` is null, not a string");
        assert_eq!(parsed(&folder.run(&["pairs", "--skip-bad", "in.parquet"]).stdout).len(), 1);
        let message = failure(&folder, &["pairs", "--text-field", "body", "in.parquet"]);
        let columns = "the columns are `score`, `id`, `text`";
        assert_eq!(
            message,
            format!("cannot read in.parquet: no column `body` (see --text-field); {columns}")
        );
        let message = failure(&folder, &["pairs", "--id-field", "key", "in.parquet"]);
        let hint = "(see --id-field, or `--id-field line` for the numbers of the rows)";
        assert_eq!(message, format!("cannot read in.parquet: no column `key` {hint}; {columns}"));
        let pairs = folder.run(&["pairs", "--id-field", "line", "--skip-bad", "in.parquet"]);
        assert_eq!(parsed(&pairs.stdout)[0]["b"], 4);

        let bytes = std::fs::read(folder.path().join("in.parquet")).unwrap();
        folder.write("half.parquet", &bytes[..bytes.len() / 2]).write("none.parquet", "");
        for file in ["half.parquet", "none.parquet"] {
            let message = failure(&folder, &["dedup", file]);
            assert!(message.starts_with(&format!("cannot read {file}: ")), "{message}");
        }
        assert!(failure(&folder, &["dedup", "-o", "out.parquet", "in.parquet"]).contains("not Parquet"));
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn without_parquet_it_is_refused() {
    let folder = Folder::new("no-parquet");
    folder.write("in.parquet", "PAR1");
    assert!(failure(&folder, &["pairs", "in.parquet"]).contains("this build cannot read Parquet"));
}
