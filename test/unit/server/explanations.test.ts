import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { readBy } from '../../../src/hazards/languages/named';
import { ruleIds } from '../../../src/hazards/reading';
import { explanationOf } from '../../../src/server/explanations';
import { engine } from '../../harness/hazardEngine';
import { projectRoot } from '../../harness/tools';

const rules = path.join(projectRoot, 'src/hazards/rules');
const reason = 'the window of the sender';

/** As an editor has a file open. */
const opened = (file: string, text: string) => {
  const language = file.endsWith('.py') ? 'python' : /\.ya?ml$/.test(file) ? 'yaml' : 'other';
  return TextDocument.create(`file:///${file}`, language, 1, text);
};

async function hazardsIn(file: string, text: string) {
  const { hazards, suppressions } = await engine.scanText(readBy(file) ?? 'go', text, file);
  return { hazards, suppressions };
}

/** The text after the action of a line, with the reason said. */
async function explainedAt(file: string, text: string, line: number): Promise<string> {
  const document = opened(file, text);
  const { hazards } = await hazardsIn(file, text);
  const position = { line: line - 1, character: 0 };
  const [action] = explanationOf(hazards, { start: position, end: position }, document);
  const [change] = action?.edit?.documentChanges ?? [];
  const edits = change && 'edits' in change ? change.edits : [];
  return TextDocument.applyEdits(document, edits).replace(/(bounded-by )(\r?\n)/, `$1${reason}$2`);
}

describe('the action that says what bounds a place', () => {
  const files = ruleIds().flatMap((id) => {
    const folder = path.join(rules, id, 'examples');
    // What needs all files of a workspace has none.
    return existsSync(folder) ? readdirSync(folder).map((file) => path.join(folder, file)) : [];
  });

  it.each(files.map((file) => path.relative(rules, file)))('explains each hazard of %s away', async (name) => {
    const text = readFileSync(path.join(rules, name), 'utf8');
    const file = path.basename(name);
    const { hazards, suppressions } = await hazardsIn(file, text);
    const said = new Set(suppressions.map(({ line }) => line + 1));
    for (const { line } of hazards.filter((each) => !said.has(each.line))) {
      const explained = await explainedAt(file, text, line);
      const after = await hazardsIn(file, explained);
      expect(after.suppressions, `line ${line}`).toContainEqual({ line, reason, state: 'used' });
      const there = after.hazards.filter((each) => each.line === line + 1);
      expect(there.map(({ suppressed }) => suppressed)).not.toContain(null);
    }
  });
});
