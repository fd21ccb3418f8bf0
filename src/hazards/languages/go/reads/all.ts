import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import type { Declarations } from '../declarations';
import { announcedOf } from './announced';
import { bodyOf } from './bodies';
import { collectedOf } from './collected';
import { openedOf } from './opened';
import { lineReadOf } from './lines';
import { socketReadOf } from './sockets';
import { unpackedOf } from './unpacked';

/** A read that brings as much as there is: of a body, a peer, what is packed, a command or a store. */
export const readOf = (place: Node, file: Declarations): Growth | null =>
  socketReadOf(place, file) ??
  announcedOf(place, file) ??
  lineReadOf(place, file) ??
  bodyOf(place, file) ??
  unpackedOf(place, file) ??
  openedOf(place, file) ??
  collectedOf(place, file);

const limits =
  /MaxBytesReader|MaxBytesHandler|BodyLimit|SetReadLimit\((?!-1|math\.Max)|MaxFrameSize|WithDecoderMaxMemory|DecodedLen\b/;

/** `Count: 100`, or a reader with an end. */
export function limitOf(place: Node, file: Declarations): string | null {
  if (place.type === 'composite_literal') return told(/\bCount:\s*[^,}\n]+/.exec(place.text)?.[0]);
  return told(limits.exec(file.text)?.[0].replace(/\($/, '') ?? limitAround(place, file));
}

const told = (limit: string | undefined) => (limit === undefined ? null : `\`${limit}\``);

/** A reader with an end in the same function. The length that a client tells is no limit: what comes in chunks has none. */
const limitAround = (place: Node, file: Declarations) =>
  /LimitReader|LimitedReader/.exec(file.functionAround(place)?.node.text ?? file.text)?.[0];
