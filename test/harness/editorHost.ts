import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'node:util';
import { chromium, type BrowserContext, type FrameLocator, type Page } from 'playwright-core';
import type { ServedEditor } from './codeServer';
import { freePorts, processesOf, start, type Running } from './process';
import { folder, projectRoot, run, runFolder } from './tools';

export interface EditorOptions {
  served: ServedEditor;
  /** Null: no browser, only the served address. */
  browser: string | null;
  /** The folder that is opened. */
  workspace: string;
  /** A packaged extension to install; without one the project's own folder is the development extension. */
  vsix?: string;
  settings?: Record<string, unknown>;
  env?: Record<string, string>;
  /** The opened folder is one that nobody has trusted yet. */
  untrusted?: boolean;
}

/** What mocha counted inside the extension host. */
export interface HostResult {
  passes: number;
  failures: number;
  pending: number;
  skipped: string[];
}

const quiet = {
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'remote.autoForwardPorts': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
};
/** Lines that the tests print reach the browser's console among the workbench's own, so they are marked. */
export const testLine = '::t ';

/** A real VS Code, served on a free port with a profile of its own, and the browser page that shows it. */
export class Editor {
  private constructor(
    readonly url: string,
    readonly home: string,
    private readonly options: EditorOptions,
    private readonly server: Running,
    private readonly context: BrowserContext | null,
  ) {}

  /** Serves VS Code and, with a browser, gets a page ready; nothing is opened yet. */
  static async start(options: EditorOptions): Promise<Editor> {
    const home = await mkdtemp(path.join(folder(runFolder), 'editor-'));
    await writeFile(path.join(home, 'config.yaml'), 'auth: none\ncert: false\n');
    await writeSettings(home, options.settings ?? {});
    const env = { ...environment(home), ...options.env };
    const places = ['--config', path.join(home, 'config.yaml'), '--user-data-dir', folder(home, 'data')];
    const { node, entry } = options.served;
    const common = [entry, ...places, '--extensions-dir', folder(home, 'extensions')];
    if (options.vsix !== undefined) {
      await run(node, [...common, '--install-extension', options.vsix], {
        env: { ...process.env, ...env },
      });
    }
    const [port = 0] = await freePorts(1);
    const url = `http://127.0.0.1:${port}`;
    const server = await start({
      command: node,
      args: [...common, ...serverArguments(port), ...(options.untrusted ? [] : ['--disable-workspace-trust'])],
      env,
      cwd: home,
      log: path.join(home, 'server.log'),
      ready: async () => (await fetch(`${url}/healthz`)).ok,
    });
    try {
      const context = options.browser === null ? null : await browse(home, options.browser);
      await writeEmptyExtension(home);
      if (options.vsix === undefined) await context?.addInitScript({ content: allowDevelopmentExtension });
      return new Editor(url, home, options, server, context);
    } catch (error) {
      await server.stop('SIGKILL');
      throw error;
    }
  }

  /** The page of the browser. @throws {Error} when the editor was started without one */
  get page(): Page {
    const page = this.context?.pages()[0];
    if (!page) throw new Error('this editor was started without a browser');
    return page;
  }

  /** Where to point a browser at, with the development extension in it unless a packaged one is installed. */
  address(testModule?: string): string {
    const remote = (file: string) => `vscode-remote://${new URL(this.url).host}${file}`;
    // Tests are run only with an extension under development: beside an installed package, that is an empty one.
    const empty = testModule === undefined ? null : emptyExtension(this.home);
    const developed = this.options.vsix === undefined ? projectRoot : empty;
    const payload = [
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
      ...(developed === null ? [] : [['extensionDevelopmentPath', remote(developed)]]),
      ...(testModule === undefined ? [] : [['extensionTestsPath', remote(testModule)]]),
    ];
    const query = new URLSearchParams({ folder: this.options.workspace, payload: JSON.stringify(payload) });
    return `${this.url}/?${query.toString()}`;
  }

  /** Opens the workbench and waits until it stands. */
  async open(): Promise<void> {
    await this.page.goto(this.address());
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  }

  /**
   * Runs a test module in the extension host.
   * @param limit milliseconds that it may take
   * @throws {Error} when the host hangs, crashes or leaves no result: an exit code alone is not believed
   */
  async runTests(
    testModule: string,
    resultFile: string,
    onLine: (line: string) => void,
    limit = 600_000,
  ): Promise<HostResult> {
    const { page } = this;
    const before: string[] = [];
    if (this.options.vsix !== undefined) await page.addInitScript({ content: allowDevelopmentExtension });
    const lost = (error: unknown) => onLine(`    the button was not pressed: ${String(error)}`);
    await rm(resultFile, { force: true });
    await page.exposeFunction('codeAutomationLog', (type: string, values: unknown[]) => {
      const line = format(...values);
      if (line.startsWith(`${testLine}::shot `)) void this.shot(line.slice(testLine.length + 7).trim());
      else if (line.startsWith(`${testLine}::press `)) this.press(line.slice(testLine.length + 8)).catch(lost);
      else if (line.startsWith(testLine)) onLine(line.slice(testLine.length));
      else before.push(`${type}: ${line}`);
    });
    const ended = new Promise<number>((resolve, reject) => {
      page.once('crash', () => reject(new Error('the page crashed')));
      page
        .exposeFunction('codeAutomationExit', (code: number) => resolve(code))
        .then(() => page.goto(this.address(testModule)))
        .catch(reject);
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no result after ${limit / 1000} s`)), limit);
    });
    const code = await Promise.race([ended, late]).finally(() => clearTimeout(timer));
    if (!existsSync(resultFile)) {
      const errors = before.filter((line) => /^(error|warn)/.test(line)).slice(-10);
      throw new Error(`the extension host ended with ${code} and left no result\n${errors.join('\n')}`);
    }
    const result = JSON.parse(await readFile(resultFile, 'utf8')) as HostResult;
    if (code !== 0 && result.failures === 0) throw new Error(`the extension host ended with ${code}`);
    return result;
  }

  /** Presses a button of a message in the list of messages. @param wanted `{ text, button }` as JSON */
  private async press(wanted: string): Promise<void> {
    const { text, button } = JSON.parse(wanted) as { text: string; button: string };
    const message = this.page.locator('.notifications-center .notification-list-item', { hasText: text });
    await message.locator('.monaco-button', { hasText: button }).first().click({ timeout: 20_000 });
  }

  /** The folder that is opened. */
  get workspace(): string {
    return this.options.workspace;
  }

  /** Processes of the editor whose command line has a text in it. */
  processes(text: string): number[] {
    return processesOf(this.server.pid, text);
  }

  /** Chooses a command in the palette. */
  async command(title: string): Promise<void> {
    await this.openQuickPick();
    await this.pick(`>${title}`, title);
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.openQuickPick();
    await this.pick(name, name);
    await this.page.locator('.tabs-container .tab.active', { hasText: name }).waitFor();
  }

  /** Types into the quick pick that is open and chooses the row with that label. */
  async pick(text: string, label: string): Promise<void> {
    await this.quickInput.fill(text);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
  }

  /** Chooses a row of the quick pick with that title. */
  async choose(title: string, label: string): Promise<void> {
    await this.page.locator('.quick-input-widget .quick-input-title', { hasText: title }).waitFor();
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
  }

  /** Answers the input box with that title. */
  async answer(title: string, text: string): Promise<void> {
    await this.page.locator('.quick-input-widget .quick-input-title', { hasText: title }).waitFor();
    await this.quickInput.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** By the pointer: a key that is pressed while a webview has the focus may get lost on its way to the workbench. */
  private openQuickPick(): Promise<void> {
    return this.page.locator('.command-center .command-center-center').click();
  }

  private get quickInput() {
    return this.page.locator('.quick-input-widget .quick-input-box input');
  }

  /** The content of the webview that was opened last. */
  webview(): FrameLocator {
    return this.page.locator('iframe.webview.ready').last().contentFrame().frameLocator('iframe#active-frame');
  }

  /** Switches the colour theme as a person does; `mark` is the class the workbench then carries. */
  async theme(label: string, mark: 'vs' | 'vs-dark' | 'hc-black' | 'hc-light'): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.page.getByPlaceholder(/Color Theme/).waitFor();
    await this.pick(label, label);
    await this.page.locator(`.monaco-workbench.${mark}`).waitFor();
  }

  /** Keeps a picture of the page among the files of the run. */
  async shot(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(folder(runFolder, 'screenshots'), `${name}.png`) });
  }

  /** Ends browser and server; the profile stays for its logs until the next run. */
  async stop(): Promise<void> {
    await this.context?.close().catch(() => undefined);
    await this.server.stop('SIGTERM', 5000);
  }
}

/**
 * Runs in the page. A newer VS Code that was built for release takes an extension under development only with the driver
 * of its own smoke tests, for which the server has no flag; the older one does not ask.
 */
const allowDevelopmentExtension = `
  new MutationObserver((_, observer) => {
    const meta = document.getElementById('vscode-workbench-web-configuration');
    if (!meta) return;
    observer.disconnect();
    const settings = JSON.parse(meta.getAttribute('data-settings'));
    settings.developmentOptions = { ...settings.developmentOptions, enableSmokeTestDriver: true };
    meta.setAttribute('data-settings', JSON.stringify(settings));
  }).observe(document, { childList: true, subtree: true });
`;

const serverArguments = (port: number) => [
  ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check'],
  ...['--disable-getting-started-override', '--disable-proxy'],
];

async function writeSettings(home: string, settings: Record<string, unknown>): Promise<void> {
  const file = path.join(folder(home, 'data', 'User'), 'settings.json');
  await writeFile(file, JSON.stringify({ ...quiet, ...settings }, null, 2));
}

const emptyExtension = (home: string) => folder(home, 'empty');
const writeEmptyExtension = (home: string) =>
  writeFile(
    path.join(emptyExtension(home), 'package.json'),
    JSON.stringify({ name: 'empty', publisher: 'tests', version: '0.0.1', engines: { vscode: '*' } }),
  );

/** Nothing of the user's profile and nothing of a surrounding VS Code. */
function environment(home: string): NodeJS.ProcessEnv {
  const surrounding = Object.keys(process.env).filter((name) =>
    /^(VSCODE_|CODE_SERVER_|ELECTRON_|NODE_OPTIONS$)/.test(name),
  );
  const user = folder(home, 'home');
  return {
    ...Object.fromEntries(surrounding.map((name) => [name, undefined])),
    HOME: user,
    XDG_CONFIG_HOME: folder(user, '.config'),
    XDG_DATA_HOME: folder(user, '.local', 'share'),
    XDG_CACHE_HOME: folder(user, '.cache'),
    XDG_RUNTIME_DIR: folder(user, 'run'),
    EXTENSIONS_GALLERY: '{}',
  };
}

async function browse(home: string, executablePath: string): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(folder(home, 'browser'), {
    executablePath,
    headless: true,
    viewport: { width: 1400, height: 900 },
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync'],
    ],
  });
  context.setDefaultTimeout(60_000);
  if (context.pages().length === 0) await context.newPage();
  return context;
}
