//! Prints what a call costs, in nanoseconds: of a success, and of an episode (two calls).

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use orders::step_tracker::{StepTracker, StepTrackerPage};

const CALLS: u32 = 20_000;

/// Of the best of many rounds: the others were interrupted.
fn nanos_each(run: impl Fn()) -> f64 {
    let round = |_| {
        let began = Instant::now();
        (0..CALLS).for_each(|_| run());
        began.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS)
    };
    (0..200).map(round).fold(f64::INFINITY, f64::min)
}

fn main() {
    let page = Arc::new(StepTrackerPage::default());
    let tracker = StepTracker::new("parse", "", page, Duration::from_secs(1));
    let success = nanos_each(|| tracker.sent());
    let episode = nanos_each(|| {
        tracker.send_refused();
        tracker.sent();
    });
    println!("{success} {}", episode / 2.0);
}
