// The page of docs/ that describes every rule, by its own words and its examples.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Engine, type TextScan } from '../src/hazards/engine';
import { languages } from '../src/hazards/languages/all';
import { readBy } from '../src/hazards/languages/named';
import type { Growth, Rule } from '../src/hazards/rule';
import { alertChecks, workspaceChecks } from '../src/hazards/rules/alerts/all';
import { describedRule, ruleById, ruleIds } from '../src/hazards/rules/all';
import { hazardSeverities } from '../src/model/hazardSeverity';

const root = path.resolve(import.meta.dirname, '..');
const binaries = ['web-tree-sitter', '@vscode/tree-sitter-wasm/wasm'].map((name) =>
  path.join(root, 'node_modules', name),
);
const engine = new Engine((name) => readFile(path.join(binaries[name === 'web-tree-sitter.wasm' ? 0 : 1] ?? '', name)));

/** What an example says at the end of a line about the place there. */
const mark = /\s*(?:\/\/|#) (want (?:low|medium|high|critical)|bounded|suppressed|nothing)\b.*$/;

interface Example {
  file: string;
  lines: string[];
  scan: TextScan;
}

async function examplesOf(id: string): Promise<Example[]> {
  const folder = path.join(root, 'src/hazards/rules', id, 'examples');
  const files = (await readdir(folder)).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(folder, file), 'utf8');
      return {
        file,
        lines: text.split('\n'),
        scan: await engine.scanText(readBy(file) ?? 'go', text, file, { only: [id] }),
      };
    }),
  );
}

/** The lines that lead to a place, without the marks of the example, as a block of code. */
function block({ file, lines }: Example, line: number): string {
  const above = lines.slice(Math.max(0, line - 4), line);
  const from = above.map((each) => each.trim()).lastIndexOf('', above.length - 2) + 1;
  const shown = above.slice(from).map((each) => each.replace(mark, ''));
  const indents = shown.filter((each) => each.trim() !== '').map((each) => /^\s*/.exec(each)?.[0].length ?? 0);
  const indent = Math.min(...indents);
  return ['```' + path.extname(file).slice(1), ...shown.map((each) => each.slice(indent)), '```'].join('\n');
}

/** The severities that a rule can give, worst first, and from which on it is a diagnostic. */
function severitiesOf(rule: Rule): string {
  const units: Growth['unit'][] = [
    'message',
    'connection',
    'packet',
    'request',
    'value',
    'chunk',
    'element',
    'call',
    'period',
  ];
  const given = units.flatMap((unit) =>
    [null, 'early'].flatMap((settledEarly) =>
      [undefined, 'how often'].map((doubt) =>
        rule.severityOf({ unit, source: '', evidence: [], turns: [], settledEarly, ...(doubt ? { doubt } : {}) }),
      ),
    ),
  );
  const found = [...hazardSeverities].reverse().filter((severity) => given.includes(severity));
  const from = hazardSeverities.indexOf(rule.diagnosticFrom);
  const hints = found.filter((severity) => hazardSeverities.indexOf(severity) < from);
  return `${found.join(', ')}${hints.length > 0 ? ` (${hints.join(' and ')}: a hint above the line, no diagnostic)` : ''}`;
}

function lookedForBy(id: string): string[] {
  const found = ruleById(id);
  const check = alertChecks.find((each) => each.id === id);
  if (check) return [check.lookedFor];
  return found?.rule.bounds.map((kind) => languages[found.language].bounds[kind] ?? kind) ?? [];
}

async function section(id: string): Promise<string> {
  const described = describedRule(id);
  if (!described) throw new Error(`there is no rule ${id}`);
  const head = [`### ${id}`, `**${described.title}.** ${described.help}`];
  if (workspaceChecks.some((each) => each.id === id))
    return [...head, 'Only a scan of the workspace finds it.'].join('\n\n');
  const examples = await examplesOf(id);
  const rule = ruleById(id)?.rule;
  const severity = rule ? severitiesOf(rule) : (alertChecks.find((each) => each.id === id)?.severity ?? '');
  const hazards = examples.flatMap((example) => example.scan.hazards.map((hazard) => ({ example, hazard })));
  const titles = [...new Set(hazards.flatMap(({ hazard }) => hazard.fixes.map(({ title }) => title)))];
  const [wrong] = hazards;
  const [right] = examples.flatMap((example) => example.scan.passed.map((each) => ({ example, ...each })));
  return [
    ...head,
    [
      `- Severity: ${severity}`,
      `- Looked for: ${lookedForBy(id).join('; ')}`,
      ...(titles.length > 0 ? [`- Quick fixes: ${titles.join('; ')}`] : []),
    ].join('\n'),
    ...(wrong ? ['Found:', block(wrong.example, wrong.hazard.line)] : []),
    ...(right ? [`Not found, because of ${right.bound}:`, block(right.example, right.line)] : []),
  ].join('\n\n');
}

const chapters: Readonly<Record<string, string>> = {
  go: 'Go',
  js: 'TypeScript and JavaScript',
  py: 'Python',
  java: 'Java',
  rust: 'Rust',
  csharp: 'C#',
  alerts: 'Alert rules of Prometheus',
};

/** Every rule: what it finds, why that hurts, what it looks for, how severe it is, its fixes and an example of each kind. */
export async function rulesPage(made: string): Promise<string> {
  const parts = await Promise.all(
    Object.entries(chapters).map(async ([language, title]) => {
      const ids = ruleIds().filter((id) => id.startsWith(`${language}/`));
      return [`## ${title}`, ...(await Promise.all(ids.map(section)))].join('\n\n');
    }),
  );
  return `# Rules

${made}
What \`backpressure scan\` and the hints above code look for. A place is reported where something shows that it can grow (messages, connections, a collection as long as the data) and none of the bounds that were looked for is there. Set a rule's severity, or \`off\`, in \`.backpressurerc\` or in the setting \`backpressure.rules\`; explain a single place in a comment on its line or above: \`backpressure: bounded-by REASON\` (in an editor the light bulb writes it; a key can be bound to \`editor.action.codeAction\` with the kind \`quickfix.explain\`). How the rules are judged: [rules.md](rules.md).

Two rules of other tools advise the opposite: \`no-await-in-loop\` of ESLint recommends \`Promise.all\`, which takes the bound of the loop away, and S6881 of Sonar recommends virtual threads for blocking work, which takes the pool's.

${parts.join('\n\n')}
`;
}
