import type { Language } from '../../rule';
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

const words = 'kafka|sarama|franz-go|amqp|rabbit|pika|redis|bull|bee-queue|sqs|nats|celery|kombu|lapin|masstransit';

/** A quoted path, as Go and JavaScript import by. */
const quoted = new RegExp(`['"][^'"\\n]*(${words})`, 'i');

/** A line that imports. Celery's settings name queues without one. */
const imported = new RegExp(`^\\s*(import|from|(pub )?use|(global )?using)\\b.*(${words})|celery`, 'im');

/** Has a task of Celery run, which another file declares. */
const sent = /\.(delay|apply_async)\(/;

/** Can the text name a queue? Only one that imports a client library or has tasks run does; asked of the bare text, before it is parsed. */
export const mayNameQueues = (language: Language, text: string): boolean =>
  (/^(go|javascript|typescript|tsx)$/.test(language) ? quoted : imported).test(text) ||
  (language === 'python' && sent.test(text));
