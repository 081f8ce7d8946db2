//! What can go wrong at the doors, said so that its reader can act: where, what, what to try.
//!
//! Inside (segment, extract, resolve, count) nothing fails: any text gives an answer. One unreadable
//! document is not an `Error` either: it is a record with a reason (see `read`), and the run goes on.

mod json;

use std::{io, path::PathBuf};

pub use self::json::JsonFault;

/// Result of everything that happens at a door.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A reason why a run cannot start or cannot finish.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The command line, a configuration or a metadata file asks for something that is not there.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to try.
        hint: Option<String>,
    },
    /// A rule, word list, registry, metadata or configuration file has a mistake at a known place.
    #[error("{message}")]
    Data {
        /// The file, or `built-in:` and its name.
        path: PathBuf,
        /// From 1; 0 where the whole file is meant.
        line: usize,
        /// From 1, in characters; 0 where the whole line is meant.
        column: usize,
        /// What is wrong.
        message: String,
        /// What to try.
        hint: Option<String>,
    },
    /// A file that the run needs (rules, metadata, configuration) cannot be read.
    #[error("cannot read {}: {cause}", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the operating system says.
        #[source]
        cause: io::Error,
    },
    /// A result cannot be written. Nothing unfinished is visible.
    #[error("cannot write {}: {cause}", path.display())]
    Write {
        /// Which file or folder.
        path: PathBuf,
        /// What the operating system says.
        #[source]
        cause: io::Error,
    },
    /// Another run holds the output folder.
    #[error("{} is in use by another run{}", path.display(), holder.map(|id| format!(" (process {id})")).unwrap_or_default())]
    Locked {
        /// The output folder.
        path: PathBuf,
        /// The number of its process, where that is known.
        holder: Option<u32>,
    },
    /// The user stopped the run (SIGINT, SIGTERM).
    #[error("stopped by signal {signal}")]
    Stopped {
        /// Number of the signal.
        signal: i32,
    },
}

impl Error {
    /// A usage error with a hint.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: Some(hint.into()) }
    }

    /// What to try, where the error knows.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Usage { hint, .. } | Self::Data { hint, .. } => hint.as_deref(),
            Self::Locked { .. } => Some("wait for it, or give another folder with --out"),
            _ => None,
        }
    }

    /// Exit status of the contract: 2 where nothing was processed, 3 where the run could not finish.
    #[must_use]
    pub const fn exit_status(&self) -> u8 {
        match self {
            Self::Usage { .. } | Self::Data { .. } | Self::Read { .. } => 2,
            Self::Write { .. } | Self::Locked { .. } => 3,
            Self::Stopped { signal } => 128 + *signal as u8,
        }
    }
}
