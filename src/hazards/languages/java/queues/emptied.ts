import type { Node } from 'web-tree-sitter';
import { ancestorsOf, contains, textIn } from '../../../syntax';
import { callsOn, type Holder } from '../held';
import { stopName } from '../names';

/** Places where all that is held is taken out at once: it is gone through and cleared, or another takes its place. */
export const emptyingsOf = (holder: Holder): Node[] => [
  ...callsOn(holder, /^clear$/).filter((call) => isReadIn(methodAround(call), call, holder)),
  ...replacements(holder),
];

/** `List<String> sent = lines; lines = new ArrayList<>();` */
function replacements(holder: Holder): Node[] {
  const { name, scope, field } = holder;
  const again = new RegExp(`[\\s.(]${name}\\s*=\\s*(?:new\\s|null;|Collections\\.)`, 'g');
  if (!field) return [];
  return [...scope.text.matchAll(again)].flatMap(({ index }) => {
    const place = scope.descendantForIndex(scope.startIndex + index + 1);
    const method = place && methodAround(place);
    const set = place?.parent?.type === 'field_access' ? place.parent.parent : place?.parent;
    const isSet = set?.type === 'assignment_expression' && method?.type === 'method_declaration';
    return place && isSet && isReadIn(method, place, holder) ? [set] : [];
  });
}

const methodAround = (place: Node): Node | undefined =>
  [...ancestorsOf(place)].find(({ type }) => /^(method|constructor)_declaration$/.test(type));

/** Is it gone through, copied or handed on before that place of the method? */
function isReadIn(method: Node | undefined, place: Node, { name, scope }: Holder): boolean {
  const said = textIn(method, 'name');
  if (!method || !contains(scope, method) || stopName.test(said) || /^(reset|clear|init)/i.test(said)) return false;
  const above = method.text.slice(0, place.startIndex - method.startIndex);
  return new RegExp(
    `: *(this\\.)?${name}\\)|\\b${name}\\.(forEach|stream|toArray|iterator)\\(|[=(,]\\s*(this\\.)?${name}\\s*[;,)]|return (this\\.)?${name};`,
  ).test(above);
}
