import type { Node } from 'web-tree-sitter';
import type { FarCall, Told } from '../../across/facts';
import { farCalls, type Reaching } from '../../across/reach';
import { contains, partsOf } from '../../syntax';
import { finders } from './bounds';
import { anyOf } from '../../words';
import { callOnPeers } from './writes/broadcast';
import { argumentsOf, calleeName, classTypes, escaped, functionTypes, type SourceFile } from './file';
import { climbedOf, handedIn, regionsIn, repetition, runsInPlace } from './growth';

/** Words of files in which items arrive. */
export const arrivals = anyOf(
  /\beach(Message|Batch)\b|\bhandleMessage(Batch)?\b|\.(on|addListener)\(\s*['"](message|data|pmessage)['"]|\.consume\(|for await|\b(subscribers|clients|sessions|connections|players|viewers|peers|sockets|listeners)(\.values\(\))?(\.forEach\(|\)\s*[{\w])/,
);

/** What a JavaScript or TypeScript file tells the others: what it calls once for each item, and what it declares. */
export const toldBy = (file: SourceFile): Told => ({
  calls: arrivals.test(file.text) ? farCalls(reaching(file)) : [],
  classes: file.walked.of(...classTypes).flatMap((node) => {
    const name = node.childForFieldName('name')?.text;
    const heritage = partsOf(node).find(({ type }) => type === 'class_heritage')?.text ?? '';
    const bases = heritage.replace(/\b(extends|implements)\b/g, ' ').replace(/<[^<>]*>/g, '');
    return name === undefined ? [] : [{ name, bases: bases.match(/[\w$]+(?=\s*(,|\(|$|\s))/g) ?? [] }];
  }),
  functions: file.declaredNames(),
});

const reaching = (file: SourceFile): Reaching => ({
  regions: (handed) => [...regionsIn(file, handed), ...peerLoops(file)],
  callsIn,
  brings: (call) => argumentsOf(call).length > 0 && !quiet.test(calleeName(call)),
  calleeOf: (call) => call.childForFieldName('function'),
  repetition: (call) => repetition(call, file) ?? callOnPeers(call),
  meant: (call) => climbedOf(file.functionMeant(call.childForFieldName('function')), file),
  isStarted: () => false,
  handed: () => handedIn(file),
  far: (callee) => farCallOf(callee, file),
  boundOf: (kind, growth, call) => finders[kind]?.(growth, call, file) ?? null,
});

/** Functions of `sessions.forEach(…)`, in which every peer is called. */
const peerLoops = (file: SourceFile) =>
  file.text.includes('forEach')
    ? file.root
        .descendantsOfType('call_expression')
        .filter((call) => calleeName(call) === 'forEach')
        .map((node) => ({ node, growth: null }))
    : [];

/** Calls that bring nothing further. */
const quiet =
  /^(log|debug|info|warn|error|trace|emit|on|once|off|then|catch|finally|map|filter|forEach|find|some|every|includes|slice|splice|concat|join|split|replace|trim|toString|parse|stringify|get|has|delete|keys|values|entries|now|bind|resolve|reject|all|require|assign|isArray|from|String|Number|Boolean|Date|setTimeout|clearTimeout|ack|nack|commit)$/;

function callsIn(region: Node): Node[] {
  const hidden = region.descendantsOfType(functionTypes).filter((each) => each.id !== region.id && !runsInPlace(each));
  return region.descendantsOfType('call_expression').filter((call) => !hidden.some((each) => contains(each, call)));
}

function farCallOf(callee: Node, file: SourceFile): Pick<FarCall, 'parts' | 'owner' | 'from'> | null {
  if (!/^(identifier|member_expression)$/.test(callee.type)) return null;
  const parts = callee.text.replace(/\[[^\]]*\]|[?!\s]/g, '').split('.');
  if (parts.some((part) => !/^#?[\w$]+$/.test(part))) return null;
  return { parts, owner: ownerOf(parts, callee, file), from: file.moduleOf(parts[0] ?? '') };
}

/** The class of `this`, or that a name is declared or made with. */
function ownerOf(parts: readonly string[], callee: Node, file: SourceFile): string | null {
  const object = parts.slice(0, -1);
  if (object.length === 1 && object[0] === 'this') return file.classAround(callee);
  const name = escaped(object.at(-1) ?? '');
  if (name === '') return null;
  const told = new RegExp(`\\b${name}[?!]?\\s*:\\s*([A-Z]\\w*)|\\b${name}\\s*=\\s*new ([A-Z]\\w*)`).exec(file.text);
  const type = told?.[1] ?? told?.[2] ?? null;
  return type !== null && /^(Promise|Array|Map|Set|Record|Function|Partial)$/.test(type) ? null : type;
}
