//! Files that are not as they were written.

use std::fs;
use std::path::Path;

use refrain_index::{ErrorKind, Index, Settings};

use super::generator::{Rng, Writer};
use super::{go_on, names};

/// An index of 40 documents, and its bytes.
fn index(path: &Path) -> Vec<u8> {
    let index = Index::create(path, Settings::default()).unwrap();
    let mut writer = Writer::english(77);
    for batch in 0..4 {
        let documents: Vec<(String, String)> =
            (0..10).map(|number| (format!("{batch}-{number}"), writer.document(1200))).collect();
        index.add_all(&documents, go_on).unwrap();
    }
    index.remove("1-1").unwrap();
    drop(index);
    fs::read(path).unwrap()
}

/// Opens an index, reads all of it, and checks a document.
fn use_all(path: &Path, thorough: bool) -> Result<usize, refrain_index::Error> {
    let index = if thorough { Index::open_thorough(path) } else { Index::open(path) }?;
    index.verify(go_on)?;
    index.check("Words of no account, which the index has to look for in all of its parts anyway.")?;
    Ok(names(&index).len())
}

#[test]
fn what_is_no_index_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.index");
    assert_eq!(Index::open(&path).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(Index::open(folder.path()).unwrap_err().kind(), ErrorKind::NotAnIndex);
    for content in [&b""[..], b"some words", &[0; 5000], &[0xff; 100_000]] {
        fs::write(&path, content).unwrap();
        for opened in [Index::open(&path), Index::open_read_only(&path)] {
            let error = opened.unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::NotAnIndex | ErrorKind::Damaged), "{error}");
        }
        // And left as it is.
        assert_eq!(fs::read(&path).unwrap(), content);
    }
    let missing = folder.path().join("missing").join("a.index");
    assert_eq!(Index::create(missing, Settings::default()).unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn paths_without_a_file_are_refused() {
    for opened in [Index::create("", Settings::default()), Index::open(""), Index::open_read_only("")] {
        let error = opened.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Setting);
        let told = "the path of the index is empty; give that of a file, such as published.index";
        assert_eq!(error.to_string(), told);
    }
    let folder = tempfile::tempdir().unwrap();
    let error = Index::create(folder.path(), Settings::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Exists);
    assert!(
        error.to_string().contains("it is a folder; an index is a file, so give the path of a new file"),
        "{error}"
    );
}

#[test]
fn a_file_that_was_cut_off_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.index");
    let bytes = index(&path);
    assert_eq!(use_all(&path, true).unwrap(), 39);
    let parts = (1..40).map(|part| bytes.len() * part / 40);
    for (cut, len) in (1..).zip(parts.chain([bytes.len() - 1, bytes.len() - 64])) {
        fs::write(&path, &bytes[..len]).unwrap();
        let error = use_all(&path, cut % 2 == 0).unwrap_err();
        let expected = [ErrorKind::Damaged, ErrorKind::NotAnIndex];
        assert!(expected.contains(&error.kind()), "{cut}: {error}");
    }
}

/// Most bytes of a small file are not in use, so most flips change nothing. None may make an index that is verified and
/// is another, and none may panic.
#[test]
fn a_changed_bit_is_noticed_or_changes_nothing() {
    changed_bits(150);
}

#[test]
#[ignore = "takes minutes: cargo test -p refrain-index --release -- --ignored changed_bits"]
fn thousands_of_changed_bits() {
    changed_bits(5000);
}

fn changed_bits(rounds: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.index");
    let bytes = index(&path);
    let (mut rng, mut noticed) = (Rng::new(3), 0);
    // Bytes that hold something.
    let used: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at] != 0).collect();
    for round in 0..rounds {
        let mut changed = bytes.clone();
        changed[rng.pick(&used)] ^= 1 << rng.below(8);
        fs::write(&path, &changed).unwrap();
        match use_all(&path, round % 2 == 0) {
            Ok(count) => assert_eq!(count, 39),
            Err(error) => {
                noticed += 1;
                let other = [ErrorKind::NotFound, ErrorKind::Exists, ErrorKind::Locked, ErrorKind::Cancelled];
                assert!(!other.contains(&error.kind()), "{error}");
            }
        }
    }
    assert!(noticed > rounds / 3, "{noticed} of {rounds}");
}

#[test]
fn another_version_and_other_hashes_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.index");
    let bytes = index(&path);
    let format = b"refrain.index/2";
    let mut newer = bytes;
    let places: Vec<usize> =
        (0..newer.len() - format.len()).filter(|&at| newer[at..].starts_with(format)).collect();
    assert!(!places.is_empty());
    for place in places {
        newer[place + format.len() - 1] = b'3';
    }
    fs::write(&path, newer).unwrap();
    let error = Index::open(&path).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OtherVersion);
    assert!(error.to_string().contains("it has the format refrain.index/3"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.index");
    index(&path);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let reader = Index::open_read_only(&path).unwrap();
    assert_eq!(names(&reader).len(), 39);
    assert_eq!(reader.add(("new", "text")).unwrap_err().kind(), ErrorKind::ReadOnly);
    assert_eq!(reader.remove("0-0").unwrap_err().kind(), ErrorKind::ReadOnly);
    // The superuser may write it anyway.
    if fs::OpenOptions::new().write(true).open(&path).is_err() {
        assert_eq!(Index::open(&path).unwrap_err().kind(), ErrorKind::ReadOnly);
    }
}

/// On a small file system of its own, where one can be made.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing() {
    use std::process::Command;
    let folder = tempfile::tempdir().unwrap();
    let mount =
        Command::new("mount").args(["-t", "tmpfs", "-o", "size=12m", "tmpfs"]).arg(folder.path()).output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        #[expect(clippy::print_stderr, reason = "a test that skips says so")]
        {
            eprintln!("skipped: a small file system cannot be mounted here");
        }
        return;
    }
    let path = folder.path().join("a.index");
    let filled = std::panic::catch_unwind(|| {
        let index = Index::create(&path, Settings::default()).unwrap();
        let mut writer = Writer::english(6);
        let mut stored = 0;
        let error = loop {
            let text = writer.document(200_000);
            match index.add((stored.to_string(), text)) {
                Ok(()) => stored += 1,
                Err(error) => break error,
            }
        };
        assert!(matches!(error.kind(), ErrorKind::DiskFull), "{error}");
        assert!(stored > 3, "{stored}");
        drop(index);
        // All that was committed is there, and there is room again once something is removed.
        let index = Index::open_read_only(&path).unwrap();
        assert_eq!(names(&index).len(), stored);
        index.verify(go_on).unwrap();
    });
    Command::new("umount").arg(folder.path()).status().unwrap();
    filled.unwrap();
}
