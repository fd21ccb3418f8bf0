import { readdirSync } from 'node:fs';
import path from 'node:path';
import { codeFolder } from './generated';
import { monoPrograms } from './mono';
import { pythonTools } from './pythonTools';
import { everythingRequired, projectRoot, run, type Need } from './tools';

/** A .NET Core runtime, the only one that a package registry has whose assemblies Mono's compiler can refer to. */
const runtime = 'dotnetcore2==3.1.23';

/** Says what is wrong in C# texts, told by name: each is a namespace of one library. */
export type CsharpCompiler = (name: string, texts: Readonly<Record<string, string>>) => Promise<string[]>;

/** Mono's compiler with the assemblies of .NET Core: it knows C# up to 7.2. */
export async function csharpCompiler(): Promise<Need<CsharpCompiler>> {
  const programs = await monoPrograms();
  if (!programs.ok) return programs;
  const { mono, compiler, env } = programs.value;
  let assemblies: readonly string[];
  try {
    assemblies = await assembliesOfRuntime();
  } catch (error) {
    if (everythingRequired) throw error;
    return { ok: false, reason: `the assemblies of .NET could not be had: ${String(error).split('\n', 1).join()}` };
  }
  const strict = [compiler, '-langversion:7.2', '-nostdlib', '-target:library', '-out:checked.dll'];
  return {
    ok: true,
    value: async (name, texts) => {
      const names = Object.keys(texts);
      const spaced = Object.values(texts).map((text, index) => [`m${index}.cs`, `namespace M${index} { ${text}\n}\n`]);
      const cwd = codeFolder(name, Object.fromEntries(spaced) as Record<string, string>);
      const sources = [...names.map((_, index) => `m${index}.cs`), clients];
      const said = await run(mono, [...strict, ...assemblies.map((each) => `-r:${each}`), ...sources], {
        cwd,
        env: { ...process.env, ...env },
      }).then(
        () => '',
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      return said
        .split('\n')
        .filter((line) => line.includes(': error'))
        .map((line) => line.replace(/^m(\d+)\.cs/, (_, index: string) => names[Number(index)] ?? ''));
    },
  };
}

const clients = path.join(projectRoot, 'test/code/drivers/csharp/Clients.cs');

/** What the examples refer to, and what that refers to. */
const needed =
  /^System\.(Private\.CoreLib|Runtime|Console|Collections(\.Concurrent)?|Linq|ComponentModel\.Primitives|IO\.FileSystem|Net\.(Primitives|Sockets)|Threading(\.(Channels|Tasks|Thread|ThreadPool))?)\.dll$/;

async function assembliesOfRuntime(): Promise<string[]> {
  const python = (await pythonTools('dotnet-assemblies', [runtime]))('python');
  const { stdout } = await run(python, ['-c', 'import dotnetcore2; print(dotnetcore2.__path__[0])']);
  const folder = path.join(stdout.trim(), 'bin/shared/Microsoft.NETCore.App/3.1.23');
  return readdirSync(folder)
    .filter((file) => needed.test(file))
    .map((file) => path.join(folder, file));
}
