import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import type { Growth, Words } from '../../../rule';
import { lineOf, oneLine } from '../../../syntax';
import { allOf, anyOf } from '../../../words';
import { argumentsOf, calleeName, receiverOf, type SourceFile } from '../file';
import { knownAround } from '../arrivals/given';

/** Packages that bring all of a stream, or of a mail, with one call. */
const collectors =
  'get-stream|raw-body|concat-stream|mailparser|(?:node:)?stream/consumers|stream-to-(?:array|string|buffer|promise)|simple-concat';
const collecting = new RegExp(`^(${collectors})$`);

/** Packages that bring the answer to a request whole. */
const clients =
  'request|request-promise(?:-native)?|needle|got|axios|superagent|node-fetch|phin|ky|bent|cross-fetch|popsicle|urllib|simple-get';
const client = new RegExp(`^(${clients})$`);

/** What is done with pages of strangers. */
const ofStrangers =
  /crawl|spider|scrap(er?s?|ing)\b|robots\.txt|cheerio|jsdom|htmlparser|libxml|sitemap|unfurl|broken.?link/i;

/** A number that the answer must not be longer than, or a stream that is passed on as it comes. */
const limits =
  /max_?(content|body|response|file|buffer|redirect\w*)?_?(length|size|bytes|buffer)|maxBuffer|size_?limit|\blimit:|\bsize:|content-length|responseType: ['"]stream/i;

/** Words of a file that may bring whole what others have made as long as they like. */
export const mayReadWhole: Words = anyOf(
  new RegExp(`['"](?:${collectors})['"]`),
  allOf(new RegExp(`['"](?:${clients})['"]`), ofStrangers),
);

/** `getStream(request)`, `simpleParser(mail)`; `request(page)` in what goes through the pages of strangers. */
export function wholeAnswer(call: Node, file: SourceFile): Growth | null {
  const [given] = argumentsOf(call);
  const callee = (receiverOf(call) ?? call.childForFieldName('function'))?.text ?? '';
  const name = calleeName(call);
  const from = file.moduleOf(callee) ?? (/^(this|self|that|_this)$/.test(callee) && client.test(name) ? name : null);
  if (!given || from === null) return null;
  const collects = collecting.test(from);
  if (!collects && (!client.test(from) || !asks.test(name) || !ofStrangers.test(file.text))) return null;
  if (
    !collects &&
    (ofServers.test(given.text) || limits.test(file.text) || file.functionMeant(call.childForFieldName('function')))
  )
    return null;
  if (collects && (ofOwn.test(given.text) || /^(string|template_string)$/.test(given.type))) return null;
  const around = knownAround(call, file);
  if (!around || runsSeldom(around.name) || isPiped(call)) return null;
  if (collects && (limits.test(around.node.text) || /\bSMTPServer\b[^]*\bsize:/.test(file.text))) return null;
  return {
    unit: 'message',
    source: oneLine(call),
    evidence: [
      `\`${oneLine(call.childForFieldName('function') ?? call)}\` on line ${lineOf(call)} brings all that \`${oneLine(given)}\` gives`,
    ],
    turns: [{ place: call, repeated: call }],
    settledEarly: null,
    doubt: `how long what \`${oneLine(given)}\` gives can be`,
  };
}

const asks = new RegExp(`^(${clients}|get|request|fetch)$`);

/** Servers that the program is made for. */
const ofServers = /config|api|hook|endpoint|auth|login|token/i;

const ofOwn = /std(in|out|err)|process\b|child|createReadStream/i;

const isPiped = (call: Node): boolean =>
  call.parent?.parent?.type === 'call_expression' && /^(pipe|stream|body|on)$/.test(calleeName(call.parent.parent));
