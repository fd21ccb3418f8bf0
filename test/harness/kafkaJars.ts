import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { folder, run, toolsFolder } from './tools';

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

/** The folder of one version's jars, fetched by Maven the first time. Two runs may fetch at once; the first to finish wins. */
export async function kafkaJars(version: KafkaVersion): Promise<string> {
  const jars = path.join(toolsFolder, `kafka-${version}`);
  const complete = path.join(jars, '.complete');
  if (existsSync(complete)) return jars;
  const work = await mkdtemp(path.join(folder(toolsFolder), `kafka-${version}-`));
  try {
    const fetched = path.join(work, 'jars');
    await writeFile(path.join(work, 'pom.xml'), pom(version));
    await run(
      'mvn',
      ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${fetched}`],
      {
        cwd: work,
      },
    );
    // Brought along by 3.9; with two of its kind on the path the server's log goes to neither for sure.
    for (const jar of await readdir(fetched)) if (jar.startsWith('slf4j-reload4j')) await rm(path.join(fetched, jar));
    await writeFile(path.join(fetched, '.complete'), '');
    await rename(fetched, jars).catch((error: unknown) => {
      if (!existsSync(complete)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return jars;
}

function pom(version: KafkaVersion): string {
  const dependency = (group: string, artifact: string, wanted: string) =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${wanted}</version></dependency>`;
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>test</groupId><artifactId>kafka-jars</artifactId><version>1</version><packaging>pom</packaging><dependencies>
${dependency('org.apache.kafka', 'kafka_2.13', version)}
${dependency('org.apache.kafka', 'kafka-tools', version)}
${dependency('org.slf4j', 'slf4j-simple', '1.7.36')}
</dependencies></project>`;
}
