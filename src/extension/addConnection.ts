import { ProgressLocation, window } from 'vscode';
import { openSource } from '../measure/open';
import { brokerErrorOf, type SourceOptions } from '../measure/source';
import { BrokerUrlError, parseBrokerUrl, type BrokerConfig } from '../model/brokerUrl';
import type { BrokerError } from '../model/sweep';
import type { SavedConnection } from './connections';
import { userOf, withUser } from './secrets';

/** A connection that was entered; the URL may hold a password. */
export type Entered = SavedConnection;

interface Kind {
  label: string;
  description: string;
  /** Null: the whole URL is asked for. */
  url: ((place: string) => string) | null;
  place: string;
  user: boolean;
}

const kinds: Kind[] = [
  { label: 'Kafka', description: 'kafka://', url: (place) => `kafka://${place}`, place: '127.0.0.1:9092', user: true },
  {
    label: 'RabbitMQ',
    description: 'amqp://, read through the management API',
    url: (place) => `amqp://${place}`,
    place: '127.0.0.1:5672',
    user: true,
  },
  { label: 'Redis', description: 'redis://', url: (place) => `redis://${place}`, place: '127.0.0.1:6379', user: true },
  {
    label: 'Other…',
    description: 'Paste a whole URL: TLS, sentinel, cluster, several hosts, a management address',
    url: null,
    place: 'amqp://user:password@host:5672/vhost?management=http://host:15672',
    user: false,
  },
];

/**
 * Asks for a connection step by step and reads the broker once before it is saved.
 * @param taken names that are in use
 * @returns null when the user stepped out
 */
export async function enterConnection(taken: readonly string[], log: SourceOptions['log']): Promise<Entered | null> {
  const kind = await window.showQuickPick(kinds, { title: 'Add Connection: kind of broker', ignoreFocusOut: true });
  if (!kind) return null;
  const place = await window.showInputBox({
    title: kind.url ? `${kind.label}: address` : 'Broker URL',
    prompt: kind.url
      ? 'host:port; several with commas'
      : 'A password in the URL goes to the secret storage, never to the settings.',
    placeHolder: kind.place,
    value: kind.url ? kind.place : '',
    ignoreFocusOut: true,
    validateInput: (text) => problemOf((kind.url ?? ((url) => url))(text)),
  });
  if (place === undefined) return null;
  let url = (kind.url ?? ((text: string) => text))(place.trim());
  if (kind.user) {
    const entered = await enterUser(url);
    if (entered === null) return null;
    url = entered;
  }
  const suggested = parseBrokerUrl(url).system;
  const name = await window.showInputBox({
    title: 'Name of the connection',
    value: freeName(suggested, taken),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' ? 'A name is needed.' : taken.includes(text.trim()) ? 'That name is taken.' : null,
  });
  if (name === undefined) return null;
  return (await worksOrAnyway(url, log)) ? { name: name.trim(), url } : null;
}

/** Asks for user and password of a URL. @returns the URL with both, or null when the user stepped out */
export async function enterUser(url: string): Promise<string | null> {
  const user = await window.showInputBox({
    title: 'User name',
    prompt: 'Empty for none.',
    value: userOf(url),
    ignoreFocusOut: true,
  });
  if (user === undefined) return null;
  const password = await window.showInputBox({
    title: 'Password',
    prompt: 'Kept in the secret storage. Empty for none.',
    password: true,
    ignoreFocusOut: true,
  });
  if (password === undefined) return null;
  return user === '' && password === '' ? url : withUser(url, user, password);
}

/** Reads the broker once; where that fails, asks whether it shall be saved all the same. */
async function worksOrAnyway(url: string, log: SourceOptions['log']): Promise<boolean> {
  const options = { location: ProgressLocation.Notification, title: 'Reading the broker once…', cancellable: true };
  const error = await window.withProgress(options, (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return tryBroker(parseBrokerUrl(url), log, abort.signal);
  });
  if (!error) return true;
  const choice = await window.showWarningMessage(
    'This broker cannot be read',
    { modal: true, detail: `${error.message}\n\n${error.next}` },
    'Save Anyway',
  );
  return choice === 'Save Anyway';
}

/** One real sweep. @returns why the broker cannot be read, or null when it can */
export async function tryBroker(
  config: BrokerConfig,
  log: SourceOptions['log'],
  signal: AbortSignal,
): Promise<BrokerError | null> {
  try {
    const source = await openSource(config, { wanted: null, log });
    try {
      return (await source.sweep({ at: Date.now(), signal, callTimeoutMs: 5000 })).broker.error;
    } finally {
      await source.close();
    }
  } catch (error) {
    return brokerErrorOf(error);
  }
}

/** What is wrong with a broker URL, in a sentence; null when nothing is. */
export function problemOf(url: string): string | null {
  try {
    parseBrokerUrl(url);
    return null;
  } catch (error) {
    if (error instanceof BrokerUrlError) return error.message;
    throw error;
  }
}

/** `kafka`, then `kafka-2` and so on: the first that is free. */
export function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let n = 2; taken.includes(name); n++) name = `${wanted}-${n}`;
  return name;
}
