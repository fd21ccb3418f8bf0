import type { SecretStorage } from 'vscode';

/** A broker URL and the passwords that were in it, by place. */
export interface SplitUrl {
  url: string;
  secrets: Record<string, string>;
}

const userInfo = /^([a-zA-Z][a-zA-Z0-9+.-]*:\/\/)([^/?#@]*)@/;

/** Takes the passwords out of a broker URL: its own, and those of addresses in its query (`?management=http://u:p@host`). */
export function splitSecrets(text: string): SplitUrl {
  const secrets: Record<string, string> = {};
  const strip = (url: string, place: string) =>
    url.replace(userInfo, (whole, scheme: string, info: string) => {
      const colon = info.indexOf(':');
      if (colon < 0) return whole;
      secrets[place] = info.slice(colon + 1);
      return `${scheme}${info.slice(0, colon)}@`;
    });
  const [, address = '', query = ''] = /^([^?]*)(.*)$/s.exec(strip(text.trim(), 'password')) ?? [];
  if (query === '') return { url: address, secrets };
  const parameters = new URLSearchParams(query);
  for (const [name, value] of [...parameters]) parameters.set(name, strip(value, name));
  return { url: `${address}?${parameters.toString()}`, secrets };
}

/** Puts the passwords back. Places that the URL no longer has are left out. */
export function joinSecrets(url: string, secrets: Record<string, string>): string {
  const insert = (part: string, secret: string | undefined) =>
    secret === undefined
      ? part
      : part.replace(userInfo, (_, scheme: string, user: string) => `${scheme}${user}:${secret}@`);
  const [, address = '', query = ''] = /^([^?]*)(.*)$/s.exec(url) ?? [];
  const joined = insert(address, secrets.password);
  if (query === '') return joined;
  const parameters = new URLSearchParams(query);
  for (const [name, value] of [...parameters]) parameters.set(name, insert(value, secrets[name]));
  return `${joined}?${parameters.toString()}`;
}

/** The URL with this user and password in the place of those it has, if any. An empty user name is left empty. */
export function withUser(url: string, user: string, password: string): string {
  const info = `${encodeURIComponent(user)}${password === '' ? '' : `:${encodeURIComponent(password)}`}`;
  return url.replace(/^([^:]+:\/\/)(?:[^/?#@]*@)?/, (_, scheme: string) => `${scheme}${info === '' ? '' : `${info}@`}`);
}

/** The user name in a URL, decoded as far as it can be; empty when there is none. */
export function userOf(url: string): string {
  const user = userInfo.exec(url)?.[2]?.split(':')[0] ?? '';
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}

/**
 * Passwords of connections, kept in the editor's secret storage under the URL they belong to: a connection that is
 * pointed at another host never sends the old host's password there.
 */
export class Secrets {
  /** Where the storage fails (a Linux without a keyring), passwords last as long as the window. */
  readonly #session = new Map<string, Record<string, string>>();

  constructor(
    private readonly storage: Pick<SecretStorage, 'get' | 'store' | 'delete'>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** The passwords of a URL without passwords; an empty record when there are none. */
  async get(url: string): Promise<Record<string, string>> {
    const session = this.#session.get(url);
    if (session) return session;
    try {
      const text = await this.storage.get(key(url));
      return text === undefined ? {} : texts(JSON.parse(text));
    } catch (error) {
      this.failed(error);
      return {};
    }
  }

  async set(url: string, secrets: Record<string, string>): Promise<void> {
    if (Object.keys(secrets).length === 0) return this.delete(url);
    try {
      await this.storage.store(key(url), JSON.stringify(secrets));
      this.#session.delete(url);
    } catch (error) {
      this.#session.set(url, secrets);
      this.failed(error);
    }
  }

  async delete(url: string): Promise<void> {
    this.#session.delete(url);
    await Promise.resolve(this.storage.delete(key(url))).catch(this.failed);
  }
}

const key = (url: string) => `connection ${url}`;

/** The texts of an object; whatever else was stored is left out. */
const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(Object(value) as object).filter(([, text]) => typeof text === 'string'));
