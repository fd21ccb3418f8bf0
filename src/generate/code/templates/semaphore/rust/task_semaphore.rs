//! Bounds how many tasks run at once.
//!
//! On tokio (feature `sync`), which the clients of brokers use; the standard library has no semaphore.

use std::{env, fmt, future::Future, sync::Arc};

use tokio::sync::{watch, OwnedSemaphorePermit, Semaphore};

/// How many at once where neither the caller nor the environment says it.
const DEFAULT_CONCURRENCY: usize = 8;

/// No more slots are given.
#[derive(Debug, PartialEq, Eq)]
pub struct TaskSemaphoreStopped;

impl fmt::Display for TaskSemaphoreStopped {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("no more slots are given")
    }
}

impl std::error::Error for TaskSemaphoreStopped {}

/// One slot, until it is dropped, be it by a panic.
#[derive(Debug)]
pub struct TaskSemaphoreSlot {
    _place: OwnedSemaphorePermit,
    _working: watch::Receiver<()>,
}

/// So many slots, and a task needs one to run.
///
/// A loop that starts tasks has to wait for the slot itself, or the tasks that wait pile up:
///
/// ```ignore
/// let slot = semaphore.acquire().await?;
/// tokio::spawn(async move {
///     handle(message).await;
///     drop(slot);
/// });
/// ```
///
/// Unlike tokio's own it can be drained.
#[derive(Debug)]
pub struct TaskSemaphore {
    free: Arc<Semaphore>,
    /// Each slot holds a receiver; `closed` waits for the last of them.
    working: watch::Sender<()>,
}

impl TaskSemaphore {
    /// `size` is how many at once; `None` takes `TASK_SEMAPHORE_CONCURRENCY` from the environment.
    ///
    /// # Errors
    /// For a size below 1.
    pub fn new(size: Option<usize>) -> Result<Self, String> {
        Ok(Self {
            free: Arc::new(Semaphore::new(concurrency(size)?)),
            working: watch::Sender::new(()),
        })
    }

    /// Waits for a slot.
    ///
    /// # Errors
    /// When there will be none.
    pub async fn acquire(&self) -> Result<TaskSemaphoreSlot, TaskSemaphoreStopped> {
        let working = self.working.subscribe();
        match self.free.clone().acquire_owned().await {
            Ok(place) => Ok(TaskSemaphoreSlot {
                _place: place,
                _working: working,
            }),
            Err(_) => Err(TaskSemaphoreStopped),
        }
    }

    /// Runs a task in a slot and gives what it gives.
    ///
    /// # Errors
    /// When there will be no slot.
    pub async fn run<F: Future>(&self, task: F) -> Result<F::Output, TaskSemaphoreStopped> {
        let _slot = self.acquire().await?;
        Ok(task.await)
    }

    /// Gives no more slots; tasks that have one go on.
    pub fn stop(&self) {
        self.free.close();
    }

    /// Gives no more slots and waits until every task has given back its own.
    pub async fn close(&self) {
        self.stop();
        self.working.closed().await;
    }
}

fn concurrency(given: Option<usize>) -> Result<usize, String> {
    let text = env::var("TASK_SEMAPHORE_CONCURRENCY").unwrap_or_default();
    let size = match given {
        Some(size) => Some(size),
        None if text.is_empty() => Some(DEFAULT_CONCURRENCY),
        None => text.parse().ok(),
    };
    match size {
        Some(size) if size >= 1 => Ok(size),
        _ if given.is_some() => Err("concurrency: 0 is less than 1".to_owned()),
        _ => Err(format!(
            "TASK_SEMAPHORE_CONCURRENCY: {text:?} is no whole number from 1 up"
        )),
    }
}
