import type { Node } from 'web-tree-sitter';
import { ancestorsOf, contains } from '../../syntax';
import { callTaking, isFunction, type SourceFile } from './file';
import { isNumbered } from './lengths';

/** What limits how many unfinished messages a broker hands out. */
export interface Credit {
  setting: string;
  /** The option without which nothing is set; null: it always is. */
  unlessSet: string | null;
}

/** Where a file sets it; null: nowhere. */
export function creditIn(file: SourceFile): Credit | null {
  const calls = [...file.text.matchAll(/\.(prefetch|qos)\(/g)].map(({ index, 1: setting = '' }) => ({
    setting,
    unlessSet: optionFor(file.root.descendantForIndex(index + 1), file),
  }));
  const sure = calls.find(({ unlessSet }) => unlessSet === null) ?? calls[0];
  if (sure) return sure;
  // Whoever makes its own channels has to set it on them: an option alone does nothing.
  const own = file.importsAny(/^amqplib(\/.*)?$/) && /\bcreate(Confirm)?Channel\b/.test(file.text);
  const setting = /\bprefetchCount\b|\bprefetch:|\bmax_ack_pending\b/.exec(file.text)?.[0].replace(':', '');
  return setting === undefined || (own && setting !== 'max_ack_pending') ? null : { setting, unlessSet: null };
}

/** `if (options.prefetch) channel.prefetch(options.prefetch)`, and nothing gives it a number; a method that only sets it. */
function optionFor(place: Node | null, file: SourceFile): string | null {
  for (const outer of place ? ancestorsOf(place) : []) {
    if (isFunction(outer) && /^(set_?)?(prefetch|qos)/i.test(file.nameOf(outer))) return file.nameOf(outer);
    if (isFunction(outer) && !callTaking(outer)) return null;
    const condition =
      outer.type === 'if_statement'
        ? outer.childForFieldName('condition')
        : outer.type === 'binary_expression'
          ? outer.childForFieldName('left')
          : null;
    const option = /[\w$]*(prefetch|qos)[\w$]*/i.exec(condition?.text ?? '')?.[0];
    if (option !== undefined && place && condition && !contains(condition, place))
      return isNumbered(option, file) ? null : option;
  }
  return null;
}
