import type { Words } from '../../../rule';
import { allOf, naming, oncePerText } from '../../../words';
import { quietSink } from '../names';
import { perhapsSockets, webSockets } from './writes';

/** What is written to: `this.peers`, `this.peers[id]`, `peer()`. Its first group is the last name in it. */
const written = /[\w$#.?!]*?([\w$]+)[?!]?(?:\([^()]*\)|\[[^[\]]*\])?\??$/;

/** So far back from a call what it is called on is looked for. Characters. */
const longest = 120;

/** What stands on the line before a call that is a part of something else: `if (!`, `const sent = `, `await`. */
const partOfMore = /[(=,!?|+\-%<^~["'`]$|(?<![\w$])(?!(?:return|else|do)$)[a-z]+$/;

/** May the call be a statement, stand behind `&&`, or be what a function gives? Whatever else it is, its answer is used. */
const standsAlone = (before: string, sink: string): boolean =>
  sink.startsWith('.') ||
  (!sink.startsWith('!') && !partOfMore.test(before.slice(before.lastIndexOf('\n') + 1).trimEnd()));

/** What has peers behind a network is sure to name them. */
const namesPeers = oncePerText((text) => /connection|socket|subscriber|dgram|ws['"]|['":]net['"]/i.test(text));

/** The same of a WebSocket that is called otherwise. */
const namesWebSockets = oncePerText((text) => /readyState|sockjs|engine\.io/i.test(text));

/** What tells that there is a Readable, into which things are pushed; `duplexify` makes one too. */
const readables = naming('Readable', 'uplex', 'PassThrough', 'Transform', '._read');

const pushes = allOf(readables, /\.push\((?<=(?:\b(?:this|self|readable|duplex|proxy)|[sS]tream)\.push\()/);

/** Words of a file in which things are written to a stream or a WebSocket, or put where a stream is read. */
export const mayWrite: Words = {
  test(text) {
    for (const { index, 1: method } of text.matchAll(/\.(write|send)\(/g)) {
      const around = text.slice(Math.max(0, index - longest), index);
      const sink = written.exec(around);
      if (sink && sink.index > 0 && (quietSink.test(sink[0]) || !standsAlone(around.slice(0, sink.index), sink[0])))
        continue;
      const name = sink?.[1] ?? '';
      if (method === 'write' || webSockets.test(name) || namesPeers(text)) return true;
      if ((name === '' || perhapsSockets.test(name)) && namesWebSockets(text)) return true;
    }
    return /\.enqueue\((?<=\bcontroller\.enqueue\()/.test(text) || pushes.test(text);
  },
};
