import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BiConsumer;

/** Puts the generated texts through what can happen to them and prints what came of it. */
public final class Bounds {
  private Bounds() {}

  interface Work {
    void handle(Integer item) throws Exception;
  }

  /** What a worker pool and a semaphore have in common; begin waits until the item is begun. */
  interface Bound {
    void begin(int item) throws InterruptedException;

    void stop();

    void close();
  }

  interface Scene {
    /** A size of 0 is the environment's. */
    Bound of(int size, Work work, BiConsumer<Integer, Throwable> failed);
  }

  static Bound pool(int size, Work work, BiConsumer<Integer, Throwable> failed) {
    OrderJobs<Integer> jobs =
        size == 0 ? new OrderJobs<>(work::handle, failed) : new OrderJobs<>(size, work::handle, failed);
    return new Bound() {
      @Override
      public void begin(int item) throws InterruptedException {
        jobs.submit(item);
      }

      @Override
      public void stop() {
        jobs.stop();
      }

      @Override
      public void close() {
        jobs.close();
      }
    };
  }

  static Bound semaphore(int size, Work work, BiConsumer<Integer, Throwable> failed) {
    JobSlots slots = size == 0 ? new JobSlots() : new JobSlots(size);
    ExecutorService threads = Executors.newCachedThreadPool();
    return new Bound() {
      @Override
      public void begin(int item) throws InterruptedException {
        JobSlots.Slot slot = slots.acquire();
        threads.execute(
            () -> {
              try {
                work.handle(item);
              } catch (Throwable problem) {
                failed.accept(item, problem);
              } finally {
                slot.close();
                slot.close();
              }
            });
      }

      @Override
      public void stop() {
        slots.stop();
      }

      @Override
      public void close() {
        slots.close();
        threads.shutdown();
      }
    };
  }

  static final BiConsumer<Integer, Throwable> IGNORED = (item, problem) -> {};

  static Map<String, Object> crowd(Scene scene) throws Exception {
    int items = 10_000;
    int producers = 4;
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var strange = new AtomicInteger();
    var handled = new AtomicIntegerArray(items);
    var failures = new AtomicIntegerArray(items);
    var random = new Random();
    Work work =
        item -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          try {
            Thread.sleep(0, random.nextInt(1_000_000));
            if (item % 101 == 0) {
              throw new AssertionError("broken " + item + ".");
            }
            if (item % 7 == 0) {
              throw new java.io.IOException("failed " + item + ".");
            }
            handled.incrementAndGet(item);
          } finally {
            running.decrementAndGet();
          }
        };
    Bound bound =
        scene.of(
            16,
            work,
            (item, problem) -> {
              failures.incrementAndGet(item);
              if (!problem.getMessage().contains(" " + item + ".")) {
                strange.incrementAndGet();
              }
            });
    List<Thread> threads = new ArrayList<>();
    for (int producer = 0; producer < producers; producer++) {
      int first = producer;
      threads.add(
          started(
              () -> {
                for (int item = first; item < items; item += producers) {
                  bound.begin(item);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    bound.close();
    int succeeded = 0;
    int failed = 0;
    int notOnce = 0;
    for (int item = 0; item < items; item++) {
      succeeded += handled.get(item);
      failed += failures.get(item);
      notOnce += handled.get(item) + failures.get(item) == 1 ? 0 : 1;
    }
    return facts("most", most, "handled", succeeded, "failed", failed, "notOnce", notOnce, "strange", strange);
  }

  static Map<String, Object> cancel(Scene scene) throws Exception {
    var gate = new CountDownLatch(1);
    var begun = new AtomicInteger();
    var ended = new AtomicInteger();
    var refused = new AtomicInteger();
    Bound bound =
        scene.of(
            4,
            item -> {
              begun.incrementAndGet();
              gate.await();
              ended.incrementAndGet();
            },
            IGNORED);
    for (int item = 0; item < 4; item++) {
      bound.begin(item);
    }
    List<Thread> blocked = new ArrayList<>();
    for (int item = 0; item < 3; item++) {
      blocked.add(
          started(
              () -> {
                if (isRefused(bound)) {
                  refused.incrementAndGet();
                }
              }));
    }
    for (Thread thread : blocked) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
    }
    int early = refused.get();
    bound.stop();
    for (Thread thread : blocked) {
      thread.join();
    }
    boolean late = isRefused(bound);
    while (begun.get() < 4) {
      Thread.sleep(1);
    }
    int endedEarly = ended.get();
    gate.countDown();
    bound.close();
    return facts(
        "early", early, "refused", refused, "lateRefused", late, "endedEarly", endedEarly, "begun", begun, "ended", ended);
  }

  static Map<String, Object> drain(Scene scene) throws Exception {
    var ended = new AtomicInteger();
    Bound bound =
        scene.of(
            4,
            item -> {
              Thread.sleep(20);
              ended.incrementAndGet();
            },
            IGNORED);
    int accepted = 0;
    for (int item = 0; item < 20; item++) {
      bound.begin(item);
      accepted++;
    }
    int before = ended.get();
    bound.close();
    int after = ended.get();
    bound.close();
    return facts("accepted", accepted, "before", before, "after", after, "late", isRefused(bound));
  }

  static Map<String, Object> flat(Scene scene) throws Exception {
    int items = 200;
    int bytes = 50_000;
    var ended = new AtomicInteger();
    byte[][] payloads = new byte[items][];
    Bound bound =
        scene.of(
            4,
            item -> {
              Thread.sleep(32);
              payloads[item] = null;
              ended.incrementAndGet();
            },
            IGNORED);
    int ahead = 0;
    double first = 0;
    long[] producing = new long[items];
    long begun = System.nanoTime();
    for (int item = 0; item < items; item++) {
      long produced = System.nanoTime();
      payloads[item] = new byte[bytes];
      producing[item] = System.nanoTime() - produced;
      if (item == items / 10) {
        first = heldMegabytes();
      }
      bound.begin(item);
      ahead = Math.max(ahead, item + 1 - ended.get());
    }
    double last = heldMegabytes();
    bound.close();
    double wall = System.nanoTime() - begun;
    Arrays.sort(producing);
    return facts(
        "ahead", ahead, "grownMegabytes", last - first, "unboundedMegabytes", items * 0.9 * bytes / 1e6,
        "timesFaster", wall / items / producing[items / 2]);
  }

  static double heldMegabytes() {
    System.gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1e6;
  }

  static Map<String, Object> idle(Scene scene) throws Exception {
    var gate = new CountDownLatch(1);
    Bound nothing = scene.of(4, item -> {}, IGNORED);
    Bound full = scene.of(2, item -> gate.await(), IGNORED);
    full.begin(1);
    full.begin(2);
    Thread waiting = started(() -> full.begin(3));
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    Thread.sleep(500);
    double used = (system.getProcessCpuTime() - before) / 1e9;
    gate.countDown();
    waiting.join();
    nothing.close();
    full.close();
    return facts("share", used / 0.5);
  }

  /** How many run at once where the environment says it, or why not. */
  static Map<String, Object> environment(Scene scene) throws Exception {
    var gate = new CountDownLatch(1);
    var begun = new AtomicInteger();
    Bound bound;
    try {
      bound =
          scene.of(
              0,
              item -> {
                begun.incrementAndGet();
                gate.await();
              },
              IGNORED);
    } catch (IllegalArgumentException refused) {
      return facts("refused", refused.getMessage());
    }
    for (int item = 0; item < 3; item++) {
      bound.begin(item);
    }
    Thread waiting = started(() -> bound.begin(3));
    Thread.sleep(50);
    int size = begun.get();
    gate.countDown();
    waiting.join();
    bound.close();
    return facts("size", size);
  }

  /** Runs tasks in the only slot of a semaphore: each has to give it back. Producers that give up waiting too. */
  static Map<String, Object> call() throws Exception {
    var slots = new JobSlots(1);
    int value = slots.call(() -> 42);
    var errors = new ArrayList<String>();
    for (Throwable problem : new Throwable[] {new java.io.IOException("failed"), new AssertionError("panic: broken")}) {
      try {
        slots.call(
            () -> {
              if (problem instanceof Error) {
                throw (Error) problem;
              }
              throw (Exception) problem;
            });
      } catch (Exception | AssertionError thrown) {
        errors.add(thrown.getMessage());
      }
    }
    JobSlots.Slot held = slots.acquire();
    var gaveUp = new AtomicInteger();
    Thread impatient =
        started(
            () -> {
              try {
                slots.acquire();
              } catch (InterruptedException expected) {
                gaveUp.incrementAndGet();
              }
            });
    impatient.interrupt();
    impatient.join();
    held.close();
    boolean again = slots.call(() -> true);
    slots.close();
    return facts(
        "value", value, "errors", String.join(", ", errors), "gaveUp", gaveUp.get() == 1, "again", again);
  }

  interface Step {
    void run() throws Exception;
  }

  static Thread started(Step step) {
    var thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (Exception problem) {
                throw new IllegalStateException(problem);
              }
            });
    thread.start();
    return thread;
  }

  static boolean isRefused(Bound bound) throws InterruptedException {
    try {
      bound.begin(9);
      return false;
    } catch (RejectedExecutionException refused) {
      return true;
    }
  }

  static Map<String, Object> facts(Object... pairs) {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (int index = 0; index < pairs.length; index += 2) {
      facts.put((String) pairs[index], pairs[index + 1]);
    }
    return facts;
  }

  static String json(Map<String, ?> facts) {
    var text = new StringBuilder();
    facts.forEach(
        (name, value) -> {
          String json = value instanceof String ? "\"" + ((String) value).replace("\"", "\\\"") + "\"" : "" + value;
          text.append(text.length() == 0 ? "{" : ",").append('"').append(name).append("\":").append(json);
        });
    return text.append('}').toString();
  }

  public static void main(String[] arguments) throws Exception {
    Scene scene = arguments[0].equals("semaphore") ? Bounds::semaphore : Bounds::pool;
    StringBuilder text = new StringBuilder();
    for (int index = 1; index < arguments.length; index++) {
      String name = arguments[index];
      Map<String, Object> came =
          switch (name) {
            case "crowd" -> crowd(scene);
            case "cancel" -> cancel(scene);
            case "drain" -> drain(scene);
            case "flat" -> flat(scene);
            case "idle" -> idle(scene);
            case "call" -> call();
            default -> environment(scene);
          };
      text.append(index == 1 ? "{" : ",").append('"').append(name).append("\":").append(json(came));
    }
    System.out.println(text.append('}'));
  }
}
