import { linesNaming } from '../../../words';

/** A statement that puts something into a collection of a longer life, as far as the text tells. */
export interface Put {
  /** Where it stands in the text: in the middle of the statement. */
  index: number;
  kind: 'list' | 'map' | 'shared map';
  /** What has the collection: `s` of `s.sessions`. */
  object: string;
  field: string;
  /** The key of a map, or what is put into a list. */
  item: string;
  /** What a map holds under the key; empty for a list. */
  value: string;
  method: Method;
}

/** The function around a put. */
export interface Method {
  name: string;
  /** `s` and `Server` of `func (s *Server) …`; empty: no method. */
  receiver: string;
  owner: string;
  parameters: { name: string; type: string }[];
  /** What stands in it above the put. */
  before: string;
}

/** Each begins with what is rare, and looks back for the rest. */
const puts = /= append\((?<= = append\()|\](?= = [^=])|Store\((?<=\.(?:LoadOr)?Store\()/g;

const ofList = /^(\w+)((?:\.\w+)*)\.(\w+)((?:\[[^\n]*\])?)$/;
const ofMap = /^(\w+)((?:\.\w+)*)\.(\w+)(?:\[\w[\w.]*\])?\[([^\n]*)$/;
const ofShared = /(?:^|[=!] |\()(\w+)((?:\.\w+)*)\.(\w+)$/;

/** What a text puts into fields that nothing in it empties, cuts or compares with a limit. @param isMeant asked first, as it takes less */
export function putsIn(text: string, isMeant: (put: Put) => boolean): Put[] {
  const emptied = new Map<string, boolean>();
  const found: Put[] = [];
  for (const { 0: begun, index: at } of text.matchAll(puts)) {
    // The space or dot that it looks back for is part of the mark.
    const index = begun === ']' ? at : text.lastIndexOf(begun === 'Store(' ? '.' : ' ', at);
    const mark = text.slice(index, at + begun.length);
    const put = putAt(text, index, mark);
    const method = put && emptied.get(put.field) !== true ? methodAround(text, index) : null;
    if (!put || !method || !isMeant({ ...put, index, method })) continue;
    const isEmptied = emptied.get(put.field) ?? empties(text, put.field);
    emptied.set(put.field, isEmptied);
    if (!isEmptied) found.push({ ...put, index, method });
  }
  return found;
}

/** The put at a mark of one; null: it is none. */
export function putAt(text: string, index: number, mark: string): Omit<Put, 'index' | 'method'> | null {
  const left = text.slice(text.lastIndexOf('\n', index) + 1, index).trimStart();
  const after = index + mark.length;
  const rest = text.slice(after, text.indexOf('\n', after));
  if (mark.startsWith(' =')) {
    const [, object, , field] = ofList.exec(left) ?? [];
    if (object === undefined || field === undefined || !rest.startsWith(`${left},`)) return null;
    return { kind: 'list', object, field, item: rest.slice(left.length + 1).trim(), value: '' };
  }
  const isMap = mark === ']';
  const [, object, , field, key] = (isMap ? ofMap : ofShared).exec(left) ?? [];
  if (object === undefined || field === undefined || rest.startsWith(' = append(')) return null;
  const type = isMap ? `[^\\n]*map\\[` : '\\s+\\*?sync\\.Map\\b';
  if (!new RegExp(`\\b${field}${type}`).test(text)) return null;
  if (isMap) return { kind: 'map', object, field, item: key ?? '', value: rest.slice(' = '.length) };
  const [given = '', ...value] = rest.split(',');
  return { kind: 'shared map', object, field, item: given, value: value.join(',') };
}

/** Functions in which a collection is begun. */
const beginning = /^(?:new|init|open|start|make|create|setup|default)/i;

/** Does something take out of the field, begin it anew, look at how long it is or hand it on to who may? */
function empties(text: string, field: string): boolean {
  const held = `[\\w.]*\\b${field}(?:\\[[^\\]\\n]*\\])?`;
  const taking = new RegExp(
    [
      `\\bdelete\\((?:[\\w.[\\]()]+\\.)?${field}\\b`,
      `\\b${field}\\.(?:Delete|LoadAndDelete|CompareAndDelete|Clear|Remove\\w*|Evict\\w*)\\(`,
      `\\b(?:clear|len)\\(${held}\\)(?<=\\bclear\\(.*)`,
      `\\blen\\(${held}\\)\\s*(?:[<>]=?|==)\\s*(?![01]\\b|len\\()`,
      `(?:max|limit|cap|size)\\w*\\s*[<>]=?\\s*len\\(${held}\\)`,
      `\\b${field}(?:\\[[^\\]\\n]*\\])?\\[[^\\]\\n]*:[^\\]\\n]*\\]`,
      `[&]\\w[\\w.]*\\.${field}\\b`,
      `(?<!\\b(?:append|len|copy|range|make|cap|string))\\((?:[^()\\n]*, )?\\w[\\w.]*\\.${field}(?:, [^()\\n]*)?\\)`,
    ].join('|'),
    'i',
  );
  if (taking.test(linesNaming(text, field))) return true;
  for (const { 0: anew, index } of text.matchAll(
    new RegExp(`\\.${field}(\\[[^\\]\\n]*\\])?(?:, [\\w.]+)? = (?!append\\([\\w.]*${field})`, 'g'),
  )) {
    const to = text.slice(index + anew.length, index + anew.length + 12);
    if (anew.includes('[') ? /^(?:nil\b|append\()/.test(to) : !begins(text, field, index)) return true;
  }
  return [...text.matchAll(new RegExp(`(\\w+)(?:, \\w+)? :?= [\\w.]+\\.${field}(?:\\[[^\\]\\n]*\\])?\\n`, 'g'))].some(
    ([, name = '']) => new RegExp(`\\bdelete\\(${name}\\b|\\b${name} = ${name}\\[`).test(text),
  );
}

/** `if s.seen == nil { s.seen = …`, or a constructor. */
function begins(text: string, field: string, index: number): boolean {
  const line = text.lastIndexOf('\n', index);
  const above = text.slice(text.lastIndexOf('\n', line - 1) + 1, line);
  if (new RegExp(`${field} == nil|len\\([\\w.]*${field}\\) == 0`).test(above)) return true;
  return beginning.test(methodAround(text, index)?.name ?? '');
}

const head = /^func (?:\((\w+) \*?(\w+)[^)]*\) )?(\w+)(?:\[[^\]]*\])?\(/;

/** The declared function around a place of the text, as far as that; null: there is none. */
export function methodAround(text: string, index: number): Method | null {
  const start = text.lastIndexOf('\nfunc ', index) + 1;
  const body = text.indexOf('{\n', start);
  if (start === 0 || body < 0 || body > index || text.lastIndexOf('\n}\n', index) > start) return null;
  const declaration = text.slice(start, body);
  const [whole, receiver = '', owner = '', name = ''] = head.exec(declaration) ?? [];
  if (whole === undefined) return null;
  return {
    name,
    receiver,
    owner,
    parameters: parametersIn(declaration.slice(whole.length)),
    before: text.slice(body, index),
  };
}

/** `id, name string, more ...Option) error`: the types from the right, as they hold for the names before them. */
function parametersIn(list: string): Method['parameters'] {
  let depth = 0;
  const parts = [''];
  for (const letter of list) {
    if (/[([{]/.test(letter)) depth++;
    if (/[)\]}]/.test(letter) && depth-- === 0) break;
    if (letter === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${letter}`);
  }
  let type = '';
  return parts
    .map((part) => part.trim())
    .reverse()
    .flatMap((part) => {
      const [, name = '', told] = /^(\w+)(?:\s+(.*))?$/s.exec(part) ?? [];
      type = told ?? type;
      return name === '' ? [] : [{ name, type }];
    })
    .reverse();
}
