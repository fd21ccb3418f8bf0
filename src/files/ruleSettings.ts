import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseDocument, type Document } from 'yaml';
import { ruleSettingsName } from './ruleSettingsName';
import { smallText } from './smallText';
import { ruleIds } from '../hazards/reading';
import { isNestedTooDeep } from '../model/nesting';
import { ruleSettings, type RuleSettings } from '../model/ruleSettings';

/** A `.backpressurerc` that cannot be used: `file:line:column: what is wrong`. */
export class WrongRuleSettings extends Error {}

/** The settings, and the folder that their paths are relative to. */
export interface FoundSettings extends RuleSettings {
  folder: string;
}

/** The `.backpressurerc` of a folder or of the nearest one above. @throws {WrongRuleSettings} */
export function ruleSettingsAbove(folder: string): FoundSettings {
  for (let at = folder; ; at = path.dirname(at)) {
    const file = path.join(at, ruleSettingsName);
    if (existsSync(file)) return { ...read(file), folder: at };
    if (at === path.dirname(at)) return { ...ruleSettings.parse({}), folder };
  }
}

/** @throws {UsageError} for aliases that multiply each other */
function valueOf(document: Document, file: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (error) {
    throw new WrongRuleSettings(`${file}:1:1: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function read(file: string): RuleSettings {
  const text = smallText(file);
  if (text === null || isNestedTooDeep(text)) throw new WrongRuleSettings(`${file}:1:1: this is no settings file`);
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken) {
    const { line, col } = broken.linePos?.[0] ?? { line: 1, col: 1 };
    throw new WrongRuleSettings(`${file}:${line}:${col}: ${broken.message.split('\n')[0] ?? ''}`);
  }
  const { success, data, error } = ruleSettings.safeParse(valueOf(document, file));
  if (!success) {
    const [issue] = error.issues;
    throw new WrongRuleSettings(`${file}:1:1: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const unknown = Object.keys(data.rules).find((id) => !ruleIds().includes(id));
  if (unknown !== undefined) throw new WrongRuleSettings(`${file}:1:1: there is no rule "${unknown}"`);
  return data;
}
