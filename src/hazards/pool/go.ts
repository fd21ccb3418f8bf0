import type { Node } from 'web-tree-sitter';
import type { Edit } from '../fixes/edits';
import { importing } from '../rules/go/imports';
import { partsOf } from '../syntax';
import { demandOwnTurns, free, NotPooled, written, type Loop, type LoopWords } from './loop';

export const goWords: LoopWords = {
  loops: ['for_statement'],
  switches: ['expression_switch_statement', 'type_switch_statement', 'select_statement'],
  functions: ['func_literal', 'function_declaration', 'method_declaration'],
  exits: ['return_statement', 'goto_statement', 'defer_statement'],
  blocks: ['statement_list'],
  strings: ['raw_string_literal'],
  declarations: [
    'short_var_declaration',
    'var_spec',
    'const_spec',
    'range_clause',
    'parameter_declaration',
    'receive_statement',
    'type_switch_statement',
  ],
  writes: ['assignment_statement', 'inc_statement', 'dec_statement'],
};

/** The parts of a `for … range`. @throws {NotPooled} for another loop, or one whose variables stand outside of it */
export function goLoop(node: Node): Pick<Loop, 'body' | 'over'> {
  const range = partsOf(node).find(({ type }) => type === 'range_clause');
  const over = range?.childForFieldName('right');
  const body = node.childForFieldName('body');
  if (!range || !over || !body)
    throw new NotPooled(
      'This loop has no end to share out. Select a loop over a collection or a channel (for … range).',
    );
  if (range.children.some(({ type }) => type === '='))
    throw new NotPooled('The loop sets variables that stand outside of it (=), so its turns depend on each other.');
  return { body, over };
}

/** A group of goroutines with a limit: errgroup where the file has it, else a channel of permits. */
export function goPool(loop: Loop): Edit[] {
  const { node, root, text, size } = loop;
  demandOwnTurns(loop, goWords);
  const head = text.slice(node.startIndex, loop.body.startIndex).trimEnd();
  const variables = partsOf(node)
    .flatMap((part) => part.childForFieldName('left') ?? [])
    .flatMap((left) => partsOf(left))
    .filter((each) => each.text !== '_')
    .map((each) => `\t${each.text} := ${each.text}`);
  const hasGroup = /^\s*(import )?"golang\.org\/x\/sync\/errgroup"/m.test(text);
  const template = hasGroup ? grouped(head, variables, text, size) : counted(head, variables, text, size);
  const imports = hasGroup ? [] : importing(root, text, 'sync');
  if (!imports) throw new NotPooled('The file has no place for an import.');
  return [...imports, { start: node.startIndex, end: node.endIndex, text: written(loop, goWords, template, '\t') }];
}

/** In every version of Go each turn has variables of its own. */
function grouped(head: string, variables: readonly string[], text: string, size: number): string[] {
  const group = free(text, 'group', 'workers', 'loopGroup');
  return [
    `var ${group} errgroup.Group`,
    `${group}.SetLimit(${size})`,
    `${head} {`,
    ...variables,
    `\t${group}.Go(func() error {`,
    '\t\t@body',
    '\t\treturn nil',
    '\t})',
    '}',
    `_ = ${group}.Wait()`,
  ];
}

function counted(head: string, variables: readonly string[], text: string, size: number): string[] {
  const slots = free(text, 'slots', 'permits', 'workSlots');
  const group = free(text, 'wg', 'workers', 'workGroup');
  return [
    `${slots} := make(chan struct{}, ${size})`,
    `var ${group} sync.WaitGroup`,
    `${head} {`,
    ...variables,
    `\t${slots} <- struct{}{}`,
    `\t${group}.Add(1)`,
    '\tgo func() {',
    `\t\tdefer ${group}.Done()`,
    `\t\tdefer func() { <-${slots} }()`,
    '\t\t@body',
    '\t}()',
    '}',
    `${group}.Wait()`,
  ];
}
