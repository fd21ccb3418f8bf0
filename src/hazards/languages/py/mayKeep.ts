import type { Words } from '../../rule';
import { allOf, anyOf, namesBefore } from '../../words';
import { keptName } from './dispatch';
import { emptyAtFirst, holdsOthers, waitingLine } from './kept';
import { takesItems } from './names';

/** `self.lines`, `lines` of `self.lines[key]`, `lines.setdefault(key, [])`. */
const held = /(self(?:\.\w+)+|\w+)(?:\[[^[\]\n]*\]|\.setdefault\([^()]*(?:\(\))?\))?$/;

/** Something is made longer that is made empty where the object or the module is. */
const madeLonger: Words = {
  test: (text) =>
    [...namesBefore(text, /\.(?:append|extend|add)\(| \+= |\] = /g, held)].some((name) => {
      if (holdsOthers.test(name)) return false;
      if (/^self\.\w+\.\w+$/.test(name) && new RegExp(`${name}(\\[|\\.setdefault)`).test(text)) return true;
      const own = waitingLine.test(name) ? name.replace(/^\w+\.(?=\w+$)/, 'self.') : name;
      return emptyAtFirst(own).test(text);
    }),
};

/** A name as it stands among the parameters of a function. */
const handed = new RegExp(`\\bdef \\w+\\([^)]*\\b${keptName.source.replace(/^\^|\$$/g, '')}\\b`);

const served =
  /^\s*(import|from)\s+(asyncio|anyio|trio|curio|gevent|eventlet|tornado|twisted|autobahn|threading|socket|socketserver|select|selectors|multiprocessing|concurrent|queue|logging|websockets?|aiohttp|zmq|pika|aio_pika|kafka|redis|nats|stomp|serial\w*|paho|aiomqtt|http)\b/m;

/** A function whose name says that it takes items. */
const takers: Words = {
  test: (text) => [...text.matchAll(/\bdef (\w+)/g)].some(([, name = '']) => takesItems.test(name)),
};

/** Words of files in which something is kept of what each item brings. */
export const mayKeep = allOf(
  /\.(append|extend|add)\(| \+= |\] = /,
  anyOf(served, takers),
  anyOf(handed, waitingLine, /\basync for\b|\bwhile (True|1|not|self)\b/),
  madeLonger,
);
