import { describe, expect, it } from 'vitest';
import { judged } from './judged';

const start = 'new Thread(() -> handle(job)).start(); // HERE\n';
const file = (members: string, ...imported: string[]) =>
  `package shop;\n${imported.map((each) => `import ${each};\n`).join('')}class Worker {\n${members}\n}\n`;
const spawned = (members: string, ...imported: string[]) =>
  judged('java/unbounded-spawn', 'Worker.java', file(members, ...imported));

describe('what a broker holds back in Java', () => {
  const rabbit = (behind = '', before = 'channel.basicQos(20);') =>
    spawned(
      `void listen(Channel channel) throws Exception {\n${before}\nchannel.basicConsume("orders", false, (tag, job) -> {\n${start}${behind}}, tag -> {});\n}`,
      'com.rabbitmq.client.Channel',
    );

  it('is what nobody finished, unless all counts as finished at once', async () => {
    expect(await rabbit()).toContain("the broker's limit on unfinished messages (`basicQos`)");
    expect(await rabbit('channel.basicAck(tag, false);')).toBe('hazard');
    expect(await rabbit('', '')).toBe('hazard');
  });

  it('are messages, not connections', async () => {
    const accept = `void accept(ServerSocket server) throws Exception {\nchannel.basicQos(20);\nwhile (true) {\nvar job = server.accept();\n${start}}\n}`;
    expect(await spawned(accept, 'java.net.ServerSocket')).toBe('hazard');
  });

  it('is what Spring has a container fetch where messages are acknowledged by hand', async () => {
    const listener = (acknowledged: string, imported: string) =>
      spawned(
        `@RabbitListener(queues = "orders")\nvoid onOrder(Job job) {\n${start}}\nvoid done(Job job) {\n${acknowledged}\n}`,
        imported,
        'com.rabbitmq.client.Channel',
      );
    const spring = 'org.springframework.amqp.rabbit.annotation.RabbitListener';
    expect(await listener('channel.basicAck(job.tag(), false);', spring)).toContain('prefetch (250 unless set)');
    expect(await listener('count(job);', spring)).toBe('hazard');
    expect(await listener('channel.basicAck(job.tag(), false);', 'org.other.RabbitListener')).toBe('hazard');
  });
});

describe('what a peer is held back by in Java', () => {
  const netty = (behind: string) =>
    spawned(
      `public void channelRead(ChannelHandlerContext context, Object job) {\n${start}${behind}\n}`,
      'io.netty.channel.ChannelHandlerContext',
    );

  it('is credit that is given for what has been handled', async () => {
    expect(await netty('session.credit(1);')).toContain('(`credit`)');
    expect(await netty('session.count(1);')).toBe('hazard');
  });

  it('is no pause of a consumer, where it is for requests', async () => {
    expect(await netty('consumer.pause(all);\nconsumer.resume(all);')).toBe('hazard');
  });

  it('is no credit of messages', async () => {
    const messages = `void poll() {\nwhile (true) {\nvar job = consumer.poll(TIMEOUT);\n${start}session.credit(1);\n}\n}`;
    expect(await spawned(messages, 'org.apache.kafka.clients.consumer.KafkaConsumer')).toBe('hazard');
  });
});

describe('a thread in Java for what a method for others is handed', () => {
  const handed = (body: string, members = '') =>
    spawned(`${members}\npublic void accept(Job job) throws Exception {\n${body}\n}`, 'java.util.concurrent.*');

  it('is bounded by a permit above it, and by a wait below it', async () => {
    expect(await handed(start)).toBe('hazard');
    expect(await handed(`permits.acquire();\n${start}`)).toContain('a permit taken at');
    expect(await handed(`${start}permits.acquire();`)).toBe('hazard');
    expect(await handed(`${start}done.await();`)).toContain('the turn waits at');
    expect(await handed(`done.await();\n${start}`)).toBe('hazard');
  });

  it('is bounded by a queue with a size that its file makes', async () => {
    const queue = (made: string) => handed(start, `private final Pool pool = new Pool(${made});`);
    expect(await queue('new ArrayBlockingQueue<Job>(8)')).toBe('a bounded queue (`new ArrayBlockingQueue`)');
    expect(await queue('new LinkedBlockingQueue<Job>(8)')).toBe('a bounded queue (`new LinkedBlockingQueue<Job>`)');
    expect(await queue('new LinkedBlockingQueue<Job>()')).toBe('hazard');
    expect(await queue('Bulkhead.ofDefaults("orders")')).toBe('a bounded queue (`Bulkhead`)');
  });
});
