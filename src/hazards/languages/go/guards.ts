import type { Node } from 'web-tree-sitter';
import { ancestorsOf, contains, partsOf, textIn } from '../../syntax';
import { argumentsOf, calleeName, closestFunction, receivedFrom } from './calls';
import { countWords, limitWords } from './names';
import { endsTurn, running, waiting } from './turn';

/** Does an `if` above the place end the turn, or make it wait, when its condition holds? */
export function holdsBack(node: Node): boolean {
  const then = node.childForFieldName('consequence');
  return (
    then !== null && (endsTurn(then) || waiting([then], 'unary_expression').some((each) => receivedFrom(each) !== null))
  );
}

/** `for active.Load() >= most { time.Sleep(pause) }` */
export function waitsForRoom(node: Node): boolean {
  const [head] = node.type === 'for_statement' ? partsOf(node) : [];
  return (
    head !== undefined &&
    comparesCount(head, false) &&
    (running([node], 'call_expression').some((call) => /^(Sleep|Wait|Gosched)$/.test(calleeName(call))) ||
      waiting([node], 'unary_expression').some((each) => receivedFrom(each) !== null))
  );
}

/** A comparison of a count with a limit, a flag that is set once, a key that is looked up first. */
export function isGuard(node: Node, place: Node, earlier: readonly Node[]): boolean {
  const condition = node.childForFieldName('condition');
  if (!condition) return false;
  const head = [node.childForFieldName('initializer') ?? condition, condition];
  if (head.some(({ text }) => /CompareAndSwap|\bSwap\(|TryLock\(/.test(text))) return true;
  // `if !entry.beginRefresh() { return }`
  if (head.some(({ text }) => /!\s*[\w.]*\b(try|begin|claim|acquire|enter|reserve)[A-Z]?\w*\(/i.test(text)))
    return true;
  const once = /!([\w.]+)/.exec(condition.text)?.[1];
  if (once !== undefined && contains(node, place) && node.text.includes(`${once} = true`)) return true;
  const flag = /^!?\s*([\w.]+)$/.exec(condition.text)?.[1];
  if (flag !== undefined) {
    if (contains(node, place) && node.text.includes(`${flag} = true`)) return true;
    // `if handlers, known := all[kind]; known { go … }` asks what is there, not what runs already.
    const then = node.childForFieldName('consequence');
    const isThen = then !== null && contains(then, place);
    if (runsAlready(flag, condition.text.startsWith('!') === isThen)) return true;
    if (!condition.text.startsWith('!') && isThen) return isCompared(flag, earlier);
    const lookup = running([...head, ...earlier], 'short_var_declaration', 'assignment_statement').find((each) =>
      looksUp(each, flag),
    );
    // `if !known { return }` goes on for all that is known, or once for each where it is forgotten then.
    if (contains(node, place)) return lookup !== undefined;
    if (!condition.text.startsWith('!')) return lookup !== undefined && keeps(lookup);
    return lookup !== undefined && running(earlier, 'call_expression').some((call) => forgets(call, lookup));
  }
  if (isKept(node, condition, place)) return true;
  const goesOn = !contains(node, place) || contains(node.childForFieldName('alternative') ?? condition, place);
  return comparesAny(condition, !goesOn);
}

/** @param below as of `comparesCount` */
const comparesAny = (condition: Node, below: boolean): boolean =>
  [condition, ...condition.descendantsOfType('binary_expression')].some((each) => comparesCount(each, below));

/** `if len(clients) < most { accepted = true }` */
const isCompared = (flag: string, earlier: readonly Node[]): boolean =>
  earlier.some((each) => {
    const condition = each.type === 'if_statement' ? each.childForFieldName('condition') : null;
    return condition && comparesAny(condition, true) && each.text.includes(`${flag} = true`);
  });

/**
 * `if busy { return }`, `if !launched { go … }`, `if first { go … }`: a variable that was asked in the same turn. A field, as
 * `s.started`, tells of what the items come from. @param passes is the place passed by when the flag holds?
 */
const runsAlready = (flag: string, passes: boolean): boolean =>
  passes
    ? /^\w*(busy|running|started|launched|scheduled|inProgress|already)\w*$/i.test(flag)
    : /^(is|was)?(first|idle|empty)$/i.test(flag);

/** `if s.link != nil { return s.link }`, and below `s.link = made`: it is made once, and again when it is lost. */
function isKept(node: Node, condition: Node, place: Node): boolean {
  const [, field, operator] = /^(\w+\.[\w.]+) ([!=]=) nil$/.exec(condition.text) ?? [];
  if (field === undefined || /err/i.test(field) || (operator === '!=') === contains(node, place)) return false;
  const around = contains(node, place) ? node : closestFunction(place);
  const sets = around?.descendantsOfType('assignment_statement') ?? [];
  return sets.some((each) => each.childForFieldName('left')?.text === field);
}

/** `lane, known := lanes[key]` */
function looksUp(assignment: Node, flag: string): boolean {
  const names = partsOf(assignment.childForFieldName('left') ?? assignment).map(({ text }) => text);
  const [value] = partsOf(assignment.childForFieldName('right') ?? assignment);
  return names[1] === flag && value?.type === 'index_expression';
}

/** `lanes[key] = lane` in the same function: who is not known yet will be. */
function keeps(lookup: Node): boolean {
  const [value] = partsOf(lookup.childForFieldName('right') ?? lookup);
  const map = value?.childForFieldName('operand')?.text;
  const around = [...ancestorsOf(lookup)].find(({ type }) => /^(function|method)_declaration$/.test(type));
  const kept = around?.descendantsOfType('assignment_statement').map((each) => each.childForFieldName('left')?.text);
  return map !== undefined && kept?.some((left) => left?.startsWith(`${map}[`)) === true;
}

/** `delete(lanes, key)` */
function forgets(call: Node, lookup: Node): boolean {
  const [value] = partsOf(lookup.childForFieldName('right') ?? lookup);
  const map = value?.childForFieldName('operand')?.text;
  return calleeName(call) === 'delete' && map !== undefined && argumentsOf(call)[0]?.text === map;
}

/** @param below is the place run when the count is below the limit? Else it is passed by when the count is above. */
function comparesCount(expression: Node, below: boolean): boolean {
  if (expression.type !== 'binary_expression') return false;
  const sides = [textIn(expression, 'left'), textIn(expression, 'right')];
  const operator = textIn(expression, 'operator');
  if (!/^[<>]=?$/.test(operator) || sides.includes('0') || !sides.some((side) => countWords.test(side))) return false;
  const [left = '', right = ''] = sides;
  const limitFirst = limitWords.test(left) && !limitWords.test(right);
  return operator.startsWith('<') === (below !== limitFirst);
}
