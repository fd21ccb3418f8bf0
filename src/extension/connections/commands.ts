import { ProgressLocation, window } from 'vscode';
import { parseBrokerUrl } from '../../model/brokerUrl';
import { plural } from '../../model/format';
import type { Handler } from '../commands';
import type { App } from '../context';
import { subjectOf } from '../tree/row';
import { checkBroker, type Check } from './check';
import { readConnection, type SavedConnection } from './connections';
import { enterConnection, freeName, problemOf, type Entered } from './form';
import { userOf, withUser } from './secrets';

/** What can be done to the saved connections. */
export const connectionCommands: Record<string, Handler> = {
  'backpressure.addConnection': add,
  'backpressure.editConnection': edit,
  'backpressure.duplicateConnection': duplicate,
  'backpressure.testConnection': test,
  'backpressure.enterPassword': enterPassword,
  'backpressure.removeConnection': remove,
};

/** Without an argument it asks step by step; `{ name, url }` is saved as it is. */
async function add(app: App, argument: unknown): Promise<void> {
  const taken = app.connections.saved().map(({ name }) => name);
  const ready = readConnection(argument);
  if (!ready) return enter(app, taken, null, null);
  const problem = problemOf(ready.url);
  if (problem !== null) throw new Error(`The connection cannot be added: ${problem}`);
  await app.connections.save(freeName(ready.name, taken), ready.url);
  await app.reload();
}

async function edit(app: App, argument: unknown): Promise<void> {
  const saved = await chosen(app, argument, 'Edit which connection?');
  if (!saved) return;
  const others = app.connections.saved().filter(({ name }) => name !== saved.name);
  const from = { ...saved, url: await app.connections.withSecrets(saved.url) };
  await enter(
    app,
    others.map(({ name }) => name),
    from,
    saved,
  );
}

async function duplicate(app: App, argument: unknown): Promise<void> {
  const saved = await chosen(app, argument, 'Duplicate which connection?');
  if (!saved) return;
  const taken = app.connections.saved().map(({ name }) => name);
  const url = await app.connections.withSecrets(saved.url);
  await enter(app, taken, { ...saved, name: freeName(saved.name, taken), url }, null);
}

/** Reads a broker that was found and saves it where that works; else the person decides, and may change its address. */
export async function addTested(app: App, url: string): Promise<void> {
  const taken = app.connections.saved().map(({ name }) => name);
  const found: Entered = { name: freeName(parseBrokerUrl(url).system, taken), url, scope: 'user' };
  const verdict = await judged(await tried(app, url));
  if (verdict === 'again') await enter(app, taken, found, null);
  if (verdict !== 'save') return;
  await app.connections.save(found.name, found.url);
  await app.reload();
}

/** Asks, reads the broker once, and saves what works; what is replaced goes only when the new one is saved. */
async function enter(
  app: App,
  taken: readonly string[],
  from: Entered | null,
  replaced: SavedConnection | null,
): Promise<void> {
  let start = from;
  for (;;) {
    const entered = await enterConnection({ taken, from: start });
    if (!entered) return;
    const verdict = await judged(await tried(app, entered.url));
    if (verdict === 'stop') return;
    if (verdict === 'save') {
      if (replaced) await app.connections.remove(replaced.name);
      await app.connections.save(entered.name, entered.url, entered.scope);
      await app.reload();
      return;
    }
    start = entered;
  }
}

/** One real reading, which can be cancelled. @returns null when it was */
async function tried(app: App, url: string): Promise<Check | null> {
  const options = { location: ProgressLocation.Notification, title: 'Reading the broker once…', cancellable: true };
  return window.withProgress(options, async (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const check = await checkBroker(parseBrokerUrl(url), (level, text) => app.log[level](text), abort.signal);
    return token.isCancellationRequested ? null : check;
  });
}

/** Where something is amiss the person decides. */
async function judged(check: Check | null): Promise<'save' | 'again' | 'stop'> {
  if (check && !check.error && check.gaps.length === 0) return 'save';
  const again = 'Edit';
  const choice = !check
    ? await window.showWarningMessage('The test was cancelled', { modal: true }, 'Save Anyway', again)
    : check.error
      ? await window.showWarningMessage(
          'This broker cannot be read',
          { modal: true, detail: `${check.error.message}\n\n${check.error.next}` },
          'Save Anyway',
          again,
        )
      : await window.showInformationMessage(
          `${plural(check.queues, 'queue')} can be read, not everything of them`,
          { modal: true, detail: gapText(check) },
          'Save',
          again,
        );
  return choice === undefined ? 'stop' : choice === again ? 'again' : 'save';
}

const mostGaps = 5;

function gapText({ gaps }: Check): string {
  const more = gaps.length > mostGaps ? [`and ${gaps.length - mostGaps} more`] : [];
  return [...gaps.slice(0, mostGaps), ...more].join('\n\n');
}

async function test(app: App, argument: unknown): Promise<void> {
  const saved = await chosen(app, argument, 'Test which connection?');
  if (!saved) return;
  const check = await tried(app, await app.connections.withSecrets(saved.url));
  if (!check) return;
  const { error, queues } = check;
  if (error) void window.showErrorMessage(`${saved.name}: ${error.message}. ${error.next}`);
  else {
    const gaps = check.gaps.length === 0 ? 'Nothing is missing.' : gapText(check);
    void window.showInformationMessage(`${saved.name}: ${plural(queues, 'queue')} can be read. ${gaps}`);
  }
}

async function enterPassword(app: App, argument: unknown): Promise<void> {
  const saved = await chosen(app, argument, 'Enter the password of which connection?');
  if (!saved) return;
  const common = { ignoreFocusOut: true };
  const user = await window.showInputBox({
    ...{ ...common, title: 'User name', prompt: 'Empty for none.', value: userOf(saved.url) },
  });
  if (user === undefined) return;
  const password = await window.showInputBox({
    ...{ ...common, title: 'Password', prompt: 'Kept in the secret storage. Empty for none.', password: true },
  });
  if (password === undefined) return;
  await app.connections.save(saved.name, withUser(saved.url, user, password), saved.scope);
  await app.reload();
}

/** From its row, or by choice from a list; with a way back. */
async function remove(app: App, argument: unknown): Promise<void> {
  const saved = await chosen(app, argument, 'Remove which connection?');
  if (!saved) return;
  const removed = await app.connections.remove(saved.name);
  await app.reload();
  // Not awaited: a message that nobody answers would keep the command running.
  void window.showInformationMessage(`${saved.name} is removed.`, 'Undo').then(async (choice) => {
    if (choice === undefined) return;
    await app.connections.restore(removed);
    await app.reload();
  });
}

/** The connection that a row stands for, else one of a list. */
async function chosen({ connections }: App, argument: unknown, title: string): Promise<SavedConnection | undefined> {
  const saved = connections.saved();
  const { broker } = subjectOf(argument);
  if (broker !== undefined) return saved.find(({ name }) => name === broker);
  const items = saved.map(({ name, url }) => ({ label: name, description: url }));
  const choice = await window.showQuickPick(items, { title });
  return saved.find(({ name }) => name === choice?.label);
}
