//! Somebody who looks on: a bar on a terminal, a line now and then elsewhere, nothing with --quiet.

use std::{
    io::{self, Write},
    process,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag,
};
use tongwen::{
    Error, Result,
    pipeline::{PUBLISHING, Watch},
    read::FileRecord,
};

use crate::{diagnostics, terminal};

/// How often a plain line appears.
const EVERY: Duration = Duration::from_secs(5);
/// A run that has not stopped by itself so long after a signal is ended.
const PATIENCE: Duration = Duration::from_secs(1);
const GLANCE: Duration = Duration::from_millis(50);

/// Looks on while a run goes on, and listens for signals.
pub(crate) struct Onlooker {
    began: Instant,
    signal: Arc<AtomicUsize>,
    files: AtomicU64,
    bytes: AtomicU64,
    all_files: AtomicU64,
    all_bytes: AtomicU64,
    /// Files are becoming visible; that is to be ended by nobody.
    publishing: Arc<AtomicBool>,
    shown: Shown,
}

enum Shown {
    Nothing,
    Bar(ProgressBar),
    /// When the last line appeared.
    Lines(Mutex<Instant>),
}

impl Onlooker {
    /// Takes over SIGINT and SIGTERM. A second signal ends the program at once.
    pub(crate) fn new(quiet: bool) -> Result<Self> {
        let signal = Arc::new(AtomicUsize::new(0));
        let asked = Arc::new(AtomicBool::new(false));
        for number in [SIGINT, SIGTERM] {
            flag::register_conditional_default(number, Arc::clone(&asked))
                .and_then(|_| flag::register(number, Arc::clone(&asked)))
                .and_then(|_| flag::register_usize(number, Arc::clone(&signal), number.unsigned_abs() as usize))
                .map_err(|fault| {
                    Error::usage(format!("cannot listen for signals: {fault}"), "run it in a common shell")
                })?;
        }
        let shown = match (quiet, terminal::stderr_has_color()) {
            (true, _) => Shown::Nothing,
            (false, true) => Shown::Bar(bar()),
            (false, false) => Shown::Lines(Mutex::new(Instant::now())),
        };
        let publishing = Arc::new(AtomicBool::new(false));
        end_after(Arc::clone(&signal), Arc::clone(&publishing));
        let zero = || AtomicU64::new(0);
        Ok(Self {
            began: Instant::now(),
            signal,
            files: zero(),
            bytes: zero(),
            all_files: zero(),
            all_bytes: zero(),
            publishing,
            shown,
        })
    }

    /// Whether a signal came, for those who wait elsewhere.
    pub(crate) fn stop_sign(&self) -> impl Fn() -> bool + Send + Sync + use<> {
        let signal = Arc::clone(&self.signal);
        move || signal.load(Ordering::SeqCst) != 0
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }

    /// Seconds since the beginning, and MB/s over them.
    pub(crate) fn pace(&self) -> (f64, f64) {
        let seconds = self.began.elapsed().as_secs_f64();
        let megabytes = self.bytes.load(Ordering::Relaxed) as f64 / 1e6;
        (seconds, megabytes / seconds.max(1e-9))
    }

    fn line(&self) -> String {
        let (files, all_files) = (self.files.load(Ordering::Relaxed), self.all_files.load(Ordering::Relaxed));
        let (bytes, all_bytes) = (self.bytes.load(Ordering::Relaxed), self.all_bytes.load(Ordering::Relaxed));
        let (seconds, pace) = self.pace();
        let left = if bytes > 0 { all_bytes.saturating_sub(bytes) as f64 / (bytes as f64 / seconds) } else { 0.0 };
        format!(
            "{files}/{all_files} files, {:.1}/{:.1} MB, {pace:.1} MB/s, about {left:.0} s left",
            bytes as f64 / 1e6,
            all_bytes as f64 / 1e6
        )
    }
}

impl Watch for Onlooker {
    fn found(&self, files: u64, bytes: u64) {
        self.all_files.store(files, Ordering::Relaxed);
        self.all_bytes.store(bytes, Ordering::Relaxed);
        if let Shown::Bar(bar) = &self.shown {
            bar.set_length(bytes);
        }
    }

    fn done(&self, record: &FileRecord) {
        let files = self.files.fetch_add(1, Ordering::Relaxed) + 1;
        self.bytes.fetch_add(record.bytes, Ordering::Relaxed);
        match &self.shown {
            Shown::Nothing => {}
            Shown::Bar(bar) => {
                bar.inc(record.bytes);
                bar.set_message(format!("{files}/{} files", self.all_files.load(Ordering::Relaxed)));
            }
            Shown::Lines(last) => {
                let Ok(mut last) = last.try_lock() else { return };
                if last.elapsed() >= EVERY {
                    *last = Instant::now();
                    let _ = writeln!(io::stderr(), "{}", self.line());
                }
            }
        }
    }

    fn stage(&self, name: &str) {
        self.publishing.store(name == PUBLISHING, Ordering::SeqCst);
        if let Shown::Bar(bar) = &self.shown {
            bar.set_prefix(name.to_owned());
            bar.tick();
        }
    }

    fn stopped(&self) -> Option<i32> {
        i32::try_from(self.signal.load(Ordering::SeqCst)).ok().filter(|signal| *signal != 0)
    }

    fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }
}

/// Ends the program where a signal has not: in the midst of long counting, or of a huge document. What was not yet visible
/// stays so, and what was kept is there for the next run.
fn end_after(signal: Arc<AtomicUsize>, publishing: Arc<AtomicBool>) {
    thread::spawn(move || {
        let mut came: Option<Instant> = None;
        while came.is_none_or(|came| came.elapsed() < PATIENCE) || publishing.load(Ordering::SeqCst) {
            thread::sleep(GLANCE);
            if signal.load(Ordering::SeqCst) != 0 {
                came.get_or_insert_with(Instant::now);
            }
        }
        let error = Error::Stopped { signal: signal.load(Ordering::SeqCst) as i32 };
        diagnostics::tell(&error);
        process::exit(error.exit_status().into());
    });
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{prefix} [{bar:30}] {message}, {megabytes}, {pace}, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ")
        .with_key("megabytes", |state: &ProgressState, w: &mut dyn std::fmt::Write| {
            let _ = write!(w, "{:.1}/{:.1} MB", state.pos() as f64 / 1e6, state.len().unwrap_or(0) as f64 / 1e6);
        })
        .with_key("pace", |state: &ProgressState, w: &mut dyn std::fmt::Write| {
            let _ = write!(w, "{:.1} MB/s", state.per_sec() / 1e6);
        });
    bar.set_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
