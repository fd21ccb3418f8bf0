import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rename, rm, unlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { absent, folder, run, toolsFolder, which, type Need } from './tools';

/** A public package: a Go module, `group:artifact` of Maven, or a name as its registry spells it. */
export interface Package {
  registry: keyof typeof clients;
  name: string;
  version: string;
}

/** The client of each registry, and how it puts the source of a package into `work`. Each gives the folder. */
const clients = {
  go: { program: 'go', bring: goModule },
  npm: { program: 'npm', bring: npmPackage },
  pypi: { program: 'pip', bring: pythonPackage },
  // The source archive of PyPI, which has the examples that a wheel leaves out.
  sdist: { program: 'pip', bring: pythonArchive },
  maven: { program: 'mvn', bring: mavenSources },
  crates: { program: 'cargo', bring: crate },
} as const;

/**
 * The source of a public package as its registry has it, brought once into the tools folder. None of its code is run,
 * but pip asks the build script of a source archive for its metadata.
 * @returns the folder that holds it: of a Go module, crate or npm package its root, else what is importable
 * @throws {Error} with the reason when everything is required
 */
export async function packageSource({ registry, name, version }: Package): Promise<Need<string>> {
  const { program, bring } = clients[registry];
  const target = path.join(folder(toolsFolder, 'sources', registry), `${name.replace(/[/:]/g, '+')}@${version}`);
  if (existsSync(target)) return { ok: true, value: target };
  if (which(program) === null) return absent(`there is no ${program} on this machine`);
  const work = await mkdtemp(path.join(folder(toolsFolder, 'sources'), 'bringing-'));
  try {
    const brought = await bring(work, name, version);
    await withoutLinks(brought);
    await rename(brought, target).catch((error: unknown) => {
      // A run side by side was faster: its copy is as good as ours.
      if (!existsSync(target)) throw error;
    });
    return { ok: true, value: target };
  } catch (error) {
    return absent(`${name} ${version} could not be had: ${String(error).split('\n', 3).join(' ')}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function goModule(work: string, name: string, version: string): Promise<string> {
  // A module cache that may be moved and removed, in an empty folder so that no module of ours takes part.
  const env = { ...process.env, GOMODCACHE: path.join(work, 'cache'), GOFLAGS: '-modcacherw' };
  const { stdout } = await run('go', ['mod', 'download', '-json', `${name}@${version}`], { cwd: work, env });
  const { Dir } = JSON.parse(stdout) as { Dir: string };
  return Dir;
}

async function npmPackage(work: string, name: string, version: string): Promise<string> {
  await run('npm', ['pack', `${name}@${version}`, '--silent', '--ignore-scripts', '--pack-destination', work]);
  return untarred(work);
}

/** The wheel, which is unpacked without running anything; the source archive only where there is no wheel. */
async function pythonPackage(work: string, name: string, version: string): Promise<string> {
  const isWheel = await fromPyPi(work, name, version, '--only-binary').then(
    () => true,
    () => false,
  );
  if (!isWheel) return pythonArchive(work, name, version);
  const target = folder(work, 'unpacked');
  // Python's reader leaves out absolute names and steps upwards.
  await run('python3', ['-m', 'zipfile', '-e', await archiveIn(work, '.whl'), target]);
  return target;
}

async function pythonArchive(work: string, name: string, version: string): Promise<string> {
  await fromPyPi(work, name, version, '--no-binary');
  return untarred(work);
}

const fromPyPi = (work: string, name: string, version: string, kind: string) =>
  run('pip', ['download', '--quiet', '--no-deps', '--dest', work, kind, ':all:', `${name}==${version}`]);

async function mavenSources(work: string, name: string, version: string): Promise<string> {
  const target = folder(work, 'unpacked');
  const artifact = `-Dartifact=${name}:${version}:jar:sources`;
  await run('mvn', ['-q', '-B', 'dependency:unpack', artifact, `-DoutputDirectory=${target}`], { cwd: work });
  return target;
}

async function crate(work: string, name: string, version: string): Promise<string> {
  await run('cargo', ['info', '--quiet', `${name}@${version}`], { cwd: work });
  const home = process.env.CARGO_HOME ?? path.join(os.homedir(), '.cargo');
  const unpacked = path.join(home, 'registry/src');
  for (const registry of await readdir(unpacked)) {
    const found = path.join(unpacked, registry, `${name}-${version}`);
    if (!existsSync(found)) continue;
    await cp(found, path.join(work, 'unpacked'), { recursive: true });
    return path.join(work, 'unpacked');
  }
  throw new Error('cargo did not unpack it');
}

/** Unpacks the one `.tgz` or `.tar.gz` in the folder; tar refuses names that lead out of it. */
async function untarred(work: string): Promise<string> {
  const target = folder(work, 'unpacked');
  await run('tar', ['-xzf', await archiveIn(work, 'gz'), '-C', target, '--strip-components', '1', '--no-same-owner']);
  return target;
}

async function archiveIn(work: string, ending: string): Promise<string> {
  const archive = (await readdir(work)).find((name) => name.endsWith(ending));
  if (archive === undefined) throw new Error(`the registry gave no ${ending} file`);
  return path.join(work, archive);
}

/** A link in an archive may lead anywhere. */
async function withoutLinks(root: string): Promise<void> {
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true }))
    if (entry.isSymbolicLink()) await unlink(path.join(entry.parentPath, entry.name));
}
