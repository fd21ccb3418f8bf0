import { describe, expect, it } from 'vitest';
import { engine } from '../../../harness/hazardEngine';
import { judged } from '../bounds/judged';

const kafka = 'org.apache.kafka.clients.consumer.KafkaConsumer';
const file = (members: string, imported = kafka) => `package shop;

import java.util.concurrent.*;
import ${imported};

class Worker {
    private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(8);
${members}
}
`;
const receiving = (each: string) => `
    void poll(KafkaConsumer<String, String> consumer) {
        while (!closed) {
            var job = consumer.poll(TIMEOUT);
            ${each}
        }
    }
`;
const start = 'new Thread(() -> handle(job)).start(); // HERE\n';
const taking = (loop: string, work = start) =>
  `void work() throws Exception {\n${loop} {\nvar job = jobs.take();\n${work}}\n}`;
const dispatch = (body: string) => `${receiving('dispatch(job);')}\nprivate void dispatch(Job job) {\n${body}\n}`;
const spawned = (members: string, imported?: string) =>
  judged('java/unbounded-spawn', 'Worker.java', file(members, imported));

describe('in Java a thread is started for each message', () => {
  it.each([
    ['by way of a variable', receiving('Thread thread = new Thread(() -> handle(job)); // HERE\nthread.start();')],
    [
      'by a function that a list runs for each of its elements',
      receiving(`job.lines().forEach(line -> {\n${start}});`),
    ],
    ['by a loop without an end', taking('for (;;)')],
    ['by a loop that asks its own object', taking('while (keepsGoing())')],
    [
      'by a loop that receives in its head',
      `void work() throws Exception {\nJob job;\nwhile ((job = jobs.take()) != null) {\n${start}}\n}`,
    ],
    [
      'by a loop that tries once before it asks',
      `void work() throws Exception {\ndo {\nvar job = jobs.take();\n${start}} while (running);\n}`,
    ],
    [
      'of what is received where it is handed over',
      'void work() throws Exception {\nwhile (true) {\nCompletableFuture.runAsync(task(jobs.take())); // HERE\n}\n}',
    ],
    ['by a method that the loop calls', dispatch(start)],
    ['by a function of a list in a method that the loop calls', dispatch(`job.lines().forEach(line -> {\n${start}});`)],
    [
      'by a constructor that the loop calls',
      `${receiving('new Session(job);')}\nstatic class Session {\nSession(Job job) {\n${start}}\n}`,
    ],
  ])('%s', async (_sentence, members) => {
    expect(await spawned(members)).toBe('hazard');
  });

  it('by the listener that a library is handed, as it stands or by name', async () => {
    const rabbit = 'com.rabbitmq.client.Channel';
    const listen = (given: string) =>
      `void listen(Channel channel) throws Exception {\nchannel.basicConsume("orders", false, ${given}, tag -> {});\n}`;
    expect(await spawned(listen(`(tag, job) -> {\n${start}}`), rabbit)).toBe('hazard');
    const named = `${listen('this::onOrder')}\nprivate void onOrder(String tag, Job job) {\n${start}}`;
    expect(await spawned(named, rabbit)).toBe('hazard');
    expect(await spawned(named.replace('channel.basicConsume("orders", false,', 'registry.keep('), rabbit)).toBe(
      'nothing',
    );
  });
});

describe('in Java nothing shows that a thread is started for each message', () => {
  it.each([
    ['where one is received once', `void once() throws Exception {\nvar job = jobs.take();\n${start}}`],
    [
      'where one is received once, in a condition',
      `void once() throws Exception {\nJob job;\nif ((job = jobs.take()) != null) {\n${start}}\n}`,
    ],
    ['in a loop over a list that takes one for each of it', taking('for (var each : list)')],
    [
      'in a loop that looks at a queue',
      'void work() {\nwhile (running) {\nint many = queue.size();\nnew Thread(() -> tick()).start(); // HERE\n}\n}',
    ],
    ['in a function that a called method puts into a variable', dispatch(`Runnable later = () -> {\n${start}};`)],
    ['in a loop that counts', taking('for (int i = 0; i < 4; i++)')],
    ['in a loop over what there is', taking('while (hasNext())')],
    [
      'in a loop that never receives',
      `void work() {\nwhile (running) {\ntick();\nnew Thread(() -> tick()).start(); // HERE\n}\n}`,
    ],
    [
      'in a loop that calls a method of its own called take',
      `void work() {\nwhile (running) {\nvar job = take();\nnew Thread(() -> tick()).start(); // HERE\n}\n}`,
    ],
    [
      'where the next is only received afterwards',
      `void work() throws Exception {\nwhile (running) {\n${start}job = jobs.take();\n}\n}`,
    ],
    ['in a function that is kept', receiving(`whenIdle(() -> {\n${start}});`)],
    ['in a function that a called method keeps', dispatch(`whenIdle(() -> {\n${start}});`)],
    [
      'in an object that a called method makes',
      dispatch(`whenIdle(new Task() {\npublic void begin() {\n${start}}\n});`),
    ],
    ['in a block of an object that a called method makes', dispatch(`whenIdle(new Task() {\n{\n${start}}\n});`)],
    [
      'in a method that is called once',
      `void begin(Job first) {\ndispatch(first);\n}\nprivate void dispatch(Job job) {\n${start}}`,
    ],
    [
      'in a class beside the loop',
      `${receiving('count(job);')}\nstatic class Session {\nSession(Job job) {\n${start}}\n}`,
    ],
  ])('%s', async (_sentence, members) => {
    expect(await spawned(members)).toBe('nothing');
  });
});

describe('what is told of a thread in Java', () => {
  const told = async (members: string, imported?: string) => {
    const only = ['java/unbounded-spawn'];
    const { hazards } = await engine.scanText('java', file(members, imported), 'Worker.java', { only, unfixed: true });
    return hazards[0];
  };

  it('is how the place is reached', async () => {
    expect((await told(dispatch(start)))?.evidence).toEqual([
      'the loop on line 10 turns once for each message from `consumer.poll(TIMEOUT)`',
      '`dispatch` (line 16) is called for it on line 12',
    ]);
    const rabbit = `void listen(Channel channel) {\nchannel.basicConsume("orders", false, (tag, job) -> {\n${start}}, tag -> {});\n}`;
    expect((await told(rabbit, 'com.rabbitmq.client.Channel'))?.evidence).toEqual([
      '`basicConsume(…)` runs the function on line 9 for each message',
    ]);
    const named = `void listen(Channel channel) {\nchannel.basicConsume("orders", false, this::onOrder, tag -> {});\n}\nprivate void onOrder(String tag, Job job) {\n${start}}`;
    expect((await told(named, 'com.rabbitmq.client.Channel'))?.evidence).toEqual([
      '`basicConsume(…)` runs `onOrder` (line 11) for each message',
    ]);
  });

  it('is what each is of: a value of the program, a message, a packet', async () => {
    const receivedBy = (call: string, imported?: string) =>
      told(`void work() throws Exception {\nwhile (true) {\nvar job = ${call};\n${start}}\n}`, imported);
    const unit = async (call: string, imported?: string) =>
      / per (\w+)$/.exec((await receivedBy(call, imported))?.lens ?? '')?.[1];
    expect(await unit('jobs.take()')).toBe('value');
    expect(await unit('this.queue.poll(1, SECONDS)')).toBe('value');
    expect(await unit('queueConsumer.poll(TIMEOUT)')).toBe('message');
    expect(await unit('socket.receive(packet)', 'java.net.DatagramSocket')).toBe('packet');
    expect(await unit('channel.receive(packet)', 'java.net.DatagramSocket')).toBeUndefined();
    expect(await unit('socket.receive()', 'org.zeromq.ZMQ')).toBe('message');
    expect(await unit('subscriber.receive()', 'io.nats.client.Connection')).toBe('message');
    expect(await unit('pipes.take()')).toBe('value');
    expect(await unit('jobs.poll(1, SECONDS)', 'shop.Store')).toBe('value');
    expect(await unit('store.blpop()', 'shop.Store')).toBe('message');
    expect(await unit('serverSocket.accept()', 'java.net.ServerSocket')).toBe('connection');
    expect(await unit('pipes.toString()')).toBeUndefined();
  });

  it('is that a message counts as done before it is, but not so of a value', async () => {
    expect((await told(receiving(`${start}consumer.commitSync();`)))?.message).toContain('does not wait for it');
    expect((await told(receiving(`${start}consumer.wakeup();`)))?.message).not.toContain('does not wait for it');
    expect((await told(taking('while (true)', `${start}pipe.ack();\n`)))?.message).not.toContain(
      'does not wait for it',
    );
  });
});
