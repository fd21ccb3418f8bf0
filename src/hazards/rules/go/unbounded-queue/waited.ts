import type { Node } from 'web-tree-sitter';
import { linesAbove, type Fix } from '../../../fixes/edits';
import { closestFunction } from '../../../languages/go/calls';
import type { Growth } from '../../../rule';
import { ancestorsOf } from '../../../syntax';
import { grownIn } from '../grown';

const most = 1000;
const names = ['receiving', 'arriving', 'incoming'];

/** Receives nothing while so many wait, so that whoever sends waits too: another case of the select makes room. */
export function waited(place: Node, _growth: Growth, text: string): Fix | null {
  const grown = grownIn(place);
  const around = closestFunction(place);
  const way = [...ancestorsOf(place)].find(({ type }) =>
    /^(communication_case|select_statement|func_literal)$/.test(type),
  );
  const select = way?.type === 'communication_case' ? way.parent : null;
  const received = way?.childForFieldName('communication')?.childForFieldName('right');
  const channel = received?.type === 'unary_expression' ? received.childForFieldName('operand') : null;
  const name = names.find((each) => !new RegExp(`\\b${each}\\b`).test(around?.text ?? text));
  if (!grown || !select || !channel || name === undefined || !/^[\w.]+$/.test(channel.text)) return null;
  const others = select.namedChildren.filter(({ id }) => id !== way?.id);
  const makesRoom = others.some((other) => new RegExp(`\\b${grown.name}\\b`).test(other.text));
  const above = linesAbove(select, text, [
    `${name} := ${channel.text}`,
    `if ${grown.length} >= ${most} {`,
    `\t${name} = nil // never ready: nothing is received until there is room again`,
    '}',
  ]);
  if (!makesRoom || others.some(({ type }) => type === 'default_case') || !above) return null;
  return {
    id: 'go/unbounded-queue/wait',
    title: `Receive nothing while ${most} wait`,
    edits: [above, { start: channel.startIndex, end: channel.endIndex, text: name }],
  };
}
