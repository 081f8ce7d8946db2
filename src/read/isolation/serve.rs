//! The child's side: gives up what it will not need, then reads file after file.

use std::{
    io::{self, BufWriter},
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use super::frame::{Answer, read_request, write_answer};
use crate::read::{
    Reason,
    formats::{self, Parse},
};

/// First argument of the program where it is started as a child.
pub const ARGUMENT: &str = "__read";

/// Reads files that a parent process sends, until it sends no more.
///
/// Only for a process of its own: it limits the memory and the time of the process it is called in, and takes away
/// its right to open files.
///
/// # Errors
/// Where the parent is gone.
pub fn serve() -> io::Result<()> {
    confine();
    let (mut input, mut output) = (io::stdin().lock(), BufWriter::new(io::stdout().lock()));
    while let Some((format, bytes)) = read_request(&mut input)? {
        allow_time(super::time_for(&bytes));
        let result = match formats::named(&format).map(|format| &format.parse) {
            Some(Parse::Bytes(parse) | Parse::Isolated(parse)) => catch_unwind(AssertUnwindSafe(|| parse(&bytes)))
                .unwrap_or_else(|_| Err((Reason::Internal, "a reader failed; please report this file".to_owned()))),
            _ => Err((Reason::Internal, format!("no reader for {format}"))),
        };
        drop(bytes);
        write_answer(&mut output, &Answer::of(result))?;
    }
    Ok(())
}

#[cfg(unix)]
fn confine() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |n| Rlimit { current: Some(n), maximum: Some(n) };
    let _ = setrlimit(Resource::As, at_most(super::MEMORY));
    let _ = setrlimit(Resource::Core, at_most(0));
    let _ = setrlimit(Resource::Fsize, at_most(0));
    // Standard input, output and error are open; nothing else can be.
    let _ = setrlimit(Resource::Nofile, at_most(3));
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

/// CPU time counts from the start of the process, so the limit moves with each file.
#[cfg(unix)]
fn allow_time(time: Duration) {
    use rustix::{
        process::{Resource, Rlimit, getrlimit, setrlimit},
        time::{ClockId, clock_gettime},
    };
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
    let maximum = getrlimit(Resource::Cpu).maximum;
    let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(used.saturating_add(time.as_secs())), maximum });
}

#[cfg(not(unix))]
fn confine() {}

#[cfg(not(unix))]
fn allow_time(_: Duration) {}
