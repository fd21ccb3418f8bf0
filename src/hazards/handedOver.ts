import type { Node } from 'web-tree-sitter';
import { seldom } from './across/climb';
import type { Growth } from './rule';
import { placeOf } from './syntax';

/** A function whose first word says that it runs once or now and then: `startReader`, `register_all`. */
export const runsSeldom = (name: string) => new RegExp(seldom.source).test(name);

/** Names of what is free, of signals, and of which there are as many as parts of the program. */
export const spares =
  /ready|pingresp|(^|[._])ping|pong|heartbeat|\back|free|idle|avail|unused|recycl|cache|pool|spare|returned|\bdone|signal|listener|route|handler|observer|interceptor|shard|connection|interest|elect/i;

const answers = /respon|repl(y|ies)|result|exception|error|callback|complet|fail|finish/i;

/** What holds answers, signals or what is free is as long as what was asked for. */
export const answersOrSpares = new RegExp(`${answers.source}|${spares.source}`, 'i');

/** Where a queue is filled: a call, and the function around it. */
export interface Fill {
  put: Node;
  name: string;
  around: Node;
}

/**
 * A queue that one function fills with what its callers hand it, and others empty in their own time.
 * @param take where it is emptied; undefined: in another file
 */
export const handedOver = ({ put, name, around }: Fill, take: Node | undefined): Growth => ({
  unit: 'call',
  source: name,
  evidence: [
    `${placeOf(put)} puts something into it with each call of \`${name}\``,
    take ? `${placeOf(take)} takes it out` : 'it is emptied elsewhere',
  ],
  turns: [{ place: put, repeated: around }],
  settledEarly: null,
  doubt: `how often \`${name}\` is called`,
});
