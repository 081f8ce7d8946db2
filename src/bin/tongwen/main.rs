//! The door for people: parse, run, exit status.
//!
//! Nothing here is worth testing alone; what a command means stands in the library.

mod args;
mod commands;
mod config;
mod diagnostics;
mod input;
mod progress;
mod summary;
mod terminal;

use std::{
    io,
    panic::{self, AssertUnwindSafe},
    process::ExitCode,
};

/// Why a command ended early.
enum Failure {
    /// Something to tell the user.
    Error(tongwen::Error),
    /// Standard output is gone. Whoever read it has seen enough (`| head`): that is success.
    ClosedPipe,
}

impl From<tongwen::Error> for Failure {
    fn from(error: tongwen::Error) -> Self {
        Self::Error(error)
    }
}

/// The only plain I/O errors of the commands come from standard output.
impl From<io::Error> for Failure {
    fn from(cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Error(tongwen::Error::Write { path: "standard output".into(), cause }),
        }
    }
}

/// Exit status of a command that came to its end.
type Outcome = Result<u8, Failure>;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|word| word == tongwen::read::CHILD_ARGUMENT) {
        return ExitCode::from(u8::from(read_for_parent().is_err()));
    }
    // A panic over one document is caught and becomes that document's error; its trace is for developers.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        panic::set_hook(Box::new(|_| {}));
    }
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| commands::run(&args::parse()?)));
    ExitCode::from(match outcome {
        Ok(Ok(status)) => status,
        Ok(Err(Failure::ClosedPipe)) => 0,
        Ok(Err(Failure::Error(error))) => {
            diagnostics::tell(&error);
            error.exit_status()
        }
        Err(panic) => {
            diagnostics::tell_panic(panic.as_ref());
            3
        }
    })
}

/// Reads files for a parent process; see `read::Isolation`.
fn read_for_parent() -> io::Result<()> {
    panic::set_hook(Box::new(|_| {}));
    tongwen::read::serve()
}
