import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { folder, run, settingUp, toolsFolder } from './tools';

/**
 * A folder of jars with all they need, fetched by Maven the first time. Two runs may fetch at once; the first to finish
 * wins.
 * @param artifacts as `group:name:version`
 * @param unwanted how names of jars begin that come along and are in the way
 * @throws with what Maven printed when it fails
 */
export async function mavenJars(name: string, artifacts: readonly string[], unwanted?: string): Promise<string> {
  const jars = path.join(toolsFolder, name);
  const complete = path.join(jars, '.complete');
  if (existsSync(complete)) return jars;
  settingUp(`${name} by Maven`);
  const work = await mkdtemp(path.join(folder(toolsFolder), `${name}-`));
  try {
    const fetched = path.join(work, 'jars');
    await writeFile(path.join(work, 'pom.xml'), pom(artifacts));
    const copy = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${fetched}`];
    await run('mvn', ['-q', '-B', ...copy], { cwd: work });
    for (const jar of await readdir(fetched)) {
      if (unwanted !== undefined && jar.startsWith(unwanted)) await rm(path.join(fetched, jar));
    }
    await writeFile(path.join(fetched, '.complete'), '');
    await rename(fetched, jars).catch((error: unknown) => {
      if (!existsSync(complete)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return jars;
}

function pom(artifacts: readonly string[]): string {
  const dependencies = artifacts.map((artifact) => {
    const [group, name, version] = artifact.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`;
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>test</groupId><artifactId>jars</artifactId><version>1</version><packaging>pom</packaging><dependencies>
${dependencies.join('\n')}
</dependencies></project>`;
}
