import type { Node } from 'web-tree-sitter';
import { seldom } from './across/climb';
import type { Growth } from './rule';
import { lineOf, oneLine } from './syntax';

/** A function whose first word says that it runs once or now and then: `startReader`, `register_all`. */
export const runsSeldom = (name: string) => new RegExp(seldom.source).test(name);

/** What holds answers, signals or what is free is as long as what was asked for. */
export const answersOrSpares =
  /respon|repl(y|ies)|result|ready|pingresp|(^|[._])ping|pong|heartbeat|\back|free|idle|avail|unused|recycl|cache|pool|spare|returned|exception|error|\bdone|signal|listener|route|callback|handler|observer|interceptor|shard|connection|complet|fail|finish|interest|elect/i;

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
    `\`${oneLine(put)}\` on line ${lineOf(put)} puts something into it with each call of \`${name}\``,
    take ? `\`${oneLine(take)}\` on line ${lineOf(take)} takes it out` : 'it is emptied elsewhere',
  ],
  turns: [{ place: put, repeated: around }],
  settledEarly: null,
  doubt: `how often \`${name}\` is called`,
});
