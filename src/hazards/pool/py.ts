import type { Node } from 'web-tree-sitter';
import { stepOf, type Edit } from '../fixes/edits';
import { importing } from '../rules/py/imports';
import { contains, oneLine, textIn } from '../syntax';
import {
  demandNothingFilled,
  demandOwnTurns,
  free,
  functionAround,
  namesIn,
  NotPooled,
  tied,
  written,
  type Loop,
  type LoopWords,
} from './loop';

export const pyWords: LoopWords = {
  loops: ['for_statement', 'while_statement'],
  switches: [],
  functions: ['function_definition', 'lambda', 'class_definition'],
  exits: ['return_statement', 'yield', 'global_statement', 'nonlocal_statement'],
  blocks: ['block', 'module'],
  strings: ['string'],
  declarations: ['assignment', 'for_statement', 'for_in_clause', 'as_pattern_target', 'parameters', 'named_expression'],
  writes: ['assignment', 'augmented_assignment', 'named_expression'],
};

/** The parts of a `for`. @throws {NotPooled} for another loop, or one with an `else` */
export function pyLoop(node: Node): Pick<Loop, 'body' | 'over'> {
  const over = node.childForFieldName('right');
  const body = node.childForFieldName('body');
  if (node.type !== 'for_statement' || !over || !body)
    throw new NotPooled('This loop has no items to share out. Select a loop over a collection or a stream (for … in).');
  if (node.childForFieldName('alternative'))
    throw new NotPooled('The else of the loop asks how it ended, which a pool does not know.');
  const target = node.childForFieldName('left');
  if (!target || target.descendantsOfType(['attribute', 'subscript']).length > 0)
    throw new NotPooled(`The loop sets \`${target ? oneLine(target) : ''}\`, which all turns would share.`);
  return { body, over };
}

/** Tasks with a semaphore where the function is async, else threads; no more wait than run. */
export function pyPool(loop: Loop): Edit[] {
  const { node, text, root } = loop;
  demandOwnTurns(loop, pyWords);
  demandNothingFilled(loop, pyWords, callsIn(loop.body));
  demandOwnNames(loop);
  const around = functionAround(node, pyWords);
  const isAsync = around?.text.startsWith('async') ?? false;
  if (around?.type === 'class_definition') throw new NotPooled('The loop stands in the body of a class.');
  if (isAsync && !/\b(await|async)\b/.test(loop.body.text))
    throw new NotPooled('The body awaits nothing: however many are started, they run one after the other.');
  const imports = importing(node, text, isAsync ? 'asyncio' : 'concurrent.futures');
  if (!imports)
    throw new NotPooled(`The file imports nothing yet: import ${isAsync ? 'asyncio' : 'concurrent.futures'} first.`);
  const template = isAsync ? tasks(loop) : threads(loop);
  const step = stepOf(root.text);
  return [...imports, { start: node.startIndex, end: node.endIndex, text: written(loop, pyWords, template, step) }];
}

const callsIn = (body: Node) =>
  body.descendantsOfType('attribute').flatMap((member) => {
    const receiver = member.childForFieldName('object');
    const method = textIn(member, 'attribute');
    return receiver && member.parent?.type === 'call' ? [{ receiver, method }] : [];
  });

/** In a function of its own what the body sets is gone when it ends, and `super()` means another one. */
function demandOwnNames({ node, body, root }: Loop): void {
  const scope = functionAround(node, pyWords) ?? root;
  const others = new Set(
    namesIn(scope)
      .filter((each) => !contains(node, each))
      .map(({ text }) => text),
  );
  const target = node.childForFieldName('left');
  const set = body
    .descendantsOfType([...pyWords.writes, 'for_statement', 'as_pattern_target'])
    .flatMap((write) => write.childForFieldName('left') ?? write.childForFieldName('name') ?? write)
    .filter(({ type }) => /^(identifier|pattern_list|tuple_pattern|as_pattern_target)$/.test(type));
  const seen = [...(target ? [target] : []), ...set].flatMap(namesIn).find((name) => others.has(name.text));
  if (seen) tied(seen, 'is set');
  const parent = body.descendantsOfType('call').find((call) => call.text === 'super()');
  if (parent) throw new NotPooled('`super()` in the body would mean another class inside a function of its own.');
}

/** The loop's own line, and the names that it sets, as parameters. */
function headOf({ node, over }: Loop): { head: string; names: string } {
  const target = node.childForFieldName('left');
  const names = target ? [...new Set(namesIn(target).map((name) => name.text))].join(', ') : '';
  const stream = node.text.startsWith('async') ? 'async ' : '';
  return { head: `${stream}for ${target?.text ?? ''} in ${over.text}:`, names };
}

function tasks(loop: Loop): string[] {
  const { text, size } = loop;
  const { head, names } = headOf(loop);
  const slots = free(text, 'slots', 'permits', 'work_slots');
  const work = free(text, 'work', 'work_on', 'work_on_one');
  const group = free(text, 'group', 'task_group', 'workers');
  return [
    `${slots} = asyncio.Semaphore(${size})`,
    '',
    `async def ${work}(${names}):`,
    '\ttry:',
    '\t\t@body',
    '\tfinally:',
    `\t\t${slots}.release()`,
    '',
    `async with asyncio.TaskGroup() as ${group}:`,
    `\t${head}`,
    `\t\tawait ${slots}.acquire()`,
    `\t\t${group}.create_task(${work}(${names}))`,
  ];
}

function threads(loop: Loop): string[] {
  const { text, size } = loop;
  const { head, names } = headOf(loop);
  const work = free(text, 'work', 'work_on', 'work_on_one');
  const pool = free(text, 'pool', 'workers', 'thread_pool');
  const running = free(text, 'running', 'under_way', 'started');
  const done = free(text, 'done', 'finished', 'ended');
  return [
    `def ${work}(${names}):`,
    '\t@body',
    '',
    `with concurrent.futures.ThreadPoolExecutor(max_workers=${size}) as ${pool}:`,
    `\t${running} = set()`,
    `\t${head}`,
    `\t\tif len(${running}) >= ${size}:`,
    `\t\t\t${done}, ${running} = concurrent.futures.wait(${running}, return_when=concurrent.futures.FIRST_COMPLETED)`,
    `\t\t\tfor each in ${done}:`,
    '\t\t\t\teach.result()',
    `\t\t${running}.add(${pool}.submit(${[work, names].join(', ')}))`,
    `\tfor each in ${running}:`,
    '\t\teach.result()',
  ];
}
