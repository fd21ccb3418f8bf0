import type { ClientCapabilities, Connection } from 'vscode-languageserver';

/** Waits for work that nobody waits for: when it fails, the log gets a line. */
export function attempt(connection: Connection, work: Promise<unknown>): void {
  work
    .catch((error: unknown) => connection.console.error(String(error)))
    // The client has gone.
    .catch(() => undefined);
}

/** Does a client ask for diagnostics itself? */
export const pulls = (client: ClientCapabilities): boolean => client.textDocument?.diagnostic !== undefined;
