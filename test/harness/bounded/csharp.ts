import { readFileSync } from 'node:fs';
import path from 'node:path';
import { codeFolder, generated } from '../generated';
import { monoPrograms } from '../mono';
import { projectRoot, run, type Need } from '../tools';
import { boundedKinds, boundedNames, said, type Bounded } from './bounded';

/** Both texts beside their driver, by Mono's compiler. */
export async function boundedCsharp(): Promise<Need<Bounded>> {
  const programs = await monoPrograms();
  if (!programs.ok) return programs;
  const { mono, compiler, env } = programs.value;
  const texts = boundedKinds.map((kind) => generated(kind, 'csharp', { name: boundedNames[kind] }));
  const names = texts.map(({ fileName }) => fileName);
  const cwd = codeFolder('bounded-csharp', {
    ...Object.fromEntries(texts.map(({ fileName, text }) => [fileName, text])),
    'Bounds.cs': readFileSync(path.join(projectRoot, 'test/code/drivers/csharp/Bounds.cs'), 'utf8'),
  });
  const strict = [compiler, '-langversion:7.2', '-warn:4', '-warnaserror'];
  await run(mono, [compiler, '-langversion:7.2', '-out:bounds.exe', ...names, 'Bounds.cs'], {
    cwd,
    env: { ...process.env, ...env },
  });
  return {
    ok: true,
    value: {
      check: () =>
        said('env', [...assigned(env), mono, ...strict, '-target:library', '-out:checked.dll', ...names], cwd),
      driver: () => ({ command: mono, args: [path.join(cwd, 'bounds.exe')], env }),
    },
  };
}

const assigned = (env: NodeJS.ProcessEnv) => Object.entries(env).map(([name, value = '']) => `${name}=${value}`);
