import type { Node } from 'web-tree-sitter';
import { argumentsOf, calleeName, isWaitedFor, receiverText, wholeOf } from './calls';
import { isAsynchronous, type CsharpFile } from './file';
import { messageEvents } from './names';

/** A start that nobody waits for where it stands: `Task.Run(…)`, `_ = HandleAsync(m)`, an `async void` handler. */
export function startsTask(place: Node, file: CsharpFile): boolean {
  if (place.type === 'lambda_expression') return isAsyncVoid(place, file);
  const name = calleeName(place);
  const starts = isStarter(name, receiverText(place));
  const dropped = isDropped(place);
  if ((!starts && !dropped) || isWaitedFor(place)) return false;
  if (starts) return argumentsOf(place).length > 0;
  if (name === 'Start') return startsThread(place, file);
  if (dropped === 'discarded') return name.endsWith('Async') || returnsTask(place, file);
  return isFireAndForget(place, file);
}

/** What becomes of the result: `_ = F()`, or `F();`. Null: something is done with it. */
function isDropped(place: Node): 'discarded' | 'statement' | null {
  if (place.parent?.type === 'expression_statement') return 'statement';
  const outer = wholeOf(place).parent;
  return outer?.type === 'assignment_expression' && outer.childForFieldName('left')?.text === '_' ? 'discarded' : null;
}

/** `Task.Run`, `Task.Factory.StartNew`, `ThreadPool.QueueUserWorkItem`. */
export const isStarter = (name: string, receiver: string) =>
  (name === 'Run' && /(^|\.)Task$/.test(receiver)) ||
  (name === 'StartNew' && receiver.endsWith('Factory')) ||
  (/^(Unsafe)?QueueUserWorkItem$/.test(name) && receiver.endsWith('ThreadPool'));

/** `Received += async (…) => …` of a consumer that calls its handlers without waiting for them. */
function isAsyncVoid(lambda: Node, file: CsharpFile): boolean {
  const event = lambda.parent?.type === 'assignment_expression' ? lambda.parent : null;
  const name = event?.childForFieldName('left')?.text.split('.').at(-1) ?? '';
  const added = event?.childForFieldName('operator')?.text === '+=';
  return (
    added && messageEvents.test(name) && isAsynchronous(lambda) && /(?<!Async)EventingBasicConsumer\b/.test(file.text)
  );
}

/** `new Thread(…).Start()`, or by a variable. */
function startsThread(place: Node, file: CsharpFile): boolean {
  const receiver = receiverText(place);
  return (
    /^\(?new Thread\(/.test(receiver) || (file.assignedAbove(receiver, place)?.text ?? '').startsWith('new Thread(')
  );
}

/** A method of this file that returns a task, or nothing at once: `async void`. */
function isFireAndForget(place: Node, file: CsharpFile): boolean {
  const meant = file.functionMeant(place.childForFieldName('function'))?.node;
  return meant !== undefined && isAsynchronous(meant);
}

/** A method of this file that returns a task. */
export function returnsTask(place: Node, file: CsharpFile): boolean {
  const meant = file.functionMeant(place.childForFieldName('function'))?.node;
  return /^Task\b/.test((meant?.childForFieldName('returns') ?? meant?.childForFieldName('type'))?.text ?? '');
}
