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

/** A text without these words names no queue. */
export const libraryWords =
  /kafka|sarama|franz-go|amqp|rabbit|pika|redis|bull|bee-queue|sqs|nats|celery|kombu|lapin|masstransit/i;
