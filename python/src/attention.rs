//! Work in a thread of its own while the one that Python has called waits: for the end, for Ctrl-C, and for questions
//! that only Python can answer.
//!
//! A callback that is asked for documents may hold a connection to a database, which belongs to the thread that opened
//! it; so it is called where the whole thing was called.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use pyo3::prelude::*;
use tongwen::{pipeline::Watch, read::FileRecord};

/// How often the waiting looks for signals.
const GLANCE: Duration = Duration::from_millis(20);

/// Whether the work is to stop, and the exception that asks for it.
#[derive(Default)]
pub(crate) struct Stop {
    asked: AtomicBool,
    fault: Mutex<Option<PyErr>>,
}

/// Nobody looks on but a [`Stop`].
pub(crate) struct Quiet<'s>(pub(crate) &'s Stop);

impl Stop {
    /// Whether the work is to stop.
    pub(crate) fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Asks for it; the first exception is the one that is raised.
    pub(crate) fn ask(&self, fault: PyErr) {
        self.asked.store(true, Ordering::Relaxed);
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(fault);
    }

    /// Raises the exception, if there was one.
    pub(crate) fn raise(&self) -> PyResult<()> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }

    /// Does the job; Ctrl-C asks it to stop.
    pub(crate) fn attend<T: Send>(&self, py: Python<'_>, job: impl FnOnce() -> T + Send) -> T {
        self.attend_and_answer(py, |_: &Ask<(), ()>| job(), |_, ()| Ok(()))
    }

    /// Does the job, which may say how many documents of how many are done; `progress` hears of it in this thread, and
    /// what it raises ends the job.
    pub(crate) fn attend_and_tell<T: Send>(
        &self,
        py: Python<'_>,
        progress: Option<&Py<PyAny>>,
        job: impl FnOnce(&dyn Fn(usize, usize)) -> T + Send,
    ) -> T {
        let heard = progress.is_some();
        let job = |ask: &Ask<(usize, usize), ()>| {
            job(&|done, all| {
                if heard && !self.is_asked() {
                    let _: Option<()> = ask.ask((done, all));
                }
            })
        };
        self.attend_and_answer(py, job, |py, done| progress.map_or(Ok(()), |tell| tell.call1(py, done).map(drop)))
    }

    /// Does the job, which may ask questions; they are answered in this thread, and what an answer raises ends the job.
    pub(crate) fn attend_and_answer<T: Send, Q: Send, A: Send>(
        &self,
        py: Python<'_>,
        job: impl FnOnce(&Ask<Q, A>) -> T + Send,
        mut answer: impl FnMut(Python<'_>, Q) -> PyResult<A>,
    ) -> T {
        thread::scope(|scope| {
            let (questions, asked) = channel();
            let job = scope.spawn(move || {
                // Dropped at the end of the job, which the waiting one then knows of.
                let ask = Ask { questions };
                job(&ask)
            });
            let asked = Mutex::new(asked);
            loop {
                let told = py.detach(|| asked.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(GLANCE));
                match told {
                    Ok((question, to)) => match answer(py, question) {
                        // Where nobody waits any more, nobody needs it.
                        Ok(answer) => drop(Sender::send(&to, answer)),
                        Err(fault) => self.ask(fault),
                    },
                    Err(RecvTimeoutError::Disconnected) => break,
                    Err(RecvTimeoutError::Timeout) => {}
                }
                if let Err(fault) = py.check_signals() {
                    self.ask(fault);
                }
            }
            py.detach(|| job.join()).unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }
}

/// What a job asks the thread that waits for it.
pub(crate) struct Ask<Q, A> {
    questions: Sender<(Q, Sender<A>)>,
}

impl<Q, A> Ask<Q, A> {
    /// The answer; `None` where there is none.
    pub(crate) fn ask(&self, question: Q) -> Option<A> {
        let (to, from) = channel();
        self.questions.send((question, to)).ok()?;
        from.recv().ok()
    }
}

impl Watch for Quiet<'_> {
    fn found(&self, _: u64, _: u64) {}

    fn done(&self, _: &FileRecord) {}

    fn stage(&self, _: &str) {}

    fn stopped(&self) -> Option<i32> {
        self.0.is_asked().then_some(2)
    }

    fn seconds(&self) -> f64 {
        0.0
    }
}

/// Somebody in Python who looks on.
pub(crate) struct Onlooker {
    began: Instant,
    progress: Option<Py<PyAny>>,
    pub(crate) stop: std::sync::Arc<Stop>,
}

/// What a run tells its onlooker.
enum Event<'e> {
    Found(u64, u64),
    Done(&'e FileRecord),
    Stage(&'e str),
}

impl Onlooker {
    pub(crate) fn new(progress: Option<Py<PyAny>>) -> Self {
        Self { began: Instant::now(), progress, stop: std::sync::Arc::default() }
    }

    /// Tells Python; what the callback raises ends the run, and nothing more is told.
    fn tell(&self, event: &Event<'_>) {
        let Some(progress) = self.progress.as_ref().filter(|_| !self.stop.is_asked()) else { return };
        if let Err(fault) = Python::attach(|py| call(py, progress, event)) {
            self.stop.ask(fault);
        }
    }
}

fn call(py: Python<'_>, progress: &Py<PyAny>, event: &Event<'_>) -> PyResult<()> {
    let told = pyo3::types::PyDict::new(py);
    match event {
        Event::Found(files, bytes) => {
            told.set_item("event", "found")?;
            told.set_item("files", files)?;
            told.set_item("bytes", bytes)?;
        }
        Event::Done(record) => {
            told.set_item("event", "done")?;
            told.set_item("path", &record.path)?;
            told.set_item("status", record.status.code())?;
            told.set_item("bytes", record.bytes)?;
        }
        Event::Stage(name) => {
            told.set_item("event", "stage")?;
            told.set_item("name", name)?;
        }
    }
    progress.call1(py, (told,))?;
    Ok(())
}

impl Watch for Onlooker {
    fn found(&self, files: u64, bytes: u64) {
        self.tell(&Event::Found(files, bytes));
    }

    fn done(&self, record: &FileRecord) {
        self.tell(&Event::Done(record));
    }

    fn stage(&self, name: &str) {
        self.tell(&Event::Stage(name));
    }

    fn stopped(&self) -> Option<i32> {
        self.stop.is_asked().then_some(2)
    }

    fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }
}
