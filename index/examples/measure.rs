//! Measures an index of generated articles of 20 paragraphs: adding, checking, opening, sizes.
//!
//! `cargo run --release -p refrain-index --example measure -- 100000 [FOLDER]`
#![expect(clippy::print_stdout, reason = "the example prints its measurements")]

#[path = "../../benches/generator.rs"]
mod generator;

use std::error::Error;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

use generator::Writer;
use refrain_index::{Index, Progress, Query, Settings};

const PARAGRAPHS: usize = 20;
/// The bytes of a paragraph.
const BYTES: usize = 400;
const CHECKS: usize = 400;

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn article(writer: &mut Writer) -> String {
    let paragraphs: Vec<String> = (0..PARAGRAPHS).map(|_| writer.paragraph(BYTES)).collect();
    paragraphs.join("\n\n")
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let count: usize = args.next().map_or(Ok(100_000), |count| count.parse())?;
    let folder = tempfile::tempdir_in(args.next().map_or_else(std::env::temp_dir, PathBuf::from))?;
    for texts in [true, false] {
        let path = folder.path().join(if texts { "texts.index" } else { "hashes.index" });
        let mut settings = Settings::default();
        settings.texts = texts;
        measure(Index::create(&path, settings)?, &path, count / PARAGRAPHS)?;
    }
    Ok(())
}

fn measure(mut index: Index, path: &std::path::Path, articles: usize) -> Result<(), Box<dyn Error>> {
    let mut writer = Writer::english(1);
    let mut kept = Vec::new();
    // Texts are made in slices, so that making them is not measured.
    let (mut seconds, mut processor, mut bytes, mut done) = (0.0, 0.0, 0, 0);
    while done < articles {
        let slice: Vec<(String, String)> = (done..articles.min(done + 500))
            .map(|number| (format!("article {number}"), article(&mut writer)))
            .collect();
        bytes += slice.iter().map(|(_, text)| text.len()).sum::<usize>();
        kept.extend(slice.iter().step_by(100).map(|(_, text)| text.clone()));
        let (start, before) = (Instant::now(), processor_seconds());
        index.add_all(&slice, go_on)?;
        seconds += start.elapsed().as_secs_f64();
        processor += processor_seconds() - before;
        done += slice.len();
    }
    let stats = index.stats()?;
    println!(
        "texts {}: {} paragraphs ({} MB) added in {seconds:.2} s, {processor:.2} s of processor \
         time, {:.0} a second, commits of 10,000; {} runs, {:.1} \
         postings a paragraph",
        index.settings().texts,
        stats.paragraphs,
        bytes / 1_000_000,
        stats.paragraphs as f64 / seconds,
        stats.runs,
        stats.postings as f64 / stats.paragraphs as f64,
    );
    report(path, "as added", bytes)?;
    drop(index);
    let start = Instant::now();
    let reader = Index::open_read_only(path)?;
    println!("  opened in {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    checks(&reader, &mut writer, &kept)?;
    println!("  memory of the process: {}", memory());
    drop(reader);
    index = Index::open(path)?;
    let start = Instant::now();
    index.compact(go_on)?;
    println!("  compacted in {:.2} s", start.elapsed().as_secs_f64());
    drop(index);
    report(path, "compacted", bytes)?;
    let reader = Index::open_read_only(path)?;
    checks(&reader, &mut writer, &kept)?;
    Ok(())
}

/// Times checks of three kinds of articles: new ones, those with two edited paragraphs of a stored one, and stored ones.
fn checks(index: &Index, writer: &mut Writer, kept: &[String]) -> Result<(), Box<dyn Error>> {
    let new: Vec<String> = (0..CHECKS).map(|_| article(writer)).collect();
    let edited: Vec<String> = (0..CHECKS)
        .map(|number| {
            let text = article(writer);
            let mut paragraphs: Vec<String> = text.split("\n\n").map(str::to_owned).collect();
            for place in [3, 4] {
                let stored = kept[number % kept.len()].split("\n\n").nth(place).expect("20 paragraphs");
                paragraphs[place] = writer.edited_to(stored, 0.7);
            }
            paragraphs.join("\n\n")
        })
        .collect();
    let stored: Vec<String> = (0..CHECKS).map(|number| kept[number % kept.len()].clone()).collect();
    for (name, articles) in [("new", &new), ("two edited paragraphs", &edited), ("stored", &stored)] {
        let (mut times, mut matches) = (Vec::new(), 0);
        for article in articles {
            let start = Instant::now();
            let report = index.check_with(&**article, &Query::new(), go_on)?;
            times.push(start.elapsed().as_secs_f64() * 1e3);
            matches += report.matches.len();
        }
        let first = times[0];
        times.sort_by(f64::total_cmp);
        println!(
            "  check, {name}: first {first:.2} ms, median {:.2} ms, 99th percentile {:.2} ms; {matches} matches",
            times[CHECKS / 2],
            times[CHECKS * 99 / 100]
        );
    }
    Ok(())
}

fn report(path: &std::path::Path, what: &str, bytes: usize) -> Result<(), Box<dyn Error>> {
    let file = std::fs::metadata(path)?.len();
    println!("  {what}: {} MB, {:.2} bytes a byte of text", file / 1_000_000, file as f64 / bytes as f64);
    Ok(())
}

/// The time that this thread ran, where the system says it.
fn processor_seconds() -> f64 {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    times.split(' ').next().and_then(|time| time.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

/// What the system says about the process, where it says it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines = status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"));
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(", ")
}
