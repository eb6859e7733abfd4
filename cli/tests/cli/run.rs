//! Runs the command in a temporary directory.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, process};

/// The exit status and the output of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A temporary directory, removed when it is dropped.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("refrain-{name}-{}", process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// Runs `refrain` in this directory.
    /// A folder with these files, and the folders that they are in.
    pub(crate) fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = Self::new(name);
        for (file, content) in files {
            fs::create_dir_all(folder.path().join(file).parent().unwrap()).unwrap();
            folder.write(file, content);
        }
        folder
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_on(arguments, b"")
    }

    /// Runs `refrain` in this directory with this standard input.
    pub(crate) fn run_on(&self, arguments: &[&str], stdin: &[u8]) -> Ran {
        let mut child = command()
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The command may have ended without reading its input.
        let _ = child.stdin.take().unwrap().write_all(stdin);
        let output = child.wait_with_output().unwrap();
        Ran {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The command, without the environment variables that affect colours.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_refrain"));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// A guide that repeats itself: a repeated paragraph, an edited one, a contained one, a passage.
pub(crate) const GUIDE: &str = "\
The lighthouse keeper climbs the iron stairs every evening before dusk and trims the lamp by hand.

Visitors are welcome from May to September, provided that they bring sturdy shoes and leave their dogs below.

Tickets

The lighthouse keeper climbs the iron stairs every evening before sunset and trims the lamp by hand.

Bring sturdy shoes and leave their dogs below.

A boat calls at the pier twice a week; when the wind is from the north it does not call at all, and whoever has come for the day stays for the night.

Visitors are welcome from May to September, provided that they bring sturdy shoes and leave their dogs below.

Our cook is proud of her fish soup. Whoever has come for the day stays for the night, as a rule, because of it.
";
