//! The Python package: built, installed in virtual environments, and tested there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::run::{Failed, repository, run};

/// The oldest version that the packages for the tests run on. The package itself runs from 3.10 on.
const OLDEST: [u32; 2] = [3, 11];

/// A wheel of the package, and a place for environments.
#[derive(Debug)]
pub(crate) struct Package {
    python: PathBuf,
    /// A folder of the target folder.
    folder: PathBuf,
    wheel: PathBuf,
}

impl Package {
    /// Builds the wheel with the profile of the tests, with which it shares all that is built.
    pub(crate) fn build() -> Result<Self, Failed> {
        let python = find_python()?;
        let folder = target_folder()?.join("python");
        let wheels = folder.join("wheels");
        // An older wheel would be found beside the new one.
        if wheels.exists() {
            fs::remove_dir_all(&wheels).map_err(|error| io(&wheels, &error))?;
        }
        let mut package = Self { python, folder, wheel: PathBuf::new() };
        let environment = package.environment("tests", "requirements.txt")?;
        let mut build = Command::new(environment.program("maturin"));
        build
            .args(["build", "--profile", "dev", "--manifest-path", "python/Cargo.toml", "--out"])
            .arg(&wheels);
        // The wheel is for this machine only, so nobody needs to know on which others it would run.
        run(build.args(["--compatibility", "linux"]))?;
        let found = fs::read_dir(&wheels).map_err(|error| io(&wheels, &error))?.next();
        let wheel = found.ok_or_else(|| Failed(format!("there is no wheel in {}", wheels.display())))?;
        package.wheel = wheel.map_err(|error| io(&wheels, &error))?.path();
        Ok(package)
    }

    /// Runs the tests in a folder of `python/`, in an environment with these requirements.
    pub(crate) fn test(&self, tests: &str, requirements: &str) -> Result<(), Failed> {
        let environment = self.environment(tests, requirements)?;
        environment.pip(&["--force-reinstall", "--no-deps"], &self.wheel)?;
        let command = target_folder()?.join("debug").join(format!("refrain{}", env::consts::EXE_SUFFIX));
        let mut pytest = Command::new(environment.program("pytest"));
        pytest.arg("--config-file=python/pyproject.toml").arg(Path::new("python").join(tests));
        run(pytest.env("REFRAIN_COMMAND", command))
    }

    /// A virtual environment with these requirements, made when it is first asked for or when they change.
    fn environment(&self, name: &str, requirements: &str) -> Result<Environment, Failed> {
        let environment = Environment { folder: self.folder.join(name) };
        let requirements = repository().join("python").join(requirements);
        let wanted = fs::read_to_string(&requirements).map_err(|error| io(&requirements, &error))?;
        let stamp = environment.folder.join("installed.txt");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(environment);
        }
        run(Command::new(&self.python).args(["-m", "venv", "--clear"]).arg(&environment.folder))?;
        environment.pip(&["--requirement"], &requirements)?;
        fs::write(&stamp, wanted).map_err(|error| io(&stamp, &error))?;
        Ok(environment)
    }
}

/// A virtual environment.
#[derive(Debug)]
struct Environment {
    folder: PathBuf,
}

impl Environment {
    fn program(&self, name: &str) -> PathBuf {
        let folder = if cfg!(windows) { "Scripts" } else { "bin" };
        self.folder.join(folder).join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    fn pip(&self, options: &[&str], what: &Path) -> Result<(), Failed> {
        let mut pip = Command::new(self.program("python"));
        run(pip
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(options)
            .arg(what))
    }
}

/// The target folder, in which this program is.
fn target_folder() -> Result<PathBuf, Failed> {
    let program = env::current_exe().map_err(|error| Failed(format!("where is this program? {error}")))?;
    let folder = program.parent().and_then(Path::parent);
    folder.map(Path::to_owned).ok_or_else(|| Failed("this program is not in a target folder".to_owned()))
}

fn io(path: &Path, error: &std::io::Error) -> Failed {
    Failed(format!("{}: {error}", path.display()))
}

/// The first interpreter that is new enough and makes virtual environments.
fn find_python() -> Result<PathBuf, Failed> {
    let [major, minor] = OLDEST;
    let question = format!("import sys, venv, ensurepip; sys.exit(sys.version_info < ({major}, {minor}))");
    let names = ["python3", "python", "python3.13", "python3.12", "python3.11"];
    let answers = |name: &&str| {
        let asked = Command::new(name).args(["-c", &question]).output();
        asked.is_ok_and(|answer| answer.status.success())
    };
    names.into_iter().find(answers).map(PathBuf::from).ok_or_else(|| {
        Failed(format!(
            "the tests of the Python package need Python {major}.{minor} or later with `venv`, and none of {} is that; \
             install it (on Debian: python3-venv), or leave these tests out: cargo xtask test --no-python",
            names.join(", ")
        ))
    })
}
