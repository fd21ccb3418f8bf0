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

/** Starts the servers once for a run, side by side, and stops them at its end whatever happened between. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Workers put what they start themselves beside the servers of this run.
  process.env.BACKPRESSURE_RUN_FOLDER = runFolder;
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
  project.provide('servers', {
    ...{
      elasticmq: address(elasticmq),
      kafka: address(kafka),
      moto: address(moto),
      nats: address(nats),
      natsNow: address(natsNow),
      prometheus: address(prometheus),
    },
    ...{ rabbitmq: address(rabbitmq), redis: address(redis) },
  });
  return async () => {
    for (const [name, server] of Object.entries({
      elasticmq,
      kafka,
      moto,
      nats,
      natsNow,
      prometheus,
      rabbitmq,
      redis,
    })) {
      if (!server.ok) console.warn(`Skipped what needs ${name}: ${server.reason}`);
    }
    await Promise.allSettled([elasticmq, kafka, nats, rabbitmq, redis].map((server) => stop(server)));
  };
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
