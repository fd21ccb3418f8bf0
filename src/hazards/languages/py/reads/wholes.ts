import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, oneLine } from '../../../syntax';
import { argumentsOf, calleeName, positional, receiverText, type PythonFile } from '../file';

/** A call that by its documentation brings all there is, and what is not shown of how much that is. */
interface Whole {
  /** What it does, in words. */
  brings: string;
  doubt: string;
}

/** What is known of a call of a library or of the language; null: nothing. */
type Fact = (call: Node, file: PythonFile) => Whole | null;

/** `client.keys('job:*')`, `client.lrange(key, 0, -1)`: Redis walks and sends all of it in one answer. */
const ofRedis: Fact = (call, file) => {
  const name = calleeName(call);
  if (!file.importsAny(/(^|\.)(\w*redis|valkey|coredis)(\.|$)/) && !/redis/i.test(receiverText(call))) return null;
  const given = positional(call).map(({ text }) => text);
  if (name === 'keys' && argumentsOf(call).length > 0 && !onceInAWhile.test(file.functionAround(call)?.name ?? ''))
    return {
      brings: 'KEYS walks all keys of the server and answers with every one that fits',
      doubt: 'how many there are (scan_iter gives them in parts)',
    };
  if (/^(lrange|z(rev)?range)$/.test(name) && given[1] === '0' && given[2] === '-1')
    return { brings: `\`${name}\` from 0 to -1 brings every element`, doubt: `how many \`${given[0] ?? ''}\` holds` };
  return null;
};

/** Functions that a person calls, or that look after the few keys of the program itself. */
const onceInAWhile = /drop|clear|flush|purge|reset|clean|migrat|stat/;

/** `answer["Body"].read()`: an object of a store as large as whoever put it there liked; what is text is a small record. */
const ofStore: Fact = (call) =>
  calleeName(call) === 'read' &&
  argumentsOf(call).length === 0 &&
  /\[["']Body["']\]$/.test(receiverText(call)) &&
  call.parent?.childForFieldName('attribute')?.text !== 'decode'
    ? { brings: 'the object of the store is read whole', doubt: 'how large it is (iter_chunks gives it in parts)' }
    : null;

/** `tarfile.open(fileobj=BytesIO(await answer.read()))`: an archive that comes over the network, before it is opened. */
const ofArchive: Fact = (call, file) => {
  if (calleeName(call) !== 'read' || argumentsOf(call).length > 0) return null;
  const value = call.parent?.type === 'await' ? call.parent : call;
  const kept = value.parent?.type === 'assignment' ? value.parent.childForFieldName('left')?.text : undefined;
  const scope = file.functionAround(call)?.node;
  const opened = scope
    ?.descendantsOfType('call')
    .find(
      (each) =>
        /^(open|ZipFile|TarFile)$/.test(calleeName(each)) &&
        (kept === undefined
          ? each.startIndex < call.startIndex && call.endIndex <= each.endIndex
          : each.text.includes(`BytesIO(${kept})`)) &&
        each.text.includes('BytesIO(') &&
        /tar|zip/i.test(each.text),
    );
  return opened
    ? { brings: `the archive that \`${oneLine(opened)}\` opens is read whole first`, doubt: 'how large it is' }
    : null;
};

const readsAll = /^(fetchall|readlines|read|load|loads)$/;

/** `for row in cursor.fetchall(): yield row`: whoever takes one after the other has all of them in memory before the first. */
const beforeTheFirst: Fact = (call) => {
  const name = calleeName(call);
  // What an object gives of itself may come in parts.
  if (receiverText(call) === 'self' || !readsAll.test(name) || (name !== 'load' && argumentsOf(call).length > 0))
    return null;
  if (name === 'load' && receiverText(call) !== 'json') return null;
  const outer = [...ancestorsOf(call)].find(({ type }) =>
    /^(for_statement|yield|block|function_definition)$/.test(type),
  );
  const walked = outer?.type === 'for_statement' && (outer.childForFieldName('right')?.endIndex ?? 0) >= call.endIndex;
  const handsOn = walked
    ? (outer.childForFieldName('body')?.descendantsOfType('yield').length ?? 0) > 0
    : outer?.type === 'yield' && outer.text.startsWith('yield from');
  return handsOn
    ? { brings: `\`${oneLine(call)}\` is read whole before the first of it is handed on`, doubt: 'how much that is' }
    : null;
};

const facts: readonly Fact[] = [ofRedis, ofStore, ofArchive, beforeTheFirst];

/** A read that by its documentation brings all there is, where nothing else tells how much that can be. */
export function wholeOf(call: Node, file: PythonFile): Growth | null {
  for (const fact of facts) {
    const whole = fact(call, file);
    if (!whole) continue;
    const around = file.functionAround(call);
    return {
      unit: 'call',
      source: oneLine(call),
      evidence: [`line ${lineOf(call)}: ${whole.brings}`],
      turns: [{ place: call, repeated: around?.node ?? call }],
      settledEarly: null,
      doubt: whole.doubt,
    };
  }
  return null;
}
