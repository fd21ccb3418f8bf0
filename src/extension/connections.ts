import { ConfigurationTarget, workspace, type LogOutputChannel } from 'vscode';
import { BrokerUrlError, parseBrokerUrl, type BrokerConfig } from '../model/brokerUrl';
import { joinSecrets, splitSecrets, type Secrets } from './secrets';
import { read } from './settings';

/** A connection as it stands in the settings. */
export interface SavedConnection {
  name: string;
  /** Without a password. */
  url: string;
}

/** A connection that can be read, or the reason why not. */
export type Connection =
  { name: string; url: string; config: BrokerConfig } | { name: string; url: string; problem: string };

/** The name and URL of something that may be a connection; null when it is none. */
export function readConnection(value: unknown): SavedConnection | null {
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

  /** What the settings name. An entry that is no connection is left out and logged; of two with one name the first counts. */
  saved(): SavedConnection[] {
    const byName = new Map<string, SavedConnection>();
    for (const entry of entries(read('connections'))) {
      const connection = readConnection(entry);
      if (!connection) this.log.warn('an entry of backpressure.connections has no name or no URL');
      else if (byName.has(connection.name)) this.log.warn(`two connections are called ${connection.name}`);
      else byName.set(connection.name, connection);
    }
    return [...byName.values()];
  }

  /** Every saved connection with its password put back, ready to be opened. */
  async load(): Promise<Connection[]> {
    await this.#moveSecrets();
    return Promise.all(
      this.saved().map(async ({ name, url }) => {
        try {
          return { name, url, config: { ...parseBrokerUrl(joinSecrets(url, await this.secrets.get(url))), name } };
        } catch (error) {
          if (error instanceof BrokerUrlError) return { name, url, problem: error.message };
          throw error;
        }
      }),
    );
  }

  /** Saves a connection under its name, replacing one of the same name. The password is stored before anything else is written. */
  async save(name: string, url: string): Promise<void> {
    const split = splitSecrets(url);
    await this.secrets.set(split.url, split.secrets);
    const others = userEntries().filter((entry) => nameOf(entry) !== name);
    await section().update('connections', [...others, { name, url: split.url }], ConfigurationTarget.Global);
  }

  /** Forgets a connection and its password, wherever in the settings it stands. */
  async remove(name: string): Promise<void> {
    for (const { target, list } of places()) {
      const rest = list.filter((entry) => nameOf(entry) !== name);
      if (rest.length === list.length) continue;
      for (const { url } of this.saved().filter((saved) => saved.name === name)) await this.secrets.delete(url);
      await section().update('connections', rest.length > 0 ? rest : undefined, target);
    }
  }

  /** A password typed into the settings by hand is moved to the secret storage. */
  async #moveSecrets(): Promise<void> {
    for (const { target, list } of places()) {
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
      if (moved) await section().update('connections', cleaned, target);
    }
  }
}

const section = () => workspace.getConfiguration('backpressure');
const entries = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const nameOf = (entry: unknown) => readConnection(entry)?.name;
const userEntries = () => entries(section().inspect('connections')?.globalValue);

/** The levels of the settings that name connections; those of an untrusted workspace are not even looked at. */
function places(): { target: ConfigurationTarget; list: unknown[] }[] {
  const found = section().inspect('connections');
  return [
    { target: ConfigurationTarget.Global, list: entries(found?.globalValue) },
    ...(workspace.isTrusted ? [{ target: ConfigurationTarget.Workspace, list: entries(found?.workspaceValue) }] : []),
  ].filter(({ list }) => list.length > 0);
}
