import type { Node } from 'web-tree-sitter';
import { linesAbove, type Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName, receiverText } from '../../../languages/java/file';
import type { Growth } from '../../../rule';
import { partsOf } from '../../../syntax';
import { withImports } from '../imports';

const limit = 1000;

/** `.join()` on what Spring's template or Pulsar gives; a window of sends under way for the Kafka producer. */
export function wait(statement: Node, growth: Growth, text: string): Fix | null {
  const [call] = partsOf(statement);
  if (call?.type !== 'method_invocation' || calleeName(call) === 'basicPublish') return null;
  if (calleeName(call) === 'send' && /producer$/i.test(receiverText(call)))
    return windowed(call, statement, growth, text);
  const edits = [{ start: call.endIndex, end: call.endIndex, text: '.join()' }];
  return { id: 'java/unthrottled-producer/join', title: 'Wait until the broker has it (join)', edits };
}

/** A permit for each send under way, given back when the broker has answered. */
function windowed(call: Node, statement: Node, { turns }: Growth, text: string): Fix | null {
  const [record] = argumentsOf(call);
  const loop = turns[0]?.repeated;
  const inLoop = loop && /^(while|do|for)_statement$/.test(loop.type);
  if (!record || !inLoop || /\b(sendWindow|metadata|failure)\b/.test(text)) return null;
  const made = linesAbove(loop, text, [`Semaphore sendWindow = new Semaphore(${limit});`]);
  const taken = linesAbove(statement, text, ['sendWindow.acquireUninterruptibly();']);
  if (!made || !taken) return null;
  const given = { start: record.endIndex, end: record.endIndex, text: ', (metadata, failure) -> sendWindow.release()' };
  const edits = withImports(text, [made, taken, given], 'java.util.concurrent.Semaphore');
  const title = `Let at most ${limit} sends be under way (Semaphore)`;
  return edits && { id: 'java/unthrottled-producer/window', title, edits };
}
