import { existsSync } from 'node:fs';
import path from 'node:path';
import { pythonTools } from './pythonTools';
import { absent, folder, run, settingUp, toolsFolder, type Need } from './tools';

/** Programs that search source code for patterns. */
export interface PatternScanners {
  astGrep: string;
  semgrep: string;
}

const astGrepVersion = '0.51.1';

/**
 * ast-grep by npm and semgrep by pip, installed once beside the other tools.
 * @throws {Error} with the reason when everything is required
 */
export async function patternScanners(): Promise<Need<PatternScanners>> {
  const prefix = folder(toolsFolder, `ast-grep-${astGrepVersion}`);
  // The program itself comes in a package for each platform: no script has to run.
  const platform = `@ast-grep/cli-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;
  const astGrep = path.join(prefix, 'node_modules', platform, 'ast-grep');
  try {
    const wanted = [
      `@ast-grep/cli@${astGrepVersion}`,
      '--prefix',
      prefix,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
    ];
    if (!existsSync(astGrep)) {
      settingUp('ast-grep by npm');
      await run('npm', ['install', ...wanted], { cwd: prefix });
    }
    const bin = await pythonTools('semgrep', ['semgrep==1.182.0']);
    return { ok: true, value: { astGrep, semgrep: bin('semgrep') } };
  } catch (error) {
    return absent(`ast-grep and semgrep could not be had: ${String(error).split('\n', 2).join(' ')}`);
  }
}
