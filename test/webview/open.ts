import { build } from 'esbuild';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { FromChart, ToChart } from '../../src/protocol/chart';
import type { FromPage, ToPage } from '../../src/protocol/page';
import { pageTarget } from '../../webview/bundle.mjs';
import { folder, projectRoot, runFolder } from '../harness/tools';
import { themes, type ThemeName } from './fixtures/themes';

/** What the fake editor of the page keeps on the window. */
declare global {
  interface Window {
    posted: (FromPage | FromChart)[];
    violations: string[];
    loadPage(): void;
    keptState(): unknown;
  }
}

const built = folder(runFolder, 'page');

/** Builds the page once for this file, as it ships. */
export const buildPage = () => build({ ...pageTarget(true), absWorkingDir: projectRoot, outdir: built });

/** A page in the browser and the fake editor around it. */
export interface Opened {
  page: Page;
  send(message: ToPage | ToChart | Record<string, unknown>): Promise<void>;
  posted(): Promise<(FromPage | FromChart)[]>;
  /** What the browser refused under the page's policy. */
  violations(): Promise<string[]>;
  /** What the page asked the editor to keep. */
  kept(): Promise<unknown>;
  theme(name: ThemeName): Promise<void>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  theme?: ThemeName;
  width?: number;
  /** Loads the script only when the window has loaded. */
  late?: boolean;
  /** Which page; the report's when absent. */
  bundle?: 'page' | 'chart';
  /** What the editor kept of the page when it was hidden. */
  state?: unknown;
}

/** The built page in a real browser, under the policy and with the variables that the editor gives it. */
export async function openPage(
  browser: Browser,
  { theme = 'dark', width = 1280, late = false, bundle = 'page', state }: OpenOptions = {},
): Promise<Opened> {
  const server = createServer((request, response) => {
    const answer = async () => {
      if (request.url === '/') {
        const origin = `http://${request.headers.host ?? ''}`;
        response.setHeader('content-security-policy', policy(origin));
        response.setHeader('content-type', 'text/html; charset=utf-8');
        return html(bundle, theme, late, state);
      }
      const file = path.basename(request.url ?? '');
      response.setHeader('content-type', file.endsWith('.css') ? 'text/css' : 'text/javascript');
      return readFile(path.join(built, file));
    };
    answer().then(
      (body) => response.end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const context = await browser.newContext({ viewport: { width, height: 900 }, timezoneId: 'UTC', locale: 'en-GB' });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('dialog', (dialog) => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'load' });
  if (late) await page.evaluate(() => window.loadPage());
  await page.waitForFunction(() => window.posted.some(({ type }) => type === 'ready'));
  return {
    page,
    send: (message) => page.evaluate((data) => window.postMessage(data, '*'), message),
    posted: () => page.evaluate(() => window.posted),
    violations: async () => [...errors, ...(await page.evaluate(() => window.violations))],
    kept: () => page.evaluate(() => window.keptState()),
    theme: (name) => page.evaluate(putTheme, themes[name]),
    screenshot: async (name) => {
      await page.screenshot({ path: path.join(folder(runFolder, 'screenshots'), `page-${name}.png`), fullPage: true });
    },
    close: async () => {
      await context.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const nonce = 'bm9uY2U';
const policy = (origin: string) =>
  `default-src 'none'; style-src ${origin} 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src ${origin} blob:; font-src ${origin}`;

/** Runs in the page: what the editor does when its theme changes. */
function putTheme({ kind, colors }: { kind: string; colors: Record<string, string> }) {
  document.documentElement.removeAttribute('style');
  for (const [name, value] of Object.entries(colors))
    document.documentElement.style.setProperty(`--vscode-${name}`, value);
  document.body.dataset.vscodeThemeKind = kind;
  document.body.className = kind;
}

const html = (bundle: string, theme: ThemeName, late: boolean, state: unknown) => `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Backpressure</title>
    <meta property="csp-nonce" content="${nonce}" />
    <link rel="stylesheet" href="${bundle}.css" />
    <script nonce="${nonce}">
      window.posted = [];
      window.violations = [];
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile, lineNumber }) =>
        window.violations.push([violatedDirective, sourceFile, lineNumber].join(' ')));
      // VS Code takes a load event with another target for that of another page, and keeps this one hidden.
      window.addEventListener('load', ({ target }) => target === document || window.violations.push('load of ' + target));
      let kept = ${JSON.stringify(state ?? null)};
      window.acquireVsCodeApi = () => {
        window.acquireVsCodeApi = () => { throw new Error('acquired twice'); };
        return {
          postMessage: (message) => window.posted.push(message),
          getState: () => kept ?? undefined,
          setState: (state) => { kept = state; },
        };
      };
      window.keptState = () => kept;
      window.loadPage = () => {
        const script = document.createElement('script');
        script.nonce = '${nonce}';
        script.src = '${bundle}.js';
        document.head.append(script);
      };
    </script>
    ${late ? '' : `<script nonce="${nonce}" src="${bundle}.js" defer></script>`}
  </head>
  <body>
    <script nonce="${nonce}">(${putTheme.toString()})(${JSON.stringify(themes[theme])});</script>
    <div id="root"></div>
  </body>
</html>`;
