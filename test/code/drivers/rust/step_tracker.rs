use std::{
    fs,
    sync::{
        mpsc::{channel, Sender},
        Arc, Barrier, Mutex,
    },
    thread,
    time::{Duration, Instant},
};

use orders::step_tracker::{Counts, Recorder, StepTracker, StepTrackerLog, StepTrackerPage};

const HOUR: Duration = Duration::from_secs(3600);

/// Time that passes only when a test says so.
#[derive(Clone)]
struct Clock(Arc<Mutex<Instant>>);

impl Clock {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    fn advance(&self, millis: u64) {
        *self.0.lock().unwrap() += Duration::from_millis(millis);
    }

    fn track(&self, worker: &str, recorder: Arc<dyn Recorder>) -> StepTracker {
        let clock = self.clone();
        StepTracker::with_clock("parse", worker, recorder, HOUR, move || {
            *clock.0.lock().unwrap()
        })
    }
}

/// What the page says of a name, but for what stays at zero.
fn lines(page: &StepTrackerPage, name: &str) -> Vec<String> {
    let text = page.to_string();
    let found = text
        .lines()
        .filter(|line| line.starts_with(name) && !line.ends_with(" 0"));
    found.map(str::to_owned).collect()
}

#[test]
fn an_episode_ends_at_the_retry_and_at_the_next_message() {
    let (clock, page) = (Clock::new(), Arc::new(StepTrackerPage::default()));
    let tracker = clock.track("", page.clone());
    tracker.sent();
    tracker.send_refused();
    clock.advance(20);
    tracker.send_refused();
    clock.advance(20);
    tracker.sent();
    tracker.send_refused();
    clock.advance(2000);
    tracker.sent();
    tracker.receive_refused();
    clock.advance(60_000);
    tracker.received();
    drop(tracker);
    assert_eq!(
        lines(&page, "pipeline_sent"),
        ["pipeline_sent_total{step=\"parse\"} 3"]
    );
    let send = "pipeline_send_backpressure";
    let mut want = vec![format!("{send}_total{{step=\"parse\"}} 2")];
    want.extend(
        ["0.1", "0.5", "1"]
            .map(|le| format!("{send}_duration_seconds_bucket{{step=\"parse\",le=\"{le}\"}} 1")),
    );
    want.extend(
        ["5", "30", "+Inf"]
            .map(|le| format!("{send}_duration_seconds_bucket{{step=\"parse\",le=\"{le}\"}} 2")),
    );
    want.push(format!(
        "{send}_duration_seconds_sum{{step=\"parse\"}} 2.04"
    ));
    want.push(format!("{send}_duration_seconds_count{{step=\"parse\"}} 2"));
    assert_eq!(lines(&page, send), want);
    let receive = "pipeline_receive_backpressure";
    assert_eq!(
        lines(&page, "pipeline_receive"),
        [
            "pipeline_received_total{step=\"parse\"} 1".to_owned(),
            format!("{receive}_total{{step=\"parse\"}} 1"),
            format!("{receive}_duration_seconds_bucket{{step=\"parse\",le=\"+Inf\"}} 1"),
            format!("{receive}_duration_seconds_sum{{step=\"parse\"}} 60"),
            format!("{receive}_duration_seconds_count{{step=\"parse\"}} 1"),
        ]
    );
}

#[test]
fn an_unfinished_episode_is_not_counted() {
    let (clock, page) = (Clock::new(), Arc::new(StepTrackerPage::default()));
    let tracker = clock.track("a \"b\"\\\n", page.clone());
    tracker.send_refused();
    clock.advance(3_600_000);
    drop(tracker);
    assert!(lines(&page, "pipeline").is_empty());
    let zero = "pipeline_send_backpressure_total{step=\"parse\",worker=\"a \\\"b\\\"\\\\\\n\"} 0\n";
    assert!(page.to_string().contains(zero));
}

/// A recorder that hangs until it is let go.
struct Stuck {
    reached: Mutex<Sender<()>>,
    release: Barrier,
    sent: Mutex<Vec<u64>>,
}

impl Recorder for Stuck {
    fn record(&self, _: &str, _: &str, counts: &Counts) {
        let is_first = counts.sent > 0 && self.sent.lock().unwrap().iter().sum::<u64>() == 0;
        self.sent.lock().unwrap().push(counts.sent);
        if is_first {
            self.reached.lock().unwrap().send(()).unwrap();
            self.release.wait();
        }
    }
}

#[test]
fn the_step_waits_for_no_recorder() {
    let (sender, reached) = channel();
    let stuck = Arc::new(Stuck {
        reached: Mutex::new(sender),
        release: Barrier::new(2),
        sent: Mutex::default(),
    });
    let tracker = StepTracker::new("parse", "", stuck.clone(), Duration::from_millis(1));
    tracker.sent();
    reached.recv().unwrap();
    for _ in 0..1000 {
        tracker.sent();
    }
    stuck.release.wait();
    drop(tracker);
    assert_eq!(stuck.sent.lock().unwrap().iter().sum::<u64>(), 1001);
}

#[test]
fn threads_lose_nothing() {
    let page = Arc::new(StepTrackerPage::default());
    let tracker = StepTracker::new("parse", "", page.clone(), Duration::from_millis(1));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..5000 {
                    tracker.send_refused();
                    tracker.sent();
                }
            });
        }
    });
    drop(tracker);
    assert_eq!(
        lines(&page, "pipeline_sent"),
        ["pipeline_sent_total{step=\"parse\"} 20000"]
    );
}

#[test]
fn logs_instead_of_exporting() {
    let written = Arc::new(Mutex::new(Vec::new()));
    let (clock, writes) = (Clock::new(), written.clone());
    let log = StepTrackerLog(move |line: &str| writes.lock().unwrap().push(line.to_owned()));
    let tracker = clock.track("", Arc::new(log));
    tracker.send_refused();
    clock.advance(3000);
    tracker.sent();
    drop(tracker);
    assert_eq!(
        *written.lock().unwrap(),
        ["step \"parse\" worker \"\": sent 1, received 0, waited 1 times for the next step (3s), \
          made others wait 0 times (0ns)"]
    );
}

/// What `steps` is to read: the page before and after an episode of half a second.
#[test]
fn prints_its_pages() {
    let Ok(folder) = std::env::var("PAGES") else {
        return;
    };
    let (clock, page) = (Clock::new(), Arc::new(StepTrackerPage::default()));
    let tracker = clock.track("", page.clone());
    fs::write(format!("{folder}/before"), page.to_string()).unwrap();
    tracker.send_refused();
    clock.advance(500);
    tracker.sent();
    drop(tracker);
    fs::write(format!("{folder}/after"), page.to_string()).unwrap();
}
