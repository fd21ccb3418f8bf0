import type { Growth } from '../rule';

/** The end of a message: what the hazard depends on and is not to be seen. */
export const doubtText = (doubt: Growth['doubt']) => (doubt === undefined ? '' : ` Not shown here: ${doubt}.`);

/** Why the broker does not hold back what comes too fast. */
export const settledText = (settledEarly: Growth['settledEarly']) =>
  settledEarly === null ? '' : ` The broker is told that it is done first (${settledEarly}), so it never holds back.`;

/** Of the help of what starts work: the trap of every bound around a loop that reads. */
export const ownAnswers =
  'Where the work waits for an answer that this very loop reads, have the loop hand that answer out before it waits for room: it would wait for itself.';
