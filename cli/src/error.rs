//! The error type of the command.

use std::fmt;

/// Why something could not be done: a message for the user, without a full stop.
#[derive(Clone, Debug)]
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
        let message = error.to_string();
        // The message begins with the name of the setting.
        let named = error.setting().and_then(|name| Some((name, message.strip_prefix(name)?)));
        let Some((name, rest)) = named else { return Self(message) };
        let option = match name {
            "max_pairs" => "max-pairs-per-paragraph".to_owned(),
            _ => name.replace('_', "-"),
        };
        Self(format!("--{option}{rest}"))
    }
}
