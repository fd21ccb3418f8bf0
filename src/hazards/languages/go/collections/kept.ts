import { runsSeldom } from '../../../handedOver';
import { isKeptFromOutside, isKeptPerItem } from '../../../longLived';
import { allOf, naming, oncePerText } from '../../../words';
import { putsIn, type Put } from './puts';

/** Keys of which ever new ones come from outside. */
const limitless =
  /(?:ID|Id|id|URL|Url|url|URI|uri|Addr|addr|Address|IP|ip|Token|token|Hash|hash|Nonce|nonce|[uU]ser|UID|Uid|uid|[tT]enant|[hH]ost|JID|jid|cid|oid|email|[dD]omain|[dD]igest|msg|[cC]onn|[pP]eer|[cC]lient|[sS]ession|req|request|[rR]equest)(?:\.(?:String|Hex|Bytes)\(\))?$/;

/** Keys of which there are as many as the program has of something. */
const limited =
  /(?:type|kind|topic|queue|service|method|code|status|namespace|shard|partition|node|metric|group|version|schema|table|region|format|plugin|driver|strategy|worker|broker|store|channel|database|stream|index|bucket|provider|backend|module|member|cache|template|category)(?:_?ID|Id|id|Name|Key|\.ID|\.Name)?$/i;

/** Values that are no item but a part of the program. */
const partType =
  /\bfunc\b|Func$|Handler|Callback|Listener|Option|Opts|Config|Hook|Subscri|Dialer|Plugin|Factory|Provider|Register|Modifier|interface\{|\bany$|<-|chan\b/;

/** Who reads or changes one state of something, which ends; and what is kept to be looked at by a test. */
const ending = /reader|trie|layer|txn|transact|captur|replay|analy[sz]/i;

/** What a program is set up to ask, and what is free. */
const setUp =
  /server|upstream|endpoint|backend|pool|free|shard|partition|table|topic|(pack|channel|frame|modifier)s?$/i;

/** Makes what is asked for when it is not there yet: of what somebody keeps at hand there is seldom much. */
const looksUp = /^get[A-Z]|For$/;

/** Whoever sees a map may take out of it, in any package. */
const isOpen = ({ kind, field }: Put) => kind === 'map' && /^[A-Z]/.test(field);

/** What several goroutines may know. */
const locks = allOf(naming('Lock()', 'Map'), naming('.Lock()', 'sync.Map'));

/** Puts of a text into collections that only grow. What nothing in it locks is known to one goroutine at a time. */
export const keptIn = oncePerText((text): Put[] => (locks.test(text) ? firstOfEach(putsIn(text, isKept)) : []));

/** A collection is told of once. */
const firstOfEach = (puts: readonly Put[]): Put[] => [
  ...new Map(puts.map((put) => [`${put.method.owner} ${put.field}`, put] as const).reverse()).values(),
];

function isKept(put: Put): boolean {
  const { method, field, item, kind } = put;
  const owner = ownerOf(put);
  if (isOpen(put) || ending.test(method.owner) || setUp.test(field) || looksUp.test(method.name)) return false;
  const given = owner === null ? [] : givenTo(put);
  if (owner === null || runsSeldom(lowered(method.name)) || given.some(({ type }) => partType.test(type))) return false;
  // `AddState(key string, state State, figures Registerer)`
  if (/^add/i.test(method.name) && method.parameters.some(({ type }) => partType.test(type))) return false;
  const key = kind === 'list' ? '' : item;
  const brought = method.parameters.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(put.value));
  if (limited.test(key) || brought.some(({ type }) => partType.test(type))) return false;
  // What stands above may have made the item of what is handed in.
  const from = given.length > 0 || kind !== 'list' ? given : method.parameters;
  const named = [item, ...from.map(({ type }) => type)].join(' ');
  const shared = kind === 'shared map' || isLocked(put);
  const names = { owner, method: method.name, field, item: named, shared };
  return isKeptPerItem({ ...names, limitless: shared && limitless.test(key) }) || isKeptFromOutside(names);
}

const lowered = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** Others come here at the same time. */
const isLocked = ({ method: { before } }: Put) => before.includes('.Lock()');

/** The parameters that the item is made of. */
const givenTo = ({ method, item }: Put) =>
  method.parameters.filter(
    ({ name, type }) => new RegExp(`\\b${name}\\b`).test(item) && !/^(error|context\.)/.test(type),
  );

/** The type that has the collection; null: it is one of the call. */
function ownerOf({ object, method }: Put): string | null {
  if (object === method.receiver) return method.owner;
  const parameter = method.parameters.find(({ name }) => name === object);
  // What is looked up under a lock of its own is known to others.
  const isShared = new RegExp(`\\b${object}\\.(?:\\w+\\.)?Lock\\(\\)`).test(method.before);
  const peer = new RegExp(`\\b${object} := \\w+(?:\\.\\w+)*\\.(Peer|Client|Conn|Session)\\n`).exec(method.before)?.[1];
  if (isShared) return parameter?.type ?? object;
  return peer ?? null;
}
