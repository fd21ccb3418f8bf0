//! Handles items with a bound on how many are handled at once.
//!
//! On tokio (features `rt` and `sync`), which the clients of brokers use; the standard library has no tasks. Work that
//! keeps a processor busy belongs into `tokio::task::spawn_blocking` inside the handler.

use std::{
    any::Any,
    env,
    future::{poll_fn, Future},
    panic::{catch_unwind, AssertUnwindSafe},
    pin::{pin, Pin},
    sync::Arc,
    task::Poll,
};

use tokio::sync::{watch, Semaphore};

/// How many at once where neither the caller nor the environment says it.
const DEFAULT_CONCURRENCY: usize = 8;

/// Why an item was not handled to its end.
#[derive(Debug)]
pub enum WorkerPoolFailure<E> {
    Error(E),
    /// What the panic said.
    Panic(String),
}

/// An item that came too late to be handled.
#[derive(Debug)]
pub struct WorkerPoolStopped<T>(pub T);

type Handled<E> = Pin<Box<dyn Future<Output = Result<(), E>> + Send>>;
type Handle<T, E> = dyn Fn(Arc<T>) -> Handled<E> + Send + Sync;
type Failed<T, E> = dyn Fn(&T, WorkerPoolFailure<E>) + Send + Sync;

/// Handles items, so many at once.
///
/// There is no queue in it: `submit` waits until the item is begun, so the producer goes no faster than the handling,
/// and no item lies where a shutdown could forget it.
pub struct WorkerPool<T, E> {
    free: Arc<Semaphore>,
    /// Whoever works holds a receiver; `closed` waits for the last of them.
    working: watch::Sender<()>,
    handle: Arc<Handle<T, E>>,
    failed: Arc<Failed<T, E>>,
}

impl<T, E> WorkerPool<T, E>
where
    T: Send + Sync + 'static,
    E: Send + 'static,
{
    /// * `size`: how many at once; `None` takes `WORKER_POOL_CONCURRENCY` from the environment.
    /// * `handle` does the work for one item.
    /// * `failed` hears of every item whose handling returned an error or panicked, from several threads at once.
    ///
    /// # Errors
    /// For a size below 1.
    pub fn new<H, F>(
        size: Option<usize>,
        handle: H,
        failed: impl Fn(&T, WorkerPoolFailure<E>) + Send + Sync + 'static,
    ) -> Result<Self, String>
    where
        H: Fn(Arc<T>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
    {
        Ok(Self {
            free: Arc::new(Semaphore::new(concurrency(size)?)),
            working: watch::Sender::new(()),
            handle: Arc::new(move |item| Box::pin(handle(item))),
            failed: Arc::new(failed),
        })
    }

    /// Waits until the item is begun.
    ///
    /// # Errors
    /// Gives the item back when it will not be.
    pub async fn submit(&self, item: T) -> Result<(), WorkerPoolStopped<T>> {
        let working = self.working.subscribe();
        let Ok(place) = self.free.clone().acquire_owned().await else {
            return Err(WorkerPoolStopped(item));
        };
        let (handle, failed) = (self.handle.clone(), self.failed.clone());
        tokio::spawn(async move {
            let item = Arc::new(item);
            if let Err(failure) = handled(&*handle, item.clone()).await {
                failed(&item, failure);
            }
            drop((place, working));
        });
        Ok(())
    }

    /// Takes no more items; those begun go on.
    pub fn stop(&self) {
        self.free.close();
    }

    /// Takes no more items and waits until those begun are finished.
    pub async fn close(&self) {
        self.stop();
        self.working.closed().await;
    }
}

/// Makes a failure of a panic, so that it is reported like every other.
async fn handled<T, E>(handle: &Handle<T, E>, item: Arc<T>) -> Result<(), WorkerPoolFailure<E>> {
    let mut work = pin!(async move { handle(item).await });
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(result)) => Poll::Ready(result.map_err(WorkerPoolFailure::Error)),
            Err(reason) => Poll::Ready(Err(WorkerPoolFailure::Panic(said(&*reason)))),
        }
    })
    .await
}

fn said(reason: &(dyn Any + Send)) -> String {
    let text = reason.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| reason.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "panic".to_owned())
}

fn concurrency(given: Option<usize>) -> Result<usize, String> {
    let text = env::var("WORKER_POOL_CONCURRENCY").unwrap_or_default();
    let size = match given {
        Some(size) => Some(size),
        None if text.is_empty() => Some(DEFAULT_CONCURRENCY),
        None => text.parse().ok(),
    };
    match size {
        Some(size) if size >= 1 => Ok(size),
        _ if given.is_some() => Err("concurrency: 0 is less than 1".to_owned()),
        _ => Err(format!(
            "WORKER_POOL_CONCURRENCY: {text:?} is no whole number from 1 up"
        )),
    }
}
