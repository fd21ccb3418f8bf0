import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { calleeName, callTaking, functionTypes, isAsync } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { ancestorsOf, openDescendants, partsOf, textIn } from '../../../syntax';
import { lossOf, most, parametersOf, putBy, whenFull, type Put } from './put';

/** Tells whoever hands an element in that there is no room: by its callback or an error. */
export function refuse(statement: Node, growth: Growth, text: string): Fix | null {
  const put = putBy(statement, growth, text);
  if (!put?.around || /harmless|piece/.test(lossOf(put)) || !isToldTo(put, put.around)) return null;
  const { array, around } = put;
  const callback = callbackOf(around, text);
  const rejects = around.text.includes('return Promise.reject(');
  return whenFull(
    put,
    (quoted) => {
      const error = `new Error(${quoted(`${array} is full`)})`;
      if (callback !== undefined) return [`${callback}(${error})`, 'return'];
      return [rejects ? `return Promise.reject(${error})` : `throw ${error}`];
    },
    'js/unbounded-queue/refuse',
    `Refuse when ${most} wait`,
  );
}

/** Does an error reach whoever handed the element in, and leave nothing half done? */
function isToldTo({ element, statement, growth: { source, unit }, text }: Put, around: Node): boolean {
  const handed = [...parametersOf(around), ...(around.type === 'arrow_function' ? [] : ['arguments'])];
  const names = element.descendantsOfType(['identifier', 'shorthand_property_identifier']);
  const before = text.slice(around.childForFieldName('body')?.startIndex, statement.startIndex);
  return (
    unit === 'call' &&
    names.some((name) => handed.includes(name.text)) &&
    !/^_*(on|handle)|^(next|_write|_transform)$|(event|listener|handler|hook)$/i.test(source) &&
    ![...ancestorsOf(statement)].some(({ type, startIndex }) => held.test(type) && startIndex > around.startIndex) &&
    !changed.test(before) &&
    !isHandedOn(around, source, text)
  );
}

/** Where an error is caught, or comes when some elements are in. */
const held = /^(try|for|for_in|while|do)_statement$/;

/** What is counted, kept or begun, or set in the object. */
const changed =
  /\+\+|--|[-+]=|\.(set|add|push|unshift|splice|delete)\(|[tT]ime(r|[oO]ut)\w*\(|\b(this|self)\.[\w.]+ = (?!\[)/;

/** Is a function called by a library or an emitter, which an error would end? `new Promise` rejects. */
function isHandedOn(around: Node, name: string, text: string): boolean {
  let given = around;
  while (given.parent && /^(pair|object)$/.test(given.parent.type)) given = given.parent;
  const call = callTaking(given);
  if (call) return calleeName(call) !== 'Promise';
  return !/^\w+$/.test(name) || new RegExp(`[(,]\\s*([\\w$]+\\.)*${name}(\\.bind\\([^)]*\\))?\\s*[,)]`).test(text);
}

/** The callback of a function that returns nothing, which the file always calls with an error first. */
function callbackOf(around: Node, text: string): string | undefined {
  const answers = openDescendants(around, ['return_statement'], functionTypes).some((each) => partsOf(each).length > 0);
  if (answers || isAsync(around) || !/^(: void)?$/.test(textIn(around, 'return_type'))) return undefined;
  return parametersOf(around).find(
    (name) =>
      /(cb|callback|done)$/i.test(name) &&
      new RegExp(`\\b${name}\\((err|e\\b|null|new \\w*Error)`).test(text) &&
      !new RegExp(`(if \\(|typeof )${name}\\b|\\b${name}( &&|\\?)`).test(text),
  );
}
