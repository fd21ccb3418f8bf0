import { argumentsOf, calleeName, type JavaFile } from '../file';
import { putsOf, takesOf } from './fills';
import type { Holder } from '../held';
import { textIn } from '../../../syntax';

/**
 * Is the list a line in which things wait: does one method put at its end and another take from its front, in a class
 * that threads share or under a name that says so?
 */
export function isWaitingLine(holder: Holder, isList: boolean, file: JavaFile): boolean {
  const owner = textIn(holder.scope, 'name');
  if (
    computing.test(owner) ||
    !(waiting.test(holder.name) || /(Queue|Mailbox)$/.test(owner) || locking.test(holder.scope.text))
  )
    return false;
  if (isList && !((waiting.test(holder.name) || ofEvents.test(holder.name)) && locking.test(holder.scope.text)))
    return false;
  const takes = takesOf(holder, file).filter((each) => !/Last$|^pop$/.test(calleeName(each)));
  return putsOf(holder).some(
    (put) =>
      /^(add|offer)(Last)?$/.test(calleeName(put)) &&
      argumentsOf(put).length === 1 &&
      takes.some((take) => file.methodAround(take)?.node.id !== file.methodAround(put)?.node.id),
  );
}

const waiting = /queue|overflow|backlog|outgoing|outbox|outbound|unsent|write_?buffer|pending|waiting|inbox|mailbox/i;

const ofEvents = /(event|message|record|span|metric|request|command|packet|frame|notification|log|batch|buffer)\w*$/i;

const locking = /\bsynchronized\b|\w[lL]ock\w*\.lock\(|\block\.lock\(/;

/** Classes that keep their place in a computation. */
const computing =
  /Pars|Reader|Scann|Lex|Visit|Iterat|Walk|Token|Cache|History|Graph|Tree|Decod|Inflat|Compil|Interpret|Matcher|Builder|Generator/;
