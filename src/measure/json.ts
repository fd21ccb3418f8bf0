/** Brokers nest a few levels; a hundred is a trap. */
const deepest = 100;
/** What is shorter is parsed in no time, however deep. Characters. */
const short = 256 * 1024;

/** What a text says as JSON; undefined where it is none, or nested so deep that to parse it would hold everything up. */
export function parseJson(text: string): unknown {
  if (text.length > short && isDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '"') i = stringEnd(text, i);
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}

/** Where the string that begins there ends; the end of the text where it does not. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charAt(end - 1 - slashes) === '\\') slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}
