import { importsOf as importsOfGo } from '../../languages/go/imports';
import { importsOf as importsOfJava } from '../../languages/java/imports';
import type { Language } from '../../rule';
import { allOf, anyOf } from '../../words';
import { csharp } from './csharp';
import { go } from './go';
import { java } from './java';
import { javascript } from './javascript';
import type { Library } from './library';
import { python } from './python';
import { rust } from './rust';

/** What is known of client libraries, by language (calls as their documentation has them). */
export const libraries: Readonly<Record<Language, readonly Library[]>> = {
  go,
  javascript,
  typescript: javascript,
  tsx: javascript,
  python,
  java,
  rust,
  csharp,
};

const brokers = 'kafka|sarama|franz-go|amqp|rabbit|pika|redis|bull|bee-queue|sqs|nats|celery|kombu|lapin|masstransit';

/** A quoted path, as Go and JavaScript import by. */
const quoted = anyOf(new RegExp(`['"][^'"\\n]*(${brokers})`, 'i'));

/** A line that imports. */
const imported = anyOf(new RegExp(`^\\s*(import|from|(pub )?use|(global )?using)\\b.*(${brokers})`, 'im'));

/** Celery's settings name queues without an import, and a file may have a task run that another declares: it declares one, or has one run. */
const ofCelery = allOf(
  /celery|\.(delay|apply_async)\(/i,
  /task\b(?<=^[ \t]*@(?:[^\n"'#]*\.)?(?:shared_)?task)|(?:apply_async|send_task|\.delay)\(/m,
);

/** Words of a text in which a library's calls may stand: what has to be in it for its imports, and for its calls. */
interface Words {
  imports: RegExp;
  /** Of a text that is typed the names alone: what is written in the midst of a call breaks it. */
  names: RegExp;
  calls: RegExp;
}

/** By the imports: the calls of one client have them in common. */
function wordsOf(language: Language, known: readonly Library[]): Words[] {
  const calls = new Map<string, string[]>();
  for (const { imports, call } of known)
    calls.set(anywhere(imports), [...(calls.get(anywhere(imports)) ?? []), anywhere(call)]);
  const follows = language === 'csharp' || language === 'rust' ? calledAfterBlanks : called;
  return [...calls].map(([imports, names]) => ({
    imports: new RegExp(imports),
    names: new RegExp(names.join('|')),
    calls: new RegExp(`\\b(?:${names.join('|')})${follows}`),
  }));
}

/** What follows a name where it is called, or where what it names is made. */
const called = String.raw`(?:\?\.|!|::)?(?: ?\(|[{<[])`;
const calledAfterBlanks = String.raw`\s*[({<]`;

/** What matches a name matches a text that holds it. */
const anywhere = ({ source }: RegExp) => source.replace(/(^|[(|])\^/g, '$1').replace(/\$(?=[)|]|$)/g, '');

/** The part of a text in which its imports stand; absent: they may stand anywhere. */
const importsIn: Partial<Record<Language, (text: string) => string>> = { go: importsOfGo, java: importsOfJava };

const words = new Map<readonly Library[], Words[]>();

/** Can the text name a queue? Only one that imports a client library and calls it, or has tasks run, does; asked of the bare text, before it is parsed. @param typed it is one that is typed */
export function mayNameQueues(language: Language, text: string, typed: boolean): boolean {
  if (language === 'python' && ofCelery.test(text)) return true;
  const told = importsIn[language]?.(text) ?? text;
  if (!(/^(go|javascript|typescript|tsx)$/.test(language) ? quoted : imported).test(told)) return false;
  const known = libraries[language];
  const asked = words.get(known) ?? wordsOf(language, known);
  words.set(known, asked);
  return asked.some(({ imports, names, calls }) => imports.test(told) && (typed ? names : calls).test(text));
}
