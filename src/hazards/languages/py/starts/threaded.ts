import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { lineOf } from '../../../syntax';
import type { PythonFile } from '../file';

/** Servers of the standard library that start a thread for each connection or datagram, however many there are. */
const threading =
  /(^|\.)([sS]ocket[sS]erver|http\.server)\.Threading(MixIn|(HTTP|TCP|UDP|UnixStream|UnixDatagram)Server)$/;

/** What a program does that has a limit of its own. */
const limits = /def process_request\b|Semaphore\(|max_(connections|clients|threads|children|requests)/;

/** `class Server(ThreadingMixIn, TCPServer)`, `ThreadingHTTPServer(address, Handler)`: a thread for each connection. */
export function threadPerConnection(place: Node, file: PythonFile): Growth | null {
  const declared = place.parent?.type === 'class_definition' ? place.parent : null;
  const named = declared
    ? (declared.childForFieldName('superclasses')?.namedChildren ?? [])
    : [place.childForFieldName('function')];
  const server = named.find((each) => each && threading.test(file.fullName(each)));
  if (!server || limits.test(file.text) || isForThisMachine(place, declared !== null, file)) return null;
  return {
    unit: 'connection',
    source: declared ? place.text : server.text,
    evidence: [`\`${server.text}\` (line ${lineOf(server)}) starts a thread for each connection, and counts none`],
    turns: [{ place, repeated: declared ?? place }],
    settledEarly: null,
    doubt: 'who can reach it',
  };
}

/** `Server(("127.0.0.1", port), Handler)` */
const isForThisMachine = ({ text: own }: Node, isDeclared: boolean, { text }: PythonFile): boolean =>
  isDeclared ? new RegExp(`\\b${own}\\(\\s*${thisMachine}`).test(text) : new RegExp(thisMachine).test(own);

const thisMachine = '\\(?\\s*[\'"](127\\.0\\.0\\.1|localhost|::1)';
