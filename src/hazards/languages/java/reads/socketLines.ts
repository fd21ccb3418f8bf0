import type { Node } from 'web-tree-sitter';

import { allOf, naming } from '../../../words';
import { argumentsOf, calleeName, receiverText, type JavaFile } from '../file';

/** Opens what a socket brings. */
const opening = /\b\w*(sock|client|peer)\w*(\(\))?\.getInputStream\(\)/i;

/** A client trusts the one service that it is made for. */
export const asksOnly = (file: JavaFile): boolean =>
  /\bnew Socket\(|SocketFactory\b/.test(file.text) && !/\bServerSocket\b|\.accept\(\)/.test(file.text);

/**
 * `reader.readLine()` of what a socket brings: it holds what comes until a line ends, which it need not.
 * @returns in words, where the reader is made; null: it is none of the kind
 */
export function endlessLine(call: Node, file: JavaFile): string | null {
  if (calleeName(call) !== 'readLine' || argumentsOf(call).length > 0) return null;
  if (!file.importsAny(/^(java\.net\.(\*|(Server)?Socket)|javax\.net\b)/)) return null;
  if (asksOnly(file)) return null;
  const name = /^(?:this\.)?(\w+)$/.exec(receiverText(call))?.[1];
  if (name === undefined) return null;
  const made = new RegExp(
    `\\b${name}\\s*=\\s*new (?:BufferedReader|LineNumberReader|DataInputStream)\\(([^;]{1,300});`,
  ).exec(file.text);
  if (!made) return null;
  const opened = opening.test(made[1] ?? '') || throughVariable(made[1] ?? '', file);
  return opened ? `\`${name}\` reads what a socket brings (line ${lineAt(file.text, made.index)})` : null;
}

/** `in = socket.getInputStream(); reader = new BufferedReader(new InputStreamReader(in));` */
function throughVariable(given: string, file: JavaFile): boolean {
  const name = /^(?:new \w+\()*\s*(?:this\.)?(\w+)\b/.exec(given)?.[1];
  const set = name === undefined ? null : new RegExp(`\\b${name}\\s*=\\s*([^;]{1,200});`).exec(file.text)?.[1];
  return set != null && opening.test(set);
}

const lineAt = (text: string, at: number) => text.slice(0, at).split('\n').length;

/** Words of files that read lines from a socket. */
export const socketLineWords = allOf(
  naming('.readLine()'),
  naming('java.net.Socket', 'java.net.ServerSocket', 'java.net.*', 'javax.net.'),
  naming('.getInputStream()'),
  opening,
);
