import { Uri, ViewColumn, window, type Disposable, type WebviewPanel } from 'vscode';
import type { WhatIfChange } from '../model/whatIf';
import type { FromPage, ReportFormat, ToPage } from '../protocol/page';
import type { Analyst } from './analyst';
import { copyText, saveAs } from './exports';
import { Owner } from './owner';
import { pageFolder, pageHtml } from './pageHtml';
import type { Poller } from './poller';
import type { Recording } from './recording';

/** What the page asks for that is not the panel's own business. */
export interface PanelActions {
  analyze: () => void;
  cancel: () => void;
  reveal: (queue: string) => void;
  chart: (queue: string) => void;
  code: (queue: string) => void;
  place: (path: string, line: number) => void;
  /** A live report could not be made; the page says so already. */
  failed: (error: unknown) => void;
  /** A message that is none of the protocol. */
  strange: (message: unknown) => void;
}

const viewType = 'backpressure.report';
/** Several brokers that answer at once make one report, not several. Milliseconds. */
const settle = 250;

/** The report's page: one panel, fed while it can be seen, told everything anew whenever it appears. */
export class ReportPanel implements Disposable {
  readonly #owner = new Owner();
  #panel: { view: WebviewPanel; owner: Owner; stands: boolean } | null = null;
  #live = true;
  /** Is the page there to hear? */
  #isHeard = false;
  /** A queue that the page is to look at as soon as it can. */
  #focused: string | null = null;
  #hold: Disposable | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly extensionUri: Uri,
    private readonly analyst: Analyst,
    private readonly poller: Poller,
    private readonly recording: Recording,
    private readonly actions: PanelActions,
  ) {
    this.#owner.own(analyst.onDidChange(() => this.#send()));
    this.#owner.own(poller.onDidChange(() => this.#refreshSoon()));
    this.#owner.own(recording.onDidChange(() => this.#sendRecording()));
    this.#owner.own(
      window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (view) => {
          this.#attach(view);
          return Promise.resolve();
        },
      }),
    );
  }

  /** Is the page on the screen? */
  get visible(): boolean {
    return this.#panel?.view.visible === true;
  }

  /** Has the page been loaded, and told everything? */
  get stands(): boolean {
    return this.#panel?.stands === true;
  }

  /** Opens the page beside the code, or brings it to the front. */
  show(): void {
    if (this.#panel) {
      this.#panel.view.reveal(undefined, true);
      return;
    }
    const options = {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [pageFolder(this.extensionUri)],
    };
    this.#attach(window.createWebviewPanel(viewType, 'Backpressure Report', ViewColumn.Active, options));
  }

  /** Closes the page. */
  close(): void {
    this.#panel?.view.dispose();
    this.#detach();
  }

  dispose(): void {
    this.#owner.dispose();
    this.close();
  }

  #attach(view: WebviewPanel): void {
    this.#panel?.view.dispose();
    const owner = new Owner();
    this.#panel = { view, owner, stands: false };
    view.iconPath = Uri.joinPath(this.extensionUri, 'media', 'icon.png');
    view.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(this.extensionUri)] };
    owner.own(view.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)));
    owner.own(view.onDidDispose(() => this.#detach()));
    owner.own(
      view.onDidChangeViewState(() => {
        this.#holdWhileLive();
        this.#send();
      }),
    );
    view.webview.html = pageHtml(view.webview, pageFolder(this.extensionUri), 'page', 'Backpressure Report');
    this.#holdWhileLive();
  }

  #detach(): void {
    const panel = this.#panel;
    this.#panel = null;
    panel?.owner.dispose();
    clearTimeout(this.#timer);
    this.#holdWhileLive();
  }

  #holdWhileLive(): void {
    if (this.#live && this.visible) this.#hold ??= this.poller.hold('watch');
    else {
      this.#hold?.dispose();
      this.#hold = null;
    }
  }

  #refreshSoon(): void {
    const { phase } = this.analyst.status;
    if (!this.#live || !this.visible || phase === 'sampling' || phase === 'replaying') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.analyst.refresh().catch((error: unknown) => this.actions.failed(error));
    }, settle);
  }

  /** Brings a queue of the report, by id, before the reader. */
  focus(queue: string): void {
    this.#focused = queue;
    this.#send();
  }

  #send(): void {
    this.#isHeard &&= this.visible;
    if (!this.visible) return;
    const { report, status, last } = this.analyst;
    this.#sendRecording();
    this.#post({ type: 'reports', reports: last });
    if (report) this.#post({ type: 'report', report, history: this.analyst.history() });
    this.#post({ type: 'status', status });
    if (this.#focused === null || !this.#isHeard || !report) return;
    this.#post({ type: 'focus', queue: this.#focused });
    this.#focused = null;
  }

  #sendRecording(): void {
    if (this.visible) this.#post({ type: 'recording', recording: this.recording.open });
  }

  #post(message: ToPage): void {
    void this.#panel?.view.webview.postMessage(message);
  }

  async #receive(value: unknown): Promise<void> {
    const { parseFromPage } = await import('./later');
    const message = parseFromPage(value);
    this.#isHeard ||= message !== null;
    if (message) this.#act(message);
    else this.actions.strange(value);
  }

  #act(message: FromPage): void {
    if (message.type === 'ready') void this.#begin();
    else if (message.type === 'analyze') this.actions.analyze();
    else if (message.type === 'cancel') this.actions.cancel();
    else if (message.type === 'reveal') this.actions.reveal(message.queue);
    else if (message.type === 'copy') void this.#copy(message.format);
    else if (message.type === 'export') void this.#export(message.format);
    else if (message.type === 'exportMap') void saveMap(message);
    else if (message.type === 'compare') this.#compare(message.before, message.after);
    else if (message.type === 'scrub') this.recording.show(message.at);
    else if (message.type === 'closeRecording') this.recording.close();
    else if (message.type === 'chart') this.actions.chart(message.queue);
    else if (message.type === 'code') this.actions.code(message.queue);
    else if (message.type === 'place') this.actions.place(message.path, message.line);
    else if (message.type === 'copyText') void copyText(message.text, 'Command copied');
    else if (message.type === 'whatIf') void this.#answer(message.change);
    else {
      this.#live = message.live;
      this.#holdWhileLive();
    }
  }

  /** Tells a page that has just been loaded everything. */
  async #begin(): Promise<void> {
    const panel = this.#panel;
    await this.analyst.recall();
    this.#send();
    if (panel) panel.stands = true;
  }

  async #answer(change: WhatIfChange): Promise<void> {
    const result = await this.analyst.whatIf(change);
    if (result) this.#post({ type: 'whatIf', change, result });
  }

  #compare(earlier: number, later: number): void {
    const [before, after] = [earlier, later].sort((a, b) => a - b).map((id) => this.analyst.keptReport(id));
    this.#post({ type: 'comparison', comparison: before && after ? { before, after } : null });
  }

  async #copy(format: ReportFormat): Promise<void> {
    const text = await this.#rendered(format);
    if (text !== null) await copyText(text, `Report copied as ${names[format]}`);
  }

  async #export(format: ReportFormat): Promise<void> {
    const text = await this.#rendered(format);
    const name = `backpressure-${this.analyst.report?.window.to.replaceAll(':', '-') ?? 'report'}`;
    if (text !== null) await saveAs(name, endings[format], text);
  }

  async #rendered(format: ReportFormat): Promise<string | null> {
    const { report } = this.analyst;
    if (!report) return null;
    const { renderHtml, renderJson, renderMarkdown } = await import('./later');
    return { html: renderHtml, json: renderJson, markdown: renderMarkdown }[format](report);
  }
}

const names = { markdown: 'Markdown', html: 'HTML', json: 'JSON' };
const endings = { markdown: 'md', html: 'html', json: 'json' } as const;

const saveMap = ({ format, content }: Extract<FromPage, { type: 'exportMap' }>) =>
  saveAs('backpressure-map', format, format === 'svg' ? content : Buffer.from(content, 'base64'));
