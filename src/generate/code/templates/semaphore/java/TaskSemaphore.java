import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * So many slots, and a task needs one to run.
 *
 * <p>A loop that starts tasks has to wait for the slot itself, or the tasks that wait pile up in their executor:
 *
 * <pre>{@code
 * var slot = semaphore.acquire();
 * CompletableFuture.runAsync(() -> handle(message), executor).whenComplete((done, problem) -> slot.close());
 * }</pre>
 *
 * <p>Unlike {@link Semaphore} it can be stopped and drained, and a slot cannot be given back twice.
 */
public final class TaskSemaphore implements AutoCloseable {
  /** How many at once where neither the caller nor the environment says it. */
  private static final int DEFAULT_CONCURRENCY = 8;

  /** One slot, until it is closed. */
  public interface Slot extends AutoCloseable {
    /** Gives the slot back; a second time does nothing. */
    @Override
    void close();
  }

  private final int size;
  private final Semaphore free;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /** A semaphore of {@link #concurrency()} slots. */
  public TaskSemaphore() {
    this(concurrency());
  }

  /** @throws IllegalArgumentException for a size below 1 */
  public TaskSemaphore(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size: " + size + " is less than 1");
    }
    this.size = size;
    this.free = new Semaphore(size);
  }

  /**
   * TASK_SEMAPHORE_CONCURRENCY of the environment, or the default.
   *
   * @throws IllegalArgumentException when it is no whole number from 1 up
   */
  public static int concurrency() {
    String text = System.getenv("TASK_SEMAPHORE_CONCURRENCY");
    if (text == null || text.isEmpty()) {
      return DEFAULT_CONCURRENCY;
    }
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException("TASK_SEMAPHORE_CONCURRENCY: \"" + text + "\" is no whole number from 1 up");
    }
    return Integer.parseInt(text);
  }

  /**
   * Waits for a slot, to be closed by whoever ends the task, on any thread.
   *
   * @throws RejectedExecutionException when there will be none: the semaphore was stopped
   * @throws InterruptedException when the caller is interrupted while it waits
   */
  public Slot acquire() throws InterruptedException {
    free.acquire();
    if (stopped.get()) {
      free.release(); // Wakes the next one that waits for nothing.
      throw new RejectedExecutionException("the semaphore gives no more slots");
    }
    var held = new AtomicBoolean(true);
    return () -> {
      if (held.compareAndSet(true, false)) {
        free.release();
      }
    };
  }

  /** Runs a task in a slot, on this thread. What it throws comes through. */
  public <R> R call(Callable<R> task) throws Exception {
    var slot = acquire();
    try {
      return task.call();
    } finally {
      slot.close();
    }
  }

  /** Gives no more slots; tasks that have one go on. */
  public void stop() {
    if (stopped.compareAndSet(false, true)) {
      free.release();
    }
  }

  /** Gives no more slots and waits until every task has given back its own. */
  @Override
  public void close() {
    stop();
    // All slots and the one that stop() woke the waiting with.
    free.acquireUninterruptibly(size + 1);
    free.release(size + 1);
  }
}
