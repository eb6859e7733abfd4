//! Peers in processes of their own.

use std::collections::HashMap;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::data::Data;
use crate::measure::Measured;
use crate::{Outcome, THRESHOLD};

/// This program, for one peer.
pub(crate) fn child(peer: &str, folder: &Path) -> Outcome<Measured> {
    read(Command::new(std::env::current_exe()?).args(["child", peer]).arg(folder))
}

/// `datasketch`, by the script beside this file.
pub(crate) fn datasketch(folder: &Path) -> Outcome<Measured> {
    read(datasketch_command().arg(folder))
}

/// The same with a Redis server, which is started for it and writes its log to the disk every second.
pub(crate) fn datasketch_redis(folder: &Path) -> Outcome<Measured> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut command = Command::new(std::env::var_os("REDIS").unwrap_or_else(|| "redis-server".into()));
    command.arg("--port").arg(port.to_string()).arg("--dir").arg(folder.join("index"));
    command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "everysec"]);
    let mut server = command.stdout(Stdio::null()).spawn()?;
    let started = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() && started.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(50));
    }
    let measured = read(datasketch_command().arg(folder).arg(port.to_string()));
    server.kill()?;
    server.wait()?;
    measured
}

fn datasketch_command() -> Command {
    let mut command = Command::new(std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into()));
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/datasketch_lsh.py"));
    command
}

fn read(command: &mut Command) -> Outcome<Measured> {
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("it ended with {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// `incrededup` reads documents from SQLite, and writes there which document is a duplicate of which other one. The
/// stored paragraphs come first, then the queries in a second run.
pub(crate) fn incrededup(data: &Data, folder: &Path) -> Outcome<Measured> {
    let command = std::env::var_os("INCREDEDUP").unwrap_or_else(|| "incrededup".into());
    let documents = folder.join("documents.sqlite");
    let sidecars = folder.join("sidecars");
    let mut file = Connection::open(&documents)?;
    file.execute_batch(
        "CREATE TABLE documents (id TEXT PRIMARY KEY, content TEXT NOT NULL, content_len INTEGER NOT NULL, \
             filename TEXT, is_parent INTEGER);
         CREATE TABLE dupes (child_id TEXT PRIMARY KEY, parent_id TEXT NOT NULL, jaccard_similarity REAL NOT NULL, \
             size_difference INTEGER NOT NULL, size_difference_pct REAL NOT NULL);
         CREATE INDEX idx_documents_is_parent ON documents(is_parent);",
    )?;
    let id = |number: usize| format!("00000000-0000-4000-8000-{number:012}");
    let mut insert = |first: usize, texts: &[String]| -> Outcome<()> {
        let transaction = file.transaction()?;
        for (number, text) in texts.iter().enumerate() {
            let id = id(first + number);
            let insert = "INSERT INTO documents VALUES (?1, ?2, ?3, NULL, NULL)";
            transaction.prepare_cached(insert)?.execute((id, text, text.len()))?;
        }
        Ok(transaction.commit()?)
    };
    let run = || -> Outcome<f64> {
        let start = Instant::now();
        let mut command = Command::new(&command);
        command.arg("--sqlite").arg(&documents).arg("--data-dir").arg(&sidecars);
        command.args(["--min-content-len", "1", "--threshold", &THRESHOLD.to_string()]);
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        if status.success() {
            Ok(start.elapsed().as_secs_f64())
        } else {
            Err(format!("it ended with {status}").into())
        }
    };
    insert(0, &data.stored)?;
    let add_seconds = run()?;
    insert(data.stored.len(), &data.queries)?;
    let query_ms = 1e3 * run()? / data.queries.len() as f64;
    let numbers: HashMap<String, usize> =
        (0..data.stored.len() + data.queries.len()).map(|number| (id(number), number)).collect();
    let mut answers = vec![Vec::new(); data.queries.len()];
    let mut dupes = file.prepare("SELECT child_id, parent_id FROM dupes")?;
    let mut rows = dupes.query([])?;
    while let Some(row) = rows.next()? {
        let [left, right] =
            [0, 1].map(|column| row.get::<_, String>(column).map(|id| numbers.get(&id).copied()));
        if let (Some(left), Some(right)) = (left?, right?) {
            let (stored, query) = (left.min(right), left.max(right));
            if stored < data.stored.len() && query >= data.stored.len() {
                answers[query - data.stored.len()].push(stored);
            }
        }
    }
    let bytes = crate::measure::folder_bytes(&sidecars)?;
    let queries = vec![query_ms; data.queries.len()];
    // Only the clock is known of it.
    Ok(Measured {
        add_seconds,
        add_processor_seconds: add_seconds,
        query_ms: queries,
        query_processor_ms: query_ms,
        answers,
        memory: 0,
        bytes: Some(bytes),
    })
}
