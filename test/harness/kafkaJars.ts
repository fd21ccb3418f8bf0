import path from 'node:path';
import { mavenJars } from './maven';
import { run } from './tools';

export type KafkaVersion = '4.1.0' | '3.9.1';

/** Arguments of Java that come before one of Kafka's classes. */
export const java = (jars: string, options: string[]) => [...options, '-cp', path.join(jars, '*')];

/** Runs one of Kafka's own command classes, such as `org.apache.kafka.tools.consumer.group.ConsumerGroupCommand`. */
export async function kafkaCommand(jars: string, command: string, args: string[]): Promise<string> {
  const { stdout } = await run(
    'java',
    [...java(jars, ['-Dorg.slf4j.simpleLogger.defaultLogLevel=error']), command, ...args],
    {
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  return stdout;
}

/** The folder of one version's jars, fetched the first time. @throws with what Maven printed when it fails */
export const kafkaJars = (version: KafkaVersion): Promise<string> =>
  mavenJars(
    `kafka-${version}`,
    [
      `org.apache.kafka:kafka_2.13:${version}`,
      `org.apache.kafka:kafka-tools:${version}`,
      'org.slf4j:slf4j-simple:1.7.36',
    ],
    // Brought along by 3.9; with two of its kind on the path the server's log goes to neither for sure.
    'slf4j-reload4j',
  );
