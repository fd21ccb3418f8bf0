//! Tells how often and how long a step of a pipeline is held up, in both directions.

use std::{
    collections::BTreeMap,
    fmt::{self, Display, Formatter},
    sync::{
        mpsc::{self, RecvTimeoutError, Sender},
        Arc, Mutex, MutexGuard, PoisonError,
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// Upper bounds of the buckets for the lengths of episodes.
const BOUNDS: [Duration; 8] = [
    Duration::from_millis(1),
    Duration::from_millis(5),
    Duration::from_millis(25),
    Duration::from_millis(100),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(5),
    Duration::from_secs(30),
];

/// Times of being held up that have ended.
#[derive(Clone, Debug, Default)]
pub struct Episodes {
    pub count: u64,
    pub total: Duration,
    /// How many were as long as each bound or shorter, and longer than the bound before.
    pub buckets: [u64; BOUNDS.len()],
}

impl Episodes {
    fn add(&mut self, length: Duration) {
        self.count += 1;
        self.total += length;
        if let Some(index) = BOUNDS.iter().position(|bound| length <= *bound) {
            self.buckets[index] += 1;
        }
    }

    fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.total += other.total;
        for (bucket, more) in self.buckets.iter_mut().zip(other.buckets) {
            *bucket += more;
        }
    }
}

/// What a step did in some time.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    pub sent: u64,
    pub received: u64,
    /// The next step refused a message.
    pub send: Episodes,
    /// This step refused a message.
    pub receive: Episodes,
}

/// Takes counts away, on a thread of the tracker's own.
pub trait Recorder: Send + Sync {
    fn record(&self, step: &str, worker: &str, counts: &Counts);
}

/// Watches one worker of a step.
///
/// An episode begins with the first refusal and ends with the next success in its direction, be it the retry of the
/// message that was held or another one. What has not ended when the tracker is dropped is not counted.
pub struct StepTracker {
    shared: Arc<Shared>,
    /// Dropped first, which ends the thread.
    closing: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    step: String,
    worker: String,
    recorder: Arc<dyn Recorder>,
    now: Box<dyn Fn() -> Instant + Send + Sync>,
    counting: Mutex<Counting>,
}

#[derive(Default)]
struct Counting {
    counts: Counts,
    send_refused: Option<Instant>,
    receive_refused: Option<Instant>,
}

impl StepTracker {
    /// Starts to hand over what it has counted, every so often. `worker` tells the workers of a step apart, each with
    /// a tracker of its own; it is empty where there is one.
    pub fn new(step: &str, worker: &str, recorder: Arc<dyn Recorder>, every: Duration) -> Self {
        Self::with_clock(step, worker, recorder, every, Instant::now)
    }

    /// As `new`, with a clock that a test may bring.
    pub fn with_clock(
        step: &str,
        worker: &str,
        recorder: Arc<dyn Recorder>,
        every: Duration,
        now: impl Fn() -> Instant + Send + Sync + 'static,
    ) -> Self {
        // A figure that starts at zero can be seen to grow.
        recorder.record(step, worker, &Counts::default());
        let shared = Arc::new(Shared {
            step: step.to_owned(),
            worker: worker.to_owned(),
            recorder,
            now: Box::new(now),
            counting: Mutex::default(),
        });
        let (closing, closed) = mpsc::channel::<()>();
        let flushing = Arc::clone(&shared);
        let thread = thread::spawn(move || loop {
            let is_closing = closed.recv_timeout(every) != Err(RecvTimeoutError::Timeout);
            flushing.flush();
            if is_closing {
                return;
            }
        });
        Self {
            shared,
            closing: Some(closing),
            thread: Some(thread),
        }
    }

    /// The next step would not take a message.
    pub fn send_refused(&self) {
        let mut counting = self.shared.lock();
        if counting.send_refused.is_none() {
            counting.send_refused = Some((self.shared.now)());
        }
    }

    /// The next step took a message, at the first try or at a later one.
    pub fn sent(&self) {
        let mut counting = self.shared.lock();
        counting.counts.sent += 1;
        if let Some(since) = counting.send_refused.take() {
            counting.counts.send.add((self.shared.now)() - since);
        }
    }

    /// This step would not take a message.
    pub fn receive_refused(&self) {
        let mut counting = self.shared.lock();
        if counting.receive_refused.is_none() {
            counting.receive_refused = Some((self.shared.now)());
        }
    }

    /// This step took a message.
    pub fn received(&self) {
        let mut counting = self.shared.lock();
        counting.counts.received += 1;
        if let Some(since) = counting.receive_refused.take() {
            counting.counts.receive.add((self.shared.now)() - since);
        }
    }
}

impl Drop for StepTracker {
    /// Hands over the rest.
    fn drop(&mut self) {
        self.closing.take();
        if let Some(thread) = self.thread.take() {
            // A recorder that panicked has told so itself.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Counting> {
        self.counting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn flush(&self) {
        let counts = std::mem::take(&mut self.lock().counts);
        self.recorder.record(&self.step, &self.worker, &counts);
    }
}

/// Records by writing a line whenever a step was held up, with what it is given: `|line| log::info!("{line}")`.
pub struct StepTrackerLog<F>(pub F);

impl<F: Fn(&str) + Send + Sync> Recorder for StepTrackerLog<F> {
    fn record(&self, step: &str, worker: &str, counts: &Counts) {
        let Counts {
            sent,
            received,
            send,
            receive,
        } = counts;
        if send.count + receive.count > 0 {
            (self.0)(&format!(
                "step {step:?} worker {worker:?}: sent {sent}, received {received}, \
                 waited {} times for the next step ({:?}), made others wait {} times ({:?})",
                send.count, send.total, receive.count, receive.total
            ));
        }
    }
}

/// Records for Prometheus: serve what it displays as `text/plain; version=0.0.4`.
///
/// With a Prometheus or `OpenTelemetry` client in the program, write a recorder for that one instead.
#[derive(Default)]
pub struct StepTrackerPage {
    /// By labels.
    totals: Mutex<BTreeMap<String, Counts>>,
}

impl Recorder for StepTrackerPage {
    fn record(&self, step: &str, worker: &str, counts: &Counts) {
        let worker = match worker {
            "" => String::new(),
            _ => format!(",worker=\"{}\"", escaped(worker)),
        };
        let labels = format!("step=\"{}\"{worker}", escaped(step));
        let mut totals = self.totals.lock().unwrap_or_else(PoisonError::into_inner);
        let total = totals.entry(labels).or_default();
        total.sent += counts.sent;
        total.received += counts.received;
        total.send.merge(&counts.send);
        total.receive.merge(&counts.receive);
    }
}

type CountOf = fn(&Counts) -> u64;
type EpisodesOf = fn(&Counts) -> &Episodes;

impl Display for StepTrackerPage {
    fn fmt(&self, page: &mut Formatter<'_>) -> fmt::Result {
        let totals = self.totals.lock().unwrap_or_else(PoisonError::into_inner);
        let counters: [(&str, CountOf); 4] = [
            ("pipeline_sent_total", |counts| counts.sent),
            ("pipeline_received_total", |counts| counts.received),
            ("pipeline_send_backpressure_total", |counts| {
                counts.send.count
            }),
            ("pipeline_receive_backpressure_total", |counts| {
                counts.receive.count
            }),
        ];
        for (name, of) in counters {
            writeln!(page, "# TYPE {name} counter")?;
            for (labels, counts) in &*totals {
                writeln!(page, "{name}{{{labels}}} {}", of(counts))?;
            }
        }
        let histograms: [(&str, EpisodesOf); 2] = [
            ("pipeline_send_backpressure_duration_seconds", |counts| {
                &counts.send
            }),
            ("pipeline_receive_backpressure_duration_seconds", |counts| {
                &counts.receive
            }),
        ];
        for (name, of) in histograms {
            writeln!(page, "# TYPE {name} histogram")?;
            for (labels, counts) in &*totals {
                let Episodes {
                    count,
                    total,
                    buckets,
                } = of(counts);
                let mut below = 0;
                for (bound, bucket) in BOUNDS.iter().zip(buckets) {
                    below += bucket;
                    let le = bound.as_secs_f64();
                    writeln!(page, "{name}_bucket{{{labels},le=\"{le}\"}} {below}")?;
                }
                writeln!(page, "{name}_bucket{{{labels},le=\"+Inf\"}} {count}")?;
                writeln!(page, "{name}_sum{{{labels}}} {}", total.as_secs_f64())?;
                writeln!(page, "{name}_count{{{labels}}} {count}")?;
            }
        }
        Ok(())
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}
