import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { oneLine, partsOf, placeOf } from '../../../syntax';
import { argumentsOf, assignedAbove, calleeName, positional, receiverText, type PythonFile } from '../file';

/** Bodies of requests that nothing limits unless the program does: where they are read, and the modules of which that is known. */
const whole: readonly { read: RegExp; from: RegExp; imports: RegExp }[] = [
  { read: /^read$/, from: /(^|[._])req(uest)?\.content$/i, imports: /^(twisted|treq|klein|buildbot)(\.|$)/ },
  // What `client_max_size` limits is `read` of the request itself.
  { read: /^read$/, from: /(^|[._])req(uest)?\.content$/i, imports: /^aiohttp(\.|$)/ },
  { read: /^get_media$/, from: /(^|[._])req(uest)?$/i, imports: /^falcon(\.|$)/ },
  { read: /^readline$/, from: /(^|\.)rfile$/, imports: /^(http\.server|BaseHTTPServer|[sS]ocket[sS]erver|six\.moves)/ },
  { read: /^read$/, from: /(^|[._])req(uest)?\.body(_file)?$/i, imports: /^(bottle|webob|pyramid)(\.|$)|bottle$/ },
  { read: /^read$/, from: /(^|[._])req(uest)?\.(bounded_)?stream$/i, imports: /^(falcon|werkzeug|flask)(\.|$)/ },
  { read: /^(body|json)$/, from: /(^|[._])req(uest)?$/i, imports: /^(starlette|fastapi)(\.|$)/ },
  { read: /^get_(data|json)$/, from: /(^|[._])req(uest)?$/i, imports: /^(flask|werkzeug)(\.|$)/ },
  { read: /^read$/, from: /(^|\.)rfile$/, imports: /^(http\.server|BaseHTTPServer|socketserver|six\.moves)/ },
  { read: /^read$/, from: /\[["']wsgi\.input["']\]$/, imports: /./ },
];

/** Words of a program that limits bodies itself. */
const limits = /\b\w*(max|limit)_?\w*(body|content|request|payload|length|size)\w*|too_?large|\b413\b|within_\w+/i;

/** `request.content.read()` in a handler: as many bytes as whoever asks sends. */
export function bodyOf(call: Node, file: PythonFile): Growth | null {
  const name = calleeName(call);
  const from = receiverText(call);
  const known = whole.find((each) => each.read.test(name) && each.from.test(from) && file.importsAny(each.imports));
  if (!(known ?? isUpload(call, file)) || isPiece(call)) return null;
  const around = file.functionAround(call);
  return {
    unit: 'request',
    source: oneLine(call),
    evidence: [`${placeOf(call)} takes as much as the request has`],
    turns: [{ place: call, repeated: around?.node ?? call }],
    settledEarly: null,
    doubt: 'whether a server in front of it limits requests',
  };
}

/** `file.read()` of `file: UploadFile`: Starlette puts it into a file of any size, and this brings it back whole. */
const isUpload = (call: Node, file: PythonFile): boolean =>
  calleeName(call) === 'read' &&
  file.text.includes('UploadFile') &&
  new RegExp(`\\b${receiverText(call).replaceAll('.', '\\.')}\\s*:[^,=)]*\\bUploadFile\\b`).test(
    file.functionAround(call)?.node.childForFieldName('parameters')?.text ?? '',
  );

/** A number of bytes that is not what the request says. */
function isPiece(call: Node): boolean {
  const [most] = positional(call);
  if (!most || /json|get_data/.test(calleeName(call))) return false;
  const meant = most.type === 'identifier' ? assignedAbove(most.text, call) : null;
  return !/content.?length|headers|len_header/i.test(`${most.text} ${meant?.text ?? ''}`);
}

/** A limit of its own: a setting in the file, or a comparison of the length. */
export function bodyLimit(call: Node, file: PythonFile): string | null {
  const around = file.functionAround(call);
  const setting = limits.exec((around?.owner ?? around?.node ?? file.root).text)?.[0];
  if (setting !== undefined) return `\`${setting}\` beside it`;
  const length = argumentsOf(call)[0]?.text;
  const compared = (file.functionAround(call)?.node ?? file.root)
    .descendantsOfType('comparison_operator')
    .find(
      (each) =>
        (length === undefined
          ? /content.?length/i.test(each.text)
          : partsOf(each).some(({ text }) => text === length)) &&
        !partsOf(each).some(({ text }) => /^(0|None)$/.test(text)),
    );
  return compared ? placeOf(compared) : null;
}
