import { Kafka, logLevel } from 'kafkajs';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { provideKafka, type KafkaServer } from '../../harness/kafka';
import { start, type Running } from '../../harness/process';
import { pythonTools } from '../../harness/pythonTools';
import { provideRabbitmq, type RabbitmqServer } from '../../harness/rabbitmq';
import { folder, projectRoot, run, runFolder, which, type Need } from '../../harness/tools';

/** Orders that come at once, and a second later on. */
const [burst, perSecond] = [3000, 100];

/** Three programs in three languages between a real Kafka and a real RabbitMQ, in a workspace that nobody has described. */
export class Programs {
  readonly #running = new Map<string, Running>();
  readonly #over = new AbortController();
  #load: Promise<void> | null = null;

  private constructor(
    readonly workspace: string,
    private readonly kafka: KafkaServer,
    private readonly rabbitmq: RabbitmqServer,
    private readonly python: string,
  ) {}

  /** Brokers, compilers and libraries, with the programs built but not started. */
  static async provide(): Promise<Need<Programs>> {
    const lacking = ['go', 'python3'].filter((command) => which(command) === null);
    if (lacking.length > 0) return { ok: false, reason: `needs ${lacking.join(' and ')} on the path` };
    const [kafka, rabbitmq, bin] = await Promise.all([
      provideKafka(),
      provideRabbitmq(),
      pythonTools('python-story', ['pika==1.3.2']),
    ]);
    if (!kafka.ok) return kafka;
    if (!rabbitmq.ok) return rabbitmq;
    const workspace = path.join(await mkdtemp(path.join(folder(runFolder), 'story-')), 'shop');
    await cp(path.join(projectRoot, 'test/editor/story/workspace'), workspace, { recursive: true });
    const programs = new Programs(workspace, kafka.value, rabbitmq.value, bin('python'));
    await writeFile(path.join(workspace, '.env'), programs.#environmentFile());
    await programs.build();
    return { ok: true, value: programs };
  }

  async build(): Promise<void> {
    await run('go', ['build', '-o', 'billing', '.'], { cwd: path.join(this.workspace, 'billing') });
  }

  /** Starts all three and the load: thousands of orders at once, then a steady hundred a second. */
  async start(): Promise<void> {
    const kafka = new Kafka({ brokers: [this.kafka.bootstrap], clientId: 'shop', logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ waitForLeaders: true, topics: [{ topic: 'orders', numPartitions: 1 }] });
    await admin.disconnect();
    await this.#begin('intake', process.execPath, ['--import', 'tsx', 'index.ts'], 'payments');
    await this.#declare('paid');
    await Promise.all([
      this.#begin('shipping', this.python, ['app.py']),
      this.#begin('billing', path.join(this.workspace, 'billing/billing'), []),
    ]);
    this.#load = this.#produce(kafka);
  }

  /** Ends the program called billing and starts it as it was built last. */
  async restartBilling(): Promise<void> {
    await this.#running.get('billing')?.stop('SIGTERM');
    await this.#begin('billing', path.join(this.workspace, 'billing/billing'), []);
  }

  /** Messages that RabbitMQ still has of a queue, handed out or not, as its own API says. */
  async left(queue: string): Promise<number> {
    const { messages = NaN } = (await (await this.#api(`queues/%2F/${queue}`)).json()) as { messages?: number };
    return messages;
  }

  async stop(): Promise<void> {
    this.#over.abort();
    await this.#load?.catch(() => undefined);
    await Promise.all([...this.#running.values()].map((running) => running.stop('SIGKILL')));
    await Promise.all([this.kafka.stop(), this.rabbitmq.stop()]);
  }

  async #begin(name: string, command: string, args: string[], makes?: string): Promise<void> {
    const log = path.join(path.dirname(this.workspace), `${name}.log`);
    const { amqp } = this.rabbitmq;
    const env = { KAFKA_BROKERS: this.kafka.bootstrap, RABBITMQ_URL: amqp };
    const queue = makes ?? (name === 'billing' ? 'payments' : 'paid');
    const ready = async () => {
      const answer = await this.#api(`queues/%2F/${queue}`);
      const { consumers = 0 } = (await answer.json()) as { consumers?: number };
      return answer.ok && (makes !== undefined || consumers > 0);
    };
    const cwd = path.join(this.workspace, name);
    this.#running.set(
      name,
      await start({ command, args, cwd, env, log, ready }).catch((error: unknown) => {
        throw new Error(`${name}: ${String(error)}\n${readFileSync(log, 'utf8').slice(-2000)}`);
      }),
    );
  }

  async #declare(queue: string): Promise<void> {
    await this.#api(`queues/%2F/${queue}`, { method: 'PUT', body: '{"durable":true}' });
  }

  #api(resource: string, init: RequestInit = {}): Promise<Response> {
    const { management, username, password } = this.rabbitmq;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    return fetch(`${management}/api/${resource}`, { ...init, headers: { authorization } });
  }

  async #produce(kafka: Kafka): Promise<void> {
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const send = (n: number) =>
      producer.send({ topic: 'orders', messages: Array.from({ length: n }, () => ({ value: 'an order' })) });
    await send(burst);
    const began = Date.now();
    const sent = { total: 0 };
    while (!this.#over.signal.aborted) {
      const due = Math.floor(((Date.now() - began) / 1000) * perSecond) - sent.total;
      if (due > 0) await send(due);
      sent.total += due;
      await sleep(100);
    }
    await producer.disconnect();
  }

  /** What the workspace itself tells of its brokers. */
  #environmentFile(): string {
    const { amqp, management } = this.rabbitmq;
    return `KAFKA_BROKERS=${this.kafka.bootstrap}\nRABBITMQ_URL=${amqp}?management=${management}\n`;
  }
}

/** Resolves once it holds; asked ten times a second. @throws when it does not for half a minute */
export async function until(holds: () => boolean): Promise<void> {
  const began = Date.now();
  while (!holds()) {
    if (Date.now() - began > 30_000) throw new Error(`after 30 s still not so: ${holds.toString()}`);
    await sleep(100);
  }
}
