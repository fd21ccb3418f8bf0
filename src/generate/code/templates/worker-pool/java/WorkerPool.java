import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Handles items on a fixed number of threads.
 *
 * <p>There is no queue in it: {@link #submit} waits until a thread is free, so the producer goes no faster than the
 * handling, and no item lies where a shutdown could forget it. (The queue of a plain {@code newFixedThreadPool} has no
 * bound; here a permit is needed to enter it.) From Java 21 on, {@code newThreadPerTaskExecutor} with virtual threads
 * does as well for work that waits.
 *
 * @param <T> what is handled
 */
public final class WorkerPool<T> implements AutoCloseable {
  /** How many at once where neither the caller nor the environment says it. */
  private static final int DEFAULT_CONCURRENCY = 8;

  /** Does the work for one item. */
  @FunctionalInterface
  public interface Handler<T> {
    void handle(T item) throws Exception;
  }

  private final Handler<? super T> handler;
  private final BiConsumer<? super T, ? super Throwable> failed;
  private final Semaphore free;
  private final ExecutorService workers;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /** A pool of {@link #concurrency()} threads. */
  public WorkerPool(Handler<? super T> handler, BiConsumer<? super T, ? super Throwable> failed) {
    this(concurrency(), handler, failed);
  }

  /**
   * @param size how many at once
   * @param handler called by several threads at once
   * @param failed hears of every item whose handling threw, and what; called by several threads at once
   * @throws IllegalArgumentException for a size below 1
   */
  public WorkerPool(int size, Handler<? super T> handler, BiConsumer<? super T, ? super Throwable> failed) {
    if (size < 1) {
      throw new IllegalArgumentException("size: " + size + " is less than 1");
    }
    this.handler = handler;
    this.failed = failed;
    this.free = new Semaphore(size);
    this.workers = Executors.newFixedThreadPool(size);
  }

  /**
   * WORKER_POOL_CONCURRENCY of the environment, or the default.
   *
   * @throws IllegalArgumentException when it is no whole number from 1 up
   */
  public static int concurrency() {
    String text = System.getenv("WORKER_POOL_CONCURRENCY");
    if (text == null || text.isEmpty()) {
      return DEFAULT_CONCURRENCY;
    }
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException("WORKER_POOL_CONCURRENCY: \"" + text + "\" is no whole number from 1 up");
    }
    return Integer.parseInt(text);
  }

  /**
   * Waits until a thread takes the item.
   *
   * @throws RejectedExecutionException when none will: the pool was stopped
   * @throws InterruptedException when the producer is interrupted while it waits; the item was not taken
   */
  public void submit(T item) throws InterruptedException {
    free.acquire();
    try {
      if (stopped.get()) {
        throw new RejectedExecutionException("the pool takes no more items");
      }
      workers.execute(() -> run(item));
    } catch (RejectedExecutionException late) {
      free.release(); // Wakes the next producer that waits for nothing.
      throw late;
    }
  }

  /** Takes no more items; those begun go on. */
  public void stop() {
    if (stopped.compareAndSet(false, true)) {
      free.release();
      workers.shutdown();
    }
  }

  /** Takes no more items and waits until those begun are finished, also when it is interrupted meanwhile. */
  @Override
  public void close() {
    stop();
    boolean interrupted = false;
    while (!workers.isTerminated()) {
      try {
        workers.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Also an Error is reported, so that one item does not end its thread in silence. */
  private void run(T item) {
    try {
      handler.handle(item);
    } catch (Throwable problem) {
      failed.accept(item, problem);
    } finally {
      free.release();
    }
  }
}
