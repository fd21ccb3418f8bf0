//! Puts the generated texts through what can happen to them and prints what came of it.

mod job_slots;
mod order_jobs;

use std::{
    env,
    future::Future,
    pin::Pin,
    sync::{
        atomic::{AtomicUsize, Ordering::SeqCst},
        Arc, Mutex,
    },
    time::{Duration, Instant},
};

use tokio::{sync::Semaphore, task::JoinSet, time::sleep};

use job_slots::JobSlots;
use order_jobs::{OrderJobs, OrderJobsFailure};

type Working = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;
type Work = Arc<dyn Fn(usize) -> Working + Send + Sync>;
type Failed = Arc<dyn Fn(usize, String) + Send + Sync>;

/// What a worker pool and a semaphore have in common.
enum Bound {
    Pool(OrderJobs<usize, String>),
    Slots(JobSlots, Work, Failed),
}

impl Bound {
    /// A size of 0 is the environment's.
    fn of(kind: &str, size: usize, work: Work, failed: Failed) -> Result<Arc<Self>, String> {
        let size = (size > 0).then_some(size);
        if kind == "semaphore" {
            return Ok(Arc::new(Self::Slots(JobSlots::new(size)?, work, failed)));
        }
        let pool = OrderJobs::new(
            size,
            move |item| work(*item),
            move |item, failure| match failure {
                OrderJobsFailure::Error(text) | OrderJobsFailure::Panic(text) => failed(*item, text),
            },
        )?;
        Ok(Arc::new(Self::Pool(pool)))
    }

    /// Waits until the item is begun; false when it will not be.
    async fn begin(&self, item: usize) -> bool {
        match self {
            Self::Pool(pool) => match pool.submit(item).await {
                Ok(()) => true,
                Err(late) => late.0 != item,
            },
            Self::Slots(slots, work, failed) => {
                let Ok(slot) = slots.acquire().await else {
                    return false;
                };
                let (work, failed) = (work(item), failed.clone());
                tokio::spawn(async move {
                    match tokio::spawn(work).await {
                        Ok(Ok(())) => {}
                        Ok(Err(text)) => failed(item, text),
                        Err(panic) => failed(item, *panic.into_panic().downcast().unwrap()),
                    }
                    drop(slot);
                });
                true
            }
        }
    }

    fn stop(&self) {
        match self {
            Self::Pool(pool) => pool.stop(),
            Self::Slots(slots, ..) => slots.stop(),
        }
    }

    async fn close(&self) {
        match self {
            Self::Pool(pool) => pool.close().await,
            Self::Slots(slots, ..) => slots.close().await,
        }
    }
}

fn ignored() -> Failed {
    Arc::new(|_, _| {})
}

async fn crowd(kind: &str) -> String {
    const ITEMS: usize = 10_000;
    const PRODUCERS: usize = 4;
    let counts = || Arc::new((0..ITEMS).map(|_| AtomicUsize::new(0)).collect::<Vec<_>>());
    let (handled, failures) = (counts(), counts());
    let running = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let strange = Arc::new(AtomicUsize::new(0));
    let work: Work = {
        let (handled, running, most) = (handled.clone(), running.clone(), most.clone());
        Arc::new(move |item| {
            let (handled, running, most) = (handled.clone(), running.clone(), most.clone());
            Box::pin(async move {
                most.fetch_max(running.fetch_add(1, SeqCst) + 1, SeqCst);
                sleep(Duration::from_micros((item * 7919 % 2000) as u64)).await;
                running.fetch_sub(1, SeqCst);
                assert!(item % 101 != 0, "broken {item}.");
                if item % 7 == 0 {
                    return Err(format!("failed {item}."));
                }
                handled[item].fetch_add(1, SeqCst);
                Ok(())
            })
        })
    };
    let failed: Failed = {
        let (failures, strange) = (failures.clone(), strange.clone());
        Arc::new(move |item, text| {
            failures[item].fetch_add(1, SeqCst);
            if !text.contains(&format!(" {item}.")) {
                strange.fetch_add(1, SeqCst);
            }
        })
    };
    let bound = Bound::of(kind, 16, work, failed).unwrap();
    let mut producers = JoinSet::new();
    for producer in 0..PRODUCERS {
        let bound = bound.clone();
        producers.spawn(async move {
            for item in (producer..ITEMS).step_by(PRODUCERS) {
                assert!(bound.begin(item).await);
            }
        });
    }
    producers.join_all().await;
    bound.close().await;
    let sum = |counts: &[AtomicUsize]| counts.iter().map(|count| count.load(SeqCst)).sum::<usize>();
    let not_once = (0..ITEMS)
        .filter(|&item| handled[item].load(SeqCst) + failures[item].load(SeqCst) != 1)
        .count();
    format!(
        r#"{{"most":{},"handled":{},"failed":{},"notOnce":{not_once},"strange":{}}}"#,
        most.load(SeqCst),
        sum(&handled),
        sum(&failures),
        strange.load(SeqCst)
    )
}

/// Work that waits for a permit of the gate, and how much of it was begun and ended.
fn gated() -> (Work, Arc<Semaphore>, Arc<AtomicUsize>, Arc<AtomicUsize>) {
    let gate = Arc::new(Semaphore::new(0));
    let (begun, ended) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (at, start, end) = (gate.clone(), begun.clone(), ended.clone());
    let work: Work = Arc::new(move |_| {
        let (at, start, end) = (at.clone(), start.clone(), end.clone());
        Box::pin(async move {
            start.fetch_add(1, SeqCst);
            at.acquire().await.unwrap().forget();
            end.fetch_add(1, SeqCst);
            Ok(())
        })
    });
    (work, gate, begun, ended)
}

async fn cancel(kind: &str) -> String {
    let (work, gate, begun, ended) = gated();
    let bound = Bound::of(kind, 4, work, ignored()).unwrap();
    for item in 0..4 {
        bound.begin(item).await;
    }
    let refused = Arc::new(AtomicUsize::new(0));
    let mut blocked = JoinSet::new();
    for item in 0..3 {
        let (bound, refused) = (bound.clone(), refused.clone());
        blocked.spawn(async move {
            if !bound.begin(item).await {
                refused.fetch_add(1, SeqCst);
            }
        });
    }
    sleep(Duration::from_millis(50)).await;
    let early = refused.load(SeqCst);
    bound.stop();
    blocked.join_all().await;
    let late = !bound.begin(9).await;
    let ended_early = ended.load(SeqCst);
    gate.add_permits(4);
    bound.close().await;
    format!(
        r#"{{"early":{early},"refused":{},"lateRefused":{late},"endedEarly":{ended_early},"begun":{},"ended":{}}}"#,
        refused.load(SeqCst),
        begun.load(SeqCst),
        ended.load(SeqCst)
    )
}

async fn drain(kind: &str) -> String {
    let ended = Arc::new(AtomicUsize::new(0));
    let counted = ended.clone();
    let work: Work = Arc::new(move |_| {
        let counted = counted.clone();
        Box::pin(async move {
            sleep(Duration::from_millis(20)).await;
            counted.fetch_add(1, SeqCst);
            Ok(())
        })
    });
    let bound = Bound::of(kind, 4, work, ignored()).unwrap();
    let mut accepted = 0;
    for item in 0..20 {
        accepted += usize::from(bound.begin(item).await);
    }
    let before = ended.load(SeqCst);
    bound.close().await;
    let after = ended.load(SeqCst);
    bound.close().await;
    let late = !bound.begin(1).await;
    format!(r#"{{"accepted":{accepted},"before":{before},"after":{after},"late":{late}}}"#)
}

async fn flat(kind: &str) -> String {
    const ITEMS: usize = 200;
    const BYTES: usize = 50_000;
    let ended = Arc::new(AtomicUsize::new(0));
    let payloads = Arc::new(Mutex::new(vec![Vec::new(); ITEMS]));
    let (counted, kept) = (ended.clone(), payloads.clone());
    let work: Work = Arc::new(move |item| {
        let (counted, kept) = (counted.clone(), kept.clone());
        Box::pin(async move {
            sleep(Duration::from_millis(32)).await;
            kept.lock().unwrap()[item] = Vec::new();
            counted.fetch_add(1, SeqCst);
            Ok(())
        })
    });
    let held = || payloads.lock().unwrap().iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let bound = Bound::of(kind, 4, work, ignored()).unwrap();
    let (mut ahead, mut first, mut producing) = (0, 0.0, Vec::new());
    let started = Instant::now();
    for item in 0..ITEMS {
        let produced = Instant::now();
        let payload = vec![1u8; BYTES];
        producing.push(produced.elapsed());
        payloads.lock().unwrap()[item] = payload;
        if item == ITEMS / 10 {
            first = held();
        }
        bound.begin(item).await;
        ahead = ahead.max((item + 1).saturating_sub(ended.load(SeqCst)));
    }
    let last = held();
    bound.close().await;
    let whole = started.elapsed().as_secs_f64();
    producing.sort_unstable();
    format!(
        r#"{{"ahead":{ahead},"grownMegabytes":{},"unboundedMegabytes":{},"timesFaster":{}}}"#,
        last - first,
        ITEMS as f64 * 0.9 * BYTES as f64 / 1e6,
        whole / ITEMS as f64 / producing[ITEMS / 2].as_secs_f64()
    )
}

async fn idle(kind: &str) -> String {
    let (work, gate, ..) = gated();
    let nothing = Bound::of(kind, 4, work.clone(), ignored()).unwrap();
    let full = Bound::of(kind, 2, work, ignored()).unwrap();
    full.begin(1).await;
    full.begin(2).await;
    let waits = full.clone();
    let waiting = tokio::spawn(async move { waits.begin(3).await });
    let before = cpu_seconds();
    sleep(Duration::from_millis(500)).await;
    let used = cpu_seconds() - before;
    gate.add_permits(3);
    waiting.await.unwrap();
    nothing.close().await;
    full.close().await;
    format!(r#"{{"share":{}}}"#, used / 0.5)
}

/// User and system time of this process, in ticks of 10 ms (proc(5), fields 14 and 15 of `stat`).
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = &text[text.rfind(')').unwrap() + 2..];
    let field = |index: usize| after_name.split(' ').nth(index).unwrap().parse::<f64>().unwrap();
    (field(11) + field(12)) / 100.0
}

/// How many run at once where the environment says it, or why not.
async fn environment(kind: &str) -> String {
    let (work, gate, begun, _) = gated();
    let bound = match Bound::of(kind, 0, work, ignored()) {
        Ok(bound) => bound,
        Err(refused) => return format!(r#"{{"refused":{refused:?}}}"#),
    };
    for item in 0..3 {
        bound.begin(item).await;
    }
    let waits = bound.clone();
    let waiting = tokio::spawn(async move { waits.begin(3).await });
    sleep(Duration::from_millis(50)).await;
    let size = begun.load(SeqCst);
    gate.add_permits(4);
    waiting.await.unwrap();
    bound.close().await;
    format!(r#"{{"size":{size}}}"#)
}

/// Runs tasks in the only slot of a semaphore: each has to give it back. Producers that give up waiting too.
async fn call() -> String {
    let slots = Arc::new(JobSlots::new(Some(1)).unwrap());
    let value = slots.run(async { 42 }).await.unwrap();
    let failed = slots.run(async { Err::<(), _>("failed") }).await.unwrap().unwrap_err();
    let breaks = slots.clone();
    let panic = tokio::spawn(async move { breaks.run(async { panic!("panic: broken") }).await });
    let broken = panic.await.unwrap_err().into_panic().downcast::<&str>().unwrap();
    let held = slots.acquire().await.unwrap();
    let gave_up = tokio::time::timeout(Duration::from_millis(20), slots.acquire()).await.is_err();
    drop(held);
    let again = slots.run(async { true }).await.unwrap();
    slots.close().await;
    format!(r#"{{"value":{value},"errors":"{failed}, {broken}","gaveUp":{gave_up},"again":{again}}}"#)
}

#[tokio::main]
async fn main() {
    // What a panic says is asked of the generated text, not of the terminal.
    std::panic::set_hook(Box::new(|_| {}));
    let mut arguments = env::args().skip(1);
    let kind = arguments.next().unwrap();
    let mut told = Vec::new();
    for name in arguments {
        let came = match name.as_str() {
            "crowd" => crowd(&kind).await,
            "cancel" => cancel(&kind).await,
            "drain" => drain(&kind).await,
            "flat" => flat(&kind).await,
            "idle" => idle(&kind).await,
            "call" => call().await,
            _ => environment(&kind).await,
        };
        told.push(format!(r#""{name}":{came}"#));
    }
    println!("{{{}}}", told.join(","));
}
