import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { placeOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName } from '../calls';
import type { Declarations } from '../declarations';
import { asking, callsOnly } from './asking';

/** Web sockets whose messages have no largest size unless the program sets one; coder/websocket and x/net have one. */
const unlimited = /\b(gorilla|fasthttp|gofiber(\/contrib)?)\/(v\d+\/)?websocket\b/;

/** Helpers of gobwas/ws, which have no way to set one. */
const helper = /^wsutil\.Read(Client|Server)?(Data|Text|Binary|Message)$/;

/** A whole message of a web socket that somebody else has opened. */
export function socketReadOf(call: Node, file: Declarations): Growth | null {
  const callee = textIn(call, 'function');
  const said = `${placeOf(call)} reads whole messages of a web socket`;
  if (callsOnly(file)) return null;
  if (helper.test(callee)) return asking(call, 'connection', `${said}; it cannot be told a largest size`);
  const reads = { ReadMessage: 0, ReadJSON: 1 }[calleeName(call)];
  if (reads === undefined || reads !== argumentsOf(call).length || !file.importsAny(unlimited)) return null;
  return asking(
    call,
    'connection',
    `${said}, of any size: SetReadLimit, which no line of this file calls, would limit it`,
    'whether another file calls `SetReadLimit`',
  );
}
