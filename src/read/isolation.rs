//! Reading in another process, for formats whose readers can hang, crash or eat memory.
//!
//! A PDF of 20 KB can make a parser call itself until the stack ends, or draw itself for ever; no `catch_unwind` helps
//! against either. So such files are read by a child process of our own program that may use so much memory and time
//! and nothing else: it cannot open a file or a connection. When it dies, one document is an error and the next gets
//! another child.
//!
//! The library does not know where its program is: who uses it without one gets the same readers in the same process
//! (see [`Limits::isolation`](super::Limits::isolation)).
//!
//! Always true: no child outlives its parent, and what became of a file does not depend on the files that the same
//! child read before.

mod frame;
mod serve;

use std::{
    ffi::OsString,
    io::{self, BufReader, Write},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio},
    sync::{Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

pub use serve::{ARGUMENT, serve};

use super::{Reason, Refusal, declared::Parsed};
use frame::{Answer, read_answer, write_request};

/// Memory that a child may use, in bytes (address space).
const MEMORY: u64 = 512 << 20;
/// Seconds of CPU time that a child may take for one file …
const SECONDS: u64 = 20;
/// … and for each MiB of it.
const SECONDS_A_MIB: u64 = 2;
/// On the clock it may be so many times slower: others work on the machine, too.
const PATIENCE: u32 = 4;
/// How often the waiting looks whether the run was stopped.
const GLANCE: Duration = Duration::from_millis(100);

/// The children that read for this process.
pub struct Isolation {
    program: PathBuf,
    arguments: Vec<OsString>,
    stopped: Box<dyn Fn() -> bool + Send + Sync>,
    /// Children with nothing to do.
    idle: Mutex<Vec<Worker>>,
}

impl std::fmt::Debug for Isolation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Isolation").field("program", &self.program).finish_non_exhaustive()
    }
}

struct Worker {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// Whether it has read a file before.
    used: bool,
}

/// How an exchange with a child failed.
enum Fault {
    /// It took too long.
    TooSlow,
    /// It is gone, with its last words.
    Died(Option<ExitStatus>),
    /// The run was stopped.
    Stopped,
}

impl Isolation {
    /// Children are started from `program`, which calls [`serve`] when its first argument is [`ARGUMENT`]. They are
    /// killed where `stopped` says so.
    #[must_use]
    pub fn new(program: PathBuf, stopped: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self { program, arguments: vec![ARGUMENT.into()], stopped: Box::new(stopped), idle: Mutex::default() }
    }

    /// The same with other arguments, for a program that needs more to be told to call [`serve`].
    #[must_use]
    pub fn with_arguments(mut self, arguments: impl IntoIterator<Item = OsString>) -> Self {
        self.arguments = arguments.into_iter().collect();
        self
    }

    /// Has a child read a file.
    pub(super) fn parse(&self, format: &str, bytes: &[u8]) -> Result<Parsed, Refusal> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = match idle {
            Some(worker) => worker,
            None => self.start()?,
        };
        let used = std::mem::replace(&mut worker.used, true);
        match self.ask(&mut worker, format, bytes) {
            Ok(answer) => {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                answer.into_result()
            }
            // It may have died of what other files left behind; a fresh one tells.
            Err(Fault::Died(_)) if used => {
                drop(worker);
                let mut fresh = self.start()?;
                fresh.used = true;
                match self.ask(&mut fresh, format, bytes) {
                    Ok(answer) => {
                        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(fresh);
                        answer.into_result()
                    }
                    Err(fault) => Err(explain(&fault)),
                }
            }
            Err(fault) => Err(explain(&fault)),
        }
    }

    fn start(&self) -> Result<Worker, Refusal> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            // Ctrl-C is for the parent, which ends its children itself.
            command.env_clear().process_group(0);
        }
        let failed = |cause: io::Error| (Reason::Internal, format!("the reading process cannot be started: {cause}"));
        let mut child = command.spawn().map_err(failed)?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Worker { child, input, output: BufReader::new(output), used: false }),
            _ => Err((Reason::Internal, "the reading process has no pipes".to_owned())),
        }
    }

    /// One file to a child, and its answer; a watch ends the child when its time is over.
    fn ask(&self, worker: &mut Worker, format: &str, bytes: &[u8]) -> Result<Answer, Fault> {
        let Worker { child, input, output, .. } = worker;
        let (done, waits) = mpsc::channel::<()>();
        let (answer, ended) = thread::scope(|scope| {
            let watch = scope.spawn(move || self.watch(child, time_for(bytes).saturating_mul(PATIENCE), &waits));
            let answer =
                write_request(input, format, bytes).and_then(|()| input.flush()).and_then(|()| read_answer(output));
            drop(done);
            (answer, watch.join().unwrap_or(None))
        });
        match (answer, ended) {
            (Ok(answer), None) => Ok(answer),
            (_, Some(fault)) => Err(fault),
            (Err(_), None) => {
                let _ = worker.child.kill();
                Err(Fault::Died(worker.child.wait().ok()))
            }
        }
    }

    /// Waits for the end of an exchange; kills the child where that takes too long.
    fn watch(&self, child: &mut Child, most: Duration, done: &mpsc::Receiver<()>) -> Option<Fault> {
        let began = Instant::now();
        loop {
            if !matches!(done.recv_timeout(GLANCE), Err(mpsc::RecvTimeoutError::Timeout)) {
                return None;
            }
            let fault = if (self.stopped)() {
                Fault::Stopped
            } else if began.elapsed() > most {
                Fault::TooSlow
            } else {
                continue;
            };
            let _ = child.kill();
            return Some(fault);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn explain(fault: &Fault) -> Refusal {
    match fault {
        Fault::Stopped => (Reason::Internal, "the run was stopped".to_owned()),
        Fault::TooSlow => too_slow(),
        Fault::Died(status) => match status.as_ref().and_then(signal) {
            Some(SIGXCPU) => too_slow(),
            Some(number) => {
                let told = format!("its reader needed more than {} MiB or crashed (signal {number})", MEMORY >> 20);
                (Reason::ReaderDied, told)
            }
            None => (Reason::ReaderDied, "its reader ended without an answer".to_owned()),
        },
    }
}

fn too_slow() -> Refusal {
    let told = format!("reading it took more than {SECONDS} s, and {SECONDS_A_MIB} s for each MiB");
    (Reason::TimeLimit, told)
}

/// CPU time that a file may take.
const fn time_for(bytes: &[u8]) -> Duration {
    Duration::from_secs(SECONDS.saturating_add(SECONDS_A_MIB.saturating_mul(bytes.len() as u64 >> 20)))
}

/// Sent to a process that has used up its CPU time.
const SIGXCPU: i32 = 24;

#[cfg(unix)]
fn signal(status: &ExitStatus) -> Option<i32> {
    use std::os::unix::process::ExitStatusExt;
    status.signal().filter(|number| *number != 9)
}

#[cfg(not(unix))]
const fn signal(_: &ExitStatus) -> Option<i32> {
    None
}
