import type { Node } from 'web-tree-sitter';
import type { Growth, Rule } from './rule';
import { lineOf, oneLine, wholeText } from './syntax';

/** A place that says what it is by itself: nothing around it is read. */
const standing = (place: Node, source: string, step: string): Growth => ({
  ...{ unit: 'message', source, evidence: [step], settledEarly: null },
  turns: [{ place, repeated: place }],
});

/**
 * A queue whose consumer refuses messages for good.
 * @param refusing what refuses a message without putting it back
 */
export function refusedIn(declares: Node, queue: Node | undefined, refusing: RegExp, root: Node): Growth | null {
  const text = wholeText(root);
  const refusal = refusing.exec(text);
  if (!queue || !refusal) return null;
  const line = text.slice(0, refusal.index).split('\n').length;
  return standing(declares, oneLine(queue), `\`${refusal[0].trim()}\` on line ${line} refuses a message for good`);
}

/** Where refused messages go; null: nowhere. */
export function deadLetter(text: string): string | null {
  const sign = /x-dead-letter-exchange|deadLetterExchange|dead_letter_exchange/.exec(text)?.[0];
  return sign === undefined ? null : `refused messages go to \`${sign}\``;
}

/** A pool with a size: the number that it is, or the name that holds it. */
export const poolOf = (place: Node, size: Node | null | undefined): Growth | null =>
  size ? standing(place, oneLine(size), `the pool on line ${lineOf(place)} has ${oneLine(size)}`) : null;

/** A size that is told from outside; null: a number in the code. */
export const configuredSize = ({ source }: Growth): string | null =>
  /^[\d_]+$/.test(source) ? null : `\`${source}\` says how many`;

/** A channel or queue between two steps, in a file that measures other things. */
export const stageOf = (place: Node, name: string | null): Growth | null =>
  name === null
    ? null
    : standing(place, name, `\`${name}\` on line ${lineOf(place)} holds what one step has done and the next has not`);

/** What the rules about refused messages share in every language. */
export const withoutDeadLetter = {
  title: 'Refused messages are lost',
  help: 'The consumer refuses messages for good (without requeue), and the queue is declared without a dead-letter exchange: the broker throws them away. Nobody can look at them or try them again. Declare the queue with x-dead-letter-exchange, or set it by a policy of the broker, where this file cannot see it.',
  growth: 'refusal',
  bounds: ['dead-letter'],
  severityOf: () => 'low',
  diagnosticFrom: 'medium',
  messageOf: ({ source }) => `Messages of ${source} that are refused are lost: the queue has no dead-letter exchange.`,
  lensOf: () => 'refused messages are lost',
} satisfies Partial<Rule>;

/** What the rules about sizes in the code share in every language. */
export const hardcodedPool = {
  title: 'A pool whose size is a number in the code',
  help: 'How many may run at once depends on the machine, on what the work waits for and on how much arrives. A number in the code is right for one of these at most, and only a new release changes it. Read it from the configuration, with this number as the default.',
  growth: 'pool',
  bounds: ['configured'],
  severityOf: () => 'low',
  diagnosticFrom: 'medium',
  messageOf: ({ source }) => `The size of this pool is ${source}, and only a new release changes it.`,
  lensOf: ({ source }) => `hard-coded: ${source} at once`,
} satisfies Partial<Rule>;

/** What the rules about unmeasured stages share in every language. */
export const missingGauge = {
  title: 'A queue between two steps that nobody measures',
  help: 'This file tells a metrics system other things, but not how full the queue between its steps is. When one step falls behind, that is the figure that shows it first, and which of the two it is. Tell its length as a gauge.',
  growth: 'stage',
  bounds: ['gauge'],
  severityOf: () => 'low',
  diagnosticFrom: 'medium',
  messageOf: ({ source }) =>
    `Nothing tells how full \`${source}\` is: when the step behind it falls behind, no figure shows it.`,
  lensOf: () => 'depth not measured',
} satisfies Partial<Rule>;
