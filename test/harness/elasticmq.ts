import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mavenJars } from './maven';
import { freePorts, start } from './process';
import { folder, runFolder, which, type Need } from './tools';

/** An ElasticMQ of the tests, which speaks SQS. Plain data but for `stop`, so that it can be handed to the workers. */
export interface ElasticmqServer {
  /** http://host:port, without a path. */
  endpoint: string;
  stop(): Promise<void>;
}

const version = '1.6.14';

/** The ElasticMQ of this run; it takes any credentials. */
export async function provideElasticmq(): Promise<Need<ElasticmqServer>> {
  const lacking = ['java', 'mvn'].filter((command) => which(command) === null);
  if (lacking.length > 0) return { ok: false, reason: `ElasticMQ needs ${lacking.join(' and ')} on the path` };
  const jars = await mavenJars(`elasticmq-${version}`, [`org.elasticmq:elasticmq-server_2.13:${version}`]);
  // Another process may have taken the port between asking for it and using it.
  return { ok: true, value: await startOnce(jars).catch(() => startOnce(jars)) };
}

async function startOnce(jars: string): Promise<ElasticmqServer> {
  const [port = 0] = await freePorts(1);
  const home = await mkdtemp(path.join(folder(runFolder), 'elasticmq-'));
  const file = path.join(home, 'elasticmq.conf');
  await writeFile(
    file,
    [
      'include classpath("application.conf")',
      `node-address { protocol = http, host = "127.0.0.1", port = ${port}, context-path = "" }`,
      `rest-sqs { enabled = true, bind-port = ${port}, bind-hostname = "127.0.0.1", sqs-limits = strict }`,
      'rest-stats { enabled = false }\n',
    ].join('\n'),
  );
  const endpoint = `http://127.0.0.1:${port}`;
  const server = await start({
    command: 'java',
    args: [
      ...['-Xmx200m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', `-Dconfig.file=${file}`],
      ...['-cp', path.join(jars, '*'), 'org.elasticmq.server.Main'],
    ],
    cwd: home,
    log: path.join(home, 'server.log'),
    ready: async () => (await (await fetch(`${endpoint}/?Action=ListQueues`)).text()).includes('ListQueuesResult'),
  });
  return { endpoint, stop: () => server.stop() };
}
