import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, partsOf, textIn } from '../../syntax';
import { argumentsOf, calledAt, pathOf, type Called } from './calls';
import type { RustFile } from './file';

/** Channels without an end. */
const constructors =
  /^(tokio::sync::mpsc::unbounded_channel|futures(_util|_channel)?::(channel::)?mpsc::unbounded|(crossbeam_channel|crossbeam::channel|flume|async_channel|kanal|loole)::unbounded(_async)?|std::sync::mpsc::channel)$/;

/** Calls that put something into a channel. */
const puts = /^(send|send_async|unbounded_send|try_send|start_send|feed)$/;

/**
 * A channel made without a size, that is filled once for each item.
 * @param perItem tells what repeats a call
 */
export function queueOf(place: Node, file: RustFile, perItem: (node: Node) => Growth | null): Growth | null {
  if (!isUnbounded(place, file) || carriesNothing(place)) return null;
  const { receiver } = endsOf(place);
  for (const put of sendsTo(place, file)) {
    const growth = perItem(put.node);
    // A loop that is fed by the channel itself puts back what it took.
    if (!growth || new RegExp(`(^|\\W)${receiver}\\.`).test(growth.source)) continue;
    const step = `\`${put.receiver}.${put.name}\` on line ${lineOf(put.node)} puts each into it`;
    return { ...growth, evidence: [...growth.evidence, step] };
  }
  return null;
}

const isUnbounded = (place: Node, file: RustFile) =>
  constructors.test(file.fullName(pathOf(place)).replace(/::<.*$/, '')) && argumentsOf(place).length === 0;

/** `unbounded_channel::<()>()`: wake-ups. */
const carriesNothing = (place: Node) =>
  /::<\s*\(\)\s*>$/.test(textIn(place, 'function')) || /Sender<\s*\(\)\s*>/.test(textIn(place.parent, 'type'));

/** `tx` and `rx` of `let (tx, rx) = unbounded_channel()`; empty: it is not held so. */
export function endsOf(place: Node): { sender: string; receiver: string } {
  const pattern = place.parent?.type === 'let_declaration' ? place.parent.childForFieldName('pattern') : null;
  const parts = pattern?.type === 'tuple_pattern' ? partsOf(pattern) : [];
  const [sender = '', receiver = ''] = parts.filter(({ type }) => type !== 'mutable_specifier').map(nameIn);
  return { sender, receiver };
}

const nameIn = (pattern: Node) =>
  pattern.type === 'identifier' ? pattern.text : (partsOf(pattern).at(-1)?.text ?? '');

/** Names under which a file holds one end of a channel. */
export interface Holders {
  /** Variables of the function that makes the channel, clones among them. */
  variables: ReadonlySet<string>;
  /** Fields that it is put into. */
  fields: ReadonlySet<string>;
}

/** Follows the name of an end through clones and into structs. */
export function holdersOf(name: string, place: Node, file: RustFile): Holders {
  const text = file.functionAround(place)?.node.text ?? file.text;
  const variables = new Set(name === '' ? [] : [name]);
  for (let seen = 0; seen < variables.size;) {
    seen = variables.size;
    for (const [, variable] of text.matchAll(
      new RegExp(`let\\s+(?:mut\\s+)?(\\w+)\\s*=\\s*${anyOf(variables)}\\s*;`, 'g'),
    ))
      if (variable !== undefined) variables.add(variable);
  }
  const filled = new RegExp(`(?<![\\w:])(\\w+)\\s*[:=]\\s*(?:Some\\()?${anyOf(variables)}\\)?\\s*[;,}\\n]`, 'g');
  const fields = new Set([...text.matchAll(filled)].flatMap(([, field]) => field ?? []));
  for (const each of variables) if (new RegExp(`[{,]\\s*${each}\\s*[,}]`).test(text)) fields.add(each);
  return { variables, fields };
}

const anyOf = (variables: ReadonlySet<string>) => `&?(?:${[...variables].join('|')})(?:\\.clone\\(\\))?`;

/** Calls that put something into the channel. */
export function sendsTo(place: Node, file: RustFile): Called[] {
  const { sender } = endsOf(place);
  if (sender === '') return [];
  const holders = holdersOf(sender, place, file);
  const maker = file.functionAround(place)?.node.id;
  return [...file.text.matchAll(/\.\s*(\w+)\s*\(/g)].flatMap(({ index, 0: text, 1: name = '' }) => {
    if (!puts.test(name)) return [];
    const from = index + text.indexOf(name);
    const leaf = file.root.descendantForIndex(from, from + name.length);
    const call = leaf && (calledAt(leaf) ?? callOf(leaf));
    return call && isHeld(call, holders, maker, file) ? [call] : [];
  });
}

function isHeld(call: Called, { variables, fields }: Holders, maker: number | undefined, file: RustFile): boolean {
  const [, owner = '', name = ''] =
    /^(.*?)\.?(\w+)$/s.exec(call.receiver.replace(/\.(clone|as_ref|as_mut)\(\)/g, '')) ?? [];
  if (owner !== '') return fields.has(name);
  const around = file.functionAround(call.node)?.node;
  if (around?.id === maker) return variables.has(name);
  const taken = new RegExp(`let\\s+(?:mut\\s+)?${name}\\s*=\\s*&?[\\w.]*?\\.(\\w+)(?:\\.clone\\(\\))?\\s*;`).exec(
    around?.text ?? '',
  )?.[1];
  if (taken !== undefined) return fields.has(taken);
  const given = new RegExp(`\\b${name}\\s*:[^,]*Sender\\b`).test(textIn(around, 'parameters'));
  return given && (variables.has(name) || fields.has(name));
}

const callOf = (field: Node): Called | null => {
  const callee = field.parent;
  return callee?.type === 'field_expression' && callee.parent ? calledAt(callee.parent) : null;
};

/** A look at how long the channel is. */
export function sizeGuard(place: Node, file: RustFile): string | null {
  const held = Object.values(endsOf(place)).flatMap((name) => {
    const { variables, fields } = holdersOf(name, place, file);
    return [...variables, ...fields];
  });
  if (held.length === 0) return null;
  const look = new RegExp(`\\b(?:${held.join('|')})\\.(len|is_full|capacity)\\(\\)\\s*(>|<|\\{)`).exec(file.text)?.[0];
  return look === undefined ? null : `\`${look.replace(/\s*[><{]$/, '')}\` in the file`;
}
