import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, lineOf, placeOf } from '../../syntax';
import { argumentsOf, calleeName, callTaking, receiverText, type JavaFile } from './file';
import { callsOn, holderOf } from './held';
import { endlessCondition } from './names';
import { endsTurn } from './turn';

/** An answer to a client that goes on after the client has left: an emitter that is kept, or fed by an endless loop. */
export function streamOf(made: Node, file: JavaFile): Growth | null {
  const holder = file.importsAny(/^org\.springframework\.web\b/) ? holderOf(made, file) : null;
  if (!holder || holder.field) return null;
  const loop = callsOn(holder, /^send$/)
    .map(goesOn)
    .find(Boolean);
  if (loop) return stream(made, `the loop on line ${lineOf(loop)} goes on sending to it`, null);
  const kept = keptBy(holder.name, made, file);
  const step = kept && `${placeOf(kept)} keeps it, and nothing takes it out again`;
  return step === null ? null : stream(made, step, 'kept');
}

const stream = (made: Node, step: string, kept: 'kept' | null): Growth => ({
  unit: 'connection',
  source: calleeName(made),
  evidence: [step],
  turns: [{ place: made, repeated: made }],
  settledEarly: null,
  ...(kept === null ? {} : { doubt: 'how often each that has left is written to' }),
});

/** The endless loop around the call that an error of it does not end. */
function goesOn(send: Node): Node | null {
  for (const outer of ancestorsOf(send)) {
    if (/^(lambda_expression|method_declaration)$/.test(outer.type)) return null;
    if (/^(while|for|do)_statement$/.test(outer.type)) {
      const condition = outer.childForFieldName('condition');
      const endless = condition === null ? outer.type === 'for_statement' : endlessCondition.test(condition.text);
      return endless && swallowed(send, outer) ? outer : null;
    }
  }
  return null;
}

/** Is an error of the call caught inside the loop, without leaving it? */
function swallowed(send: Node, loop: Node): boolean {
  for (const outer of ancestorsOf(send)) {
    if (outer.id === loop.id) return false;
    const caught =
      outer.type === 'try_statement' ? outer.namedChildren.filter(({ type }) => type === 'catch_clause') : [];
    if (caught.length > 0) return !caught.some(endsTurn);
  }
  return false;
}

/** `emitters.add(emitter)`, `emitters.put(id, emitter)` on a field. */
export const keptBy = (name: string, made: Node, file: JavaFile): Node | null =>
  (file.methodAround(made)?.node.descendantsOfType('identifier') ?? [])
    .filter((each) => each.text === name)
    .flatMap((each) => callTaking(each) ?? [])
    .find(
      (call) =>
        /^(add|put|putIfAbsent)$/.test(calleeName(call)) &&
        argumentsOf(call).at(-1)?.text === name &&
        file.typeOfField(receiverText(call).replace(/^this\./, '')) !== null,
    ) ?? null;

/** Something is done when the client leaves. */
export function endOf(made: Node, file: JavaFile): string | null {
  const sign = /\.(onCompletion|onTimeout|onError|remove|removeIf|removeAll)\(/.exec(file.text)?.[0];
  return sign === undefined || calleeName(made) !== 'SseEmitter'
    ? null
    : `\`${sign.slice(1, -1)}\` when the client leaves`;
}
