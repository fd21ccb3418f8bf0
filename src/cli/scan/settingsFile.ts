import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { ruleIds } from '../../hazards/rules/all';
import { ruleSettings, type RuleSettings } from '../../model/ruleSettings';
import { UsageError } from '../usage';

const name = '.backpressurerc';

/** The settings, and the folder that their paths are relative to. */
export interface FoundSettings extends RuleSettings {
  folder: string;
}

/** The `.backpressurerc` of a folder or of the nearest one above. @throws {UsageError} when it is wrong */
export function settingsAbove(folder: string): FoundSettings {
  for (let at = folder; ; at = path.dirname(at)) {
    const file = path.join(at, name);
    if (existsSync(file)) return { ...read(file), folder: at };
    if (at === path.dirname(at)) return { ...ruleSettings.parse({}), folder };
  }
}

function read(file: string): RuleSettings {
  const document = parseDocument(readFileSync(file, 'utf8'));
  const [broken] = document.errors;
  if (broken) {
    const { line, col } = broken.linePos?.[0] ?? { line: 1, col: 1 };
    throw new UsageError(`${file}:${line}:${col}: ${broken.message.split('\n')[0] ?? ''}`);
  }
  const { success, data, error } = ruleSettings.safeParse(document.toJS() ?? {});
  if (!success) {
    const [issue] = error.issues;
    throw new UsageError(`${file}:1:1: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const unknown = Object.keys(data.rules).find((id) => !ruleIds().includes(id));
  if (unknown !== undefined) throw new UsageError(`${file}:1:1: there is no rule "${unknown}"`);
  return data;
}
