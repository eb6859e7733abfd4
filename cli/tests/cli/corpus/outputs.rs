//! Outputs: files that are complete or absent, devices, pipes that are closed early.

use std::fs;

use super::*;

const RECORDS: [(&str, &str); 3] = [("1", FERRY), ("2", SOUP), ("3", FERRY)];

fn files(folder: &Folder) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_complete_file_replaces_the_old_one() {
    let folder = Folder::new("out-file");
    folder.write("in.jsonl", corpus(&RECORDS)).write("out.jsonl", "old\n");
    let expected = folder.run(&["pairs", "in.jsonl"]).stdout;
    let ran = folder.run(&["pairs", "--quiet", "-o", "out.jsonl", "in.jsonl"]);
    assert_eq!((ran.status, &*ran.stdout, &*ran.stderr), (0, "", ""));
    assert_eq!(fs::read_to_string(folder.path().join("out.jsonl")).unwrap(), expected);
    assert_eq!(files(&folder), ["in.jsonl", "out.jsonl"]);
    assert_eq!(folder.run(&["pairs", "-o", "-", "in.jsonl"]).stdout, expected);
}

#[test]
fn a_failure_leaves_the_old_file() {
    let folder = Folder::new("out-failed");
    folder
        .write("in.jsonl", corpus(&RECORDS) + "broken\n")
        .write("out.jsonl", "old\n")
        .write("removed", "older\n");
    failure(&folder, &["dedup", "-o", "out.jsonl", "--removed", "removed", "in.jsonl"]);
    assert_eq!(fs::read_to_string(folder.path().join("out.jsonl")).unwrap(), "old\n");
    assert_eq!(fs::read_to_string(folder.path().join("removed")).unwrap(), "older\n");
    assert_eq!(files(&folder), ["in.jsonl", "out.jsonl", "removed"]);
    for command in ["pairs", "clusters"] {
        let message = failure(&folder, &[command, "-o", "./in.jsonl", "in.jsonl"]);
        assert_eq!(message, "-o is ./in.jsonl, which is the input");
    }
}

#[test]
fn errors_name_outputs_as_they_were_given() {
    let folder = Folder::new("out-names");
    folder.write("in.jsonl", corpus(&RECORDS));
    for (name, problem) in [
        ("missing/out", "the directory `missing` does not exist"),
        ("missing/out.gz", "the directory `missing` does not exist"),
        ("missing/", "it is the name of a directory; expected a file"),
        (".", "it is a directory; expected a file"),
    ] {
        let message = failure(&folder, &["pairs", "-o", name, "in.jsonl"]);
        assert_eq!(message, format!("cannot write to {name}: {problem}"));
        let message = failure(&folder, &["dedup", "-o", "out", "--removed", name, "in.jsonl"]);
        assert_eq!(message, format!("cannot write to {name}: {problem}"));
    }
    for (arguments, value) in [
        (&["pairs", ""][..], "'' for '<IN>'"),
        (&["pairs", "-o", "", "in.jsonl"], "'' for '--output <FILE>'"),
        (&["dedup", "--removed", "", "in.jsonl"], "'' for '--removed <FILE>'"),
        (&["check", ""], "'' for '[PATH]...'"),
        (&["compare", "", "in.jsonl"], "'' for '<A>'"),
    ] {
        let ran = folder.run(arguments);
        let message = format!("error: invalid value {value}: expected a file name or `-`\n");
        assert_eq!((ran.status, &*ran.stdout), (2, ""));
        assert!(ran.stderr.starts_with(&message), "{}", ran.stderr);
    }
    assert_eq!(files(&folder), ["in.jsonl"]);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = Folder::new("out-permissions");
    folder.write("in.jsonl", corpus(&RECORDS)).write("real", "old\n");
    fs::set_permissions(folder.path().join("real"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real", folder.path().join("link")).unwrap();
    assert_eq!(folder.run(&["pairs", "-o", "link", "in.jsonl"]).status, 0);
    assert!(fs::symlink_metadata(folder.path().join("link")).unwrap().is_symlink());
    let real = fs::metadata(folder.path().join("real")).unwrap();
    assert_eq!((real.permissions().mode() & 0o777, real.len() > 4), (0o640, true));
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_the_old_file() {
    use std::io::Write as _;
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    let folder = Folder::new("out-interrupted");
    folder.write("out.jsonl", "old\n");
    for (name, number) in [("INT", 2), ("TERM", 15)] {
        let mut run = crate::run::command();
        run.args(["dedup", "-o", "out.jsonl", "--removed", "removed", "-"]).current_dir(folder.path());
        let mut child = run.stdin(Stdio::piped()).spawn().unwrap();
        // The command now waits for more input, with both files open.
        let mut rest = child.stdin.take().unwrap();
        rest.write_all(corpus(&RECORDS).as_bytes()).unwrap();
        let started = Instant::now();
        while files(&folder).len() < 3 {
            assert!(started.elapsed() < Duration::from_secs(60), "{:?}", files(&folder));
            std::thread::sleep(Duration::from_millis(5));
        }
        let killed = Command::new("kill").args(["-s", name, &child.id().to_string()]).status();
        assert!(killed.unwrap().success());
        assert_eq!(child.wait().unwrap().signal(), Some(number));
        assert_eq!(files(&folder), ["out.jsonl"]);
        assert_eq!(fs::read_to_string(folder.path().join("out.jsonl")).unwrap(), "old\n");
    }
}

#[cfg(target_os = "linux")]
mod devices {
    use std::process::Stdio;

    use super::*;
    use crate::run::command;

    #[test]
    fn devices_are_written_directly() {
        let folder = Folder::new("out-devices");
        folder.write("in.jsonl", corpus(&RECORDS));
        let expected = folder.run(&["pairs", "in.jsonl"]).stdout;
        assert_eq!(folder.run(&["pairs", "-o", "/dev/stdout", "in.jsonl"]).stdout, expected);
        assert_eq!(folder.run(&["pairs", "-q", "-o", "/dev/stderr", "in.jsonl"]).stderr, expected);
        assert_eq!(folder.run(&["dedup", "-o", "/dev/null", "--removed", "/dev/null", "in.jsonl"]).status, 0);
        for output in ["pairs", "clusters", "dedup"] {
            let message = failure(&folder, &[output, "-o", "/dev/full", "in.jsonl"]);
            assert!(message.starts_with("cannot write to /dev/full: No space left"), "{message}");
        }
        let message = failure(&folder, &["dedup", "-o", "out", "--removed", "/dev/full", "in.jsonl"]);
        assert!(message.starts_with("cannot write to /dev/full: "), "{message}");
        assert_eq!(files(&folder), ["in.jsonl"]);
    }

    #[test]
    fn a_file_that_is_appended_to_keeps_its_content() {
        let folder = Folder::new("out-append");
        folder.write("in.jsonl", corpus(&RECORDS)).write("log", "before\n");
        let log = fs::File::options().append(true).open(folder.path().join("log")).unwrap();
        let mut run = command();
        run.args(["pairs", "-q", "-o", "/dev/stdout", "in.jsonl"]).current_dir(folder.path()).stdout(log);
        assert!(run.status().unwrap().success());
        let log = fs::read_to_string(folder.path().join("log")).unwrap();
        assert!(log.starts_with("before\n{\"a\":1"), "{log}");
    }

    /// A second handle of the file would start at its beginning and overwrite what the first has written.
    #[test]
    fn results_and_messages_share_standard_error() {
        let folder = Folder::new("out-shared");
        folder.write("in.jsonl", corpus(&RECORDS));
        for stderr in ["/dev/stderr", "/dev/fd/2", "/proc/self/fd/2"] {
            let log = fs::File::create(folder.path().join("log")).unwrap();
            let mut run = command();
            run.args(["dedup", "-o", "out", "--removed", stderr, "in.jsonl"]);
            assert!(run.current_dir(folder.path()).stderr(log).status().unwrap().success());
            let log = fs::read_to_string(folder.path().join("log")).unwrap();
            let lines: Vec<&str> = log.lines().collect();
            assert_eq!(lines.len(), 2, "{log}");
            assert!(lines[0].starts_with("{\"id\":3,"), "{log}");
            assert!(lines[1].starts_with("3 records, 3 paragraphs, "), "{log}");
        }
        let message = failure(&folder, &["dedup", "-o", "/dev/stderr", "--removed", "/dev/fd/2", "in.jsonl"]);
        assert_eq!(message, "-o and --removed are both /dev/fd/2");
    }

    #[test]
    fn pipes_are_read_and_written() {
        let folder = Folder::new("out-pipes");
        folder.write("in.jsonl", corpus(&RECORDS));
        for pipe in ["in.fifo", "out.fifo"] {
            let made = std::process::Command::new("mkfifo").arg(folder.path().join(pipe)).status();
            assert!(made.unwrap().success());
        }
        let mut feed = std::process::Command::new("cp");
        let mut feed = feed.args(["in.jsonl", "in.fifo"]).current_dir(folder.path()).spawn().unwrap();
        let mut drain = std::process::Command::new("cat");
        let drain = drain.arg("out.fifo").current_dir(folder.path()).stdout(Stdio::piped()).spawn().unwrap();
        assert_eq!(folder.run(&["dedup", "-o", "out.fifo", "in.fifo"]).status, 0);
        feed.wait().unwrap();
        let drained = drain.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(drained.stdout).unwrap(), corpus(&RECORDS[..2]));
    }

    #[test]
    fn a_reader_that_closes_the_pipe_is_no_error() {
        let folder = Folder::new("out-closed");
        let ids: Vec<String> = (0..3000).map(|id| id.to_string()).collect();
        let records: Vec<(&str, &str)> = ids.iter().map(|id| (id.as_str(), SOUP)).collect();
        folder.write("in.jsonl", corpus(&records));
        for arguments in [&["pairs", "--copies", "3000"][..], &["clusters"], &["dedup"]] {
            let mut run = command();
            run.args(arguments).args(["-q", "in.jsonl"]).current_dir(folder.path());
            let mut child = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            drop(child.stdout.take());
            let ended = child.wait_with_output().unwrap();
            assert_eq!((ended.status.code(), &*ended.stderr), (Some(0), &b""[..]), "{arguments:?}");
        }
    }
}
