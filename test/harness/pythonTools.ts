import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folder, run, settingUp, toolsFolder } from './tools';

/**
 * A Python environment with packages of its own, made once beside the other tools.
 * @param name of its folder
 * @returns where its programs are
 * @throws with what pip printed when it fails
 */
export async function pythonTools(name: string, packages: readonly string[]): Promise<(program: string) => string> {
  const environment = path.join(folder(toolsFolder), name);
  const bin = (program: string) => path.join(environment, 'bin', program);
  // The path counts too: the programs carry it.
  const mark = [environment, ...packages].join('\n');
  const complete = path.join(environment, '.complete');
  if (existsSync(complete) && readFileSync(complete, 'utf8') === mark) return bin;
  settingUp(`${packages.join(', ')} by pip`);
  rmSync(environment, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', environment]);
  await run(bin('pip'), ['install', '--quiet', '--disable-pip-version-check', ...packages]);
  writeFileSync(`${complete}.new`, mark);
  renameSync(`${complete}.new`, complete);
  return bin;
}
