package examples.given;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

class QueueFactory {
    BlockingQueue<String> createWriteQueue() {
        return new LinkedBlockingQueue<>(); // want low: queue grows per call
    }

    BlockingQueue<String> createReadQueue() {
        return new ArrayBlockingQueue<>(100); // nothing
    }

    BlockingQueue<Thread> createWorkers() {
        return new LinkedBlockingQueue<>(); // nothing
    }
}

class MessageDispatch {
    private BlockingQueue<String> messageQueue;

    static MessageDispatch standard() {
        return new MessageDispatch().setMessageQueue(new LinkedBlockingQueue<>()); // want low: queue grows per call
    }

    static MessageDispatch limited() {
        return new MessageDispatch().setMessageQueue(new LinkedBlockingQueue<>(1000)); // nothing
    }

    MessageDispatch setMessageQueue(BlockingQueue<String> given) {
        messageQueue = given;
        return this;
    }
}

class TaskThreads {
    private final LinkedBlockingQueue<Runnable> taskPool = new LinkedBlockingQueue<>(); // want low: queue grows per call

    void execute(Runnable task) {
        taskPool.add(task);
    }

    class Worker extends Thread {
        @Override
        public void run() {
            while (true) {
                try {
                    taskPool.take().run();
                } catch (InterruptedException ended) {
                    return;
                }
            }
        }
    }
}
