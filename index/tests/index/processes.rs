//! Several processes at once.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use refrain_index::{ErrorKind, Index, Settings};

use super::child::Process;
use super::generator::Writer;
use super::go_on;

#[test]
fn one_process_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.index");
    drop(Index::create(&path, Settings::default()).unwrap());
    let mut other = Process::start("write", &path, 0);
    assert_eq!(other.line(), "open");
    let error = Index::open(&path).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Locked);
    assert!(error.to_string().contains("open for writing elsewhere"), "{error}");
    // In this process, too.
    other.kill();
    let first = Index::open(&path).unwrap();
    assert_eq!(Index::open(&path).unwrap_err().kind(), ErrorKind::Locked);
    drop(first);
    Index::open(&path).unwrap();
}

#[test]
fn readers_follow_a_writer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.index");
    let mut index = Index::create(&path, Settings::default()).unwrap();
    let mut readers: Vec<Process> = (0..3).map(|_| Process::start("read", &path, 0)).collect();
    for reader in &mut readers {
        assert_eq!(reader.line(), "open");
    }
    let mut writer = Writer::english(5);
    for count in 1..=30 {
        index.add((count.to_string(), writer.document(900))).unwrap();
        if count % 10 == 0 {
            index.compact(go_on).unwrap();
        }
        for reader in &mut readers {
            writeln!(reader.input, "how many?").unwrap();
            assert_eq!(reader.line(), count.to_string());
        }
    }
    // Readers do not prevent a second writer from being refused, nor a first one from coming back.
    let mut second = Process::start("write", &path, 0);
    assert_eq!(second.line(), "Locked");
    drop(index);
    Index::open(&path).unwrap().verify(go_on).unwrap();
    for reader in readers {
        reader.kill();
    }
}

#[test]
fn checks_go_on_beside_writes_and_compactions() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.index");
    let mut index = Index::create(&path, Settings::default()).unwrap();
    let mut writer = Writer::english(8);
    let first = writer.document(2000);
    index.add(("first", &*first)).unwrap();
    let reader = Index::open_read_only(&path).unwrap();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let (stop, reader, first) = (&stop, &reader, &first);
        let checks = scope.spawn(move || {
            let mut checks = 0;
            while !stop.load(Ordering::Relaxed) || checks == 0 {
                let report = reader.check(&**first).unwrap();
                assert_eq!(report.matches[0].stored.name, "first");
                checks += 1;
            }
        });
        for count in 0..40 {
            index.add((count.to_string(), writer.document(900))).unwrap();
            if count % 8 == 0 {
                // A compaction needs a moment without a check.
                match index.compact(go_on) {
                    Ok(()) => {}
                    Err(error) => assert_eq!(error.kind(), ErrorKind::Locked, "{error}"),
                }
            }
        }
        stop.store(true, Ordering::Relaxed);
        checks.join().unwrap();
    });
    assert_eq!(reader.stats().unwrap().documents, 41);
    index.verify(go_on).unwrap();
}
