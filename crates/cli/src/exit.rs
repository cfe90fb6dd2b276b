//! How the command ends.

use std::fmt;
use std::process::ExitCode;

/// Exit codes beside 0: a failure, a mistake of the caller before anything was sent, an error that a server answered.
const FAILURE: u8 = 1;
const USAGE: u8 = 2;
/// What curl's --fail answers to a status of 400 or above.
const HTTP_ERROR: u8 = 22;

/// An error whose kind decides the exit code; every other error is a failure.
#[derive(Debug)]
pub(crate) enum Error {
    /// Arguments, environment or configuration are wrong or missing; says what to do.
    Usage(String),
    /// A server answered with a status of 400 or above; says which and why.
    Http(String),
    /// Nobody reads standard output any more, which is no fault: `… | head` has what it wants.
    Closed,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) | Self::Http(text) => formatter.write_str(text),
            Self::Closed => formatter.write_str("standard output is closed"),
        }
    }
}

impl std::error::Error for Error {}

/// A mistake in arguments, environment or configuration.
pub(crate) fn usage(text: impl Into<String>) -> anyhow::Error {
    Error::Usage(text.into()).into()
}

/// The exit code of an answer with this status.
pub(crate) fn of_status(status: u16) -> ExitCode {
    if status < 400 { ExitCode::SUCCESS } else { ExitCode::from(HTTP_ERROR) }
}

/// Says what went wrong; the exit code of it.
pub(crate) fn of_error(error: &anyhow::Error) -> ExitCode {
    let code = match error.downcast_ref::<Error>() {
        Some(Error::Closed) => return ExitCode::SUCCESS,
        Some(Error::Usage(_)) => USAGE,
        Some(Error::Http(_)) => HTTP_ERROR,
        None => FAILURE,
    };
    eprintln!("countersign: {error:#}");
    ExitCode::from(code)
}
