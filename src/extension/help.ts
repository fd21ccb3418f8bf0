import { arch, platform, release } from 'node:os';
import { env, extensions, version, window, workspace, type Disposable } from 'vscode';
import type { App } from './context';
import { read, settingNames } from './settings';

/** The help view has no rows: its links are the welcome text of package.json. */
export const registerHelp = (): Disposable =>
  window.registerTreeDataProvider('backpressure.help', {
    getChildren: () => [],
    getTreeItem: (item: never) => item,
  });

/**
 * What somebody who is to help has to know: versions, kinds of brokers and what is wrong with them. No name, no address,
 * no password, no figure.
 */
export function issueText({ poller }: App): string {
  const own = extensions.all.find(({ id }) => id === 'backpressure.backpressure-analyzer');
  const { version: ours = '?' } = (own?.packageJSON ?? {}) as { version?: string };
  const brokers = poller.brokers.map(
    ({ origin, reading, config }) =>
      `- ${config.system} (${origin}): ${reading?.state ?? 'not read yet'}${reading?.error ? `, ${reading.error.code}` : ''}`,
  );
  const settings = settingNames
    .filter((name) => name !== 'connections')
    .map((name) => `- backpressure.${name}: ${JSON.stringify(read(name))}`);
  return `# What happened


# What was expected


# How to see it again


---
- Backpressure Analyzer ${ours}
- VS Code ${version}, ${env.appHost}${env.remoteName === undefined ? '' : ', in a remote window'}
- ${platform()} ${release()} ${arch()}, Node ${process.version}
- Workspace trusted: ${workspace.isTrusted ? 'yes' : 'no'}

Brokers:
${brokers.length === 0 ? '- none' : brokers.join('\n')}

Settings:
${settings.join('\n')}
`;
}

/** Opens a text to be sent with versions filled in: the user sees all of it before anybody else does. */
export async function reportIssue(app: App): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content: issueText(app) }));
}
