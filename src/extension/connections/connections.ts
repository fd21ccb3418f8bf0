import { ConfigurationTarget, workspace, type LogOutputChannel } from 'vscode';
import { BrokerUrlError, parseBrokerUrl, type BrokerConfig } from '../../model/brokerUrl';
import { joinSecrets, splitSecrets, type Secrets } from './secrets';

/** Whose settings a connection stands in. */
export type Scope = 'user' | 'workspace';

/** A connection as it stands in the settings. */
export interface SavedConnection {
  name: string;
  /** Without a password. */
  url: string;
  scope: Scope;
}

/** A connection that can be read, or the reason why not. */
export type Connection =
  { name: string; url: string; config: BrokerConfig } | { name: string; url: string; problem: string };

/** A connection that was taken away, with what it takes to bring it back. */
export type Removed = SavedConnection & { secrets: Record<string, string> };

/** The name and URL of something that may be a connection; null when it is none. */
export function readConnection(value: unknown): { name: string; url: string } | null {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('url' in value)) return null;
  const { name, url } = value;
  return typeof name === 'string' && name !== '' && typeof url === 'string' ? { name, url } : null;
}

/** The setting `backpressure.connections` together with the passwords in the secret storage. */
export class Connections {
  constructor(
    private readonly secrets: Secrets,
    private readonly log: LogOutputChannel,
  ) {}

  /**
   * What the settings of user and workspace name. An entry that is no connection is left out and logged; of two with one
   * name the workspace's counts, then the first.
   */
  saved(): SavedConnection[] {
    const byName = new Map<string, SavedConnection>();
    for (const { scope, list } of places().reverse()) {
      for (const entry of list) {
        const connection = readConnection(entry);
        if (!connection) this.log.warn(`an entry of backpressure.connections (${scope}) has no name or no URL`);
        else if (byName.has(connection.name)) this.log.warn(`two connections are called ${connection.name}`);
        else byName.set(connection.name, { ...connection, scope });
      }
    }
    return [...byName.values()];
  }

  /** Every saved connection with its password put back, ready to be opened. */
  async load(): Promise<Connection[]> {
    await this.#moveSecrets();
    return Promise.all(
      this.saved().map(async ({ name, url }) => {
        try {
          return { name, url, config: { ...parseBrokerUrl(await this.withSecrets(url)), name } };
        } catch (error) {
          if (error instanceof BrokerUrlError) return { name, url, problem: error.message };
          throw error;
        }
      }),
    );
  }

  /** A saved URL with its passwords put back: never to be shown. */
  async withSecrets(url: string): Promise<string> {
    return joinSecrets(url, await this.secrets.get(url));
  }

  /**
   * Saves a connection under its name, replacing one of the same name. The password is stored before anything else is
   * written.
   */
  async save(name: string, url: string, scope: Scope = 'user'): Promise<void> {
    const split = splitSecrets(url);
    await this.secrets.set(split.url, split.secrets);
    const list = places().find((place) => place.scope === scope)?.list ?? [];
    const entry = { name, url: split.url };
    const known = list.some((other) => nameOf(other) === name);
    await write(scope, known ? list.map((other) => (nameOf(other) === name ? entry : other)) : [...list, entry]);
  }

  /** Forgets a connection and its password, wherever in the settings it stands. @returns what was taken away */
  async remove(name: string): Promise<Removed[]> {
    const removed: Removed[] = [];
    for (const { scope, list } of places()) {
      const rest = list.filter((entry) => nameOf(entry) !== name);
      if (rest.length === list.length) continue;
      const gone = list.map(readConnection).filter((connection) => connection?.name === name);
      await write(scope, rest);
      for (const { url } of gone.filter((connection) => connection !== null)) {
        removed.push({ name, url, scope, secrets: await this.secrets.get(url) });
        await this.#forget(url);
      }
    }
    return removed;
  }

  /** Brings back what was taken away. */
  async restore(removed: readonly Removed[]): Promise<void> {
    for (const { name, url, scope, secrets } of removed) await this.save(name, joinSecrets(url, secrets), scope);
  }

  /** A password stays as long as any connection uses its URL. */
  async #forget(url: string): Promise<void> {
    if (!this.saved().some((saved) => saved.url === url)) await this.secrets.delete(url);
  }

  /** A password typed into the settings by hand is moved to the secret storage. */
  async #moveSecrets(): Promise<void> {
    for (const { scope, list } of places()) {
      let moved = false;
      const cleaned: unknown[] = [];
      for (const entry of list) {
        const connection = readConnection(entry);
        const split = connection ? splitSecrets(connection.url) : null;
        if (!connection || !split || Object.keys(split.secrets).length === 0) cleaned.push(entry);
        else {
          await this.secrets.set(split.url, split.secrets);
          cleaned.push({ name: connection.name, url: split.url });
          this.log.info(`moved the password of ${connection.name} from the settings to the secret storage`);
          moved = true;
        }
      }
      if (moved) await write(scope, cleaned);
    }
  }
}

const section = () => workspace.getConfiguration('backpressure');
const entries = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const nameOf = (entry: unknown) => readConnection(entry)?.name;
const targets = { user: ConfigurationTarget.Global, workspace: ConfigurationTarget.Workspace };

const write = (scope: Scope, list: unknown[]) =>
  section().update('connections', list.length > 0 ? list : undefined, targets[scope]);

/** The levels of the settings that name connections; those of an untrusted workspace are not even looked at. */
function places(): { scope: Scope; list: unknown[] }[] {
  const found = section().inspect('connections');
  return [
    { scope: 'user' as const, list: entries(found?.globalValue) },
    ...(workspace.isTrusted ? [{ scope: 'workspace' as const, list: entries(found?.workspaceValue) }] : []),
  ].filter(({ list }) => list.length > 0);
}
