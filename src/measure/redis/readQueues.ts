import { inBatches, type Send } from './send';
import type { Understood, WorkQueue } from './workQueue';

/** One queue of jobs as read, or why it could not be. */
export interface QueueRead {
  queue: WorkQueue;
  understood: Understood | Error;
  /** Replies to `askAge`. */
  ages: readonly unknown[];
}

/** The figures of every queue in one round of commands, then what tells their ages in another. */
export async function readQueues(send: Send, queues: readonly WorkQueue[]): Promise<QueueRead[]> {
  const replies = await answersTo(
    send,
    queues.map(({ ask }) => ask),
  );
  const reads = queues.map((queue, i): QueueRead => {
    const answers = replies[i] ?? [];
    const refusal = answers.find((reply) => reply instanceof Error);
    return { queue, understood: refusal ?? queue.understand(answers), ages: [] };
  });
  const ages = await answersTo(
    send,
    reads.map(({ understood }) => (understood instanceof Error ? [] : understood.askAge)),
  );
  return reads.map((read, i) => ({ ...read, ages: ages[i] ?? [] }));
}

/** All commands in one go, their answers dealt out again. */
async function answersTo(send: Send, asked: readonly WorkQueue['ask'][]): Promise<unknown[][]> {
  const replies = (await inBatches(send, asked.flat())).values();
  return asked.map((commands) => commands.map(() => replies.next().value));
}
