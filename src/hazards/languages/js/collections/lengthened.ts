import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { partsOf, placeOf, textIn } from '../../../syntax';
import { argumentsOf, escaped, type SourceFile } from '../file';

/** `body` of `body += chunk`, `body = body + chunk` and `body = Buffer.concat([body, chunk])`; null: none of them. */
export function lengthened(assignment: Node, file: SourceFile): string | null {
  const name = textIn(assignment, 'left');
  const right = assignment.childForFieldName('right');
  if (!/^[\w$]+(\.[\w$]+)*$/.test(name) || !right) return null;
  if (assignment.type === 'augmented_assignment_expression') {
    const adds = assignment.childForFieldName('operator')?.text === '+=' && !/^\d|\.length$/.test(right.text);
    return adds && isText(name, file) ? name : null;
  }
  if (right.type === 'binary_expression')
    return right.childForFieldName('left')?.text === name && isText(name, file) ? name : null;
  return joinedIn(right) === name ? name : null;
}

/** Does the statement join bytes to those that are there: `body = Buffer.concat([body, chunk])`? */
export const isJoined = (place: Node): boolean => place.descendantsOfType('array').length > 0;

/** `body` of `Buffer.concat([body, chunk])`, also behind a question whether there is any yet. */
function joinedIn(value: Node): string | null {
  for (const call of value.type === 'call_expression'
    ? [value]
    : value.type === 'ternary_expression'
      ? partsOf(value)
      : []) {
    if (call.childForFieldName('function')?.text !== 'Buffer.concat') continue;
    const [list] = argumentsOf(call);
    const parts = list?.type === 'array' ? partsOf(list) : [];
    return parts.length === 2 ? (parts[0]?.text ?? null) : null;
  }
  return null;
}

/** Is it made as an empty text? */
function isText(name: string, file: SourceFile): boolean {
  const own = escaped(name.split('.').at(-1) ?? '');
  return file.says(`\\b${own}(: string)?( =|:) [^;\\n]*(['"\`])\\3`);
}

/** Methods of stages, parsers and decoders that are handed one piece after the other. */
const takesPieces =
  /^_*(transform|write|add|feed|execute|push|append|parse|decode|on_?data|receive\w*|handle_?(data|chunk)|process_?(data|chunk)|add_?(data|chunk))$/i;

/** `chunk` of `Buffer.concat([this.rest, chunk])`, `this.rest += chunk` and `this.rest += chunk.toString()` */
function pieceIn(assignment: Node): string | null {
  const right = assignment.childForFieldName('right');
  if (assignment.type === 'augmented_assignment_expression')
    return /^([\w$]+)(\.toString\([^()]*\))?$/.exec(right?.text ?? '')?.[1] ?? null;
  const [joined] = (right?.descendantsOfType('array') ?? []).filter((list) =>
    list.parent?.parent?.text.startsWith('Buffer.concat'),
  );
  return joined ? (partsOf(joined)[1]?.text ?? null) : null;
}

/** What a stage of a pipe or a parser keeps of each chunk until a message is whole: how long that is, its peer says. */
export function piecesOf(place: Node, file: SourceFile): Growth | null {
  const around = file.functionAround(place);
  const [chunk] = around ? partsOf(around.childForFieldName('parameters') ?? around) : [];
  const assignment = place.type === 'expression_statement' ? partsOf(place)[0] : place;
  if (!around || !assignment || pieceIn(assignment) !== /[\w$]+/.exec(chunk?.text ?? '')?.[0]) return null;
  const name = assignment.type.endsWith('assignment_expression') ? lengthened(assignment, file) : null;
  const method = file.nameOf(around);
  if (!takesPieces.test(method) || !/^(this|self)\./.test(name ?? '')) return null;
  return {
    unit: 'chunk',
    source: method,
    evidence: [`${placeOf(place)} keeps each chunk until a message is whole`],
    turns: [{ place, repeated: around }],
    settledEarly: null,
    doubt: 'whether a peer that sends long messages can be behind it',
  };
}

/** A comparison of a length with a limit where the bytes are kept: `if (length > maxFrameSize)`, `if (this.buffer.length > 65536)`. */
export function limitOfPieces(place: Node, name: string, file: SourceFile): string | null {
  const holder = file.functionAround(file.functionAround(place) ?? place);
  const text = name.startsWith('this') ? file.classText(place) : (holder?.text ?? file.text);
  const look =
    /(len(gth)?|size|bytes)\w*\s*>=?\s*([\w$]+\.)*((\w*(max|limit))|[1-9][\d_]{3,}|0x\w{4,})|(max|limit)\w*\s*<=?\s*[\w$.]*(len(gth)?|size|bytes)/i.exec(
      text,
    )?.[0];
  return look === undefined ? null : `\`${look}\` is looked at`;
}
