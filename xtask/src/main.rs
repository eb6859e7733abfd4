//! `cargo xtask test` runs all tests, those in Rust and those in Python.

// The layers, lowest first: a file imports only from modules above it in this list. (Blank lines keep rustfmt from
// sorting it.)

mod run;

mod python;

use std::env;
use std::process::ExitCode;

use crate::run::{Failed, cargo};

const HELP: &str = "\
Usage: cargo xtask test [--spark | --no-python | --only-python]

Runs all tests: those in Rust, and those of the Python package. For these it makes a virtual environment in the target
folder, installs what python/requirements.txt lists, builds the package and installs it.

  --spark        also run the tests of the Spark job, which need Java
  --no-python    only the tests in Rust
  --only-python  only the tests in Python";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["test"] => rust().and_then(|()| python(false)),
        ["test", "--spark"] => rust().and_then(|()| python(true)),
        ["test", "--no-python"] => rust(),
        ["test", "--only-python"] => python(false),
        ["test", "--only-python", "--spark"] => python(true),
        _ => Err(Failed(HELP.to_owned())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed(message)) => {
            #[expect(clippy::print_stderr, reason = "it is a program")]
            {
                eprintln!("{message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn rust() -> Result<(), Failed> {
    // The other packages need all features of the library, so these are its tests with all of them.
    cargo(&["test", "--workspace"])?;
    cargo(&["test", "--package", "refrain", "--no-default-features"])?;
    cargo(&["check", "--package", "refrain-cli", "--no-default-features"])
}

fn python(spark: bool) -> Result<(), Failed> {
    // What the package is compared with.
    cargo(&["build", "--package", "refrain-cli"])?;
    let package = python::Package::build()?;
    package.test("tests", "requirements.txt")?;
    if spark {
        package.test("tests_spark", "requirements-spark.txt")?;
    }
    Ok(())
}
