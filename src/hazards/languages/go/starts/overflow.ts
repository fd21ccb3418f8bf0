import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { growing } from '../growing';
import { ancestorsOf, lineOf, oneLine } from '../../../syntax';
import { spawned } from '../calls';
import type { Declarations } from '../declarations';

/** `select { case queue <- item: default: go func() { queue <- item }() }`: what finds no room waits in a goroutine. */
export function overflowOf(place: Node, file: Declarations): Growth | null {
  const sent = spawned(place).body?.descendantsOfType('send_statement') ?? [];
  if (place.type !== 'go_statement' || sent.length === 0) return null;
  const way = [...ancestorsOf(place)].find(({ type }) => type === 'default_case');
  const tried = way?.parent?.namedChildren.map(
    (part) => part.childForFieldName('communication')?.childForFieldName('channel')?.text,
  );
  const channel = sent
    .map((send) => send.childForFieldName('channel'))
    .find((each) => each !== null && tried?.includes(each.text));
  const around = file.functionAround(place);
  if (!channel || !around) return null;
  const step = `what finds no room in \`${oneLine(channel)}\` (line ${lineOf(place)}) waits for it in a goroutine`;
  const turn = { place, repeated: around.node };
  return growing('value', oneLine(channel), [step], turn, `how often \`${around.name}\` is called`);
}
