import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, type Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName, receiverText } from '../../../languages/java/file';
import type { Growth } from '../../../rule';

const credit = 10;
const springs = 250;
const artemis = 1024 * 1024;

/** `channel.basicQos(10);` above the consumer, which throws what that may throw; Spring's own limit for a container. */
export function prefetch(call: Node, { settledEarly, doubt }: Growth, text: string): Fix | null {
  if (calleeName(call) === 'setPrefetchCount') return forContainer(call);
  if (call.type === 'string_literal' || calleeName(call) === 'setConsumerWindowSize') return window(call);
  const channel = receiverText(call);
  const statement = statementIn(call, ['block', 'constructor_body']);
  // Where somebody else sets one, this would take its place.
  if (doubt !== undefined || settledEarly !== null || !statement || !/^[\w.]+$/.test(channel)) return null;
  const line = linesAbove(statement, text, [`${channel}.basicQos(${credit});`]);
  const title = `Let the broker send at most ${credit} unfinished messages (basicQos)`;
  return line && { id: 'java/missing-prefetch/qos', title, edits: [line] };
}

/** The window that the client has by itself. */
function window(place: Node): Fix | null {
  const at = place.startIndex + place.text.lastIndexOf('-1');
  const edits = [{ start: at, end: at + '-1'.length, text: String(artemis) }];
  return {
    id: 'java/missing-prefetch/window',
    title: `Hold at most ${artemis} bytes, as Artemis does by itself`,
    edits,
  };
}

function forContainer(call: Node): Fix | null {
  const [zero] = argumentsOf(call);
  if (!zero) return null;
  const edits = [{ start: zero.startIndex, end: zero.endIndex, text: String(springs) }];
  return {
    id: 'java/missing-prefetch/container',
    title: `Set the prefetch that Spring has by itself (${springs})`,
    edits,
  };
}
