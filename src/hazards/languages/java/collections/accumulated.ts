import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { placeOf } from '../../../syntax';
import type { JavaFile } from '../file';
import { gatheredInField, readToEnd } from './gathered';
import { joinedParts } from './joined';
import { rememberedIn } from './remembered';

/** A call that puts something into a collection of a field which only grows. */
export const accumulateOf = (call: Node, file: JavaFile): Growth | null =>
  ofField(call, file) ?? unpacking(call, file) ?? gatheredInField(call, file) ?? joinedParts(call, file);

/** What is read to its end from outside is a read without a limit; what is unpacked grows here. */
const unpacking = (call: Node, file: JavaFile) => readToEnd(call, file, true);

function ofField(call: Node, file: JavaFile): Growth | null {
  const object = call.childForFieldName('object');
  if (!object || !/^(this\.)?\w+$/.test(object.text)) return null;
  const kept = rememberedIn(file.text).find(({ field, at }) => at + field.length === object.endIndex);
  const around = file.methodAround(call);
  if (
    !kept ||
    around?.name !== kept.method ||
    around.node.type !== 'method_declaration' ||
    !isField(kept.field, around.node, file)
  )
    return null;
  const lacks = kept.answered
    ? `an entry is only taken out of \`${kept.field}\` when its answer comes, which may never be`
    : `nothing in this file takes anything out of \`${kept.field}\` or looks how long it is`;
  return {
    unit: 'call',
    source: around.name,
    evidence: [`${placeOf(call)} adds to it with each call of \`${around.name}\``, lacks],
    turns: [{ place: call, repeated: around.node }],
    settledEarly: null,
    doubt: `how often \`${around.name}\` is called`,
  };
}

/** Does the name mean the field there, not a variable of the method? */
const isField = (name: string, method: Node, file: JavaFile) =>
  file.typeOfField(name) !== null && !new RegExp(`[\\w>\\]] ${name}\\s*(=[^=]|[,;)])`).test(method.text);
