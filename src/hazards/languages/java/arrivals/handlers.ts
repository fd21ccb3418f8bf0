import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { lineOf, textIn } from '../../../syntax';
import {
  annotationName,
  annotationsOf,
  argumentsOf,
  calleeName,
  callTaking,
  isPrivate,
  typeName,
  type JavaFile,
} from '../file';
import * as names from '../names';

/** What items come from. */
export interface Source {
  unit: Growth['unit'];
  text: string;
  settledEarly?: string | null;
  doubt?: string;
}

/** What a library runs the method for, by its annotation, by the interface's name for it, or by what it takes. */
export function declaredSource(method: Node, file: JavaFile): (Source & { step: string }) | null {
  const name = textIn(method, 'name');
  const annotated = annotationsOf(method).flatMap((each) => annotatedSource(annotationName(each), name, file) ?? []);
  const ran = `\`${name}\` (line ${lineOf(method)})`;
  const [source] = annotated;
  if (source) return { ...source, step: `\`${source.text}\` runs ${ran} for each ${source.unit}` };
  const known = Object.hasOwn(names.handlerMethods, name) ? names.handlerMethods[name] : undefined;
  if (!known || !file.importsAny(known.imports) || !method.childForFieldName('parameters')?.namedChildCount)
    return parameterSource(method, name, file);
  const settles = known.unit === 'message' && /^(onMessage|consumeMessage)$/.test(name);
  const settledEarly = settles ? settledOnReturn(name, file) : null;
  return { unit: known.unit, text: name, settledEarly, step: `${ran} is run for each ${known.unit}` };
}

function annotatedSource(annotation: string, method: string, file: JavaFile): Source | null {
  const text = `@${annotation}`;
  if (names.listenerAnnotations.test(annotation) && file.importsAny(names.brokers))
    return { unit: 'message', text, settledEarly: settledOnReturn(method, file) };
  const answers = names.requestAnnotations.test(annotation) && file.importsAny(names.webFrameworks);
  return answers ? { unit: 'request', text } : null;
}

/** A method for others that takes a message, a socket: what it is run for each of, though not how often. */
function parameterSource(method: Node, name: string, file: JavaFile): (Source & { step: string }) | null {
  const types = (method.childForFieldName('parameters')?.namedChildren ?? []).map((each) =>
    typeName(each.childForFieldName('type')),
  );
  const taken = types.find((type) => Object.hasOwn(names.itemTypes, type)) ?? '';
  const unit = names.itemTypes[taken];
  const outside = file.importsAny(names.brokers) || file.importsAny(names.sockets);
  if (unit === undefined || !outside || isPrivate(method)) return null;
  const step = `\`${name}\` (line ${lineOf(method)}) is run with each ${taken}`;
  return { unit, text: `${name}(${taken})`, doubt: `how often \`${name}\` is called`, step };
}

/** Containers acknowledge a message, or commit its offset, when its listener returns, unless the program does it itself. */
const settledOnReturn = (name: string, file: JavaFile): string | null =>
  /\bbasicAck\(|\.acknowledge\(|AckMode\.MANUAL|"MANUAL"|Acknowledgment\b/.test(file.text) ||
  !file.importsAny(names.brokers)
    ? null
    : `the message counts as done when \`${name}\` returns`;

/** The library that runs a function once for each message; null: none does. */
export function handlerSource(handler: Node, file: JavaFile): Source | null {
  const call = callTaking(handler);
  if (call) {
    const library = Object.hasOwn(names.callbackCalls, calleeName(call))
      ? names.callbackCalls[calleeName(call)]
      : undefined;
    if (!library || !file.importsAny(library)) return null;
    const auto = calleeName(call) === 'basicConsume' && argumentsOf(call)[1]?.text === 'true';
    const settledEarly = auto ? 'with autoAck every message counts as done when it is sent' : null;
    return { unit: 'message', text: `${calleeName(call)}(…)`, settledEarly };
  }
  const variable = handler.parent?.type === 'variable_declarator' ? handler.parent.parent : null;
  const type = variable?.childForFieldName('type')?.text.replace(/<.*/, '') ?? '';
  return names.callbackTypes.test(type) && file.importsAny(names.brokers) ? { unit: 'message', text: type } : null;
}
