import { pythonTools } from './pythonTools';
import { absent, which, type Need } from './tools';

/** Type checkers and linters for Python, in an environment of their own. */
export interface PythonCheckers {
  mypy: string;
  ruff: string;
}

/**
 * Installs them once with pip, beside the other tools.
 * @throws {Error} with the reason when everything is required
 */
export async function pythonCheckers(): Promise<Need<PythonCheckers>> {
  if (!which('python3')) return absent('no python3 on the path');
  try {
    const bin = await pythonTools('python-checkers', ['mypy==1.19.0', 'ruff==0.17.6']);
    return { ok: true, value: { mypy: bin('mypy'), ruff: bin('ruff') } };
  } catch (error) {
    return absent(`mypy and ruff could not be had: ${String(error).split('\n', 2).join(' ')}`);
  }
}
