//! The error type of the command.

use std::fmt;

/// Why something could not be done: a message for the user, without a full stop.
#[derive(Debug)]
pub(crate) struct Error(String);

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The library names its settings as its builder does; users know them as options.
impl From<refrain::Error> for Error {
    fn from(error: refrain::Error) -> Self {
        Self(match error.kind() {
            refrain::ErrorKind::Setting { name, value, accepts } => {
                let option = match *name {
                    "max_pairs" => "max-pairs-per-paragraph".to_owned(),
                    _ => name.replace('_', "-"),
                };
                format!("--{option} must be {accepts}, got {value}")
            }
            _ => error.to_string(),
        })
    }
}
