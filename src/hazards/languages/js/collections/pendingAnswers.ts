import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { ancestorsOf, oneLine, partsOf, placeOf } from '../../../syntax';
import { argumentsOf, calleeName, escaped, isFunction, receiverOf, type SourceFile } from '../file';

/** How what the number of a question is called ends, which its answer brings back. */
export const numberOfQuestion =
  '((req(uest)?|rpc|corr(elation)?|packet|msg|message|trans(action)?|tx|txn|call|query|command|cmd|seq|sequence|task)_?(id|no|num|number)|(packet|pdu|fn|req|request|message|msg|cmd|call)\\.id|nonce)';
const question = new RegExp(`(^|[_.]|[a-z])${numberOfQuestion}$`, 'i');

/** Who waits for the answer. */
const waits = /\b(resolve|deferred|defer|\w*[cC]allback|cb|fn)\b|\bnext\b.*\bend\b/;

/** What gives up. */
const givesUp = /\bsetTimeout\(|time_?out|deadline|AbortSignal|expire|\bttl\b/i;

/** What takes out all that waited too long, or lets in no more. */
export const sweeps =
  /expire|sweep|max_?(pending|requests|in_?flight|calls)|setInterval\(|requestTimeout|\btimeouts?\b\s*[:.\[]/i;

/** `this.calls[requestId] = { resolve, reject }`: kept until the answer comes, which may never be. */
export function unanswered(place: Node, file: SourceFile): Growth | null {
  const put = putAt(place);
  if (!put || !question.test(put.key.text) || !waits.test(put.value.text)) return null;
  // A timer of the connection gives up no single question.
  const asking = [...ancestorsOf(place)].filter(isFunction).at(-1);
  if (givesUp.test(asking?.text ?? '') || sweeps.test(file.text)) return null;
  const name = /^(?:this|self|that|_this)\.([\w$#]+)$/.exec(put.into.text)?.[1];
  const around = file.functionAround(place);
  if (name === undefined || !around || runsSeldom(file.nameOf(around)) || areAllTold(name, file)) return null;
  return {
    unit: 'call',
    source: file.nameOf(around) || oneLine(put.into),
    evidence: [`${placeOf(place)} waits for the answer, and nothing around it gives up`],
    turns: [{ place, repeated: around }],
    settledEarly: null,
    doubt: 'whether each is answered',
  };
}

/** Does the file go through all that wait, or make the table anew, as it does when a connection ends? */
function areAllTold(name: string, file: SourceFile): boolean {
  const own = `(?<![\\w$])${escaped(name)}`;
  const made = file.text.match(new RegExp(`${own}(?:: [^=;\\n]+)?\\s*=(?![=>])`, 'g')) ?? [];
  return (
    made.length > 1 ||
    file.says(
      `${own}[?!]?\\.(clear|values|forEach|entries)\\(|\\b(of|in) [\\w$.]*${own}\\)|(keys|values|entries|[eE]ach)\\([\\w$.]*${own}[,)]`,
    )
  );
}

/** `calls[id] = value`, `calls.set(id, value)` */
function putAt(place: Node): { into: Node; key: Node; value: Node } | null {
  const said = place.type === 'expression_statement' ? partsOf(place)[0] : place;
  const left = place.type === 'assignment_expression' ? place.childForFieldName('left') : null;
  const given = said?.type === 'call_expression' && calleeName(said) === 'set' ? argumentsOf(said) : [];
  const [into, key, value] =
    left?.type === 'subscript_expression'
      ? [left.childForFieldName('object'), left.childForFieldName('index'), place.childForFieldName('right')]
      : said && given.length === 2
        ? [receiverOf(said), given[0], given[1]]
        : [];
  return into && key && value ? { into, key, value } : null;
}
