import type { TestProject } from 'vitest/node';
import { provideElasticmq } from '../harness/elasticmq';
import { provideKafka } from '../harness/kafka';
import { motoProgram } from '../harness/moto';
import { provideNats } from '../harness/nats';
import { currentNats } from '../harness/natsNow';
import { prometheusPrograms } from '../harness/prometheus';
import { provideRabbitmq } from '../harness/rabbitmq';
import { provideRedis } from '../harness/redis';
import { runFolder, type Need } from '../harness/tools';

/**
 * Starts the servers once for a run, one set for each worker, so that files side by side do not meet: a test may empty a
 * broker, or raise an alarm on it. Stops them at its end whatever happened between.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Workers put what they start themselves beside the servers of this run.
  process.env.BACKPRESSURE_RUN_FOLDER = runFolder;
  const { singleFork = false } = project.config.poolOptions?.forks ?? {};
  const workers = singleFork ? 1 : (project.vitest.config.poolOptions?.forks?.maxForks ?? 1);
  // The first installs what is missing.
  const sets = [await startServers()];
  while (sets.length < workers) sets.push(await startServers());
  project.provide(
    'servers',
    sets.map(({ elasticmq, kafka, moto, nats, natsNow, prometheus, rabbitmq, redis }) => ({
      elasticmq: address(elasticmq),
      kafka: address(kafka),
      moto: address(moto),
      nats: address(nats),
      natsNow: address(natsNow),
      prometheus: address(prometheus),
      rabbitmq: address(rabbitmq),
      redis: address(redis),
    })),
  );
  return async () => {
    for (const [name, server] of Object.entries(sets[0] ?? {})) {
      if (!server.ok) console.warn(`Skipped what needs ${name}: ${server.reason}`);
    }
    const started = sets.flatMap(({ elasticmq, kafka, nats, rabbitmq, redis }) => [
      elasticmq,
      kafka,
      nats,
      rabbitmq,
      redis,
    ]);
    await Promise.allSettled(started.map((server) => stop(server)));
  };
}

async function startServers() {
  const [elasticmq, kafka, moto, nats, natsNow, prometheus, rabbitmq, redis] = await Promise.all([
    provideElasticmq().catch(asReason),
    provideKafka().catch(asReason),
    motoProgram().catch(asReason),
    provideNats().catch(asReason),
    currentNats().catch(asReason),
    prometheusPrograms().catch(asReason),
    provideRabbitmq().catch(asReason),
    provideRedis().catch(asReason),
  ]);
  return { elasticmq, kafka, moto, nats, natsNow, prometheus, rabbitmq, redis };
}

async function stop(server: Need<{ stop(): Promise<void> }>): Promise<void> {
  if (server.ok) await server.value.stop();
}

const asReason = (error: unknown): Need<never> => ({ ok: false, reason: String(error) });

/** A function cannot cross to the workers. */
function address<T extends object>(server: Need<T>): Need<T> {
  if (!server.ok) return server;
  const { value } = server;
  return { ok: true, value: { ...value, stop: undefined } };
}
