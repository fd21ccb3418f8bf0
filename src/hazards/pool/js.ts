import type { Node } from 'web-tree-sitter';
import { stepOf, type Edit } from '../fixes/edits';
import { isAsync } from '../languages/js/file';
import {
  demandNothingFilled,
  demandOwnTurns,
  free,
  functionAround,
  NotPooled,
  written,
  type Loop,
  type LoopWords,
} from './loop';
import { textIn } from '../syntax';

export const jsWords: LoopWords = {
  loops: ['for_in_statement', 'for_statement', 'while_statement', 'do_statement'],
  switches: ['switch_statement'],
  functions: [
    'arrow_function',
    'function_declaration',
    'function_expression',
    'generator_function',
    'generator_function_declaration',
    'method_definition',
  ],
  exits: ['return_statement', 'yield_expression'],
  blocks: ['statement_block', 'program', 'switch_case'],
  strings: ['template_string'],
  declarations: ['variable_declarator', 'for_in_statement', 'formal_parameters', 'arrow_function', 'catch_clause'],
  writes: ['assignment_expression', 'augmented_assignment_expression', 'update_expression'],
};

/** The parts of a `for … of`. @throws {NotPooled} for another loop */
export function jsLoop(node: Node): Pick<Loop, 'body' | 'over'> {
  const over = node.childForFieldName('right');
  const body = node.childForFieldName('body');
  const isOver = node.type === 'for_in_statement' && node.childForFieldName('operator')?.text === 'of';
  if (!isOver || !over || !body)
    throw new NotPooled('This loop has no items to share out. Select a loop over a collection or a stream (for … of).');
  if (!node.childForFieldName('kind'))
    throw new NotPooled('The loop sets a variable that stands outside of it, so its turns depend on each other.');
  return { body, over };
}

/** p-map or p-limit where the file has it, else so many workers that take from one source. */
export function jsPool(loop: Loop): Edit[] {
  const { node, text } = loop;
  demandOwnTurns(loop, jsWords);
  demandNothingFilled(loop, jsWords, callsIn(loop.body));
  demandWaiting(loop);
  const template = templateFor(loop);
  const step = stepOf(text);
  const put = written(loop, jsWords, /;\s*$/m.test(text) ? template : template.map(withoutSemicolon), step);
  return [{ start: node.startIndex, end: node.endIndex, text: put }];
}

const withoutSemicolon = (line: string) => line.replace(/;$/, '');

const callsIn = (body: Node) =>
  body.descendantsOfType('member_expression').flatMap((member) => {
    const receiver = member.childForFieldName('object');
    const method = textIn(member, 'property');
    return receiver && member.parent?.type === 'call_expression' ? [{ receiver, method }] : [];
  });

/** Only what is awaited can run beside other work, and only where the loop itself can wait. */
function demandWaiting({ node, body, root }: Loop): void {
  const around = functionAround(node, jsWords);
  const isModule = root.descendantsOfType(['import_statement', 'export_statement']).length > 0;
  if (around ? !isAsync(around) : !isModule)
    throw new NotPooled('The function around the loop has to be async, so that it can wait for the work.');
  if (!/\bawait\b/.test(body.text))
    throw new NotPooled('The body awaits nothing: however many are started, they run one after the other.');
}

function templateFor({ node, over, text, size }: Loop): string[] {
  const item = textIn(node, 'left');
  const isStream = node.children.some(({ type }) => type === 'await');
  const imported = (name: string) => new RegExp(`^import (\\w+) from ['"]${name}['"]`, 'm').exec(text)?.[1];
  const taken = /^[\w$]+$/.test(item) ? item : `(${item})`;
  const map = imported('p-map');
  if (map !== undefined)
    return [`await ${map}(${over.text}, async (${item}) => {`, '\t@body', `}, { concurrency: ${size} });`];
  const limit = isStream ? undefined : imported('p-limit');
  if (limit !== undefined) {
    const limited = free(text, 'limit', 'limited', 'atOnce');
    return [
      `const ${limited} = ${limit}(${size});`,
      'await Promise.all(',
      `\tArray.from(${over.text}, (${item}) =>`,
      `\t\t${limited}(async () => {`,
      '\t\t\t@body',
      '\t\t}),',
      '\t),',
      ');',
    ];
  }
  return workers(over, `${node.childForFieldName('kind')?.text ?? 'const'} ${item}`, text, size, taken);
}

/** A source that is no plain name is taken once, before: `this` is another one inside. */
function workers(over: Node, item: string, text: string, size: number, taken: string): string[] {
  const isName = over.type === 'identifier' && over.text !== taken;
  const source = isName ? over.text : free(text, 'source', 'allItems');
  const items = free(text, 'items', 'waiting', 'itemsLeft');
  const work = free(text, 'work', 'worker', 'workOn');
  return [
    ...(isName ? [] : [`const ${source} = ${over.text};`]),
    `const ${items} = (async function* () {`,
    `\tyield* ${source};`,
    '})();',
    `const ${work} = async () => {`,
    `\tfor await (${item} of ${items}) {`,
    '\t\t@body',
    '\t}',
    '};',
    `await Promise.all(Array.from({ length: ${size} }, ${work}));`,
  ];
}
